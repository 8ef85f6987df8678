//! `/me/submissions/{id}`: a draft to work on, and what was handed in. Also read by those whom it is for.

use super::{problems, shown};
use crate::{
    actions::{
        ActionError, Conflict,
        path::{
            sight::Viewer,
            submission::{self, Text, Whole},
        },
    },
    web::{
        Web,
        error::Failure,
        frame::{self, Reader},
        session::{Me, Sent},
        sign_in::Nothing,
        view::{Link, NewEvidence, SubmissionPage},
    },
};
use axum::{
    Json,
    extract::{Path, State},
    http::{header, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;

/// Begins a draft, or leads to the one that is open.
pub async fn begin(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    Sent { me, .. }: Sent<Nothing>,
) -> Result<Response, Failure> {
    let draft = submission::begin(&web.app, &me.actor(), &id).await?;
    Ok(Redirect::to(&format!("/me/submissions/{}", draft.id)).into_response())
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

#[derive(Deserialize)]
pub struct Draft {
    #[serde(default)]
    statement: String,
    revision: i64,
}

impl Draft {
    fn text(&self) -> Text<'_> {
        Text { statement: &self.statement, revision: self.revision }
    }
}

/// Keeps the statement; the page's script does so by itself and gets the new revision as JSON.
pub async fn save(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    parts: Parts,
    Sent { me, form }: Sent<Draft>,
) -> Result<Response, Failure> {
    let saved = submission::save(&web.app, &me.actor(), &id, form.text()).await;
    if frame::header(&parts.headers, header::ACCEPT) == Some("application/json") {
        return Ok(Json(json!({"revision": saved?})).into_response());
    }
    match saved {
        Ok(_) => Ok(Redirect::to(&format!("/me/submissions/{id}#statement")).into_response()),
        Err(why) => typed_again(&web, &me, &id, &parts, form.statement, why).await,
    }
}

/// Hands it in with the statement as it stands on the page.
pub async fn hand_in(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    parts: Parts,
    Sent { me, form }: Sent<Draft>,
) -> Result<Response, Failure> {
    match submission::hand_in(&web.app, &me.actor(), &id, Some(form.text())).await {
        Ok(()) => Ok(Redirect::to(&format!("/me/submissions/{id}")).into_response()),
        Err(why) => typed_again(&web, &me, &id, &parts, form.statement, why).await,
    }
}

pub async fn take_back(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    Sent { me, .. }: Sent<Nothing>,
) -> Result<Response, Failure> {
    submission::take_back(&web.app, &me.actor(), &id).await?;
    Ok(Redirect::to(&format!("/me/submissions/{id}")).into_response())
}

/// The page with what was typed, and the text of the other window beside it where that was quicker.
async fn typed_again(
    web: &Arc<Web>,
    me: &Me,
    id: &str,
    parts: &Parts,
    typed: String,
    why: ActionError,
) -> Result<Response, Failure> {
    let (mut page, reader) = page(web, me, id, parts).await?;
    let t = page.site.text;
    match why {
        ActionError::Conflict { why: Conflict::ChangedElsewhere, .. } => {
            page.problems = vec![t.get("problem-changed-elsewhere").into_owned()];
            page.kept = Some(std::mem::replace(&mut page.statement, typed));
        }
        why => {
            page.problems = problems::sentences(&t, why)?;
            page.statement = typed;
        }
    }
    reader.again(&page)
}

pub(super) async fn page(
    web: &Arc<Web>,
    me: &Me,
    id: &str,
    parts: &Parts,
) -> Result<(SubmissionPage, Reader), Failure> {
    let whole = submission::read(&web.app, &me.actor(), id).await?;
    let evidence = shown::evidence(&whole);
    let reader = Reader::open(web, parts).await?;
    let Whole { submission, enrolled, viewer, missing, untouched, .. } = whole;
    let own = viewer == Viewer::Learner;
    let way = match viewer {
        Viewer::Learner => format!("/me/path/{}", submission.enrolment_id),
        _ => format!("/me/learners/{}", submission.enrolment_id),
    };
    let limits = &web.app.config.evidence;
    let mib = |bytes: u64| bytes / (1024 * 1024);
    let page = SubmissionPage {
        site: reader.site.clone(),
        id: submission.id,
        number: submission.number,
        state: submission.state,
        level: Link::new(enrolled.content.name, way),
        learner: enrolled.person,
        statement: submission.statement,
        kept: None,
        revision: submission.revision,
        submitted_at: submission.submitted_at,
        evidence,
        missing,
        untouched: own && untouched,
        own,
        active: enrolled.enrolment.ended_at.is_none(),
        problems: Vec::new(),
        new: NewEvidence::default(),
        most_file: mib(limits.file),
        most_video: mib(limits.video),
        most_together: mib(limits.submission),
    };
    Ok((page, reader))
}
