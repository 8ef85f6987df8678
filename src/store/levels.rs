//! Levels and the versions of what is published of them. A version is never changed: an award's credential can always be made again.

use super::{
    Conn, StoreError,
    columns::{self, unreadable},
    db::{row, rows, run},
};
use crate::domain::level::{Level, LevelContent};
use jiff::Timestamp;

/// Publishes `content` as the level's current version, on this rung; answers its version. The same content makes no new version.
pub async fn upsert_version(
    conn: &mut Conn,
    program_id: &str,
    level_id: &str,
    position: i64,
    content: &LevelContent,
    now: Timestamp,
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
            "INSERT INTO level_versions (level_id, version, content, created_at) VALUES ($1, $2, $3, $4)",
            level_id,
            version,
            json,
            now.as_second()
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
