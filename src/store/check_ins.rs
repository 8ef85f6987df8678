//! Notes of a learner and their mentor. There is no function here that reads them for anyone but one learner and one mentor.

use super::{
    Conn, StoreError, columns,
    db::{rows, run},
};
use jiff::Timestamp;

#[derive(Clone, Debug, PartialEq)]
pub struct CheckIn {
    pub id: String,
    pub enrolment_id: String,
    /// Whose mentor it was then.
    pub mentor_id: String,
    pub author_id: String,
    pub text: String,
    pub at: Timestamp,
}

pub async fn insert(conn: &mut Conn, note: &CheckIn) -> Result<(), StoreError> {
    run!(
        conn,
        "INSERT INTO check_ins (id, enrolment_id, mentor_id, author_id, text, at) VALUES ($1, $2, $3, $4, $5, $6)",
        &note.id,
        &note.enrolment_id,
        &note.mentor_id,
        &note.author_id,
        &note.text,
        note.at.as_second()
    )?;
    Ok(())
}

/// What a learner and this mentor noted, newest first.
pub async fn between(conn: &mut Conn, enrolment_id: &str, mentor_id: &str) -> Result<Vec<CheckIn>, StoreError> {
    columns::all(rows!(
        conn,
        CheckInRow,
        "SELECT id, enrolment_id, mentor_id, author_id, text, at FROM check_ins
         WHERE enrolment_id = $1 AND mentor_id = $2 ORDER BY at DESC, id DESC",
        enrolment_id,
        mentor_id
    )?)
}

/// What the learner noted with each mentor they had, newest first: for the learner alone.
pub async fn of_learner(conn: &mut Conn, enrolment_id: &str) -> Result<Vec<CheckIn>, StoreError> {
    columns::all(rows!(
        conn,
        CheckInRow,
        "SELECT id, enrolment_id, mentor_id, author_id, text, at FROM check_ins
         WHERE enrolment_id = $1 ORDER BY at DESC, id DESC",
        enrolment_id
    )?)
}

#[derive(sqlx::FromRow)]
struct CheckInRow {
    id: String,
    enrolment_id: String,
    mentor_id: String,
    author_id: String,
    text: String,
    at: i64,
}

impl TryFrom<CheckInRow> for CheckIn {
    type Error = StoreError;

    fn try_from(row: CheckInRow) -> Result<Self, StoreError> {
        Ok(CheckIn {
            id: row.id,
            enrolment_id: row.enrolment_id,
            mentor_id: row.mentor_id,
            author_id: row.author_id,
            text: row.text,
            at: columns::time("check_ins.at", row.at)?,
        })
    }
}
