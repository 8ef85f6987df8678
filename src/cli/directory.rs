//! `laurel directory`: the company's people from a file, where no directory speaks SCIM.

use super::{
    Failure,
    config::Settings,
    open::{Unlock, open},
    say,
};
use crate::{
    actions::import_directory::{Imported, import_directory},
    domain::actor::Actor,
};
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

#[derive(clap::Subcommand)]
pub(super) enum Directory {
    /// Take over joiners and movers, and leavers where that is asked for; all of the file or nothing
    Import {
        /// A CSV: email, name, and when wanted team, function, manager, external_id, active
        file: PathBuf,
        /// Say what would be done, and do nothing
        #[arg(long)]
        dry_run: bool,
        /// The file names everyone: whoever is not in it has left
        #[arg(long)]
        leavers: bool,
    },
}

impl Directory {
    pub(super) async fn run(self, config: Option<&Path>) -> Result<ExitCode, Failure> {
        let app = open(&Settings::load(config)?, Unlock::No).await?;
        let Directory::Import { file, dry_run, leavers } = self;
        let csv = std::fs::read(&file).map_err(|why| Failure::Usage(format!("{}: {why}", file.display())))?;
        let done = import_directory(&app, &Actor::Operator, &csv, leavers, dry_run).await?;
        for (what, names) in
            [("joined", &done.joined), ("changed", &done.changed), ("left", &done.left), ("new team", &done.teams)]
        {
            for name in names {
                say(format!("{what}  {name}"));
            }
        }
        say(summary(&done, dry_run));
        Ok(ExitCode::SUCCESS)
    }
}

fn summary(done: &Imported, dry_run: bool) -> String {
    let Imported { joined, changed, unchanged, left, teams } = done;
    let tried = if dry_run { "; nothing was written" } else { "" };
    format!(
        "{} joined, {} changed, {unchanged} as they were, {} left, {} new teams{tried}",
        joined.len(),
        changed.len(),
        left.len(),
        teams.len()
    )
}
