//! `/admin/people/{id}/erase`: what would go and what would stay, and the form that erases someone for good.

use super::{
    Web,
    error::Failure,
    frame::Reader,
    session::{Me, Sent},
    view::ErasePage,
};
use crate::{
    actions::erase::{self, Asked, Before},
    domain::erasing::{Cause, TakenAlong},
};
use axum::{
    extract::{Path, State},
    http::request::Parts,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use std::sync::Arc;

/// `GET /admin/people/{id}/erase`.
pub async fn show(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    me: Me,
    reader: Reader,
) -> Result<Response, Failure> {
    let before = erase::look(&web.app, &me.actor(), &id).await?;
    reader.page(&page(&reader, before, Form::default(), Vec::new()), false)
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Form {
    badges: String,
    cause: String,
    /// Their address, typed.
    confirm: String,
}

/// `POST /admin/people/{id}/erase`.
pub async fn erase(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    parts: Parts,
    Sent { me, form }: Sent<Form>,
) -> Result<Response, Failure> {
    let before = erase::look(&web.app, &me.actor(), &id).await?;
    let (taken_along, cause) = (TakenAlong::parse(&form.badges), Cause::parse(&form.cause));
    let confirmed = form.confirm.trim().to_lowercase() == before.entry.person.email;
    if let (Ok(taken_along), Ok(cause), true) = (&taken_along, &cause, confirmed) {
        let asked = Asked { taken_along: *taken_along, cause: *cause };
        erase::erase(&web.app, &me.actor(), &id, asked).await?;
        return Ok(Redirect::to("/admin?erased=yes").into_response());
    }
    let problems = [
        taken_along.is_err().then_some(("badges", "erase-problem-badges")),
        cause.is_err().then_some(("cause", "erase-problem-cause")),
        (!confirmed).then_some(("confirm", "erase-problem-confirm")),
    ];
    let reader = Reader::open(&web, &parts).await?;
    reader.again(&page(&reader, before, form, problems.into_iter().flatten().collect()))
}

fn page(reader: &Reader, before: Before, form: Form, problems: Vec<(&'static str, &'static str)>) -> ErasePage {
    ErasePage {
        site: reader.site.clone(),
        person: before.entry.person,
        badges: before.badges as i64,
        standing: before.standing as i64,
        taken_along: form.badges,
        cause: form.cause,
        problems,
    }
}
