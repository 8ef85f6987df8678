//! Badges and status lists as VC-JWT: what passes, and every trick that must not.

mod attacks;
mod keys;
mod reading;

use std::sync::OnceLock;

use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE, BASE64_URL_SAFE_NO_PAD};
use josekit::jws::{ES256, HS256, JwsSigner, RS256};
use laurel::credential::bake::{bake_png, unbake};
use laurel::credential::jose::{Algorithm, Jwk, Jws, SigningKey};

use super::*;

pub(super) const KID: &str = "https://badges.example.org/keys/key-jwt";
pub(super) const ES: &str = "did:web:badges.example.org#key-jwt";
pub(super) const RS: &str = "did:web:badges.example.org#key-rsa";

pub(super) fn es() -> &'static SigningKey {
    static KEY: OnceLock<SigningKey> = OnceLock::new();
    KEY.get_or_init(|| SigningKey::generate(Algorithm::Es256).unwrap())
}

pub(super) fn rs() -> &'static SigningKey {
    static KEY: OnceLock<SigningKey> = OnceLock::new();
    KEY.get_or_init(|| SigningKey::generate(Algorithm::Rs256).unwrap())
}

fn by_es(signed: &[u8]) -> Vec<u8> {
    ES256.signer_from_der(es().to_pkcs8()).unwrap().sign(signed).unwrap()
}

fn by_rs(signed: &[u8]) -> Vec<u8> {
    RS256.signer_from_der(rs().to_pkcs8()).unwrap().sign(signed).unwrap()
}

fn by_ed(signed: &[u8]) -> Vec<u8> {
    key().sign(signed).to_vec()
}

fn coded(bytes: impl AsRef<[u8]>) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// A compact JWS of any two texts.
fn jws(header: &str, payload: &str, sign: impl Fn(&[u8]) -> Vec<u8>) -> String {
    let signed = format!("{}.{}", coded(header), coded(payload));
    format!("{signed}.{}", coded(sign(signed.as_bytes())))
}

fn header() -> Value {
    json!({"alg": "ES256", "typ": "JWT", "kid": KID})
}

fn with(mut object: Value, name: &str, value: Value) -> Value {
    object.as_object_mut().unwrap().insert(name.to_owned(), value);
    object
}

fn without(mut object: Value, name: &str) -> Value {
    object.as_object_mut().unwrap().remove(name);
    object
}

/// The badge as the payload, with the registered claims.
pub(super) fn payload() -> Value {
    let mut payload = achievement_credential(&facts());
    for (name, value) in [
        ("iss", payload["issuer"]["id"].clone()),
        ("sub", payload["credentialSubject"]["id"].clone()),
        ("jti", payload["id"].clone()),
        ("nbf", json!(at("2026-01-15T10:00:00Z").as_second())),
        ("exp", json!(at("2028-01-15T10:00:00Z").as_second())),
    ] {
        payload[name] = value;
    }
    payload
}

pub(super) fn document_with(methods: Value) -> Value {
    let mut document = did_document();
    for method in methods.as_array().unwrap() {
        document["verificationMethod"].as_array_mut().unwrap().push(method.clone());
        document["assertionMethod"].as_array_mut().unwrap().push(method["id"].clone());
    }
    document
}

pub(super) fn method(id: &str, key: &SigningKey, kid: &str) -> Value {
    let jwk = with(key.public().to_value(), "kid", json!(kid));
    json!({"id": id, "type": "JsonWebKey", "controller": DID, "publicKeyJwk": jwk})
}

fn jwt_evidence() -> Evidence {
    let document = document_with(json!([method(ES, es(), KID), method(RS, rs(), "rsa")]));
    evidence_with(found(&document), found(&signed_with(&list(|_| {}), METHOD, &key())))
}

fn told_of(token: &str) -> String {
    let asked = Asked { email: Some(EMAIL), known_issuers: &known(), ..Asked::default() };
    let report = judge(token.as_bytes(), &jwt_evidence(), now(), &asked);
    assert_eq!(report.checks.iter().filter(|check| check.check != CheckName::Schema).count(), 6);
    if report.check(CheckName::Proof).unwrap().outcome != Outcome::Passed {
        assert_eq!(report.claims, None, "nobody said it: {token}");
    }
    told(&report).replace(" ?not_looked_at", "")
}

const GOOD: &str = "Valid: well_formed genuine issuer_known in_force within_dates recipient_matches";

#[test]
fn a_jwt_is_valid_with_each_algorithm_and_however_its_key_is_named() {
    let payload = payload().to_string();
    let token = |header: Value, sign: fn(&[u8]) -> Vec<u8>| jws(&header.to_string(), &payload, sign);
    for (header, sign) in [
        (header(), by_es as fn(&[u8]) -> Vec<u8>),
        (json!({"alg": "ES256", "kid": ES}), by_es),
        (json!({"alg": "ES256", "kid": "#key-jwt", "typ": "vc+jwt", "cty": "vc"}), by_es),
        (json!({"alg": "ES256", "jwk": es().public().to_value()}), by_es),
        (json!({"alg": "ES256", "jwk": es().public().to_value(), "kid": KID}), by_es),
        (json!({"alg": "RS256", "kid": RS, "typ": "application/vc+jwt"}), by_rs),
        (json!({"alg": "RS256", "kid": "rsa"}), by_rs),
        (json!({"alg": "RS256", "jwk": rs().public().to_value()}), by_rs),
        (json!({"alg": "EdDSA", "kid": METHOD}), by_ed),
    ] {
        assert_eq!(told_of(&token(header.clone(), sign)), GOOD, "{header}");
    }
    assert_eq!(told_of(&format!("\n {}\r\n", token(header(), by_es))), GOOD);
    assert_eq!(told_of(&es().sign(KID, &super::jwt::payload()).unwrap()), GOOD);
    assert_eq!(told_of(&rs().sign("rsa", &super::jwt::payload()).unwrap()), GOOD);
    assert_eq!(
        told_of(&jws(&header().to_string(), &achievement_credential(&facts()).to_string(), by_es)),
        GOOD,
        "the registered claims may be left out"
    );
}

#[test]
fn a_jwt_says_what_the_badge_says() {
    let token = jws(&header().to_string(), &payload().to_string(), by_es);
    let report = judge(
        token.as_bytes(),
        &jwt_evidence(),
        now(),
        &Asked { email: None, known_issuers: &known(), ..Asked::default() },
    );
    let claims = report.claims.unwrap();
    assert_eq!(claims.document, achievement_credential(&facts()));
    assert_eq!(claims.name, "Reliability Practitioner");
}

fn ask_bytes(token: &str, evidence: &Evidence) -> Report {
    judge(token.as_bytes(), evidence, now(), &Asked { email: None, known_issuers: &known(), ..Asked::default() })
}

#[test]
fn a_badge_of_the_older_data_model_may_leave_its_fields_to_the_claims() {
    let mut credential = without(achievement_credential(&facts()), "credentialSchema");
    credential["@context"][0] = json!("https://www.w3.org/2018/credentials/v1");
    let (from, until) = (credential["validFrom"].clone(), credential["validUntil"].clone());
    let credential = without(without(credential, "validFrom"), "validUntil");
    let full = with(with(credential.clone(), "issuanceDate", from), "expirationDate", until);
    let claims = |vc: Value| {
        let all = payload();
        let mut claims = json!({"vc": vc});
        ["iss", "sub", "jti", "nbf", "exp"].iter().for_each(|name| claims[*name] = all[*name].clone());
        claims
    };
    let told_of_claims = |claims: Value| told_of(&jws(&header().to_string(), &claims.to_string(), by_es));
    assert_eq!(told_of_claims(claims(full.clone())), GOOD);
    assert_eq!(told_of_claims(json!({"vc": full})), GOOD);
    assert_eq!(told_of_claims(full.clone()), GOOD, "without `vc`");
    let mut bare = without(credential, "id");
    bare["credentialSubject"].as_object_mut().unwrap().remove("id");
    bare["issuer"].as_object_mut().unwrap().remove("id");
    assert_eq!(told_of_claims(claims(bare.clone())), GOOD);
    assert_eq!(told_of_claims(claims(without(bare, "issuer"))), GOOD);
    for (claim, value) in [
        ("iss", json!("did:web:evil.example")),
        ("sub", json!("urn:uuid:other")),
        ("jti", json!("urn:uuid:other")),
        ("nbf", json!(1)),
        ("exp", json!(4_000_000_000_i64)),
    ] {
        assert_eq!(told_of_claims(with(claims(full.clone()), claim, value)), "Invalid: !claims_disagree", "{claim}");
    }
    let ended = with(full, "expirationDate", json!("2026-02-01T00:00:00Z"));
    let report = told_of_claims(json!({"vc": ended}));
    assert_eq!(report, "Attention: well_formed genuine issuer_known in_force !expired recipient_matches");
}

#[test]
fn a_status_list_is_read_as_a_jwt_too() {
    let badge = jws(&header().to_string(), &payload().to_string(), by_es);
    let status = |list: String| {
        let document = document_with(json!([method(ES, es(), KID)]));
        let mut evidence = evidence_with(found(&document), found(&json!({})));
        evidence.put(Need::StatusList(LIST.into()), Found::Document(list.into_bytes(), now()));
        ask_bytes(&badge, &evidence).check(CheckName::Status).unwrap().code.clone()
    };
    let revoked = list(|bits| bits.set(94_567).unwrap());
    assert_eq!(status(es().sign(KID, &list(|_| {})).unwrap()), "in_force");
    assert_eq!(status(es().sign(KID, &revoked).unwrap()), "revoked");
    let stranger = SigningKey::generate(Algorithm::Es256).unwrap();
    assert_eq!(status(stranger.sign(KID, &list(|_| {})).unwrap()), "status_untrusted");
    assert_eq!(status(es().sign(KID, &with(list(|_| {}), "iss", json!("x"))).unwrap()), "status_unreadable");
    assert_eq!(status(es().sign(KID, &with(list(|_| {}), "id", json!("x"))).unwrap()), "status_untrusted");
    assert_eq!(status("eyJhbGciOiJub25lIn0.e30.".into()), "status_unreadable");
}

#[test]
fn a_jwt_is_baked_and_found_again() {
    let token = jws(&header().to_string(), &payload().to_string(), by_es);
    let Some(png) = vector("ob30-samples/simple-json.png") else { return };
    let baked = bake_png(&png, &token).unwrap();
    assert_eq!(unbake(&baked).unwrap(), token.as_bytes());
    assert_eq!(unbake(format!("{token}\n").as_bytes()).unwrap(), format!("{token}\n").as_bytes());
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { failure_persistence: None, ..proptest::prelude::ProptestConfig::with_cases(256) })]

    #[test]
    fn any_three_parts_get_an_answer_and_never_a_good_one(header in ".{0,60}", payload in ".{0,60}", signature in ".{0,60}") {
        let token = format!("{}.{}.{}", coded(header), coded(payload), coded(signature));
        proptest::prop_assert!(Jws::read(token.as_bytes()).is_err());
        let report = ask_bytes(&token, &Evidence::new());
        proptest::prop_assert_eq!(report.verdict, Verdict::Invalid);
    }

    #[test]
    fn one_changed_character_is_never_good(at in 0usize..2_000, with in "[A-Za-z0-9_.=-]") {
        static TOKEN: OnceLock<String> = OnceLock::new();
        let token = TOKEN.get_or_init(|| jws(&header().to_string(), &payload().to_string(), by_es));
        let mut changed = token.clone();
        let at = at % token.len();
        changed.replace_range(at..=at, &with);
        proptest::prop_assume!(changed != *token);
        let report = ask_bytes(&changed, &jwt_evidence());
        proptest::prop_assert!(report.claims.is_none() && report.verdict != Verdict::Valid);
    }
}
