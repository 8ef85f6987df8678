//! Who asks, and whether they may: every route passes through [`guard`].
//!
//! - An API token, or the access token of an app, comes as `Authorization: Bearer …` (RFC 6750). What everyone may see stays open whatever header comes with
//!   it; a token only ever adds to it.
//! - A session's cookie counts for the pages of people who are signed in and nowhere else: no call of the API, and no page that
//!   is the same for everyone. Such pages are kept by nobody, and whatever changes something must come from our own pages.

use super::{
    Web,
    caching::{self, Keep},
    error::Failure,
    finish, frame,
    limits::{self, Class},
    session,
};
use crate::{
    actions::{ActionError, App, oauth, tokens},
    domain::actor::{Actor, Right, app_scope_of, may},
};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, Uri, header},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use std::{net::IpAddr, sync::Arc};

/// What a route asks of whoever comes.
#[derive(Clone)]
pub struct Gate {
    pub web: Arc<Web>,
    pub right: Right,
    pub class: Class,
}

/// Lets the request through to its handler, with the actor beside it, when the actor has the right.
pub async fn guard(State(gate): State<Gate>, request: Request, next: Next) -> Response {
    match gate.class {
        Class::SignedIn => for_people(gate, request, next).await,
        _ => for_all(gate, request, next).await,
    }
}

async fn for_all(Gate { web, right, class }: Gate, mut request: Request, next: Next) -> Response {
    let client = limits::client(request.extensions());
    match admit(&web, right, client, request.headers()).await {
        Ok(actor) => request.extensions_mut().insert(actor),
        Err(failure) => return failure.into_response(),
    };
    let mut response = next.run(request).await;
    if right == Right::See && class != Class::SigningIn {
        share(&mut response);
    }
    response
}

/// The session is found by its cookie; without one a page leads to where one signs in, and a program is told so.
async fn for_people(Gate { web, right, .. }: Gate, mut request: Request, next: Next) -> Response {
    if bearer(request.headers()).is_some() {
        // No token opens these pages, but it is told so as itself.
        let client = limits::client(request.extensions());
        let refused = admit(&web, right, client, request.headers()).await;
        return refused.map_or_else(|failure| failure, |_| Failure::forbidden(right)).into_response();
    }
    let me = match session::find(&web, request.headers()).await {
        Ok(Some(me)) => me,
        Ok(None) => return sign_in_first(request.method(), request.uri(), request.headers()),
        Err(failure) => return failure.into_response(),
    };
    let actor = me.actor();
    let admitted = match may(&actor, right) {
        true if request.method().is_safe() => Ok(()),
        true => session::from_our_pages(&web, request.headers()),
        false => Err(Failure::forbidden(right)),
    };
    let mut response = match admitted {
        Ok(()) => {
            request.extensions_mut().insert(actor);
            request.extensions_mut().insert(me);
            next.run(request).await
        }
        Err(failure) => failure.into_response(),
    };
    caching::set(&mut response, header::CACHE_CONTROL, &Keep::Never.directives());
    frame::no_index(&mut response);
    response
}

fn sign_in_first(method: &Method, uri: &Uri, headers: &HeaderMap) -> Response {
    if finish::for_programs(uri.path(), frame::header(headers, header::ACCEPT)) {
        return Failure::signed_out().into_response();
    }
    let next = uri.path_and_query().filter(|_| method.is_safe()).map_or("/me", |asked| asked.as_str());
    let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("next", next).finish();
    Redirect::to(&format!("/sign-in?{query}")).into_response()
}

async fn admit(web: &Web, right: Right, client: IpAddr, headers: &HeaderMap) -> Result<Actor, Failure> {
    let now = web.app.clock.now();
    let actor = match bearer(headers) {
        None if web.app.config.open_vc_api => Actor::Tester,
        None => Actor::Anyone,
        Some(secret) => match holder(&web.app, secret).await {
            Ok(actor) => actor,
            Err(ActionError::Unauthenticated) if right == Right::See => Actor::Anyone,
            Err(ActionError::Unauthenticated) => {
                web.clients.shows_no_token(client, now)?;
                return Err(Failure::unauthenticated(Some(match app_scope_of(right) {
                    None => "This API token is not known or was revoked; use another.",
                    Some(_) => "This access token is not known, has run out or was taken back; get another.",
                })));
            }
            Err(other) => return Err(other.into()),
        },
    };
    match &actor {
        Actor::Token { id, .. } if right != Right::See => web.clients.shows_token(id, now)?,
        // One app may act for many people.
        Actor::App { client, member, .. } if right != Right::See => {
            web.clients.shows_token(&format!("{client} {}", member.id), now)?;
        }
        _ => {}
    }
    match may(&actor, right) {
        true => Ok(actor),
        false if matches!(actor, Actor::Anyone | Actor::Tester) => {
            web.clients.shows_no_token(client, now)?;
            Err(match app_scope_of(right) {
                None => Failure::unauthenticated(None),
                Some(_) => Failure::no_access_token(),
            })
        }
        false => Err(Failure::forbidden(right)),
    }
}

/// Whose secret it is: of a token that an operator made, or of an app that someone let in.
async fn holder(app: &App, secret: &str) -> Result<Actor, ActionError> {
    match oauth::is_access_token(secret) {
        true => oauth::authenticate(app, secret).await,
        false => tokens::authenticate(app, secret).await,
    }
}

/// The token of `Authorization: Bearer` (RFC 6750, section 2.1).
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
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
        (header::ACCESS_CONTROL_ALLOW_HEADERS, "accept, authorization, content-type, if-none-match"),
        (header::ACCESS_CONTROL_MAX_AGE, "86400"),
        (header::CACHE_CONTROL, "no-store"),
    ] {
        caching::set(&mut response, name, value);
    }
    response
}
