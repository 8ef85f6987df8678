//! `laurel framework`: skill frameworks that the levels of programs name.

use super::{
    Failure,
    config::Settings,
    open::{Unlock, open},
    say,
};
use crate::{actions::frameworks, domain::actor::Actor};
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

#[derive(clap::Subcommand)]
pub(super) enum Framework {
    /// Read a framework from 1EdTech CASE (a CFPackage in JSON), in the place of an older one
    Import {
        file: PathBuf,
        /// A short name: program files name its items as NAME:CODE
        #[arg(long, value_name = "NAME")]
        id: String,
    },
    /// List the frameworks
    List,
}

impl Framework {
    pub(super) async fn run(self, config: Option<&Path>) -> Result<ExitCode, Failure> {
        let app = open(&Settings::load(config)?, Unlock::No).await?;
        match self {
            Framework::Import { file, id } => {
                let json = std::fs::read_to_string(&file)
                    .map_err(|why| Failure::Usage(format!("FILE {}: {why}", file.display())))?;
                let framework = frameworks::import(&app, &Actor::Operator, &id, &json).await?;
                say(format!("{id}: {}, {} items", framework.title, framework.items.len()));
            }
            Framework::List => {
                for framework in frameworks::list(&app, &Actor::Operator).await? {
                    say(format!(
                        "{}  {} ({} items)  {}",
                        framework.id, framework.title, framework.items, framework.uri
                    ));
                }
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}
