//! `/me/path`: everything one is enrolled for, and each of it by itself.

use super::{problems, shown};
use crate::{
    actions::{
        ActionError, Conflict,
        path::{
            check_ins, confirm::Walked, confirm::unconfirm, enrol as enrolments, enrol::Prospect, mentor as mentors,
            mine, outside,
        },
    },
    domain::{
        enrolment::{Aim, Relation},
        level::Level,
        progress::Occasion,
    },
    web::{
        Web,
        body::{self, is_multipart, unreadable},
        error::Failure,
        frame::{self, Reader},
        session::{CSRF, Me, Sent, Unproven},
        sign_in::Nothing,
        view::{EnrolPage, Link, WayPage, WaysPage},
    },
};
use axum::{
    body::Body,
    extract::{DefaultBodyLimit, FromRequest, Multipart, Path, Request, State},
    http::request::Parts,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use std::sync::Arc;

pub async fn list(State(web): State<Arc<Web>>, me: Me, parts: Parts) -> Result<Response, Failure> {
    let ways = mine::mine(&web.app, &me.actor()).await?;
    let ways = ways.into_iter().map(|way| shown::way(way, &me.member));
    let (on_the_way, ended) = ways.partition(|way| way.is_active());
    let reader = Reader::open(&web, &parts).await?;
    reader.page(&WaysPage { site: reader.site.clone(), ways: on_the_way, ended }, false)
}

/// `GET /me/enrol/{level}`: what one is about to begin; whoever has begun is led there.
pub async fn enrolling(
    State(web): State<Arc<Web>>,
    Path(level): Path<String>,
    me: Me,
    reader: Reader,
) -> Result<Response, Failure> {
    let Prospect { level, aim, active } = enrolments::prospect(&web.app, &me.actor(), &level).await?;
    if let Some(active) = active {
        return Ok(to_way(&active));
    }
    let renewal = matches!(aim, Ok(Aim::Renewal { .. }));
    let Level { id, version, content, .. } = level;
    let asked = content.asked(if renewal { Occasion::Renewal } else { Occasion::First });
    let page = EnrolPage {
        site: reader.site.clone(),
        level: Link::new(&content.name, format!("/achievements/{id}")),
        id,
        version,
        renewal,
        refused: aim.err(),
        asked: asked.requirements.iter().map(|part| part.name.clone()).collect(),
        assessed: asked.assessed,
    };
    reader.page(&page, false)
}

pub async fn enrol(
    State(web): State<Arc<Web>>,
    Path(level): Path<String>,
    Sent { me, .. }: Sent<Nothing>,
) -> Result<Response, Failure> {
    match enrolments::enrol(&web.app, &me.actor(), &level).await {
        Ok(enrolment) => Ok(to_way(&enrolment.id)),
        // A second press of the button leads where the first one did.
        Err(ActionError::Conflict { why: Conflict::AlreadyEnrolled, .. }) => {
            Ok(Redirect::to("/me/path").into_response())
        }
        Err(other) => Err(other.into()),
    }
}

pub async fn show(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    me: Me,
    parts: Parts,
) -> Result<Response, Failure> {
    let (page, reader) = page(&web, &me, &id, &parts).await?;
    reader.page(&page, false)
}

async fn page(web: &Arc<Web>, me: &Me, id: &str, parts: &Parts) -> Result<(WayPage, Reader), Failure> {
    let (way, relation) = mine::one(&web.app, &me.actor(), id).await?;
    if relation != Relation::Learner {
        return Err(Failure::not_found("No way of yours"));
    }
    let notes = check_ins::read(&web.app, &me.actor(), id).await?;
    let mentor = way.enrolled.mentor.clone();
    let way = shown::way(way, &me.member);
    let reader = Reader::open(web, parts).await?;
    let other = mentor.unwrap_or_else(|| reader.site.text.get("role-mentor").into_owned());
    let page = WayPage {
        site: reader.site.clone(),
        way,
        notes: shown::notes(notes, &me.member, &other),
        problems: Vec::new(),
        note: String::new(),
    };
    Ok((page, reader))
}

pub async fn withdraw(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    Sent { me, .. }: Sent<Nothing>,
) -> Result<Response, Failure> {
    enrolments::withdraw(&web.app, &me.actor(), &id).await?;
    Ok(Redirect::to("/me/path").into_response())
}

#[derive(Deserialize)]
pub struct Mentor {
    /// `ask`, `wait-no-more` or `release`.
    wish: String,
}

pub async fn mentor(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    Sent { me, form }: Sent<Mentor>,
) -> Result<Response, Failure> {
    match form.wish.as_str() {
        "ask" => mentors::ask(&web.app, &me.actor(), &id, true).await?,
        "wait-no-more" => mentors::ask(&web.app, &me.actor(), &id, false).await?,
        "release" => mentors::release(&web.app, &me.actor(), &id).await?,
        _ => return Err(Failure::field("wish", "is ask, wait-no-more or release")),
    }
    Ok(Redirect::to(&format!("/me/path/{id}#mentor")).into_response())
}

#[derive(Deserialize)]
pub struct Note {
    #[serde(default)]
    text: String,
}

pub async fn note(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    parts: Parts,
    Sent { me, form }: Sent<Note>,
) -> Result<Response, Failure> {
    let Err(why) = check_ins::note(&web.app, &me.actor(), &id, &form.text).await else {
        return Ok(Redirect::to(&format!("/me/path/{id}#mentor")).into_response());
    };
    let (mut page, reader) = page(&web, &me, &id, &parts).await?;
    page.problems = problems::sentences(&page.site.text, why)?;
    page.note = form.text;
    reader.again(&page)
}

/// A badge from elsewhere for a route, as a file or as text; or one that counts no more.
pub async fn bring(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    unproven: Unproven,
    request: Request,
) -> Result<Response, Failure> {
    let (parts, sent) = request.into_parts();
    if !is_multipart(&parts) {
        unproven.proven(frame::header(&parts.headers, CSRF).unwrap_or_default())?;
        return Err(unreadable());
    }
    let bytes = body::read(sent, body::FORM_LIMIT).await?;
    let given = Brought::read(&parts, bytes.into()).await?;
    let me = unproven.proven(&given.csrf)?;
    let done = match given.undo {
        true => unconfirm(&web.app, &me.actor(), &id, &given.requirement).await,
        false => {
            let walked = Walked { enrolment: &id, requirement: &given.requirement, route: &given.route };
            outside::bring(&web.app, &me.actor(), walked, &given.badge).await
        }
    };
    let Err(why) = done else { return Ok(to_way(&id)) };
    let (mut page, reader) = page(&web, &me, &id, &parts).await?;
    page.problems = problems::sentences(&page.site.text, why)?;
    reader.again(&page)
}

#[derive(Default)]
struct Brought {
    csrf: String,
    requirement: String,
    route: String,
    undo: bool,
    badge: Vec<u8>,
}

impl Brought {
    async fn read(parts: &Parts, body: Body) -> Result<Self, Failure> {
        let mut request = Request::from_parts(parts.clone(), body);
        DefaultBodyLimit::disable().apply(&mut request);
        let mut form = Multipart::from_request(request, &()).await.map_err(|_| unreadable())?;
        let mut given = Brought::default();
        while let Some(field) = form.next_field().await.map_err(|_| unreadable())? {
            let name = field.name().unwrap_or_default().to_owned();
            let value = field.bytes().await.map_err(|_| unreadable())?;
            let text = || String::from_utf8_lossy(&value).trim().to_owned();
            match name.as_str() {
                "csrf" => given.csrf = text(),
                "requirement" => given.requirement = text(),
                "route" => given.route = text(),
                "undo" => given.undo = !value.is_empty(),
                "file" | "text" if !value.is_empty() => given.badge = value.to_vec(),
                _ => {}
            }
        }
        Ok(given)
    }
}

fn to_way(id: &str) -> Response {
    Redirect::to(&format!("/me/path/{id}")).into_response()
}
