//! What each sees of panels: an assessor their queue and the panels they sit on, blind to the others until all have handed in; an owner
//! what is under way in their program, but no score before it is decided; the learner what was decided.

use super::{Case, assessor, case, decide, owner, person, settle};
use crate::{
    actions::{ActionError, App},
    domain::{
        actor::{Actor, Right, Role},
        decision::{Against, Appeal, Decision, DecisionState, Outcome, appeal_until},
        evidence::Evidence,
        panel::{PanelPurpose, PanelState},
        rubric::Grades,
    },
    store::{
        appeals::{self, Unanswered},
        decisions::{self, Decided},
        evidence,
        panels::{self, Listed},
        programs,
        scores::{self, Given},
        shown,
    },
};
use jiff::Timestamp;

/// How many of a program's panels are listed at once.
const LISTED: u32 = 200;

/// The open panels on which the actor sits, the first to be due first.
pub async fn queue(app: &App, actor: &Actor) -> Result<Vec<Listed>, ActionError> {
    let member = assessor(actor)?;
    Ok(panels::queue_of(&mut app.db.read().await?, &member.id).await?)
}

/// A panel as someone sees it who sits on it.
#[derive(Clone, Debug)]
pub struct Sheet {
    pub case: Case,
    pub evidence: Vec<Evidence>,
    /// Their own scores, drafts among them.
    pub own: Vec<Given>,
    /// Everyone's, once all have handed in.
    pub all: Option<Vec<Given>>,
    /// The panel's grades as they follow from those, and the outcome.
    pub standing: Option<(Grades, Outcome)>,
    /// In their order; the last one counts unless it was returned.
    pub decisions: Vec<Decision>,
    /// What is appealed against, where this is the panel of an appeal.
    pub appeal: Option<Appeal>,
}

pub async fn sheet(app: &App, actor: &Actor, panel_id: &str) -> Result<Sheet, ActionError> {
    let member = assessor(actor)?;
    let mut conn = app.db.read().await?;
    let none = || ActionError::not_found("panel", panel_id);
    let panel = panels::get(&mut conn, panel_id).await?.ok_or_else(none)?;
    let case = case(&mut conn, panel).await?;
    if case.seat_of(&member.id).is_none() || !member.has_in(Role::Assessor, &case.panel.program_id) {
        return Err(none());
    }
    let own = scores::of_seat(&mut conn, panel_id, &member.id).await?;
    let seen = matches!(case.panel.state, PanelState::Settling | PanelState::Decided);
    let (all, standing) = if seen {
        let grades = settle::standing(&mut conn, &case).await?;
        let outcome = Outcome::of(&case.rubric, &grades);
        (Some(scores::of_panel(&mut conn, panel_id).await?), Some((grades, outcome)))
    } else {
        (None, None)
    };
    Ok(Sheet {
        evidence: evidence::of_submission(&mut conn, &case.submission.id).await?,
        decisions: decisions::of_panel(&mut conn, panel_id).await?,
        appeal: appeals::of_panel(&mut conn, panel_id).await?,
        own,
        all,
        standing,
        case,
    })
}

/// What is under way in a program, for whoever runs it.
#[derive(Clone, Debug)]
pub struct Queue {
    pub program: String,
    /// Each alone; the first to be due first.
    pub scoring: Vec<Listed>,
    pub settling: Vec<Listed>,
    /// Appeals that wait for an owner's words.
    pub appeals: Vec<Unanswered>,
}

pub async fn program_queue(app: &App, actor: &Actor, program_id: &str) -> Result<Queue, ActionError> {
    let member = owner(actor)?;
    let none = || ActionError::not_found("program", program_id);
    if !member.has_in(Role::Owner, program_id) {
        return Err(none());
    }
    let mut conn = app.db.read().await?;
    let program = programs::get(&mut conn, program_id).await?.ok_or_else(none)?.name;
    let id = member.id.as_str();
    let scoring = panels::of_program(&mut conn, id, program_id, PanelState::Scoring, LISTED).await?;
    let settling = panels::of_program(&mut conn, id, program_id, PanelState::Settling, LISTED).await?;
    let appeals = appeals::unanswered(&mut conn, program_id, LISTED).await?;
    Ok(Queue { program, scoring, settling, appeals })
}

/// A panel as its program's owner sees it: who sits and how far they are, and what they propose; no score.
#[derive(Clone, Debug)]
pub struct Overview {
    pub case: Case,
    pub evidence: Vec<Evidence>,
    pub appeal: Option<Appeal>,
    /// What waits for a second look, and whether the actor may have it.
    pub proposed: Option<(Decision, bool)>,
    pub decided: Option<Decision>,
}

pub async fn overview(app: &App, actor: &Actor, panel_id: &str) -> Result<Overview, ActionError> {
    let member = owner(actor)?;
    let mut conn = app.db.read().await?;
    let none = || ActionError::not_found("panel", panel_id);
    let panel = panels::get(&mut conn, panel_id).await?.ok_or_else(none)?;
    if !member.has_in(Role::Owner, &panel.program_id) {
        return Err(none());
    }
    let case = case(&mut conn, panel).await?;
    // One's own case is a learner's to see, not an owner's.
    if case.learner() == member.id {
        return Err(none());
    }
    let may = decide::require_no_hand(&mut conn, &case, member).await.is_ok();
    let all = decisions::of_panel(&mut conn, panel_id).await?;
    let in_state = |state| all.iter().find(|decision| decision.state == state).cloned();
    Ok(Overview {
        evidence: evidence::of_submission(&mut conn, &case.submission.id).await?,
        appeal: appeals::of_panel(&mut conn, panel_id).await?,
        proposed: in_state(DecisionState::Proposed).map(|decision| (decision, may)),
        decided: in_state(DecisionState::Final),
        case,
    })
}

/// A decision as the learner sees it: what was found and why, never by whom.
#[derive(Clone, Debug)]
pub struct Told {
    pub decision: Decision,
    pub case: Case,
    /// Theirs against it.
    pub appeal: Option<Appeal>,
    /// Whether it answers an appeal.
    pub on_appeal: bool,
    /// Until when they may appeal; none when they may not.
    pub appeal_until: Option<Timestamp>,
}

pub async fn told(app: &App, actor: &Actor, decision_id: &str) -> Result<Told, ActionError> {
    let member = person(actor, Right::SignedIn)?;
    let now = app.clock.now();
    let mut conn = app.db.read().await?;
    let none = || ActionError::not_found("decision", decision_id);
    let decision = decisions::get(&mut conn, decision_id).await?.ok_or_else(none)?;
    let panel = panels::get(&mut conn, &decision.panel_id).await?.ok_or_else(none)?;
    let case = case(&mut conn, panel).await?;
    if case.learner() != member.id || decision.state != DecisionState::Final {
        return Err(none());
    }
    let appeal = appeals::of_decision(&mut conn, decision_id).await?;
    let on_appeal = case.panel.purpose == PanelPurpose::Appeal;
    let open =
        decision.outcome == Outcome::NotYet && appeal.is_none() && !on_appeal && case.enrolled.enrolment.is_active();
    let until = decision.decided_at.and_then(|at| appeal_until(at, case.rule.appeal_days));
    let appeal_until = until.filter(|end| open && now <= *end);
    Ok(Told { decision, case, appeal, on_appeal, appeal_until })
}

/// What was decided on one's own work, and what was taken back of one's badges.
#[derive(Clone, Debug)]
pub struct Mine {
    pub decided: Vec<Decided>,
    pub revoked: Vec<Revoked>,
}

/// A badge that was revoked, with one's appeal against that.
#[derive(Clone, Debug)]
pub struct Revoked {
    pub award_id: String,
    pub level: String,
    pub revoked_at: Timestamp,
    pub appeal: Option<Appeal>,
    /// Until when one may appeal; none when one may not.
    pub appeal_until: Option<Timestamp>,
}

pub async fn mine(app: &App, actor: &Actor) -> Result<Mine, ActionError> {
    let member = person(actor, Right::SignedIn)?;
    let now = app.clock.now();
    let mut conn = app.db.read().await?;
    let decided = decisions::of_learner(&mut conn, &member.id).await?;
    let filed = appeals::of_person(&mut conn, &member.id).await?;
    let revoked = shown::shown_of_person(&mut conn, &member.id).await?.into_iter().filter_map(|shown| {
        let revoked_at = shown.award.revoked_at?;
        let against = Against::Revocation(shown.award.id.clone());
        let appeal = filed.iter().find(|appeal| appeal.against == against).cloned();
        let rule = shown.level.content.assessment_rule().unwrap_or_default();
        let until = appeal_until(revoked_at, rule.appeal_days);
        Some(Revoked {
            award_id: shown.award.id,
            level: shown.level.content.name,
            revoked_at,
            appeal_until: until.filter(|end| appeal.is_none() && now <= *end),
            appeal,
        })
    });
    Ok(Mine { decided, revoked: revoked.collect() })
}
