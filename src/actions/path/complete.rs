//! Where no panel assesses, an owner of the program gives the badge once nothing is missing: a level without a rubric, or a renewal that asks for
//! no new work. Never their own, and no renewal once its certification has lapsed: that is earned anew.

use super::{ActionError, Conflict, acting, ended, letters, mine::how_far, run_by, still_active};
use crate::{
    actions::{App, issuer, panel},
    domain::{
        actor::{Actor, Right},
        enrolment::{Aim, EnrolmentState},
        level::LevelContent,
        renewal::{Stand, stand},
    },
    store::{Conn, awards, enrolments, events, fulfilments},
};
use jiff::Timestamp;
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
        return Err(ActionError::conflict(
            Conflict::Assessed,
            "a panel assesses this, and gives the badge with its decision",
        ));
    }
    let held = awards::levels_held(&mut conn, &enrolment.person_id, now).await?;
    let met = fulfilments::of_enrolment(&mut conn, enrolment_id).await?;
    let missing: Vec<String> = how_far(&enrolled, &held, &met).missing().iter().map(ToString::to_string).collect();
    if !missing.is_empty() {
        return Err(ActionError::invalid("requirements", format!("are not all met: {}", missing.join("; "))));
    }
    if let Aim::Renewal { award } = &enrolment.aim {
        not_lapsed(&mut conn, award, &enrolled.content, now).await?;
    }
    if !enrolments::end(&mut conn, enrolment_id, EnrolmentState::Passed, now).await? {
        return Err(ended());
    }
    let award = panel::give_unassessed(app, &mut conn, actor, &enrolled, now).await?;
    let detail = json!({"award": award});
    events::append(&mut conn, now, &actor.label(), "enrolment.passed", enrolment_id, &detail).await?;
    letters::badge_given(app, &mut conn, &enrolled, &award).await?;
    conn.commit().await?;
    Ok(award)
}

async fn not_lapsed(conn: &mut Conn, award: &str, content: &LevelContent, now: Timestamp) -> Result<(), ActionError> {
    let old = awards::get(conn, award).await?.ok_or_else(|| ActionError::not_found("award", award))?;
    let zone = issuer(conn).await?.zone();
    match stand(content, old.valid_until, now, &zone) {
        Stand::Lapsed => {
            let message =
                "the time in which it could be renewed has passed; close this way, and let them enrol to earn it anew";
            Err(ActionError::conflict(Conflict::Lapsed, message))
        }
        _ => Ok(()),
    }
}
