//! Panels are drawn, filled where they were short, and dissolved. The rule is domain/panel.rs.

use super::{Case, appeal, case, held_by_owner, held_by_seat, letters};
use crate::{
    actions::{ActionError, App, Conflict},
    domain::{
        actor::{Actor, Role},
        enrolment::Enrolment,
        field::Faults,
        id::random_id,
        panel::{self, Bars, Candidate, Drawn, Panel, PanelPurpose, PanelState},
    },
    store::{Conn, appeals, conflicts, enrolments, events, panels, people, roles, submissions, teams},
};
use jiff::{SignedDuration, Timestamp};
use rand::{SeedableRng, rngs::StdRng};
use serde_json::json;
use std::collections::HashMap;

/// Of why someone leaves a seat, or a conflict, in characters.
pub const LONGEST_REASON: usize = 1_000;

/// Draws the panel of what was handed in, in the caller's transaction; `by` is whom the record names. A short one is drawn too, and
/// says what it lacks.
pub async fn convene(
    app: &App,
    conn: &mut Conn,
    by: &str,
    submission_id: &str,
    now: Timestamp,
) -> Result<Panel, ActionError> {
    convene_for(app, conn, by, (submission_id, PanelPurpose::Assessment), now).await
}

pub(super) async fn convene_for(
    app: &App,
    conn: &mut Conn,
    by: &str,
    (submission_id, purpose): (&str, PanelPurpose),
    now: Timestamp,
) -> Result<Panel, ActionError> {
    let none = || ActionError::not_found("submission", submission_id);
    let submission = submissions::get(conn, submission_id).await?.ok_or_else(none)?;
    let enrolled = enrolments::enrolled(conn, &submission.enrolment_id).await?.ok_or_else(none)?;
    let rule = enrolled.content.assessment_rule().ok_or_else(|| {
        ActionError::conflict(
            Conflict::NoRubric,
            format!("the level {} has no rubric to assess by", enrolled.content.name),
        )
    })?;
    let panel = Panel {
        id: app.random.with(random_id),
        submission_id: submission.id,
        program_id: enrolled.enrolment.program_id,
        purpose,
        state: PanelState::Scoring,
        seats: rule.panel,
        short: None,
        due_at: due(now, rule.days)?,
        drawn_at: now,
        drawn_by: by.to_owned(),
    };
    panels::insert(conn, &panel).await?;
    let case = case(conn, panel).await?;
    fill(app, conn, by, case, now).await
}

/// What was handed in is withdrawn: nobody need judge it any more. In the caller's transaction.
pub async fn dissolve(conn: &mut Conn, by: &str, submission_id: &str, now: Timestamp) -> Result<(), ActionError> {
    for id in panels::dissolve(conn, submission_id, now).await? {
        events::append(conn, now, by, "panel.dissolved", &id, &json!({"submission": submission_id})).await?;
    }
    Ok(())
}

/// A path has ended: nobody need judge anything of it any more, and an appeal on it is for nothing. In the caller's transaction.
pub async fn let_go(conn: &mut Conn, by: &str, enrolment_id: &str, now: Timestamp) -> Result<(), ActionError> {
    for submission in submissions::of_enrolment(conn, enrolment_id).await? {
        dissolve(conn, by, &submission.id, now).await?;
    }
    for open in appeals::open_of_enrolment(conn, enrolment_id).await? {
        appeal::close(conn, by, &open, "The path to the level has ended.", now).await?;
    }
    Ok(())
}

/// An assessor leaves a seat for a conflict of interest; someone else is drawn.
pub async fn recuse(app: &App, actor: &Actor, panel_id: &str, reason: &str) -> Result<(), ActionError> {
    super::assessor(actor)?;
    let reason = checked(reason)?;
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let (case, member) = held_by_seat(&mut conn, actor, panel_id).await?;
    empty_seat(app, &mut conn, &actor.label(), case, (&member.id, &reason), now).await?;
    Ok(conn.commit().await?)
}

/// An owner has the empty seats of a short panel drawn for again, or someone's who can't go on.
pub async fn redraw(
    app: &App,
    actor: &Actor,
    panel_id: &str,
    instead_of: Option<&str>,
    reason: &str,
) -> Result<(), ActionError> {
    super::owner(actor)?;
    let reason = instead_of.map(|_| checked(reason)).transpose()?.unwrap_or_default();
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let (case, _) = held_by_owner(&mut conn, actor, panel_id).await?;
    match instead_of {
        Some(person) if case.seat_of(person).is_none() => return Err(ActionError::not_found("seat", person)),
        Some(person) => empty_seat(app, &mut conn, &actor.label(), case, (person, &reason), now).await?,
        None => {
            require_undecided(&mut conn, &case).await?;
            fill(app, &mut conn, &actor.label(), case, now).await?;
        }
    }
    Ok(conn.commit().await?)
}

/// Someone leaves; whoever is drawn for them scores alone, so what the others had settled on is open again.
pub(super) async fn empty_seat(
    app: &App,
    conn: &mut Conn,
    by: &str,
    case: Case,
    (person, reason): (&str, &str),
    now: Timestamp,
) -> Result<(), ActionError> {
    require_undecided(conn, &case).await?;
    panels::leave(conn, &case.panel.id, person, reason).await?;
    panels::unsettle(conn, &case.panel.id).await?;
    let detail = json!({"person": person, "reason": reason});
    events::append(conn, now, by, "panel.left", &case.panel.id, &detail).await?;
    let case = again(conn, &case.panel.id).await?;
    fill(app, conn, by, case, now).await.map(drop)
}

/// One more is to sit than before, since the others are too far apart.
pub(super) async fn add_seat(
    app: &App,
    conn: &mut Conn,
    by: &str,
    mut case: Case,
    now: Timestamp,
) -> Result<(), ActionError> {
    case.panel.seats += 1;
    events::append(conn, now, by, "panel.disagreed", &case.panel.id, &json!({"seats": case.panel.seats})).await?;
    fill(app, conn, by, case, now).await.map(drop)
}

/// Draws for every empty seat. Whoever comes new has the rule's days again, and the panel waits for them.
async fn fill(app: &App, conn: &mut Conn, by: &str, case: Case, now: Timestamp) -> Result<Panel, ActionError> {
    let Case { mut panel, enrolled, seats, rule, .. } = case;
    let assessors = roles::holders(conn, Role::Assessor, &panel.program_id).await?;
    let bars = bars(conn, &enrolled.enrolment, &panel).await?;
    let loads: HashMap<String, i64> = panels::open_seats(conn).await?.into_iter().collect();
    let able = assessors.iter().filter(|person| bars.against(person).is_none());
    let candidates = able.map(|person| Candidate {
        id: person.id.clone(),
        function: person.function.clone(),
        open_seats: loads.get(&person.id).copied().and_then(|load| u32::try_from(load).ok()).unwrap_or(0),
    });
    let candidates = candidates.collect();
    let seated: Vec<Option<String>> =
        seats.iter().filter(|one| one.seat.is_taken()).map(|one| one.function.clone()).collect();
    // A generator is not held over an await: its seed is drawn first.
    let mut rng = app.random.with(|rng| StdRng::from_rng(rng));
    let Drawn { chosen, lacking } = panel::draw((panel.seats, rule.functions), &seated, candidates, &mut rng);
    for person in &chosen {
        panels::seat(conn, &panel.id, person, now).await?;
    }
    let short_from_now = panel.short.is_none() && lacking.is_some();
    panel.short = lacking;
    if !chosen.is_empty() {
        panel.due_at = due(now, rule.days)?;
    }
    panels::reseat(conn, &panel.id, panel.seats, lacking, panel.due_at).await?;
    if panels::advance(conn, &panel.id, PanelState::Settling, PanelState::Scoring).await? {
        panel.state = PanelState::Scoring;
    }
    let detail = json!({
        "submission": panel.submission_id,
        "purpose": panel.purpose.as_str(),
        "seated": chosen,
        "seats": panel.seats,
        "lacking": lacking,
    });
    events::append(conn, now, by, "panel.drawn", &panel.id, &detail).await?;
    letters::drawn(app, conn, (&panel, &enrolled), assessors.iter().filter(|one| chosen.contains(&one.id))).await?;
    if short_from_now {
        letters::short(app, conn, (&panel, &enrolled)).await?;
    }
    Ok(panel)
}

/// What keeps people from this panel, as the record stands.
async fn bars(conn: &mut Conn, enrolment: &Enrolment, panel: &Panel) -> Result<Bars, ActionError> {
    let learner = &enrolment.person_id;
    let person = people::get(conn, learner).await?;
    let line = people::above(conn, learner).await?.into_iter().chain(people::below(conn, learner).await?);
    let line = line.map(|person| person.id).collect();
    let mentors = panels::mentors_noted(conn, &enrolment.id).await?.into_iter().chain(enrolment.mentor_id.clone());
    Ok(Bars {
        learner: learner.clone(),
        team: person.and_then(|person| person.team),
        colleagues: teams::colleagues(conn, learner).await?.into_iter().collect(),
        line,
        mentors: mentors.collect(),
        conflicts: conflicts::of_person(conn, learner).await?.into_iter().collect(),
        earlier: panels::hands(conn, &panel.submission_id, "").await?.into_iter().collect(),
    })
}

/// Once a decision waits for its second look nobody leaves and nobody comes: it would be someone else's.
async fn require_undecided(conn: &mut Conn, case: &Case) -> Result<(), ActionError> {
    if !case.panel.state.is_open() {
        return Err(ActionError::conflict(
            Conflict::PanelDone,
            "this panel has done its work; its seats stay as they are",
        ));
    }
    super::decide::require_none_proposed(conn, &case.panel.id).await
}

/// The panel as it stands now in this transaction.
pub(super) async fn again(conn: &mut Conn, panel_id: &str) -> Result<Case, ActionError> {
    let panel = panels::get(conn, panel_id).await?.ok_or_else(|| ActionError::not_found("panel", panel_id))?;
    case(conn, panel).await
}

pub(super) fn checked(reason: &str) -> Result<String, ActionError> {
    let mut faults = Faults::default();
    let reason = faults.text("reason", reason, LONGEST_REASON, true);
    faults.or(reason).map_err(ActionError::Invalid)
}

fn due(now: Timestamp, days: u32) -> Result<Timestamp, ActionError> {
    now.checked_add(SignedDuration::from_hours(24 * i64::from(days))).map_err(ActionError::internal)
}
