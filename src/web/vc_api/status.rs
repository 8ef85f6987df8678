//! `POST /credentials/status`: takes back a credential that was signed over the VC-API.

use super::{as_malformed, request};
use crate::{
    actions::credential_status::{revoke_credential, stands},
    domain::actor::Actor,
    web::{
        Web,
        error::{Failure, Kind},
        finish::Problem,
    },
};
use axum::{Extension, Json, body::Body, extract::State, http::HeaderMap};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct StatusRequest {
    /// The `id` of the credential.
    pub credential_id: String,
    pub credential_status: StatusChange,
    /// `true`, also when it is left out: it is revoked from now on. What was revoked stays so.
    #[serde(default)]
    pub status: Option<bool>,
}

#[derive(Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StatusChange {
    /// `BitstringStatusListEntry`.
    #[serde(rename = "type")]
    pub kind: String,
    /// `revocation`.
    pub status_purpose: String,
}

/// Revoke a credential (VC-API). The published list shows it as soon as this answers.
#[utoipa::path(
    post, path = "/credentials/status", operation_id = "updateCredentialStatus", tag = "vc-api",
    security(("token" = [])),
    request_body = StatusRequest,
    responses(
        (status = 200, description = "It is as was asked.", body = Object),
        (status = 400, description = "A field is not as it must be.", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "A token is needed.", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The token lacks the scope revoke.", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No revocable credential calls itself so.", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "It was revoked, and a revocation is final.", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn change(
    State(web): State<Arc<Web>>,
    Extension(actor): Extension<Actor>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Value>, Failure> {
    let StatusRequest { credential_id, credential_status, status } = request(&headers, body).await?;
    if credential_status.kind != "BitstringStatusListEntry" {
        return Err(as_malformed(Failure::field("credentialStatus.type", "is not BitstringStatusListEntry")));
    }
    if credential_status.status_purpose != "revocation" {
        let why = "is not revocation, the only purpose lists are kept for here";
        return Err(as_malformed(Failure::field("credentialStatus.statusPurpose", why)));
    }
    if status == Some(false) {
        if !stands(&web.app, &actor, &credential_id).await? {
            return Err(Failure::new(Kind::Conflict, "It was revoked, and a revocation is final."));
        }
        return Ok(Json(json!({})));
    }
    revoke_credential(&web.app, &actor, &credential_id).await.map_err(as_malformed)?;
    Ok(Json(json!({})))
}
