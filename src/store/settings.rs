//! Facts of the installation by name, such as when it was set up.

use super::{
    Conn, StoreError,
    db::{row, run},
};

pub async fn get(conn: &mut Conn, key: &str) -> Result<Option<String>, StoreError> {
    let found: Option<(String,)> = row!(conn, (String,), "SELECT value FROM settings WHERE key = $1", key)?;
    Ok(found.map(|(value,)| value))
}

pub async fn set(conn: &mut Conn, key: &str, value: &str) -> Result<(), StoreError> {
    run!(
        conn,
        "INSERT INTO settings (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        key,
        value
    )?;
    Ok(())
}
