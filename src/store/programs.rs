//! Programs: the ladders. Their levels are in levels.rs.

use super::{
    Conn, StoreError,
    db::{row, rows, run},
};
use crate::domain::level::Program;
use jiff::Timestamp;

/// Adds the program, or takes over its new name, description, accent and place among the programs.
pub async fn upsert(conn: &mut Conn, program: &Program, position: i64, now: Timestamp) -> Result<(), StoreError> {
    run!(
        conn,
        "INSERT INTO programs (id, issuer_id, name, description, accent, position, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, description = excluded.description,
             accent = excluded.accent, position = excluded.position",
        &program.id,
        &program.issuer_id,
        &program.name,
        &program.description,
        &program.accent,
        position,
        now.as_second()
    )?;
    Ok(())
}

pub async fn get(conn: &mut Conn, id: &str) -> Result<Option<Program>, StoreError> {
    let found =
        row!(conn, ProgramRow, "SELECT id, issuer_id, name, description, accent FROM programs WHERE id = $1", id)?;
    Ok(found.map(Program::from))
}

/// In the order they are shown.
pub async fn all(conn: &mut Conn) -> Result<Vec<Program>, StoreError> {
    let found =
        rows!(conn, ProgramRow, "SELECT id, issuer_id, name, description, accent FROM programs ORDER BY position, id")?;
    Ok(found.into_iter().map(Program::from).collect())
}

#[derive(sqlx::FromRow)]
struct ProgramRow {
    id: String,
    issuer_id: String,
    name: String,
    description: String,
    accent: String,
}

impl From<ProgramRow> for Program {
    fn from(row: ProgramRow) -> Self {
        Program {
            id: row.id,
            issuer_id: row.issuer_id,
            name: row.name,
            description: row.description,
            accent: row.accent,
        }
    }
}
