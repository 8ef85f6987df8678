//! The versions of a level: what was published, when, and what was new each time. None is ever changed or taken down, since badges
//! were given under it.

use super::{
    error::Failure,
    frame::Reader,
    show,
    view::{Asks, Link, VersionPage, VersionRow, VersionStands, VersionsPage, said},
};
use crate::{
    domain::{
        changes::{Said, changes},
        level::{Level, Program},
    },
    store::{
        levels::{self, LevelVersion},
        programs,
    },
};
use axum::{extract::Path, response::Response};

pub async fn list(mut reader: Reader, Path(id): Path<String>) -> Result<Response, Failure> {
    let (level, program, versions) = history(&mut reader, &id).await?;
    let words = |what: Said<'_>| said(&reader.site.text, what);
    let rows = versions.iter().enumerate().map(|(place, version)| VersionRow {
        version: version.version,
        url: version_url(&level.id, version.version),
        published: version.published_at,
        summary: version.summary.clone(),
        approved_by: version.approved_by.clone(),
        stands: stands(&level, version, place.checked_sub(1).and_then(|newer| versions.get(newer))),
        changed: versions
            .get(place + 1)
            .map(|before| changes(&before.content, &version.content, &words))
            .map(|changed| changed.into_iter().map(|change| change.part).collect()),
    });
    let page = VersionsPage {
        site: reader.site.clone(),
        level: show::level_link(&level),
        program: show::program_link(&program),
        versions: rows.collect(),
    };
    reader.page(&page, true)
}

pub async fn show(mut reader: Reader, Path((id, number)): Path<(String, String)>) -> Result<Response, Failure> {
    let (level, program, versions) = history(&mut reader, &id).await?;
    let nothing = || Failure::not_found("No such version");
    // One spelling of each address: `01` is no version.
    let place = versions.iter().position(|version| version.version.to_string() == number).ok_or_else(nothing)?;
    let before = versions.get(place + 1);
    let version = versions.get(place).cloned().ok_or_else(nothing)?;
    let newer = place.checked_sub(1).and_then(|newer| versions.get(newer));
    let words = |what: Said<'_>| said(&reader.site.text, what);
    let page = VersionPage {
        before: before.map(|before| {
            let name = reader.site.text.with("version-number", "version", before.version);
            Link::new(name, version_url(&level.id, before.version))
        }),
        changes: before.map(|before| changes(&before.content, &version.content, &words)).unwrap_or_default(),
        site: reader.site.clone(),
        version: version.version,
        published: version.published_at,
        stands: stands(&level, &version, newer),
        starts: version.starts_at,
        transition_until: version.transition_until,
        summary: version.summary,
        approved_by: version.approved_by,
        level: show::level_link(&level),
        program: show::program_link(&program),
        history_url: format!("/achievements/{}/versions", level.id),
        image_url: show::image_url(&version.content.image),
        name: version.content.name.clone(),
        description: version.content.description.clone(),
        validity: version.content.validity,
        renewal_window: version.content.renewal_window,
        asks: Asks::of(version.content),
    };
    reader.page(&page, true)
}

async fn history(reader: &mut Reader, id: &str) -> Result<(Level, Program, Vec<LevelVersion>), Failure> {
    let nothing = || Failure::not_found("No level");
    let level = levels::get(&mut reader.conn, id).await?.ok_or_else(nothing)?;
    let program = programs::get(&mut reader.conn, &level.program_id).await?.ok_or_else(nothing)?;
    let versions = levels::versions(&mut reader.conn, &level.id).await?;
    Ok((level, program, versions))
}

/// How a version stands; `newer` is the one after it.
fn stands(level: &Level, version: &LevelVersion, newer: Option<&LevelVersion>) -> VersionStands {
    if version.version == level.version {
        return VersionStands::Now;
    }
    if newer.is_some_and(|newer| newer.starts_at <= version.starts_at) {
        return VersionStands::Never;
    }
    if version.version > level.version { VersionStands::Ahead(version.starts_at) } else { VersionStands::Before }
}

fn version_url(level_id: &str, version: i64) -> String {
    format!("/achievements/{level_id}/versions/{version}")
}
