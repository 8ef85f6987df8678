//! Whether a route was walked: the word of the mentor, an assessor or an owner of the program, as the route says. Never one's own.

use super::{ActionError, Conflict, acting, complete, letters, own_path, route, seen, still_active};
use crate::{
    actions::App,
    domain::{
        actor::{Actor, Member, Right, Role},
        enrolment::Enrolment,
        field::Faults,
        requirement::{ConfirmedBy, Route},
        submission::SubmissionState,
    },
    store::{
        Conn, events,
        fulfilments::{self, Fulfilled},
        submissions,
    },
};
use serde_json::json;

/// The longest note, in characters.
pub const LONGEST_NOTE: usize = 1_000;

/// Which route of which requirement, on whose way.
#[derive(Clone, Copy, Debug)]
pub struct Walked<'a> {
    pub enrolment: &'a str,
    pub requirement: &'a str,
    pub route: &'a str,
}

/// Notes that a route was walked; `note` says how one knows, and may be empty. Where that was the last part, a renewal may give itself.
pub async fn confirm(app: &App, actor: &Actor, walked: Walked<'_>, note: &str) -> Result<(), ActionError> {
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let (member, _) = acting(&mut conn, actor, Right::SignedIn).await?;
    let (enrolled, _) = seen(&mut conn, member, walked.enrolment).await?;
    let (requirement, route) = route(&enrolled, walked.requirement, walked.route)?;
    let enrolment = &enrolled.enrolment;
    if enrolment.person_id == member.id {
        return Err(own_path());
    }
    allowed(member, enrolment, route)?;
    let note = noted(note)?;
    still_active(enrolment)?;
    let met = Fulfilled {
        enrolment_id: enrolment.id.clone(),
        requirement_id: requirement.id.clone(),
        route_id: route.id.clone(),
        note,
        badge_id: None,
        at: now,
        confirmed_by: actor.label(),
    };
    if !fulfilments::insert(&mut conn, &met, None).await? {
        return Err(already_met());
    }
    let detail = json!({"requirement": met.requirement_id, "route": met.route_id});
    events::append(&mut conn, now, &actor.label(), "requirement.met", &enrolment.id, &detail).await?;
    // Whoever is given the badge for it is not told of the part as well.
    if complete::once_whole(app, &mut conn, &enrolment.id, now).await?.is_none() {
        letters::requirement_met(app, &mut conn, &enrolled, &requirement.name).await?;
    }
    Ok(conn.commit().await?)
}

/// Takes a confirmation back, by whoever could give it; a badge from elsewhere by the learner, or by an owner of the program. Not while work
/// is handed in on the strength of it.
pub async fn unconfirm(app: &App, actor: &Actor, enrolment_id: &str, requirement_id: &str) -> Result<(), ActionError> {
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let (member, _) = acting(&mut conn, actor, Right::SignedIn).await?;
    let (enrolled, _) = seen(&mut conn, member, enrolment_id).await?;
    let met = fulfilments::of_enrolment(&mut conn, enrolment_id).await?;
    let met = met.into_iter().find(|met| met.requirement_id == requirement_id);
    let met = met.ok_or_else(|| ActionError::not_found("requirement", requirement_id))?;
    let (_, route) = route(&enrolled, requirement_id, &met.route_id)?;
    let enrolment = &enrolled.enrolment;
    let brought = route.confirmed_by == ConfirmedBy::Verification;
    match enrolment.person_id == member.id {
        true if brought => {}
        true => return Err(own_path()),
        false if brought => role(member, Role::Owner, enrolment, Right::RunProgram)?,
        false => allowed(member, enrolment, route)?,
    }
    still_active(enrolment)?;
    nothing_handed_in(&mut conn, enrolment_id).await?;
    fulfilments::remove(&mut conn, enrolment_id, requirement_id).await?;
    let detail = json!({"requirement": requirement_id, "route": met.route_id});
    events::append(&mut conn, now, &actor.label(), "requirement.unmet", enrolment_id, &detail).await?;
    Ok(conn.commit().await?)
}

/// Whether someone may confirm this route on this way: for pages, which offer nothing else.
pub fn may_confirm(member: &Member, enrolment: &Enrolment, route: &Route) -> bool {
    enrolment.person_id != member.id && allowed(member, enrolment, route).is_ok()
}

fn allowed(member: &Member, enrolment: &Enrolment, route: &Route) -> Result<(), ActionError> {
    match route.confirmed_by {
        ConfirmedBy::Mentor if enrolment.mentor_id.as_ref() != Some(&member.id) => {
            Err(ActionError::Forbidden { right: Right::Mentor })
        }
        ConfirmedBy::Mentor => role(member, Role::Mentor, enrolment, Right::Mentor),
        ConfirmedBy::Assessor => role(member, Role::Assessor, enrolment, Right::Assess),
        ConfirmedBy::Owner => role(member, Role::Owner, enrolment, Right::RunProgram),
        ConfirmedBy::Verification => {
            let message = "this route is walked by a badge that verifies, and by nobody's word";
            Err(ActionError::conflict(Conflict::NeedsBadge, message))
        }
    }
}

fn role(member: &Member, role: Role, enrolment: &Enrolment, right: Right) -> Result<(), ActionError> {
    match member.has_in(role, &enrolment.program_id) {
        true => Ok(()),
        false => Err(ActionError::Forbidden { right }),
    }
}

pub(super) async fn nothing_handed_in(conn: &mut Conn, enrolment_id: &str) -> Result<(), ActionError> {
    let handed_in = |state| state == SubmissionState::Submitted;
    match submissions::of_enrolment(conn, enrolment_id).await?.iter().any(|one| handed_in(one.state)) {
        false => Ok(()),
        true => Err(ActionError::conflict(Conflict::WorkHandedIn, "work is handed in already and is being assessed")),
    }
}

pub(super) fn already_met() -> ActionError {
    ActionError::conflict(Conflict::AlreadyMet, "this requirement is met already")
}

fn noted(note: &str) -> Result<Option<String>, ActionError> {
    if note.trim().is_empty() {
        return Ok(None);
    }
    let mut faults = Faults::default();
    let note = faults.text("note", note, LONGEST_NOTE, true);
    faults.or(Some(note)).map_err(ActionError::Invalid)
}
