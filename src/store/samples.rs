//! Samples that all assessors of a program score, and what they gave.

use super::{
    Conn, StoreError, columns,
    db::{row, rows, run},
};
use crate::domain::scoring::Score;
use jiff::Timestamp;

macro_rules! sample_columns {
    () => {
        "a.id, a.program_id, a.submission_id, a.title, a.marked_at, a.closed_at"
    };
}

#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    pub id: String,
    pub program_id: String,
    pub submission_id: String,
    /// What assessors see instead of whose it is.
    pub title: String,
    pub marked_at: Timestamp,
    /// Since when it is no longer to be scored.
    pub closed_at: Option<Timestamp>,
}

/// A sample in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    pub sample: Sample,
    /// How many have handed in.
    pub scored: i64,
    /// When whoever's list it is handed in.
    pub own_scored: Option<Timestamp>,
}

/// One score of a sample that was handed in, with whose it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Given {
    pub person_id: String,
    pub name: String,
    pub score: Score,
}

/// A second sample of one submission is `Taken` (`samples_submission_id_key`).
pub async fn insert(conn: &mut Conn, sample: &Sample, by: &str) -> Result<(), StoreError> {
    run!(
        conn,
        "INSERT INTO samples (id, program_id, submission_id, title, marked_at, marked_by) VALUES ($1, $2, $3, $4, $5, $6)",
        &sample.id,
        &sample.program_id,
        &sample.submission_id,
        &sample.title,
        sample.marked_at.as_second(),
        by
    )?;
    Ok(())
}

pub async fn get(conn: &mut Conn, id: &str) -> Result<Option<Sample>, StoreError> {
    columns::one(row!(conn, SampleRow, concat!("SELECT ", sample_columns!(), " FROM samples a WHERE a.id = $1"), id)?)
}

pub async fn of_submission(conn: &mut Conn, submission_id: &str) -> Result<Option<Sample>, StoreError> {
    columns::one(row!(
        conn,
        SampleRow,
        concat!("SELECT ", sample_columns!(), " FROM samples a WHERE a.submission_id = $1"),
        submission_id
    )?)
}

/// Those of a program, the latest first, as `viewer` sees them.
pub async fn of_program(
    conn: &mut Conn,
    viewer: &str,
    program_id: &str,
    limit: u32,
) -> Result<Vec<Listed>, StoreError> {
    columns::all(rows!(
        conn,
        ListedRow,
        concat!(
            "SELECT ",
            sample_columns!(),
            ", (SELECT COUNT(*) FROM sample_sheets h WHERE h.sample_id = a.id AND h.scored_at IS NOT NULL) AS scored,
               (SELECT h.scored_at FROM sample_sheets h WHERE h.sample_id = a.id AND h.person_id = $1) AS own_scored
             FROM samples a WHERE a.program_id = $2 ORDER BY a.marked_at DESC, a.id DESC LIMIT $3"
        ),
        viewer,
        program_id,
        i64::from(limit)
    )?)
}

/// Those that an assessor by their roles may score and has not, and that are not their own work; the first marked first.
pub async fn waiting_for(conn: &mut Conn, person_id: &str) -> Result<Vec<Sample>, StoreError> {
    columns::all(rows!(
        conn,
        SampleRow,
        concat!(
            "SELECT ",
            sample_columns!(),
            " FROM samples a JOIN submissions s ON s.id = a.submission_id JOIN enrolments e ON e.id = s.enrolment_id
              WHERE a.closed_at IS NULL AND e.person_id <> $1
                  AND EXISTS (SELECT 1 FROM roles r WHERE r.person_id = $1 AND r.role = 'assessor'
                      AND (r.program_id = a.program_id OR r.program_id IS NULL))
                  AND NOT EXISTS (SELECT 1 FROM sample_sheets h
                      WHERE h.sample_id = a.id AND h.person_id = $1 AND h.scored_at IS NOT NULL)
              ORDER BY a.marked_at, a.id"
        ),
        person_id
    )?)
}

/// Whether what was handed in is a sample that this person may score by their roles.
pub async fn is_open_to(conn: &mut Conn, submission_id: &str, person_id: &str) -> Result<bool, StoreError> {
    let found = row!(
        conn,
        (i64,),
        "SELECT CAST(1 AS BIGINT) FROM samples a WHERE a.submission_id = $1 AND a.closed_at IS NULL
             AND EXISTS (SELECT 1 FROM roles r WHERE r.person_id = $2 AND r.role = 'assessor'
                 AND (r.program_id = a.program_id OR r.program_id IS NULL))",
        submission_id,
        person_id
    )?;
    Ok(found.is_some())
}

/// False when it was closed before.
pub async fn close(conn: &mut Conn, id: &str, at: Timestamp) -> Result<bool, StoreError> {
    let touched =
        run!(conn, "UPDATE samples SET closed_at = $2 WHERE id = $1 AND closed_at IS NULL", id, at.as_second())?;
    Ok(touched == 1)
}

/// Begins someone's sheet and holds it until the commit; when it was handed in, if it was.
pub async fn hold_sheet(conn: &mut Conn, id: &str, person_id: &str) -> Result<Option<Timestamp>, StoreError> {
    let found = row!(
        conn,
        (Option<i64>,),
        "INSERT INTO sample_sheets (sample_id, person_id) VALUES ($1, $2)
         ON CONFLICT (sample_id, person_id) DO UPDATE SET scored_at = sample_sheets.scored_at RETURNING scored_at",
        id,
        person_id
    )?;
    columns::maybe_time("sample_sheets.scored_at", found.and_then(|(at,)| at))
}

pub async fn save(conn: &mut Conn, id: &str, person_id: &str, score: &Score, at: Timestamp) -> Result<(), StoreError> {
    run!(
        conn,
        "INSERT INTO sample_scores (sample_id, person_id, criterion_id, grade, comment, at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (sample_id, person_id, criterion_id)
         DO UPDATE SET grade = excluded.grade, comment = excluded.comment, at = excluded.at",
        id,
        person_id,
        &score.criterion,
        &score.grade,
        &score.comment,
        at.as_second()
    )?;
    Ok(())
}

pub async fn hand_in(conn: &mut Conn, id: &str, person_id: &str, at: Timestamp) -> Result<(), StoreError> {
    run!(
        conn,
        "UPDATE sample_sheets SET scored_at = $3 WHERE sample_id = $1 AND person_id = $2",
        id,
        person_id,
        at.as_second()
    )?;
    Ok(())
}

/// One's own sheet, handed in or not.
pub async fn own(conn: &mut Conn, id: &str, person_id: &str) -> Result<(Option<Timestamp>, Vec<Score>), StoreError> {
    let sheet = row!(
        conn,
        (Option<i64>,),
        "SELECT scored_at FROM sample_sheets WHERE sample_id = $1 AND person_id = $2",
        id,
        person_id
    )?;
    let scores = rows!(
        conn,
        (String, Option<String>, String),
        "SELECT criterion_id, grade, comment FROM sample_scores WHERE sample_id = $1 AND person_id = $2",
        id,
        person_id
    )?;
    let scored = columns::maybe_time("sample_sheets.scored_at", sheet.and_then(|(at,)| at))?;
    let score = |(criterion, grade, comment)| Score { criterion, grade, comment };
    Ok((scored, scores.into_iter().map(score).collect()))
}

/// Everything that was handed in for a sample, by assessor; no draft.
pub async fn given(conn: &mut Conn, id: &str) -> Result<Vec<Given>, StoreError> {
    let found = rows!(
        conn,
        (String, String, String, Option<String>, String),
        "SELECT h.person_id, p.name, c.criterion_id, c.grade, c.comment
         FROM sample_sheets h JOIN people p ON p.id = h.person_id
         JOIN sample_scores c ON c.sample_id = h.sample_id AND c.person_id = h.person_id
         WHERE h.sample_id = $1 AND h.scored_at IS NOT NULL ORDER BY p.name, h.person_id, c.criterion_id",
        id
    )?;
    let one = |(person_id, name, criterion, grade, comment)| Given {
        person_id,
        name,
        score: Score { criterion, grade, comment },
    };
    Ok(found.into_iter().map(one).collect())
}

#[derive(sqlx::FromRow)]
struct SampleRow {
    id: String,
    program_id: String,
    submission_id: String,
    title: String,
    marked_at: i64,
    closed_at: Option<i64>,
}

impl TryFrom<SampleRow> for Sample {
    type Error = StoreError;

    fn try_from(row: SampleRow) -> Result<Self, StoreError> {
        Ok(Sample {
            id: row.id,
            program_id: row.program_id,
            submission_id: row.submission_id,
            title: row.title,
            marked_at: columns::time("samples.marked_at", row.marked_at)?,
            closed_at: columns::maybe_time("samples.closed_at", row.closed_at)?,
        })
    }
}

#[derive(sqlx::FromRow)]
struct ListedRow {
    #[sqlx(flatten)]
    sample: SampleRow,
    scored: i64,
    own_scored: Option<i64>,
}

impl TryFrom<ListedRow> for Listed {
    type Error = StoreError;

    fn try_from(row: ListedRow) -> Result<Self, StoreError> {
        Ok(Listed {
            sample: row.sample.try_into()?,
            scored: row.scored,
            own_scored: columns::maybe_time("sample_sheets.scored_at", row.own_scored)?,
        })
    }
}
