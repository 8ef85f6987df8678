//! One's own badges, who sees each, and whether one is named on them. The choice is the holder's and nobody else's, it counts for the
//! whole certification with its renewals, and what was given away before stays as it is.

use super::{ActionError, App, member, webhooks};
use crate::{
    domain::{
        actor::{Actor, Right},
        award::Visibility,
        directory::Entry,
        field::Faults,
        recipient::Person,
    },
    store::{
        Conn, awards, events, people,
        shown::{self, ShownAward},
    },
};
use serde_json::json;

/// Newest first; what was renewed stands with what took its place.
pub async fn list(app: &App, actor: &Actor) -> Result<(Person, Vec<ShownAward>), ActionError> {
    let member = member(actor, Right::SignedIn)?;
    let mut conn = app.db.read().await?;
    let person = people::get(&mut conn, &member.id).await?.ok_or(ActionError::Unauthenticated)?;
    let mut badges = shown::shown_of_person(&mut conn, &member.id).await?;
    badges.retain(|shown| shown.award.superseded_by.is_none());
    Ok((person, badges))
}

/// One of them, whoever else sees it. Another's is none.
pub async fn one(conn: &mut Conn, actor: &Actor, award_id: &str) -> Result<ShownAward, ActionError> {
    let member = member(actor, Right::SignedIn)?;
    let found = shown::shown(conn, award_id).await?.filter(|badge| badge.award.person_id == member.id);
    found.filter(|badge| !badge.award.is_erased()).ok_or_else(|| ActionError::not_found("badge", award_id))
}

/// Shows a certification to nobody, to whoever has its link, or to everyone: `private`, `link` or `public`.
pub async fn show_to(app: &App, actor: &Actor, award_id: &str, visibility: &str) -> Result<(), ActionError> {
    let member = member(actor, Right::SignedIn)?;
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let none = || ActionError::not_found("badge", award_id);
    let award =
        awards::get(&mut conn, award_id).await?.filter(|award| award.person_id == member.id).ok_or_else(none)?;
    let mut faults = Faults::default();
    let visibility = faults.take("visibility", Visibility::parse(visibility));
    let visibility = faults.or(visibility).map_err(ActionError::Invalid)?.unwrap_or_default();
    if award.visibility == visibility {
        return Ok(());
    }
    awards::show_lineage(&mut conn, &award.lineage_id, visibility).await?;
    let detail = json!({"visibility": visibility.as_str(), "lineage": award.lineage_id});
    events::append(&mut conn, now, &actor.label(), "award.shown", &award.id, &detail).await?;
    webhooks::award_shown(app, &mut conn, &award.id, award.visibility, now).await?;
    Ok(conn.commit().await?)
}

/// Whether one is named, with one's team, on badges that others see.
pub async fn be_named(app: &App, actor: &Actor, named: bool) -> Result<(), ActionError> {
    let member = member(actor, Right::SignedIn)?;
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let entry = people::entry(&mut conn, &member.id).await?.ok_or(ActionError::Unauthenticated)?;
    if entry.person.name_public == named {
        return Ok(());
    }
    let person = Person { name_public: named, ..entry.person };
    people::update(&mut conn, &Entry { person, updated_at: now, ..entry }).await?;
    let detail = json!({"named": named});
    events::append(&mut conn, now, &actor.label(), "person.named", &member.id, &detail).await?;
    Ok(conn.commit().await?)
}
