//! `/sign-in` and `/sign-out`. Whoever signs in is led to the page they asked for, and only ever to one of ours.

use super::{
    Web,
    error::Failure,
    frame::Reader,
    session::{self, Me, Sent, Signing},
    view::{DemoChoice, SignInPage},
};
use crate::{
    actions::{
        demo,
        sessions::{self, Opened},
    },
    domain::session::{Method, own_path},
    store::passkeys,
};
use axum::{
    extract::{Query, State},
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use std::sync::Arc;

/// Where one is led after signing in.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Next {
    pub next: String,
}

impl Next {
    pub fn path(&self) -> &str {
        own_path(&self.next).unwrap_or("/me")
    }
}

/// `GET /sign-in`: the ways there are.
pub async fn show(
    State(web): State<Arc<Web>>,
    Query(asked): Query<Next>,
    mut reader: Reader,
) -> Result<Response, Failure> {
    let page = page(&web, &mut reader, asked.path()).await?;
    reader.page(&page, false)
}

/// The ways there are, and where one is led then.
pub async fn page(web: &Web, reader: &mut Reader, next: &str) -> Result<SignInPage, Failure> {
    let people = if web.app.config.demo { demo::people(&mut reader.conn).await? } else { Vec::new() };
    Ok(SignInPage {
        site: reader.site.clone(),
        next: next.to_owned(),
        problem: None,
        by_mail: web.app.mailer.is_set_up(),
        email: String::new(),
        refused: false,
        provider: web.app.config.provider.as_ref().map(|provider| provider.name.clone()),
        passkeys: passkeys::any(&mut reader.conn).await?,
        demo: people.into_iter().map(DemoChoice::from).collect(),
    })
}

#[derive(Deserialize)]
pub struct Chosen {
    person: String,
    #[serde(flatten)]
    next: Next,
}

/// `POST /sign-in/demo`: as one of the demo's people. Anywhere else this is not there.
pub async fn demo(
    State(web): State<Arc<Web>>,
    headers: HeaderMap,
    Signing(chosen): Signing<Chosen>,
) -> Result<Response, Failure> {
    if !web.app.config.demo {
        return Err(Failure::not_found("Nothing"));
    }
    let people = demo::people(&mut web.app.db.read().await?).await?;
    let person = people.into_iter().find(|one| one.person.id == chosen.person);
    let person = person.ok_or_else(|| Failure::not_found("Nobody"))?.person;
    let opened = sessions::open(&web.app, &person.id, Method::Demo, session::browser(&web, &headers)).await?;
    Ok(signed_in(&web, &opened, chosen.next.path()))
}

/// The answer to someone who has signed in.
pub fn signed_in(web: &Web, opened: &Opened, next: &str) -> Response {
    let mut response = Redirect::to(next).into_response();
    session::begin(web, &mut response, &opened.secret);
    response
}

#[derive(Deserialize)]
pub struct Nothing {}

/// `POST /sign-out`; where a page is named, to sign in again and be led there.
pub async fn out(
    State(web): State<Arc<Web>>,
    Sent { me: Me { member, session, .. }, form: again }: Sent<Next>,
) -> Result<Response, Failure> {
    sessions::end(&web.app, &member, &session.id).await?;
    let query = |next| url::form_urlencoded::Serializer::new(String::new()).append_pair("next", next).finish();
    let to = own_path(&again.next).map_or_else(|| "/".to_owned(), |next| format!("/sign-in?{}", query(next)));
    let mut response = Redirect::to(&to).into_response();
    session::forget(&web, &mut response);
    Ok(response)
}
