//! What panels decided. One decision of a panel counts; those that were returned to it stay beside it.

use super::{
    Conn, StoreError,
    columns::{self, unreadable},
    db::{row, rows, run},
};
use crate::domain::{
    decision::{Decision, DecisionState, Outcome},
    level::LevelContent,
    panel::PanelPurpose,
};
use jiff::Timestamp;

macro_rules! decision_columns {
    () => {
        "d.id, d.panel_id, d.outcome, d.state, d.grades, d.reason, d.missing, d.missing_by, d.proposed_by, d.proposed_at,
         d.confirmed_by, d.returned_for, d.decided_at, d.award_id"
    };
}

/// A second one that counts, of the same panel, is `Taken` (`decisions_panel_id_key`).
pub async fn insert(conn: &mut Conn, decision: &Decision) -> Result<(), StoreError> {
    let grades = serde_json::to_string(&decision.found).map_err(|why| unreadable("decisions.grades", why))?;
    run!(
        conn,
        "INSERT INTO decisions (id, panel_id, outcome, state, grades, reason, missing, missing_by, proposed_by, proposed_at,
             decided_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        &decision.id,
        &decision.panel_id,
        decision.outcome.as_str(),
        decision.state.as_str(),
        grades,
        &decision.reason,
        &decision.missing,
        decision.missing_by.map(Timestamp::as_second),
        &decision.proposed_by,
        decision.proposed_at.as_second(),
        decision.decided_at.map(Timestamp::as_second)
    )?;
    Ok(())
}

pub async fn get(conn: &mut Conn, id: &str) -> Result<Option<Decision>, StoreError> {
    columns::one(row!(
        conn,
        DecisionRow,
        concat!("SELECT ", decision_columns!(), " FROM decisions d WHERE d.id = $1"),
        id
    )?)
}

/// All of a panel in their order; the last is the one that counts, unless it was returned.
pub async fn of_panel(conn: &mut Conn, panel_id: &str) -> Result<Vec<Decision>, StoreError> {
    columns::all(rows!(
        conn,
        DecisionRow,
        concat!("SELECT ", decision_columns!(), " FROM decisions d WHERE d.panel_id = $1 ORDER BY d.proposed_at"),
        panel_id
    )?)
}

/// The one that gave an award.
pub async fn of_award(conn: &mut Conn, award_id: &str) -> Result<Option<Decision>, StoreError> {
    columns::one(row!(
        conn,
        DecisionRow,
        concat!("SELECT ", decision_columns!(), " FROM decisions d WHERE d.award_id = $1"),
        award_id
    )?)
}

/// A decision that counts, with what it is about.
#[derive(Clone, Debug, PartialEq)]
pub struct Decided {
    pub decision: Decision,
    pub level: String,
    pub purpose: PanelPurpose,
}

/// What counts of all that was decided on someone's work, the newest first.
pub async fn of_learner(conn: &mut Conn, person_id: &str) -> Result<Vec<Decided>, StoreError> {
    columns::all(rows!(
        conn,
        DecidedRow,
        concat!(
            "SELECT ",
            decision_columns!(),
            ", v.content, p.purpose FROM enrolments e JOIN submissions s ON s.enrolment_id = e.id
              JOIN panels p ON p.submission_id = s.id JOIN decisions d ON d.panel_id = p.id AND d.state = 'final'
              JOIN level_versions v ON v.level_id = e.level_id AND v.version = e.level_version
              WHERE e.person_id = $1 ORDER BY d.decided_at DESC, d.id"
        ),
        person_id
    )?)
}

/// From now on it counts. False when it waits for nothing.
pub async fn confirm(conn: &mut Conn, id: &str, by: &str, at: Timestamp) -> Result<bool, StoreError> {
    let touched = run!(
        conn,
        "UPDATE decisions SET state = 'final', confirmed_by = $2, decided_at = $3 WHERE id = $1 AND state = 'proposed'",
        id,
        by,
        at.as_second()
    )?;
    Ok(touched == 1)
}

/// Back to its panel, by whoever had the second look if someone had. False when it waits for nothing.
pub async fn give_back(conn: &mut Conn, id: &str, by: Option<&str>, reason: &str) -> Result<bool, StoreError> {
    let touched = run!(
        conn,
        "UPDATE decisions SET state = 'returned', confirmed_by = $2, returned_for = $3 WHERE id = $1 AND state = 'proposed'",
        id,
        by,
        reason
    )?;
    Ok(touched == 1)
}

/// Notes the award that a pass gave.
pub async fn note_award(conn: &mut Conn, id: &str, award_id: &str) -> Result<(), StoreError> {
    run!(conn, "UPDATE decisions SET award_id = $2 WHERE id = $1", id, award_id)?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct DecisionRow {
    id: String,
    panel_id: String,
    outcome: String,
    state: String,
    grades: String,
    reason: String,
    missing: Option<String>,
    missing_by: Option<i64>,
    proposed_by: String,
    proposed_at: i64,
    confirmed_by: Option<String>,
    returned_for: Option<String>,
    decided_at: Option<i64>,
    award_id: Option<String>,
}

#[derive(sqlx::FromRow)]
struct DecidedRow {
    #[sqlx(flatten)]
    decision: DecisionRow,
    content: String,
    purpose: String,
}

impl TryFrom<DecidedRow> for Decided {
    type Error = StoreError;

    fn try_from(row: DecidedRow) -> Result<Self, StoreError> {
        let content: LevelContent = columns::json("level_versions.content", &row.content)?;
        Ok(Decided {
            decision: row.decision.try_into()?,
            level: content.name,
            purpose: PanelPurpose::parse(&row.purpose).map_err(|why| unreadable("panels.purpose", why))?,
        })
    }
}

impl TryFrom<DecisionRow> for Decision {
    type Error = StoreError;

    fn try_from(row: DecisionRow) -> Result<Self, StoreError> {
        Ok(Decision {
            id: row.id,
            panel_id: row.panel_id,
            outcome: Outcome::parse(&row.outcome).map_err(|why| unreadable("decisions.outcome", why))?,
            state: DecisionState::parse(&row.state).map_err(|why| unreadable("decisions.state", why))?,
            found: columns::json("decisions.grades", &row.grades)?,
            reason: row.reason,
            missing: row.missing,
            missing_by: columns::maybe_time("decisions.missing_by", row.missing_by)?,
            proposed_by: row.proposed_by,
            proposed_at: columns::time("decisions.proposed_at", row.proposed_at)?,
            confirmed_by: row.confirmed_by,
            returned_for: row.returned_for,
            decided_at: columns::maybe_time("decisions.decided_at", row.decided_at)?,
            award_id: row.award_id,
        })
    }
}
