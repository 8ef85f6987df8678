//! A newer version of a badge: where the badge says it is to be had, and whether what came is one (`refreshService`, VC Data Model 2.0,
//! section 5.4; 1EdTech Verifiable Credentials Refresh Service 1.0).
//!
//! The newer one is judged like any other badge, by itself. It counts when its proof holds, it is of the same issuer and about the same
//! badge, and it is not older. Whatever comes of it, the verdict about the badge that was shown stays its own.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::form::{many, one};
use super::report::{CheckName, Claims, Outcome, Report};
use crate::credential::date;

/// The one type of service that is read.
const KIND: &str = "1EdTechCredentialRefresh";
/// Longer than any address that is meant to be read.
const LONGEST_ADDRESS: usize = 2048;

/// What came of asking for a newer version.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, ToSchema)]
pub struct Refresh {
    pub outcome: Outcome,
    /// Stable and for programs, such as `refresh_newer`; docs/VERIFYING.md lists them.
    pub code: String,
    /// One plain sentence in English.
    pub message: String,
}

/// Where a badge says that a newer version of it is to be had.
#[derive(Debug, Clone, PartialEq)]
pub enum Offer {
    /// An https address.
    At(String),
    /// Nowhere that could be asked; this is what came of it.
    Nowhere(Refresh),
}

/// What a genuine badge offers. What nobody is known to have said offers nothing.
pub fn refresh_offer(report: &Report) -> Offer {
    let Some(claims) = &report.claims else {
        let message = "Nothing newer was asked for, because nobody is known to have made this badge.";
        return Offer::Nowhere(unchecked("refresh_none", message));
    };
    let services = many(claims.document.get("refreshService"));
    if services.is_empty() {
        let message = "This badge names no service that would have a newer version of it.";
        return Offer::Nowhere(unchecked("refresh_none", message));
    }
    let kinds = |service: &Value| many(service.get("type")).iter().any(|kind| kind.as_str() == Some(KIND));
    let address =
        |service: &Value| one(service.get("id")).and_then(Value::as_str).filter(|id| is_https(id)).map(str::to_owned);
    match services.iter().filter(|service| kinds(service)).find_map(address) {
        Some(address) => Offer::At(address),
        None => Offer::Nowhere(unchecked(
            "refresh_unsupported",
            format!(
                "A newer version is to be had in a way that this service can't ask; it reads {KIND} at an https address."
            ),
        )),
    }
}

/// Why nothing came from the address.
pub fn not_refreshed(why: &str) -> Refresh {
    unchecked("refresh_unreadable", format!("We could not read whether there is a newer version: {why}."))
}

/// What the report about the answer says about the badge that was shown.
pub fn refreshed(shown: &Report, newer: &Report) -> Refresh {
    let Some(shown) = &shown.claims else { return not_refreshed("this badge is not genuine itself") };
    let Some(claims) = &newer.claims else {
        let why = newer.checks.iter().find(|check| check.outcome != Outcome::Passed);
        let wrong = why.is_some_and(|check| check.outcome == Outcome::Failed);
        let code = why.map(|check| check.code.as_str()).unwrap_or_default();
        let message = format!(
            "Its refresh service answers with something that is not a genuine badge ({code}); it does not count."
        );
        return if wrong { failed(message) } else { unchecked("refresh_unreadable", message) };
    };
    if claims.issuer_id != shown.issuer_id {
        return failed(format!(
            "Its refresh service answers with a badge of {}, who did not issue this one.",
            claims.issuer_id
        ));
    }
    if !is_same_badge(shown, claims) {
        return failed("Its refresh service answers with another badge of its issuer.");
    }
    if claims.valid_from < shown.valid_from {
        return failed(format!(
            "Its refresh service answers with an older version, valid from {}.",
            date::spoken(claims.valid_from)
        ));
    }
    if content(&claims.document) == content(&shown.document) {
        let message = "Its refresh service has nothing newer: it answers with the same badge.";
        return Refresh { outcome: Outcome::Passed, code: "refresh_same".to_owned(), message: message.to_owned() };
    }
    let stands = match newer.check(CheckName::Status).map(|check| check.code.as_str()) {
        Some(code @ ("revoked" | "suspended")) => format!(", which is {code}"),
        _ => String::new(),
    };
    let message =
        format!("There is a newer version of this badge, valid from {}{stands}.", date::spoken(claims.valid_from));
    Refresh { outcome: Outcome::Passed, code: "refresh_newer".to_owned(), message }
}

/// By its id, or by whom it is about and what was achieved.
fn is_same_badge(shown: &Claims, newer: &Claims) -> bool {
    let same_subject = match (&shown.subject_id, &newer.subject_id) {
        (Some(one), Some(other)) => one == other,
        (None, None) => identifiers(shown) == identifiers(newer) && identifiers(shown).is_some(),
        _ => false,
    };
    shown.kind == newer.kind
        && (shown.credential_id == newer.credential_id || same_subject && shown.achievement_id == newer.achievement_id)
}

fn identifiers(claims: &Claims) -> Option<&Value> {
    one(claims.document.get("credentialSubject"))?.get("identifier")
}

/// A document without what secures it.
fn content(document: &Value) -> Value {
    let mut content = document.clone();
    if let Value::Object(members) = &mut content {
        members.shift_remove("proof");
    }
    content
}

fn is_https(address: &str) -> bool {
    address.starts_with("https://") && address.len() <= LONGEST_ADDRESS
}

fn failed(message: impl Into<String>) -> Refresh {
    Refresh { outcome: Outcome::Failed, code: "refresh_refused".to_owned(), message: cut(message.into()) }
}

fn unchecked(code: &str, message: impl Into<String>) -> Refresh {
    Refresh { outcome: Outcome::Unchecked, code: code.to_owned(), message: cut(message.into()) }
}

/// In characters; a message may quote what was read.
const LONGEST_MESSAGE: usize = 400;

fn cut(message: String) -> String {
    match message.char_indices().nth(LONGEST_MESSAGE) {
        Some((at, _)) => format!("{}…", message.get(..at).unwrap_or_default()),
        None => message,
    }
}
