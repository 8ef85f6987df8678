//! Levels and the versions of what is published of them. A version is never changed: an award's credential can always be made again.

use super::{
    Conn, StoreError,
    columns::{self, unreadable},
    db::{row, rows, run},
};
use crate::domain::level::{Level, LevelContent};
use jiff::Timestamp;

/// When a version was published, by whom, and what is new in it.
#[derive(Clone, Copy, Debug)]
pub struct Release<'a> {
    pub at: Timestamp,
    /// As the record of events names them.
    pub by: &'a str,
    pub summary: Option<&'a str>,
}

/// One version of a level as it was published.
#[derive(Clone, Debug, PartialEq)]
pub struct LevelVersion {
    pub version: i64,
    pub content: LevelContent,
    pub published_at: Timestamp,
    pub published_by: Option<String>,
    pub summary: Option<String>,
}

/// Publishes `content` as the level's current version, on this rung; answers its version. The same content makes no new version.
pub async fn upsert_version(
    conn: &mut Conn,
    program_id: &str,
    level_id: &str,
    position: i64,
    content: &LevelContent,
    release: &Release<'_>,
) -> Result<i64, StoreError> {
    let current = get(conn, level_id).await?;
    let version = match &current {
        Some(level) if level.content == *content => level.version,
        Some(level) => level.version + 1,
        None => 1,
    };
    if current.as_ref().is_none_or(|level| level.version != version) {
        let json = serde_json::to_string(content).map_err(|why| unreadable("level_versions.content", why))?;
        run!(
            conn,
            "INSERT INTO level_versions (level_id, version, content, created_at, summary, published_by)
             VALUES ($1, $2, $3, $4, $5, $6)",
            level_id,
            version,
            json,
            release.at.as_second(),
            release.summary,
            release.by
        )?;
    }
    run!(
        conn,
        "INSERT INTO levels (id, program_id, position, version) VALUES ($1, $2, $3, $4)
         ON CONFLICT (id) DO UPDATE SET position = excluded.position, version = excluded.version",
        level_id,
        program_id,
        position,
        version
    )?;
    Ok(version)
}

/// The level in its current version.
pub async fn get(conn: &mut Conn, level_id: &str) -> Result<Option<Level>, StoreError> {
    columns::one(row!(
        conn,
        LevelRow,
        "SELECT l.id, l.program_id, l.position, l.version, v.content
         FROM levels l JOIN level_versions v ON v.level_id = l.id AND v.version = l.version WHERE l.id = $1",
        level_id
    )?)
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
        "SELECT version, content, created_at, summary, published_by FROM level_versions
         WHERE level_id = $1 ORDER BY version DESC",
        level_id
    )?)
}

/// The ladder of a program, from the first rung up.
pub async fn of_program(conn: &mut Conn, program_id: &str) -> Result<Vec<Level>, StoreError> {
    columns::all(rows!(
        conn,
        LevelRow,
        "SELECT l.id, l.program_id, l.position, l.version, v.content
         FROM levels l JOIN level_versions v ON v.level_id = l.id AND v.version = l.version
         WHERE l.program_id = $1 ORDER BY l.position, l.id",
        program_id
    )?)
}

/// Every level, by program as they are shown, then from the first rung up.
pub async fn all(conn: &mut Conn) -> Result<Vec<Level>, StoreError> {
    columns::all(rows!(
        conn,
        LevelRow,
        "SELECT l.id, l.program_id, l.position, l.version, v.content
         FROM levels l JOIN level_versions v ON v.level_id = l.id AND v.version = l.version
         JOIN programs p ON p.id = l.program_id ORDER BY p.position, p.id, l.position, l.id"
    )?)
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
        })
    }
}
