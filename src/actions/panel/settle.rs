//! The panel has talked: each member keeps their grades or changes some, with why, and agrees to where the panel stands.
//!
//! Whoever changes a grade after others have agreed opens it for them again.

use super::{Case, held_by_seat, score::sheets};
use crate::{
    actions::{ActionError, App, Conflict},
    domain::{
        actor::Actor,
        field::FieldError,
        panel::PanelState,
        rubric::Grades,
        scoring::{self, Score},
    },
    store::{
        Conn, events, panels,
        scores::{self, Round},
    },
};
use serde_json::json;

/// Agrees, with the grades in `changed` in the place of one's own; one that is the same or absent is none.
pub async fn settle(app: &App, actor: &Actor, panel_id: &str, changed: &[Score]) -> Result<(), ActionError> {
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let (case, member) = held_by_seat(&mut conn, actor, panel_id).await?;
    require_settling(&case)?;
    super::decide::require_none_proposed(&mut conn, panel_id).await?;
    let before = sheets(&scores::of_panel(&mut conn, panel_id).await?, Round::Settled);
    let own = before.get(&member.id).cloned().unwrap_or_default();
    let differs = |score: &&Score| score.grade.is_some() && score.grade.as_ref() != own.get(&score.criterion);
    let different: Vec<Score> = changed.iter().filter(differs).cloned().collect();
    let checked = check(&case, &different)?;
    for score in &checked {
        scores::save(&mut conn, panel_id, &member.id, Round::Settled, score, now).await?;
    }
    if !checked.is_empty() {
        panels::unsettle(&mut conn, panel_id).await?;
    }
    panels::note_settled(&mut conn, panel_id, &member.id, now).await?;
    let changed: Vec<&str> = checked.iter().map(|score| score.criterion.as_str()).collect();
    events::append(&mut conn, now, &actor.label(), "panel.settled", panel_id, &json!({"changed": changed})).await?;
    Ok(conn.commit().await?)
}

/// Whoever changes a grade says why.
fn check(case: &Case, changed: &[Score]) -> Result<Vec<Score>, ActionError> {
    let mut faults = scoring::check_draft(&case.rubric, changed).err().unwrap_or_default();
    for score in changed.iter().filter(|score| score.comment.trim().is_empty()) {
        let field = format!("scores.{}.comment", score.criterion);
        faults.push(FieldError::new(field, "is missing: say why you changed your grade"));
    }
    if !faults.is_empty() {
        return Err(ActionError::Invalid(faults));
    }
    Ok(changed.iter().map(|score| Score { comment: score.comment.trim().to_owned(), ..score.clone() }).collect())
}

pub(super) fn require_settling(case: &Case) -> Result<(), ActionError> {
    match case.panel.state {
        PanelState::Settling => Ok(()),
        PanelState::Scoring => Err(ActionError::conflict(
            Conflict::Scoring,
            "some have still to hand in their scores; the panel settles after that",
        )),
        PanelState::Decided | PanelState::Dissolved => {
            Err(ActionError::conflict(Conflict::PanelDone, "this panel has done its work; what it found stays"))
        }
    }
}

/// Where the panel stands: the grades that follow from those of its members.
pub async fn standing(conn: &mut Conn, case: &Case) -> Result<Grades, ActionError> {
    let sheets = sheets(&scores::of_panel(conn, &case.panel.id).await?, Round::Settled);
    let sheets: Vec<Grades> = sheets.into_values().collect();
    Ok(scoring::panel_grades(&case.rubric, &sheets))
}
