//! An app asks a person to let it in, and they do (RFC 6749, section 4.1; RFC 7636; RFC 9207).
//!
//! Until the app and the address it leads back to are known, nobody is led anywhere: what is wrong is told to the person. After that it is
//! told to the app.

use super::{CODE, hash, oauth, secret};
use crate::{
    actions::{ActionError, App, require},
    domain::{
        actor::{Actor, Right},
        oauth::{AppScope, CODE_LASTS, Client, Code, is_challenge},
    },
    store::StoreError,
};

/// What an app asks for, when it can be had.
#[derive(Clone, Debug)]
pub struct Asked {
    pub client: Client,
    pub redirect_uri: String,
    pub scopes: Vec<AppScope>,
    pub challenge: String,
    /// As the app sent it.
    pub state: Option<String>,
}

#[derive(Debug)]
pub enum AskedFault {
    /// No app is known by this id.
    UnknownApp,
    /// The app did not register this address.
    OtherAddress,
    /// Told to the app.
    Back {
        redirect_uri: String,
        state: Option<String>,
        error: &'static str,
        description: &'static str,
    },
    Failed(ActionError),
}

impl From<StoreError> for AskedFault {
    fn from(why: StoreError) -> Self {
        AskedFault::Failed(why.into())
    }
}

/// Reads an authorization request from its parameters, in whatever order they came.
pub async fn asked(app: &App, parameters: &[(String, String)]) -> Result<Asked, AskedFault> {
    let all =
        |name: &'static str| parameters.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str());
    let get = |name: &'static str| all(name).next().unwrap_or_default();
    let client = oauth::client(&mut app.db.read().await?, get("client_id")).await?;
    let client = client.filter(|_| all("client_id").count() == 1).ok_or(AskedFault::UnknownApp)?;
    let registered = &client.metadata.redirect_uris;
    let redirect_uri = registered.iter().find(|uri| all("redirect_uri").eq([uri.as_str()])).cloned();
    let redirect_uri = redirect_uri.ok_or(AskedFault::OtherAddress)?;
    let state = Some(get("state")).filter(|state| !state.is_empty()).map(str::to_owned);
    let back = |error, description| AskedFault::Back {
        redirect_uri: redirect_uri.clone(),
        state: state.clone(),
        error,
        description,
    };
    let names = ["response_type", "scope", "state", "code_challenge", "code_challenge_method"];
    if names.iter().any(|name| all(name).count() > 1) {
        return Err(back("invalid_request", "a parameter stands there twice"));
    }
    if get("response_type") != "code" {
        return Err(back("unsupported_response_type", "response_type is not code, the only one there is here"));
    }
    // Without a method RFC 7636 means plain, which protects nothing.
    if get("code_challenge_method") != "S256" || !is_challenge(get("code_challenge")) {
        return Err(back("invalid_request", "PKCE is needed: code_challenge with code_challenge_method=S256"));
    }
    let (widest, _) = AppScope::read(&client.metadata.scope);
    let (scopes, others) = match get("scope") {
        "" => (widest.clone(), false),
        list => AppScope::read(list),
    };
    if others || scopes.iter().any(|scope| !widest.contains(scope)) {
        return Err(back(
            "invalid_scope",
            "scope has one that is not known here, or that the app did not register for",
        ));
    }
    if scopes.iter().all(|scope| *scope == AppScope::Offline) {
        return Err(back("invalid_scope", "scope has none of the scopes of Open Badges 3.0"));
    }
    let challenge = get("code_challenge").to_owned();
    Ok(Asked { redirect_uri: redirect_uri.clone(), state, scopes, challenge, client })
}

/// The person lets it in: the code that the app exchanges.
pub async fn allow(app: &App, actor: &Actor, asked: &Asked) -> Result<String, ActionError> {
    require(actor, Right::SignedIn)?;
    let Actor::Person(member) = actor else {
        return Err(ActionError::refused("only someone who is signed in lets an app in"));
    };
    let now = app.clock.now();
    let code = Code {
        client_id: asked.client.id.clone(),
        person_id: member.id.clone(),
        redirect_uri: asked.redirect_uri.clone(),
        scopes: asked.scopes.clone(),
        challenge: asked.challenge.clone(),
        expires_at: now + CODE_LASTS,
        grant_id: None,
    };
    let secret = secret(CODE);
    let mut conn = app.db.write().await?;
    oauth::insert_code(&mut conn, &hash(&secret), &code).await?;
    oauth::note_connected(&mut conn, &asked.client.id, now).await?;
    conn.commit().await?;
    Ok(secret)
}
