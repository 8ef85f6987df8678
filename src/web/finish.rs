//! The outermost layer of every answer: something that went wrong is written out as a page for people or problem+json
//! (RFC 9457) for programs, every answer protects its reader, and the log has one line of it.

use super::{
    Web, caching,
    client::{self, Client, Peer},
    conflicts,
    error::{Failure, Kind},
    format,
    frame::{self, Reader},
    headers, open_badges, scim,
    view::ErrorPage,
};
use crate::domain::id::random_id;
use askama::Template;
use axum::{
    extract::{Request, State},
    http::{HeaderName, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde::Serialize;
use std::{borrow::Cow, sync::Arc, time::Instant};

pub async fn finish(State(web): State<Arc<Web>>, request: Request, next: Next) -> Response {
    #[allow(clippy::disallowed_methods, reason = "measures how long an answer took; no rule depends on it")]
    let began = Instant::now();
    let (mut parts, body) = request.into_parts();
    let (method, path) = (parts.method.clone(), parts.uri.path().to_owned());
    let peer = parts.extensions.get::<Peer>();
    let client = peer.map(|peer| client::address(peer.0, &parts.headers, &web.app.config.trusted_proxies));
    if let Some(client) = client {
        parts.extensions.insert(Client(client));
    }
    let id = web.app.random.with(random_id);
    let mut frame_parts = parts.clone();
    let mut response = next.run(Request::from_parts(parts, body)).await;
    if let Some(failure) = taken(&mut response) {
        let as_page = !for_programs(&path, frame::header(&frame_parts.headers, header::ACCEPT));
        let written = if as_page {
            page(&web, &mut frame_parts, &failure, &id).await
        } else if path.starts_with("/scim/") {
            scim::written(&failure)
        } else if path.starts_with("/ims/") {
            open_badges::written(&failure)
        } else {
            problem(&web, &failure, &path, &id)
        };
        let (mut old, _) = response.into_parts();
        old.headers.remove(header::CONTENT_LENGTH);
        let mut written = written;
        for (name, value) in old.headers.iter().filter(|(name, _)| *name != header::CONTENT_TYPE) {
            written.headers_mut().append(name, value.clone());
        }
        if as_page {
            written.headers_mut().remove(header::ACCESS_CONTROL_ALLOW_ORIGIN);
            written.headers_mut().remove(header::ACCESS_CONTROL_EXPOSE_HEADERS);
        }
        for (name, value) in &failure.headers {
            caching::set(&mut written, name.clone(), value);
        }
        response = written;
    }
    headers::protect(&mut response);
    caching::set(&mut response, HeaderName::from_static("x-request-id"), &id);
    let client = client.map(|address| address.to_string()).unwrap_or_default();
    let path = logged(&path);
    tracing::info!(client, %method, path, status = response.status().as_u16(), took = ?began.elapsed(), request = id, "answered");
    response
}

/// What the log tells of an address: never the secret that some end in.
fn logged(path: &str) -> &str {
    const SECRET: [&str; 5] = ["/endorse/said/", "/endorse/", "/sign-in/link/", "/letters/", "/present/"];
    // These begin like one that does, and end in what may be told.
    const OPEN: [&str; 2] = ["/present/requests/", "/present/answers/"];
    if OPEN.iter().any(|start| path.starts_with(start)) {
        return path;
    }
    SECRET.into_iter().find(|start| path.starts_with(start)).unwrap_or(path)
}

/// The failure of an answer: our own, or one that the router gave as a bare status or a line of text. A page that a
/// handler wrote stays as it is.
fn taken(response: &mut Response) -> Option<Failure> {
    let status = response.status();
    let ours = response.extensions_mut().remove::<Failure>();
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let bare = kind.is_empty() || kind.starts_with("text/plain");
    ours.or_else(|| (bare && (status.is_client_error() || status.is_server_error())).then(|| of_status(status)))
}

fn of_status(status: StatusCode) -> Failure {
    let kind = Kind::of(status);
    let detail = match kind {
        Kind::NotFound => "Check the address; the calls are listed at /api.".to_owned(),
        Kind::MethodNotAllowed => "The header Allow names the methods that this address takes.".to_owned(),
        _ => format!("{}.", kind.title()),
    };
    Failure::new(kind, detail)
}

/// Programs get problem+json: under /api/ and at machine documents always, elsewhere when they ask for anything but a page.
pub(super) fn for_programs(path: &str, accept: Option<&str>) -> bool {
    const MACHINE: [&str; 14] = [
        "/api/",
        "/status/",
        "/.well-known/",
        "/images/",
        "/credentials/",
        "/presentations/",
        "/scim/",
        "/wallet/",
        "/present/requests/",
        "/present/answers/",
        "/ims/",
        "/oauth/register",
        "/oauth/token",
        "/oauth/revoke",
    ];
    let machine = MACHINE.iter().any(|start| path.starts_with(start)) || path.ends_with(".json");
    machine || format::choose(accept, &[format::PAGE, PROBLEM, "application/json"]) != Some(format::PAGE)
}

const PROBLEM: &str = "application/problem+json";

/// RFC 9457, with `errors` and `request_id` of our own.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Problem {
    /// An address that ends in a stable word, such as `…#invalid`.
    #[serde(rename = "type")]
    pub kind: String,
    pub title: String,
    pub status: u16,
    /// One sentence that says what to do next.
    pub detail: String,
    pub instance: String,
    /// A stable word for why, such as `already_held`, `already_revoked` or `too_early` of a conflict.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Every field that is not right.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldProblem>,
    pub request_id: String,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct FieldProblem {
    /// Where: `recipient.email`, `awards[2].level`, `line 14: email`.
    pub field: String,
    pub message: String,
}

fn problem(web: &Web, failure: &Failure, path: &str, id: &str) -> Response {
    let problem = Problem {
        kind: format!("{}/api#{}", web.app.config.base_url, failure.kind.code()),
        title: failure.kind.title().to_owned(),
        status: failure.kind.status().as_u16(),
        detail: failure.detail.clone(),
        instance: path.to_owned(),
        code: failure.code.map(str::to_owned),
        errors: failure
            .fields
            .iter()
            .map(|fault| FieldProblem { field: fault.field.clone(), message: fault.message.clone() })
            .collect(),
        request_id: id.to_owned(),
    };
    let mut response = (failure.kind.status(), serde_json::to_vec(&problem).unwrap_or_default()).into_response();
    caching::set(&mut response, header::CONTENT_TYPE, PROBLEM);
    response
}

async fn page(web: &Arc<Web>, parts: &mut axum::http::request::Parts, failure: &Failure, id: &str) -> Response {
    let status = failure.kind.status();
    // Who asks too much is not answered by asking the database.
    let site = match failure.kind {
        Kind::TooMany | Kind::Busy => frame::bare_site(web, parts),
        _ => Reader::open(web, parts).await.map_or_else(|_| frame::bare_site(web, parts), |reader| reader.site),
    };
    // A page says what we know beyond its status only where that is meant for people.
    let for_people = failure.code.is_some()
        || matches!(failure.kind, Kind::Invalid | Kind::Conflict | Kind::NotAcceptable | Kind::TooMany | Kind::Busy);
    let conflict = failure.conflict.and_then(|why| conflicts::sentence(&site.text, why));
    let detail = for_people.then(|| conflict.map_or_else(|| failure.detail.clone(), Cow::into_owned));
    let page = ErrorPage {
        site,
        status: status.as_u16(),
        detail,
        request_id: status.is_server_error().then(|| id.to_owned()),
    };
    let mut response = (status, page.render().unwrap_or_else(|_| failure.detail.clone())).into_response();
    caching::set(&mut response, header::CONTENT_TYPE, "text/html; charset=utf-8");
    caching::set(&mut response, HeaderName::from_static("x-robots-tag"), "noindex");
    if parts.method == Method::HEAD {
        *response.body_mut() = axum::body::Body::empty();
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_secret_of_a_link_is_logged() {
        let known = include_str!("router.rs").split('"').filter(|text| text.ends_with("/{secret}"));
        assert!(known.clone().count() > 5);
        for known in known {
            let path = known.replace("{secret}", "s3cret");
            assert!(!logged(&path).contains("s3cret"), "{path}");
            assert!(known.starts_with(logged(&path)), "{path}");
        }
        assert_eq!(logged("/endorse/said/s3cret"), "/endorse/said/");
        assert_eq!(logged("/present/requests/1"), "/present/requests/1");
        assert_eq!(logged("/badges/1"), "/badges/1");
    }
}
