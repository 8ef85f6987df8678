//! What wallets read first: which credentials there are and where (OpenID4VCI 1.0, section 12.2), and where tokens are given (RFC 8414).

use super::{GRANT, authorization_server_id};
use crate::{
    actions::wallet::formats,
    credential::document::{CREDENTIALS_CONTEXT, EXTENSIONS_CONTEXT, OPEN_BADGES_CONTEXT},
    domain::wallet::Format,
    web::{Web, caching::Keep, error::Failure, frame::Reader},
};
use axum::{extract::State, response::Response};
use serde_json::{Map, Value, json};
use std::sync::Arc;

const KEPT_FOR: Keep = Keep::Seconds(300);

/// `GET /.well-known/openid-credential-issuer`.
pub async fn credential_issuer(State(web): State<Arc<Web>>, mut reader: Reader) -> Result<Response, Failure> {
    let issuer = reader.issuer.clone().ok_or_else(|| Failure::not_found("No issuer"))?;
    let base = &web.app.config.base_url;
    let formats = formats(&mut reader.conn, &issuer).await?;
    let configurations: Map<String, Value> = formats
        .into_iter()
        .map(|format| (format.configuration().to_owned(), configuration(format, &issuer.name)))
        .collect();
    let document = json!({
        "credential_issuer": base,
        "authorization_servers": [authorization_server_id(base)],
        "credential_endpoint": format!("{base}/wallet/credential"),
        "nonce_endpoint": format!("{base}/wallet/nonce"),
        "display": [{"name": issuer.name}],
        "credential_configurations_supported": configurations,
    });
    reader.json(&document, "application/json", KEPT_FOR)
}

/// `GET /.well-known/oauth-authorization-server/wallet`.
pub async fn authorization_server(State(web): State<Arc<Web>>, reader: Reader) -> Result<Response, Failure> {
    let server = authorization_server_id(&web.app.config.base_url);
    let document = json!({
        "issuer": server,
        "token_endpoint": format!("{server}/token"),
        "grant_types_supported": [GRANT],
        "response_types_supported": [],
        "token_endpoint_auth_methods_supported": ["none"],
        "pre-authorized_grant_anonymous_access_supported": true,
    });
    reader.json(&document, "application/json", KEPT_FOR)
}

/// One form of badge. It is bound to a DID that is made of the holder's key.
fn configuration(format: Format, issuer: &str) -> Value {
    let types = json!(["VerifiableCredential", "OpenBadgeCredential"]);
    let (definition, signed_with) = match format {
        Format::Ldp => {
            let contexts = [CREDENTIALS_CONTEXT, OPEN_BADGES_CONTEXT, EXTENSIONS_CONTEXT];
            (json!({"@context": contexts, "type": types}), json!(["eddsa-rdfc-2022"]))
        }
        // Which of the two it is, is the deployment's choice.
        Format::Jwt => (json!({"type": types}), json!(["ES256", "RS256"])),
    };
    json!({
        "format": format.as_str(),
        "credential_definition": definition,
        "cryptographic_binding_methods_supported": ["did:key", "did:jwk"],
        "credential_signing_alg_values_supported": signed_with,
        "proof_types_supported": {"jwt": {"proof_signing_alg_values_supported": ["EdDSA", "ES256"]}},
        "credential_metadata": {"display": [{"name": format!("Open Badge of {issuer}"), "locale": "en"}]},
    })
}
