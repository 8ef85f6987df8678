//! Awards with all that a page shows of them: person, level as it was when given, program and issuer. Always one query with joins,
//! however many rows. Who may see what is the caller's question; the wall and its counts hold public awards only.

use super::{
    Conn, StoreError,
    awards::{AwardRow, Cursor, award_columns},
    columns,
    db::{each_engine, push_list, row, rows},
};
use crate::domain::{
    award::Award,
    issuer::Issuer,
    level::{Level, Program},
    recipient::Person,
};
use jiff::Timestamp;
use sqlx::QueryBuilder;

/// Bound by one statement, well below what either engine takes.
const AT_ONCE: usize = 500;

/// One award with its surroundings.
#[derive(Clone, Debug, PartialEq)]
pub struct ShownAward {
    pub award: Award,
    pub person: Person,
    /// In the version that the award was given under.
    pub level: Level,
    pub program: Program,
    pub issuer: Issuer,
}

/// How many public awards of a level stand.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct LevelCount {
    pub level_id: String,
    pub count: i64,
}

/// How many public awards the people of a team hold.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct TeamCount {
    pub team: String,
    pub count: i64,
}

macro_rules! select_shown {
    ($rest:literal) => {
        concat!(
            "SELECT ",
            award_columns!(),
            ", p.email AS person_email, p.name AS person_name, p.team AS person_team, p.name_public AS person_name_public,
             p.job_function AS person_function, p.manager_id AS person_manager_id, p.active AS person_active,
             l.position AS level_position, v.content AS level_content,
             g.id AS program_id, g.name AS program_name, g.description AS program_description, g.accent AS program_accent,
             g.issuer_id AS program_issuer_id,
             i.did AS issuer_did, i.name AS issuer_name, i.url AS issuer_url, i.email AS issuer_email,
             i.linkedin_id AS issuer_linkedin_id, i.time_zone AS issuer_time_zone,
             i.show_revocation_reason AS issuer_show_revocation_reason
             FROM awards a
             JOIN people p ON p.id = a.person_id
             JOIN levels l ON l.id = a.level_id
             JOIN level_versions v ON v.level_id = a.level_id AND v.version = a.level_version
             JOIN programs g ON g.id = l.program_id
             JOIN issuers i ON i.id = a.issuer_id ",
            $rest
        )
    };
}

pub async fn shown(conn: &mut Conn, award_id: &str) -> Result<Option<ShownAward>, StoreError> {
    columns::one(row!(conn, ShownRow, select_shown!("WHERE a.id = $1"), award_id)?)
}

/// Awards by their ids, in no order; what is not there is left out.
pub async fn shown_of(conn: &mut Conn, award_ids: &[String]) -> Result<Vec<ShownAward>, StoreError> {
    let mut shown = Vec::new();
    for some in award_ids.chunks(AT_ONCE) {
        let found: Vec<ShownRow> = each_engine!(conn, c => async {
            let mut sql = QueryBuilder::new(select_shown!("WHERE a.id IN ("));
            push_list!(sql, some);
            sql.push(")").build_query_as().fetch_all(c).await
        })?;
        shown.extend(columns::all(found)?);
    }
    Ok(shown)
}

/// Every award of a lineage, newest first; one that was superseded or revoked comes after what took its place in the same second.
pub async fn shown_lineage(conn: &mut Conn, lineage_id: &str) -> Result<Vec<ShownAward>, StoreError> {
    columns::all(rows!(
        conn,
        ShownRow,
        select_shown!(
            "WHERE a.lineage_id = $1
             ORDER BY a.issued_at DESC, a.superseded_by IS NOT NULL, a.revoked_at IS NOT NULL, a.valid_from DESC, a.id DESC"
        ),
        lineage_id
    )?)
}

/// Every award that one person was ever given, newest first.
pub async fn shown_of_person(conn: &mut Conn, person_id: &str) -> Result<Vec<ShownAward>, StoreError> {
    columns::all(rows!(
        conn,
        ShownRow,
        select_shown!("WHERE a.person_id = $1 ORDER BY a.issued_at DESC, a.superseded_by IS NOT NULL, a.id DESC"),
        person_id
    )?)
}

/// The certifications of a program that are suspended, the last first; by their newest award each.
pub async fn suspended(conn: &mut Conn, program_id: &str, limit: u32) -> Result<Vec<ShownAward>, StoreError> {
    columns::all(rows!(
        conn,
        ShownRow,
        select_shown!(
            "WHERE l.program_id = $1 AND a.suspended_at IS NOT NULL AND a.revoked_at IS NULL AND a.superseded_by IS NULL
                 AND a.credential <> ''
             ORDER BY a.suspended_at DESC, a.id LIMIT $2"
        ),
        program_id,
        i64::from(limit)
    )?)
}

/// What those below a manager hold who have not left, by name, and what ends first before the rest; what was renewed is left out.
pub async fn held_below(conn: &mut Conn, manager_id: &str) -> Result<Vec<ShownAward>, StoreError> {
    columns::all(rows!(
        conn,
        ShownRow,
        select_shown!(
            "WHERE a.superseded_by IS NULL AND p.active AND a.person_id IN (
                 WITH RECURSIVE holders (id) AS (
                     SELECT id FROM people WHERE manager_id = $1 AND id <> $1
                     UNION ALL SELECT m.id FROM holders JOIN people m ON m.manager_id = holders.id WHERE m.id <> $1)
                 SELECT id FROM holders)
             ORDER BY p.name, p.id, a.valid_until IS NULL, a.valid_until, a.id"
        ),
        manager_id
    )?)
}

/// What these people hold, in the same order.
pub async fn held_by(conn: &mut Conn, people: &[String]) -> Result<Vec<ShownAward>, StoreError> {
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let found: Vec<ShownRow> = each_engine!(conn, c => async {
        let mut sql = QueryBuilder::new(select_shown!("WHERE a.superseded_by IS NULL AND a.person_id IN ("));
        push_list!(sql, people);
        sql.push(") ORDER BY p.name, p.id, a.valid_until IS NULL, a.valid_until, a.id").build_query_as().fetch_all(c).await
    })?;
    columns::all(found)
}

/// The record, newest first, from just after a place in it, whoever may see it; awards of those who were erased are left out.
pub async fn shown_page(conn: &mut Conn, after: Option<&Cursor>, limit: u32) -> Result<Vec<ShownAward>, StoreError> {
    let (before, id) = Cursor::bounds(after);
    columns::all(rows!(
        conn,
        ShownRow,
        select_shown!(
            "WHERE (a.issued_at, a.id) < ($1, $2) AND a.credential <> '' ORDER BY a.issued_at DESC, a.id DESC LIMIT $3"
        ),
        before,
        id,
        i64::from(limit)
    )?)
}

/// Where reading what a level gave goes on: after the award that was valid from then, of this id.
pub type Given<'a> = (Timestamp, &'a str);

/// What a level gave and its holders show, from just after a place on and before a time, the earliest first; neither revoked nor superseded nor suspended.
pub async fn given(
    conn: &mut Conn,
    level_id: &str,
    (after, id): Given<'_>,
    before: Timestamp,
    limit: u32,
) -> Result<Vec<ShownAward>, StoreError> {
    columns::all(rows!(
        conn,
        ShownRow,
        select_shown!(
            "WHERE a.level_id = $1 AND a.superseded_by IS NULL AND a.revoked_at IS NULL AND a.suspended_at IS NULL AND a.visibility <> 'private'
                 AND (a.valid_from, a.id) > ($2, $3) AND a.valid_from < $4
             ORDER BY a.valid_from, a.id LIMIT $5"
        ),
        level_id,
        after.as_second(),
        id,
        before.as_second(),
        i64::from(limit)
    )?)
}

/// The newest public awards at `now`: neither revoked nor superseded nor suspended nor yet to come. Expired ones stay.
pub async fn wall(conn: &mut Conn, now: Timestamp, limit: u32) -> Result<Vec<ShownAward>, StoreError> {
    columns::all(rows!(
        conn,
        ShownRow,
        select_shown!(
            "WHERE a.visibility = 'public' AND a.revoked_at IS NULL AND a.superseded_by IS NULL AND a.suspended_at IS NULL
                 AND a.valid_from <= $1
             ORDER BY a.valid_from DESC, a.id DESC LIMIT $2"
        ),
        now.as_second(),
        i64::from(limit)
    )?)
}

/// Of each level of a program, its newest public awards that stand at `now`, at most so many; in no order.
pub async fn newest_of_program(
    conn: &mut Conn,
    program_id: &str,
    now: Timestamp,
    each: u32,
) -> Result<Vec<ShownAward>, StoreError> {
    columns::all(rows!(
        conn,
        ShownRow,
        select_shown!(
            "WHERE l.program_id = $1 AND a.id IN (
                 SELECT b.id FROM awards b
                 WHERE b.visibility = 'public' AND b.revoked_at IS NULL AND b.superseded_by IS NULL AND b.suspended_at IS NULL AND b.level_id = l.id
                     AND b.valid_from <= $2 AND (b.valid_until IS NULL OR b.valid_until > $2)
                 ORDER BY b.valid_from DESC, b.id DESC LIMIT $3)"
        ),
        program_id,
        now.as_second(),
        i64::from(each)
    )?)
}

/// Public awards that stand at `now`, by level; those without any left out.
pub async fn counts_by_level(conn: &mut Conn, now: Timestamp) -> Result<Vec<LevelCount>, StoreError> {
    rows!(
        conn,
        LevelCount,
        "SELECT level_id, COUNT(*) AS count FROM awards
         WHERE visibility = 'public' AND revoked_at IS NULL AND superseded_by IS NULL AND suspended_at IS NULL
             AND valid_from <= $1 AND (valid_until IS NULL OR valid_until > $1)
         GROUP BY level_id ORDER BY level_id",
        now.as_second()
    )
}

/// The same of the levels of one program.
pub async fn counts_of_program(
    conn: &mut Conn,
    program_id: &str,
    now: Timestamp,
) -> Result<Vec<LevelCount>, StoreError> {
    rows!(
        conn,
        LevelCount,
        "SELECT a.level_id, COUNT(*) AS count FROM levels l JOIN awards a ON a.level_id = l.id
         WHERE l.program_id = $1 AND a.visibility = 'public' AND a.revoked_at IS NULL AND a.superseded_by IS NULL AND a.suspended_at IS NULL
             AND a.valid_from <= $2 AND (a.valid_until IS NULL OR a.valid_until > $2)
         GROUP BY a.level_id ORDER BY a.level_id",
        program_id,
        now.as_second()
    )
}

/// Public awards that stand at `now`, by the holder's team, most first; people without a team are left out. Counted by person out of an
/// index first: awards are long, and people are fewer.
pub async fn counts_by_team(conn: &mut Conn, now: Timestamp) -> Result<Vec<TeamCount>, StoreError> {
    rows!(
        conn,
        TeamCount,
        "SELECT p.team, CAST(SUM(c.held) AS BIGINT) AS count
         FROM (SELECT person_id, COUNT(*) AS held FROM awards
               WHERE visibility = 'public' AND revoked_at IS NULL AND superseded_by IS NULL AND suspended_at IS NULL
                   AND valid_from <= $1 AND (valid_until IS NULL OR valid_until > $1)
               GROUP BY person_id) c
         JOIN people p ON p.id = c.person_id
         WHERE p.team IS NOT NULL GROUP BY p.team ORDER BY 2 DESC, p.team",
        now.as_second()
    )
}

#[derive(sqlx::FromRow)]
struct ShownRow {
    #[sqlx(flatten)]
    award: AwardRow,
    person_email: String,
    person_name: String,
    person_team: Option<String>,
    person_name_public: bool,
    person_function: Option<String>,
    person_manager_id: Option<String>,
    person_active: bool,
    level_position: i64,
    level_content: String,
    program_id: String,
    program_name: String,
    program_description: String,
    program_accent: String,
    program_issuer_id: String,
    issuer_did: String,
    issuer_name: String,
    issuer_url: String,
    issuer_email: Option<String>,
    issuer_linkedin_id: Option<String>,
    issuer_time_zone: String,
    issuer_show_revocation_reason: bool,
}

impl TryFrom<ShownRow> for ShownAward {
    type Error = StoreError;

    fn try_from(row: ShownRow) -> Result<Self, StoreError> {
        let award = Award::try_from(row.award)?;
        Ok(ShownAward {
            person: Person {
                id: award.person_id.clone(),
                email: row.person_email,
                name: row.person_name,
                team: row.person_team,
                name_public: row.person_name_public,
                function: row.person_function,
                manager_id: row.person_manager_id,
                active: row.person_active,
            },
            level: Level {
                id: award.level_id.clone(),
                program_id: row.program_id.clone(),
                position: row.level_position,
                version: award.level_version,
                content: columns::json("level_versions.content", &row.level_content)?,
            },
            program: Program {
                id: row.program_id,
                issuer_id: row.program_issuer_id,
                name: row.program_name,
                description: row.program_description,
                accent: row.program_accent,
            },
            issuer: Issuer {
                id: award.issuer_id.clone(),
                did: row.issuer_did,
                name: row.issuer_name,
                url: row.issuer_url,
                email: row.issuer_email,
                linkedin_id: row.issuer_linkedin_id,
                time_zone: row.issuer_time_zone,
                show_revocation_reason: row.issuer_show_revocation_reason,
            },
            award,
        })
    }
}
