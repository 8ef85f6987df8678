//! Appeals: against “not yet”, and against a revocation; once each, within the level's days. A new panel with nobody of the first
//! looks at the same work again, and what it decides is the answer. Where a badge was given without a panel, or a panel has looked twice
//! already, an owner of the program who had no hand in it decides in words.

use super::{Case, award, draw, letters, owner, person};
use crate::{
    actions::{ActionError, App, Conflict},
    domain::{
        actor::{Actor, Right, Role},
        assessment::Assessment,
        award::Award,
        decision::{Against, Appeal, AppealState, DecisionState, LONGEST_REASON, Outcome, appeal_until},
        field::Faults,
        id::random_id,
        panel::PanelPurpose,
    },
    store::{Conn, appeals, awards, decisions, events, levels, lineages, panels},
};
use jiff::Timestamp;
use serde_json::json;

/// The learner appeals against a decision on what they handed in.
pub async fn against_decision(
    app: &App,
    actor: &Actor,
    decision_id: &str,
    reason: &str,
) -> Result<Appeal, ActionError> {
    let member = person(actor, Right::SignedIn)?;
    let reason = checked("reason", reason)?;
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let none = || ActionError::not_found("decision", decision_id);
    let decision = decisions::get(&mut conn, decision_id).await?.ok_or_else(none)?;
    let panel = panels::hold(&mut conn, &decision.panel_id).await?.ok_or_else(none)?;
    let case = super::case(&mut conn, panel).await?;
    if case.learner() != member.id || decision.state != DecisionState::Final {
        return Err(none());
    }
    require_open(&case, decision.outcome, decision.decided_at, now)?;
    if appeals::of_decision(&mut conn, decision_id).await?.is_some() {
        return Err(ActionError::conflict(Conflict::AlreadyAppealed, "you have appealed against this decision before"));
    }
    let submission = case.submission.id.as_str();
    let panel = draw::convene_for(app, &mut conn, &actor.label(), (submission, PanelPurpose::Appeal), now).await?;
    let against = Against::Decision(decision_id.to_owned());
    let about = (member.id.as_str(), case.enrolled.enrolment.level_id.as_str());
    file(app, conn, actor, (about, against, reason), Some(panel.id), now).await
}

/// The holder appeals against the revocation of their badge.
pub async fn against_revocation(app: &App, actor: &Actor, award_id: &str, reason: &str) -> Result<Appeal, ActionError> {
    let member = person(actor, Right::SignedIn)?;
    let reason = checked("reason", reason)?;
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let none = || ActionError::not_found("badge", award_id);
    let award =
        awards::get(&mut conn, award_id).await?.filter(|award| award.person_id == member.id).ok_or_else(none)?;
    // Held, so that of two appeals at once the second sees the first.
    lineages::find_or_create(&mut conn, &award.lineage_id, &award.person_id, &award.level_id, now).await?;
    let revoked_at = award.revoked_at;
    let revoked_at =
        revoked_at.ok_or_else(|| ActionError::conflict(Conflict::NotRevoked, "this badge was not revoked"))?;
    in_time(revoked_at, rule(&mut conn, &award).await?.appeal_days, now)?;
    if !appeals::of_award(&mut conn, award_id).await?.is_empty() {
        return Err(ActionError::conflict(
            Conflict::AlreadyAppealed,
            "you have appealed against this revocation before",
        ));
    }
    let panel_id = match assessed(&mut conn, &award).await? {
        Some(submission) => {
            let purpose = (submission.as_str(), PanelPurpose::Appeal);
            Some(draw::convene_for(app, &mut conn, &actor.label(), purpose, now).await?.id)
        }
        None => None,
    };
    let against = Against::Revocation(award_id.to_owned());
    let about = (member.id.as_str(), award.level_id.as_str());
    file(app, conn, actor, (about, against, reason), panel_id, now).await
}

/// The learner takes an open appeal back.
pub async fn withdraw(app: &App, actor: &Actor, appeal_id: &str) -> Result<(), ActionError> {
    let member = person(actor, Right::SignedIn)?;
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let appeal = appeals::get(&mut conn, appeal_id).await?.filter(|appeal| appeal.person_id == member.id);
    let appeal = appeal.ok_or_else(|| ActionError::not_found("appeal", appeal_id))?;
    if let Some(panel) = &appeal.panel_id {
        panels::hold(&mut conn, panel).await?;
    }
    if !close(&mut conn, &actor.label(), &appeal, "The learner took it back.", now).await? {
        return Err(ActionError::conflict(Conflict::AppealDecided, "this appeal was decided before"));
    }
    Ok(conn.commit().await?)
}

/// An owner answers an appeal that has no panel, in words. Upheld, the badge is given again for the same time; its id.
pub async fn answer(
    app: &App,
    actor: &Actor,
    appeal_id: &str,
    upheld: bool,
    outcome: &str,
) -> Result<Option<String>, ActionError> {
    let member = owner(actor)?;
    let outcome = checked("outcome", outcome)?;
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let none = || ActionError::not_found("appeal", appeal_id);
    let appeal = appeals::get(&mut conn, appeal_id).await?.ok_or_else(none)?;
    let Against::Revocation(award_id) = &appeal.against else { return Err(none()) };
    let award = awards::get(&mut conn, award_id).await?.ok_or_else(none)?;
    let level = levels::get(&mut conn, &award.level_id).await?.ok_or_else(none)?;
    if appeal.panel_id.is_some() || !member.has_in(Role::Owner, &level.program_id) {
        return Err(none());
    }
    require_no_part(&mut conn, actor, &member.id, &award).await?;
    let state = if upheld { AppealState::Upheld } else { AppealState::Rejected };
    if !appeals::decide(&mut conn, appeal_id, state, &outcome, Some(&member.id), now).await? {
        return Err(ActionError::conflict(Conflict::AppealDecided, "this appeal was decided before"));
    }
    let given = if upheld { award::restore(app, &mut conn, &actor.label(), award_id, now).await? } else { None };
    let detail = json!({"outcome": outcome, "award": given});
    let verb = format!("appeal.{}", state.as_str());
    events::append(&mut conn, now, &actor.label(), &verb, appeal_id, &detail).await?;
    let answer = letters::Answer {
        appeal: &appeal,
        state,
        level_id: &level.id,
        award_id: given.as_deref(),
        decision_id: None,
        by: Some(&member.id),
    };
    letters::answered(app, &mut conn, answer).await?;
    conn.commit().await?;
    Ok(given)
}

/// An open appeal ends without an answer, and its panel with it. False when it was answered before.
pub(super) async fn close(
    conn: &mut Conn,
    by: &str,
    appeal: &Appeal,
    why: &str,
    now: Timestamp,
) -> Result<bool, ActionError> {
    if !appeals::decide(conn, &appeal.id, AppealState::Withdrawn, why, None, now).await? {
        return Ok(false);
    }
    if let Some(panel) = &appeal.panel_id
        && let Some(panel) = panels::get(conn, panel).await?
    {
        draw::dissolve(conn, by, &panel.submission_id, now).await?;
    }
    events::append(conn, now, by, "appeal.withdrawn", &appeal.id, &json!({"reason": why})).await?;
    Ok(true)
}

async fn file(
    app: &App,
    mut conn: Conn,
    actor: &Actor,
    ((person, level_id), against, reason): ((&str, &str), Against, String),
    panel_id: Option<String>,
    now: Timestamp,
) -> Result<Appeal, ActionError> {
    let appeal = Appeal {
        id: app.random.with(random_id),
        person_id: person.to_owned(),
        against,
        reason,
        state: AppealState::Open,
        outcome: None,
        panel_id,
        filed_at: now,
        decided_at: None,
        decided_by: None,
    };
    appeals::insert(&mut conn, &appeal).await?;
    let detail = match &appeal.against {
        Against::Decision(id) => json!({"decision": id, "panel": appeal.panel_id}),
        Against::Revocation(id) => json!({"revocation_of": id, "panel": appeal.panel_id}),
    };
    events::append(&mut conn, now, &actor.label(), "appeal.filed", &appeal.id, &detail).await?;
    letters::appealed(app, &mut conn, (&appeal, level_id)).await?;
    conn.commit().await?;
    Ok(appeal)
}

/// Only “not yet” of a first panel, on a path that goes on, and in time.
fn require_open(
    case: &Case,
    outcome: Outcome,
    decided_at: Option<Timestamp>,
    now: Timestamp,
) -> Result<(), ActionError> {
    if outcome == Outcome::Pass {
        return Err(ActionError::conflict(Conflict::Passed, "you have passed; there is nothing to appeal against"));
    }
    if case.panel.purpose == PanelPurpose::Appeal {
        return Err(ActionError::conflict(
            Conflict::AnswerFinal,
            "this was the answer to your appeal, and it is final",
        ));
    }
    if !case.enrolled.enrolment.is_active() {
        return Err(ActionError::conflict(Conflict::OffThePath, "you are no longer on this path"));
    }
    in_time(decided_at.unwrap_or(now), case.rule.appeal_days, now)
}

fn in_time(at: Timestamp, days: u32, now: Timestamp) -> Result<(), ActionError> {
    if appeal_until(at, days).is_some_and(|end| now <= end) {
        return Ok(());
    }
    Err(ActionError::conflict(Conflict::TooLate, format!("the {days} days in which one may appeal are over")))
}

/// How long one may appeal against what became of an award: as its level says.
pub async fn rule(conn: &mut Conn, award: &Award) -> Result<Assessment, ActionError> {
    let content = levels::version(conn, &award.level_id, award.level_version).await?;
    Ok(content.and_then(|content| content.assessment_rule()).unwrap_or_default())
}

/// What was handed in for an award that a panel gave, unless a second panel has looked at it already.
async fn assessed(conn: &mut Conn, award: &Award) -> Result<Option<String>, ActionError> {
    let Some(decision) = decisions::of_award(conn, &award.id).await? else { return Ok(None) };
    let Some(panel) = panels::get(conn, &decision.panel_id).await? else { return Ok(None) };
    let all = panels::of_submission(conn, &panel.submission_id).await?;
    let twice = all.iter().any(|panel| panel.purpose == PanelPurpose::Appeal);
    Ok((!twice).then_some(panel.submission_id))
}

/// Whoever answers neither holds the badge, nor gave it, nor took it away.
async fn require_no_part(conn: &mut Conn, actor: &Actor, member: &str, award: &Award) -> Result<(), ActionError> {
    let label = actor.label();
    let done = events::of_subject(conn, &award.id).await?;
    let took_away = ["award.revoked", "award.suspended"];
    let took_away = done.iter().any(|event| took_away.contains(&event.verb.as_str()) && event.actor == label);
    let sat = match decisions::of_award(conn, &award.id).await? {
        Some(decision) => match panels::get(conn, &decision.panel_id).await? {
            Some(panel) => panels::hands(conn, &panel.submission_id, "").await?.iter().any(|hand| hand == member),
            None => false,
        },
        None => false,
    };
    if award.person_id == member || took_away || sat {
        let message = "you are part of this case; another owner must answer the appeal";
        return Err(ActionError::conflict(Conflict::OwnAppeal, message));
    }
    Ok(())
}

fn checked(field: &str, text: &str) -> Result<String, ActionError> {
    let mut faults = Faults::default();
    let text = faults.text(field, text, LONGEST_REASON, true);
    faults.or(text).map_err(ActionError::Invalid)
}
