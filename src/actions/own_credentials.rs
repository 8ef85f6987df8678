//! All that someone holds of Open Badges 3.0, from here and elsewhere, for an app that they let read it.

use super::{ActionError, App, own_profile::held};
use crate::{
    domain::actor::{Actor, Right},
    store::backpack::{self, Held},
};
use jiff::Timestamp;

/// So many from a place on (0 is the first) of what was issued after `since`, in the order it came; and how many there are.
pub async fn page(
    app: &App,
    actor: &Actor,
    since: Option<Timestamp>,
    limit: u32,
    offset: u32,
) -> Result<(Vec<Held>, i64), ActionError> {
    let member = held(actor, Right::ReadOwnCredentials)?;
    let since = since.unwrap_or(Timestamp::MIN);
    let mut conn = app.db.read().await?;
    let total = backpack::count_held(&mut conn, &member.id, since).await?;
    Ok((backpack::held(&mut conn, &member.id, since, limit, offset).await?, total))
}
