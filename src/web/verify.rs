//! `/verify` for people: a badge pasted, as a file or picture, or as a link; the answer on the same page. Works without
//! JavaScript. `?link=` verifies a badge of ours at once: the QR code on its page leads there.

use super::{
    Web, caching,
    error::{Failure, Kind},
    frame::{Reader, header as header_text, no_index},
    given::{Asked, Given},
    show,
    text::Text,
    view::{Again, PresentationPage, VerifyForm, VerifyPage, VerifyResult},
};
use crate::{
    actions::{
        bundle, refresh,
        verify::{self, Judged, Verification},
        verify_presentation::verify_presentation,
    },
    credential::verify::is_presentation,
    domain::actor::Actor,
    store::{Conn, shown},
};
use axum::{
    Extension,
    extract::{Request, State},
    http::{StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use std::sync::Arc;

/// `GET /verify`: the form, or with `?link=` the answer.
pub async fn form(
    State(web): State<Arc<Web>>,
    Extension(actor): Extension<Actor>,
    reader: Reader,
    uri: Uri,
) -> Result<Response, Failure> {
    let given = Given::from_query(uri.query().unwrap_or_default());
    if given.is_empty() {
        return reader.page(&VerifyPage { site: reader.site.clone(), form: given.shown_again(), result: None }, true);
    }
    answer(&web, &actor, reader, given).await
}

/// `POST /verify`.
pub async fn submit(
    State(web): State<Arc<Web>>,
    Extension(actor): Extension<Actor>,
    request: Request,
) -> Result<Response, Failure> {
    let (parts, body) = request.into_parts();
    let (given, bytes) = Given::from_form(&parts.headers, body).await?;
    // Only now that the body is here is a connection taken: whoever sends slowly keeps none from others.
    let reader = Reader::open(&web, &parts).await?;
    let answer = answer(&web, &actor, reader, given).await;
    drop(bytes);
    answer
}

/// `POST /verify/bundle`: the same form, and the check as an archive to keep. Nothing stays here, and no e-mail address is in it.
pub async fn save(
    State(web): State<Arc<Web>>,
    Extension(actor): Extension<Actor>,
    request: Request,
) -> Result<Response, Failure> {
    let (parts, body) = request.into_parts();
    let (mut given, bytes) = Given::from_form(&parts.headers, body).await?;
    let asked = given.asked(&web.app, &actor, &mut web.app.db.read().await?).await?;
    let text = Text::accepted(header_text(&parts.headers, header::ACCEPT_LANGUAGE));
    let asked = asked.map_err(|problem| Failure::new(Kind::Invalid, problem.told(&web, text)))?;
    let judged = verify::verify_whole(&web.app, &asked.badge, None).await?;
    let kept = move || bundle::keep(&judged, &asked.badge, None);
    let archive = tokio::task::spawn_blocking(kept).await.map_err(|why| Failure::internal(&why))??;
    drop(bytes);
    let mut response = archive.into_response();
    caching::set(&mut response, header::CONTENT_TYPE, "application/zip");
    caching::set(&mut response, header::CONTENT_DISPOSITION, "attachment; filename=\"badge-check.zip\"");
    no_index(&mut response);
    Ok(response)
}

async fn answer(web: &Web, actor: &Actor, reader: Reader, mut given: Given) -> Result<Response, Failure> {
    let Reader { mut conn, site, issuer, now, headers } = reader;
    let asked = given.asked(&web.app, actor, &mut conn).await?;
    // The judge asks for connections of its own, so this one is given back first.
    drop(conn);
    if let Ok(asked) = &asked
        && is_presentation(&asked.badge)
    {
        let shown = verify_presentation(&web.app, &asked.badge, None, None).await?;
        let reader = Reader { conn: web.app.db.read().await?, site, issuer, now, headers };
        return reader.page(&PresentationPage { site: reader.site.clone(), shown }, false);
    }
    let judged = match &asked {
        Ok(asked) => {
            let email = asked.email.as_deref();
            let mut judged = verify::verify_whole(&web.app, &asked.badge, email).await?;
            if asked.refresh {
                refresh::refresh(&web.app, &mut judged.verification, email).await?;
            }
            Ok((asked, judged))
        }
        Err(problem) => Err(problem),
    };
    let mut reader = Reader { conn: web.app.db.read().await?, site, issuer, now, headers };
    match judged {
        Ok((asked, judged)) => {
            let again = again(asked, &judged);
            let result = shown(web, actor, &mut reader.conn, judged.verification, again).await?;
            // What was verified need not be typed again; the next one is another.
            let form = VerifyForm { email: asked.email.clone().unwrap_or_default(), ..VerifyForm::default() };
            let page = VerifyPage { site: reader.site.clone(), form, result: Some(result) };
            reader.page(&page, false)
        }
        Err(problem) => {
            let problem = problem.told(web, reader.site.text);
            let form = VerifyForm { problem: Some(problem), ..given.shown_again() };
            let page = VerifyPage { site: reader.site.clone(), form, result: None };
            let mut response = reader.page(&page, false)?;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
    }
}

/// What the page sends when the check is to be made again: the link, or else the document itself, because nothing is kept here.
fn again(asked: &Asked, judged: &Judged) -> Option<Again> {
    let document = judged.document.as_ref()?;
    Some(Again {
        badge: asked.link.is_none().then(|| BASE64_STANDARD.encode(document)),
        link: asked.link.clone(),
        email: asked.email.clone(),
        refresh: asked.refresh,
    })
}

/// The report with what we know of the badge when it is one of ours: its page, its picture, the person by consent. Anyone
/// may write our address into a badge of their own, so it is ours only when our issuer signed it.
async fn shown(
    web: &Web,
    actor: &Actor,
    conn: &mut Conn,
    verified: Verification,
    again: Option<Again>,
) -> Result<VerifyResult, Failure> {
    let Verification { report, fetched, refreshed } = verified;
    let claims = report.claims.as_ref();
    let id = claims.and_then(|claims| web.app.urls().id_in(&claims.credential_id, "badges"));
    let ours = match id {
        Some(id) => shown::shown(conn, id)
            .await?
            .filter(|badge| claims.is_some_and(|claims| claims.issuer_id == badge.issuer.did))
            .and_then(|badge| show::visible(Some(badge), actor).ok()),
        None => None,
    };
    // Signed before a suspension that was lifted since: its list takes back that version alone.
    let taken_back = report.checks.iter().any(|check| check.code == "revoked");
    let has_newer = ours.as_ref().is_some_and(|badge| taken_back && !badge.award.is_taken_back());
    Ok(VerifyResult {
        has_newer,
        page_url: ours.as_ref().map(|badge| format!("/badges/{}", badge.award.id)),
        image_url: ours.as_ref().map(|badge| show::image_url(&badge.level.content.image)),
        person: ours.as_ref().and_then(|badge| badge.person.shown_name().map(str::to_owned)),
        again,
        report,
        fetched,
        refreshed,
    })
}
