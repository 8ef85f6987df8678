//! The apps that someone let in, and the end of it: by the person, or by the app itself (RFC 7009).

use super::{OauthError, Presented, hash, known_client, oauth};
use crate::{
    actions::{ActionError, App, member},
    domain::{
        actor::{Actor, Right},
        oauth::TokenKind,
    },
    store::{events, oauth::Connected},
};
use serde_json::json;

/// The newest first.
pub async fn connected(app: &App, actor: &Actor) -> Result<Vec<Connected>, ActionError> {
    let member = member(actor, Right::SignedIn)?;
    Ok(oauth::of_person(&mut app.db.read().await?, &member.id).await?)
}

/// What an app calls itself; none when it is not known.
pub async fn name(app: &App, client_id: &str) -> Result<Option<String>, ActionError> {
    Ok(oauth::client(&mut app.db.read().await?, client_id).await?.map(|client| client.metadata.name()))
}

/// One's own; none of its tokens opens anything from now on.
pub async fn disconnect(app: &App, actor: &Actor, grant_id: &str) -> Result<(), ActionError> {
    let member = member(actor, Right::SignedIn)?;
    let mut conn = app.db.write().await?;
    let found = oauth::grant(&mut conn, grant_id).await?.filter(|found| found.grant.person_id == member.id);
    let Connected { grant, client } = found.ok_or_else(|| ActionError::not_found("app", grant_id))?;
    oauth::end(&mut conn, &grant.id).await?;
    let detail = json!({"app": client.id, "name": client.metadata.name()});
    events::append(&mut conn, app.clock.now(), &actor.label(), "app.disconnected", &member.id, &detail).await?;
    Ok(conn.commit().await?)
}

/// The app gives a token back: with a refresh token all that it was given ends, with an access token only that one. What is not known, or
/// another's, is answered alike.
pub async fn revoke(app: &App, presented: &Presented, token: &str) -> Result<(), OauthError> {
    let mut conn = app.db.write().await?;
    let client = known_client(&mut conn, presented).await?;
    let hash = hash(token);
    let found = oauth::token(&mut conn, &hash).await?.filter(|token| token.grant.client_id == client.id);
    match found {
        Some(token) if token.kind == TokenKind::Refresh => {
            oauth::end(&mut conn, &token.grant.id).await?;
            let detail = json!({"app": client.id, "name": client.metadata.name()});
            let (by, of) = (format!("app:{}", client.id), token.grant.person_id);
            events::append(&mut conn, app.clock.now(), &by, "app.disconnected", &of, &detail).await?;
        }
        Some(_) => oauth::remove_token(&mut conn, &hash).await?,
        None => return Ok(()),
    }
    Ok(conn.commit().await?)
}
