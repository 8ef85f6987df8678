//! How a report is told at the terminal: the answer first, then every check with its reason, then what was looked up.

use super::say;
use crate::{
    actions::{
        lookup::LookUp, refresh::Refreshed, verify::Verification, verify_presentation::PresentationVerification,
    },
    credential::verify::{Check, CheckName, EndorsedPart, EndorsementReport, Outcome, Report, Verdict},
};
use std::process::ExitCode;

pub(super) fn exit_code(verdict: Verdict) -> ExitCode {
    ExitCode::from(match verdict {
        Verdict::Valid => 0,
        Verdict::Invalid => 1,
        Verdict::Attention => 2,
        Verdict::Unknown => 3,
    })
}

/// `aside` follows the answer, in the same line.
pub(super) fn print(verified: &Verification, aside: Option<&str>) {
    print_report(&verified.report, aside);
    if let Some(Refreshed { refresh, .. }) = &verified.refreshed {
        say(format!("  {:<9}  {:<11}  {}", "refresh", outcome(refresh.outcome), refresh.message));
    }
    print_look_ups(&verified.fetched);
    if let Some(newer) = verified.refreshed.as_ref().and_then(|refreshed| refreshed.newer.as_ref()) {
        say("The newer version");
        print_report(&newer.report, None);
        print_look_ups(&newer.fetched);
    }
}

pub(super) fn print_presentation(shown: &PresentationVerification) {
    let holder = shown.report.holder.as_deref().map(|holder| format!(" of {holder}")).unwrap_or_default();
    say(format!("{}: a presentation{holder}", answer(shown.report.verdict)));
    print_checks(&shown.report.checks);
    for (n, credential) in shown.report.credentials.iter().enumerate() {
        say(format!("Badge {} of {}", n + 1, shown.report.credentials.len()));
        print_report(credential, None);
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

fn print_report(report: &Report, aside: Option<&str>) {
    let answer = answer(report.verdict);
    let answer = aside.map_or(answer.to_owned(), |aside| format!("{answer} ({aside})"));
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
