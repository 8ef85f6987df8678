//! What is still missing to judge a badge of Open Badges 2 or 1, and the report about it.

use jiff::Timestamp;
use serde_json::Value;

use super::assertion::{Presented, recognise};
use super::form::member;
use super::hosted::{self, Proof, Settled};
use super::lookup::Stop;
use super::version::Version;
use super::{claims, identity, revocation, signed};
use crate::credential::date;
use crate::credential::verify::Asked;
use crate::credential::verify::evidence::{Evidence, Need};
use crate::credential::verify::issuer;
use crate::credential::verify::judge::{as_of, dates, refused};
use crate::credential::verify::report::{Check, CheckName, Report, verdict};
use crate::credential::verify::secured::Refusal;

/// What must be looked up next. `None` when the document is not of Open Badges 2 or 1.
pub(in crate::credential::verify) fn needs(document: &[u8], evidence: &Evidence, asked: &Asked) -> Option<Vec<Need>> {
    let Ok(presented) = recognise(document)? else { return Some(Vec::new()) };
    let stop = match settle(presented, evidence) {
        Ok(settled) => match revocation::check(&settled, evidence) {
            Ok(_) => return Some(issuer::needs(&settled.issuer.id, evidence, asked)),
            Err(stop) => Some(stop),
        },
        Err(stop) => Some(stop),
    };
    Some(match stop {
        Some(Stop::Wanted(needs)) => needs,
        _ => Vec::new(),
    })
}

/// The report. `None` when the document is not of Open Badges 2 or 1.
pub(in crate::credential::verify) fn judge(
    document: &[u8],
    evidence: &Evidence,
    now: Timestamp,
    asked: &Asked,
) -> Option<Report> {
    let presented = match recognise(document)? {
        Ok(presented) => presented,
        Err(unfit) => {
            let report = refused(CheckName::Format, unfit.refusal, Vec::new(), now, asked);
            return Some(by(unfit.version, report));
        }
    };
    let version = match &presented {
        Presented::Address(_) => None,
        Presented::Copy(assertion) | Presented::Signed(assertion, _) => Some(assertion.version),
    };
    let checks = vec![well_formed(version)];
    let report = match settle(presented, evidence) {
        Ok(settled) => settled_report(settled, evidence, now, asked),
        Err(Stop::Refused(refusal)) => by(version, refused(CheckName::Proof, refusal, checks, now, asked)),
        Err(Stop::Revoked(reason)) => by(version, revoked_report(reason.as_deref(), checks, now, asked)),
        Err(Stop::Wanted(_)) => {
            let refusal = Refusal::unsure("hosted_unavailable", "The addresses that prove it have not been read.");
            by(version, refused(CheckName::Proof, refusal, checks, now, asked))
        }
    };
    Some(report)
}

fn settle(presented: Presented, evidence: &Evidence) -> Result<Settled, Stop> {
    match presented {
        Presented::Address(address) => hosted::settle(&address, None, evidence),
        Presented::Copy(assertion) => hosted::settle(&assertion.id, Some(&assertion), evidence),
        Presented::Signed(assertion, jws) => signed::settle(*assertion, &jws, evidence),
    }
}

fn settled_report(settled: Settled, evidence: &Evidence, now: Timestamp, asked: &Asked) -> Report {
    let version = settled.assertion.version;
    let mut checks = vec![well_formed(Some(version)), genuine(&settled), issuer(&settled, evidence, now, asked)];
    let status = revocation::check(&settled, evidence).unwrap_or_else(|_| {
        Check::unchecked(
            CheckName::Status,
            "status_unreadable",
            "Its issuer's list of revoked badges has not been read. The badge itself is genuine.",
        )
    });
    checks.push(as_of(status, evidence));
    checks.push(dates(settled.assertion.issued_on, settled.assertion.expires, now));
    if let Some(email) = asked.email {
        checks.push(identity::check(&settled.assertion.terms, email));
    }
    let standard = Some(version.name().to_owned());
    Report {
        verdict: verdict(&checks),
        standard,
        claims: Some(claims::of(settled)),
        checks,
        endorsements: Vec::new(),
        endorsements_left_aside: 0,
        checked_at: now,
    }
}

fn well_formed(version: Option<Version>) -> Check {
    let message = match version {
        Some(version) => format!("This is a badge of {}.", version.name()),
        None => "This is the address of a badge of Open Badges 1.0 or 2.0.".to_owned(),
    };
    Check::passed(CheckName::Format, "well_formed", message)
}

fn genuine(settled: &Settled) -> Check {
    match settled.proof {
        Proof::Hosted(read_at) => Check::passed(
            CheckName::Proof,
            "hosted",
            format!("Its issuer keeps it at its own address, read on {}.", date::spoken_with_time(read_at)),
        ),
        Proof::Signed => {
            Check::passed(CheckName::Proof, "genuine", "Signed by its issuer, and nothing was changed since.")
        }
    }
}

fn issuer(settled: &Settled, evidence: &Evidence, now: Timestamp, asked: &Asked) -> Check {
    let name = member(&settled.issuer.terms, "name").and_then(Value::as_str);
    issuer::check(&settled.issuer.id, name, evidence, now, asked)
}

/// Its own address says no more than that it was revoked, so nothing that a copy says can be confirmed.
fn revoked_report(reason: Option<&str>, checks: Vec<Check>, now: Timestamp, asked: &Asked) -> Report {
    let refusal = Refusal::unsure("hosted_revoked", "At its own address stands only that it was revoked.");
    let mut report = refused(CheckName::Proof, refusal, checks, now, asked);
    for check in &mut report.checks {
        if check.check == CheckName::Status {
            *check = revocation::revoked(reason);
        }
    }
    Report { verdict: verdict(&report.checks), ..report }
}

fn by(version: Option<Version>, report: Report) -> Report {
    Report { standard: version.map(|version| version.name().to_owned()), ..report }
}
