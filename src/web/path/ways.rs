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
        body::FORM_LIMIT,
        error::Failure,
        frame::Reader,
        sent_parts::{SentPart, SentParts},
        session::{Me, Sent},
        sign_in::Nothing,
        view::{EnrolPage, Link, WayPage, WaysPage},
    },
};
use axum::{
    body::Bytes,
    extract::{Path, Request, State},
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
pub async fn bring(State(web): State<Arc<Web>>, Path(id): Path<String>, request: Request) -> Result<Response, Failure> {
    let (head, body) = request.into_parts();
    let SentParts { me, parts } = SentParts::read(Request::from_parts(head.clone(), body), &web, FORM_LIMIT).await?;
    let given = Brought::of(parts);
    let done = match given.undo {
        true => unconfirm(&web.app, &me.actor(), &id, &given.requirement).await,
        false => {
            let walked = Walked { enrolment: &id, requirement: &given.requirement, route: &given.route };
            outside::bring(&web.app, &me.actor(), walked, &given.badge).await
        }
    };
    let Err(why) = done else { return Ok(to_way(&id)) };
    let (mut page, reader) = page(&web, &me, &id, &head).await?;
    page.problems = problems::sentences(&page.site.text, why)?;
    reader.again(&page)
}

#[derive(Default)]
struct Brought {
    requirement: String,
    route: String,
    undo: bool,
    badge: Bytes,
}

impl Brought {
    fn of(parts: Vec<SentPart>) -> Self {
        let mut given = Brought::default();
        for part in parts {
            match part.name.as_str() {
                "requirement" => given.requirement = part.text(),
                "route" => given.route = part.text(),
                "undo" => given.undo = !part.bytes.is_empty(),
                "file" | "text" if !part.bytes.is_empty() => given.badge = part.bytes,
                _ => {}
            }
        }
        given
    }
}

fn to_way(id: &str) -> Response {
    Redirect::to(&format!("/me/path/{id}")).into_response()
}
