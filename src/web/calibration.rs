//! Calibration: `/assess/samples/{id}` for assessors, `/run/{program}/calibration` for whoever runs a program.

use super::{
    Web,
    assess::{Fields, scores, text, to},
    error::Failure,
    frame::{Reader, answered},
    session::{Me, Sent},
    sign_in::Nothing,
    view::{
        AgreementPage, CalibrationPage, CriterionSheet, MemberScore, SamplePage, SampleRow, SampleState, WorkShown,
    },
};
use crate::{
    actions::panel::calibrate::{self, Compared, OwnSheet},
    domain::{field::FieldError, scoring::Score},
    store::samples::Listed,
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use std::sync::Arc;

pub async fn show(
    State(web): State<Arc<Web>>,
    me: Me,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let sheet = calibrate::sheet(&web.app, &me.actor(), &id).await?;
    let kept = sheet.scores.clone();
    reader.page(&page(&reader, sheet, &kept, &[]), false)
}

pub async fn draft(
    State(web): State<Arc<Web>>,
    reader: Reader,
    Path(id): Path<String>,
    Sent { me, form }: Sent<Fields>,
) -> Result<Response, Failure> {
    let sheet = calibrate::sheet(&web.app, &me.actor(), &id).await?;
    let sent = scores(&sheet.rubric, &form);
    let done = calibrate::save(&web.app, &me.actor(), &id, &sent).await;
    answered(done, |()| url(&id), async |faults| Ok(page(&reader, sheet, &sent, &faults))).await
}

pub async fn hand_in(
    State(web): State<Arc<Web>>,
    reader: Reader,
    Path(id): Path<String>,
    Sent { me, form }: Sent<Fields>,
) -> Result<Response, Failure> {
    let sheet = calibrate::sheet(&web.app, &me.actor(), &id).await?;
    let sent = scores(&sheet.rubric, &form);
    let done = calibrate::hand_in(&web.app, &me.actor(), &id, &sent).await;
    answered(done, |()| url(&id), async |faults| Ok(page(&reader, sheet, &sent, &faults))).await
}

fn url(id: &str) -> String {
    format!("/assess/samples/{id}")
}

fn page(reader: &Reader, sheet: OwnSheet, scores: &[Score], faults: &[FieldError]) -> SamplePage {
    let wrong = |field: String| faults.iter().any(|fault| fault.field == field);
    let criteria = sheet.rubric.criteria.iter().map(|criterion| {
        let own = scores.iter().find(|score| score.criterion == criterion.id);
        CriterionSheet {
            comment: own.map(|score| score.comment.clone()).unwrap_or_default(),
            grade_fault: wrong(format!("scores.{}.grade", criterion.id)),
            comment_fault: wrong(format!("scores.{}.comment", criterion.id)),
            ..CriterionSheet::of(&sheet.rubric, criterion, own.and_then(|score| score.grade.as_ref()))
        }
    });
    let criteria = criteria.collect();
    SamplePage {
        site: reader.site.clone(),
        url: url(&sheet.sample.id),
        title: sheet.sample.title,
        criteria,
        work: WorkShown { statement: sheet.statement, evidence: sheet.evidence },
        state: match (sheet.agreement, sheet.sample.closed_at) {
            (Some(agreement), _) => SampleState::Scored(agreement),
            (None, Some(_)) => SampleState::Closed,
            (None, None) => SampleState::Open,
        },
        faulty: !faults.is_empty(),
    }
}

pub async fn list(
    State(web): State<Arc<Web>>,
    me: Me,
    reader: Reader,
    Path(program): Path<String>,
) -> Result<Response, Failure> {
    let (name, samples) = calibrate::of_program(&web.app, &me.actor(), &program).await?;
    let row = |listed: &Listed| SampleRow {
        url: format!("/run/{program}/calibration/{}", listed.sample.id),
        title: listed.sample.title.clone(),
        marked: listed.sample.marked_at,
        scored: listed.scored,
        closed: listed.sample.closed_at.is_some(),
    };
    let page = CalibrationPage {
        site: reader.site.clone(),
        program: name,
        queue_url: format!("/run/{program}/queue"),
        samples: samples.iter().map(row).collect(),
    };
    reader.page(&page, false)
}

pub async fn mark(
    State(web): State<Arc<Web>>,
    Path((program, panel)): Path<(String, String)>,
    Sent { me, form }: Sent<Fields>,
) -> Result<Response, Failure> {
    super::panels::overview(&web, &me, &program, &panel).await?;
    let id = calibrate::mark(&web.app, &me.actor(), &panel, &text(&form, "title")).await?;
    Ok(to(&format!("/run/{program}/calibration/{id}")))
}

pub async fn result(
    State(web): State<Arc<Web>>,
    me: Me,
    reader: Reader,
    Path((program, id)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let compared = of(&web, &me, &program, &id).await?;
    let (name, _) = calibrate::of_program(&web.app, &me.actor(), &program).await?;
    let criteria = compared.rubric.criteria.iter().zip(&compared.on_criteria).map(|(criterion, agreement)| {
        let given = compared.given.iter().filter(|one| one.score.criterion == criterion.id);
        let scores = given.map(|one| MemberScore {
            name: one.name.clone(),
            own: false,
            grade: one.score.grade.clone().unwrap_or_default(),
            comment: one.score.comment.clone(),
            settled: None,
        });
        (criterion.name.clone(), *agreement, scores.collect())
    });
    let page = AgreementPage {
        site: reader.site.clone(),
        url: format!("/run/{program}/calibration/{id}"),
        list_url: format!("/run/{program}/calibration"),
        program: name,
        title: compared.sample.title.clone(),
        closed: compared.sample.closed_at.is_some(),
        criteria: criteria.collect(),
        assessors: compared.of_assessors.clone(),
    };
    reader.page(&page, false)
}

pub async fn close(
    State(web): State<Arc<Web>>,
    Path((program, id)): Path<(String, String)>,
    Sent { me, .. }: Sent<Nothing>,
) -> Result<Response, Failure> {
    of(&web, &me, &program, &id).await?;
    calibrate::close(&web.app, &me.actor(), &id).await?;
    Ok(to(&format!("/run/{program}/calibration/{id}")))
}

/// The sample, where it is this program's.
async fn of(web: &Web, me: &Me, program: &str, id: &str) -> Result<Compared, Failure> {
    let compared = calibrate::result(&web.app, &me.actor(), id).await?;
    match compared.sample.program_id == program {
        true => Ok(compared),
        false => Err(Failure::not_found("No sample")),
    }
}
