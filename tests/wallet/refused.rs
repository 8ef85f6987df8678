//! What no wallet is given, and to whom.

use super::{GRANT, Wallet, ask_credential, ask_token, code, code_page, nonce, offer, redeem, request, token, tx_code};
use crate::cast::{ADA, BAO, BASE_URL, PROFESSIONAL, Site};
use laurel::{actions::revoke::revoke, domain::actor::Actor, store::Db};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use sqlx::AssertSqlSafe;

/// The `error` of a refusal, which says why in words too.
fn error((status, body): (StatusCode, Value)) -> String {
    assert_eq!(status, StatusCode::BAD_REQUEST, "{body}");
    assert!(body["error_description"].as_str().is_some_and(|why| why.len() > 10), "{body}");
    body["error"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_transaction_code_may_be_tried_five_times_and_not_once_more() {
    let site = Site::open().await;
    let award = site.award(ADA, PROFESSIONAL, "link").await.id;
    let ada = site.signed_in(ADA).await;
    let code = code(&offer(&ada, &award).await);
    assert_eq!(error(redeem(&site, &code, "000000").await), "invalid_grant", "none was shown yet");
    let right = tx_code(&ada, &code).await;
    let wrong = if right == "123456" { "654321" } else { "123456" };
    for _ in 0..3 {
        assert_eq!(error(redeem(&site, &code, wrong).await), "invalid_grant");
    }
    // Another code is no further try.
    let right = tx_code(&ada, &code).await;
    let wrong = if right == "123456" { "654321" } else { "123456" };
    assert_eq!(error(redeem(&site, &code, wrong).await), "invalid_grant");
    assert_eq!(error(redeem(&site, &code, &right).await), "invalid_grant", "the sixth, and it is right");
}

#[tokio::test]
async fn a_code_is_good_once_in_time_and_only_with_its_newest_transaction_code() {
    let site = Site::open().await;
    let award = site.award(ADA, PROFESSIONAL, "link").await.id;
    let ada = site.signed_in(ADA).await;
    let first = code(&offer(&ada, &award).await);
    let old = tx_code(&ada, &first).await;
    let new = tx_code(&ada, &first).await;
    if old != new {
        assert_eq!(error(redeem(&site, &first, &old).await), "invalid_grant");
    }
    assert_eq!(redeem(&site, &first, &new).await.0, StatusCode::OK);
    assert_eq!(error(redeem(&site, &first, &new).await), "invalid_grant", "used");
    assert!(code_page(&ada, &first).await.contains("no longer open"));

    let second = code(&offer(&ada, &award).await);
    let digits = tx_code(&ada, &second).await;
    site.at("2026-11-24T12:10:00Z");
    assert_eq!(error(redeem(&site, &second, &digits).await), "invalid_grant", "too late");
    assert!(code_page(&ada, &second).await.contains("no longer open"));

    let third = code(&offer(&ada, &award).await);
    let digits = tx_code(&ada, &third).await;
    let fourth = code(&offer(&ada, &award).await);
    assert_eq!(error(redeem(&site, &third, &digits).await), "invalid_grant", "a newer one took its place");
    assert_eq!(redeem(&site, &fourth, &tx_code(&ada, &fourth).await).await.0, StatusCode::OK);
}

#[tokio::test]
async fn a_request_for_a_token_is_refused_by_the_standards_words() {
    let site = Site::open().await;
    let (grant, code, digits) = (("grant_type", GRANT), ("pre-authorized_code", "x"), ("tx_code", "1"));
    for (fields, word) in [
        (vec![], "invalid_request"),
        (vec![grant, digits], "invalid_request"),
        (vec![grant, code], "invalid_request"),
        (vec![grant, code, digits, digits], "invalid_request"),
        (vec![("grant_type", "authorization_code"), code, digits], "unsupported_grant_type"),
        (vec![grant, code, digits], "invalid_grant"),
    ] {
        assert_eq!(error(ask_token(&site, &fields).await), word, "{fields:?}");
    }
    let answer = site.request(Method::POST, "/wallet/token").json(&json!({})).send().await.unwrap();
    assert_eq!(error((answer.status(), answer.json().await.unwrap())), "invalid_request");
}

#[tokio::test]
async fn a_proof_is_refused_that_is_not_for_here_not_fresh_or_not_of_its_key() {
    let site = Site::open().await;
    let award = site.award(ADA, PROFESSIONAL, "link").await.id;
    let ada = site.signed_in(ADA).await;
    let (wallet, token) = (Wallet::new(1), token(&site, &ada, &award).await);
    let now = site.app.clock.now().as_second();
    let good = json!({"aud": BASE_URL, "iat": now, "nonce": nonce(&site).await});
    let with = |name: &str, value: Value| {
        let mut claims = good.clone();
        claims[name] = value;
        wallet.signed(&claims)
    };
    let mut altered = wallet.signed(&good);
    altered.truncate(altered.len() - 4);
    for (proof, word) in [
        (with("aud", json!("https://other.example")), "invalid_proof"),
        (with("iat", json!(now - 600)), "invalid_proof"),
        (with("nonce", Value::Null), "invalid_proof"),
        (altered, "invalid_proof"),
        ("no.jwt.x".into(), "invalid_proof"),
        (with("nonce", json!("none")), "invalid_nonce"),
    ] {
        assert_eq!(error(ask_credential(&site, &token, &request("badge_ldp_vc", &proof)).await), word, "{proof}");
    }
    let proof = wallet.signed(&good);
    for (body, word) in [
        (json!({"credential_configuration_id": "badge_ldp_vc"}), "invalid_proof"),
        (json!({"credential_configuration_id": "badge_ldp_vc", "proofs": {"jwt": [proof, proof]}}), "invalid_proof"),
        (json!({"credential_configuration_id": "badge_ldp_vc", "proofs": {"di_vp": [{}]}}), "invalid_proof"),
        (json!({"proofs": {"jwt": [proof]}}), "invalid_credential_request"),
        (json!({"credential_identifier": "x", "proofs": {"jwt": [proof]}}), "invalid_credential_request"),
        (json!([]), "invalid_credential_request"),
        (request("UniversityDegree", &proof), "unknown_credential_configuration"),
        (
            json!({"credential_configuration_id": "badge_ldp_vc", "proofs": {"jwt": [proof]}, "credential_response_encryption": {}}),
            "invalid_encryption_parameters",
        ),
    ] {
        assert_eq!(error(ask_credential(&site, &token, &body).await), word, "{body}");
    }
    // None of it used anything up.
    assert_eq!(ask_credential(&site, &token, &request("badge_ldp_vc", &proof)).await.0, StatusCode::OK);
    let again = ask_credential(&site, &token, &request("badge_jwt_vc_json", &proof)).await;
    assert_eq!(error(again), "invalid_nonce", "used");
    let late = nonce(&site).await;
    site.at("2026-11-24T12:04:59Z");
    assert_eq!(wallet.take(&site, &token, "badge_jwt_vc_json").await.0, StatusCode::OK);
    assert_eq!(error(wallet.take(&site, &token, "badge_ldp_vc").await), "credential_request_denied", "given before");
    site.at("2026-11-24T12:05:00Z");
    let fresh = super::token(&site, &ada, &award).await;
    let stale = wallet.proof(&site, &late);
    assert_eq!(error(ask_credential(&site, &fresh, &request("badge_ldp_vc", &stale)).await), "invalid_nonce", "late");
}

#[tokio::test]
async fn a_token_that_is_not_known_or_has_ended_opens_nothing() {
    let site = Site::open().await;
    let award = site.award(ADA, PROFESSIONAL, "link").await.id;
    let ada = site.signed_in(ADA).await;
    let token = token(&site, &ada, &award).await;
    let wallet = Wallet::new(1);
    let proof = wallet.proof(&site, &nonce(&site).await);
    let body = request("badge_ldp_vc", &proof);
    site.at("2026-11-24T12:05:00Z");
    for bad in [token.as_str(), "none", crate::cast::token("all")] {
        let (status, answer) = ask_credential(&site, bad, &body).await;
        assert_eq!((status, &answer["error"]), (StatusCode::UNAUTHORIZED, &json!("invalid_token")));
    }
    let answer = site.request(Method::POST, "/wallet/credential").json(&body).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(answer.headers()["www-authenticate"], "Bearer error=\"invalid_token\"");
}

#[tokio::test]
async fn only_a_badge_that_is_valid_goes_into_a_wallet_and_only_its_holders() {
    let site = Site::open().await;
    let award = site.award(ADA, PROFESSIONAL, "public").await.id;
    let (ada, bao) = (site.signed_in(ADA).await, site.signed_in(BAO).await);
    let address = format!("/me/badges/{award}/wallet");
    assert_eq!(bao.get(&address).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(bao.send(&address, &[]).await.status(), StatusCode::NOT_FOUND);
    let code = code(&offer(&ada, &award).await);
    assert!(code_page(&bao, &code).await.contains("no longer open"), "it is not theirs");

    let token = token(&site, &ada, &award).await;
    revoke(&site.app, &Actor::Operator, &award, "By mistake.").await.unwrap();
    assert_eq!(error(Wallet::new(1).take(&site, &token, "badge_ldp_vc").await), "credential_request_denied");
    assert_eq!(ada.send(&address, &[]).await.status(), StatusCode::CONFLICT);
    let page = ada.page(&address).await;
    assert!(page.contains("Only a badge that is valid now") && !page.contains("<button>Make an offer"), "{page}");

    let award = site.award(BAO, PROFESSIONAL, "public").await;
    let address = format!("/me/badges/{}/wallet", award.id);
    site.at("2028-10-01T00:00:00Z");
    let bao = site.signed_in(BAO).await;
    assert!(bao.page(&address).await.contains("Make an offer"));
    let (_, renewed) = site.post(&format!("/api/v1/awards/{}/renew", award.id), &json!({})).await;
    assert_eq!(bao.send(&address, &[]).await.status(), StatusCode::CONFLICT, "a newer one took its place");
    site.at("2032-01-01T00:00:00Z");
    let bao = site.signed_in(BAO).await;
    let renewed = format!("/me/badges/{}/wallet", renewed["id"].as_str().unwrap());
    assert_eq!(bao.send(&renewed, &[]).await.status(), StatusCode::CONFLICT, "it has ended");
}

#[tokio::test]
async fn no_code_token_or_nonce_is_kept_as_it_is() {
    let site = Site::open().await;
    let award = site.award(ADA, PROFESSIONAL, "link").await.id;
    let ada = site.signed_in(ADA).await;
    let code = code(&offer(&ada, &award).await);
    let digits = tx_code(&ada, &code).await;
    let nonce = nonce(&site).await;
    let (_, body) = redeem(&site, &code, &digits).await;
    let token = body["access_token"].as_str().unwrap();
    let Db::Sqlite { read, .. } = &site.app.db else { panic!("this is SQLite") };
    let mut kept = String::new();
    for (table, columns) in [
        ("wallet_offers", "code_hash || ' ' || tx_code_hash || ' ' || token_hash"),
        ("wallet_nonces", "hash"),
        ("events", "detail"),
    ] {
        let sql = format!("SELECT {columns} FROM {table}");
        let rows: Vec<String> = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(read).await.unwrap();
        assert!(!rows.is_empty(), "{table}");
        kept.push_str(&rows.join("\n"));
    }
    for secret in [&code, &digits, &nonce, token] {
        assert!(!kept.contains(secret), "{secret} in {kept}");
    }
}
