//! Who is signed in, by the SHA-256 (hex) of the cookie's secret. Whoever has left is signed in nowhere.

use super::{
    Conn, StoreError,
    columns::{self, unreadable},
    db::{row, rows, run},
};
use crate::domain::session::{Method, Session};
use jiff::Timestamp;

/// A session with its person's name, who has not left.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    pub session: Session,
    pub name: String,
}

pub async fn insert(conn: &mut Conn, session: &Session, hash: &str) -> Result<(), StoreError> {
    run!(
        conn,
        "INSERT INTO sessions (id, hash, person_id, method, user_agent, created_at, last_seen_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        &session.id,
        hash,
        &session.person_id,
        session.method.as_str(),
        &session.user_agent,
        session.created_at.as_second(),
        session.last_seen_at.as_second(),
        session.expires_at.as_second()
    )?;
    Ok(())
}

/// The session of this secret's hash, unless its person has left. Whether its time has run out is for the caller to see.
pub async fn by_hash(conn: &mut Conn, hash: &str) -> Result<Option<Known>, StoreError> {
    columns::one(row!(
        conn,
        KnownRow,
        "SELECT s.id, s.person_id, s.method, s.user_agent, s.created_at, s.last_seen_at, s.expires_at, p.name
         FROM sessions s JOIN people p ON p.id = s.person_id WHERE s.hash = $1 AND p.active",
        hash
    )?)
}

/// What of someone's sessions has not run out, the last seen first.
pub async fn of_person(conn: &mut Conn, person_id: &str, now: Timestamp) -> Result<Vec<Session>, StoreError> {
    columns::all(rows!(
        conn,
        SessionRow,
        "SELECT id, person_id, method, user_agent, created_at, last_seen_at, expires_at FROM sessions
         WHERE person_id = $1 AND expires_at > $2 ORDER BY last_seen_at DESC, id",
        person_id,
        now.as_second()
    )?)
}

/// Notes that it was seen; never backward.
pub async fn touch(conn: &mut Conn, id: &str, now: Timestamp, expires_at: Timestamp) -> Result<(), StoreError> {
    run!(
        conn,
        "UPDATE sessions SET last_seen_at = $2, expires_at = $3 WHERE id = $1 AND last_seen_at < $2",
        id,
        now.as_second(),
        expires_at.as_second()
    )?;
    Ok(())
}

/// One of this person's; false when it is not there.
pub async fn end(conn: &mut Conn, person_id: &str, id: &str) -> Result<bool, StoreError> {
    Ok(run!(conn, "DELETE FROM sessions WHERE id = $1 AND person_id = $2", id, person_id)? == 1)
}

/// All of this person's but one, or all; how many there were.
pub async fn end_all(conn: &mut Conn, person_id: &str, but: Option<&str>) -> Result<u64, StoreError> {
    run!(conn, "DELETE FROM sessions WHERE person_id = $1 AND id <> COALESCE($2, '')", person_id, but)
}

/// Those whose time has run out.
pub async fn sweep(conn: &mut Conn, now: Timestamp) -> Result<(), StoreError> {
    run!(conn, "DELETE FROM sessions WHERE expires_at <= $1", now.as_second())?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct SessionRow {
    id: String,
    person_id: String,
    method: String,
    user_agent: String,
    created_at: i64,
    last_seen_at: i64,
    expires_at: i64,
}

#[derive(sqlx::FromRow)]
struct KnownRow {
    #[sqlx(flatten)]
    session: SessionRow,
    name: String,
}

impl TryFrom<SessionRow> for Session {
    type Error = StoreError;

    fn try_from(row: SessionRow) -> Result<Self, StoreError> {
        Ok(Session {
            id: row.id,
            person_id: row.person_id,
            method: Method::parse(&row.method).map_err(|why| unreadable("sessions.method", why))?,
            user_agent: row.user_agent,
            created_at: columns::time("sessions.created_at", row.created_at)?,
            last_seen_at: columns::time("sessions.last_seen_at", row.last_seen_at)?,
            expires_at: columns::time("sessions.expires_at", row.expires_at)?,
        })
    }
}

impl TryFrom<KnownRow> for Known {
    type Error = StoreError;

    fn try_from(row: KnownRow) -> Result<Self, StoreError> {
        Ok(Known { session: Session::try_from(row.session)?, name: row.name })
    }
}
