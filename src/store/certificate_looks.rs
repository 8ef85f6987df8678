//! How the certificates of programs look, where their owners chose.

use super::{
    Conn, StoreError, columns,
    db::{row, run},
};
use crate::domain::certificate_look::Look;
use jiff::Timestamp;

/// The look of a program, and the picture of a signature (PNG).
pub async fn get(conn: &mut Conn, program_id: &str) -> Result<Option<(Look, Option<Vec<u8>>)>, StoreError> {
    let found: Option<(String, Option<Vec<u8>>)> = row!(
        conn,
        (String, Option<Vec<u8>>),
        "SELECT look, signature FROM certificate_looks WHERE program_id = $1",
        program_id
    )?;
    found.map(|(look, signature)| Ok((columns::json("certificate_looks.look", &look)?, signature))).transpose()
}

pub async fn put(
    conn: &mut Conn,
    program_id: &str,
    look: &Look,
    signature: Option<&[u8]>,
    at: Timestamp,
) -> Result<(), StoreError> {
    let look = serde_json::to_string(look).map_err(|why| columns::unreadable("certificate_looks.look", why))?;
    run!(
        conn,
        "INSERT INTO certificate_looks (program_id, look, signature, changed_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (program_id) DO UPDATE SET look = excluded.look, signature = excluded.signature, changed_at = excluded.changed_at",
        program_id,
        look,
        signature,
        at.as_second()
    )?;
    Ok(())
}
