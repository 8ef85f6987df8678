//! The record, as auditors and administrators read it.

use crate::cast::{ADA, BAO, PROFESSIONAL, Site};
use laurel::{
    actions::revoke::revoke,
    domain::actor::{Actor, Role},
    store::events,
};
use reqwest::StatusCode;
use serde_json::{Value, json};

#[tokio::test]
async fn an_auditor_reads_who_did_what_when_and_why() {
    let site = Site::open().await;
    let award = site.award(BAO, PROFESSIONAL, "public").await;
    revoke(&site.app, &Actor::Operator, &award.id, "Given by <mistake>.").await.unwrap();
    site.grant(ADA, Role::Auditor, None).await;
    let browser = site.signed_in(ADA).await;
    let page = browser.get(&format!("/record?subject={}", award.id)).await.text().await.unwrap();
    assert!(page.contains("award.issued") && page.contains("Version 1 of the criteria"), "{page}");
    assert!(page.contains("award.revoked") && page.contains("Given by &#60;mistake&#62;."), "{page}");
    assert!(page.find("award.revoked</span>") < page.find("award.issued</span>"), "the newest first");
    // Names, where people did it or had it done.
    let page = browser.get("/record?person=ada.obi@acme.example").await.text().await.unwrap();
    assert!(
        page.contains("role.granted") && page.contains("Ada Obi") && !page.contains("award.issued</span>"),
        "{page}"
    );
    let page = browser.get("/record?person=nobody@acme.example").await.text().await.unwrap();
    assert!(page.contains("Nobody is known by this address or id."), "{page}");
    // The end, as `laurel audit --head` takes it.
    let head = events::head(&mut site.app.db.read().await.unwrap()).await.unwrap();
    let page = browser.get("/record").await.text().await.unwrap();
    assert!(page.contains(&format!("{}:{}", head.seq, head.hash)), "{page}");
}

#[tokio::test]
async fn the_record_comes_in_pages_as_json_and_as_a_table() {
    let site = Site::open().await;
    let mut conn = site.app.db.write().await.unwrap();
    for n in 0..60 {
        let at = site.app.clock.now();
        events::append(&mut conn, at, "operator", "thing.made", &format!("thing-{n}"), &json!({"reason": "=1+1"}))
            .await
            .unwrap();
    }
    conn.commit().await.unwrap();
    site.grant(ADA, Role::Administrator, None).await;
    let browser = site.signed_in(ADA).await;
    let page = browser.get("/record?kind=thing").await.text().await.unwrap();
    assert_eq!(page.matches("thing.made</span>").count(), 50);
    let older = page.split("href=\"/record?kind=thing&#38;before=").nth(1).expect("a link to older ones");
    let before: i64 = older.split('"').next().unwrap().parse().unwrap();
    let page = browser.get(&format!("/record?kind=thing&before={before}")).await.text().await.unwrap();
    assert_eq!(page.matches("thing.made</span>").count(), 10);
    assert!(page.contains("thing-0<") && !page.contains("Older"), "{page}");
    let all: Value = browser.get("/record/json?kind=thing").await.json().await.unwrap();
    assert_eq!((all["events"].as_array().unwrap().len(), &all["next"]), (60, &Value::Null));
    assert_eq!((&all["events"][0]["subject"], &all["events"][0]["why"]), (&json!("thing-59"), &json!("=1+1")));
    let table = browser.get("/record/csv?kind=thing").await.text().await.unwrap();
    assert!(
        table.starts_with("seq,at,actor,verb,subject,version,why,detail,hash\n") && table.contains(",'=1+1,"),
        "{table}"
    );
    assert_eq!(table.lines().count(), 61);
    for wrong in ["/record?before=x", "/record?colour=red", "/record/json?before="] {
        let status = browser.get(wrong).await.status();
        let expected = if wrong.ends_with('=') { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        assert_eq!(status, expected, "{wrong}");
    }
}

#[tokio::test]
async fn what_no_name_of_ours_holds_is_told_with_its_field_and_not_looked_for() {
    let site = Site::open().await;
    site.grant(ADA, Role::Auditor, None).await;
    let browser = site.signed_in(ADA).await;
    for field in ["subject", "kind", "person"] {
        let answer = browser.get(&format!("/record/json?{field}=a%00b")).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        let told = answer.text().await.unwrap();
        assert!(told.contains(field) && told.contains("holds a null character"), "{told}");
    }
}

#[tokio::test]
async fn nobody_else_reads_the_record() {
    let site = Site::open().await;
    for role in [None, Some(Role::Owner), Some(Role::Committee)] {
        if let Some(role) = role {
            site.grant(BAO, role, None).await;
        }
        let browser = site.signed_in(BAO).await;
        for path in ["/record", "/record/json", "/record/csv"] {
            assert_eq!(browser.get(path).await.status(), StatusCode::FORBIDDEN, "{path}");
        }
    }
}
