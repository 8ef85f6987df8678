//! Teams as the company's directory has them: a name of their own, and people who belong to them. Which of someone's teams is
//! shown with their awards follows (store/teams.rs).

use super::{ActionError, App, Conflict, require};
use crate::{
    domain::{
        actor::{Actor, Right},
        directory::{self, Team},
        field::Faults,
        filter::{Filter, TeamField},
        id::random_id,
    },
    store::{Conn, StoreError, events, people, teams},
};
use jiff::Timestamp;
use serde_json::json;
use std::collections::BTreeSet;

/// All that the directory says of one team.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Said {
    pub name: String,
    pub external_id: Option<String>,
    /// Who belongs to it, by id.
    pub members: BTreeSet<String>,
}

/// Someone who belongs to a team: the team's id, theirs, their name.
pub type Membership = (String, String, String);

/// Those the filter lets through, by id, how many there are in all, and who belongs to them where that is asked for.
pub async fn find(
    app: &App,
    actor: &Actor,
    filter: Option<&Filter<TeamField>>,
    from: u32,
    limit: u32,
    with_members: bool,
) -> Result<(Vec<Team>, i64, Vec<Membership>), ActionError> {
    require(actor, Right::Provision)?;
    let mut conn = app.db.read().await?;
    let count = teams::count_matching(&mut conn, filter).await?;
    let found = if limit == 0 { Vec::new() } else { teams::matching(&mut conn, filter, from, limit).await? };
    let ids: Vec<String> = found.iter().map(|team| team.id.clone()).collect();
    let members = if with_members { teams::members_of(&mut conn, &ids).await? } else { Vec::new() };
    Ok((found, count, members))
}

pub async fn read(app: &App, actor: &Actor, id: &str) -> Result<(Team, Vec<Membership>), ActionError> {
    require(actor, Right::Provision)?;
    let mut conn = app.db.read().await?;
    let team = there(&mut conn, id).await?;
    let members = teams::members_of(&mut conn, std::slice::from_ref(&team.id)).await?;
    Ok((team, members))
}

pub async fn add(app: &App, actor: &Actor, said: &Said) -> Result<(Team, Vec<Membership>), ActionError> {
    require(actor, Right::Provision)?;
    let said = checked(said)?;
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let (external_id, id) = (said.external_id, app.random.with(random_id));
    let team = Team { id, name: said.name, external_id, created_at: now, updated_at: now };
    free(&mut conn, &team).await?;
    teams::insert(&mut conn, &team).await?;
    events::append(&mut conn, now, &actor.label(), "team.added", &team.id, &json!({"name": team.name})).await?;
    belong(&mut conn, actor, &team, &BTreeSet::new(), &said.members, now).await?;
    let members = teams::members_of(&mut conn, std::slice::from_ref(&team.id)).await?;
    conn.commit().await?;
    Ok((team, members))
}

/// `asked` makes what is said from now on out of what is known, inside the transaction, or refuses.
pub async fn change<E: From<ActionError> + From<StoreError>>(
    app: &App,
    actor: &Actor,
    id: &str,
    asked: impl FnOnce(&Team, Said, &[Membership]) -> Result<Said, E>,
) -> Result<(Team, Vec<Membership>), E> {
    require(actor, Right::Provision)?;
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let before = there(&mut conn, id).await?;
    let members = teams::members_of(&mut conn, std::slice::from_ref(&before.id)).await?;
    let had: BTreeSet<String> = members.iter().map(|(_, person, _)| person.clone()).collect();
    let known = Said { name: before.name.clone(), external_id: before.external_id.clone(), members: had.clone() };
    let said = checked(&asked(&before, known, &members)?)?;
    let mut team = Team { name: said.name, external_id: said.external_id, ..before.clone() };
    if team == before && had == said.members {
        return Ok((before, members));
    }
    team.updated_at = now;
    free(&mut conn, &team).await?;
    teams::update(&mut conn, &team).await?;
    if (&team.name, &team.external_id) != (&before.name, &before.external_id) {
        let detail = json!({"name": team.name, "was": before.name});
        events::append(&mut conn, now, &actor.label(), "team.changed", &team.id, &detail).await?;
    }
    belong(&mut conn, actor, &team, &had, &said.members, now).await?;
    let members = teams::members_of(&mut conn, std::slice::from_ref(&team.id)).await?;
    conn.commit().await?;
    Ok((team, members))
}

/// Its people stay. `asked` may refuse.
pub async fn remove<E: From<ActionError> + From<StoreError>>(
    app: &App,
    actor: &Actor,
    id: &str,
    asked: impl FnOnce(&Team, &[Membership]) -> Result<(), E>,
) -> Result<(), E> {
    require(actor, Right::Provision)?;
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let team = there(&mut conn, id).await?;
    asked(&team, &teams::members_of(&mut conn, std::slice::from_ref(&team.id)).await?)?;
    let members = teams::member_ids(&mut conn, id).await?;
    teams::remove(&mut conn, id).await?;
    let detail = json!({"name": team.name, "members": members});
    events::append(&mut conn, now, &actor.label(), "team.removed", id, &detail).await?;
    Ok(conn.commit().await?)
}

/// Writes who belongs to the team from now on.
pub(super) async fn belong(
    conn: &mut Conn,
    actor: &Actor,
    team: &Team,
    before: &BTreeSet<String>,
    after: &BTreeSet<String>,
    now: Timestamp,
) -> Result<(), ActionError> {
    let added: Vec<String> = after.difference(before).cloned().collect();
    let dropped: Vec<String> = before.difference(after).cloned().collect();
    if added.is_empty() && dropped.is_empty() {
        return Ok(());
    }
    let known: BTreeSet<String> = people::known(conn, &added).await?.into_iter().collect();
    if let Some(nobody) = added.iter().find(|id| !known.contains(*id)) {
        return Err(ActionError::invalid("members", format!("there is no person “{nobody}”")));
    }
    teams::add_members(conn, &team.id, &added).await?;
    teams::drop_members(conn, &team.id, &dropped).await?;
    let detail = json!({"added": added, "removed": dropped});
    events::append(conn, now, &actor.label(), "team.members_changed", &team.id, &detail).await?;
    Ok(())
}

async fn there(conn: &mut Conn, id: &str) -> Result<Team, ActionError> {
    teams::get(conn, id).await?.ok_or_else(|| ActionError::not_found("team", id))
}

fn checked(said: &Said) -> Result<Said, ActionError> {
    let mut faults = Faults::default();
    let name = directory::team_name(&mut faults, "name", &said.name);
    let external_id = said.external_id.as_ref().map(|id| directory::external_id(&mut faults, "external_id", id));
    faults.or(Said { name, external_id, members: said.members.clone() }).map_err(ActionError::Invalid)
}

async fn free(conn: &mut Conn, team: &Team) -> Result<(), ActionError> {
    if teams::by_name(conn, &team.name).await?.is_some_and(|other| other.id != team.id) {
        return Err(ActionError::conflict(
            Conflict::TeamNameTaken,
            format!("another team is called {} already", team.name),
        ));
    }
    if let Some(external_id) = &team.external_id
        && let Some(other) = teams::by_external_id(conn, external_id).await?.filter(|other| other.id != team.id)
    {
        let message = format!("the external id {external_id} is that of another team, {}", other.id);
        return Err(ActionError::conflict(Conflict::ExternalIdTaken, message));
    }
    Ok(())
}
