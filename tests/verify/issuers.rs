//! Issuers that are not a did:web: a did:jwk, and a web address whose page names the keys.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::*;

const PAGE: &str = "https://badges.example.org/issuers/1";

/// A badge of this issuer without a status list, signed with the key of the tests.
fn badge_of(issuer: &str, method: &str) -> Value {
    let mut own = facts();
    own.issuer.id = issuer.into();
    let mut credential = achievement_credential(&own);
    credential.as_object_mut().unwrap().remove("credentialStatus");
    signed_with(&credential, method, &key())
}

fn multibase() -> String {
    key().public().to_multibase()
}

fn jwk() -> Value {
    json!({"kty": "OKP", "crv": "Ed25519", "x": URL_SAFE_NO_PAD.encode(key().public().to_bytes())})
}

fn page_found(page: &Value) -> Evidence {
    let mut evidence = Evidence::new();
    evidence.put(Need::IssuerProfile(PAGE.into()), found(page));
    evidence
}

fn code(badge: &Value, evidence: &Evidence) -> (Outcome, String) {
    let report = ask(badge, evidence, now());
    let check = report.check(CheckName::Proof).unwrap();
    assert_eq!(report.claims.is_some(), check.code == "genuine");
    (check.outcome, check.code.clone())
}

#[test]
fn a_did_jwk_needs_nothing_and_has_one_key() {
    let did = format!("did:jwk:{}", URL_SAFE_NO_PAD.encode(jwk().to_string()));
    let badge = badge_of(&did, &format!("{did}#0"));
    assert_eq!(needs(badge.to_string().as_bytes(), &Evidence::new()), []);
    let report = ask(&badge, &Evidence::new(), now());
    assert_eq!(told(&report), "Attention: well_formed genuine !issuer_unknown no_status within_dates");
    assert_eq!(code(&badge_of(&did, &format!("{did}#1")), &Evidence::new()), (Outcome::Failed, "key_unknown".into()));
    let mut altered = badge.clone();
    altered["name"] = json!("Reliability Master");
    assert_eq!(code(&altered, &Evidence::new()), (Outcome::Failed, "altered".into()));
    let with = |name: &str, value: &str| {
        let mut jwk = jwk();
        jwk[name] = json!(value);
        let did = format!("did:jwk:{}", URL_SAFE_NO_PAD.encode(jwk.to_string()));
        code(&badge_of(&did, &format!("{did}#0")), &Evidence::new())
    };
    assert_eq!(with("crv", "secp256k1"), (Outcome::Unchecked, "key_unsupported".into()));
    assert_eq!(with("use", "enc"), (Outcome::Failed, "key_refused".into()));
    assert_eq!(with("d", "AAAA"), (Outcome::Failed, "key_refused".into()));
    assert_eq!(code(&badge_of("did:jwk:x", "did:jwk:x#0"), &Evidence::new()), (Outcome::Failed, "key_refused".into()));
}

#[test]
fn the_page_of_an_issuer_is_asked_for_and_must_name_the_key() {
    let method = format!("{PAGE}#{}", multibase());
    let badge = badge_of(PAGE, &method);
    let bytes = badge.to_string().into_bytes();
    assert_eq!(needs(&bytes, &Evidence::new()), [Need::IssuerProfile(PAGE.into())]);
    assert_eq!(code(&badge, &Evidence::new()), (Outcome::Unchecked, "key_unavailable".into()));

    let multikey = json!({"id": method, "type": "Multikey", "controller": PAGE, "publicKeyMultibase": multibase()});
    let good = json!({"id": PAGE, "type": "Profile", "verificationMethod": [multikey], "assertionMethod": [method]});
    assert_eq!(needs(&bytes, &page_found(&good)), []);
    for page in [
        good.clone(),
        json!({"id": PAGE, "type": "Profile", "publicKey": multikey}),
        json!({"id": PAGE, "type": "Profile", "publicKey": [jwk()]}),
        multikey.clone(),
        jwk(),
    ] {
        let report = ask(&badge, &page_found(&page), now());
        assert_eq!(told(&report), "Attention: well_formed genuine !issuer_unknown no_status within_dates", "{page}");
    }
    let known = [KnownIssuer { id: PAGE.into(), name: "Example Works".into(), ..KnownIssuer::default() }];
    let asked = Asked { email: None, known_issuers: &known, ..Asked::default() };
    assert_eq!(judge(&bytes, &page_found(&good), now(), &asked).verdict, Verdict::Valid);
    let mut altered = badge.clone();
    altered["name"] = json!("Reliability Master");
    assert_eq!(code(&altered, &page_found(&good)), (Outcome::Failed, "altered".into()));
}

#[test]
fn a_page_that_does_not_name_the_key_proves_nothing() {
    // Whoever can write an address can write a key behind it. So the address alone is not enough.
    let method = format!("{PAGE}#{}", multibase());
    let badge = badge_of(PAGE, &method);
    let silent = json!({"id": PAGE, "type": "Profile", "name": "Example Works"});
    assert_eq!(code(&badge, &page_found(&silent)), (Outcome::Unchecked, "key_unlisted".into()));
    let stranger = SecretKey::from_seed(&[12; 32]).public().to_multibase();
    let other_key = json!({"id": PAGE, "publicKey": {"type": "Multikey", "publicKeyMultibase": stranger}});
    assert_eq!(code(&badge, &page_found(&other_key)), (Outcome::Failed, "key_unknown".into()));
    let other_page = json!({"id": "https://badges.example.org/issuers/2", "publicKey": jwk()});
    assert_eq!(code(&badge, &page_found(&other_page)), (Outcome::Unchecked, "key_unreadable".into()));
    let mut garbled = Evidence::new();
    garbled.put(Need::IssuerProfile(PAGE.into()), Found::Document(b"<html>".to_vec(), now()));
    assert_eq!(code(&badge, &garbled), (Outcome::Unchecked, "key_unreadable".into()));
    let mut away = Evidence::new();
    away.put(Need::IssuerProfile(PAGE.into()), Found::Unavailable("the server did not answer in 5 seconds".into()));
    assert_eq!(code(&badge, &away), (Outcome::Unchecked, "key_unavailable".into()));
    assert_eq!(needs(badge.to_string().as_bytes(), &away), []);
    let mut forbidden = json!({"id": PAGE, "assertionMethod": []});
    forbidden["verificationMethod"] =
        json!([{"id": method, "type": "Multikey", "controller": PAGE, "publicKeyMultibase": multibase()}]);
    assert_eq!(code(&badge, &page_found(&forbidden)), (Outcome::Failed, "key_refused".into()));

    // A method at another address is another's, and nobody is asked about it.
    let elsewhere = badge_of(PAGE, &format!("https://evil.example/1#{}", multibase()));
    assert_eq!(code(&elsewhere, &page_found(&silent)), (Outcome::Failed, "key_of_another".into()));
    assert_eq!(needs(elsewhere.to_string().as_bytes(), &Evidence::new()), []);
    for issuer in ["http://badges.example.org/issuers/1", "https://a@badges.example.org/", "ftp://x.example"] {
        let badge = badge_of(issuer, &format!("{issuer}#{}", multibase()));
        assert_eq!(needs(badge.to_string().as_bytes(), &Evidence::new()), []);
        assert_eq!(code(&badge, &Evidence::new()), (Outcome::Unchecked, "key_unsupported".into()), "{issuer}");
    }
}
