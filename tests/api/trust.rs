//! The list of trusted issuers, kept over the API.

use super::{Call, JSON, send};
use crate::cast::{Site, no_network};
use laurel::domain::trust::TrustedIssuer;
use reqwest::StatusCode;
use serde_json::{Value, json};

const PATH: &str = "/api/v1/trusted-issuers";
const PARTNER: &str = "/api/v1/trusted-issuers/did%3Aweb%3Abadges.partner.example";

fn call(method: &'static str, path: &str, body: Value) -> Call {
    let headers = vec![("content-type", JSON.to_owned())];
    let body = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
    Call { method, path: path.into(), token: Some("trust"), headers, body }
}

async fn answer(site: &Site, call: Call) -> (StatusCode, Value) {
    let response = send(site, &call).await;
    let status = response.status();
    (status, serde_json::from_slice(&response.bytes().await.unwrap()).unwrap_or_default())
}

#[tokio::test]
async fn an_issuer_is_trusted_changed_read_and_trusted_no_longer() {
    let site = Site::open().await;
    let (status, empty) = answer(&site, call("GET", PATH, Value::Null)).await;
    assert_eq!((status, empty), (StatusCode::OK, json!({"trusted_issuers": []})));
    let said = json!({"name": "Partner", "note": "Met on 3 May.", "signs_status_for": ["https://a.example/issuer"]});
    let (status, added) = answer(&site, call("PUT", PARTNER, said)).await;
    assert_eq!(status, StatusCode::CREATED, "{added}");
    assert_eq!(added["id"], "did:web:badges.partner.example");
    assert_eq!((&added["kept_in"], &added["added_at"]), (&json!("record"), &json!("2026-11-24T12:00:00Z")));
    assert!(added["added_by"].as_str().unwrap().starts_with("token:"), "{added}");
    assert_eq!(answer(&site, call("GET", PARTNER, Value::Null)).await, (StatusCode::OK, added.clone()));

    site.at("2026-11-25T12:00:00Z");
    let (status, changed) = answer(&site, call("PUT", PARTNER, json!({"name": "Partner Ltd"}))).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!((&changed["name"], &changed["note"]), (&json!("Partner Ltd"), &Value::Null));
    assert_eq!(changed["added_at"], added["added_at"], "when it was added stays");
    let address = format!("{PATH}/https%3A%2F%2Fold.example%2Fissuer%3Fa%3D1");
    assert_eq!(answer(&site, call("PUT", &address, json!({"name": "Old"}))).await.0, StatusCode::CREATED);
    let (_, list) = answer(&site, call("GET", PATH, Value::Null)).await;
    let ids: Vec<&str> =
        list["trusted_issuers"].as_array().unwrap().iter().map(|entry| entry["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["did:web:badges.partner.example", "https://old.example/issuer?a=1"]);

    assert_eq!(answer(&site, call("DELETE", PARTNER, Value::Null)).await, (StatusCode::NO_CONTENT, Value::Null));
    assert_eq!(answer(&site, call("DELETE", PARTNER, Value::Null)).await.0, StatusCode::NOT_FOUND);
    assert_eq!(answer(&site, call("GET", PARTNER, Value::Null)).await.0, StatusCode::NOT_FOUND);
    let mut conn = site.app.db.read().await.unwrap();
    let done = laurel::store::events::of_subject(&mut conn, "did:web:badges.partner.example").await.unwrap();
    let verbs: Vec<&str> = done.iter().map(|event| event.verb.as_str()).collect();
    assert_eq!(verbs, ["trusted_issuer.added", "trusted_issuer.changed", "trusted_issuer.removed"]);
    assert_eq!(done[0].detail["signs_status_for"], json!(["https://a.example/issuer"]));
}

#[tokio::test]
async fn what_stands_in_the_configuration_is_listed_and_changed_only_there() {
    let configured = TrustedIssuer {
        id: "did:web:badges.partner.example".into(),
        name: "Partner of the file".into(),
        ..TrustedIssuer::default()
    };
    let site = Site::with(no_network(), vec![configured]).await;
    let before = site.written().await;
    for refused in [call("PUT", PARTNER, json!({"name": "Other"})), call("DELETE", PARTNER, Value::Null)] {
        let (status, problem) = answer(&site, refused).await;
        assert_eq!((status, &problem["code"]), (StatusCode::CONFLICT, &json!("in_configuration")), "{problem}");
        assert!(problem["detail"].as_str().unwrap().contains("laurel.toml"), "{problem}");
    }
    assert_eq!(site.written().await, before);
    let entry = json!({
        "id": "did:web:badges.partner.example", "name": "Partner of the file", "signs_status_for": [],
        "kept_in": "configuration",
    });
    assert_eq!(answer(&site, call("GET", PARTNER, Value::Null)).await, (StatusCode::OK, entry.clone()));
    let (_, list) = answer(&site, call("GET", PATH, Value::Null)).await;
    assert_eq!(list, json!({"trusted_issuers": [entry]}));
}

#[tokio::test]
async fn what_can_not_be_an_entry_is_refused_with_its_field_and_writes_nothing() {
    let site = Site::open().await;
    let before = site.written().await;
    let other = format!("{PATH}/badges.partner.example");
    for (path, body, status, named) in [
        (PARTNER, json!({}), 422, "name"),
        (PARTNER, json!({"name": " "}), 422, "name"),
        (PARTNER, json!({"name": "P", "colour": "red"}), 422, "colour"),
        (PARTNER, json!({"name": "P", "signs_status_for": ["x"]}), 422, "signs_status_for[0]"),
        (PARTNER, json!({"name": "P", "note": "x".repeat(1_001)}), 422, "note"),
        (other.as_str(), json!({"name": "P"}), 422, "id"),
    ] {
        let (found, problem) = answer(&site, call("PUT", path, body)).await;
        assert_eq!((found.as_u16(), &problem["errors"][0]["field"]), (status, &json!(named)), "{problem}");
    }
    for token in [None, Some("read"), Some("issue")] {
        let (status, _) = answer(&site, call("PUT", PARTNER, json!({"name": "P"})).by(token)).await;
        assert_eq!(status.as_u16(), if token.is_none() { 401 } else { 403 });
    }
    assert_eq!(site.written().await, before);
}
