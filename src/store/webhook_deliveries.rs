//! What endpoints are told: written with what it tells about, sent afterwards. Claiming moves a message's time ahead, so that it comes
//! again when its sender died; two never claim the same.

use super::{
    Conn, StoreError,
    columns::{self, unreadable},
    db::{each_engine, row, rows, run},
};
use crate::domain::webhook::{Attempt, Delivery, Topic};
use jiff::{SignedDuration, Timestamp};
use sqlx::QueryBuilder;

/// Rows of one statement, well below what either engine binds.
const AT_ONCE: usize = 500;

/// Every column of a delivery, of the table named `d`.
macro_rules! delivery_columns {
    () => {
        "d.id, d.webhook_id, d.person_id, d.topic, d.body, d.created_at, d.next_at, d.attempts, d.delivered_at, d.last_at, d.last_millis,
         d.last_status, d.last_answer, d.last_why"
    };
}

/// New ones, that nothing was tried of.
pub async fn insert(conn: &mut Conn, deliveries: &[Delivery]) -> Result<(), StoreError> {
    for some in deliveries.chunks(AT_ONCE) {
        each_engine!(conn, c => async {
            let mut sql = QueryBuilder::new(
                "INSERT INTO webhook_deliveries (id, webhook_id, person_id, topic, body, created_at, next_at, attempts) ");
            sql.push_values(some, |mut row, delivery| {
                row.push_bind(&delivery.id).push_bind(&delivery.webhook_id).push_bind(&delivery.person_id);
                row.push_bind(delivery.topic.as_str());
                row.push_bind(&delivery.body).push_bind(delivery.created_at.as_second());
                row.push_bind(delivery.next_at.map(Timestamp::as_second)).push_bind(0i64);
            });
            sql.build().execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

pub async fn get(conn: &mut Conn, id: &str) -> Result<Option<Delivery>, StoreError> {
    columns::one(row!(
        conn,
        DeliveryRow,
        concat!("SELECT ", delivery_columns!(), " FROM webhook_deliveries d WHERE d.id = $1"),
        id
    )?)
}

/// What one endpoint was told, newest first, from just before a moment and an id (none for the newest).
pub async fn page(
    conn: &mut Conn,
    webhook_id: &str,
    before: Option<(Timestamp, &str)>,
    limit: u32,
) -> Result<Vec<Delivery>, StoreError> {
    let (at, id) = before.map_or((i64::MAX, ""), |(at, id)| (at.as_second(), id));
    columns::all(rows!(
        conn,
        DeliveryRow,
        concat!(
            "SELECT ",
            delivery_columns!(),
            " FROM webhook_deliveries d WHERE d.webhook_id = $1 AND (d.created_at, d.id) < ($2, $3)
              ORDER BY d.created_at DESC, d.id DESC LIMIT $4"
        ),
        webhook_id,
        at,
        id,
        i64::from(limit)
    )?)
}

/// Whether an endpoint has something due, as a reader can ask.
pub async fn is_due(conn: &mut Conn, webhook_id: &str, now: Timestamp) -> Result<bool, StoreError> {
    let found = row!(
        conn,
        (String,),
        "SELECT id FROM webhook_deliveries WHERE webhook_id = $1 AND next_at IS NOT NULL AND next_at <= $2
         ORDER BY next_at, id LIMIT 1",
        webhook_id,
        now.as_second()
    )?;
    Ok(found.is_some())
}

/// Takes the one of an endpoint that is due longest; not done within `lease`, it is due again.
pub async fn claim(
    conn: &mut Conn,
    webhook_id: &str,
    now: Timestamp,
    lease: SignedDuration,
) -> Result<Option<Delivery>, StoreError> {
    // The outer condition is looked at again when another's claim was waited for.
    columns::one(row!(
        conn,
        DeliveryRow,
        "UPDATE webhook_deliveries SET next_at = $2 + $3, attempts = attempts + 1
         WHERE id IN (SELECT id FROM webhook_deliveries WHERE webhook_id = $1 AND next_at IS NOT NULL AND next_at <= $2
                      ORDER BY next_at, id LIMIT 1)
             AND next_at <= $2
         RETURNING id, webhook_id, person_id, topic, body, created_at, next_at, attempts, delivered_at, last_at, last_millis, last_status,
             last_answer, last_why",
        webhook_id,
        now.as_second(),
        lease.as_secs()
    )?)
}

/// Notes what came of an attempt; it is tried again then, or not any more.
pub async fn attempted(
    conn: &mut Conn,
    id: &str,
    attempt: &Attempt,
    next_at: Option<Timestamp>,
) -> Result<(), StoreError> {
    run!(
        conn,
        "UPDATE webhook_deliveries
         SET next_at = $2, last_at = $3, last_millis = $4, last_status = $5, last_answer = $6, last_why = $7,
             delivered_at = CASE WHEN $8 THEN COALESCE(delivered_at, $3) ELSE delivered_at END
         WHERE id = $1",
        id,
        next_at.map(Timestamp::as_second),
        attempt.at.as_second(),
        i64::from(attempt.millis),
        attempt.status.map(i64::from),
        &attempt.answer,
        &attempt.why,
        attempt.succeeded()
    )?;
    Ok(())
}

/// Lets one be sent again from its beginning, whatever came of it. False when there is none.
pub async fn replay(conn: &mut Conn, id: &str, now: Timestamp) -> Result<bool, StoreError> {
    let touched = run!(
        conn,
        "UPDATE webhook_deliveries SET next_at = $2, attempts = 0, delivered_at = NULL WHERE id = $1",
        id,
        now.as_second()
    )?;
    Ok(touched == 1)
}

/// Gives up what an endpoint still waits for.
pub async fn give_up(conn: &mut Conn, webhook_id: &str) -> Result<(), StoreError> {
    run!(
        conn,
        "UPDATE webhook_deliveries SET next_at = NULL WHERE webhook_id = $1 AND next_at IS NOT NULL",
        webhook_id
    )?;
    Ok(())
}

/// Lets everything that an endpoint did not take be sent; how much that is.
pub async fn take_up(conn: &mut Conn, webhook_id: &str, now: Timestamp) -> Result<u64, StoreError> {
    run!(
        conn,
        "UPDATE webhook_deliveries SET next_at = $2, attempts = 0 WHERE webhook_id = $1 AND delivered_at IS NULL",
        webhook_id,
        now.as_second()
    )
}

/// Whether something was written before a day.
pub async fn has_older(conn: &mut Conn, than: Timestamp) -> Result<bool, StoreError> {
    let found = row!(
        conn,
        (i64,),
        "SELECT created_at FROM webhook_deliveries WHERE created_at < $1 ORDER BY created_at LIMIT 1",
        than.as_second()
    )?;
    Ok(found.is_some())
}

/// Removes what was written before then, sent or not; how much.
pub async fn remove_older(conn: &mut Conn, than: Timestamp) -> Result<u64, StoreError> {
    run!(conn, "DELETE FROM webhook_deliveries WHERE created_at < $1", than.as_second())
}

#[derive(sqlx::FromRow)]
struct DeliveryRow {
    id: String,
    webhook_id: String,
    person_id: Option<String>,
    topic: String,
    body: String,
    created_at: i64,
    next_at: Option<i64>,
    attempts: i64,
    delivered_at: Option<i64>,
    last_at: Option<i64>,
    last_millis: Option<i64>,
    last_status: Option<i64>,
    last_answer: Option<String>,
    last_why: Option<String>,
}

impl TryFrom<DeliveryRow> for Delivery {
    type Error = StoreError;

    fn try_from(row: DeliveryRow) -> Result<Self, StoreError> {
        let last = columns::maybe_time("webhook_deliveries.last_at", row.last_at)?;
        let millis = columns::index("webhook_deliveries.last_millis", row.last_millis.unwrap_or(0))?;
        let status = row.last_status.map(u16::try_from).transpose();
        let status = status.map_err(|why| unreadable("webhook_deliveries.last_status", why))?;
        let (answer, why) = (row.last_answer.unwrap_or_default(), row.last_why);
        Ok(Delivery {
            id: row.id,
            webhook_id: row.webhook_id,
            person_id: row.person_id,
            topic: Topic::parse(&row.topic).map_err(|why| unreadable("webhook_deliveries.topic", why))?,
            body: row.body,
            created_at: columns::time("webhook_deliveries.created_at", row.created_at)?,
            next_at: columns::maybe_time("webhook_deliveries.next_at", row.next_at)?,
            attempts: columns::index("webhook_deliveries.attempts", row.attempts)?,
            delivered_at: columns::maybe_time("webhook_deliveries.delivered_at", row.delivered_at)?,
            last: last.map(|at| Attempt { at, millis, status, answer, why }),
        })
    }
}
