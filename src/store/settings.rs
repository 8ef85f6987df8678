//! Facts of the installation by name, such as when it was set up; and a name to hold where writers must not cross each other.

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

/// Takes hold of a name until the commit: whoever comes second waits here, and then reads what the first left.
pub async fn hold(conn: &mut Conn, key: &str) -> Result<(), StoreError> {
    run!(
        conn,
        "INSERT INTO settings (key, value) VALUES ($1, '') ON CONFLICT (key) DO UPDATE SET value = settings.value",
        key
    )?;
    Ok(())
}
