//! What a learner hands in: begun as a draft, saved as often as they like, handed in once, taken back while no assessor has begun.

use super::{
    ActionError, Conflict, acting, in_time,
    mine::how_far,
    own, seen,
    sight::{self, Viewer},
    still_active,
};
use crate::{
    actions::{App, panel},
    domain::{
        actor::{Actor, Member, Right},
        evidence::Evidence,
        field::Faults,
        id::random_id,
        submission::{LONGEST_STATEMENT, Submission, SubmissionState, plain_lines},
    },
    store::{Conn, awards, enrolments::Enrolled, events, evidence, fulfilments, submissions},
};
use jiff::Timestamp;
use serde_json::json;

/// A submission with all that is in it, for one who may see it.
#[derive(Clone, Debug, PartialEq)]
pub struct Whole {
    pub submission: Submission,
    pub enrolled: Enrolled,
    /// In its order.
    pub evidence: Vec<Evidence>,
    pub viewer: Viewer,
    /// What is to be done yet before it can be handed in, in words.
    pub missing: Vec<String>,
    /// Whether it can be taken back: handed in, and no assessor has begun.
    pub untouched: bool,
}

/// A draft's text and the revision it was made from.
#[derive(Clone, Copy, Debug)]
pub struct Text<'a> {
    pub statement: &'a str,
    pub revision: i64,
}

/// Begins a draft, or answers the one that is open. What was in the one before, which a panel found “not yet” or which was taken back, is
/// in it again, to go on from.
pub async fn begin(app: &App, actor: &Actor, enrolment_id: &str) -> Result<Submission, ActionError> {
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let (member, _) = acting(&mut conn, actor, Right::SignedIn).await?;
    let enrolled = own(&mut conn, member, enrolment_id).await?;
    still_active(&enrolled.enrolment)?;
    if !enrolled.enrolment.asked(&enrolled.content).assessed {
        return Err(ActionError::conflict(
            Conflict::NoPanel,
            "nothing is handed in for this: there is no panel for it",
        ));
    }
    let earlier = submissions::of_enrolment(&mut conn, enrolment_id).await?;
    let last = earlier.into_iter().next();
    match last.as_ref().map(|last| last.state) {
        Some(SubmissionState::Draft) => return last.ok_or(ActionError::Busy),
        Some(SubmissionState::Submitted) => return Err(handed_in()),
        Some(SubmissionState::Decided | SubmissionState::Withdrawn) | None => {}
    }
    let id = app.random.with(random_id);
    let mut draft = submissions::insert(&mut conn, &id, enrolment_id, now).await?;
    if let Some(last) = &last {
        draft.revision = take_over(app, &mut conn, last, &draft, now).await?;
        draft.statement.clone_from(&last.statement);
    }
    let detail = json!({"enrolment": enrolment_id, "number": draft.number});
    events::append(&mut conn, now, &actor.label(), "submission.begun", &draft.id, &detail).await?;
    conn.commit().await?;
    Ok(draft)
}

/// The text and every whole piece of evidence; there are at most [`crate::domain::evidence::MOST`].
async fn take_over(
    app: &App,
    conn: &mut Conn,
    last: &Submission,
    draft: &Submission,
    now: Timestamp,
) -> Result<i64, ActionError> {
    for one in evidence::of_submission(conn, &last.id).await?.iter().filter(|one| one.is_whole()) {
        evidence::copy(conn, &one.id, &app.random.with(random_id), &draft.id, now).await?;
    }
    let saved = submissions::save(conn, &draft.id, &last.statement, draft.revision, now).await?;
    Ok(saved.unwrap_or(draft.revision))
}

/// For learner and mentor at any time, for owners and seated assessors once it was handed in.
pub async fn read(app: &App, actor: &Actor, id: &str) -> Result<Whole, ActionError> {
    let mut conn = app.db.read().await?;
    let (member, _) = acting(&mut conn, actor, Right::SignedIn).await?;
    let (submission, enrolled, viewer) = sight::of_submission(&mut conn, member, id).await?;
    let evidence = evidence::of_submission(&mut conn, id).await?;
    let missing = missing(&mut conn, &enrolled, app.clock.now()).await?;
    let handed_in = submission.state == SubmissionState::Submitted;
    let untouched = handed_in && !submissions::is_being_assessed(&mut conn, id).await?;
    Ok(Whole { submission, enrolled, evidence, viewer, missing, untouched })
}

/// Keeps a draft's text; answers its new revision. A text made from an older one is refused, so that two windows don't undo each other;
/// the same text once more is kept already.
pub async fn save(app: &App, actor: &Actor, id: &str, text: Text<'_>) -> Result<i64, ActionError> {
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let (member, _) = acting(&mut conn, actor, Right::SignedIn).await?;
    draft(&mut conn, member, id).await?;
    let revision = keep(&mut conn, id, text, now).await?;
    conn.commit().await?;
    Ok(revision)
}

/// Hands a draft in, with its last text where one is given. Everything else must be done, and it needs a statement and evidence.
pub async fn hand_in(app: &App, actor: &Actor, id: &str, text: Option<Text<'_>>) -> Result<(), ActionError> {
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let (member, _) = acting(&mut conn, actor, Right::SignedIn).await?;
    let (_, enrolled) = draft(&mut conn, member, id).await?;
    if let Some(text) = text {
        keep(&mut conn, id, text, now).await?;
    }
    let draft = submissions::get(&mut conn, id).await?.ok_or(ActionError::Busy)?;
    let mut faults = Faults::default();
    if let Some(over) = in_time::over(&mut conn, &enrolled, now).await? {
        faults.add("renewal", over.to_string());
    }
    let missing = missing(&mut conn, &enrolled, now).await?;
    if !missing.is_empty() {
        faults.add("requirements", format!("are not all met: {}", missing.join("; ")));
    }
    if draft.statement.trim().is_empty() {
        faults.add("statement", "is missing: say what you did, and what you learned from it");
    }
    let evidence = evidence::of_submission(&mut conn, id).await?;
    if evidence.is_empty() {
        faults.add("evidence", "is missing: add at least one file, link, text or live session");
    }
    for one in evidence.iter().filter(|one| !one.is_whole()) {
        faults.add("evidence", format!("“{}” has not arrived whole; send it again, or remove it", one.title));
    }
    faults.or(()).map_err(ActionError::Invalid)?;
    if !submissions::advance(&mut conn, id, SubmissionState::Draft, SubmissionState::Submitted, now).await? {
        return Err(handed_in());
    }
    let detail = json!({"enrolment": draft.enrolment_id, "number": draft.number, "evidence": evidence.len()});
    events::append(&mut conn, now, &actor.label(), "submission.handed_in", id, &detail).await?;
    panel::convene(app, &mut conn, &actor.label(), id, now).await?;
    Ok(conn.commit().await?)
}

/// Takes back what was handed in while no assessor has begun. It stays as it was; a new draft goes on from it.
pub async fn take_back(app: &App, actor: &Actor, id: &str) -> Result<(), ActionError> {
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let (member, _) = acting(&mut conn, actor, Right::SignedIn).await?;
    let submission = submissions::get(&mut conn, id).await?.ok_or_else(|| no_submission(id))?;
    let enrolled = own(&mut conn, member, &submission.enrolment_id).await.map_err(|_| no_submission(id))?;
    still_active(&enrolled.enrolment)?;
    if submission.state != SubmissionState::Submitted {
        return Err(ActionError::conflict(
            Conflict::NotHandedIn,
            "it is not handed in, so there is nothing to take back",
        ));
    }
    if submissions::is_being_assessed(&mut conn, id).await? {
        let message = "an assessor has begun with it; it can be taken back no more";
        return Err(ActionError::conflict(Conflict::BeingAssessed, message));
    }
    if !submissions::advance(&mut conn, id, SubmissionState::Submitted, SubmissionState::Withdrawn, now).await? {
        return Err(ActionError::Busy);
    }
    events::append(&mut conn, now, &actor.label(), "submission.taken_back", id, &json!({})).await?;
    panel::dissolve(&mut conn, &actor.label(), id, now).await?;
    Ok(conn.commit().await?)
}

/// One's own draft, held until the commit: nothing is added to it that it does not have when it is handed in.
pub(super) async fn draft(conn: &mut Conn, member: &Member, id: &str) -> Result<(Submission, Enrolled), ActionError> {
    let submission = submissions::get(conn, id).await?.ok_or_else(|| no_submission(id))?;
    let (enrolled, _) = seen(conn, member, &submission.enrolment_id).await.map_err(|why| hidden(why, id))?;
    if enrolled.enrolment.person_id != member.id {
        return Err(no_submission(id));
    }
    still_active(&enrolled.enrolment)?;
    match submissions::hold_draft(conn, id).await? {
        true => Ok((submission, enrolled)),
        false => Err(handed_in()),
    }
}

async fn keep(conn: &mut Conn, id: &str, text: Text<'_>, now: Timestamp) -> Result<i64, ActionError> {
    let statement = checked(text.statement)?;
    if let Some(revision) = submissions::save(conn, id, &statement, text.revision, now).await? {
        return Ok(revision);
    }
    match submissions::get(conn, id).await? {
        Some(kept) if kept.statement == statement => Ok(kept.revision),
        _ => Err(ActionError::conflict(
            Conflict::ChangedElsewhere,
            "the statement was changed in another window since; your text was not kept, so that nothing of the other is lost",
        )),
    }
}

/// May be empty while it is a draft.
fn checked(statement: &str) -> Result<String, ActionError> {
    let plain = plain_lines(statement);
    if plain.trim().is_empty() {
        return Ok(String::new());
    }
    let mut faults = Faults::default();
    faults.text("statement", &plain, LONGEST_STATEMENT, true);
    faults.or(plain).map_err(ActionError::Invalid)
}

async fn missing(conn: &mut Conn, enrolled: &Enrolled, now: Timestamp) -> Result<Vec<String>, ActionError> {
    let held = awards::levels_held(conn, &enrolled.enrolment.person_id, now).await?;
    let met = fulfilments::of_enrolment(conn, &enrolled.enrolment.id).await?;
    Ok(how_far(enrolled, &held, &met).missing().iter().map(ToString::to_string).collect())
}

fn handed_in() -> ActionError {
    ActionError::conflict(Conflict::HandedIn, "it is handed in, and stays as it is")
}

pub(super) fn no_submission(id: &str) -> ActionError {
    ActionError::not_found("submission", id)
}

/// Who may not see an enrolment learns from its submission no more.
fn hidden(why: ActionError, id: &str) -> ActionError {
    match why {
        ActionError::NotFound { .. } => no_submission(id),
        other => other,
    }
}
