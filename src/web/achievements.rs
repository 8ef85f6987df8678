//! A level: its page, and the Achievement that its badges point at (Open Badges 3.0 §B.1).

use super::{
    Web,
    caching::Keep,
    endorsements,
    error::Failure,
    format,
    frame::{Form, Reader},
    show,
    view::{AchievementPage, Asks, SaidFor},
};
use crate::{
    actions::documents,
    domain::{
        issuer::Issuer,
        level::{Level, Program},
    },
    store::{issuers, levels, programs, shown},
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use std::sync::Arc;

pub async fn show(
    State(web): State<Arc<Web>>,
    mut reader: Reader,
    Path(part): Path<String>,
) -> Result<Response, Failure> {
    let (id, suffix) = format::suffix(&part, &["json"]);
    let nothing = || Failure::not_found("No level");
    let level = levels::get(&mut reader.conn, id).await?.ok_or_else(nothing)?;
    let program = programs::get(&mut reader.conn, &level.program_id).await?.ok_or_else(nothing)?;
    let issuer = issuers::get(&mut reader.conn, &program.issuer_id).await?.ok_or_else(nothing)?;
    match reader.form(suffix, &format::LINKED_DATA)? {
        Form::Page => {
            let subject = web.app.urls().achievement(&level.id);
            let said = endorsements::said_for(&mut reader.conn, &subject, reader.now).await?;
            page(reader, level, program, issuer, said).await
        }
        Form::Document(media_type) => {
            let document = documents::achievement(web.app.urls(), &issuer, &level.id, level.version, &level.content);
            reader.json(&document, media_type, Keep::Seconds(300))
        }
    }
}

async fn page(
    mut reader: Reader,
    level: Level,
    program: Program,
    issuer: Issuer,
    said: Vec<SaidFor>,
) -> Result<Response, Failure> {
    let ladder = levels::of_program(&mut reader.conn, &program.id).await?;
    let ahead = levels::ahead(&mut reader.conn, &program.id).await?;
    let counts = shown::counts_of_program(&mut reader.conn, &program.id, reader.now).await?;
    let place = ladder.iter().position(|rung| rung.id == level.id).unwrap_or(0);
    let rung = |place: Option<usize>| place.and_then(|place| ladder.get(place)).map(show::level_link);
    let page = AchievementPage {
        site: reader.site.clone(),
        program: show::program_link(&program),
        issuer: show::issuer_link(&issuer),
        image_url: show::image_url(&level.content.image),
        step: u32::try_from(place + 1).unwrap_or(1),
        steps: u32::try_from(ladder.len()).unwrap_or(1),
        before: rung(place.checked_sub(1)),
        next: rung(place.checked_add(1)),
        version: level.version.to_string(),
        coming: show::coming(&ahead, &level.id),
        validity: level.content.validity,
        renewal_window: level.content.renewal_window,
        json_url: format!("/achievements/{}.json", level.id),
        holders: show::holders(&counts, &level.id),
        said,
        history_url: format!("/achievements/{}/versions", level.id),
        enrol_url: format!("/me/enrol/{}", level.id),
        name: level.content.name.clone(),
        description: level.content.description.clone(),
        asks: Asks::of(level.content),
    };
    reader.page(&page, true)
}
