//! Sessions: found by hash, ended alone and together, never those of another.

use crate::setup::{cast, on_both_engines};
use cast::{day, person};
use laurel::{
    domain::{
        directory::Entry,
        recipient::Person,
        session::{Method, Session},
    },
    store::{Conn, Db, StoreError, people, sessions},
};

async fn session(conn: &mut Conn, id: &str, of: &Person, ends: i64) -> Session {
    let session = Session {
        id: id.into(),
        person_id: of.id.clone(),
        method: Method::Oidc,
        user_agent: "Browser".into(),
        created_at: day(0),
        last_seen_at: day(1),
        expires_at: day(ends),
    };
    sessions::insert(conn, &session, &format!("hash-{id}")).await.unwrap();
    session
}

async fn ids(conn: &mut Conn, of: &Person, now: i64) -> Vec<String> {
    sessions::of_person(conn, &of.id, day(now)).await.unwrap().into_iter().map(|session| session.id).collect()
}

on_both_engines! {
    async fn a_session_is_found_by_its_hash_until_its_person_leaves(db: Db) {
        let mut conn = db.write().await.unwrap();
        let ada = person(&mut conn, "Ada", None).await;
        let kept = session(&mut conn, "a", &ada, 9).await;
        let known = sessions::by_hash(&mut conn, "hash-a").await.unwrap().unwrap();
        assert_eq!((known.session, known.name.as_str()), (kept.clone(), "Ada"));
        assert_eq!(sessions::by_hash(&mut conn, "hash-b").await.unwrap(), None);
        let again = sessions::insert(&mut conn, &Session { id: "b".into(), ..kept }, "hash-c").await;
        assert!(again.is_ok());
        let left = Person { active: false, ..ada };
        let entry = Entry::new(left, day(0));
        people::update(&mut conn, &entry).await.unwrap();
        assert_eq!(sessions::by_hash(&mut conn, "hash-a").await.unwrap(), None);
    }

    async fn two_sessions_never_have_one_hash(db: Db) {
        let mut conn = db.write().await.unwrap();
        let ada = person(&mut conn, "Ada", None).await;
        let kept = session(&mut conn, "a", &ada, 9).await;
        let error = sessions::insert(&mut conn, &Session { id: "b".into(), ..kept }, "hash-a").await.unwrap_err();
        let StoreError::Taken { constraint } = error else { panic!("{error:?}") };
        assert_eq!(constraint, "sessions_hash_key");
    }

    async fn that_a_session_was_seen_is_noted_and_never_backward(db: Db) {
        let mut conn = db.write().await.unwrap();
        let ada = person(&mut conn, "Ada", None).await;
        session(&mut conn, "a", &ada, 9).await;
        sessions::touch(&mut conn, "a", day(3), day(11)).await.unwrap();
        sessions::touch(&mut conn, "a", day(2), day(10)).await.unwrap();
        let known = sessions::by_hash(&mut conn, "hash-a").await.unwrap().unwrap().session;
        assert_eq!((known.last_seen_at, known.expires_at), (day(3), day(11)));
    }

    async fn sessions_end_one_by_one_all_but_one_and_by_time(db: Db) {
        let mut conn = db.write().await.unwrap();
        let (ada, bao) = (person(&mut conn, "Ada", None).await, person(&mut conn, "Bao", None).await);
        for (id, of, ends) in [("a", &ada, 9), ("b", &ada, 8), ("c", &ada, 7), ("d", &ada, 6), ("e", &bao, 9)] {
            session(&mut conn, id, of, ends).await;
        }
        assert_eq!(ids(&mut conn, &ada, 6).await, ["a", "b", "c"], "whose time has not run out");
        assert!(!sessions::end(&mut conn, &bao.id, "a").await.unwrap(), "that of someone else");
        assert!(sessions::end(&mut conn, &ada.id, "a").await.unwrap());
        assert!(!sessions::end(&mut conn, &ada.id, "a").await.unwrap());
        sessions::sweep(&mut conn, day(6)).await.unwrap();
        assert_eq!(ids(&mut conn, &ada, 0).await, ["b", "c"]);
        assert_eq!(sessions::end_all(&mut conn, &ada.id, Some("c")).await.unwrap(), 1);
        assert_eq!(ids(&mut conn, &ada, 0).await, ["c"]);
        assert_eq!(sessions::end_all(&mut conn, &ada.id, None).await.unwrap(), 1);
        assert_eq!(ids(&mut conn, &bao, 0).await, ["e"]);
    }
}
