//! The status check: what a badge's own address says, or for a signed badge its issuer's RevocationList (Open Badges 2.0).
//!
//! A list counts when it stands where the issuer's profile says and names no other issuer. In 1.x it is a plain object from the `uid` of a
//! badge to a reason. A list with an entry that can't be understood leaves the question open, unless another entry answers it.

use jiff::Timestamp;
use serde_json::Value;

use super::assertion::Assertion;
use super::form::{Object, member, optional};
use super::hosted::{Proof, Settled};
use super::lookup::{self, Stop};
use super::parts::id_of;
use crate::credential::date;
use crate::credential::verify::evidence::Evidence;
use crate::credential::verify::report::{Check, CheckName};

const STATUS: CheckName = CheckName::Status;

/// Only stops for what is still wanted.
pub(super) fn check(settled: &Settled, evidence: &Evidence) -> Result<Check, Stop> {
    if let Some(reason) = settled.revoked() {
        return Ok(revoked(reason.as_deref()));
    }
    if let Proof::Hosted(read_at) = settled.proof {
        return Ok(stands("its own address", read_at));
    }
    let address = match settled.revocation_list() {
        None => {
            let message = "Its issuer keeps no list of revoked badges; it can't be revoked.";
            return Ok(Check::passed(STATUS, "no_status", message));
        }
        Some(list) => match id_of(list) {
            Some(address) => address,
            None => return Ok(unread("its issuer names no address for it")),
        },
    };
    match lookup::object(evidence, address, "its issuer's list of revoked badges") {
        Ok((list, read_at)) => Ok(listed(&list, address, settled, read_at)),
        Err(Stop::Refused(refusal)) => Ok(Check::unchecked(STATUS, "status_unreadable", refusal.message)),
        Err(stop) => Err(stop),
    }
}

pub(super) fn revoked(reason: Option<&str>) -> Check {
    let message = match reason {
        Some(reason) => format!("Its issuer has revoked this badge. The reason given: {reason}"),
        None => "Its issuer has revoked this badge.".to_owned(),
    };
    Check::failed(STATUS, "revoked", message)
}

fn listed(list: &Object, address: &str, settled: &Settled, read_at: Timestamp) -> Check {
    let of_another = member(list, "issuer").is_some_and(|issuer| id_of(issuer) != Some(&settled.issuer.id));
    if of_another || optional(list, "id").is_some_and(|id| id != address) {
        return Check::unchecked(STATUS, "status_untrusted", "The list of revoked badges is not that of its issuer.");
    }
    let assertion = &settled.assertion;
    let mut unclear = false;
    match list.get("revokedAssertions") {
        Some(Value::Array(entries)) => {
            for entry in entries {
                match names(entry, assertion) {
                    Some(true) => return revoked(entry.get("revocationReason").and_then(Value::as_str)),
                    Some(false) => {}
                    None => unclear = true,
                }
            }
        }
        None if assertion.version.is_first() && !list.contains_key("@context") => {
            for (name, reason) in list {
                if *name == assertion.id || Some(name.as_str()) == assertion.uid() {
                    return revoked(reason.as_str());
                }
                unclear |= !reason.is_string();
            }
        }
        _ => return unread("it lists nothing"),
    }
    if unclear { unread("it has an entry that names no badge") } else { stands("its issuer's list", read_at) }
}

/// Whether an entry is about this badge. `None` when it can't be told.
fn names(entry: &Value, assertion: &Assertion) -> Option<bool> {
    let uid = entry.get("uid").and_then(Value::as_str);
    match (id_of(entry), uid) {
        (None, None) => None,
        (id, uid) => Some(id == Some(&assertion.id) || (uid.is_some() && uid == assertion.uid())),
    }
}

fn stands(by: &str, read_at: Timestamp) -> Check {
    Check::passed(STATUS, "in_force", format!("Not revoked, by {by} on {}.", date::spoken_with_time(read_at)))
}

fn unread(why: &str) -> Check {
    Check::unchecked(STATUS, "status_unreadable", format!("The list of revoked badges can't be read: {why}."))
}
