//! The status check: what the issuer's own status list says about a badge (Bitstring Status List v1.0, section 3.2).
//!
//! A list counts only when the badge's issuer signed it, it stands at the URL the badge names, it is for the same purpose and it is in
//! force. Anything else leaves the question open: no answer is never a good answer.

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::evidence::{Evidence, Found};
use super::form::{self, many, one};
use super::format::{Status, has_type};
use super::model::{self, DataModel};
use super::report::{Check, CheckName};
use super::secured::{Keys, Secured};
use crate::credential::status::Bitstring;
use crate::credential::{date, json};

const STATUS: CheckName = CheckName::Status;

/// Looks every entry up in its list. The first that speaks against the badge decides, then the first that can't be read.
pub(super) fn check(entries: &[Status], issuer: &str, keys: &Keys, evidence: &Evidence, now: Timestamp) -> Check {
    let mut read_at = None;
    let mut open = None;
    for entry in entries {
        match entry_says(entry, issuer, keys, evidence, now) {
            Ok(Says::Stands(when)) => read_at = Some(when),
            Ok(Says::Revoked) => return Check::failed(STATUS, "revoked", "Its issuer has revoked this badge."),
            Ok(Says::Suspended) => return Check::failed(STATUS, "suspended", "Its issuer has suspended this badge."),
            Err(unread) => open = open.or(Some(unread)),
        }
    }
    match (open, read_at) {
        (Some(Unread { code, message }), _) => Check::unchecked(STATUS, code, message),
        (None, Some(when)) => Check::passed(
            STATUS,
            "in_force",
            format!("Not revoked, by its issuer's status list of {}.", date::spoken_with_time(when)),
        ),
        (None, None) => Check::passed(STATUS, "no_status", "This badge has no status list; it can't be revoked."),
    }
}

enum Says {
    /// By a list read at this time.
    Stands(Timestamp),
    Revoked,
    Suspended,
}

struct Unread {
    code: &'static str,
    message: String,
}

fn entry_says(entry: &Status, issuer: &str, keys: &Keys, evidence: &Evidence, now: Timestamp) -> Result<Says, Unread> {
    let (purpose, index, url) = match entry {
        Status::Bitstring { purpose, index, list } => (purpose, *index, list),
        Status::Other(kind) => {
            return Err(unread(
                "status_unsupported",
                format!("Its status is kept as {kind}, which this service can't read."),
            ));
        }
    };
    let (bytes, read_at) = match evidence.status_list(url) {
        Some(Found::Document(bytes, read_at)) => (bytes, *read_at),
        Some(Found::Unavailable(why)) => {
            let when = date::spoken_with_time(now);
            return Err(unread(
                "status_unreadable",
                format!("We could not read its status list on {when}: {why}. The badge itself is genuine."),
            ));
        }
        None => {
            return Err(unread("status_unreadable", "Its status list has not been read. The badge itself is genuine."));
        }
    };
    let bits = trusted(bytes, url, purpose, issuer, keys, now)?;
    match bits.get(index) {
        None => Err(unread("status_unreadable", "Its place is outside the status list of its issuer.")),
        Some(false) => Ok(Says::Stands(read_at)),
        Some(true) if purpose == "suspension" => Ok(Says::Suspended),
        Some(true) => Ok(Says::Revoked),
    }
}

/// The bits of a list, once it is known to be the issuer's own.
fn trusted(
    bytes: &[u8],
    url: &str,
    purpose: &str,
    issuer: &str,
    keys: &Keys,
    now: Timestamp,
) -> Result<Bitstring, Unread> {
    let malformed = |what: &str| unread("status_unreadable", format!("Its status list can't be used: {what}."));
    let document = match json::parse(bytes) {
        Ok(Value::Object(document)) => document,
        Ok(_) => return Err(malformed("it is not an object")),
        Err(error) => return Err(malformed(&error.to_string())),
    };
    if DataModel::of(&document).is_none()
        || !has_type(&document, "BitstringStatusListCredential")
        || form::check(&document).is_err()
    {
        return Err(malformed("it is not a BitstringStatusListCredential in plain form"));
    }
    if document.get("id").and_then(Value::as_str) != Some(url) {
        return Err(untrusted("it is another list than the one the badge names"));
    }
    in_force(&document, now)?;
    let secured = Secured::of(document).ok_or_else(|| malformed("it names no issuer"))?;
    if secured.issuer != issuer {
        return Err(untrusted("it is from another issuer than the badge"));
    }
    secured
        .check(keys, Some(now))
        .map_err(|refusal| untrusted(&format!("its own proof does not hold ({})", refusal.code)))?;
    let Some(Value::Object(list)) = one(secured.content.get("credentialSubject")) else {
        return Err(malformed("it holds no list"));
    };
    if !has_type(list, "BitstringStatusList")
        || !many(list.get("statusPurpose")).iter().any(|kept| kept.as_str() == Some(purpose))
    {
        return Err(malformed(&format!("it is not kept for {purpose}")));
    }
    let encoded = one(list.get("encodedList")).and_then(Value::as_str).ok_or_else(|| malformed("it holds no list"))?;
    Bitstring::decode(encoded).map_err(|error| malformed(&error.to_string()))
}

fn in_force(document: &Map<String, Value>, now: Timestamp) -> Result<(), Unread> {
    let (from, until) = model::validity(document).map_err(|(name, what)| {
        unread("status_unreadable", format!("Its status list can't be used: its {name} {what}."))
    })?;
    // The list may be newer than our clock by as much as a signature may.
    if from.is_some_and(|from| now.duration_until(from) > super::secured::CLOCK_TOLERANCE) {
        return Err(unread("status_outdated", "Its status list is not in force yet."));
    }
    match until {
        Some(until) if until <= now => Err(unread(
            "status_outdated",
            format!("Its status list was good until {} only.", date::spoken_with_time(until)),
        )),
        _ => Ok(()),
    }
}

fn untrusted(what: &str) -> Unread {
    unread("status_untrusted", format!("Its status list can't be trusted: {what}."))
}

fn unread(code: &'static str, message: impl Into<String>) -> Unread {
    Unread { code, message: message.into() }
}
