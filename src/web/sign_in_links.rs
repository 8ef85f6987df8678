//! `/sign-in` by mail: an address is asked for, a letter with a link follows, and a button on the link's page signs in. The store is
//! read only once a form is there: whoever sends one slowly holds no connection of others.

use super::{
    Web,
    error::Failure,
    frame::{Reader, bare_site},
    limits,
    session::{self, Signing},
    sign_in::{self, Next, Nothing, signed_in},
    view::{SignInLinkPage, SignInSentPage},
};
use crate::{
    actions::sign_in_links,
    domain::{recipient::email, session::own_path},
};
use axum::{
    extract::{Path, State},
    http::{StatusCode, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use std::sync::Arc;

#[derive(Deserialize)]
pub struct Asked {
    email: String,
    #[serde(flatten)]
    next: Next,
}

/// `POST /sign-in`: answers at once and always the same; whether anyone is written to is found out afterwards.
pub async fn ask(
    State(web): State<Arc<Web>>,
    parts: Parts,
    Signing(asked): Signing<Asked>,
) -> Result<Response, Failure> {
    if !web.app.mailer.is_set_up() {
        return Err(Failure::not_found("Nothing"));
    }
    let address = match email(&asked.email) {
        Ok(address) => address,
        Err(_) => {
            let mut reader = Reader::open(&web, &parts).await?;
            let mut page = sign_in::page(&web, &mut reader, asked.next.path()).await?;
            page.wrong_email(asked.email);
            return reader.again(&page);
        }
    };
    let site = bare_site(&web, &parts);
    web.clients.asks_for_letter(limits::client(&parts.extensions), site.now)?;
    let (next, language) = (asked.next.path().to_owned(), site.text.language());
    tokio::spawn(async move {
        if let Err(why) = sign_in_links::write(&web.app, &address, &next, language).await {
            tracing::error!("a link to sign in could not be written: {why}");
        }
    });
    Ok(Redirect::to("/sign-in/sent").into_response())
}

/// `GET /sign-in/sent`: what to do now.
pub async fn sent(reader: Reader) -> Result<Response, Failure> {
    reader.page(&SignInSentPage { site: reader.site.clone(), minutes: sign_in_links::MINUTES }, false)
}

/// `GET /sign-in/link/{secret}`: a button, and nothing changed.
pub async fn show(
    State(web): State<Arc<Web>>,
    Path(secret): Path<String>,
    reader: Reader,
) -> Result<Response, Failure> {
    let link = sign_in_links::look(&web.app, &secret).await?;
    page(&reader, link.map(|link| (link.name, link.email, secret)))
}

/// `POST /sign-in/link/{secret}`: the button was pressed.
pub async fn redeem(
    State(web): State<Arc<Web>>,
    Path(secret): Path<String>,
    parts: Parts,
    Signing(Nothing {}): Signing<Nothing>,
) -> Result<Response, Failure> {
    match sign_in_links::redeem(&web.app, &secret, session::browser(&web, &parts.headers)).await? {
        Some((opened, next)) => Ok(signed_in(&web, &opened, own_path(&next).unwrap_or("/me"))),
        None => page(&Reader::open(&web, &parts).await?, None),
    }
}

fn page(reader: &Reader, whose: Option<(String, String, String)>) -> Result<Response, Failure> {
    let ended = whose.is_none();
    let mut response = reader.page(&SignInLinkPage { site: reader.site.clone(), whose }, false)?;
    if ended {
        *response.status_mut() = StatusCode::GONE;
    }
    Ok(response)
}
