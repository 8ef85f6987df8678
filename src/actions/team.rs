//! A manager's whole reporting line: who holds what, what ends when, who is under way. It is told by the directory alone and holds
//! nobody else; how many there are makes no more queries. A long line comes page by page, by name.

use super::{ActionError, App, audit::Desk, issuer, member};
use crate::{
    domain::{
        actor::{Actor, Right},
        level::LevelContent,
        recipient::Person,
        renewal::{Stand, stand},
    },
    store::{
        Conn,
        enrolments::{self, Enrolled},
        levels, people,
        shown::{self, ShownAward},
    },
};
use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};
use tokio::task::JoinSet;

/// So many people at once: all that they hold is judged while whoever asks is waiting.
const PAGE: usize = 25;

/// Those who have not left; awards and enrolments are of them.
#[derive(Clone, Debug, PartialEq)]
pub struct TeamView {
    /// By name.
    pub people: Vec<Person>,
    /// By person, and what ends first before the rest; what was renewed is left out.
    pub awards: Vec<ShownAward>,
    /// By person.
    pub under_way: Vec<Enrolled>,
    /// Whom they report to, by id: some stand on other pages.
    pub managers: HashMap<String, String>,
    /// How those that count and end stand on their way to being renewed, by the award's id: by the rules of their levels as they are now.
    pub stands: HashMap<String, Stand>,
    /// How many there are in all, where these are not all.
    pub of: Option<i64>,
    /// Where the next page begins.
    pub next: Option<String>,
}

/// A page of the line of whoever is signed in; `after` is what the page before said.
pub async fn view(app: &App, actor: &Actor, after: Option<&str>) -> Result<TeamView, ActionError> {
    let member = member(actor, Right::SeeTeam)?;
    let mut conn = app.db.read().await?;
    // An id holds no point; a name may.
    let (id, name) = after.and_then(|after| after.split_once('.')).unwrap_or_default();
    let (mut people, counted) = people::some_below(&mut conn, &member.id, (name, id), PAGE as u32 + 1).await?;
    let more = people.len() > PAGE;
    people.truncate(PAGE);
    let of = match (more || after.is_some(), counted) {
        (true, None) => Some(people::count_below(&mut conn, &member.id).await?),
        (true, counted) => counted,
        (false, _) => None,
    };
    let ids: Vec<String> = people.iter().map(|person| person.id.clone()).collect();
    let awards = shown::held_by(&mut conn, &ids).await?;
    let under_way = enrolments::active_of(&mut conn, &ids).await?;
    let next = people.last().filter(|_| more).map(|last| format!("{}.{}", last.id, last.name));
    let stands = stands(app, &mut conn, &awards).await?;
    let managers = managers(&mut conn, &people).await?;
    Ok(TeamView { people, awards, under_way, managers, stands, of, next })
}

/// All of the line at once: to take along.
pub async fn whole(app: &App, actor: &Actor) -> Result<TeamView, ActionError> {
    let member = member(actor, Right::SeeTeam)?;
    let mut conn = app.db.read().await?;
    let mut people = people::below(&mut conn, &member.id).await?;
    people.retain(|person| person.active);
    let awards = shown::held_below(&mut conn, &member.id).await?;
    let under_way = enrolments::active_below(&mut conn, &member.id).await?;
    let stands = stands(app, &mut conn, &awards).await?;
    Ok(TeamView { people, awards, under_way, managers: HashMap::new(), stands, of: None, next: None })
}

/// A page of it with every award judged again, as an audit does: by its id, what is wrong with it, or that nothing is. That one has
/// expired is as it should be.
pub async fn verified(
    app: &App,
    actor: &Actor,
    after: Option<&str>,
) -> Result<(TeamView, HashMap<String, Option<String>>), ActionError> {
    let team = view(app, actor, after).await?;
    let mut conn = app.db.read().await?;
    let issuer = issuer(&mut conn).await?;
    let judge = Desk::new(app, &mut conn, issuer, app.clock.now()).await?.into_judge();
    drop(conn);
    let (team, judge) = (Arc::new(team), Arc::new(judge));
    // Side by side, where it keeps nobody waiting who only wants to be answered.
    let hands = std::thread::available_parallelism().map_or(1, usize::from);
    let share = team.awards.len().div_ceil(hands).max(1);
    let mut judging = JoinSet::new();
    for from in (0..team.awards.len()).step_by(share) {
        let (team, judge) = (team.clone(), judge.clone());
        judging.spawn_blocking(move || {
            let part = team.awards.iter().skip(from).take(share);
            part.map(|shown| (shown.award.id.clone(), judge.fault(&shown.award))).collect::<Vec<_>>()
        });
    }
    let mut judged = HashMap::new();
    while let Some(part) = judging.join_next().await {
        judged.extend(part.map_err(ActionError::internal)?);
    }
    Ok((Arc::unwrap_or_clone(team), judged))
}

async fn managers(conn: &mut Conn, people: &[Person]) -> Result<HashMap<String, String>, ActionError> {
    let ids: BTreeSet<String> = people.iter().filter_map(|person| person.manager_id.clone()).collect();
    Ok(people::names(conn, &ids.into_iter().collect::<Vec<_>>()).await?.into_iter().collect())
}

async fn stands(app: &App, conn: &mut Conn, awards: &[ShownAward]) -> Result<HashMap<String, Stand>, ActionError> {
    let held: BTreeSet<String> = awards.iter().map(|shown| shown.award.level_id.clone()).collect();
    let rules = levels::some(conn, &held.into_iter().collect::<Vec<_>>()).await?;
    let rules: HashMap<&str, &LevelContent> = rules.iter().map(|level| (level.id.as_str(), &level.content)).collect();
    let now = app.clock.now();
    let stands = awards.iter().filter(|shown| !shown.award.is_taken_back()).filter_map(|shown| {
        let end = shown.award.valid_until?;
        let rules = rules.get(shown.award.level_id.as_str())?;
        Some((shown.award.id.clone(), stand(rules, Some(end), now, &shown.issuer.zone())))
    });
    Ok(stands.collect())
}
