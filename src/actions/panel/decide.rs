//! The panel decides, and where the level asks for it an owner who did not sit looks a second time before a badge is given.
//!
//! The outcome follows from the grades by the rubric; whoever proposes it gives the words. “Not yet” is final at once: it takes nothing
//! away, the learner hands in again or appeals.

use super::{Case, award, draw, held_by_seat, letters, owner, settle};
use crate::{
    actions::{ActionError, App, Conflict, issuer, path::complete},
    domain::{
        actor::{Actor, Member, Role},
        decision::{Against, AppealState, Decision, DecisionState, Outcome, Said, Words},
        enrolment::EnrolmentState,
        id::random_id,
        panel::{PanelPurpose, PanelState},
        submission::SubmissionState,
    },
    store::{Conn, appeals, conflicts, decisions, enrolments, events, panels, submissions},
};
use jiff::Timestamp;
use serde_json::json;

/// Says what the panel found, once all have agreed to where it stands. Answers the decision; a pass that needs no second look has given
/// its award by then.
pub async fn propose(app: &App, actor: &Actor, panel_id: &str, words: &Words) -> Result<Decision, ActionError> {
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let (case, member) = held_by_seat(&mut conn, actor, panel_id).await?;
    settle::require_settling(&case)?;
    require_none_proposed(&mut conn, panel_id).await?;
    let agreed = case.seated().filter(|one| one.seat.settled_at.is_some()).count();
    if agreed < case.panel.seats as usize {
        let message = format!("{agreed} of {} have agreed; the panel decides once all have", case.panel.seats);
        return Err(ActionError::conflict(Conflict::NotAgreed, message));
    }
    let grades = settle::standing(&mut conn, &case).await?;
    let outcome = Outcome::of(&case.rubric, &grades);
    let zone = issuer(&mut conn).await?.zone();
    let today = now.to_zoned_datetime(zone.clone()).date();
    let Said { reason, found, missing } = words.check(outcome, &grades, today, &zone).map_err(ActionError::Invalid)?;
    let waits = outcome == Outcome::Pass && case.rule.second_look;
    let (missing, missing_by) = missing.unzip();
    let mut decision = Decision {
        id: app.random.with(random_id),
        panel_id: panel_id.to_owned(),
        outcome,
        state: if waits { DecisionState::Proposed } else { DecisionState::Final },
        found,
        reason,
        missing,
        missing_by,
        proposed_by: member.id,
        proposed_at: now,
        confirmed_by: None,
        returned_for: None,
        decided_at: (!waits).then_some(now),
        award_id: None,
    };
    decisions::insert(&mut conn, &decision).await?;
    let detail = json!({"panel": panel_id, "outcome": outcome.as_str(), "second_look": waits});
    events::append(&mut conn, now, &actor.label(), "decision.proposed", &decision.id, &detail).await?;
    if waits {
        letters::second_look(app, &mut conn, &case).await?;
    } else {
        decision.award_id = conclude(app, &mut conn, actor, &case, &decision, now).await?;
    }
    conn.commit().await?;
    Ok(decision)
}

/// The second look: the decision counts, and the badge is given. By an owner of the program who had no hand in the case.
pub async fn confirm(app: &App, actor: &Actor, decision_id: &str) -> Result<Decision, ActionError> {
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let (case, mut decision, member) = looked_at(&mut conn, actor, decision_id).await?;
    if !decisions::confirm(&mut conn, decision_id, &member.id, now).await? {
        return Err(ActionError::Busy);
    }
    decision.state = DecisionState::Final;
    decision.confirmed_by = Some(member.id);
    decision.decided_at = Some(now);
    decision.award_id = conclude(app, &mut conn, actor, &case, &decision, now).await?;
    conn.commit().await?;
    Ok(decision)
}

/// The second look finds that the panel has to look again, and says why.
pub async fn give_back(app: &App, actor: &Actor, decision_id: &str, reason: &str) -> Result<(), ActionError> {
    owner(actor)?;
    let reason = draw::checked(reason)?;
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let (case, decision, member) = looked_at(&mut conn, actor, decision_id).await?;
    returned(&mut conn, &actor.label(), &case.panel.id, &decision.id, (Some(&member.id), &reason), now).await?;
    letters::returned(app, &mut conn, &case).await?;
    Ok(conn.commit().await?)
}

/// A proposed decision goes back: all have to agree anew.
pub(super) async fn returned(
    conn: &mut Conn,
    by: &str,
    panel_id: &str,
    decision_id: &str,
    (member, reason): (Option<&str>, &str),
    now: Timestamp,
) -> Result<(), ActionError> {
    if !decisions::give_back(conn, decision_id, member, reason).await? {
        return Err(ActionError::Busy);
    }
    panels::unsettle(conn, panel_id).await?;
    let detail = json!({"panel": panel_id, "reason": reason});
    Ok(events::append(conn, now, by, "decision.returned", decision_id, &detail).await?)
}

/// The decision of a panel that waits for its second look.
pub(super) async fn proposed(conn: &mut Conn, panel_id: &str) -> Result<Option<Decision>, ActionError> {
    let all = decisions::of_panel(conn, panel_id).await?;
    Ok(all.into_iter().find(|decision| decision.state == DecisionState::Proposed))
}

pub(super) async fn require_none_proposed(conn: &mut Conn, panel_id: &str) -> Result<(), ActionError> {
    match proposed(conn, panel_id).await? {
        None => Ok(()),
        Some(_) => {
            let message = "the panel's decision waits for its second look; whoever has that can return it";
            Err(ActionError::conflict(Conflict::DecisionProposed, message))
        }
    }
}

/// What waits for a second look, for an owner who may have it; its panel is held.
async fn looked_at(conn: &mut Conn, actor: &Actor, decision_id: &str) -> Result<(Case, Decision, Member), ActionError> {
    let member = owner(actor)?.clone();
    let none = || ActionError::not_found("decision", decision_id);
    let panel_id = decisions::get(conn, decision_id).await?.ok_or_else(none)?.panel_id;
    let panel = panels::hold(conn, &panel_id).await?.ok_or_else(none)?;
    if !member.has_in(Role::Owner, &panel.program_id) {
        return Err(none());
    }
    let case = super::case(conn, panel).await?;
    let decision = decisions::get(conn, decision_id).await?.ok_or_else(none)?;
    if decision.state != DecisionState::Proposed {
        return Err(ActionError::conflict(Conflict::SecondLookDone, "this decision waits for no second look any more"));
    }
    require_no_hand(conn, &case, &member).await?;
    Ok((case, decision, member))
}

/// Nobody looks a second time at what they are part of.
pub(super) async fn require_no_hand(conn: &mut Conn, case: &Case, member: &Member) -> Result<(), ActionError> {
    let own = case.learner() == member.id;
    let hands = panels::hands(conn, &case.submission.id, &case.panel.id).await?;
    let conflicts = conflicts::of_person(conn, case.learner()).await?;
    if own || hands.contains(&member.id) || conflicts.contains(&member.id) {
        let message = "you are part of this case or have declared a conflict; another owner must have the second look";
        return Err(ActionError::conflict(Conflict::OwnCase, message));
    }
    Ok(())
}

/// The decision counts from now on: the panel has done its work, the learner's path goes on, a pass gives the badge, an appeal is
/// answered. The badge's id.
async fn conclude(
    app: &App,
    conn: &mut Conn,
    actor: &Actor,
    case: &Case,
    decision: &Decision,
    now: Timestamp,
) -> Result<Option<String>, ActionError> {
    let enrolment = &case.enrolled.enrolment;
    if !panels::advance(conn, &case.panel.id, PanelState::Settling, PanelState::Decided).await? {
        return Err(ActionError::Busy);
    }
    let (submitted, decided) = (SubmissionState::Submitted, SubmissionState::Decided);
    let first = case.panel.purpose == PanelPurpose::Assessment;
    if first && !submissions::advance(conn, &case.submission.id, submitted, decided, now).await? {
        return Err(ActionError::Busy);
    }
    let appeal = appeals::of_panel(conn, &case.panel.id).await?;
    let passed = decision.outcome == Outcome::Pass;
    let award_id = match appeal.as_ref().map(|appeal| &appeal.against) {
        _ if !passed => None,
        Some(Against::Revocation(award)) => {
            award::restore_by_panel(app, conn, &actor.label(), (case, decision), award, now).await?
        }
        Some(Against::Decision(_)) | None => {
            if !enrolments::end(conn, &enrolment.id, EnrolmentState::Passed, now).await? {
                let message = "the learner is no longer on this path, so there is nothing to decide";
                return Err(ActionError::conflict(Conflict::EnrolmentEnded, message));
            }
            let award_id = award::give(app, conn, &actor.label(), (case, decision), now).await?;
            leave_no_rest(conn, &actor.label(), case, now).await?;
            complete::follow(app, conn, &enrolment.person_id, now).await?;
            Some(award_id)
        }
    };
    if let Some(award_id) = &award_id {
        decisions::note_award(conn, &decision.id, award_id).await?;
    }
    if let Some(appeal) = appeal {
        let state = if passed { AppealState::Upheld } else { AppealState::Rejected };
        if !appeals::decide(conn, &appeal.id, state, &decision.reason, None, now).await? {
            return Err(ActionError::Busy);
        }
        let detail = json!({"decision": decision.id, "award": award_id});
        events::append(conn, now, &actor.label(), &format!("appeal.{}", state.as_str()), &appeal.id, &detail).await?;
        let answer = letters::Answer {
            appeal: &appeal,
            state,
            level_id: &enrolment.level_id,
            award_id: award_id.as_deref(),
            decision_id: Some(&decision.id),
            by: None,
        };
        letters::answered(app, conn, answer).await?;
    } else {
        letters::decided(app, conn, (case, decision), award_id.as_deref()).await?;
    }
    let detail = json!({
        "panel": case.panel.id,
        "submission": case.submission.id,
        "outcome": decision.outcome.as_str(),
        "level": enrolment.level_id,
        "version": enrolment.level_version,
        "grades": decision.grades(),
        "reason": decision.reason,
        "award": award_id,
    });
    events::append(conn, now, &actor.label(), "decision.made", &decision.id, &detail).await?;
    Ok(award_id)
}

/// Whoever has passed needs no other submission of the same path, and no appeal.
async fn leave_no_rest(conn: &mut Conn, by: &str, case: &Case, now: Timestamp) -> Result<(), ActionError> {
    let enrolment = &case.enrolled.enrolment;
    for open in submissions::of_enrolment(conn, &enrolment.id).await?.into_iter().filter(|one| one.state.is_open()) {
        submissions::advance(conn, &open.id, open.state, SubmissionState::Withdrawn, now).await?;
        draw::dissolve(conn, by, &open.id, now).await?;
    }
    for open in appeals::open_of_enrolment(conn, &enrolment.id).await? {
        if open.panel_id.as_deref() != Some(case.panel.id.as_str()) {
            super::appeal::close(conn, by, &open, "The level was reached in the meantime.", now).await?;
        }
    }
    Ok(())
}
