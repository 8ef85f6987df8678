//! Who asks, and whether they may: every route passes through [`guard`].
//!
//! An API token comes as `Authorization: Bearer …` (RFC 6750). What everyone may see stays open whatever header comes with
//! it; a token only ever adds to it.

use super::{Web, caching, error::Failure, frame, limits};
use crate::{
    actions::{ActionError, tokens},
    domain::actor::{Actor, Right, may},
};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::{net::IpAddr, sync::Arc};

/// Lets the request through to its handler, with the actor beside it, when the actor has the right.
pub async fn guard(State((web, right)): State<(Arc<Web>, Right)>, mut request: Request, next: Next) -> Response {
    let client = limits::client(request.extensions());
    match admit(&web, right, client, request.headers()).await {
        Ok(actor) => request.extensions_mut().insert(actor),
        Err(failure) => return failure.into_response(),
    };
    let mut response = next.run(request).await;
    if right == Right::See {
        share(&mut response);
    }
    response
}

async fn admit(web: &Web, right: Right, client: IpAddr, headers: &HeaderMap) -> Result<Actor, Failure> {
    let now = web.app.clock.now();
    let actor = match bearer(headers) {
        None if web.app.config.open_vc_api => Actor::Tester,
        None => Actor::Anyone,
        Some(secret) => match tokens::authenticate(&web.app, secret).await {
            Ok(actor) => actor,
            Err(ActionError::Unauthenticated) if right == Right::See => Actor::Anyone,
            Err(ActionError::Unauthenticated) => {
                web.clients.shows_no_token(client, now)?;
                return Err(Failure::unauthenticated(Some("This API token is not known or was revoked; use another.")));
            }
            Err(other) => return Err(other.into()),
        },
    };
    if let Actor::Token { id, .. } = &actor
        && right != Right::See
    {
        web.clients.shows_token(id, now)?;
    }
    match may(&actor, right) {
        true => Ok(actor),
        false if matches!(actor, Actor::Anyone | Actor::Tester) => {
            web.clients.shows_no_token(client, now)?;
            Err(Failure::unauthenticated(None))
        }
        false => Err(Failure::forbidden(right)),
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, secret) = frame::header(headers, header::AUTHORIZATION)?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| secret.trim())
}

/// What everyone may see, other sites' programs may read too; pages are for people and stay out of it.
pub fn share(response: &mut Response) {
    let page = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.to_str().is_ok_and(|kind| kind.starts_with("text/html")));
    if !page {
        caching::set(response, header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        caching::set(
            response,
            header::ACCESS_CONTROL_EXPOSE_HEADERS,
            "etag, location, content-location, retry-after, x-request-id",
        );
    }
}

/// The answer to a browser that asks before it reads a public document from another site (Fetch §3.2, CORS preflight).
pub async fn preflight() -> Response {
    let mut response = axum::http::StatusCode::NO_CONTENT.into_response();
    for (name, value) in [
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, POST"),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, "accept, content-type, if-none-match"),
        (header::ACCESS_CONTROL_MAX_AGE, "86400"),
        (header::CACHE_CONTROL, "no-store"),
    ] {
        caching::set(&mut response, name, value);
    }
    response
}
