//! Presentations of credentials that are no badges.

use super::*;
use crate::verify::parts::Person;

async fn told(site: &Site, presentation: &Value, options: Value) -> (StatusCode, Value) {
    let body = json!({"verifiablePresentation": presentation, "options": options});
    send(site, None, "/presentations/verify", &body).await
}

fn unsigned(credentials: Value) -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "holder": Person::new(71).did,
        "verifiableCredential": credentials,
    })
}

#[tokio::test]
async fn a_presentation_verifies_with_every_credential_in_it() {
    let site = site().await;
    let signed = issued(&site, &with(json!({"id": "urn:uuid:1"})), json!({"statusPurpose": "revocation"})).await;
    let own = json!(["https://www.w3.org/ns/credentials/v2", {"Own": "https://example.org/#Own"}]);
    let another =
        issued(&site, &with(json!({"@context": own, "type": ["VerifiableCredential", "Own"]})), json!({})).await;
    let occasion = json!({"challenge": "c0ffee", "domain": "https://asker.example"});
    let presentation = Person::new(71).present(&unsigned(json!([signed, another])), occasion.clone());
    for options in [occasion.clone(), json!({}), json!({"challenge": "c0ffee"})] {
        let (status, answer) = told(&site, &presentation, options).await;
        assert_eq!((status, &answer["verified"]), (StatusCode::OK, &json!(true)), "{answer}");
    }
    for (options, kind) in [
        (json!({"challenge": "another"}), "https://w3id.org/security#INVALID_CHALLENGE_ERROR"),
        (
            json!({"challenge": "c0ffee", "domain": "https://b.example"}),
            "https://w3id.org/security#INVALID_DOMAIN_ERROR",
        ),
    ] {
        let (status, answer) = told(&site, &presentation, options).await;
        assert_eq!((status, &answer["type"]), (StatusCode::BAD_REQUEST, &json!(kind)), "{answer}");
    }
    let change = json!({"credentialId": "urn:uuid:1", "credentialStatus": {"type": "BitstringStatusListEntry", "statusPurpose": "revocation"}});
    assert_eq!(send(&site, Some("revoke"), "/credentials/status", &change).await.0, StatusCode::OK);
    let (status, answer) = told(&site, &presentation, occasion.clone()).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(answer["errors"][0]["detail"].as_str().unwrap().starts_with("verifiableCredential[0]: "), "{answer}");
    let only_proofs = json!({"challenge": "c0ffee", "domain": "https://asker.example", "checks": ["proof"]});
    assert_eq!(told(&site, &presentation, only_proofs).await.0, StatusCode::OK);
}

#[tokio::test]
async fn a_presentation_that_breaks_the_data_model_or_was_changed_does_not_verify() {
    let site = site().await;
    let signed = issued(&site, &credential(), json!({})).await;
    let good = Person::new(71).present(&unsigned(json!([signed])), json!({}));
    assert_eq!(told(&site, &good, json!({})).await.0, StatusCode::OK);
    type Change = fn(&mut Value);
    let cases: [Change; 14] = [
        |p| drop(p.as_object_mut().unwrap().remove("@context")),
        |p| {
            p["@context"] =
                json!(["https://www.w3.org/ns/credentials/examples/v2", "https://www.w3.org/ns/credentials/v2"])
        },
        |p| p["@context"] = json!(["https://www.w3.org/ns/credentials/v2", "https://example.com"]),
        |p| p["@context"] = json!(["https://www.w3.org/ns/credentials/v2", 123_192_875]),
        |p| drop(p.as_object_mut().unwrap().remove("type")),
        |p| p["type"] = json!(["Kind"]),
        |p| p["holder"] = json!({"name": "no id"}),
        |p| p["holder"] = json!("did:example:acme"),
        |p| p["verifiableCredential"] = json!(["https://example.org/credential"]),
        |p| p["verifiableCredential"] = json!([7]),
        |p| p["verifiableCredential"][0]["credentialSubject"]["id"] = json!("did:example:another"),
        |p| drop(p.as_object_mut().unwrap().remove("proof")),
        |p| drop(p.as_object_mut().unwrap().remove("verifiableCredential")),
        |p| p["id"] = json!("urn:uuid:7"),
    ];
    for (n, change) in cases.into_iter().enumerate() {
        let mut presentation = good.clone();
        change(&mut presentation);
        let (status, answer) = told(&site, &presentation, json!({})).await;
        assert_eq!((status, &answer["verified"]), (StatusCode::BAD_REQUEST, &json!(false)), "{n}: {answer}");
    }
    for (body, field) in [
        (json!({"verifiablePresentation": 7}), "verifiablePresentation"),
        (json!({"verifiablePresentation": good, "options": {"checks": ["colour"]}}), "options.checks"),
        (json!({"presentation": good}), "verifiablePresentation"),
    ] {
        let (status, problem) = send(&site, None, "/presentations/verify", &body).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{problem}");
        let named = problem["errors"][0]["field"].as_str().unwrap();
        assert!(named == field || named == "presentation", "{problem}");
    }
}
