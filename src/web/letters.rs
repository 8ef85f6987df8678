//! `/me/letters`: which letters one gets. `/letters/{secret}`: the link in a letter, which stops letters like it with one click and without
//! signing in, as mail programs do it themselves (RFC 8058).

use super::{
    Web,
    error::Failure,
    frame::Reader,
    session::{Me, Sent},
    view::{LettersPage, StopPage},
};
use crate::{actions::letter_choices, domain::letter::LetterKind};
use axum::{
    extract::{Path, State},
    http::request::Parts,
    response::{IntoResponse, Redirect, Response},
};
use std::sync::Arc;

/// `GET /me/letters`.
pub async fn show(State(web): State<Arc<Web>>, me: Me, reader: Reader) -> Result<Response, Failure> {
    let choices = letter_choices::list(&web.app, &me.actor()).await?;
    reader.page(&LettersPage { site: reader.site.clone(), choices }, false)
}

/// `POST /me/letters`: a field `letters` for each kind that is wanted.
pub async fn choose(
    State(web): State<Arc<Web>>,
    Sent { me, form }: Sent<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let wanted =
        form.iter().filter(|(field, _)| field == "letters").filter_map(|(_, word)| LetterKind::parse(word).ok());
    letter_choices::choose(&web.app, &me.actor(), &wanted.collect::<Vec<_>>()).await?;
    Ok(Redirect::to("/me/letters").into_response())
}

/// `GET /letters/{secret}`: asks first, since programs follow every link in a letter.
pub async fn ask(State(web): State<Arc<Web>>, Path(secret): Path<String>, parts: Parts) -> Result<Response, Failure> {
    let kind = letter_choices::of_link(&web.app, &secret).await?;
    let reader = Reader::open(&web, &parts).await?;
    reader.page(&StopPage { site: reader.site.clone(), kind, secret: Some(secret) }, false)
}

/// `POST /letters/{secret}`. No cookie counts here and no page of ours need have sent it: the link is all it takes.
pub async fn stop(State(web): State<Arc<Web>>, Path(secret): Path<String>, parts: Parts) -> Result<Response, Failure> {
    let kind = letter_choices::stop(&web.app, &secret).await?;
    let reader = Reader::open(&web, &parts).await?;
    reader.page(&StopPage { site: reader.site.clone(), kind, secret: None }, false)
}
