//! Apps and their tokens: a code is exchanged once, a refresh token is spent once, and a grant ends with all of it.

use crate::setup::{cast, on_both_engines};
use cast::{day, person};
use laurel::{
    domain::{
        directory::Entry,
        oauth::{AppScope, Client, ClientMetadata, Code, Grant, TokenKind},
        recipient::Person,
    },
    store::{Conn, Db, StoreError, oauth, people},
};
use serde_json::json;

async fn client(conn: &mut Conn, id: &str, registered: i64) -> Client {
    let said = json!({"client_name": id, "redirect_uris": ["https://wallet.example/back"]});
    let metadata = ClientMetadata::checked(serde_json::from_value(said).unwrap()).unwrap();
    let client = Client { id: id.into(), secret_hash: Some("hash".into()), metadata, created_at: day(registered) };
    oauth::insert_client(conn, &client).await.unwrap();
    client
}

fn grant(id: &str, client: &Client, of: &Person, at: i64) -> Grant {
    Grant {
        id: id.into(),
        client_id: client.id.clone(),
        person_id: of.id.clone(),
        scopes: vec![AppScope::ReadCredentials, AppScope::Offline],
        created_at: day(at),
        last_used_at: None,
    }
}

async fn tokens(conn: &mut Conn, grant: &Grant, ends: i64) {
    for (kind, name) in [(TokenKind::Access, "a"), (TokenKind::Refresh, "r")] {
        let scopes = [AppScope::ReadCredentials];
        oauth::insert_token(conn, &format!("{}-{name}", grant.id), &grant.id, kind, &scopes, day(ends)).await.unwrap();
    }
}

on_both_engines! {
    async fn an_app_that_nobody_lets_in_is_forgotten_and_another_stays(db: Db) {
        let mut conn = db.write().await.unwrap();
        let old = client(&mut conn, "old", 0).await;
        let kept = client(&mut conn, "kept", 0).await;
        let new = client(&mut conn, "new", 5).await;
        assert_eq!(oauth::client(&mut conn, "old").await.unwrap(), Some(old));
        assert_eq!(oauth::count_unconnected(&mut conn, day(-1)).await.unwrap(), 3);
        oauth::note_connected(&mut conn, "kept", day(1)).await.unwrap();
        assert_eq!(oauth::count_unconnected(&mut conn, day(-1)).await.unwrap(), 2);
        assert_eq!(oauth::count_unconnected(&mut conn, day(0)).await.unwrap(), 1);
        oauth::sweep_clients(&mut conn, day(4)).await.unwrap();
        assert_eq!(oauth::client(&mut conn, "old").await.unwrap(), None);
        assert_eq!(oauth::client(&mut conn, "kept").await.unwrap(), Some(kept));
        assert_eq!(oauth::client(&mut conn, "new").await.unwrap(), Some(new));
    }

    async fn a_code_is_exchanged_once_and_forgotten_after_its_time(db: Db) {
        let mut conn = db.write().await.unwrap();
        let ada = person(&mut conn, "Ada", None).await;
        let wallet = client(&mut conn, "wallet", 0).await;
        let code = Code {
            client_id: wallet.id,
            person_id: ada.id,
            redirect_uri: "https://wallet.example/back".into(),
            scopes: AppScope::ALL.to_vec(),
            challenge: "challenge".into(),
            expires_at: day(2),
            grant_id: None,
        };
        oauth::insert_code(&mut conn, "hash", &code).await.unwrap();
        assert_eq!(oauth::code(&mut conn, "hash").await.unwrap(), Some(code.clone()));
        assert!(oauth::redeem(&mut conn, "hash", "first").await.unwrap());
        assert!(!oauth::redeem(&mut conn, "hash", "second").await.unwrap());
        let redeemed = Code { grant_id: Some("first".into()), ..code };
        assert_eq!(oauth::code(&mut conn, "hash").await.unwrap(), Some(redeemed));
        oauth::sweep(&mut conn, day(1)).await.unwrap();
        assert!(oauth::code(&mut conn, "hash").await.unwrap().is_some());
        oauth::sweep(&mut conn, day(2)).await.unwrap();
        assert_eq!(oauth::code(&mut conn, "hash").await.unwrap(), None);
    }

    async fn a_person_lets_an_app_in_once_and_ends_it_with_its_tokens(db: Db) {
        let mut conn = db.write().await.unwrap();
        let (ada, bao) = (person(&mut conn, "Ada", None).await, person(&mut conn, "Bao", None).await);
        let (wallet, other) = (client(&mut conn, "wallet", 0).await, client(&mut conn, "other", 0).await);
        let first = grant("first", &wallet, &ada, 1);
        for one in [&first, &grant("second", &other, &ada, 2), &grant("third", &wallet, &bao, 2)] {
            oauth::insert_grant(&mut conn, one).await.unwrap();
            tokens(&mut conn, one, 9).await;
        }
        oauth::touch(&mut conn, "first", day(3)).await.unwrap();
        oauth::touch(&mut conn, "first", day(2)).await.unwrap();
        let used = Grant { last_used_at: Some(day(3)), ..first };
        assert_eq!(oauth::grant_to(&mut conn, &ada.id, "wallet").await.unwrap(), Some(used.clone()));
        let of_ada = oauth::of_person(&mut conn, &ada.id).await.unwrap();
        let ids: Vec<&str> = of_ada.iter().map(|one| one.grant.id.as_str()).collect();
        assert_eq!((ids, &of_ada[1].client), (vec!["second", "first"], &wallet));
        assert!(oauth::end(&mut conn, "first").await.unwrap());
        assert!(!oauth::end(&mut conn, "first").await.unwrap());
        assert_eq!(oauth::grant(&mut conn, "first").await.unwrap(), None);
        assert_eq!(oauth::token(&mut conn, "first-a").await.unwrap(), None);
        assert!(oauth::token(&mut conn, "second-a").await.unwrap().is_some());
        oauth::end_all(&mut conn, &ada.id).await.unwrap();
        assert!(oauth::of_person(&mut conn, &ada.id).await.unwrap().is_empty());
        assert!(oauth::token(&mut conn, "third-r").await.unwrap().is_some());
    }

    async fn nobody_has_two_grants_for_one_app(db: Db) {
        let mut conn = db.write().await.unwrap();
        let ada = person(&mut conn, "Ada", None).await;
        let wallet = client(&mut conn, "wallet", 0).await;
        oauth::insert_grant(&mut conn, &grant("first", &wallet, &ada, 1)).await.unwrap();
        let error = oauth::insert_grant(&mut conn, &grant("second", &wallet, &ada, 1)).await.unwrap_err();
        let StoreError::Taken { constraint } = error else { panic!("{error:?}") };
        assert_eq!(constraint, "oauth_grants_person_id_client_id_key");
    }

    async fn a_token_is_found_until_its_person_leaves_and_spent_once(db: Db) {
        let mut conn = db.write().await.unwrap();
        let ada = person(&mut conn, "Ada", None).await;
        let wallet = client(&mut conn, "wallet", 0).await;
        let granted = grant("g", &wallet, &ada, 1);
        oauth::insert_grant(&mut conn, &granted).await.unwrap();
        tokens(&mut conn, &granted, 9).await;
        let refresh = oauth::token(&mut conn, "g-r").await.unwrap().unwrap();
        assert_eq!((refresh.grant, refresh.kind, refresh.spent), (granted, TokenKind::Refresh, false));
        assert_eq!((refresh.person_name.as_str(), refresh.expires_at), ("Ada", day(9)));
        assert_eq!(refresh.scopes, [AppScope::ReadCredentials]);
        assert!(oauth::spend(&mut conn, "g-r", day(2)).await.unwrap());
        assert!(!oauth::spend(&mut conn, "g-r", day(2)).await.unwrap());
        assert!(oauth::token(&mut conn, "g-r").await.unwrap().unwrap().spent);
        oauth::remove_token(&mut conn, "g-a").await.unwrap();
        assert_eq!(oauth::token(&mut conn, "g-a").await.unwrap(), None);
        let left = Person { active: false, ..ada };
        people::update(&mut conn, &Entry::new(left, day(0))).await.unwrap();
        assert_eq!(oauth::token(&mut conn, "g-r").await.unwrap(), None);
        oauth::sweep(&mut conn, day(9)).await.unwrap();
        assert!(!oauth::spend(&mut conn, "g-r", day(9)).await.unwrap(), "it is forgotten");
    }
}
