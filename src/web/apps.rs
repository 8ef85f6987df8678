//! `/me/apps`: the apps that one let in, what each may do, and the end of it.

use super::{
    Web,
    error::Failure,
    frame::Reader,
    session::{Me, Sent},
    sign_in::Nothing,
    view::{AppRow, AppsPage},
};
use crate::actions::oauth;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use std::sync::Arc;

pub async fn list(State(web): State<Arc<Web>>, me: Me, reader: Reader) -> Result<Response, Failure> {
    let apps = oauth::connected(&web.app, &me.actor()).await?;
    let page = AppsPage { site: reader.site.clone(), apps: apps.into_iter().map(AppRow::from).collect() };
    reader.page(&page, false)
}

pub async fn disconnect(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    Sent { me, .. }: Sent<Nothing>,
) -> Result<Response, Failure> {
    oauth::disconnect(&web.app, &me.actor(), &id).await?;
    Ok(Redirect::to("/me/apps").into_response())
}
