//! What was answered to a request with an Idempotency-Key, so that the same request again gets the same answer.

use super::{
    Conn, StoreError,
    columns::unreadable,
    db::{row, run},
};
use jiff::Timestamp;

#[derive(Clone, Debug, PartialEq)]
pub struct Answered {
    /// SHA-256 (hex) of the request's body: another body under the same key is a mistake.
    pub body_hash: String,
    /// HTTP status.
    pub status: u16,
    pub response: String,
}

pub async fn find(conn: &mut Conn, token_id: &str, key: &str) -> Result<Option<Answered>, StoreError> {
    let found = row!(
        conn,
        (String, i64, String),
        "SELECT body_hash, status, response FROM idempotency_keys WHERE token_id = $1 AND key = $2",
        token_id,
        key
    )?;
    found
        .map(|(body_hash, status, response)| {
            let status = u16::try_from(status).map_err(|why| unreadable("idempotency_keys.status", why))?;
            Ok(Answered { body_hash, status, response })
        })
        .transpose()
}

/// Keeps an answer, in the transaction that did the work. `Taken` (`idempotency_keys_pkey`) when another request with the key was quicker.
pub async fn insert(
    conn: &mut Conn,
    token_id: &str,
    key: &str,
    answered: &Answered,
    now: Timestamp,
) -> Result<(), StoreError> {
    run!(
        conn,
        "INSERT INTO idempotency_keys (token_id, key, body_hash, status, response, created_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
        token_id,
        key,
        &answered.body_hash,
        i64::from(answered.status),
        &answered.response,
        now.as_second()
    )?;
    Ok(())
}

/// Puts the answer to a key that this transaction has inserted.
pub async fn complete(
    conn: &mut Conn,
    token_id: &str,
    key: &str,
    status: u16,
    response: &str,
) -> Result<(), StoreError> {
    run!(
        conn,
        "UPDATE idempotency_keys SET status = $3, response = $4 WHERE token_id = $1 AND key = $2",
        token_id,
        key,
        i64::from(status),
        response
    )?;
    Ok(())
}
