//! The calls of a wallet: `/wallet/token`, `/wallet/nonce` and `/wallet/credential` (OpenID4VCI 1.0, sections 6 to 8). What is wrong is
//! said by the standards' own words, and nothing of it is kept by anyone.

use super::GRANT;
use crate::{
    actions::wallet::{self, Refusal, Request, WalletError},
    domain::wallet::Format,
    web::{
        Web,
        api::input,
        auth::bearer,
        body::{self, SMALL_LIMIT},
        caching::{self, Keep},
        error::Failure,
    },
};
use axum::{
    Json,
    body::Body,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// `POST /wallet/token`.
pub async fn token(State(web): State<Arc<Web>>, headers: HeaderMap, body: Body) -> Result<Response, Failure> {
    let bytes = body::read(body, SMALL_LIMIT).await?;
    let done = async {
        let TokenRequest { code, tx_code } = TokenRequest::read(&headers, &bytes)?;
        wallet::redeem(&web.app, &code, &tx_code).await
    };
    answer(
        done.await
            .map(|token| json!({"access_token": token.secret, "token_type": "Bearer", "expires_in": token.seconds})),
    )
}

/// `POST /wallet/nonce`.
pub async fn nonce(State(web): State<Arc<Web>>) -> Result<Response, Failure> {
    let nonce = wallet::nonce(&web.app).await.map_err(WalletError::Failed);
    answer(nonce.map(|nonce| json!({"c_nonce": nonce})))
}

/// `POST /wallet/credential`.
pub async fn credential(State(web): State<Arc<Web>>, headers: HeaderMap, body: Body) -> Result<Response, Failure> {
    let bytes = body::read(body, SMALL_LIMIT).await?;
    let done = async {
        let asked = CredentialRequest::read(&headers, &bytes)?;
        let token = bearer(&headers).ok_or(Refusal::Token)?;
        let (format, proof) = (asked.format()?, asked.proof()?);
        wallet::give(&web.app, Request { token, format, proof }).await
    };
    answer(done.await.map(|credential| json!({"credentials": [{"credential": credential}]})))
}

fn answer(done: Result<Value, WalletError>) -> Result<Response, Failure> {
    let (status, body) = match done {
        Ok(body) => (StatusCode::OK, body),
        // What is not the wallet's doing is said as everywhere.
        Err(WalletError::Failed(why)) => return Err(why.into()),
        Err(WalletError::Refused(why)) => {
            let status = if why == Refusal::Token { StatusCode::UNAUTHORIZED } else { StatusCode::BAD_REQUEST };
            (status, json!({"error": why.code(), "error_description": why.to_string()}))
        }
    };
    let mut response = (status, Json(body)).into_response();
    if status == StatusCode::UNAUTHORIZED {
        caching::set(&mut response, header::WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
    }
    caching::set(&mut response, header::CACHE_CONTROL, &Keep::Never.directives());
    Ok(response)
}

#[derive(Debug)]
struct TokenRequest {
    code: String,
    tx_code: String,
}

impl TokenRequest {
    /// A parameter comes once, and those that are not known are passed over (RFC 6749, section 3.2).
    fn read(headers: &HeaderMap, bytes: &[u8]) -> Result<Self, Refusal> {
        if input::media_type(headers) != "application/x-www-form-urlencoded" {
            return Err(Refusal::Request("send the parameters as application/x-www-form-urlencoded"));
        }
        let one = |wanted: &str| {
            let mut found = url::form_urlencoded::parse(bytes).filter(|(name, _)| name == wanted);
            match (found.next(), found.next()) {
                (_, Some(_)) => Err(Refusal::Request("a parameter came more than once")),
                (value, None) => Ok(value.map(|(_, value)| value.into_owned()).filter(|value| !value.is_empty())),
            }
        };
        match one("grant_type")? {
            None => return Err(Refusal::Request("grant_type is missing")),
            Some(grant) if grant != GRANT => return Err(Refusal::GrantType),
            Some(_) => {}
        }
        let code = one("pre-authorized_code")?.ok_or(Refusal::Request("pre-authorized_code is missing"))?;
        let tx_code = one("tx_code")?.ok_or(Refusal::Request("tx_code is missing: the offer asks for one"))?;
        Ok(TokenRequest { code, tx_code })
    }
}

#[derive(Debug, Deserialize)]
struct CredentialRequest {
    credential_configuration_id: Option<String>,
    credential_identifier: Option<Value>,
    proofs: Option<Map<String, Value>>,
    credential_response_encryption: Option<Value>,
}

impl CredentialRequest {
    fn read(headers: &HeaderMap, bytes: &[u8]) -> Result<Self, Refusal> {
        if input::media_type(headers) != "application/json" {
            return Err(Refusal::CredentialRequest("send the request as application/json"));
        }
        serde_json::from_slice(bytes).map_err(|_| Refusal::CredentialRequest("the body is not a credential request"))
    }

    fn format(&self) -> Result<Format, Refusal> {
        if self.credential_identifier.is_some() {
            let why = "no credential_identifier is given out here; send credential_configuration_id";
            return Err(Refusal::CredentialRequest(why));
        }
        if self.credential_response_encryption.is_some() {
            return Err(Refusal::Encryption);
        }
        let named = self.credential_configuration_id.as_deref();
        let named = named.ok_or(Refusal::CredentialRequest("credential_configuration_id is missing"))?;
        Format::of_configuration(named).ok_or(Refusal::Configuration)
    }

    /// The one proof: several would be for several credentials, and one is given at a time.
    fn proof(&self) -> Result<&str, Refusal> {
        let proofs = self.proofs.as_ref().ok_or(Refusal::Proofs("proofs is missing"))?;
        if proofs.len() != 1 {
            return Err(Refusal::Proofs("proofs has exactly one type"));
        }
        match proofs.get("jwt").and_then(Value::as_array).map(Vec::as_slice) {
            Some([Value::String(proof)]) => Ok(proof),
            Some(_) => Err(Refusal::Proofs("proofs.jwt has exactly one JWT")),
            None => Err(Refusal::Proofs("only proofs of the type jwt are taken here")),
        }
    }
}
