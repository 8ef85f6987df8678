//! `laurel backup`: a whole copy of an SQLite database, made while it is in use.

use super::{
    Failure,
    config::Settings,
    open::{Unlock, open},
    say,
};
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

#[derive(clap::Args)]
pub(super) struct Backup {
    /// Where to; the file must be new
    file: PathBuf,
}

impl Backup {
    pub(super) async fn run(self, config: Option<&Path>) -> Result<ExitCode, Failure> {
        let app = open(&Settings::load(config)?, Unlock::No).await?;
        app.db
            .copy_to(&self.file)
            .await
            .map_err(|why| Failure::Refused(format!("FILE {}: {why}", self.file.display())))?;
        say(format!("Copied to {}; back up the keys folder too, in another place", self.file.display()));
        Ok(ExitCode::SUCCESS)
    }
}
