//! What verifies and what does not, with the reason as a problem.

use super::*;
use crate::cast::{ADA, PROFESSIONAL};

#[tokio::test]
async fn a_credential_with_anything_changed_does_not_verify() {
    let site = site().await;
    let signed =
        issued(&site, &with(json!({"id": "urn:uuid:7", "validUntil": "2030-01-01T00:00:00Z"})), json!({})).await;
    let proof_error = "https://w3id.org/security#PROOF_VERIFICATION_ERROR";
    let malformed = "https://www.w3.org/TR/vc-data-model#MALFORMED_VALUE_ERROR";
    type Change = fn(&mut Value);
    let cases: [(Change, &str); 13] = [
        (|c| c["credentialSubject"]["id"] = json!("did:example:another"), proof_error),
        (|c| drop(c.as_object_mut().unwrap().remove("validUntil")), proof_error),
        (|c| drop(c.as_object_mut().unwrap().remove("proof")), proof_error),
        (|c| c["proof"] = json!([]), proof_error),
        (|c| c["proof"]["type"] = json!("UnknownProof"), proof_error),
        (|c| drop(c["proof"].as_object_mut().unwrap().remove("type")), proof_error),
        (|c| drop(c["proof"].as_object_mut().unwrap().remove("proofValue")), proof_error),
        (|c| c["proof"]["proofPurpose"] = json!("authentication"), proof_error),
        (|c| c["proof"]["verificationMethod"] = json!("did:web:badges.acme.example#key-none"), proof_error),
        (|c| c["proof"]["cryptosuite"] = json!("eddsa-jcs-2022"), proof_error),
        (|c| c["@context"] = json!(["https://www.w3.org/2018/credentials/v1"]), malformed),
        (|c| c["type"] = json!(["Kind"]), malformed),
        (|c| c["https://www.w3.org/2018/credentials#name"] = json!("x"), malformed),
    ];
    for (change, kind) in cases {
        let mut changed = signed.clone();
        change(&mut changed);
        let (status, answer) = verify(&site, &changed, json!({"checks": ["proof"]})).await;
        assert_eq!(
            (status, &answer["verified"], &answer["type"]),
            (StatusCode::BAD_REQUEST, &json!(false), &json!(kind)),
            "{answer}"
        );
        assert!(!answer["errors"].as_array().unwrap().is_empty() && answer["detail"].is_string());
    }
    let mut null = signed.clone();
    null["proof"] = Value::Null;
    assert_eq!(verify(&site, &null, json!({})).await.0, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_holder_can_not_hide_a_term_by_giving_it_another_name() {
    let site = site().await;
    for changes in [json!({}), json!({"id": "urn:uuid:7"})] {
        let signed = issued(&site, &with(changes), json!({"statusPurpose": "revocation"})).await;
        let mut respelled = signed.clone();
        let members = respelled.as_object_mut().unwrap();
        let status = members.remove("credentialStatus").unwrap();
        members["@context"].as_array_mut().unwrap().push(
            json!({"nothingToSee": {"@id": "https://www.w3.org/2018/credentials#credentialStatus", "@type": "@id"}}),
        );
        members.insert("nothingToSee".into(), status);
        let (status, answer) = verify(&site, &respelled, json!({})).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{answer}");
        assert_eq!(answer["type"], "https://w3id.org/security#PROOF_VERIFICATION_ERROR", "{answer}");
    }
}

#[tokio::test]
async fn the_options_are_held_to_the_proof() {
    let site = site().await;
    let signed = issued(&site, &credential(), json!({})).await;
    for (options, kind) in [
        (json!({"expectedProofPurpose": "authentication"}), "https://w3id.org/security#PROOF_VERIFICATION_ERROR"),
        (json!({"challenge": "1234"}), "https://w3id.org/security#INVALID_CHALLENGE_ERROR"),
        (json!({"domain": "domain.example"}), "https://w3id.org/security#INVALID_DOMAIN_ERROR"),
    ] {
        let (status, answer) = verify(&site, &signed, options).await;
        assert_eq!((status, &answer["type"]), (StatusCode::BAD_REQUEST, &json!(kind)));
    }
    assert_eq!(verify(&site, &signed, json!({"expectedProofPurpose": "assertionMethod"})).await.0, StatusCode::OK);
    let (status, problem) = verify(&site, &signed, json!({"checks": ["colour"]})).await;
    assert_eq!((status, &problem["errors"][0]["field"]), (StatusCode::BAD_REQUEST, &json!("options.checks")));
}

#[tokio::test]
async fn an_ended_credential_does_not_verify_unless_only_its_proof_was_asked_for() {
    let site = site().await;
    let signed = issued(&site, &with(json!({"validUntil": "2027-01-01T00:00:00Z"})), json!({})).await;
    assert_eq!(verify(&site, &signed, json!({})).await.0, StatusCode::OK);
    site.at("2027-02-01T00:00:00Z");
    let (status, answer) = verify(&site, &signed, json!({})).await;
    assert_eq!(
        (status, &answer["type"]),
        (StatusCode::BAD_REQUEST, &json!("https://www.w3.org/TR/vc-data-model#RANGE_ERROR"))
    );
    assert_eq!(verify(&site, &signed, json!({"checks": ["proof"]})).await.0, StatusCode::OK);
}

#[tokio::test]
async fn a_badge_of_ours_verifies_in_every_form() {
    let site = site().await;
    let award = site.award(ADA, PROFESSIONAL, "link").await;
    let badge: Value = site.get(&format!("/badges/{}.json", award.id)).await.json().await.unwrap();
    let jwt = site.get(&format!("/badges/{}.jwt", award.id)).await.text().await.unwrap();
    let envelope = json!({
        "@context": "https://www.w3.org/ns/credentials/v2",
        "id": format!("data:application/vc+jwt,{jwt}"),
        "type": "EnvelopedVerifiableCredential",
    });
    for form in [badge, json!(jwt), envelope] {
        let (status, answer) = verify(&site, &form, json!({})).await;
        assert_eq!(status, StatusCode::OK, "{answer}");
    }
    for bad in [
        json!({"type": "EnvelopedVerifiableCredential", "id": "data:text/plain,x"}),
        json!(7),
        json!(""),
        json!("a.b.c"),
        json!({}),
    ] {
        assert_eq!(verify(&site, &bad, json!({})).await.0, StatusCode::BAD_REQUEST, "{bad}");
    }
}

#[tokio::test]
async fn elsewhere_a_credential_that_is_no_badge_stays_no_badge() {
    let site = site().await;
    let signed = issued(&site, &credential(), json!({})).await;
    let (_, report) = send(&site, None, "/api/v1/verify", &json!({"credential": signed})).await;
    assert_eq!((&report["verdict"], &report["checks"][0]["code"]), (&json!("invalid"), &json!("not_a_badge")));
}
