//! Skill frameworks and their items.

use super::{
    Conn, StoreError, columns,
    db::{rows, run},
};
use crate::domain::framework::{Framework, Item};
use jiff::Timestamp;

/// A framework without its items.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    pub id: String,
    pub title: String,
    pub uri: String,
    pub creator: String,
    pub version: Option<String>,
    pub imported_at: Timestamp,
    pub items: i64,
}

/// An item with what a badge says of it.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct Found {
    pub framework: String,
    pub code: Option<String>,
    pub name: String,
    pub uri: String,
}

/// Keeps a framework and its items, in the place of what was kept under this id before.
pub async fn put(conn: &mut Conn, id: &str, framework: &Framework, at: Timestamp) -> Result<(), StoreError> {
    run!(conn, "DELETE FROM framework_items WHERE framework_id = $1", id)?;
    run!(
        conn,
        "INSERT INTO frameworks (id, title, uri, creator, version, imported_at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (id) DO UPDATE SET title = excluded.title, uri = excluded.uri, creator = excluded.creator,
             version = excluded.version, imported_at = excluded.imported_at",
        id,
        &framework.title,
        &framework.uri,
        &framework.creator,
        &framework.version,
        at.as_second()
    )?;
    for Item { identifier, code, name, uri } in &framework.items {
        run!(
            conn,
            "INSERT INTO framework_items (framework_id, identifier, code, name, uri) VALUES ($1, $2, $3, $4, $5)",
            id,
            identifier,
            code,
            name,
            uri
        )?;
    }
    Ok(())
}

/// The items that bear this code or identifier; more than one where several bear the same code.
pub async fn find(conn: &mut Conn, framework_id: &str, item: &str) -> Result<Vec<Found>, StoreError> {
    rows!(
        conn,
        Found,
        "SELECT f.title AS framework, i.code, i.name, i.uri
         FROM frameworks f JOIN framework_items i ON i.framework_id = f.id
         WHERE f.id = $1 AND (i.code = $2 OR i.identifier = $2) ORDER BY i.identifier",
        framework_id,
        item
    )
}

/// By their ids: what an operator keeps by hand.
pub async fn all(conn: &mut Conn) -> Result<Vec<Listed>, StoreError> {
    columns::all(rows!(
        conn,
        ListedRow,
        "SELECT f.id, f.title, f.uri, f.creator, f.version, f.imported_at,
             (SELECT COUNT(*) FROM framework_items i WHERE i.framework_id = f.id) AS items
         FROM frameworks f ORDER BY f.id"
    )?)
}

#[derive(sqlx::FromRow)]
struct ListedRow {
    id: String,
    title: String,
    uri: String,
    creator: String,
    version: Option<String>,
    imported_at: i64,
    items: i64,
}

impl TryFrom<ListedRow> for Listed {
    type Error = StoreError;

    fn try_from(row: ListedRow) -> Result<Self, StoreError> {
        Ok(Listed {
            id: row.id,
            title: row.title,
            uri: row.uri,
            creator: row.creator,
            version: row.version,
            imported_at: columns::time("frameworks.imported_at", row.imported_at)?,
            items: row.items,
        })
    }
}
