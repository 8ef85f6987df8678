//! Issuers, keys, programs, levels, pictures, lineages, tokens, answers, events and jobs.

use crate::setup::{cast, on_both_engines};
use cast::{FIRST, ISSUER, PROGRAM, day};
use laurel::{
    domain::{actor::Scope, issuer::Issuer, level::Program, trust::TrustedIssuer},
    store::{
        Db, StoreError,
        api_credentials::{self, ApiCredential},
        events,
        idempotency::{self, Answered},
        images, issuers, jobs,
        keys::{self, KeyRow, KeyState},
        levels, lineages, programs, status_lists,
        tokens::{self, Token},
        trusted_issuers::{self, Added},
    },
};
use serde_json::json;

fn key(fragment: &str, made: i64) -> KeyRow {
    KeyRow {
        fragment: fragment.into(),
        issuer_id: ISSUER.into(),
        public_multibase: format!("z6Mk{fragment}"),
        purpose: "credential".into(),
        state: KeyState::Active,
        development: false,
        created_at: day(made),
        retired_at: None,
    }
}

fn token(id: &str, scopes: &[Scope]) -> Token {
    Token {
        id: id.into(),
        name: "HR system".into(),
        scopes: scopes.to_vec(),
        created_at: day(0),
        revoked_at: None,
        last_used_at: None,
    }
}

fn api_credential(id: &str, name: Option<&str>, place: Option<(&str, u32)>) -> ApiCredential {
    ApiCredential {
        id: id.into(),
        issuer_id: ISSUER.into(),
        credential_id: name.map(str::to_owned),
        key_fragment: "key-1".into(),
        issued_at: day(1),
        place: place.map(|(list, index)| (list.to_owned(), index)),
        revoked_at: None,
        credential: "{}".into(),
    }
}

on_both_engines! {
    async fn the_first_issuer_is_the_deployments(db: Db) {
        let mut conn = db.write().await.unwrap();
        assert_eq!(issuers::only(&mut conn).await.unwrap(), None);
        let second = Issuer {
            id: "aaa".into(),
            did: "did:web:b.example".into(),
            email: None,
            linkedin_id: Some("123".into()),
            show_revocation_reason: true,
            ..cast::issuer()
        };
        issuers::insert(&mut conn, &cast::issuer(), day(0)).await.unwrap();
        issuers::insert(&mut conn, &second, day(1)).await.unwrap();
        assert_eq!(issuers::only(&mut conn).await.unwrap(), Some(cast::issuer()));
        assert_eq!(issuers::get(&mut conn, "aaa").await.unwrap(), Some(second.clone()));
        assert_eq!(issuers::all(&mut conn).await.unwrap(), [cast::issuer(), second]);
    }

    async fn a_credential_of_the_vc_api_is_found_by_its_name_and_revoked_once(db: Db) {
        cast::company(&db).await;
        let mut conn = db.write().await.unwrap();
        keys::insert(&mut conn, &key("key-1", 0)).await.unwrap();
        let list = status_lists::all(&mut conn, ISSUER).await.unwrap().remove(0).id;
        let rows = [
            api_credential("a", Some("urn:1"), Some((&list, 7))),
            api_credential("b", Some("urn:1"), None),
            api_credential("c", None, Some((&list, 8))),
        ];
        for row in &rows {
            api_credentials::insert(&mut conn, row).await.unwrap();
        }
        assert_eq!(api_credentials::named(&mut conn, "urn:1").await.unwrap(), rows[..2]);
        assert_eq!(api_credentials::named(&mut conn, "urn:2").await.unwrap(), []);
        assert_eq!(api_credentials::after_id(&mut conn, "a", 1).await.unwrap(), rows[1..2]);
        assert!(api_credentials::revoke(&mut conn, "a", day(3)).await.unwrap());
        assert!(!api_credentials::revoke(&mut conn, "a", day(4)).await.unwrap(), "once, for ever");
        assert!(!api_credentials::revoke(&mut conn, "b", day(3)).await.unwrap(), "it has no place");
        let revoked = api_credentials::after_id(&mut conn, "", 1).await.unwrap().remove(0);
        assert_eq!(revoked, ApiCredential { revoked_at: Some(day(3)), ..rows[0].clone() });
        let twice = api_credential("d", None, Some((&list, 7)));
        let error = api_credentials::insert(&mut conn, &twice).await.unwrap_err();
        assert!(matches!(error, StoreError::Taken { .. }), "{error:?}");
    }

    async fn one_key_signs_at_a_time_and_a_retired_one_stays_published(db: Db) {
        cast::company(&db).await;
        let mut conn = db.write().await.unwrap();
        keys::insert(&mut conn, &key("key-1", 0)).await.unwrap();
        assert!(keys::set_state(&mut conn, "key-1", KeyState::Retired, day(5)).await.unwrap());
        keys::insert(&mut conn, &key("key-2", 5)).await.unwrap();
        let active = keys::active(&mut conn, ISSUER, "credential").await.unwrap();
        assert_eq!(active, Some(key("key-2", 5)));
        assert_eq!(keys::active(&mut conn, ISSUER, "panel").await.unwrap(), None);
        let retired = KeyRow { state: KeyState::Retired, retired_at: Some(day(5)), ..key("key-1", 0) };
        assert_eq!(keys::published(&mut conn, ISSUER).await.unwrap(), [retired, key("key-2", 5)]);
        // No way back, but a retired key may turn out compromised.
        assert!(!keys::set_state(&mut conn, "key-1", KeyState::Active, day(6)).await.unwrap());
        assert!(keys::set_state(&mut conn, "key-1", KeyState::Compromised, day(6)).await.unwrap());
        assert!(!keys::set_state(&mut conn, "key-1", KeyState::Retired, day(7)).await.unwrap());
        assert_eq!(keys::published(&mut conn, ISSUER).await.unwrap(), [key("key-2", 5)]);
        let all = keys::list(&mut conn, ISSUER).await.unwrap();
        assert_eq!((all.len(), all[0].retired_at), (2, Some(day(5))));
        let error = keys::insert(&mut conn, &key("key-3", 7)).await.unwrap_err();
        let StoreError::Taken { constraint } = error else { panic!("{error:?}") };
        assert_eq!(constraint, "issuer_keys_issuer_id_purpose_key");
    }

    async fn programs_are_taken_over_and_keep_their_order(db: Db) {
        cast::company(&db).await;
        let mut conn = db.write().await.unwrap();
        let other = Program { id: "baking".into(), name: "Baking".into(), ..cast::program() };
        programs::upsert(&mut conn, &other, 0, day(1)).await.unwrap();
        let renamed = Program { name: "Fine craft".into(), accent: "#000000".into(), ..cast::program() };
        programs::upsert(&mut conn, &renamed, 2, day(1)).await.unwrap();
        assert_eq!(programs::get(&mut conn, PROGRAM).await.unwrap(), Some(renamed.clone()));
        assert_eq!(programs::all(&mut conn).await.unwrap(), [other, renamed]);
    }

    async fn a_level_gets_a_new_version_only_when_its_content_differs(db: Db) {
        cast::company(&db).await;
        let mut conn = db.write().await.unwrap();
        let same = cast::content("Practitioner");
        assert_eq!(levels::upsert_version(&mut conn, PROGRAM, FIRST, 3, &same, &cast::release(day(1))).await.unwrap(), 1);
        let other = cast::content("Journeyman");
        assert_eq!(levels::upsert_version(&mut conn, PROGRAM, FIRST, 3, &other, &cast::release(day(2))).await.unwrap(), 2);
        assert_eq!(levels::version(&mut conn, FIRST, 1).await.unwrap(), Some(same.clone()));
        assert_eq!(levels::version(&mut conn, FIRST, 2).await.unwrap(), Some(other.clone()));
        assert_eq!(levels::version(&mut conn, FIRST, 3).await.unwrap(), None);
        let level = levels::get(&mut conn, FIRST).await.unwrap().unwrap();
        assert_eq!((level.version, level.position, &level.content), (2, 3, &other));
        // Back to what it was is a new version too: 1 and 3 are published at different times.
        assert_eq!(levels::upsert_version(&mut conn, PROGRAM, FIRST, 1, &same, &cast::release(day(3))).await.unwrap(), 3);
        let names = |levels: Vec<laurel::domain::level::Level>| -> Vec<String> {
            levels.into_iter().map(|level| level.content.name).collect()
        };
        assert_eq!(names(levels::of_program(&mut conn, PROGRAM).await.unwrap()), ["Practitioner", "Master"]);
        assert_eq!(names(levels::all(&mut conn).await.unwrap()), ["Practitioner", "Master"]);
        assert_eq!(levels::get(&mut conn, "craft.none").await.unwrap(), None);
    }

    async fn a_picture_is_kept_once_with_its_bytes(db: Db) {
        let mut conn = db.write().await.unwrap();
        let png: Vec<u8> = (0..=255).collect();
        images::put(&mut conn, "abc", "<svg/>", &png, day(0)).await.unwrap();
        images::put(&mut conn, "abc", "<svg>other</svg>", &[], day(1)).await.unwrap();
        images::put(&mut conn, "empty", "<svg/>", &[], day(1)).await.unwrap();
        assert_eq!(images::svg(&mut conn, "abc").await.unwrap().as_deref(), Some("<svg/>"));
        assert_eq!(images::png(&mut conn, "abc").await.unwrap(), Some(png));
        assert_eq!(images::png(&mut conn, "empty").await.unwrap(), Some(Vec::new()));
        assert_eq!(images::png(&mut conn, "none").await.unwrap(), None);
    }

    async fn a_person_has_one_lineage_on_a_level(db: Db) {
        cast::company(&db).await;
        let mut conn = db.write().await.unwrap();
        let ada = cast::person(&mut conn, "Ada", None).await;
        let first = lineages::find_or_create(&mut conn, "l1", &ada.id, FIRST, day(0)).await.unwrap();
        let again = lineages::find_or_create(&mut conn, "l2", &ada.id, FIRST, day(1)).await.unwrap();
        assert_eq!((first.id.as_str(), &again), ("l1", &first));
        lineages::find_or_create(&mut conn, "l3", &ada.id, cast::SECOND, day(1)).await.unwrap();
        assert_eq!(lineages::get(&mut conn, "l1").await.unwrap(), Some(first));
        assert_eq!(lineages::get(&mut conn, "l2").await.unwrap(), None);
        let other = lineages::get(&mut conn, "l3").await.unwrap().unwrap();
        assert_eq!((other.person_id, other.level_id.as_str()), (ada.id, cast::SECOND));
    }

    async fn a_trusted_issuer_is_on_the_list_until_it_is_removed(db: Db) {
        let mut conn = db.write().await.unwrap();
        let added = |id: &str, name: &str, days| Added {
            entry: TrustedIssuer {
                id: id.into(),
                name: name.into(),
                note: (days > 0).then(|| "a note".into()),
                signs_status_for: vec!["did:web:x.example".into(); days as usize],
            },
            at: day(days),
            by: "operator".into(),
        };
        let (first, second) = (added("did:web:b.example", "B", 0), added("did:web:a.example", "A", 1));
        for entry in [&second, &first] {
            trusted_issuers::put(&mut conn, entry).await.unwrap();
        }
        assert_eq!(trusted_issuers::all(&mut conn).await.unwrap(), [first.clone(), second.clone()]);
        trusted_issuers::put(&mut conn, &added("did:web:b.example", "Other", 2)).await.unwrap();
        let changed = trusted_issuers::get(&mut conn, "did:web:b.example").await.unwrap().unwrap();
        assert_eq!((changed.entry, changed.at), (added("did:web:b.example", "Other", 2).entry, first.at));
        assert!(trusted_issuers::remove(&mut conn, "did:web:b.example").await.unwrap());
        assert!(!trusted_issuers::remove(&mut conn, "did:web:b.example").await.unwrap());
        assert_eq!(trusted_issuers::get(&mut conn, "did:web:b.example").await.unwrap(), None);
        assert_eq!(trusted_issuers::all(&mut conn).await.unwrap(), [second]);
    }

    async fn a_token_opens_until_it_is_revoked(db: Db) {
        let mut conn = db.write().await.unwrap();
        tokens::insert(&mut conn, &token("t1", &[Scope::Issue, Scope::Read]), "hash1").await.unwrap();
        tokens::insert(&mut conn, &token("t2", &[]), "hash2").await.unwrap();
        let found = tokens::by_hash(&mut conn, "hash1").await.unwrap();
        assert_eq!(found, Some(token("t1", &[Scope::Issue, Scope::Read])));
        tokens::touch(&mut conn, "t1", day(5)).await.unwrap();
        tokens::touch(&mut conn, "t1", day(4)).await.unwrap();
        assert_eq!(tokens::by_hash(&mut conn, "hash1").await.unwrap().unwrap().last_used_at, Some(day(5)));
        assert!(tokens::revoke(&mut conn, "t1", day(6)).await.unwrap());
        assert!(!tokens::revoke(&mut conn, "t1", day(7)).await.unwrap());
        assert_eq!(tokens::by_hash(&mut conn, "hash1").await.unwrap(), None);
        assert_eq!(tokens::by_hash(&mut conn, "hash3").await.unwrap(), None);
        let all = tokens::list(&mut conn).await.unwrap();
        assert_eq!((all.len(), all[0].revoked_at), (2, Some(day(6))));
        let error = tokens::insert(&mut conn, &token("t3", &[]), "hash1").await.unwrap_err();
        assert!(matches!(&error, StoreError::Taken { constraint } if constraint == "tokens_hash_key"), "{error:?}");
    }

    async fn an_answer_is_kept_once_for_a_key_and_token(db: Db) {
        let mut conn = db.write().await.unwrap();
        for id in ["t1", "t2"] {
            tokens::insert(&mut conn, &token(id, &[Scope::Issue]), id).await.unwrap();
        }
        let answered = Answered { body_hash: "h".into(), status: 201, response: "{}".into() };
        idempotency::insert(&mut conn, "t1", "key", &answered, day(0)).await.unwrap();
        assert_eq!(idempotency::find(&mut conn, "t1", "key").await.unwrap(), Some(answered.clone()));
        assert_eq!(idempotency::find(&mut conn, "t2", "key").await.unwrap(), None);
        idempotency::insert(&mut conn, "t2", "key", &answered, day(0)).await.unwrap();
        let error = idempotency::insert(&mut conn, "t1", "key", &answered, day(0)).await.unwrap_err();
        assert!(matches!(&error, StoreError::Taken { constraint } if constraint == "idempotency_keys_pkey"), "{error:?}");
    }

    async fn of_two_requests_with_one_key_the_slower_is_told(db: Db) {
        let mut conn = db.write().await.unwrap();
        tokens::insert(&mut conn, &token("t1", &[Scope::Issue]), "h").await.unwrap();
        conn.commit().await.unwrap();
        let request = async |body: &str| {
            let mut conn = db.write().await?;
            let answered = Answered { body_hash: body.into(), status: 201, response: body.into() };
            idempotency::insert(&mut conn, "t1", "key", &answered, day(0)).await?;
            conn.commit().await
        };
        let (one, two) = tokio::join!(request("one"), request("two"));
        assert_eq!([one.is_ok(), two.is_ok()].iter().filter(|ok| **ok).count(), 1, "{one:?} {two:?}");
        assert!(matches!(one.and(two).unwrap_err(), StoreError::Taken { .. }));
    }

    async fn events_come_back_in_order(db: Db) {
        let mut conn = db.write().await.unwrap();
        for (verb, subject) in [("award.issued", "a"), ("award.issued", "b"), ("award.revoked", "a")] {
            let detail = json!({"why": "“so”", "n": [1, null]});
            events::append(&mut conn, day(0), "operator", verb, subject, &detail).await.unwrap();
        }
        let all = events::page(&mut conn, 0, 2).await.unwrap();
        assert_eq!(all.len(), 2);
        assert_eq!((all[0].detail["n"][0].as_i64(), all[0].at), (Some(1), day(0)));
        let rest = events::page(&mut conn, all[1].seq, 9).await.unwrap();
        assert_eq!((rest.len(), rest[0].verb.as_str()), (1, "award.revoked"));
        let of_a = events::of_subject(&mut conn, "a").await.unwrap();
        assert_eq!(of_a.iter().map(|event| event.verb.as_str()).collect::<Vec<_>>(), ["award.issued", "award.revoked"]);
    }

    async fn a_claimed_job_comes_again_only_when_its_runner_died(db: Db) {
        let mut conn = db.write().await.unwrap();
        jobs::enqueue(&mut conn, "publish", "{\"list\":1}", day(1)).await.unwrap();
        jobs::enqueue(&mut conn, "publish", "{\"list\":2}", day(3)).await.unwrap();
        assert_eq!(jobs::claim_due(&mut conn, day(0), 60, 9).await.unwrap(), []);
        assert!(jobs::waiting(&mut conn, "publish", "{\"list\":2}").await.unwrap());
        assert!(!jobs::waiting(&mut conn, "publish", "{\"list\":3}").await.unwrap());
        let claimed = jobs::claim_due(&mut conn, day(1), 60, 9).await.unwrap();
        assert_eq!((claimed.len(), claimed[0].attempts, claimed[0].payload.as_str()), (1, 1, "{\"list\":1}"));
        assert_eq!(jobs::claim_due(&mut conn, day(1), 60, 9).await.unwrap(), []);
        let again = jobs::claim_due(&mut conn, day(2), 60, 9).await.unwrap();
        assert_eq!((again.len(), again[0].attempts), (1, 2));
        jobs::failed(&mut conn, again[0].id, "no network", Some(day(4))).await.unwrap();
        let third = jobs::claim_due(&mut conn, day(3), 60, 9).await.unwrap();
        assert_eq!((third.len(), third[0].payload.as_str()), (1, "{\"list\":2}"));
        jobs::done(&mut conn, third[0].id).await.unwrap();
        assert!(!jobs::waiting(&mut conn, "publish", "{\"list\":2}").await.unwrap());
        jobs::failed(&mut conn, again[0].id, "no network", None).await.unwrap();
        assert_eq!(jobs::claim_due(&mut conn, day(99), 60, 9).await.unwrap(), []);
    }

    async fn two_runners_never_claim_the_same_job(db: Db) {
        let mut conn = db.write().await.unwrap();
        for n in 0..20 {
            jobs::enqueue(&mut conn, "publish", &n.to_string(), day(0)).await.unwrap();
        }
        conn.commit().await.unwrap();
        let mut runners = Vec::new();
        for _ in 0..4 {
            let db = db.clone();
            runners.push(tokio::spawn(async move {
                let mut mine = Vec::new();
                for _ in 0..10 {
                    let mut conn = db.write().await.unwrap();
                    mine.extend(jobs::claim_due(&mut conn, day(1), 60, 3).await.unwrap());
                    conn.commit().await.unwrap();
                }
                mine
            }));
        }
        let mut claimed = Vec::new();
        for runner in runners {
            claimed.extend(runner.await.unwrap());
        }
        assert_eq!(claimed.len(), 20);
        assert!(claimed.iter().all(|job| job.attempts == 1));
    }
}
