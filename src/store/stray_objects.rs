//! Objects of the storage that no file holds: each is written down here before it is stored, taken off by the file that comes to hold it,
//! and put back when the last one that did is removed. So none is forgotten, whenever the machine stops.

use super::{
    Conn, StoreError,
    db::{rows, run},
};
use jiff::Timestamp;

/// Writes it down, before it is stored.
pub async fn insert(conn: &mut Conn, object: &str, at: Timestamp) -> Result<(), StoreError> {
    run!(conn, "INSERT INTO stray_objects (object, at) VALUES ($1, $2)", object, at.as_second())?;
    Ok(())
}

/// A file holds it now, or it is gone from the storage. False when it was not written down: then it may have been removed.
pub async fn remove(conn: &mut Conn, object: &str) -> Result<bool, StoreError> {
    Ok(run!(conn, "DELETE FROM stray_objects WHERE object = $1", object)? == 1)
}

/// The pieces of evidence that is about to be removed, where no other holds them. Answers which.
pub async fn of_evidence(conn: &mut Conn, evidence_id: &str, at: Timestamp) -> Result<Vec<String>, StoreError> {
    let found = rows!(
        conn,
        (String,),
        "INSERT INTO stray_objects (object, at)
         SELECT p.object, $2 FROM evidence_parts p WHERE p.evidence_id = $1
             AND NOT EXISTS (SELECT 1 FROM evidence_parts o WHERE o.object = p.object AND o.evidence_id <> $1)
         RETURNING object",
        evidence_id,
        at.as_second()
    )?;
    Ok(found.into_iter().map(|(object,)| object).collect())
}

/// Those that were written down before `at`, the oldest first.
pub async fn before(conn: &mut Conn, at: Timestamp, limit: u32) -> Result<Vec<String>, StoreError> {
    let found = rows!(
        conn,
        (String,),
        "SELECT object FROM stray_objects WHERE at < $1 ORDER BY at LIMIT $2",
        at.as_second(),
        i64::from(limit)
    )?;
    Ok(found.into_iter().map(|(object,)| object).collect())
}
