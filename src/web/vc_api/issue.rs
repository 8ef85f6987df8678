//! `POST /credentials/issue`: signs a credential that the caller wrote.

use super::{as_malformed, request};
use crate::{
    actions::sign_credential::{SignRequest, sign_credential},
    credential::proof::{CRYPTOSUITE, Suite},
    domain::actor::Actor,
    web::{Web, error::Failure, finish::Problem},
};
use axum::{
    Extension, Json,
    body::Body,
    extract::State,
    http::{HeaderMap, StatusCode},
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::sync::Arc;

#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IssueRequest {
    /// A credential of VC Data Model 2.0 without a proof. Its issuer is this service's, or is left out.
    #[schema(value_type = Object)]
    pub credential: Map<String, Value>,
    #[serde(default)]
    pub options: IssueOptions,
}

#[derive(Deserialize, Default, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IssueOptions {
    /// `eddsa-rdfc-2022`, which is taken when nothing is said, or `eddsa-jcs-2022`.
    #[serde(default)]
    pub cryptosuite: Option<String>,
    /// `DataIntegrityProof`, the only type there is.
    #[serde(default, rename = "type")]
    pub proof_type: Option<String>,
    /// Asks for a place in a status list of this service.
    #[serde(default, rename = "credentialStatus")]
    pub credential_status: Option<StatusOption>,
    /// The same in a word: `revocation`.
    #[serde(default, rename = "statusPurpose")]
    pub status_purpose: Option<String>,
}

#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StatusOption {
    /// `BitstringStatusListEntry`.
    #[serde(rename = "type")]
    pub kind: String,
    /// `revocation`.
    #[serde(default, rename = "statusPurpose")]
    pub status_purpose: Option<String>,
}

#[derive(Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct IssueResponse {
    #[schema(value_type = Object)]
    pub verifiable_credential: Value,
}

/// Have a credential signed (VC-API). It is recorded, and can be revoked when a status was asked for.
#[utoipa::path(
    post, path = "/credentials/issue", operation_id = "issueCredential", tag = "vc-api",
    security(("token" = [])),
    request_body(content = IssueRequest, description = "At most 1 MiB."),
    responses(
        (status = 201, description = "The signed credential.", body = IssueResponse),
        (status = 400, description = "The credential or an option is not as it must be; `errors` names each path.", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "A token is needed.", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The token lacks the scope issue.", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "There is no key for the VC-API.", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "The body is too large.", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "The body is not JSON.", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn issue(
    State(web): State<Arc<Web>>,
    Extension(actor): Extension<Actor>,
    headers: HeaderMap,
    body: Body,
) -> Result<(StatusCode, Json<IssueResponse>), Failure> {
    let IssueRequest { credential, options } = request(&headers, body).await?;
    let (suite, revocable) = settled(&options).map_err(as_malformed)?;
    let asked = SignRequest { credential, suite, revocable };
    let signed = sign_credential(&web.app, &actor, asked).await.map_err(as_malformed)?;
    Ok((StatusCode::CREATED, Json(IssueResponse { verifiable_credential: signed })))
}

/// The suite, and whether a place in a status list is wanted.
fn settled(options: &IssueOptions) -> Result<(Suite, bool), Failure> {
    let suite = match options.cryptosuite.as_deref().unwrap_or(CRYPTOSUITE) {
        "eddsa-rdfc-2022" => Suite::EddsaRdfc2022,
        "eddsa-jcs-2022" => Suite::EddsaJcs2022,
        other => {
            let why = format!("“{other}” is not signed with here; use eddsa-rdfc-2022 or eddsa-jcs-2022");
            return Err(Failure::field("options.cryptosuite", why));
        }
    };
    if options.proof_type.as_deref().is_some_and(|kind| kind != "DataIntegrityProof") {
        return Err(Failure::field("options.type", "is not DataIntegrityProof, the only type of proof signed here"));
    }
    let status = options.credential_status.as_ref();
    if status.is_some_and(|status| status.kind != "BitstringStatusListEntry") {
        return Err(Failure::field("options.credentialStatus.type", "is not BitstringStatusListEntry"));
    }
    let within = status.and_then(|status| status.status_purpose.as_deref());
    for (field, purpose) in [
        ("options.statusPurpose", options.status_purpose.as_deref()),
        ("options.credentialStatus.statusPurpose", within),
    ] {
        if purpose.is_some_and(|purpose| purpose != "revocation") {
            return Err(Failure::field(field, "is not revocation, the only purpose lists are kept for here"));
        }
    }
    Ok((suite, status.is_some() || options.status_purpose.is_some()))
}
