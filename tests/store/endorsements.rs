//! Endorsements in the record.

use crate::setup::{cast, on_both_engines};
use cast::{ISSUER, LIST, day};
use laurel::{
    domain::endorsement::Endorsement,
    store::{Db, StoreError, endorsements, keys},
};

fn endorsement(id: &str, subject: &str, index: u32) -> Endorsement {
    Endorsement {
        id: id.into(),
        issuer_id: ISSUER.into(),
        subject: subject.into(),
        comment: "Well done.".into(),
        valid_from: day(1),
        valid_until: Some(day(400)),
        issued_at: day(1),
        verification_method: "did:web:a.example#key-1".into(),
        status_list_id: LIST.into(),
        status_index: index,
        revoked_at: None,
        revocation_reason: None,
        credential: "{}".into(),
        jwt: None,
    }
}

on_both_engines! {
    async fn an_endorsement_is_kept_found_by_what_it_is_about_and_revoked_once(db: Db) {
        cast::company(&db).await;
        let mut conn = db.write().await.unwrap();
        let key = keys::KeyRow {
            fragment: "key-jwt".into(),
            issuer_id: ISSUER.into(),
            public_multibase: "z6Mkjwt".into(),
            purpose: "jwt".into(),
            state: keys::KeyState::Active,
            development: false,
            created_at: day(0),
            retired_at: None,
        };
        keys::insert(&mut conn, &key).await.unwrap();
        let one = endorsement("e1", "did:web:b.example", 7);
        let two = Endorsement { jwt: Some(("key-jwt".into(), "a.b.c".into())), ..endorsement("e2", "did:web:b.example", 8) };
        let other = Endorsement { valid_until: None, ..endorsement("e3", "did:web:c.example", 9) };
        for each in [&one, &two, &other] {
            endorsements::insert(&mut conn, each).await.unwrap();
        }
        assert_eq!(endorsements::get(&mut conn, "e2").await.unwrap(), Some(two.clone()));
        assert_eq!(endorsements::get(&mut conn, "e3").await.unwrap(), Some(other.clone()));
        assert_eq!(endorsements::get(&mut conn, "e4").await.unwrap(), None);
        assert_eq!(endorsements::of_subject(&mut conn, "did:web:b.example").await.unwrap(), [one.clone(), two.clone()]);
        assert_eq!(endorsements::after_id(&mut conn, "e1", 1).await.unwrap(), [two]);

        assert!(endorsements::revoke(&mut conn, "e1", day(5), "A mistake").await.unwrap());
        assert!(!endorsements::revoke(&mut conn, "e1", day(6), "Another").await.unwrap());
        let revoked = endorsements::get(&mut conn, "e1").await.unwrap().unwrap();
        assert_eq!((revoked.revoked_at, revoked.revocation_reason.as_deref()), (Some(day(5)), Some("A mistake")));
        assert_eq!(endorsements::of_subject(&mut conn, "did:web:b.example").await.unwrap().len(), 1);

        let lacking = |found: Vec<(String, String)>| found.into_iter().map(|(id, _)| id).collect::<Vec<_>>();
        assert_eq!(lacking(endorsements::lacking_jwt(&mut conn, "", 9).await.unwrap()), ["e1", "e3"]);
        assert!(endorsements::set_jwt(&mut conn, "e3", "key-jwt", "d.e.f").await.unwrap());
        assert!(!endorsements::set_jwt(&mut conn, "e2", "key-jwt", "d.e.f").await.unwrap());
        assert_eq!(endorsements::drop_jwts_of_key(&mut conn, "key-jwt").await.unwrap(), 2);
        assert_eq!(lacking(endorsements::lacking_jwt(&mut conn, "e1", 9).await.unwrap()), ["e2", "e3"]);

        let twice = endorsements::insert(&mut conn, &endorsement("e5", "did:web:b.example", 7)).await.unwrap_err();
        let StoreError::Taken { constraint } = twice else { panic!("{twice:?}") };
        assert_eq!(constraint, "endorsements_status_list_id_status_index_key");
    }
}
