//! `laurel program`: publishes a program from a file, writes one as a file, and lists what is published.

use super::{
    Failure,
    config::Settings,
    open::{Unlock, open},
    say,
};
use crate::{
    actions::{self, ActionError, export_program::export_program, import_program::import_program},
    domain::{actor::Actor, program_file, release::ReleaseFile},
    store::{levels, programs},
};
use std::{
    collections::HashMap,
    io::Write,
    path::{Component, Path, PathBuf},
    process::ExitCode,
};

#[derive(clap::Subcommand)]
pub(super) enum Program {
    /// Publish a program from a TOML or JSON file; run it again after every change
    Import {
        file: PathBuf,
        /// What is new, in a sentence; stands beside every version that this makes
        #[arg(long, value_name = "SENTENCE")]
        summary: Option<String>,
        /// From when the new versions count, such as 2027-01-01; at once when absent
        #[arg(long, value_name = "DATE")]
        starts: Option<String>,
        /// How long those under way may finish under theirs, such as P6M (as usual), or none
        #[arg(long, value_name = "PERIOD")]
        transition: Option<String>,
        /// Who approved it; shown with the version
        #[arg(long, value_name = "WHO")]
        approved_by: Option<String>,
    },
    /// Write a published program as a file that imports again, with its pictures beside it
    Export {
        /// The program's id
        id: String,
        /// A folder for the file and its pictures; made when it is not there
        folder: PathBuf,
    },
    /// List programs and levels
    List,
}

impl Program {
    pub(super) async fn run(self, config: Option<&Path>) -> Result<ExitCode, Failure> {
        let app = open(&Settings::load(config)?, Unlock::No).await?;
        match self {
            Program::Import { file, summary, starts, transition, approved_by } => {
                let json = file.extension().is_some_and(|end| end.eq_ignore_ascii_case("json"));
                let text = std::fs::read_to_string(&file)
                    .map_err(|why| Failure::Usage(format!("FILE {}: {why}", file.display())))?;
                let mut program = program_file::read(&text, json).map_err(ActionError::Invalid)?;
                let written = program.release.clone();
                program.release = ReleaseFile {
                    summary: summary.or(written.summary),
                    starts: starts.or(written.starts),
                    transition: transition.or(written.transition),
                    approved_by: approved_by.or(written.approved_by),
                };
                let folder = file.parent().unwrap_or(Path::new(""));
                let names = program
                    .levels
                    .iter()
                    .filter_map(|level| level.image.as_deref())
                    .filter(|image| !program_file::is_inline(image));
                let pictures = names.map(|name| picture(folder, name)).collect::<Result<HashMap<_, _>, _>>()?;
                let done = import_program(&app, &Actor::Operator, program, pictures).await?;
                say(format!(
                    "{}: {} levels, {} of them new or changed",
                    done.program.id,
                    done.levels.len(),
                    done.changed
                ));
                if done.changed > 0 && done.starts_at > app.clock.now() {
                    say(format!("  what changed counts from {:.0}", done.starts_at));
                }
                for (level, version) in done.levels {
                    say(format!("  {level} (version {version})  {}", app.urls().achievement(&level)));
                }
            }
            Program::Export { id, folder } => {
                let exported = export_program(&app, &id).await?;
                let failed = |path: &Path, why: std::io::Error| Failure::Usage(format!("{}: {why}", path.display()));
                std::fs::create_dir_all(&folder).map_err(|why| failed(&folder, why))?;
                let files = exported.pictures.into_iter().chain([(format!("{id}.toml"), exported.file.into_bytes())]);
                for (name, bytes) in files {
                    let path = folder.join(name);
                    // Never over something that is there: it may hold what someone is still writing.
                    let mut file = std::fs::File::create_new(&path).map_err(|why| failed(&path, why))?;
                    file.write_all(&bytes).map_err(|why| failed(&path, why))?;
                    say(path.display().to_string());
                }
            }
            Program::List => {
                let mut conn = app.db.read().await.map_err(ActionError::from)?;
                let zone = actions::issuer(&mut conn).await?.zone();
                let today = app.clock.now().to_zoned_datetime(zone).date();
                for program in programs::all(&mut conn).await.map_err(ActionError::from)? {
                    say(format!("{}  {}", program.id, program.name));
                    for level in levels::of_program(&mut conn, &program.id).await.map_err(ActionError::from)? {
                        let review = level.content.review_by.map_or_else(String::new, |day| {
                            if day < today {
                                format!("  review overdue since {day}")
                            } else {
                                format!("  review by {day}")
                            }
                        });
                        say(format!("  {} (version {})  {}{review}", level.id, level.version, level.content.name));
                    }
                    for ahead in levels::ahead(&mut conn, &program.id).await.map_err(ActionError::from)? {
                        let version = ahead.version;
                        say(format!(
                            "  {} version {} begins on {:.0}",
                            ahead.level_id, version.version, version.starts_at
                        ));
                    }
                }
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// A picture beside the program file: never one from elsewhere on the machine.
fn picture(folder: &Path, name: &str) -> Result<(String, Vec<u8>), Failure> {
    let wrong = |why: String| Failure::Usage(format!("image “{name}”: {why}"));
    if !Path::new(name).components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir)) {
        return Err(wrong("must be a file in the folder of the program file or below".to_owned()));
    }
    let bytes = std::fs::read(folder.join(name)).map_err(|why| wrong(why.to_string()))?;
    Ok((name.to_owned(), bytes))
}
