//! `/run/{program}/drafts`: a program file is put in, as text or as a file, shows its faults by field or what it would change, and is published or, where a
//! committee decides, proposed.

use super::{
    Web,
    error::Failure,
    frame::{Reader, answered},
    sent_parts::SentParts,
    session::{FORM_LIMIT, Me, Sent},
    sign_in::Nothing,
    view::{DraftPage, LevelChanges, Link, said},
};
use crate::{
    actions::{
        ActionError,
        committee::propose::{self, NewProposal, Wish},
        drafts::{self, Compared, Reviewed, owner},
        export_program::whole_program,
    },
    domain::{
        changes::{Said, changes},
        field::FieldError,
    },
    store::{self, drafts::Draft, programs},
};
use axum::{
    extract::{FromRequest, Path, Request, State},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use std::sync::Arc;

/// A program file, out of the page's text field or as a file of its own.
pub struct SentFile {
    me: Me,
    file: Vec<u8>,
}

impl SentFile {
    fn text(&self) -> Result<&str, ActionError> {
        std::str::from_utf8(&self.file).map_err(|_| ActionError::invalid("file", "is no text in UTF-8"))
    }

    /// As it is shown again.
    fn shown(&self) -> String {
        String::from_utf8_lossy(&self.file).into_owned()
    }
}

impl FromRequest<Arc<Web>> for SentFile {
    type Rejection = Failure;

    async fn from_request(request: Request, web: &Arc<Web>) -> Result<Self, Failure> {
        let SentParts { me, parts } = SentParts::read(request, web, FORM_LIMIT).await?;
        let file = parts.into_iter().find(|part| part.name == "file");
        Ok(SentFile { me, file: file.map(|part| part.bytes.into()).unwrap_or_default() })
    }
}

#[derive(Default, Deserialize)]
pub struct ProposeForm {
    title: String,
    reason: String,
}

/// Begins with the program as it is published.
pub async fn new(me: Me, mut reader: Reader, Path(program): Path<String>) -> Result<Response, Failure> {
    owner(&me.actor(), &program)?;
    let file = whole_program(&mut reader.conn, &program).await?;
    let page = first(&mut reader, &program, file, Vec::new()).await?;
    reader.page(&page, false)
}

pub async fn begin(
    State(web): State<Arc<Web>>,
    mut reader: Reader,
    Path(program): Path<String>,
    sent: SentFile,
) -> Result<Response, Failure> {
    let done = match sent.text() {
        Ok(file) => drafts::begin(&web.app, &sent.me.actor(), &program, file).await,
        Err(why) => Err(why),
    };
    let kept = |draft: Draft| address(&program, &draft.id);
    answered(done, kept, async |faults| first(&mut reader, &program, sent.shown(), faults).await).await
}

pub async fn show(
    State(web): State<Arc<Web>>,
    me: Me,
    mut reader: Reader,
    Path((program, id)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let page = page(&web, &me, &mut reader, &program, &id).await?;
    reader.page(&page, false)
}

pub async fn save(
    State(web): State<Arc<Web>>,
    mut reader: Reader,
    Path((program, id)): Path<(String, String)>,
    sent: SentFile,
) -> Result<Response, Failure> {
    of(&sent.me, &mut reader, &program, &id).await?;
    let done = match sent.text() {
        Ok(file) => drafts::save(&web.app, &sent.me.actor(), &id, file).await,
        Err(why) => Err(why),
    };
    let again = async |faults| {
        let page = page(&web, &sent.me, &mut reader, &program, &id).await?;
        Ok(DraftPage { faults, file: sent.shown(), ..page })
    };
    answered(done, |()| address(&program, &id), again).await
}

pub async fn publish(
    State(web): State<Arc<Web>>,
    mut reader: Reader,
    Path((program, id)): Path<(String, String)>,
    Sent { me, .. }: Sent<Nothing>,
) -> Result<Response, Failure> {
    of(&me, &mut reader, &program, &id).await?;
    let done = drafts::publish(&web.app, &me.actor(), &id).await;
    let again = async |faults| Ok(DraftPage { faults, ..page(&web, &me, &mut reader, &program, &id).await? });
    answered(done, |_| format!("/run/{program}"), again).await
}

/// Puts the draft before the committee; it stays, since the committee may want it otherwise.
pub async fn propose(
    State(web): State<Arc<Web>>,
    mut reader: Reader,
    Path((program, id)): Path<(String, String)>,
    Sent { me, form }: Sent<ProposeForm>,
) -> Result<Response, Failure> {
    let draft = of(&me, &mut reader, &program, &id).await?;
    let new = NewProposal {
        program: program.clone(),
        title: form.title.clone(),
        reason: form.reason.clone(),
        wish: Wish::Criteria(draft.file),
    };
    let done = propose::propose(&web.app, &me.actor(), &new).await;
    let again = async |faults| {
        let page = page(&web, &me, &mut reader, &program, &id).await?;
        Ok(DraftPage { faults, proposing: true, title: form.title, reason: form.reason, ..page })
    };
    answered(done, |_| format!("/run/{program}#proposals"), again).await
}

pub async fn remove(
    State(web): State<Arc<Web>>,
    mut reader: Reader,
    Path((program, id)): Path<(String, String)>,
    Sent { me, .. }: Sent<Nothing>,
) -> Result<Response, Failure> {
    of(&me, &mut reader, &program, &id).await?;
    drafts::remove(&web.app, &me.actor(), &id).await?;
    Ok(Redirect::to(&format!("/run/{program}")).into_response())
}

/// The draft, where it is this program's.
async fn of(me: &Me, reader: &mut Reader, program: &str, id: &str) -> Result<Draft, Failure> {
    owner(&me.actor(), program)?;
    let draft = store::drafts::get(&mut reader.conn, id).await?.filter(|draft| draft.program_id == program);
    draft.ok_or_else(|| Failure::not_found("No draft"))
}

async fn page(web: &Web, me: &Me, reader: &mut Reader, program: &str, id: &str) -> Result<DraftPage, Failure> {
    let Reviewed { draft, faults, levels, governed } = drafts::review(&web.app, &me.actor(), id).await?;
    if draft.program_id != program {
        return Err(Failure::not_found("No draft"));
    }
    Ok(DraftPage {
        program: link(reader, program).await?,
        url: address(program, id),
        is_new: false,
        file: draft.file,
        faults,
        levels: level_changes(reader, levels),
        governed,
        proposing: false,
        title: String::new(),
        reason: String::new(),
        site: reader.site.clone(),
    })
}

/// The page on which a draft begins.
async fn first(
    reader: &mut Reader,
    program: &str,
    file: String,
    faults: Vec<FieldError>,
) -> Result<DraftPage, Failure> {
    Ok(DraftPage {
        program: link(reader, program).await?,
        url: format!("/run/{program}/drafts"),
        is_new: true,
        file,
        faults,
        levels: Vec::new(),
        governed: false,
        proposing: false,
        title: String::new(),
        reason: String::new(),
        site: reader.site.clone(),
    })
}

/// What would change of each level, in the reader's words.
pub(super) fn level_changes(reader: &Reader, levels: Vec<Compared>) -> Vec<LevelChanges> {
    let words = |what: Said<'_>| said(&reader.site.text, what);
    let level = |Compared { name, before, after }| LevelChanges {
        name,
        changes: before.map(|before| changes(&before, &after, &words)),
    };
    levels.into_iter().map(level).collect()
}

async fn link(reader: &mut Reader, program: &str) -> Result<Link, Failure> {
    let found = programs::get(&mut reader.conn, program).await?.ok_or_else(|| Failure::not_found("No program"))?;
    Ok(Link::new(found.name, format!("/run/{program}")))
}

fn address(program: &str, id: &str) -> String {
    format!("/run/{program}/drafts/{id}")
}
