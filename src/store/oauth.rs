//! Apps that people let act for them: what registered itself, codes, grants and tokens. Only the SHA-256 (hex) of secrets, codes and
//! tokens is kept. A code is exchanged once, and a refresh token is spent once, whoever else tries at the same moment.

use super::{
    Conn, StoreError,
    columns::{self, unreadable},
    db::{row, rows, run},
};
use crate::domain::oauth::{AppScope, Client, Code, Grant, TokenKind};
use jiff::Timestamp;

/// A grant with the app that it lets in.
#[derive(Clone, Debug, PartialEq)]
pub struct Connected {
    pub grant: Grant,
    pub client: Client,
}

/// A token with its grant, whose person has not left.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    pub grant: Grant,
    pub person_name: String,
    pub kind: TokenKind,
    pub scopes: Vec<AppScope>,
    pub expires_at: Timestamp,
    pub spent: bool,
}

macro_rules! client_columns {
    () => {
        "c.id AS app_id, c.secret_hash, c.metadata, c.created_at AS registered_at"
    };
}

macro_rules! grant_columns {
    () => {
        "g.id, g.client_id, g.person_id, g.scopes, g.created_at, g.last_used_at"
    };
}

pub async fn insert_client(conn: &mut Conn, client: &Client) -> Result<(), StoreError> {
    let metadata = serde_json::to_string(&client.metadata).map_err(|why| unreadable("oauth_clients.metadata", why))?;
    run!(
        conn,
        "INSERT INTO oauth_clients (id, secret_hash, metadata, created_at) VALUES ($1, $2, $3, $4)",
        &client.id,
        &client.secret_hash,
        metadata,
        client.created_at.as_second()
    )?;
    Ok(())
}

pub async fn client(conn: &mut Conn, id: &str) -> Result<Option<Client>, StoreError> {
    columns::one(row!(
        conn,
        ClientRow,
        concat!("SELECT ", client_columns!(), " FROM oauth_clients c WHERE c.id = $1"),
        id
    )?)
}

/// Notes that somebody let it in: from now on it stays.
pub async fn note_connected(conn: &mut Conn, id: &str, now: Timestamp) -> Result<(), StoreError> {
    run!(
        conn,
        "UPDATE oauth_clients SET connected_at = $2 WHERE id = $1 AND connected_at IS NULL",
        id,
        now.as_second()
    )?;
    Ok(())
}

/// How many registered after `since` and were let in by nobody.
pub async fn count_unconnected(conn: &mut Conn, since: Timestamp) -> Result<i64, StoreError> {
    let found = row!(
        conn,
        (i64,),
        "SELECT COUNT(*) FROM oauth_clients WHERE connected_at IS NULL AND created_at > $1",
        since.as_second()
    )?;
    Ok(found.map_or(0, |(count,)| count))
}

/// Forgets what registered up to `until` and was let in by nobody.
pub async fn sweep_clients(conn: &mut Conn, until: Timestamp) -> Result<(), StoreError> {
    run!(conn, "DELETE FROM oauth_clients WHERE connected_at IS NULL AND created_at <= $1", until.as_second())?;
    Ok(())
}

pub async fn insert_code(conn: &mut Conn, hash: &str, code: &Code) -> Result<(), StoreError> {
    run!(
        conn,
        "INSERT INTO oauth_codes (hash, client_id, person_id, redirect_uri, scopes, challenge, expires_at, grant_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        hash,
        &code.client_id,
        &code.person_id,
        &code.redirect_uri,
        AppScope::written(&code.scopes),
        &code.challenge,
        code.expires_at.as_second(),
        &code.grant_id
    )?;
    Ok(())
}

/// The code of this hash; whether its time has run out is for the caller to see.
pub async fn code(conn: &mut Conn, hash: &str) -> Result<Option<Code>, StoreError> {
    columns::one(row!(
        conn,
        CodeRow,
        "SELECT client_id, person_id, redirect_uri, scopes, challenge, expires_at, grant_id FROM oauth_codes WHERE hash = $1",
        hash
    )?)
}

/// Notes what a code was exchanged for. False when it was exchanged before.
pub async fn redeem(conn: &mut Conn, hash: &str, grant_id: &str) -> Result<bool, StoreError> {
    let touched =
        run!(conn, "UPDATE oauth_codes SET grant_id = $2 WHERE hash = $1 AND grant_id IS NULL", hash, grant_id)?;
    Ok(touched == 1)
}

/// Forgets codes and tokens whose time ran out up to `until`.
pub async fn sweep(conn: &mut Conn, until: Timestamp) -> Result<(), StoreError> {
    run!(conn, "DELETE FROM oauth_codes WHERE expires_at <= $1", until.as_second())?;
    run!(conn, "DELETE FROM oauth_tokens WHERE expires_at <= $1", until.as_second())?;
    Ok(())
}

/// A person lets an app in once: an older grant has to be ended before.
pub async fn insert_grant(conn: &mut Conn, grant: &Grant) -> Result<(), StoreError> {
    run!(
        conn,
        "INSERT INTO oauth_grants (id, client_id, person_id, scopes, created_at, last_used_at) VALUES ($1, $2, $3, $4, $5, $6)",
        &grant.id,
        &grant.client_id,
        &grant.person_id,
        AppScope::written(&grant.scopes),
        grant.created_at.as_second(),
        grant.last_used_at.map(Timestamp::as_second)
    )?;
    Ok(())
}

pub async fn grant(conn: &mut Conn, id: &str) -> Result<Option<Connected>, StoreError> {
    columns::one(row!(
        conn,
        ConnectedRow,
        concat!(
            "SELECT ",
            grant_columns!(),
            ", ",
            client_columns!(),
            " FROM oauth_grants g JOIN oauth_clients c ON c.id = g.client_id WHERE g.id = $1"
        ),
        id
    )?)
}

/// What this person let this app do.
pub async fn grant_to(conn: &mut Conn, person_id: &str, client_id: &str) -> Result<Option<Grant>, StoreError> {
    columns::one(row!(
        conn,
        GrantRow,
        concat!("SELECT ", grant_columns!(), " FROM oauth_grants g WHERE g.person_id = $1 AND g.client_id = $2"),
        person_id,
        client_id
    )?)
}

/// The apps that someone let in, the newest first.
pub async fn of_person(conn: &mut Conn, person_id: &str) -> Result<Vec<Connected>, StoreError> {
    columns::all(rows!(
        conn,
        ConnectedRow,
        concat!(
            "SELECT ",
            grant_columns!(),
            ", ",
            client_columns!(),
            " FROM oauth_grants g JOIN oauth_clients c ON c.id = g.client_id
              WHERE g.person_id = $1 ORDER BY g.created_at DESC, g.id"
        ),
        person_id
    )?)
}

/// Ends a grant with all its tokens. False when it is not there.
pub async fn end(conn: &mut Conn, grant_id: &str) -> Result<bool, StoreError> {
    run!(conn, "DELETE FROM oauth_tokens WHERE grant_id = $1", grant_id)?;
    Ok(run!(conn, "DELETE FROM oauth_grants WHERE id = $1", grant_id)? == 1)
}

/// Everything that lets apps act for this person.
pub async fn end_all(conn: &mut Conn, person_id: &str) -> Result<(), StoreError> {
    run!(conn, "DELETE FROM oauth_codes WHERE person_id = $1", person_id)?;
    run!(
        conn,
        "DELETE FROM oauth_tokens WHERE grant_id IN (SELECT g.id FROM oauth_grants g WHERE g.person_id = $1)",
        person_id
    )?;
    run!(conn, "DELETE FROM oauth_grants WHERE person_id = $1", person_id)?;
    Ok(())
}

/// Notes that an app came; never backward.
pub async fn touch(conn: &mut Conn, grant_id: &str, now: Timestamp) -> Result<(), StoreError> {
    run!(
        conn,
        "UPDATE oauth_grants SET last_used_at = $2 WHERE id = $1 AND COALESCE(last_used_at, 0) < $2",
        grant_id,
        now.as_second()
    )?;
    Ok(())
}

pub async fn insert_token(
    conn: &mut Conn,
    hash: &str,
    grant_id: &str,
    kind: TokenKind,
    scopes: &[AppScope],
    expires_at: Timestamp,
) -> Result<(), StoreError> {
    run!(
        conn,
        "INSERT INTO oauth_tokens (hash, grant_id, kind, scopes, expires_at) VALUES ($1, $2, $3, $4, $5)",
        hash,
        grant_id,
        kind.as_str(),
        AppScope::written(scopes),
        expires_at.as_second()
    )?;
    Ok(())
}

/// The token of this hash, unless its person has left; whether its time has run out is for the caller to see.
pub async fn token(conn: &mut Conn, hash: &str) -> Result<Option<Token>, StoreError> {
    columns::one(row!(
        conn,
        TokenRow,
        concat!(
            "SELECT ",
            grant_columns!(),
            ", p.name AS person_name, t.kind, t.scopes AS token_scopes, t.expires_at, t.spent_at
              FROM oauth_tokens t JOIN oauth_grants g ON g.id = t.grant_id JOIN people p ON p.id = g.person_id
              WHERE t.hash = $1 AND p.active"
        ),
        hash
    )?)
}

/// Notes that a refresh token was exchanged. False when it was before.
pub async fn spend(conn: &mut Conn, hash: &str, now: Timestamp) -> Result<bool, StoreError> {
    let touched = run!(
        conn,
        "UPDATE oauth_tokens SET spent_at = $2 WHERE hash = $1 AND spent_at IS NULL",
        hash,
        now.as_second()
    )?;
    Ok(touched == 1)
}

pub async fn remove_token(conn: &mut Conn, hash: &str) -> Result<(), StoreError> {
    run!(conn, "DELETE FROM oauth_tokens WHERE hash = $1", hash)?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct ClientRow {
    app_id: String,
    secret_hash: Option<String>,
    metadata: String,
    registered_at: i64,
}

#[derive(sqlx::FromRow)]
struct GrantRow {
    id: String,
    client_id: String,
    person_id: String,
    scopes: String,
    created_at: i64,
    last_used_at: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct ConnectedRow {
    #[sqlx(flatten)]
    grant: GrantRow,
    #[sqlx(flatten)]
    client: ClientRow,
}

#[derive(sqlx::FromRow)]
struct CodeRow {
    client_id: String,
    person_id: String,
    redirect_uri: String,
    scopes: String,
    challenge: String,
    expires_at: i64,
    grant_id: Option<String>,
}

#[derive(sqlx::FromRow)]
struct TokenRow {
    #[sqlx(flatten)]
    grant: GrantRow,
    person_name: String,
    kind: String,
    token_scopes: String,
    expires_at: i64,
    spent_at: Option<i64>,
}

impl TryFrom<ClientRow> for Client {
    type Error = StoreError;

    fn try_from(row: ClientRow) -> Result<Self, StoreError> {
        Ok(Client {
            id: row.app_id,
            secret_hash: row.secret_hash,
            metadata: columns::json("oauth_clients.metadata", &row.metadata)?,
            created_at: columns::time("oauth_clients.created_at", row.registered_at)?,
        })
    }
}

impl TryFrom<GrantRow> for Grant {
    type Error = StoreError;

    fn try_from(row: GrantRow) -> Result<Self, StoreError> {
        Ok(Grant {
            id: row.id,
            client_id: row.client_id,
            person_id: row.person_id,
            scopes: AppScope::read(&row.scopes).0,
            created_at: columns::time("oauth_grants.created_at", row.created_at)?,
            last_used_at: columns::maybe_time("oauth_grants.last_used_at", row.last_used_at)?,
        })
    }
}

impl TryFrom<ConnectedRow> for Connected {
    type Error = StoreError;

    fn try_from(row: ConnectedRow) -> Result<Self, StoreError> {
        Ok(Connected { grant: Grant::try_from(row.grant)?, client: Client::try_from(row.client)? })
    }
}

impl TryFrom<CodeRow> for Code {
    type Error = StoreError;

    fn try_from(row: CodeRow) -> Result<Self, StoreError> {
        Ok(Code {
            client_id: row.client_id,
            person_id: row.person_id,
            redirect_uri: row.redirect_uri,
            scopes: AppScope::read(&row.scopes).0,
            challenge: row.challenge,
            expires_at: columns::time("oauth_codes.expires_at", row.expires_at)?,
            grant_id: row.grant_id,
        })
    }
}

impl TryFrom<TokenRow> for Token {
    type Error = StoreError;

    fn try_from(row: TokenRow) -> Result<Self, StoreError> {
        let kind = match row.kind.as_str() {
            "access" => TokenKind::Access,
            "refresh" => TokenKind::Refresh,
            other => return Err(unreadable("oauth_tokens.kind", format!("“{other}” is no kind of token"))),
        };
        Ok(Token {
            grant: Grant::try_from(row.grant)?,
            person_name: row.person_name,
            kind,
            scopes: AppScope::read(&row.token_scopes).0,
            expires_at: columns::time("oauth_tokens.expires_at", row.expires_at)?,
            spent: row.spent_at.is_some(),
        })
    }
}
