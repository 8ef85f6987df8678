//! What is written to learner and mentor, in the transaction of what it tells about. What they note for each other stays on the page.

use super::ActionError;
use crate::{
    actions::{App, mail::post},
    domain::{letter::Letter, recipient::Person},
    store::{Conn, enrolments::Enrolled, people},
};

/// The two are told of each other.
pub async fn mentor_given(app: &App, conn: &mut Conn, enrolled: &Enrolled, mentor: &Person) -> Result<(), ActionError> {
    let letter = Letter::new("mentor-given").with("mentor", &mentor.name);
    to_learner(app, conn, enrolled, letter).await?;
    let letter = Letter::new("learner-given").with("learner", &enrolled.person);
    post(app, conn, mentor, &about(app, enrolled, letter, "learners")).await
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
