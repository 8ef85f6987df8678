//! `POST /oauth/token` and `POST /oauth/revoke`: forms of apps, which show who they are by Basic or in the form.

use super::{answer, refused};
use crate::{
    actions::oauth::{self, OauthError, Presented, TokenForm},
    domain::oauth::AppScope,
    web::{Web, api::input, body, error::Failure, frame, limits},
};
use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
    response::Response,
};
use base64::{Engine, prelude::BASE64_STANDARD};
use percent_encoding::percent_decode_str;
use serde_json::json;
use std::sync::Arc;

pub async fn token(State(web): State<Arc<Web>>, request: Request) -> Result<Response, Failure> {
    let (parts, body) = request.into_parts();
    let exchanged = match form(&parts.headers, body).await {
        Ok((presented, form)) => {
            let field = |name: &str| form.take(name);
            let form = TokenForm {
                grant_type: field("grant_type"),
                code: field("code"),
                redirect_uri: field("redirect_uri"),
                code_verifier: field("code_verifier"),
                refresh_token: field("refresh_token"),
                scope: field("scope"),
            };
            oauth::exchange(&web.app, &presented, &form).await
        }
        Err(refused) => Err(refused),
    };
    let tokens = match exchanged {
        Ok(tokens) => tokens,
        Err(why) => return told(&web, why, &parts),
    };
    let mut document = json!({
        "access_token": tokens.access, "token_type": "Bearer", "expires_in": tokens.expires_in,
        "scope": AppScope::written(&tokens.scopes),
    });
    if let Some(refresh) = tokens.refresh {
        document["refresh_token"] = json!(refresh);
    }
    Ok(answer(StatusCode::OK, &document))
}

/// Whatever token it was: that it opens nothing is so either way.
pub async fn revoke(State(web): State<Arc<Web>>, request: Request) -> Result<Response, Failure> {
    let (parts, body) = request.into_parts();
    let revoked = match form(&parts.headers, body).await {
        Ok((_, form)) if form.take("token").is_empty() => {
            Err(OauthError::refused("invalid_request", "token is missing."))
        }
        Ok((presented, form)) => oauth::revoke(&web.app, &presented, &form.take("token")).await,
        Err(refused) => Err(refused),
    };
    match revoked {
        Ok(()) => Ok(answer(StatusCode::OK, &json!({}))),
        Err(why) => told(&web, why, &parts),
    }
}

/// An app that is not known may only try so often.
fn told(web: &Web, why: OauthError, parts: &axum::http::request::Parts) -> Result<Response, Failure> {
    if matches!(&why, OauthError::Refused { error: "invalid_client", .. }) {
        web.clients.shows_no_token(limits::client(&parts.extensions), web.app.clock.now())?;
    }
    refused(why, &parts.headers)
}

struct Fields(Vec<(String, String)>);

impl Fields {
    fn take(&self, name: &str) -> String {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone()).unwrap_or_default()
    }
}

/// The fields, and what the app shows of itself.
async fn form(headers: &HeaderMap, body: Body) -> Result<(Presented, Fields), OauthError> {
    let refused = |why: &str| OauthError::refused("invalid_request", why);
    if input::media_type(headers) != "application/x-www-form-urlencoded" {
        return Err(refused("Send the fields as application/x-www-form-urlencoded."));
    }
    let bytes = body::read(body, body::SMALL_LIMIT).await.map_err(|why| refused(&why.detail))?;
    let mut fields: Vec<(String, String)> = Vec::new();
    for (name, value) in url::form_urlencoded::parse(&bytes) {
        if fields.iter().any(|(before, _)| *before == name) {
            return Err(refused(&format!("{name} stands there twice.")));
        }
        if value.contains('\0') {
            return Err(refused(&format!("{name} holds a null character.")));
        }
        fields.push((name.into_owned(), value.into_owned()));
    }
    let fields = Fields(fields);
    let by_form = Presented {
        id: fields.take("client_id"),
        secret: Some(fields.take("client_secret")).filter(|secret| !secret.is_empty()),
    };
    let presented = match basic(headers) {
        None => by_form,
        Some(shown) if by_form.secret.is_none() && ["", &shown.id].contains(&by_form.id.as_str()) => shown,
        Some(_) => return Err(refused("The app shows who it is in two ways; take one.")),
    };
    Ok((presented, fields))
}

/// Id and secret of `Authorization: Basic`, each percent-encoded (RFC 6749, section 2.3.1).
fn basic(headers: &HeaderMap) -> Option<Presented> {
    let (scheme, shown) = frame::header(headers, header::AUTHORIZATION)?.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = BASE64_STANDARD.decode(shown.trim()).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let decoded = decoded.unwrap_or_default();
    let (id, secret) = decoded.split_once(':').unwrap_or_default();
    // PostgreSQL would not even look for a null, and no app has one.
    let plain = |text: &str| percent_decode_str(text).decode_utf8_lossy().replace('\0', "");
    Some(Presented { id: plain(id), secret: Some(plain(secret)) })
}
