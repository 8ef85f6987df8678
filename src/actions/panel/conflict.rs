//! Who should not judge whom: anyone says so of themselves and someone else, and it counts both ways from then on. Where one of the two
//! sits on an open panel about the other, they leave it and someone else is drawn.

use super::{decide, draw, person};
use crate::{
    actions::{ActionError, App, Conflict},
    domain::{
        actor::{Actor, Right},
        field::Faults,
        recipient::email,
    },
    store::{Conn, conflicts, events, panels, people},
};
use jiff::Timestamp;
use serde_json::json;

/// What is told of a seat that was left for it: the reason itself is the declarer's.
const LEFT_FOR: &str = "A conflict of interest was declared.";

/// Declares a conflict with whoever has this address.
pub async fn declare(app: &App, actor: &Actor, other: &str, reason: &str) -> Result<(), ActionError> {
    let member = person(actor, Right::SignedIn)?;
    let mut faults = Faults::default();
    let address = faults.take("other", email(other)).unwrap_or_default();
    let reason = faults.text("reason", reason, draw::LONGEST_REASON, true);
    faults.or(()).map_err(ActionError::Invalid)?;
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let nobody = || ActionError::invalid("other", "is nobody's address here; ask them which one they sign in with");
    let other = people::by_email(&mut conn, &address).await?.ok_or_else(nobody)?;
    if other.id == member.id {
        return Err(ActionError::invalid("other", "is your own address; nobody judges themselves in any case"));
    }
    if !conflicts::declare(&mut conn, &member.id, &other.id, &reason, now).await? {
        return Err(ActionError::conflict(Conflict::Declared, "you have declared this before, and it counts"));
    }
    let detail = json!({"other": other.id});
    events::append(&mut conn, now, &actor.label(), "conflict.declared", &member.id, &detail).await?;
    for (assessor, learner) in [(&member.id, &other.id), (&other.id, &member.id)] {
        for panel_id in panels::open_about(&mut conn, assessor, learner).await? {
            leave(app, &mut conn, &actor.label(), &panel_id, assessor, now).await?;
        }
    }
    Ok(conn.commit().await?)
}

/// One's own declarations: whom, and why.
pub async fn declared(app: &App, actor: &Actor) -> Result<Vec<(String, String)>, ActionError> {
    let member = person(actor, Right::SignedIn)?;
    let mut conn = app.db.read().await?;
    let all = conflicts::declared_by(&mut conn, &member.id).await?;
    Ok(all.into_iter().map(|(_, name, reason)| (name, reason)).collect())
}

async fn leave(
    app: &App,
    conn: &mut Conn,
    by: &str,
    panel_id: &str,
    assessor: &str,
    now: Timestamp,
) -> Result<(), ActionError> {
    panels::hold(conn, panel_id).await?;
    // What they proposed together no longer counts.
    if let Some(decision) = decide::proposed(conn, panel_id).await? {
        decide::returned(conn, by, panel_id, &decision.id, (None, LEFT_FOR), now).await?;
    }
    let case = draw::again(conn, panel_id).await?;
    draw::empty_seat(app, conn, by, case, (assessor, LEFT_FOR), now).await
}
