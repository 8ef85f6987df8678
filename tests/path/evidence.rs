//! Evidence that is no file.

use super::*;
use crate::setup::on_both_engines;
use laurel::{
    actions::path::{
        evidence::{add, describe, download, remove},
        submission::read,
    },
    domain::evidence::{Body, MOST},
};

on_both_engines! {
    async fn links_texts_and_sessions_are_added_in_their_order_and_described_anew(db: Db) {
        let town = Town::new(db).await;
        let ada = town.be("ada").await;
        let (_, draft) = town.drafting("ada").await;
        let said = |body| Said { title: "A talk", note: "To the team", public: true, body };
        for body in [
            SaidBody::Link { url: "https://acme.example/1" },
            SaidBody::Text { text: "What I said" },
            SaidBody::Session { held_on: "2026-11-24" },
        ] {
            add(&town.app, &ada, &draft.id, &said(body)).await.unwrap();
        }
        let evidence = read(&town.app, &ada, &draft.id).await.unwrap().evidence;
        assert_eq!(evidence.iter().map(|one| one.body.kind()).collect::<Vec<_>>(), ["link", "text", "session"]);
        let new = Said { title: "Two talks", note: " ", public: false, body: SaidBody::Link { url: "https://evil.example" } };
        describe(&town.app, &ada, &evidence[0].id, &new).await.unwrap();
        remove(&town.app, &ada, &evidence[1].id).await.unwrap();
        let left = read(&town.app, &ada, &draft.id).await.unwrap().evidence;
        assert_eq!((left.len(), left[0].title.as_str(), left[0].note.as_str(), left[0].public), (2, "Two talks", "", false));
        assert_eq!(left[0].body, Body::Link { url: "https://acme.example/1".into() }, "what it is stays");
        assert_eq!(
            town.told(&draft.id).await,
            ["submission.begun", "evidence.added", "evidence.added", "evidence.added", "evidence.described", "evidence.removed"]
        );
    }
}

#[tokio::test]
async fn what_is_wrong_with_evidence_is_named_field_by_field_and_there_is_only_so_much_of_it() {
    let sandbox = crate::setup::sqlite().await;
    let town = Town::new(sandbox.db.clone()).await;
    let ada = town.be("ada").await;
    let (_, draft) = town.drafting("ada").await;
    let before = town.happened().await;
    for (title, body, fields) in [
        ("", SaidBody::Link { url: "javascript:alert(1)" }, "title url"),
        ("A", SaidBody::Session { held_on: "2026-11-25" }, "held_on"),
        ("A", SaidBody::Text { text: "" }, "text"),
        ("A", SaidBody::File, "file"),
    ] {
        assert_eq!(code(add(&town.app, &ada, &draft.id, &Said { title, note: "", public: false, body }).await), fields);
    }
    assert_eq!(town.happened().await, before);
    let mut last = String::new();
    for _ in 0..MOST {
        last = add(&town.app, &ada, &draft.id, &link()).await.unwrap().id;
    }
    assert_eq!(code(add(&town.app, &ada, &draft.id, &link()).await), "too_many");
    assert_eq!(code(download(&town.app, &ada, &last).await), "no evidence", "a link has no bytes");
    for name in ["lin", "oda", "sol", "mia", "eve"] {
        let who = town.be(name).await;
        assert_eq!(code(remove(&town.app, &who, &last).await), "no evidence", "{name}");
        assert_eq!(code(describe(&town.app, &who, &last, &link()).await), "no evidence", "{name}");
    }
    assert_eq!(code(remove(&town.app, &ada, "gone").await), "no evidence");
}
