//! Pictures by the SHA-256 (hex) of their clean SVG, with the PNG that was drawn from it: content-addressed, so never changed.

use super::{
    Conn, StoreError,
    db::{row, run},
};
use jiff::Timestamp;

/// Keeps a picture; one that is there already is left alone.
pub async fn put(conn: &mut Conn, sha256: &str, svg: &str, png: &[u8], now: Timestamp) -> Result<(), StoreError> {
    run!(
        conn,
        "INSERT INTO images (sha256, svg, png, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT (sha256) DO NOTHING",
        sha256,
        svg,
        png,
        now.as_second()
    )?;
    Ok(())
}

pub async fn svg(conn: &mut Conn, sha256: &str) -> Result<Option<String>, StoreError> {
    let found = row!(conn, (String,), "SELECT svg FROM images WHERE sha256 = $1", sha256)?;
    Ok(found.map(|(svg,)| svg))
}

pub async fn png(conn: &mut Conn, sha256: &str) -> Result<Option<Vec<u8>>, StoreError> {
    let found = row!(conn, (Vec<u8>,), "SELECT png FROM images WHERE sha256 = $1", sha256)?;
    Ok(found.map(|(png,)| png))
}
