//! Adds, changes and removes endpoints. Every change is in the record; secrets and whole addresses are not.

use super::endpoint;
use crate::{
    actions::{ActionError, App, Conflict, mail, require},
    domain::{
        actor::{Actor, Right, Role},
        field::Faults,
        id::random_id,
        letter::Letter,
        webhook::{Audience, Endpoint, EndpointKind, OVERLAP, OffWhy, Topic},
        webhook_signature::new_secret,
    },
    outside::random::Random,
    store::{Conn, events, roles, webhook_deliveries, webhooks},
};
use jiff::Timestamp;
use serde_json::json;
use url::Url;
use zeroize::Zeroizing;

/// Every event is held against each of them.
const MOST: usize = 50;

/// What is asked for, in words.
#[derive(Clone, Debug, Default)]
pub struct NewEndpoint {
    pub name: String,
    pub url: String,
    /// `standard` where nothing is said.
    pub kind: String,
    /// Such as `award.issued`; a chat celebrates badges and is asked for nothing else.
    pub topics: Vec<String>,
    /// `public` where nothing is said, or `all`.
    pub awards: String,
}

#[derive(Debug)]
pub struct Added {
    pub endpoint: Endpoint,
    /// Shown now and never again; a chat has none.
    pub secret: Option<Zeroizing<String>>,
}

pub async fn add(app: &App, actor: &Actor, new: &NewEndpoint) -> Result<Added, ActionError> {
    require(actor, Right::Webhooks)?;
    let checked = check(app, new)?;
    let now = app.clock.now();
    let secret = (checked.kind == EndpointKind::Standard).then(fresh_secret);
    let endpoint = Endpoint {
        id: app.random.with(random_id),
        kind: checked.kind,
        name: checked.name,
        address: app.vault.seal(&checked.url)?,
        shown_as: checked.shown_as,
        secret: secret.as_ref().map(|secret| app.vault.seal(secret)).transpose()?,
        old_secret: None,
        topics: checked.topics,
        awards: checked.awards,
        failing_since: None,
        off: None,
        created_at: now,
        created_by: actor.label(),
    };
    let mut conn = app.db.write().await?;
    if webhooks::all(&mut conn).await?.len() >= MOST {
        let message = format!("there are {MOST} webhooks already; remove one first");
        return Err(ActionError::conflict(Conflict::TooManyWebhooks, message));
    }
    webhooks::insert(&mut conn, &endpoint).await?;
    let topics: Vec<&str> = endpoint.topics.iter().map(|topic| topic.as_str()).collect();
    let detail = json!({
        "name": endpoint.name, "kind": endpoint.kind.as_str(), "address": endpoint.shown_as,
        "topics": topics, "awards": endpoint.awards.as_str(),
    });
    events::append(&mut conn, now, &actor.label(), "webhook.added", &endpoint.id, &detail).await?;
    conn.commit().await?;
    Ok(Added { endpoint, secret })
}

/// Another secret; the one before signs as well for a day, so that nothing is refused meanwhile.
pub async fn rotate(app: &App, actor: &Actor, id: &str) -> Result<Zeroizing<String>, ActionError> {
    require(actor, Right::Webhooks)?;
    let now = app.clock.now();
    let secret = fresh_secret();
    let sealed = app.vault.seal(&secret)?;
    let mut conn = app.db.write().await?;
    endpoint(&mut conn, id).await?;
    if !webhooks::rotate(&mut conn, id, &sealed, now + OVERLAP).await? {
        let message = format!("the webhook {id} leads to a chat, which has no secret");
        return Err(ActionError::conflict(Conflict::WebhookUnsigned, message));
    }
    events::append(&mut conn, now, &actor.label(), "webhook.rotated", id, &json!({})).await?;
    conn.commit().await?;
    Ok(secret)
}

/// With everything that it was told.
pub async fn remove(app: &App, actor: &Actor, id: &str) -> Result<(), ActionError> {
    require(actor, Right::Webhooks)?;
    let mut conn = app.db.write().await?;
    let known = endpoint(&mut conn, id).await?;
    webhooks::remove(&mut conn, id).await?;
    let detail = json!({"name": known.name});
    events::append(&mut conn, app.clock.now(), &actor.label(), "webhook.removed", id, &detail).await?;
    Ok(conn.commit().await?)
}

/// Nothing is sent or written down for it until it is switched on.
pub async fn switch_off(app: &App, actor: &Actor, id: &str) -> Result<(), ActionError> {
    require(actor, Right::Webhooks)?;
    let mut conn = app.db.write().await?;
    let known = endpoint(&mut conn, id).await?;
    put_off(app, &mut conn, &actor.label(), &known, OffWhy::Asked, app.clock.now()).await?;
    Ok(conn.commit().await?)
}

/// What it did not take before is sent now; how much that is.
pub async fn switch_on(app: &App, actor: &Actor, id: &str) -> Result<u64, ActionError> {
    require(actor, Right::Webhooks)?;
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    endpoint(&mut conn, id).await?;
    if !webhooks::switch_on(&mut conn, id).await? {
        return Ok(0);
    }
    let again = webhook_deliveries::take_up(&mut conn, id, now).await?;
    events::append(&mut conn, now, &actor.label(), "webhook.switched_on", id, &json!({"again": again})).await?;
    conn.commit().await?;
    Ok(again)
}

/// Switches an endpoint off in the caller's transaction. Where nobody asked for it every administrator is written to.
pub(super) async fn put_off(
    app: &App,
    conn: &mut Conn,
    by: &str,
    endpoint: &Endpoint,
    why: OffWhy,
    now: Timestamp,
) -> Result<(), ActionError> {
    if !webhooks::switch_off(conn, &endpoint.id, now, why).await? {
        return Ok(());
    }
    webhook_deliveries::give_up(conn, &endpoint.id).await?;
    events::append(conn, now, by, "webhook.switched_off", &endpoint.id, &json!({"why": why.as_str()})).await?;
    if why == OffWhy::Asked {
        return Ok(());
    }
    // Their role is of no program.
    for administrator in roles::holders(conn, Role::Administrator, "").await? {
        let letter = Letter::new("webhook-off")
            .with("webhook", &endpoint.name)
            .with("address", &endpoint.shown_as)
            .with("why", why.as_str())
            .with("page", format!("{}/admin/webhooks/{}", app.config.base_url, endpoint.id));
        mail::post(app, conn, &administrator, &letter).await?;
    }
    Ok(())
}

struct Checked {
    name: String,
    url: String,
    shown_as: String,
    kind: EndpointKind,
    topics: Vec<Topic>,
    awards: Audience,
}

fn check(app: &App, new: &NewEndpoint) -> Result<Checked, ActionError> {
    let mut faults = Faults::default();
    let name = faults.text("name", &new.name, 100, false);
    let url = new.url.trim().to_owned();
    if let Err(why) = app.fetcher.may_reach(&url) {
        faults.add("url", format!("can't be told: {why}"));
    }
    let kind = said("kind", &new.kind, EndpointKind::Standard, EndpointKind::parse, &mut faults);
    let awards = said("awards", &new.awards, Audience::Public, Audience::parse, &mut faults);
    let mut topics: Vec<Topic> = Vec::new();
    for word in &new.topics {
        let topic = faults.take("topics", Topic::parse(word).and_then(asked));
        topics.extend(topic.filter(|topic| !topics.contains(topic)));
    }
    match kind {
        EndpointKind::Standard if topics.is_empty() && new.topics.is_empty() => {
            faults.add("topics", "are missing: choose at least one");
        }
        EndpointKind::Standard => {}
        EndpointKind::Slack | EndpointKind::Teams => {
            if awards == Audience::All {
                faults.add("awards", "must be public: a chat is told only of badges that everyone may see");
            }
            if topics.is_empty() {
                topics = Topic::choices().filter(|topic| topic.is_celebrated()).collect();
            } else if !topics.iter().all(|topic| topic.is_celebrated()) {
                faults.add("topics", "of a chat are award.issued and award.renewed, and nothing else");
            }
        }
    }
    let shown_as = shown(kind, &url);
    faults.or(Checked { name, url, shown_as, kind, topics, awards }).map_err(ActionError::Invalid)
}

fn said<T>(field: &str, word: &str, usual: T, parse: impl FnOnce(&str) -> Result<T, String>, faults: &mut Faults) -> T {
    match word.trim() {
        "" => usual,
        word => faults.take(field, parse(word)).unwrap_or(usual),
    }
}

fn asked(topic: Topic) -> Result<Topic, String> {
    match topic {
        Topic::Trial => Err("a trial is not asked for: it is sent by hand".to_owned()),
        other => Ok(other),
    }
}

/// Without what may be a secret: whoever knows the whole address of a chat's webhook can write there.
fn shown(kind: EndpointKind, url: &str) -> String {
    let Ok(mut url) = Url::parse(url) else { return String::new() };
    let more = url.query().is_some();
    url.set_query(None);
    url.set_fragment(None);
    match kind {
        EndpointKind::Standard if more => format!("{url}?…"),
        EndpointKind::Standard => url.into(),
        EndpointKind::Slack | EndpointKind::Teams => format!("{}/…", url.origin().ascii_serialization()),
    }
}

/// A secret is never drawn from a seeded generator, whatever else is.
fn fresh_secret() -> Zeroizing<String> {
    Random::System.with(new_secret)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_shown_without_what_may_be_a_secret() {
        let standard = |url| shown(EndpointKind::Standard, url);
        assert_eq!(standard("https://hr.acme.example/hooks"), "https://hr.acme.example/hooks");
        assert_eq!(standard("https://hr.acme.example/hooks?code=s3cret#x"), "https://hr.acme.example/hooks?…");
        let slack = shown(EndpointKind::Slack, "https://hooks.slack.com/services/T0/B0/s3cret");
        assert_eq!(slack, "https://hooks.slack.com/…");
    }
}
