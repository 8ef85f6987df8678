//! Who may have what signed, and what comes back.

use super::*;
use crate::cast::{ADA, PROFESSIONAL};
use laurel::store::{api_credentials, events};

const DID: &str = "did:web:badges.acme.example";

#[tokio::test]
async fn a_credential_is_signed_by_either_suite_and_verifies() {
    let site = site().await;
    for suite in ["eddsa-rdfc-2022", "eddsa-jcs-2022"] {
        let signed = issued(&site, &credential(), json!({"cryptosuite": suite})).await;
        assert_eq!(signed["issuer"], DID);
        let proof = &signed["proof"];
        assert_eq!((&proof["type"], &proof["cryptosuite"]), (&json!("DataIntegrityProof"), &json!(suite)));
        assert_eq!(proof["proofPurpose"], "assertionMethod");
        assert!(proof["proofValue"].as_str().unwrap().starts_with('z'));
        let (status, answer) = verify(&site, &signed, json!({})).await;
        assert_eq!(
            (status, &answer["verified"], &answer["errors"]),
            (StatusCode::OK, &json!(true), &json!([])),
            "{answer}"
        );
    }
    let signed = issued(&site, &credential(), json!({})).await;
    assert_eq!(signed["proof"]["cryptosuite"], "eddsa-rdfc-2022", "when nothing is said");
    for (field, options) in [
        ("options.cryptosuite", json!({"cryptosuite": "ecdsa-rdfc-2019"})),
        ("options.cryptosuite", json!({"cryptosuite": "none"})),
        ("options.type", json!({"type": "Ed25519Signature2020"})),
        ("options.credentialStatus.type", json!({"credentialStatus": {"type": "StatusList2021Entry"}})),
        (
            "options.credentialStatus.statusPurpose",
            json!({"credentialStatus": {"type": "BitstringStatusListEntry", "statusPurpose": "suspension"}}),
        ),
        ("options.statusPurpose", json!({"statusPurpose": "refresh"})),
        ("options.colour", json!({"colour": "red"})),
    ] {
        let (status, problem) = issue(&site, &credential(), options).await;
        assert_eq!((status, &problem["errors"][0]["field"]), (StatusCode::BAD_REQUEST, &json!(field)), "{problem}");
    }
}

#[tokio::test]
async fn whatever_the_data_model_allows_is_signed_and_verifies() {
    let site = site().await;
    let own = json!(["https://www.w3.org/ns/credentials/v2", {"Own": "https://example.org/#Own", "colour": "https://example.org/#colour"}]);
    for changes in [
        json!({"id": "urn:uuid:7f6a3c1e-52b0-4f5c-9c3d-0d6a5a1b2c3d"}),
        json!({"@context": own, "type": ["VerifiableCredential", "Own"], "credentialSubject": {"colour": "red"}}),
        json!({"@context": ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/examples/v2"], "credentialSubject": {"degree": "x"}}),
        json!({"type": ["https://example.org/#Kind", "VerifiableCredential"]}),
        json!({"issuer": DID}),
        json!({"issuer": {"id": DID, "name": "Acme", "description": {"@value": "Maker", "@language": "en"}}}),
        json!({"issuer": {"name": [{"@value": "Dog", "@language": "en"}, {"@value": "Chien", "@language": "fr"}]}}),
        json!({"name": {"@value": "A name", "@language": "en"}, "description": "What it is."}),
        json!({"credentialSubject": [{"id": "did:example:one"}, {"id": "did:example:two", "name": "Two"}]}),
        json!({"validFrom": "2020-02-26T00:37:06.123Z", "validUntil": "2030-02-26T00:37:06-05:00"}),
        json!({"credentialSchema": {"id": "did:example:schema", "type": "https://example.org/#Schema"}}),
        json!({"refreshService": [{"type": "https://example.org/#R", "id": "did:example:refresh/1"}, {"type": "https://example.org/#R"}]}),
        json!({"termsOfUse": {"type": "https://example.org/#T"}, "evidence": {"type": "https://example.org/#E", "id": "did:example:e"}}),
        json!({"relatedResource": [{"id": "https://example.org/r", "digestSRI": "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", "mediaType": "text/html"}]}),
        json!({"relatedResource": {"id": "https://example.org/r", "digestMultibase": "uEiDjsMRCmPwcFJr79MiZb7kkJ65B5GSbk0yklZkbeFK4VQ"}}),
    ] {
        let signed = issued(&site, &with(changes.clone()), json!({})).await;
        let (status, answer) = verify(&site, &signed, json!({})).await;
        assert_eq!(status, StatusCode::OK, "{changes}: {answer}");
    }
    // A status of another kind and one that is kept elsewhere are theirs to know.
    let elsewhere = with(json!({"credentialStatus": {"type": "https://example.org/#Status"}}));
    let signed = issued(&site, &elsewhere, json!({})).await;
    let (status, answer) = verify(&site, &signed, json!({"checks": ["proof"]})).await;
    assert_eq!((status, answer["warnings"].as_array().unwrap().len()), (StatusCode::OK, 1), "{answer}");
    let (status, answer) = verify(&site, &signed, json!({})).await;
    assert_eq!(status, StatusCode::BAD_REQUEST, "an unknown status is never good: {answer}");
}

#[tokio::test]
async fn only_a_token_for_issuing_has_anything_signed() {
    let site = site().await;
    let body = json!({"credential": credential()});
    for (may, expected) in [
        (None, StatusCode::UNAUTHORIZED),
        (Some("read"), StatusCode::FORBIDDEN),
        (Some("revoke"), StatusCode::FORBIDDEN),
        (Some("issue"), StatusCode::CREATED),
        (Some("all"), StatusCode::CREATED),
    ] {
        let (status, _) = send(&site, may, "/credentials/issue", &body).await;
        assert_eq!(status, expected, "{may:?}");
    }
    let mut conn = site.app.db.read().await.unwrap();
    let kept = api_credentials::after_id(&mut conn, "", 10).await.unwrap();
    assert_eq!(kept.len(), 2, "what was signed is recorded, and nothing else");
    assert!(kept.iter().all(|row| row.place.is_none() && row.credential.contains("eddsa-rdfc-2022")));
    let events = events::page(&mut conn, 0, 1000).await.unwrap();
    assert_eq!(events.iter().filter(|event| event.verb == "credential.signed").count(), 2);
}

#[tokio::test]
async fn without_a_key_of_its_own_the_vc_api_signs_nothing() {
    let site = Site::open().await;
    let (status, problem) = issue(&site, &credential(), json!({})).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(problem["detail"].as_str().unwrap().contains("laurel keys generate --purpose vc_api"), "{problem}");
    keys::generate(&site.app, &Actor::Operator, Purpose::VcApi).await.unwrap();
    let signed = issued(&site, &credential(), json!({})).await;
    let award = site.award(ADA, PROFESSIONAL, "link").await;
    let badge: Value = site.get(&format!("/badges/{}.json", award.id)).await.json().await.unwrap();
    assert_ne!(
        signed["proof"]["verificationMethod"], badge["proof"][0]["verificationMethod"],
        "badges have another key"
    );
    let document: Value = site.get("/.well-known/did.json").await.json().await.unwrap();
    assert!(document["assertionMethod"].as_array().unwrap().contains(&signed["proof"]["verificationMethod"]));
}

#[tokio::test]
async fn requests_of_no_form_are_refused() {
    let site = site().await;
    for path in ["/credentials/issue", "/credentials/verify", "/credentials/status"] {
        for (media_type, body, expected) in [
            ("application/json", "", StatusCode::BAD_REQUEST),
            ("application/json", "[]", StatusCode::BAD_REQUEST),
            ("application/json", "{\"credential\":{},\"credential\":{}}", StatusCode::BAD_REQUEST),
            ("application/json", "{\"credential\":7,\"verifiableCredential\":7}", StatusCode::BAD_REQUEST),
            ("application/json", "{\"credential\":{},\"x\":1}", StatusCode::BAD_REQUEST),
            ("text/plain", "{}", StatusCode::UNSUPPORTED_MEDIA_TYPE),
        ] {
            let response = site
                .request(Method::POST, path)
                .bearer_auth(token("all"))
                .header("content-type", media_type)
                .body(body)
                .send()
                .await
                .unwrap();
            assert_eq!(response.status(), expected, "{path} {body}");
            assert_eq!(response.headers()["content-type"], "application/problem+json");
        }
        let large = format!("{{\"credential\":\"{}\"}}", "x".repeat(1_100_000));
        let response = site
            .request(Method::POST, path)
            .bearer_auth(token("all"))
            .header("content-type", "application/json")
            .body(large)
            .send()
            .await
            .unwrap();
        assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);
    }
}
