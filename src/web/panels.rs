//! `/run/{program}/queue`: the panels of a program for whoever runs it, second looks and appeals among them. What belongs to another
//! program is not there.

use super::{
    Web,
    assess::{Fields, field, shown, text, to},
    error::Failure,
    frame::{Reader, answered},
    session::{Me, Sent},
    sign_in::Nothing,
    view::{AppealRow, MemberRow, MemberState, PanelOverviewPage, PanelRow, ProgramQueuePage, WorkShown},
};
use crate::{
    actions::panel::{
        Case, appeal, decide, draw,
        view::{self, Overview, Queue},
    },
    domain::{
        decision::Against,
        panel::{PanelPurpose, PanelState},
        submission::SubmissionState,
    },
    store::{
        appeals::Unanswered,
        panels::{Listed, Seated},
    },
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use std::sync::Arc;

pub async fn queue(
    State(web): State<Arc<Web>>,
    me: Me,
    reader: Reader,
    Path(program): Path<String>,
) -> Result<Response, Failure> {
    let queue = view::program_queue(&web.app, &me.actor(), &program).await?;
    reader.page(&queue_page(&reader, &program, queue), false)
}

fn queue_page(reader: &Reader, program: &str, queue: Queue) -> ProgramQueuePage {
    let mut page = ProgramQueuePage {
        site: reader.site.clone(),
        program: queue.program,
        short: Vec::new(),
        overdue: Vec::new(),
        second_looks: Vec::new(),
        under_way: Vec::new(),
        appeals: queue.appeals.iter().map(|one| appeal_row(program, one)).collect(),
    };
    for listed in queue.scoring.iter().chain(&queue.settling) {
        let group = match listed {
            one if one.proposed.is_some() => &mut page.second_looks,
            one if one.panel.short.is_some() => &mut page.short,
            one if one.panel.due_at < reader.now => &mut page.overdue,
            _ => &mut page.under_way,
        };
        group.push(panel_row(program, listed));
    }
    page
}

fn panel_row(program: &str, listed: &Listed) -> PanelRow {
    PanelRow {
        url: format!("/run/{program}/panels/{}", listed.panel.id),
        learner: listed.learner.clone(),
        level: listed.level.clone(),
        due: listed.panel.due_at,
        scored: listed.scored,
        seats: listed.panel.seats,
        settling: listed.panel.state == PanelState::Settling,
        lacking: listed.panel.short,
        on_appeal: listed.panel.purpose == PanelPurpose::Appeal,
    }
}

fn appeal_row(program: &str, one: &Unanswered) -> AppealRow {
    let badge = match &one.appeal.against {
        Against::Decision(id) | Against::Revocation(id) => id,
    };
    AppealRow {
        answer_url: format!("/run/{program}/appeals/{}/answer", one.appeal.id),
        badge_url: format!("/badges/{badge}"),
        learner: one.learner.clone(),
        level: one.level.clone(),
        reason: one.appeal.reason.clone(),
        filed: one.appeal.filed_at,
        outcome: String::new(),
        faulty: false,
    }
}

pub async fn answer(
    State(web): State<Arc<Web>>,
    reader: Reader,
    Path((program, id)): Path<(String, String)>,
    Sent { me, form }: Sent<Fields>,
) -> Result<Response, Failure> {
    let queue = view::program_queue(&web.app, &me.actor(), &program).await?;
    if !queue.appeals.iter().any(|one| one.appeal.id == id) {
        return Err(Failure::not_found("No appeal"));
    }
    let outcome = text(&form, "outcome");
    let done = appeal::answer(&web.app, &me.actor(), &id, field(&form, "upheld") == "yes", &outcome).await;
    let again = async |_| {
        let mut page = queue_page(&reader, &program, queue);
        let end = format!("/{id}/answer");
        for row in page.appeals.iter_mut().filter(|row| row.answer_url.ends_with(&end)) {
            row.outcome.clone_from(&outcome);
            row.faulty = true;
        }
        Ok(page)
    };
    answered(done, |_| format!("/run/{program}/queue"), again).await
}

pub async fn show(
    State(web): State<Arc<Web>>,
    me: Me,
    reader: Reader,
    Path((program, panel)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let overview = overview(&web, &me, &program, &panel).await?;
    reader.page(&overview_page(&reader, &program, overview, false), false)
}

pub async fn overview(web: &Web, me: &Me, program: &str, panel: &str) -> Result<Overview, Failure> {
    let overview = view::overview(&web.app, &me.actor(), panel).await?;
    match overview.case.panel.program_id == program {
        true => Ok(overview),
        false => Err(Failure::not_found("No panel")),
    }
}

pub async fn redraw(
    State(web): State<Arc<Web>>,
    reader: Reader,
    Path((program, panel)): Path<(String, String)>,
    Sent { me, form }: Sent<Fields>,
) -> Result<Response, Failure> {
    let seen = overview(&web, &me, &program, &panel).await?;
    let instead_of = Some(field(&form, "instead_of")).filter(|person| !person.is_empty());
    let done = draw::redraw(&web.app, &me.actor(), &panel, instead_of, &text(&form, "reason")).await;
    let again = async |_| Ok(overview_page(&reader, &program, seen, true));
    answered(done, |()| format!("/run/{program}/panels/{panel}#members"), again).await
}

pub async fn confirm(
    State(web): State<Arc<Web>>,
    Path((program, panel)): Path<(String, String)>,
    Sent { me, .. }: Sent<Nothing>,
) -> Result<Response, Failure> {
    let decision = proposed(&web, &me, &program, &panel).await?;
    decide::confirm(&web.app, &me.actor(), &decision).await?;
    Ok(to(&format!("/run/{program}/panels/{panel}")))
}

pub async fn give_back(
    State(web): State<Arc<Web>>,
    reader: Reader,
    Path((program, panel)): Path<(String, String)>,
    Sent { me, form }: Sent<Fields>,
) -> Result<Response, Failure> {
    let decision = proposed(&web, &me, &program, &panel).await?;
    let done = decide::give_back(&web.app, &me.actor(), &decision, &text(&form, "reason")).await;
    let again = async |_| {
        let seen = overview(&web, &me, &program, &panel).await?;
        Ok(overview_page(&reader, &program, seen, true))
    };
    answered(done, |()| format!("/run/{program}/panels/{panel}"), again).await
}

/// The decision of a panel that waits for its second look.
async fn proposed(web: &Web, me: &Me, program: &str, panel: &str) -> Result<String, Failure> {
    let seen = overview(web, me, program, panel).await?;
    let waiting = seen.proposed.map(|(decision, _)| decision.id);
    waiting.ok_or_else(|| Failure::not_found("No decision that waits for a second look"))
}

fn overview_page(reader: &Reader, program: &str, seen: Overview, faulty: bool) -> PanelOverviewPage {
    let Overview { case, evidence, appeal, proposed, decided } = seen;
    let url = format!("/run/{program}/panels/{}", case.panel.id);
    let second_look = proposed.as_ref().map(|(_, may)| may.then(|| url.clone()));
    let decision = proposed.map(|(decision, _)| decision).or(decided);
    PanelOverviewPage {
        site: reader.site.clone(),
        queue_url: format!("/run/{program}/queue"),
        program: case.enrolled.program.clone(),
        learner: case.enrolled.person.clone(),
        level: case.enrolled.content.name.clone(),
        row: row_of(&case, &url),
        open: case.panel.state.is_open() && second_look.is_none(),
        members: case.seats.iter().map(member).collect(),
        work: WorkShown { statement: case.submission.statement.clone(), evidence },
        appeal: appeal.map(|appeal| appeal.reason),
        decision: decision.map(|decision| shown(&case.rubric, &decision)),
        second_look,
        can_be_sample: case.submission.state == SubmissionState::Decided,
        faulty,
        url,
    }
}

fn row_of(case: &Case, url: &str) -> PanelRow {
    PanelRow {
        url: url.to_owned(),
        learner: case.enrolled.person.clone(),
        level: case.enrolled.content.name.clone(),
        due: case.panel.due_at,
        scored: case.seated().filter(|one| one.seat.scored_at.is_some()).count() as i64,
        seats: case.panel.seats,
        settling: case.panel.state == PanelState::Settling,
        lacking: case.panel.short,
        on_appeal: case.panel.purpose == PanelPurpose::Appeal,
    }
}

fn member(one: &Seated) -> MemberRow {
    let seat = &one.seat;
    let state = match (&seat.left_for, seat.settled_at, seat.scored_at) {
        (Some(why), ..) => MemberState::Left(why.clone()),
        (None, Some(at), _) => MemberState::Agreed(at),
        (None, None, Some(at)) => MemberState::Scored(at),
        (None, None, None) => MemberState::AtIt,
    };
    MemberRow { id: seat.person_id.clone(), name: one.name.clone(), function: one.function.clone(), state }
}
