//! Certifications by when they end: the awards that count (neither renewed nor revoked nor suspended), of people who have not left, and which reminders of their
//! end were written.

use super::{
    Conn, StoreError, columns,
    db::{each_engine, rows, run},
};
use crate::domain::level::LevelContent;
use jiff::Timestamp;
use sqlx::QueryBuilder;

/// A certification that ends, with whose it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Ending {
    pub award_id: String,
    pub lineage_id: String,
    pub person_id: String,
    pub person: String,
    pub email: String,
    pub level_id: String,
    /// The level as it is now, which is what a renewal goes by.
    pub content: LevelContent,
    pub program_id: String,
    pub program: String,
    pub valid_until: Timestamp,
    /// Whether its holder shows it to nobody, so that it has no page.
    pub private: bool,
    /// The way to it that its holder is on.
    pub enrolment_id: Option<String>,
}

macro_rules! select_ending {
    ($rest:literal) => {
        concat!(
            "SELECT a.id AS award_id, a.lineage_id, a.person_id, p.name AS person, p.email, a.level_id, v.content, l.program_id, g.name AS program,
                 a.valid_until, a.visibility = 'private' AS private,
                 (SELECT e.id FROM enrolments e WHERE e.person_id = a.person_id AND e.level_id = a.level_id AND e.state = 'active') AS enrolment_id
             FROM awards a
             JOIN people p ON p.id = a.person_id
             JOIN levels l ON l.id = a.level_id
             JOIN level_versions v ON v.level_id = l.id AND v.version = l.version
             JOIN programs g ON g.id = l.program_id
             WHERE a.superseded_by IS NULL AND a.revoked_at IS NULL AND a.suspended_at IS NULL AND p.active ",
            $rest
        )
    };
}

/// Up to `limit` that end from `from` on and before `before` without this reminder, the first to end first. What was given less than
/// `least_seconds` before its end is left out, but not what was only signed anew by then.
pub async fn unreminded(
    conn: &mut Conn,
    kind: &str,
    (from, before): (Timestamp, Timestamp),
    least_seconds: i64,
    limit: u32,
) -> Result<Vec<Ending>, StoreError> {
    columns::all(rows!(
        conn,
        EndingRow,
        select_ending!(
            "AND a.valid_until >= $1 AND a.valid_until < $2 AND (a.resumed_at IS NOT NULL OR a.valid_until - a.issued_at >= $3)
                 AND NOT EXISTS (SELECT 1 FROM reminders r WHERE r.award_id = a.id AND r.kind = $4)
             ORDER BY a.valid_until, a.id LIMIT $5"
        ),
        from.as_second(),
        before.as_second(),
        least_seconds,
        kind,
        i64::from(limit)
    )?)
}

/// Notes that a reminder was written. False when it was before.
pub async fn reminded(conn: &mut Conn, award_id: &str, kind: &str, at: Timestamp) -> Result<bool, StoreError> {
    let touched = run!(
        conn,
        "INSERT INTO reminders (award_id, kind, at) VALUES ($1, $2, $3) ON CONFLICT (award_id, kind) DO NOTHING",
        award_id,
        kind,
        at.as_second()
    )?;
    Ok(touched == 1)
}

/// Up to `limit` of one program (of all when it is empty) that end before `before`, the first to end first, from just after `(end, id)`.
pub async fn ending(
    conn: &mut Conn,
    program_id: &str,
    after: (Timestamp, &str),
    before: Timestamp,
    limit: u32,
) -> Result<Vec<Ending>, StoreError> {
    columns::all(rows!(
        conn,
        EndingRow,
        select_ending!(
            "AND (a.valid_until, a.id) > ($1, $2) AND a.valid_until < $3 AND ($4 = '' OR l.program_id = $4)
             ORDER BY a.valid_until, a.id LIMIT $5"
        ),
        after.0.as_second(),
        after.1,
        before.as_second(),
        program_id,
        i64::from(limit)
    )?)
}

/// Which ends of a level are looked for, from the first moment to before the second.
#[derive(Clone, Copy, Debug)]
pub struct LevelEnds<'a> {
    pub level_id: &'a str,
    pub from: Timestamp,
    pub before: Timestamp,
}

/// Up to `limit` of these, the first to end first, from just after `(end, id)`.
pub async fn ending_in(
    conn: &mut Conn,
    levels: &[LevelEnds<'_>],
    after: Option<(Timestamp, &str)>,
    limit: u32,
) -> Result<Vec<Ending>, StoreError> {
    if levels.is_empty() {
        return Ok(Vec::new());
    }
    columns::all(each_engine!(conn, c => async {
        let mut sql = QueryBuilder::new(select_ending!("AND ("));
        for (n, one) in levels.iter().enumerate() {
            sql.push(if n == 0 { "(a.level_id = " } else { " OR (a.level_id = " }).push_bind(one.level_id);
            sql.push(" AND a.valid_until >= ").push_bind(one.from.as_second());
            sql.push(" AND a.valid_until < ").push_bind(one.before.as_second()).push(")");
        }
        sql.push(")");
        if let Some((end, id)) = after {
            sql.push(" AND (a.valid_until, a.id) > (").push_bind(end.as_second());
            sql.push(", ").push_bind(id).push(")");
        }
        sql.push(" ORDER BY a.valid_until, a.id LIMIT ").push_bind(i64::from(limit));
        sql.build_query_as::<EndingRow>().fetch_all(c).await
    })?)
}

#[derive(sqlx::FromRow)]
struct EndingRow {
    award_id: String,
    lineage_id: String,
    person_id: String,
    person: String,
    email: String,
    level_id: String,
    content: String,
    program_id: String,
    program: String,
    valid_until: i64,
    private: bool,
    enrolment_id: Option<String>,
}

impl TryFrom<EndingRow> for Ending {
    type Error = StoreError;

    fn try_from(row: EndingRow) -> Result<Self, StoreError> {
        Ok(Ending {
            award_id: row.award_id,
            lineage_id: row.lineage_id,
            person_id: row.person_id,
            person: row.person,
            email: row.email,
            level_id: row.level_id,
            content: columns::json("level_versions.content", &row.content)?,
            program_id: row.program_id,
            program: row.program,
            valid_until: columns::time("awards.valid_until", row.valid_until)?,
            private: row.private,
            enrolment_id: row.enrolment_id,
        })
    }
}
