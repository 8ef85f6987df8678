//! The company's directory says who there is: someone joins, moves or leaves. What they were given stays whatever it says.
//!
//! - One address, user name and external id is one person's. Nobody manages themselves, straight or through others.
//! - Who is inactive is signed out and cannot sign in and keeps their roles for when they come back; who is dropped keeps neither role nor team, and
//!   is the same person again should the directory bring them back.
//! - Changes come one after the other: two at once could each be right and leave a ring of managers, or undo each other.
//! - The record says which fields changed and never what they hold.

use super::{ActionError, App, Conflict, require};
use crate::{
    domain::{
        actor::{Actor, Right},
        directory::{Entry, Said},
        filter::{Filter, PersonField},
        id::random_id,
        recipient::Person,
    },
    store::{Conn, StoreError, events, people, roles, sessions, settings, teams},
};
use jiff::Timestamp;
use serde_json::json;

/// Those the directory has and the filter lets through, by id, and how many there are in all.
pub async fn find(
    app: &App,
    actor: &Actor,
    filter: Option<&Filter<PersonField>>,
    from: u32,
    limit: u32,
) -> Result<(Vec<Entry>, i64), ActionError> {
    require(actor, Right::Provision)?;
    let mut conn = app.db.read().await?;
    let count = people::count_matching(&mut conn, filter).await?;
    let found = if limit == 0 { Vec::new() } else { people::matching(&mut conn, filter, from, limit).await? };
    Ok((found, count))
}

pub async fn read(app: &App, actor: &Actor, id: &str) -> Result<Entry, ActionError> {
    require(actor, Right::Provision)?;
    there(&mut app.db.read().await?, id).await
}

/// Someone is new, or comes back.
pub async fn join(app: &App, actor: &Actor, said: &Said) -> Result<Entry, ActionError> {
    require(actor, Right::Provision)?;
    let said = said.check().map_err(ActionError::Invalid)?;
    let mut conn = alone(app).await?;
    let entry = joined(app, &mut conn, actor, said, app.clock.now()).await?;
    conn.commit().await?;
    Ok(entry)
}

/// `asked` makes what is said from now on out of what is known, inside the transaction, or refuses.
pub async fn change<E: From<ActionError> + From<StoreError>>(
    app: &App,
    actor: &Actor,
    id: &str,
    asked: impl FnOnce(&Entry) -> Result<Said, E>,
) -> Result<Entry, E> {
    require(actor, Right::Provision)?;
    let mut conn = alone(app).await?;
    let before = there(&mut conn, id).await?;
    let said = asked(&before)?.check().map_err(ActionError::Invalid)?;
    let entry = changed(&mut conn, actor, &before, said, app.clock.now()).await?;
    conn.commit().await?;
    Ok(entry)
}

/// Someone is no longer in the directory. `asked` may refuse.
pub async fn remove<E: From<ActionError> + From<StoreError>>(
    app: &App,
    actor: &Actor,
    id: &str,
    asked: impl FnOnce(&Entry) -> Result<(), E>,
) -> Result<(), E> {
    require(actor, Right::Provision)?;
    let mut conn = alone(app).await?;
    let before = there(&mut conn, id).await?;
    asked(&before)?;
    removed(&mut conn, actor, before, app.clock.now()).await?;
    Ok(conn.commit().await?)
}

/// A write that no other change of the directory crosses.
pub(super) async fn alone(app: &App) -> Result<Conn, ActionError> {
    let mut conn = app.db.write().await?;
    settings::hold(&mut conn, "directory").await?;
    Ok(conn)
}

/// Writes someone who is not in the directory; `said` is checked.
pub(super) async fn joined(
    app: &App,
    conn: &mut Conn,
    actor: &Actor,
    said: Said,
    now: Timestamp,
) -> Result<Entry, ActionError> {
    if let Some(known) = people::by_email(conn, &said.email).await? {
        let known = people::entry(conn, &known.id).await?.ok_or(StoreError::Dangling)?;
        if known.removed_at.is_none() {
            let message = format!("{} is in the directory already, as {}", said.email, known.person.id);
            return Err(ActionError::conflict(Conflict::EmailTaken, message));
        }
        let back = Entry { removed_at: None, ..known };
        return changed(conn, actor, &back, said, now).await;
    }
    let person = Person {
        id: app.random.with(random_id),
        email: said.email.clone(),
        name: said.name.clone(),
        team: None,
        name_public: false,
        function: None,
        manager_id: None,
        active: said.active,
    };
    let entry = Entry::new(person, now).after(said);
    free(conn, &entry).await?;
    manager_fits(conn, &entry).await?;
    people::insert(conn, &entry).await?;
    events::append(conn, now, &actor.label(), "person.added", &entry.person.id, &json!({})).await?;
    Ok(entry)
}

/// Writes what is different, or nothing where all is as it was; `said` is checked.
pub(super) async fn changed(
    conn: &mut Conn,
    actor: &Actor,
    before: &Entry,
    said: Said,
    now: Timestamp,
) -> Result<Entry, ActionError> {
    if said.manager_id != before.person.manager_id {
        manager_fits(conn, &before.after(said.clone())).await?;
    }
    unchecked(conn, actor, before, said, now).await
}

/// The same where whoever calls has seen to it that the manager fits.
pub(super) async fn unchecked(
    conn: &mut Conn,
    actor: &Actor,
    before: &Entry,
    said: Said,
    now: Timestamp,
) -> Result<Entry, ActionError> {
    let fields = said.changed(&before.said());
    let came_or_went = match (before.person.active, said.active) {
        (false, true) => Some("person.returned"),
        (true, false) => Some("person.left"),
        _ => None,
    };
    if fields.is_empty() && came_or_went.is_none() {
        return Ok(before.clone());
    }
    let entry = Entry { updated_at: now, ..before.after(said) };
    free(conn, &entry).await?;
    people::update(conn, &entry).await?;
    if !fields.is_empty() {
        let detail = match &entry.person.manager_id {
            Some(manager) if fields.contains(&"manager") => json!({"fields": fields, "manager": manager}),
            _ => json!({"fields": fields}),
        };
        events::append(conn, now, &actor.label(), "person.changed", &entry.person.id, &detail).await?;
    }
    if !entry.person.active {
        sessions::end_all(conn, &entry.person.id, None).await?;
    }
    if let Some(verb) = came_or_went {
        events::append(conn, now, &actor.label(), verb, &entry.person.id, &json!({})).await?;
    }
    Ok(entry)
}

/// Takes someone out of the directory, with their roles and teams.
pub(super) async fn removed(conn: &mut Conn, actor: &Actor, before: Entry, now: Timestamp) -> Result<(), ActionError> {
    let id = before.person.id.clone();
    for granted in roles::granted(conn, &id).await? {
        roles::revoke(conn, &id, &granted.grant).await?;
        let detail = json!({"role": granted.grant.role.as_str(), "program": granted.grant.program, "reason": "left"});
        events::append(conn, now, &actor.label(), "role.revoked", &id, &detail).await?;
    }
    let left: Vec<String> = teams::of_person(conn, &id).await?.into_iter().map(|team| team.id).collect();
    for team in &left {
        teams::drop_members(conn, team, std::slice::from_ref(&id)).await?;
    }
    // Read again: leaving the teams has changed which one is shown.
    let before = people::entry(conn, &id).await?.unwrap_or(before);
    let person = Person { active: false, ..before.person };
    // The directory may give both to someone else.
    let gone = Entry { person, external_id: None, user_name: None, removed_at: Some(now), updated_at: now, ..before };
    people::update(conn, &gone).await?;
    sessions::end_all(conn, &id, None).await?;
    events::append(conn, now, &actor.label(), "person.removed", &id, &json!({"teams": left})).await?;
    Ok(())
}

async fn there(conn: &mut Conn, id: &str) -> Result<Entry, ActionError> {
    let found = people::entry(conn, id).await?.filter(|entry| entry.removed_at.is_none());
    found.ok_or_else(|| ActionError::not_found("person", id))
}

/// Refuses what is another's already.
async fn free(conn: &mut Conn, entry: &Entry) -> Result<(), ActionError> {
    let own = &entry.person.id;
    let taken = |why, what: &str, value: &str, other: &str| {
        Err(ActionError::conflict(why, format!("the {what} {value} is that of another person, {other}")))
    };
    if let Some(other) = people::by_email(conn, &entry.person.email).await?.filter(|other| other.id != *own) {
        return taken(Conflict::EmailTaken, "address", &entry.person.email, &other.id);
    }
    let user_name = entry.user_name();
    if let Some(other) = people::by_user_name(conn, user_name).await?.filter(|other| other.person.id != *own) {
        return taken(Conflict::UserNameTaken, "user name", user_name, &other.person.id);
    }
    if let Some(external_id) = &entry.external_id
        && let Some(other) = people::by_external_id(conn, external_id).await?.filter(|other| other.person.id != *own)
    {
        return taken(Conflict::ExternalIdTaken, "external id", external_id, &other.person.id);
    }
    Ok(())
}

/// Refuses a manager who is not there, or would be managed by this person.
async fn manager_fits(conn: &mut Conn, entry: &Entry) -> Result<(), ActionError> {
    let own = &entry.person.id;
    let Some(manager) = &entry.person.manager_id else { return Ok(()) };
    let known = people::entry(conn, manager).await?.is_some_and(|known| known.removed_at.is_none());
    if !known {
        return Err(ActionError::invalid("manager", format!("there is no person “{manager}”")));
    }
    if manager == own || people::above(conn, manager).await?.iter().any(|above| above.id == *own) {
        return Err(ActionError::invalid("manager", "would be managed by this person, straight or through others"));
    }
    Ok(())
}
