//! The public half of each issuer key and how it stands. One key is active for a purpose; a retired one stays published, so that
//! what it signed still verifies; a compromised one is published no more.

use super::{
    Conn, StoreError,
    columns::{self, unreadable},
    db::{row, rows, run},
};
use jiff::Timestamp;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyState {
    /// Signs what is issued now.
    Active,
    /// Signs no more; what it signed still verifies.
    Retired,
    /// What it signed no longer verifies.
    Compromised,
}

impl KeyState {
    pub fn as_str(self) -> &'static str {
        match self {
            KeyState::Active => "active",
            KeyState::Retired => "retired",
            KeyState::Compromised => "compromised",
        }
    }

    fn parse(text: &str) -> Result<Self, StoreError> {
        [KeyState::Active, KeyState::Retired, KeyState::Compromised]
            .into_iter()
            .find(|state| state.as_str() == text)
            .ok_or_else(|| unreadable("issuer_keys.state", text))
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct KeyRow {
    /// `key-…`: the part after `#` of the verification method.
    pub fragment: String,
    pub issuer_id: String,
    /// Multikey, `z6Mk…`; of a key for JWT its JWK in base64url, `u…`.
    pub public_multibase: String,
    /// What it signs, such as `credential`; purposes never share a key.
    pub purpose: String,
    pub state: KeyState,
    /// Made for trying out; refused outside a demo.
    pub development: bool,
    pub created_at: Timestamp,
    /// When it stopped being active, for either reason.
    pub retired_at: Option<Timestamp>,
}

/// A second active key for the same purpose is `Taken`: retire the first one before.
pub async fn insert(conn: &mut Conn, key: &KeyRow) -> Result<(), StoreError> {
    run!(
        conn,
        "INSERT INTO issuer_keys (fragment, issuer_id, public_multibase, purpose, state, development, created_at, retired_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        &key.fragment,
        &key.issuer_id,
        &key.public_multibase,
        &key.purpose,
        key.state.as_str(),
        key.development,
        key.created_at.as_second(),
        key.retired_at.map(Timestamp::as_second)
    )?;
    Ok(())
}

/// The key that signs for a purpose now.
pub async fn active(conn: &mut Conn, issuer_id: &str, purpose: &str) -> Result<Option<KeyRow>, StoreError> {
    columns::one(row!(
        conn,
        Stored,
        "SELECT fragment, issuer_id, public_multibase, purpose, state, development, created_at, retired_at FROM issuer_keys
         WHERE issuer_id = $1 AND purpose = $2 AND state = 'active'",
        issuer_id,
        purpose
    )?)
}

/// The same, held until the commit, so that it is not retired while something is being signed with it. Hold it before a
/// lineage, a list or an award: everyone takes them in this order.
pub async fn hold_active(conn: &mut Conn, issuer_id: &str, purpose: &str) -> Result<Option<KeyRow>, StoreError> {
    for _ in 0..2 {
        // The update changes nothing. It may find nothing when it had waited for a rotation; the new key is seen the next time.
        let held = row!(
            conn,
            Stored,
            "UPDATE issuer_keys SET state = state WHERE issuer_id = $1 AND purpose = $2 AND state = 'active'
             RETURNING fragment, issuer_id, public_multibase, purpose, state, development, created_at, retired_at",
            issuer_id,
            purpose
        )?;
        if held.is_some() {
            return columns::one(held);
        }
    }
    Ok(None)
}

/// Every key that did.json shows: all but the compromised ones.
pub async fn published(conn: &mut Conn, issuer_id: &str) -> Result<Vec<KeyRow>, StoreError> {
    let mut keys = list(conn, issuer_id).await?;
    keys.retain(|key| key.state != KeyState::Compromised);
    Ok(keys)
}

/// Every key there ever was, oldest first.
pub async fn list(conn: &mut Conn, issuer_id: &str) -> Result<Vec<KeyRow>, StoreError> {
    columns::all(rows!(
        conn,
        Stored,
        "SELECT fragment, issuer_id, public_multibase, purpose, state, development, created_at, retired_at FROM issuer_keys
         WHERE issuer_id = $1 ORDER BY created_at, purpose, fragment",
        issuer_id
    )?)
}

/// Retires a key or marks it compromised; a key never goes back to an earlier state. False when there is nothing to change.
pub async fn set_state(conn: &mut Conn, fragment: &str, state: KeyState, now: Timestamp) -> Result<bool, StoreError> {
    let touched = run!(
        conn,
        "UPDATE issuer_keys SET state = $2, retired_at = COALESCE(retired_at, $3) WHERE fragment = $1
         AND ((state = 'active' AND $2 IN ('retired', 'compromised')) OR (state = 'retired' AND $2 = 'compromised'))",
        fragment,
        state.as_str(),
        now.as_second()
    )?;
    Ok(touched == 1)
}

#[derive(sqlx::FromRow)]
struct Stored {
    fragment: String,
    issuer_id: String,
    public_multibase: String,
    purpose: String,
    state: String,
    development: bool,
    created_at: i64,
    retired_at: Option<i64>,
}

impl TryFrom<Stored> for KeyRow {
    type Error = StoreError;

    fn try_from(row: Stored) -> Result<Self, StoreError> {
        Ok(KeyRow {
            fragment: row.fragment,
            issuer_id: row.issuer_id,
            public_multibase: row.public_multibase,
            purpose: row.purpose,
            state: KeyState::parse(&row.state)?,
            development: row.development,
            created_at: columns::time("issuer_keys.created_at", row.created_at)?,
            retired_at: columns::maybe_time("issuer_keys.retired_at", row.retired_at)?,
        })
    }
}
