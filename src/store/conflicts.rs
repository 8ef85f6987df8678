//! Who should not judge whom, declared by one and counted both ways.

use super::{
    Conn, StoreError,
    db::{rows, run},
};
use jiff::Timestamp;

/// Declares it; what was declared before stays with its reason. False when it was there.
pub async fn declare(
    conn: &mut Conn,
    person_id: &str,
    other_id: &str,
    reason: &str,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let touched = run!(
        conn,
        "INSERT INTO conflicts (person_id, other_id, reason, declared_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (person_id, other_id) DO NOTHING",
        person_id,
        other_id,
        reason,
        at.as_second()
    )?;
    Ok(touched == 1)
}

/// Everyone with whom a person has a conflict, whoever of the two declared it.
pub async fn of_person(conn: &mut Conn, person_id: &str) -> Result<Vec<String>, StoreError> {
    let found = rows!(
        conn,
        (String,),
        "SELECT other_id FROM conflicts WHERE person_id = $1 UNION SELECT person_id FROM conflicts WHERE other_id = $1",
        person_id
    )?;
    Ok(found.into_iter().map(|(id,)| id).collect())
}

/// One's own declarations: the other's id, name and the reason, the latest first.
pub async fn declared_by(conn: &mut Conn, person_id: &str) -> Result<Vec<(String, String, String)>, StoreError> {
    rows!(
        conn,
        (String, String, String),
        "SELECT c.other_id, p.name, c.reason FROM conflicts c JOIN people p ON p.id = c.other_id
         WHERE c.person_id = $1 ORDER BY c.declared_at DESC, c.other_id",
        person_id
    )
}
