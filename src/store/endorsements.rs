//! The record of endorsements. A row is never changed but for being revoked (once, for ever) and for its JWT.

use super::{
    Conn, StoreError, columns,
    db::{row, rows, run},
};
use crate::domain::endorsement::Endorsement;
use jiff::Timestamp;

/// Every column of an endorsement.
macro_rules! endorsement_columns {
    () => {
        "id, issuer_id, subject, comment, valid_from, valid_until, issued_at, verification_method, status_list_id, status_index,
         revoked_at, revocation_reason, credential, jwt, jwt_key"
    };
}

pub async fn insert(conn: &mut Conn, endorsement: &Endorsement) -> Result<(), StoreError> {
    let (jwt_key, jwt) = endorsement.jwt.as_ref().map(|(key, jwt)| (key, jwt)).unzip();
    run!(
        conn,
        "INSERT INTO endorsements (id, issuer_id, subject, comment, valid_from, valid_until, issued_at, verification_method,
             status_list_id, status_index, revoked_at, revocation_reason, credential, jwt, jwt_key)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        &endorsement.id,
        &endorsement.issuer_id,
        &endorsement.subject,
        &endorsement.comment,
        endorsement.valid_from.as_second(),
        endorsement.valid_until.map(Timestamp::as_second),
        endorsement.issued_at.as_second(),
        &endorsement.verification_method,
        &endorsement.status_list_id,
        i64::from(endorsement.status_index),
        endorsement.revoked_at.map(Timestamp::as_second),
        &endorsement.revocation_reason,
        &endorsement.credential,
        jwt,
        jwt_key
    )?;
    Ok(())
}

pub async fn get(conn: &mut Conn, id: &str) -> Result<Option<Endorsement>, StoreError> {
    columns::one(row!(
        conn,
        EndorsementRow,
        concat!("SELECT ", endorsement_columns!(), " FROM endorsements WHERE id = $1"),
        id
    )?)
}

/// What is said for one thing and was not taken back, oldest first.
pub async fn of_subject(conn: &mut Conn, subject: &str) -> Result<Vec<Endorsement>, StoreError> {
    columns::all(rows!(
        conn,
        EndorsementRow,
        concat!(
            "SELECT ",
            endorsement_columns!(),
            " FROM endorsements WHERE subject = $1 AND revoked_at IS NULL AND credential <> '' ORDER BY issued_at, id"
        ),
        subject
    )?)
}

/// The whole record by id, in pages: from just after `id` (empty for the first page).
pub async fn after_id(conn: &mut Conn, id: &str, limit: u32) -> Result<Vec<Endorsement>, StoreError> {
    columns::all(rows!(
        conn,
        EndorsementRow,
        concat!("SELECT ", endorsement_columns!(), " FROM endorsements WHERE id > $1 ORDER BY id LIMIT $2"),
        id,
        i64::from(limit)
    )?)
}

/// Revokes for ever; `reason` is for the record. False when it was revoked before (or is not there): nothing is changed then.
pub async fn revoke(conn: &mut Conn, id: &str, at: Timestamp, reason: &str) -> Result<bool, StoreError> {
    let touched = run!(
        conn,
        "UPDATE endorsements SET revoked_at = $2, revocation_reason = $3 WHERE id = $1 AND revoked_at IS NULL",
        id,
        at.as_second(),
        reason
    )?;
    Ok(touched == 1)
}

/// The id and credential of those that are not there as JWT, by id, in pages: from just after `id` (empty for the first page).
pub async fn lacking_jwt(conn: &mut Conn, id: &str, limit: u32) -> Result<Vec<(String, String)>, StoreError> {
    rows!(
        conn,
        (String, String),
        "SELECT id, credential FROM endorsements WHERE id > $1 AND jwt IS NULL AND credential <> '' ORDER BY id LIMIT $2",
        id,
        i64::from(limit)
    )
}

/// Keeps the JWT of an endorsement that has none. False when it has one already: what was given out stays.
pub async fn set_jwt(conn: &mut Conn, id: &str, key_fragment: &str, jwt: &str) -> Result<bool, StoreError> {
    let touched = run!(
        conn,
        "UPDATE endorsements SET jwt = $3, jwt_key = $2 WHERE id = $1 AND jwt IS NULL",
        id,
        key_fragment,
        jwt
    )?;
    Ok(touched == 1)
}

/// Drops the JWTs that a key signed; answers how many.
pub async fn drop_jwts_of_key(conn: &mut Conn, key_fragment: &str) -> Result<u64, StoreError> {
    run!(conn, "UPDATE endorsements SET jwt = NULL, jwt_key = NULL WHERE jwt_key = $1", key_fragment)
}

#[derive(sqlx::FromRow)]
struct EndorsementRow {
    id: String,
    issuer_id: String,
    subject: String,
    comment: String,
    valid_from: i64,
    valid_until: Option<i64>,
    issued_at: i64,
    verification_method: String,
    status_list_id: String,
    status_index: i64,
    revoked_at: Option<i64>,
    revocation_reason: Option<String>,
    credential: String,
    jwt: Option<String>,
    jwt_key: Option<String>,
}

impl TryFrom<EndorsementRow> for Endorsement {
    type Error = StoreError;

    fn try_from(row: EndorsementRow) -> Result<Self, StoreError> {
        Ok(Endorsement {
            id: row.id,
            issuer_id: row.issuer_id,
            subject: row.subject,
            comment: row.comment,
            valid_from: columns::time("endorsements.valid_from", row.valid_from)?,
            valid_until: columns::maybe_time("endorsements.valid_until", row.valid_until)?,
            issued_at: columns::time("endorsements.issued_at", row.issued_at)?,
            verification_method: row.verification_method,
            status_list_id: row.status_list_id,
            status_index: columns::index("endorsements.status_index", row.status_index)?,
            revoked_at: columns::maybe_time("endorsements.revoked_at", row.revoked_at)?,
            revocation_reason: row.revocation_reason,
            credential: row.credential,
            jwt: row.jwt_key.zip(row.jwt),
        })
    }
}
