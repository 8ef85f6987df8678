//! People, known by one lower-case e-mail address each.

use super::{
    Conn, StoreError,
    db::{row, rows},
};
use crate::domain::recipient::Person;
use jiff::Timestamp;

/// What is said of a person when they are given an award.
pub struct Said<'a> {
    /// Lower-case.
    pub email: &'a str,
    pub name: &'a str,
    /// `None` leaves the team as it was.
    pub team: Option<&'a str>,
    /// `None` leaves what the person chose before; a new person is not named in public.
    pub name_public: Option<bool>,
}

/// Finds the person by address and takes over what is said of them, or adds them under `new_id`.
pub async fn upsert(conn: &mut Conn, new_id: &str, said: &Said<'_>, now: Timestamp) -> Result<Person, StoreError> {
    let found = row!(
        conn,
        PersonRow,
        "INSERT INTO people (id, email, name, team, name_public, created_at, updated_at)
         VALUES ($1, $2, $3, $4, COALESCE($5, FALSE), $6, $6)
         ON CONFLICT (email) DO UPDATE SET name = excluded.name, team = COALESCE(excluded.team, people.team),
             name_public = COALESCE($5, people.name_public), updated_at = excluded.updated_at
         RETURNING id, email, name, team, name_public",
        new_id,
        said.email,
        said.name,
        said.team,
        said.name_public,
        now.as_second()
    )?;
    found.map(Person::from).ok_or(StoreError::Dangling)
}

pub async fn get(conn: &mut Conn, id: &str) -> Result<Option<Person>, StoreError> {
    let found = row!(conn, PersonRow, "SELECT id, email, name, team, name_public FROM people WHERE id = $1", id)?;
    Ok(found.map(Person::from))
}

pub async fn by_email(conn: &mut Conn, email: &str) -> Result<Option<Person>, StoreError> {
    let found = row!(conn, PersonRow, "SELECT id, email, name, team, name_public FROM people WHERE email = $1", email)?;
    Ok(found.map(Person::from))
}

/// Everyone, by address.
pub async fn all(conn: &mut Conn) -> Result<Vec<Person>, StoreError> {
    let found = rows!(conn, PersonRow, "SELECT id, email, name, team, name_public FROM people ORDER BY email")?;
    Ok(found.into_iter().map(Person::from).collect())
}

#[derive(sqlx::FromRow)]
struct PersonRow {
    id: String,
    email: String,
    name: String,
    team: Option<String>,
    name_public: bool,
}

impl From<PersonRow> for Person {
    fn from(row: PersonRow) -> Self {
        Person { id: row.id, email: row.email, name: row.name, team: row.team, name_public: row.name_public }
    }
}
