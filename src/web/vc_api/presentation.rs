//! `POST /presentations/verify`: whether a presentation was made by its holder, for whoever asks, of credentials that verify.

use super::{
    as_malformed, request,
    verify::{CheckProblem, VerificationResult, answer, needed},
};
use crate::{
    actions::verify_presentation::verify_any_presentation,
    credential::verify::{Check, CheckName},
    web::{Web, error::Failure, finish::Problem},
};
use axum::{body::Body, extract::State, http::HeaderMap, response::Response};
use serde::Deserialize;
use serde_json::Value;
use std::sync::Arc;

#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct VerifyPresentationRequest {
    /// The presentation with its proof, an EnvelopedVerifiablePresentation, or a JWT as text.
    #[schema(value_type = Object)]
    pub verifiable_presentation: Value,
    #[serde(default)]
    pub options: PresentationOptions,
}

#[derive(Deserialize, Default, utoipa::ToSchema)]
pub struct PresentationOptions {
    /// What the holder was given to sign with it. Without one nothing is said about when and for whom it was made.
    #[serde(default)]
    pub challenge: Option<String>,
    #[serde(default)]
    pub domain: Option<String>,
    /// What must hold of the credentials in it, as for /credentials/verify.
    #[serde(default)]
    pub checks: Option<Vec<String>>,
}

/// Verify a presentation of any verifiable credentials (VC-API). Anyone may; nothing is kept.
#[utoipa::path(
    post, path = "/presentations/verify", operation_id = "verifyPresentation", tag = "vc-api",
    request_body(content = VerifyPresentationRequest, description = "At most 1 MiB."),
    responses(
        (status = 200, description = "It verifies, and every credential in it.", body = VerificationResult),
        (status = 400, description = "It does not verify, and `errors` says why; or the request can't be read.", body = VerificationResult, content_type = "application/problem+json"),
        (status = 413, description = "The body is too large.", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "The body is not JSON.", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn verify(State(web): State<Arc<Web>>, headers: HeaderMap, body: Body) -> Result<Response, Failure> {
    let VerifyPresentationRequest { verifiable_presentation: presentation, options } = request(&headers, body).await?;
    let of_credentials = needed(options.checks.as_deref()).map_err(as_malformed)?;
    let bytes = match presentation {
        Value::String(jwt) if !jwt.is_empty() => jwt.into_bytes(),
        Value::Object(_) => presentation.to_string().into_bytes(),
        _ => {
            let fault = Failure::field("verifiablePresentation", "is neither a JSON object nor a JWT");
            return Err(as_malformed(fault));
        }
    };
    let (challenge, domain) = (options.challenge.as_deref(), options.domain.as_deref());
    let report = verify_any_presentation(&web.app, &bytes, challenge, domain).await?.report;
    let mut of_its_own = vec![CheckName::Format, CheckName::Proof];
    // Without a challenge the report tells that nobody asked for it; that is the caller's to know.
    if challenge.is_some() || domain.is_some() {
        of_its_own.push(CheckName::Challenge);
    }
    let mut verified = VerificationResult::of(report.checks, &of_its_own, None);
    for (at, credential) in report.credentials.into_iter().enumerate() {
        let of_one = VerificationResult::of(credential.checks, &of_credentials, None);
        let named = |problem: CheckProblem| problem.at(&format!("verifiableCredential[{at}]"));
        verified.errors.extend(of_one.errors.into_iter().map(named));
        verified.warnings.extend(of_one.warnings.into_iter().map(named));
        verified.checks.extend(of_one.checks.into_iter().map(|check| told_of(check, at)));
    }
    Ok(answer(verified.settled()))
}

fn told_of(check: Check, at: usize) -> Check {
    Check { message: format!("verifiableCredential[{at}]: {}", check.message), ..check }
}
