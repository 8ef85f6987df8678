//! What people, or apps for them, add to the profile that apps read: members of a Profile, as one JSON object a person.

use super::{
    Conn, StoreError, columns,
    db::{row, run},
};
use jiff::Timestamp;
use serde_json::{Map, Value};

pub async fn get(conn: &mut Conn, person_id: &str) -> Result<Map<String, Value>, StoreError> {
    let found = row!(conn, (String,), "SELECT added FROM profile_additions WHERE person_id = $1", person_id)?;
    found.map_or_else(|| Ok(Map::new()), |(added,)| columns::json("profile_additions.added", &added))
}

pub async fn put(
    conn: &mut Conn,
    person_id: &str,
    added: &Map<String, Value>,
    now: Timestamp,
) -> Result<(), StoreError> {
    run!(
        conn,
        "INSERT INTO profile_additions (person_id, added, updated_at) VALUES ($1, $2, $3)
         ON CONFLICT (person_id) DO UPDATE SET added = excluded.added, updated_at = excluded.updated_at",
        person_id,
        Value::Object(added.clone()).to_string(),
        now.as_second()
    )?;
    Ok(())
}
