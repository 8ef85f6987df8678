//! Apps of others that act for a person (OAuth 2.0; decision 0059): they register, a person lets them in, they get tokens.
//!
//! - Secrets, codes and tokens are 260 random bits behind a word that tells what they are; only their SHA-256 is kept.
//! - A code that is brought twice, or a refresh token that is used twice, was in two hands: the whole grant ends with it.
//! - Whoever has left lets nobody do anything any more.

mod authorize;
mod connected;
mod exchange;
mod register;

pub use authorize::{Asked, AskedFault, allow, asked};
pub use connected::{connected, disconnect, name, revoke};
pub use exchange::{TokenForm, Tokens, exchange};
pub use register::{Registered, register};

use super::{ActionError, App, sessions::hash};
use crate::{
    domain::{
        actor::{Actor, Member},
        oauth::{Client, TokenKind},
    },
    outside::random,
    store::{Conn, StoreError, oauth},
};
use jiff::{SignedDuration, Timestamp};

/// So that a leaked one is known for what it is.
const ACCESS: &str = "lra_";
const REFRESH: &str = "lrr_";
const CODE: &str = "lrc_";
const SECRET: &str = "lrs_";
/// "Last used" is written at most this often.
const USE_NOTED: SignedDuration = SignedDuration::from_mins(10);

/// Why an app did not get what it asked for.
#[derive(Debug, thiserror::Error)]
pub enum OauthError {
    /// In the words of RFC 6749, section 5.2, and RFC 7591, section 3.2.2.
    #[error("{description}")]
    Refused { error: &'static str, description: String },
    #[error(transparent)]
    Failed(#[from] ActionError),
}

impl OauthError {
    pub fn refused(error: &'static str, description: impl Into<String>) -> Self {
        OauthError::Refused { error, description: description.into() }
    }
}

impl From<StoreError> for OauthError {
    fn from(why: StoreError) -> Self {
        OauthError::Failed(why.into())
    }
}

/// What an app shows to be known.
#[derive(Clone, Debug, Default)]
pub struct Presented {
    pub id: String,
    pub secret: Option<String>,
}

/// The app that shows this. One that has no secret is known by its id alone, which PKCE makes enough.
async fn known_client(conn: &mut Conn, presented: &Presented) -> Result<Client, OauthError> {
    let unknown = || OauthError::refused("invalid_client", "The app is not known, or its secret is another.");
    let client = oauth::client(conn, &presented.id).await?.ok_or_else(unknown)?;
    let shown = presented.secret.as_deref().map(hash);
    if client.secret_hash == shown { Ok(client) } else { Err(unknown()) }
}

/// Whether this is a token of an app, by its look.
pub fn is_access_token(secret: &str) -> bool {
    secret.starts_with(ACCESS)
}

/// Who acts with this access token; `Unauthenticated` when it opens nothing any more.
pub async fn authenticate(app: &App, secret: &str) -> Result<Actor, ActionError> {
    let now = app.clock.now();
    let mut conn = app.db.read().await?;
    let found = oauth::token(&mut conn, &hash(secret)).await?;
    drop(conn);
    let token = found.filter(|token| token.kind == TokenKind::Access && now < token.expires_at);
    let token = token.ok_or(ActionError::Unauthenticated)?;
    if token.grant.last_used_at.is_none_or(|last| now.duration_since(last) >= USE_NOTED) {
        // Not worth refusing anyone over.
        if let Err(why) = note_use(app, &token.grant.id, now).await {
            tracing::warn!("the use of an app's token was not noted: {why}");
        }
    }
    let member = Member { id: token.grant.person_id, name: token.person_name, grants: Vec::new(), manages: false };
    Ok(Actor::App { client: token.grant.client_id, member, scopes: token.scopes })
}

async fn note_use(app: &App, grant_id: &str, now: Timestamp) -> Result<(), ActionError> {
    let mut conn = app.db.write().await?;
    oauth::touch(&mut conn, grant_id, now).await?;
    Ok(conn.commit().await?)
}

fn secret(prefix: &str) -> String {
    format!("{prefix}{}", random::secret())
}
