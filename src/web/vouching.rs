//! Endorsements by people: a holder's page of a badge (who said what, what others see, whom to ask), the form for a colleague and for someone outside, what one
//! said oneself, and the documents by which all of it verifies.

use super::{
    Web,
    caching::{self, Keep},
    error::Failure,
    format,
    frame::{self, Reader, answered},
    session::{Me, Sent, Signing},
    show,
    sign_in::Nothing,
    status::not_acceptable,
    view::{AskForm, EndorseForm, EndorsePage, EndorsedPage, GivenPage, GivenRow, SaidRow, WithdrawPage},
};
use crate::{
    actions::{
        documents, issuer,
        vouching::{
            answer::{self, Given},
            ask::{self, Asking},
            give::{self, Writing},
        },
    },
    domain::{field::FieldError, personal_endorsement::Words},
    store::personal_endorsements,
};
use axum::{
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use std::sync::Arc;

/// How long anyone may keep someone's keys or list.
const KEPT_FOR: Keep = Keep::Seconds(15);

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    name: String,
    email: String,
    comment: String,
    language: String,
    skill: String,
}

impl Typed {
    fn words(&self) -> Words {
        Words {
            name: self.name.clone(),
            comment: self.comment.clone(),
            language: self.language.clone(),
            skill: self.skill.clone(),
        }
    }
}

/// `GET /me/badges/{id}/endorsements`.
pub async fn desk(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    me: Me,
    reader: Reader,
) -> Result<Response, Failure> {
    reader.page(&desk_page(&web, &reader, &me, &id, Typed::default(), Vec::new()).await?, false)
}

/// `POST /me/badges/{id}/endorsements`: asks someone.
pub async fn ask(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    parts: Parts,
    Sent { me, form }: Sent<Typed>,
) -> Result<Response, Failure> {
    let site = frame::bare_site(&web, &parts);
    let asking = Asking {
        name: form.name.clone(),
        email: form.email.clone(),
        skill: form.skill.clone(),
        language: site.text.language(),
    };
    let done = ask::ask(&web.app, &me.actor(), &id, &asking).await;
    let back = format!("/me/badges/{id}/endorsements");
    answered(
        done,
        |()| back,
        async |faults| {
            let reader = Reader::open(&web, &parts).await?;
            desk_page(&web, &reader, &me, &id, form, faults).await
        },
    )
    .await
}

async fn desk_page(
    web: &Web,
    reader: &Reader,
    me: &Me,
    id: &str,
    typed: Typed,
    faults: Vec<FieldError>,
) -> Result<EndorsedPage, Failure> {
    let desk = ask::desk(&web.app, &me.actor(), id).await?;
    Ok(EndorsedPage {
        site: reader.site.clone(),
        id: id.to_owned(),
        title: show::title(&desk.badge),
        skills: desk.badge.level.content.alignments.clone(),
        said: desk.said.into_iter().map(|said| SaidRow { said }).collect(),
        asked: desk.asked,
        form: AskForm { name: typed.name, email: typed.email, skill: typed.skill },
        faults,
    })
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Answer {
    standing: String,
}

/// `POST /me/endorsements/{id}/answer`.
pub async fn answer(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    Sent { me, form }: Sent<Answer>,
) -> Result<Response, Failure> {
    let award = answer::answer(&web.app, &me.actor(), &id, &form.standing).await?;
    Ok(Redirect::to(&format!("/me/badges/{award}/endorsements#{id}")).into_response())
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    skill: String,
}

/// `GET /me/endorse/{award}`.
pub async fn form(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
    me: Me,
    reader: Reader,
) -> Result<Response, Failure> {
    let writing = give::look(&web.app, &me.actor(), &id).await?;
    let skill = writing.skill.map_or(wanted.skill, |skill| skill.to_string());
    let typed = Typed { skill, language: reader.site.text.tag().to_owned(), ..Typed::default() };
    reader.page(&form_page(&reader, writing, format!("/me/endorse/{id}"), typed, Vec::new()), false)
}

/// `POST /me/endorse/{award}`.
pub async fn give(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    parts: Parts,
    Sent { me, form }: Sent<Typed>,
) -> Result<Response, Failure> {
    let done = give::give(&web.app, &me.actor(), &id, &form.words()).await;
    answered(
        done,
        |()| "/me/endorsements?given=yes".to_owned(),
        async |faults| {
            let reader = Reader::open(&web, &parts).await?;
            let writing = give::look(&web.app, &me.actor(), &id).await?;
            Ok(form_page(&reader, writing, format!("/me/endorse/{id}"), form, faults))
        },
    )
    .await
}

/// `GET /endorse/{secret}`: the form, by a link.
pub async fn form_outside(
    State(web): State<Arc<Web>>,
    Path(secret): Path<String>,
    reader: Reader,
) -> Result<Response, Failure> {
    let Some(writing) = give::look_outside(&web.app, &secret).await? else { return ended(&reader) };
    let language = reader.site.text.tag().to_owned();
    let typed = Typed {
        name: writing.name.clone(),
        skill: writing.skill.map(|skill| skill.to_string()).unwrap_or_default(),
        language,
        ..Typed::default()
    };
    reader.page(&form_page(&reader, writing, format!("/endorse/{secret}"), typed, Vec::new()), false)
}

/// `POST /endorse/{secret}`.
pub async fn give_outside(
    State(web): State<Arc<Web>>,
    Path(secret): Path<String>,
    parts: Parts,
    Signing(form): Signing<Typed>,
) -> Result<Response, Failure> {
    let language = frame::bare_site(&web, &parts).text.language();
    match give::give_outside(&web.app, &secret, &form.words(), language).await {
        Ok(false) => ended(&Reader::open(&web, &parts).await?),
        Ok(true) => {
            let reader = Reader::open(&web, &parts).await?;
            reader.page(&WithdrawPage { site: reader.site.clone(), given: None, secret: None, done: true }, false)
        }
        Err(crate::actions::ActionError::Invalid(faults)) => {
            let reader = Reader::open(&web, &parts).await?;
            let Some(writing) = give::look_outside(&web.app, &secret).await? else { return ended(&reader) };
            reader.again(&form_page(&reader, writing, format!("/endorse/{secret}"), form, faults))
        }
        Err(why) => Err(why.into()),
    }
}

fn form_page(reader: &Reader, writing: Writing, url: String, typed: Typed, faults: Vec<FieldError>) -> EndorsePage {
    let badge = &writing.badge;
    EndorsePage {
        site: reader.site.clone(),
        url,
        title: show::title(badge),
        image_url: show::image_url(&badge.level.content.image),
        holder: badge.person.name.clone(),
        relation: writing.relation,
        name: writing.name,
        skills: badge.level.content.alignments.clone(),
        form: EndorseForm { name: typed.name, comment: typed.comment, language: typed.language, skill: typed.skill },
        faults,
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Done {
    given: String,
}

/// `GET /me/endorsements`: what one said for others.
pub async fn given(
    State(web): State<Arc<Web>>,
    Query(done): Query<Done>,
    me: Me,
    reader: Reader,
) -> Result<Response, Failure> {
    let given = answer::given(&web.app, &me.actor()).await?;
    let page = GivenPage {
        site: reader.site.clone(),
        given: given.into_iter().map(row).collect(),
        just_given: done.given == "yes",
    };
    reader.page(&page, false)
}

/// `POST /me/endorsements/{id}/withdraw`.
pub async fn withdraw(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    Sent { me, .. }: Sent<Nothing>,
) -> Result<Response, Failure> {
    answer::withdraw(&web.app, &me.actor(), &id).await?;
    Ok(Redirect::to("/me/endorsements").into_response())
}

/// `GET /endorse/said/{secret}`: what someone outside said, and the button to withdraw it.
pub async fn said_outside(
    State(web): State<Arc<Web>>,
    Path(secret): Path<String>,
    reader: Reader,
) -> Result<Response, Failure> {
    let Some(given) = answer::look_outside(&web.app, &secret).await? else { return ended(&reader) };
    let page = WithdrawPage { site: reader.site.clone(), given: Some(row(given)), secret: Some(secret), done: false };
    reader.page(&page, false)
}

/// `POST /endorse/said/{secret}`.
pub async fn withdraw_outside(
    State(web): State<Arc<Web>>,
    Path(secret): Path<String>,
    parts: Parts,
    Signing(Nothing {}): Signing<Nothing>,
) -> Result<Response, Failure> {
    if answer::withdraw_outside(&web.app, &secret).await? {
        return Ok(Redirect::to(&format!("/endorse/said/{secret}")).into_response());
    }
    ended(&Reader::open(&web, &parts).await?)
}

fn row(given: Given) -> GivenRow {
    GivenRow {
        title: show::title(&given.badge),
        holder: given.badge.person.name.clone(),
        skills: given.badge.level.content.alignments.clone(),
        said: given.said,
    }
}

/// A link that is not good any more, whatever it was.
fn ended(reader: &Reader) -> Result<Response, Failure> {
    let page = WithdrawPage { site: reader.site.clone(), given: None, secret: None, done: false };
    let mut response = reader.page(&page, false)?;
    *response.status_mut() = StatusCode::GONE;
    Ok(response)
}

/// `GET /endorsers/{id}/did.json`.
pub async fn did(Path(id): Path<String>, mut reader: Reader) -> Result<Response, Failure> {
    let known = personal_endorsements::endorser(&mut reader.conn, &id).await?;
    let known = known.ok_or_else(|| Failure::not_found("Nobody who endorses"))?;
    if known.list.is_none() {
        return Err(Failure::gone());
    }
    let accept = reader.header(header::ACCEPT);
    let media_type = format::choose(accept, &format::DID)
        .or_else(|| format::choose(accept, &[format::PAGE]).map(|_| "application/json"))
        .ok_or_else(|| not_acceptable(&format::DID))?;
    let issuer = issuer(&mut reader.conn).await?;
    let keys = documents::endorser_keys(&mut reader.conn, &issuer).await?;
    reader.json(&documents::endorser_did_document(&issuer, &id, &keys), media_type, KEPT_FOR)
}

/// `GET /endorsers/{id}/status`: finished bytes.
pub async fn status(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let media_type = format::choose(frame::header(&headers, header::ACCEPT), &format::CREDENTIAL)
        .ok_or_else(|| not_acceptable(&format::CREDENTIAL))?;
    let known = personal_endorsements::endorser(&mut web.app.db.read().await?, &id).await?;
    let known = known.ok_or_else(|| Failure::not_found("No status list"))?;
    let list = known.list.ok_or_else(Failure::gone)?;
    let etag = caching::digest(list.as_bytes(), media_type);
    let mut response = caching::answer(&headers, media_type, &etag, KEPT_FOR, list);
    caching::set(&mut response, header::VARY, "Accept");
    Ok(response)
}
