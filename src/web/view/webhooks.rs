//! Where others are told of what happens, for administrators.

use askama::Template;
use std::borrow::Cow;

use super::Site;
use crate::actions::webhooks::NewEndpoint;
use crate::domain::field::FieldError;
use crate::domain::webhook::{Attempt, Audience, Delivery, Endpoint, EndpointKind, OffWhy, Topic};
use crate::web::text::Text;

#[derive(Template)]
#[template(path = "webhooks.html")]
pub struct WebhooksPage {
    pub site: Site,
    /// In the order they were added.
    pub endpoints: Vec<Endpoint>,
    pub typed: TypedWebhook,
}

/// What was typed into the form, and what is wrong with it.
pub struct TypedWebhook {
    pub new: NewEndpoint,
    pub faults: Vec<FieldError>,
}

#[derive(Template)]
#[template(path = "webhook.html")]
pub struct WebhookPage {
    pub site: Site,
    pub endpoint: Endpoint,
    /// Newest first.
    pub deliveries: Vec<Delivery>,
    /// Where older ones begin.
    pub older: Option<String>,
    /// Shown in this answer alone.
    pub secret: Option<String>,
}

#[derive(Template)]
#[template(path = "delivery.html")]
pub struct DeliveryPage {
    pub site: Site,
    pub endpoint: Endpoint,
    pub delivery: Delivery,
}

impl WebhooksPage {
    fn kinds(&self) -> Vec<(&'static str, Cow<'static, str>)> {
        EndpointKind::ALL.iter().map(|one| (one.as_str(), kind(one, &self.site.text))).collect()
    }

    /// Word, what it says, and whether it is chosen.
    fn topics(&self) -> Vec<(&'static str, Cow<'static, str>, bool)> {
        let chosen = |topic: Topic| self.typed.new.topics.iter().any(|word| word == topic.as_str());
        Topic::choices().map(|one| (one.as_str(), topic(&one, &self.site.text), chosen(one))).collect()
    }

    /// What to change, in the reader's words.
    fn fault(&self, field: &str) -> Option<Cow<'static, str>> {
        let t = &self.site.text;
        let fault = self.typed.faults.iter().find(|fault| fault.field == field)?;
        Some(match fault.field.as_str() {
            "name" => t.get("webhook-fault-name"),
            "url" => t.get("webhook-fault-url"),
            "kind" => t.get("webhook-fault-kind"),
            "topics" => t.get("webhook-fault-topics"),
            _ => t.get("webhook-fault-awards"),
        })
    }
}

impl WebhookPage {
    fn audience(&self) -> Cow<'static, str> {
        let t = &self.site.text;
        match self.endpoint.awards {
            Audience::Public => t.get("webhook-awards-public"),
            Audience::All => t.get("webhook-awards-all"),
        }
    }

    fn topics(&self) -> Vec<Cow<'static, str>> {
        self.endpoint.topics.iter().map(|one| topic(one, &self.site.text)).collect()
    }
}

impl DeliveryPage {
    /// The body with its lines broken, where that is JSON.
    fn body(&self) -> String {
        let read = serde_json::from_str::<serde_json::Value>(&self.delivery.body);
        read.and_then(|body| serde_json::to_string_pretty(&body)).unwrap_or_else(|_| self.delivery.body.clone())
    }
}

/// What stands at an endpoint.
pub(super) fn kind(kind: &EndpointKind, t: &Text) -> Cow<'static, str> {
    match kind {
        EndpointKind::Standard => t.get("webhook-kind-standard"),
        EndpointKind::Slack => t.get("webhook-kind-slack"),
        EndpointKind::Teams => t.get("webhook-kind-teams"),
    }
}

/// What is told of.
pub(super) fn topic(topic: &Topic, t: &Text) -> Cow<'static, str> {
    match topic {
        Topic::AwardIssued => t.get("webhook-topic-issued"),
        Topic::AwardRenewed => t.get("webhook-topic-renewed"),
        Topic::AwardRevoked => t.get("webhook-topic-revoked"),
        Topic::AwardSuspended => t.get("webhook-topic-suspended"),
        Topic::AwardResumed => t.get("webhook-topic-resumed"),
        Topic::AwardRestored => t.get("webhook-topic-restored"),
        Topic::AwardExpired => t.get("webhook-topic-expired"),
        Topic::AwardShown => t.get("webhook-topic-shown"),
        Topic::AwardErased => t.get("webhook-topic-erased"),
        Topic::ProgramPublished => t.get("webhook-topic-published"),
        Topic::Trial => t.get("webhook-topic-trial"),
    }
}

/// How an endpoint stands: tone and words.
pub(super) fn stands(endpoint: &Endpoint, site: &Site) -> (&'static str, Cow<'static, str>) {
    let t = &site.text;
    match (endpoint.off, endpoint.failing_since) {
        (Some((at, OffWhy::Asked)), _) => ("unknown", t.with("webhook-off-asked", "moment", site.moment(&at))),
        (Some((at, OffWhy::Gone)), _) => ("invalid", t.with("webhook-off-gone", "moment", site.moment(&at))),
        (Some((at, OffWhy::Failing)), _) => ("invalid", t.with("webhook-off-failing", "moment", site.moment(&at))),
        (None, Some(at)) => ("attention", t.with("webhook-failing", "moment", site.moment(&at))),
        (None, None) => ("valid", t.get("webhook-on")),
    }
}

/// How a message stands: tone and words.
pub(super) fn came_to(delivery: &Delivery, site: &Site) -> (&'static str, Cow<'static, str>) {
    let t = &site.text;
    match (delivery.delivered_at, delivery.next_at) {
        (Some(at), None) => ("valid", t.with("delivery-arrived", "moment", site.moment(&at))),
        (_, Some(_)) if delivery.last.is_none() => ("unknown", t.get("delivery-waits")),
        (_, Some(at)) => ("attention", t.with("delivery-again", "moment", site.moment(&at))),
        (None, None) => ("invalid", t.get("delivery-given-up")),
    }
}

/// What came of an attempt.
pub(super) fn outcome(attempt: &Attempt, t: &Text) -> Cow<'static, str> {
    match (attempt.status, &attempt.why) {
        (Some(status), _) => t.with2("delivery-status", "status", status.to_string(), "millis", attempt.millis),
        (None, why) => t.with("delivery-no-answer", "why", why.as_deref().unwrap_or_default()),
    }
}
