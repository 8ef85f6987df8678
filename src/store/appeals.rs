//! Appeals against decisions and revocations.

use super::{
    Conn, StoreError,
    columns::{self, unreadable},
    db::{row, rows, run},
};
use crate::domain::{
    decision::{Against, Appeal, AppealState},
    level::LevelContent,
};
use jiff::Timestamp;

macro_rules! appeal_columns {
    () => {
        "a.id, a.person_id, a.decision_id, a.award_id, a.reason, a.state, a.outcome, a.panel_id, a.filed_at, a.decided_at, a.decided_by"
    };
}

/// A second one against the same decision is `Taken` (`appeals_decision_id_key`).
pub async fn insert(conn: &mut Conn, appeal: &Appeal) -> Result<(), StoreError> {
    let (decision, award) = match &appeal.against {
        Against::Decision(id) => (Some(id), None),
        Against::Revocation(id) => (None, Some(id)),
    };
    run!(
        conn,
        "INSERT INTO appeals (id, person_id, decision_id, award_id, reason, state, panel_id, filed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        &appeal.id,
        &appeal.person_id,
        decision,
        award,
        &appeal.reason,
        appeal.state.as_str(),
        &appeal.panel_id,
        appeal.filed_at.as_second()
    )?;
    Ok(())
}

pub async fn get(conn: &mut Conn, id: &str) -> Result<Option<Appeal>, StoreError> {
    columns::one(row!(conn, AppealRow, concat!("SELECT ", appeal_columns!(), " FROM appeals a WHERE a.id = $1"), id)?)
}

pub async fn of_panel(conn: &mut Conn, panel_id: &str) -> Result<Option<Appeal>, StoreError> {
    columns::one(row!(
        conn,
        AppealRow,
        concat!("SELECT ", appeal_columns!(), " FROM appeals a WHERE a.panel_id = $1"),
        panel_id
    )?)
}

pub async fn of_decision(conn: &mut Conn, decision_id: &str) -> Result<Option<Appeal>, StoreError> {
    columns::one(row!(
        conn,
        AppealRow,
        concat!("SELECT ", appeal_columns!(), " FROM appeals a WHERE a.decision_id = $1"),
        decision_id
    )?)
}

/// All that someone ever filed, the newest first.
pub async fn of_person(conn: &mut Conn, person_id: &str) -> Result<Vec<Appeal>, StoreError> {
    columns::all(rows!(
        conn,
        AppealRow,
        concat!("SELECT ", appeal_columns!(), " FROM appeals a WHERE a.person_id = $1 ORDER BY a.filed_at DESC, a.id"),
        person_id
    )?)
}

/// Against an award's revocation, the first one first.
pub async fn of_award(conn: &mut Conn, award_id: &str) -> Result<Vec<Appeal>, StoreError> {
    columns::all(rows!(
        conn,
        AppealRow,
        concat!("SELECT ", appeal_columns!(), " FROM appeals a WHERE a.award_id = $1 ORDER BY a.filed_at, a.id"),
        award_id
    )?)
}

/// An open appeal against a revocation that no panel answers, with whose it is and of which level.
#[derive(Clone, Debug, PartialEq)]
pub struct Unanswered {
    pub appeal: Appeal,
    pub learner: String,
    pub level: String,
}

/// Those of a program that wait for an owner's answer, the first filed first.
pub async fn unanswered(conn: &mut Conn, program_id: &str, limit: u32) -> Result<Vec<Unanswered>, StoreError> {
    columns::all(rows!(
        conn,
        UnansweredRow,
        concat!(
            "SELECT ",
            appeal_columns!(),
            ", w.name AS learner, v.content FROM appeals a JOIN people w ON w.id = a.person_id
              JOIN awards g ON g.id = a.award_id JOIN levels l ON l.id = g.level_id
              JOIN level_versions v ON v.level_id = g.level_id AND v.version = g.level_version
              WHERE a.state = 'open' AND COALESCE(a.panel_id, '') = '' AND l.program_id = $1 ORDER BY a.filed_at LIMIT $2"
        ),
        program_id,
        i64::from(limit)
    )?)
}

/// Since when an award's revocation is appealed against; none when no appeal is open.
pub async fn open_of_award(conn: &mut Conn, award_id: &str) -> Result<Option<Timestamp>, StoreError> {
    let all = of_award(conn, award_id).await?;
    Ok(all.into_iter().find(|appeal| appeal.state == AppealState::Open).map(|appeal| appeal.filed_at))
}

/// Those of an enrolment that nobody has decided yet.
pub async fn open_of_enrolment(conn: &mut Conn, enrolment_id: &str) -> Result<Vec<Appeal>, StoreError> {
    columns::all(rows!(
        conn,
        AppealRow,
        concat!(
            "SELECT ",
            appeal_columns!(),
            " FROM submissions s JOIN panels p ON p.submission_id = s.id JOIN decisions d ON d.panel_id = p.id
              JOIN appeals a ON a.decision_id = d.id WHERE s.enrolment_id = $1 AND a.state = 'open'"
        ),
        enrolment_id
    )?)
}

/// What came of it; `by` where no panel decided. False when it was decided before.
pub async fn decide(
    conn: &mut Conn,
    id: &str,
    state: AppealState,
    outcome: &str,
    by: Option<&str>,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let touched = run!(
        conn,
        "UPDATE appeals SET state = $2, outcome = $3, decided_by = $4, decided_at = $5 WHERE id = $1 AND state = 'open'",
        id,
        state.as_str(),
        outcome,
        by,
        at.as_second()
    )?;
    Ok(touched == 1)
}

#[derive(sqlx::FromRow)]
struct AppealRow {
    id: String,
    person_id: String,
    decision_id: Option<String>,
    award_id: Option<String>,
    reason: String,
    state: String,
    outcome: Option<String>,
    panel_id: Option<String>,
    filed_at: i64,
    decided_at: Option<i64>,
    decided_by: Option<String>,
}

#[derive(sqlx::FromRow)]
struct UnansweredRow {
    #[sqlx(flatten)]
    appeal: AppealRow,
    learner: String,
    content: String,
}

impl TryFrom<UnansweredRow> for Unanswered {
    type Error = StoreError;

    fn try_from(row: UnansweredRow) -> Result<Self, StoreError> {
        let content: LevelContent = columns::json("level_versions.content", &row.content)?;
        Ok(Unanswered { appeal: row.appeal.try_into()?, learner: row.learner, level: content.name })
    }
}

impl TryFrom<AppealRow> for Appeal {
    type Error = StoreError;

    fn try_from(row: AppealRow) -> Result<Self, StoreError> {
        let against = match (row.decision_id, row.award_id) {
            (Some(decision), None) => Against::Decision(decision),
            (None, Some(award)) => Against::Revocation(award),
            _ => return Err(unreadable("appeals.decision_id", "neither or both are appealed against")),
        };
        Ok(Appeal {
            id: row.id,
            person_id: row.person_id,
            against,
            reason: row.reason,
            state: AppealState::parse(&row.state).map_err(|why| unreadable("appeals.state", why))?,
            outcome: row.outcome,
            panel_id: row.panel_id,
            filed_at: columns::time("appeals.filed_at", row.filed_at)?,
            decided_at: columns::maybe_time("appeals.decided_at", row.decided_at)?,
            decided_by: row.decided_by,
        })
    }
}
