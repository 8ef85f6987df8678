//! Offers to wallets, nonces, and what was given.

use crate::setup::{cast, on_both_engines};
use cast::{FIRST, awarded, company, day, person};
use laurel::{
    domain::{
        award::Award,
        wallet::{Format, WalletCredential},
    },
    store::{Conn, Db, StoreError, wallets},
};

async fn badge(conn: &mut Conn, id: &str) -> Award {
    let who = person(conn, id, None).await;
    awarded(conn, id, &who, FIRST).await
}

fn given(id: &str, award: &Award, code: &str, format: Format, days: i64) -> WalletCredential {
    WalletCredential {
        id: id.into(),
        award_id: award.id.clone(),
        code_hash: code.into(),
        format,
        holder: "did:key:z6Mk".into(),
        key_fragment: "key-1".into(),
        issued_at: day(days),
    }
}

on_both_engines! {
    async fn an_offer_is_open_until_it_is_redeemed_and_then_known_by_its_token(db: Db) {
        company(&db).await;
        let mut conn = db.write().await.unwrap();
        let award = badge(&mut conn, "ada").await;
        wallets::offer(&mut conn, "a", &award.id, day(1)).await.unwrap();
        let open = wallets::open(&mut conn, "a", day(0)).await.unwrap().unwrap();
        assert_eq!((open.award_id, open.tx_code_hash), (award.id.clone(), None));
        assert_eq!(wallets::open(&mut conn, "a", day(1)).await.unwrap(), None, "too late");
        assert_eq!(wallets::open(&mut conn, "b", day(0)).await.unwrap(), None, "never opened");
        assert!(wallets::set_tx_code(&mut conn, "a", "t", day(0)).await.unwrap());
        let tried = wallets::try_code(&mut conn, "a", 2, day(0)).await.unwrap().unwrap();
        assert_eq!(tried.tx_code_hash.as_deref(), Some("t"));
        assert!(wallets::redeem(&mut conn, "a", "token", day(3)).await.unwrap());
        assert!(!wallets::redeem(&mut conn, "a", "other", day(3)).await.unwrap(), "once");
        assert_eq!(wallets::open(&mut conn, "a", day(0)).await.unwrap(), None);
        assert!(!wallets::set_tx_code(&mut conn, "a", "u", day(0)).await.unwrap());
        assert_eq!(wallets::try_code(&mut conn, "a", 9, day(0)).await.unwrap(), None);
        let known = wallets::by_token(&mut conn, "token", day(2)).await.unwrap().unwrap();
        assert_eq!((known.code_hash.as_str(), known.expires_at), ("a", day(3)));
        assert_eq!(wallets::by_token(&mut conn, "token", day(3)).await.unwrap(), None, "too late");
        assert_eq!(wallets::by_token(&mut conn, "other", day(2)).await.unwrap(), None);
    }

    async fn an_offer_is_tried_so_often_and_no_more(db: Db) {
        company(&db).await;
        let mut conn = db.write().await.unwrap();
        let award = badge(&mut conn, "ada").await;
        wallets::offer(&mut conn, "a", &award.id, day(1)).await.unwrap();
        for _ in 0..2 {
            assert!(wallets::try_code(&mut conn, "a", 2, day(0)).await.unwrap().is_some());
            assert!(wallets::set_tx_code(&mut conn, "a", "t", day(0)).await.unwrap(), "which gives no further try");
        }
        assert_eq!(wallets::try_code(&mut conn, "a", 2, day(0)).await.unwrap(), None);
    }

    async fn a_badge_has_one_offer_and_what_ended_is_forgotten(db: Db) {
        company(&db).await;
        let mut conn = db.write().await.unwrap();
        let (award, other) = (badge(&mut conn, "ada").await, badge(&mut conn, "bao").await);
        wallets::offer(&mut conn, "a", &award.id, day(1)).await.unwrap();
        wallets::offer(&mut conn, "b", &other.id, day(1)).await.unwrap();
        wallets::redeem(&mut conn, "a", "token", day(2)).await.unwrap();
        wallets::offer(&mut conn, "c", &award.id, day(3)).await.unwrap();
        assert_eq!(wallets::by_token(&mut conn, "token", day(0)).await.unwrap(), None, "a newer offer ends it");
        assert!(wallets::open(&mut conn, "b", day(0)).await.unwrap().is_some());
        wallets::sweep_offers(&mut conn, day(1)).await.unwrap();
        assert_eq!(wallets::open(&mut conn, "b", day(0)).await.unwrap(), None);
        assert!(wallets::open(&mut conn, "c", day(0)).await.unwrap().is_some());
    }

    async fn a_nonce_is_good_once_and_in_time(db: Db) {
        let mut conn = db.write().await.unwrap();
        for nonce in ["a", "b", "c"] {
            wallets::keep_nonce(&mut conn, nonce, day(if nonce == "c" { 2 } else { 1 })).await.unwrap();
        }
        assert!(wallets::take_nonce(&mut conn, "a", day(0)).await.unwrap());
        assert!(!wallets::take_nonce(&mut conn, "a", day(0)).await.unwrap(), "used");
        assert!(!wallets::take_nonce(&mut conn, "b", day(1)).await.unwrap(), "too late");
        assert!(!wallets::take_nonce(&mut conn, "d", day(0)).await.unwrap(), "never given");
        wallets::sweep_nonces(&mut conn, day(1)).await.unwrap();
        assert!(!wallets::take_nonce(&mut conn, "b", day(0)).await.unwrap(), "forgotten");
        assert!(wallets::take_nonce(&mut conn, "c", day(0)).await.unwrap());
    }

    async fn an_offer_gives_each_form_once_and_the_newest_stand_first(db: Db) {
        company(&db).await;
        let mut conn = db.write().await.unwrap();
        let award = badge(&mut conn, "ada").await;
        let (old, new) = (given("1", &award, "a", Format::Ldp, 1), given("2", &award, "a", Format::Jwt, 2));
        for given in [&old, &new] {
            assert!(!wallets::was_given(&mut conn, "a", given.format).await.unwrap());
            wallets::insert(&mut conn, given).await.unwrap();
            assert!(wallets::was_given(&mut conn, "a", given.format).await.unwrap());
        }
        assert!(!wallets::was_given(&mut conn, "b", Format::Ldp).await.unwrap());
        assert_eq!(wallets::of_award(&mut conn, &award.id, 9).await.unwrap(), [new.clone(), old]);
        assert_eq!(wallets::of_award(&mut conn, &award.id, 1).await.unwrap(), [new]);
        assert_eq!(wallets::of_award(&mut conn, "other", 9).await.unwrap(), []);
        let twice = wallets::insert(&mut conn, &given("3", &award, "a", Format::Jwt, 3)).await.unwrap_err();
        assert!(matches!(twice, StoreError::Taken { .. }), "{twice:?}");
    }
}
