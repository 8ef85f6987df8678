//! Passkeys and the questions that wait for an answer: each taken once, and in time.

use crate::setup::{cast, on_both_engines};
use cast::{day, person};
use laurel::{
    domain::passkey::{Passkey, Question},
    store::{Db, StoreError, passkeys},
};

fn passkey(id: &str, person_id: &str, made: i64) -> Passkey {
    Passkey {
        id: id.into(),
        person_id: person_id.into(),
        name: format!("Key {id}"),
        credential: format!("credential-{id}"),
        key: "AAAA".into(),
        state: "AQ".into(),
        transports: 255,
        created_at: day(made),
        last_used_at: None,
    }
}

fn question(challenge: &str, person_id: Option<&str>) -> Question {
    Question {
        challenge: challenge.into(),
        person_id: person_id.map(str::to_owned),
        state: "AAAA".into(),
        expires_at: day(1),
    }
}

on_both_engines! {
    async fn a_passkey_is_found_by_its_credential_until_its_owner_removes_it(db: Db) {
        let mut conn = db.write().await.unwrap();
        let (ada, bao) = (person(&mut conn, "Ada", None).await, person(&mut conn, "Bao", None).await);
        assert!(!passkeys::any(&mut conn).await.unwrap());
        let (first, second) = (passkey("a", &ada.id, 1), passkey("b", &ada.id, 0));
        for one in [&first, &second, &passkey("c", &bao.id, 0)] {
            passkeys::insert(&mut conn, one).await.unwrap();
        }
        assert!(passkeys::any(&mut conn).await.unwrap());
        assert_eq!(passkeys::of_person(&mut conn, &ada.id).await.unwrap(), [second, first.clone()]);
        assert_eq!(passkeys::by_credential(&mut conn, "credential-a").await.unwrap(), Some(first.clone()));
        assert_eq!(passkeys::by_credential(&mut conn, "credential-x").await.unwrap(), None);
        passkeys::used(&mut conn, "a", "Ag", day(3)).await.unwrap();
        let used = Passkey { state: "Ag".into(), last_used_at: Some(day(3)), ..first };
        assert_eq!(passkeys::by_credential(&mut conn, "credential-a").await.unwrap(), Some(used));
        assert!(!passkeys::remove(&mut conn, &bao.id, "a").await.unwrap(), "that of someone else");
        assert!(passkeys::remove(&mut conn, &ada.id, "a").await.unwrap());
        assert!(!passkeys::remove(&mut conn, &ada.id, "a").await.unwrap());
        assert_eq!(passkeys::by_credential(&mut conn, "credential-a").await.unwrap(), None);
    }

    async fn two_passkeys_never_have_one_credential(db: Db) {
        let mut conn = db.write().await.unwrap();
        let ada = person(&mut conn, "Ada", None).await;
        passkeys::insert(&mut conn, &passkey("a", &ada.id, 0)).await.unwrap();
        let again = Passkey { credential: "credential-a".into(), ..passkey("b", &ada.id, 0) };
        let error = passkeys::insert(&mut conn, &again).await.unwrap_err();
        let StoreError::Taken { constraint } = error else { panic!("{error:?}") };
        assert_eq!(constraint, "passkeys_credential_key");
    }

    async fn a_question_is_taken_once_and_in_time(db: Db) {
        let mut conn = db.write().await.unwrap();
        let ada = person(&mut conn, "Ada", None).await;
        let (making, showing) = (question("a", Some(&ada.id)), question("b", None));
        for one in [&making, &showing, &question("late", None), &question("swept", None)] {
            passkeys::ask(&mut conn, one).await.unwrap();
        }
        assert_eq!(passkeys::take(&mut conn, "never asked", day(0)).await.unwrap(), None);
        assert_eq!(passkeys::take(&mut conn, "a", day(0)).await.unwrap(), Some(making));
        assert_eq!(passkeys::take(&mut conn, "a", day(0)).await.unwrap(), None, "answered");
        assert_eq!(passkeys::take(&mut conn, "late", day(1)).await.unwrap(), None);
        passkeys::sweep(&mut conn, day(0)).await.unwrap();
        assert_eq!(passkeys::take(&mut conn, "b", day(0)).await.unwrap(), Some(showing));
        passkeys::sweep(&mut conn, day(1)).await.unwrap();
        assert_eq!(passkeys::take(&mut conn, "swept", day(0)).await.unwrap(), None);
    }
}
