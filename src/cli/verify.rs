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
        lookup::LookUp,
        refresh::{Refreshed, refresh, refresh_alone},
        verify::{self, Verification},
        verify_presentation::{PresentationVerification, verify_presentation, verify_presentation_alone},
    },
    credential::{
        bake::LARGEST_PICTURE,
        verify::{Check, CheckName, EndorsedPart, EndorsementReport, Outcome, Report, Verdict, is_presentation},
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
    /// A JSON, JWT, PNG or SVG file, of a badge or a presentation, - for stdin, or the address of a badge of this issuer
    #[arg(value_name = "FILE|URL")]
    badge: String,
    /// Also ask whether it was given to this address
    #[arg(long)]
    email: Option<String>,
    /// Also ask the service that the badge names for a newer version of it
    #[arg(long)]
    refresh: bool,
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
                let mut verified = if link {
                    verify::verify_link(&app, &self.badge, email).await?
                } else {
                    let bytes = read(&self.badge)?;
                    if is_presentation(&bytes) {
                        return self.presented(verify_presentation(&app, &bytes, None, None).await?);
                    }
                    verify::verify(&app, &bytes, email).await?
                };
                if self.refresh {
                    refresh(&app, &mut verified, email).await?;
                }
                verified
            }
            None if link => {
                return Err(Failure::Refused(
                    "a link needs the configuration of its issuer; give the badge's file instead".to_owned(),
                ));
            }
            None => {
                let fetcher = Fetcher::new(Reach::default(), Network::System);
                let (bytes, now) = (read(&self.badge)?, Clock::System.now());
                if is_presentation(&bytes) {
                    return self.presented(verify_presentation_alone(&fetcher, &bytes, now).await?);
                }
                let mut verified = verify::verify_alone(&fetcher, &bytes, email, now).await?.verification;
                if self.refresh {
                    refresh_alone(&fetcher, &mut verified, email, now).await?;
                }
                verified
            }
        };
        if self.json {
            say(serde_json::to_string_pretty(&verified).map_err(ActionError::internal)?);
        } else {
            print(&verified);
        }
        Ok(exit_code(verified.report.verdict))
    }

    fn presented(&self, shown: PresentationVerification) -> Result<ExitCode, Failure> {
        if self.json {
            say(serde_json::to_string_pretty(&shown).map_err(ActionError::internal)?);
        } else {
            print_presentation(&shown);
        }
        Ok(exit_code(shown.report.verdict))
    }
}

fn exit_code(verdict: Verdict) -> ExitCode {
    ExitCode::from(match verdict {
        Verdict::Valid => 0,
        Verdict::Invalid => 1,
        Verdict::Attention => 2,
        Verdict::Unknown => 3,
    })
}

fn print(verified: &Verification) {
    print_report(&verified.report);
    if let Some(Refreshed { refresh, .. }) = &verified.refreshed {
        say(format!("  {:<9}  {:<11}  {}", "refresh", outcome(refresh.outcome), refresh.message));
    }
    print_look_ups(&verified.fetched);
    if let Some(newer) = verified.refreshed.as_ref().and_then(|refreshed| refreshed.newer.as_ref()) {
        say("The newer version");
        print_report(&newer.report);
        print_look_ups(&newer.fetched);
    }
}

fn print_presentation(shown: &PresentationVerification) {
    let holder = shown.report.holder.as_deref().map(|holder| format!(" of {holder}")).unwrap_or_default();
    say(format!("{}: a presentation{holder}", answer(shown.report.verdict)));
    print_checks(&shown.report.checks);
    for (n, credential) in shown.report.credentials.iter().enumerate() {
        say(format!("Badge {} of {}", n + 1, shown.report.credentials.len()));
        print_report(credential);
    }
    print_look_ups(&shown.fetched);
}

fn answer(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Valid => "Valid",
        Verdict::Invalid => "Not valid",
        Verdict::Attention => "Genuine, but needs attention",
        Verdict::Unknown => "Could not be checked",
    }
}

fn print_report(report: &Report) {
    let answer = answer(report.verdict);
    match (&report.claims, report.issuer_shown()) {
        (Some(claims), Some(issuer)) => say(format!("{answer}: {}, issued by {issuer}", claims.name)),
        _ => say(answer),
    }
    print_checks(&report.checks);
    for endorsement in &report.endorsements {
        print_endorsement(endorsement);
    }
    if report.endorsements_left_aside > 0 {
        say(format!("  {} more endorsements were left aside", report.endorsements_left_aside));
    }
}

/// What it is for, by whom, and the one reason that decides; the words only when they are known to be the endorser's.
fn print_endorsement(endorsement: &EndorsementReport) {
    let of = match endorsement.attached_to {
        EndorsedPart::Credential => "the badge",
        EndorsedPart::Achievement => "the achievement",
        EndorsedPart::Issuer => "the issuer",
    };
    let by = endorsement.endorser_shown().map(|endorser| format!(" by {endorser}")).unwrap_or_default();
    let answer = answer(endorsement.verdict);
    let reason = endorsement.deciding().map(|check| format!(": {}", check.message)).unwrap_or_default();
    say(format!("  endorsement of {of}{by}  {answer}{reason}"));
    if let Some(comment) = &endorsement.comment {
        say(format!("    “{}”", comment.replace(char::is_control, " ")));
    }
}

fn print_checks(checks: &[Check]) {
    for check in checks {
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
        say(format!("  {name:<9}  {:<11}  {}", outcome(check.outcome), check.message));
    }
}

fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Passed => "passed",
        Outcome::Failed => "FAILED",
        Outcome::Unchecked => "not checked",
    }
}

fn print_look_ups(fetched: &[LookUp]) {
    for look_up in fetched {
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
