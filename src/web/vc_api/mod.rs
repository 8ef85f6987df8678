//! The VC-API of the W3C's Credentials Community Group, as the test suites for verifiable credentials call it. Every refusal is a 4xx with
//! problem details; an input that breaks the data model is a 400 that names the path.

pub mod issue;
pub mod presentation;
pub mod status;
pub mod verify;

use super::{
    api::input,
    body,
    error::{Failure, Kind},
};
use axum::{body::Body, http::HeaderMap};
use serde::de::DeserializeOwned;

/// The request as one of our types. What does not fit is a 400 here, as the suites expect it.
async fn request<T: DeserializeOwned>(headers: &HeaderMap, body: Body) -> Result<T, Failure> {
    const TAKEN: &str = "application/json";
    match input::media_type(headers).as_str() {
        "application/json" | "application/ld+json" => {}
        other => return Err(input::unsupported(other, TAKEN)),
    }
    let bytes = body::read(body, body::DOCUMENT_LIMIT).await?;
    input::document(&bytes, body::DOCUMENT_LIMIT).and_then(input::typed).map_err(as_malformed)
}

/// What is elsewhere said with 422 is said with 400 here.
fn as_malformed(failure: impl Into<Failure>) -> Failure {
    let failure = failure.into();
    let kind = if failure.kind == Kind::Invalid { Kind::Malformed } else { failure.kind };
    Failure { kind, ..failure }
}
