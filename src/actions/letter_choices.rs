//! Which letters one gets: chosen on a page, or stopped by the link in a letter, which takes no signing in (RFC 8058). Only what reminds and
//! what others ask or write can be stopped; a decision, a revocation or a link to sign in always comes.

use super::{ActionError, App, member, sessions::hash};
use crate::{
    domain::{
        actor::{Actor, Right},
        letter::LetterKind,
    },
    outside::random::Random,
    store::{Conn, events, letter_choices},
};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

/// How long the link in a letter works.
const LINK_WORKS: SignedDuration = SignedDuration::from_hours(24 * 400);

/// What there is to choose, and whether one gets it.
pub async fn list(app: &App, actor: &Actor) -> Result<Vec<(LetterKind, bool)>, ActionError> {
    let member = member(actor, Right::SignedIn)?;
    let declined = letter_choices::declined(&mut app.db.read().await?, &member.id).await?;
    Ok(LetterKind::ALL.iter().map(|kind| (*kind, !declined.contains(kind))).collect())
}

/// Gets these, and none of the others that can be stopped.
pub async fn choose(app: &App, actor: &Actor, wanted: &[LetterKind]) -> Result<(), ActionError> {
    let member = member(actor, Right::SignedIn)?;
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    for kind in LetterKind::ALL {
        let wants = wanted.contains(kind);
        let changed = match wants {
            true => letter_choices::want(&mut conn, &member.id, *kind).await?,
            false => letter_choices::decline(&mut conn, &member.id, *kind, now).await?,
        };
        if changed {
            note(&mut conn, &actor.label(), &member.id, *kind, wants, now).await?;
        }
    }
    Ok(conn.commit().await?)
}

/// What the link in a letter stops; nothing is changed by looking.
pub async fn of_link(app: &App, secret: &str) -> Result<LetterKind, ActionError> {
    let found = letter_choices::link(&mut app.db.read().await?, &hash(secret)).await?;
    found.map(|(_, kind)| kind).ok_or_else(nothing)
}

/// Stops the letters that a link is of. Whoever has the letter has the link, and it does nothing else.
pub async fn stop(app: &App, secret: &str) -> Result<LetterKind, ActionError> {
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let (person_id, kind) = letter_choices::link(&mut conn, &hash(secret)).await?.ok_or_else(nothing)?;
    if letter_choices::decline(&mut conn, &person_id, kind, now).await? {
        note(&mut conn, &format!("person:{person_id}"), &person_id, kind, false, now).await?;
    }
    conn.commit().await?;
    Ok(kind)
}

/// The address at which someone stops letters of a kind, for one letter.
pub(super) async fn stop_url(
    app: &App,
    conn: &mut Conn,
    person_id: &str,
    kind: LetterKind,
) -> Result<String, ActionError> {
    let secret = Random::System.with(crate::domain::id::random_id);
    let now = app.clock.now();
    letter_choices::keep_link(conn, &hash(&secret), (person_id, kind), now, now - LINK_WORKS).await?;
    Ok(format!("{}/letters/{secret}", app.config.base_url))
}

async fn note(
    conn: &mut Conn,
    by: &str,
    person_id: &str,
    kind: LetterKind,
    wanted: bool,
    now: Timestamp,
) -> Result<(), ActionError> {
    let detail = json!({"letters": kind.as_str(), "wanted": wanted});
    Ok(events::append(conn, now, by, "person.letters", person_id, &detail).await?)
}

fn nothing() -> ActionError {
    ActionError::not_found("link", "")
}
