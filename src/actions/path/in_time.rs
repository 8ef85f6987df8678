//! Whether a renewal can still be gone on with (decision 0050): until its certification has lapsed, by the rules of the level as it is now. Work
//! that was handed in by then is judged to its end, however long that takes, and whoever is told “not yet” has until the day that was named.

use super::{ActionError, Conflict};
use crate::{
    actions::issuer,
    domain::{
        enrolment::Aim,
        renewal::{Stand, stand},
    },
    store::{Conn, awards, enrolments::Enrolled, levels, submissions},
};
use jiff::Timestamp;

/// Why a renewal can't be gone on with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Over {
    #[error("the time in which it could be renewed has passed; end this way, and enrol again to earn it anew")]
    Lapsed,
    #[error("the badge was revoked meanwhile; end this way, and enrol again to earn it anew")]
    Revoked,
    #[error("the badge is suspended; this goes on once that is lifted")]
    Suspended,
    #[error("it was renewed meanwhile, so there is nothing to do any more; end this way")]
    Renewed,
}

impl From<Over> for ActionError {
    fn from(over: Over) -> Self {
        let why = match over {
            Over::Lapsed => Conflict::Lapsed,
            Over::Revoked => Conflict::Revoked,
            Over::Suspended => Conflict::Suspended,
            Over::Renewed => Conflict::Superseded,
        };
        ActionError::conflict(why, over.to_string())
    }
}

/// Nothing where it can, and for a way to a first badge.
pub(super) async fn over(conn: &mut Conn, enrolled: &Enrolled, now: Timestamp) -> Result<Option<Over>, ActionError> {
    let enrolment = &enrolled.enrolment;
    let Aim::Renewal { award } = &enrolment.aim else { return Ok(None) };
    let old = awards::get(conn, award).await?.ok_or_else(|| ActionError::not_found("award", award))?;
    if old.revoked_at.is_some() {
        return Ok(Some(Over::Revoked));
    }
    if old.superseded_by.is_some() {
        return Ok(Some(Over::Renewed));
    }
    if old.suspended_at.is_some() {
        return Ok(Some(Over::Suspended));
    }
    let level = levels::get(conn, &enrolment.level_id).await?;
    let level = level.ok_or_else(|| ActionError::not_found("level", &enrolment.level_id))?;
    let zone = issuer(conn).await?.zone();
    if stand(&level.content, old.valid_until, now, &zone) != Stand::Lapsed {
        return Ok(None);
    }
    let missed = submissions::not_yet_of_person(conn, &enrolment.person_id).await?;
    let newest = missed.into_iter().find(|one| one.enrolment_id == enrolment.id);
    let given_time = newest.and_then(|one| one.by).is_some_and(|by| now <= by);
    Ok((!given_time).then_some(Over::Lapsed))
}
