//! Issuers elsewhere whom this service trusts, beside those of the configuration.

use super::{
    Conn, StoreError,
    columns::{self, unreadable},
    db::{row, rows, run},
};
use crate::domain::trust::TrustedIssuer;
use jiff::Timestamp;

/// An entry with its origin.
#[derive(Clone, Debug, PartialEq)]
pub struct Added {
    pub entry: TrustedIssuer,
    pub at: Timestamp,
    /// As `domain::actor::Actor::label` says it.
    pub by: String,
}

/// Adds an entry, or replaces what is said in the one of this id: when and by whom it was added stays.
pub async fn put(conn: &mut Conn, added: &Added) -> Result<(), StoreError> {
    let TrustedIssuer { id, name, note, signs_status_for } = &added.entry;
    let signs_status_for =
        serde_json::to_string(signs_status_for).map_err(|why| unreadable("trusted_issuers.signs_status_for", why))?;
    run!(
        conn,
        "INSERT INTO trusted_issuers (id, name, note, signs_status_for, added_at, added_by)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (id) DO UPDATE
         SET name = excluded.name, note = excluded.note, signs_status_for = excluded.signs_status_for",
        id,
        name,
        note,
        &signs_status_for,
        added.at.as_second(),
        &added.by
    )?;
    Ok(())
}

pub async fn get(conn: &mut Conn, id: &str) -> Result<Option<Added>, StoreError> {
    columns::one(row!(
        conn,
        AddedRow,
        "SELECT id, name, note, signs_status_for, added_at, added_by FROM trusted_issuers WHERE id = $1",
        id
    )?)
}

/// In the order they were added.
pub async fn all(conn: &mut Conn) -> Result<Vec<Added>, StoreError> {
    columns::all(rows!(
        conn,
        AddedRow,
        "SELECT id, name, note, signs_status_for, added_at, added_by FROM trusted_issuers ORDER BY added_at, id"
    )?)
}

/// False when there is none.
pub async fn remove(conn: &mut Conn, id: &str) -> Result<bool, StoreError> {
    Ok(run!(conn, "DELETE FROM trusted_issuers WHERE id = $1", id)? == 1)
}

#[derive(sqlx::FromRow)]
struct AddedRow {
    id: String,
    name: String,
    note: Option<String>,
    signs_status_for: String,
    added_at: i64,
    added_by: String,
}

impl TryFrom<AddedRow> for Added {
    type Error = StoreError;

    fn try_from(row: AddedRow) -> Result<Self, StoreError> {
        Ok(Added {
            entry: TrustedIssuer {
                id: row.id,
                name: row.name,
                note: row.note,
                signs_status_for: columns::json("trusted_issuers.signs_status_for", &row.signs_status_for)?,
            },
            at: columns::time("trusted_issuers.added_at", row.added_at)?,
            by: row.added_by,
        })
    }
}
