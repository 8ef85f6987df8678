//! OAuth 2.0 for apps of others: where they register, ask a person to let them in, and get and give back tokens. What goes wrong is said
//! in OAuth's own words.

pub mod authorize;
pub mod token;

use super::{
    Web,
    api::input,
    body,
    caching::{self, Keep},
    error::Failure,
    frame::Reader,
    limits,
};
use crate::{
    actions::oauth::{self, OauthError},
    domain::oauth::{AppScope, RegistrationRequest},
};
use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// `GET /.well-known/oauth-authorization-server` (RFC 8414).
pub async fn metadata(State(web): State<Arc<Web>>, reader: Reader) -> Result<Response, Failure> {
    let at = |path: &str| web.app.urls().at(path);
    let methods = json!(["client_secret_basic", "client_secret_post", "none"]);
    let document = json!({
        "issuer": web.app.config.base_url,
        "authorization_endpoint": at("/oauth/authorize"),
        "token_endpoint": at("/oauth/token"),
        "registration_endpoint": at("/oauth/register"),
        "revocation_endpoint": at("/oauth/revoke"),
        "scopes_supported": AppScope::ALL.map(AppScope::as_str),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "token_endpoint_auth_methods_supported": methods,
        "revocation_endpoint_auth_methods_supported": methods,
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": true,
        "service_documentation": at("/api"),
    });
    reader.json(&document, "application/json", Keep::Seconds(3600))
}

/// `POST /oauth/register` (RFC 7591).
pub async fn register(State(web): State<Arc<Web>>, request: Request) -> Result<Response, Failure> {
    let (parts, body) = request.into_parts();
    web.clients.registers(limits::client(&parts.extensions), web.app.clock.now())?;
    let registered = match read_registration(&parts.headers, body).await {
        Ok(request) => oauth::register(&web.app, request).await,
        Err(refused) => Err(refused),
    };
    let registered = match registered {
        Ok(registered) => registered,
        Err(why) => return refused(why, &parts.headers),
    };
    let mut document = Map::from_iter([
        ("client_id".to_owned(), json!(registered.client.id)),
        ("client_id_issued_at".to_owned(), json!(registered.client.created_at.as_second())),
    ]);
    if let Some(secret) = registered.secret {
        document.insert("client_secret".into(), json!(secret));
        // It does not run out.
        document.insert("client_secret_expires_at".into(), json!(0));
    }
    if let Ok(Value::Object(metadata)) = serde_json::to_value(&registered.client.metadata) {
        document.extend(metadata);
    }
    Ok(answer(StatusCode::CREATED, &Value::Object(document)))
}

async fn read_registration(headers: &HeaderMap, body: Body) -> Result<RegistrationRequest, OauthError> {
    let refused = |why: String| OauthError::refused("invalid_client_metadata", why);
    if input::media_type(headers) != "application/json" {
        return Err(refused("Send the registration as application/json.".into()));
    }
    let bytes = body::read(body, body::SMALL_LIMIT).await.map_err(|why| refused(why.detail))?;
    let document = input::document(&bytes, body::SMALL_LIMIT).map_err(|why| refused(why.detail))?;
    if !document.is_object() {
        return Err(refused("The registration is not a JSON object.".into()));
    }
    input::typed(document).map_err(|why| refused(why.detail))
}

/// What an app is told (RFC 6749, section 5.2). Whoever tried to show who it is by Basic is told so by the same scheme.
fn refused(why: OauthError, headers: &HeaderMap) -> Result<Response, Failure> {
    let (error, description) = match why {
        OauthError::Refused { error, description } => (error, description),
        OauthError::Failed(why) => return Err(why.into()),
    };
    let tried = error == "invalid_client" && headers.contains_key(header::AUTHORIZATION);
    let status = if tried { StatusCode::UNAUTHORIZED } else { StatusCode::BAD_REQUEST };
    let mut response = answer(status, &json!({"error": error, "error_description": description}));
    if tried {
        caching::set(&mut response, header::WWW_AUTHENTICATE, "Basic realm=\"laurel\"");
    }
    Ok(response)
}

/// Kept by nobody: there may be secrets in it.
fn answer(status: StatusCode, document: &Value) -> Response {
    let mut response = (status, document.to_string()).into_response();
    caching::set(&mut response, header::CONTENT_TYPE, "application/json");
    caching::set(&mut response, header::CACHE_CONTROL, "no-store");
    response
}
