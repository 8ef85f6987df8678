//! The token endpoint: a code for the first tokens, a refresh token for the next (RFC 6749, sections 4.1.3 and 6; RFC 9700, section 4.14).

use super::{ACCESS, OauthError, Presented, REFRESH, hash, known_client, oauth, secret};
use crate::{
    actions::App,
    domain::{
        id::random_id,
        oauth::{AppScope, Client, Code, Grant, TokenKind, fits},
    },
    store::{Conn, events, people},
};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

/// A code is known for so long after its time, so that a second use is found out.
const CODES_KEPT: SignedDuration = SignedDuration::from_hours(24);

/// The fields of the form; an empty one counts as absent.
#[derive(Clone, Debug, Default)]
pub struct TokenForm {
    pub grant_type: String,
    pub code: String,
    pub redirect_uri: String,
    pub code_verifier: String,
    pub refresh_token: String,
    pub scope: String,
}

pub struct Tokens {
    pub access: String,
    /// In seconds.
    pub expires_in: i64,
    pub refresh: Option<String>,
    pub scopes: Vec<AppScope>,
}

pub async fn exchange(app: &App, presented: &Presented, form: &TokenForm) -> Result<Tokens, OauthError> {
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let client = known_client(&mut conn, presented).await?;
    oauth::sweep(&mut conn, now - CODES_KEPT).await?;
    let exchanged = match form.grant_type.as_str() {
        "authorization_code" => by_code(app, &mut conn, &client, form, now).await,
        "refresh_token" if client.metadata.refreshes() => refresh(&mut conn, &client, form, now).await,
        "refresh_token" => Err(OauthError::refused("unauthorized_client", "The app did not register to refresh.")),
        _ => {
            let known = "authorization_code and refresh_token";
            Err(OauthError::refused("unsupported_grant_type", format!("The grant types here are {known}.")))
        }
    };
    // What a refusal ended stays ended.
    if !matches!(exchanged, Err(OauthError::Failed(_))) {
        conn.commit().await?;
    }
    exchanged
}

async fn by_code(
    app: &App,
    conn: &mut Conn,
    client: &Client,
    form: &TokenForm,
    now: Timestamp,
) -> Result<Tokens, OauthError> {
    let refused = |why: &str| OauthError::refused("invalid_grant", why);
    let hash = hash(&form.code);
    let code = oauth::code(conn, &hash).await?.filter(|code| code.client_id == client.id);
    let code = code.ok_or_else(|| refused("The code is not known."))?;
    if let Some(grant_id) = &code.grant_id {
        end(conn, grant_id, "its code was used twice", now).await?;
        return Err(refused("The code was used before, so what it gave has ended."));
    }
    if code.expires_at <= now {
        return Err(refused("The code has run out."));
    }
    if code.redirect_uri != form.redirect_uri {
        return Err(refused("redirect_uri is not the one the code was asked for with."));
    }
    if !fits(&code.challenge, &form.code_verifier) {
        return Err(refused("code_verifier does not fit the code_challenge."));
    }
    if !people::get(conn, &code.person_id).await?.is_some_and(|person| person.active) {
        return Err(refused("Whoever allowed it has left."));
    }
    let grant_id = app.random.with(random_id);
    if !oauth::redeem(conn, &hash, &grant_id).await? {
        // Another brought it at this very moment, so it was in two hands.
        if let Some(Code { grant_id: Some(other), .. }) = oauth::code(conn, &hash).await? {
            end(conn, &other, "its code was used twice", now).await?;
        }
        return Err(refused("The code was used before, so what it gave has ended."));
    }
    if let Some(before) = oauth::grant_to(conn, &code.person_id, &client.id).await? {
        oauth::end(conn, &before.id).await?;
    }
    let grant = Grant {
        id: grant_id,
        client_id: client.id.clone(),
        person_id: code.person_id,
        scopes: code.scopes,
        created_at: now,
        last_used_at: None,
    };
    oauth::insert_grant(conn, &grant).await?;
    let detail = json!({
        "app": client.id, "name": client.metadata.name(), "scopes": AppScope::written(&grant.scopes),
    });
    let by = format!("person:{}", grant.person_id);
    events::append(conn, now, &by, "app.connected", &grant.person_id, &detail).await?;
    issue(conn, client, &grant, grant.scopes.clone(), now).await
}

async fn refresh(conn: &mut Conn, client: &Client, form: &TokenForm, now: Timestamp) -> Result<Tokens, OauthError> {
    let refused = |why: &str| OauthError::refused("invalid_grant", why);
    let hash = hash(&form.refresh_token);
    let token = oauth::token(conn, &hash).await?;
    let token = token.filter(|token| token.kind == TokenKind::Refresh && token.grant.client_id == client.id);
    let token = token.ok_or_else(|| refused("The refresh token is not known, or was taken back."))?;
    if token.expires_at <= now {
        return Err(refused("The refresh token has run out."));
    }
    let scopes = match form.scope.as_str() {
        "" => token.scopes.clone(),
        list => {
            let (scopes, others) = AppScope::read(list);
            if others || scopes.is_empty() || scopes.iter().any(|scope| !token.scopes.contains(scope)) {
                return Err(OauthError::refused("invalid_scope", "scope has more than was allowed."));
            }
            scopes
        }
    };
    if token.spent || !oauth::spend(conn, &hash, now).await? {
        end(conn, &token.grant.id, "a refresh token was used twice", now).await?;
        return Err(refused("The refresh token was used before, so all tokens of this app have ended."));
    }
    issue(conn, client, &token.grant, scopes, now).await
}

/// New tokens. The refresh token keeps what was allowed at first, whatever this access token is for.
async fn issue(
    conn: &mut Conn,
    client: &Client,
    grant: &Grant,
    scopes: Vec<AppScope>,
    now: Timestamp,
) -> Result<Tokens, OauthError> {
    let (access, lasts) = (secret(ACCESS), TokenKind::Access.lasts());
    oauth::insert_token(conn, &hash(&access), &grant.id, TokenKind::Access, &scopes, now + lasts).await?;
    let refresh = client.metadata.refreshes().then(|| secret(REFRESH));
    if let Some(refresh) = &refresh {
        let until = now + TokenKind::Refresh.lasts();
        oauth::insert_token(conn, &hash(refresh), &grant.id, TokenKind::Refresh, &grant.scopes, until).await?;
    }
    oauth::touch(conn, &grant.id, now).await?;
    Ok(Tokens { access, expires_in: lasts.as_secs(), refresh, scopes })
}

async fn end(conn: &mut Conn, grant_id: &str, why: &str, now: Timestamp) -> Result<(), OauthError> {
    let Some(ended) = oauth::grant(conn, grant_id).await? else { return Ok(()) };
    oauth::end(conn, grant_id).await?;
    let detail = json!({"app": ended.client.id, "name": ended.client.metadata.name(), "reason": why});
    let by = format!("app:{}", ended.client.id);
    events::append(conn, now, &by, "app.disconnected", &ended.grant.person_id, &detail).await?;
    Ok(())
}
