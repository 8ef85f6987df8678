//! Why a request was not answered as it was asked: the one place where an error of the inner rooms gets its status and
//! its words. `finish.rs` writes it out.
//!
//! What is wrong inside the service is logged and never shown.

use crate::{
    actions::{ActionError, Conflict},
    domain::{
        actor::{Right, app_scope_of, scope_of},
        field::FieldError,
    },
    store::StoreError,
};
use axum::{
    http::{HeaderName, StatusCode, header},
    response::{IntoResponse, Response},
};
use jiff::SignedDuration;

/// Why a request was not answered as it was asked.
#[derive(Clone, Debug)]
pub struct Failure {
    pub kind: Kind,
    /// One sentence that says what to do next.
    pub detail: String,
    pub fields: Vec<FieldError>,
    /// A stable word for programs, where there is more than one reason of the kind.
    pub code: Option<&'static str>,
    /// Why the state of a record does not allow it: on a page this is said in place of `detail`.
    pub conflict: Option<Conflict>,
    pub headers: Vec<(HeaderName, String)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Malformed,
    Unauthenticated,
    Forbidden,
    NotFound,
    /// It was here and was removed for good. Who asked for that, and why, is not told.
    Gone,
    MethodNotAllowed,
    NotAcceptable,
    TooSlow,
    Conflict,
    ChangedMeanwhile,
    TooLarge,
    AddressTooLong,
    UnsupportedMediaType,
    PreconditionFailed,
    Invalid,
    KeyReused,
    TooMany,
    Internal,
    Busy,
    /// There is no such form of the answer, and a standard wants that said with this status.
    NotImplemented,
    /// No room is left for what was sent (RFC 4918, section 11.5).
    Full,
}

impl Kind {
    pub const ALL: [Kind; 21] = [
        Kind::Malformed,
        Kind::Unauthenticated,
        Kind::Forbidden,
        Kind::NotFound,
        Kind::Gone,
        Kind::MethodNotAllowed,
        Kind::NotAcceptable,
        Kind::TooSlow,
        Kind::Conflict,
        Kind::ChangedMeanwhile,
        Kind::TooLarge,
        Kind::AddressTooLong,
        Kind::UnsupportedMediaType,
        Kind::PreconditionFailed,
        Kind::Invalid,
        Kind::KeyReused,
        Kind::TooMany,
        Kind::Internal,
        Kind::Busy,
        Kind::NotImplemented,
        Kind::Full,
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
            Kind::Unauthenticated => {
                (StatusCode::UNAUTHORIZED, "unauthenticated", "Signing in or an API token is needed")
            }
            Kind::Forbidden => (StatusCode::FORBIDDEN, "forbidden", "This is not allowed"),
            Kind::NotFound => (StatusCode::NOT_FOUND, "not-found", "There is nothing here"),
            Kind::Gone => (StatusCode::GONE, "gone", "What was here has been removed"),
            Kind::MethodNotAllowed => {
                (StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed", "This address does not take that method")
            }
            Kind::NotAcceptable => {
                (StatusCode::NOT_ACCEPTABLE, "not-acceptable", "There is no answer in a form that you accept")
            }
            Kind::TooSlow => (StatusCode::REQUEST_TIMEOUT, "too-slow", "The request took too long to arrive"),
            Kind::Conflict => (StatusCode::CONFLICT, "conflict", "It can't be done as things stand"),
            Kind::ChangedMeanwhile => {
                (StatusCode::PRECONDITION_FAILED, "changed-meanwhile", "It was changed in the meantime")
            }
            Kind::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "too-large", "The request is too large"),
            Kind::AddressTooLong => (StatusCode::URI_TOO_LONG, "address-too-long", "The address is too long"),
            Kind::UnsupportedMediaType => {
                (StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type", "The body is in a form that isn't taken")
            }
            Kind::PreconditionFailed => {
                (StatusCode::PRECONDITION_FAILED, "precondition-failed", "What the request takes for granted is not so")
            }
            Kind::Invalid => (StatusCode::UNPROCESSABLE_ENTITY, "invalid", "Something in the request is not right"),
            Kind::KeyReused => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "idempotency-key-reused",
                "The Idempotency-Key was used with another body",
            ),
            Kind::TooMany => (StatusCode::TOO_MANY_REQUESTS, "too-many-requests", "Too many requests came"),
            Kind::Internal => (StatusCode::INTERNAL_SERVER_ERROR, "internal", "Something on our side did not work"),
            Kind::Busy => (StatusCode::SERVICE_UNAVAILABLE, "busy", "The service is busy"),
            Kind::NotImplemented => (StatusCode::NOT_IMPLEMENTED, "not-implemented", "There is no answer in that form"),
            Kind::Full => (StatusCode::INSUFFICIENT_STORAGE, "full", "There is no room for it at the moment"),
        }
    }

    /// The kind that a bare status stands for.
    pub fn of(status: StatusCode) -> Self {
        Kind::ALL.into_iter().find(|kind| kind.status() == status).unwrap_or(if status.is_server_error() {
            Kind::Internal
        } else {
            Kind::Malformed
        })
    }
}

impl Failure {
    pub fn new(kind: Kind, detail: impl Into<String>) -> Self {
        Failure { kind, detail: detail.into(), fields: Vec::new(), code: None, conflict: None, headers: Vec::new() }
    }

    /// `what` begins the sentence: “No award”, “No program”.
    pub fn not_found(what: &str) -> Self {
        Self::new(Kind::NotFound, format!("{what} is at this address."))
    }

    /// The same words whatever was here.
    pub fn gone() -> Self {
        Self::new(Kind::Gone, "It will not come back.").with(header::CACHE_CONTROL, "no-store")
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
            ActionError::Conflict { why, message } => {
                Failure { code: Some(why.code()), conflict: Some(why), ..Self::new(Kind::Conflict, sentence(&message)) }
            }
            ActionError::Refused { message } => Self::new(Kind::Conflict, sentence(&message)),
            ActionError::IdempotencyMismatch => Self::new(
                Kind::KeyReused,
                "Idempotency-Key: this key was used for a request with another body; send a new key with a new request.",
            ),
            ActionError::Busy => Self::busy(),
            ActionError::Full => {
                tracing::error!("there is no room for more files of evidence");
                Self::new(Kind::Full, sentence(&error.to_string()))
            }
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

    /// `what` is what came too often (RFC 6585 §4).
    pub fn too_many(what: &str, wait: SignedDuration) -> Self {
        let seconds = wait.as_secs() + i64::from(wait.subsec_nanos() > 0);
        let unit = if seconds == 1 { "second" } else { "seconds" };
        Self::new(Kind::TooMany, format!("Too many {what}; try again in {seconds} {unit}."))
            .with(header::RETRY_AFTER, seconds.to_string())
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

    /// The same of what only an app is let do.
    pub fn no_access_token() -> Self {
        let detail = "Send an access token in the header Authorization: Bearer …; /ims/ob/v3p0/discovery says where apps get one.";
        Self::new(Kind::Unauthenticated, detail).with(header::WWW_AUTHENTICATE, "Bearer realm=\"laurel\"")
    }

    /// The page of someone who is signed in, asked for by a program that is not.
    pub fn signed_out() -> Self {
        Self::new(Kind::Unauthenticated, "Sign in at /sign-in first; the cookie that you get there opens this.")
            .with(header::WWW_AUTHENTICATE, "Cookie realm=\"laurel\"")
    }

    /// A form that was not sent by the page that we gave to this session.
    pub fn not_our_form() -> Self {
        Self::new(Kind::Forbidden, "This was not sent by a page of ours that is still good; open the page again.")
    }

    pub fn forbidden(right: Right) -> Self {
        if let Some(scope) = app_scope_of(right) {
            let scope = scope.as_str();
            let challenge = format!("Bearer realm=\"laurel\", error=\"insufficient_scope\", scope=\"{scope}\"");
            let detail = format!("This needs an access token with the scope {scope}.");
            return Self::new(Kind::Forbidden, detail).with(header::WWW_AUTHENTICATE, challenge);
        }
        match scope_of(right) {
            Some(scope) => {
                let scope = scope.as_str();
                let detail = format!(
                    "The API token lacks the scope {scope}; make one with `laurel token create --scope {scope}`."
                );
                let challenge = format!("Bearer realm=\"laurel\", error=\"insufficient_scope\", scope=\"{scope}\"");
                Self::new(Kind::Forbidden, detail).with(header::WWW_AUTHENTICATE, challenge)
            }
            None if right == Right::Operate => {
                Self::new(Kind::Forbidden, "This can only be done on the machine itself.")
            }
            None => Self::new(Kind::Forbidden, "Your roles do not allow this; an administrator can change them."),
        }
    }
}

/// The bare answer; `finish.rs` gives it its form.
impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = self.kind.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}
