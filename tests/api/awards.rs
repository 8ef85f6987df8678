//! Giving awards, one or many, once however often the call is sent; and reading the record.

use super::{Call, awards, csv, get, send};
use crate::cast::{ADA, BAO, CHIARA, Cast, DEV, PROFESSIONAL, Site};
use reqwest::StatusCode;
use serde_json::{Value, json};

#[tokio::test]
async fn an_award_is_given_once_however_often_the_call_is_sent() {
    let site = Site::open().await;
    let body = json!({"level": PROFESSIONAL, "recipient": {"name": ADA.name, "email": ADA.email}}).to_string();
    let send_with = async |key: &str, body: &str| {
        let call = awards(body).with("idempotency-key", key);
        let response = send(&site, &call).await;
        let location = response.headers().get("location").map(|value| value.to_str().unwrap().to_owned());
        (response.status(), location, response.text().await.unwrap())
    };
    let first = send_with("one", &body).await;
    assert_eq!(first.0, StatusCode::CREATED, "{}", first.2);
    let award = serde_json::from_str::<Value>(&first.2).unwrap()["awards"][0].clone();
    assert_eq!(first.1.as_deref(), award["badge_url"].as_str());
    let written = site.written().await;
    assert_eq!(send_with("one", &body).await, first, "the same key and body give the same answer");
    let (status, _, text) = send_with("one", &body.replace("Obi", "Obo")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{text}");
    assert!(text.contains("idempotency-key-reused"), "{text}");
    assert_eq!(site.written().await, written);
}

#[tokio::test]
async fn several_awards_are_given_together_or_not_at_all() {
    let site = Site::open().await;
    let award = |who: Cast| json!({"level": PROFESSIONAL, "recipient": {"name": who.name, "email": who.email}});
    let (status, body) = site.post("/api/v1/awards", &json!({"awards": [award(ADA), award(BAO)]})).await;
    assert_eq!(status, StatusCode::CREATED);
    let names: Vec<_> = body["awards"].as_array().unwrap().iter().map(|award| &award["recipient"]["name"]).collect();
    assert_eq!(names, [ADA.name, BAO.name]);
    let before = site.written().await;
    let (status, _) = site.post("/api/v1/awards", &json!({"awards": [award(DEV), award(ADA)]})).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert_eq!(site.written().await, before);
}

#[tokio::test]
async fn a_csv_is_checked_first_and_then_given_with_every_refused_row_named() {
    let site = Site::open().await;
    let file = format!(
        "name,email,level\nAda Obi,ada.obi@acme.example,{PROFESSIONAL}\nBao,bao,{PROFESSIONAL}\nDev,dev.patel@acme.example,craft.wizard\n"
    );
    let before = site.written().await;
    let dry = send(&site, &Call { path: "/api/v1/awards?dry_run=true".into(), ..csv(file.as_str()) }).await;
    assert_eq!(dry.status(), StatusCode::OK);
    let dry: Value = dry.json().await.unwrap();
    assert_eq!((&dry["issued"], &dry["refused"], &dry["dry_run"]), (&json!(1), &json!(2), &json!(true)), "{dry}");
    assert_eq!(site.written().await, before, "a dry run writes nothing");
    let done = send(&site, &csv(file.as_str())).await;
    assert_eq!(done.status(), StatusCode::CREATED);
    let done: Value = done.json().await.unwrap();
    let rows: Vec<_> = done["rows"].as_array().unwrap().iter().map(|row| (&row["line"], &row["outcome"])).collect();
    assert_eq!(json!(rows), json!([[2, "issued"], [3, "refused"], [4, "refused"]]));
    assert!(done["rows"][1]["reasons"][0].as_str().unwrap().starts_with("email: "), "{done}");
    let again: Value = send(&site, &csv(file.as_str())).await.json().await.unwrap();
    assert_eq!((&again["issued"], &again["already_held"]), (&json!(0), &json!(1)), "a file may be sent again");
}

#[tokio::test]
async fn the_record_is_read_in_pages_newest_first() {
    let site = Site::open().await;
    let mut given = Vec::new();
    for (minute, who) in [ADA, BAO, CHIARA].into_iter().enumerate() {
        site.at(&format!("2026-11-24T12:0{minute}:00Z"));
        given.push(site.award(who, PROFESSIONAL, "private").await.id);
    }
    given.reverse();
    let mut found = Vec::new();
    let mut path = "/api/v1/awards?limit=2".to_owned();
    loop {
        let page: Value = send(&site, &get(path.as_str()).by(Some("read"))).await.json().await.unwrap();
        found.extend(page["awards"].as_array().unwrap().iter().map(|award| award["id"].as_str().unwrap().to_owned()));
        match page["next"].as_str() {
            Some(next) => path = format!("/api/v1/awards?limit=2&after={next}"),
            None => break,
        }
    }
    assert_eq!(found, given);
    let one = send(&site, &get(format!("/api/v1/awards/{}", given[0])).by(Some("read"))).await;
    assert_eq!(one.headers()["cache-control"], "private, no-store");
    let one: Value = one.json().await.unwrap();
    assert_eq!((&one["state"], &one["recipient"]["name"]), (&json!("current"), &json!("Chiara Rossi")));
}
