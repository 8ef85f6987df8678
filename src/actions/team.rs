//! A manager's whole reporting line: who holds what, what ends when, who is under way. It is told by the directory alone and holds
//! nobody else; how many there are makes no more queries.

use super::{ActionError, App, audit::Desk, issuer, require};
use crate::{
    domain::{
        actor::{Actor, Right},
        level::LevelContent,
        recipient::Person,
        renewal::{Stand, stand},
    },
    store::{
        enrolments::{self, Enrolled},
        levels, people,
        shown::{self, ShownAward},
    },
};
use std::collections::{BTreeSet, HashMap};

/// Those who have not left; awards and enrolments are of them.
#[derive(Clone, Debug, PartialEq)]
pub struct TeamView {
    /// By name.
    pub people: Vec<Person>,
    /// By person, and what ends first before the rest; what was renewed is left out.
    pub awards: Vec<ShownAward>,
    /// By person.
    pub under_way: Vec<Enrolled>,
    /// How those that count and end stand on their way to being renewed, by the award's id: by the rules of their levels as they are now.
    pub stands: HashMap<String, Stand>,
}

/// Of whoever is signed in.
pub async fn view(app: &App, actor: &Actor) -> Result<TeamView, ActionError> {
    require(actor, Right::SeeTeam)?;
    let Actor::Person(member) = actor else {
        return Err(ActionError::refused("only someone who is signed in has people who report to them"));
    };
    let mut conn = app.db.read().await?;
    let people = people::below(&mut conn, &member.id).await?.into_iter().filter(|person| person.active).collect();
    let awards = shown::held_below(&mut conn, &member.id).await?;
    let under_way = enrolments::active_below(&mut conn, &member.id).await?;
    let held: BTreeSet<String> = awards.iter().map(|shown| shown.award.level_id.clone()).collect();
    let rules = levels::some(&mut conn, &held.into_iter().collect::<Vec<_>>()).await?;
    let rules: HashMap<&str, &LevelContent> = rules.iter().map(|level| (level.id.as_str(), &level.content)).collect();
    let now = app.clock.now();
    let stands = awards.iter().filter(|shown| shown.award.revoked_at.is_none()).filter_map(|shown| {
        let end = shown.award.valid_until?;
        let rules = rules.get(shown.award.level_id.as_str())?;
        Some((shown.award.id.clone(), stand(rules, Some(end), now, &shown.issuer.zone())))
    });
    Ok(TeamView { people, stands: stands.collect(), awards, under_way })
}

/// The same with every award judged again, as an audit does: by its id, what is wrong with it, or that nothing is. That one has
/// expired is as it should be.
pub async fn verified(app: &App, actor: &Actor) -> Result<(TeamView, HashMap<String, Option<String>>), ActionError> {
    let team = view(app, actor).await?;
    let mut conn = app.db.read().await?;
    let issuer = issuer(&mut conn).await?;
    let desk = Desk::new(app, &mut conn, issuer, app.clock.now()).await?;
    let judged = team.awards.iter().map(|shown| (shown.award.id.clone(), desk.fault(&shown.award))).collect();
    Ok((team, judged))
}
