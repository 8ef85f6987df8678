//! Registries that vouch for issuers: lists, and federations with their statements; and names that imitate.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use josekit::jws::{ES256, JwsSigner};
use laurel::credential::jose::{Algorithm, Jwk, SigningKey};
use laurel::credential::verify::{Registry, RegistryKind};
use std::sync::LazyLock;

use super::*;

const LISTED: &str = "https://registry.example/list.json";
const ANCHOR: &str = "https://anchor.example";
const CONFIGURATION: &str = "https://anchor.example/.well-known/openid-federation";
const ABOUT_DID: &str = "https://anchor.example/fetch?sub=did%3Aweb%3Abadges.example.org";
const ABOUT_ENTITY: &str = "https://anchor.example/fetch?sub=https%3A%2F%2Fbadges.example.org";
const LEAF: &str = "https://badges.example.org/.well-known/openid-federation";
const UNKNOWN: &str = "It is genuine, from did:web:badges.example.org, but this service does not know who that is.";

static ANCHORS_KEY: LazyLock<SigningKey> = LazyLock::new(|| SigningKey::generate(Algorithm::Es256).unwrap());

fn anchors_key() -> Jwk {
    ANCHORS_KEY.public().clone()
}

fn entitys_key() -> SecretKey {
    SecretKey::from_seed(&[51; 32])
}

fn list_registry() -> Registry {
    Registry { name: "Known Issuers".into(), kind: RegistryKind::List(LISTED.into()) }
}

fn federation() -> Registry {
    let kind = RegistryKind::Federation { anchor: ANCHOR.into(), keys: vec![anchors_key()] };
    Registry { name: "Example Federation".into(), kind }
}

fn compact(header: Value, payload: &Value, sign: impl Fn(&[u8]) -> Vec<u8>) -> Vec<u8> {
    let coded = |text: String| BASE64_URL_SAFE_NO_PAD.encode(text);
    let signed = format!("{}.{}", coded(header.to_string()), coded(payload.to_string()));
    format!("{signed}.{}", BASE64_URL_SAFE_NO_PAD.encode(sign(signed.as_bytes()))).into_bytes()
}

fn by_anchor(payload: &Value) -> Vec<u8> {
    let sign = |signed: &[u8]| ES256.signer_from_der(ANCHORS_KEY.to_pkcs8()).unwrap().sign(signed).unwrap();
    compact(json!({"alg": "ES256", "typ": "entity-statement+jwt", "kid": "a"}), payload, sign)
}

fn by_entity(payload: &Value) -> Vec<u8> {
    let sign = |signed: &[u8]| entitys_key().sign(signed).to_vec();
    compact(json!({"alg": "EdDSA", "typ": "entity-statement+jwt"}), payload, sign)
}

/// A statement, an hour old and good for a day.
fn statement(iss: &str, sub: &str, rest: Value) -> Value {
    let mut statement =
        json!({"iss": iss, "sub": sub, "iat": now().as_second() - 3_600, "exp": now().as_second() + 86_400});
    statement.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
    statement
}

fn configuration() -> Value {
    statement(
        ANCHOR,
        ANCHOR,
        json!({
            "jwks": {"keys": [anchors_key().to_value()]},
            "metadata": {"federation_entity": {"federation_fetch_endpoint": "https://anchor.example/fetch"}},
        }),
    )
}

fn called(name: &str) -> Value {
    json!({"metadata": {"federation_entity": {"organization_name": name}}})
}

fn about_did() -> Value {
    statement(ANCHOR, DID, called("Example Works of the federation"))
}

fn about_entity() -> Value {
    let jwk =
        json!({"kty": "OKP", "crv": "Ed25519", "x": BASE64_URL_SAFE_NO_PAD.encode(entitys_key().public().to_bytes())});
    statement(ANCHOR, "https://badges.example.org", json!({"jwks": {"keys": [jwk]}}))
}

fn leaf() -> Value {
    let mut rest = called("Example Works by itself");
    rest["authority_hints"] = json!([ANCHOR]);
    statement("https://badges.example.org", "https://badges.example.org", rest)
}

fn not_found() -> Vec<u8> {
    br#"{"error": "not_found", "error_description": "no such entity"}"#.to_vec()
}

/// What stands at some addresses; nothing can be reached elsewhere.
type Web = Vec<(&'static str, Vec<u8>)>;

/// The outcome, code and message about the issuer, and what of the registries was asked for.
fn issuer(
    badge: &Value,
    known: &[KnownIssuer],
    registries: &[Registry],
    web: &Web,
) -> (Outcome, String, String, Vec<String>) {
    let badge = badge.to_string().into_bytes();
    let asked = Asked { email: None, known_issuers: known, registries };
    let (mut evidence, mut urls) = (evidence(), Vec::new());
    for _ in 0..6 {
        for need in needs_for(&badge, &evidence, &asked) {
            let url = match &need {
                Need::Json(url) | Need::EntityStatement(url) => url.clone(),
                other => panic!("{other:?}"),
            };
            let answer = match web.iter().find(|(at, _)| *at == url) {
                Some((_, body)) => Found::Document(body.clone(), now()),
                None => Found::Unavailable("the server did not answer in 5 seconds".into()),
            };
            urls.push(url);
            evidence.put(need, answer);
        }
    }
    assert_eq!(needs_for(&badge, &evidence, &asked), []);
    let report = judge(&badge, &evidence, now(), &asked);
    let check = report.check(CheckName::Issuer).unwrap();
    let verdict = if check.outcome == Outcome::Passed { Verdict::Valid } else { Verdict::Attention };
    assert_eq!(report.verdict, verdict, "{report:?}");
    if check.code != "issuer_known" {
        assert_eq!(report.issuer_shown(), Some(DID), "no name that it gives itself stands first");
    }
    (check.outcome, check.code.clone(), check.message.clone(), urls)
}

fn by(registries: &[Registry], web: &Web) -> (Outcome, String, String, Vec<String>) {
    issuer(&signed(&facts()), &[], registries, web)
}

#[test]
fn a_list_vouches_for_whom_it_names_in_either_form() {
    for list in [
        json!([{"id": "did:web:other.example", "name": "Other"}, {"id": DID, "name": "Example Works, listed"}]),
        json!({"meta": {"created": "2026"}, "registry": {DID: {"name": "Example Works, listed", "url": "https://example.org"}}}),
    ] {
        let web = vec![(LISTED, list.to_string().into_bytes())];
        let (outcome, code, message, urls) = by(&[list_registry()], &web);
        assert_eq!((outcome, code.as_str()), (Outcome::Passed, "issuer_registered"));
        assert_eq!(
            message,
            "Listed as “Example Works, listed” in the registry Known Issuers, which this service trusts."
        );
        assert_eq!(urls, [LISTED]);
    }
    let nameless = vec![(LISTED, json!([{"id": DID}]).to_string().into_bytes())];
    assert_eq!(by(&[list_registry()], &nameless).2, "Listed in the registry Known Issuers, which this service trusts.");
    for silent in [json!([]), json!([{"id": "did:web:badges.example.org:x"}]), json!({"registry": {}})] {
        let (outcome, code, message, _) = by(&[list_registry()], &vec![(LISTED, silent.to_string().into_bytes())]);
        assert_eq!((outcome, code.as_str(), message.as_str()), (Outcome::Failed, "issuer_unknown", UNKNOWN));
    }
}

#[test]
fn a_registry_that_can_not_be_read_leaves_the_issuer_unknown_and_is_named() {
    let (outcome, code, message, _) = by(&[list_registry()], &vec![]);
    assert_eq!((outcome, code.as_str()), (Outcome::Failed, "issuer_unknown"));
    assert_eq!(
        message,
        format!("{UNKNOWN} The registry Known Issuers could not be read: the server did not answer in 5 seconds.")
    );
    for garbled in [&b"<html>"[..], b"7", b"{\"registry\": []}", b"{\"a\":1,\"a\":2}"] {
        let (_, code, message, _) = by(&[list_registry()], &vec![(LISTED, garbled.to_vec())]);
        assert_eq!(code, "issuer_unknown");
        assert!(message.contains("The registry Known Issuers could not be read: "), "{message}");
    }
    // The next one may still vouch.
    let web = vec![(CONFIGURATION, by_anchor(&configuration())), (ABOUT_DID, by_anchor(&about_did()))];
    assert_eq!(by(&[list_registry(), federation()], &web).1, "issuer_registered");
}

#[test]
fn registries_are_asked_only_about_genuine_badges_of_issuers_who_are_not_known() {
    let (_, code, _, urls) = issuer(&signed(&facts()), &known(), &[list_registry(), federation()], &vec![]);
    assert_eq!((code.as_str(), urls), ("issuer_known", vec![]));
    let mut altered = signed(&facts());
    altered["name"] = json!("Reliability Master");
    let asked = Asked { email: None, known_issuers: &[], registries: &[list_registry(), federation()] };
    assert_eq!(needs_for(altered.to_string().as_bytes(), &evidence(), &asked), []);
}

#[test]
fn a_federation_vouches_for_a_did_by_the_anchors_own_statement() {
    let web = vec![(CONFIGURATION, by_anchor(&configuration())), (ABOUT_DID, by_anchor(&about_did()))];
    let (outcome, code, message, urls) = by(&[federation()], &web);
    assert_eq!((outcome, code.as_str()), (Outcome::Passed, "issuer_registered"), "{message}");
    assert_eq!(
        message,
        "Listed as “Example Works of the federation” in the registry Example Federation, which this service trusts."
    );
    assert_eq!(urls, [CONFIGURATION, ABOUT_DID]);
}

#[test]
fn a_federation_vouches_for_a_did_web_by_the_chain_of_the_entity_at_its_address() {
    let chain = |given: Vec<u8>, leaf: Vec<u8>| -> Web {
        vec![
            (CONFIGURATION, by_anchor(&configuration())),
            (ABOUT_DID, not_found()),
            (ABOUT_ENTITY, given),
            (LEAF, leaf),
        ]
    };
    let (outcome, code, message, urls) = by(&[federation()], &chain(by_anchor(&about_entity()), by_entity(&leaf())));
    assert_eq!((outcome, code.as_str()), (Outcome::Passed, "issuer_registered"), "{message}");
    assert!(message.starts_with("Listed as “Example Works by itself” in the registry"), "{message}");
    assert_eq!(urls, [CONFIGURATION, ABOUT_DID, ABOUT_ENTITY, LEAF]);

    assert_eq!(by(&[federation()], &chain(not_found(), by_entity(&leaf()))).2, UNKNOWN);
    let mut without_hint = leaf();
    without_hint["authority_hints"] = json!(["https://other.example"]);
    let mut without_keys = about_entity();
    without_keys.as_object_mut().unwrap().remove("jwks");
    for (given, leaf) in [
        (by_anchor(&about_entity()), by_entity(&without_hint)),
        (by_anchor(&about_entity()), by_anchor(&leaf())),
        (by_anchor(&without_keys), by_entity(&leaf())),
        (by_entity(&about_entity()), by_entity(&leaf())),
        (by_anchor(&about_entity()), not_found()),
    ] {
        let (_, code, message, _) = by(&[federation()], &chain(given, leaf));
        assert_eq!(code, "issuer_unknown");
        assert!(message.contains("The registry Example Federation could not be read: "), "{message}");
    }
}

#[test]
fn a_statement_that_does_not_hold_vouches_for_nobody() {
    let changed = |mut statement: Value, name: &str, value: Value| {
        statement[name] = value;
        statement
    };
    let header = |header: Value| {
        let sign = |signed: &[u8]| ES256.signer_from_der(ANCHORS_KEY.to_pkcs8()).unwrap().sign(signed).unwrap();
        compact(header, &about_did(), sign)
    };
    let past = json!(now().as_second());
    let mut without_end = about_did();
    without_end.as_object_mut().unwrap().remove("exp");
    for statement in [
        by_entity(&about_did()),
        by_anchor(&changed(about_did(), "exp", past.clone())),
        by_anchor(&changed(about_did(), "exp", json!("2030-01-01"))),
        by_anchor(&without_end),
        by_anchor(&changed(about_did(), "iat", json!(now().as_second() + 600))),
        by_anchor(&changed(about_did(), "sub", json!("did:web:other.example"))),
        by_anchor(&changed(about_did(), "iss", json!("https://other.example"))),
        by_anchor(&changed(about_did(), "crit", json!(["x"]))),
        header(json!({"alg": "ES256"})),
        header(json!({"alg": "ES256", "typ": "JWT"})),
        header(json!({"alg": "none", "typ": "entity-statement+jwt"})),
        b"{\"error\": \"server_error\"}".to_vec(),
        b"x".to_vec(),
    ] {
        let web = vec![(CONFIGURATION, by_anchor(&configuration())), (ABOUT_DID, statement)];
        let (_, code, message, _) = by(&[federation()], &web);
        assert_eq!(code, "issuer_unknown");
        assert!(message.contains("The registry Example Federation could not be read: "), "{message}");
    }
    // The anchor itself must be the one whose key the operator named.
    let mut elsewhere = configuration();
    elsewhere["metadata"]["federation_entity"]["federation_fetch_endpoint"] = json!("http://anchor.example/fetch");
    for own in [
        by_entity(&configuration()),
        by_anchor(&changed(configuration(), "exp", past)),
        by_anchor(&changed(configuration(), "sub", json!("https://other.example"))),
        by_anchor(&elsewhere),
        not_found(),
    ] {
        let web = vec![(CONFIGURATION, own), (ABOUT_DID, by_anchor(&about_did()))];
        let (_, code, message, _) = by(&[federation()], &web);
        assert_eq!(code, "issuer_unknown");
        assert!(message.contains("The registry Example Federation could not be read: "), "{message}");
    }
}

#[test]
fn a_name_that_imitates_a_trusted_issuers_is_told_of_and_makes_nobody_known() {
    let calling_itself = |name: &str| {
        let mut facts = facts();
        facts.issuer.name = name.into();
        signed(&facts)
    };
    let trusted =
        [KnownIssuer { id: "did:web:acme.example".into(), name: "Acme Works".into(), ..KnownIssuer::default() }];
    for name in ["Acme Works", "ACME  WORKS", "Асme Works", "Acrne W0rks"] {
        let (outcome, code, message, _) = issuer(&calling_itself(name), &trusted, &[], &vec![]);
        assert_eq!((outcome, code.as_str()), (Outcome::Failed, "issuer_unknown"));
        let told = format!(
            "{UNKNOWN} It calls itself “{name}”, which looks like the name of did:web:acme.example, whom this service trusts; it is another."
        );
        assert_eq!(message, told);
    }
    assert_eq!(issuer(&calling_itself("Acme Gardens"), &trusted, &[], &vec![]).2, UNKNOWN);
    assert!(issuer(&calling_itself("Раypal"), &trusted, &[], &vec![]).2.ends_with("made to be taken for others."));
    // A registry does not hold those it lists to their names.
    let web = vec![(LISTED, json!([{"id": DID, "name": "Example Works"}]).to_string().into_bytes())];
    let (_, code, message, _) = issuer(&calling_itself("Acme Works"), &trusted, &[list_registry()], &web);
    assert_eq!(code, "issuer_registered");
    assert!(message.contains("Listed as “Example Works”") && message.contains("it is another."), "{message}");
}

#[test]
fn who_is_vouched_for_is_asked_about_no_further_and_nothing_is_asked_twice() {
    let other = Registry { name: "Other".into(), kind: RegistryKind::List("https://other.example/list.json".into()) };
    let vouching = vec![(LISTED, json!([{"id": DID}]).to_string().into_bytes())];
    let badge = signed(&facts()).to_string().into_bytes();
    let registries = [other, list_registry()];
    let asked = Asked { registries: &registries, ..Asked::default() };
    let mut known = evidence();
    known.put(Need::Json(LISTED.into()), Found::Document(vouching[0].1.clone(), now()));
    assert_eq!(needs_for(&badge, &known, &asked), []);
    let (_, code, _, urls) = by(&[list_registry(), list_registry()], &vouching);
    assert_eq!((code.as_str(), urls.as_slice()), ("issuer_registered", &[LISTED.to_owned()][..]));
}

#[test]
fn a_statement_holds_from_five_minutes_ahead_of_our_clock_until_its_end() {
    let code = |name: &str, ahead: i64| {
        let mut about = about_did();
        about[name] = json!(now().as_second() + ahead);
        by(&[federation()], &vec![(CONFIGURATION, by_anchor(&configuration())), (ABOUT_DID, by_anchor(&about))]).1
    };
    assert_eq!((code("iat", 300).as_str(), code("iat", 301).as_str()), ("issuer_registered", "issuer_unknown"));
    assert_eq!((code("exp", 1).as_str(), code("exp", 0).as_str()), ("issuer_registered", "issuer_unknown"));
}
