//! The VC-API as the W3C's test suites call it.

mod conformance;
mod issue;
mod presentation;
mod refused;
mod status;
mod verify;

use crate::cast::{Site, token};
use laurel::{actions::keys, domain::actor::Actor, outside::vault::Purpose};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

/// The company's site with a key for the VC-API.
async fn site() -> Site {
    let site = Site::open().await;
    keys::generate(&site.app, &Actor::Operator, Purpose::VcApi).await.unwrap();
    site
}

/// A credential with no more than there must be.
fn credential() -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiableCredential"],
        "credentialSubject": {"id": "did:example:subject"},
    })
}

/// The same with more in it, or in place of what is there.
fn with(changes: Value) -> Value {
    let mut credential = credential();
    credential.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
    credential
}

async fn send(site: &Site, may: Option<&str>, path: &str, body: &Value) -> (StatusCode, Value) {
    let mut request = site.request(Method::POST, path).json(body);
    if let Some(may) = may {
        request = request.bearer_auth(token(may));
    }
    let response = request.send().await.unwrap();
    let (status, media_type) = (response.status(), response.headers()["content-type"].to_str().unwrap().to_owned());
    assert!(!status.is_server_error(), "{body}");
    let expected = if status.is_success() { "application/json" } else { "application/problem+json" };
    assert!(media_type.starts_with(expected), "{media_type} with {status}");
    (status, response.json().await.unwrap())
}

async fn issue(site: &Site, credential: &Value, options: Value) -> (StatusCode, Value) {
    send(site, Some("issue"), "/credentials/issue", &json!({"credential": credential, "options": options})).await
}

async fn issued(site: &Site, credential: &Value, options: Value) -> Value {
    let (status, mut body) = issue(site, credential, options).await;
    assert_eq!(status, StatusCode::CREATED, "{credential}: {body}");
    body["verifiableCredential"].take()
}

async fn verify(site: &Site, credential: &Value, options: Value) -> (StatusCode, Value) {
    send(site, None, "/credentials/verify", &json!({"verifiableCredential": credential, "options": options})).await
}
