//! Gives a badge to a wallet, made out to the key that it proves to hold (OpenID4VCI 1.0, sections 7 and 8).
//!
//! It is the badge itself under its own id: the same achievement, evidence, dates and place in the status list, so that it is revoked
//! in the very write that revokes the award. Only its subject is another, and it is signed now.

use super::{Refusal, WalletError, secret};
use crate::{
    actions::{
        ActionError, App, issuer, keys,
        prepare::{Draft, MadeOut, made_out},
        sessions::hash,
    },
    credential::key_proof,
    domain::{
        id::random_id,
        wallet::{Format, NONCE_MINUTES, WalletCredential, may_be_taken},
    },
    store::{events, shown::shown, wallets},
};
use jiff::SignedDuration;
use serde_json::{Value, json};
use std::sync::Arc;

/// A nonce for one proof.
pub async fn nonce(app: &App) -> Result<String, ActionError> {
    let now = app.clock.now();
    let nonce = secret();
    let mut conn = app.db.write().await?;
    wallets::sweep_nonces(&mut conn, now).await?;
    wallets::keep_nonce(&mut conn, &hash(&nonce), now + SignedDuration::from_mins(NONCE_MINUTES)).await?;
    conn.commit().await?;
    Ok(nonce)
}

/// What a wallet asks for.
#[derive(Debug)]
pub struct Request<'a> {
    /// The access token.
    pub token: &'a str,
    pub format: Format,
    /// The key proof, a JWT.
    pub proof: &'a str,
}

/// The credential: an object, or the text of a JWT.
pub async fn give(app: &App, request: Request<'_>) -> Result<Value, WalletError> {
    let now = app.clock.now();
    let token_hash = hash(request.token);
    if wallets::by_token(&mut app.db.read().await?, &token_hash, now).await?.is_none() {
        return Err(Refusal::Token.into());
    }
    let proof = key_proof::read(request.proof.as_bytes(), &app.config.base_url, now).map_err(Refusal::Proof)?;
    let mut conn = app.db.write().await?;
    let issuer = issuer(&mut conn).await?;
    let signer = keys::signer(app, &mut conn, &issuer).await?;
    let mut key_fragment = signer.fragment.clone();
    let offer = wallets::by_token(&mut conn, &token_hash, now).await?.ok_or(Refusal::Token)?;
    if !wallets::take_nonce(&mut conn, &hash(&proof.nonce), now).await? {
        return Err(Refusal::Nonce.into());
    }
    if wallets::was_given(&mut conn, &offer.code_hash, request.format).await? {
        return Err(Refusal::Given.into());
    }
    let badge = shown(&mut conn, &offer.award_id).await?;
    let badge = badge.filter(|badge| may_be_taken(&badge.award, now)).ok_or(Refusal::Ended)?;
    let person = badge.person;
    let by = format!("person:{}", person.id);
    let draft = Draft { award: badge.award, person, content: Arc::new(badge.level.content) };
    let MadeOut { credential, jwt } = made_out(app, &mut conn, &issuer, signer, draft, &proof.holder, now).await?;
    let credential = match request.format {
        Format::Ldp => serde_json::from_str(&credential).map_err(ActionError::internal)?,
        Format::Jwt => {
            let (jwt, key) = jwt.ok_or(Refusal::Configuration)?;
            key_fragment = key;
            Value::String(jwt)
        }
    };
    let given = WalletCredential {
        id: app.random.with(random_id),
        award_id: offer.award_id,
        code_hash: offer.code_hash,
        format: request.format,
        holder: proof.holder,
        key_fragment,
        issued_at: now,
    };
    wallets::insert(&mut conn, &given).await?;
    // Without the holder's key: events stay, and it is theirs.
    let detail = json!({"copy": given.id, "format": given.format.as_str()});
    events::append(&mut conn, now, &by, "wallet.given", &given.award_id, &detail).await?;
    conn.commit().await?;
    Ok(credential)
}
