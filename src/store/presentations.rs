//! Badges that are to be shown from a wallet: who asks, what was asked, and what came of it. Forgotten after minutes.

use super::{
    Conn, StoreError, columns,
    db::{row, run},
};
use jiff::Timestamp;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PresentationRequest {
    /// As wallets know it.
    pub id: String,
    /// SHA-256 (hex) of what the page that asks is known by.
    pub page_hash: String,
    /// What the holder signs.
    pub nonce: String,
    /// Signed, as wallets are given it.
    pub request: String,
    pub expires_at: Timestamp,
    /// JSON; none while it is open.
    pub answer: Option<String>,
}

/// Opens a request; its `answer` is not looked at.
pub async fn insert(conn: &mut Conn, asked: &PresentationRequest) -> Result<(), StoreError> {
    run!(
        conn,
        "INSERT INTO presentation_requests (id, page_hash, nonce, request, expires_at) VALUES ($1, $2, $3, $4, $5)",
        &asked.id,
        &asked.page_hash,
        &asked.nonce,
        &asked.request,
        asked.expires_at.as_second()
    )?;
    Ok(())
}

/// How many are kept that have not ended.
pub async fn count(conn: &mut Conn, now: Timestamp) -> Result<i64, StoreError> {
    let found =
        row!(conn, (i64,), "SELECT COUNT(*) FROM presentation_requests WHERE expires_at > $1", now.as_second())?;
    Ok(found.map_or(0, |(n,)| n))
}

pub async fn by_id(conn: &mut Conn, id: &str, now: Timestamp) -> Result<Option<PresentationRequest>, StoreError> {
    columns::one(row!(
        conn,
        Row,
        "SELECT id, page_hash, nonce, request, expires_at, answer FROM presentation_requests
         WHERE id = $1 AND expires_at > $2",
        id,
        now.as_second()
    )?)
}

pub async fn by_page(
    conn: &mut Conn,
    page_hash: &str,
    now: Timestamp,
) -> Result<Option<PresentationRequest>, StoreError> {
    columns::one(row!(
        conn,
        Row,
        "SELECT id, page_hash, nonce, request, expires_at, answer FROM presentation_requests
         WHERE page_hash = $1 AND expires_at > $2",
        page_hash,
        now.as_second()
    )?)
}

/// Notes what came of it. False when something did before, or it has ended.
pub async fn answer(conn: &mut Conn, id: &str, answer: &str, now: Timestamp) -> Result<bool, StoreError> {
    let touched = run!(
        conn,
        "UPDATE presentation_requests SET answer = $2 WHERE id = $1 AND answer IS NULL AND expires_at > $3",
        id,
        answer,
        now.as_second()
    )?;
    Ok(touched == 1)
}

pub async fn any_ended(conn: &mut Conn, now: Timestamp) -> Result<bool, StoreError> {
    let found =
        row!(conn, (String,), "SELECT id FROM presentation_requests WHERE expires_at <= $1 LIMIT 1", now.as_second())?;
    Ok(found.is_some())
}

/// Forgets what has ended.
pub async fn sweep(conn: &mut Conn, now: Timestamp) -> Result<(), StoreError> {
    run!(conn, "DELETE FROM presentation_requests WHERE expires_at <= $1", now.as_second())?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    page_hash: String,
    nonce: String,
    request: String,
    expires_at: i64,
    answer: Option<String>,
}

impl TryFrom<Row> for PresentationRequest {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(PresentationRequest {
            id: row.id,
            page_hash: row.page_hash,
            nonce: row.nonce,
            request: row.request,
            expires_at: columns::time("presentation_requests.expires_at", row.expires_at)?,
            answer: row.answer,
        })
    }
}
