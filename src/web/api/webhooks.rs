//! Where others are told of what happens, over the API: endpoints added, listed and removed, what each was told, and one message sent
//! again.

use super::{
    awards::{private_json, small_json, written},
    query::Query,
};
use crate::{
    actions::webhooks::{self, NewEndpoint},
    domain::{
        actor::Actor,
        webhook::{Delivery, Endpoint},
    },
    web::{Web, error::Failure, finish::Problem, webhooks::place},
};
use axum::{
    Extension,
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, Uri},
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// An endpoint to add.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WebhookRequest {
    pub name: String,
    /// https.
    pub url: String,
    /// `standard` (the default), `slack` or `teams`.
    #[serde(default)]
    pub kind: String,
    /// Such as `award.issued`. A chat needs none.
    #[serde(default)]
    pub events: Vec<String>,
    /// `public` (the default), or `all` for systems of the company's own.
    #[serde(default)]
    pub awards: String,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct WebhookView {
    pub id: String,
    pub name: String,
    pub kind: String,
    /// Without what may be a secret.
    pub url: String,
    pub events: Vec<String>,
    pub awards: String,
    /// Nothing was taken since then.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub failing_since: Option<Timestamp>,
    /// Switched off since then, because it was `asked`, is `gone` (410) or was `failing` for three days.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub off_since: Option<Timestamp>,
    pub off_why: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    /// `whsec_…`: in the answer to adding it, and never again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct WebhookList {
    /// In the order they were added.
    pub webhooks: Vec<WebhookView>,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct DeliveryView {
    /// As in the header `webhook-id`.
    pub id: String,
    pub event: String,
    /// As it was sent, to the letter.
    pub body: String,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    pub attempts: u32,
    /// Absent when it arrived or was given up.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub next_at: Option<Timestamp>,
    #[schema(value_type = Option<String>, format = DateTime)]
    pub delivered_at: Option<Timestamp>,
    /// Of the last attempt, like those below.
    pub status: Option<u16>,
    pub milliseconds: Option<u32>,
    /// How the answer began.
    pub answer: Option<String>,
    pub error: Option<String>,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct DeliveryList {
    /// Newest first, fifty at most.
    pub deliveries: Vec<DeliveryView>,
    /// What to send as `before` for older ones.
    pub next: Option<String>,
}

/// Who is told of what happens.
#[utoipa::path(
    get, path = "/api/v1/webhooks", operation_id = "listWebhooks", tag = "webhooks", security(("token" = ["webhooks"])),
    responses((status = 200, description = "All of them.", body = WebhookList)),
)]
pub async fn list(State(web): State<Arc<Web>>, Extension(actor): Extension<Actor>) -> Result<Response, Failure> {
    let webhooks = webhooks::list(&web.app, &actor).await?.into_iter().map(|one| view(one, None)).collect();
    Ok(private_json(StatusCode::OK, written(&WebhookList { webhooks })?))
}

/// Have an endpoint told of what happens. Messages are signed as Standard Webhooks has it; the secret is in this answer alone.
#[utoipa::path(
    post, path = "/api/v1/webhooks", operation_id = "addWebhook", tag = "webhooks", security(("token" = ["webhooks"])),
    request_body = WebhookRequest,
    responses(
        (status = 201, description = "It is told from now on.", body = WebhookView),
        (status = 409, description = "There are fifty already.", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A field is not right; all of them are named in errors.", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn add(
    State(web): State<Arc<Web>>,
    Extension(actor): Extension<Actor>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Failure> {
    let WebhookRequest { name, url, kind, events, awards } = small_json(&headers, body).await?;
    let new = NewEndpoint { name, url, kind, topics: events, awards };
    let added = webhooks::add(&web.app, &actor, &new).await?;
    let secret = added.secret.map(|secret| secret.to_string());
    Ok(private_json(StatusCode::CREATED, written(&view(added.endpoint, secret))?))
}

/// One endpoint.
#[utoipa::path(
    get, path = "/api/v1/webhooks/{id}", operation_id = "readWebhook", tag = "webhooks", security(("token" = ["webhooks"])),
    params(("id" = String, Path, description = "The endpoint's id.")),
    responses(
        (status = 200, description = "The endpoint.", body = WebhookView),
        (status = 404, description = "There is none.", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn show(
    State(web): State<Arc<Web>>,
    Extension(actor): Extension<Actor>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    Ok(private_json(StatusCode::OK, written(&view(webhooks::show(&web.app, &actor, &id).await?, None))?))
}

/// Tell an endpoint no longer. What it was told goes with it.
#[utoipa::path(
    delete, path = "/api/v1/webhooks/{id}", operation_id = "removeWebhook", tag = "webhooks", security(("token" = ["webhooks"])),
    params(("id" = String, Path, description = "The endpoint's id.")),
    responses(
        (status = 204, description = "It is gone."),
        (status = 404, description = "There is none.", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn remove(
    State(web): State<Arc<Web>>,
    Extension(actor): Extension<Actor>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    webhooks::remove(&web.app, &actor, &id).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// What an endpoint was told in the last thirty days.
#[utoipa::path(
    get, path = "/api/v1/webhooks/{id}/deliveries", operation_id = "listDeliveries", tag = "webhooks", security(("token" = ["webhooks"])),
    params(
        ("id" = String, Path, description = "The endpoint's id."),
        ("before" = Option<String>, Query, description = "`next` of the page before."),
    ),
    responses(
        (status = 200, description = "Fifty at most, newest first.", body = DeliveryList),
        (status = 404, description = "There is no such endpoint.", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn deliveries(
    State(web): State<Arc<Web>>,
    Extension(actor): Extension<Actor>,
    Path(id): Path<String>,
    uri: Uri,
) -> Result<Response, Failure> {
    let query = Query::read(&uri, &["before"])?;
    let before = match query.get("before") {
        Some(text) => Some(place(text).ok_or_else(|| Failure::field("before", "is not what `next` of a page says"))?),
        None => None,
    };
    let before = before.as_ref().map(|(at, id)| (*at, id.as_str()));
    let (page, more) = webhooks::deliveries(&web.app, &actor, &id, before).await?;
    let next = page.last().filter(|_| more).map(|last| format!("{}.{}", last.created_at.as_second(), last.id));
    let deliveries = page.into_iter().map(told).collect();
    Ok(private_json(StatusCode::OK, written(&DeliveryList { deliveries, next })?))
}

/// Send one message again, under its own id and to the letter.
#[utoipa::path(
    post, path = "/api/v1/deliveries/{id}/replay", operation_id = "replayDelivery", tag = "webhooks", security(("token" = ["webhooks"])),
    params(("id" = String, Path, description = "The message's id.")),
    responses(
        (status = 202, description = "It is sent in a moment."),
        (status = 404, description = "There is none.", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Its endpoint is switched off.", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn replay(
    State(web): State<Arc<Web>>,
    Extension(actor): Extension<Actor>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    webhooks::replay(&web.app, &actor, &id).await?;
    Ok(StatusCode::ACCEPTED.into_response())
}

fn view(endpoint: Endpoint, secret: Option<String>) -> WebhookView {
    WebhookView {
        id: endpoint.id,
        name: endpoint.name,
        kind: endpoint.kind.as_str().to_owned(),
        url: endpoint.shown_as,
        events: endpoint.topics.iter().map(|topic| topic.as_str().to_owned()).collect(),
        awards: endpoint.awards.as_str().to_owned(),
        failing_since: endpoint.failing_since,
        off_since: endpoint.off.map(|(at, _)| at),
        off_why: endpoint.off.map(|(_, why)| why.as_str().to_owned()),
        created_at: endpoint.created_at,
        secret,
    }
}

fn told(delivery: Delivery) -> DeliveryView {
    let (status, milliseconds, answer, error) = match delivery.last {
        Some(last) => (last.status, Some(last.millis), Some(last.answer), last.why),
        None => (None, None, None, None),
    };
    DeliveryView {
        id: delivery.id,
        event: delivery.topic.as_str().to_owned(),
        body: delivery.body,
        created_at: delivery.created_at,
        attempts: delivery.attempts,
        next_at: delivery.next_at,
        delivered_at: delivery.delivered_at,
        status,
        milliseconds,
        answer,
        error,
    }
}
