//! Takes an award back, for ever. In one transaction: the row, the bit, the newly signed list as finished bytes, the event; so
//! whoever polls the list sees it as soon as this returns.

use super::{ActionError, App, issuer, keys, require, status};
use crate::{
    domain::{
        actor::{Actor, Right},
        award::Award,
        field::Faults,
    },
    store::{awards, events, status_lists},
};
use serde_json::json;

/// The longest reason, in characters.
pub const LONGEST_REASON: usize = 1_000;

/// `reason` is for the record; everyone sees it only where the issuer says so. Answers the revoked award.
pub async fn revoke(app: &App, actor: &Actor, award_id: &str, reason: &str) -> Result<Award, ActionError> {
    require(actor, Right::Revoke)?;
    let mut faults = Faults::default();
    let reason = faults.text("reason", reason, LONGEST_REASON, true);
    let reason = faults.or(reason).map_err(ActionError::Invalid)?;
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let mut award = awards::get(&mut conn, award_id).await?.ok_or_else(|| ActionError::not_found("award", award_id))?;
    // The key, then the list, then the award: whoever issues or renews takes them in this order too.
    let issuer = issuer(&mut conn).await?;
    let signer = keys::signer(app, &mut conn, &issuer).await?;
    let revoked = status_lists::set_bit(&mut conn, &award.status_list_id, award.status_index)
        .await?
        .ok_or_else(|| ActionError::internal(anyhow::anyhow!("the status list of award {award_id} is not there")))?;
    if !awards::revoke(&mut conn, award_id, now, Some(&reason)).await? {
        let message = format!("the award {award_id} was revoked before; a revocation is final and its reason stays");
        return Err(ActionError::conflict("already_revoked", message));
    }
    status::publish(app, &mut conn, &issuer, &signer, &revoked, now).await?;
    let detail = json!({"list": award.status_list_id, "index": award.status_index});
    events::append(&mut conn, now, &actor.label(), "award.revoked", award_id, &detail).await?;
    conn.commit().await?;
    award.revoked_at = Some(now);
    award.revocation_reason = Some(reason);
    Ok(award)
}
