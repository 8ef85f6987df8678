//! Endorsements over the API: give and revoke.

use super::{
    awards::{TakeBackRequest, idempotency_key, private_json, small_json, written},
    input,
};
use crate::{
    actions::{
        endorse::{self, EndorsementView},
        revoke::revoke_endorsement,
    },
    domain::{actor::Actor, endorsement::EndorsementRequest},
    web::{Web, body, caching, error::Failure, finish::Problem},
};
use axum::{
    Extension,
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::Response,
};
use std::sync::Arc;

/// Endorse a badge, an achievement, or anyone or anything else with an identifier.
#[utoipa::path(
    post, path = "/api/v1/endorsements", operation_id = "endorse", tag = "endorsements", security(("token" = ["issue"])),
    params(("Idempotency-Key" = Option<String>, Header, description = "1 to 255 visible ASCII characters. The same key and body are done once and answered the same; the same key with another body is refused.")),
    request_body = EndorsementRequest,
    responses(
        (status = 201, description = "The endorsement. Location is its page.", body = EndorsementView),
        (status = 422, description = "A field is not right; all of them are named in errors.", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn create(
    State(web): State<Arc<Web>>,
    Extension(actor): Extension<Actor>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Failure> {
    let media_type = input::media_type(&headers);
    if media_type != "application/json" {
        return Err(input::unsupported(&media_type, "application/json"));
    }
    let bytes = body::read(body, body::SMALL_LIMIT).await?;
    let key = idempotency_key(&headers, &bytes)?;
    let request: EndorsementRequest = input::typed(input::document(&bytes, body::SMALL_LIMIT)?)?;
    let endorsed = endorse::endorse(&web.app, &actor, &request, key).await?;
    let mut response = private_json(StatusCode::CREATED, endorsed.response);
    caching::set(&mut response, header::LOCATION, &endorsed.view.endorsement_url);
    Ok(response)
}

/// Revoke an endorsement, for ever.
#[utoipa::path(
    post, path = "/api/v1/endorsements/{id}/revoke", operation_id = "revokeEndorsement", tag = "endorsements", security(("token" = ["revoke"])),
    params(("id" = String, Path)),
    request_body = TakeBackRequest,
    responses(
        (status = 200, description = "The endorsement, now revoked. Its status list shows it already.", body = EndorsementView),
        (status = 404, description = "There is no such endorsement.", body = Problem, content_type = "application/problem+json"),
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
    let endorsement = revoke_endorsement(&web.app, &actor, &id, &request.reason).await?;
    let view = EndorsementView::of(&endorsement, web.app.urls(), web.app.clock.now());
    Ok(private_json(StatusCode::OK, written(&view)?))
}
