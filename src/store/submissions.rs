//! Submissions: drafts by revision, and what was handed in.

use super::{
    Conn, StoreError,
    columns::{self, unreadable},
    db::{row, rows, run},
};
use crate::domain::submission::{Submission, SubmissionState};
use jiff::Timestamp;

/// Every column of a submission.
macro_rules! submission_columns {
    () => {
        "s.id, s.enrolment_id, s.number, s.state, s.statement, s.revision, s.created_at, s.updated_at, s.submitted_at"
    };
}

/// Begins a draft, with the next number. One that is open already is `Taken`.
pub async fn insert(conn: &mut Conn, id: &str, enrolment_id: &str, at: Timestamp) -> Result<Submission, StoreError> {
    let found = row!(
        conn,
        SubmissionRow,
        "INSERT INTO submissions (id, enrolment_id, number, state, statement, revision, created_at, updated_at)
         SELECT $1, $2, COALESCE(MAX(o.number), 0) + 1, 'draft', '', 1, $3, $3 FROM submissions o WHERE o.enrolment_id = $2
         RETURNING id, enrolment_id, number, state, statement, revision, created_at, updated_at, submitted_at",
        id,
        enrolment_id,
        at.as_second()
    )?;
    columns::one(found)?.ok_or(StoreError::Dangling)
}

pub async fn get(conn: &mut Conn, id: &str) -> Result<Option<Submission>, StoreError> {
    columns::one(row!(
        conn,
        SubmissionRow,
        concat!("SELECT ", submission_columns!(), " FROM submissions s WHERE s.id = $1"),
        id
    )?)
}

/// Newest first.
pub async fn of_enrolment(conn: &mut Conn, enrolment_id: &str) -> Result<Vec<Submission>, StoreError> {
    columns::all(rows!(
        conn,
        SubmissionRow,
        concat!(
            "SELECT ",
            submission_columns!(),
            " FROM submissions s WHERE s.enrolment_id = $1 ORDER BY s.number DESC"
        ),
        enrolment_id
    )?)
}

/// Of everything that a person is enrolled for, newest first of each.
pub async fn of_person(conn: &mut Conn, person_id: &str) -> Result<Vec<Submission>, StoreError> {
    columns::all(rows!(
        conn,
        SubmissionRow,
        concat!(
            "SELECT ",
            submission_columns!(),
            " FROM enrolments e JOIN submissions s ON s.enrolment_id = e.id
              WHERE e.person_id = $1 ORDER BY s.enrolment_id, s.number DESC"
        ),
        person_id
    )?)
}

/// Of everyone that someone goes along with now, newest first of each.
pub async fn of_mentor(conn: &mut Conn, mentor_id: &str) -> Result<Vec<Submission>, StoreError> {
    columns::all(rows!(
        conn,
        SubmissionRow,
        concat!(
            "SELECT ",
            submission_columns!(),
            " FROM enrolments e JOIN submissions s ON s.enrolment_id = e.id
              WHERE e.mentor_id = $1 AND e.state = 'active' ORDER BY s.enrolment_id, s.number DESC"
        ),
        mentor_id
    )?)
}

/// Keeps the draft's text, made from `revision`; answers the new one. None when the draft was changed since or is no draft any more:
/// nothing is changed then.
pub async fn save(
    conn: &mut Conn,
    id: &str,
    statement: &str,
    revision: i64,
    at: Timestamp,
) -> Result<Option<i64>, StoreError> {
    let saved = row!(
        conn,
        (i64,),
        "UPDATE submissions SET statement = $2, revision = revision + 1, updated_at = $4
         WHERE id = $1 AND state = 'draft' AND revision = $3 RETURNING revision",
        id,
        statement,
        revision,
        at.as_second()
    )?;
    Ok(saved.map(|(revision,)| revision))
}

/// From one state to the next. False when it is not in `from`; nothing is changed then. What becomes submitted notes when.
pub async fn advance(
    conn: &mut Conn,
    id: &str,
    from: SubmissionState,
    to: SubmissionState,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let touched = run!(
        conn,
        "UPDATE submissions SET state = $3, updated_at = $4,
             submitted_at = CASE WHEN $3 = 'submitted' THEN $4 ELSE submitted_at END
         WHERE id = $1 AND state = $2",
        id,
        from.as_str(),
        to.as_str(),
        at.as_second()
    )?;
    Ok(touched == 1)
}

/// Takes hold of a draft until the commit, so that nothing is added to what is being handed in. False when it is no draft.
pub async fn hold_draft(conn: &mut Conn, id: &str) -> Result<bool, StoreError> {
    let touched = run!(conn, "UPDATE submissions SET revision = revision WHERE id = $1 AND state = 'draft'", id)?;
    Ok(touched == 1)
}

/// What a panel missed in a submission, and by when it is to be there.
#[derive(Clone, Debug, PartialEq)]
pub struct NotYet {
    pub enrolment_id: String,
    pub submission_id: String,
    pub reason: String,
    pub missing: Option<String>,
    pub by: Option<Timestamp>,
}

/// The decisions “not yet” on what a person handed in, newest first.
pub async fn not_yet_of_person(conn: &mut Conn, person_id: &str) -> Result<Vec<NotYet>, StoreError> {
    columns::all(rows!(
        conn,
        NotYetRow,
        "SELECT s.enrolment_id, s.id AS submission_id, d.reason, d.missing, d.missing_by
         FROM enrolments e JOIN submissions s ON s.enrolment_id = e.id
         JOIN panels p ON p.submission_id = s.id JOIN decisions d ON d.panel_id = p.id
         WHERE e.person_id = $1 AND d.state = 'final' AND d.outcome = 'not_yet' ORDER BY d.decided_at DESC",
        person_id
    )?)
}

#[derive(sqlx::FromRow)]
struct NotYetRow {
    enrolment_id: String,
    submission_id: String,
    reason: String,
    missing: Option<String>,
    missing_by: Option<i64>,
}

impl TryFrom<NotYetRow> for NotYet {
    type Error = StoreError;

    fn try_from(row: NotYetRow) -> Result<Self, StoreError> {
        Ok(NotYet {
            enrolment_id: row.enrolment_id,
            submission_id: row.submission_id,
            reason: row.reason,
            missing: row.missing,
            by: columns::maybe_time("decisions.missing_by", row.missing_by)?,
        })
    }
}

/// Whether someone sits on a panel of this submission.
pub async fn is_seated(conn: &mut Conn, submission_id: &str, person_id: &str) -> Result<bool, StoreError> {
    let found = row!(
        conn,
        (i64,),
        "SELECT CAST(1 AS BIGINT) FROM panels p JOIN seats t ON t.panel_id = p.id
         WHERE p.submission_id = $1 AND t.person_id = $2 AND t.state = 'seated'",
        submission_id,
        person_id
    )?;
    Ok(found.is_some())
}

/// Whether an assessor has begun with it: scored anything, or handed scores in.
pub async fn is_being_assessed(conn: &mut Conn, submission_id: &str) -> Result<bool, StoreError> {
    let found = row!(
        conn,
        (i64,),
        "SELECT COUNT(*) FROM panels p JOIN seats t ON t.panel_id = p.id
         WHERE p.submission_id = $1 AND t.state = 'seated' AND (t.scored_at IS NOT NULL
             OR EXISTS (SELECT 1 FROM scores c WHERE c.panel_id = t.panel_id AND c.person_id = t.person_id))",
        submission_id
    )?;
    Ok(found.is_some_and(|(begun,)| begun > 0))
}

#[derive(sqlx::FromRow)]
struct SubmissionRow {
    id: String,
    enrolment_id: String,
    number: i64,
    state: String,
    statement: String,
    revision: i64,
    created_at: i64,
    updated_at: i64,
    submitted_at: Option<i64>,
}

impl TryFrom<SubmissionRow> for Submission {
    type Error = StoreError;

    fn try_from(row: SubmissionRow) -> Result<Self, StoreError> {
        Ok(Submission {
            id: row.id,
            enrolment_id: row.enrolment_id,
            number: row.number,
            state: SubmissionState::parse(&row.state).map_err(|why| unreadable("submissions.state", why))?,
            statement: row.statement,
            revision: row.revision,
            created_at: columns::time("submissions.created_at", row.created_at)?,
            updated_at: columns::time("submissions.updated_at", row.updated_at)?,
            submitted_at: columns::maybe_time("submissions.submitted_at", row.submitted_at)?,
        })
    }
}
