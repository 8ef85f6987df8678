//! An administrator's pages of webhooks: one is added with its secret shown once, looked at, tried, switched off and on, and removed.

use super::header;
use crate::cast::{ADA, BAO, Browser, Site};
use laurel::{
    actions::webhooks,
    domain::actor::{Actor, Role},
};
use reqwest::{Response, StatusCode};

const PATH: &str = "/admin/webhooks";

async fn administrator(site: &Site) -> Browser<'_> {
    site.grant(ADA, Role::Administrator, None).await;
    site.signed_in(ADA).await
}

async fn added(ada: &Browser<'_>, kind: &str) -> Response {
    let fields = [
        ("name", "HR & more"),
        ("url", "https://hr.acme.example/hooks?key=s3cret"),
        ("kind", kind),
        ("topic", "award.issued"),
        ("topic", "award.revoked"),
        ("awards", "public"),
    ];
    ada.send(PATH, &fields).await
}

async fn first(site: &Site) -> String {
    webhooks::list(&site.app, &Actor::Operator).await.unwrap().remove(0).id
}

#[tokio::test]
async fn a_webhook_is_added_with_its_secret_shown_in_that_answer_alone() {
    let site = Site::open().await;
    let ada = administrator(&site).await;
    assert!(ada.page(PATH).await.contains("Nobody yet."));
    let answer = added(&ada, "standard").await;
    assert_eq!((answer.status(), header(&answer, "cache-control")), (StatusCode::OK, "private, no-store"));
    let page = answer.text().await.unwrap();
    assert!(page.contains("<h1>HR &#38; more</h1>") && page.contains("whsec_"), "{page}");
    assert!(page.contains("https://hr.acme.example/hooks?…") && !page.contains("s3cret"), "{page}");
    let id = first(&site).await;
    let page = ada.page(&format!("{PATH}/{id}")).await;
    assert!(!page.contains("whsec_") && page.contains("A badge is revoked"), "{page}");
    assert!(ada.page(PATH).await.contains(&format!("href=\"{PATH}/{id}\"")));
    let rotated = ada.send(&format!("{PATH}/{id}/rotate"), &[]).await.text().await.unwrap();
    assert!(rotated.contains("whsec_") && rotated.contains("The one before signs as well until"), "{rotated}");
}

#[tokio::test]
async fn what_is_not_right_is_said_beside_the_field_and_what_was_typed_is_still_there() {
    let site = Site::open().await;
    let ada = administrator(&site).await;
    let fields = [("name", "  "), ("url", "http://hr.acme.example/"), ("kind", "standard"), ("awards", "all")];
    let refused = ada.send(PATH, &fields).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = refused.text().await.unwrap();
    for words in ["Give it a name", "Nothing can be sent there", "Choose at least one"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(page.contains("value=\"http://hr.acme.example/\""), "{page}");
    assert!(page.contains("value=\"all\" checked"), "{page}");
    assert!(webhooks::list(&site.app, &Actor::Operator).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_trial_stands_in_the_log_with_its_body_and_can_be_sent_again() {
    let site = Site::open().await;
    let ada = administrator(&site).await;
    added(&ada, "standard").await;
    let path = format!("{PATH}/{}", first(&site).await);
    assert!(ada.page(&path).await.contains("Nothing yet."));
    let tried = ada.send(&format!("{path}/try"), &[]).await;
    assert_eq!((tried.status(), header(&tried, "location")), (StatusCode::SEE_OTHER, path.as_str()));
    assert!(ada.page(&path).await.contains("It is sent in a moment."));
    // Nobody is there.
    webhooks::deliver_due(&site.app).await.unwrap();
    let page = ada.page(&path).await;
    assert!(page.contains("It has taken nothing since") && page.contains("No answer: "), "{page}");
    let delivery = page.split("href=\"/admin/deliveries/").nth(1).unwrap().split('"').next().unwrap();
    let delivery = format!("/admin/deliveries/{delivery}");
    let page = ada.page(&delivery).await;
    assert!(page.contains("webhook.trial") && page.contains("tried again on"), "{page}");
    assert_eq!(ada.send(&format!("{delivery}/replay"), &[]).await.status(), StatusCode::SEE_OTHER);
    // Off: nothing is sent, and why is said.
    ada.send(&format!("{path}/off"), &[]).await;
    let page = ada.page(&path).await;
    assert!(page.contains("Switched off on") && page.contains("Switch on"), "{page}");
    assert_eq!(ada.send(&format!("{delivery}/replay"), &[]).await.status(), StatusCode::CONFLICT);
    ada.send(&format!("{path}/on"), &[]).await;
    assert!(ada.page(&path).await.contains("It is told of what happens."));
    let removed = ada.send(&format!("{path}/remove"), &[]).await;
    assert_eq!((removed.status(), header(&removed, "location")), (StatusCode::SEE_OTHER, PATH));
    assert_eq!(ada.get(&path).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(ada.get(&delivery).await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_log_goes_on_page_by_page() {
    let site = Site::open().await;
    let ada = administrator(&site).await;
    added(&ada, "standard").await;
    let id = first(&site).await;
    for _ in 0..60 {
        webhooks::try_out(&site.app, &Actor::Operator, &id).await.unwrap();
    }
    let count = |page: &str| page.matches("href=\"/admin/deliveries/").count();
    let page = ada.page(&format!("{PATH}/{id}")).await;
    assert_eq!(count(&page), 50);
    let older = page.split("?before=").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let rest = ada.page(&format!("{PATH}/{id}?before={older}")).await;
    assert_eq!((count(&rest), rest.contains("?before=")), (10, false));
}

#[tokio::test]
async fn a_chat_is_added_whatever_events_were_ticked_and_has_no_secret() {
    let site = Site::open().await;
    let ada = administrator(&site).await;
    let answer = added(&ada, "slack").await;
    let path = format!("{PATH}/{}", first(&site).await);
    assert_eq!((answer.status(), header(&answer, "location")), (StatusCode::SEE_OTHER, path.as_str()));
    let page = ada.page(&path).await;
    assert!(page.contains("https://hr.acme.example/…") && !page.contains("Make another secret"), "{page}");
    let bao = site.signed_in(BAO).await;
    assert_eq!(bao.get(PATH).await.status(), StatusCode::FORBIDDEN);
}
