//! API tokens. Only the SHA-256 (hex) of a secret is kept.

use super::{
    Conn, StoreError,
    columns::{self, unreadable},
    db::{row, rows, run},
};
use crate::domain::actor::Scope;
use jiff::Timestamp;

#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    pub id: String,
    /// What its owner calls it.
    pub name: String,
    pub scopes: Vec<Scope>,
    pub created_at: Timestamp,
    pub revoked_at: Option<Timestamp>,
    pub last_used_at: Option<Timestamp>,
}

pub async fn insert(conn: &mut Conn, token: &Token, hash: &str) -> Result<(), StoreError> {
    let scopes: Vec<&str> = token.scopes.iter().map(|scope| scope.as_str()).collect();
    run!(
        conn,
        "INSERT INTO tokens (id, name, hash, scopes, created_at, revoked_at, last_used_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &token.id,
        &token.name,
        hash,
        scopes.join(" "),
        token.created_at.as_second(),
        token.revoked_at.map(Timestamp::as_second),
        token.last_used_at.map(Timestamp::as_second)
    )?;
    Ok(())
}

/// The token of this secret's hash, unless it was revoked.
pub async fn by_hash(conn: &mut Conn, hash: &str) -> Result<Option<Token>, StoreError> {
    columns::one(row!(
        conn,
        TokenRow,
        "SELECT id, name, scopes, created_at, revoked_at, last_used_at FROM tokens WHERE hash = $1 AND revoked_at IS NULL",
        hash
    )?)
}

/// Every token there ever was, oldest first.
pub async fn list(conn: &mut Conn) -> Result<Vec<Token>, StoreError> {
    columns::all(rows!(
        conn,
        TokenRow,
        "SELECT id, name, scopes, created_at, revoked_at, last_used_at FROM tokens ORDER BY created_at, id"
    )?)
}

/// From now on it opens nothing. False when it was revoked before or is not there.
pub async fn revoke(conn: &mut Conn, id: &str, now: Timestamp) -> Result<bool, StoreError> {
    let touched =
        run!(conn, "UPDATE tokens SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL", id, now.as_second())?;
    Ok(touched == 1)
}

/// Notes that it was used; never backward.
pub async fn touch(conn: &mut Conn, id: &str, now: Timestamp) -> Result<(), StoreError> {
    run!(
        conn,
        "UPDATE tokens SET last_used_at = $2 WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < $2)",
        id,
        now.as_second()
    )?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct TokenRow {
    id: String,
    name: String,
    scopes: String,
    created_at: i64,
    revoked_at: Option<i64>,
    last_used_at: Option<i64>,
}

impl TryFrom<TokenRow> for Token {
    type Error = StoreError;

    fn try_from(row: TokenRow) -> Result<Self, StoreError> {
        let scopes: Result<_, _> = row.scopes.split_whitespace().map(Scope::parse).collect();
        Ok(Token {
            id: row.id,
            name: row.name,
            scopes: scopes.map_err(|why| unreadable("tokens.scopes", why))?,
            created_at: columns::time("tokens.created_at", row.created_at)?,
            revoked_at: columns::maybe_time("tokens.revoked_at", row.revoked_at)?,
            last_used_at: columns::maybe_time("tokens.last_used_at", row.last_used_at)?,
        })
    }
}
