//! `laurel export --static`: a copy of everything public as files; `--person`: everything about one person as a ZIP. Either is written beside its place first
//! and takes its name when it is whole.

use super::{
    Failure,
    config::Settings,
    open::{Unlock, open},
    say,
};
use crate::{
    actions::{config::Limits, takeout},
    domain::actor::Actor,
    web::{Web, copy::Copying, takeout::Taking},
};
use indicatif::{ProgressBar, ProgressStyle};
use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};

#[derive(clap::Args)]
pub(super) struct Export {
    /// A new or empty folder for a copy of the public site that any web server can host under the same addresses
    #[arg(long = "static", value_name = "FOLDER", required_unless_present = "person", conflicts_with = "person")]
    site: Option<PathBuf>,
    /// Everything that is held on one person (e-mail address, or id), to hand over to them
    #[arg(long, value_name = "WHO", requires = "out")]
    person: Option<String>,
    /// The new ZIP file for it
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl Export {
    pub(super) async fn run(self, config: Option<&Path>) -> Result<ExitCode, Failure> {
        match self {
            Export { person: Some(person), out: Some(out), .. } => one_person(config, &person, &out).await,
            Export { site: Some(site), .. } => Export::site(config, &site).await,
            _ => Err(Failure::Refused("say what to export: --static FOLDER, or --person WHO --out FILE".to_owned())),
        }
    }

    async fn site(config: Option<&Path>, site: &Path) -> Result<ExitCode, Failure> {
        let mut app = open(&Settings::load(config)?, Unlock::No).await?;
        // Nobody asks but this command.
        app.config.limits = Limits::lifted();
        let base_url = app.config.base_url.clone();
        let partial = partial(site).map_err(|why| refused(site, &why))?;
        let written = copy(app, &partial).await;
        let done = written.and_then(|done| {
            let empty = if site.exists() { fs::remove_dir(site) } else { Ok(()) };
            empty.and_then(|()| fs::rename(&partial, site)).map_err(|why| refused(site, &why))?;
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
        say(format!("{files} files in {}; host them at {base_url}", site.display()));
        say(
            "A page is its folder's index.html; serve files without an ending, such as those in status/, as application/json.",
        );
        Ok(if missing.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

/// Everything about one person, which only its owner may read.
async fn one_person(config: Option<&Path>, who: &str, out: &Path) -> Result<ExitCode, Failure> {
    let wrong = |why: &io::Error| Failure::Refused(format!("--out {}: {why}", out.display()));
    if out.exists() {
        return Err(wrong(&io::Error::other("is there already; name a new file")));
    }
    // A record of their badges is signed for them.
    let app = Arc::new(open(&Settings::load(config)?, Unlock::Yes).await?);
    let begun = takeout::begin_of(&app, &Actor::Operator, who).await?;
    let (email, badges) = (begun.person.email.clone(), begun.badges.len());
    let taking = Taking::new(Arc::new(Web::new(app)), begun).await?;
    let mut name = out.as_os_str().to_owned();
    name.push(".partial");
    let partial = PathBuf::from(name);
    let written = write_out(taking, &partial, &wrong).await;
    if let Err(why) = written.and_then(|()| fs::rename(&partial, out).map_err(|why| wrong(&why))) {
        let _nothing_to_clear = fs::remove_file(&partial);
        return Err(why);
    }
    say(format!(
        "Everything held on {email}, {badges} badges among it, is in {}; give it to nobody else",
        out.display()
    ));
    Ok(ExitCode::SUCCESS)
}

async fn write_out(mut taking: Taking, path: &Path, wrong: &impl Fn(&io::Error) -> Failure) -> Result<(), Failure> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).map_err(|why| wrong(&why))?;
    while let Some(bytes) = taking.next().await? {
        file.write_all(&bytes).map_err(|why| wrong(&why))?;
    }
    file.sync_all().map_err(|why| wrong(&why))
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
