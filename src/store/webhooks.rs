//! Where others want to be told of what happens. Addresses and secrets are sealed before they come here.

use super::{
    Conn, StoreError,
    columns::{self, unreadable},
    db::{row, rows, run},
};
use crate::domain::webhook::{Audience, Endpoint, EndpointKind, OffWhy, Topic};
use jiff::Timestamp;

/// Every column of an endpoint, of the table named `w`.
macro_rules! webhook_columns {
    () => {
        "w.id, w.kind, w.name, w.address, w.shown_as, w.secret, w.old_secret, w.old_until, w.topics, w.awards, w.failing_since,
         w.off_since, w.off_why, w.created_at, w.created_by"
    };
}

pub async fn insert(conn: &mut Conn, endpoint: &Endpoint) -> Result<(), StoreError> {
    let words: Vec<&str> = endpoint.topics.iter().map(|topic| topic.as_str()).collect();
    let topics = serde_json::to_string(&words).map_err(|why| unreadable("webhooks.topics", why))?;
    run!(
        conn,
        "INSERT INTO webhooks (id, kind, name, address, shown_as, secret, topics, awards, created_at, created_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        &endpoint.id,
        endpoint.kind.as_str(),
        &endpoint.name,
        &endpoint.address,
        &endpoint.shown_as,
        &endpoint.secret,
        &topics,
        endpoint.awards.as_str(),
        endpoint.created_at.as_second(),
        &endpoint.created_by
    )?;
    Ok(())
}

/// In the order they were added.
pub async fn all(conn: &mut Conn) -> Result<Vec<Endpoint>, StoreError> {
    columns::all(rows!(
        conn,
        WebhookRow,
        concat!("SELECT ", webhook_columns!(), " FROM webhooks w ORDER BY w.created_at, w.id")
    )?)
}

pub async fn get(conn: &mut Conn, id: &str) -> Result<Option<Endpoint>, StoreError> {
    columns::one(row!(
        conn,
        WebhookRow,
        concat!("SELECT ", webhook_columns!(), " FROM webhooks w WHERE w.id = $1"),
        id
    )?)
}

/// With everything that it was told. False when there is none.
pub async fn remove(conn: &mut Conn, id: &str) -> Result<bool, StoreError> {
    run!(conn, "DELETE FROM webhook_deliveries WHERE webhook_id = $1", id)?;
    Ok(run!(conn, "DELETE FROM webhooks WHERE id = $1", id)? == 1)
}

/// Another secret from now on; the one before signs as well until then.
pub async fn rotate(conn: &mut Conn, id: &str, secret: &str, old_until: Timestamp) -> Result<bool, StoreError> {
    let touched = run!(
        conn,
        "UPDATE webhooks SET old_secret = secret, old_until = $3, secret = $2 WHERE id = $1 AND secret IS NOT NULL",
        id,
        secret,
        old_until.as_second()
    )?;
    Ok(touched == 1)
}

/// Notes that it took something.
pub async fn took(conn: &mut Conn, id: &str) -> Result<(), StoreError> {
    run!(conn, "UPDATE webhooks SET failing_since = NULL WHERE id = $1 AND failing_since IS NOT NULL", id)?;
    Ok(())
}

/// Notes that it did not take something; since when that is so.
pub async fn failed(conn: &mut Conn, id: &str, at: Timestamp) -> Result<Option<Timestamp>, StoreError> {
    let found = row!(
        conn,
        (i64,),
        "UPDATE webhooks SET failing_since = COALESCE(failing_since, $2) WHERE id = $1 RETURNING failing_since",
        id,
        at.as_second()
    )?;
    found.map(|(since,)| columns::time("webhooks.failing_since", since)).transpose()
}

/// False when it is off already, or not there.
pub async fn switch_off(conn: &mut Conn, id: &str, at: Timestamp, why: OffWhy) -> Result<bool, StoreError> {
    let touched = run!(
        conn,
        "UPDATE webhooks SET off_since = $2, off_why = $3 WHERE id = $1 AND off_since IS NULL",
        id,
        at.as_second(),
        why.as_str()
    )?;
    Ok(touched == 1)
}

/// False when it is on already, or not there.
pub async fn switch_on(conn: &mut Conn, id: &str) -> Result<bool, StoreError> {
    let touched = run!(
        conn,
        "UPDATE webhooks SET off_since = NULL, off_why = NULL, failing_since = NULL WHERE id = $1 AND off_since IS NOT NULL",
        id
    )?;
    Ok(touched == 1)
}

#[derive(sqlx::FromRow)]
struct WebhookRow {
    id: String,
    kind: String,
    name: String,
    address: String,
    shown_as: String,
    secret: Option<String>,
    old_secret: Option<String>,
    old_until: Option<i64>,
    topics: String,
    awards: String,
    failing_since: Option<i64>,
    off_since: Option<i64>,
    off_why: Option<String>,
    created_at: i64,
    created_by: String,
}

impl TryFrom<WebhookRow> for Endpoint {
    type Error = StoreError;

    fn try_from(row: WebhookRow) -> Result<Self, StoreError> {
        let words: Vec<String> = columns::json("webhooks.topics", &row.topics)?;
        let topics: Result<_, _> = words.iter().map(|word| Topic::parse(word)).collect();
        let old_until = columns::maybe_time("webhooks.old_until", row.old_until)?;
        let off_since = columns::maybe_time("webhooks.off_since", row.off_since)?;
        let off_why = row.off_why.map(|word| OffWhy::parse(&word)).transpose();
        Ok(Endpoint {
            id: row.id,
            kind: EndpointKind::parse(&row.kind).map_err(|why| unreadable("webhooks.kind", why))?,
            name: row.name,
            address: row.address,
            shown_as: row.shown_as,
            secret: row.secret,
            old_secret: row.old_secret.zip(old_until),
            topics: topics.map_err(|why: String| unreadable("webhooks.topics", why))?,
            awards: Audience::parse(&row.awards).map_err(|why| unreadable("webhooks.awards", why))?,
            failing_since: columns::maybe_time("webhooks.failing_since", row.failing_since)?,
            off: off_since.zip(off_why.map_err(|why| unreadable("webhooks.off_why", why))?),
            created_at: columns::time("webhooks.created_at", row.created_at)?,
            created_by: row.created_by,
        })
    }
}
