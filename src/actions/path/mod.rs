//! The way to a level: enrolling, what is done of its requirements, mentors, and what is handed in.
//!
//! All of it is done by people for themselves or for those they go along with. Whoever is a stranger to an enrolment is told that there is
//! none, so that ids can't be tried out; whoever has left does nothing.

pub mod check_ins;
pub mod complete;
pub mod confirm;
pub mod enrol;
pub mod evidence;
pub mod in_time;
pub mod learners;
mod letters;
pub mod mentor;
pub mod mine;
pub mod outside;
pub mod sight;
pub mod submission;
pub mod sweep;
pub mod upload;

use super::{ActionError, Conflict, require};
use crate::{
    domain::{
        actor::{Actor, Member, Right, Role},
        enrolment::{Enrolment, Relation},
        recipient::Person,
        requirement::{ConfirmedBy, Requirement, Route},
    },
    store::{
        Conn,
        enrolments::{self, Enrolled},
        people,
    },
};

/// Whoever is signed in, has this right and has not left; with their entry in the directory.
async fn acting<'a>(conn: &mut Conn, actor: &'a Actor, right: Right) -> Result<(&'a Member, Person), ActionError> {
    require(actor, right)?;
    let Actor::Person(member) = actor else {
        return Err(ActionError::refused("only someone who is signed in can do this: it is done in their name"));
    };
    let person = people::get(conn, &member.id).await?.filter(|person| person.active);
    Ok((member, person.ok_or(ActionError::Unauthenticated)?))
}

/// An enrolment as someone sees it who is something to it; for anyone else there is none.
async fn seen(conn: &mut Conn, member: &Member, id: &str) -> Result<(Enrolled, Relation), ActionError> {
    let found = enrolments::enrolled(conn, id).await?;
    found.and_then(|enrolled| visible(enrolled, member)).ok_or_else(|| ActionError::not_found("enrolment", id))
}

fn visible(enrolled: Enrolled, member: &Member) -> Option<(Enrolled, Relation)> {
    let relation = enrolled.enrolment.relation(member)?;
    let theirs = |route: &Route| route.confirmed_by == ConfirmedBy::Assessor;
    let asked = enrolled.enrolment.asked(&enrolled.content);
    let shown =
        relation != Relation::Assessor || asked.requirements.iter().any(|part| part.routes().iter().any(theirs));
    shown.then_some((enrolled, relation))
}

/// One's own enrolment; for anyone else there is none.
async fn own(conn: &mut Conn, member: &Member, id: &str) -> Result<Enrolled, ActionError> {
    let found = enrolments::enrolled(conn, id).await?;
    let own = found.filter(|enrolled| enrolled.enrolment.person_id == member.id);
    own.ok_or_else(|| ActionError::not_found("enrolment", id))
}

/// An enrolment of someone else in a program that one runs; for anyone else there is none.
async fn run_by(conn: &mut Conn, member: &Member, id: &str) -> Result<Enrolled, ActionError> {
    let found = enrolments::enrolled(conn, id).await?;
    let found = found.filter(|enrolled| member.has_in(Role::Owner, &enrolled.enrolment.program_id));
    let found = found.ok_or_else(|| ActionError::not_found("enrolment", id))?;
    match found.enrolment.person_id == member.id {
        false => Ok(found),
        true => Err(own_path()),
    }
}

fn own_path() -> ActionError {
    ActionError::conflict(Conflict::OwnPath, "this is your own way to the level; someone else must do this")
}

/// Refuses what is no longer on its way.
fn still_active(enrolment: &Enrolment) -> Result<(), ActionError> {
    match enrolment.is_active() {
        true => Ok(()),
        false => Err(ended()),
    }
}

fn ended() -> ActionError {
    ActionError::conflict(Conflict::WayEnded, "this way to the level has ended; enrol again to begin a new one")
}

/// A route of a requirement, as the enrolment asks for it.
fn route<'a>(
    enrolled: &'a Enrolled,
    requirement_id: &str,
    route_id: &str,
) -> Result<(&'a Requirement, &'a Route), ActionError> {
    let asked = enrolled.enrolment.asked(&enrolled.content);
    let requirement = asked.requirements.iter().find(|part| part.id == requirement_id);
    let requirement = requirement.ok_or_else(|| ActionError::not_found("requirement", requirement_id))?;
    let route = requirement.routes().iter().find(|route| route.id == route_id);
    Ok((requirement, route.ok_or_else(|| ActionError::not_found("route", route_id))?))
}
