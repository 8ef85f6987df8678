//! When a status list counts.

use super::*;

#[test]
fn a_status_list_counts_only_when_it_is_the_issuers_own() {
    let badge = signed(&facts());
    let code = |list: Value, moment: Timestamp| {
        let report = ask(&badge, &evidence_with_list(list), moment);
        let check = report.check(CheckName::Status).unwrap().clone();
        assert_eq!(check.outcome, Outcome::Unchecked, "{check:?}");
        assert_eq!(report.verdict, Verdict::Unknown);
        check.code
    };
    let good = list(|_| {});
    let changed = |pointer: &str, value: Value| {
        let mut list = good.clone();
        *list.pointer_mut(pointer).unwrap() = value;
        signed_with(&list, METHOD, &key())
    };
    assert_eq!(code(good.clone(), now()), "status_untrusted");
    let stranger = SecretKey::from_seed(&[12; 32]);
    assert_eq!(code(signed_with(&good, METHOD, &stranger), now()), "status_untrusted");
    let mut other = good.clone();
    let stranger_did = did_key(&stranger.public());
    other["issuer"] = json!(stranger_did);
    let method = format!("{stranger_did}#{}", stranger.public().to_multibase());
    assert_eq!(code(signed_with(&other, &method, &stranger), now()), "status_untrusted");
    assert_eq!(code(changed("/id", json!("https://badges.example.org/status/4")), now()), "status_untrusted");
    assert_eq!(code(changed("/credentialSubject/statusPurpose", json!("suspension")), now()), "status_unreadable");
    assert_eq!(code(changed("/credentialSubject/encodedList", json!("uH4sI")), now()), "status_unreadable");
    assert_eq!(code(changed("/type", json!(["VerifiableCredential"])), now()), "status_unreadable");
    assert_eq!(code(json!([]), now()), "status_unreadable");
    let mut ended = good.clone();
    ended["validUntil"] = json!("2026-11-24T11:00:00Z");
    assert_eq!(code(signed_with(&ended, METHOD, &key()), now()), "status_outdated");
    assert_eq!(code(changed("/validFrom", json!("2026-11-24T12:06:00Z")), now()), "status_outdated");
    let mut tampered = signed_with(&list(|bits| bits.set(94_567).unwrap()), METHOD, &key());
    tampered["credentialSubject"]["encodedList"] = json!(Bitstring::new().encode());
    assert_eq!(code(tampered, now()), "status_untrusted");
}

#[test]
fn a_place_outside_the_list_and_other_kinds_of_status_stay_open() {
    let mut outside = facts();
    outside.status.index = 131_072;
    assert_eq!(ask(&signed(&outside), &evidence(), now()).check(CheckName::Status).unwrap().code, "status_unreadable");

    let mut credential = achievement_credential(&facts());
    credential["credentialStatus"] =
        json!({"id": "https://badges.example.org/revocations", "type": "1EdTechRevocationList"});
    let report = ask(&signed_with(&credential, METHOD, &key()), &evidence(), now());
    assert_eq!(told(&report), "Unknown: well_formed genuine issuer_known ?status_unsupported within_dates");

    let mut both = achievement_credential(&facts());
    let entry = both["credentialStatus"].clone();
    let mut suspension = entry.clone();
    suspension["id"] = json!("https://badges.example.org/status/4#94567");
    suspension["statusPurpose"] = json!("suspension");
    suspension["statusListCredential"] = json!("https://badges.example.org/status/4");
    both["credentialStatus"] = json!([entry, suspension]);
    let badge = signed_with(&both, METHOD, &key());
    assert_eq!(ask(&badge, &evidence(), now()).check(CheckName::Status).unwrap().code, "status_unreadable");
    let mut second = list(|bits| bits.set(94_567).unwrap());
    second["id"] = json!("https://badges.example.org/status/4");
    second["credentialSubject"]["statusPurpose"] = json!("suspension");
    let mut evidence = evidence();
    evidence.put(
        Need::StatusList("https://badges.example.org/status/4".into()),
        found(&signed_with(&second, METHOD, &key())),
    );
    assert_eq!(ask(&badge, &evidence, now()).check(CheckName::Status).unwrap().code, "suspended");
}
