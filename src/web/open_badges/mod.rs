//! The Open Badges API 3.0 (section 6 of the standard), at `/ims/ob/v3p0`: for apps that a person let act for them.

pub mod credentials;
pub mod discovery;
pub mod profile;

use super::{
    caching::{self, Keep},
    error::{Failure, Kind},
};
use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

pub const ROOT: &str = "/ims/ob/v3p0";
/// The code of a parameter of an address that can't be taken.
const QUERY: &str = "invalid_query_parameter";

/// A failure under /ims/ as its client reads it: `Imsx_StatusInfo` (section B.3 of the standard).
pub fn written(failure: &Failure) -> Response {
    let status = failure.kind.status();
    let severity = if failure.kind == Kind::NotFound { "status" } else { "error" };
    let info = json!({
        "imsx_codeMajor": if failure.kind == Kind::MethodNotAllowed { "unsupported" } else { "failure" },
        "imsx_severity": severity,
        "imsx_description": described(failure),
        "imsx_codeMinor": {"imsx_codeMinorField": [
            {"imsx_codeMinorFieldName": "Laurel", "imsx_codeMinorFieldValue": minor(failure)},
        ]},
    });
    answer(status, "application/json", info.to_string())
}

fn minor(failure: &Failure) -> &'static str {
    match failure.kind {
        Kind::Unauthenticated => "unauthorizedrequest",
        Kind::Forbidden => "forbidden",
        Kind::NotFound => "not_found",
        Kind::MethodNotAllowed => "not_allowed",
        Kind::NotAcceptable => "not_acceptable",
        Kind::TooMany | Kind::Busy => "server_busy",
        Kind::Internal => "internal_server_error",
        Kind::Invalid => "invalid_data",
        Kind::Malformed if failure.code == Some(QUERY) => QUERY,
        _ => "unknown",
    }
}

/// Every fault, where there are some: the standard has one sentence for all.
fn described(failure: &Failure) -> String {
    match failure.fields.as_slice() {
        [] | [_] => failure.detail.clone(),
        faults => faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
    }
}

/// For one reader, and kept by nobody.
fn answer(status: StatusCode, media_type: &str, body: impl Into<axum::body::Body>) -> Response {
    let mut response = (status, body.into()).into_response();
    caching::set(&mut response, header::CONTENT_TYPE, media_type);
    caching::set(&mut response, header::CACHE_CONTROL, &Keep::Never.directives());
    response
}

fn json_answer(document: &Value) -> Response {
    answer(StatusCode::OK, "application/json", document.to_string())
}
