//! A person lets an app in, or does not; and sees and ends what they let in.

use super::{CHALLENGE, PUT_BADGES, READ_BADGES, READ_PROFILE, REDIRECT, Wallet, issuer, parameter, text};
use crate::cast::{ADA, BAO, Site};
use laurel::store::events;
use reqwest::StatusCode;
use serde_json::json;

#[tokio::test]
async fn the_page_names_the_app_what_it_may_do_and_where_it_leads() {
    let site = Site::open().await;
    let wallet =
        Wallet::with(&site, json!({"client_name": "<b>Wallet", "policy_uri": "https://wallet.example/p"})).await;
    let ada = site.signed_in(ADA).await;
    let scope = format!("{READ_BADGES} {READ_PROFILE} offline_access");
    let answer = wallet.asks(&ada, &[("scope", &scope), ("decision", "allow")]).await;
    let policy = answer.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.contains("form-action 'self' https://wallet.example;"), "{policy}");
    assert_eq!(answer.headers()["cache-control"], "private, no-store");
    let page = answer.text().await.unwrap();
    for said in
        ["“&#60;b&#62;Wallet” asks for access", "Read your badges", "Read your profile", "wallet.example", "Ada"]
    {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(!page.contains("Put badges into your backpack"));
    assert!(!page.contains("name=\"decision\" value=\"allow\">\n"), "no field of the address answers for the person");
    // Nobody is asked who is not signed in.
    let query = "/oauth/authorize?client_id=x";
    let led = site.get_as(query, "text/html").await;
    assert_eq!(led.headers()["location"], "/sign-in?next=%2Foauth%2Fauthorize%3Fclient_id%3Dx");
}

#[tokio::test]
async fn whoever_allows_it_or_not_is_led_back_with_state_and_issuer() {
    let site = Site::open().await;
    let wallet = Wallet::registered(&site).await;
    let ada = site.signed_in(ADA).await;
    let allowed = wallet.answered(&ada, "allow", &[]).await;
    let refused = wallet.answered(&ada, "refuse", &[]).await;
    for answer in [&allowed, &refused] {
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        assert!(answer.headers()["location"].to_str().unwrap().starts_with("https://wallet.example/back?from=acme&"));
        assert_eq!(parameter(answer, "state").as_deref(), Some("xyz &"));
        assert_eq!(parameter(answer, "iss").as_deref(), Some(issuer()));
    }
    assert!(parameter(&allowed, "code").is_some() && parameter(&allowed, "error").is_none());
    assert_eq!(parameter(&refused, "error").as_deref(), Some("access_denied"));
    assert!(parameter(&refused, "code").is_none());
    // A form that none of our pages sent allows nothing.
    let fields = wallet.request(&[("decision", "allow")]);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let request = ada.request(reqwest::Method::POST, "/oauth/authorize").header("origin", crate::cast::BASE_URL);
    assert_eq!(crate::cast::form(request, &fields).send().await.unwrap().status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn nobody_is_led_to_an_address_that_the_app_did_not_register() {
    let site = Site::open().await;
    let wallet = Wallet::registered(&site).await;
    let ada = site.signed_in(ADA).await;
    for (name, value) in [
        ("redirect_uri", "https://evil.example/back"),
        ("redirect_uri", "https://wallet.example/back"),
        ("redirect_uri", "https://wallet.example/back?from=acme&x=1"),
        ("redirect_uri", "https://wallet.example/back?from=acme#"),
        ("redirect_uri", "https://WALLET.example/back?from=acme"),
        ("redirect_uri", ""),
        ("client_id", "none"),
        ("client_id", ""),
    ] {
        for answer in
            [wallet.asks(&ada, &[(name, value)]).await, wallet.answered(&ada, "allow", &[(name, value)]).await]
        {
            assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{name}={value}");
            assert!(!answer.headers().contains_key("location"));
        }
    }
    let twice = wallet.asks(&ada, &[("redirect_uri", REDIRECT), ("redirect_uri", "https://evil.example")]).await;
    assert_eq!(twice.status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_request_that_is_not_right_is_told_to_the_app() {
    let site = Site::open().await;
    let wallet = Wallet::with(&site, json!({"scope": format!("{READ_BADGES} {READ_PROFILE}")})).await;
    let ada = site.signed_in(ADA).await;
    for (name, value, error) in [
        ("response_type", "token", "unsupported_response_type"),
        ("response_type", "", "unsupported_response_type"),
        ("code_challenge", "", "invalid_request"),
        ("code_challenge", "short", "invalid_request"),
        ("code_challenge_method", "", "invalid_request"),
        ("code_challenge_method", "plain", "invalid_request"),
        ("scope", PUT_BADGES, "invalid_scope"),
        ("scope", "openid", "invalid_scope"),
        ("scope", "offline_access", "invalid_scope"),
    ] {
        for answer in
            [wallet.asks(&ada, &[(name, value)]).await, wallet.answered(&ada, "allow", &[(name, value)]).await]
        {
            assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{name}={value}");
            assert_eq!(parameter(&answer, "error").as_deref(), Some(error), "{name}={value}");
            assert_eq!(parameter(&answer, "state").as_deref(), Some("xyz &"));
            assert_eq!(parameter(&answer, "code"), None);
        }
    }
    let twice = [("code_challenge", CHALLENGE), ("code_challenge", CHALLENGE)];
    assert_eq!(parameter(&wallet.asks(&ada, &twice).await, "error").as_deref(), Some("invalid_request"));
    // Who asks for nothing in particular asks for all that it registered for.
    assert!(wallet.asks(&ada, &[("scope", "")]).await.text().await.unwrap().contains("Read your profile"));
}

#[tokio::test]
async fn one_sees_the_apps_that_one_let_in_and_ends_them() {
    let site = Site::open().await;
    let wallet = Wallet::registered(&site).await;
    let (ada, bao) = (site.signed_in(ADA).await, site.signed_in(BAO).await);
    assert!(ada.page("/me/apps").await.contains("No connected apps"));
    let tokens = wallet.let_in(&ada, &format!("{READ_BADGES} {READ_PROFILE}")).await;
    let page = ada.page("/me/apps").await;
    assert!(page.contains("Badge Wallet") && page.contains("Read your badges · Read your profile"), "{page}");
    assert!(bao.page("/me/apps").await.contains("No connected apps"));
    let id = page.split("/me/apps/").nth(1).unwrap().split('/').next().unwrap().to_owned();
    let end = format!("/me/apps/{id}/disconnect");
    assert_eq!(bao.send(&end, &[]).await.status(), StatusCode::NOT_FOUND, "it is not theirs");
    assert_eq!(ada.send(&end, &[]).await.status(), StatusCode::SEE_OTHER);
    assert!(ada.page("/me/apps").await.contains("No connected apps"));
    assert_eq!(wallet.refreshes(text(&tokens["refresh_token"])).await.0, StatusCode::BAD_REQUEST);
    assert_eq!(ada.send(&end, &[]).await.status(), StatusCode::NOT_FOUND);
    let done = events::of_subject(&mut site.app.db.read().await.unwrap(), &ada.person_id).await.unwrap();
    let verbs: Vec<&str> =
        done.iter().map(|event| event.verb.as_str()).filter(|verb| verb.starts_with("app.")).collect();
    assert_eq!(verbs, ["app.connected", "app.disconnected"]);
}
