//! Awards over the API: give, read, revoke, suspend, renew.
//!
//! `POST /api/v1/awards` takes one award, `{"awards": […]}`, or a CSV of recipients; all of a JSON call or none of it.
//! With an Idempotency-Key the same call can be sent again: it is done once and answered the same.

use super::{input, query::Query};
use crate::{
    actions::{
        ActionError, App,
        award_view::AwardView,
        issue::{self, Batch, IdempotencyKey, IssuedBody},
        issue_csv::{self, CsvReport},
        renew::{self, RenewRequest},
        revoke, suspend,
    },
    domain::{actor::Actor, digesting::sha256, recipient::AwardRequest},
    store::{
        awards::{self, Cursor},
        shown::{self, ShownAward},
    },
    web::{
        Web, body,
        caching::{self, Keep},
        error::Failure,
        finish::Problem,
        frame,
    },
};
use axum::{
    Extension,
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, HeaderName, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::sync::Arc;

/// One award, or several. Which one is meant is told by the member `awards`, so that a fault is named in the right one.
#[derive(Serialize, utoipa::ToSchema)]
#[serde(untagged)]
pub enum GiveRequest {
    One(Box<AwardRequest>),
    Many(AwardsRequest),
}

/// Several awards in one call.
#[derive(Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AwardsRequest {
    /// 1 to 1,000.
    pub awards: Vec<AwardRequest>,
}

#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TakeBackRequest {
    /// Why, for the record; of a suspension for the holder too. Everyone sees it only where the issuer shows reasons.
    pub reason: String,
}

/// One page of the record.
#[derive(Serialize, utoipa::ToSchema)]
pub struct AwardPage {
    /// Newest first.
    pub awards: Vec<AwardView>,
    /// What to send as `after` for the next page; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// Give awards.
#[utoipa::path(
    post, path = "/api/v1/awards", operation_id = "giveAwards", tag = "awards", security(("token" = ["issue"])),
    params(
        ("Idempotency-Key" = Option<String>, Header, description = "1 to 255 visible ASCII characters. The same key and body are done once and answered the same; the same key with another body is refused."),
        ("dry_run" = Option<bool>, Query, description = "For a CSV: only check it and report."),
    ),
    request_body(content(
        (GiveRequest = "application/json"),
        (String = "text/csv"),
    ), description = "One award, several as {\"awards\": […]}, or a CSV with the columns name, email and level."),
    responses(
        (status = 201, description = "The awards, in the order they were asked for; for one, Location is its badge. For a CSV its report, as with 200.", body = IssuedBody),
        (status = 200, description = "For a CSV that was only checked, or gave nothing: what became of every row, with its line and reason.", body = CsvReport),
        (status = 409, description = "A person holds a current award of the level.", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A field is not right; all of them are named in errors.", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn create(
    State(web): State<Arc<Web>>,
    Extension(actor): Extension<Actor>,
    uri: Uri,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Failure> {
    const TAKEN: &str = "application/json or text/csv";
    let query = Query::read(&uri, &["dry_run"])?;
    let media_type = input::media_type(&headers);
    match media_type.as_str() {
        "application/json" => {
            if query.get("dry_run").is_some() {
                return Err(Failure::field("dry_run", "is for a CSV only"));
            }
            let bytes = body::read(body, body::AWARDS_LIMIT).await?;
            let key = idempotency_key(&headers, &bytes)?;
            let batch = batch(input::document(&bytes, body::AWARDS_LIMIT)?)?;
            let outcome = issue::issue(&web.app, &actor, batch, key).await?;
            let mut response = private_json(StatusCode::CREATED, outcome.response);
            if let [only] = outcome.body.awards.as_slice() {
                caching::set(&mut response, header::LOCATION, &only.badge_url);
            }
            Ok(response)
        }
        "text/csv" => {
            let dry_run = query.flag("dry_run")?;
            let bytes = body::read(body, body::AWARDS_LIMIT).await?;
            let key = idempotency_key(&headers, &bytes)?;
            let outcome = issue_csv::issue_csv(&web.app, &actor, &bytes, dry_run, key).await?;
            Ok(private_json(
                if outcome.body.issued > 0 && !dry_run { StatusCode::CREATED } else { StatusCode::OK },
                outcome.response,
            ))
        }
        other => Err(input::unsupported(other, TAKEN)),
    }
}

/// The record, newest first. An award whose suspension is lifted is signed anew, and comes first again.
#[utoipa::path(
    get, path = "/api/v1/awards", operation_id = "listAwards", tag = "awards", security(("token" = ["read"])),
    params(
        ("after" = Option<String>, Query, description = "The `next` of the page before."),
        ("limit" = Option<u32>, Query, description = "1 to 100; 50 when absent."),
    ),
    responses((status = 200, description = "One page.", body = AwardPage)),
)]
pub async fn list(State(web): State<Arc<Web>>, uri: Uri) -> Result<Response, Failure> {
    let query = Query::read(&uri, &["after", "limit"])?;
    let after = query
        .get("after")
        .map(|text| {
            Cursor::parse(text).ok_or_else(|| Failure::field("after", "is not the `next` of a page of this list"))
        })
        .transpose()?;
    let limit = match query.get("limit").map(str::parse::<u32>) {
        None => 50,
        Some(Ok(limit @ 1..=100)) => limit,
        Some(_) => return Err(Failure::field("limit", "is not a number from 1 to 100")),
    };
    let mut conn = web.app.db.read().await?;
    let mut found = shown::shown_page(&mut conn, after.as_ref(), limit + 1).await?;
    let more = found.len() > limit as usize;
    found.truncate(limit as usize);
    let next = found.last().filter(|_| more).map(|last| Cursor::of(&last.award).to_string());
    Ok(private_json(
        StatusCode::OK,
        written(&AwardPage { awards: found.iter().map(|shown| view(&web.app, shown)).collect(), next })?,
    ))
}

/// One award.
#[utoipa::path(
    get, path = "/api/v1/awards/{id}", operation_id = "readAward", tag = "awards", security(("token" = ["read"])),
    params(("id" = String, Path)),
    responses(
        (status = 200, description = "The award.", body = AwardView),
        (status = 404, description = "There is no such award.", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn show(State(web): State<Arc<Web>>, Path(id): Path<String>) -> Result<Response, Failure> {
    let found = awards::get(&mut web.app.db.read().await?, &id).await?;
    if found.is_some_and(|award| award.is_erased()) {
        return Err(Failure::gone());
    }
    let award = read(&web.app, &id).await?;
    Ok(private_json(StatusCode::OK, written(&award)?))
}

/// Revoke an award, for ever.
#[utoipa::path(
    post, path = "/api/v1/awards/{id}/revoke", operation_id = "revokeAward", tag = "awards", security(("token" = ["revoke"])),
    params(("id" = String, Path)),
    request_body = TakeBackRequest,
    responses(
        (status = 200, description = "The award, now revoked. Its status list shows it already.", body = AwardView),
        (status = 409, description = "It was revoked before.", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn revoke(
    State(web): State<Arc<Web>>,
    Extension(actor): Extension<Actor>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Failure> {
    let request: TakeBackRequest = small_json(&headers, body).await?;
    revoke::revoke(&web.app, &actor, &id, &request.reason).await?;
    Ok(private_json(StatusCode::OK, written(&read(&web.app, &id).await?)?))
}

/// Suspend an award until that is lifted.
#[utoipa::path(
    post, path = "/api/v1/awards/{id}/suspend", operation_id = "suspendAward", tag = "awards", security(("token" = ["revoke"])),
    params(("id" = String, Path)),
    request_body = TakeBackRequest,
    responses(
        (status = 200, description = "The award, now suspended. Its status list shows its credential as revoked already.", body = AwardView),
        (status = 409, description = "It is suspended already, or was revoked, renewed, or has ended; the detail says which.", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn suspend(
    State(web): State<Arc<Web>>,
    Extension(actor): Extension<Actor>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Failure> {
    let request: TakeBackRequest = small_json(&headers, body).await?;
    suspend::suspend(&web.app, &actor, &id, &request.reason).await?;
    Ok(private_json(StatusCode::OK, written(&read(&web.app, &id).await?)?))
}

/// Lift a suspension: the award has a newer version of its credential, under the same id.
#[utoipa::path(
    post, path = "/api/v1/awards/{id}/resume", operation_id = "resumeAward", tag = "awards", security(("token" = ["revoke"])),
    params(("id" = String, Path)),
    responses(
        (status = 200, description = "The award as it stands now. What was taken along of its credential before stays revoked.", body = AwardView),
        (status = 409, description = "It is not suspended.", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn resume(
    State(web): State<Arc<Web>>,
    Extension(actor): Extension<Actor>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    suspend::resume(&web.app, &actor, &id).await?;
    Ok(private_json(StatusCode::OK, written(&read(&web.app, &id).await?)?))
}

/// Renew an award: a new one in the same certification.
#[utoipa::path(
    post, path = "/api/v1/awards/{id}/renew", operation_id = "renewAward", tag = "awards", security(("token" = ["issue"])),
    params(("id" = String, Path)),
    request_body = RenewRequest,
    responses(
        (status = 201, description = "The new award. Location is its badge.", body = AwardView),
        (status = 409, description = "It can't be renewed as things stand; the detail says why.", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn renew(
    State(web): State<Arc<Web>>,
    Extension(actor): Extension<Actor>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Failure> {
    let request: RenewRequest = small_json(&headers, body).await?;
    let award = renew::renew(&web.app, &actor, &id, &request).await?;
    let mut response = private_json(StatusCode::CREATED, written(&award)?);
    caching::set(&mut response, header::LOCATION, &award.badge_url);
    Ok(response)
}

fn batch(document: Value) -> Result<Batch, Failure> {
    let request = match document.get("awards") {
        Some(_) => GiveRequest::Many(input::typed(document)?),
        None => GiveRequest::One(Box::new(input::typed(document)?)),
    };
    Ok(match request {
        GiveRequest::One(award) => Batch::One(award),
        GiveRequest::Many(several) => Batch::Many(several.awards),
    })
}

async fn read(app: &App, id: &str) -> Result<AwardView, Failure> {
    let mut conn = app.db.read().await?;
    let found = shown::shown(&mut conn, id).await?;
    Ok(view(app, &found.ok_or_else(|| ActionError::not_found("award", id))?))
}

fn view(app: &App, shown: &ShownAward) -> AwardView {
    let (now, zone) = (app.clock.now(), shown.issuer.zone());
    AwardView::of(&shown.award, &shown.person, &shown.level.content, app.urls(), now, &zone)
}

/// An empty body counts as `{}`, for calls that need nothing said.
pub(super) async fn small_json<T: serde::de::DeserializeOwned>(headers: &HeaderMap, body: Body) -> Result<T, Failure> {
    let bytes = body::read(body, body::SMALL_LIMIT).await?;
    let media_type = input::media_type(headers);
    if bytes.is_empty() && media_type.is_empty() {
        return input::typed(Value::Object(Default::default()));
    }
    if media_type != "application/json" {
        return Err(input::unsupported(&media_type, "application/json"));
    }
    input::typed(input::document(&bytes, body::SMALL_LIMIT)?)
}

pub(super) fn idempotency_key(headers: &HeaderMap, body: &[u8]) -> Result<Option<IdempotencyKey>, Failure> {
    let name = HeaderName::from_static("idempotency-key");
    if !headers.contains_key(&name) {
        return Ok(None);
    }
    let key = frame::header(headers, name)
        .filter(|key| (1..=255).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic()))
        .ok_or_else(|| Failure::field("Idempotency-Key", "must be 1 to 255 visible ASCII characters"))?;
    let body_hash = sha256(body);
    Ok(Some(IdempotencyKey { key: key.to_owned(), body_hash }))
}

pub(super) fn written(body: &impl Serialize) -> Result<String, Failure> {
    serde_json::to_string(body).map_err(|why| Failure::internal(&why))
}

/// The record is for whoever holds the token, and is kept by nobody.
pub(super) fn private_json(status: StatusCode, body: String) -> Response {
    let mut response = (status, body).into_response();
    caching::set(&mut response, header::CONTENT_TYPE, "application/json");
    caching::set(&mut response, header::CACHE_CONTROL, &Keep::Never.directives());
    response
}
