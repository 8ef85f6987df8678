//! `/run/{program}/designer`: a badge is put together and shown at once; then it is taken along as SVG, or becomes a level's picture in a draft.

use super::{
    Web,
    caching::{self, Keep},
    error::Failure,
    frame::{Reader, answered},
    session::{Me, Sent},
    view::{DesignerPage, Link},
};
use crate::{
    actions::{ActionError, designer::begin_draft, drafts::owner},
    domain::{
        art::Colour,
        designer::{Choice, ChoiceRequest},
        field::FieldError,
    },
    store::{levels, programs},
};
use axum::{
    extract::{Path, Query, State},
    http::header,
    response::Response,
};
use serde::Deserialize;
use std::sync::Arc;

/// What is chosen, for which level, and whether that is to go into a draft or only to be shown.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Sending {
    #[serde(flatten)]
    choice: ChoiceRequest,
    level: String,
    draft: Option<String>,
}

pub async fn show(me: Me, mut reader: Reader, Path(program): Path<String>) -> Result<Response, Failure> {
    owner(&me.actor(), &program)?;
    let found = programs::get(&mut reader.conn, &program).await?.ok_or_else(|| Failure::not_found("No program"))?;
    let first = Choice::first(Colour::parse(&found.accent));
    let page = page(&mut reader, &program, Sending { choice: first.asked(), ..Sending::default() }, Vec::new()).await?;
    reader.page(&page, false)
}

/// Shows what was chosen where a browser runs no scripts, or begins a draft with it.
pub async fn choose(
    State(web): State<Arc<Web>>,
    mut reader: Reader,
    Path(program): Path<String>,
    Sent { me, form }: Sent<Sending>,
) -> Result<Response, Failure> {
    owner(&me.actor(), &program)?;
    if form.draft.is_none() {
        let faults = Choice::checked(&form.choice).err().unwrap_or_default();
        let page = page(&mut reader, &program, form, faults).await?;
        return if page.faults.is_empty() { reader.page(&page, false) } else { reader.again(&page) };
    }
    let done = begin_draft(&web.app, &me.actor(), &program, &form.level, &form.choice).await;
    let address = |draft: crate::store::drafts::Draft| format!("/run/{program}/drafts/{}", draft.id);
    answered(done, address, async |faults| page(&mut reader, &program, form, faults).await).await
}

/// What the address chooses, as an SVG; where it chooses nothing, what the page begins with.
pub async fn picture(
    me: Me,
    Path(program): Path<String>,
    Query(asked): Query<ChoiceRequest>,
) -> Result<Response, Failure> {
    owner(&me.actor(), &program)?;
    let choice = match asked == ChoiceRequest::default() {
        true => Choice::first(Colour::default()),
        false => Choice::checked(&asked).map_err(ActionError::Invalid)?,
    };
    let mut response = Response::new(choice.svg().into());
    caching::set(&mut response, header::CONTENT_TYPE, "image/svg+xml");
    caching::set(&mut response, header::CACHE_CONTROL, &Keep::Never.directives());
    caching::set(&mut response, header::CONTENT_DISPOSITION, "inline; filename=\"badge.svg\"");
    Ok(response)
}

async fn page(
    reader: &mut Reader,
    program: &str,
    sent: Sending,
    faults: Vec<FieldError>,
) -> Result<DesignerPage, Failure> {
    let found = programs::get(&mut reader.conn, program).await?.ok_or_else(|| Failure::not_found("No program"))?;
    let levels = levels::of_program(&mut reader.conn, program).await?;
    // What can't be drawn is shown as the page begins.
    let drawn = Choice::checked(&sent.choice).unwrap_or_else(|_| Choice::first(Colour::parse(&found.accent)));
    Ok(DesignerPage {
        site: reader.site.clone(),
        program: Link::new(found.name, format!("/run/{program}")),
        levels: levels.into_iter().map(|level| (level.id, level.content.name)).collect(),
        level: sent.level,
        typed: sent.choice,
        drawn,
        faults,
    })
}
