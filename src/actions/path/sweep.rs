//! Bytes of evidence that nobody needs: removed with the evidence that held them, and by a job where a file never came to its end or the
//! machine stopped halfway.

use super::ActionError;
use crate::{
    actions::App,
    domain::evidence::Evidence,
    store::{Conn, events, evidence, stray_objects},
};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

/// So long a file may take to arrive.
pub const PATIENCE: SignedDuration = SignedDuration::from_hours(7 * 24);
/// So long an object may lie there that no file holds: no part takes as long.
const STRAY: SignedDuration = SignedDuration::from_hours(24);
/// Removed in one go.
const AT_ONCE: u32 = 50;

/// Whether there is something for [`sweep`] to do.
pub async fn is_due(app: &App) -> Result<bool, ActionError> {
    let now = app.clock.now();
    let mut conn = app.db.read().await?;
    let unfinished = evidence::unfinished(&mut conn, before(now, PATIENCE)?, 1).await?;
    Ok(!unfinished.is_empty() || !stray_objects::before(&mut conn, before(now, STRAY)?, 1).await?.is_empty())
}

/// Removes files that were begun a week ago and never came whole, and objects that no file has held for a day.
pub async fn sweep(app: &App) -> Result<(), ActionError> {
    let now = app.clock.now();
    let mut conn = app.db.read().await?;
    let unfinished = evidence::unfinished(&mut conn, before(now, PATIENCE)?, AT_ONCE).await?;
    let strays = stray_objects::before(&mut conn, before(now, STRAY)?, AT_ONCE).await?;
    drop(conn);
    for id in unfinished {
        let mut conn = app.db.write().await?;
        if let Some(file) = evidence::get(&mut conn, &id).await?.filter(|file| !file.is_whole()) {
            discard(app, conn, "laurel", &file).await?;
        }
    }
    drop_objects(app, strays).await
}

/// Removes evidence and commits, then the bytes that nothing holds any more. What can't be removed now is swept later.
pub(super) async fn discard(app: &App, mut conn: Conn, by: &str, evidence: &Evidence) -> Result<(), ActionError> {
    let now = app.clock.now();
    let objects = evidence::remove(&mut conn, &evidence.id, now).await?;
    let detail = json!({"evidence": evidence.id, "kind": evidence.body.kind()});
    events::append(&mut conn, now, by, "evidence.removed", &evidence.submission_id, &detail).await?;
    conn.commit().await?;
    if let Err(why) = drop_objects(app, objects).await {
        tracing::warn!("objects of evidence could not be removed yet: {why}");
    }
    Ok(())
}

/// Removes objects that nothing holds, each of which is written down as stray.
pub(in crate::actions) async fn drop_objects(app: &App, objects: Vec<String>) -> Result<(), ActionError> {
    for object in objects {
        app.depot.remove(&object).await?;
        let mut conn = app.db.write().await?;
        stray_objects::remove(&mut conn, &object).await?;
        conn.commit().await?;
    }
    Ok(())
}

fn before(now: Timestamp, long: SignedDuration) -> Result<Timestamp, ActionError> {
    now.checked_sub(long).map_err(ActionError::internal)
}
