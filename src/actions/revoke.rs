//! Takes an award or an endorsement back, for ever. In one transaction: the row, the bit, the newly signed list as finished bytes, the event; so
//! whoever polls the list sees it as soon as this returns.

use super::{
    ActionError, App, Conflict, issuer,
    keys::{self, Signer},
    mail, require, status, webhooks,
};
use crate::{
    domain::{
        actor::{Actor, Right},
        award::Award,
        endorsement::Endorsement,
        field::Faults,
        issuer::Issuer,
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
    let mut award = awards::get(conn, award_id).await?.ok_or_else(|| ActionError::not_found("award", award_id))?;
    let place = Place { list: &award.status_list_id, index: award.status_index, what: "award", id: award_id, reason };
    let listed = mark(app, conn, &place).await?;
    if !awards::revoke(conn, award_id, now, Some(reason)).await? {
        return Err(place.revoked_before());
    }
    publish(app, by, conn, &place, listed, now).await?;
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
    let found = endorsements::get(conn, id).await?;
    let mut endorsement = found.ok_or_else(|| ActionError::not_found("endorsement", id))?;
    let list = &endorsement.status_list_id;
    let place = Place { list, index: endorsement.status_index, what: "endorsement", id, reason };
    let listed = mark(app, conn, &place).await?;
    if !endorsements::revoke(conn, id, now, reason).await? {
        return Err(place.revoked_before());
    }
    publish(app, by, conn, &place, listed, now).await?;
    endorsement.revoked_at = Some(now);
    endorsement.revocation_reason = Some(reason.to_owned());
    Ok(endorsement)
}

/// What is revoked, and where it stands.
struct Place<'a> {
    list: &'a str,
    index: u32,
    what: &'static str,
    id: &'a str,
    reason: &'a str,
}

impl Place<'_> {
    fn revoked_before(&self) -> ActionError {
        let message =
            format!("the {} {} was revoked before; a revocation is final and its reason stays", self.what, self.id);
        ActionError::conflict(Conflict::AlreadyRevoked, message)
    }
}

/// The list with the new bit, and who signs it.
struct Marked {
    issuer: Issuer,
    signer: Signer,
    revoked: Revoked,
}

fn begin(actor: &Actor, reason: &str) -> Result<String, ActionError> {
    require(actor, Right::Revoke)?;
    let mut faults = Faults::default();
    let reason = faults.text("reason", reason, LONGEST_REASON, true);
    faults.or(reason).map_err(ActionError::Invalid)
}

/// Sets the bit. The key, then the list, then the row: whoever issues or renews takes them in this order too.
async fn mark(app: &App, conn: &mut Conn, place: &Place<'_>) -> Result<Marked, ActionError> {
    let issuer = issuer(conn).await?;
    let signer = keys::signer(app, conn, &issuer).await?;
    let revoked = status_lists::set_bit(conn, place.list, place.index).await?.ok_or_else(|| {
        ActionError::internal(anyhow::anyhow!("the status list of {} {} is not there", place.what, place.id))
    })?;
    Ok(Marked { issuer, signer, revoked })
}

async fn publish(
    app: &App,
    by: &str,
    conn: &mut Conn,
    place: &Place<'_>,
    marked: Marked,
    now: Timestamp,
) -> Result<(), ActionError> {
    status::publish(app, conn, &marked.issuer, &marked.signer, &marked.revoked, now).await?;
    let detail = json!({"list": place.list, "index": place.index, "reason": place.reason});
    let verb = format!("{}.revoked", place.what);
    Ok(events::append(conn, now, by, &verb, place.id, &detail).await?)
}
