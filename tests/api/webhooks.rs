//! Webhooks, kept over the API.

use super::{Call, JSON, send};
use crate::cast::Site;
use reqwest::StatusCode;
use serde_json::{Value, json};

const PATH: &str = "/api/v1/webhooks";

async fn answer(site: &Site, method: &'static str, path: &str, body: Value) -> (StatusCode, Value) {
    let headers = vec![("content-type", JSON.to_owned())];
    let body = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
    let call = Call { method, path: path.into(), token: Some("webhooks"), headers, body };
    let response = send(site, &call).await;
    let status = response.status();
    (status, serde_json::from_slice(&response.bytes().await.unwrap()).unwrap_or_default())
}

#[tokio::test]
async fn a_webhook_is_added_read_told_and_removed() {
    let site = Site::open().await;
    assert_eq!(answer(&site, "GET", PATH, Value::Null).await, (StatusCode::OK, json!({"webhooks": []})));
    let new = json!({"name": "HR", "url": "https://hr.acme.example/x", "events": ["award.issued"], "awards": "all"});
    let (status, mut added) = answer(&site, "POST", PATH, new).await;
    assert_eq!(status, StatusCode::CREATED, "{added}");
    let secret = added.as_object_mut().unwrap().remove("secret").unwrap();
    assert!(secret.as_str().unwrap().starts_with("whsec_"));
    assert_eq!((&added["kind"], &added["events"]), (&json!("standard"), &json!(["award.issued"])));
    let one = format!("{PATH}/{}", added["id"].as_str().unwrap());
    assert_eq!(answer(&site, "GET", &one, Value::Null).await, (StatusCode::OK, added.clone()));
    assert_eq!(answer(&site, "GET", PATH, Value::Null).await.1, json!({"webhooks": [added]}));
    site.award(crate::cast::ADA, crate::cast::PRACTITIONER, "private").await;
    let (_, told) = answer(&site, "GET", &format!("{one}/deliveries"), Value::Null).await;
    let [delivery] = told["deliveries"].as_array().unwrap().as_slice() else { panic!("{told}") };
    assert_eq!(
        (&delivery["event"], &delivery["attempts"], &told["next"]),
        (&json!("award.issued"), &json!(0), &Value::Null)
    );
    let replay = format!("/api/v1/deliveries/{}/replay", delivery["id"].as_str().unwrap());
    assert_eq!(answer(&site, "POST", &replay, Value::Null).await.0, StatusCode::ACCEPTED);
    assert_eq!(answer(&site, "DELETE", &one, Value::Null).await.0, StatusCode::NO_CONTENT);
    for (method, path) in [("GET", &one), ("DELETE", &one), ("POST", &replay)] {
        assert_eq!(answer(&site, method, path, Value::Null).await.0, StatusCode::NOT_FOUND, "{method} {path}");
    }
}

#[tokio::test]
async fn every_field_that_is_not_right_is_named() {
    let site = Site::open().await;
    let wrong = json!({"name": "", "url": "https://127.0.0.1/x", "kind": "slack", "awards": "all"});
    let (status, problem) = answer(&site, "POST", PATH, wrong).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{problem}");
    let fields: Vec<&str> =
        problem["errors"].as_array().unwrap().iter().map(|error| error["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["name", "url", "awards"]);
    let unknown = json!({"name": "HR", "url": "https://hr.acme.example/x", "secret": "mine"});
    assert!(answer(&site, "POST", PATH, unknown).await.0.is_client_error());
    let (status, _) = answer(&site, "GET", &format!("{PATH}/none/deliveries?before=x"), Value::Null).await;
    assert!(status.is_client_error());
}
