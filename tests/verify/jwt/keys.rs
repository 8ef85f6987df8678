//! Which keys count for a JWT: those that the issuer's own document, page or identifier names, as it names them.

use super::*;

#[test]
fn a_key_counts_only_as_the_issuers_document_says() {
    let token = jws(&header().to_string(), &payload().to_string(), by_es);
    let code = |document: Value| {
        let evidence = evidence_with(found(&document), found(&list(|_| {})));
        ask_bytes(&token, &evidence).check(CheckName::Proof).unwrap().code.clone()
    };
    let listed = |change: fn(&mut Value)| {
        let mut method = method(ES, es(), KID);
        change(&mut method);
        code(document_with(json!([method])))
    };
    assert_eq!(listed(|_| {}), "genuine");
    assert_eq!(listed(|m| m["type"] = json!("JsonWebKey2020")), "genuine");
    assert_eq!(listed(|m| m["type"] = json!("Multikey")), "key_refused");
    assert_eq!(listed(|m| m["type"] = json!("X509Key")), "key_unsupported");
    assert_eq!(listed(|m| m["controller"] = json!("did:web:evil.example")), "key_refused");
    assert_eq!(listed(|m| m["revoked"] = json!("2026-11-01T00:00:00Z")), "key_revoked");
    assert_eq!(listed(|m| m["expires"] = json!("2026-11-01T00:00:00Z")), "key_expired");
    assert_eq!(listed(|m| m["publicKeyJwk"]["kid"] = json!("other")), "key_unknown");
    assert_eq!(listed(|m| m["publicKeyJwk"]["use"] = json!("enc")), "key_refused");
    assert_eq!(listed(|m| m["publicKeyJwk"]["d"] = json!("AAAA")), "key_refused");
    assert_eq!(listed(|m| m["publicKeyJwk"]["x"] = m["publicKeyJwk"]["y"].clone()), "key_refused");
    assert_eq!(listed(|m| m["publicKeyJwk"]["crv"] = json!("P-384")), "key_refused");
    assert_eq!(listed(|m| m["publicKeyJwk"]["use"] = json!("sig")), "genuine");
    assert_eq!(listed(|m| m["publicKeyJwk"]["key_ops"] = json!(["verify"])), "genuine");
    assert_eq!(listed(|m| m["publicKeyJwk"]["key_ops"] = json!(["sign", "verify"])), "genuine");
    assert_eq!(listed(|m| m["publicKeyJwk"]["key_ops"] = json!(["encrypt"])), "key_refused");
    assert_eq!(listed(|m| m["publicKeyJwk"]["key_ops"] = json!([])), "key_refused");
    assert_eq!(listed(|m| m["publicKeyJwk"]["key_ops"] = json!("verify")), "key_refused");
    let mut unlisted = document_with(json!([method(ES, es(), KID)]));
    unlisted["assertionMethod"] = json!([METHOD]);
    assert_eq!(code(unlisted), "key_refused");
    let mut embedded = did_document();
    embedded["assertionMethod"].as_array_mut().unwrap().push(method(ES, es(), KID));
    assert_eq!(code(embedded), "genuine");
    // What another DID says of its keys leaves the question open.
    let mut of_another = document_with(json!([method(ES, es(), KID)]));
    of_another["id"] = json!("did:web:other.example");
    assert_eq!(code(of_another), "key_unreadable");
    let mut nobodys = document_with(json!([]));
    nobodys["id"] = json!("did:web:other.example");
    assert_eq!(code(nobodys), "key_unreadable");
}

#[test]
fn a_did_that_is_its_own_key_needs_no_look_up() {
    let of = |issuer: &str, header: Value, sign: fn(&[u8]) -> Vec<u8>| {
        let mut credential = without(achievement_credential(&facts()), "credentialStatus");
        credential["issuer"]["id"] = json!(issuer);
        let token = jws(&header.to_string(), &credential.to_string(), sign);
        assert_eq!(needs(token.as_bytes(), &Evidence::new()), []);
        told(&ask_bytes(&token, &Evidence::new())).replace(" ?not_looked_at", "")
    };
    const GENUINE: &str = "Attention: well_formed genuine !issuer_unknown no_status within_dates";
    for (key, alg, sign) in [(es(), "ES256", by_es as fn(&[u8]) -> Vec<u8>), (rs(), "RS256", by_rs)] {
        let did = format!("did:jwk:{}", coded(key.public().to_value().to_string()));
        assert_eq!(of(&did, json!({"alg": alg}), sign), GENUINE);
        assert_eq!(of(&did, json!({"alg": alg, "kid": "#0"}), sign), GENUINE);
        assert_eq!(of(&did, json!({"alg": alg, "kid": format!("{did}#0")}), sign), GENUINE);
        assert_eq!(of(&did, json!({"alg": alg, "kid": "#1"}), sign), "Invalid: well_formed !key_unknown");
        assert_eq!(of(&did, json!({"alg": alg}), by_ed), "Invalid: well_formed !altered");
    }
    let did = did_key(&key().public());
    let fragment = key().public().to_multibase();
    assert_eq!(of(&did, json!({"alg": "EdDSA", "kid": format!("{did}#{fragment}")}), by_ed), GENUINE);
    assert_eq!(of(&did, json!({"alg": "EdDSA"}), by_ed), GENUINE);
    assert_eq!(of(&did, json!({"alg": "EdDSA", "kid": KID}), by_ed), "Invalid: well_formed !key_unknown");
    assert_eq!(of("did:jwk:e30", json!({"alg": "ES256"}), by_es), "Unknown: well_formed ?key_unsupported");
    assert_eq!(of("did:jwk:%%%", json!({"alg": "ES256"}), by_es), "Invalid: well_formed !key_refused");
}

#[test]
fn a_jwt_of_an_issuer_at_a_web_address_is_signed_with_a_key_its_page_names() {
    const PAGE: &str = "https://badges.example.org/issuers/1";
    let mut payload = without(payload(), "credentialStatus");
    payload["issuer"]["id"] = json!(PAGE);
    payload["iss"] = json!(PAGE);
    let told = |header: Value, page: Value| {
        let token = jws(&header.to_string(), &payload.to_string(), by_es);
        assert_eq!(needs(token.as_bytes(), &Evidence::new()), [Need::IssuerProfile(PAGE.into())]);
        let mut evidence = Evidence::new();
        evidence.put(Need::IssuerProfile(PAGE.into()), found(&page));
        let report = judge(token.as_bytes(), &evidence, now(), &Asked::default());
        report.check(CheckName::Proof).unwrap().code.clone()
    };
    let jwk = |key: &SigningKey| with(key.public().to_value(), "kid", json!(KID));
    let listed = |key: &SigningKey| json!({"id": PAGE, "type": "Profile", "publicKey": jwk(key)});
    assert_eq!(told(header(), listed(es())), "genuine");
    let other = SigningKey::generate(Algorithm::Es256).unwrap();
    assert_eq!(told(header(), listed(&other)), "altered");
    assert_eq!(told(with(header(), "kid", json!("https://evil.example/key")), listed(es())), "key_unknown");
    assert_eq!(told(with(header(), "jwk", es().public().to_value()), listed(&other)), "key_of_another");
    assert_eq!(told(header(), json!({"id": PAGE, "type": "Profile"})), "key_unlisted");
    assert_eq!(told(header(), jwk(es())), "genuine");
    let method =
        json!({"id": format!("{PAGE}#k"), "type": "JsonWebKey", "controller": PAGE, "publicKeyJwk": jwk(es())});
    let page = json!({"id": PAGE, "verificationMethod": [method], "assertionMethod": [format!("{PAGE}#k")]});
    assert_eq!(told(header(), page.clone()), "genuine");
    assert_eq!(told(with(header(), "kid", json!(format!("{PAGE}#k"))), page), "genuine");
}

#[test]
fn a_public_key_is_written_as_one_text_and_a_secret_one_shows_nothing() {
    for key in [es(), rs()] {
        let text = key.public().to_multibase();
        assert_eq!(Jwk::from_multibase(&text).as_ref(), Ok(key.public()));
        assert!(text.starts_with('u') && Jwk::from_multibase(&text[1..]).is_err());
    }
    assert_eq!([es(), rs()].map(|key| format!("{key:?}")), ["SigningKey(ES256)", "SigningKey(RS256)"]);
}
