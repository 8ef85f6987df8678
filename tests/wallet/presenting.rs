//! A badge shown from a wallet to Laurel (OpenID4VP 1.0): what is asked, what comes of an answer, and what is not taken.

use super::{Wallet, token};
use crate::cast::{ADA, BASE_URL, PROFESSIONAL, Site, form};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use jiff::Timestamp;
use laurel::{
    actions::{keys, revoke::revoke},
    credential::jose::{Jwk, payload},
    domain::{actor::Actor, digesting::sha256},
    jobs,
    outside::vault::Purpose,
    store::presentations,
};
use reqwest::{Method, StatusCode};
use serde_json::{Map, Value, json};

/// A page that asks, and the request as a wallet reads it.
struct Asked {
    page: String,
    /// Header and payload.
    header: Value,
    request: Map<String, Value>,
    /// The path that the request is at.
    at: String,
}

async fn ask(site: &Site) -> Asked {
    let begun = site.request(Method::POST, "/present").send().await.unwrap();
    assert_eq!(begun.status(), StatusCode::SEE_OTHER);
    let page = begun.headers()["location"].to_str().unwrap().to_owned();
    let html = site.page(&page).await;
    assert!(html.contains("<svg viewBox"), "the link as a QR code, too");
    let (_, rest) = html.split_once("href=\"openid4vp://?").expect("a link");
    let query = rest.split('"').next().unwrap().replace("&#38;", "&").replace("&amp;", "&");
    let parameters: Map<String, Value> =
        url::form_urlencoded::parse(query.as_bytes()).map(|(name, value)| (name.into_owned(), json!(value))).collect();
    let uri = parameters["request_uri"].as_str().unwrap();
    let at = uri.strip_prefix(BASE_URL).unwrap().to_owned();
    let answer = site.get(&at).await;
    assert_eq!(answer.headers()["content-type"], "application/oauth-authz-req+jwt");
    let jwt = answer.text().await.unwrap();
    let part = |n: usize| payload(jwt.split('.').nth(n).unwrap().as_bytes()).unwrap();
    let (header, request) = (part(0), part(1));
    assert_eq!(request["client_id"], parameters["client_id"]);
    Asked { page, header: header.into(), request, at }
}

/// A presentation of these credentials as a JWT, for this nonce and audience.
fn presentation(wallet: &Wallet, credential: &str, nonce: &Value, audience: &Value) -> String {
    let did = wallet.did();
    let kid = format!("{did}#{}", did.strip_prefix("did:key:").unwrap());
    let header = json!({"alg": "EdDSA", "typ": "vp+jwt", "kid": kid});
    let claims = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "holder": did,
        "iss": did,
        "nonce": nonce,
        "aud": audience,
        "verifiableCredential": [{
            "@context": "https://www.w3.org/ns/credentials/v2",
            "id": format!("data:application/vc+jwt,{credential}"),
            "type": "EnvelopedVerifiableCredential",
        }],
    });
    let encoded = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
    let text = format!("{}.{}", encoded(&header), encoded(&claims));
    format!("{text}.{}", BASE64_URL_SAFE_NO_PAD.encode(wallet.0.sign(text.as_bytes())))
}

async fn send(site: &Site, asked: &Asked, fields: &[(&str, &str)]) -> (StatusCode, Value) {
    let to = asked.request["response_uri"].as_str().unwrap().strip_prefix(BASE_URL).unwrap();
    let answer = form(site.request(Method::POST, to), fields).send().await.unwrap();
    (answer.status(), answer.json().await.unwrap())
}

async fn show(site: &Site, asked: &Asked, presentation: &str) -> (StatusCode, Value) {
    send(site, asked, &[("vp_token", &json!({"badge_jwt_vc_json": [presentation]}).to_string())]).await
}

/// A wallet with a badge as a JWT, and the award it is of.
async fn filled(site: &Site) -> (Wallet, String, String) {
    let award = site.award(ADA, PROFESSIONAL, "link").await.id;
    let (wallet, ada) = (Wallet::new(1), site.signed_in(ADA).await);
    let token = token(site, &ada, &award).await;
    let (_, body) = wallet.take(site, &token, "badge_jwt_vc_json").await;
    (wallet, body["credentials"][0]["credential"].as_str().unwrap().to_owned(), award)
}

#[tokio::test]
async fn a_badge_from_a_wallet_is_judged_and_told_on_the_page_that_asked() {
    let site = Site::open().await;
    let (wallet, badge, _) = filled(&site).await;
    let asked = ask(&site).await;
    let shown = presentation(&wallet, &badge, &asked.request["nonce"], &asked.request["client_id"]);
    assert_eq!(show(&site, &asked, &shown).await, (StatusCode::OK, json!({})));
    let answer = site.get_as(&asked.page, "text/html").await;
    assert_eq!(answer.headers()["cache-control"], "private, no-store");
    let page = answer.text().await.unwrap();
    assert!(page.contains("status verdict valid") && page.contains(&wallet.did()), "{page}");
    assert!(page.contains("Professional"));
    // Once.
    assert_eq!(show(&site, &asked, &shown).await.0, StatusCode::BAD_REQUEST);
    assert_eq!(site.get(&asked.at).await.status(), StatusCode::NOT_FOUND);
    site.at("2026-11-24T12:10:00Z");
    assert!(site.page(&asked.page).await.contains("This request has ended"));
    jobs::plan(&site.app).await.unwrap();
    jobs::run_due(&site.app).await.unwrap();
    let page = asked.page.rsplit('/').next().unwrap();
    let mut conn = site.app.db.read().await.unwrap();
    let kept = presentations::by_page(&mut conn, &sha256(page), Timestamp::UNIX_EPOCH).await.unwrap();
    assert_eq!(kept, None, "nothing of it is kept");
}

#[tokio::test]
async fn the_request_is_signed_by_a_key_of_our_did_and_asks_for_badges_in_both_forms() {
    let site = Site::open().await;
    let asked = ask(&site).await;
    let did: Value = site.get("/.well-known/did.json").await.json().await.unwrap();
    assert_eq!(asked.request["client_id"], format!("decentralized_identifier:{}", did["id"].as_str().unwrap()));
    assert_eq!(asked.header["typ"], "oauth-authz-req+jwt");
    let methods = did["verificationMethod"].as_array().unwrap();
    let method = methods.iter().find(|method| method["id"] == asked.header["kid"]).expect("a key of the document");
    assert!(Jwk::read(&method["publicKeyJwk"]).is_ok());
    let of = |name: &str| asked.request[name].as_str().unwrap();
    assert_eq!((of("response_type"), of("response_mode")), ("vp_token", "direct_post"));
    assert_eq!(of("aud"), "https://self-issued.me/v2");
    let formats: Vec<&Value> = asked.request["dcql_query"]["credentials"]
        .as_array()
        .unwrap()
        .iter()
        .map(|credential| &credential["format"])
        .collect();
    assert_eq!(formats, ["ldp_vc", "jwt_vc_json"]);
    assert_eq!(
        asked.request["dcql_query"]["credential_sets"][0]["options"],
        json!([["badge_ldp_vc"], ["badge_jwt_vc_json"]])
    );
    let other = ask(&site).await;
    assert_ne!(other.request["nonce"], asked.request["nonce"]);
    assert!(!asked.at.contains(asked.page.rsplit('/').next().unwrap()), "who scans it does not learn the page");
}

#[tokio::test]
async fn what_was_made_for_another_occasion_or_by_another_holder_is_not_found_valid() {
    let site = Site::open().await;
    let (wallet, badge, award) = filled(&site).await;
    for (with, why) in [
        ("nonce", "It answers another challenge"),
        ("audience", "It was made for someone else"),
        ("holder", "Not all of it was issued to the identifier of the one who shows it"),
    ] {
        let asked = ask(&site).await;
        let (mut nonce, mut audience) = (asked.request["nonce"].clone(), asked.request["client_id"].clone());
        match with {
            "nonce" => nonce = json!("another"),
            "audience" => audience = json!("decentralized_identifier:did:web:other.example"),
            _ => {}
        }
        let thief = Wallet::new(2);
        let shown = presentation(if with == "holder" { &thief } else { &wallet }, &badge, &nonce, &audience);
        assert_eq!(show(&site, &asked, &shown).await.0, StatusCode::OK);
        let page = site.page(&asked.page).await;
        assert!(page.contains(why) && !page.contains("status verdict valid"), "{with}: {page}");
    }
    revoke(&site.app, &Actor::Operator, &award, "By mistake.").await.unwrap();
    let asked = ask(&site).await;
    let shown = presentation(&wallet, &badge, &asked.request["nonce"], &asked.request["client_id"]);
    show(&site, &asked, &shown).await;
    assert!(site.page(&asked.page).await.contains("status verdict invalid"), "revoked");
}

#[tokio::test]
async fn an_answer_that_can_not_be_read_leaves_the_request_open() {
    let site = Site::open().await;
    let (wallet, badge, _) = filled(&site).await;
    let asked = ask(&site).await;
    let shown = presentation(&wallet, &badge, &asked.request["nonce"], &asked.request["client_id"]);
    let one = json!({"badge_jwt_vc_json": [shown]}).to_string();
    let tokens = [
        "x".to_owned(),
        json!([]).to_string(),
        json!({}).to_string(),
        json!({"other": [shown]}).to_string(),
        json!({"badge_jwt_vc_json": shown}).to_string(),
        json!({"badge_jwt_vc_json": [shown, shown]}).to_string(),
        json!({"badge_jwt_vc_json": [shown], "badge_ldp_vc": [shown]}).to_string(),
        format!("{{\"badge_jwt_vc_json\": [], {}", one.trim_start_matches('{')),
    ];
    for token in &tokens {
        let (status, body) = send(&site, &asked, &[("vp_token", token)]).await;
        assert_eq!((status, &body["error"]), (StatusCode::BAD_REQUEST, &json!("invalid_request")), "{token}");
    }
    for fields in [vec![], vec![("vp_token", one.as_str()), ("error", "access_denied")], vec![("vp_token", &one); 2]] {
        assert_eq!(send(&site, &asked, &fields).await.0, StatusCode::BAD_REQUEST);
    }
    assert!(site.page(&asked.page).await.contains("id=\"waiting\""));
    assert_eq!(send(&site, &asked, &[("vp_token", &one)]).await.0, StatusCode::OK);
}

#[tokio::test]
async fn whoever_declines_is_not_asked_again_by_the_same_request() {
    let site = Site::open().await;
    let asked = ask(&site).await;
    assert_eq!(send(&site, &asked, &[("error", "access_denied")]).await.0, StatusCode::OK);
    assert!(site.page(&asked.page).await.contains("nothing was shown"));
    assert_eq!(send(&site, &asked, &[("error", "access_denied")]).await.0, StatusCode::BAD_REQUEST);
    let unknown = site.request(Method::POST, "/present/answers/none");
    assert_eq!(form(unknown, &[("error", "x")]).send().await.unwrap().status(), StatusCode::BAD_REQUEST);
    assert!(site.page("/present/none").await.contains("This request has ended"));
}

#[tokio::test]
async fn without_a_key_to_sign_with_nobody_is_asked() {
    let site = Site::open().await;
    assert!(site.page("/present").await.contains("<button>"));
    let key = keys::list(&site.app, &Actor::Operator).await.unwrap();
    let key = key.into_iter().find(|key| key.purpose == Purpose::Jwt.as_str()).unwrap();
    keys::retire(&site.app, &Actor::Operator, &key.fragment, false).await.unwrap();
    let page = site.page("/present").await;
    assert!(!page.contains("<button>") && page.contains("has no key"), "{page}");
    let begun = site.request(Method::POST, "/present").send().await.unwrap();
    assert_eq!(begun.status(), StatusCode::CONFLICT);
}
