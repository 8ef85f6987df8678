//! Documents read at addresses: what is wanted, what came, and why nothing more is asked.

use jiff::Timestamp;
use serde_json::Value;
use url::Url;

use super::form::Object;
use crate::credential::json;
use crate::credential::verify::evidence::{Evidence, Found, Need};
use crate::credential::verify::secured::Refusal;

/// Longer than any address that is meant to be read.
const LONGEST_ADDRESS: usize = 2048;

/// Why the way to a proof ends.
#[derive(Debug)]
pub(super) enum Stop {
    /// Not looked up yet.
    Wanted(Vec<Need>),
    Refused(Refusal),
    /// The badge's own address says no more than that it was revoked, and perhaps why.
    Revoked(Option<String>),
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Stop::Refused(refusal)
    }
}

/// A document as it was read.
pub(super) struct Read<'a> {
    pub bytes: &'a [u8],
    pub at: Timestamp,
}

/// The document at an address. `what` names it in a sentence, such as "its badge class".
pub(super) fn bytes<'a>(evidence: &'a Evidence, address: &str, what: &str) -> Result<Read<'a>, Stop> {
    let url = wanted(address, what)?;
    match evidence.json(&url) {
        None => Err(Stop::Wanted(vec![Need::Json(url)])),
        Some(Found::Document(bytes, at)) => Ok(Read { bytes, at: *at }),
        Some(Found::Unavailable(why)) => Err(Stop::Refused(Refusal::unsure(
            "hosted_unavailable",
            format!("We could not read {what} at {address}: {why}."),
        ))),
    }
}

/// The JSON object at an address.
pub(super) fn object(evidence: &Evidence, address: &str, what: &str) -> Result<(Object, Timestamp), Stop> {
    let read = bytes(evidence, address, what)?;
    match json::parse(read.bytes) {
        Ok(Value::Object(object)) => Ok((object, read.at)),
        Ok(_) => Err(unreadable(address, what, "it is not an object")),
        Err(error) => Err(unreadable(address, what, &error.to_string())),
    }
}

/// What is read for an address: the same without its fragment.
pub(super) fn wanted(address: &str, what: &str) -> Result<String, Refusal> {
    let mut url = https(address).ok_or_else(|| {
        Refusal::unsure(
            "address_unsupported",
            format!("The address of {what} is {address}, and this service reads plain https addresses only."),
        )
    })?;
    url.set_fragment(None);
    Ok(url.into())
}

/// An https address with a host and without a user name.
pub(super) fn https(address: &str) -> Option<Url> {
    if address.len() > LONGEST_ADDRESS {
        return None;
    }
    let url = Url::parse(address).ok()?;
    let plain = url.scheme() == "https" && url.has_host() && url.username().is_empty() && url.password().is_none();
    plain.then_some(url)
}

fn unreadable(address: &str, what: &str, why: &str) -> Stop {
    Stop::Refused(Refusal::unsure(
        "hosted_unreadable",
        format!("What stands at {address} for {what} can't be read: {why}."),
    ))
}
