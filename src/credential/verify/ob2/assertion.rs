//! An Assertion: what is shown as a badge of Open Badges 2 or 1, in the terms of 2.0 whatever version wrote it.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::date;
use super::form::{Link, Object, malformed, member, missing, optional, text, types};
use super::jws::{self, Jws};
use super::version::Version;
use crate::credential::verify::secured::Refusal;
use crate::credential::{jose, json};

/// Longer than any address in a picture.
const LONGEST_ADDRESS: usize = 2048;

/// What was handed in.
pub(super) enum Presented {
    /// Only the address of a hosted badge, as pictures of 1.0 carry it.
    Address(String),
    Copy(Box<Assertion>),
    Signed(Box<Assertion>, Jws),
}

/// Why what was handed in can't be judged, and by which standard that is said.
pub(super) struct Unfit {
    pub version: Option<Version>,
    pub refusal: Refusal,
}

pub(super) struct Assertion {
    pub version: Version,
    pub id: String,
    pub badge: Link,
    pub verification: Verification,
    pub issued_on: Timestamp,
    pub expires: Option<Timestamp>,
    /// The document in the terms of 2.0.
    pub terms: Object,
    /// The document as it came.
    pub document: Value,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Verification {
    Hosted,
    /// With the address of the key, if it names one.
    Signed(Option<String>),
}

/// How a credential of version 3 begins when it is written without spaces: its first context is that of verifiable credentials.
const VERSION_3: [&str; 2] = [
    "{\"@context\":[\"https://www.w3.org/ns/credentials/v2\"",
    "{\"@context\":[\"https://www.w3.org/2018/credentials/v1\"",
];

/// Reads what was handed in. `None` when it is nothing of Open Badges 2 or 1.
pub(super) fn recognise(bytes: &[u8]) -> Option<Result<Presented, Unfit>> {
    let text = std::str::from_utf8(bytes).ok()?.trim();
    if text.starts_with("https://") || text.starts_with("http://") {
        let is_address = text.len() <= LONGEST_ADDRESS && !text.contains(|c: char| c.is_whitespace() || c.is_control());
        return is_address.then(|| Ok(Presented::Address(text.to_owned())));
    }
    if jose::is_compact(text.as_bytes()) {
        let jws = jws::split(text)?;
        let Value::Object(document) = json::parse(&jws.payload).ok()? else { return None };
        let version = Version::of(&document)?;
        return Some(signed(document, jws).map_err(|refusal| Unfit { version: Some(version), refusal }));
    }
    // Almost everything is of version 3, and need not be searched or parsed twice.
    if VERSION_3.iter().any(|start| text.starts_with(start)) {
        return None;
    }
    if !["openbadge", "/ob/v2p", "\"recipient\""].iter().any(|sign| text.contains(sign)) {
        return None;
    }
    let Value::Object(document) = json::parse(bytes).ok()? else { return None };
    let version = Version::of(&document)?;
    Some(copy(document).map_err(|refusal| Unfit { version: Some(version), refusal }))
}

fn copy(document: Object) -> Result<Presented, Refusal> {
    let assertion = Assertion::read(document, None)?;
    match assertion.verification {
        Verification::Hosted => Ok(Presented::Copy(Box::new(assertion))),
        Verification::Signed(_) => Err(Refusal::wrong(
            "unsigned",
            "This badge is to be proved by its signature, and this is only its text without one, so anyone could have written it.",
        )),
    }
}

fn signed(document: Object, jws: Jws) -> Result<Presented, Refusal> {
    let assertion = Assertion::read(document, None)?;
    match assertion.verification {
        Verification::Signed(_) => Ok(Presented::Signed(Box::new(assertion), jws)),
        Verification::Hosted => Err(malformed("verification.type", "is not that of a signed badge")),
    }
}

impl Assertion {
    /// `address` is where the document was read; documents of 1.0 have no other name.
    pub(super) fn read(document: Object, address: Option<&str>) -> Result<Self, Refusal> {
        let version = Version::of(&document)
            .ok_or_else(|| Refusal::wrong("not_a_badge", "It is not a badge of Open Badges 2 or 1."))?;
        let terms = in_terms_of_2(document.clone(), version, address)?;
        if !types(&terms).any(|kind| kind == "Assertion") {
            let kind = types(&terms).next().ok_or_else(|| missing("type"))?;
            return Err(Refusal::wrong(
                "not_a_badge",
                format!(
                    "This is a document of {} of the type {kind}, but not a badge given to someone.",
                    version.name()
                ),
            ));
        }
        if version == Version::V1_0 && !terms.contains_key("verification") {
            return Err(Refusal::unsure(
                "version_unsupported",
                "This badge is older than Open Badges 1.0 and does not say how it can be verified.",
            ));
        }
        if member(&terms, "recipient").is_none() && !matches!(terms.get("recipient"), Some(Value::Array(_))) {
            return Err(missing("recipient"));
        }
        let when = |name: &str| match member(&terms, name) {
            None => Ok(None),
            Some(value) => date::read(value).map(Some).ok_or_else(|| malformed(name, "is not a date")),
        };
        let issued_on = when("issuedOn")?.ok_or_else(|| missing("issuedOn"))?;
        Ok(Assertion {
            version,
            id: text(&terms, "id", "id")?.to_owned(),
            badge: Link::of(&terms, "badge", "badge")?,
            verification: verification(&terms)?,
            issued_on,
            expires: when("expires")?,
            terms,
            document: Value::Object(document),
        })
    }

    pub(super) fn uid(&self) -> Option<&str> {
        optional(&self.terms, "uid")
    }
}

/// Whether a document says that it was revoked, and why. Some issuers leave nothing else of it.
pub(super) fn revoked(document: &Object) -> Option<Option<String>> {
    let revoked = match member(document, "revoked")? {
        Value::Bool(revoked) => *revoked,
        // Anything else that is there is no reason for trust.
        Value::String(text) => text != "false",
        _ => true,
    };
    revoked.then(|| optional(document, "revocationReason").map(str::to_owned))
}

/// Writes the names of 1.x as 2.0 has them.
fn in_terms_of_2(mut document: Object, version: Version, address: Option<&str>) -> Result<Object, Refusal> {
    if let Some(verify) = document.shift_remove("verify") {
        document.entry("verification").or_insert(verify);
    }
    if let Some(Value::String(identity)) = document.get("recipient") {
        let mut recipient = json!({"type": "email", "identity": identity});
        if let Some(salt) = document.get("salt") {
            recipient["salt"] = salt.clone();
        }
        document.insert("recipient".into(), recipient);
    }
    let mut url = None;
    if let Some(Value::Object(verification)) = document.get_mut("verification") {
        url = verification.shift_remove("url").as_ref().and_then(Value::as_str).map(str::to_owned);
        let hosted = types(verification).find_map(kind);
        match hosted {
            Some(true) => {
                verification.insert("type".into(), json!("HostedBadge"));
            }
            Some(false) => {
                verification.insert("type".into(), json!("SignedBadge"));
                if let Some(key) = url.take() {
                    verification.entry("creator").or_insert(Value::String(key));
                }
            }
            None => {}
        }
    }
    match (optional(&document, "id"), url) {
        (Some(id), Some(url)) if id != url => return Err(malformed("verification.url", "is not the id of the badge")),
        (Some(_), _) => {}
        (None, url) => {
            let name = url.as_deref().or(address).or_else(|| optional(&document, "uid")).map(str::to_owned);
            if let Some(name) = name {
                document.insert("id".into(), Value::String(name));
            }
        }
    }
    if version.is_first() {
        document.entry("type").or_insert_with(|| json!("Assertion"));
    }
    Ok(document)
}

/// Whether a type is that of a hosted badge, or of a signed one.
fn kind(kind: &str) -> Option<bool> {
    match kind {
        "hosted" | "HostedBadge" => Some(true),
        "signed" | "SignedBadge" => Some(false),
        _ => None,
    }
}

fn verification(terms: &Object) -> Result<Verification, Refusal> {
    let verification = match member(terms, "verification") {
        Some(Value::Object(verification)) => verification,
        Some(_) => return Err(malformed("verification", "is not an object")),
        None => return Err(missing("verification")),
    };
    match (types(verification).find_map(kind), types(verification).next()) {
        (Some(true), _) => Ok(Verification::Hosted),
        (Some(false), _) => Ok(Verification::Signed(optional(verification, "creator").map(str::to_owned))),
        (None, Some(other)) => Err(Refusal::unsure(
            "proof_unsupported",
            format!("It is to be verified as {other}, which this service can't do."),
        )),
        (None, None) => Err(missing("verification.type")),
    }
}
