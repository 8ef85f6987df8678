//! Awards as VC-JWT: the finished text, beside the credential of the award. At most one an award.

use super::{
    Conn, StoreError,
    db::{row, rows, run},
};

/// Keeps the JWT of an award that has none. False when it has one already: what was given out stays.
pub async fn insert(conn: &mut Conn, award_id: &str, key_fragment: &str, jwt: &str) -> Result<bool, StoreError> {
    let touched = run!(
        conn,
        "INSERT INTO award_jwts (award_id, key_fragment, jwt) VALUES ($1, $2, $3) ON CONFLICT (award_id) DO NOTHING",
        award_id,
        key_fragment,
        jwt
    )?;
    Ok(touched == 1)
}

/// Takes out that of an award whose credential is signed anew.
pub async fn remove(conn: &mut Conn, award_id: &str) -> Result<(), StoreError> {
    run!(conn, "DELETE FROM award_jwts WHERE award_id = $1", award_id)?;
    Ok(())
}

pub async fn get(conn: &mut Conn, award_id: &str) -> Result<Option<String>, StoreError> {
    let found: Option<(String,)> = row!(conn, (String,), "SELECT jwt FROM award_jwts WHERE award_id = $1", award_id)?;
    Ok(found.map(|(jwt,)| jwt))
}

/// The id and credential of awards that have none, by id, in pages: from just after `id` (empty for the first page).
pub async fn lacking(conn: &mut Conn, id: &str, limit: u32) -> Result<Vec<(String, String)>, StoreError> {
    rows!(
        conn,
        (String, String),
        "SELECT a.id, a.credential FROM awards a
         WHERE a.id > $1 AND a.credential <> '' AND NOT EXISTS (SELECT 1 FROM award_jwts j WHERE j.award_id = a.id)
         ORDER BY a.id LIMIT $2",
        id,
        i64::from(limit)
    )
}

/// Drops what a key signed; answers how many.
pub async fn drop_of_key(conn: &mut Conn, key_fragment: &str) -> Result<u64, StoreError> {
    run!(conn, "DELETE FROM award_jwts WHERE key_fragment = $1", key_fragment)
}
