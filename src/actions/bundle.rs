//! Keeps a verification as an archive, and judges a kept one again without a network.

use super::{
    ActionError,
    verify::{Judged, Verification, document_in},
};
use crate::{
    credential::{
        bundle::{self, Kept, LARGEST_MEMBER},
        verify::{Asked, KnownIssuer, is_presentation, judge},
    },
    outside::archive,
};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

/// How far the clock of whoever kept it may be ahead of ours.
const CLOCK_TOLERANCE: SignedDuration = SignedDuration::from_mins(5);

/// The archive of a verification. The e-mail address that was asked with is in it only when `email` is given here; the report in it
/// is made for that.
pub fn keep(judged: &Judged, badge: &[u8], email: Option<&str>) -> Result<Vec<u8>, ActionError> {
    let Some(document) = &judged.document else {
        return Err(ActionError::refused("there is no badge in it, so there is no check to save"));
    };
    if is_presentation(document) {
        return Err(ActionError::refused("the check of one badge can be saved, and this is a presentation of several"));
    }
    let checked_at = judged.verification.report.checked_at;
    let fetched = judged.verification.fetched.clone();
    // Only this badge is saved, not a newer version of it.
    let verification = Verification { report: judged.report_to_keep(email), fetched, refreshed: None };
    let report = serde_json::to_vec(&verification).map_err(ActionError::internal)?;
    // Of a large picture only what it carries.
    let badge = if badge.len() <= LARGEST_MEMBER { badge } else { document };
    let kept = Kept { badge, document, evidence: &judged.evidence, checked_at, email, report: &report };
    archive::pack(&bundle::members(&kept))
        .map_err(|why| ActionError::refused(format!("the check can't be saved: {why}")))
}

/// The answer about a kept verification.
#[derive(Serialize, Clone, Debug)]
pub struct Rejudged {
    #[serde(flatten)]
    pub verification: Verification,
    /// When the evidence was gathered; the status is known as of then.
    pub saved_at: Timestamp,
    /// The addresses of the contexts in the archive that are not those held here. They are never used.
    pub other_contexts: Vec<String>,
}

/// For which time a kept verification is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Time {
    /// The dates of the badge are judged for this moment.
    Now(Timestamp),
    /// For the time when it was kept; this is the moment now.
    WhenKept(Timestamp),
}

/// Judges a kept verification by what is in it alone. `email` is asked instead of the one in it.
pub fn rejudge(
    bytes: &[u8],
    email: Option<&str>,
    known_issuers: &[KnownIssuer],
    time: Time,
) -> Result<Rejudged, ActionError> {
    let refused = |why: &dyn std::fmt::Display| ActionError::refused(format!("the archive can't be used: {why}"));
    let members = archive::unpack(bytes).map_err(|why| refused(&why))?;
    let bundle = bundle::read(members).map_err(|why| refused(&why))?;
    let now = match time {
        Time::Now(now) | Time::WhenKept(now) => now,
    };
    if now.duration_until(bundle.checked_at) > CLOCK_TOLERANCE {
        return Err(refused(&format!("it says it was made on {}, which is still to come", bundle.checked_at)));
    }
    let at = if time == Time::Now(now) { now } else { bundle.checked_at };
    let report = match document_in(&bundle.badge, at) {
        Ok(document) => judge(
            &document,
            &bundle.evidence,
            at,
            &Asked { email: email.or(bundle.email.as_deref()), known_issuers, ..Asked::default() },
        ),
        Err(report) => *report,
    };
    let verification = Verification { report, fetched: Vec::new(), refreshed: None };
    Ok(Rejudged { verification, saved_at: bundle.checked_at, other_contexts: bundle.other_contexts })
}
