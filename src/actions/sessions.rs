//! Signing in, staying so and signing out. The secret is in the browser's cookie; only its SHA-256 is kept.
//!
//! - Every sign-in draws a new secret, and whatever session the browser showed before ends with it: a cookie that someone
//!   planted, or copied, opens nothing of the new one.
//! - What someone may do is read anew with each request, so a role that was taken away or a person who left counts at once.
//! - Whether the one who signs in is who they say has been settled by the caller.

use super::{ActionError, App, Conflict, people::named, require};
use crate::{
    domain::{
        actor::{Actor, Member, Right},
        digesting::sha256,
        field::Faults,
        id::random_id,
        session::{Method, Session, ends},
    },
    outside::random::{self, SECRET_LENGTH},
    store::{Conn, events, people, roles, sessions},
};
use jiff::Timestamp;
use serde_json::json;

/// Of what a browser calls itself, so much is kept.
const USER_AGENT_LENGTH: usize = 300;

pub struct Opened {
    pub session: Session,
    /// For the cookie, and nowhere else.
    pub secret: String,
}

/// Who is behind a cookie.
#[derive(Clone, Debug)]
pub struct SignedIn {
    pub member: Member,
    pub session: Session,
}

/// What is known of the browser that signs in.
#[derive(Clone, Copy, Debug, Default)]
pub struct Browser<'a> {
    pub user_agent: &'a str,
    /// The secret of the cookie that it showed, if any.
    pub before: Option<&'a str>,
}

/// Signs this person in, in a write of its own.
pub async fn open(app: &App, person_id: &str, method: Method, browser: Browser<'_>) -> Result<Opened, ActionError> {
    let mut conn = app.db.write().await?;
    let opened = open_in(app, &mut conn, person_id, method, browser).await?;
    conn.commit().await?;
    Ok(opened)
}

/// The same inside the caller's write. Refused for whoever has left.
pub async fn open_in(
    app: &App,
    conn: &mut Conn,
    person_id: &str,
    method: Method,
    browser: Browser<'_>,
) -> Result<Opened, ActionError> {
    let now = app.clock.now();
    let person = people::get(conn, person_id).await?;
    let person = person.ok_or_else(|| ActionError::not_found("person", person_id))?;
    if !person.active {
        return Err(ActionError::conflict(Conflict::LeftNoSignIn, "whoever has left the company can't sign in"));
    }
    sessions::sweep(conn, now).await?;
    if let Some(before) = browser.before
        && let Some(known) = sessions::by_hash(conn, &hash(before)).await?
    {
        sessions::end(conn, &known.session.person_id, &known.session.id).await?;
    }
    let secret = random::secret();
    let session = Session {
        id: app.random.with(random_id),
        person_id: person.id.clone(),
        method,
        user_agent: browser.user_agent.chars().filter(|c| !c.is_control()).take(USER_AGENT_LENGTH).collect(),
        created_at: now,
        last_seen_at: now,
        expires_at: ends(now, now),
    };
    sessions::insert(conn, &session, &hash(&secret)).await?;
    let detail = json!({"method": method.as_str(), "session": session.id});
    events::append(conn, now, &by(&person.id), "session.opened", &person.id, &detail).await?;
    Ok(Opened { session, secret })
}

/// Who holds this secret; none when no one does any more.
pub async fn authenticate(app: &App, secret: &str) -> Result<Option<SignedIn>, ActionError> {
    if secret.len() != SECRET_LENGTH {
        return Ok(None);
    }
    let now = app.clock.now();
    let mut conn = app.db.read().await?;
    let known = sessions::by_hash(&mut conn, &hash(secret)).await?;
    let Some(known) = known.filter(|known| known.session.stands(now)) else { return Ok(None) };
    let member = member(&mut conn, &known.session.person_id, known.name).await?;
    drop(conn);
    if known.session.to_be_noted(now) {
        // Not worth refusing anyone over.
        if let Err(why) = note_seen(app, &known.session, now).await {
            tracing::warn!("that session {} was seen was not noted: {why}", known.session.id);
        }
    }
    Ok(Some(SignedIn { member, session: known.session }))
}

pub(super) async fn member(conn: &mut Conn, id: &str, name: String) -> Result<Member, ActionError> {
    let grants = roles::of_person(conn, id).await?;
    let manages = people::manages(conn, id).await?;
    Ok(Member { id: id.to_owned(), name, grants, manages })
}

async fn note_seen(app: &App, session: &Session, now: Timestamp) -> Result<(), ActionError> {
    let mut conn = app.db.write().await?;
    sessions::touch(&mut conn, &session.id, now, ends(session.created_at, now)).await?;
    Ok(conn.commit().await?)
}

/// Where this person is signed in.
pub async fn own(conn: &mut Conn, member: &Member, now: Timestamp) -> Result<Vec<Session>, ActionError> {
    Ok(sessions::of_person(conn, &member.id, now).await?)
}

/// Ends one of one's own.
pub async fn end(app: &App, member: &Member, id: &str) -> Result<(), ActionError> {
    let mut conn = app.db.write().await?;
    if !sessions::end(&mut conn, &member.id, id).await? {
        return Err(ActionError::not_found("session", id));
    }
    let detail = json!({"session": id});
    events::append(&mut conn, app.clock.now(), &by(&member.id), "session.ended", &member.id, &detail).await?;
    Ok(conn.commit().await?)
}

/// Ends all of one's own but the one that asks.
pub async fn end_others(app: &App, member: &Member, keep: &str) -> Result<u64, ActionError> {
    let mut conn = app.db.write().await?;
    let ended = sessions::end_all(&mut conn, &member.id, Some(keep)).await?;
    if ended > 0 {
        let detail = json!({"sessions": ended});
        events::append(&mut conn, app.clock.now(), &by(&member.id), "session.others_ended", &member.id, &detail)
            .await?;
    }
    conn.commit().await?;
    Ok(ended)
}

/// Ends one of someone's, whom the caller names by address or id.
pub async fn end_of(app: &App, actor: &Actor, who: &str, id: &str, reason: &str) -> Result<(), ActionError> {
    require(actor, Right::Administer)?;
    let reason = checked(reason)?;
    let mut conn = app.db.write().await?;
    let person = named(&mut conn, who).await?;
    if !sessions::end(&mut conn, &person.id, id).await? {
        return Err(ActionError::not_found("session", id));
    }
    let detail = json!({"session": id, "reason": reason});
    events::append(&mut conn, app.clock.now(), &actor.label(), "session.ended", &person.id, &detail).await?;
    Ok(conn.commit().await?)
}

/// Ends all of someone's, by address or id; they can sign in again unless they left.
pub async fn end_all_of(app: &App, actor: &Actor, who: &str, reason: &str) -> Result<u64, ActionError> {
    require(actor, Right::Administer)?;
    let reason = checked(reason)?;
    let mut conn = app.db.write().await?;
    let person = named(&mut conn, who).await?;
    let ended = sessions::end_all(&mut conn, &person.id, None).await?;
    let detail = json!({"sessions": ended, "reason": reason});
    events::append(&mut conn, app.clock.now(), &actor.label(), "session.all_ended", &person.id, &detail).await?;
    conn.commit().await?;
    Ok(ended)
}

fn checked(reason: &str) -> Result<String, ActionError> {
    let mut faults = Faults::default();
    let reason = faults.text("reason", reason, 500, false);
    faults.or(reason).map_err(ActionError::Invalid)
}

fn by(person_id: &str) -> String {
    format!("person:{person_id}")
}

/// What is kept of a secret.
pub(super) fn hash(secret: &str) -> String {
    sha256(secret)
}
