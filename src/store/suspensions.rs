//! Awards that are suspended, and the places in status lists that their credentials had before (decision 0069).
//!
//! A place that was taken back stays so: whoever lifts a suspension gives the award a new place and credential, and the one before is kept here.

use super::{
    Conn, StoreError, columns,
    db::{rows, run},
};
use crate::domain::award::Award;
use jiff::Timestamp;

/// A place that the credential of an award had.
#[derive(Clone, Debug, PartialEq)]
pub struct FormerPlace {
    pub award_id: String,
    pub list_id: String,
    pub index: u32,
}

/// Suspends; `reason` is for the record. False when it is suspended, revoked or erased already (or not there): nothing is changed then.
pub async fn suspend(conn: &mut Conn, id: &str, at: Timestamp, reason: &str) -> Result<bool, StoreError> {
    let touched = run!(
        conn,
        "UPDATE awards SET suspended_at = $2, suspension_reason = $3
         WHERE id = $1 AND suspended_at IS NULL AND revoked_at IS NULL AND credential <> ''",
        id,
        at.as_second(),
        reason
    )?;
    Ok(touched == 1)
}

/// Lifts the suspension of `old`, which is as it was read, and keeps its place as a former one: `new` is the same award with its new place and
/// credential. False when it is not suspended as it was read any more, or erased: nothing is changed then.
pub async fn resume(conn: &mut Conn, old: &Award, new: &Award) -> Result<bool, StoreError> {
    let (Some(suspended), Some(resumed)) = (old.suspended_at, new.resumed_at) else { return Ok(false) };
    let touched = run!(
        conn,
        "UPDATE awards SET suspended_at = NULL, suspension_reason = NULL, resumed_at = $4, issued_at = $5,
             verification_method = $6, status_list_id = $7, status_index = $8, credential = $9
         WHERE id = $1 AND status_list_id = $2 AND status_index = $3 AND suspended_at IS NOT NULL AND revoked_at IS NULL
             AND credential <> ''",
        &old.id,
        &old.status_list_id,
        i64::from(old.status_index),
        resumed.as_second(),
        new.issued_at.as_second(),
        &new.verification_method,
        &new.status_list_id,
        i64::from(new.status_index),
        &new.credential
    )?;
    if touched == 1 {
        run!(
            conn,
            "INSERT INTO former_places (award_id, issuer_id, status_list_id, status_index, suspended_at, resumed_at)
             VALUES ($1, $2, $3, $4, $5, $6)",
            &old.id,
            &old.issuer_id,
            &old.status_list_id,
            i64::from(old.status_index),
            suspended.as_second(),
            resumed.as_second()
        )?;
    }
    Ok(touched == 1)
}

/// The places of a list that are taken back for awards that are suspended, and not revoked.
pub async fn places_of_list(conn: &mut Conn, list_id: &str) -> Result<Vec<u32>, StoreError> {
    let found = rows!(
        conn,
        (i64,),
        "SELECT status_index FROM awards
         WHERE status_list_id = $1 AND suspended_at IS NOT NULL AND revoked_at IS NULL ORDER BY status_index",
        list_id
    )?;
    found.into_iter().map(|(index,)| columns::index("awards.status_index", index)).collect()
}

/// The former places in the order of their lists, in pages: from just after one (none for the first page).
pub async fn former(conn: &mut Conn, after: Option<&FormerPlace>, limit: u32) -> Result<Vec<FormerPlace>, StoreError> {
    let (list, index) = after.map_or(("", -1), |place| (place.list_id.as_str(), i64::from(place.index)));
    let found = rows!(
        conn,
        (String, String, i64),
        "SELECT award_id, status_list_id, status_index FROM former_places
         WHERE (status_list_id, status_index) > ($1, $2) ORDER BY status_list_id, status_index LIMIT $3",
        list,
        index,
        i64::from(limit)
    )?;
    let place = |(award_id, list_id, index)| {
        Ok(FormerPlace { award_id, list_id, index: columns::index("former_places.status_index", index)? })
    };
    found.into_iter().map(place).collect()
}
