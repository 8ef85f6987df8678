//! `laurel export --static`: a copy of everything public as files. It is written beside the folder first and takes its name when it is whole.

use super::{
    Failure,
    config::Settings,
    open::{Unlock, open},
    say,
};
use crate::{actions::config::Limits, web::copy::Copying};
use indicatif::{ProgressBar, ProgressStyle};
use std::{
    fs, io,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};

#[derive(clap::Args)]
pub(super) struct Export {
    /// A new or empty folder for a copy of the public site that any web server can host under the same addresses
    #[arg(long = "static", value_name = "FOLDER")]
    site: PathBuf,
}

impl Export {
    pub(super) async fn run(self, config: Option<&Path>) -> Result<ExitCode, Failure> {
        let mut app = open(&Settings::load(config)?, Unlock::No).await?;
        // Nobody asks but this command.
        app.config.limits = Limits::lifted();
        let base_url = app.config.base_url.clone();
        let partial = partial(&self.site).map_err(|why| refused(&self.site, &why))?;
        let written = copy(app, &partial).await;
        let done = written.and_then(|done| {
            let empty = if self.site.exists() { fs::remove_dir(&self.site) } else { Ok(()) };
            empty.and_then(|()| fs::rename(&partial, &self.site)).map_err(|why| refused(&self.site, &why))?;
            Ok(done)
        });
        let (files, missing) = match done {
            Ok(done) => done,
            Err(why) => {
                let _nothing_to_clear = fs::remove_dir_all(&partial);
                return Err(why);
            }
        };
        for (address, by) in &missing {
            say(format!("NOT THERE {address}, which {by} names"));
        }
        say(format!("{files} files in {}; host them at {base_url}", self.site.display()));
        say(
            "A page is its folder's index.html; serve files without an ending, such as those in status/, as application/json.",
        );
        Ok(if missing.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

/// Writes every file below `folder`; answers how many, and what was named and not there.
async fn copy(app: crate::actions::App, folder: &Path) -> Result<(u64, Vec<(String, String)>), Failure> {
    let style = ProgressStyle::with_template("{spinner} {pos} files written");
    let bar = ProgressBar::no_length().with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
    let mut copying = Copying::begin(Arc::new(app)).await?;
    let mut files = 0;
    while let Some(file) = copying.next().await? {
        let path = folder.join(&file.path);
        let written = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&path, &file.bytes));
        written.map_err(|why| refused(&path, &why))?;
        files += 1;
        bar.set_position(files);
    }
    bar.finish_and_clear();
    Ok((files, copying.missing))
}

/// The folder that is written before the copy is whole.
fn partial(folder: &Path) -> io::Result<PathBuf> {
    if folder.exists() && folder.read_dir()?.next().is_some() {
        return Err(io::Error::other("is not empty; name a new folder"));
    }
    let mut name = folder.file_name().ok_or_else(|| io::Error::other("is not the name of a folder"))?.to_owned();
    name.push(".partial");
    let partial = folder.with_file_name(name);
    if let Some(above) = partial.parent() {
        fs::create_dir_all(above)?;
    }
    fs::create_dir(&partial)?;
    Ok(partial)
}

fn refused(path: &Path, why: &io::Error) -> Failure {
    Failure::Refused(format!("--static {}: {why}", path.display()))
}
