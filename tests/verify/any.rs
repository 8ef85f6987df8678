//! Any verifiable credential, whatever it certifies, as the VC-API takes it.

use laurel::credential::verify::{judge_any, needs_of_any};

use super::*;

/// A credential that is no badge, without an id: its node has no name that a reader could look for.
fn credential() -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiableCredential"],
        "issuer": DID,
        "validFrom": "2026-01-15T10:00:00Z",
        "credentialSubject": [{"id": "urn:uuid:1"}, {"id": "urn:uuid:2"}],
    })
}

fn told_of(document: &Value) -> String {
    told(&judge_any(document.to_string().as_bytes(), &evidence(), now(), &Asked::default()))
}

#[test]
fn a_credential_without_an_id_is_judged_by_every_place_of_a_term() {
    let good = signed_with(&credential(), METHOD, &key());
    assert_eq!(
        needs_of_any(good.to_string().as_bytes(), &Evidence::new(), &Asked::default()),
        [Need::DidDocument(DID.into())]
    );
    assert_eq!(told_of(&good), "Attention: well_formed genuine !issuer_unknown no_status no_end");
    let mut altered = good.clone();
    altered["credentialSubject"][1]["id"] = json!("urn:uuid:3");
    assert_eq!(told_of(&altered).split(' ').nth(2), Some("!altered"));

    // A subject that is a credential itself: what decides about it is counted with what decides about the whole.
    let mut nested = credential();
    nested["credentialSubject"][0] = json!({
        "type": ["VerifiableCredential"], "validFrom": "2026-02-01T00:00:00Z", "issuer": "did:web:other.example",
    });
    let nested = signed_with(&nested, METHOD, &key());
    assert_eq!(told_of(&nested), "Attention: well_formed genuine !issuer_unknown no_status no_end");
}

#[test]
fn a_decisive_term_under_another_name_is_found_wherever_it_stands() {
    // The very statements that were signed, with the end written where plain JSON does not show it.
    let mut ending = credential();
    ending["validUntil"] = json!("2026-02-01T00:00:00Z");
    let signed = signed_with(&ending, METHOD, &key());
    assert_eq!(told_of(&signed).split(' ').next_back(), Some("!expired"));
    let mut hidden = signed.clone();
    let until = hidden.as_object_mut().unwrap().remove("validUntil").unwrap();
    hidden["@context"].as_array_mut().unwrap().push(json!({
        "motto": {
            "@id": "https://www.w3.org/2018/credentials#validUntil",
            "@type": "http://www.w3.org/2001/XMLSchema#dateTime",
        },
    }));
    hidden["motto"] = until;
    assert_eq!(told_of(&hidden).split(' ').nth(2), Some("!altered"));
}

#[test]
fn a_credential_in_the_words_of_badges_need_not_be_one() {
    let mut credential = credential();
    credential["@context"] = achievement_credential(&facts())["@context"].clone();
    let signed = signed_with(&credential, METHOD, &key());
    assert_eq!(told_of(&signed), "Attention: well_formed genuine !issuer_unknown no_status no_end");
}

#[test]
fn what_can_not_be_put_in_canonical_form_here_is_left_open() {
    let mut odd = signed_with(&credential(), METHOD, &key());
    odd["@context"]
        .as_array_mut()
        .unwrap()
        .push(json!({"ways": {"@id": "urn:ways", "@container": "@type", "@context": {}}, "Way": "urn:Way"}));
    odd["ways"] = json!({"Way": "https://a.example/1"});
    assert!(told_of(&odd).starts_with("Unknown: well_formed ?canonical_unsupported"), "{}", told_of(&odd));
}
