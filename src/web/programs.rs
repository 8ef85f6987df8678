//! Programs and their ladders.

use super::{
    caching::{self, Keep},
    error::Failure,
    format,
    frame::Reader,
    markdown, show,
    view::{PolicyShown, ProgramLevel, ProgramPage, ProgramSummary, ProgramsPage},
};
use crate::{
    actions::export_program::whole_program,
    domain::{
        committee::{Matter, Proposal},
        level::Level,
    },
    store::{issuers, levels, programs, proposals, shown},
};
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

/// The program's page, or with `.toml` the program as one file.
pub async fn show(mut reader: Reader, Path(part): Path<String>) -> Result<Response, Failure> {
    let (slug, suffix) = format::suffix(&part, &["toml"]);
    let nothing = || Failure::not_found("No program");
    let program = programs::get(&mut reader.conn, slug).await?.ok_or_else(nothing)?;
    if suffix.is_some() {
        let file = whole_program(&mut reader.conn, &program.id).await?;
        let etag = caching::digest(file.as_bytes(), "toml");
        return Ok(caching::answer(&reader.headers, "application/toml", &etag, Keep::AskAgain, file));
    }
    let issuer = issuers::get(&mut reader.conn, &program.issuer_id).await?.ok_or_else(nothing)?;
    let counts = shown::counts_of_program(&mut reader.conn, &program.id, reader.now).await?;
    let levels = levels::of_program(&mut reader.conn, &program.id).await?;
    let ahead = levels::ahead(&mut reader.conn, &program.id).await?;
    let level = |level: &Level| ProgramLevel {
        coming: show::coming(&ahead, &level.id),
        ..show::program_level(level, show::holders(&counts, &level.id))
    };
    let mut newest = shown::newest_of_program(&mut reader.conn, &program.id, reader.now, NEWEST).await?;
    newest.sort_by(|a, b| b.award.valid_from.cmp(&a.award.valid_from).then_with(|| b.award.id.cmp(&a.award.id)));
    let policies = proposals::policies(&mut reader.conn, &program.id).await?;
    let policy = |decided: Proposal| match decided.matter {
        Matter::Policy { text } => Some(PolicyShown {
            title: decided.title,
            text_html: markdown::to_html(&text),
            since: decided.closed_at.unwrap_or(decided.closes_at),
        }),
        Matter::Criteria { .. } | Matter::Revocation { .. } => None,
    };
    let page = ProgramPage {
        policies: policies.into_iter().filter_map(policy).collect(),
        site: reader.site.clone(),
        file_url: format!("/programs/{}.toml", program.id),
        issuer: show::issuer_link(&issuer),
        levels: levels.iter().map(level).collect(),
        newest: newest.into_iter().take(NEWEST as usize).map(show::wall_badge).collect(),
        name: program.name,
        description: program.description,
    };
    reader.page(&page, true)
}
