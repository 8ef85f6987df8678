//! The only file that knows there are two engines.
//!
//! Rules:
//! - Every store function takes one `&mut Conn` and has one SQL text with `$1…`; the macros below expand it for SQLite and PostgreSQL.
//! - `Db::read` gives a pooled connection, `Db::write` a transaction: what is not committed leaves nothing, also when dropped.
//! - SQLite has one writer (BEGIN IMMEDIATE, WAL, synchronous=FULL: what was acknowledged is on disk) and a pool of readers that
//!   cannot write. An action holds one write `Conn` and asks for no second one: it would wait for itself.
//! - Both engines name a broken unique rule alike: `{table}_{column…}_key`, or `{table}_pkey`.

use super::events;

use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{
    AssertSqlSafe, Connection, PgConnection, PgPool, Postgres, SqlSafeStr, Sqlite, SqliteConnection, SqlitePool,
    Transaction,
    migrate::{MigrateError, Migration, Migrator},
    pool::PoolConnection,
};

/// How long a write waits for another one, and a request for a connection.
const PATIENCE: Duration = Duration::from_secs(15);
/// How long to wait before asking again for a file that another process has alone.
const TURN: Duration = Duration::from_millis(50);
/// Older write-ahead logging could corrupt a database when two connections checkpoint at once.
const OLDEST_SQLITE: (u32, u32, u32) = (3, 51, 3);

/// The open database. Cheap to clone; every clone shares the same connections.
#[derive(Clone)]
pub enum Db {
    Sqlite { write: SqlitePool, read: SqlitePool },
    Postgres(PgPool),
}

/// One connection, of either engine, for reading or inside a write transaction.
pub struct Conn {
    inner: Inner,
    /// Events that come into the record with the commit (events.rs).
    pub(super) waiting: Vec<events::Link>,
}

enum Inner {
    SqliteRead(PoolConnection<Sqlite>),
    SqliteWrite(Transaction<'static, Sqlite>),
    PostgresRead(PoolConnection<Postgres>),
    PostgresWrite(Transaction<'static, Postgres>),
}

/// The bare connection under a `Conn`, for the macros.
pub(super) enum Engine<'c> {
    Sqlite(&'c mut SqliteConnection),
    Postgres(&'c mut PgConnection),
}

/// What the store can't do, said so that an action can answer for it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A unique rule refused the row; `constraint` is `{table}_{column…}_key` or `{table}_pkey` on both engines.
    #[error("already taken ({constraint})")]
    Taken { constraint: String },
    /// The row refers to something that is not there.
    #[error("refers to a record that does not exist")]
    Dangling,
    /// A status list would go back: an older version, or a revocation taken away.
    #[error("status list {list} would go backward: {why}")]
    Backward { list: String, why: &'static str },
    /// Another writer held the database longer than a write waits.
    #[error("the database is busy, try again")]
    Busy,
    #[error("cannot open the database {location}: {reason}")]
    Open { location: String, reason: String },
    #[error("cannot copy the database to {location}: {reason}")]
    Copy { location: String, reason: String },
    #[error("SQLite {found} is too old: Laurel needs 3.51.3 or newer, which keeps its write-ahead log safe")]
    TooOld { found: String },
    #[error(
        "the database was made by a newer Laurel (its tables are at step {step}); run that one, or restore an older backup"
    )]
    Newer { step: i64 },
    #[error("the database could not be brought up to date: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// A stored value that no version of Laurel writes.
    #[error("the database holds a value that cannot be read: {what}")]
    Unreadable { what: String },
    #[error("the database failed: {0}")]
    Database(#[source] sqlx::Error),
}

impl Db {
    /// Opens `sqlite:PATH`, a bare path or `postgres://…`, creates the SQLite file when there is none (readable by its owner only,
    /// since it holds names and addresses), and brings the tables up to date.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let db = if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            open_postgres(url).await?
        } else if let Some((scheme, _)) = url.split_once("://").filter(|(s, _)| *s != "sqlite") {
            return Err(StoreError::Open {
                location: format!("{scheme}://…"),
                reason: "give a file path, sqlite:PATH or postgres://USER@HOST/NAME".into(),
            });
        } else {
            let path = url.strip_prefix("sqlite:").unwrap_or(url);
            open_sqlite(Path::new(path.strip_prefix("//").unwrap_or(path))).await?
        };
        db.migrate().await.map_err(|why| match why {
            StoreError::Migrate(MigrateError::VersionMissing(step)) => StoreError::Newer { step },
            other => other,
        })?;
        // What was recorded before the record was a chain.
        if events::chain_waits(&mut db.read().await?).await? {
            let mut conn = db.write().await?;
            events::begin_chain(&mut conn).await?;
            conn.commit().await?;
        }
        Ok(db)
    }

    /// A pooled connection for reading. On SQLite it cannot write.
    pub async fn read(&self) -> Result<Conn, StoreError> {
        Ok(Conn::new(match self {
            Db::Sqlite { read, .. } => Inner::SqliteRead(read.acquire().await?),
            Db::Postgres(pool) => Inner::PostgresRead(pool.acquire().await?),
        }))
    }

    /// A write transaction. Nothing of it stays unless it is committed.
    pub async fn write(&self) -> Result<Conn, StoreError> {
        Ok(Conn::new(match self {
            Db::Sqlite { write, .. } => Inner::SqliteWrite(write.begin_with("BEGIN IMMEDIATE").await?),
            Db::Postgres(pool) => Inner::PostgresWrite(pool.begin().await?),
        }))
    }

    /// "SQLite 3.51.3" or "PostgreSQL 17.2".
    pub async fn version(&self) -> Result<String, StoreError> {
        Ok(match self {
            Db::Sqlite { read, .. } => format!("SQLite {}", sqlite_version(read).await?),
            Db::Postgres(pool) => {
                let found: String = sqlx::query_scalar("SHOW server_version").fetch_one(pool).await?;
                format!("PostgreSQL {found}")
            }
        })
    }

    /// What the engine itself finds wrong with the stored data; empty when sound. PostgreSQL has no such check of its own, so
    /// there it only answers that it can be reached.
    pub async fn integrity(&self) -> Result<Vec<String>, StoreError> {
        match self {
            Db::Sqlite { read, .. } => {
                let found: Vec<String> = sqlx::query_scalar("PRAGMA integrity_check").fetch_all(read).await?;
                let dangling: Vec<String> =
                    sqlx::query_scalar("SELECT \"table\" FROM pragma_foreign_key_check").fetch_all(read).await?;
                let dangling =
                    dangling.into_iter().map(|table| format!("a row of {table} refers to a record that is not there"));
                Ok(found.into_iter().filter(|line| line != "ok").chain(dangling).collect())
            }
            Db::Postgres(pool) => {
                sqlx::query("SELECT 1").execute(pool).await?;
                Ok(Vec::new())
            }
        }
    }

    /// A whole copy of an SQLite database as it stands, made while others read and write it; for backups. The file must be new.
    /// PostgreSQL has `pg_dump` for this.
    pub async fn copy_to(&self, path: &Path) -> Result<(), StoreError> {
        let failed = |reason: String| StoreError::Copy { location: path.display().to_string(), reason };
        let Db::Sqlite { read, .. } = self else {
            return Err(failed("use pg_dump for a PostgreSQL database".into()));
        };
        if path.exists() {
            return Err(failed("there is a file already".into()));
        }
        create_private(path).map_err(|error| failed(error.to_string()))?;
        let options = SqliteConnectOptions::clone(&read.connect_options()).pragma("query_only", "off");
        let mut conn = SqliteConnection::connect_with(&options).await?;
        sqlx::query("VACUUM INTO $1")
            .bind(path.display().to_string())
            .execute(&mut conn)
            .await
            .map_err(|error| failed(error.to_string()))?;
        conn.close().await?;
        Ok(())
    }

    /// Rewrites the database without the bytes of what was removed, which an engine otherwise keeps until it needs the room. On SQLite the whole
    /// file, while which nothing else is written; PostgreSQL frees the room of removed rows and writes over it as it goes on.
    pub async fn scrub(&self) -> Result<(), StoreError> {
        match self {
            Db::Sqlite { write, .. } => {
                let mut conn = write.acquire().await?;
                // The planner's samples hold values of rows, too; they are taken anew.
                sqlx::query("PRAGMA analysis_limit = 400").execute(&mut *conn).await?;
                sqlx::query("ANALYZE").execute(&mut *conn).await?;
                sqlx::query("VACUUM").execute(&mut *conn).await?;
                sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut *conn).await?;
            }
            Db::Postgres(pool) => {
                sqlx::query("VACUUM").execute(pool).await?;
            }
        }
        Ok(())
    }

    /// Closes every connection; on SQLite this folds the write-ahead log into the file.
    pub async fn close(&self) {
        match self {
            Db::Sqlite { write, read } => {
                read.close().await;
                write.close().await;
            }
            Db::Postgres(pool) => pool.close().await,
        }
    }

    async fn migrate(&self) -> Result<(), StoreError> {
        // Read when this file is compiled; touch it when a file of migrations/ is added or changed.
        let written = sqlx::migrate!();
        match self {
            // Under the writer's lock, so that two processes starting at once don't both create the tables.
            Db::Sqlite { write, .. } => {
                let translated = Migrator::with_migrations(written.iter().map(|step| for_engine(step, true)).collect());
                let mut lock = write.begin_with("BEGIN IMMEDIATE").await?;
                translated.run_direct(None, &mut *lock, false).await?;
                lock.commit().await?;
            }
            Db::Postgres(pool) => {
                let translated = written.iter().map(|step| for_engine(step, false)).collect();
                Migrator::with_migrations(translated).run(pool).await?;
            }
        }
        Ok(())
    }
}

impl Conn {
    fn new(inner: Inner) -> Self {
        Conn { inner, waiting: Vec::new() }
    }

    /// Makes a write transaction lasting, with its events. On a reading connection there is nothing to do.
    pub async fn commit(mut self) -> Result<(), StoreError> {
        events::record(&mut self).await?;
        match self.inner {
            Inner::SqliteWrite(transaction) => transaction.commit().await?,
            Inner::PostgresWrite(transaction) => transaction.commit().await?,
            Inner::SqliteRead(_) | Inner::PostgresRead(_) => {}
        }
        Ok(())
    }

    pub(super) fn is_transaction(&self) -> bool {
        matches!(self.inner, Inner::SqliteWrite(_) | Inner::PostgresWrite(_))
    }

    pub(super) fn engine(&mut self) -> Engine<'_> {
        match &mut self.inner {
            Inner::SqliteRead(conn) => Engine::Sqlite(conn),
            Inner::SqliteWrite(conn) => Engine::Sqlite(conn),
            Inner::PostgresRead(conn) => Engine::Postgres(conn),
            Inner::PostgresWrite(conn) => Engine::Postgres(conn),
        }
    }
}

/// `$conn` is a `&mut Conn`; the body is compiled once for each engine.
macro_rules! each_engine {
    ($conn:expr, $c:ident => $body:expr) => {
        match $conn.engine() {
            $crate::store::db::Engine::Sqlite($c) => $body.await,
            $crate::store::db::Engine::Postgres($c) => $body.await,
        }
        .map_err($crate::store::db::StoreError::from)
    };
}

/// Every row of a query, as `$row` (a `FromRow` of either engine).
macro_rules! rows {
    ($conn:expr, $row:ty, $sql:expr $(, $arg:expr)* $(,)?) => {
        $crate::store::db::each_engine!($conn, c => sqlx::query_as::<_, $row>($sql)$(.bind($arg))*.fetch_all(c))
    };
}

/// The one row of a query, or none.
macro_rules! row {
    ($conn:expr, $row:ty, $sql:expr $(, $arg:expr)* $(,)?) => {
        $crate::store::db::each_engine!($conn, c => sqlx::query_as::<_, $row>($sql)$(.bind($arg))*.fetch_optional(c))
    };
}

/// Runs a statement; how many rows it touched.
macro_rules! run {
    ($conn:expr, $sql:expr $(, $arg:expr)* $(,)?) => {
        $crate::store::db::each_engine!($conn, c => async {
            sqlx::query($sql)$(.bind($arg))*.execute(c).await.map(|done| done.rows_affected())
        })
    };
}

/// Values, each bound, with commas between: for what stands inside `IN (…)`.
macro_rules! push_list {
    ($sql:ident, $values:expr) => {{
        let mut list = $sql.separated(", ");
        for value in $values {
            list.push_bind(value);
        }
    }};
}

pub(super) use {each_engine, push_list, row, rows, run};

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let Some(db) = error.as_database_error() else {
            return match error {
                sqlx::Error::PoolTimedOut => StoreError::Busy,
                sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => {
                    StoreError::Unreadable { what: error.to_string() }
                }
                other => StoreError::Database(other),
            };
        };
        if db.is_unique_violation() {
            let constraint = match db.constraint() {
                Some(name) => name.to_owned(),
                None => sqlite_constraint(db.message(), db.code().as_deref() == Some("1555")),
            };
            return StoreError::Taken { constraint };
        }
        if db.is_foreign_key_violation() {
            return StoreError::Dangling;
        }
        // SQLITE_BUSY and its extended codes; PostgreSQL's lock_not_available and serialization failures.
        match db.code().as_deref() {
            Some("5" | "261" | "517" | "55P03" | "40001" | "40P01") => StoreError::Busy,
            _ => StoreError::Database(error),
        }
    }
}

/// "UNIQUE constraint failed: t.a, t.b" in PostgreSQL's words: `t_a_b_key`, or `t_pkey`.
fn sqlite_constraint(message: &str, primary: bool) -> String {
    let columns = message.rsplit_once(": ").map_or(message, |(_, columns)| columns);
    let table = columns.split_once('.').map_or(columns, |(table, _)| table);
    if primary {
        return format!("{table}_pkey");
    }
    let mut name = table.to_owned();
    for column in columns.split(", ") {
        name.push('_');
        name.push_str(column.split_once('.').map_or(column, |(_, column)| column));
    }
    name + "_key"
}

/// What a migration says to one engine: lines under a mark are for one of them alone, and a number that counts up by itself is said
/// in SQLite's words.
fn for_engine(written: &Migration, sqlite: bool) -> Migration {
    let text = written.sql.as_str();
    if !sqlite && !text.contains("\n-- PostgreSQL only:\n") {
        return written.clone();
    }
    let (mut sql, mut meant) = (String::new(), true);
    for line in text.split_inclusive('\n') {
        match line.trim_end() {
            "-- SQLite only:" => meant = sqlite,
            "-- PostgreSQL only:" => meant = !sqlite,
            "-- Both again." => meant = true,
            _ if meant => sql.push_str(line),
            _ => {}
        }
    }
    if sqlite {
        sql = sql.replace("BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY", "INTEGER PRIMARY KEY AUTOINCREMENT");
    }
    Migration::new(
        written.version,
        written.description.clone(),
        written.migration_type,
        AssertSqlSafe(sql).into_sql_str(),
        written.no_tx,
    )
}

/// Where an SQLite database lies; none of PostgreSQL's or what can't be opened.
pub fn sqlite_path(url: &str) -> Option<&Path> {
    let path = url.strip_prefix("sqlite:").unwrap_or(url);
    let path = path.strip_prefix("//").unwrap_or(path);
    (!path.contains("://")).then(|| Path::new(path))
}

async fn open_sqlite(path: &Path) -> Result<Db, StoreError> {
    let failed = |reason: String| StoreError::Open { location: path.display().to_string(), reason };
    if path.as_os_str().is_empty() {
        return Err(failed("no path was given".into()));
    }
    create_private(path).map_err(|error| failed(error.to_string()))?;
    let options = SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(PATIENCE);
    // Only the writer keeps the planner's statistics up to date, since that is a write.
    let writer = options.clone().optimize_on_close(true, Some(400));
    let write = connect_patiently(writer).await.map_err(|error| failed(error.to_string()))?;
    let found = sqlite_version(&write).await?;
    if version_parts(&found) < OLDEST_SQLITE {
        return Err(StoreError::TooOld { found });
    }
    let readers = std::thread::available_parallelism().map_or(4, |n| n.get() as u32).clamp(4, 16);
    let read = sqlite_pool(readers).connect_lazy_with(options.pragma("query_only", "on"));
    Ok(Db::Sqlite { write, read })
}

/// Switching a new file to the write-ahead log takes it alone, and SQLite waits for no one else there: processes that start at once
/// on a new file take turns here.
async fn connect_patiently(writer: SqliteConnectOptions) -> Result<SqlitePool, sqlx::Error> {
    let mut tries = PATIENCE.as_millis() / TURN.as_millis();
    loop {
        match sqlite_pool(1).connect_with(writer.clone()).await {
            Err(error) if tries > 0 && is_locked(&error) => {
                tries -= 1;
                tokio::time::sleep(TURN).await;
            }
            done => return done,
        }
    }
}

/// SQLITE_BUSY and its extended codes for recovery and snapshots.
fn is_locked(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(|error| error.code());
    matches!(code.as_deref(), Some("5" | "261" | "517"))
}

/// Connections to a local file never go stale, so none is thrown away or probed before use.
fn sqlite_pool(size: u32) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(size)
        .acquire_timeout(PATIENCE)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
}

/// Makes the file, if there is none, for its owner alone; SQLite gives its log files the same mode.
fn create_private(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

async fn sqlite_version(pool: &SqlitePool) -> Result<String, StoreError> {
    Ok(sqlx::query_scalar("SELECT sqlite_version()").fetch_one(pool).await?)
}

fn version_parts(version: &str) -> (u32, u32, u32) {
    let mut parts = version.split('.').map(|part| part.parse().unwrap_or(0));
    let mut next = || parts.next().unwrap_or(0);
    (next(), next(), next())
}

async fn open_postgres(url: &str) -> Result<Db, StoreError> {
    let failed = |location: String, error: sqlx::Error| StoreError::Open { location, reason: error.to_string() };
    let options = PgConnectOptions::from_str(url)
        .map_err(|error| failed("postgres://…".into(), error))?
        .application_name("laurel")
        .options([("lock_timeout", "15s")]);
    // Never the whole URL: it may hold a password.
    let location = format!("postgres://{}/{}", options.get_host(), options.get_database().unwrap_or_default());
    // One plain connection first: it says at once what is wrong, where the pool would only say that time ran out.
    let first = PgConnection::connect_with(&options).await.map_err(|error| failed(location, error))?;
    first.close().await?;
    let pool = PgPoolOptions::new().max_connections(16).acquire_timeout(PATIENCE).connect_lazy_with(options);
    Ok(Db::Postgres(pool))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_sqlite_whose_log_is_not_safe_is_too_old() {
        for old in ["3.51.2", "3.50.9", "3.9.0", "2.8.17", "", "3"] {
            assert!(version_parts(old) < OLDEST_SQLITE, "{old}");
        }
        for new in ["3.51.3", "3.52.0", "3.100.0", "4.0.0"] {
            assert!(version_parts(new) >= OLDEST_SQLITE, "{new}");
        }
    }

    #[test]
    fn a_broken_rule_of_sqlite_gets_the_name_it_has_on_postgresql() {
        let unique = |message| sqlite_constraint(message, false);
        assert_eq!(unique("UNIQUE constraint failed: people.email"), "people_email_key");
        assert_eq!(
            unique("UNIQUE constraint failed: awards.status_list_id, awards.status_index"),
            "awards_status_list_id_status_index_key"
        );
        assert_eq!(sqlite_constraint("UNIQUE constraint failed: awards.id", true), "awards_pkey");
    }
}
