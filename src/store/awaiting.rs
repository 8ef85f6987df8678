//! What waits for the owners of programs, counted program by program: each of these is one query, however many there are.
//! Programs in which nothing waits are left out.

use super::{
    Conn, StoreError,
    db::{each_engine, push_list, rows},
    renewals::LevelEnds,
};
use jiff::Timestamp;
use sqlx::QueryBuilder;

/// The open panels of a program.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Panels {
    pub program_id: String,
    /// Their decision waits for a second look.
    pub second_looks: i64,
    /// Of the others: they lack assessors.
    pub short: i64,
    /// Of the others: they are past their day at `now`.
    pub overdue: i64,
    /// All of them.
    pub open: i64,
}

pub async fn panels(conn: &mut Conn, now: Timestamp) -> Result<Vec<Panels>, StoreError> {
    rows!(
        conn,
        Panels,
        "SELECT p.program_id, COUNT(d.id) AS second_looks,
             COUNT(CASE WHEN d.id IS NULL AND p.short IS NOT NULL THEN 1 END) AS short,
             COUNT(CASE WHEN d.id IS NULL AND p.short IS NULL AND p.due_at < $1 THEN 1 END) AS overdue,
             COUNT(*) AS open
         FROM panels p LEFT JOIN decisions d ON d.panel_id = p.id AND d.state = 'proposed'
         WHERE p.state IN ('scoring', 'settling') AND p.dissolved_at IS NULL AND p.program_id IS NOT NULL
         GROUP BY p.program_id",
        now.as_second()
    )
}

/// Appeals that an owner answers in words, since no panel does: the program, and how many.
pub async fn appeals(conn: &mut Conn) -> Result<Vec<(String, i64)>, StoreError> {
    rows!(
        conn,
        (String, i64),
        "SELECT l.program_id, COUNT(*) FROM appeals a JOIN awards g ON g.id = a.award_id JOIN levels l ON l.id = g.level_id
         WHERE a.state = 'open' AND COALESCE(a.panel_id, '') = '' GROUP BY l.program_id"
    )
}

/// Who is on the way in these programs: the program, how many, and how many of them wait for a mentor.
pub async fn learners(conn: &mut Conn, programs: &[String]) -> Result<Vec<(String, i64, i64)>, StoreError> {
    if programs.is_empty() {
        return Ok(Vec::new());
    }
    each_engine!(conn, c => async {
        let mut sql = QueryBuilder::new(
            "SELECT program_id, COUNT(*), COUNT(CASE WHEN mentor_wanted AND mentor_id IS NULL THEN 1 END) FROM enrolments
             WHERE state = 'active' AND program_id IN (",
        );
        push_list!(sql, programs);
        sql.push(") GROUP BY program_id");
        sql.build_query_as::<(String, i64, i64)>().fetch_all(c).await
    })
}

/// How many certifications that count end between these moments: the program, and how many.
pub async fn ending(conn: &mut Conn, levels: &[LevelEnds<'_>]) -> Result<Vec<(String, i64)>, StoreError> {
    if levels.is_empty() {
        return Ok(Vec::new());
    }
    each_engine!(conn, c => async {
        let mut sql = QueryBuilder::new("WITH wanted (level_id, starts, ends) AS (");
        sql.push_values(levels, |mut row, one| {
            row.push_bind(one.level_id).push_bind(one.from.as_second()).push_bind(one.before.as_second());
        });
        sql.push(
            ") SELECT l.program_id, COUNT(*) FROM wanted w
               JOIN awards a ON a.level_id = w.level_id AND a.valid_until >= w.starts AND a.valid_until < w.ends
               JOIN people p ON p.id = a.person_id JOIN levels l ON l.id = a.level_id
               WHERE a.superseded_by IS NULL AND a.revoked_at IS NULL AND a.suspended_at IS NULL AND p.active GROUP BY l.program_id",
        );
        sql.build_query_as::<(String, i64)>().fetch_all(c).await
    })
}
