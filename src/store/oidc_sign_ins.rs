//! Sign-ins that were begun at the company's OpenID provider: by the SHA-256 (hex) of the state that comes back, each good once.

use super::{
    Conn, StoreError, columns,
    db::{row, run},
};
use crate::domain::session::Begun;
use jiff::Timestamp;

pub async fn insert(conn: &mut Conn, hash: &str, begun: &Begun) -> Result<(), StoreError> {
    run!(
        conn,
        "INSERT INTO sign_ins (hash, kind, expected, next, created_at, expires_at) VALUES ($1, 'oidc', $2, $3, $4, $5)",
        hash,
        &begun.expected,
        &begun.next,
        begun.created_at.as_second(),
        begun.expires_at.as_second()
    )?;
    Ok(())
}

/// What was begun with this state, which from now on is used; none when it is not known, was used before or came too late.
pub async fn take(conn: &mut Conn, hash: &str, now: Timestamp) -> Result<Option<Begun>, StoreError> {
    columns::one(row!(
        conn,
        BegunRow,
        "UPDATE sign_ins SET used_at = $2 WHERE hash = $1 AND kind = 'oidc' AND used_at IS NULL AND expires_at > $2
         RETURNING COALESCE(expected, '') AS expected, next, created_at, expires_at",
        hash,
        now.as_second()
    )?)
}

/// Forgets those whose time has run out.
pub async fn sweep(conn: &mut Conn, now: Timestamp) -> Result<(), StoreError> {
    run!(conn, "DELETE FROM sign_ins WHERE expires_at <= $1 AND kind = 'oidc'", now.as_second())?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct BegunRow {
    expected: String,
    next: String,
    created_at: i64,
    expires_at: i64,
}

impl TryFrom<BegunRow> for Begun {
    type Error = StoreError;

    fn try_from(row: BegunRow) -> Result<Self, StoreError> {
        Ok(Begun {
            expected: row.expected,
            next: row.next,
            created_at: columns::time("sign_ins.created_at", row.created_at)?,
            expires_at: columns::time("sign_ins.expires_at", row.expires_at)?,
        })
    }
}
