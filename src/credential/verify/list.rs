//! The status check: what the issuer's own status lists say about a badge (Bitstring Status List v1.0, section 3.2; StatusList2021; 1EdTech
//! Revocation List).
//!
//! A list counts only when the badge's issuer signed it, or one whom the operator trusts to sign for that issuer, it stands at the URL the
//! badge names, it is for the same purpose and it is in force. Anything else leaves the question open: no answer is never a good answer.
//! Revocation and suspension change the answer; that there is a newer version, or a message, is told beside it.

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::entry::{ListKind, Place, Purpose, Status};
use super::evidence::{Evidence, Found, Need};
use super::form::{self, many, one};
use super::format::{Badge, has_type};
use super::jwt;
use super::model::{self, DataModel};
use super::report::{Check, CheckName};
use super::revocations;
use super::secured::{Keys, Secured, keys_of};
use super::{Asked, KnownIssuer};
use crate::credential::status::Bitstring;
use crate::credential::{date, jose, json};

const STATUS: CheckName = CheckName::Status;
/// In characters; a message of an issuer is shown as far as this.
const LONGEST_MESSAGE: usize = 120;

/// Looks every entry up in its list. The first that speaks against the badge decides, then the first that can't be read.
pub(super) fn check(badge: &Badge, keys: &Keys, evidence: &Evidence, now: Timestamp, asked: &Asked) -> Check {
    let mut stands = None;
    let mut open = None;
    let mut told = String::new();
    for entry in &badge.status {
        match entry_says(entry, badge, keys, evidence, now, asked) {
            Ok(Says::Stands(list)) => stands = stands.or(Some(list)),
            Ok(Says::Told(message)) => told += &message,
            Ok(Says::Revoked(reason, told_by)) => {
                let because = reason.map_or_else(String::new, |reason| format!(" The reason given: {}.", cut(&reason)));
                return Check::failed(
                    STATUS,
                    "revoked",
                    format!("Its issuer has revoked this badge{told_by}.{because}"),
                );
            }
            Ok(Says::Suspended(told_by)) => {
                let message = format!("Its issuer has suspended this badge{told_by}.");
                return Check::failed(STATUS, "suspended", message);
            }
            Err(unread) => open = open.or(Some(unread)),
        }
    }
    match (open, stands) {
        (Some(Unread { code, message }), _) => Check::unchecked(STATUS, code, message),
        (None, Some(list)) => Check::passed(STATUS, "in_force", format!("Not revoked, by its issuer's {list}.{told}")),
        (None, None) => Check::passed(
            STATUS,
            "no_status",
            format!(
                "This badge has no status list{}; it can't be revoked.{told}",
                match badge.status.is_empty() {
                    true => "",
                    false => " for revocation",
                }
            ),
        ),
    }
}

enum Says {
    /// By this list: a few words with its date.
    Stands(String),
    /// With what is to be told of another signer than the issuer.
    Revoked(revocations::Reason, String),
    Suspended(String),
    /// What the issuer wants known beside, as a sentence after a space; or nothing.
    Told(String),
}

struct Unread {
    code: &'static str,
    message: String,
}

fn entry_says(
    entry: &Status,
    badge: &Badge,
    keys: &Keys,
    evidence: &Evidence,
    now: Timestamp,
    asked: &Asked,
) -> Result<Says, Unread> {
    match entry {
        Status::List(place) => {
            let (bytes, read_at) = looked_up(&place.list, evidence, now)?;
            let list = List::read(bytes, place, now)?;
            let issuer = &badge.secured.issuer;
            let signer = list.signer(issuer, asked);
            match signer {
                _ if list.secured.issuer == *issuer => list.hold(keys, now)?,
                Some(signer) => list.hold(&keys_of(&signer.id, evidence), now)?,
                None => return Err(untrusted("it is from another issuer than the badge")),
            }
            let value = list
                .bits(place)?
                .value(place.index, place.size)
                .ok_or_else(|| unread("status_unreadable", "Its place is outside the status list of its issuer."))?;
            let suspended = signer.is_none() && evidence.is_suspended(&place.list, place.index);
            Ok(place_says(place, value, read_at, signer, suspended))
        }
        Status::Revocations(url) => {
            let (bytes, read_at) = looked_up(url, evidence, now)?;
            let id = badge.content().get("id").and_then(Value::as_str).unwrap_or_default();
            match revocations::revocation(bytes, url, &badge.secured.issuer, id) {
                Ok(Some(reason)) => Ok(Says::Revoked(reason, String::new())),
                Ok(None) => Ok(Says::Stands(format!(
                    "list of revoked badges of {}, which is not signed",
                    date::spoken_with_time(read_at)
                ))),
                Err(what) => Err(untrusted(what)),
            }
        }
        Status::Other(kind) => {
            Err(unread("status_unsupported", format!("Its status is kept as {kind}, which this service can't read.")))
        }
    }
}

fn place_says(place: &Place, value: u64, read_at: Timestamp, signer: Option<&KnownIssuer>, suspended: bool) -> Says {
    let told_by =
        || signer.map_or_else(String::new, |signer| format!(", by the status list that {} signs for it", signer.name));
    match (place.purpose, value) {
        (Purpose::Revocation | Purpose::Suspension, 0) => {
            let by = signer.map_or_else(String::new, |signer| format!(", which {} signs for it", signer.name));
            Says::Stands(format!("status list of {}{by}", date::spoken_with_time(read_at)))
        }
        (Purpose::Revocation, _) if suspended => Says::Suspended(told_by()),
        (Purpose::Revocation, _) => Says::Revoked(None, told_by()),
        (Purpose::Suspension, _) => Says::Suspended(told_by()),
        (Purpose::Refresh, 0) => Says::Told(String::new()),
        (Purpose::Refresh, _) => Says::Told(" Its issuer has a newer version of it.".to_owned()),
        (Purpose::Message, value) => match place.messages.iter().find(|(status, _)| *status == value) {
            Some((_, message)) => Says::Told(format!(" Its issuer says: {}.", cut(message))),
            None if value == 0 => Says::Told(String::new()),
            None => Says::Told(format!(" Its issuer marked it with {value:#x}, and does not say what that means.")),
        },
    }
}

fn looked_up<'a>(url: &str, evidence: &'a Evidence, now: Timestamp) -> Result<(&'a [u8], Timestamp), Unread> {
    match evidence.status_list(url) {
        Some(Found::Document(bytes, read_at)) => Ok((bytes, *read_at)),
        Some(Found::Unavailable(why)) => {
            let when = date::spoken_with_time(now);
            Err(unread(
                "status_unreadable",
                format!("We could not read its status list on {when}: {why}. The badge itself is genuine."),
            ))
        }
        None => Err(unread("status_unreadable", "Its status list has not been read. The badge itself is genuine.")),
    }
}

/// The document with the keys of another signer, when a list of the badge that was read is signed by one whom the operator trusts.
pub(super) fn signers_key(entry: &Status, badge: &Badge, evidence: &Evidence, asked: &Asked) -> Option<Need> {
    let Status::List(place) = entry else { return None };
    let Some(Found::Document(bytes, _)) = evidence.status_list(&place.list) else { return None };
    let list = List::open(bytes, place).ok()?;
    let signer = list.signer(&badge.secured.issuer, asked)?;
    match keys_of(&signer.id, evidence) {
        Keys::Wanted(need) if list.secured.is_signed_by_issuer() => Some(need),
        _ => None,
    }
}

/// A status list that is well-formed and is the one that the badge names.
struct List {
    secured: Secured,
    kind: ListKind,
}

impl List {
    /// A list that is in force too. Whose word it is has not been looked at.
    fn read(bytes: &[u8], place: &Place, now: Timestamp) -> Result<Self, Unread> {
        let list = List::open(bytes, place)?;
        if let Value::Object(document) = &list.secured.content {
            in_force(document, now)?;
        }
        Ok(list)
    }

    fn open(bytes: &[u8], place: &Place) -> Result<Self, Unread> {
        let (document, signature) = match json::parse(bytes) {
            _ if jose::is_compact(bytes) => match jwt::read(bytes) {
                Ok((document, signature)) => (document, Some(signature)),
                Err(refusal) => return Err(malformed(&format!("it is a JWT that can't be read ({})", refusal.code))),
            },
            Ok(Value::Object(document)) => (document, None),
            Ok(_) => return Err(malformed("it is not an object")),
            Err(error) => return Err(malformed(&error.to_string())),
        };
        let plain = signature.is_some() || form::check(&document).is_ok();
        let credential = match place.kind {
            ListKind::Bitstring => "BitstringStatusListCredential",
            ListKind::List2021 => "StatusList2021Credential",
        };
        if DataModel::of(&document).is_none() || !has_type(&document, credential) || !plain {
            return Err(malformed(&format!("it is not a {credential} in plain form")));
        }
        if document.get("id").and_then(Value::as_str) != Some(&place.list) {
            return Err(untrusted("it is another list than the one the badge names"));
        }
        let secured = Secured::of(document, signature).ok_or_else(|| malformed("it names no issuer"))?;
        Ok(List { secured, kind: place.kind })
    }

    /// Who signs it in the place of the badge's issuer, when the operator trusts him to.
    fn signer<'a>(&self, issuer: &str, asked: &Asked<'a>) -> Option<&'a KnownIssuer> {
        let signs = |known: &&KnownIssuer| {
            known.id == self.secured.issuer && known.signs_status_for.iter().any(|other| other == issuer)
        };
        asked.known_issuers.iter().find(signs).filter(|_| self.secured.issuer != issuer)
    }

    fn hold(&self, keys: &Keys, now: Timestamp) -> Result<(), Unread> {
        match self.secured.check(keys, Some(now)) {
            Ok(_) => Ok(()),
            Err(refusal) => {
                let what = if refusal.wrong { "does not hold" } else { "could not be checked" };
                Err(untrusted(&format!("its own proof {what} ({})", refusal.code)))
            }
        }
    }

    /// The bits of a list that holds.
    fn bits(&self, place: &Place) -> Result<Bitstring, Unread> {
        let subject = match self.kind {
            ListKind::Bitstring => "BitstringStatusList",
            ListKind::List2021 => "StatusList2021",
        };
        let Some(Value::Object(list)) = one(self.secured.content.get("credentialSubject")) else {
            return Err(malformed("it holds no list"));
        };
        let purpose = place.purpose.name();
        if !has_type(list, subject)
            || !many(list.get("statusPurpose")).iter().any(|kept| kept.as_str() == Some(purpose))
        {
            return Err(malformed(&format!("it is not kept for {purpose}")));
        }
        let encoded =
            one(list.get("encodedList")).and_then(Value::as_str).ok_or_else(|| malformed("it holds no list"))?;
        let bits = match self.kind {
            ListKind::Bitstring => Bitstring::decode(encoded),
            ListKind::List2021 => Bitstring::decode_2021(encoded),
        };
        let bits = bits.map_err(|error| malformed(&error.to_string()))?;
        if !bits.is_long_enough(place.size) {
            return Err(malformed("it has too few places to hide one among them"));
        }
        Ok(bits)
    }
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

/// Words of an issuer as far as they are shown, without the full stop that follows them.
fn cut(text: &str) -> String {
    let text = text.trim().trim_end_matches('.');
    match text.char_indices().nth(LONGEST_MESSAGE) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text.to_owned(),
    }
}

fn malformed(what: &str) -> Unread {
    unread("status_unreadable", format!("Its status list can't be used: {what}."))
}

fn untrusted(what: &str) -> Unread {
    unread("status_untrusted", format!("Its status list can't be trusted: {what}."))
}

fn unread(code: &'static str, message: impl Into<String>) -> Unread {
    Unread { code, message: message.into() }
}
