//! Drafts of programs: files that owners work on. What is published of one is not touched by what becomes of the draft.

use super::{
    Conn, StoreError, columns,
    db::{row, rows, run},
};
use jiff::Timestamp;

#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    pub id: String,
    pub program_id: String,
    /// A program file, TOML; as it was handed in, right or wrong.
    pub file: String,
    pub author_id: String,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// A draft in a list, without its file.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    pub id: String,
    pub author: String,
    pub updated_at: Timestamp,
}

pub async fn insert(conn: &mut Conn, draft: &Draft) -> Result<(), StoreError> {
    run!(
        conn,
        "INSERT INTO program_drafts (id, program_id, file, author_id, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
        &draft.id,
        &draft.program_id,
        &draft.file,
        &draft.author_id,
        draft.created_at.as_second(),
        draft.updated_at.as_second()
    )?;
    Ok(())
}

/// Keeps another file in its place. False when there is no such draft.
pub async fn save(conn: &mut Conn, id: &str, file: &str, at: Timestamp) -> Result<bool, StoreError> {
    let touched =
        run!(conn, "UPDATE program_drafts SET file = $2, updated_at = $3 WHERE id = $1", id, file, at.as_second())?;
    Ok(touched == 1)
}

pub async fn remove(conn: &mut Conn, id: &str) -> Result<bool, StoreError> {
    Ok(run!(conn, "DELETE FROM program_drafts WHERE id = $1", id)? == 1)
}

pub async fn get(conn: &mut Conn, id: &str) -> Result<Option<Draft>, StoreError> {
    columns::one(row!(
        conn,
        DraftRow,
        "SELECT id, program_id, file, author_id, created_at, updated_at FROM program_drafts WHERE id = $1",
        id
    )?)
}

/// The last to be changed first, at most so many.
pub async fn of_program(conn: &mut Conn, program_id: &str, limit: u32) -> Result<Vec<Listed>, StoreError> {
    columns::all(rows!(
        conn,
        ListedRow,
        "SELECT d.id, p.name AS author, d.updated_at FROM program_drafts d JOIN people p ON p.id = d.author_id
         WHERE d.program_id = $1 ORDER BY d.updated_at DESC LIMIT $2",
        program_id,
        i64::from(limit)
    )?)
}

#[derive(sqlx::FromRow)]
struct DraftRow {
    id: String,
    program_id: String,
    file: String,
    author_id: String,
    created_at: i64,
    updated_at: i64,
}

#[derive(sqlx::FromRow)]
struct ListedRow {
    id: String,
    author: String,
    updated_at: i64,
}

impl TryFrom<DraftRow> for Draft {
    type Error = StoreError;

    fn try_from(row: DraftRow) -> Result<Self, StoreError> {
        Ok(Draft {
            id: row.id,
            program_id: row.program_id,
            file: row.file,
            author_id: row.author_id,
            created_at: columns::time("program_drafts.created_at", row.created_at)?,
            updated_at: columns::time("program_drafts.updated_at", row.updated_at)?,
        })
    }
}

impl TryFrom<ListedRow> for Listed {
    type Error = StoreError;

    fn try_from(row: ListedRow) -> Result<Self, StoreError> {
        let updated_at = columns::time("program_drafts.updated_at", row.updated_at)?;
        Ok(Listed { id: row.id, author: row.author, updated_at })
    }
}
