//! `/me/backpack`: one's badges from elsewhere, put in by file, text or address, each with its own verification as of now, and given out
//! again as it came.

use super::{
    Web,
    body::FORM_LIMIT,
    caching,
    error::Failure,
    frame::Reader,
    sent_parts::{SentPart, SentParts},
    session::{Me, Sent},
    sign_in::Nothing,
    view::{BackpackPage, KeptPage, VerifyResult},
};
use crate::{
    actions::{
        backpack::{self, BackpackError, BackpackFault, Came, Given, PAGE},
        verify,
    },
    domain::backpack::CameBy,
    store::backpack::After,
};
use axum::{
    body::Bytes,
    extract::{Path, Query, Request, State},
    http::{StatusCode, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use jiff::Timestamp;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use std::sync::Arc;

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Place {
    after: String,
}

impl Place {
    /// `{seconds}.{id}`; anything else is the beginning.
    fn after(&self) -> Option<After> {
        let (seconds, id) = self.after.split_once('.')?;
        let added_at = Timestamp::from_second(seconds.parse().ok()?).ok()?;
        Some(After { added_at, id: id.to_owned() })
    }
}

pub async fn list(
    State(web): State<Arc<Web>>,
    Query(place): Query<Place>,
    me: Me,
    reader: Reader,
) -> Result<Response, Failure> {
    let page = page(&web, &me, &reader, place.after().as_ref()).await?;
    reader.page(&page, false)
}

pub(super) async fn page(web: &Web, me: &Me, reader: &Reader, after: Option<&After>) -> Result<BackpackPage, Failure> {
    let (badges, (count, bytes)) = backpack::list(&web.app, &me.actor(), after).await?;
    let last = badges.last().filter(|_| badges.len() == PAGE as usize);
    let next_url = last.map(|last| format!("/me/backpack?after={}.{}", last.added_at.as_second(), last.id));
    let site = reader.site.clone();
    Ok(BackpackPage {
        site,
        badges,
        count,
        bytes,
        next_url,
        problem: None,
        text: String::new(),
        address: String::new(),
        platform: String::new(),
        platform_problem: None,
    })
}

/// A form of several parts, whose token is in it.
pub async fn take(State(web): State<Arc<Web>>, request: Request) -> Result<Response, Failure> {
    let (head, body) = request.into_parts();
    let SentParts { me, parts } = SentParts::read(Request::from_parts(head.clone(), body), &web, FORM_LIMIT).await?;
    let form = Form::of(parts);
    let given = |bytes, name, by| Given { bytes, name, by, from: None };
    let taken = if !form.file.is_empty() {
        backpack::take(&web.app, &me.actor(), given(&form.file, Some(&form.name), CameBy::File)).await
    } else if !form.text.is_empty() && !form.text.starts_with("https://") {
        backpack::take(&web.app, &me.actor(), given(form.text.as_bytes(), None, CameBy::Text)).await
    } else {
        let address = if form.address.is_empty() { &form.text } else { &form.address };
        match address.is_empty() {
            true => Err(BackpackFault::NoBadge(String::new()).into()),
            false => backpack::take_from(&web.app, &me.actor(), address).await,
        }
    };
    let fault = match taken {
        Ok(taken) => return Ok(led(taken.came, &taken.id)),
        Err(BackpackError::Refused(fault)) => fault,
        Err(BackpackError::Failed(why)) => return Err(why.into()),
    };
    let reader = Reader::open(&web, &head).await?;
    let page = page(&web, &me, &reader, None).await?;
    reader.again(&BackpackPage { problem: Some(fault), text: form.text, address: form.address, ..page })
}

/// To what became of it.
fn led(came: Came, id: &str) -> Response {
    let to = match came {
        Came::Added => format!("/me/backpack/{id}"),
        Came::Replaced => format!("/me/backpack/{id}?came=replaced"),
        Came::Unchanged => format!("/me/backpack/{id}?came=unchanged"),
        Came::Older => format!("/me/backpack/{id}?came=older"),
        Came::OwnAward => format!("/me/badges#{id}"),
    };
    Redirect::to(&to).into_response()
}

#[derive(Default)]
struct Form {
    file: Bytes,
    name: String,
    text: String,
    address: String,
}

impl Form {
    fn of(parts: Vec<SentPart>) -> Self {
        let mut given = Form::default();
        for part in parts {
            match part.name.as_str() {
                "text" => given.text = part.text(),
                "address" => given.address = part.text(),
                "file" => (given.file, given.name) = (part.bytes, part.file_name.unwrap_or_default()),
                _ => {}
            }
        }
        given
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Told {
    came: String,
}

/// Judged now, whatever was found before.
pub async fn show(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    Query(told): Query<Told>,
    me: Me,
    parts: Parts,
) -> Result<Response, Failure> {
    let (kept, file) = backpack::get(&web.app, &me.actor(), &id).await?;
    // The judge asks for connections of its own, so none is held.
    let verification = verify::verify(&web.app, &file, None).await?;
    let result = VerifyResult {
        report: verification.report,
        fetched: verification.fetched,
        refreshed: None,
        page_url: None,
        has_newer: false,
        image_url: None,
        person: None,
        again: None,
    };
    let reader = Reader::open(&web, &parts).await?;
    reader.page(&KeptPage { site: reader.site.clone(), kept, result, came: told.came }, false)
}

/// The bytes as they came. A picture may be shown, and nothing in it runs.
pub async fn file(State(web): State<Arc<Web>>, Path(id): Path<String>, me: Me) -> Result<Response, Failure> {
    let (kept, file) = backpack::get(&web.app, &me.actor(), &id).await?;
    let mut response = (StatusCode::OK, file).into_response();
    caching::set(&mut response, header::CONTENT_TYPE, &kept.media_type);
    let name = utf8_percent_encode(&kept.file_name, NON_ALPHANUMERIC);
    caching::set(&mut response, header::CONTENT_DISPOSITION, &format!("attachment; filename*=UTF-8''{name}"));
    Ok(response)
}

pub async fn remove(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    Sent { me, .. }: Sent<Nothing>,
) -> Result<Response, Failure> {
    backpack::remove(&web.app, &me.actor(), &id).await?;
    Ok(Redirect::to("/me/backpack").into_response())
}
