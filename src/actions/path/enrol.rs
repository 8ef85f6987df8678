//! Enrolling for a level, and ending it: withdrawn by the learner, or closed by an owner of the program.
//!
//! Anyone may enrol, also while prerequisites are missing: they are shown as missing until they are held.

use super::{ActionError, Conflict, acting, complete, ended, letters, own, run_by, still_active};
use crate::{
    actions::{App, issuer, panel},
    domain::{
        actor::{Actor, Right},
        enrolment::{Aim, Enrolment, EnrolmentRefused, EnrolmentState, aim},
        field::Faults,
        id::random_id,
        level::Level,
        submission::SubmissionState,
    },
    store::{Conn, awards, enrolments, events, levels, submissions},
};
use jiff::Timestamp;
use serde_json::{Value, json};

/// What would come of enrolling now.
#[derive(Clone, Debug)]
pub struct Prospect {
    pub level: Level,
    /// What one would enrol for, or why one can't.
    pub aim: Result<Aim, EnrolmentRefused>,
    /// The way to it that one is on already.
    pub active: Option<String>,
}

pub async fn prospect(app: &App, actor: &Actor, level_id: &str) -> Result<Prospect, ActionError> {
    let mut conn = app.db.read().await?;
    let (member, _) = acting(&mut conn, actor, Right::SignedIn).await?;
    let level = levels::get(&mut conn, level_id).await?.ok_or_else(|| ActionError::not_found("level", level_id))?;
    let active = enrolments::active(&mut conn, &member.id, &level.id).await?.map(|enrolment| enrolment.id);
    let aim = aim_of(&mut conn, &member.id, &level, app.clock.now()).await?;
    Ok(Prospect { level, aim, active })
}

/// For a first badge, or for the renewal of the one that is held: which of them follows from the awards.
pub async fn enrol(app: &App, actor: &Actor, level_id: &str) -> Result<Enrolment, ActionError> {
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let (member, _) = acting(&mut conn, actor, Right::SignedIn).await?;
    let level = levels::get(&mut conn, level_id).await?.ok_or_else(|| ActionError::not_found("level", level_id))?;
    if enrolments::active(&mut conn, &member.id, &level.id).await?.is_some() {
        let message = format!("you are on the way to {} already", level.content.name);
        return Err(ActionError::conflict(Conflict::AlreadyEnrolled, message));
    }
    let aim = aim_of(&mut conn, &member.id, &level, now).await?;
    let aim = aim.map_err(|why| {
        let conflict = if why == EnrolmentRefused::Suspended { Conflict::Suspended } else { Conflict::Held };
        ActionError::conflict(conflict, format!("{}: {why}", level.content.name))
    })?;
    let enrolment = Enrolment {
        id: app.random.with(random_id),
        person_id: member.id.clone(),
        program_id: level.program_id,
        level_id: level.id,
        level_version: level.version,
        aim,
        state: EnrolmentState::Active,
        mentor_id: None,
        mentor_wanted: false,
        enrolled_at: now,
        ended_at: None,
    };
    enrolments::insert(&mut conn, &enrolment).await?;
    let renews = match &enrolment.aim {
        Aim::First => None,
        Aim::Renewal { award } => Some(award),
    };
    let detail = json!({"level": enrolment.level_id, "version": enrolment.level_version, "renews": renews});
    events::append(&mut conn, now, &actor.label(), "enrolment.begun", &enrolment.id, &detail).await?;
    // A renewal may ask for no more than levels that are held already.
    let given = complete::once_whole(app, &mut conn, &enrolment.id, now).await?;
    conn.commit().await?;
    Ok(match given {
        Some(_) => Enrolment { state: EnrolmentState::Passed, ended_at: Some(now), ..enrolment },
        None => enrolment,
    })
}

async fn aim_of(
    conn: &mut Conn,
    person_id: &str,
    level: &Level,
    now: Timestamp,
) -> Result<Result<Aim, EnrolmentRefused>, ActionError> {
    let newest = awards::newest(conn, person_id, &level.id).await?;
    let zone = issuer(conn).await?.zone();
    let grace = level.content.renewal.as_ref().and_then(|renewal| renewal.grace);
    Ok(aim(newest.as_ref(), level.content.renewal_window, grace, now, &zone))
}

/// The learner goes no further. What was handed in and is not decided is withdrawn with it.
pub async fn withdraw(app: &App, actor: &Actor, id: &str) -> Result<(), ActionError> {
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let (member, _) = acting(&mut conn, actor, Right::SignedIn).await?;
    let enrolled = own(&mut conn, member, id).await?;
    still_active(&enrolled.enrolment)?;
    end(&mut conn, actor, &enrolled.enrolment, (EnrolmentState::Withdrawn, json!({})), now).await?;
    Ok(conn.commit().await?)
}

/// An owner of the program ends what nobody goes on with, and says why; never their own.
pub async fn close(app: &App, actor: &Actor, id: &str, reason: &str) -> Result<(), ActionError> {
    let mut faults = Faults::default();
    let reason = faults.text("reason", reason, 500, true);
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let (member, _) = acting(&mut conn, actor, Right::RunProgram).await?;
    let enrolled = run_by(&mut conn, member, id).await?;
    faults.or(()).map_err(ActionError::Invalid)?;
    still_active(&enrolled.enrolment)?;
    end(&mut conn, actor, &enrolled.enrolment, (EnrolmentState::Closed, json!({"reason": reason})), now).await?;
    letters::closed(app, &mut conn, &enrolled, &reason).await?;
    Ok(conn.commit().await?)
}

async fn end(
    conn: &mut Conn,
    actor: &Actor,
    enrolment: &Enrolment,
    (state, detail): (EnrolmentState, Value),
    now: Timestamp,
) -> Result<(), ActionError> {
    let open = submissions::of_enrolment(conn, &enrolment.id).await?.into_iter().find(|one| one.state.is_open());
    if let Some(open) = open {
        submissions::advance(conn, &open.id, open.state, SubmissionState::Withdrawn, now).await?;
        events::append(conn, now, &actor.label(), "submission.withdrawn", &open.id, &json!({})).await?;
    }
    panel::let_go(conn, &actor.label(), &enrolment.id, now).await?;
    if !enrolments::end(conn, &enrolment.id, state, now).await? {
        return Err(ended());
    }
    let verb = format!("enrolment.{}", state.as_str());
    Ok(events::append(conn, now, &actor.label(), &verb, &enrolment.id, &detail).await?)
}
