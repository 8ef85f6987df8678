//! Asking for a newer version of a badge: only when it is wished, only once the proof holds, once, and whatever comes of it is told beside.

use super::foreign::{DID, KEYS, LIST, around, credential, key, signed};
use super::server::{Reply, Server};
use super::*;
use crate::cast::Site;
use laurel::credential::{
    did::{DidKeyEntry, did_web_document},
    status::{Bitstring, StatusListFacts, status_list_credential},
};
use reqwest::Method;
use serde_json::{Value, json};

const SERVICE: &str = "https://issuer.example/refresh/1";
const OTHER: &str = "https://issuer.example/refresh/2";

/// A badge of the issuer with this name, which names this service.
fn badge(name: &str, service: &str) -> Value {
    let mut credential = credential(DID, 6);
    credential["name"] = json!(name);
    credential["refreshService"] = json!({"id": service, "type": "1EdTechCredentialRefresh"});
    signed(&credential, &format!("{DID}#key-1"))
}

/// The issuer's server, with this answer at its refresh service.
fn issuer(answer: Reply) -> Server {
    let entry = DidKeyEntry { fragment: "key-1".into(), public: key().public(), assertion: true };
    let keys = did_web_document(DID, &[entry]).to_string();
    let bits = Bitstring::new();
    let facts = StatusListFacts { id: LIST, issuer: DID, valid_from: later(-500), bits: &bits };
    let list = signed(&status_list_credential(&facts), &format!("{DID}#key-1")).to_string();
    Server::start(&["issuer.example"], move |wanted| match wanted {
        "issuer.example/.well-known/did.json" => Reply::json(keys.clone()).with("cache-control", "max-age=60"),
        "issuer.example/status/1" => Reply::json(list.clone()).with("cache-control", "max-age=60"),
        "issuer.example/refresh/1" => answer.clone(),
        _ => Reply { status: 404, ..Reply::default() },
    })
}

async fn asked(server: &Server, badge: &Value, refresh: Option<bool>) -> Value {
    let site = Site::looking_up_with(around(server).fetcher).await;
    let mut body = json!({"credential": badge});
    if let Some(refresh) = refresh {
        body["refresh"] = json!(refresh);
    }
    let sent = site.request(Method::POST, "/api/v1/verify").json(&body).send().await.unwrap();
    assert_eq!(sent.status(), 200);
    sent.json().await.unwrap()
}

fn urls(report: &Value) -> Vec<&str> {
    report["fetched"].as_array().unwrap().iter().map(|look_up| look_up["url"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_newer_version_is_asked_for_only_when_it_is_wished_and_stands_beside_with_its_own_verdict() {
    let server = issuer(Reply::json(badge("Welder, renewed", OTHER).to_string()));
    for refresh in [None, Some(false)] {
        let report = asked(&server, &badge("Welder", SERVICE), refresh).await;
        assert_eq!((&report["refreshed"], urls(&report)), (&Value::Null, vec![KEYS, LIST]));
    }
    let report = asked(&server, &badge("Welder", SERVICE), Some(true)).await;
    assert_eq!((&report["verdict"], &report["claims"]["name"]), (&json!("attention"), &json!("Welder")));
    assert_eq!(urls(&report), [KEYS, LIST, SERVICE]);
    let refreshed = &report["refreshed"];
    assert_eq!((&refreshed["outcome"], &refreshed["code"]), (&json!("passed"), &json!("refresh_newer")), "{refreshed}");
    assert_eq!(refreshed["newer"]["claims"]["name"], "Welder, renewed");
    assert_eq!(refreshed["newer"]["verdict"], "attention");
    assert_eq!(urls(&refreshed["newer"]), [KEYS, LIST]);
    // The newer one names a service too, and is not followed.
    assert_eq!(refreshed["newer"]["refreshed"], Value::Null);
    assert!(!server.asked().contains(&"issuer.example/refresh/2".to_owned()), "{:?}", server.asked());
}

#[tokio::test]
async fn the_newer_version_may_come_as_text() {
    let server = issuer(Reply::json(badge("Welder", SERVICE).to_string()).with("content-type", "text/plain"));
    let mut reply = Reply { status: 200, body: badge("Welder", SERVICE).to_string().into_bytes(), ..Reply::default() };
    reply = reply.with("content-type", "text/plain");
    let plain = issuer(reply);
    for server in [&server, &plain] {
        let report = asked(server, &badge("Welder", SERVICE), Some(true)).await;
        assert_eq!(report["refreshed"]["code"], "refresh_same", "{}", report["refreshed"]);
        assert_eq!(report["refreshed"]["newer"], Value::Null);
        assert_eq!(urls(&report), [KEYS, LIST, SERVICE, KEYS, LIST]);
    }
}

#[tokio::test]
async fn before_the_proof_holds_no_refresh_service_is_asked() {
    let server = issuer(Reply::json(badge("Welder, renewed", OTHER).to_string()));
    let mut altered = badge("Welder", SERVICE);
    altered["name"] = json!("Master welder");
    let report = asked(&server, &altered, Some(true)).await;
    assert_eq!((&report["verdict"], &report["refreshed"]["code"]), (&json!("invalid"), &json!("refresh_none")));
    assert_eq!(server.asked(), ["issuer.example/.well-known/did.json"]);
}

#[tokio::test]
async fn a_bad_answer_is_told_and_changes_nothing() {
    let mut altered = badge("Welder, renewed", OTHER);
    altered["validFrom"] = json!("2026-11-24T11:59:00Z");
    let mut of_another = credential(DID, 6);
    of_another["id"] = json!("https://issuer.example/badges/2");
    of_another["credentialSubject"]["id"] = json!("urn:uuid:00000000-52b0-4f5c-9c3d-0d6a5a1b2c3d");
    let of_another = signed(&of_another, &format!("{DID}#key-1"));
    for (answer, code) in [
        (Reply::json(altered.to_string()), "refresh_refused"),
        (Reply::json(of_another.to_string()), "refresh_refused"),
        (Reply::json("{}"), "refresh_refused"),
        (Reply { status: 503, ..Reply::default() }, "refresh_unreadable"),
        (Reply::to("https://inside.example/"), "refresh_unreadable"),
    ] {
        let server = issuer(answer);
        let report = asked(&server, &badge("Welder", SERVICE), Some(true)).await;
        assert_eq!(report["refreshed"]["code"], code, "{}", report["refreshed"]);
        assert_eq!(report["refreshed"]["newer"], Value::Null);
        assert_eq!((&report["verdict"], &report["claims"]["name"]), (&json!("attention"), &json!("Welder")));
        assert_eq!(urls(&report)[..3], [KEYS, LIST, SERVICE]);
    }
}

#[tokio::test]
async fn the_page_asks_for_a_newer_version_when_the_box_is_ticked() {
    let server = issuer(Reply::json(badge("Welder, renewed", OTHER).to_string()));
    let site = Site::looking_up_with(around(&server).fetcher).await;
    assert!(site.page("/verify").await.contains("type=\"checkbox\" name=\"refresh\" value=\"yes\""));
    let page = async |refresh: &str| {
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.append_pair("text", &badge("Welder", SERVICE).to_string()).append_pair("refresh", refresh);
        let sent = site.request(Method::POST, "/verify").header("content-type", "application/x-www-form-urlencoded");
        sent.body(form.finish()).send().await.unwrap().text().await.unwrap()
    };
    assert!(!page("").await.contains("Is there a newer version?"));
    let page = page("yes").await;
    for said in [
        "Is there a newer version?",
        "There is a newer version of this badge",
        "Every check of the newer version",
        SERVICE,
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(page.contains("<input type=\"hidden\" name=\"refresh\" value=\"yes\">"), "the same is asked again");
}
