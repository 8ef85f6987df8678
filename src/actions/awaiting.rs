//! What waits for an owner in their programs, on one page: a fixed number of queries, however many programs and however much waits.

use super::{ActionError, App, issuer, require};
use crate::{
    domain::{
        actor::{Actor, Right, Role},
        level::Program,
        renewal::Turn,
    },
    store::{
        awaiting::{self, Panels},
        levels, programs,
        renewals::LevelEnds,
    },
};
use std::collections::HashMap;

/// Programs of a page: whoever owns all of a large company's has hundreds.
const PAGE: usize = 50;

/// A program, with how many of each wait.
#[derive(Clone, Debug, PartialEq)]
pub struct Awaiting {
    pub program: Program,
    pub panels: Panels,
    /// For an owner's words.
    pub appeals: i64,
    pub on_the_way: i64,
    pub waiting_for_mentor: i64,
    /// That can be renewed now.
    pub renewals: i64,
}

/// The programs that someone owns in the order they are shown, from just after `after`; and where the next page begins.
pub async fn of_owner(
    app: &App,
    actor: &Actor,
    after: Option<&str>,
) -> Result<(Vec<Awaiting>, Option<String>), ActionError> {
    require(actor, Right::RunProgram)?;
    let Actor::Person(member) = actor else { return Err(ActionError::Forbidden { right: Right::RunProgram }) };
    let mut conn = app.db.read().await?;
    let mut own = programs::all(&mut conn).await?;
    own.retain(|program| member.has_in(Role::Owner, &program.id));
    let from = after.and_then(|after| own.iter().position(|program| program.id == after)).map_or(0, |at| at + 1);
    let mut shown: Vec<Program> = own.into_iter().skip(from).take(PAGE + 1).collect();
    let more = shown.len() > PAGE;
    shown.truncate(PAGE);
    let next = shown.last().map(|program| program.id.clone()).filter(|_| more);

    let now = app.clock.now();
    let zone = issuer(&mut conn).await?.zone();
    let ids: Vec<String> = shown.iter().map(|program| program.id.clone()).collect();
    let levels = levels::of_programs(&mut conn, &ids).await?;
    let ends = levels.iter().filter(|level| level.content.validity.is_some()).map(|level| {
        let (from, before) = Turn::Due.ends(&level.content, now, &zone);
        LevelEnds { level_id: &level.id, from, before }
    });
    let renewals = counted(awaiting::ending(&mut conn, &ends.collect::<Vec<_>>()).await?);
    let panels = awaiting::panels(&mut conn, now).await?.into_iter();
    let mut panels: HashMap<String, Panels> = panels.map(|one| (one.program_id.clone(), one)).collect();
    let appeals = counted(awaiting::appeals(&mut conn).await?);
    let learners = awaiting::learners(&mut conn, &ids).await?.into_iter();
    let learners: HashMap<String, (i64, i64)> = learners.map(|(id, all, waiting)| (id, (all, waiting))).collect();
    let awaiting = |program: Program| {
        let (on_the_way, waiting_for_mentor) = learners.get(&program.id).copied().unwrap_or_default();
        Awaiting {
            panels: panels.remove(&program.id).unwrap_or_default(),
            appeals: appeals.get(&program.id).copied().unwrap_or_default(),
            renewals: renewals.get(&program.id).copied().unwrap_or_default(),
            on_the_way,
            waiting_for_mentor,
            program,
        }
    };
    Ok((shown.into_iter().map(awaiting).collect(), next))
}

fn counted(counts: Vec<(String, i64)>) -> HashMap<String, i64> {
    counts.into_iter().collect()
}
