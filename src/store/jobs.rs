//! Work that follows a write, put down in the same transaction. Claiming a job moves its time ahead, so that it comes again when its
//! runner died; two runners never claim the same.

use super::{
    Conn, StoreError,
    db::{row, rows, run},
};
use jiff::Timestamp;

#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct Job {
    pub id: i64,
    pub kind: String,
    /// JSON.
    pub payload: String,
    /// This attempt included.
    pub attempts: i64,
}

/// Puts it down; its id.
pub async fn enqueue(conn: &mut Conn, kind: &str, payload: &str, run_at: Timestamp) -> Result<i64, StoreError> {
    let made = row!(
        conn,
        (i64,),
        "INSERT INTO jobs (kind, payload, run_at) VALUES ($1, $2, $3) RETURNING id",
        kind,
        payload,
        run_at.as_second()
    )?;
    made.map(|(id,)| id).ok_or(StoreError::Dangling)
}

/// Takes up to `limit` due jobs for `lease_seconds`; not done by then, they are due again.
pub async fn claim_due(
    conn: &mut Conn,
    now: Timestamp,
    lease_seconds: i64,
    limit: u32,
) -> Result<Vec<Job>, StoreError> {
    // The outer conditions are looked at again when another runner's claim was waited for.
    let mut claimed = rows!(
        conn,
        Job,
        "UPDATE jobs SET run_at = $1 + $2, attempts = attempts + 1
         WHERE id IN (SELECT id FROM jobs WHERE state = 'waiting' AND run_at <= $1 ORDER BY run_at, id LIMIT $3)
             AND state = 'waiting' AND run_at <= $1
         RETURNING id, kind, payload, attempts",
        now.as_second(),
        lease_seconds,
        i64::from(limit)
    )?;
    claimed.sort_by_key(|job| job.id);
    Ok(claimed)
}

pub async fn done(conn: &mut Conn, id: i64) -> Result<(), StoreError> {
    run!(conn, "UPDATE jobs SET state = 'done', last_error = NULL WHERE id = $1", id)?;
    Ok(())
}

/// Notes why it failed; it is tried again at `retry_at`, or never.
pub async fn failed(conn: &mut Conn, id: i64, why: &str, retry_at: Option<Timestamp>) -> Result<(), StoreError> {
    match retry_at {
        Some(at) => run!(
            conn,
            "UPDATE jobs SET last_error = $2, run_at = $3 WHERE id = $1 AND state = 'waiting'",
            id,
            why,
            at.as_second()
        )?,
        None => {
            run!(conn, "UPDATE jobs SET last_error = $2, state = 'dead' WHERE id = $1 AND state = 'waiting'", id, why)?
        }
    };
    Ok(())
}

/// Whether a job of this kind and payload is waiting.
pub async fn waiting(conn: &mut Conn, kind: &str, payload: &str) -> Result<bool, StoreError> {
    let found = row!(
        conn,
        (i64,),
        "SELECT COUNT(*) FROM jobs WHERE state = 'waiting' AND kind = $1 AND payload = $2",
        kind,
        payload
    )?;
    Ok(found.is_some_and(|(n,)| n > 0))
}

/// How many were given up, and why the last one was.
pub async fn given_up(conn: &mut Conn) -> Result<(i64, Option<String>), StoreError> {
    let count = row!(conn, (i64,), "SELECT COUNT(*) FROM jobs WHERE state = 'dead'")?;
    let last = row!(
        conn,
        (String, Option<String>),
        "SELECT kind, last_error FROM jobs WHERE state = 'dead' ORDER BY id DESC LIMIT 1"
    )?;
    let why = last.map(|(kind, why)| format!("{kind}: {}", why.unwrap_or_default()));
    Ok((count.map_or(0, |(n,)| n), why))
}
