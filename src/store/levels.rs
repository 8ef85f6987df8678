//! Levels and the versions of what is published of them. A version is never changed: an award's credential can always be made again.

use super::{
    Conn, StoreError,
    columns::{self, unreadable},
    db::{each_engine, push_list, row, rows, run},
};
use crate::domain::level::{Level, LevelContent};
use jiff::Timestamp;
use sqlx::QueryBuilder;

/// How a new version comes in.
#[derive(Clone, Copy, Debug)]
pub struct Release<'a> {
    /// When it is published.
    pub at: Timestamp,
    /// As the record of events names them.
    pub by: &'a str,
    pub summary: Option<&'a str>,
    /// In words, as the pages show it.
    pub approved_by: Option<&'a str>,
    /// From when it counts: `at` or later. A level's first version counts at once.
    pub starts_at: Timestamp,
    /// Until when those under way may finish under an earlier one.
    pub transition_until: Timestamp,
}

/// One version of a level as it was published.
#[derive(Clone, Debug, PartialEq)]
pub struct LevelVersion {
    pub version: i64,
    pub content: LevelContent,
    pub published_at: Timestamp,
    pub published_by: Option<String>,
    pub summary: Option<String>,
    pub approved_by: Option<String>,
    /// From when it counts; may lie ahead.
    pub starts_at: Timestamp,
    /// None for a first version.
    pub transition_until: Option<Timestamp>,
    /// When those under way were told of it.
    pub told_at: Option<Timestamp>,
}

/// A version that was published and has not begun.
#[derive(Clone, Debug, PartialEq)]
pub struct Ahead {
    pub level_id: String,
    pub version: LevelVersion,
}

/// A level in its current version.
macro_rules! select_level {
    ($rest:literal) => {
        concat!(
            "SELECT l.id, l.program_id, l.position, l.version, v.content
             FROM levels l JOIN level_versions v ON v.level_id = l.id AND v.version = l.version ",
            $rest
        )
    };
}

/// Publishes `content` as the level's newest version, on this rung; answers its version. It is current at once or when its time
/// comes. The same content as the newest makes no new version.
pub async fn upsert_version(
    conn: &mut Conn,
    program_id: &str,
    level_id: &str,
    position: i64,
    content: &LevelContent,
    release: &Release<'_>,
) -> Result<i64, StoreError> {
    let newest = newest(conn, level_id).await?;
    let (version, new) = match &newest {
        Some(known) if known.content == *content => (known.version, false),
        Some(known) => (known.version + 1, true),
        None => (1, true),
    };
    let first = version == 1;
    let starts_at = if first { release.at } else { release.starts_at };
    let started = starts_at <= release.at;
    if new {
        let json = serde_json::to_string(content).map_err(|why| unreadable("level_versions.content", why))?;
        run!(
            conn,
            "INSERT INTO level_versions (level_id, version, content, created_at, summary, published_by, approved_by,
                 starts_at, transition_until, started, told_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            level_id,
            version,
            json,
            release.at.as_second(),
            release.summary,
            release.by,
            release.approved_by,
            starts_at.as_second(),
            (!first).then(|| release.transition_until.as_second()),
            started,
            // Of a first version there is nobody to tell.
            first.then(|| release.at.as_second())
        )?;
    }
    run!(
        conn,
        "INSERT INTO levels (id, program_id, position, version) VALUES ($1, $2, $3, $4)
         ON CONFLICT (id) DO UPDATE SET position = excluded.position,
             version = CASE WHEN $5 THEN excluded.version ELSE levels.version END",
        level_id,
        program_id,
        position,
        version,
        new && started
    )?;
    Ok(version)
}

/// Makes current whatever was to begin by `now`; answers each level that went on with its version.
pub async fn start_due(conn: &mut Conn, now: Timestamp) -> Result<Vec<(String, i64)>, StoreError> {
    let due = rows!(
        conn,
        (String, i64),
        "SELECT level_id, MAX(version) FROM level_versions WHERE NOT started AND starts_at <= $1
         GROUP BY level_id ORDER BY level_id",
        now.as_second()
    )?;
    for (level_id, version) in &due {
        run!(
            conn,
            "UPDATE level_versions SET started = TRUE WHERE level_id = $1 AND version <= $2 AND NOT started",
            level_id,
            version
        )?;
        run!(conn, "UPDATE levels SET version = $2 WHERE id = $1 AND version < $2", level_id, version)?;
    }
    Ok(due)
}

/// Whether something is to begin by `now`, or there is someone to tell of something new.
pub async fn turning(conn: &mut Conn, now: Timestamp) -> Result<bool, StoreError> {
    let due = row!(
        conn,
        (i64,),
        "SELECT COUNT(*) FROM level_versions WHERE NOT started AND starts_at <= $1",
        now.as_second()
    )?;
    let untold = row!(conn, (i64,), "SELECT COUNT(*) FROM level_versions WHERE told_at IS NULL")?;
    Ok([due, untold].into_iter().flatten().any(|(n,)| n > 0))
}

/// The versions of which those under way were not told yet: level and version.
pub async fn untold(conn: &mut Conn) -> Result<Vec<(String, i64)>, StoreError> {
    rows!(
        conn,
        (String, i64),
        "SELECT level_id, version FROM level_versions WHERE told_at IS NULL ORDER BY level_id, version"
    )
}

/// Notes that they were told. False when they had been.
pub async fn told(conn: &mut Conn, level_id: &str, version: i64, at: Timestamp) -> Result<bool, StoreError> {
    let touched = run!(
        conn,
        "UPDATE level_versions SET told_at = $3 WHERE level_id = $1 AND version = $2 AND told_at IS NULL",
        level_id,
        version,
        at.as_second()
    )?;
    Ok(touched == 1)
}

/// What is coming in a program, the next to begin first.
pub async fn ahead(conn: &mut Conn, program_id: &str) -> Result<Vec<Ahead>, StoreError> {
    columns::all(rows!(
        conn,
        AheadRow,
        "SELECT v.level_id, v.version, v.content, v.created_at, v.summary, v.published_by, v.approved_by, v.starts_at,
             v.transition_until, v.told_at
         FROM levels l JOIN level_versions v ON v.level_id = l.id AND NOT v.started
         WHERE l.program_id = $1 ORDER BY v.starts_at, l.position, v.version",
        program_id
    )?)
}

/// The newest version of each level of a program, whether it has begun or not.
pub async fn newest_of_program(conn: &mut Conn, program_id: &str) -> Result<Vec<(String, i64)>, StoreError> {
    rows!(
        conn,
        (String, i64),
        "SELECT l.id, (SELECT MAX(v.version) FROM level_versions v WHERE v.level_id = l.id)
         FROM levels l WHERE l.program_id = $1 ORDER BY l.position, l.id",
        program_id
    )
}

async fn newest(conn: &mut Conn, level_id: &str) -> Result<Option<LevelVersion>, StoreError> {
    columns::one(row!(
        conn,
        VersionRow,
        "SELECT version, content, created_at, summary, published_by, approved_by, starts_at, transition_until, told_at
         FROM level_versions WHERE level_id = $1 ORDER BY version DESC LIMIT 1",
        level_id
    )?)
}

/// The level in its current version.
pub async fn get(conn: &mut Conn, level_id: &str) -> Result<Option<Level>, StoreError> {
    columns::one(row!(conn, LevelRow, select_level!("WHERE l.id = $1"), level_id)?)
}

/// What was published as one version.
pub async fn version(conn: &mut Conn, level_id: &str, version: i64) -> Result<Option<LevelContent>, StoreError> {
    let found = row!(
        conn,
        (String,),
        "SELECT content FROM level_versions WHERE level_id = $1 AND version = $2",
        level_id,
        version
    )?;
    found.map(|(content,)| columns::json("level_versions.content", &content)).transpose()
}

/// Every version of a level, newest first.
pub async fn versions(conn: &mut Conn, level_id: &str) -> Result<Vec<LevelVersion>, StoreError> {
    columns::all(rows!(
        conn,
        VersionRow,
        "SELECT version, content, created_at, summary, published_by, approved_by, starts_at, transition_until, told_at
         FROM level_versions WHERE level_id = $1 ORDER BY version DESC",
        level_id
    )?)
}

/// The ladder of a program, from the first rung up.
pub async fn of_program(conn: &mut Conn, program_id: &str) -> Result<Vec<Level>, StoreError> {
    columns::all(rows!(conn, LevelRow, select_level!("WHERE l.program_id = $1 ORDER BY l.position, l.id"), program_id)?)
}

/// These, in their current versions.
pub async fn some(conn: &mut Conn, ids: &[String]) -> Result<Vec<Level>, StoreError> {
    among(conn, select_level!("WHERE l.id IN ("), ids).await
}

/// Those of some programs, in no order.
pub async fn of_programs(conn: &mut Conn, ids: &[String]) -> Result<Vec<Level>, StoreError> {
    among(conn, select_level!("WHERE l.program_id IN ("), ids).await
}

/// Every level, by program as they are shown, then from the first rung up.
pub async fn all(conn: &mut Conn) -> Result<Vec<Level>, StoreError> {
    columns::all(rows!(
        conn,
        LevelRow,
        select_level!("JOIN programs p ON p.id = l.program_id ORDER BY p.position, p.id, l.position, l.id")
    )?)
}

async fn among(conn: &mut Conn, select: &'static str, ids: &[String]) -> Result<Vec<Level>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    columns::all(each_engine!(conn, c => async {
        let mut sql = QueryBuilder::new(select);
        push_list!(sql, ids);
        sql.push(")").build_query_as::<LevelRow>().fetch_all(c).await
    })?)
}

#[derive(sqlx::FromRow)]
struct LevelRow {
    id: String,
    program_id: String,
    position: i64,
    version: i64,
    content: String,
}

impl TryFrom<LevelRow> for Level {
    type Error = StoreError;

    fn try_from(row: LevelRow) -> Result<Self, StoreError> {
        Ok(Level {
            content: columns::json("level_versions.content", &row.content)?,
            id: row.id,
            program_id: row.program_id,
            position: row.position,
            version: row.version,
        })
    }
}

#[derive(sqlx::FromRow)]
struct VersionRow {
    version: i64,
    content: String,
    created_at: i64,
    summary: Option<String>,
    published_by: Option<String>,
    approved_by: Option<String>,
    starts_at: i64,
    transition_until: Option<i64>,
    told_at: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct AheadRow {
    level_id: String,
    #[sqlx(flatten)]
    version: VersionRow,
}

impl TryFrom<AheadRow> for Ahead {
    type Error = StoreError;

    fn try_from(row: AheadRow) -> Result<Self, StoreError> {
        Ok(Ahead { level_id: row.level_id, version: row.version.try_into()? })
    }
}

impl TryFrom<VersionRow> for LevelVersion {
    type Error = StoreError;

    fn try_from(row: VersionRow) -> Result<Self, StoreError> {
        Ok(LevelVersion {
            version: row.version,
            content: columns::json("level_versions.content", &row.content)?,
            published_at: columns::time("level_versions.created_at", row.created_at)?,
            published_by: row.published_by,
            summary: row.summary,
            approved_by: row.approved_by,
            starts_at: columns::time("level_versions.starts_at", row.starts_at)?,
            transition_until: columns::maybe_time("level_versions.transition_until", row.transition_until)?,
            told_at: columns::maybe_time("level_versions.told_at", row.told_at)?,
        })
    }
}
