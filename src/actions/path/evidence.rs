//! Evidence of a draft: links, texts and live sessions are added at once, files by upload.rs; all of them can be described anew and removed
//! until it is handed in.

use super::{
    ActionError, Conflict, acting,
    sight::{self, Viewer},
    submission::draft,
    sweep::discard,
};
use crate::{
    actions::{App, issuer},
    domain::{
        actor::{Actor, Member, Right},
        evidence::{Body, Evidence, MOST, Said, SaidBody, checked},
        id::random_id,
    },
    store::{
        Conn, events,
        evidence::{self, Part},
    },
};
use jiff::Timestamp;
use serde_json::json;

/// A whole file with where its bytes are.
#[derive(Clone, Debug, PartialEq)]
pub struct Download {
    pub evidence: Evidence,
    /// In their order.
    pub parts: Vec<Part>,
}

/// Adds a link, a text or a live session.
pub async fn add(app: &App, actor: &Actor, submission_id: &str, said: &Said<'_>) -> Result<Evidence, ActionError> {
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let (member, _) = acting(&mut conn, actor, Right::SignedIn).await?;
    draft(&mut conn, member, submission_id).await?;
    let (title, note, body) = said_of(&mut conn, said, now).await?;
    let Some(body) = body else {
        return Err(ActionError::invalid("file", "is sent on its own; choose what else this is"));
    };
    let new = Evidence {
        id: app.random.with(random_id),
        submission_id: submission_id.to_owned(),
        position: 0,
        title,
        note,
        public: said.public,
        body,
        created_at: now,
    };
    let added = insert(&mut conn, actor, new, now).await?;
    conn.commit().await?;
    Ok(added)
}

/// Says something else of evidence; what it is stays.
pub async fn describe(app: &App, actor: &Actor, id: &str, said: &Said<'_>) -> Result<(), ActionError> {
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let (member, _) = acting(&mut conn, actor, Right::SignedIn).await?;
    let found = of_draft(&mut conn, member, id).await?;
    let said = Said { body: SaidBody::File, ..said.clone() };
    let (title, note, _) = said_of(&mut conn, &said, now).await?;
    evidence::describe(&mut conn, id, &title, &note, said.public).await?;
    let detail = json!({"evidence": id, "public": said.public});
    events::append(&mut conn, now, &actor.label(), "evidence.described", &found.submission_id, &detail).await?;
    Ok(conn.commit().await?)
}

/// Removes evidence and, where no other submission holds them, its bytes.
pub async fn remove(app: &App, actor: &Actor, id: &str) -> Result<(), ActionError> {
    let mut conn = app.db.write().await?;
    let (member, _) = acting(&mut conn, actor, Right::SignedIn).await?;
    let found = of_draft(&mut conn, member, id).await?;
    discard(app, conn, &actor.label(), &found).await
}

/// A file for one who may see its submission.
pub async fn download(app: &App, actor: &Actor, id: &str) -> Result<Download, ActionError> {
    let mut conn = app.db.read().await?;
    let (member, _) = acting(&mut conn, actor, Right::SignedIn).await?;
    let (evidence, _) = visible(&mut conn, member, id).await?;
    let whole = evidence.file().is_some_and(|file| file.is_whole());
    if !whole {
        return Err(no_evidence(id));
    }
    let parts = evidence::parts(&mut conn, id).await?;
    Ok(Download { evidence, parts })
}

/// Evidence as someone may see it; for anyone else there is none.
pub(super) async fn visible(conn: &mut Conn, member: &Member, id: &str) -> Result<(Evidence, Viewer), ActionError> {
    let found = evidence::get(conn, id).await?.ok_or_else(|| no_evidence(id))?;
    match sight::of_submission(conn, member, &found.submission_id).await {
        Ok((_, _, viewer)) => Ok((found, viewer)),
        Err(ActionError::NotFound { .. }) => Err(no_evidence(id)),
        Err(other) => Err(other),
    }
}

/// Evidence of one's own draft, which is held until the commit.
pub(super) async fn of_draft(conn: &mut Conn, member: &Member, id: &str) -> Result<Evidence, ActionError> {
    let found = evidence::get(conn, id).await?.ok_or_else(|| no_evidence(id))?;
    match draft(conn, member, &found.submission_id).await {
        Ok(_) => Ok(found),
        Err(ActionError::NotFound { .. }) => Err(no_evidence(id)),
        Err(other) => Err(other),
    }
}

/// Adds it behind the others, where there are not too many. The caller holds the draft.
pub(super) async fn insert(
    conn: &mut Conn,
    actor: &Actor,
    mut new: Evidence,
    now: Timestamp,
) -> Result<Evidence, ActionError> {
    if evidence::of_submission(conn, &new.submission_id).await?.len() >= MOST {
        let message = format!("there are {MOST} pieces of evidence already; a panel can't look at more");
        return Err(ActionError::conflict(Conflict::TooMuchEvidence, message));
    }
    new.position = evidence::insert(conn, &new).await?;
    let detail = json!({"evidence": new.id, "kind": new.body.kind()});
    events::append(conn, now, &actor.label(), "evidence.added", &new.submission_id, &detail).await?;
    Ok(new)
}

/// What is said of it, by the day it is where the issuer is.
pub(super) async fn said_of(
    conn: &mut Conn,
    said: &Said<'_>,
    now: Timestamp,
) -> Result<(String, String, Option<Body>), ActionError> {
    let today = issuer(conn).await?.zone().to_datetime(now).date();
    checked(said, today).map_err(ActionError::Invalid)
}

pub(super) fn no_evidence(id: &str) -> ActionError {
    ActionError::not_found("evidence", id)
}
