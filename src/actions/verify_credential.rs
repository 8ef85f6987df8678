//! Verifies any verifiable credential of VC Data Model 2.0, for the VC-API. What says that it is a badge is judged as one.

use super::{
    ActionError, App,
    lookup::LookUps,
    verify::{Verification, aside, gather, known_issuers},
};
use crate::{
    credential::verify::{Asked, judge_any, needs_of_any},
    store::issuers,
};
use std::sync::Arc;

/// A document with a proof, or a JWT. Like `verify`, it holds no connection while the judge works.
pub async fn verify_credential(app: &App, document: Vec<u8>) -> Result<Verification, ActionError> {
    let now = app.clock.now();
    let document: Arc<[u8]> = document.into();
    let mut conn = app.db.read().await?;
    let issuers = issuers::all(&mut conn).await?;
    let known = known_issuers(app, &mut conn, &issuers).await?;
    drop(conn);
    let mut look_ups = LookUps::new(&app.fetcher, now);
    let asked_for = known.clone();
    let evidence = gather(&document, Some((app, &issuers)), &mut look_ups, move |document, evidence| {
        needs_of_any(document, evidence, &Asked { known_issuers: &asked_for, ..Asked::default() })
    })
    .await?;
    let judged = move || judge_any(&document, &evidence, now, &Asked { known_issuers: &known, ..Asked::default() });
    Ok(Verification { report: aside(judged).await?, fetched: look_ups.done, refreshed: None })
}
