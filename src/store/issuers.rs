//! Issuers: who signs. A deployment has one or more; the first is the one that a command means when it names none.

use super::{
    Conn, StoreError,
    db::{row, rows, run},
};
use crate::domain::issuer::Issuer;
use jiff::Timestamp;

/// A second issuer of the same id or DID is `Taken`.
pub async fn insert(conn: &mut Conn, issuer: &Issuer, now: Timestamp) -> Result<(), StoreError> {
    run!(
        conn,
        "INSERT INTO issuers (id, did, name, url, email, linkedin_id, time_zone, show_revocation_reason, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &issuer.id,
        &issuer.did,
        &issuer.name,
        &issuer.url,
        &issuer.email,
        &issuer.linkedin_id,
        &issuer.time_zone,
        issuer.show_revocation_reason,
        now.as_second()
    )?;
    Ok(())
}

pub async fn get(conn: &mut Conn, id: &str) -> Result<Option<Issuer>, StoreError> {
    let found = row!(
        conn,
        IssuerRow,
        "SELECT id, did, name, url, email, linkedin_id, time_zone, show_revocation_reason FROM issuers WHERE id = $1",
        id
    )?;
    Ok(found.map(Issuer::from))
}

/// The deployment's first issuer; none before `laurel init`.
pub async fn only(conn: &mut Conn) -> Result<Option<Issuer>, StoreError> {
    Ok(all(conn).await?.into_iter().next())
}

/// In the order they were made.
pub async fn all(conn: &mut Conn) -> Result<Vec<Issuer>, StoreError> {
    let found = rows!(
        conn,
        IssuerRow,
        "SELECT id, did, name, url, email, linkedin_id, time_zone, show_revocation_reason FROM issuers
         ORDER BY created_at, id"
    )?;
    Ok(found.into_iter().map(Issuer::from).collect())
}

#[derive(sqlx::FromRow)]
struct IssuerRow {
    id: String,
    did: String,
    name: String,
    url: String,
    email: Option<String>,
    linkedin_id: Option<String>,
    time_zone: String,
    show_revocation_reason: bool,
}

impl From<IssuerRow> for Issuer {
    fn from(row: IssuerRow) -> Self {
        Issuer {
            id: row.id,
            did: row.did,
            name: row.name,
            url: row.url,
            email: row.email,
            linkedin_id: row.linkedin_id,
            time_zone: row.time_zone,
            show_revocation_reason: row.show_revocation_reason,
        }
    }
}
