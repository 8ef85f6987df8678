//! Codes and tokens: each once, each for its app, and all of them gone when one was in two hands.

use super::{PUT_BADGES, READ_BADGES, READ_PROFILE, VERIFIER, Wallet, text, told};
use crate::cast::{ADA, BAO, Site, form};
use laurel::{
    domain::directory::Entry,
    store::{events, people},
};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

const PROFILE: &str = "/ims/ob/v3p0/profile";

/// Whether the token opens the profile of its person.
async fn opens(site: &Site, token: &Value) -> bool {
    let answer = site.request(Method::GET, PROFILE).bearer_auth(text(token)).send().await.unwrap();
    match answer.status() {
        StatusCode::OK => true,
        StatusCode::UNAUTHORIZED => false,
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn a_code_gives_tokens_that_are_refreshed_one_by_one() {
    let site = Site::open().await;
    let wallet = Wallet::registered(&site).await;
    let ada = site.signed_in(ADA).await;
    let scope = format!("{READ_BADGES} {READ_PROFILE} offline_access");
    let first = wallet.let_in(&ada, &scope).await;
    assert_eq!((&first["token_type"], &first["expires_in"]), (&json!("Bearer"), &json!(3600)));
    assert_eq!(first["scope"], scope);
    assert!(opens(&site, &first["access_token"]).await);
    let (status, second) = wallet.refreshes(text(&first["refresh_token"])).await;
    assert_eq!(status, StatusCode::OK);
    assert_ne!(second["refresh_token"], first["refresh_token"]);
    assert!(opens(&site, &second["access_token"]).await);
    // Less than was allowed for this one, and all of it again for the next.
    let narrow =
        [("grant_type", "refresh_token"), ("refresh_token", text(&second["refresh_token"])), ("scope", READ_BADGES)];
    let (_, third) = wallet.posts("/oauth/token", &narrow).await;
    assert_eq!(third["scope"], READ_BADGES);
    let (_, fourth) = wallet.refreshes(text(&third["refresh_token"])).await;
    assert_eq!(fourth["scope"], scope);
    // An hour later the access token is over, and the refresh token is not.
    site.app.clock.set(site.app.clock.now() + jiff::SignedDuration::from_secs(3_600));
    assert!(!opens(&site, &fourth["access_token"]).await);
    assert_eq!(wallet.refreshes(text(&fourth["refresh_token"])).await.0, StatusCode::OK);
}

#[tokio::test]
async fn a_code_is_exchanged_only_as_it_was_asked_for() {
    let site = Site::open().await;
    let (wallet, other) = (Wallet::registered(&site).await, Wallet::registered(&site).await);
    let ada = site.signed_in(ADA).await;
    let code = wallet.code(&ada, READ_BADGES).await;
    for (name, value, error) in [
        ("redirect_uri", "https://wallet.example/back", "invalid_grant"),
        ("redirect_uri", "", "invalid_grant"),
        ("code_verifier", "", "invalid_grant"),
        ("code_verifier", &VERIFIER.replace('d', "e"), "invalid_grant"),
        ("code", "lrc_none", "invalid_grant"),
        ("grant_type", "password", "unsupported_grant_type"),
        ("grant_type", "", "unsupported_grant_type"),
    ] {
        let (status, told) = wallet.exchanges_with(&code, &[(name, value)]).await;
        assert_eq!((status, &told["error"]), (StatusCode::BAD_REQUEST, &json!(error)), "{name}={value}");
    }
    assert_eq!(other.exchanges(&code).await.1["error"], "invalid_grant", "another app's");
    assert_eq!(wallet.exchanges(&code).await.0, StatusCode::OK, "none of this used it up");
    let late = wallet.code(&ada, READ_BADGES).await;
    site.app.clock.set(site.app.clock.now() + jiff::SignedDuration::from_mins(5));
    assert_eq!(wallet.exchanges(&late).await.1["error"], "invalid_grant", "too late");
}

#[tokio::test]
async fn a_code_that_comes_twice_ends_what_it_gave() {
    let site = Site::open().await;
    let wallet = Wallet::registered(&site).await;
    let ada = site.signed_in(ADA).await;
    let code = wallet.code(&ada, READ_PROFILE).await;
    let (_, tokens) = wallet.exchanges(&code).await;
    assert!(opens(&site, &tokens["access_token"]).await);
    assert_eq!(wallet.exchanges(&code).await.1["error"], "invalid_grant");
    assert!(!opens(&site, &tokens["access_token"]).await);
    assert_eq!(wallet.refreshes(text(&tokens["refresh_token"])).await.1["error"], "invalid_grant");
    let done = events::of_subject(&mut site.app.db.read().await.unwrap(), &ada.person_id).await.unwrap();
    assert_eq!(done.last().unwrap().detail["reason"], "its code was used twice");
}

#[tokio::test]
async fn a_refresh_token_that_comes_twice_ends_the_whole_family() {
    let site = Site::open().await;
    let wallet = Wallet::registered(&site).await;
    let (ada, bao) = (site.signed_in(ADA).await, site.signed_in(BAO).await);
    let first = wallet.let_in(&ada, READ_PROFILE).await;
    let others = wallet.let_in(&bao, READ_PROFILE).await;
    let (_, second) = wallet.refreshes(text(&first["refresh_token"])).await;
    let (status, told) = wallet.refreshes(text(&first["refresh_token"])).await;
    assert_eq!((status, &told["error"]), (StatusCode::BAD_REQUEST, &json!("invalid_grant")));
    for token in [&first["access_token"], &second["access_token"]] {
        assert!(!opens(&site, token).await);
    }
    assert_eq!(wallet.refreshes(text(&second["refresh_token"])).await.1["error"], "invalid_grant");
    assert!(ada.page("/me/apps").await.contains("No connected apps"));
    assert!(opens(&site, &others["access_token"]).await, "somebody else's tokens have nothing to do with it");
}

#[tokio::test]
async fn an_app_shows_who_it_is_and_no_other_can_use_its_tokens() {
    let site = Site::open().await;
    let wallet = Wallet::registered(&site).await;
    let public = Wallet::with(&site, json!({"token_endpoint_auth_method": "none"})).await;
    let ada = site.signed_in(ADA).await;
    let tokens = wallet.let_in(&ada, READ_PROFILE).await;
    let refresh = text(&tokens["refresh_token"]);
    assert_eq!(public.refreshes(refresh).await.1["error"], "invalid_grant");
    let fields = [("grant_type", "refresh_token"), ("refresh_token", refresh)];
    let wrong = Wallet { secret: Some("lrs_wrong".into()), id: wallet.id.clone(), site: &site };
    assert_eq!(wrong.posts("/oauth/token", &fields).await, told_unknown(StatusCode::UNAUTHORIZED));
    for said in [
        vec![("client_id", wallet.id.as_str())],
        vec![("client_id", wallet.id.as_str()), ("client_secret", "wrong")],
        vec![("client_id", "none")],
        vec![],
    ] {
        let request = site.request(Method::POST, "/oauth/token");
        let answer = form(request, &[&fields[..], &said[..]].concat()).send().await.unwrap();
        assert_eq!(told(answer).await, told_unknown(StatusCode::BAD_REQUEST), "{said:?}");
    }
    // In the form is as good as by Basic, and both at once is one too many.
    let by_form = [("client_id", wallet.id.as_str()), ("client_secret", wallet.secret.as_deref().unwrap())];
    let both = wallet.posts("/oauth/token", &[&fields[..], &by_form[..]].concat()).await;
    assert_eq!(both.1["error"], "invalid_request");
    let request = site.request(Method::POST, "/oauth/token");
    let answer = form(request, &[&fields[..], &by_form[..]].concat()).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(answer.headers()["cache-control"], "no-store");
    assert_eq!(
        public.let_in(&ada, PUT_BADGES).await["scope"],
        PUT_BADGES,
        "PKCE is enough where no secret can be kept"
    );
}

fn told_unknown(status: StatusCode) -> (StatusCode, Value) {
    let description = "The app is not known, or its secret is another.";
    (status, json!({"error": "invalid_client", "error_description": description}))
}

#[tokio::test]
async fn an_app_that_did_not_register_to_refresh_gets_nothing_to_refresh_with() {
    let site = Site::open().await;
    let wallet = Wallet::with(&site, json!({"grant_types": ["authorization_code"]})).await;
    let tokens = wallet.let_in(&site.signed_in(ADA).await, READ_PROFILE).await;
    assert_eq!(tokens.get("refresh_token"), None);
    assert_eq!(wallet.refreshes("lrr_none").await.1["error"], "unauthorized_client");
}

#[tokio::test]
async fn a_token_given_back_opens_nothing_and_anothers_stays() {
    let site = Site::open().await;
    let (wallet, other) = (Wallet::registered(&site).await, Wallet::registered(&site).await);
    let ada = site.signed_in(ADA).await;
    let tokens = wallet.let_in(&ada, READ_PROFILE).await;
    for unknown in ["lra_none", ""] {
        let expected = if unknown.is_empty() { StatusCode::BAD_REQUEST } else { StatusCode::OK };
        assert_eq!(wallet.revokes(unknown).await, expected);
    }
    assert_eq!(other.revokes(text(&tokens["refresh_token"])).await, StatusCode::OK);
    assert!(opens(&site, &tokens["access_token"]).await, "another app's word is none");
    assert_eq!(wallet.revokes(text(&tokens["access_token"])).await, StatusCode::OK);
    assert!(!opens(&site, &tokens["access_token"]).await);
    let (_, next) = wallet.refreshes(text(&tokens["refresh_token"])).await;
    assert!(opens(&site, &next["access_token"]).await, "only that one was given back");
    assert_eq!(wallet.revokes(text(&next["refresh_token"])).await, StatusCode::OK);
    assert!(!opens(&site, &next["access_token"]).await);
    assert!(ada.page("/me/apps").await.contains("No connected apps"));
}

#[tokio::test]
async fn letting_an_app_in_again_ends_what_it_had_and_leaving_ends_everything() {
    let site = Site::open().await;
    let wallet = Wallet::registered(&site).await;
    let ada = site.signed_in(ADA).await;
    let before = wallet.let_in(&ada, READ_PROFILE).await;
    let now = wallet.let_in(&ada, READ_PROFILE).await;
    assert!(!opens(&site, &before["access_token"]).await && opens(&site, &now["access_token"]).await);
    let code = wallet.code(&ada, READ_PROFILE).await;
    let mut conn = site.app.db.write().await.unwrap();
    let entry = people::entry(&mut conn, &ada.person_id).await.unwrap().unwrap();
    let person = laurel::domain::recipient::Person { active: false, ..entry.person.clone() };
    people::update(&mut conn, &Entry { person, ..entry }).await.unwrap();
    conn.commit().await.unwrap();
    assert!(!opens(&site, &now["access_token"]).await);
    assert_eq!(wallet.refreshes(text(&now["refresh_token"])).await.1["error"], "invalid_grant");
    assert_eq!(wallet.exchanges(&code).await.1["error"], "invalid_grant");
}

#[tokio::test]
async fn what_is_kept_of_secrets_codes_and_tokens_is_of_no_use_to_whoever_reads_it() {
    let site = Site::open().await;
    let wallet = Wallet::registered(&site).await;
    let ada = site.signed_in(ADA).await;
    let tokens = wallet.let_in(&ada, READ_PROFILE).await;
    let unused = wallet.code(&ada, READ_PROFILE).await;
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("copy.db");
    site.app.db.copy_to(&copy).await.unwrap();
    let bytes = std::fs::read(&copy).unwrap();
    let holds = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(holds(&wallet.id));
    let secrets = [text(&tokens["access_token"]), text(&tokens["refresh_token"]), &unused];
    for secret in secrets.into_iter().chain(wallet.secret.as_deref()) {
        assert!(!holds(&secret[4..]), "{secret}");
    }
}
