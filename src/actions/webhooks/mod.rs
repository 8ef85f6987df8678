//! Where others want to be told of what happens: endpoints are added by an administrator, and told by messages that are written in the
//! transaction of what they tell about (decision 0066).
//!
//! An endpoint's address and secret are sealed by the vault; a secret is shown once. What was sent can be read for thirty days, and sent
//! again.

mod announce;
mod deliver;
mod settle;

pub(super) use announce::{award_restored, award_shown, awards, awards_erased, ended_unseen, program};
pub use announce::{expire, try_out};
pub use deliver::deliver_due;
pub use settle::{Added, NewEndpoint, add, remove, rotate, switch_off, switch_on};

use super::{ActionError, App, Conflict, require};
use crate::{
    domain::{
        actor::{Actor, Right},
        webhook::{Delivery, Endpoint},
    },
    store::{Conn, events, webhook_deliveries, webhooks},
};
use jiff::Timestamp;
use serde_json::json;

/// Deliveries on one page.
pub const PAGE: u32 = 50;

/// In the order they were added.
pub async fn list(app: &App, actor: &Actor) -> Result<Vec<Endpoint>, ActionError> {
    require(actor, Right::Webhooks)?;
    Ok(webhooks::all(&mut app.db.read().await?).await?)
}

pub async fn show(app: &App, actor: &Actor, id: &str) -> Result<Endpoint, ActionError> {
    require(actor, Right::Webhooks)?;
    endpoint(&mut app.db.read().await?, id).await
}

/// What an endpoint was told, newest first, from just before a moment and an id; and whether there is more.
pub async fn deliveries(
    app: &App,
    actor: &Actor,
    id: &str,
    before: Option<(Timestamp, &str)>,
) -> Result<(Vec<Delivery>, bool), ActionError> {
    require(actor, Right::Webhooks)?;
    let mut conn = app.db.read().await?;
    endpoint(&mut conn, id).await?;
    let mut page = webhook_deliveries::page(&mut conn, id, before, PAGE + 1).await?;
    let more = page.len() > PAGE as usize;
    page.truncate(PAGE as usize);
    Ok((page, more))
}

/// One message and whom it is for.
pub async fn delivery(app: &App, actor: &Actor, id: &str) -> Result<(Endpoint, Delivery), ActionError> {
    require(actor, Right::Webhooks)?;
    let mut conn = app.db.read().await?;
    let delivery =
        webhook_deliveries::get(&mut conn, id).await?.ok_or_else(|| ActionError::not_found("delivery", id))?;
    Ok((endpoint(&mut conn, &delivery.webhook_id).await?, delivery))
}

/// Sends one message again, under its own id and to the letter, whatever came of it.
pub async fn replay(app: &App, actor: &Actor, id: &str) -> Result<Delivery, ActionError> {
    require(actor, Right::Webhooks)?;
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let delivery =
        webhook_deliveries::get(&mut conn, id).await?.ok_or_else(|| ActionError::not_found("delivery", id))?;
    is_on(&endpoint(&mut conn, &delivery.webhook_id).await?)?;
    webhook_deliveries::replay(&mut conn, id, now).await?;
    let detail = json!({"delivery": id, "topic": delivery.topic.as_str()});
    events::append(&mut conn, now, &actor.label(), "webhook.replayed", &delivery.webhook_id, &detail).await?;
    conn.commit().await?;
    Ok(delivery)
}

async fn endpoint(conn: &mut Conn, id: &str) -> Result<Endpoint, ActionError> {
    webhooks::get(conn, id).await?.ok_or_else(|| ActionError::not_found("webhook", id))
}

fn is_on(endpoint: &Endpoint) -> Result<(), ActionError> {
    match endpoint.off {
        None => Ok(()),
        Some(_) => Err(ActionError::conflict(
            Conflict::WebhookOff,
            format!("the webhook {} is switched off, and nothing is sent to it; switch it on first", endpoint.id),
        )),
    }
}
