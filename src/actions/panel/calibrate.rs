//! Calibration: an owner marks something that was decided as a sample, every assessor of the program scores it alone, and the owner sees
//! how far they agree, exactly and within one grade, on each criterion and each assessor with the others. Whose work it is isn't told.

use super::{assessor, owner};
use crate::{
    actions::{ActionError, App, Conflict},
    domain::{
        actor::{Actor, Member, Role},
        calibration::{Agreement, on_criterion, with_others},
        evidence::Evidence,
        field::Faults,
        id::random_id,
        rubric::{Grades, Rubric},
        scoring::{self, Score},
        submission::SubmissionState,
    },
    store::{
        Conn, enrolments, events, evidence, programs,
        samples::{self, Given, Listed, Sample},
        submissions,
    },
};
use jiff::Timestamp;
use serde_json::json;
use std::collections::BTreeMap;

/// How many of a program's samples are listed.
const LISTED: u32 = 100;

/// Marks the work of a panel of this program that has decided; `title` is what assessors see of it. Answers the sample's id.
pub async fn mark(app: &App, actor: &Actor, panel_id: &str, title: &str) -> Result<String, ActionError> {
    owner(actor)?;
    let mut faults = Faults::default();
    let title = faults.text("title", title, 200, false);
    faults.or(()).map_err(ActionError::Invalid)?;
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let (case, member) = super::held_by_owner(&mut conn, actor, panel_id).await?;
    if case.learner() == member.id {
        return Err(ActionError::not_found("panel", panel_id));
    }
    if case.submission.state != SubmissionState::Decided {
        let message = "only work that was decided can be a sample: nobody should score it twice at once";
        return Err(ActionError::conflict(Conflict::NotDecided, message));
    }
    if samples::of_submission(&mut conn, &case.submission.id).await?.is_some() {
        return Err(ActionError::conflict(Conflict::AlreadySample, "this work is a sample already"));
    }
    let sample = Sample {
        id: app.random.with(random_id),
        program_id: case.panel.program_id,
        submission_id: case.submission.id,
        title,
        marked_at: now,
        closed_at: None,
    };
    samples::insert(&mut conn, &sample, &actor.label()).await?;
    let detail = json!({"submission": sample.submission_id});
    events::append(&mut conn, now, &actor.label(), "sample.marked", &sample.id, &detail).await?;
    conn.commit().await?;
    Ok(sample.id)
}

/// Nobody scores it any more; what was scored stays.
pub async fn close(app: &App, actor: &Actor, sample_id: &str) -> Result<(), ActionError> {
    owner(actor)?;
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    run_by(&mut conn, actor, sample_id).await?;
    if !samples::close(&mut conn, sample_id, now).await? {
        return Err(ActionError::conflict(Conflict::SampleClosed, "this sample was closed before"));
    }
    events::append(&mut conn, now, &actor.label(), "sample.closed", sample_id, &json!({})).await?;
    Ok(conn.commit().await?)
}

/// The samples of a program, with its name.
pub async fn of_program(app: &App, actor: &Actor, program_id: &str) -> Result<(String, Vec<Listed>), ActionError> {
    let member = owner(actor)?;
    let none = || ActionError::not_found("program", program_id);
    if !member.has_in(Role::Owner, program_id) {
        return Err(none());
    }
    let mut conn = app.db.read().await?;
    let program = programs::get(&mut conn, program_id).await?.ok_or_else(none)?.name;
    Ok((program, samples::of_program(&mut conn, &member.id, program_id, LISTED).await?))
}

/// What the actor has still to score.
pub async fn waiting(app: &App, actor: &Actor) -> Result<Vec<Sample>, ActionError> {
    let member = assessor(actor)?;
    Ok(samples::waiting_for(&mut app.db.read().await?, &member.id).await?)
}

/// A sample with what was scored, for whoever runs its program.
#[derive(Clone, Debug)]
pub struct Compared {
    pub sample: Sample,
    pub rubric: Rubric,
    pub given: Vec<Given>,
    /// In the order of the rubric.
    pub on_criteria: Vec<Agreement>,
    /// Each assessor by name, with the others.
    pub of_assessors: Vec<(String, Agreement)>,
}

pub async fn result(app: &App, actor: &Actor, sample_id: &str) -> Result<Compared, ActionError> {
    owner(actor)?;
    let mut conn = app.db.read().await?;
    let sample = run_by(&mut conn, actor, sample_id).await?;
    let (rubric, _) = work(&mut conn, &sample).await?;
    let given = samples::given(&mut conn, sample_id).await?;
    let mut sheets: BTreeMap<(&str, &str), Grades> = BTreeMap::new();
    for one in &given {
        if let Some(grade) = &one.score.grade {
            let sheet = sheets.entry((one.name.as_str(), one.person_id.as_str())).or_default();
            sheet.insert(one.score.criterion.clone(), grade.clone());
        }
    }
    let all: Vec<&Grades> = sheets.values().collect();
    let on_criteria = rubric.criteria.iter().map(|criterion| on_criterion(&rubric, &criterion.id, &all)).collect();
    let of_assessors = sheets.iter().map(|(who, own)| {
        let others: Vec<&Grades> = sheets.iter().filter(|(other, _)| *other != who).map(|(_, grades)| grades).collect();
        (who.0.to_owned(), with_others(&rubric, own, &others))
    });
    let of_assessors = of_assessors.collect();
    Ok(Compared { on_criteria, of_assessors, sample, rubric, given })
}

/// A sample as an assessor sees it: the work, and their own sheet.
#[derive(Clone, Debug)]
pub struct OwnSheet {
    pub sample: Sample,
    pub rubric: Rubric,
    pub statement: String,
    pub evidence: Vec<Evidence>,
    pub scores: Vec<Score>,
    pub scored_at: Option<Timestamp>,
    /// With the others who have handed in, once they have themselves.
    pub agreement: Option<Agreement>,
}

pub async fn sheet(app: &App, actor: &Actor, sample_id: &str) -> Result<OwnSheet, ActionError> {
    let mut conn = app.db.read().await?;
    let (member, sample) = open_to(&mut conn, actor, sample_id).await?;
    let (rubric, submission) = work(&mut conn, &sample).await?;
    let (scored_at, scores) = samples::own(&mut conn, sample_id, &member.id).await?;
    let agreement = match scored_at {
        None => None,
        Some(_) => Some(own_agreement(&mut conn, &rubric, &member, sample_id).await?),
    };
    Ok(OwnSheet {
        statement: submission.statement,
        evidence: evidence::of_submission(&mut conn, &sample.submission_id).await?,
        agreement,
        scores,
        scored_at,
        rubric,
        sample,
    })
}

async fn own_agreement(
    conn: &mut Conn,
    rubric: &Rubric,
    member: &Member,
    sample_id: &str,
) -> Result<Agreement, ActionError> {
    let mut sheets: BTreeMap<String, Grades> = BTreeMap::new();
    for one in samples::given(conn, sample_id).await? {
        if let Some(grade) = one.score.grade {
            sheets.entry(one.person_id).or_default().insert(one.score.criterion, grade);
        }
    }
    let own = sheets.remove(&member.id).unwrap_or_default();
    let others: Vec<&Grades> = sheets.values().collect();
    Ok(with_others(rubric, &own, &others))
}

/// Keeps what someone has so far.
pub async fn save(app: &App, actor: &Actor, sample_id: &str, scores: &[Score]) -> Result<(), ActionError> {
    write(app, actor, sample_id, scores, scoring::check_draft, false).await
}

/// Hands in a grade and a comment for every criterion; they stay as they are.
pub async fn hand_in(app: &App, actor: &Actor, sample_id: &str, scores: &[Score]) -> Result<(), ActionError> {
    write(app, actor, sample_id, scores, scoring::check_whole, true).await
}

type Check = fn(&Rubric, &[Score]) -> Result<Vec<Score>, Vec<crate::domain::field::FieldError>>;

async fn write(
    app: &App,
    actor: &Actor,
    sample_id: &str,
    scores: &[Score],
    check: Check,
    whole: bool,
) -> Result<(), ActionError> {
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let (member, sample) = open_to(&mut conn, actor, sample_id).await?;
    if sample.closed_at.is_some() {
        return Err(ActionError::conflict(Conflict::SampleClosed, "this sample is closed; nobody scores it any more"));
    }
    if samples::hold_sheet(&mut conn, sample_id, &member.id).await?.is_some() {
        return Err(ActionError::conflict(Conflict::SampleScored, "your scores are handed in and stay as they are"));
    }
    let (rubric, _) = work(&mut conn, &sample).await?;
    for score in check(&rubric, scores).map_err(ActionError::Invalid)? {
        samples::save(&mut conn, sample_id, &member.id, &score, now).await?;
    }
    if whole {
        samples::hand_in(&mut conn, sample_id, &member.id, now).await?;
        events::append(&mut conn, now, &actor.label(), "sample.scored", sample_id, &json!({})).await?;
    }
    Ok(conn.commit().await?)
}

/// For an assessor of its program whose own work it is not; for anyone else there is none.
async fn open_to(conn: &mut Conn, actor: &Actor, sample_id: &str) -> Result<(Member, Sample), ActionError> {
    let member = assessor(actor)?.clone();
    let none = || ActionError::not_found("sample", sample_id);
    let sample = samples::get(conn, sample_id).await?.ok_or_else(none)?;
    let submission = submissions::get(conn, &sample.submission_id).await?.ok_or_else(none)?;
    let enrolment = enrolments::get(conn, &submission.enrolment_id).await?.ok_or_else(none)?;
    match member.has_in(Role::Assessor, &sample.program_id) && enrolment.person_id != member.id {
        true => Ok((member, sample)),
        false => Err(none()),
    }
}

async fn run_by(conn: &mut Conn, actor: &Actor, sample_id: &str) -> Result<Sample, ActionError> {
    let member = owner(actor)?;
    let none = || ActionError::not_found("sample", sample_id);
    let sample = samples::get(conn, sample_id).await?.ok_or_else(none)?;
    match member.has_in(Role::Owner, &sample.program_id) {
        true => Ok(sample),
        false => Err(none()),
    }
}

/// The rubric it is scored by, and what was handed in.
async fn work(
    conn: &mut Conn,
    sample: &Sample,
) -> Result<(Rubric, crate::domain::submission::Submission), ActionError> {
    let none = || ActionError::not_found("sample", &sample.id);
    let submission = submissions::get(conn, &sample.submission_id).await?.ok_or_else(none)?;
    let enrolled = enrolments::enrolled(conn, &submission.enrolment_id).await?.ok_or_else(none)?;
    Ok((enrolled.content.rubric.ok_or_else(none)?, submission))
}
