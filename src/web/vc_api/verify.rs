//! `POST /credentials/verify`: whether a credential is what its issuer signed, and stands. What does not verify is a 400 with the reasons.

use super::{as_malformed, request};
use crate::{
    actions::verify_credential::verify_credential,
    credential::verify::{Check, CheckName, Outcome},
    web::{Web, caching, error::Failure, finish::Problem},
};
use axum::{
    body::Body,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::sync::Arc;

#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct VerifyCredentialRequest {
    /// The credential with its proof, an EnvelopedVerifiableCredential, or a JWT as text.
    #[schema(value_type = Object)]
    pub verifiable_credential: Value,
    #[serde(default)]
    pub options: VerifyOptions,
}

#[derive(Deserialize, Default, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct VerifyOptions {
    /// What must hold: `proof`, `credentialStatus`, `credentialSchema`, `validityPeriod`. All of it when nothing is said; the proof always.
    #[serde(default)]
    pub checks: Option<Vec<String>>,
    /// `assertionMethod`, the only purpose of a credential's proof.
    #[serde(default)]
    pub expected_proof_purpose: Option<String>,
    /// What the proof must say, when given.
    #[serde(default)]
    pub challenge: Option<String>,
    #[serde(default)]
    pub domain: Option<String>,
}

/// What is said of a credential. When it does not verify, the problem details of RFC 9457 stand beside it.
#[derive(Serialize, utoipa::ToSchema)]
pub struct VerificationResult {
    pub verified: bool,
    /// The first of `errors` as problem details.
    #[serde(flatten)]
    pub problem: Option<CheckProblem>,
    pub checks: Vec<Check>,
    /// What is not known or not as one would wish, and does not keep it from being verified.
    pub warnings: Vec<CheckProblem>,
    pub errors: Vec<CheckProblem>,
}

#[derive(Serialize, Clone, utoipa::ToSchema)]
pub struct CheckProblem {
    /// The standard's name for it.
    #[serde(rename = "type")]
    pub kind: String,
    pub title: String,
    pub detail: String,
}

/// Verify any verifiable credential (VC-API). Anyone may; nothing is kept.
#[utoipa::path(
    post, path = "/credentials/verify", operation_id = "verifyCredential", tag = "vc-api",
    request_body(content = VerifyCredentialRequest, description = "At most 1 MiB."),
    responses(
        (status = 200, description = "It verifies.", body = VerificationResult),
        (status = 400, description = "It does not verify, and `errors` says why; or the request can't be read.", body = VerificationResult, content_type = "application/problem+json"),
        (status = 413, description = "The body is too large.", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "The body is not JSON.", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn verify(State(web): State<Arc<Web>>, headers: HeaderMap, body: Body) -> Result<Response, Failure> {
    let VerifyCredentialRequest { verifiable_credential: credential, options } = request(&headers, body).await?;
    let needed = needed(options.checks.as_deref()).map_err(as_malformed)?;
    let wanted = options.contradicts(&credential);
    let verification = verify_credential(&web.app, opened(credential).map_err(as_malformed)?).await?;
    Ok(answer(VerificationResult::of(verification.report.checks, &needed, wanted)))
}

/// The status and media type that go with what is said.
pub(super) fn answer(verified: VerificationResult) -> Response {
    let (status, media_type) = match verified.verified {
        true => (StatusCode::OK, "application/json"),
        false => (StatusCode::BAD_REQUEST, "application/problem+json"),
    };
    let mut response = (status, serde_json::to_vec(&verified).unwrap_or_default()).into_response();
    caching::set(&mut response, header::CONTENT_TYPE, media_type);
    response
}

/// The credential's own bytes: JSON, or the JWT in an envelope (VC Data Model 2.0, section 4.12.1).
fn opened(credential: Value) -> Result<Vec<u8>, Failure> {
    match &credential {
        Value::String(jwt) if !jwt.is_empty() => Ok(jwt.clone().into_bytes()),
        Value::Object(members) if is_envelope(members.get("type")) => {
            let id = members.get("id").and_then(Value::as_str).unwrap_or_default();
            let jwt = id.strip_prefix("data:application/vc+jwt,").or_else(|| id.strip_prefix("data:application/jwt,"));
            let why = "is not a data: URL of the media type application/vc+jwt";
            Ok(jwt.ok_or_else(|| Failure::field("verifiableCredential.id", why))?.as_bytes().to_vec())
        }
        Value::Object(_) => Ok(credential.to_string().into_bytes()),
        _ => Err(Failure::field("verifiableCredential", "is neither a JSON object nor a JWT")),
    }
}

fn is_envelope(kind: Option<&Value>) -> bool {
    const ENVELOPE: &str = "EnvelopedVerifiableCredential";
    kind.is_some_and(|kind| {
        kind == ENVELOPE || kind.as_array().is_some_and(|kinds| kinds.iter().any(|one| one == ENVELOPE))
    })
}

/// The checks that must hold, when these are named.
pub(super) fn needed(checks: Option<&[String]>) -> Result<Vec<CheckName>, Failure> {
    let mut needed = vec![CheckName::Format, CheckName::Proof];
    let Some(checks) = checks else {
        needed.extend([CheckName::Status, CheckName::Dates, CheckName::Schema]);
        return Ok(needed);
    };
    for check in checks {
        match check.as_str() {
            "proof" => {}
            "credentialStatus" | "status" => needed.push(CheckName::Status),
            "credentialSchema" | "schema" => needed.push(CheckName::Schema),
            "validityPeriod" | "dates" => needed.push(CheckName::Dates),
            other => {
                let why = format!(
                    "“{other}” is not a check; use proof, credentialStatus, credentialSchema or validityPeriod"
                );
                return Err(Failure::field("options.checks", why));
            }
        }
    }
    Ok(needed)
}

impl VerifyOptions {
    /// What an option asks of the proof and the proof does not say.
    fn contradicts(&self, credential: &Value) -> Option<CheckProblem> {
        let proofs = credential.get("proof").map(|proof| match proof {
            Value::Array(proofs) => proofs.as_slice(),
            one => std::slice::from_ref(one),
        });
        let says = |name: &str, wanted: &str| {
            let of = |proof: &Value| match proof.get(name) {
                Some(Value::Array(said)) => said.iter().any(|said| said == wanted),
                said => said.is_some_and(|said| said == wanted),
            };
            proofs.is_some_and(|proofs| !proofs.is_empty() && proofs.iter().all(of))
        };
        let wishes = [
            ("proofPurpose", &self.expected_proof_purpose, "PROOF_VERIFICATION_ERROR"),
            ("challenge", &self.challenge, "INVALID_CHALLENGE_ERROR"),
            ("domain", &self.domain, "INVALID_DOMAIN_ERROR"),
        ];
        wishes.into_iter().find_map(|(name, wanted, kind)| {
            let wanted = wanted.as_deref()?;
            (!says(name, wanted)).then(|| CheckProblem {
                kind: format!("https://w3id.org/security#{kind}"),
                title: "The proof is for something else".to_owned(),
                detail: format!("Its proof does not say {name} “{wanted}”, which was asked for."),
            })
        })
    }
}

impl VerificationResult {
    /// What must hold and does not is an error, also when it could not be checked; everything else is a warning.
    pub(super) fn of(checks: Vec<Check>, needed: &[CheckName], wanted: Option<CheckProblem>) -> Self {
        let (mut errors, mut warnings): (Vec<_>, Vec<_>) = (Vec::new(), Vec::new());
        for check in checks.iter().filter(|check| check.outcome != Outcome::Passed && check.code != "not_looked_at") {
            // A schema that is not at hand has no say (docs/decisions/0025).
            let open = check.check == CheckName::Schema && check.outcome == Outcome::Unchecked;
            let list = if needed.contains(&check.check) && !open { &mut errors } else { &mut warnings };
            list.push(CheckProblem::of(check));
        }
        errors.extend(wanted);
        VerificationResult { verified: false, problem: None, checks, warnings, errors }.settled()
    }

    /// VerificationResult when there is no error.
    pub(super) fn settled(self) -> Self {
        VerificationResult { verified: self.errors.is_empty(), problem: self.errors.first().cloned(), ..self }
    }
}

impl CheckProblem {
    /// The same, told of a part.
    pub(super) fn at(self, place: &str) -> Self {
        CheckProblem { detail: format!("{place}: {}", self.detail), ..self }
    }

    /// VC Data Model 2.0, section 7.2; VC Data Integrity 1.0, section 4.7; Bitstring Status List 1.0, section 3.5.
    fn of(check: &Check) -> Self {
        let (kind, title) = match (check.check, check.code.as_str()) {
            (CheckName::Format, "not_json" | "jwt_malformed") => {
                ("https://www.w3.org/TR/vc-data-model#PARSING_ERROR", "The credential can't be read")
            }
            (CheckName::Format | CheckName::Schema, _) => {
                ("https://www.w3.org/TR/vc-data-model#MALFORMED_VALUE_ERROR", "The credential is not well-formed")
            }
            (CheckName::Proof, _) => {
                ("https://w3id.org/security#PROOF_VERIFICATION_ERROR", "The proof does not verify")
            }
            (CheckName::Status, "revoked" | "suspended") => (
                "https://www.w3.org/ns/credentials/status-list#STATUS_VERIFICATION_ERROR",
                "The credential was taken back",
            ),
            (CheckName::Status, _) => {
                ("https://www.w3.org/ns/credentials/status-list#STATUS_RETRIEVAL_ERROR", "The status could not be read")
            }
            (CheckName::Dates, _) => {
                ("https://www.w3.org/TR/vc-data-model#RANGE_ERROR", "The credential is not valid at this time")
            }
            (CheckName::Challenge, "domain_missing" | "domain_differs") => {
                ("https://w3id.org/security#INVALID_DOMAIN_ERROR", "The presentation was made for someone else")
            }
            (CheckName::Challenge, _) => {
                ("https://w3id.org/security#INVALID_CHALLENGE_ERROR", "The presentation does not answer the challenge")
            }
            (CheckName::Issuer, _) => ("about:blank", "The issuer is not known here"),
            (CheckName::Holder | CheckName::Recipient | CheckName::Subject, _) => {
                ("about:blank", "It may have been issued to someone else")
            }
        };
        CheckProblem { kind: kind.to_owned(), title: title.to_owned(), detail: check.message.clone() }
    }
}
