//! Scores that are due: who sits on a panel and has not handed in, and which reminders they were written.

use super::{
    Conn, StoreError, columns,
    db::{rows, run},
    people::{PersonRow, person_columns},
};
use crate::domain::{level::LevelContent, recipient::Person};
use jiff::Timestamp;

/// Scores that someone owes a panel.
#[derive(Clone, Debug, PartialEq)]
pub struct Due {
    pub panel_id: String,
    pub person: Person,
    pub program: String,
    pub level: String,
    pub due_at: Timestamp,
}

/// Up to `limit` that are due from `from` on and before `before` without this reminder, the first to be due first. Of those who were drawn less than
/// `least_seconds` before it none.
pub async fn unreminded(
    conn: &mut Conn,
    kind: &str,
    (from, before): (Timestamp, Timestamp),
    least_seconds: i64,
    limit: u32,
) -> Result<Vec<Due>, StoreError> {
    columns::all(rows!(
        conn,
        DueRow,
        concat!(
            "SELECT ",
            person_columns!(),
            ", n.id AS panel_id, n.due_at, v.content, g.name AS program
             FROM panels n JOIN seats t ON t.panel_id = n.id JOIN people p ON p.id = t.person_id
             JOIN submissions s ON s.id = n.submission_id JOIN enrolments e ON e.id = s.enrolment_id
             JOIN level_versions v ON v.level_id = e.level_id AND v.version = e.level_version
             JOIN programs g ON g.id = e.program_id
             WHERE n.state = 'scoring' AND n.dissolved_at IS NULL AND n.due_at >= $1 AND n.due_at < $2
                 AND t.state = 'seated' AND t.scored_at IS NULL AND p.active AND n.due_at - t.seated_at >= $3
                 AND NOT EXISTS (SELECT 1 FROM seat_reminders r WHERE r.panel_id = n.id AND r.person_id = t.person_id
                     AND r.due_at = n.due_at AND r.kind = $4)
             ORDER BY n.due_at LIMIT $5"
        ),
        from.as_second(),
        before.as_second(),
        least_seconds,
        kind,
        i64::from(limit)
    )?)
}

/// Notes that a reminder was written. False when it was before.
pub async fn reminded(conn: &mut Conn, due: &Due, kind: &str, at: Timestamp) -> Result<bool, StoreError> {
    let touched = run!(
        conn,
        "INSERT INTO seat_reminders (panel_id, person_id, due_at, kind, at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (panel_id, person_id, due_at, kind) DO NOTHING",
        &due.panel_id,
        &due.person.id,
        due.due_at.as_second(),
        kind,
        at.as_second()
    )?;
    Ok(touched == 1)
}

#[derive(sqlx::FromRow)]
struct DueRow {
    #[sqlx(flatten)]
    person: PersonRow,
    panel_id: String,
    due_at: i64,
    content: String,
    program: String,
}

impl TryFrom<DueRow> for Due {
    type Error = StoreError;

    fn try_from(row: DueRow) -> Result<Self, StoreError> {
        let content: LevelContent = columns::json("level_versions.content", &row.content)?;
        Ok(Due {
            panel_id: row.panel_id,
            person: row.person.into(),
            program: row.program,
            level: content.name,
            due_at: columns::time("panels.due_at", row.due_at)?,
        })
    }
}
