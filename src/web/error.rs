//! The one place where something that went wrong becomes an answer: a page for people, problem+json (RFC 9457) for programs.
//!
//! A handler gives a [`Failure`]; [`finish`] sees the request and the answer and writes it out in the form that fits.
//! What is wrong inside the service is logged under the request's id and never shown.

use super::{
    Web, caching, format,
    frame::{self, Reader},
    headers,
    view::ErrorPage,
};
use crate::{
    actions::ActionError,
    domain::{actor::Right, field::FieldError, id::random_id},
    store::StoreError,
};
use askama::Template;
use axum::{
    extract::{Request, State},
    http::{HeaderName, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde::Serialize;
use std::{sync::Arc, time::Instant};

/// Why a request was not answered as it was asked.
#[derive(Clone, Debug)]
pub struct Failure {
    pub kind: Kind,
    /// One sentence that says what to do next.
    pub detail: String,
    pub fields: Vec<FieldError>,
    /// A stable word for programs, where there is more than one reason of the kind.
    code: Option<&'static str>,
    headers: Vec<(HeaderName, String)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Malformed,
    Unauthenticated,
    Forbidden,
    NotFound,
    MethodNotAllowed,
    NotAcceptable,
    TooSlow,
    Conflict,
    TooLarge,
    AddressTooLong,
    UnsupportedMediaType,
    Invalid,
    KeyReused,
    Internal,
    Busy,
}

impl Kind {
    pub const ALL: [Kind; 15] = [
        Kind::Malformed,
        Kind::Unauthenticated,
        Kind::Forbidden,
        Kind::NotFound,
        Kind::MethodNotAllowed,
        Kind::NotAcceptable,
        Kind::TooSlow,
        Kind::Conflict,
        Kind::TooLarge,
        Kind::AddressTooLong,
        Kind::UnsupportedMediaType,
        Kind::Invalid,
        Kind::KeyReused,
        Kind::Internal,
        Kind::Busy,
    ];

    pub fn status(self) -> StatusCode {
        self.described().0
    }

    /// The last part of the problem's `type`; stable, for programs.
    pub fn code(self) -> &'static str {
        self.described().1
    }

    pub fn title(self) -> &'static str {
        self.described().2
    }

    fn described(self) -> (StatusCode, &'static str, &'static str) {
        match self {
            Kind::Malformed => (StatusCode::BAD_REQUEST, "malformed", "The request can't be read"),
            Kind::Unauthenticated => (StatusCode::UNAUTHORIZED, "unauthenticated", "A valid API token is needed"),
            Kind::Forbidden => (StatusCode::FORBIDDEN, "forbidden", "The API token does not allow this"),
            Kind::NotFound => (StatusCode::NOT_FOUND, "not-found", "There is nothing here"),
            Kind::MethodNotAllowed => {
                (StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed", "This address does not take that method")
            }
            Kind::NotAcceptable => {
                (StatusCode::NOT_ACCEPTABLE, "not-acceptable", "There is no answer in a form that you accept")
            }
            Kind::TooSlow => (StatusCode::REQUEST_TIMEOUT, "too-slow", "The request took too long to arrive"),
            Kind::Conflict => (StatusCode::CONFLICT, "conflict", "It can't be done as things stand"),
            Kind::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "too-large", "The request is too large"),
            Kind::AddressTooLong => (StatusCode::URI_TOO_LONG, "address-too-long", "The address is too long"),
            Kind::UnsupportedMediaType => {
                (StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type", "The body is in a form that isn't taken")
            }
            Kind::Invalid => (StatusCode::UNPROCESSABLE_ENTITY, "invalid", "Something in the request is not right"),
            Kind::KeyReused => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "idempotency-key-reused",
                "The Idempotency-Key was used with another body",
            ),
            Kind::Internal => (StatusCode::INTERNAL_SERVER_ERROR, "internal", "Something on our side did not work"),
            Kind::Busy => (StatusCode::SERVICE_UNAVAILABLE, "busy", "The service is busy"),
        }
    }

    fn of(status: StatusCode) -> Self {
        Kind::ALL.into_iter().find(|kind| kind.status() == status).unwrap_or(if status.is_server_error() {
            Kind::Internal
        } else {
            Kind::Malformed
        })
    }
}

impl Failure {
    pub fn new(kind: Kind, detail: impl Into<String>) -> Self {
        Failure { kind, detail: detail.into(), fields: Vec::new(), code: None, headers: Vec::new() }
    }

    /// `what` begins the sentence: “No award”, “No program”.
    pub fn not_found(what: &str) -> Self {
        Self::new(Kind::NotFound, format!("{what} is at this address."))
    }

    pub fn invalid(fields: Vec<FieldError>) -> Self {
        let mut detail = fields.first().map_or_else(String::new, |fault| format!("{fault}."));
        match fields.len().saturating_sub(1) {
            0 => {}
            1 => detail.push_str(" One more thing is wrong; see errors."),
            more => detail.push_str(&format!(" {more} more things are wrong; see errors.")),
        }
        Failure { fields, ..Self::new(Kind::Invalid, detail) }
    }

    pub fn field(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self::invalid(vec![FieldError::new(field, message)])
    }

    /// The cause goes to the log only.
    pub fn internal(cause: &dyn std::fmt::Display) -> Self {
        tracing::error!(%cause, "a request failed");
        Self::new(Kind::Internal, "It is not your doing. Try again; if it stays, tell the operator the request's id.")
    }

    pub fn with(mut self, name: HeaderName, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

impl From<ActionError> for Failure {
    fn from(error: ActionError) -> Self {
        match error {
            ActionError::Unauthenticated => Self::unauthenticated(None),
            ActionError::Forbidden { right } => Self::forbidden(right),
            ActionError::NotFound { what, id } => Self::new(Kind::NotFound, format!("There is no {what} “{id}”.")),
            ActionError::Invalid(fields) => Self::invalid(fields),
            ActionError::Conflict { code, message } => {
                Failure { code: Some(code), ..Self::new(Kind::Conflict, sentence(&message)) }
            }
            ActionError::Refused { message } => Self::new(Kind::Conflict, sentence(&message)),
            ActionError::IdempotencyMismatch => Self::new(
                Kind::KeyReused,
                "Idempotency-Key: this key was used for a request with another body; send a new key with a new request.",
            ),
            ActionError::Busy => Self::busy(),
            ActionError::Internal(cause) => Self::internal(&cause),
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Busy => Self::busy(),
            other => Self::internal(&other),
        }
    }
}

/// Errors of the inner rooms begin small, as parts of a longer line; here each stands by itself.
fn sentence(message: &str) -> String {
    let names_a_field = message.split(' ').next().is_some_and(|word| word.ends_with(':'));
    let mut letters = message.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    let end = if message.ends_with(['.', '?', '!']) { "" } else { "." };
    if names_a_field { format!("{message}{end}") } else { format!("{first}{}{end}", letters.as_str()) }
}

impl Failure {
    fn busy() -> Self {
        Self::new(Kind::Busy, "Many requests came at once. Try again in a moment.").with(header::RETRY_AFTER, "2")
    }

    /// RFC 6750 §3: what kind of key opens this, and what was wrong with the one that was shown.
    pub fn unauthenticated(shown: Option<&str>) -> Self {
        let (detail, challenge) = match shown {
            None => (
                "Send an API token in the header Authorization: Bearer …; tokens are made with `laurel token create`.",
                "Bearer realm=\"laurel\"".to_owned(),
            ),
            Some(why) => (why, "Bearer realm=\"laurel\", error=\"invalid_token\"".to_owned()),
        };
        Self::new(Kind::Unauthenticated, detail).with(header::WWW_AUTHENTICATE, challenge)
    }

    pub fn forbidden(right: Right) -> Self {
        let scope = match right {
            Right::ReadAwards => "read",
            Right::Issue => "issue",
            Right::Revoke => "revoke",
            Right::See | Right::Operate => "none",
        };
        let detail = if scope == "none" {
            "This can only be done on the machine itself.".to_owned()
        } else {
            format!("The API token lacks the scope {scope}; make one with `laurel token create --scope {scope}`.")
        };
        let challenge = format!("Bearer realm=\"laurel\", error=\"insufficient_scope\", scope=\"{scope}\"");
        Self::new(Kind::Forbidden, detail).with(header::WWW_AUTHENTICATE, challenge)
    }
}

/// The bare answer; [`finish`] gives it its form.
impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = self.kind.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// The outermost layer: writes failures out, protects every answer, and notes the request in the log.
pub async fn finish(State(web): State<Arc<Web>>, request: Request, next: Next) -> Response {
    #[allow(clippy::disallowed_methods, reason = "measures how long an answer took; no rule depends on it")]
    let began = Instant::now();
    let (parts, body) = request.into_parts();
    let (method, path) = (parts.method.clone(), parts.uri.path().to_owned());
    let id = web.app.random.with(random_id);
    let mut frame_parts = parts.clone();
    let mut response = next.run(Request::from_parts(parts, body)).await;
    if let Some(failure) = taken(&mut response) {
        let as_page = !for_programs(&path, frame::header(&frame_parts.headers, header::ACCEPT));
        let written = if as_page {
            page(&web, &mut frame_parts, &failure, &id).await
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
    tracing::info!(%method, path, status = response.status().as_u16(), took = ?began.elapsed(), request = id, "answered");
    response
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
fn for_programs(path: &str, accept: Option<&str>) -> bool {
    let machine = ["/api/", "/status/", "/.well-known/", "/images/"].iter().any(|start| path.starts_with(start))
        || path.ends_with(".json");
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
    /// A stable word for why it conflicts, such as `already_held`, `already_revoked` or `too_early`.
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
    let site = match Reader::open(web, parts).await {
        Ok(reader) => reader.site,
        Err(_) => frame::bare_site(web, parts),
    };
    // A page says what we know beyond its status only where that is meant for people.
    let detail =
        matches!(failure.kind, Kind::Invalid | Kind::Conflict | Kind::NotAcceptable).then(|| failure.detail.clone());
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
