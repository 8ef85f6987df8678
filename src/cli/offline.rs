//! `laurel verify --offline`: judges a saved check. Nothing in here can reach a network, and no database is opened.

use super::{
    Failure,
    config::Settings,
    report::{self, exit_code},
    say,
    verify::{self, Verify},
};
use crate::{
    actions::{
        ActionError,
        bundle::{self, Rejudged, Time},
    },
    credential::{date, verify::KnownIssuer},
    domain::trust::{TrustRequest, TrustedIssuer},
    outside::{archive::LARGEST_ARCHIVE, clock::Clock},
};
use std::{path::Path, process::ExitCode};

pub(super) fn run(asked: &Verify, config: Option<&Path>) -> Result<ExitCode, Failure> {
    let configured = Settings::find(config)?.map(|settings| settings.trusted_issuers).unwrap_or_default();
    let mut known: Vec<KnownIssuer> = configured.iter().map(TrustedIssuer::known).collect();
    for id in &asked.trust {
        known.push(trusted(id)?.known());
    }
    let bytes = verify::read(&asked.badge, LARGEST_ARCHIVE, "16 MiB")?;
    let now = Clock::System.now();
    let time = if asked.as_of { Time::WhenKept(now) } else { Time::Now(now) };
    let rejudged = bundle::rejudge(&bytes, asked.email.as_deref(), &known, time)?;
    if asked.json {
        say(serde_json::to_string_pretty(&rejudged).map_err(ActionError::internal)?);
    } else {
        print(&rejudged, asked.as_of);
    }
    Ok(exit_code(rejudged.verification.report.verdict))
}

/// An issuer named on the command line goes by its identifier.
fn trusted(id: &str) -> Result<TrustedIssuer, Failure> {
    let request = TrustRequest { name: id.chars().take(200).collect(), ..TrustRequest::default() };
    TrustedIssuer::checked(id, request).map_err(|faults| {
        let why = faults.first().map(ToString::to_string).unwrap_or_default();
        Failure::Usage(format!("--trust {id}: {why}"))
    })
}

fn print(rejudged: &Rejudged, as_of: bool) {
    let saved = date::spoken_with_time(rejudged.saved_at);
    report::print(&rejudged.verification, Some(&format!("status as of {saved}")));
    let dates = if as_of { "for that time" } else { "for today" };
    say(format!(
        "  saved      Keys and lists are as whoever saved this says they were on {saved}; dates are judged {dates}."
    ));
    for url in &rejudged.other_contexts {
        say(format!("  context    {url} in the archive is not the one held here, and was not used."));
    }
}
