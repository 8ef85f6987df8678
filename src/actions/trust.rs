//! The list of issuers elsewhere whom this service trusts: those of the configuration, and those of the record, which can be added and
//! removed while the service runs. Where both name one, the configuration counts (decision 0029).

use super::{ActionError, App, Conflict, require};
use crate::{
    credential::verify::KnownIssuer,
    domain::{
        actor::{Actor, Right},
        trust::{TrustRequest, TrustedIssuer},
    },
    store::{
        Conn, events,
        trusted_issuers::{self, Added},
    },
};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

/// All of them are read for every verification.
const MOST: usize = 1_000;

/// One issuer on the list, as it is told.
#[derive(Serialize, Clone, Debug, PartialEq, ToSchema)]
pub struct TrustView {
    /// As in `issuer.id` of its badges.
    pub id: String,
    /// What it is called here.
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Issuers whose status lists it may sign in their place.
    pub signs_status_for: Vec<String>,
    pub kept_in: KeptIn,
    /// Absent for those of the configuration.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub added_at: Option<Timestamp>,
    /// `operator`, or `token:` and the token's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub added_by: Option<String>,
}

#[derive(Serialize, Clone, Copy, Debug, PartialEq, Eq, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum KeptIn {
    /// `laurel.toml`: it is changed there and nowhere else.
    Configuration,
    Record,
}

/// Everyone on the list: the configuration's first, then in the order they were added.
pub async fn list(app: &App, actor: &Actor) -> Result<Vec<TrustView>, ActionError> {
    require(actor, Right::Trust)?;
    let added = trusted_issuers::all(&mut app.db.read().await?).await?;
    let configured = app.config.trusted_issuers.iter();
    let added = added.into_iter().filter(|added| configured_one(app, &added.entry.id).is_none());
    Ok(configured.map(configured_view).chain(added.map(added_view)).collect())
}

pub async fn read(app: &App, actor: &Actor, id: &str) -> Result<TrustView, ActionError> {
    require(actor, Right::Trust)?;
    if let Some(entry) = configured_one(app, id) {
        return Ok(configured_view(entry));
    }
    let added = trusted_issuers::get(&mut app.db.read().await?, id).await?;
    added.map(added_view).ok_or_else(|| ActionError::not_found("trusted issuer", id))
}

/// Trusts an issuer from now on, or changes what is said of one. True when it is new on the list.
pub async fn trust(app: &App, actor: &Actor, id: &str, said: TrustRequest) -> Result<(TrustView, bool), ActionError> {
    require(actor, Right::Trust)?;
    let entry = TrustedIssuer::checked(id, said).map_err(ActionError::Invalid)?;
    not_configured(app, id)?;
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let known = trusted_issuers::get(&mut conn, id).await?;
    if known.is_none() && trusted_issuers::all(&mut conn).await?.len() >= MOST {
        return Err(ActionError::conflict(
            Conflict::TooManyTrusted,
            format!("{MOST} issuers are trusted already; remove one first"),
        ));
    }
    let is_new = known.is_none();
    let (at, by) = known.map_or_else(|| (now, actor.label()), |known| (known.at, known.by));
    let added = Added { entry, at, by };
    trusted_issuers::put(&mut conn, &added).await?;
    let TrustedIssuer { name, note, signs_status_for, .. } = &added.entry;
    let detail = json!({"name": name, "note": note, "signs_status_for": signs_status_for});
    let verb = if is_new { "trusted_issuer.added" } else { "trusted_issuer.changed" };
    events::append(&mut conn, now, &actor.label(), verb, id, &detail).await?;
    conn.commit().await?;
    Ok((added_view(added), is_new))
}

/// From now on it is an issuer like any other.
pub async fn distrust(app: &App, actor: &Actor, id: &str) -> Result<(), ActionError> {
    require(actor, Right::Trust)?;
    not_configured(app, id)?;
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    if !trusted_issuers::remove(&mut conn, id).await? {
        return Err(ActionError::not_found("trusted issuer", id));
    }
    events::append(&mut conn, now, &actor.label(), "trusted_issuer.removed", id, &json!({})).await?;
    Ok(conn.commit().await?)
}

/// Whom a verification takes for known beside this deployment's own issuers.
pub(super) async fn known(app: &App, conn: &mut Conn) -> Result<Vec<KnownIssuer>, ActionError> {
    let added = trusted_issuers::all(conn).await?;
    let added = added.iter().map(|added| &added.entry).filter(|entry| configured_one(app, &entry.id).is_none());
    Ok(app.config.trusted_issuers.iter().chain(added).map(TrustedIssuer::known).collect())
}

fn configured_one<'a>(app: &'a App, id: &str) -> Option<&'a TrustedIssuer> {
    app.config.trusted_issuers.iter().find(|entry| entry.id == id)
}

fn not_configured(app: &App, id: &str) -> Result<(), ActionError> {
    match configured_one(app, id) {
        None => Ok(()),
        Some(_) => Err(ActionError::conflict(
            Conflict::InConfiguration,
            format!("{id} stands in laurel.toml, under trusted_issuers; change it there and start the service again"),
        )),
    }
}

fn configured_view(entry: &TrustedIssuer) -> TrustView {
    view(entry.clone(), KeptIn::Configuration, None)
}

fn added_view(added: Added) -> TrustView {
    view(added.entry, KeptIn::Record, Some((added.at, added.by)))
}

fn view(entry: TrustedIssuer, kept_in: KeptIn, origin: Option<(Timestamp, String)>) -> TrustView {
    let TrustedIssuer { id, name, note, signs_status_for } = entry;
    let (added_at, added_by) = origin.unzip();
    TrustView { id, name, note, signs_status_for, kept_in, added_at, added_by }
}
