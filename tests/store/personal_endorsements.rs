//! What people say for badges, on both engines.

use crate::setup::{
    cast::{self, FIRST, day},
    on_both_engines,
};
use laurel::{
    domain::personal_endorsement::{PersonalEndorsement, Relation, Standing},
    store::{
        Db, StoreError,
        personal_endorsements::{self as rows, Ask, Endorser},
    },
};

fn said(id: &str, endorser: &str, skill: Option<u32>, index: u32) -> PersonalEndorsement {
    PersonalEndorsement {
        id: id.into(),
        endorser_id: endorser.into(),
        award_id: "a".into(),
        skill,
        relation: Relation::Peer,
        name: "Bao".into(),
        comment: "Well done.".into(),
        language: "en".into(),
        issued_at: day(1),
        verification_method: "did:web:a.example:endorsers:e#key-1".into(),
        status_index: index,
        credential: "{}".into(),
        standing: Standing::Waiting,
        withdrawn_at: None,
    }
}

on_both_engines! {
    async fn what_someone_said_is_kept_shown_and_withdrawn_once(db: Db) {
        cast::company(&db).await;
        let mut conn = db.write().await.unwrap();
        let (ada, bao) = (cast::person(&mut conn, "Ada", None).await, cast::person(&mut conn, "Bao", None).await);
        cast::awarded(&mut conn, "a", &ada, FIRST).await;
        let endorser = Endorser { id: "e".into(), person_id: Some(bao.id.clone()), list: Some("{}".into()) };
        rows::insert_endorser(&mut conn, &endorser, day(1)).await.unwrap();
        let outside = Endorser { id: "o".into(), person_id: None, list: Some("{}".into()) };
        rows::insert_endorser(&mut conn, &outside, day(1)).await.unwrap();
        assert_eq!(rows::endorser(&mut conn, "e").await.unwrap(), Some(endorser.clone()));
        assert_eq!(rows::endorser_of_person(&mut conn, &bao.id).await.unwrap(), Some(endorser.clone()));
        assert_eq!(rows::endorser_of_person(&mut conn, &ada.id).await.unwrap(), None);
        assert_eq!(rows::endorsers_after(&mut conn, "e", 9).await.unwrap(), [outside]);
        let (whole, skill) = (said("1", "e", None, 7), said("2", "e", Some(2), 8));
        rows::insert(&mut conn, &whole, None).await.unwrap();
        rows::insert(&mut conn, &skill, None).await.unwrap();
        rows::insert(&mut conn, &said("3", "o", None, 7), Some("secret")).await.unwrap();
        assert_eq!(rows::get(&mut conn, "1").await.unwrap(), Some(whole.clone()));
        assert_eq!(rows::by_withdraw_hash(&mut conn, "secret").await.unwrap().unwrap().id, "3");
        let of_award = rows::of_award(&mut conn, "a").await.unwrap();
        assert_eq!(of_award.iter().map(|one| one.said.id.as_str()).collect::<Vec<_>>(), ["1", "2", "3"]);
        assert_eq!(of_award[0].list.as_deref(), Some("{}"));
        let of_bao = rows::of_person(&mut conn, &bao.id, 9).await.unwrap();
        assert_eq!(of_bao, [skill.clone(), whole]);
        assert_eq!(rows::after_id(&mut conn, "1", 1).await.unwrap()[0].said, skill);
        rows::stand(&mut conn, "1", Standing::Shown).await.unwrap();
        assert!(rows::get(&mut conn, "1").await.unwrap().unwrap().is_seen());
        assert!(rows::withdraw(&mut conn, "1", day(2)).await.unwrap());
        assert!(!rows::withdraw(&mut conn, "1", day(3)).await.unwrap());
        assert_eq!(rows::withdrawn(&mut conn, "e").await.unwrap(), [7]);
        assert!(!rows::get(&mut conn, "1").await.unwrap().unwrap().is_seen());
        rows::publish(&mut conn, "e", "{\"new\":1}").await.unwrap();
        assert_eq!(rows::endorser(&mut conn, "e").await.unwrap().unwrap().list.as_deref(), Some("{\"new\":1}"));
        // What was withdrawn can be said anew.
        rows::insert(&mut conn, &said("4", "e", None, 9), None).await.unwrap();
    }

    async fn nobody_says_the_same_thing_twice(db: Db) {
        cast::company(&db).await;
        let mut conn = db.write().await.unwrap();
        let ada = cast::person(&mut conn, "Ada", None).await;
        cast::awarded(&mut conn, "a", &ada, FIRST).await;
        let outside = Endorser { id: "o".into(), person_id: None, list: Some("{}".into()) };
        rows::insert_endorser(&mut conn, &outside, day(1)).await.unwrap();
        rows::insert(&mut conn, &said("1", "o", None, 1), None).await.unwrap();
        let twice = rows::insert(&mut conn, &said("2", "o", None, 2), None).await.unwrap_err();
        let StoreError::Taken { constraint } = &twice else { panic!("{twice:?}") };
        assert!(constraint.contains("award_id"), "{constraint}");
    }

    async fn an_ask_is_good_once_and_until_its_time_is_over(db: Db) {
        cast::company(&db).await;
        let mut conn = db.write().await.unwrap();
        let ada = cast::person(&mut conn, "Ada", None).await;
        cast::awarded(&mut conn, "a", &ada, FIRST).await;
        let ask = |hash: &str, until: i64| Ask {
            hash: hash.into(),
            award_id: "a".into(),
            skill: Some(1),
            email: "jo@client.example".into(),
            name: "Jo".into(),
            asked_at: day(0),
            expires_at: day(until),
        };
        for one in [ask("h1", 5), ask("h2", 9)] {
            rows::insert_ask(&mut conn, &one).await.unwrap();
        }
        assert_eq!(rows::open_asks(&mut conn, "a", day(6)).await.unwrap(), [ask("h2", 9)]);
        assert_eq!(rows::open_ask(&mut conn, "h1", day(6)).await.unwrap(), None);
        assert_eq!(rows::open_ask(&mut conn, "h2", day(6)).await.unwrap(), Some(ask("h2", 9)));
        assert!(rows::use_ask(&mut conn, "h2", day(6)).await.unwrap());
        assert!(!rows::use_ask(&mut conn, "h2", day(7)).await.unwrap());
        assert_eq!(rows::open_ask(&mut conn, "h2", day(6)).await.unwrap(), None);
    }
}
