//! Apps that register, and what the server says of itself.

use super::{CHANGE_PROFILE, PUT_BADGES, READ_BADGES, READ_PROFILE, REDIRECT, Wallet, register};
use crate::cast::{BASE_URL, Site};
use laurel::actions::config::Limits;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::num::NonZeroU32;

#[tokio::test]
async fn an_app_registers_without_leave_and_is_told_what_it_got() {
    let site = Site::open().await;
    let before = site.written().await;
    let said = json!({
        "client_name": "Badge Wallet", "redirect_uris": [REDIRECT], "logo_uri": "https://wallet.example/logo.png",
        "grant_types": ["authorization_code", "refresh_token", "implicit"], "software_id": "wallet",
        "scope": format!("{READ_BADGES} openid"), "jwks": {"keys": []},
    });
    let (status, told) = register(&site, &said).await;
    assert_eq!(status, StatusCode::CREATED);
    assert_eq!(told["client_secret"].as_str().unwrap().len(), 56);
    assert_eq!(told["client_secret_expires_at"], 0);
    assert_eq!(told["grant_types"], json!(["authorization_code", "refresh_token"]));
    assert_eq!(told["token_endpoint_auth_method"], "client_secret_basic");
    assert_eq!((&told["scope"], &told["software_id"]), (&json!(READ_BADGES), &json!("wallet")));
    assert_eq!(told["redirect_uris"], json!([REDIRECT]));
    let (_, public) =
        register(&site, &json!({"redirect_uris": [REDIRECT], "token_endpoint_auth_method": "none"})).await;
    assert_eq!((public.get("client_secret"), &public["grant_types"]), (None, &json!(["authorization_code"])));
    assert_ne!(public["client_id"], told["client_id"]);
    assert_eq!(site.written().await, before, "nobody was let in, so it is in no record");
}

#[tokio::test]
async fn a_registration_that_is_not_right_is_refused_in_the_words_of_oauth() {
    let site = Site::open().await;
    for (said, error) in [
        (json!({}), "invalid_redirect_uri"),
        (json!({"redirect_uris": ["http://wallet.example/back"]}), "invalid_redirect_uri"),
        (json!({"redirect_uris": [REDIRECT], "grant_types": ["implicit"]}), "invalid_client_metadata"),
        (json!({"redirect_uris": [REDIRECT], "client_name": 7}), "invalid_client_metadata"),
        (json!([]), "invalid_client_metadata"),
        (json!({"redirect_uris": [REDIRECT], "client_name": "x".repeat(70_000)}), "invalid_client_metadata"),
    ] {
        let (status, told) = register(&site, &said).await;
        assert_eq!((status, &told["error"]), (StatusCode::BAD_REQUEST, &json!(error)), "{told}");
        assert!(!told["error_description"].as_str().unwrap().is_empty());
    }
}

#[tokio::test]
async fn one_address_registers_only_so_often_and_what_nobody_lets_in_is_forgotten() {
    let limits = Limits { registrations: NonZeroU32::new(2), ..Limits::lifted() };
    let site = Site::limited_to(limits).await;
    let wallet = Wallet::registered(&site).await;
    let kept = Wallet::registered(&site).await;
    let (status, _) = register(&site, &json!({"redirect_uris": [REDIRECT]})).await;
    assert_eq!(status, StatusCode::TOO_MANY_REQUESTS);
    let ada = site.signed_in(crate::cast::ADA).await;
    kept.code(&ada, READ_BADGES).await;
    let later = site.app.clock.now() + jiff::SignedDuration::from_hours(25);
    site.app.clock.set(later);
    Wallet::registered(&site).await;
    let ada = site.signed_in(crate::cast::ADA).await;
    assert_eq!(wallet.asks(&ada, &[]).await.status(), StatusCode::BAD_REQUEST, "it is forgotten");
    assert_eq!(kept.asks(&ada, &[]).await.status(), StatusCode::OK, "somebody let it in");
}

#[tokio::test]
async fn the_server_says_where_everything_is() {
    let site = Site::open().await;
    let document: Value = site.get("/.well-known/oauth-authorization-server").await.json().await.unwrap();
    assert_eq!(document["issuer"], BASE_URL);
    for name in ["authorization_endpoint", "token_endpoint", "registration_endpoint", "revocation_endpoint"] {
        let path = document[name].as_str().unwrap().strip_prefix(BASE_URL).unwrap().to_owned();
        let method = if name == "authorization_endpoint" { Method::GET } else { Method::POST };
        let status = site.request(method, &path).send().await.unwrap().status();
        assert!(status != StatusCode::NOT_FOUND && status != StatusCode::METHOD_NOT_ALLOWED, "{path}: {status}");
    }
    assert_eq!(document["code_challenge_methods_supported"], json!(["S256"]));
    for scope in [READ_BADGES, PUT_BADGES, READ_PROFILE, CHANGE_PROFILE] {
        assert!(document["scopes_supported"].as_array().unwrap().contains(&json!(scope)));
    }
    assert_eq!(document["authorization_response_iss_parameter_supported"], true);
}
