//! The wall at `/`: the newest public awards, and how many hold each level, by level and by team.

use super::{
    error::Failure,
    frame::Reader,
    show,
    view::{LevelCount, TeamCount, WallPage},
};
use crate::store::{levels, programs, shown};
use axum::response::Response;

const NEWEST: u32 = 24;

pub async fn show(mut reader: Reader) -> Result<Response, Failure> {
    let newest = shown::wall(&mut reader.conn, reader.now, NEWEST).await?;
    let counts = shown::counts_by_level(&mut reader.conn, reader.now).await?;
    let teams = shown::counts_by_team(&mut reader.conn, reader.now).await?;
    let programs = programs::all(&mut reader.conn).await?;
    let levels = levels::all(&mut reader.conn).await?;
    let program_name = |id: &str| {
        programs.iter().find(|program| program.id == id).map_or_else(String::new, |program| program.name.clone())
    };
    let page = WallPage {
        site: reader.site.clone(),
        newest: newest.into_iter().map(show::wall_badge).collect(),
        levels: levels
            .iter()
            .map(|level| LevelCount {
                program: program_name(&level.program_id),
                level: level.content.name.clone(),
                url: format!("/achievements/{}", level.id),
                image_url: show::image_url(&level.content.image),
                holders: show::holders(&counts, &level.id),
            })
            .collect(),
        teams: teams
            .into_iter()
            .map(|team| TeamCount { team: team.team, holders: team.count.unsigned_abs() })
            .collect(),
    };
    reader.page(&page, true)
}
