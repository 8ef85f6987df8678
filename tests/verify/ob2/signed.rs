//! Signed badges: proved by a key that their issuer's profile lists.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use josekit::jwk::KeyPair;
use josekit::jws::{ES256, JwsSigner, RS256};
use proptest::prelude::*;

use super::first::{first, first_site};
use super::*;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

    #[test]
    fn any_signed_text_gets_an_answer(payload in crate::verify::format::any_json(), tail in "[A-Za-z0-9_.-]{0,80}") {
        let badge = jws(json!({"alg": "EdDSA"}), &payload, &key());
        prop_assert_ne!(report_of(&badge, &signed_site(), None).verdict, Verdict::Valid);
        let text = format!("eyJhbGciOiJFZERTQSJ9.{tail}");
        prop_assert_ne!(report_of(text.as_bytes(), &signed_site(), None).verdict, Verdict::Valid);
    }
}

fn pem(key: &SecretKey) -> String {
    let der = [b"\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00".as_slice(), &key.public().to_bytes()].concat();
    format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", STANDARD.encode(der))
}

fn to_sign() -> Value {
    let mut badge = assertion();
    badge["id"] = json!("urn:uuid:5b1d8a52-9c1c-4d3e-9d5c-3d1f6f1a7a10");
    badge["verification"] = json!({"type": "SignedBadge", "creator": KEY});
    badge
}

fn jws(header: Value, payload: &Value, key: &SecretKey) -> Vec<u8> {
    let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let input = format!("{}.{}", encode(&header), encode(payload));
    format!("{input}.{}", URL_SAFE_NO_PAD.encode(key.sign(input.as_bytes()))).into_bytes()
}

pub(super) fn signed_jws() -> Vec<u8> {
    jws(json!({"alg": "EdDSA"}), &to_sign(), &key())
}

pub(super) fn signed_site() -> Web {
    let mut profile = profile();
    profile["publicKey"] = json!(KEY);
    profile["revocationList"] = json!(LIST_OF_REVOKED);
    let cryptographic_key = json!({"@context": CONTEXT, "type": "CryptographicKey", "id": KEY, "owner": ISSUER, "publicKeyPem": pem(&key())});
    let list = json!({
        "@context": CONTEXT, "type": "RevocationList", "id": LIST_OF_REVOKED, "issuer": ISSUER,
        "revokedAssertions": ["urn:uuid:1", {"id": "urn:uuid:2", "revocationReason": "Lost."}],
    });
    web(&[(CLASS, class()), (ISSUER, profile), (KEY, cryptographic_key), (LIST_OF_REVOKED, list)])
}

fn signed_site_with(address: &str, pointer: &str, value: Value) -> Web {
    let mut site = signed_site();
    let mut document: Value = serde_json::from_slice(&site[address]).unwrap();
    *document.pointer_mut(pointer).unwrap() = value;
    site.insert(address.to_owned(), document.to_string().into_bytes());
    site
}

#[test]
fn a_signed_badge_is_valid_by_a_key_that_its_issuer_lists() {
    let report = report_of(&signed_jws(), &signed_site(), Some("a@example.com"));
    assert_eq!(told(&report), "Valid: well_formed genuine issuer_known in_force within_dates recipient_matches");
    let (_, rounds) = gather(&signed_jws(), &signed_site());
    assert_eq!(rounds, [[KEY], [CLASS], [ISSUER], [LIST_OF_REVOKED]]);
    // Without the address of a key it is found over the profile.
    let mut badge = to_sign();
    badge["verification"].as_object_mut().unwrap().shift_remove("creator");
    let found = jws(json!({"alg": "EdDSA"}), &badge, &key());
    assert_eq!(report_of(&found, &signed_site(), None).verdict, Verdict::Valid);
    let (_, rounds) = gather(&found, &signed_site());
    assert_eq!(rounds, [[CLASS], [ISSUER], [KEY], [LIST_OF_REVOKED]]);
}

#[test]
fn before_the_signature_holds_only_the_key_is_read() {
    let forged = jws(json!({"alg": "EdDSA"}), &to_sign(), &SecretKey::from_seed(&[12; 32]));
    let (_, rounds) = gather(&forged, &signed_site());
    assert_eq!(rounds, [[KEY]]);
    assert!(told(&report_of(&forged, &signed_site(), None)).starts_with("Invalid: well_formed !altered"));
    let mut cut = signed_jws();
    let last = cut.len() - 2;
    cut[last] = if cut[last] == b'A' { b'B' } else { b'A' };
    assert_ne!(report_of(&cut, &signed_site(), None).verdict, Verdict::Valid);
}

#[test]
fn a_key_that_is_not_the_issuers_proves_nothing() {
    for (address, pointer, value, code) in [
        (ISSUER, "/publicKey", json!("https://a.example/other.json"), "key_of_another"),
        (ISSUER, "/publicKey", json!([]), "key_of_another"),
        (
            ISSUER,
            "/publicKey",
            json!({"id": KEY, "publicKeyPem": pem(&SecretKey::from_seed(&[12; 32]))}),
            "key_of_another",
        ),
        (KEY, "/owner", json!("https://b.example/issuer.json"), "key_of_another"),
        (KEY, "/id", json!("https://b.example/key.json"), "key_unknown"),
        (KEY, "/publicKeyPem", json!("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"), "key_refused"),
        (KEY, "/publicKeyPem", json!("AAAA"), "key_refused"),
        (KEY, "/publicKeyPem", json!(7), "key_refused"),
    ] {
        let told = told(&report_of(&signed_jws(), &signed_site_with(address, pointer, value), None));
        assert!(told.starts_with(&format!("Invalid: well_formed !{code} ")), "{pointer}: {told}");
    }
    // A forger signs with a key of their own, and names the issuer all the same.
    let mut badge = to_sign();
    badge["verification"]["creator"] = json!("https://b.example/key.json");
    let other = SecretKey::from_seed(&[12; 32]);
    let mut site = signed_site();
    let own = json!({"id": "https://b.example/key.json", "owner": ISSUER, "publicKeyPem": pem(&other)});
    site.insert("https://b.example/key.json".into(), own.to_string().into_bytes());
    let told = told(&report_of(&jws(json!({"alg": "EdDSA"}), &badge, &other), &site, None));
    assert!(told.starts_with("Invalid: well_formed !key_of_another"), "{told}");
}

#[test]
fn a_key_may_stand_in_the_profile_of_its_owner() {
    let address = format!("{ISSUER}#key-1");
    let told = |creator: Option<&str>, listed: Value| {
        let mut badge = to_sign();
        let verification = badge["verification"].as_object_mut().unwrap();
        verification.shift_remove("creator");
        if let Some(creator) = creator {
            verification.insert("creator".into(), json!(creator));
        }
        let site = signed_site_with(ISSUER, "/publicKey", listed);
        told(&report_of(&jws(json!({"alg": "EdDSA"}), &badge, &key()), &site, None))
    };
    const GOOD: &str = "Valid: well_formed genuine issuer_known in_force within_dates";
    let key = |more: Value| {
        let mut key = json!({"id": address, "publicKeyPem": pem(&super::key())});
        key.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        key
    };
    let other = json!({"id": format!("{ISSUER}#key-2"), "publicKeyPem": pem(&SecretKey::from_seed(&[12; 32]))});
    for good in [json!({}), json!({"owner": ISSUER}), json!({"owner": {"id": ISSUER}})] {
        for listed in [key(good.clone()), json!([other, key(good.clone())])] {
            assert_eq!(told(Some(&address), listed.clone()), GOOD, "{listed}");
            assert_eq!(told(None, listed.clone()), GOOD, "{listed}");
        }
    }
    let of_another = key(json!({"owner": "https://b.example/issuer.json"}));
    for creator in [Some(address.as_str()), None] {
        assert!(told(creator, of_another.clone()).starts_with("Invalid: well_formed !key_of_another"));
    }
    let unlisted = told(Some(&address), json!([other]));
    assert!(unlisted.starts_with("Invalid: well_formed !key_unknown"), "{unlisted}");
    // One that names no owner is its who lists it there, whoever else does.
    let beside = "https://b.example/issuer.json";
    let lent = format!("{beside}#key-1");
    let mut badge = to_sign();
    badge["verification"]["creator"] = json!(lent);
    let mut site = signed_site_with(ISSUER, "/publicKey", json!(lent));
    let own = json!({"id": lent, "publicKeyPem": pem(&super::key())});
    let page = json!({"@context": CONTEXT, "type": "Issuer", "id": beside, "name": "Other", "publicKey": own});
    site.insert(beside.into(), page.to_string().into_bytes());
    let report = report_of(&jws(json!({"alg": "EdDSA"}), &badge, &super::key()), &site, None);
    assert!(super::told(&report).starts_with("Invalid: well_formed !key_of_another"), "{}", super::told(&report));
    // Written out without a name it has that of the profile.
    assert_eq!(told(None, json!({"publicKeyPem": pem(&super::key())})), GOOD);
    assert_eq!(told(Some(KEY), json!([KEY])), GOOD);
    assert_eq!(told(None, json!([{"id": KEY}])), GOOD, "looked up where it stands");
}

#[test]
fn the_header_of_a_signature_is_held_to_what_a_badge_needs() {
    for (header, expected) in [
        (json!({"alg": "none"}), "Invalid: well_formed !unsigned"),
        (json!({"alg": "NonE"}), "Invalid: well_formed !unsigned"),
        (json!({"alg": "HS256"}), "Invalid: well_formed !proof_malformed"),
        (json!({"typ": "JWT"}), "Invalid: well_formed !proof_malformed"),
        (json!({"alg": "EdDSA", "crit": ["b64"], "b64": false}), "Invalid: well_formed !proof_malformed"),
        (json!({"alg": "EdDSA", "crit": ["exp"]}), "Invalid: well_formed !proof_malformed"),
        (json!({"alg": "EdDSA", "b64": true}), "Invalid: well_formed !proof_malformed"),
        (json!({"alg": "PS256"}), "Unknown: well_formed ?proof_unsupported"),
        (json!({"alg": "ES256K"}), "Unknown: well_formed ?proof_unsupported"),
    ] {
        let badge = jws(header.clone(), &to_sign(), &key());
        let told = told(&report_of(&badge, &signed_site(), None));
        assert!(told.starts_with(expected), "{header}: {told}");
        assert_eq!(needs(&badge, &Evidence::new()), [], "{header}");
    }
}

#[test]
fn rs256_and_es256_are_checked_by_keys_in_pem() {
    let rsa = RS256.generate_key_pair(2048).unwrap();
    let p256 = ES256.generate_key_pair().unwrap();
    let by_rsa = RS256.signer_from_der(rsa.to_der_private_key()).unwrap();
    let by_p256 = ES256.signer_from_der(p256.to_der_private_key()).unwrap();
    let keys = [rsa.to_pem_public_key(), p256.to_pem_public_key()].map(|pem| String::from_utf8(pem).unwrap());
    let signers: [&dyn JwsSigner; 2] = [&by_rsa, &by_p256];
    for ((signer, pem), other) in signers.iter().zip(&keys).zip(keys.iter().rev()) {
        let alg = signer.algorithm().name();
        let signed = |payload: &Value| {
            let encode = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
            let input = format!("{}.{}", encode(json!({"alg": alg, "typ": "JWS"})), encode(payload.clone()));
            (input.clone(), URL_SAFE_NO_PAD.encode(signer.sign(input.as_bytes()).unwrap()))
        };
        let (input, signature) = signed(&to_sign());
        let badge = format!("{input}.{signature}").into_bytes();
        let site = signed_site_with(KEY, "/publicKeyPem", json!(pem));
        let report = report_of(&badge, &site, None);
        assert_eq!(told(&report), "Valid: well_formed genuine issuer_known in_force within_dates", "{alg}");
        // Another text, another key, and a key of another kind.
        let mut more = to_sign();
        more["narrative"] = json!("Ten years.");
        let forged = format!("{}.{signature}", signed(&more).0).into_bytes();
        assert!(told(&report_of(&forged, &site, None)).starts_with("Invalid: well_formed !altered"), "{alg}");
        let site = signed_site_with(KEY, "/publicKeyPem", json!(other));
        assert!(told(&report_of(&badge, &site, None)).starts_with("Invalid: well_formed !key_refused"), "{alg}");
        assert!(
            told(&report_of(&badge, &signed_site(), None)).starts_with("Invalid: well_formed !key_refused"),
            "{alg}"
        );
    }
}

#[test]
fn a_signed_badge_stands_by_the_list_of_its_issuer() {
    let id = "urn:uuid:5b1d8a52-9c1c-4d3e-9d5c-3d1f6f1a7a10";
    let status = |pointer: &str, value: Value| {
        let site = signed_site_with(LIST_OF_REVOKED, pointer, value);
        let report = report_of(&signed_jws(), &site, None);
        (report.check(CheckName::Status).unwrap().code.clone(), report.verdict)
    };
    let entries = "/revokedAssertions";
    assert_eq!(status(entries, json!([])), ("in_force".into(), Verdict::Valid));
    for revoked in [json!([id]), json!([7, {"id": id, "revocationReason": "Lost."}])] {
        assert_eq!(status(entries, revoked), ("revoked".into(), Verdict::Invalid));
    }
    for unreadable in [json!(id), json!([7]), json!([{}])] {
        assert_eq!(status(entries, unreadable), ("status_unreadable".into(), Verdict::Unknown));
    }
    assert_eq!(status("/issuer", json!("https://b.example")), ("status_untrusted".into(), Verdict::Unknown));
    assert_eq!(status("/id", json!("https://b.example")), ("status_untrusted".into(), Verdict::Unknown));
    let mut site = signed_site();
    site.remove(LIST_OF_REVOKED);
    assert!(
        told(&report_of(&signed_jws(), &site, None))
            .starts_with("Unknown: well_formed genuine issuer_known ?status_unreadable")
    );
    let unlisted = signed_site_with(ISSUER, "/revocationList", json!(null));
    assert!(
        told(&report_of(&signed_jws(), &unlisted, None))
            .starts_with("Valid: well_formed genuine issuer_known no_status")
    );
}

#[test]
fn a_signed_badge_of_1_0_has_a_bare_key_and_a_plain_list() {
    let mut badge = first("1.0");
    badge["verify"] = json!({"type": "signed", "url": "https://a.example/key.pem"});
    let badge = jws(json!({"alg": "EdDSA"}), &badge, &key());
    let mut site = first_site("1.0");
    site.insert("https://a.example/key.pem".into(), pem(&key()).into_bytes());
    let profile = json!({"name": "Example Works", "url": "https://a.example", "revocationList": LIST_OF_REVOKED});
    site.insert(ISSUER.into(), profile.to_string().into_bytes());
    let told = |list: Value, site: &mut Web| {
        site.insert(LIST_OF_REVOKED.into(), list.to_string().into_bytes());
        told(&report_of(&badge, site, None))
    };
    assert_eq!(told(json!({"w-1": "Lost"}), &mut site), "Valid: well_formed genuine issuer_known in_force no_end");
    assert!(told(json!({"w-17": "Lost"}), &mut site).starts_with("Invalid: well_formed genuine issuer_known !revoked"));
    assert!(told(json!({"error": 500}), &mut site).contains("?status_unreadable"));
    // The list of 2.0 names a badge by its uid, too.
    let listed = |uid: &str| json!({"@context": CONTEXT, "type": "RevocationList", "id": LIST_OF_REVOKED, "revokedAssertions": [{"uid": uid}]});
    assert!(told(listed("w-17"), &mut site).starts_with("Invalid: well_formed genuine issuer_known !revoked"));
    assert_eq!(told(listed("w-1"), &mut site), "Valid: well_formed genuine issuer_known in_force no_end");
    // An issuer of 2.0 would list its keys.
    let mut moved = site.clone();
    moved.insert(ISSUER.into(), super::profile().to_string().into_bytes());
    assert!(crate::verify::told(&report_of(&badge, &moved, None)).starts_with("Invalid: well_formed !key_of_another"));
    let beside = site.remove("https://a.example/key.pem").unwrap();
    let elsewhere = String::from_utf8(badge.clone()).unwrap();
    let mut payload: Value =
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(elsewhere.split('.').nth(1).unwrap()).unwrap()).unwrap();
    payload["verify"]["url"] = json!("https://b.example/key.pem");
    site.insert("https://b.example/key.pem".into(), beside);
    let stolen = jws(json!({"alg": "EdDSA"}), &payload, &key());
    assert!(crate::verify::told(&report_of(&stolen, &site, None)).starts_with("Invalid: well_formed !key_of_another"));
}

#[test]
fn a_signed_credential_of_today_is_not_taken_for_an_old_one() {
    let mut credential = signed(&facts());
    credential.as_object_mut().unwrap().shift_remove("proof");
    let badge = jws(json!({"alg": "EdDSA"}), &credential, &key());
    let standard = judge(&badge, &Evidence::new(), now(), &Asked::default()).standard;
    assert!(standard.is_none_or(|standard| standard == "Open Badges 3.0"));
}

#[test]
fn a_list_that_lists_nothing_says_nothing() {
    let without = json!({"@context": CONTEXT, "type": "RevocationList", "id": LIST_OF_REVOKED, "issuer": ISSUER});
    let plain = json!({"note": "nothing was revoked"});
    for list in [&without, &plain] {
        let mut site = signed_site();
        site.insert(LIST_OF_REVOKED.into(), list.to_string().into_bytes());
        assert!(told(&report_of(&signed_jws(), &site, None)).contains("?status_unreadable"), "{list}");
    }
    // Only of a badge of 1.x is a plain list read.
    let mut badge = first("1.0");
    badge["verify"] = json!({"type": "signed", "url": "https://a.example/key.pem"});
    badge["id"] = json!("https://a.example/badges/1");
    let badge = jws(json!({"alg": "EdDSA"}), &badge, &key());
    let mut site = first_site("1.0");
    site.insert("https://a.example/key.pem".into(), pem(&key()).into_bytes());
    let profile = json!({"name": "Example Works", "url": "https://a.example", "revocationList": LIST_OF_REVOKED});
    site.insert(ISSUER.into(), profile.to_string().into_bytes());
    for (list, code) in [
        (plain, "in_force"),
        (without, "?status_unreadable"),
        (json!({"w-17": "Lost"}), "!revoked"),
        (json!({"https://a.example/badges/1": "Lost"}), "!revoked"),
        (json!({"w-1": "Lost"}), "in_force"),
    ] {
        site.insert(LIST_OF_REVOKED.into(), list.to_string().into_bytes());
        let told = told(&report_of(&badge, &site, None));
        assert!(told.contains(&format!(" {code} ")), "{list}: {told}");
    }
}

#[test]
fn a_key_in_pem_has_at_most_16_kib() {
    let code = |length: usize| {
        let pem = format!("{:\n<length$}", pem(&key()));
        assert_eq!(pem.len(), length);
        told(&report_of(&signed_jws(), &signed_site_with(KEY, "/publicKeyPem", json!(pem)), None))
    };
    assert!(code(16 * 1024).starts_with("Valid:"));
    for longer in [16 * 1024 + 1, 16 * 1024 + 2] {
        assert!(code(longer).starts_with("Invalid: well_formed !key_refused"), "{longer}");
    }
}
