//! Files into a draft: by tus 1.0.0 (its core, creation and termination), which goes on after a cut connection, and by a plain form for a
//! browser without scripts (decision 0040).

use super::{
    problems,
    receive::{Receiving, broken},
    submissions::page,
};
use crate::{
    actions::path::{
        evidence,
        upload::{self, Arrived, NewFile},
    },
    web::{
        Web,
        body::{is_multipart, unreadable},
        caching,
        error::{Failure, Kind},
        frame,
        session::{CSRF, Me, Unproven},
    },
};
use axum::{
    body::{Body, Bytes, HttpBody},
    extract::{DefaultBodyLimit, FromRequest, Multipart, Path, Request, State, multipart::Field},
    http::{HeaderMap, HeaderName, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use std::{future::poll_fn, pin::Pin, sync::Arc};

const VERSION: &str = "1.0.0";
const RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const LENGTH: HeaderName = HeaderName::from_static("upload-length");
const METADATA: HeaderName = HeaderName::from_static("upload-metadata");
/// What a form says around its file.
const LONGEST_FIELD: usize = 64 * 1024;

/// `POST /me/submissions/{id}/uploads`: makes a place for a file.
pub async fn start(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    me: Me,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    same_version(&headers)?;
    let size = number(&headers, LENGTH)?;
    let said = Metadata::read(frame::header(&headers, METADATA).unwrap_or_default());
    let new = NewFile { name: &said.name, size, title: &said.title, note: &said.note, public: said.public };
    let begun = upload::begin(&web.app, &me.actor(), &id, new).await?;
    let mut response = StatusCode::CREATED.into_response();
    caching::set(&mut response, header::LOCATION, &format!("/me/uploads/{}", begun.id));
    Ok(resumable(response))
}

/// `HEAD /me/uploads/{id}`: how much is here.
pub async fn arrived(State(web): State<Arc<Web>>, Path(id): Path<String>, me: Me) -> Result<Response, Failure> {
    let arrived = upload::arrived(&web.app, &me.actor(), &id).await?;
    let mut response = told(arrived);
    caching::set(&mut response, LENGTH, &arrived.size.to_string());
    Ok(response)
}

/// `PATCH /me/uploads/{id}`: more of it, from where it ended.
pub async fn patch(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    me: Me,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Failure> {
    same_version(&headers)?;
    if frame::header(&headers, header::CONTENT_TYPE) != Some("application/offset+octet-stream") {
        return Err(Failure::new(Kind::UnsupportedMediaType, "Send the bytes as application/offset+octet-stream."));
    }
    let at = number(&headers, OFFSET)?;
    // On its own, so that what came is kept also when the connection is gone.
    let work = async move {
        let actor = me.actor();
        // A part that could not be added is refused before it is read.
        let here = upload::append(&web.app, &actor, &id, at, Bytes::new()).await?;
        if here.whole {
            return Ok(told(here));
        }
        let mut body = body;
        let mut receiving = Receiving::begin(&web.app, &actor, &id, at)?;
        pump(&mut receiving, &mut body).await?;
        Ok(told(receiving.keep().await?))
    };
    tokio::spawn(work).await.map_err(|why| Failure::internal(&why))?
}

async fn pump(receiving: &mut Receiving<'_>, body: &mut Body) -> Result<(), Failure> {
    loop {
        match receiving.wait(next_frame(body)).await {
            Some(Ok(bytes)) => receiving.take(&bytes).await?,
            Some(Err(broken)) => {
                receiving.keep().await?;
                return Err(broken);
            }
            None => return Ok(()),
        }
    }
}

async fn next_frame(body: &mut Body) -> Option<Result<Bytes, Failure>> {
    loop {
        let frame = poll_fn(|context| Pin::new(&mut *body).poll_frame(context)).await?;
        match frame.map(|frame| frame.into_data()) {
            Ok(Ok(data)) => return Some(Ok(data)),
            Ok(Err(_trailers)) => {}
            Err(_) => return Some(Err(broken())),
        }
    }
}

/// `DELETE /me/uploads/{id}`: it will not come.
pub async fn abandon(State(web): State<Arc<Web>>, Path(id): Path<String>, me: Me) -> Result<Response, Failure> {
    evidence::remove(&web.app, &me.actor(), &id).await?;
    Ok(resumable(StatusCode::NO_CONTENT.into_response()))
}

/// `POST /me/submissions/{id}/files`: a form with a file, which comes last in it. What is cut or refused leaves nothing behind.
pub async fn receive(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    unproven: Unproven,
    request: Request,
) -> Result<Response, Failure> {
    let (parts, body) = request.into_parts();
    if !is_multipart(&parts.headers) {
        unproven.proven(frame::header(&parts.headers, CSRF).unwrap_or_default())?;
        return Err(unreadable());
    }
    let work = async move {
        let mut request = Request::from_parts(parts.clone(), body);
        DefaultBodyLimit::disable().apply(&mut request);
        let mut form = Multipart::from_request(request, &()).await.map_err(|_| unreadable())?;
        let (mut said, mut csrf) = (Metadata::default(), String::new());
        while let Some(mut field) = form.next_field().await.map_err(|_| broken())? {
            match field.name().unwrap_or_default() {
                "csrf" => csrf = text(&mut field).await?,
                "title" => said.title = text(&mut field).await?,
                "note" => said.note = text(&mut field).await?,
                "public" => said.public = !text(&mut field).await?.is_empty(),
                "file" => {
                    let me = unproven.proven(&csrf)?;
                    said.name = field.file_name().unwrap_or_default().to_owned();
                    return match one_go(&web, &me, &id, &parts.headers, &said, field).await {
                        Ok(()) => Ok(Redirect::to(&format!("/me/submissions/{id}#evidence")).into_response()),
                        Err(Failure { kind: Kind::Invalid, .. }) => {
                            let (mut page, reader) = page(&web, &me, &id, &parts).await?;
                            let sentence = problems::of_file(&page.site.text);
                            page.problems = vec![sentence];
                            reader.again(&page)
                        }
                        Err(other) => Err(other),
                    };
                }
                _ => {}
            }
        }
        unproven.proven(&csrf)?;
        Err(unreadable())
    };
    tokio::spawn(work).await.map_err(|why| Failure::internal(&why))?
}

async fn one_go(
    web: &Web,
    me: &Me,
    id: &str,
    headers: &HeaderMap,
    said: &Metadata,
    mut field: Field<'_>,
) -> Result<(), Failure> {
    let (actor, limits) = (me.actor(), &web.app.config.evidence);
    // The form's own length is the nearest to the file's that a browser tells.
    let most = limits.file.max(limits.video);
    let size = number(headers, header::CONTENT_LENGTH).unwrap_or(most).min(most);
    let new = NewFile { name: &said.name, size, title: &said.title, note: &said.note, public: said.public };
    let begun = upload::begin(&web.app, &actor, id, new).await?;
    let done = async {
        let mut receiving = Receiving::begin(&web.app, &actor, &begun.id, 0)?;
        loop {
            match receiving.wait(next_chunk(&mut field)).await {
                Some(Ok(bytes)) => receiving.take(&bytes).await?,
                Some(Err(broken)) => return Err(broken),
                None => break,
            }
        }
        receiving.keep().await?;
        upload::end(&web.app, &actor, &begun.id).await?;
        Ok(())
    };
    let done = done.await;
    if done.is_err() {
        // It may be gone already: what is refused is removed at once.
        let _gone = evidence::remove(&web.app, &actor, &begun.id).await;
    }
    done
}

async fn next_chunk(field: &mut Field<'_>) -> Option<Result<Bytes, Failure>> {
    field.chunk().await.map_err(|_| broken()).transpose()
}

/// A short field of the form.
async fn text(field: &mut Field<'_>) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    while let Some(more) = field.chunk().await.map_err(|_| broken())? {
        bytes.extend_from_slice(&more);
        if bytes.len() > LONGEST_FIELD {
            return Err(Failure::new(Kind::TooLarge, "A field of the form is too long."));
        }
    }
    Ok(String::from_utf8_lossy(&bytes).trim().to_owned())
}

/// What is said of a file: pairs of a key and base64, with commas between (tus, creation).
#[derive(Default)]
struct Metadata {
    name: String,
    title: String,
    note: String,
    public: bool,
}

impl Metadata {
    fn read(header: &str) -> Self {
        let mut said = Metadata::default();
        for pair in header.split(',') {
            let (key, value) = pair.trim().split_once(' ').unwrap_or((pair.trim(), ""));
            let value = BASE64_STANDARD.decode(value).unwrap_or_default();
            let value = String::from_utf8_lossy(&value).into_owned();
            match key {
                "filename" => said.name = value,
                "title" => said.title = value,
                "note" => said.note = value,
                "public" => said.public = !value.is_empty(),
                _ => {}
            }
        }
        said
    }
}

fn number(headers: &HeaderMap, name: HeaderName) -> Result<u64, Failure> {
    let found = frame::header(headers, name.clone()).and_then(|text| text.parse().ok());
    found.ok_or_else(|| Failure::new(Kind::Malformed, format!("The header {name} must be a number of bytes.")))
}

/// Refuses a client that speaks another version of tus, and says which we do.
fn same_version(headers: &HeaderMap) -> Result<(), Failure> {
    match frame::header(headers, RESUMABLE) {
        Some(VERSION) => Ok(()),
        _ => Err(Failure::new(Kind::PreconditionFailed, "Uploads are sent by tus 1.0.0, named in Tus-Resumable.")
            .with(HeaderName::from_static("tus-version"), VERSION)),
    }
}

fn told(arrived: Arrived) -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    caching::set(&mut response, OFFSET, &arrived.received.to_string());
    resumable(response)
}

fn resumable(mut response: Response) -> Response {
    caching::set(&mut response, RESUMABLE, VERSION);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_of_a_file_is_read_as_tus_has_it() {
        let said = Metadata::read("filename w5xiZXIucGRm,title VGhl IHRhbGs=, public MQ==,other");
        assert_eq!((said.name.as_str(), said.public, said.note.as_str()), ("Über.pdf", true, ""));
        assert_eq!(Metadata::read("").name, "");
    }
}
