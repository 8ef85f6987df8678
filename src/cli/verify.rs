//! `laurel verify`: the report for people, or as JSON. Exit code 0 valid, 1 invalid, 2 needs attention, 3 could not be checked.
//!
//! Without a configuration every issuer is unknown to it. Documents of others are looked up, and each look-up is named. `--bundle` saves
//! the check, `--offline` judges a saved one (offline.rs).

use super::{
    Failure,
    config::Settings,
    offline,
    open::{Unlock, open},
    report::{exit_code, print, print_presentation},
    say,
};
use crate::{
    actions::{
        ActionError, bundle,
        refresh::{refresh, refresh_alone},
        verify::{self, Judged},
        verify_presentation::{PresentationVerification, verify_presentation, verify_presentation_alone},
    },
    credential::{bake::LARGEST_PICTURE, verify::is_presentation},
    outside::{
        clock::Clock,
        fetch::{Fetcher, Network, Reach},
    },
};
use std::{
    io::{Read, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

/// The exit code when there is no report.
pub(super) const NOT_VERIFIED: u8 = 4;

#[derive(clap::Args)]
pub(super) struct Verify {
    /// A JSON, JWT, PNG or SVG file, of a badge or a presentation, - for stdin, or the address of a badge of this issuer; with --offline a
    /// saved check
    #[arg(value_name = "FILE|URL")]
    pub badge: String,
    /// Also ask whether it was given to this address
    #[arg(long)]
    pub email: Option<String>,
    /// Also ask the service that the badge names for a newer version of it
    #[arg(long, conflicts_with = "offline")]
    refresh: bool,
    /// Print the report as JSON
    #[arg(long)]
    pub json: bool,
    /// Save the check to this ZIP file: the badge and everything it was judged by
    #[arg(long, value_name = "ZIP", conflicts_with = "offline")]
    bundle: Option<PathBuf>,
    /// Save the e-mail address too
    #[arg(long, requires_all = ["bundle", "email"])]
    with_email: bool,
    /// Judge a saved check without a network
    #[arg(long)]
    offline: bool,
    /// Judge the dates for the time when it was saved, not for today
    #[arg(long, requires = "offline")]
    pub as_of: bool,
    /// Trust this issuer, by identifier; may be given again
    #[arg(long, value_name = "ISSUER", requires = "offline")]
    pub trust: Vec<String>,
}

/// What was handed in, judged.
enum Answer {
    Badge(Box<Judged>, Vec<u8>),
    Presentation(PresentationVerification),
}

impl Verify {
    pub(super) async fn run(self, config: Option<&Path>) -> Result<ExitCode, Failure> {
        if self.offline {
            return offline::run(&self, config);
        }
        match self.judged(config).await? {
            Answer::Badge(judged, badge) => self.badge(*judged, &badge),
            Answer::Presentation(_) if self.bundle.is_some() => {
                Err(Failure::Usage("--bundle: saves the check of one badge, and this is a presentation".to_owned()))
            }
            Answer::Presentation(shown) => self.presented(&shown),
        }
    }

    async fn judged(&self, config: Option<&Path>) -> Result<Answer, Failure> {
        let email = self.email.as_deref();
        let link = self.badge.starts_with("https://") || self.badge.starts_with("http://");
        let read = || read(&self.badge, LARGEST_PICTURE, "8 MiB");
        match Settings::find(config)? {
            Some(settings) => {
                let app = open(&settings, Unlock::No).await?;
                let bytes = if link { verify::linked(&app, &self.badge).await? } else { read()? };
                if is_presentation(&bytes) {
                    return Ok(Answer::Presentation(verify_presentation(&app, &bytes, None, None).await?));
                }
                let mut judged = verify::verify_whole(&app, &bytes, email).await?;
                if self.refresh {
                    refresh(&app, &mut judged.verification, email).await?;
                }
                Ok(Answer::Badge(Box::new(judged), bytes))
            }
            None if link => Err(Failure::Refused(
                "a link needs the configuration of its issuer; give the badge's file instead".to_owned(),
            )),
            None => {
                let fetcher = Fetcher::new(Reach::default(), Network::System);
                let (bytes, now) = (read()?, Clock::System.now());
                if is_presentation(&bytes) {
                    return Ok(Answer::Presentation(verify_presentation_alone(&fetcher, &bytes, now).await?));
                }
                let mut judged = verify::verify_alone(&fetcher, &bytes, email, now).await?;
                if self.refresh {
                    refresh_alone(&fetcher, &mut judged.verification, email, now).await?;
                }
                Ok(Answer::Badge(Box::new(judged), bytes))
            }
        }
    }

    fn badge(&self, judged: Judged, badge: &[u8]) -> Result<ExitCode, Failure> {
        if let Some(path) = &self.bundle {
            let email = self.email.as_deref().filter(|_| self.with_email);
            save(path, &bundle::keep(&judged, badge, email)?)?;
        }
        let verified = judged.verification;
        if self.json {
            say(serde_json::to_string_pretty(&verified).map_err(ActionError::internal)?);
        } else {
            print(&verified, None);
            if let Some(path) = &self.bundle {
                say(format!("  saved      {}", path.display()));
            }
        }
        Ok(exit_code(verified.report.verdict))
    }

    fn presented(&self, shown: &PresentationVerification) -> Result<ExitCode, Failure> {
        if self.json {
            say(serde_json::to_string_pretty(shown).map_err(ActionError::internal)?);
        } else {
            print_presentation(shown);
        }
        Ok(exit_code(shown.report.verdict))
    }
}

/// Never over a file that is there.
fn save(path: &Path, archive: &[u8]) -> Result<(), Failure> {
    let failed = |why: std::io::Error| Failure::Usage(format!("--bundle {}: {why}", path.display()));
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).open(path).map_err(failed)?;
    file.write_all(archive).map_err(failed)
}

/// Never more than `most` bytes, whatever is piped in.
pub(super) fn read(name: &str, most: usize, spoken: &str) -> Result<Vec<u8>, Failure> {
    let failed = |why: std::io::Error| Failure::Usage(format!("FILE {name}: {why}"));
    let limit = most as u64 + 1;
    let mut bytes = Vec::new();
    if name == "-" {
        std::io::stdin().take(limit).read_to_end(&mut bytes).map_err(failed)?;
    } else {
        std::fs::File::open(name).and_then(|file| file.take(limit).read_to_end(&mut bytes)).map_err(failed)?;
    }
    if bytes.len() > most {
        return Err(Failure::Usage(format!("FILE {name}: is larger than {spoken}")));
    }
    Ok(bytes)
}
