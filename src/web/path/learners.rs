//! `/mentor`: whom I go along with, and who waits. `/me/learners/{id}`: someone's way as a mentor, an assessor or an owner of the program sees
//! it, each with what is theirs to do.

use super::{problems, shown};
use crate::{
    actions::path::{
        check_ins, complete,
        confirm::{self as confirming, Walked},
        enrol,
        learners::{Learners, Wanted, learners},
        mentor, mine,
    },
    domain::{enrolment::Relation, submission::SubmissionState},
    web::{
        Web,
        error::Failure,
        frame::Reader,
        session::{Me, Sent},
        sign_in::Nothing,
        view::{LearnerPage, LearnerRow, LearnersPage, Link, MentoringPage, WaitingView},
    },
};
use axum::{
    extract::{Path, Query, State},
    http::request::Parts,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use std::sync::Arc;

pub async fn mentoring(State(web): State<Arc<Web>>, me: Me, parts: Parts) -> Result<Response, Failure> {
    let mentoring = mine::mentoring(&web.app, &me.actor()).await?;
    let reader = Reader::open(&web, &parts).await?;
    let waiting = mentoring.waiting.into_iter().map(|one| WaitingView {
        level: Link::new(&one.content.name, format!("/achievements/{}", one.enrolment.level_id)),
        id: one.enrolment.id,
        learner: one.person,
        program: one.program,
        since: one.enrolment.enrolled_at,
    });
    let page = MentoringPage {
        site: reader.site.clone(),
        learners: mentoring.learners.into_iter().map(|way| shown::way(way, &me.member)).collect(),
        waiting: waiting.collect(),
    };
    reader.page(&page, false)
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    program: Option<String>,
    waiting: Option<String>,
    after: Option<String>,
}

/// `GET /me/learners`: who is under way where one runs the program or confirms something.
pub async fn all(
    State(web): State<Arc<Web>>,
    Query(asked): Query<Asked>,
    me: Me,
    parts: Parts,
) -> Result<Response, Failure> {
    let waiting = asked.waiting.is_some();
    let wanted = Wanted { program: asked.program.as_deref(), waiting, after: asked.after.as_deref() };
    let Learners { programs, shown, listed, levels, next } = learners(&web.app, &me.actor(), wanted).await?;
    let reader = Reader::open(&web, &parts).await?;
    let name = |id: &str| levels.iter().find(|level| level.id == id).map_or(id, |level| &level.content.name).to_owned();
    let address = |program: &str, waiting: bool, after: Option<&str>| {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("program", program);
        if waiting {
            query.append_pair("waiting", "1");
        }
        if let Some(after) = after {
            query.append_pair("after", after);
        }
        format!("/me/learners?{}", query.finish())
    };
    let rows = listed.into_iter().map(|one| LearnerRow {
        url: match one.enrolment.person_id == me.member.id {
            true => format!("/me/path/{}", one.enrolment.id),
            false => format!("/me/learners/{}", one.enrolment.id),
        },
        name: one.name,
        level: name(&one.enrolment.level_id),
        mentor: one.mentor,
        mentor_wanted: one.enrolment.mentor_wanted,
        work: one.submission.and_then(|state| SubmissionState::parse(&state).ok()),
        since: one.enrolment.enrolled_at,
    });
    let page = LearnersPage {
        site: reader.site.clone(),
        rows: rows.collect(),
        programs: programs
            .iter()
            .filter(|program| program.id != shown.id)
            .map(|program| Link::new(&program.name, address(&program.id, false, None)))
            .collect(),
        waiting,
        other_url: address(&shown.id, !waiting, None),
        next_url: next.map(|next| address(&shown.id, waiting, Some(&next))),
        program: shown.name,
    };
    reader.page(&page, false)
}

pub async fn take(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    Sent { me, .. }: Sent<Nothing>,
) -> Result<Response, Failure> {
    mentor::take(&web.app, &me.actor(), &id).await?;
    Ok(to(&id))
}

pub async fn learner(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    me: Me,
    parts: Parts,
) -> Result<Response, Failure> {
    let (page, reader) = page(&web, &me, &id, &parts).await?;
    reader.page(&page, false)
}

async fn page(web: &Arc<Web>, me: &Me, id: &str, parts: &Parts) -> Result<(LearnerPage, Reader), Failure> {
    let (way, relation) = mine::one(&web.app, &me.actor(), id).await?;
    if relation == Relation::Learner {
        return Err(Failure::not_found("No learner"));
    }
    let notes = match shown::has_notes(relation) {
        true => Some(check_ins::read(&web.app, &me.actor(), id).await?),
        false => None,
    };
    let mentors = match relation {
        Relation::Owner => mentor::candidates(&web.app, &me.actor(), id).await?,
        _ => Vec::new(),
    };
    let learner = way.enrolled.person.clone();
    let has_mentor = way.enrolled.enrolment.mentor_id.is_some();
    let way = shown::way(way, &me.member);
    let reader = Reader::open(web, parts).await?;
    let page = LearnerPage {
        site: reader.site.clone(),
        gives: relation == Relation::Owner && way.is_active() && way.ready && !way.assessed && way.over.is_none(),
        notes: notes.map(|notes| shown::notes(notes, &me.member, &learner)),
        sees_work: matches!(relation, Relation::Mentor | Relation::Owner),
        releases: has_mentor && way.is_active() && relation != Relation::Assessor,
        mentors: mentors.into_iter().map(|person| (person.id, person.name)).collect(),
        problems: Vec::new(),
        note: String::new(),
        closes: relation == Relation::Owner && way.is_active(),
        reason: String::new(),
        way,
    };
    Ok((page, reader))
}

/// Gives the badge where no panel does.
pub async fn complete(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    Sent { me, .. }: Sent<Nothing>,
) -> Result<Response, Failure> {
    complete::complete(&web.app, &me.actor(), &id).await?;
    Ok(to(&id))
}

#[derive(Deserialize)]
pub struct Closing {
    #[serde(default)]
    reason: String,
}

/// An owner ends what nobody goes on with.
pub async fn close(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    parts: Parts,
    Sent { me, form }: Sent<Closing>,
) -> Result<Response, Failure> {
    let Err(why) = enrol::close(&web.app, &me.actor(), &id, &form.reason).await else { return Ok(to(&id)) };
    let (mut page, reader) = page(&web, &me, &id, &parts).await?;
    page.problems = problems::sentences(&page.site.text, why)?;
    page.reason = form.reason;
    reader.again(&page)
}

#[derive(Deserialize)]
pub struct Route {
    requirement: String,
    #[serde(default)]
    route: String,
    #[serde(default)]
    note: String,
}

pub async fn confirm(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    parts: Parts,
    Sent { me, form }: Sent<Route>,
) -> Result<Response, Failure> {
    let walked = Walked { enrolment: &id, requirement: &form.requirement, route: &form.route };
    let Err(why) = confirming::confirm(&web.app, &me.actor(), walked, &form.note).await else { return Ok(to(&id)) };
    let (mut page, reader) = page(&web, &me, &id, &parts).await?;
    page.problems = problems::sentences(&page.site.text, why)?;
    reader.again(&page)
}

pub async fn unconfirm(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    Sent { me, form }: Sent<Route>,
) -> Result<Response, Failure> {
    confirming::unconfirm(&web.app, &me.actor(), &id, &form.requirement).await?;
    Ok(to(&id))
}

#[derive(Deserialize)]
pub struct Note {
    #[serde(default)]
    text: String,
}

pub async fn check_in(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    parts: Parts,
    Sent { me, form }: Sent<Note>,
) -> Result<Response, Failure> {
    let Err(why) = check_ins::note(&web.app, &me.actor(), &id, &form.text).await else { return Ok(to(&id)) };
    let (mut page, reader) = page(&web, &me, &id, &parts).await?;
    page.problems = problems::sentences(&page.site.text, why)?;
    page.note = form.text;
    reader.again(&page)
}

#[derive(Deserialize)]
pub struct Given {
    #[serde(default)]
    mentor: String,
}

pub async fn give_mentor(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    parts: Parts,
    Sent { me, form }: Sent<Given>,
) -> Result<Response, Failure> {
    let Err(why) = mentor::give(&web.app, &me.actor(), &id, &form.mentor).await else { return Ok(to(&id)) };
    let (mut page, reader) = page(&web, &me, &id, &parts).await?;
    page.problems = problems::sentences(&page.site.text, why)?;
    reader.again(&page)
}

/// A mentor who lets go sees the way no more.
pub async fn release_mentor(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    Sent { me, .. }: Sent<Nothing>,
) -> Result<Response, Failure> {
    mentor::release(&web.app, &me.actor(), &id).await?;
    match mine::one(&web.app, &me.actor(), &id).await {
        Ok(_) => Ok(to(&id)),
        Err(_) => Ok(Redirect::to("/mentor").into_response()),
    }
}

fn to(id: &str) -> Response {
    Redirect::to(&format!("/me/learners/{id}")).into_response()
}
