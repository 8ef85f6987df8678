//! Mentors: asked for by the learner, given by an owner of the program or taking on whoever waits, released by any of the three.

use super::{ActionError, Conflict, acting, ended, letters, own, run_by, seen, still_active};
use crate::{
    actions::App,
    domain::{
        actor::{Actor, Right, Role},
        enrolment::Relation,
        recipient::Person,
    },
    store::{enrolments, events, people, roles},
};
use serde_json::json;

/// Asks for a mentor, or no longer.
pub async fn ask(app: &App, actor: &Actor, enrolment_id: &str, wanted: bool) -> Result<(), ActionError> {
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let (member, _) = acting(&mut conn, actor, Right::SignedIn).await?;
    let enrolled = own(&mut conn, member, enrolment_id).await?;
    still_active(&enrolled.enrolment)?;
    if enrolled.enrolment.mentor_wanted == wanted {
        return Ok(());
    }
    if !enrolments::want_mentor(&mut conn, enrolment_id, wanted).await? {
        return Err(ActionError::conflict(
            Conflict::HasMentor,
            "you have a mentor already; release them to ask for another",
        ));
    }
    let asked = "mentor.asked_for";
    let before = events::of_subject(&mut conn, enrolment_id).await?.iter().any(|event| event.verb == asked);
    // Once: asking again and again writes to nobody.
    if wanted && !before {
        letters::mentor_wanted(app, &mut conn, &enrolled).await?;
    }
    let verb = if wanted { asked } else { "mentor.not_asked_for" };
    events::append(&mut conn, now, &actor.label(), verb, enrolment_id, &json!({})).await?;
    Ok(conn.commit().await?)
}

/// An owner of the program gives a mentor, also in place of another.
pub async fn give(app: &App, actor: &Actor, enrolment_id: &str, mentor_id: &str) -> Result<(), ActionError> {
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let (member, _) = acting(&mut conn, actor, Right::RunProgram).await?;
    let enrolled = run_by(&mut conn, member, enrolment_id).await?;
    still_active(&enrolled.enrolment)?;
    if enrolled.enrolment.person_id == mentor_id {
        return Err(ActionError::invalid("mentor", "is the learner; nobody is their own mentor"));
    }
    let mentor = people::get(&mut conn, mentor_id).await?.filter(|person| person.active);
    let holds = roles::of_person(&mut conn, mentor_id).await?.into_iter().any(|grant| {
        let here = grant.program.as_ref().is_none_or(|program| *program == enrolled.enrolment.program_id);
        grant.role == Role::Mentor && here
    });
    let Some(mentor) = mentor.filter(|_| holds) else {
        return Err(ActionError::invalid("mentor", "is not a mentor of this program; an administrator gives the role"));
    };
    if !enrolments::set_mentor(&mut conn, enrolment_id, Some(mentor_id)).await? {
        return Err(ended());
    }
    let detail = json!({"mentor": mentor_id});
    events::append(&mut conn, now, &actor.label(), "mentor.given", enrolment_id, &detail).await?;
    let before = enrolled.enrolment.mentor_id.as_deref();
    if before != Some(mentor_id) {
        if let Some(before) = before {
            letters::learner_released(app, &mut conn, &enrolled, before).await?;
        }
        letters::mentor_given(app, &mut conn, &enrolled, &mentor).await?;
    }
    Ok(conn.commit().await?)
}

/// A mentor takes on someone who waits for one in a program of theirs.
pub async fn take(app: &App, actor: &Actor, enrolment_id: &str) -> Result<(), ActionError> {
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let (member, person) = acting(&mut conn, actor, Right::Mentor).await?;
    let none = || ActionError::not_found("learner who waits for a mentor", enrolment_id);
    let enrolled = enrolments::enrolled(&mut conn, enrolment_id).await?.ok_or_else(none)?;
    let one = &enrolled.enrolment;
    let waits = one.is_active() && one.mentor_wanted && one.mentor_id.is_none();
    let theirs = one.person_id != member.id && member.has_in(Role::Mentor, &one.program_id);
    if !waits || !theirs || !enrolments::take_on(&mut conn, enrolment_id, &member.id).await? {
        return Err(none());
    }
    let detail = json!({"mentor": member.id});
    events::append(&mut conn, now, &actor.label(), "mentor.given", enrolment_id, &detail).await?;
    letters::mentor_given(app, &mut conn, &enrolled, &person).await?;
    Ok(conn.commit().await?)
}

/// The two go on without each other: by either of them, or by an owner of the program.
pub async fn release(app: &App, actor: &Actor, enrolment_id: &str) -> Result<(), ActionError> {
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let (member, _) = acting(&mut conn, actor, Right::SignedIn).await?;
    let (enrolled, relation) = seen(&mut conn, member, enrolment_id).await?;
    if relation == Relation::Assessor {
        return Err(ActionError::Forbidden { right: Right::RunProgram });
    }
    still_active(&enrolled.enrolment)?;
    let Some(mentor) = enrolled.enrolment.mentor_id.clone() else {
        return Err(ActionError::conflict(Conflict::NoMentor, "there is no mentor to release"));
    };
    if !enrolments::set_mentor(&mut conn, enrolment_id, None).await? {
        return Err(ended());
    }
    let detail = json!({"mentor": mentor});
    events::append(&mut conn, now, &actor.label(), "mentor.released", enrolment_id, &detail).await?;
    letters::released(app, &mut conn, &enrolled, (&mentor, &member.id)).await?;
    Ok(conn.commit().await?)
}

/// Who can be given as a mentor: for an owner of the program.
pub async fn candidates(app: &App, actor: &Actor, enrolment_id: &str) -> Result<Vec<Person>, ActionError> {
    let mut conn = app.db.read().await?;
    let (member, _) = acting(&mut conn, actor, Right::RunProgram).await?;
    let enrolment = run_by(&mut conn, member, enrolment_id).await?.enrolment;
    let mut mentors = roles::holders(&mut conn, Role::Mentor, &enrolment.program_id).await?;
    mentors.retain(|mentor| mentor.id != enrolment.person_id);
    Ok(mentors)
}
