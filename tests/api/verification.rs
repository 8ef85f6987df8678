//! Verification over the API: a badge in any shape, and an answer whatever the verdict.

use super::{JSON, send, verify};
use crate::cast::{ADA, BAO, PROFESSIONAL, Site};
use reqwest::StatusCode;
use serde_json::{Value, json};

#[tokio::test]
async fn verification_answers_200_whatever_the_verdict() {
    let site = Site::open().await;
    let award = site.award(ADA, PROFESSIONAL, "link").await;
    let signed = site.get(&format!("/badges/{}.json", award.id)).await.text().await.unwrap();
    let document: Value = serde_json::from_str(&signed).unwrap();
    let png = site.get(&format!("/badges/{}.png", award.id)).await.bytes().await.unwrap().to_vec();
    let svg = site.get(&format!("/badges/{}.svg", award.id)).await.bytes().await.unwrap().to_vec();
    let verdict = async |media_type: &str, body: Vec<u8>| {
        let response = send(&site, &verify(media_type, body)).await;
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["access-control-allow-origin"], "*");
        response.json::<Value>().await.unwrap()
    };
    let enclosed =
        |value: Value, email: Option<&str>| json!({"credential": value, "email": email}).to_string().into_bytes();
    for (media_type, body) in [
        (JSON, enclosed(document.clone(), None)),
        (JSON, enclosed(json!(signed), None)),
        (JSON, enclosed(json!(award.badge_url), None)),
        (JSON, enclosed(json!(award.certification_url), Some("Ada.Obi@ACME.example"))),
        (JSON, signed.clone().into_bytes()),
        ("application/vc", signed.clone().into_bytes()),
        ("application/vc+ld+json", signed.clone().into_bytes()),
        ("application/ld+json; charset=utf-8", signed.clone().into_bytes()),
        ("image/png", png),
        ("image/svg+xml", svg),
    ] {
        let report = verdict(media_type, body).await;
        assert_eq!(report["verdict"], "valid", "{media_type}: {report}");
    }
    let mut altered = document.clone();
    altered["credentialSubject"]["achievement"]["name"] = json!("Master");
    let report = verdict(JSON, enclosed(altered, None)).await;
    assert_eq!((&report["verdict"], &report["claims"]), (&json!("invalid"), &Value::Null));
    let report = verdict(JSON, enclosed(document.clone(), Some(BAO.email))).await;
    assert_eq!((&report["checks"][5]["check"], &report["checks"][6]["check"]), (&json!("schema"), &json!("recipient")));
    assert_eq!(report["verdict"], "invalid");
    for (media_type, body) in [
        ("application/vc", &b"not JSON"[..]),
        ("application/vc", b"[]"),
        ("image/png", b"\x89PNG\r\n\x1a\n"),
        ("image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    ] {
        let report = verdict(media_type, body.to_vec()).await;
        assert_eq!(report["checks"][0]["check"], "format");
        assert_eq!(
            (&report["checks"][0]["outcome"], &report["verdict"]),
            (&json!("failed"), &json!("invalid")),
            "{media_type}"
        );
    }
    site.at("2029-01-01T00:00:00Z");
    assert_eq!(verdict("application/vc", signed.clone().into_bytes()).await["verdict"], "attention", "expired");
    site.post(&format!("/api/v1/awards/{}/revoke", award.id), &json!({"reason": "A mistake"})).await;
    assert_eq!(verdict("application/vc", signed.into_bytes()).await["verdict"], "invalid", "revoked");
}
