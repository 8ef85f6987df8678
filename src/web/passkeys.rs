//! `/me/passkeys` and `/sign-in/passkey`: what a browser is asked about passkeys, and its answers. Both are for the script of these
//! pages (assets/passkey.js), which speaks JSON; removing one needs none.

use super::{
    Web,
    error::{Failure, Kind},
    session::{self, Me, Sent, Signing},
    sign_in::{Next, Nothing},
};
use crate::actions::{ActionError, passkeys};
use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;

/// `POST /me/passkeys/question`: `PublicKeyCredentialCreationOptionsJSON`.
pub async fn begin(State(web): State<Arc<Web>>, Sent { me, .. }: Sent<Nothing>) -> Result<Response, Failure> {
    Ok(Json(passkeys::begin(&web.app, &me.member, &me.session).await?).into_response())
}

#[derive(Deserialize)]
pub struct Made {
    name: String,
    /// `RegistrationResponseJSON`.
    answer: String,
}

/// `POST /me/passkeys`.
pub async fn add(State(web): State<Arc<Web>>, Sent { me, form }: Sent<Made>) -> Result<Response, Failure> {
    let added = passkeys::add(&web.app, &me.member, &me.session, &form.name, &form.answer).await?;
    Ok((StatusCode::CREATED, Json(json!({"id": added.id}))).into_response())
}

/// `POST /me/passkeys/{id}/remove`.
pub async fn remove(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    Sent { me: Me { member, .. }, .. }: Sent<Nothing>,
) -> Result<Response, Failure> {
    passkeys::remove(&web.app, &member, &id).await?;
    Ok(Redirect::to("/me#passkeys").into_response())
}

/// `POST /sign-in/passkey/question`: `PublicKeyCredentialRequestOptionsJSON`.
pub async fn begin_sign_in(
    State(web): State<Arc<Web>>,
    Signing(Nothing {}): Signing<Nothing>,
) -> Result<Response, Failure> {
    Ok(Json(passkeys::begin_sign_in(&web.app).await?).into_response())
}

#[derive(Deserialize)]
pub struct Shown {
    /// `AuthenticationResponseJSON`.
    answer: String,
    #[serde(flatten)]
    next: Next,
}

/// `POST /sign-in/passkey`: the cookie, and where to go.
pub async fn sign_in(
    State(web): State<Arc<Web>>,
    headers: HeaderMap,
    Signing(shown): Signing<Shown>,
) -> Result<Response, Failure> {
    let opened = passkeys::sign_in(&web.app, &shown.answer, session::browser(&web, &headers)).await;
    let opened = opened.map_err(|why| match why {
        ActionError::Conflict { .. } => Failure { kind: Kind::Forbidden, ..Failure::from(why) },
        why => why.into(),
    })?;
    let mut response = Json(json!({"next": shown.next.path()})).into_response();
    session::begin(&web, &mut response, &opened.secret);
    Ok(response)
}
