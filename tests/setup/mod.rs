//! A database for each test, on both engines. What a test needs in it is in cast.rs.
//!
//! - SQLite: a file of its own, copied from one that was migrated once.
//! - PostgreSQL: a database of its own, copied from a migrated one, in a cluster that the run starts from installed binaries and
//!   that ends with the run (postgres.rs). Where there is none the test says `SKIPPED:` and why.

pub mod cast;
mod postgres;

use std::path::PathBuf;
use std::sync::OnceLock;

use laurel::store::Db;

/// Where a test does not care about it.
pub const BASE_URL: &str = "https://badges.example";

/// An open database that nobody else uses; it is gone with the test.
pub struct Sandbox {
    pub db: Db,
    /// What `DATABASE_URL` would say.
    pub url: String,
    _folder: Option<tempfile::TempDir>,
}

/// A fresh SQLite file.
pub async fn sqlite() -> Sandbox {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("laurel.db");
    std::fs::write(&file, sqlite_template()).unwrap();
    let url = format!("sqlite:{}", file.display());
    Sandbox { db: Db::open(&url).await.unwrap(), url, _folder: Some(folder) }
}

/// A fresh PostgreSQL database, or none (and said so) where PostgreSQL is not installed.
pub async fn postgres(test: &str) -> Option<Sandbox> {
    match postgres::fresh_database().await {
        Ok(url) => Some(Sandbox { db: Db::open(&url).await.unwrap(), url, _folder: None }),
        Err(why) => {
            println!("SKIPPED: {test} on PostgreSQL: {why}");
            None
        }
    }
}

/// The bytes of a migrated, empty database.
fn sqlite_template() -> &'static [u8] {
    static TEMPLATE: OnceLock<Vec<u8>> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let file: PathBuf = folder.path().join("template.db");
        let url = file.display().to_string();
        apart(async move { Db::open(&url).await.unwrap().close().await });
        std::fs::read(&file).unwrap()
    })
}

/// Runs `work` to its end on a thread of its own: a test already has a runtime, and connections must not outlive theirs.
fn apart<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> T {
    std::thread::spawn(move || {
        tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(work)
    })
    .join()
    .unwrap()
}

/// Writes each test once and runs it as `sqlite::name` and `postgres::name`, with a fresh database for each.
macro_rules! on_both_engines {
    ($($(#[$note:meta])* async fn $name:ident($db:ident: Db) $body:block)*) => {
        mod written {
            use super::*;
            $($(#[$note])* pub async fn $name($db: Db) $body)*
        }
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                let sandbox = crate::setup::sqlite().await;
                super::written::$name(sandbox.db.clone()).await;
            })*
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                if let Some(sandbox) = crate::setup::postgres(stringify!($name)).await {
                    super::written::$name(sandbox.db.clone()).await;
                    sandbox.db.close().await;
                }
            })*
        }
    };
}
pub(crate) use on_both_engines;
