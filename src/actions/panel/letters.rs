//! What is written to those whom a panel's work concerns, in the transaction of what it tells about.
//!
//! Assessors and owners are told what waits for them, and neither whose work it is nor who else sits; learners what was decided, and never by
//! whom. No letter says a grade: those stand on the page. One thing that happened is one letter to each.

use super::Case;
use crate::{
    actions::{ActionError, App, issuer, mail::post},
    domain::{
        actor::Role,
        decision::{Against, Appeal, AppealState, Decision},
        letter::Letter,
        panel::{Panel, PanelPurpose},
        recipient::Person,
    },
    store::{Conn, conflicts, enrolments::Enrolled, levels, panels, people, programs, roles},
};
use jiff::{Timestamp, civil::Date};

/// To whoever was drawn: by when, and where.
pub(super) async fn drawn(
    app: &App,
    conn: &mut Conn,
    (panel, enrolled): (&Panel, &Enrolled),
    chosen: impl Iterator<Item = &Person>,
) -> Result<(), ActionError> {
    let letter = Letter::new("panel-drawn")
        .with("level", title(enrolled))
        .with("appeal", yes(panel.purpose == PanelPurpose::Appeal))
        .day("due", day(conn, panel.due_at).await?)
        .with("page", sheet(app, panel));
    for person in chosen {
        post(app, conn, person, &letter).await?;
    }
    Ok(())
}

/// To owners: not every seat could be filled, and the work waits until it is.
pub(super) async fn short(
    app: &App,
    conn: &mut Conn,
    (panel, enrolled): (&Panel, &Enrolled),
) -> Result<(), ActionError> {
    let letter = Letter::new("panel-short").with("level", title(enrolled)).with("page", overview(app, panel));
    to_owners(app, conn, &panel.program_id, std::slice::from_ref(&enrolled.enrolment.person_id), &letter).await
}

/// To whoever sits: all have handed in, and each sees all.
pub(super) async fn settling(app: &App, conn: &mut Conn, case: &Case) -> Result<(), ActionError> {
    let letter = Letter::new("panel-settling");
    to_members(app, conn, case, letter).await
}

/// To whoever sits: the second look found that they have to look again.
pub(super) async fn returned(app: &App, conn: &mut Conn, case: &Case) -> Result<(), ActionError> {
    let letter = Letter::new("decision-returned");
    to_members(app, conn, case, letter).await
}

/// To the owners who may have the second look.
pub(super) async fn second_look(app: &App, conn: &mut Conn, case: &Case) -> Result<(), ActionError> {
    let mut but = panels::hands(conn, &case.submission.id, &case.panel.id).await?;
    but.extend(conflicts::of_person(conn, case.learner()).await?);
    but.push(case.learner().to_owned());
    let letter =
        Letter::new("second-look").with("level", title(&case.enrolled)).with("page", overview(app, &case.panel));
    to_owners(app, conn, &case.panel.program_id, &but, &letter).await
}

/// To the learner: passed, with the badge; or what is missing and by when.
pub(super) async fn decided(
    app: &App,
    conn: &mut Conn,
    (case, decision): (&Case, &Decision),
    award_id: Option<&str>,
) -> Result<(), ActionError> {
    let letter = match (award_id, &decision.missing, decision.missing_by) {
        (Some(award), ..) => Letter::new("decision-pass").with("badge", app.urls().badge(award)),
        (None, Some(missing), Some(by)) => {
            Letter::new("decision-not-yet").with("missing", missing).day("by", day(conn, by).await?)
        }
        (None, ..) => return Ok(()),
    };
    let letter = letter.with("level", title(&case.enrolled)).with("page", page(app, &decision.id));
    to_person(app, conn, case.learner(), &letter).await
}

/// To the learner that it has arrived, and to owners.
pub(super) async fn appealed(
    app: &App,
    conn: &mut Conn,
    (appeal, level_id): (&Appeal, &str),
) -> Result<(), ActionError> {
    let (program, level) = about(conn, level_id).await?;
    let letter = Letter::new("appeal-received").with("level", &level).with("page", decisions(app));
    to_person(app, conn, &appeal.person_id, &letter).await?;
    let queue = format!("{}/run/{program}/queue", app.config.base_url);
    let letter = Letter::new("appeal-filed")
        .with("level", &level)
        .with("panel", yes(appeal.panel_id.is_some()))
        .with("page", queue);
    to_owners(app, conn, &program, std::slice::from_ref(&appeal.person_id), &letter).await
}

/// What an appeal came to.
#[derive(Clone, Copy)]
pub(super) struct Answer<'a> {
    pub appeal: &'a Appeal,
    pub state: AppealState,
    pub level_id: &'a str,
    /// What was given for it.
    pub award_id: Option<&'a str>,
    /// The new panel's, where one looked again.
    pub decision_id: Option<&'a str>,
    /// The owner who answered, where no panel did; they know.
    pub by: Option<&'a str>,
}

/// To the learner and to owners: how an appeal was answered.
pub(super) async fn answered(app: &App, conn: &mut Conn, answer: Answer<'_>) -> Result<(), ActionError> {
    let Answer { appeal, state, award_id, .. } = answer;
    let (program, level) = about(conn, answer.level_id).await?;
    let against = match appeal.against {
        Against::Decision(_) => "decision",
        Against::Revocation(_) => "revocation",
    };
    let letter = Letter::new("appeal-answered")
        .with("level", &level)
        .with("outcome", state.as_str())
        .with("against", against)
        .with("given", yes(award_id.is_some()))
        .with("badge", award_id.map(|award| app.urls().badge(award)).unwrap_or_default())
        .with("page", answer.decision_id.map_or_else(|| decisions(app), |decision| page(app, decision)));
    to_person(app, conn, &appeal.person_id, &letter).await?;
    let queue = format!("{}/run/{program}/queue", app.config.base_url);
    let letter =
        Letter::new("appeal-decided").with("level", &level).with("outcome", state.as_str()).with("page", queue);
    let but: Vec<String> = answer.by.into_iter().chain([appeal.person_id.as_str()]).map(str::to_owned).collect();
    to_owners(app, conn, &program, &but, &letter).await
}

async fn to_members(app: &App, conn: &mut Conn, case: &Case, letter: Letter) -> Result<(), ActionError> {
    let letter = letter.with("level", title(&case.enrolled)).with("page", sheet(app, &case.panel));
    for person in panels::members(conn, &case.panel.id).await? {
        post(app, conn, &person, &letter).await?;
    }
    Ok(())
}

async fn to_owners(
    app: &App,
    conn: &mut Conn,
    program_id: &str,
    but: &[String],
    letter: &Letter,
) -> Result<(), ActionError> {
    let owners = roles::holders(conn, Role::Owner, program_id).await?;
    for owner in owners.iter().filter(|owner| !but.contains(&owner.id)) {
        post(app, conn, owner, letter).await?;
    }
    Ok(())
}

async fn to_person(app: &App, conn: &mut Conn, id: &str, letter: &Letter) -> Result<(), ActionError> {
    match people::get(conn, id).await? {
        Some(person) => post(app, conn, &person, letter).await,
        None => Ok(()),
    }
}

/// The program, and what letters call the level.
async fn about(conn: &mut Conn, level_id: &str) -> Result<(String, String), ActionError> {
    let none = || ActionError::not_found("level", level_id);
    let level = levels::get(conn, level_id).await?.ok_or_else(none)?;
    let program = programs::get(conn, &level.program_id).await?.ok_or_else(none)?;
    Ok((program.id, format!("{}: {}", program.name, level.content.name)))
}

fn title(enrolled: &Enrolled) -> String {
    format!("{}: {}", enrolled.program, enrolled.content.name)
}

fn sheet(app: &App, panel: &Panel) -> String {
    format!("{}/assess/{}", app.config.base_url, panel.id)
}

fn overview(app: &App, panel: &Panel) -> String {
    format!("{}/run/{}/panels/{}", app.config.base_url, panel.program_id, panel.id)
}

fn page(app: &App, decision_id: &str) -> String {
    format!("{}/{decision_id}", decisions(app))
}

fn decisions(app: &App) -> String {
    format!("{}/me/decisions", app.config.base_url)
}

async fn day(conn: &mut Conn, at: Timestamp) -> Result<Date, ActionError> {
    Ok(at.to_zoned_datetime(issuer(conn).await?.zone()).date())
}

fn yes(is: bool) -> &'static str {
    if is { "yes" } else { "no" }
}
