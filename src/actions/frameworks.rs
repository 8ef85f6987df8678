//! Skill frameworks: read from CASE and kept under a short name, and looked up for the levels that name their items.

use super::{ActionError, App, require};
use crate::{
    domain::{
        actor::{Actor, Right},
        field::Faults,
        framework::{self, Framework},
        id::slug,
        level::Alignment,
        program_file::CheckedLevel,
    },
    store::{
        Conn, events,
        frameworks::{self, Listed},
    },
};
use serde_json::json;

/// Keeps the framework of a CASE package as `id`, in the place of an older one; answers it.
pub async fn import(app: &App, actor: &Actor, id: &str, json: &str) -> Result<Framework, ActionError> {
    require(actor, Right::Operate)?;
    let mut faults = Faults::default();
    faults.take("id", slug(id));
    faults.or(()).map_err(ActionError::Invalid)?;
    let framework = framework::read(json).map_err(ActionError::Invalid)?;
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    frameworks::put(&mut conn, id, &framework, now).await?;
    let detail = json!({"title": framework.title, "uri": framework.uri, "items": framework.items.len()});
    events::append(&mut conn, now, &actor.label(), "framework.imported", id, &detail).await?;
    conn.commit().await?;
    Ok(framework)
}

pub async fn list(app: &App, actor: &Actor) -> Result<Vec<Listed>, ActionError> {
    require(actor, Right::Operate)?;
    Ok(frameworks::all(&mut app.db.read().await?).await?)
}

/// Puts what the levels name as `framework:item` among their skills; every one that is not there is noted by its place.
pub(super) async fn resolve(
    conn: &mut Conn,
    levels: &mut [CheckedLevel],
    faults: &mut Faults,
) -> Result<(), ActionError> {
    for (n, level) in levels.iter_mut().enumerate() {
        for (place, name) in std::mem::take(&mut level.items) {
            let Some((framework, item)) = framework::named(&name) else { continue };
            let mut found = frameworks::find(conn, framework, item).await?;
            let why = match (found.pop(), found.is_empty()) {
                (Some(one), true) => {
                    let skill =
                        Alignment { name: one.name, url: one.uri, framework: Some(one.framework), code: one.code };
                    if let Some(slot) = level.content.alignments.get_mut(place) {
                        *slot = skill;
                    }
                    continue;
                }
                (Some(_), false) => "is the code of several items; name the one by its identifier".to_owned(),
                (None, _) => {
                    format!("“{name}” is no item of a framework that was imported; see `laurel framework list`")
                }
            };
            faults.add(format!("levels[{n}].alignments[{place}].item"), why);
        }
    }
    Ok(())
}
