//! Takes an award or an endorsement back, for ever. In one transaction: the row, the bit, the newly signed list as finished bytes, the event; so
//! whoever polls the list sees it as soon as this returns.

use super::{
    ActionError, App, Conflict,
    keys::{Hand, hold},
    mail, require, status, webhooks,
};
use crate::{
    domain::{
        actor::{Actor, Right},
        award::Award,
        endorsement::Endorsement,
        field::Faults,
        letter::Letter,
        webhook::Topic,
    },
    store::{
        Conn, awards, endorsements, events, levels, people,
        status_lists::{self, Revoked},
    },
};
use jiff::Timestamp;
use serde_json::json;

/// The longest reason, in characters.
pub const LONGEST_REASON: usize = 1_000;

/// `reason` is for the record; everyone sees it only where the issuer says so. Answers the revoked award.
pub async fn revoke(app: &App, actor: &Actor, award_id: &str, reason: &str) -> Result<Award, ActionError> {
    let reason = begin(actor, reason)?;
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let award = revoke_within(app, &mut conn, &actor.label(), award_id, &reason, now).await?;
    conn.commit().await?;
    Ok(award)
}

/// The same in the caller's transaction: `by` is whom the record names.
pub(super) async fn revoke_within(
    app: &App,
    conn: &mut Conn,
    by: &str,
    award_id: &str,
    reason: &str,
    now: Timestamp,
) -> Result<Award, ActionError> {
    // Its place may change until the key is held.
    let hand = hold(app, conn).await?;
    let mut award = awards::get(conn, award_id).await?.ok_or_else(|| ActionError::not_found("award", award_id))?;
    let place = Place::of_award(&award, reason);
    let listed = mark(conn, &place).await?;
    if !awards::revoke(conn, award_id, now, Some(reason)).await? {
        return Err(place.revoked_before());
    }
    publish(app, by, conn, &place, (hand, listed), now).await?;
    tell(app, conn, &award).await?;
    webhooks::awards(app, conn, Topic::AwardRevoked, std::slice::from_ref(&award.id), now).await?;
    award.revoked_at = Some(now);
    award.revocation_reason = Some(reason.to_owned());
    Ok(award)
}

/// Its holder learns of it, since the days run in which they may appeal. Why is theirs to read where it is shown.
async fn tell(app: &App, conn: &mut Conn, award: &Award) -> Result<(), ActionError> {
    let (level, holder) = (levels::get(conn, &award.level_id).await?, people::get(conn, &award.person_id).await?);
    let (Some(level), Some(holder)) = (level, holder) else { return Ok(()) };
    let letter = Letter::new("badge-revoked")
        .with("level", &level.content.name)
        .with("page", format!("{}/me/decisions", app.config.base_url));
    mail::post(app, conn, &holder, &letter).await
}

/// The same of an endorsement.
pub async fn revoke_endorsement(app: &App, actor: &Actor, id: &str, reason: &str) -> Result<Endorsement, ActionError> {
    let reason = begin(actor, reason)?;
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let endorsement = revoke_endorsement_within(app, &mut conn, &actor.label(), id, &reason, now).await?;
    conn.commit().await?;
    Ok(endorsement)
}

/// The same in the caller's transaction: `by` is whom the record names.
pub(super) async fn revoke_endorsement_within(
    app: &App,
    conn: &mut Conn,
    by: &str,
    id: &str,
    reason: &str,
    now: Timestamp,
) -> Result<Endorsement, ActionError> {
    let hand = hold(app, conn).await?;
    let found = endorsements::get(conn, id).await?;
    let mut endorsement = found.ok_or_else(|| ActionError::not_found("endorsement", id))?;
    let list = &endorsement.status_list_id;
    let place = Place { list, index: endorsement.status_index, what: "endorsement", id, reason };
    let listed = mark(conn, &place).await?;
    if !endorsements::revoke(conn, id, now, reason).await? {
        return Err(place.revoked_before());
    }
    publish(app, by, conn, &place, (hand, listed), now).await?;
    endorsement.revoked_at = Some(now);
    endorsement.revocation_reason = Some(reason.to_owned());
    Ok(endorsement)
}

/// What is taken back, and where it stands.
pub(super) struct Place<'a> {
    pub list: &'a str,
    pub index: u32,
    what: &'static str,
    id: &'a str,
    reason: &'a str,
}

impl<'a> Place<'a> {
    pub(super) fn of_award(award: &'a Award, reason: &'a str) -> Self {
        Place { list: &award.status_list_id, index: award.status_index, what: "award", id: &award.id, reason }
    }

    fn revoked_before(&self) -> ActionError {
        let message =
            format!("the {} {} was revoked before; a revocation is final and its reason stays", self.what, self.id);
        ActionError::conflict(Conflict::AlreadyRevoked, message)
    }
}

fn begin(actor: &Actor, reason: &str) -> Result<String, ActionError> {
    require(actor, Right::Revoke)?;
    let mut faults = Faults::default();
    let reason = faults.text("reason", reason, LONGEST_REASON, true);
    faults.or(reason).map_err(ActionError::Invalid)
}

/// Sets the bit, and answers the list with it.
pub(super) async fn mark(conn: &mut Conn, place: &Place<'_>) -> Result<Revoked, ActionError> {
    let marked = status_lists::set_bit(conn, place.list, place.index).await?;
    marked.ok_or_else(|| {
        ActionError::internal(anyhow::anyhow!("the status list of {} {} is not there", place.what, place.id))
    })
}

/// The list as it is now, signed, and the event.
async fn publish(
    app: &App,
    by: &str,
    conn: &mut Conn,
    place: &Place<'_>,
    (hand, listed): (Hand, Revoked),
    now: Timestamp,
) -> Result<(), ActionError> {
    status::publish(app, conn, &hand.issuer, &hand.signer, &listed, now).await?;
    let detail = json!({"list": place.list, "index": place.index, "reason": place.reason});
    let verb = format!("{}.revoked", place.what);
    Ok(events::append(conn, now, by, &verb, place.id, &detail).await?)
}
