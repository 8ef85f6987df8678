//! `/verify` for people: a badge pasted, as a file or picture, or as a link; the answer on the same page. Works without
//! JavaScript. `?url=` verifies a badge of ours at once: the QR code on its page leads there.

use super::{
    Web,
    api::input,
    body,
    error::{Failure, Kind},
    frame::Reader,
    show,
    view::{VerifyForm, VerifyPage, VerifyResult},
};
use crate::{
    actions::{
        App,
        verify::{self, Verification},
    },
    domain::{actor::Actor, recipient},
    store::{
        Conn, awards,
        shown::{self, ShownAward},
    },
};
use axum::{
    Extension,
    body::{Body, Bytes},
    extract::{FromRequest, Multipart, State},
    http::{HeaderMap, Request, StatusCode, Uri, header},
    response::Response,
};
use std::sync::Arc;

/// `GET /verify`: the form, or with `?url=` the answer.
pub async fn form(
    State(web): State<Arc<Web>>,
    Extension(actor): Extension<Actor>,
    reader: Reader,
    uri: Uri,
) -> Result<Response, Failure> {
    let mut given = Given::default();
    for (name, value) in url::form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()) {
        given.take(&name, value.into_owned().into_bytes());
    }
    if given.link.is_empty() {
        return reader.page(&VerifyPage { site: reader.site.clone(), form: given.shown_again(), result: None }, true);
    }
    answer(&web, &actor, reader, given).await
}

/// `POST /verify`: multipart, or urlencoded without a file.
pub async fn submit(
    State(web): State<Arc<Web>>,
    Extension(actor): Extension<Actor>,
    request: axum::extract::Request,
) -> Result<Response, Failure> {
    let (parts, body) = request.into_parts();
    let media_type = input::media_type(&parts.headers);
    let bytes = body::read(body, body::FORM_LIMIT).await?;
    let given = match media_type.as_str() {
        "multipart/form-data" => multipart(&parts.headers, bytes.clone()).await?,
        "application/x-www-form-urlencoded" => {
            let mut given = Given::default();
            for (name, value) in url::form_urlencoded::parse(&bytes) {
                given.take(&name, value.into_owned().into_bytes());
            }
            given
        }
        other => return Err(input::unsupported(other, "multipart/form-data or application/x-www-form-urlencoded")),
    };
    // Only now that the body is here is a connection taken: whoever sends slowly keeps none from others.
    let reader = Reader::open(&web, &parts).await?;
    let answer = answer(&web, &actor, reader, given).await;
    drop(bytes);
    answer
}

/// What the form was sent with.
#[derive(Default)]
struct Given {
    link: String,
    text: String,
    file: Vec<u8>,
    email: String,
}

impl Given {
    fn take(&mut self, name: &str, value: Vec<u8>) {
        let text = |value: Vec<u8>| String::from_utf8_lossy(&value).trim().to_owned();
        match name {
            "link" | "url" => self.link = text(value),
            "text" => self.text = text(value),
            "email" => self.email = text(value),
            "file" => self.file = value,
            _ => {}
        }
    }

    fn shown_again(self) -> VerifyForm {
        VerifyForm { pasted: self.text, link: self.link, email: self.email, problem: None }
    }
}

async fn multipart(headers: &HeaderMap, bytes: Bytes) -> Result<Given, Failure> {
    let unreadable = |_| Failure::new(Kind::Malformed, "The form can't be read; send it again.");
    let mut request = Request::new(Body::from(bytes));
    if let Some(kind) = headers.get(header::CONTENT_TYPE) {
        request.headers_mut().insert(header::CONTENT_TYPE, kind.clone());
    }
    let mut form = Multipart::from_request(request, &())
        .await
        .map_err(|_| Failure::new(Kind::Malformed, "The form can't be read; send it again."))?;
    let mut given = Given::default();
    while let Some(part) = form.next_field().await.map_err(unreadable)? {
        let name = part.name().unwrap_or_default().to_owned();
        given.take(&name, part.bytes().await.map_err(unreadable)?.to_vec());
    }
    Ok(given)
}

async fn answer(web: &Web, actor: &Actor, reader: Reader, mut given: Given) -> Result<Response, Failure> {
    let Reader { mut conn, site, issuer, now, headers } = reader;
    let asked = asked(&web.app, actor, &mut conn, &mut given).await?;
    // The judge asks for connections of its own, so this one is given back first.
    drop(conn);
    let verified = match &asked {
        Ok((badge, email)) => Ok(verify::verify(&web.app, badge, email.as_deref()).await?),
        Err(problem) => Err(problem),
    };
    let mut reader = Reader { conn: web.app.db.read().await?, site, issuer, now, headers };
    let t = reader.site.text;
    match verified {
        Ok(verified) => {
            let result = shown(web, actor, &mut reader.conn, verified).await?;
            // What was verified need not be typed again; the next one is another.
            let form = VerifyForm { email: given.email, ..VerifyForm::default() };
            let page = VerifyPage { site: reader.site.clone(), form, result: Some(result) };
            reader.page(&page, false)
        }
        Err(problem) => {
            let problem = match problem {
                Problem::NothingGiven => t.get("verify-nothing-given"),
                Problem::NotOurs => t.with("verify-not-ours", "start", format!("{}/badges/", web.app.config.base_url)),
                Problem::NotThere => t.get("verify-not-there"),
                Problem::NoAddress => t.get("verify-no-address"),
            };
            let form = VerifyForm { problem: Some(problem.into_owned()), ..given.shown_again() };
            let page = VerifyPage { site: reader.site.clone(), form, result: None };
            let mut response = reader.page(&page, false)?;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
    }
}

/// Why there is nothing to verify.
enum Problem {
    NothingGiven,
    NotOurs,
    NotThere,
    NoAddress,
}

/// The badge to verify, and for whom.
async fn asked(
    app: &App,
    actor: &Actor,
    conn: &mut Conn,
    given: &mut Given,
) -> Result<Result<(Vec<u8>, Option<String>), Problem>, Failure> {
    let email = match recipient::email(&given.email) {
        _ if given.email.is_empty() => None,
        // As it was typed: another issuer may have hashed it with its capitals.
        Ok(_) => Some(given.email.clone()),
        Err(_) => return Ok(Err(Problem::NoAddress)),
    };
    let pasted_link = given.text.starts_with("https://") || given.text.starts_with("http://");
    let link = if !given.file.is_empty() {
        return Ok(Ok((std::mem::take(&mut given.file), email)));
    } else if !given.text.is_empty() && !pasted_link {
        return Ok(Ok((std::mem::take(&mut given.text).into_bytes(), email)));
    } else if pasted_link {
        &given.text
    } else if !given.link.is_empty() {
        &given.link
    } else {
        return Ok(Err(Problem::NothingGiven));
    };
    Ok(match linked(app, actor, conn, link).await? {
        Linked::Badge(badge) => Ok((badge.award.credential.into_bytes(), email)),
        Linked::NotOurs => Err(Problem::NotOurs),
        Linked::NotThere => Err(Problem::NotThere),
    })
}

/// Where a link leads.
pub enum Linked {
    Badge(Box<ShownAward>),
    /// Not to a badge or certification of this service.
    NotOurs,
    NotThere,
}

/// The badge behind a link of ours, as far as `actor` may see it.
pub async fn linked(app: &App, actor: &Actor, conn: &mut Conn, link: &str) -> Result<Linked, Failure> {
    let urls = app.urls();
    let id = if let Some(id) = urls.id_in(link, "badges") {
        Some(id.to_owned())
    } else if let Some(lineage) = urls.id_in(link, "certifications") {
        awards::latest_of_lineage(conn, lineage).await?.map(|award| award.id)
    } else {
        return Ok(Linked::NotOurs);
    };
    let found = match id {
        Some(id) => shown::shown(conn, &id).await?,
        None => None,
    };
    Ok(show::visible(found, actor).map_or(Linked::NotThere, |badge| Linked::Badge(Box::new(badge))))
}

/// The report with what we know of the badge when it is one of ours: its page, its picture, the person by consent. Anyone
/// may write our address into a badge of their own, so it is ours only when our issuer signed it.
async fn shown(web: &Web, actor: &Actor, conn: &mut Conn, verified: Verification) -> Result<VerifyResult, Failure> {
    let Verification { report, fetched } = verified;
    let claims = report.claims.as_ref();
    let id = claims.and_then(|claims| web.app.urls().id_in(&claims.credential_id, "badges"));
    let ours = match id {
        Some(id) => shown::shown(conn, id)
            .await?
            .filter(|badge| claims.is_some_and(|claims| claims.issuer_id == badge.issuer.did))
            .and_then(|badge| show::visible(Some(badge), actor).ok()),
        None => None,
    };
    Ok(VerifyResult {
        page_url: ours.as_ref().map(|badge| format!("/badges/{}", badge.award.id)),
        image_url: ours.as_ref().map(|badge| show::image_url(&badge.level.content.image)),
        person: ours.as_ref().and_then(|badge| badge.person.shown_name().map(str::to_owned)),
        report,
        fetched,
    })
}
