//! Connections, transactions and what opening a database promises.

use crate::setup::{self, cast, on_both_engines};
use laurel::{
    domain::issuer::Issuer,
    store::{Db, StoreError, awards, events, issuers, people, settings, status_lists},
};
use serde_json::json;

on_both_engines! {
    async fn a_dropped_write_leaves_nothing(db: Db) {
        cast::company(&db).await;
        let mut conn = db.write().await.unwrap();
        let ada = cast::person(&mut conn, "Ada", None).await;
        cast::awarded(&mut conn, "award1", &ada, cast::FIRST).await;
        events::append(&mut conn, cast::day(0), "operator", "award.issued", "award1", &json!({})).await.unwrap();
        drop(conn);
        let mut conn = db.read().await.unwrap();
        assert_eq!(awards::get(&mut conn, "award1").await.unwrap(), None);
        assert_eq!(people::by_email(&mut conn, "ada@acme.example").await.unwrap(), None);
        assert_eq!(events::page(&mut conn, 0, 10).await.unwrap(), []);
        let lists = status_lists::all(&mut conn, cast::ISSUER).await.unwrap();
        assert_eq!(lists[0].used, 0);
    }

    async fn a_committed_write_is_seen_by_the_next_reader(db: Db) {
        let mut conn = db.write().await.unwrap();
        settings::set(&mut conn, "made", "once").await.unwrap();
        settings::set(&mut conn, "made", "twice").await.unwrap();
        conn.commit().await.unwrap();
        let mut conn = db.read().await.unwrap();
        assert_eq!(settings::get(&mut conn, "made").await.unwrap().as_deref(), Some("twice"));
    }

    async fn a_reader_does_not_see_what_is_not_committed(db: Db) {
        let mut write = db.write().await.unwrap();
        settings::set(&mut write, "made", "once").await.unwrap();
        let mut read = db.read().await.unwrap();
        assert_eq!(settings::get(&mut read, "made").await.unwrap(), None);
        write.commit().await.unwrap();
        assert_eq!(settings::get(&mut read, "made").await.unwrap().as_deref(), Some("once"));
    }

    async fn a_broken_unique_rule_has_the_same_name_on_both(db: Db) {
        cast::company(&db).await;
        let mut conn = db.write().await.unwrap();
        let same_id = Issuer { did: "did:web:other.example".into(), ..cast::issuer() };
        let error = issuers::insert(&mut conn, &same_id, cast::day(0)).await.unwrap_err();
        assert!(matches!(&error, StoreError::Taken { constraint } if constraint == "issuers_pkey"), "{error:?}");
        drop(conn);
        let mut conn = db.write().await.unwrap();
        let same_did = Issuer { id: "other".into(), ..cast::issuer() };
        let error = issuers::insert(&mut conn, &same_did, cast::day(0)).await.unwrap_err();
        assert!(matches!(&error, StoreError::Taken { constraint } if constraint == "issuers_did_key"), "{error:?}");
    }

    async fn a_reference_to_nothing_is_refused(db: Db) {
        let mut conn = db.write().await.unwrap();
        let error = laurel::store::programs::upsert(&mut conn, &cast::program(), 1, cast::day(0)).await.unwrap_err();
        assert!(matches!(error, StoreError::Dangling), "{error:?}");
    }

    async fn the_engine_says_its_version_and_finds_nothing_wrong(db: Db) {
        cast::company(&db).await;
        let version = db.version().await.unwrap();
        assert!(version.starts_with("SQLite 3.") || version.starts_with("PostgreSQL 1"), "{version}");
        assert_eq!(db.integrity().await.unwrap(), Vec::<String>::new());
    }
}

#[tokio::test]
async fn the_sqlite_file_is_made_at_first_start_for_its_owner_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("first.db");
    let db = Db::open(file.to_str().unwrap()).await.unwrap();
    let mut conn = db.write().await.unwrap();
    settings::set(&mut conn, "made", "once").await.unwrap();
    conn.commit().await.unwrap();
    #[cfg(unix)]
    for name in ["first.db", "first.db-wal", "first.db-shm"] {
        let mode = std::os::unix::fs::PermissionsExt::mode(
            &std::fs::metadata(folder.path().join(name)).unwrap().permissions(),
        );
        assert_eq!(mode & 0o077, 0, "{name} can be read by others");
    }
    db.close().await;
    let again = Db::open(&format!("sqlite:{}", file.display())).await.unwrap();
    assert_eq!(settings::get(&mut again.read().await.unwrap(), "made").await.unwrap().as_deref(), Some("once"));
}

#[tokio::test]
async fn two_processes_may_start_on_one_new_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("first.db").display().to_string();
    let opened = tokio::join!(Db::open(&file), Db::open(&file), Db::open(&file));
    for opened in [opened.0, opened.1, opened.2] {
        assert_eq!(opened.err().map(|why| why.to_string()), None);
    }
}

#[tokio::test]
async fn the_same_database_may_be_open_twice() {
    // As when `laurel issue` runs beside `laurel serve`: the second writer waits for the first.
    let sandbox = setup::sqlite().await;
    let beside = Db::open(&sandbox.url).await.unwrap();
    let mut first = sandbox.db.write().await.unwrap();
    settings::set(&mut first, "made", "first").await.unwrap();
    let waiting = tokio::spawn(async move {
        let mut second = beside.write().await.unwrap();
        let seen = settings::get(&mut second, "made").await.unwrap();
        settings::set(&mut second, "made", "second").await.unwrap();
        second.commit().await.unwrap();
        seen
    });
    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    first.commit().await.unwrap();
    assert_eq!(waiting.await.unwrap().as_deref(), Some("first"));
    let mut reader = sandbox.db.read().await.unwrap();
    assert_eq!(settings::get(&mut reader, "made").await.unwrap().as_deref(), Some("second"));
}

#[tokio::test]
async fn a_copy_is_whole_while_the_original_is_written() {
    let sandbox = setup::sqlite().await;
    cast::company(&sandbox.db).await;
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("it's a copy.db");
    // A writer is in the middle of something: the copy holds what was committed before.
    let mut writing = sandbox.db.write().await.unwrap();
    settings::set(&mut writing, "made", "later").await.unwrap();
    sandbox.db.copy_to(&copy).await.unwrap();
    writing.commit().await.unwrap();
    #[cfg(unix)]
    assert_eq!(std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&copy).unwrap().permissions()) & 0o077, 0);
    let opened = Db::open(copy.to_str().unwrap()).await.unwrap();
    assert_eq!(opened.integrity().await.unwrap(), Vec::<String>::new());
    let mut reader = opened.read().await.unwrap();
    assert_eq!(issuers::only(&mut reader).await.unwrap(), Some(cast::issuer()));
    assert_eq!(settings::get(&mut reader, "made").await.unwrap(), None);
    let error = sandbox.db.copy_to(&copy).await.unwrap_err().to_string();
    assert!(error.contains("there is a file already"), "{error}");
}

#[tokio::test]
async fn an_sqlite_reader_cannot_write_and_the_writer_keeps_to_the_disk() {
    let sandbox = setup::sqlite().await;
    let mut reader = sandbox.db.read().await.unwrap();
    let error = settings::set(&mut reader, "made", "never").await.unwrap_err();
    assert!(error.to_string().contains("readonly"), "{error}");
    let Db::Sqlite { write, .. } = &sandbox.db else { panic!("this is SQLite") };
    let pragma = async |name: &'static str| -> String {
        let (value,): (String,) = sqlx::query_as(name).fetch_one(write).await.unwrap();
        value
    };
    assert_eq!(pragma("SELECT journal_mode FROM pragma_journal_mode").await, "wal");
    assert_eq!(pragma("SELECT CAST(synchronous AS TEXT) FROM pragma_synchronous").await, "2");
    assert_eq!(pragma("SELECT CAST(foreign_keys AS TEXT) FROM pragma_foreign_keys").await, "1");
}

#[tokio::test]
async fn what_cannot_be_opened_is_said_in_one_sentence_without_the_password() {
    let cases = [
        ("/nowhere/at/all.db", "/nowhere/at/all.db"),
        ("mysql://root:secret@localhost/x", "give a file path, sqlite:PATH or postgres://USER@HOST/NAME"),
        ("postgres://laurel:secret@127.0.0.1:1/laurel", "postgres://127.0.0.1/laurel"),
        ("", "no path was given"),
    ];
    for (url, expected) in cases {
        let Err(error) = Db::open(url).await else { panic!("{url} was opened") };
        let said = error.to_string();
        assert!(said.starts_with("cannot open the database") && said.contains(expected), "{said}");
        assert!(!said.contains("secret"), "{said}");
    }
}
