//! A published program as a file that publishes the same again, with the pictures that it names beside it or in it. A level with the
//! built-in laurel names none.

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
    /// File name and SVG of each picture that is not built in.
    pub pictures: Vec<(String, String)>,
}

/// With its pictures beside it. Programs are public, so this takes no right.
pub async fn export_program(app: &App, program_id: &str) -> Result<Exported, ActionError> {
    export(&mut app.db.read().await?, program_id, false).await
}

/// As one file with its pictures in it.
pub async fn whole_program(conn: &mut Conn, program_id: &str) -> Result<String, ActionError> {
    Ok(export(conn, program_id, true).await?.file)
}

async fn export(conn: &mut Conn, program_id: &str, inline: bool) -> Result<Exported, ActionError> {
    let program =
        programs::get(conn, program_id).await?.ok_or_else(|| ActionError::not_found("program", program_id))?;
    let levels = levels::of_program(conn, program_id).await?;
    let (mut names, mut pictures) = (HashMap::new(), Vec::new());
    for (place, level) in (1u32..).zip(&levels) {
        let design = Design { accent: Colour::parse(&program.accent), level: place, levels: levels.len() as u32 };
        let built_in = picture::read(badge_svg(&design).as_bytes()).is_ok_and(|it| it.sha256 == level.content.image);
        if built_in {
            continue;
        }
        let missing = || ActionError::internal(anyhow::anyhow!("the picture of {} is not there", level.id));
        let svg = images::svg(conn, &level.content.image).await?.ok_or_else(missing)?;
        if inline {
            names.insert(level.id.clone(), svg);
            continue;
        }
        let name = format!("{}.svg", level.id);
        pictures.push((name.clone(), svg));
        names.insert(level.id.clone(), name);
    }
    let file = program_file::write(&program, &levels, &names).map_err(ActionError::internal)?;
    Ok(Exported { file, pictures })
}
