//! Panels at work: drawn when something is handed in, scored alone, settled together, decided, looked at twice, appealed against.
//!
//! - Whoever may not see a panel is told that there is none.
//! - Every step holds its panel first, so that of two at once the second sees what the first did.
//! - A pass issues the badge in the transaction of its decision: either both are there or neither.

pub mod appeal;
mod award;
pub mod calibrate;
pub mod conflict;
pub mod decide;
pub mod draw;
mod letters;
pub mod reminders;
pub mod score;
pub mod settle;
pub mod view;

pub use award::give_unassessed;
pub use draw::{convene, dissolve, let_go};

use super::{ActionError, require};
use crate::{
    domain::{
        actor::{Actor, Member, Right, Role},
        assessment::Assessment,
        panel::Panel,
        rubric::Rubric,
        submission::Submission,
    },
    store::{
        Conn,
        enrolments::{self, Enrolled},
        panels::{self, Seated},
        submissions,
    },
};

/// A panel with what it is about.
#[derive(Clone, Debug)]
pub struct Case {
    pub panel: Panel,
    pub submission: Submission,
    pub enrolled: Enrolled,
    /// Every seat there ever was, those that were left among them.
    pub seats: Vec<Seated>,
    pub rubric: Rubric,
    pub rule: Assessment,
}

impl Case {
    pub fn learner(&self) -> &str {
        &self.enrolled.enrolment.person_id
    }

    /// Who sits.
    pub fn seated(&self) -> impl Iterator<Item = &Seated> {
        self.seats.iter().filter(|one| one.seat.is_taken())
    }

    pub fn seat_of(&self, person_id: &str) -> Option<&Seated> {
        self.seated().find(|one| one.seat.person_id == person_id)
    }
}

/// The panel with all it is about.
pub(super) async fn case(conn: &mut Conn, panel: Panel) -> Result<Case, ActionError> {
    let missing = |what: &str| ActionError::internal(anyhow::anyhow!("the {what} of panel {} is not there", panel.id));
    let submission = submissions::get(conn, &panel.submission_id).await?.ok_or_else(|| missing("submission"))?;
    let enrolled = enrolments::enrolled(conn, &submission.enrolment_id).await?.ok_or_else(|| missing("enrolment"))?;
    let rule = enrolled.content.assessment_rule().ok_or_else(|| missing("rule"))?;
    let rubric = enrolled.content.rubric.clone().ok_or_else(|| missing("rubric"))?;
    let seats = panels::seats(conn, &panel.id).await?;
    Ok(Case { panel, submission, enrolled, seats, rubric, rule })
}

/// The panel that the actor sits on, held. Anyone else is told that there is none.
async fn held_by_seat(conn: &mut Conn, actor: &Actor, panel_id: &str) -> Result<(Case, Member), ActionError> {
    let member = assessor(actor)?;
    let none = || ActionError::not_found("panel", panel_id);
    let panel = panels::hold(conn, panel_id).await?.ok_or_else(none)?;
    let case = case(conn, panel).await?;
    let sits =
        case.seat_of(&member.id).is_some_and(|one| one.active) && member.has_in(Role::Assessor, &case.panel.program_id);
    if !sits || case.learner() == member.id {
        return Err(none());
    }
    Ok((case, member.clone()))
}

/// The panel of a program that the actor runs, held. Anyone else is told that there is none.
async fn held_by_owner(conn: &mut Conn, actor: &Actor, panel_id: &str) -> Result<(Case, Member), ActionError> {
    let member = owner(actor)?;
    let none = || ActionError::not_found("panel", panel_id);
    let panel = panels::hold(conn, panel_id).await?.ok_or_else(none)?;
    let case = case(conn, panel).await?;
    if !member.has_in(Role::Owner, &case.panel.program_id) {
        return Err(none());
    }
    Ok((case, member.clone()))
}

/// Someone signed in who sits on panels.
fn assessor(actor: &Actor) -> Result<&Member, ActionError> {
    require(actor, Right::Assess)?;
    person(actor, Right::Assess)
}

/// Someone signed in who runs a program.
fn owner(actor: &Actor) -> Result<&Member, ActionError> {
    require(actor, Right::RunProgram)?;
    person(actor, Right::RunProgram)
}

/// A judgement is a person's: whoever runs the machine has none to give.
fn person(actor: &Actor, right: Right) -> Result<&Member, ActionError> {
    require(actor, right)?;
    match actor {
        Actor::Person(member) => Ok(member),
        _ => Err(ActionError::Forbidden { right }),
    }
}
