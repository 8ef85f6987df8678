//! Requirements that were met, each by one of its routes. Prerequisites are not noted here: they are read from the awards.

use super::{
    Conn, StoreError, columns,
    db::{row, rows, run},
};
use jiff::Timestamp;

#[derive(Clone, Debug, PartialEq)]
pub struct Fulfilled {
    pub enrolment_id: String,
    pub requirement_id: String,
    pub route_id: String,
    pub note: Option<String>,
    /// The identifier of a badge from elsewhere that counts.
    pub badge_id: Option<String>,
    pub at: Timestamp,
    /// As the record of events names them.
    pub confirmed_by: String,
}

/// Notes it. False when the requirement is met already: what was noted stays.
pub async fn insert(conn: &mut Conn, met: &Fulfilled, badge: Option<&str>) -> Result<bool, StoreError> {
    let touched = run!(
        conn,
        "INSERT INTO fulfilments (enrolment_id, requirement_id, route_id, note, badge_id, badge, at, confirmed_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (enrolment_id, requirement_id) DO NOTHING",
        &met.enrolment_id,
        &met.requirement_id,
        &met.route_id,
        &met.note,
        &met.badge_id,
        badge,
        met.at.as_second(),
        &met.confirmed_by
    )?;
    Ok(touched == 1)
}

/// Takes it back. False when it was not noted.
pub async fn remove(conn: &mut Conn, enrolment_id: &str, requirement_id: &str) -> Result<bool, StoreError> {
    let touched = run!(
        conn,
        "DELETE FROM fulfilments WHERE enrolment_id = $1 AND requirement_id = $2",
        enrolment_id,
        requirement_id
    )?;
    Ok(touched == 1)
}

pub async fn of_enrolment(conn: &mut Conn, enrolment_id: &str) -> Result<Vec<Fulfilled>, StoreError> {
    columns::all(rows!(
        conn,
        FulfilledRow,
        "SELECT enrolment_id, requirement_id, route_id, note, badge_id, at, confirmed_by FROM fulfilments
         WHERE enrolment_id = $1 ORDER BY requirement_id",
        enrolment_id
    )?)
}

/// Of everything that a person is enrolled for.
pub async fn of_person(conn: &mut Conn, person_id: &str) -> Result<Vec<Fulfilled>, StoreError> {
    columns::all(rows!(
        conn,
        FulfilledRow,
        "SELECT f.enrolment_id, f.requirement_id, f.route_id, f.note, f.badge_id, f.at, f.confirmed_by
         FROM enrolments e JOIN fulfilments f ON f.enrolment_id = e.id
         WHERE e.person_id = $1 ORDER BY f.enrolment_id, f.requirement_id",
        person_id
    )?)
}

/// Of everyone who is on the way to a level.
pub async fn of_level(conn: &mut Conn, level_id: &str) -> Result<Vec<Fulfilled>, StoreError> {
    columns::all(rows!(
        conn,
        FulfilledRow,
        "SELECT f.enrolment_id, f.requirement_id, f.route_id, f.note, f.badge_id, f.at, f.confirmed_by
         FROM enrolments e JOIN fulfilments f ON f.enrolment_id = e.id
         WHERE e.level_id = $1 AND e.state = 'active' ORDER BY f.enrolment_id, f.requirement_id",
        level_id
    )?)
}

/// Of everyone that someone goes along with now.
pub async fn of_mentor(conn: &mut Conn, mentor_id: &str) -> Result<Vec<Fulfilled>, StoreError> {
    columns::all(rows!(
        conn,
        FulfilledRow,
        "SELECT f.enrolment_id, f.requirement_id, f.route_id, f.note, f.badge_id, f.at, f.confirmed_by
         FROM enrolments e JOIN fulfilments f ON f.enrolment_id = e.id
         WHERE e.mentor_id = $1 AND e.state = 'active' ORDER BY f.enrolment_id, f.requirement_id",
        mentor_id
    )?)
}

/// The badge from elsewhere as it was verified, byte for byte.
pub async fn badge(conn: &mut Conn, enrolment_id: &str, requirement_id: &str) -> Result<Option<String>, StoreError> {
    let found = row!(
        conn,
        (Option<String>,),
        "SELECT badge FROM fulfilments WHERE enrolment_id = $1 AND requirement_id = $2",
        enrolment_id,
        requirement_id
    )?;
    Ok(found.and_then(|(badge,)| badge))
}

#[derive(sqlx::FromRow)]
struct FulfilledRow {
    enrolment_id: String,
    requirement_id: String,
    route_id: String,
    note: Option<String>,
    badge_id: Option<String>,
    at: i64,
    confirmed_by: String,
}

impl TryFrom<FulfilledRow> for Fulfilled {
    type Error = StoreError;

    fn try_from(row: FulfilledRow) -> Result<Self, StoreError> {
        Ok(Fulfilled {
            enrolment_id: row.enrolment_id,
            requirement_id: row.requirement_id,
            route_id: row.route_id,
            note: row.note,
            badge_id: row.badge_id,
            at: columns::time("fulfilments.at", row.at)?,
            confirmed_by: row.confirmed_by,
        })
    }
}
