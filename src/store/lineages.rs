//! Lineages: all awards of one person on one level, over renewals. Their id is in the address that people share.

use super::{Conn, StoreError, db::row};
use jiff::Timestamp;

#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct Lineage {
    pub id: String,
    pub person_id: String,
    pub level_id: String,
}

/// The lineage of this person on this level; a new one under `new_id` when there is none.
pub async fn find_or_create(
    conn: &mut Conn,
    new_id: &str,
    person_id: &str,
    level_id: &str,
    now: Timestamp,
) -> Result<Lineage, StoreError> {
    // The update changes nothing: it makes RETURNING answer for a row that was there, and holds it until the commit.
    let found = row!(
        conn,
        Lineage,
        "INSERT INTO lineages (id, person_id, level_id, created_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (person_id, level_id) DO UPDATE SET created_at = lineages.created_at
         RETURNING id, person_id, level_id",
        new_id,
        person_id,
        level_id,
        now.as_second()
    )?;
    found.ok_or(StoreError::Dangling)
}

pub async fn get(conn: &mut Conn, id: &str) -> Result<Option<Lineage>, StoreError> {
    row!(conn, Lineage, "SELECT id, person_id, level_id FROM lineages WHERE id = $1", id)
}
