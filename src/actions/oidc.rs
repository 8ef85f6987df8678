//! Signing in at the company's OpenID provider: sent there, and come back.
//!
//! - The browser gets a secret in a short-lived cookie, and the provider a state. The table has the hashes of both; nonce and PKCE
//!   verifier are made from the cookie's secret when they are wanted. So a sign-in ends only in the browser it was begun in, only once,
//!   and the table is of no use to whoever reads it.
//! - Who came back is known by the e-mail address that the provider has verified. Whoever the directory does not know is added
//!   only where the configuration says so, and whoever has left stays out.

use super::{
    ActionError, App,
    sessions::{self, Browser, Opened, hash},
};
use crate::{
    domain::{
        digesting::hex,
        directory::{Entry, NewPerson},
        id::random_id,
        recipient::{Person, email},
        session::{Begun, Method},
    },
    outside::{
        provider::{Ask, Identity, Provider},
        random,
    },
    store::{Conn, StoreError, events, oidc_sign_ins, people},
};
use jiff::SignedDuration;
use ring::hmac;
use serde_json::json;

/// How long someone may take at the provider.
const TAKES: SignedDuration = SignedDuration::from_mins(10);
/// Where the provider sends browsers back to.
pub const BACK: &str = "/sign-in/oidc/back";

/// Why someone was not signed in; each has its words on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The provider could not be reached, or what it said does not hold.
    Provider,
    /// Begun in another browser, too long ago, or used before.
    Late,
    /// Broken off at the provider.
    Denied,
    NoEmail,
    Unverified,
    Unknown,
    Left,
}

#[derive(Debug)]
pub enum SignInError {
    Refused(Refusal),
    Failed(ActionError),
}

/// Where to send the browser, and what it keeps until it comes back.
pub struct Sent {
    pub address: String,
    pub secret: String,
    /// For so many seconds.
    pub seconds: i64,
}

/// What the provider sent the browser back with.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct Answer {
    pub state: String,
    pub code: Option<String>,
    pub error: Option<String>,
    /// RFC 9207.
    pub iss: Option<String>,
}

/// `next` is a path of ours.
pub async fn begin(app: &App, provider: &Provider, next: &str) -> Result<Sent, SignInError> {
    let now = app.clock.now();
    let (state, secret) = (random::secret(), random::secret());
    let (nonce, verifier) = made_from(&secret);
    let ask = Ask { state: &state, nonce: &nonce, verifier: &verifier };
    let address = provider.address(&app.fetcher, &back(app), &ask, now).await.map_err(|why| {
        tracing::error!("nobody can sign in at {}: {why}", provider.issuer);
        SignInError::Refused(Refusal::Provider)
    })?;
    let begun = Begun {
        expected: hash(&secret),
        next: next.to_owned(),
        created_at: now,
        expires_at: now.checked_add(TAKES).map_err(ActionError::internal)?,
    };
    let mut conn = app.db.write().await?;
    oidc_sign_ins::sweep(&mut conn, now).await?;
    oidc_sign_ins::insert(&mut conn, &hash(&state), &begun).await?;
    conn.commit().await?;
    Ok(Sent { address, secret, seconds: TAKES.as_secs() })
}

/// Signs in whoever came back, and answers the page they had asked for. `secret` is that of the browser's cookie.
pub async fn finish(
    app: &App,
    provider: &Provider,
    answer: &Answer,
    secret: Option<&str>,
    browser: Browser<'_>,
) -> Result<(Opened, String), SignInError> {
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let begun = oidc_sign_ins::take(&mut conn, &hash(&answer.state), now).await?;
    // Whatever comes of it, it is used.
    conn.commit().await?;
    let ours = begun.zip(secret).filter(|(begun, secret)| begun.expected == hash(secret));
    let (begun, secret) = ours.ok_or(SignInError::Refused(Refusal::Late))?;
    if answer.iss.as_ref().is_some_and(|iss| *iss != provider.issuer) {
        return Err(SignInError::Refused(Refusal::Provider));
    }
    let Some(code) = &answer.code else {
        tracing::info!(error = answer.error.as_deref().unwrap_or_default(), "a sign-in was broken off at the provider");
        return Err(SignInError::Refused(Refusal::Denied));
    };
    let (nonce, verifier) = made_from(secret);
    let ask = Ask { state: &answer.state, nonce: &nonce, verifier: &verifier };
    let who = provider.who(&app.fetcher, &back(app), code, &ask, now).await.map_err(|why| {
        tracing::error!("someone was not signed in: {why}");
        SignInError::Refused(Refusal::Provider)
    })?;
    let mut conn = app.db.write().await?;
    let person = known(app, &mut conn, provider, &who).await?;
    let opened = sessions::open_in(app, &mut conn, &person.id, Method::Oidc, browser).await?;
    conn.commit().await?;
    Ok((opened, begun.next))
}

/// Whose address it is.
async fn known(app: &App, conn: &mut Conn, provider: &Provider, who: &Identity) -> Result<Person, SignInError> {
    let refused = |why| Err(SignInError::Refused(why));
    let Some(address) = who.email.as_deref().and_then(|address| email(address).ok()) else {
        return refused(Refusal::NoEmail);
    };
    if !who.email_verified {
        return refused(Refusal::Unverified);
    }
    match people::by_email(conn, &address).await? {
        Some(person) if person.active => Ok(person),
        Some(_) => refused(Refusal::Left),
        None if provider.adds_people => add(app, conn, &address, who.name.as_deref()).await,
        None => refused(Refusal::Unknown),
    }
}

async fn add(app: &App, conn: &mut Conn, address: &str, name: Option<&str>) -> Result<Person, SignInError> {
    let name = name.filter(|name| !name.trim().is_empty()).unwrap_or(address);
    let new = NewPerson { email: address.to_owned(), name: name.to_owned(), ..NewPerson::default() };
    let new = new.check().map_err(ActionError::Invalid)?;
    let now = app.clock.now();
    let person = Person {
        id: app.random.with(random_id),
        email: new.email,
        name: new.name,
        team: None,
        name_public: false,
        function: None,
        manager_id: None,
        active: true,
    };
    let entry = Entry::new(person, now);
    people::insert(conn, &entry).await?;
    let by = format!("person:{}", entry.person.id);
    events::append(conn, now, &by, "person.added", &entry.person.id, &json!({"by": "oidc"})).await?;
    Ok(entry.person)
}

fn back(app: &App) -> String {
    format!("{}{BACK}", app.config.base_url)
}

/// Nonce and PKCE verifier of a sign-in (64 letters each; RFC 7636 asks for 43 at least).
fn made_from(secret: &str) -> (String, String) {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    let made = |what: &[u8]| hex(hmac::sign(&key, what).as_ref());
    (made(b"laurel oidc nonce"), made(b"laurel oidc verifier"))
}

impl From<ActionError> for SignInError {
    fn from(why: ActionError) -> Self {
        SignInError::Failed(why)
    }
}

impl From<StoreError> for SignInError {
    fn from(why: StoreError) -> Self {
        SignInError::Failed(why.into())
    }
}
