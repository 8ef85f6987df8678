//! A program's certifications by how they stand on their way to being renewed, for its owners: what can be renewed now, what ends later, and
//! what lapsed within a year. A page takes as many queries however many there are.

use super::{ActionError, App, drafts::owner, issuer, renewals::Listed};
use crate::{
    domain::{
        actor::Actor,
        level::{Level, Program},
        renewal::{Turn, stand},
    },
    store::{
        levels, programs,
        renewals::{self, LevelEnds},
    },
};
use jiff::Timestamp;

/// What is looked for.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    pub turn: Turn,
    /// One level of the program; of all where none is named.
    pub level: Option<&'a str>,
    /// What the page before said.
    pub after: Option<&'a str>,
    pub limit: usize,
}

#[derive(Clone, Debug)]
pub struct Found {
    pub program: Program,
    /// Its levels that end.
    pub levels: Vec<Level>,
    /// The first to end first.
    pub listed: Vec<Listed>,
    /// Where the next page begins.
    pub next: Option<String>,
}

pub async fn find(app: &App, actor: &Actor, program_id: &str, wanted: Wanted<'_>) -> Result<Found, ActionError> {
    owner(actor, program_id)?;
    let mut conn = app.db.read().await?;
    let none = || ActionError::not_found("program of yours", program_id);
    let program = programs::get(&mut conn, program_id).await?.ok_or_else(none)?;
    let mut levels = levels::of_program(&mut conn, program_id).await?;
    levels.retain(|level| level.content.validity.is_some());
    if let Some(level) = wanted.level.filter(|id| !levels.iter().any(|level| level.id == *id)) {
        return Err(ActionError::not_found("level that ends", level));
    }
    let zone = issuer(&mut conn).await?.zone();
    let now = app.clock.now();
    let asked = levels.iter().filter(|level| wanted.level.is_none_or(|id| level.id == id));
    let ends: Vec<LevelEnds<'_>> = asked
        .map(|level| {
            let (from, before) = wanted.turn.ends(&level.content, now, &zone);
            LevelEnds { level_id: &level.id, from, before }
        })
        .collect();
    let after = wanted.after.and_then(place);
    let limit = u32::try_from(wanted.limit + 1).map_err(ActionError::internal)?;
    let mut found = renewals::ending_in(&mut conn, &ends, after, limit).await?;
    let more = found.len() > wanted.limit;
    found.truncate(wanted.limit);
    let next = found.last().filter(|_| more).map(|one| format!("{}.{}", one.valid_until.as_second(), one.award_id));
    let listed = found
        .into_iter()
        .map(|ending| Listed { stand: stand(&ending.content, Some(ending.valid_until), now, &zone), ending })
        .collect();
    Ok(Found { program, levels, listed, next })
}

/// Where a page begins: seconds and id, with a point between.
fn place(text: &str) -> Option<(Timestamp, &str)> {
    let (seconds, id) = text.split_once('.')?;
    Some((Timestamp::from_second(seconds.parse().ok()?).ok()?, id))
}
