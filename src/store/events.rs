//! Who did what, and when. Rows are only ever added: there is no function here that changes or removes one.

use super::{
    Conn, StoreError, columns,
    db::{rows, run},
};
use jiff::Timestamp;
use serde_json::Value;

#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Grows with each event.
    pub seq: i64,
    pub at: Timestamp,
    /// As `domain::actor::Actor::label` says it.
    pub actor: String,
    /// Such as `award.issued`.
    pub verb: String,
    /// The id of what it was done to.
    pub subject: String,
    pub detail: Value,
}

pub async fn append(
    conn: &mut Conn,
    at: Timestamp,
    actor: &str,
    verb: &str,
    subject: &str,
    detail: &Value,
) -> Result<(), StoreError> {
    run!(
        conn,
        "INSERT INTO events (at, actor, verb, subject, detail) VALUES ($1, $2, $3, $4, $5)",
        at.as_second(),
        actor,
        verb,
        subject,
        detail.to_string()
    )?;
    Ok(())
}

/// From just after `seq` (0 for the first page), oldest first.
pub async fn page(conn: &mut Conn, seq: i64, limit: u32) -> Result<Vec<Event>, StoreError> {
    columns::all(rows!(
        conn,
        EventRow,
        "SELECT seq, at, actor, verb, subject, detail FROM events WHERE seq > $1 ORDER BY seq LIMIT $2",
        seq,
        i64::from(limit)
    )?)
}

/// All that was done to one thing, oldest first.
pub async fn of_subject(conn: &mut Conn, subject: &str) -> Result<Vec<Event>, StoreError> {
    columns::all(rows!(
        conn,
        EventRow,
        "SELECT seq, at, actor, verb, subject, detail FROM events WHERE subject = $1 ORDER BY seq",
        subject
    )?)
}

#[derive(sqlx::FromRow)]
struct EventRow {
    seq: i64,
    at: i64,
    actor: String,
    verb: String,
    subject: String,
    detail: String,
}

impl TryFrom<EventRow> for Event {
    type Error = StoreError;

    fn try_from(row: EventRow) -> Result<Self, StoreError> {
        Ok(Event {
            seq: row.seq,
            at: columns::time("events.at", row.at)?,
            actor: row.actor,
            verb: row.verb,
            subject: row.subject,
            detail: columns::json("events.detail", &row.detail)?,
        })
    }
}
