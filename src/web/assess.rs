//! `/assess`: an assessor's queue, and each panel they sit on with everything that is done there. A sheet that was not right comes back
//! as it was typed, with what to change.

use super::{
    Web,
    error::Failure,
    frame::{Reader, answered},
    session::{Me, Sent},
    view::{
        CriterionSheet, DecisionShown, Link, MemberScore, PanelPage, QueuePage, QueueRow, Settling, Turn, WorkShown,
    },
};
use crate::{
    actions::panel::{
        calibrate, decide,
        draw::{self},
        score, settle,
        view::{self, Sheet},
    },
    domain::{
        decision::{Decision, DecisionState, Outcome, Words},
        field::FieldError,
        panel::{PanelPurpose, PanelState},
        rubric::Rubric,
        scoring::Score,
        submission::plain_lines,
    },
    store::{
        panels::Listed,
        samples::Sample,
        scores::{Given, Round},
    },
};
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use std::{collections::BTreeMap, sync::Arc};

/// The fields of a form, since those of a rubric are not known beforehand.
pub type Fields = Vec<(String, String)>;

pub async fn queue(State(web): State<Arc<Web>>, me: Me, reader: Reader) -> Result<Response, Failure> {
    let rows = view::queue(&web.app, &me.actor()).await?;
    let samples = calibrate::waiting(&web.app, &me.actor()).await?;
    let sample = |sample: Sample| Link::new(sample.title, format!("/assess/samples/{}", sample.id));
    let page = QueuePage {
        site: reader.site.clone(),
        rows: rows.iter().map(row).collect(),
        samples: samples.into_iter().map(sample).collect(),
    };
    reader.page(&page, false)
}

fn row(listed: &Listed) -> QueueRow {
    let turn = match (listed.panel.state, listed.own_scored, listed.own_settled) {
        (PanelState::Scoring, None, _) => Turn::Score,
        (PanelState::Scoring, Some(_), _) => Turn::Others,
        _ if listed.proposed.is_some() => Turn::SecondLook,
        _ if listed.settled >= i64::from(listed.panel.seats) => Turn::Decide,
        (_, _, None) => Turn::Settle,
        (..) => Turn::OthersSettle,
    };
    QueueRow {
        url: url(&listed.panel.id),
        learner: listed.learner.clone(),
        level: listed.level.clone(),
        program: listed.program.clone(),
        due: listed.panel.due_at,
        turn,
        on_appeal: listed.panel.purpose == PanelPurpose::Appeal,
    }
}

pub async fn show(
    State(web): State<Arc<Web>>,
    me: Me,
    reader: Reader,
    Path(panel): Path<String>,
) -> Result<Response, Failure> {
    let sheet = view::sheet(&web.app, &me.actor(), &panel).await?;
    reader.page(&page(&reader, &me, sheet), false)
}

pub async fn draft(
    State(web): State<Arc<Web>>,
    reader: Reader,
    Path(panel): Path<String>,
    Sent { me, form }: Sent<Fields>,
) -> Result<Response, Failure> {
    let sheet = view::sheet(&web.app, &me.actor(), &panel).await?;
    let sent = scores(&sheet.case.rubric, &form);
    let done = score::save(&web.app, &me.actor(), &panel, &sent).await;
    answered(done, |()| format!("{}#sheet", url(&panel)), async |faults| Ok(again(&reader, &me, sheet, &form, &faults)))
        .await
}

pub async fn hand_in(
    State(web): State<Arc<Web>>,
    reader: Reader,
    Path(panel): Path<String>,
    Sent { me, form }: Sent<Fields>,
) -> Result<Response, Failure> {
    let sheet = view::sheet(&web.app, &me.actor(), &panel).await?;
    let sent = scores(&sheet.case.rubric, &form);
    let done = score::hand_in(&web.app, &me.actor(), &panel, &sent, field(&form, "named") == "yes").await;
    answered(done, |()| url(&panel), async |faults| Ok(again(&reader, &me, sheet, &form, &faults))).await
}

pub async fn settle(
    State(web): State<Arc<Web>>,
    reader: Reader,
    Path(panel): Path<String>,
    Sent { me, form }: Sent<Fields>,
) -> Result<Response, Failure> {
    let sheet = view::sheet(&web.app, &me.actor(), &panel).await?;
    let sent = scores(&sheet.case.rubric, &form);
    let done = settle::settle(&web.app, &me.actor(), &panel, &sent).await;
    answered(done, |()| format!("{}#agree", url(&panel)), async |faults| Ok(again(&reader, &me, sheet, &form, &faults)))
        .await
}

pub async fn decide(
    State(web): State<Arc<Web>>,
    reader: Reader,
    Path(panel): Path<String>,
    Sent { me, form }: Sent<Fields>,
) -> Result<Response, Failure> {
    let sheet = view::sheet(&web.app, &me.actor(), &panel).await?;
    let words = Words {
        reason: text(&form, "reason"),
        comments: sheet
            .case
            .rubric
            .criteria
            .iter()
            .map(|one| (one.id.clone(), text(&form, &format!("said.{}", one.id))))
            .collect(),
        missing: text(&form, "missing"),
        missing_by: text(&form, "missing_by"),
    };
    let done = decide::propose(&web.app, &me.actor(), &panel, &words).await;
    answered(
        done,
        |_| format!("{}#decided", url(&panel)),
        async |faults| Ok(again(&reader, &me, sheet, &form, &faults)),
    )
    .await
}

pub async fn recuse(
    State(web): State<Arc<Web>>,
    Path(panel): Path<String>,
    Sent { me, form }: Sent<Fields>,
) -> Result<Response, Failure> {
    draw::recuse(&web.app, &me.actor(), &panel, &text(&form, "reason")).await?;
    Ok(to("/assess"))
}

fn url(panel: &str) -> String {
    format!("/assess/{panel}")
}

pub fn to(address: &str) -> Response {
    Redirect::to(address).into_response()
}

pub fn field<'a>(form: &'a Fields, name: &str) -> &'a str {
    form.iter().find(|(given, _)| given == name).map_or("", |(_, value)| value)
}

pub fn text(form: &Fields, name: &str) -> String {
    plain_lines(field(form, name))
}

pub fn scores(rubric: &Rubric, form: &Fields) -> Vec<Score> {
    let one = |criterion: &crate::domain::rubric::Criterion| Score {
        criterion: criterion.id.clone(),
        grade: Some(field(form, &format!("grade.{}", criterion.id)).to_owned()).filter(|grade| !grade.is_empty()),
        comment: text(form, &format!("comment.{}", criterion.id)),
    };
    rubric.criteria.iter().map(one).collect()
}

/// The page with what was sent in the place of what is kept, and its faults.
fn again(reader: &Reader, me: &Me, sheet: Sheet, form: &Fields, faults: &[FieldError]) -> PanelPage {
    let sent = scores(&sheet.case.rubric, form);
    let wrong = |field: String| faults.iter().any(|fault| fault.field == field);
    let deciding = form.iter().any(|(name, _)| name.starts_with("said."));
    let mut page = page(reader, me, sheet);
    page.faulty = true;
    for (criterion, score) in page.criteria.iter_mut().zip(&sent) {
        criterion.said = text(form, &format!("said.{}", criterion.id));
        criterion.said_fault = wrong(format!("comments.{}", criterion.id));
        if !deciding {
            for grade in &mut criterion.grades {
                grade.chosen = score.grade.as_ref() == Some(&grade.name);
            }
            criterion.comment.clone_from(&score.comment);
        }
        criterion.grade_fault = wrong(format!("scores.{}.grade", criterion.id));
        criterion.comment_fault = wrong(format!("scores.{}.comment", criterion.id));
    }
    if let Some(named) = &mut page.naming {
        *named = field(form, "named") == "yes";
    }
    if let Some(settling) = &mut page.settling {
        settling.reason = text(form, "reason");
        settling.missing = text(form, "missing");
        settling.missing_by = text(form, "missing_by");
        let known = ["reason", "missing", "missing_by"];
        settling.faults = known.into_iter().filter(|name| wrong((*name).to_owned())).collect();
    }
    page
}

fn page(reader: &Reader, me: &Me, sheet: Sheet) -> PanelPage {
    let Sheet { case, evidence, own, all, standing, decisions, appeal } = sheet;
    let (panel, rule) = (&case.panel, &case.rule);
    let seat = case.seat_of(&me.member.id).map(|one| &one.seat);
    let counting = decisions.iter().rfind(|decision| decision.state != DecisionState::Returned);
    let returned = decisions.last().and_then(|decision| decision.returned_for.clone());
    let agreed = case.seated().filter(|one| one.seat.settled_at.is_some()).count();
    let turn = match (panel.state, counting) {
        (PanelState::Decided | PanelState::Dissolved, _) => Turn::Decided,
        (PanelState::Scoring, _) if seat.is_some_and(|seat| seat.scored_at.is_none()) => Turn::Score,
        (PanelState::Scoring, _) => Turn::Others,
        (PanelState::Settling, Some(_)) => Turn::SecondLook,
        (PanelState::Settling, None) if agreed >= panel.seats as usize => Turn::Decide,
        (PanelState::Settling, None) if seat.is_some_and(|seat| seat.settled_at.is_some()) => Turn::OthersSettle,
        (PanelState::Settling, None) => Turn::Settle,
    };
    let grades = standing.as_ref().map(|(grades, _)| grades);
    let settling = standing.as_ref().map(|(_, outcome)| Settling {
        members: case.seated().map(|one| (one.name.clone(), one.seat.settled_at.is_some())).collect(),
        passes: *outcome == Outcome::Pass,
        second_look: rule.second_look,
        reason: String::new(),
        missing: String::new(),
        missing_by: String::new(),
        faults: Vec::new(),
    });
    let criteria = case.rubric.criteria.iter().map(|criterion| {
        let mine = latest(&own, &criterion.id);
        // Why a grade changes is not what was said of the first one.
        let alone = matches!(turn, Turn::Score | Turn::Others);
        let changed = mine.is_some_and(|given| given.round == Round::Settled);
        CriterionSheet {
            comment: mine.filter(|_| alone || changed).map(|given| given.score.comment.clone()).unwrap_or_default(),
            all: all.as_ref().map(|all| members(&case, me, all, &criterion.id)).unwrap_or_default(),
            panel_grade: grades.and_then(|grades| grades.get(&criterion.id).cloned()),
            ..CriterionSheet::of(&case.rubric, criterion, mine.and_then(|given| given.score.grade.as_ref()))
        }
    });
    PanelPage {
        site: reader.site.clone(),
        url: url(&panel.id),
        learner: case.enrolled.person.clone(),
        level: case.enrolled.content.name.clone(),
        level_url: level_url(&case),
        program: case.enrolled.program.clone(),
        due: panel.due_at,
        turn,
        criteria: criteria.collect(),
        work: WorkShown { statement: case.submission.statement.clone(), evidence },
        appeal: appeal.map(|appeal| appeal.reason),
        returned: returned.filter(|_| turn != Turn::Decided),
        scored: (case.seated().filter(|one| one.seat.scored_at.is_some()).count(), panel.seats),
        naming: rule.names_shown.then(|| seat.is_some_and(|seat| seat.named)),
        settling,
        decision: counting.map(|decision| shown(&case.rubric, decision)),
        faulty: false,
    }
}

/// The page of the criteria in the version that counts for the learner.
pub fn level_url(case: &crate::actions::panel::Case) -> String {
    let enrolment = &case.enrolled.enrolment;
    format!("/achievements/{}/versions/{}", enrolment.level_id, enrolment.level_version)
}

/// One's own score of a criterion: as changed after the talk, else as it was alone.
fn latest<'a>(own: &'a [Given], criterion: &str) -> Option<&'a Given> {
    own.iter().rfind(|given| given.score.criterion == criterion)
}

fn members(case: &crate::actions::panel::Case, me: &Me, all: &[Given], criterion: &str) -> Vec<MemberScore> {
    let mut rounds: BTreeMap<&str, [Option<&Score>; 2]> = BTreeMap::new();
    for given in all.iter().filter(|given| given.score.criterion == criterion) {
        let place = usize::from(given.round == Round::Settled);
        if let Some(held) = rounds.entry(&given.person_id).or_default().get_mut(place) {
            *held = Some(&given.score);
        }
    }
    let one = |seated: &crate::store::panels::Seated| {
        let [alone, settled] = *rounds.get(seated.seat.person_id.as_str())?;
        let (alone, grade) = (alone?, |score: &Score| score.grade.clone().unwrap_or_default());
        Some(MemberScore {
            name: seated.name.clone(),
            own: seated.seat.person_id == me.member.id,
            grade: grade(alone),
            comment: alone.comment.clone(),
            settled: settled.map(|score| (grade(score), score.comment.clone())),
        })
    };
    case.seated().filter_map(one).collect()
}

/// A decision in words, its criteria in the order of the rubric.
pub fn shown(rubric: &Rubric, decision: &Decision) -> DecisionShown {
    let found = rubric.criteria.iter().filter_map(|criterion| {
        let found = decision.found.get(&criterion.id)?;
        Some((criterion.name.clone(), found.grade.clone(), found.comment.clone()))
    });
    DecisionShown {
        passes: decision.outcome == Outcome::Pass,
        is_final: decision.state == DecisionState::Final,
        reason: decision.reason.clone(),
        missing: decision.missing.clone().zip(decision.missing_by),
        found: found.collect(),
        badge_url: decision.award_id.as_ref().map(|id| format!("/badges/{id}")),
    }
}
