//! Credentials that programs had signed over the VC-API: what was signed, by which key, and its place in a status list when it
//! can be revoked. A revocation is for ever.

use super::{
    Conn, StoreError, columns,
    db::{rows, run},
};
use jiff::Timestamp;

#[derive(Clone, Debug, PartialEq)]
pub struct ApiCredential {
    /// Of this record; the credential may have no id, or one that others bear too.
    pub id: String,
    pub issuer_id: String,
    pub credential_id: Option<String>,
    pub key_fragment: String,
    pub issued_at: Timestamp,
    /// The list and the index in it.
    pub place: Option<(String, u32)>,
    pub revoked_at: Option<Timestamp>,
    /// As it was given out.
    pub credential: String,
}

pub async fn insert(conn: &mut Conn, row: &ApiCredential) -> Result<(), StoreError> {
    run!(
        conn,
        "INSERT INTO api_credentials (id, issuer_id, credential_id, key_fragment, issued_at, status_list_id, status_index, revoked_at, credential)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &row.id,
        &row.issuer_id,
        row.credential_id.as_deref(),
        &row.key_fragment,
        row.issued_at.as_second(),
        row.place.as_ref().map(|(list, _)| list.as_str()),
        row.place.as_ref().map(|(_, index)| i64::from(*index)),
        row.revoked_at.map(Timestamp::as_second),
        &row.credential
    )?;
    Ok(())
}

/// All that call themselves so, oldest first.
pub async fn named(conn: &mut Conn, credential_id: &str) -> Result<Vec<ApiCredential>, StoreError> {
    columns::all(rows!(
        conn,
        Row,
        "SELECT id, issuer_id, credential_id, key_fragment, issued_at, status_list_id, status_index, revoked_at, credential
         FROM api_credentials WHERE credential_id = $1 ORDER BY issued_at, id",
        credential_id
    )?)
}

/// In pages by id: from just after `id` (empty for the first page).
pub async fn after_id(conn: &mut Conn, id: &str, limit: u32) -> Result<Vec<ApiCredential>, StoreError> {
    columns::all(rows!(
        conn,
        Row,
        "SELECT id, issuer_id, credential_id, key_fragment, issued_at, status_list_id, status_index, revoked_at, credential
         FROM api_credentials WHERE id > $1 ORDER BY id LIMIT $2",
        id,
        i64::from(limit)
    )?)
}

/// Marks one revoked that can be. False when it was before.
pub async fn revoke(conn: &mut Conn, id: &str, now: Timestamp) -> Result<bool, StoreError> {
    let touched = run!(
        conn,
        "UPDATE api_credentials SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL AND status_list_id IS NOT NULL",
        id,
        now.as_second()
    )?;
    Ok(touched == 1)
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    issuer_id: String,
    credential_id: Option<String>,
    key_fragment: String,
    issued_at: i64,
    status_list_id: Option<String>,
    status_index: Option<i64>,
    revoked_at: Option<i64>,
    credential: String,
}

impl TryFrom<Row> for ApiCredential {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let index = |index| columns::index("api_credentials.status_index", index);
        Ok(ApiCredential {
            id: row.id,
            issuer_id: row.issuer_id,
            credential_id: row.credential_id,
            key_fragment: row.key_fragment,
            issued_at: columns::time("api_credentials.issued_at", row.issued_at)?,
            place: match row.status_list_id.zip(row.status_index) {
                Some((list, at)) => Some((list, index(at)?)),
                None => None,
            },
            revoked_at: columns::maybe_time("api_credentials.revoked_at", row.revoked_at)?,
            credential: row.credential,
        })
    }
}
