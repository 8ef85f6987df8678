//! What goes wrong, in SCIM's words (RFC 7644 §3.12): a status, a `scimType` where the standard has one, and a sentence.

use super::MEDIA_TYPE;
use crate::web::{
    caching,
    error::{Failure, Kind},
};
use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use serde_json::json;

/// The words of RFC 7644, table 9, that are used here.
const TYPES: [&str; 8] = [
    "invalidFilter",
    "invalidPath",
    "invalidSyntax",
    "invalidValue",
    "mutability",
    "noTarget",
    "tooMany",
    "uniqueness",
];

/// 400 with its `scimType`.
pub(super) fn fault(scim_type: &'static str, detail: impl Into<String>) -> Failure {
    Failure { code: Some(scim_type), ..Failure::new(Kind::Malformed, detail) }
}

/// A failure of the inner rooms as SCIM has it: a field that is not right is 400, and all of them are in the sentence.
pub(super) fn as_scim(failure: impl Into<Failure>) -> Failure {
    let failure = failure.into();
    match failure.kind {
        Kind::Invalid => {
            let all: Vec<String> =
                failure.fields.iter().map(|fault| format!("{}: {}", named(&fault.field), fault.message)).collect();
            fault("invalidValue", format!("{}.", all.join("; ")))
        }
        Kind::Conflict => Failure { code: Some("uniqueness"), ..failure },
        Kind::Malformed if failure.code.is_none() => Failure { code: Some("invalidSyntax"), ..failure },
        _ => failure,
    }
}

/// What our fields are called there.
fn named(field: &str) -> &str {
    match field {
        "email" => "emails.value",
        "user_name" => "userName",
        "name" => "displayName",
        "given_name" => "name.givenName",
        "family_name" => "name.familyName",
        "function" => "department",
        "external_id" => "externalId",
        other => other,
    }
}

/// A failure under /scim/ as its client reads it.
pub fn written(failure: &Failure) -> Response {
    let status = failure.kind.status();
    let mut error = json!({
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"],
        "status": status.as_str(),
        "detail": failure.detail,
    });
    if let Some(scim_type) = failure.code.filter(|code| TYPES.contains(code)) {
        error["scimType"] = json!(scim_type);
    }
    let mut response = (status, error.to_string()).into_response();
    caching::set(&mut response, header::CONTENT_TYPE, MEDIA_TYPE);
    response
}
