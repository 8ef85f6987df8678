//! The record is one chain: what is written stays, and what was done to it past Laurel is found. On both engines.

use crate::{
    cast,
    setup::{self, on_both_engines},
};
use laurel::{
    actions::{App, record},
    domain::actor::Actor,
    outside::random::Random,
    store::{
        Db,
        events::{self, BEGINNING, Event, Head, Wanted},
    },
};
use serde_json::json;
use sqlx::AssertSqlSafe;
use std::collections::BTreeSet;

fn app(db: Db) -> App {
    cast::deployment(db, cast::BASE_URL, cast::NOW, Random::seeded(1))
}

async fn write(db: &Db, verb: &str, subject: &str) {
    let mut conn = db.write().await.unwrap();
    let now = cast::NOW.parse().unwrap();
    events::append(&mut conn, now, "operator", verb, subject, &json!({"reason": "asked for"})).await.unwrap();
    conn.commit().await.unwrap();
}

/// Ten events, and the head after them.
async fn ten(db: &Db) -> Head {
    for n in 1..=10 {
        write(db, "thing.made", &format!("thing-{n}")).await;
    }
    events::head(&mut db.read().await.unwrap()).await.unwrap()
}

/// Past Laurel, as whoever holds the database can.
async fn past_laurel(db: &Db, sql: &str) -> Result<u64, sqlx::Error> {
    match db {
        Db::Sqlite { write, .. } => Ok(sqlx::query(AssertSqlSafe(sql)).execute(write).await?.rows_affected()),
        Db::Postgres(pool) => Ok(sqlx::query(AssertSqlSafe(sql)).execute(pool).await?.rows_affected()),
    }
}

/// Takes away what refuses changes of the record.
async fn without_guard(db: &Db) {
    let guards: &[&str] = match db {
        Db::Sqlite { .. } => &["events_are_not_changed", "events_are_not_removed", "events_are_not_replaced"],
        Db::Postgres(_) => &["events_are_kept", "events_are_not_emptied"],
    };
    for guard in guards {
        let on = if matches!(db, Db::Postgres(_)) { " ON events" } else { "" };
        past_laurel(db, &format!("DROP TRIGGER {guard}{on}")).await.unwrap();
    }
}

async fn faults(db: &Db, noted: Option<&Head>) -> Vec<String> {
    record::check(&app(db.clone()), &Actor::Operator, noted).await.unwrap().faults
}

on_both_engines! {
    async fn every_event_follows_the_one_before(db: Db) {
        let nothing = record::check(&app(db.clone()), &Actor::Operator, None).await.unwrap();
        assert_eq!((nothing.events, nothing.head, nothing.faults), (0, Head { seq: 0, hash: BEGINNING.into() }, vec![]));
        let head = ten(&db).await;
        let checked = record::check(&app(db.clone()), &Actor::Operator, Some(&head)).await.unwrap();
        assert_eq!((checked.events, &checked.head, checked.faults), (10, &head, vec![]));
        let all = events::page(&mut db.read().await.unwrap(), 0, 100).await.unwrap();
        let hashes: BTreeSet<&str> = all.iter().map(|event| event.hash.as_str()).collect();
        assert_eq!((hashes.len(), all[9].hash.as_str(), all[9].seq), (10, head.hash.as_str(), 10));
        assert_eq!(all[0].why(), Some("asked for"));
        // It goes on from there, and the head that was noted stays good.
        write(&db, "thing.made", "thing-11").await;
        assert_eq!(faults(&db, Some(&head)).await, Vec::<String>::new());
    }

    /// The hash of the first event as anyone can work it out.
    async fn the_hash_is_that_of_the_hash_before_and_the_row(db: Db) {
        use sha2::{Digest, Sha256};
        write(&db, "thing.made", "a \"b\"").await;
        let all = events::page(&mut db.read().await.unwrap(), 0, 1).await.unwrap();
        let content = format!(
            "[\"{}\",1,1795521600,\"operator\",\"thing.made\",\"a \\\"b\\\"\",\"{{\\\"reason\\\":\\\"asked for\\\"}}\"]",
            "0".repeat(64)
        );
        let hash: String = Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(all[0].hash, hash);
    }

    async fn many_who_write_at_once_make_one_chain(db: Db) {
        let writers = (0..8).map(|writer| {
            let db = db.clone();
            tokio::spawn(async move {
                for n in 0..20 {
                    let mut conn = db.write().await.unwrap();
                    let now = cast::NOW.parse().unwrap();
                    for part in 0..2 {
                        let subject = format!("{writer}-{n}-{part}");
                        events::append(&mut conn, now, "operator", "thing.made", &subject, &json!({})).await.unwrap();
                    }
                    // What is given up leaves no trace.
                    if n % 4 == 3 {
                        drop(conn);
                    } else {
                        conn.commit().await.unwrap();
                    }
                }
            })
        });
        for writer in writers.collect::<Vec<_>>() {
            writer.await.unwrap();
        }
        let checked = record::check(&app(db.clone()), &Actor::Operator, None).await.unwrap();
        assert_eq!((checked.events, checked.head.seq, checked.faults), (240, 240, vec![]));
    }

    async fn the_database_refuses_to_change_or_remove_what_was_recorded(db: Db) {
        let head = ten(&db).await;
        let mut tries = vec![
            "UPDATE events SET detail = '{}' WHERE seq = 3".to_owned(),
            "UPDATE events SET hash = NULL WHERE seq = 3".to_owned(),
            "UPDATE events SET seq = 30 WHERE seq = 3".to_owned(),
            "DELETE FROM events WHERE seq = 10".to_owned(),
            "DELETE FROM events".to_owned(),
        ];
        let values = "(3, 0, 'nobody', 'thing.made', 'x', '{}', 'x')";
        let columns = "events (seq, at, actor, verb, subject, detail, hash)";
        tries.push(match db {
            Db::Sqlite { .. } => format!("INSERT OR REPLACE INTO {columns} VALUES {values}"),
            Db::Postgres(_) => "TRUNCATE events".to_owned(),
        });
        for sql in tries {
            let refused = past_laurel(&db, &sql).await.unwrap_err().to_string();
            assert!(refused.contains("the record is only ever added to"), "{sql}: {refused}");
        }
        assert_eq!(faults(&db, Some(&head)).await, Vec::<String>::new());
    }

    async fn a_row_that_was_changed_is_named(db: Db) {
        ten(&db).await;
        without_guard(&db).await;
        for (column, other, was) in [
            ("detail", "'{}'", "'{\"reason\":\"asked for\"}'"),
            ("actor", "'anyone'", "'operator'"),
            ("at", "7", "1795521600"),
            ("verb", "'thing.lost'", "'thing.made'"),
            ("subject", "'thing-5'", "'thing-4'"),
        ] {
            past_laurel(&db, &format!("UPDATE events SET {column} = {other} WHERE seq = 4")).await.unwrap();
            let found = faults(&db, None).await;
            assert_eq!(found, ["event 4 is not as it was recorded, or the one before it is not"], "{column}");
            past_laurel(&db, &format!("UPDATE events SET {column} = {was} WHERE seq = 4")).await.unwrap();
            assert_eq!(faults(&db, None).await, Vec::<String>::new(), "{column}");
        }
    }

    async fn a_row_that_was_removed_or_slipped_in_is_named(db: Db) {
        let head = ten(&db).await;
        without_guard(&db).await;
        past_laurel(&db, "DELETE FROM events WHERE seq IN (5, 6)").await.unwrap();
        assert_eq!(faults(&db, None).await, ["event 7 does not follow event 4: what was between them is missing"]);
        let row = "(5, 0, 'operator', 'thing.made', 'slipped in', '{}', NULL)";
        let sql = format!("INSERT INTO events (seq, at, actor, verb, subject, detail, hash) VALUES {row}");
        past_laurel(&db, &sql).await.unwrap();
        let found = faults(&db, Some(&head)).await;
        assert_eq!(found[0], "event 5 is in no chain: it was not written by Laurel");
        past_laurel(&db, "DELETE FROM events WHERE seq = 1").await.unwrap();
        assert_eq!(faults(&db, None).await[0], "event 2 does not follow event 0: what was between them is missing");
    }

    async fn an_end_that_was_cut_off_is_found_and_with_a_noted_head_even_if_all_else_was_mended(db: Db) {
        let noted = ten(&db).await;
        without_guard(&db).await;
        past_laurel(&db, "DELETE FROM events WHERE seq > 8").await.unwrap();
        let found = faults(&db, None).await;
        assert_eq!(found, ["the record ends with event 8, and the head of the record is event 10: its end is missing"]);
        past_laurel(&db, "UPDATE record_head SET seq = 8, hash = (SELECT hash FROM events WHERE seq = 8)").await.unwrap();
        assert_eq!(faults(&db, None).await, Vec::<String>::new(), "nobody can tell without a noted head");
        let found = faults(&db, Some(&noted)).await;
        assert_eq!(found, ["the record ends with event 8, and the head that was noted is event 10: its end is missing"]);
        // Written on, as if nothing had been.
        for n in 9..=12 {
            write(&db, "thing.made", &format!("other-{n}")).await;
        }
        assert_eq!(faults(&db, None).await, Vec::<String>::new());
        assert_eq!(faults(&db, Some(&noted)).await, ["event 10 is not the one that the head that was noted names"]);
    }

    async fn the_record_is_read_by_subject_kind_and_person_newest_first(db: Db) {
        for (actor, verb, subject) in [
            ("operator", "award.issued", "a"), ("person:p", "award.revoked", "a"), ("person:q", "awards.counted", "b"),
            ("token:t", "person.changed", "p"), ("person:pp", "person.changed", "q"),
        ] {
            let mut conn = db.write().await.unwrap();
            events::append(&mut conn, cast::NOW.parse().unwrap(), actor, verb, subject, &json!({})).await.unwrap();
            conn.commit().await.unwrap();
        }
        let app = app(db);
        let found = async |wanted: Wanted, before, limit| -> Vec<i64> {
            let page = record::page(&app, &Actor::Operator, &wanted, before, limit).await.unwrap();
            page.into_iter().map(|event: Event| event.seq).collect()
        };
        let by = |subject: Option<&str>, kind: Option<&str>, person: Option<&str>| Wanted {
            subject: subject.map(str::to_owned), kind: kind.map(str::to_owned), person: person.map(str::to_owned),
        };
        assert_eq!(found(Wanted::default(), None, 3).await, [5, 4, 3]);
        assert_eq!(found(Wanted::default(), Some(3), 9).await, [2, 1]);
        assert_eq!(found(by(Some("a"), None, None), None, 9).await, [2, 1]);
        assert_eq!(found(by(None, Some("award"), None), None, 9).await, [2, 1]);
        assert_eq!(found(by(None, Some("award.revoked"), None), None, 9).await, [2]);
        assert_eq!(found(by(None, None, Some("p")), None, 9).await, [4, 2]);
        assert_eq!(found(by(Some("a"), Some("award"), Some("p")), None, 9).await, [2]);
        assert!(record::page(&app, &Actor::Anyone, &Wanted::default(), None, 1).await.is_err());
    }
}

/// As a database of before has them: no hash, gaps in the numbers, and a head that has not begun.
async fn of_before(db: &Db) {
    for seq in [1, 2, 5, 9] {
        let row = format!("({seq}, {seq}, 'operator', 'thing.made', 'thing-{seq}', '{{}}')");
        past_laurel(db, &format!("INSERT INTO events (seq, at, actor, verb, subject, detail) VALUES {row}"))
            .await
            .unwrap();
    }
}

async fn is_chained_at_the_next_start(db: Db, url: &str) {
    of_before(&db).await;
    assert_eq!(faults(&db, None).await.len(), 5, "each is in no chain, and they are past the head");
    db.close().await;
    let db = Db::open(url).await.unwrap();
    assert_eq!(faults(&db, None).await, Vec::<String>::new());
    let head = events::head(&mut db.read().await.unwrap()).await.unwrap();
    assert_eq!(head.seq, 9);
    write(&db, "thing.made", "thing-10").await;
    db.close().await;
    let db = Db::open(url).await.unwrap();
    let checked = record::check(&app(db.clone()), &Actor::Operator, Some(&head)).await.unwrap();
    assert_eq!((checked.events, checked.head.seq, checked.faults), (5, 10, vec![]));
    // What comes without a hash later is not taken in.
    let row = "(11, 0, 'operator', 'thing.made', 'slipped in', '{}')";
    past_laurel(&db, &format!("INSERT INTO events (seq, at, actor, verb, subject, detail) VALUES {row}"))
        .await
        .unwrap();
    db.close().await;
    let db = Db::open(url).await.unwrap();
    assert_eq!(faults(&db, None).await.len(), 2);
    db.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn events_from_before_there_was_a_chain_are_put_into_it_at_the_first_start() {
    let sandbox = setup::sqlite().await;
    is_chained_at_the_next_start(sandbox.db.clone(), &sandbox.url).await;
    if let Some(sandbox) = setup::postgres("events_from_before_there_was_a_chain").await {
        is_chained_at_the_next_start(sandbox.db.clone(), &sandbox.url).await;
    }
}
