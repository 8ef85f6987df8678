//! Programs and their ladders.

use super::{
    error::Failure,
    frame::Reader,
    show,
    view::{ProgramPage, ProgramSummary, ProgramsPage},
};
use crate::store::{issuers, levels, programs, shown};
use axum::{extract::Path, response::Response};

const NEWEST: u32 = 12;

pub async fn list(mut reader: Reader) -> Result<Response, Failure> {
    let counts = shown::counts_by_level(&mut reader.conn, reader.now).await?;
    let levels = levels::all(&mut reader.conn).await?;
    let summaries = programs::all(&mut reader.conn).await?.into_iter().map(|program| ProgramSummary {
        url: format!("/programs/{}", program.id),
        levels: levels
            .iter()
            .filter(|level| level.program_id == program.id)
            .map(|level| show::program_level(level, show::holders(&counts, &level.id)))
            .collect(),
        name: program.name,
        description: program.description,
    });
    let page = ProgramsPage { site: reader.site.clone(), programs: summaries.collect() };
    reader.page(&page, true)
}

pub async fn show(mut reader: Reader, Path(slug): Path<String>) -> Result<Response, Failure> {
    let nothing = || Failure::not_found("No program");
    let program = programs::get(&mut reader.conn, &slug).await?.ok_or_else(nothing)?;
    let issuer = issuers::get(&mut reader.conn, &program.issuer_id).await?.ok_or_else(nothing)?;
    let counts = shown::counts_by_level(&mut reader.conn, reader.now).await?;
    let levels = levels::of_program(&mut reader.conn, &program.id).await?;
    let mut newest = shown::newest_of_program(&mut reader.conn, &program.id, reader.now, NEWEST).await?;
    newest.sort_by(|a, b| b.award.valid_from.cmp(&a.award.valid_from).then_with(|| b.award.id.cmp(&a.award.id)));
    let page = ProgramPage {
        site: reader.site.clone(),
        issuer: show::issuer_link(&issuer),
        levels: levels.iter().map(|level| show::program_level(level, show::holders(&counts, &level.id))).collect(),
        newest: newest.into_iter().take(NEWEST as usize).map(show::wall_badge).collect(),
        name: program.name,
        description: program.description,
    };
    reader.page(&page, true)
}
