//! What each assessor found: alone, and where it changed after the panel had talked.

use super::{
    Conn, StoreError,
    db::{rows, run},
};
use crate::domain::scoring::Score;
use jiff::Timestamp;

/// When a grade was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Round {
    Alone,
    Settled,
}

impl Round {
    fn as_str(self) -> &'static str {
        match self {
            Round::Alone => "alone",
            Round::Settled => "settled",
        }
    }
}

/// One score of a panel.
#[derive(Clone, Debug, PartialEq)]
pub struct Given {
    pub person_id: String,
    pub round: Round,
    pub score: Score,
}

/// Keeps a score, in the place of an earlier one of the same round.
pub async fn save(
    conn: &mut Conn,
    panel_id: &str,
    person_id: &str,
    round: Round,
    score: &Score,
    at: Timestamp,
) -> Result<(), StoreError> {
    run!(
        conn,
        "INSERT INTO scores (panel_id, person_id, criterion_id, round, grade, comment, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (panel_id, person_id, criterion_id, round)
         DO UPDATE SET grade = excluded.grade, comment = excluded.comment, at = excluded.at",
        panel_id,
        person_id,
        &score.criterion,
        round.as_str(),
        &score.grade,
        &score.comment,
        at.as_second()
    )?;
    Ok(())
}

/// One assessor's own, whether handed in or not.
pub async fn of_seat(conn: &mut Conn, panel_id: &str, person_id: &str) -> Result<Vec<Given>, StoreError> {
    let found = rows!(
        conn,
        GivenRow,
        "SELECT person_id, criterion_id, round, grade, comment FROM scores
         WHERE panel_id = $1 AND person_id = $2 ORDER BY criterion_id, round",
        panel_id,
        person_id
    )?;
    Ok(found.into_iter().map(Given::from).collect())
}

/// Those of everyone who sits and has handed in; never a draft, and never of someone who left.
pub async fn of_panel(conn: &mut Conn, panel_id: &str) -> Result<Vec<Given>, StoreError> {
    let found = rows!(
        conn,
        GivenRow,
        "SELECT c.person_id, c.criterion_id, c.round, c.grade, c.comment
         FROM seats t JOIN scores c ON c.panel_id = t.panel_id AND c.person_id = t.person_id
         WHERE t.panel_id = $1 AND t.state = 'seated' AND t.scored_at IS NOT NULL
         ORDER BY t.seated_at, c.person_id, c.criterion_id, c.round",
        panel_id
    )?;
    Ok(found.into_iter().map(Given::from).collect())
}

#[derive(sqlx::FromRow)]
struct GivenRow {
    person_id: String,
    criterion_id: String,
    round: String,
    grade: Option<String>,
    comment: String,
}

impl From<GivenRow> for Given {
    fn from(row: GivenRow) -> Self {
        Given {
            person_id: row.person_id,
            round: if row.round == "settled" { Round::Settled } else { Round::Alone },
            score: Score { criterion: row.criterion_id, grade: row.grade, comment: row.comment },
        }
    }
}
