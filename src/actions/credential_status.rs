//! Takes credentials back that were signed over the VC-API. In one transaction: the rows, the bits, the newly signed lists, the
//! events; so whoever polls a list sees it as soon as this returns. A revocation is final.

use super::{ActionError, App, issuer, keys, require, status};
use crate::{
    domain::actor::{Actor, Right},
    store::{api_credentials, events, status_lists},
};
use serde_json::json;

/// Revokes every credential that calls itself so and can be revoked. What was revoked before stays so.
pub async fn revoke_credential(app: &App, actor: &Actor, credential_id: &str) -> Result<(), ActionError> {
    require(actor, Right::ChangeStatus)?;
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let issuer = issuer(&mut conn).await?;
    // The key, then the list: everyone takes them in this order.
    let signer = keys::signer(app, &mut conn, &issuer).await?;
    let mut rows = api_credentials::named(&mut conn, credential_id).await?;
    rows.retain(|row| row.place.is_some());
    if rows.is_empty() {
        return Err(ActionError::not_found("revocable credential", credential_id));
    }
    rows.sort_by(|a, b| a.place.cmp(&b.place));
    for row in rows {
        let Some((list, index)) = &row.place else { continue };
        if !api_credentials::revoke(&mut conn, &row.id, now).await? {
            continue;
        }
        let revoked = status_lists::set_bit(&mut conn, list, *index)
            .await?
            .ok_or_else(|| ActionError::internal(anyhow::anyhow!("the status list {list} is not there")))?;
        status::publish(app, &mut conn, &issuer, &signer, &revoked, now).await?;
        let detail = json!({"credential": credential_id, "list": list, "index": index});
        events::append(&mut conn, now, &actor.label(), "credential.revoked", &row.id, &detail).await?;
    }
    Ok(conn.commit().await?)
}

/// Whether every credential that calls itself so stands: a status that is asked for and holds already needs no change.
pub async fn stands(app: &App, actor: &Actor, credential_id: &str) -> Result<bool, ActionError> {
    require(actor, Right::ChangeStatus)?;
    let mut rows = api_credentials::named(&mut app.db.read().await?, credential_id).await?;
    rows.retain(|row| row.place.is_some());
    if rows.is_empty() {
        return Err(ActionError::not_found("revocable credential", credential_id));
    }
    Ok(rows.iter().all(|row| row.revoked_at.is_none()))
}
