//! Requests that may come again: the answer is kept in the transaction that did the work, so the same key and body gets the
//! same answer, byte for byte, and the work is done once.

use super::{ActionError, App};
use crate::{
    domain::actor::Actor,
    store::{
        Conn,
        idempotency::{self, Answered},
    },
};

/// The Idempotency-Key of a request.
#[derive(Clone, Debug)]
pub struct IdempotencyKey {
    /// 1 to 255 visible ASCII characters.
    pub key: String,
    /// SHA-256 (hex) of the request's body.
    pub body_hash: String,
}

/// A write transaction that may have a key.
pub(super) struct Turn {
    pub conn: Conn,
    key: Option<(String, IdempotencyKey)>,
}

pub(super) enum Begun {
    /// Done before; this was answered.
    Answered(String),
    Fresh(Box<Turn>),
}

/// Begins the transaction, unless the key was answered before. Only tokens have keys.
pub(super) async fn begin(app: &App, actor: &Actor, key: Option<&IdempotencyKey>) -> Result<Begun, ActionError> {
    let key = match (actor, key) {
        (Actor::Token { id, .. }, Some(key)) => Some((id.clone(), checked(key)?)),
        _ => None,
    };
    let mut conn = app.db.write().await?;
    if let Some((token, key)) = &key
        && let Some(answered) = idempotency::find(&mut conn, token, &key.key).await?
    {
        if answered.body_hash != key.body_hash {
            return Err(ActionError::IdempotencyMismatch);
        }
        return Ok(Begun::Answered(answered.response));
    }
    if let Some((token, key)) = &key {
        // Taken from the start: the same request at the same time waits here, and then finds the answer.
        let open = Answered { body_hash: key.body_hash.clone(), status: 0, response: String::new() };
        idempotency::insert(&mut conn, token, &key.key, &open, app.clock.now()).await?;
    }
    Ok(Begun::Fresh(Box::new(Turn { conn, key })))
}

impl Turn {
    /// Keeps the answer and makes all of it lasting.
    pub(super) async fn finish(mut self, response: &str) -> Result<(), ActionError> {
        if let Some((token, key)) = &self.key {
            idempotency::complete(&mut self.conn, token, &key.key, 201, response).await?;
        }
        Ok(self.conn.commit().await?)
    }
}

fn checked(key: &IdempotencyKey) -> Result<IdempotencyKey, ActionError> {
    let fits = (1..=255).contains(&key.key.len()) && key.key.bytes().all(|b| b.is_ascii_graphic());
    if !fits {
        return Err(ActionError::invalid("Idempotency-Key", "must be 1 to 255 visible ASCII characters"));
    }
    Ok(key.clone())
}
