//! Where no panel assesses, an owner of the program gives the badge once nothing is missing: a level without a rubric, or a renewal that asks for
//! no new work. Never their own.

use super::{ActionError, acting, ended, mine::how_far, run_by, still_active};
use crate::{
    actions::{App, panel},
    domain::{
        actor::{Actor, Right},
        enrolment::EnrolmentState,
    },
    store::{awards, enrolments, events, fulfilments},
};
use serde_json::json;

/// Gives the badge in the transaction that ends the way; the award's id.
pub async fn complete(app: &App, actor: &Actor, enrolment_id: &str) -> Result<String, ActionError> {
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let (member, _) = acting(&mut conn, actor, Right::RunProgram).await?;
    let enrolled = run_by(&mut conn, member, enrolment_id).await?;
    let enrolment = &enrolled.enrolment;
    still_active(enrolment)?;
    if enrolment.asked(&enrolled.content).assessed {
        return Err(ActionError::conflict("assessed", "a panel assesses this, and gives the badge with its decision"));
    }
    let held = awards::levels_held(&mut conn, &enrolment.person_id, now).await?;
    let met = fulfilments::of_enrolment(&mut conn, enrolment_id).await?;
    let missing: Vec<String> = how_far(&enrolled, &held, &met).missing().iter().map(ToString::to_string).collect();
    if !missing.is_empty() {
        return Err(ActionError::invalid("requirements", format!("are not all met: {}", missing.join("; "))));
    }
    if !enrolments::end(&mut conn, enrolment_id, EnrolmentState::Passed, now).await? {
        return Err(ended());
    }
    let award = panel::give_unassessed(app, &mut conn, actor, &enrolled, now).await?;
    let detail = json!({"award": award});
    events::append(&mut conn, now, &actor.label(), "enrolment.passed", enrolment_id, &detail).await?;
    conn.commit().await?;
    Ok(award)
}
