//! What is written to learner and mentor, in the transaction of what it tells about. What they note for each other stays on the page.
//! Whoever did something is not told of it.

use super::ActionError;
use crate::{
    actions::{App, mail::post},
    domain::{actor::Role, letter::Letter, recipient::Person},
    store::{Conn, enrolments::Enrolled, people, roles},
};

/// To the mentors of the program: a learner waits for one of them.
pub async fn mentor_wanted(app: &App, conn: &mut Conn, enrolled: &Enrolled) -> Result<(), ActionError> {
    let letter = Letter::new("mentor-wanted")
        .with("level", format!("{}: {}", enrolled.program, enrolled.content.name))
        .with("page", format!("{}/mentor", app.config.base_url));
    let mentors = roles::holders(conn, Role::Mentor, &enrolled.enrolment.program_id).await?;
    for mentor in mentors.iter().filter(|mentor| mentor.id != enrolled.enrolment.person_id) {
        post(app, conn, mentor, &letter).await?;
    }
    Ok(())
}

/// The two are told of each other.
pub async fn mentor_given(app: &App, conn: &mut Conn, enrolled: &Enrolled, mentor: &Person) -> Result<(), ActionError> {
    let letter = Letter::new("mentor-given").with("mentor", &mentor.name);
    to_learner(app, conn, enrolled, letter).await?;
    let letter = Letter::new("learner-given").with("learner", &enrolled.person);
    post(app, conn, mentor, &about(app, enrolled, letter, "learners")).await
}

/// To whom of the two did not end it: they go on without each other.
pub async fn released(
    app: &App,
    conn: &mut Conn,
    enrolled: &Enrolled,
    (mentor_id, by): (&str, &str),
) -> Result<(), ActionError> {
    if enrolled.enrolment.person_id != by {
        let letter = Letter::new("mentor-released").with("mentor", enrolled.mentor.as_deref().unwrap_or_default());
        to_learner(app, conn, enrolled, letter).await?;
    }
    if mentor_id != by {
        learner_released(app, conn, enrolled, mentor_id).await?;
    }
    Ok(())
}

/// To a mentor in whose place another was given, or who was released.
pub async fn learner_released(
    app: &App,
    conn: &mut Conn,
    enrolled: &Enrolled,
    mentor_id: &str,
) -> Result<(), ActionError> {
    let Some(mentor) = people::get(conn, mentor_id).await? else { return Ok(()) };
    let letter = Letter::new("learner-released")
        .with("learner", &enrolled.person)
        .with("level", &enrolled.content.name)
        .with("page", format!("{}/mentor", app.config.base_url));
    post(app, conn, &mentor, &letter).await
}

/// To the learner: the badge is theirs, without a panel.
pub async fn badge_given(app: &App, conn: &mut Conn, enrolled: &Enrolled, award_id: &str) -> Result<(), ActionError> {
    let letter = Letter::new("badge-given").with("badge", app.urls().badge(award_id));
    to_learner(app, conn, enrolled, letter).await
}

/// To the learner: an owner has ended their way.
pub async fn closed(app: &App, conn: &mut Conn, enrolled: &Enrolled, reason: &str) -> Result<(), ActionError> {
    to_learner(app, conn, enrolled, Letter::new("way-closed").with("reason", reason)).await
}

pub async fn requirement_met(
    app: &App,
    conn: &mut Conn,
    enrolled: &Enrolled,
    requirement: &str,
) -> Result<(), ActionError> {
    let letter = Letter::new("requirement-met").with("requirement", requirement);
    to_learner(app, conn, enrolled, letter).await
}

/// To whichever of the two did not write it.
pub async fn note_written(
    app: &App,
    conn: &mut Conn,
    enrolled: &Enrolled,
    author: &Person,
    mentor_id: &str,
) -> Result<(), ActionError> {
    let letter = Letter::new("note-written").with("author", &author.name);
    if author.id == mentor_id {
        return to_learner(app, conn, enrolled, letter).await;
    }
    match people::get(conn, mentor_id).await? {
        Some(mentor) => post(app, conn, &mentor, &about(app, enrolled, letter, "learners")).await,
        None => Ok(()),
    }
}

async fn to_learner(app: &App, conn: &mut Conn, enrolled: &Enrolled, letter: Letter) -> Result<(), ActionError> {
    match people::get(conn, &enrolled.enrolment.person_id).await? {
        Some(learner) => post(app, conn, &learner, &about(app, enrolled, letter, "path")).await,
        None => Ok(()),
    }
}

/// Which level it is about, and where its page is: the learner's own, or that of who goes along.
fn about(app: &App, enrolled: &Enrolled, letter: Letter, room: &str) -> Letter {
    let page = format!("{}/me/{room}/{}", app.config.base_url, enrolled.enrolment.id);
    letter.with("level", &enrolled.content.name).with("page", page)
}
