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
fn a_list_counts_until_the_moment_it_ends() {
    let badge = signed(&facts());
    let code = |until: &str| {
        let mut list = list(|_| {});
        list["validUntil"] = json!(until);
        let report = ask(&badge, &evidence_with_list(signed_with(&list, METHOD, &key())), now());
        report.check(CheckName::Status).unwrap().code.clone()
    };
    assert_eq!(code("2026-11-24T12:00:01Z"), "in_force");
    assert_eq!(code("2026-11-24T12:00:00Z"), "status_outdated");
    assert_eq!(code("2026-11-24T11:59:59Z"), "status_outdated");
}

#[test]
fn a_place_outside_the_list_and_other_kinds_of_status_stay_open() {
    let mut outside = facts();
    outside.status.index = 131_072;
    assert_eq!(ask(&signed(&outside), &evidence(), now()).check(CheckName::Status).unwrap().code, "status_unreadable");

    let mut credential = achievement_credential(&facts());
    credential["@context"].as_array_mut().unwrap().push(json!("https://w3id.org/vc/status-list/2021/v1"));
    credential["credentialStatus"]["type"] = json!("StatusList2021Entry");
    credential["credentialStatus"]["statusPurpose"] = json!("refresh");
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

#[test]
fn what_its_issuer_took_back_for_a_time_is_told_to_be_suspended_and_what_is_not_marked_stands() {
    let code = |marked: bool, url: &str, places: &[u32]| {
        let mut evidence = evidence();
        if marked {
            let signed = signed_with(&list(|bits| bits.set(94_567).unwrap()), METHOD, &key());
            evidence.put(Need::StatusList(LIST.into()), found(&signed));
        }
        evidence.put_suspended(url, places.to_vec());
        ask(&signed(&facts()), &evidence, now()).check(CheckName::Status).unwrap().code.clone()
    };
    assert_eq!(code(true, LIST, &[1, 94_567]), "suspended");
    assert_eq!(code(true, LIST, &[1]), "revoked", "another place");
    assert_eq!(code(true, "https://badges.example.org/status/4", &[94_567]), "revoked", "another list");
    assert_eq!(code(false, LIST, &[94_567]), "in_force", "the list's mark is what counts");
}

/// A badge with these entries, and what its status check says with these lists at their URLs.
fn says(entries: Value, lists: &[(&str, Value)]) -> (Outcome, String, String) {
    let mut credential = achievement_credential(&facts());
    credential["@context"].as_array_mut().unwrap().push(json!(LIST_2021_CONTEXT));
    credential["credentialStatus"] = entries;
    let badge = signed_with(&credential, METHOD, &key());
    let mut evidence = Evidence::new();
    evidence.put(Need::DidDocument(DID.into()), found(&did_document()));
    let wanted = needs(badge.to_string().as_bytes(), &evidence);
    for (url, list) in lists {
        assert!(wanted.contains(&Need::StatusList((*url).into())), "{url}");
        evidence.put(Need::StatusList((*url).into()), found(list));
    }
    let report = ask(&badge, &evidence, now());
    let check = report.check(CheckName::Status).unwrap();
    (check.outcome, check.code.clone(), check.message.clone())
}

const LIST_2021_CONTEXT: &str = "https://w3id.org/vc/status-list/2021/v1";
const TOLD: &str = "https://badges.example.org/status/9";
const READ: &str = "24 November 2026 at 11:59 UTC";

fn entry(purpose: &str, list: &str) -> Value {
    json!({
        "id": format!("{list}#7"),
        "type": "BitstringStatusListEntry",
        "statusPurpose": purpose,
        "statusListIndex": "7",
        "statusListCredential": list,
    })
}

/// A signed list at a URL for these purposes, of a length in bits, with these bits set.
fn list_for(url: &str, purposes: Value, length: usize, set: &[u32]) -> Value {
    let mut bits = Bitstring::from_bytes(vec![0; length / 8]).unwrap();
    set.iter().for_each(|index| bits.set(*index).unwrap());
    let facts = StatusListFacts { id: url, issuer: DID, valid_from: at("2026-01-01T00:00:00Z"), bits: &bits };
    let mut list = status_list_credential(&facts);
    list["credentialSubject"]["statusPurpose"] = purposes;
    signed_with(&list, METHOD, &key())
}

const FULL: usize = 131_072;

#[test]
fn a_newer_version_and_a_message_are_told_and_change_nothing() {
    let revocation = (LIST, list_for(LIST, json!("revocation"), FULL, &[]));
    let (outcome, code, message) = says(
        json!([entry("revocation", LIST), entry("refresh", TOLD)]),
        &[revocation.clone(), (TOLD, list_for(TOLD, json!(["refresh", "message"]), FULL, &[7]))],
    );
    assert_eq!((outcome, code.as_str()), (Outcome::Passed, "in_force"));
    assert_eq!(
        message,
        format!("Not revoked, by its issuer's status list of {READ}. Its issuer has a newer version of it.")
    );

    let mut told = entry("message", TOLD);
    told["statusSize"] = json!(2);
    told["statusMessage"] = json!([
        {"id": "urn:m:0", "status": "0x0", "message": "nothing to say"},
        {"id": "urn:m:2", "status": "0x2", "message": "Ask for the supplement."},
    ]);
    let message = |set: &[u32]| {
        let list = (TOLD, list_for(TOLD, json!("message"), 2 * FULL, set));
        says(json!([entry("revocation", LIST), told]), &[revocation.clone(), list])
    };
    let (outcome, code, text) = message(&[14]);
    assert_eq!((outcome, code.as_str()), (Outcome::Passed, "in_force"));
    assert!(text.ends_with(" Its issuer says: Ask for the supplement."), "{text}");
    assert!(message(&[]).2.ends_with(" Its issuer says: nothing to say."));
    assert!(message(&[15]).2.ends_with(" Its issuer marked it with 0x1, and does not say what that means."));
    assert!(message(&[13, 16]).2.ends_with(" Its issuer says: nothing to say."), "the neighbours' bits");

    // A list of 2-bit places must be twice as long.
    let short = (TOLD, list_for(TOLD, json!("message"), FULL, &[14]));
    let (outcome, code, _) = says(json!([entry("revocation", LIST), told]), &[revocation.clone(), short]);
    assert_eq!((outcome, code.as_str()), (Outcome::Unchecked, "status_unreadable"));

    // A badge that can be told of but not revoked.
    let (outcome, code, message) =
        says(json!(entry("refresh", TOLD)), &[(TOLD, list_for(TOLD, json!("refresh"), FULL, &[7]))]);
    assert_eq!((outcome, code.as_str()), (Outcome::Passed, "no_status"));
    assert_eq!(
        message,
        "This badge has no status list for revocation; it can't be revoked. Its issuer has a newer version of it."
    );
}

#[test]
fn what_speaks_against_a_badge_decides_whatever_stands_beside_it() {
    let both = json!([entry("refresh", TOLD), entry("suspension", LIST)]);
    let suspended = (LIST, list_for(LIST, json!("suspension"), FULL, &[7]));
    let (outcome, code, _) =
        says(both.clone(), &[(TOLD, list_for(TOLD, json!("refresh"), FULL, &[7])), suspended.clone()]);
    assert_eq!((outcome, code.as_str()), (Outcome::Failed, "suspended"));
    // Also when the other list is away.
    assert_eq!(says(both.clone(), &[suspended]).1, "suspended");
    let standing = (LIST, list_for(LIST, json!("suspension"), FULL, &[]));
    assert_eq!(says(both, &[standing]).1, "status_unreadable");
    let mut wide = entry("revocation", LIST);
    wide["statusSize"] = json!(4);
    let list = |set: &[u32]| (LIST, list_for(LIST, json!("revocation"), 4 * FULL, set));
    for bit in 28..32 {
        assert_eq!(says(wide.clone(), &[list(&[bit])]).1, "revoked", "{bit}");
    }
    assert_eq!(says(wide.clone(), &[list(&[7, 27, 32])]).1, "in_force");
    let (outcome, code, _) = says(json!([entry("mood", LIST)]), &[]);
    assert_eq!((outcome, code.as_str()), (Outcome::Unchecked, "status_unsupported"));
}

#[test]
fn two_entries_never_share_an_id() {
    // To RDF they would be one, and which purpose goes with which place could be rewritten.
    let mut both = json!([entry("revocation", LIST), entry("suspension", TOLD)]);
    both[1]["id"] = both[0]["id"].clone();
    let mut credential = achievement_credential(&facts());
    credential["credentialStatus"] = both;
    let report = ask(&signed_with(&credential, METHOD, &key()), &evidence(), now());
    assert_eq!(report.check(CheckName::Format).unwrap().code, "malformed");
}

#[test]
fn a_list_of_2021_is_read_as_it_was_written_then() {
    let mut entry = entry("revocation", LIST);
    entry["type"] = json!("StatusList2021Entry");
    // Its vocabulary fits VC Data Model 1.1 only.
    let list = |set: &[u32]| {
        let mut bits = Bitstring::new();
        set.iter().for_each(|index| bits.set(*index).unwrap());
        let mut list = json!({
            "@context": ["https://www.w3.org/2018/credentials/v1", LIST_2021_CONTEXT, super::proofs::ED25519_2020],
            "id": LIST,
            "type": ["VerifiableCredential", "StatusList2021Credential"],
            "issuer": DID,
            "issuanceDate": "2026-01-01T00:00:00Z",
            "credentialSubject": {
                "id": format!("{LIST}#list"),
                "type": "StatusList2021",
                "statusPurpose": "revocation",
                "encodedList": bits.encode().strip_prefix('u').unwrap(),
            },
        });
        list["proof"] = super::proofs::proof(&list, "Ed25519Signature2020");
        list
    };
    let code = |list: Value| says(entry.clone(), &[(LIST, list)]).1;
    assert_eq!(code(list(&[6, 8])), "in_force");
    assert_eq!(code(list(&[7])), "revoked");
    let mut altered = list(&[7]);
    altered["credentialSubject"]["encodedList"] = list(&[])["credentialSubject"]["encodedList"].clone();
    assert_eq!(code(altered), "status_untrusted");
    // A list of the other kind is not the one that was named.
    assert_eq!(code(list_for(LIST, json!("revocation"), FULL, &[7])), "status_unreadable");
}

#[test]
fn a_list_of_revoked_badges_is_read_by_their_ids() {
    let url = "https://badges.example.org/revocations";
    let entry = json!({"id": url, "type": "1EdTechRevocationList"});
    let id = facts().credential_id;
    let list = |entries: Value| json!({"id": url, "issuer": DID, "revokedCredential": entries});
    let code = |list: Value| says(entry.clone(), &[(url, list)]);
    let (outcome, code_of, message) = code(list(json!([{"id": "https://badges.example.org/badges/2"}])));
    assert_eq!((outcome, code_of.as_str()), (Outcome::Passed, "in_force"));
    assert_eq!(message, format!("Not revoked, by its issuer's list of revoked badges of {READ}, which is not signed."));
    let (outcome, code_of, message) = code(list(json!([{"id": id, "revocationReason": "Issued in error."}])));
    assert_eq!((outcome, code_of.as_str()), (Outcome::Failed, "revoked"));
    assert_eq!(message, "Its issuer has revoked this badge. The reason given: Issued in error.");
    let mut others = list(json!([]));
    others["issuer"] = json!("did:web:other.example");
    assert_eq!(code(others).1, "status_untrusted");
    assert_eq!(code(json!("x")).1, "status_untrusted");
    assert_eq!(says(entry.clone(), &[]).1, "status_unreadable");
    let plain = json!({"id": "http://badges.example.org/revocations", "type": "1EdTechRevocationList"});
    assert_eq!(says(plain, &[]).1, "status_unsupported");
}

#[test]
fn a_message_of_zero_that_is_given_no_words_says_nothing() {
    let mut told = entry("message", TOLD);
    told["statusSize"] = json!(2);
    told["statusMessage"] = json!([{"id": "urn:m:2", "status": "0x2", "message": "Ask for the supplement."}]);
    let lists = [
        (LIST, list_for(LIST, json!("revocation"), FULL, &[])),
        (TOLD, list_for(TOLD, json!("message"), 2 * FULL, &[])),
    ];
    let (outcome, code, message) = says(json!([entry("revocation", LIST), told]), &lists);
    assert_eq!((outcome, code.as_str()), (Outcome::Passed, "in_force"));
    assert_eq!(message, format!("Not revoked, by its issuer's status list of {READ}."));
}

#[test]
fn a_list_may_be_ahead_of_our_clock_by_five_minutes() {
    let badge = signed(&facts());
    let code = |from: &str| {
        let mut list = list(|_| {});
        list["validFrom"] = json!(from);
        let report = ask(&badge, &evidence_with_list(signed_with(&list, METHOD, &key())), now());
        report.check(CheckName::Status).unwrap().code.clone()
    };
    assert_eq!(code("2026-11-24T12:04:59Z"), "in_force");
    assert_eq!(code("2026-11-24T12:05:00Z"), "in_force");
    assert_eq!(code("2026-11-24T12:05:01Z"), "status_outdated");
}

#[test]
fn a_status_that_was_read_earlier_is_told_as_of_then() {
    let badge = signed(&facts());
    let status = |list: &Value| {
        let mut earlier = Evidence::gathered_at(at("2026-11-20T12:00:00Z"));
        earlier.put(Need::DidDocument(DID.into()), found(&did_document()));
        earlier.put(Need::StatusList(LIST.into()), found(list));
        let check = ask(&badge, &earlier, now()).check(CheckName::Status).unwrap().clone();
        (check.code, check.message)
    };
    let mut ended = list(|_| {});
    ended["validUntil"] = json!("2026-11-21T12:00:00Z");
    let (code, message) = status(&signed_with(&ended, METHOD, &key()));
    assert_eq!(code, "in_force");
    let told = " That is the status as of 20 November 2026 at 12:00 UTC; it may have changed since.";
    assert!(message.ends_with(told), "{message}");
    let revoked = signed_with(&list(|bits| bits.set(94_567).unwrap()), METHOD, &key());
    let (code, message) = status(&revoked);
    assert_eq!((code.as_str(), message.as_str()), ("revoked", "Its issuer has revoked this badge."));
}
