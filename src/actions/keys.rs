//! Signing keys: made, rotated and retired. The secret is in the vault, the public half and the state in the record.
//!
//! - One key is active for a purpose. A retired key stays in the DID document, so what it signed still verifies; a compromised
//!   one leaves it at once, and what it signed no longer does.
//! - A new key is in the vault, on disk, before the record names it.

use super::{ActionError, App, Conflict, issuer, jwts, require, status, vouching};
use crate::{
    credential::{
        jose::{Algorithm, Jwk, SigningKey},
        key::SecretKey,
    },
    domain::{
        actor::{Actor, Right},
        id::random_id,
        issuer::Issuer,
    },
    outside::{
        secret::Secret,
        vault::{KeyLabel, Purpose},
    },
    store::{
        Conn, award_jwts, endorsements, events,
        keys::{self, KeyRow, KeyState},
    },
};
use jiff::Timestamp;
use serde_json::json;

/// The key that signs now.
pub(super) struct Signer {
    /// Its DID URL.
    pub method: String,
    pub fragment: String,
    pub key: SecretKey,
}

/// The active key for badges, held until the commit of the write transaction `conn`; refused with what to do when there is
/// none, or when the vault's is another.
pub(super) async fn signer(app: &App, conn: &mut Conn, issuer: &Issuer) -> Result<Signer, ActionError> {
    signer_for(app, conn, issuer, Purpose::Credential).await
}

/// Who signs what is written: the issuer with its key, held until the commit. Whoever writes takes the key first, then a list, then rows.
pub(super) struct Hand {
    pub issuer: Issuer,
    pub signer: Signer,
}

pub(super) async fn hold(app: &App, conn: &mut Conn) -> Result<Hand, ActionError> {
    let issuer = issuer(conn).await?;
    let signer = signer(app, conn, &issuer).await?;
    Ok(Hand { issuer, signer })
}

/// The same for another purpose whose keys are Ed25519.
pub(super) async fn signer_for(
    app: &App,
    conn: &mut Conn,
    issuer: &Issuer,
    purpose: Purpose,
) -> Result<Signer, ActionError> {
    of_row(app, issuer, purpose, keys::hold_active(conn, &issuer.id, purpose.as_str()).await?)
}

/// What the key is for that signs what programs send to the VC-API. A did:key has one key and no other, so there it signs that too.
pub(super) fn vc_api_purpose(issuer: &Issuer) -> Purpose {
    if issuer.did.starts_with("did:key:") { Purpose::Credential } else { Purpose::VcApi }
}

/// What the key is for that signs what panels say. A did:key signs that too.
pub(super) fn panel_purpose(issuer: &Issuer) -> Purpose {
    if issuer.did.starts_with("did:key:") { Purpose::Credential } else { Purpose::Panel }
}

/// Whether there is such a key, without holding it.
pub(super) async fn check_signer(app: &App, conn: &mut Conn, issuer: &Issuer) -> Result<(), ActionError> {
    let row = keys::active(conn, &issuer.id, Purpose::Credential.as_str()).await?;
    of_row(app, issuer, Purpose::Credential, row).map(drop)
}

fn of_row(app: &App, issuer: &Issuer, purpose: Purpose, row: Option<KeyRow>) -> Result<Signer, ActionError> {
    let row = row.ok_or_else(|| {
        ActionError::refused(match purpose {
            Purpose::Credential => "there is no active key; make one with `laurel keys generate`".to_owned(),
            other => format!(
                "there is no active key for {0}; make one with `laurel keys generate --purpose {0}`",
                other.as_str()
            ),
        })
    })?;
    if row.development && !app.config.demo {
        return Err(crate::outside::vault::VaultError::Development(row.fragment).into());
    }
    let key = app.vault.signer(&row.fragment, purpose)?;
    if key.public().to_multibase() != row.public_multibase {
        return Err(ActionError::refused(format!(
            "the key {} in the keys folder is not the one in the record; restore the right files from the backup",
            row.fragment
        )));
    }
    // A did:key has one key, and its own name for it.
    let name = if issuer.did.starts_with("did:key:") { &row.public_multibase } else { &row.fragment };
    Ok(Signer { method: format!("{}#{name}", issuer.did), fragment: row.fragment, key })
}

/// A key that is to be made.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    pub purpose: Purpose,
    /// For JWT only: RS256 or ES256. Without it the algorithm stays what it was, and is ES256 at first.
    pub algorithm: Option<Algorithm>,
}

impl From<Purpose> for Wanted {
    fn from(purpose: Purpose) -> Self {
        Wanted { purpose, algorithm: None }
    }
}

/// Makes the first key of a purpose.
pub async fn generate(app: &App, actor: &Actor, wanted: impl Into<Wanted>) -> Result<KeyRow, ActionError> {
    require(actor, Right::Operate)?;
    let Wanted { purpose, algorithm } = wanted.into();
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let issuer = issuer(&mut conn).await?;
    if let Some(active) = keys::active(&mut conn, &issuer.id, purpose.as_str()).await? {
        return Err(ActionError::conflict(
            Conflict::KeyExists,
            format!(
                "the key {} is active for {}; replace it with `laurel keys rotate`",
                active.fragment,
                purpose.as_str()
            ),
        ));
    }
    let row = make(app, &mut conn, actor, &issuer, Wanted { purpose, algorithm }, now).await?;
    if purpose == Purpose::Jwt {
        jwts::want(&mut conn).await?;
    }
    conn.commit().await?;
    Ok(row)
}

/// What a rotation did.
#[derive(Debug)]
pub struct Rotated {
    pub new: KeyRow,
    pub old: KeyRow,
    /// Status lists signed anew with the new key.
    pub lists: usize,
}

/// A new key takes over; the old one is retired, or with `compromised` dropped at once. Every status list is signed anew.
pub async fn rotate(
    app: &App,
    actor: &Actor,
    wanted: impl Into<Wanted>,
    compromised: bool,
) -> Result<Rotated, ActionError> {
    require(actor, Right::Operate)?;
    let Wanted { purpose, algorithm } = wanted.into();
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let issuer = issuer(&mut conn).await?;
    let mut old = keys::active(&mut conn, &issuer.id, purpose.as_str()).await?.ok_or_else(|| {
        ActionError::refused(format!(
            "there is no active key for {}; make one with `laurel keys generate`",
            purpose.as_str()
        ))
    })?;
    old.state = if compromised { KeyState::Compromised } else { KeyState::Retired };
    keys::set_state(&mut conn, &old.fragment, old.state, now).await?;
    let algorithm = algorithm.or_else(|| algorithm_of(&old));
    let new = make(app, &mut conn, actor, &issuer, Wanted { purpose, algorithm }, now).await?;
    drop_jwts(&mut conn, &old).await?;
    let mut lists = 0;
    if purpose == Purpose::Credential {
        let signer = signer(app, &mut conn, &issuer).await?;
        lists = status::publish_all(app, &mut conn, &issuer, &signer, now).await?;
        lists += vouching::publish_all(app, &mut conn, &issuer, &signer).await?;
    }
    let detail = json!({"state": old.state.as_str(), "followed_by": new.fragment});
    events::append(&mut conn, now, &actor.label(), "key.retired", &old.fragment, &detail).await?;
    conn.commit().await?;
    app.vault.mark(&old.fragment, old.state.as_str())?;
    Ok(Rotated { new, old, lists })
}

/// Ends a key without a new one: nothing can be issued until another is made. A retired key can still be marked compromised.
pub async fn retire(app: &App, actor: &Actor, fragment: &str, compromised: bool) -> Result<KeyRow, ActionError> {
    require(actor, Right::Operate)?;
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let issuer = issuer(&mut conn).await?;
    let rows = keys::list(&mut conn, &issuer.id).await?;
    let mut row =
        rows.into_iter().find(|row| row.fragment == fragment).ok_or_else(|| ActionError::not_found("key", fragment))?;
    let state = if compromised { KeyState::Compromised } else { KeyState::Retired };
    if row.state == KeyState::Active && compromised && row.purpose == Purpose::Credential.as_str() {
        return Err(ActionError::refused(format!(
            "the key {fragment} is active, and its status lists would stop verifying; run `laurel keys rotate --compromised`, which signs them anew"
        )));
    }
    if !keys::set_state(&mut conn, fragment, state, now).await? {
        let message = format!("the key {fragment} is {} already", row.state.as_str());
        return Err(ActionError::conflict(Conflict::KeyState, message));
    }
    row.state = state;
    drop_jwts(&mut conn, &row).await?;
    events::append(&mut conn, now, &actor.label(), "key.retired", fragment, &json!({"state": state.as_str()})).await?;
    conn.commit().await?;
    app.vault.mark(fragment, state.as_str())?;
    Ok(row)
}

/// Every key there ever was, oldest first.
pub async fn list(app: &App, actor: &Actor) -> Result<Vec<KeyRow>, ActionError> {
    require(actor, Right::Operate)?;
    let mut conn = app.db.read().await?;
    let issuer = issuer(&mut conn).await?;
    Ok(keys::list(&mut conn, &issuer.id).await?)
}

/// A new active key: first in the vault, then in the record.
pub(super) async fn make(
    app: &App,
    conn: &mut Conn,
    actor: &Actor,
    issuer: &Issuer,
    wanted: Wanted,
    now: Timestamp,
) -> Result<KeyRow, ActionError> {
    let key = secret(wanted).await?;
    keep(app, conn, actor, issuer, wanted.purpose, key, now).await
}

/// The same with a key that is there.
pub(super) async fn keep(
    app: &App,
    conn: &mut Conn,
    actor: &Actor,
    issuer: &Issuer,
    purpose: Purpose,
    key: Secret,
    now: Timestamp,
) -> Result<KeyRow, ActionError> {
    let label = KeyLabel {
        fragment: format!("key-{}", app.random.with(random_id)),
        public_multibase: key.public_multibase(),
        purpose,
        created: now,
        state: KeyState::Active.as_str().to_owned(),
        development: app.config.demo,
    };
    let row = KeyRow {
        fragment: label.fragment.clone(),
        issuer_id: issuer.id.clone(),
        public_multibase: label.public_multibase.clone(),
        purpose: purpose.as_str().to_owned(),
        state: KeyState::Active,
        development: label.development,
        created_at: now,
        retired_at: None,
    };
    app.vault.keep(label, key)?;
    keys::insert(conn, &row).await?;
    let detail = json!({"purpose": row.purpose, "public": row.public_multibase, "development": row.development});
    events::append(conn, now, &actor.label(), "key.made", &row.fragment, &detail).await?;
    Ok(row)
}

async fn secret(wanted: Wanted) -> Result<Secret, ActionError> {
    match (wanted.purpose, wanted.algorithm) {
        (Purpose::Jwt, algorithm) => {
            let make = move || SigningKey::generate(algorithm.unwrap_or(Algorithm::Es256));
            let key = tokio::task::spawn_blocking(make).await.map_err(ActionError::internal)?;
            Ok(Secret::Jwt(key.map_err(ActionError::internal)?))
        }
        (_, Some(_)) => Err(ActionError::invalid("--alg", "is for keys for JWT; all others are Ed25519")),
        // A key is never drawn from a seeded generator, whatever else is.
        (_, None) => Ok(Secret::Ed25519(crate::outside::random::Random::System.with(|rng| SecretKey::generate(rng)))),
    }
}

fn algorithm_of(key: &KeyRow) -> Option<Algorithm> {
    Jwk::from_multibase(&key.public_multibase).ok().map(|jwk| jwk.algorithm())
}

/// What a compromised key for JWT signed is dropped, and signed anew by the next.
async fn drop_jwts(conn: &mut Conn, key: &KeyRow) -> Result<(), ActionError> {
    if key.state == KeyState::Compromised && key.purpose == Purpose::Jwt.as_str() {
        award_jwts::drop_of_key(conn, &key.fragment).await?;
        endorsements::drop_jwts_of_key(conn, &key.fragment).await?;
        jwts::want(conn).await?;
    }
    Ok(())
}
