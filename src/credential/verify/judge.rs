//! The judge: a badge, the evidence gathered, the time and what was asked make a report. Nothing else has a say.

use jiff::Timestamp;

use super::evidence::{Evidence, Need};
use super::form::one;
use super::format::{self, Badge};
use super::report::{Check, CheckName, Claims, CredentialKind, Report, verdict};
use super::secured::{Genuine, Keys, Refusal, keys_of};
use super::{Asked, endorsements, issuer, list, ob2, recipient, schema};
use crate::credential::date;

const STANDARD: &str = "Open Badges 3.0";
const OTHER: &str = "This is a verifiable credential of VC Data Model 2.0, and not a badge.";

/// What is still missing to judge a badge that nothing more is asked about.
pub fn needs(document: &[u8], evidence: &Evidence) -> Vec<Need> {
    needs_for(document, evidence, &Asked::default())
}

/// What is still missing to judge a badge. Look it up, put it into the evidence, and ask again until nothing is missing; three rounds are
/// enough, and four for Open Badges 2 and 1. A need once put is never asked again.
///
/// Until the proof holds, nothing but the issuer's key is asked for: a stranger's text must not make this service fetch URLs. Only a
/// hosted badge of Open Badges 2 or 1 can't be proved in any other way than by its own address.
pub fn needs_for(document: &[u8], evidence: &Evidence, asked: &Asked) -> Vec<Need> {
    if let Some(needs) = ob2::needs(document, evidence, asked) {
        return needs;
    }
    credential_needs(document, evidence, asked)
}

/// The same for a credential of Open Badges 3.0 only.
pub(super) fn credential_needs(document: &[u8], evidence: &Evidence, asked: &Asked) -> Vec<Need> {
    needs_of_read(format::read(document), evidence, asked)
}

/// The same for any verifiable credential.
pub fn needs_of_any(document: &[u8], evidence: &Evidence, asked: &Asked) -> Vec<Need> {
    needs_of_read(format::read_any(document), evidence, asked)
}

fn needs_of_read(read: Result<Badge, Refusal>, evidence: &Evidence, asked: &Asked) -> Vec<Need> {
    let Ok(badge) = read else { return Vec::new() };
    let mut needs = match own_needs(&badge, evidence, asked) {
        Ok(needs) => needs,
        Err(needs) => return needs,
    };
    for need in endorsements::needs(&badge, evidence, asked) {
        if !needs.contains(&need) {
            needs.push(need);
        }
    }
    needs
}

/// What a credential itself wants once its proof holds; an error is what it wants before that, or nothing when it does not hold.
pub(super) fn own_needs(badge: &Badge, evidence: &Evidence, asked: &Asked) -> Result<Vec<Need>, Vec<Need>> {
    // A badge that another signed needs nothing: no look-up could help it.
    let keys = match keys_of(&badge.secured.issuer, evidence) {
        Keys::Wanted(need) if badge.secured.is_signed_by_issuer() => return Err(vec![need]),
        keys => keys,
    };
    if badge.secured.check(&keys, None).is_err() {
        return Err(Vec::new());
    }
    let mut needs = Vec::new();
    for entry in &badge.status {
        let missing = match entry.url() {
            Some(url) if evidence.status_list(url).is_none() => Some(Need::StatusList(url.to_owned())),
            _ => list::signers_key(entry, badge, evidence, asked),
        };
        needs.extend(missing.filter(|need| !needs.contains(need)));
    }
    needs.extend(issuer::needs(&badge.secured.issuer, evidence, asked));
    Ok(needs)
}

/// Judges a badge at a moment, by the evidence given and nothing else. The same input gives the same report.
pub fn judge(document: &[u8], evidence: &Evidence, now: Timestamp, asked: &Asked) -> Report {
    if let Some(report) = ob2::judge(document, evidence, now, asked) {
        return report;
    }
    judge_credential(document, evidence, now, asked)
}

/// The same for a credential of Open Badges 3.0 only.
pub(super) fn judge_credential(document: &[u8], evidence: &Evidence, now: Timestamp, asked: &Asked) -> Report {
    judge_read(format::read(document), Endorsements::Followed, evidence, now, asked)
}

/// Judges any verifiable credential; what is no badge has no claims in its report, and the whole document is the asker's to read.
pub fn judge_any(document: &[u8], evidence: &Evidence, now: Timestamp, asked: &Asked) -> Report {
    judge_read(format::read_any(document), Endorsements::Followed, evidence, now, asked)
}

/// Whether the endorsements that a credential carries are judged with it.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Endorsements {
    Followed,
    Passed,
}

/// Judges a credential that was read.
pub(super) fn judge_read(
    read: Result<Badge, Refusal>,
    follow: Endorsements,
    evidence: &Evidence,
    now: Timestamp,
    asked: &Asked,
) -> Report {
    let badge = match read {
        Ok(badge) => badge,
        Err(refusal) => return refused(CheckName::Format, refusal, Vec::new(), now, asked),
    };
    let mut checks = vec![well_formed(&badge)];
    let keys = keys_of(&badge.secured.issuer, evidence);
    match badge.secured.check(&keys, Some(now)) {
        Ok(signed) => checks.push(genuine(&signed)),
        Err(refusal) => return refused(CheckName::Proof, refusal, checks, now, asked),
    }
    checks.push(issuer(&badge, evidence, now, asked));
    let then = evidence.earlier().map_or(now, |earlier| earlier.min(now));
    checks.push(as_of(list::check(&badge, &keys, evidence, then, asked), evidence));
    checks.push(match (badge.valid_from, badge.valid_until) {
        (None, None) => Check::passed(CheckName::Dates, "no_end", "It names no beginning and no end."),
        (from, until) => dates(from.unwrap_or(Timestamp::MIN), until, now),
    });
    checks.extend(schema::check(&badge));
    if let (Some(email), Some(subject)) = (asked.email, badge.subject()) {
        checks.push(recipient::check(subject, email));
    }
    let (endorsements, endorsements_left_aside) = match follow {
        Endorsements::Followed => endorsements::check(&badge, evidence, now, asked),
        Endorsements::Passed => (Vec::new(), 0),
    };
    let standard = if badge.kind.is_some() { STANDARD } else { badge.model.name() };
    Report {
        verdict: verdict(&checks),
        standard: Some(standard.to_owned()),
        claims: Claims::of(badge),
        checks,
        endorsements,
        endorsements_left_aside,
        checked_at: now,
    }
}

fn well_formed(badge: &Badge) -> Check {
    let kind = match badge.kind {
        Some(CredentialKind::Badge) => "credential",
        Some(CredentialKind::Endorsement) => "endorsement",
        None => return Check::passed(CheckName::Format, "well_formed", OTHER),
    };
    let form = if badge.secured.jwt.is_some() { ", written as a JWT" } else { "" };
    let message = format!("This is an Open Badges 3.0 {kind} of {}{form}.", badge.model.name());
    Check::passed(CheckName::Format, "well_formed", message)
}

fn genuine(signed: &Genuine) -> Check {
    let mut message = match signed.created {
        Some(created) => format!("Signed by its issuer on {}, and nothing was changed since.", date::spoken(created)),
        None => "Signed by its issuer, and nothing was changed since.".to_owned(),
    };
    if signed.proofs.len() > 1 {
        message += &format!(" Of its {} proofs: {}.", signed.proofs.len(), signed.proofs.join("; "));
    }
    Check::passed(CheckName::Proof, "genuine", message)
}

fn issuer(badge: &Badge, evidence: &Evidence, now: Timestamp, asked: &Asked) -> Check {
    let name = one(badge.content().get("issuer")).and_then(|issuer| issuer.get("name")?.as_str());
    issuer::check(&badge.secured.issuer, name, evidence, now, asked)
}

/// A status from earlier evidence says of when it is: the badge may have been revoked since.
pub(super) fn as_of(mut check: Check, evidence: &Evidence) -> Check {
    if let Some(time) = evidence.earlier().filter(|_| check.code == "in_force") {
        check.message +=
            &format!(" That is the status as of {}; it may have changed since.", date::spoken_with_time(time));
    }
    check
}

pub(super) fn dates(from: Timestamp, until: Option<Timestamp>, now: Timestamp) -> Check {
    if from > now {
        let when = date::spoken(from);
        return Check::failed(CheckName::Dates, "not_yet_valid", format!("It is not valid before {when}."));
    }
    match until {
        // validUntil is when it ceases to be valid (VC Data Model 2.0, section 4.9): at that very moment it has ended.
        Some(until) if until <= now => {
            Check::failed(CheckName::Dates, "expired", format!("It was valid until {}.", date::spoken(until)))
        }
        Some(until) => Check::passed(CheckName::Dates, "within_dates", format!("Valid until {}.", date::spoken(until))),
        None => {
            let since = date::spoken(from);
            Check::passed(CheckName::Dates, "no_end", format!("Valid since {since}, with no end."))
        }
    }
}

/// The report of a badge that nobody can be said to have signed: what follows is not looked at.
pub(super) fn refused(
    at: CheckName,
    refusal: Refusal,
    mut checks: Vec<Check>,
    now: Timestamp,
    asked: &Asked,
) -> Report {
    let because = match (at, refusal.wrong) {
        (CheckName::Format, true) => "Not looked at, because the badge is not well-formed.",
        (CheckName::Format, false) => "Not looked at, because the badge is of a kind we can't read.",
        (_, true) => "Not looked at, because the proof does not hold.",
        (_, false) => "Not looked at, because the proof could not be checked.",
    };
    checks.push(match refusal.wrong {
        true => Check::failed(at, refusal.code, refusal.message),
        false => Check::unchecked(at, refusal.code, refusal.message),
    });
    let all = [
        CheckName::Format,
        CheckName::Proof,
        CheckName::Issuer,
        CheckName::Status,
        CheckName::Dates,
        CheckName::Recipient,
    ];
    for name in all.into_iter().skip(checks.len()) {
        if name != CheckName::Recipient || asked.email.is_some() {
            checks.push(Check::unchecked(name, "not_looked_at", because));
        }
    }
    let standard = (at != CheckName::Format).then(|| STANDARD.to_owned());
    Report {
        verdict: verdict(&checks),
        standard,
        checks,
        claims: None,
        endorsements: Vec::new(),
        endorsements_left_aside: 0,
        checked_at: now,
    }
}
