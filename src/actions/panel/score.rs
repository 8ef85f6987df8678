//! Each assessor scores alone. Drafts are kept as often as one likes; what is handed in stays as it is, and nobody sees another's
//! before all are in.

use super::{Case, draw, held_by_seat, letters};
use crate::{
    actions::{ActionError, App, Conflict},
    domain::{
        actor::{Actor, Member},
        panel::PanelState,
        rubric::Grades,
        scoring::{self, Next, Score},
    },
    store::{
        Conn, events, panels,
        scores::{self, Given, Round},
    },
};
use jiff::Timestamp;
use serde_json::json;
use std::collections::BTreeMap;

/// Keeps what someone has so far; it may lack grades and comments.
pub async fn save(app: &App, actor: &Actor, panel_id: &str, sheet: &[Score]) -> Result<(), ActionError> {
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let (case, member) = at_it(&mut conn, actor, panel_id).await?;
    let sheet = scoring::check_draft(&case.rubric, sheet).map_err(ActionError::Invalid)?;
    keep(&mut conn, &case, &member, &sheet, now).await?;
    Ok(conn.commit().await?)
}

/// Hands in a grade and a comment for every criterion; `named` says whether the badge may name whoever scored, where the level
/// names its panels. When this was the last one the panel settles, or asks for one more.
pub async fn hand_in(
    app: &App,
    actor: &Actor,
    panel_id: &str,
    sheet: &[Score],
    named: bool,
) -> Result<(), ActionError> {
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let (case, member) = at_it(&mut conn, actor, panel_id).await?;
    let sheet = scoring::check_whole(&case.rubric, sheet).map_err(ActionError::Invalid)?;
    keep(&mut conn, &case, &member, &sheet, now).await?;
    let named = named && case.rule.names_shown;
    if !panels::note_scored(&mut conn, panel_id, &member.id, named, now).await? {
        return Err(ActionError::Busy);
    }
    events::append(&mut conn, now, &actor.label(), "panel.scored", panel_id, &json!({})).await?;
    go_on(app, &mut conn, actor, panel_id, now).await?;
    Ok(conn.commit().await?)
}

/// What follows from who has handed in by now.
async fn go_on(app: &App, conn: &mut Conn, actor: &Actor, panel_id: &str, now: Timestamp) -> Result<(), ActionError> {
    let case = draw::again(conn, panel_id).await?;
    let sheets: Vec<Grades> = sheets(&scores::of_panel(conn, panel_id).await?, Round::Alone).into_values().collect();
    match scoring::next(&case.rule, &case.rubric, case.panel.seats, &sheets) {
        Next::Wait => {}
        Next::Further => draw::add_seat(app, conn, &actor.label(), case, now).await?,
        Next::Settle => {
            panels::advance(conn, panel_id, PanelState::Scoring, PanelState::Settling).await?;
            events::append(conn, now, &actor.label(), "panel.settling", panel_id, &json!({})).await?;
            letters::settling(app, conn, &case).await?;
        }
    }
    Ok(())
}

/// Each member's grades: as they stand after the talk, or as each had them alone.
pub(super) fn sheets(given: &[Given], round: Round) -> BTreeMap<String, Grades> {
    let mut sheets: BTreeMap<String, Grades> = BTreeMap::new();
    // “settled” stands behind “alone”, so the later one takes its place.
    for one in given.iter().filter(|one| round == Round::Settled || one.round == Round::Alone) {
        if let Some(grade) = &one.score.grade {
            sheets.entry(one.person_id.clone()).or_default().insert(one.score.criterion.clone(), grade.clone());
        }
    }
    sheets
}

/// The panel, while the actor has still to hand in.
async fn at_it(conn: &mut Conn, actor: &Actor, panel_id: &str) -> Result<(Case, Member), ActionError> {
    let (case, member) = held_by_seat(conn, actor, panel_id).await?;
    let done = case.seat_of(&member.id).is_none_or(|one| one.seat.scored_at.is_some());
    if case.panel.state != PanelState::Scoring || done {
        let message = "your scores are handed in and stay as they are; change them once the panel settles";
        return Err(ActionError::conflict(Conflict::ScoresHandedIn, message));
    }
    Ok((case, member))
}

async fn keep(
    conn: &mut Conn,
    case: &Case,
    member: &Member,
    sheet: &[Score],
    now: Timestamp,
) -> Result<(), ActionError> {
    for score in sheet {
        scores::save(conn, &case.panel.id, &member.id, Round::Alone, score, now).await?;
    }
    Ok(())
}
