//! Erasing a person, for good (decision 0063): an administrator's act, on the person's wish or because the time to keep is over. One transaction takes
//! them out of every table; awards stay as rows without anyone, so that status lists and the record's chain stay as they are. The bytes of their
//! evidence go after the commit, and what the database file still holds of removed rows is rewritten by a job.

use super::{
    ActionError, App, Conflict, directory,
    path::sweep::drop_objects,
    people::named,
    require,
    revoke::{revoke_endorsement_within, revoke_within},
    webhooks,
};
use crate::{
    domain::{
        actor::{Actor, Right, Role},
        directory::Entry,
        erasing::{Cause, TakenAlong, traces},
    },
    store::{Conn, StoreError, endorsements, erasing, events, people, roles, settings, shown},
};
use jiff::Timestamp;
use serde_json::json;

/// What the record says was the reason of a revocation that comes with it.
const REASON: &str = "erased";
/// The fact that rows were removed of which the file may still hold bytes: whose, or that there is none.
const UNSCRUBBED: &str = "unscrubbed";
const SCRUBBED: &str = "no";

/// What becomes of what someone holds is chosen with the act, and why it is done is told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Asked {
    pub taken_along: TakenAlong,
    pub cause: Cause,
}

/// What there is of someone, before they are erased.
#[derive(Clone, Debug, PartialEq)]
pub struct Before {
    pub entry: Entry,
    pub badges: usize,
    /// How many of them still stand, so that it matters what becomes of those that were taken along.
    pub standing: usize,
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erased {
    pub id: String,
    pub badges: usize,
    pub revoked: usize,
}

pub async fn look(app: &App, actor: &Actor, who: &str) -> Result<Before, ActionError> {
    require(actor, Right::Administer)?;
    let mut conn = app.db.read().await?;
    let person = named(&mut conn, who).await?;
    let entry = people::entry(&mut conn, &person.id).await?.ok_or(StoreError::Dangling)?;
    let held = shown::shown_of_person(&mut conn, &person.id).await?;
    let now = app.clock.now();
    let standing = held.iter().filter(|shown| stands(shown.award.revoked_at, shown.award.valid_until, now)).count();
    Ok(Before { entry, badges: held.len(), standing })
}

/// Of someone named by address or id. Nobody erases themselves, so that somebody is left who answers for it.
pub async fn erase(app: &App, actor: &Actor, who: &str, asked: Asked) -> Result<Erased, ActionError> {
    require(actor, Right::Administer)?;
    let now = app.clock.now();
    // The directory says nothing new of them meanwhile.
    let mut conn = directory::alone(app).await?;
    let person = named(&mut conn, who).await?;
    if let Actor::Person(member) = actor {
        if member.id == person.id {
            return Err(ActionError::conflict(Conflict::OwnErasing, "another administrator must erase you"));
        }
        // Of two who do it to each other at once, the second comes too late.
        if !roles::held(&mut conn, Role::Administrator).await?.contains(&member.id) {
            return Err(ActionError::Forbidden { right: Right::Administer });
        }
    }
    let id = person.id.as_str();
    let entry = people::entry(&mut conn, id).await?.ok_or(StoreError::Dangling)?;
    let (traces, email) = (traces(&entry), entry.person.email.clone());
    let (badges, revoked) = take_back(app, &mut conn, actor, id, asked.taken_along, now).await?;
    directory::removed(&mut conn, actor, entry, now).await?;
    webhooks::awards_erased(app, &mut conn, id, now).await?;
    let prefix = app.urls().badge("");
    let erased = erasing::erase(&mut conn, (id, &email), &traces, &prefix, now).await?;
    let detail = json!({
        "because": asked.cause.as_str(),
        "badges": asked.taken_along.as_str(),
        "events": erased.events,
    });
    events::append(&mut conn, now, &actor.label(), "person.erased", id, &detail).await?;
    // Whose it is tells a scrub under way that there is more since it began.
    settings::set(&mut conn, UNSCRUBBED, id).await?;
    conn.commit().await?;
    if let Err(why) = drop_objects(app, erased.objects).await {
        tracing::warn!("objects of evidence could not be removed yet: {why}");
    }
    Ok(Erased { id: person.id, badges, revoked })
}

/// Whether the database's file may still hold what was removed.
pub async fn is_unscrubbed(app: &App) -> Result<bool, ActionError> {
    Ok(unscrubbed(&mut app.db.read().await?).await?.is_some())
}

/// Rewrites the database's file without what was removed. It counts as done only once it is, and nobody was erased meanwhile.
pub async fn scrub(app: &App) -> Result<(), ActionError> {
    let begun = unscrubbed(&mut app.db.read().await?).await?;
    app.db.scrub().await?;
    let mut conn = app.db.write().await?;
    if unscrubbed(&mut conn).await? == begun {
        settings::set(&mut conn, UNSCRUBBED, SCRUBBED).await?;
    }
    Ok(conn.commit().await?)
}

/// Who was erased last since the file was rewritten.
async fn unscrubbed(conn: &mut Conn) -> Result<Option<String>, ActionError> {
    Ok(settings::get(conn, UNSCRUBBED).await?.filter(|fact| fact != SCRUBBED))
}

/// Revokes what still stands where that is asked for; answers how many badges there are, and how many were revoked.
async fn take_back(
    app: &App,
    conn: &mut Conn,
    actor: &Actor,
    person_id: &str,
    taken_along: TakenAlong,
    now: Timestamp,
) -> Result<(usize, usize), ActionError> {
    let held = shown::shown_of_person(conn, person_id).await?;
    let (badges, mut revoked, by) = (held.len(), 0, actor.label());
    if taken_along == TakenAlong::Leave {
        return Ok((badges, revoked));
    }
    for award in held.into_iter().map(|shown| shown.award) {
        for said in endorsements::of_subject(conn, &app.urls().badge(&award.id)).await? {
            revoke_endorsement_within(app, conn, &by, &said.id, REASON, now).await?;
        }
        if stands(award.revoked_at, award.valid_until, now) {
            revoke_within(app, conn, &by, &award.id, REASON, now).await?;
            revoked += 1;
        }
    }
    Ok((badges, revoked))
}

fn stands(revoked_at: Option<Timestamp>, valid_until: Option<Timestamp>, now: Timestamp) -> bool {
    revoked_at.is_none() && valid_until.is_none_or(|until| until > now)
}
