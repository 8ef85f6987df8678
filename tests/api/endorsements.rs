//! Endorsements: given over the API, hosted, listed where they belong, verified, revoked.

use super::{JSON, post, send};
use crate::cast::{ADA, BASE_URL, PROFESSIONAL, Site};
use laurel::{
    actions::{audit::audit, keys, revoke::revoke_endorsement},
    domain::actor::Actor,
};
use reqwest::StatusCode;
use serde_json::{Value, json};

async fn endorse(site: &Site, subject: &str) -> Value {
    let (status, view) =
        site.post("/api/v1/endorsements", &json!({"subject": subject, "comment": "Shown on **real** work."})).await;
    assert_eq!(status, StatusCode::CREATED, "{view}");
    view
}

async fn verdict(site: &Site, body: String) -> Value {
    let call = super::verify("application/vc", body);
    send(site, &call).await.json().await.unwrap()
}

#[tokio::test]
async fn an_endorsement_of_a_badge_is_hosted_listed_on_its_page_and_verifies_until_it_is_revoked() {
    let site = Site::open().await;
    let award = site.award(ADA, PROFESSIONAL, "link").await;
    let view = endorse(&site, &award.badge_url).await;
    let path = format!("/endorsements/{}", view["id"].as_str().unwrap());
    assert_eq!(view["endorsement_url"], format!("{BASE_URL}{path}"));
    assert_eq!(view["state"], "current");
    let page = site.page(&path).await;
    assert!(page.contains("Shown on <strong>real</strong> work.") && page.contains(&award.badge_url));
    let badge_page = site.page(&format!("/badges/{}", award.id)).await;
    assert!(badge_page.contains("Shown on <strong>real</strong> work.") && badge_page.contains(&path));

    let signed = site.get(&format!("{path}.json")).await;
    assert_eq!(signed.headers()["content-type"], "application/json");
    assert_eq!(signed.headers()["cache-control"], "public, no-cache");
    let etag = signed.headers()["etag"].to_str().unwrap().to_owned();
    let signed = signed.text().await.unwrap();
    let again = site.request(reqwest::Method::GET, &format!("{path}.json")).header("if-none-match", etag);
    assert_eq!(again.send().await.unwrap().status(), StatusCode::NOT_MODIFIED);
    assert_eq!(site.get_as(&path, "application/vc").await.text().await.unwrap(), signed);
    let jwt = site.get(&format!("{path}.jwt")).await;
    assert_eq!(jwt.headers()["content-type"], "application/vc+jwt");
    let jwt = jwt.text().await.unwrap();
    assert_eq!(site.get_as(&path, "application/vc+jwt").await.text().await.unwrap(), jwt);
    for form in [&signed, &jwt] {
        let report = verdict(&site, form.clone()).await;
        assert_eq!(
            (&report["verdict"], &report["claims"]["kind"]),
            (&json!("valid"), &json!("endorsement")),
            "{report}"
        );
        assert_eq!(report["claims"]["subject_id"], award.badge_url);
    }
    let by_link = json!({"credential": view["endorsement_url"]}).to_string();
    let by_link: Value = send(&site, &super::verify(JSON, by_link)).await.json().await.unwrap();
    assert_eq!(by_link["verdict"], "valid");

    let (status, revoked) = site.post(&format!("/api/v1{path}/revoke"), &json!({"reason": "A mistake"})).await;
    assert_eq!((status, &revoked["state"]), (StatusCode::OK, &json!("revoked")));
    let (status, _) = site.post(&format!("/api/v1{path}/revoke"), &json!({"reason": "Again"})).await;
    assert_eq!(status, StatusCode::CONFLICT);
    for form in [signed, jwt] {
        assert_eq!(verdict(&site, form).await["verdict"], "invalid");
    }
    assert!(site.page(&path).await.contains("Revoked on"));
    assert!(!site.page(&format!("/badges/{}", award.id)).await.contains("Shown on <strong>real</strong> work."));
    let audit = audit(&site.app, &Actor::Operator, |_| {}).await.unwrap();
    assert_eq!((audit.endorsements, audit.endorsements_verified, audit.faults), (1, 1, 0), "{:?}", audit.told);
}

#[tokio::test]
async fn a_level_and_anyone_elsewhere_can_be_endorsed_and_what_is_not_there_can_not() {
    let site = Site::open().await;
    let level = format!("{BASE_URL}/achievements/{PROFESSIONAL}");
    let view = endorse(&site, &level).await;
    let page = site.page(&format!("/achievements/{PROFESSIONAL}")).await;
    assert!(page.contains(&format!("/endorsements/{}", view["id"].as_str().unwrap())));
    for elsewhere in ["https://partner.example/badges/1", "did:web:partner.example"] {
        assert_eq!(endorse(&site, elsewhere).await["subject"], elsewhere);
    }
    let award = site.award(ADA, PROFESSIONAL, "link").await;
    for subject in ["", "a badge", &format!("{BASE_URL}/badges/none"), &format!("{}.json", award.badge_url)] {
        let (status, problem) =
            site.post("/api/v1/endorsements", &json!({"subject": subject, "comment": "Good."})).await;
        assert_eq!(
            (status, &problem["errors"][0]["field"]),
            (StatusCode::UNPROCESSABLE_ENTITY, &json!("subject")),
            "{subject}"
        );
    }
    let (status, problem) = site
        .post("/api/v1/endorsements", &json!({"subject": level, "comment": " ", "valid_until": "2020-01-01T00:00:00Z"}))
        .await;
    assert_eq!((status, problem["errors"].as_array().unwrap().len()), (StatusCode::UNPROCESSABLE_ENTITY, 2));
    assert_eq!(site.get("/endorsements/none").await.status(), StatusCode::NOT_FOUND);
    let none = revoke_endorsement(&site.app, &Actor::Operator, "none", "x").await;
    assert!(none.unwrap_err().to_string().contains("there is no endorsement"));
}

#[tokio::test]
async fn the_same_request_is_done_once_and_only_with_the_right_to_issue() {
    let site = Site::open().await;
    let body = json!({"subject": "did:web:partner.example", "comment": "Good."}).to_string();
    let call = || post("/api/v1/endorsements", JSON, body.clone()).with("idempotency-key", "k1");
    let first = send(&site, &call()).await;
    let location = first.headers()["location"].to_str().unwrap().to_owned();
    let first = first.text().await.unwrap();
    let again = send(&site, &call()).await;
    assert_eq!(again.headers()["location"].to_str().unwrap(), location);
    assert_eq!(again.text().await.unwrap(), first);
    let other = post("/api/v1/endorsements", JSON, body.replace("Good", "Bad")).with("idempotency-key", "k1");
    assert_eq!(send(&site, &other).await.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(send(&site, &call().by(None)).await.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(send(&site, &call().by(Some("read"))).await.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn an_endorsement_of_a_private_badge_is_there_only_for_whoever_may_see_the_badge() {
    let site = Site::open().await;
    let award = site.award(ADA, PROFESSIONAL, "private").await;
    let view = endorse(&site, &award.badge_url).await;
    let path = format!("/endorsements/{}", view["id"].as_str().unwrap());
    for ending in ["", ".json", ".jwt"] {
        assert_eq!(site.get(&format!("{path}{ending}")).await.status(), StatusCode::NOT_FOUND);
    }
    let seen = super::get(format!("{path}.json"));
    assert_eq!(send(&site, &seen).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_compromised_key_for_jwt_takes_its_endorsements_along_and_the_next_signs_them_anew() {
    let site = Site::open().await;
    let view = endorse(&site, "did:web:partner.example").await;
    let path = format!("/endorsements/{}.jwt", view["id"].as_str().unwrap());
    let before = site.get(&path).await.text().await.unwrap();
    keys::rotate(&site.app, &Actor::Operator, laurel::outside::vault::Purpose::Jwt, true).await.unwrap();
    assert_eq!(site.get(&path).await.status(), StatusCode::NOT_FOUND);
    assert!(laurel::actions::jwts::fill(&site.app).await.unwrap() >= 1);
    let after = site.get(&path).await.text().await.unwrap();
    assert_ne!(before, after);
    assert_eq!(verdict(&site, after).await["verdict"], "valid");
}
