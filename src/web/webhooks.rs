//! `/admin/webhooks`: where others are told of what happens, what each was told, and one message with what was answered. A secret is
//! shown in the answer that made it, and never again.

use super::{
    Web,
    api::query::Query,
    error::Failure,
    frame::Reader,
    session::{Me, Sent},
    sign_in::Nothing,
    view::{DeliveryPage, TypedWebhook, WebhookPage, WebhooksPage},
};
use crate::{
    actions::{
        ActionError,
        webhooks::{self, Added, NewEndpoint},
    },
    domain::webhook::Topic,
};
use axum::{
    extract::{Path, State},
    http::{Uri, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use jiff::Timestamp;
use std::sync::Arc;

/// `GET /admin/webhooks`.
pub async fn list(State(web): State<Arc<Web>>, me: Me, reader: Reader) -> Result<Response, Failure> {
    // Most want to hear of everything there is.
    let topics = Topic::choices().map(|topic| topic.as_str().to_owned()).collect();
    let typed = TypedWebhook { new: NewEndpoint { topics, ..NewEndpoint::default() }, faults: Vec::new() };
    let page = overview(&web, &me, &reader, typed).await?;
    reader.page(&page, false)
}

/// `POST /admin/webhooks`. The answer is the endpoint's page with its secret on it.
pub async fn add(
    State(web): State<Arc<Web>>,
    parts: Parts,
    Sent { me, form }: Sent<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let new = typed(form);
    let added = webhooks::add(&web.app, &me.actor(), &new).await;
    let reader = Reader::open(&web, &parts).await?;
    match added {
        Ok(Added { endpoint, secret: Some(secret) }) => {
            let page = one(&web, &me, &reader, &endpoint.id, None).await?;
            reader.page(&WebhookPage { secret: Some(secret.to_string()), ..page }, false)
        }
        Ok(Added { endpoint, secret: None }) => Ok(back(&endpoint.id)),
        Err(ActionError::Invalid(faults)) => {
            reader.again(&overview(&web, &me, &reader, TypedWebhook { new, faults }).await?)
        }
        Err(why) => Err(why.into()),
    }
}

/// `GET /admin/webhooks/{id}`.
pub async fn show(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    uri: Uri,
    me: Me,
    reader: Reader,
) -> Result<Response, Failure> {
    let query = Query::read(&uri, &["before"])?;
    let page = one(&web, &me, &reader, &id, query.get("before").and_then(place)).await?;
    reader.page(&page, false)
}

/// `POST /admin/webhooks/{id}/rotate`. The answer is the page with the new secret on it.
pub async fn rotate(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    parts: Parts,
    Sent { me, .. }: Sent<Nothing>,
) -> Result<Response, Failure> {
    let secret = webhooks::rotate(&web.app, &me.actor(), &id).await?;
    let reader = Reader::open(&web, &parts).await?;
    let page = one(&web, &me, &reader, &id, None).await?;
    reader.page(&WebhookPage { secret: Some(secret.to_string()), ..page }, false)
}

/// `POST /admin/webhooks/{id}/try`.
pub async fn try_out(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    Sent { me, .. }: Sent<Nothing>,
) -> Result<Response, Failure> {
    webhooks::try_out(&web.app, &me.actor(), &id).await?;
    Ok(back(&id))
}

/// `POST /admin/webhooks/{id}/off`.
pub async fn switch_off(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    Sent { me, .. }: Sent<Nothing>,
) -> Result<Response, Failure> {
    webhooks::switch_off(&web.app, &me.actor(), &id).await?;
    Ok(back(&id))
}

/// `POST /admin/webhooks/{id}/on`.
pub async fn switch_on(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    Sent { me, .. }: Sent<Nothing>,
) -> Result<Response, Failure> {
    webhooks::switch_on(&web.app, &me.actor(), &id).await?;
    Ok(back(&id))
}

/// `POST /admin/webhooks/{id}/remove`.
pub async fn remove(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    Sent { me, .. }: Sent<Nothing>,
) -> Result<Response, Failure> {
    webhooks::remove(&web.app, &me.actor(), &id).await?;
    Ok(Redirect::to("/admin/webhooks").into_response())
}

/// `GET /admin/deliveries/{id}`.
pub async fn delivery(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    me: Me,
    reader: Reader,
) -> Result<Response, Failure> {
    let (endpoint, delivery) = webhooks::delivery(&web.app, &me.actor(), &id).await?;
    reader.page(&DeliveryPage { site: reader.site.clone(), endpoint, delivery }, false)
}

/// `POST /admin/deliveries/{id}/replay`.
pub async fn replay(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    Sent { me, .. }: Sent<Nothing>,
) -> Result<Response, Failure> {
    webhooks::replay(&web.app, &me.actor(), &id).await?;
    Ok(Redirect::to(&format!("/admin/deliveries/{id}")).into_response())
}

/// A place in the list of what was told, as a link to older ones names it.
pub(super) fn place(text: &str) -> Option<(Timestamp, String)> {
    let (seconds, id) = text.split_once('.')?;
    let at = Timestamp::from_second(seconds.parse().ok()?).ok()?;
    let plain = id.bytes().all(|byte| byte.is_ascii_alphanumeric());
    plain.then(|| (at, id.to_owned()))
}

fn back(id: &str) -> Response {
    Redirect::to(&format!("/admin/webhooks/{id}")).into_response()
}

/// A topic comes once for each that was chosen. No field holds a control character, and PostgreSQL would not even take a null.
fn typed(form: Vec<(String, String)>) -> NewEndpoint {
    let mut new = NewEndpoint::default();
    for (field, value) in form {
        match field.as_str() {
            "name" => new.name = value,
            "url" => new.url = value,
            "kind" => new.kind = value,
            "awards" => new.awards = value,
            "topic" => new.topics.push(value),
            _ => {}
        }
    }
    // A chat celebrates badges; the choice of events is not for it.
    if !matches!(new.kind.as_str(), "" | "standard") {
        new.topics.clear();
    }
    new
}

async fn overview(web: &Web, me: &Me, reader: &Reader, typed: TypedWebhook) -> Result<WebhooksPage, Failure> {
    let endpoints = webhooks::list(&web.app, &me.actor()).await?;
    Ok(WebhooksPage { site: reader.site.clone(), endpoints, typed })
}

async fn one(
    web: &Web,
    me: &Me,
    reader: &Reader,
    id: &str,
    before: Option<(Timestamp, String)>,
) -> Result<WebhookPage, Failure> {
    let endpoint = webhooks::show(&web.app, &me.actor(), id).await?;
    let before = before.as_ref().map(|(at, id)| (*at, id.as_str()));
    let (deliveries, more) = webhooks::deliveries(&web.app, &me.actor(), id, before).await?;
    let older = deliveries.last().filter(|_| more).map(|last| format!("{}.{}", last.created_at.as_second(), last.id));
    Ok(WebhookPage { site: reader.site.clone(), endpoint, deliveries, older, secret: None })
}
