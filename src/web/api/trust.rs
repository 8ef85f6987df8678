//! The list of trusted issuers over the API: read, add, change, remove. An issuer's identifier is the last part of the address,
//! percent-encoded, since it may hold slashes.

use super::awards::{private_json, small_json, written};
use crate::{
    actions::trust::{self, TrustView},
    domain::{actor::Actor, trust::TrustRequest},
    web::{Web, error::Failure, finish::Problem},
};
use axum::{
    Extension,
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use std::sync::Arc;

/// The whole list.
#[derive(Serialize, utoipa::ToSchema)]
pub struct TrustList {
    /// Those of the configuration first, then in the order they were added.
    pub trusted_issuers: Vec<TrustView>,
}

/// Whom this service trusts.
#[utoipa::path(
    get, path = "/api/v1/trusted-issuers", operation_id = "listTrustedIssuers", tag = "trust", security(("token" = ["trust"])),
    responses((status = 200, description = "All of them.", body = TrustList)),
)]
pub async fn list(State(web): State<Arc<Web>>, Extension(actor): Extension<Actor>) -> Result<Response, Failure> {
    let trusted_issuers = trust::list(&web.app, &actor).await?;
    Ok(private_json(StatusCode::OK, written(&TrustList { trusted_issuers })?))
}

/// One trusted issuer.
#[utoipa::path(
    get, path = "/api/v1/trusted-issuers/{id}", operation_id = "readTrustedIssuer", tag = "trust", security(("token" = ["trust"])),
    params(("id" = String, Path, description = "As in `issuer.id`, percent-encoded: `did%3Aweb%3Abadges.example.com`.")),
    responses(
        (status = 200, description = "The issuer.", body = TrustView),
        (status = 404, description = "It is not on the list.", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn show(
    State(web): State<Arc<Web>>,
    Extension(actor): Extension<Actor>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    Ok(private_json(StatusCode::OK, written(&trust::read(&web.app, &actor, &id).await?)?))
}

/// Trust an issuer, or change what is said of it. Counts from the next verification.
#[utoipa::path(
    put, path = "/api/v1/trusted-issuers/{id}", operation_id = "trustIssuer", tag = "trust", security(("token" = ["trust"])),
    params(("id" = String, Path, description = "As in `issuer.id`, percent-encoded.")),
    request_body = TrustRequest,
    responses(
        (status = 200, description = "It was on the list, and is now as sent.", body = TrustView),
        (status = 201, description = "It is now on the list.", body = TrustView),
        (status = 409, description = "It stands in the configuration, and is changed there.", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A field is not right; all of them are named in errors.", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn put(
    State(web): State<Arc<Web>>,
    Extension(actor): Extension<Actor>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Failure> {
    let request: TrustRequest = small_json(&headers, body).await?;
    let (view, is_new) = trust::trust(&web.app, &actor, &id, request).await?;
    Ok(private_json(if is_new { StatusCode::CREATED } else { StatusCode::OK }, written(&view)?))
}

/// Trust an issuer no longer. Counts from the next verification.
#[utoipa::path(
    delete, path = "/api/v1/trusted-issuers/{id}", operation_id = "distrustIssuer", tag = "trust", security(("token" = ["trust"])),
    params(("id" = String, Path, description = "As in `issuer.id`, percent-encoded.")),
    responses(
        (status = 204, description = "It is no longer on the list."),
        (status = 404, description = "It was not on the list.", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "It stands in the configuration, and is removed there.", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn remove(
    State(web): State<Arc<Web>>,
    Extension(actor): Extension<Actor>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    trust::distrust(&web.app, &actor, &id).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
