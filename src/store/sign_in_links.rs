//! One-time links that were sent by e-mail, by the SHA-256 (hex) of their secret. A used one stays until its time has run out.

use super::{
    Conn, StoreError, columns,
    db::{row, run},
};
use crate::domain::recipient::Person;
use jiff::Timestamp;

/// A link that can still be used, with whom it is for.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    pub person_id: String,
    pub name: String,
    pub email: String,
    /// The page that was asked for.
    pub next: String,
    pub expires_at: Timestamp,
}

pub async fn insert(
    conn: &mut Conn,
    hash: &str,
    person: &Person,
    next: &str,
    (now, expires_at): (Timestamp, Timestamp),
) -> Result<(), StoreError> {
    run!(
        conn,
        "INSERT INTO sign_ins (hash, kind, person_id, next, created_at, expires_at) VALUES ($1, 'link', $2, $3, $4, $5)",
        hash,
        &person.id,
        next,
        now.as_second(),
        expires_at.as_second()
    )?;
    Ok(())
}

/// How many of someone's links were made after this moment.
pub async fn made_since(conn: &mut Conn, person_id: &str, since: Timestamp) -> Result<i64, StoreError> {
    let found = row!(
        conn,
        (i64,),
        "SELECT COUNT(*) FROM sign_ins WHERE person_id = $1 AND kind = 'link' AND created_at > $2",
        person_id,
        since.as_second()
    )?;
    Ok(found.map_or(0, |(n,)| n))
}

/// The link of this hash, as long as it can be used by someone who has not left.
pub async fn open(conn: &mut Conn, hash: &str, now: Timestamp) -> Result<Option<Link>, StoreError> {
    columns::one(row!(
        conn,
        LinkRow,
        "SELECT s.person_id, p.name, p.email, s.next, s.expires_at FROM sign_ins s JOIN people p ON p.id = s.person_id
         WHERE s.hash = $1 AND s.kind = 'link' AND s.used_at IS NULL AND s.expires_at > $2 AND p.active",
        hash,
        now.as_second()
    )?)
}

/// Uses it up, and with it every other link of the same person. False when it was used before or its time has run out.
pub async fn use_up(conn: &mut Conn, hash: &str, person_id: &str, now: Timestamp) -> Result<bool, StoreError> {
    let touched = run!(
        conn,
        "UPDATE sign_ins SET used_at = $2 WHERE hash = $1 AND kind = 'link' AND used_at IS NULL AND expires_at > $2",
        hash,
        now.as_second()
    )?;
    run!(
        conn,
        "UPDATE sign_ins SET used_at = $2 WHERE person_id = $1 AND kind = 'link' AND used_at IS NULL",
        person_id,
        now.as_second()
    )?;
    Ok(touched == 1)
}

/// Forgets what ended before this moment.
pub async fn sweep(conn: &mut Conn, before: Timestamp) -> Result<u64, StoreError> {
    run!(conn, "DELETE FROM sign_ins WHERE expires_at < $1", before.as_second())
}

#[derive(sqlx::FromRow)]
struct LinkRow {
    person_id: String,
    name: String,
    email: String,
    next: String,
    expires_at: i64,
}

impl TryFrom<LinkRow> for Link {
    type Error = StoreError;

    fn try_from(row: LinkRow) -> Result<Self, StoreError> {
        Ok(Link {
            person_id: row.person_id,
            name: row.name,
            email: row.email,
            next: row.next,
            expires_at: columns::time("sign_ins.expires_at", row.expires_at)?,
        })
    }
}
