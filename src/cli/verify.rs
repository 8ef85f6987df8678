//! `laurel verify`: the report for people, or as JSON. Exit code 0 valid, 1 invalid, 2 needs attention, 3 could not be checked.
//!
//! Without a configuration every issuer is unknown to it. Documents of others are looked up, and each look-up is named.

use super::{
    Failure,
    config::Settings,
    open::{Unlock, open},
    say,
};
use crate::{
    actions::{
        ActionError,
        verify::{self, Verification},
    },
    credential::{
        bake::LARGEST_PICTURE,
        verify::{CheckName, Outcome, Verdict},
    },
    outside::{
        clock::Clock,
        fetch::{Fetcher, Network, Reach},
    },
};
use std::{io::Read, path::Path, process::ExitCode};

/// The exit code when there is no report.
pub(super) const NOT_VERIFIED: u8 = 4;

#[derive(clap::Args)]
pub(super) struct Verify {
    /// A JSON, JWT, PNG or SVG file, - for stdin, or the address of a badge of this issuer
    #[arg(value_name = "FILE|URL")]
    badge: String,
    /// Also ask whether it was given to this address
    #[arg(long)]
    email: Option<String>,
    /// Print the report as JSON
    #[arg(long)]
    json: bool,
}

impl Verify {
    pub(super) async fn run(self, config: Option<&Path>) -> Result<ExitCode, Failure> {
        let email = self.email.as_deref();
        let link = self.badge.starts_with("https://") || self.badge.starts_with("http://");
        let verified = match Settings::find(config)? {
            Some(settings) => {
                let app = open(&settings, Unlock::No).await?;
                if link {
                    verify::verify_link(&app, &self.badge, email).await?
                } else {
                    verify::verify(&app, &read(&self.badge)?, email).await?
                }
            }
            None if link => {
                return Err(Failure::Refused(
                    "a link needs the configuration of its issuer; give the badge's file instead".to_owned(),
                ));
            }
            None => {
                let fetcher = Fetcher::new(Reach::default(), Network::System);
                verify::verify_alone(&fetcher, &read(&self.badge)?, email, Clock::System.now()).await?.verification
            }
        };
        if self.json {
            say(serde_json::to_string_pretty(&verified).map_err(ActionError::internal)?);
        } else {
            print(&verified);
        }
        Ok(ExitCode::from(match verified.report.verdict {
            Verdict::Valid => 0,
            Verdict::Invalid => 1,
            Verdict::Attention => 2,
            Verdict::Unknown => 3,
        }))
    }
}

fn print(verified: &Verification) {
    let report = &verified.report;
    let answer = match report.verdict {
        Verdict::Valid => "Valid",
        Verdict::Invalid => "Not valid",
        Verdict::Attention => "Genuine, but needs attention",
        Verdict::Unknown => "Could not be checked",
    };
    match (&report.claims, report.issuer_shown()) {
        (Some(claims), Some(issuer)) => say(format!("{answer}: {}, issued by {issuer}", claims.name)),
        _ => say(answer),
    }
    for check in &report.checks {
        let name = match check.check {
            CheckName::Format => "format",
            CheckName::Proof => "proof",
            CheckName::Issuer => "issuer",
            CheckName::Status => "status",
            CheckName::Dates => "dates",
            CheckName::Schema => "schema",
            CheckName::Recipient => "recipient",
            CheckName::Subject => "subject",
            CheckName::Challenge => "challenge",
            CheckName::Holder => "holder",
        };
        let outcome = match check.outcome {
            Outcome::Passed => "passed",
            Outcome::Failed => "FAILED",
            Outcome::Unchecked => "not checked",
        };
        say(format!("  {name:<9}  {outcome:<11}  {}", check.message));
    }
    for look_up in &verified.fetched {
        let problem = look_up.problem.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
        say(format!("  looked up  {}{problem}", look_up.url));
    }
}

/// Never more than a picture may have, whatever is piped in.
fn read(name: &str) -> Result<Vec<u8>, Failure> {
    let failed = |why: std::io::Error| Failure::Usage(format!("FILE {name}: {why}"));
    let most = LARGEST_PICTURE as u64 + 1;
    let mut bytes = Vec::new();
    if name == "-" {
        std::io::stdin().take(most).read_to_end(&mut bytes).map_err(failed)?;
    } else {
        std::fs::File::open(name).and_then(|file| file.take(most).read_to_end(&mut bytes)).map_err(failed)?;
    }
    if bytes.len() > LARGEST_PICTURE {
        return Err(Failure::Usage(format!("FILE {name}: is larger than 8 MiB")));
    }
    Ok(bytes)
}
