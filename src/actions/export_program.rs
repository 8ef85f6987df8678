//! A program as it was published last, what is coming included, as a file that publishes the same again; the pictures that it names are
//! beside it or in it. A level with the built-in laurel names none.

use super::{ActionError, App};
use crate::{
    domain::{
        art::{Colour, Design, badge_svg},
        program_file,
    },
    outside::picture,
    store::{Conn, images, levels, programs},
};
use std::collections::HashMap;

#[derive(Debug, PartialEq)]
pub struct Exported {
    /// TOML.
    pub file: String,
    /// File name and bytes of each picture that is not built in.
    pub pictures: Vec<(String, Vec<u8>)>,
}

/// With its pictures beside it. Programs are public, so this takes no right.
pub async fn export_program(app: &App, program_id: &str) -> Result<Exported, ActionError> {
    export(&mut app.db.read().await?, program_id, Pictures::Beside).await
}

/// As one file with its pictures in it.
pub async fn whole_program(conn: &mut Conn, program_id: &str) -> Result<String, ActionError> {
    Ok(export(conn, program_id, Pictures::Within).await?.file)
}

/// The same with another picture, an SVG, for one level.
pub async fn program_with(conn: &mut Conn, program_id: &str, level_id: &str, svg: &str) -> Result<String, ActionError> {
    Ok(export(conn, program_id, Pictures::WithinBut { level_id, svg }).await?.file)
}

#[derive(Clone, Copy, PartialEq)]
enum Pictures<'a> {
    Beside,
    Within,
    WithinBut { level_id: &'a str, svg: &'a str },
}

async fn export(conn: &mut Conn, program_id: &str, placed: Pictures<'_>) -> Result<Exported, ActionError> {
    let program =
        programs::get(conn, program_id).await?.ok_or_else(|| ActionError::not_found("program", program_id))?;
    let mut levels = levels::of_program(conn, program_id).await?;
    for ahead in levels::ahead(conn, program_id).await? {
        if let Some(level) = levels.iter_mut().find(|level| level.id == ahead.level_id) {
            level.content = ahead.version.content;
        }
    }
    let (mut names, mut pictures) = (HashMap::new(), Vec::new());
    for (place, level) in (1u32..).zip(&levels) {
        if let Pictures::WithinBut { level_id, svg } = placed
            && level_id == level.id
        {
            names.insert(level.id.clone(), svg.to_owned());
            continue;
        }
        let design = Design { accent: Colour::parse(&program.accent), level: place, levels: levels.len() as u32 };
        let built_in = picture::identity(badge_svg(&design).as_bytes()).is_ok_and(|it| it == level.content.image);
        if built_in {
            continue;
        }
        let missing = || ActionError::internal(anyhow::anyhow!("the picture of {} is not there", level.id));
        let svg = images::svg(conn, &level.content.image).await?.ok_or_else(missing)?;
        if placed != Pictures::Beside {
            names.insert(level.id.clone(), picture::inlined(&svg));
            continue;
        }
        let (name, bytes) = match picture::as_png(&svg) {
            Some(png) => (format!("{}.png", level.id), png),
            None => (format!("{}.svg", level.id), svg.into_bytes()),
        };
        pictures.push((name.clone(), bytes));
        names.insert(level.id.clone(), name);
    }
    let file = program_file::write(&program, &levels, &names).map_err(ActionError::internal)?;
    Ok(Exported { file, pictures })
}
