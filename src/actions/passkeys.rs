//! Passkeys: made by an administrator who has just signed in, shown to sign in, removed.
//!
//! - They are for administrators, and sign in nobody else: others come in as the company lets them, and who loses the role goes with
//!   them (decision 0049).
//! - A question is answered once, within minutes. Whoever answers must be who was asked to make one, or an owner of the passkey
//!   that is shown.

use super::{
    ActionError, App, Conflict,
    mail::post,
    people::named,
    require,
    sessions::{self, Browser, Opened},
};
use crate::{
    domain::{
        actor::{Actor, Member, Right, Role},
        field::Faults,
        id::random_id,
        letter::Letter,
        passkey::{MOST, Passkey, PasskeyFault, Question, is_fresh},
        session::{Method, Session},
    },
    outside::passkeys::{Asked, MadeAnswer, Party, ShownAnswer},
    store::{Conn, events, passkeys, people, roles},
};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

/// As long as browsers are told to wait for an answer.
const MINUTES: i64 = 5;

/// Whether passkeys can be had at all under the service's address.
pub fn are_possible(app: &App) -> bool {
    Party::of(&app.config.base_url).is_some()
}

/// What a browser is asked so that a passkey is made.
pub async fn begin(app: &App, member: &Member, session: &Session) -> Result<Value, ActionError> {
    let party = may_make(app, member, session)?;
    let mut conn = app.db.write().await?;
    let person = people::get(&mut conn, &member.id).await?;
    let person = person.ok_or_else(|| ActionError::not_found("person", &member.id))?;
    let had = passkeys::of_person(&mut conn, &person.id).await?;
    let asked = party.ask_to_make(&person.id, (&person.email, &person.name), &had)?;
    let options = ask(app, &mut conn, asked, Some(person.id)).await?;
    conn.commit().await?;
    Ok(options)
}

/// Keeps the passkey that was made, under a name of its owner's.
pub async fn add(
    app: &App,
    member: &Member,
    session: &Session,
    name: &str,
    answer: &str,
) -> Result<Passkey, ActionError> {
    let party = may_make(app, member, session)?;
    let mut faults = Faults::default();
    let name = faults.text("name", name, 60, false);
    let name = faults.or(name).map_err(ActionError::Invalid)?;
    let answer = MadeAnswer::read(answer)?;
    let now = app.clock.now();
    let question = taken(app, &answer.challenge()?, now).await?;
    if question.person_id.as_deref() != Some(&member.id) {
        return Err(late());
    }
    let made = party.made(&question.state, &answer)?;
    let mut conn = app.db.write().await?;
    if passkeys::by_credential(&mut conn, &made.credential).await?.is_some() {
        return Err(ActionError::conflict(Conflict::PasskeyKnown, "this passkey is known already"));
    }
    if passkeys::of_person(&mut conn, &member.id).await?.len() >= MOST {
        return Err(ActionError::conflict(
            Conflict::TooManyPasskeys,
            format!("one person has {MOST} passkeys at most; remove one first"),
        ));
    }
    let passkey = Passkey {
        id: app.random.with(random_id),
        person_id: member.id.clone(),
        name,
        credential: made.credential,
        key: made.key,
        state: made.state,
        transports: made.transports,
        created_at: now,
        last_used_at: None,
    };
    passkeys::insert(&mut conn, &passkey).await?;
    let by = Actor::Person(member.clone()).label();
    let detail = json!({"passkey": passkey.id});
    events::append(&mut conn, now, &by, "passkey.added", &member.id, &detail).await?;
    // Whoever did not do it themselves hears of it.
    tell(app, &mut conn, &passkey, Letter::new("passkey-added")).await?;
    conn.commit().await?;
    Ok(passkey)
}

/// Removes one of one's own. Sessions that it has begun go on.
pub async fn remove(app: &App, member: &Member, id: &str) -> Result<(), ActionError> {
    let mut conn = app.db.write().await?;
    if !passkeys::remove(&mut conn, &member.id, id).await? {
        return Err(ActionError::not_found("passkey", id));
    }
    let by = Actor::Person(member.clone()).label();
    let detail = json!({"passkey": id});
    events::append(&mut conn, app.clock.now(), &by, "passkey.removed", &member.id, &detail).await?;
    Ok(conn.commit().await?)
}

/// Removes one of someone's, whom the caller names by address or id: when a device is lost.
pub async fn remove_of(app: &App, actor: &Actor, who: &str, id: &str, reason: &str) -> Result<(), ActionError> {
    require(actor, Right::Administer)?;
    let mut faults = Faults::default();
    let reason = faults.text("reason", reason, 500, false);
    let reason = faults.or(reason).map_err(ActionError::Invalid)?;
    let mut conn = app.db.write().await?;
    let person = named(&mut conn, who).await?;
    if !passkeys::remove(&mut conn, &person.id, id).await? {
        return Err(ActionError::not_found("passkey", id));
    }
    let detail = json!({"passkey": id, "reason": reason});
    events::append(&mut conn, app.clock.now(), &actor.label(), "passkey.removed", &person.id, &detail).await?;
    Ok(conn.commit().await?)
}

/// What a browser is asked so that a passkey is shown.
pub async fn begin_sign_in(app: &App) -> Result<Value, ActionError> {
    let party = party(app)?;
    let mut conn = app.db.write().await?;
    let options = ask(app, &mut conn, party.ask_to_show()?, None).await?;
    conn.commit().await?;
    Ok(options)
}

/// Signs in the owner of the passkey that was shown.
pub async fn sign_in(app: &App, answer: &str, browser: Browser<'_>) -> Result<Opened, ActionError> {
    let party = party(app)?;
    let answer = ShownAnswer::read(answer)?;
    let now = app.clock.now();
    let question = taken(app, &answer.challenge()?, now).await?;
    if question.person_id.is_some() {
        return Err(late());
    }
    let mut conn = app.db.write().await?;
    let known = passkeys::by_credential(&mut conn, &answer.credential()).await?;
    let known =
        known.ok_or_else(|| ActionError::conflict(Conflict::PasskeyRemoved, "this passkey was removed here"))?;
    let state = match party.shown(&question.state, &answer, &known) {
        Err(PasskeyFault::Backward) => {
            let detail = json!({"passkey": known.id, "reason": "its counter went back, so there may be a copy of it"});
            events::append(&mut conn, now, "anyone", "passkey.refused", &known.person_id, &detail).await?;
            tell(app, &mut conn, &known, Letter::new("passkey-copied")).await?;
            conn.commit().await?;
            return Err(PasskeyFault::Backward.into());
        }
        judged => judged?,
    };
    let grants = roles::of_person(&mut conn, &known.person_id).await?;
    if !grants.iter().any(|grant| grant.role == Role::Administrator) {
        return Err(ActionError::conflict(
            Conflict::PasskeyWithoutRole,
            "passkeys are for administrators; sign in another way",
        ));
    }
    passkeys::used(&mut conn, &known.id, &state, now).await?;
    let opened = sessions::open_in(app, &mut conn, &known.person_id, Method::Passkey, browser).await?;
    conn.commit().await?;
    Ok(opened)
}

fn may_make(app: &App, member: &Member, session: &Session) -> Result<Party, ActionError> {
    require(&Actor::Person(member.clone()), Right::Administer)?;
    if !is_fresh(session.created_at, app.clock.now()) {
        return Err(ActionError::conflict(Conflict::NotFresh, "sign in again first; that you did is too long ago"));
    }
    party(app)
}

fn party(app: &App) -> Result<Party, ActionError> {
    Party::of(&app.config.base_url).ok_or_else(|| {
        ActionError::conflict(
            Conflict::NoDomain,
            "passkeys need a domain, and this service is reached at an IP address",
        )
    })
}

async fn ask(app: &App, conn: &mut Conn, asked: Asked, person_id: Option<String>) -> Result<Value, ActionError> {
    let now = app.clock.now();
    passkeys::sweep(conn, now).await?;
    let expires_at = now.checked_add(SignedDuration::from_mins(MINUTES)).map_err(ActionError::internal)?;
    let question = Question { challenge: asked.challenge, person_id, state: asked.state, expires_at };
    passkeys::ask(conn, &question).await?;
    Ok(asked.options)
}

/// Whatever comes of it, it is answered.
async fn taken(app: &App, challenge: &str, now: Timestamp) -> Result<Question, ActionError> {
    let mut conn = app.db.write().await?;
    let question = passkeys::take(&mut conn, challenge, now).await?;
    conn.commit().await?;
    question.ok_or_else(late)
}

async fn tell(app: &App, conn: &mut Conn, passkey: &Passkey, letter: Letter) -> Result<(), ActionError> {
    let person = people::get(conn, &passkey.person_id).await?;
    let person = person.ok_or_else(|| ActionError::not_found("person", &passkey.person_id))?;
    let link = format!("{}/me#passkeys", app.config.base_url);
    let letter = letter.with("passkey", &passkey.name).with("link", link);
    post(app, conn, &person, &letter).await
}

fn late() -> ActionError {
    ActionError::conflict(Conflict::PasskeyLate, "this answer is too late, or was given before; try again")
}

impl From<PasskeyFault> for ActionError {
    fn from(why: PasskeyFault) -> Self {
        match why {
            PasskeyFault::Refused(_) => ActionError::conflict(Conflict::PasskeyRefused, why.to_string()),
            PasskeyFault::Backward => ActionError::conflict(Conflict::PasskeyCopied, why.to_string()),
            PasskeyFault::Unfit(_) => ActionError::internal(why),
        }
    }
}
