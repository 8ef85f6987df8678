//! Who is under way in a program: for whoever runs it, or has something to confirm in it. Page by page.

use super::{ActionError, acting};
use crate::{
    actions::App,
    domain::{
        actor::{Actor, Member, Right, Role},
        enrolment::EnrolmentState,
        level::{Level, LevelContent, Program},
        progress::Occasion,
        requirement::{ConfirmedBy, Route},
    },
    store::{
        enrolments::{self, Filter, Listed},
        levels, programs,
    },
};
use jiff::Timestamp;

/// So many at once.
const PAGE: usize = 50;

#[derive(Clone, Debug)]
pub struct Learners {
    /// Those in which one has something to do, and which of them is shown.
    pub programs: Vec<Program>,
    pub shown: Program,
    /// The latest to begin first.
    pub listed: Vec<Listed>,
    /// Its ladder, for the levels' names.
    pub levels: Vec<Level>,
    /// Where the next page begins.
    pub next: Option<String>,
}

/// What is asked for; `after` is what the page before said.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
    /// The first of one's programs where none is named.
    pub program: Option<&'a str>,
    /// Only those who wait for a mentor.
    pub waiting: bool,
    pub after: Option<&'a str>,
}

pub async fn learners(app: &App, actor: &Actor, wanted: Wanted<'_>) -> Result<Learners, ActionError> {
    let mut conn = app.db.read().await?;
    let (member, _) = acting(&mut conn, actor, Right::SignedIn).await?;
    let mut mine = programs::all(&mut conn).await?;
    mine.retain(|program| member.has_in(Role::Owner, &program.id) || member.has_in(Role::Assessor, &program.id));
    let shown = match wanted.program {
        None => mine.first().cloned().ok_or_else(|| ActionError::not_found("program", "of yours"))?,
        Some(id) => {
            let found = mine.iter().find(|program| program.id == id).cloned();
            found.ok_or_else(|| ActionError::not_found("program", id))?
        }
    };
    let levels = levels::of_program(&mut conn, &shown.id).await?;
    let filter = Filter { level: None, waiting: wanted.waiting };
    let after = wanted.after.and_then(place);
    let (active, most) = (EnrolmentState::Active, PAGE as u32 + 1);
    let mut listed = enrolments::of_program(&mut conn, &shown.id, active, filter, after, most).await?;
    let more = listed.len() > PAGE;
    listed.truncate(PAGE);
    let last = listed.last().map(|one| format!("{}.{}", one.enrolment.enrolled_at.as_second(), one.enrolment.id));
    listed.retain(|one| concerns(member, &shown.id, &levels, &one.enrolment.level_id));
    Ok(Learners { programs: mine, shown, listed, levels, next: last.filter(|_| more) })
}

/// An owner sees all; an assessor where a route is theirs to confirm.
fn concerns(member: &Member, program: &str, levels: &[Level], level: &str) -> bool {
    let theirs = |route: &Route| route.confirmed_by == ConfirmedBy::Assessor;
    let asks = |content: &LevelContent| {
        [Occasion::First, Occasion::Renewal]
            .into_iter()
            .any(|occasion| content.asked(occasion).requirements.iter().any(|part| part.routes().iter().any(theirs)))
    };
    member.has_in(Role::Owner, program) || levels.iter().any(|one| one.id == level && asks(&one.content))
}

/// Where a page begins: seconds and id, with a point between.
fn place(text: &str) -> Option<(Timestamp, &str)> {
    let (seconds, id) = text.split_once('.')?;
    Some((Timestamp::from_second(seconds.parse().ok()?).ok()?, id))
}
