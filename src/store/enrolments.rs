//! Enrolments: who is on the way to which level, with whom. One that has ended is never changed.

use super::{
    Conn, StoreError,
    columns::{self, unreadable},
    db::{each_engine, push_list, row, rows, run},
};
use crate::domain::{
    enrolment::{Aim, Enrolment, EnrolmentState},
    level::LevelContent,
};
use jiff::Timestamp;
use sqlx::QueryBuilder;

/// Every column of an enrolment, of the table named `e`.
macro_rules! enrolment_columns {
    () => {
        "e.id, e.person_id, e.program_id, e.level_id, e.level_version, e.kind, e.renews, e.state, e.mentor_id, e.mentor_wanted,
         e.enrolled_at, e.ended_at"
    };
}

/// Everything of an enrolment, with the names beside it.
macro_rules! select_enrolled {
    ($rest:literal) => {
        concat!(
            "SELECT ",
            enrolment_columns!(),
            ", p.name AS person_name, m.name AS mentor_name, v.content, g.name AS program_name, a.valid_until AS renews_until,
                 (SELECT MIN(n.transition_until) FROM level_versions n WHERE n.level_id = e.level_id AND n.version > e.level_version) AS finish_by
             FROM enrolments e
             JOIN people p ON p.id = e.person_id
             LEFT JOIN people m ON m.id = e.mentor_id
             JOIN level_versions v ON v.level_id = e.level_id AND v.version = e.level_version
             JOIN programs g ON g.id = e.program_id
             LEFT JOIN awards a ON a.id = e.renews ",
            $rest
        )
    };
}

/// What those of some enrolments hold at `$2`: person and level.
macro_rules! select_held {
    ($rest:literal) => {
        concat!(
            "SELECT DISTINCT a.person_id, a.level_id FROM enrolments e JOIN awards a ON a.person_id = e.person_id
             WHERE e.state = 'active' AND a.revoked_at IS NULL AND a.superseded_by IS NULL AND a.suspended_at IS NULL
                 AND a.valid_from <= $2 AND (a.valid_until IS NULL OR a.valid_until > $2) AND ",
            $rest
        )
    };
}

/// An enrolment with the content of its level in its version, and the names beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Enrolled {
    pub enrolment: Enrolment,
    pub content: LevelContent,
    pub program: String,
    pub person: String,
    pub mentor: Option<String>,
    /// When the award ends that is to be renewed.
    pub renews_until: Option<Timestamp>,
    /// Until when one can finish under this version, where there is a newer one.
    pub finish_by: Option<Timestamp>,
}

/// An enrolment in a list, with who it is about.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    pub enrolment: Enrolment,
    pub name: String,
    pub mentor: Option<String>,
    /// The state of the newest submission; none before there is one.
    pub submission: Option<String>,
}

/// Which enrolments of a program are listed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter<'a> {
    pub level: Option<&'a str>,
    /// Only those who wait for a mentor.
    pub waiting: bool,
}

/// Adds an enrolment; one that is active already for this person and level is `Taken` (`enrolments_person_id_level_id_key`).
pub async fn insert(conn: &mut Conn, enrolment: &Enrolment) -> Result<(), StoreError> {
    let (kind, renews) = match &enrolment.aim {
        Aim::First => ("first", None),
        Aim::Renewal { award } => ("renewal", Some(award)),
    };
    run!(
        conn,
        "INSERT INTO enrolments (id, person_id, program_id, level_id, level_version, kind, renews, state, mentor_id,
             mentor_wanted, enrolled_at, ended_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        &enrolment.id,
        &enrolment.person_id,
        &enrolment.program_id,
        &enrolment.level_id,
        enrolment.level_version,
        kind,
        renews,
        enrolment.state.as_str(),
        &enrolment.mentor_id,
        enrolment.mentor_wanted,
        enrolment.enrolled_at.as_second(),
        enrolment.ended_at.map(Timestamp::as_second)
    )?;
    Ok(())
}

pub async fn get(conn: &mut Conn, id: &str) -> Result<Option<Enrolment>, StoreError> {
    columns::one(row!(
        conn,
        EnrolmentRow,
        concat!("SELECT ", enrolment_columns!(), " FROM enrolments e WHERE e.id = $1"),
        id
    )?)
}

/// Holds it until the commit, so that of two who do something of it at once the second sees what the first did.
pub async fn hold(conn: &mut Conn, id: &str) -> Result<(), StoreError> {
    run!(conn, "UPDATE enrolments SET state = state WHERE id = $1", id)?;
    Ok(())
}

/// The one that is active.
pub async fn active(conn: &mut Conn, person_id: &str, level_id: &str) -> Result<Option<Enrolment>, StoreError> {
    columns::one(row!(
        conn,
        EnrolmentRow,
        concat!(
            "SELECT ",
            enrolment_columns!(),
            " FROM enrolments e WHERE e.person_id = $1 AND e.level_id = $2 AND e.state = 'active'"
        ),
        person_id,
        level_id
    )?)
}

pub async fn enrolled(conn: &mut Conn, id: &str) -> Result<Option<Enrolled>, StoreError> {
    columns::one(row!(conn, EnrolledRow, select_enrolled!("WHERE e.id = $1"), id)?)
}

/// Everything one person ever enrolled for, newest first.
pub async fn of_person(conn: &mut Conn, person_id: &str) -> Result<Vec<Enrolled>, StoreError> {
    columns::all(rows!(
        conn,
        EnrolledRow,
        select_enrolled!("WHERE e.person_id = $1 ORDER BY e.enrolled_at DESC, e.id DESC"),
        person_id
    )?)
}

/// Every active enrolment of a level, oldest first: whom a new version concerns.
pub async fn active_of_level(conn: &mut Conn, level_id: &str) -> Result<Vec<Enrolment>, StoreError> {
    columns::all(rows!(
        conn,
        EnrolmentRow,
        concat!(
            "SELECT ",
            enrolment_columns!(),
            " FROM enrolments e WHERE e.level_id = $1 AND e.state = 'active' ORDER BY e.enrolled_at, e.id"
        ),
        level_id
    )?)
}

/// The levels that those who are on the way to a level hold at `now`: person and level.
pub async fn held_of_level(
    conn: &mut Conn,
    level_id: &str,
    now: Timestamp,
) -> Result<Vec<(String, String)>, StoreError> {
    rows!(conn, (String, String), select_held!("e.level_id = $1"), level_id, now.as_second())
}

/// Whoever is still on the way under a version whose time to finish is over at `now`: the level, and who of it. Work that is before
/// a panel, also on an appeal, is judged to its end under the version it was handed in under.
pub async fn to_move(conn: &mut Conn, now: Timestamp) -> Result<Vec<Enrolment>, StoreError> {
    columns::all(rows!(
        conn,
        EnrolmentRow,
        concat!(
            "SELECT ",
            enrolment_columns!(),
            " FROM enrolments e JOIN levels l ON l.id = e.level_id
             WHERE e.state = 'active' AND e.level_version < l.version
                 AND EXISTS (SELECT 1 FROM level_versions v WHERE v.level_id = e.level_id
                     AND v.version > e.level_version AND v.version <= l.version AND v.transition_until <= $1)
                 AND NOT EXISTS (SELECT 1 FROM submissions s WHERE s.enrolment_id = e.id AND s.state = 'submitted')
                 AND NOT EXISTS (SELECT 1 FROM submissions s
                     JOIN panels n ON n.submission_id = s.id JOIN decisions d ON d.panel_id = n.id
                     JOIN appeals x ON x.decision_id = d.id
                     WHERE s.enrolment_id = e.id AND x.state = 'open')
             ORDER BY e.level_id, e.enrolled_at, e.id"
        ),
        now.as_second()
    )?)
}

/// How many are on the way in a program, by level and version.
pub async fn counts(conn: &mut Conn, program_id: &str) -> Result<Vec<(String, i64, i64)>, StoreError> {
    rows!(
        conn,
        (String, i64, i64),
        "SELECT level_id, level_version, COUNT(*) FROM enrolments WHERE program_id = $1 AND state = 'active'
         GROUP BY level_id, level_version ORDER BY level_id, level_version",
        program_id
    )
}

/// Whom someone goes along with: those on the way, the latest to begin first.
pub async fn of_mentor(conn: &mut Conn, mentor_id: &str) -> Result<Vec<Enrolled>, StoreError> {
    columns::all(rows!(
        conn,
        EnrolledRow,
        select_enrolled!("WHERE e.mentor_id = $1 AND e.state = 'active' ORDER BY e.enrolled_at DESC, e.id DESC"),
        mentor_id
    )?)
}

/// What those below a manager are on the way to who have not left, by name.
pub async fn active_below(conn: &mut Conn, manager_id: &str) -> Result<Vec<Enrolled>, StoreError> {
    columns::all(rows!(
        conn,
        EnrolledRow,
        select_enrolled!(
            "WHERE e.state = 'active' AND p.active AND e.person_id IN (
                 WITH RECURSIVE walkers (id) AS (
                     SELECT id FROM people WHERE manager_id = $1 AND id <> $1
                     UNION ALL SELECT m.id FROM walkers JOIN people m ON m.manager_id = walkers.id WHERE m.id <> $1)
                 SELECT id FROM walkers)
             ORDER BY p.name, p.id, e.enrolled_at"
        ),
        manager_id
    )?)
}

/// What these people are on the way to, in the same order.
pub async fn active_of(conn: &mut Conn, people: &[String]) -> Result<Vec<Enrolled>, StoreError> {
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let found: Vec<EnrolledRow> = each_engine!(conn, c => async {
        let mut sql = QueryBuilder::new(select_enrolled!("WHERE e.state = 'active' AND e.person_id IN ("));
        push_list!(sql, people);
        sql.push(") ORDER BY p.name, p.id, e.enrolled_at").build_query_as().fetch_all(c).await
    })?;
    columns::all(found)
}

/// The levels that those whom someone goes along with hold at `now`: person and level.
pub async fn held_of_mentor(
    conn: &mut Conn,
    mentor_id: &str,
    now: Timestamp,
) -> Result<Vec<(String, String)>, StoreError> {
    rows!(conn, (String, String), select_held!("e.mentor_id = $1"), mentor_id, now.as_second())
}

/// Those of a program in one state, the latest to begin first, from just after `(enrolled_at, id)`.
pub async fn of_program(
    conn: &mut Conn,
    program_id: &str,
    state: EnrolmentState,
    filter: Filter<'_>,
    after: Option<(Timestamp, &str)>,
    limit: u32,
) -> Result<Vec<Listed>, StoreError> {
    let (before, id) = after.map_or((i64::MAX, "~"), |(at, id)| (at.as_second(), id));
    columns::all(rows!(
        conn,
        ListedRow,
        concat!(
            "SELECT ",
            enrolment_columns!(),
            ", p.name AS person_name, m.name AS mentor_name,
               (SELECT s.state FROM submissions s WHERE s.enrolment_id = e.id ORDER BY s.number DESC LIMIT 1) AS submission
             FROM enrolments e JOIN people p ON p.id = e.person_id LEFT JOIN people m ON m.id = e.mentor_id
             WHERE e.program_id = $1 AND e.state = $2 AND (e.enrolled_at, e.id) < ($3, $4)
                 AND ($5 = '' OR e.level_id = $5) AND (NOT $6 OR (e.mentor_wanted AND e.mentor_id IS NULL))
             ORDER BY e.enrolled_at DESC, e.id DESC LIMIT $7"
        ),
        program_id,
        state.as_str(),
        before,
        id,
        filter.level.unwrap_or_default(),
        filter.waiting,
        i64::from(limit)
    )?)
}

/// Ends an active enrolment. False when it has ended before; nothing is changed then.
pub async fn end(conn: &mut Conn, id: &str, state: EnrolmentState, at: Timestamp) -> Result<bool, StoreError> {
    let touched = run!(
        conn,
        "UPDATE enrolments SET state = $2, ended_at = $3, mentor_wanted = FALSE WHERE id = $1 AND state = 'active'",
        id,
        state.as_str(),
        at.as_second()
    )?;
    Ok(touched == 1)
}

/// Notes whether a mentor is asked for. False when the enrolment has ended or has a mentor.
pub async fn want_mentor(conn: &mut Conn, id: &str, wanted: bool) -> Result<bool, StoreError> {
    let touched = run!(
        conn,
        "UPDATE enrolments SET mentor_wanted = $2 WHERE id = $1 AND state = 'active' AND mentor_id IS NULL",
        id,
        wanted
    )?;
    Ok(touched == 1)
}

/// Gives the mentor, in another's place too, or none. False when the enrolment has ended.
pub async fn set_mentor(conn: &mut Conn, id: &str, mentor_id: Option<&str>) -> Result<bool, StoreError> {
    let touched = run!(
        conn,
        "UPDATE enrolments SET mentor_id = $2, mentor_wanted = FALSE WHERE id = $1 AND state = 'active'",
        id,
        mentor_id
    )?;
    Ok(touched == 1)
}

/// A mentor takes on someone who waits for one. False when they wait no longer.
pub async fn take_on(conn: &mut Conn, id: &str, mentor_id: &str) -> Result<bool, StoreError> {
    let touched = run!(
        conn,
        "UPDATE enrolments SET mentor_id = $2, mentor_wanted = FALSE
         WHERE id = $1 AND state = 'active' AND mentor_id IS NULL AND mentor_wanted",
        id,
        mentor_id
    )?;
    Ok(touched == 1)
}

/// Who waits for a mentor in the programs in which someone is one, the longest first; never they themselves.
pub async fn waiting_for(conn: &mut Conn, mentor_id: &str, limit: u32) -> Result<Vec<Enrolled>, StoreError> {
    columns::all(rows!(
        conn,
        EnrolledRow,
        select_enrolled!(
            "WHERE e.mentor_id IS NULL AND e.mentor_wanted = TRUE AND e.state = 'active' AND e.person_id <> $1
                 AND EXISTS (SELECT 1 FROM roles r WHERE r.person_id = $1 AND r.role = 'mentor'
                     AND (r.program_id = e.program_id OR r.program_id IS NULL))
             ORDER BY e.enrolled_at, e.id LIMIT $2"
        ),
        mentor_id,
        i64::from(limit)
    )?)
}

/// Goes on under another version of its level. False when the enrolment has ended.
pub async fn move_to_version(conn: &mut Conn, id: &str, version: i64) -> Result<bool, StoreError> {
    let touched =
        run!(conn, "UPDATE enrolments SET level_version = $2 WHERE id = $1 AND state = 'active'", id, version)?;
    Ok(touched == 1)
}

#[derive(sqlx::FromRow)]
struct EnrolmentRow {
    id: String,
    person_id: String,
    program_id: String,
    level_id: String,
    level_version: i64,
    kind: String,
    renews: Option<String>,
    state: String,
    mentor_id: Option<String>,
    mentor_wanted: bool,
    enrolled_at: i64,
    ended_at: Option<i64>,
}

impl TryFrom<EnrolmentRow> for Enrolment {
    type Error = StoreError;

    fn try_from(row: EnrolmentRow) -> Result<Self, StoreError> {
        let aim = match (row.kind.as_str(), row.renews) {
            ("first", None) => Aim::First,
            ("renewal", Some(award)) => Aim::Renewal { award },
            (kind, _) => return Err(unreadable("enrolments.kind", kind)),
        };
        Ok(Enrolment {
            id: row.id,
            person_id: row.person_id,
            program_id: row.program_id,
            level_id: row.level_id,
            level_version: row.level_version,
            aim,
            state: EnrolmentState::parse(&row.state).map_err(|why| unreadable("enrolments.state", why))?,
            mentor_id: row.mentor_id,
            mentor_wanted: row.mentor_wanted,
            enrolled_at: columns::time("enrolments.enrolled_at", row.enrolled_at)?,
            ended_at: columns::maybe_time("enrolments.ended_at", row.ended_at)?,
        })
    }
}

#[derive(sqlx::FromRow)]
struct EnrolledRow {
    #[sqlx(flatten)]
    enrolment: EnrolmentRow,
    person_name: String,
    mentor_name: Option<String>,
    content: String,
    program_name: String,
    renews_until: Option<i64>,
    finish_by: Option<i64>,
}

impl TryFrom<EnrolledRow> for Enrolled {
    type Error = StoreError;

    fn try_from(row: EnrolledRow) -> Result<Self, StoreError> {
        Ok(Enrolled {
            enrolment: row.enrolment.try_into()?,
            content: columns::json("level_versions.content", &row.content)?,
            program: row.program_name,
            person: row.person_name,
            mentor: row.mentor_name,
            renews_until: columns::maybe_time("awards.valid_until", row.renews_until)?,
            finish_by: columns::maybe_time("level_versions.transition_until", row.finish_by)?,
        })
    }
}

#[derive(sqlx::FromRow)]
struct ListedRow {
    #[sqlx(flatten)]
    enrolment: EnrolmentRow,
    person_name: String,
    mentor_name: Option<String>,
    submission: Option<String>,
}

impl TryFrom<ListedRow> for Listed {
    type Error = StoreError;

    fn try_from(row: ListedRow) -> Result<Self, StoreError> {
        Ok(Listed {
            enrolment: row.enrolment.try_into()?,
            name: row.person_name,
            mentor: row.mentor_name,
            submission: row.submission,
        })
    }
}
