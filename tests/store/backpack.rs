//! Backpacks: one copy of a badge a person, page by page, and all that someone holds in the order it came.

use crate::setup::{cast, on_both_engines};
use cast::{day, person};
use laurel::{
    credential::summary::Form,
    domain::{
        backpack::{CameBy, Kept},
        recipient::Person,
    },
    store::{
        Conn, Db, StoreError,
        backpack::{self, After},
        profile_additions,
    },
};
use serde_json::{Map, json};

fn kept(id: &str, of: &Person, form: Form, issued: i64, added: i64) -> Kept {
    Kept {
        id: id.into(),
        person_id: of.id.clone(),
        file_name: "badge.json".into(),
        media_type: "application/json".into(),
        size: 4,
        form,
        same: format!("same-{id}"),
        title: Some("Welder".into()),
        issuer: None,
        issued_at: day(issued),
        ends_at: Some(day(900)),
        by: CameBy::App,
        from: Some("Wallet".into()),
        added_at: day(added),
    }
}

async fn put(conn: &mut Conn, kept: &Kept) {
    backpack::insert(conn, kept, &[0, 159, 146, 150], &format!("document {}", kept.id)).await.unwrap();
}

on_both_engines! {
    async fn a_badge_is_kept_byte_for_byte_for_its_holder_alone(db: Db) {
        let mut conn = db.write().await.unwrap();
        let (ada, bao) = (person(&mut conn, "Ada", None).await, person(&mut conn, "Bao", None).await);
        let one = kept("a", &ada, Form::Credential, 0, 1);
        put(&mut conn, &one).await;
        assert_eq!(backpack::get(&mut conn, &ada.id, "a").await.unwrap(), Some(one.clone()));
        assert_eq!(backpack::file(&mut conn, &ada.id, "a").await.unwrap(), Some(vec![0, 159, 146, 150]));
        assert_eq!(backpack::by_sameness(&mut conn, &ada.id, "same-a").await.unwrap(), Some(one.clone()));
        assert_eq!(backpack::get(&mut conn, &bao.id, "a").await.unwrap(), None);
        assert_eq!(backpack::file(&mut conn, &bao.id, "a").await.unwrap(), None);
        assert_eq!(backpack::by_sameness(&mut conn, &bao.id, "same-a").await.unwrap(), None);
        let newer = Kept { title: None, size: 2, form: Form::Jwt, ..one };
        backpack::replace(&mut conn, &newer, b"ab", "another").await.unwrap();
        assert_eq!(backpack::get(&mut conn, &ada.id, "a").await.unwrap(), Some(newer.clone()));
        assert_eq!(backpack::file(&mut conn, &ada.id, "a").await.unwrap(), Some(b"ab".to_vec()));
        let foreign = Kept { person_id: bao.id.clone(), ..newer };
        assert!(backpack::replace(&mut conn, &foreign, b"x", "x").await.is_err());
        assert!(!backpack::remove(&mut conn, &bao.id, "a").await.unwrap());
        assert!(backpack::remove(&mut conn, &ada.id, "a").await.unwrap());
        assert_eq!(backpack::totals(&mut conn, &ada.id).await.unwrap(), (0, 0));
    }

    async fn one_copy_of_a_badge_is_kept(db: Db) {
        let mut conn = db.write().await.unwrap();
        let ada = person(&mut conn, "Ada", None).await;
        let one = kept("a", &ada, Form::Credential, 0, 1);
        put(&mut conn, &one).await;
        let copy = Kept { id: "b".into(), ..one };
        let error = backpack::insert(&mut conn, &copy, b"", "").await.unwrap_err();
        let StoreError::Taken { constraint } = error else { panic!("{error:?}") };
        assert_eq!(constraint, "backpack_badges_person_id_same_key");
    }

    async fn a_backpack_is_read_from_the_newest_on(db: Db) {
        let mut conn = db.write().await.unwrap();
        let (ada, bao) = (person(&mut conn, "Ada", None).await, person(&mut conn, "Bao", None).await);
        for (id, added) in [("a", 1), ("b", 3), ("c", 3), ("d", 2)] {
            put(&mut conn, &kept(id, &ada, Form::Older, 0, added)).await;
        }
        put(&mut conn, &kept("e", &bao, Form::Older, 0, 9)).await;
        let first = backpack::page(&mut conn, &ada.id, None, 2).await.unwrap();
        let ids = |page: &[Kept]| page.iter().map(|one| one.id.clone()).collect::<Vec<_>>();
        assert_eq!(ids(&first), ["c", "b"]);
        let after = After { added_at: first[1].added_at, id: first[1].id.clone() };
        assert_eq!(ids(&backpack::page(&mut conn, &ada.id, Some(&after), 9).await.unwrap()), ["d", "a"]);
        assert_eq!(backpack::totals(&mut conn, &ada.id).await.unwrap(), (4, 16));
        profile_additions::put(&mut conn, &ada.id, &Map::new(), day(1)).await.unwrap();
        assert_eq!(backpack::remove_all(&mut conn, &ada.id).await.unwrap(), 4);
        assert_eq!(backpack::totals(&mut conn, &bao.id).await.unwrap(), (1, 4));
    }

    async fn what_someone_holds_is_given_in_the_order_it_came(db: Db) {
        let mut conn = db.write().await.unwrap();
        let ada = person(&mut conn, "Ada", None).await;
        for (id, form, issued, added) in [
            ("a", Form::Credential, 5, 9),
            ("b", Form::Jwt, 50, 8),
            ("c", Form::Older, 50, 7),
            ("d", Form::Credential, 60, 10),
        ] {
            put(&mut conn, &kept(id, &ada, form, issued, added)).await;
        }
        let all = day(-1_000);
        let held = backpack::held(&mut conn, &ada.id, all, 9, 0).await.unwrap();
        let documents: Vec<&str> = held.iter().map(|one| one.document.as_str()).collect();
        assert_eq!(documents, ["document b", "document a", "document d"]);
        assert_eq!(held[0].form, Form::Jwt);
        assert_eq!(backpack::held(&mut conn, &ada.id, all, 1, 1).await.unwrap(), held[1..2]);
        assert_eq!(backpack::held(&mut conn, &ada.id, day(5), 9, 0).await.unwrap().len(), 2, "after, not from");
        assert_eq!(backpack::count_held(&mut conn, &ada.id, all).await.unwrap(), 3);
        assert_eq!(backpack::count_held(&mut conn, &ada.id, day(50)).await.unwrap(), 1);
    }

    async fn what_is_added_to_a_profile_is_kept_as_a_whole(db: Db) {
        let mut conn = db.write().await.unwrap();
        let ada = person(&mut conn, "Ada", None).await;
        assert!(profile_additions::get(&mut conn, &ada.id).await.unwrap().is_empty());
        for said in [json!({"url": "https://ada.example", "phone": "1"}), json!({"phone": "2"})] {
            let said = said.as_object().unwrap();
            profile_additions::put(&mut conn, &ada.id, said, day(1)).await.unwrap();
            assert_eq!(&profile_additions::get(&mut conn, &ada.id).await.unwrap(), said);
        }
    }
}
