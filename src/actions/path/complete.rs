//! Where no panel assesses, the badge is given once nothing is missing.
//!
//! - A renewal that says what it asks for, and that none of it is assessed, gives itself in the transaction that does the last of it: each part
//!   was confirmed by someone, or by a badge that verifies, and there is nothing left to judge. Nobody lapses while they wait for a press.
//! - Anything else an owner of the program gives: a level without a rubric, or its renewal where nothing is said of it. Never their own.
//! - Neither gives a renewal once its certification has lapsed: that is earned anew.

use super::{ActionError, Conflict, acting, ended, in_time, letters, mine::how_far, run_by, still_active};
use crate::{
    actions::{App, panel},
    domain::{
        actor::{Actor, Right},
        enrolment::EnrolmentState,
        progress::Progress,
    },
    store::{
        Conn, awards,
        enrolments::{self, Enrolled},
        events, fulfilments,
    },
};
use jiff::Timestamp;
use serde_json::json;

/// Whom the record names where nobody pressed anything.
const ITSELF: &str = "laurel";

/// An owner gives the badge, in the transaction that ends the way; the award's id.
pub async fn complete(app: &App, actor: &Actor, enrolment_id: &str) -> Result<String, ActionError> {
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let (member, _) = acting(&mut conn, actor, Right::RunProgram).await?;
    let enrolled = run_by(&mut conn, member, enrolment_id).await?;
    still_active(&enrolled.enrolment)?;
    if enrolled.enrolment.asked(&enrolled.content).assessed {
        return Err(ActionError::conflict(
            Conflict::Assessed,
            "a panel assesses this, and gives the badge with its decision",
        ));
    }
    let missing: Vec<String> =
        done_of(&mut conn, &enrolled, now).await?.missing().iter().map(ToString::to_string).collect();
    if !missing.is_empty() {
        return Err(ActionError::invalid("requirements", format!("are not all met: {}", missing.join("; "))));
    }
    if let Some(over) = in_time::over(&mut conn, &enrolled, now).await? {
        return Err(over.into());
    }
    let award = give(app, &mut conn, &actor.label(), &enrolled, now).await?;
    follow(app, &mut conn, &enrolled.enrolment.person_id, now).await?;
    conn.commit().await?;
    Ok(award)
}

/// Something of this way was done, in the caller's transaction: where that was the last and the badge gives itself, it is given; its id.
pub(super) async fn once_whole(
    app: &App,
    conn: &mut Conn,
    enrolment_id: &str,
    now: Timestamp,
) -> Result<Option<String>, ActionError> {
    // Held first: of two who do the last two parts at once, the second sees what the first did.
    enrolments::hold(conn, enrolment_id).await?;
    let Some(enrolled) = enrolments::enrolled(conn, enrolment_id).await? else { return Ok(None) };
    let waits = enrolled.enrolment.is_active() && enrolled.enrolment.gives_itself(&enrolled.content);
    if !waits || !done_of(conn, &enrolled, now).await?.ready_to_submit {
        return Ok(None);
    }
    if in_time::over(conn, &enrolled, now).await?.is_some() {
        return Ok(None);
    }
    give(app, conn, ITSELF, &enrolled, now).await.map(Some)
}

/// A badge was given to someone in the caller's transaction: what else they are on the way to may have asked for no more than that.
pub async fn follow(app: &App, conn: &mut Conn, person_id: &str, now: Timestamp) -> Result<(), ActionError> {
    for Enrolled { enrolment, content, .. } in enrolments::of_person(conn, person_id).await? {
        if enrolment.is_active() && enrolment.gives_itself(&content) {
            once_whole(app, conn, &enrolment.id, now).await?;
        }
    }
    Ok(())
}

async fn give(
    app: &App,
    conn: &mut Conn,
    by: &str,
    enrolled: &Enrolled,
    now: Timestamp,
) -> Result<String, ActionError> {
    let id = &enrolled.enrolment.id;
    if !enrolments::end(conn, id, EnrolmentState::Passed, now).await? {
        return Err(ended());
    }
    let award = panel::give_unassessed(app, conn, by, enrolled, now).await?;
    events::append(conn, now, by, "enrolment.passed", id, &json!({"award": award})).await?;
    letters::badge_given(app, conn, enrolled, &award).await?;
    Ok(award)
}

async fn done_of(conn: &mut Conn, enrolled: &Enrolled, now: Timestamp) -> Result<Progress, ActionError> {
    let held = awards::levels_held(conn, &enrolled.enrolment.person_id, now).await?;
    let met = fulfilments::of_enrolment(conn, &enrolled.enrolment.id).await?;
    Ok(how_far(enrolled, &held, &met))
}
