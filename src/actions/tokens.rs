//! API tokens: 260 random bits behind `lrl_`, letters and digits only. Only the SHA-256 is kept, so the secret is shown once.

use super::{ActionError, App, Conflict, require, sessions::hash};
use crate::{
    domain::{
        actor::{Actor, Right, Scope},
        field::Faults,
        id::random_id,
    },
    outside::random,
    store::{
        events,
        tokens::{self, Token},
    },
};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

/// So that a leaked one is known for what it is.
const PREFIX: &str = "lrl_";
/// "Last used" is written at most this often.
const USE_NOTED: SignedDuration = SignedDuration::from_mins(10);

#[derive(Debug)]
pub struct Created {
    pub token: Token,
    /// Shown now and never again.
    pub secret: String,
}

pub async fn create(app: &App, actor: &Actor, name: &str, scopes: &[Scope]) -> Result<Created, ActionError> {
    require(actor, Right::Operate)?;
    let mut faults = Faults::default();
    let name = faults.text("name", name, 100, false);
    if scopes.is_empty() {
        faults.add("scope", "is missing: give at least one of issue, revoke, read, trust, provision and webhooks");
    }
    let name = faults.or(name).map_err(ActionError::Invalid)?;
    let mut kept: Vec<Scope> = Vec::new();
    for scope in scopes {
        if !kept.contains(scope) {
            kept.push(*scope);
        }
    }
    let now = app.clock.now();
    let secret = format!("{PREFIX}{}", random::secret());
    let token = Token {
        id: app.random.with(random_id),
        name,
        scopes: kept,
        created_at: now,
        revoked_at: None,
        last_used_at: None,
    };
    let mut conn = app.db.write().await?;
    tokens::insert(&mut conn, &token, &hash(&secret)).await?;
    let words: Vec<&str> = token.scopes.iter().map(|scope| scope.as_str()).collect();
    let detail = json!({"name": token.name, "scopes": words});
    events::append(&mut conn, now, &actor.label(), "token.created", &token.id, &detail).await?;
    conn.commit().await?;
    Ok(Created { token, secret })
}

/// Who holds this secret; `Unauthenticated` when no one does any more.
pub async fn authenticate(app: &App, secret: &str) -> Result<Actor, ActionError> {
    let now = app.clock.now();
    let mut conn = app.db.read().await?;
    let known = match secret.strip_prefix(PREFIX) {
        Some(rest) if rest.len() == 52 => tokens::by_hash(&mut conn, &hash(secret)).await?,
        _ => None,
    };
    drop(conn);
    let token = known.ok_or(ActionError::Unauthenticated)?;
    if token.last_used_at.is_none_or(|last| now.duration_since(last) >= USE_NOTED) {
        // Not worth refusing anyone over.
        if let Err(why) = note_use(app, &token.id, now).await {
            tracing::warn!("the use of token {} was not noted: {why}", token.id);
        }
    }
    Ok(Actor::Token { id: token.id, scopes: token.scopes })
}

async fn note_use(app: &App, id: &str, now: Timestamp) -> Result<(), ActionError> {
    let mut conn = app.db.write().await?;
    tokens::touch(&mut conn, id, now).await?;
    Ok(conn.commit().await?)
}

pub async fn list(app: &App, actor: &Actor) -> Result<Vec<Token>, ActionError> {
    require(actor, Right::Operate)?;
    Ok(tokens::list(&mut app.db.read().await?).await?)
}

/// From now on it opens nothing.
pub async fn revoke(app: &App, actor: &Actor, id: &str) -> Result<(), ActionError> {
    require(actor, Right::Operate)?;
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    if !tokens::list(&mut conn).await?.iter().any(|token| token.id == id) {
        return Err(ActionError::not_found("token", id));
    }
    if !tokens::revoke(&mut conn, id, now).await? {
        return Err(ActionError::conflict(Conflict::TokenRevoked, format!("the token {id} was revoked before")));
    }
    events::append(&mut conn, now, &actor.label(), "token.revoked", id, &json!({})).await?;
    Ok(conn.commit().await?)
}
