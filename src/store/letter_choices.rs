//! Which letters someone does not want, and the links that say so: only the hash of a link is kept.

use super::{
    Conn, StoreError,
    columns::unreadable,
    db::{row, rows, run},
};
use crate::domain::letter::LetterKind;
use jiff::Timestamp;

pub async fn declined(conn: &mut Conn, person_id: &str) -> Result<Vec<LetterKind>, StoreError> {
    let found =
        rows!(conn, (String,), "SELECT kind FROM declined_letters WHERE person_id = $1 ORDER BY kind", person_id)?;
    found.into_iter().map(|(kind,)| read("declined_letters.kind", &kind)).collect()
}

/// False when it was declined before.
pub async fn decline(conn: &mut Conn, person_id: &str, kind: LetterKind, at: Timestamp) -> Result<bool, StoreError> {
    let touched = run!(
        conn,
        "INSERT INTO declined_letters (person_id, kind, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        person_id,
        kind.as_str(),
        at.as_second()
    )?;
    Ok(touched == 1)
}

/// False when it was wanted before.
pub async fn want(conn: &mut Conn, person_id: &str, kind: LetterKind) -> Result<bool, StoreError> {
    let touched =
        run!(conn, "DELETE FROM declined_letters WHERE person_id = $1 AND kind = $2", person_id, kind.as_str())?;
    Ok(touched == 1)
}

/// Keeps a link, and removes those from before `oldest`.
pub async fn keep_link(
    conn: &mut Conn,
    hash: &str,
    (person_id, kind): (&str, LetterKind),
    now: Timestamp,
    oldest: Timestamp,
) -> Result<(), StoreError> {
    run!(conn, "DELETE FROM letter_links WHERE created_at < $1", oldest.as_second())?;
    run!(
        conn,
        "INSERT INTO letter_links (hash, person_id, kind, created_at) VALUES ($1, $2, $3, $4)",
        hash,
        person_id,
        kind.as_str(),
        now.as_second()
    )?;
    Ok(())
}

/// Whose link it is, and of what letters.
pub async fn link(conn: &mut Conn, hash: &str) -> Result<Option<(String, LetterKind)>, StoreError> {
    let found = row!(conn, (String, String), "SELECT person_id, kind FROM letter_links WHERE hash = $1", hash)?;
    found.map(|(person, kind)| Ok((person, read("letter_links.kind", &kind)?))).transpose()
}

fn read(column: &str, word: &str) -> Result<LetterKind, StoreError> {
    LetterKind::parse(word).map_err(|why| unreadable(column, why))
}
