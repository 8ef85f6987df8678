//! Keys of issuers: a CryptographicKey of Open Badges 2.0 at an address of its own or inside a profile, or the bare PEM file of 1.0.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::form::{Object, member, optional};
use super::lookup::{self, Stop, https};
use super::parts::{Profile, id_of};
use super::spki;
use super::version::Version;
use crate::credential::jose::Jwk;
use crate::credential::json;
use crate::credential::verify::evidence::Evidence;
use crate::credential::verify::form::many;
use crate::credential::verify::secured::{Refusal, sentence};

/// More keys than an issuer has at a time.
const MOST_KEYS: usize = 4;
/// A key of 16,384 bits has some 3 KiB.
const LONGEST_PEM: usize = 16 * 1024;
const WHAT: &str = "the key of its issuer";

pub(super) struct Key {
    id: String,
    owner: Option<String>,
    pub public: Jwk,
}

/// The key at an address.
pub(super) fn at(address: &str, evidence: &Evidence) -> Result<Key, Stop> {
    let read = lookup::bytes(evidence, address, WHAT)?;
    if read.bytes.trim_ascii_start().starts_with(b"-----BEGIN") {
        let pem = std::str::from_utf8(read.bytes).map_err(|_| refused("it is not text"))?;
        return Ok(Key { id: address.to_owned(), owner: None, public: pem_key(pem)? });
    }
    let document = match json::parse(read.bytes) {
        Ok(Value::Object(document)) => document,
        _ => {
            let message = format!("What stands at {address} for {WHAT} can't be read.");
            return Err(Stop::Refused(Refusal::unsure("key_unreadable", message)));
        }
    };
    if document.contains_key("publicKeyPem") && optional(&document, "id").is_none_or(|id| id == address) {
        return Ok(written(&document, address)?);
    }
    // A key may also stand in its owner's profile, at an address with a fragment.
    let owner = optional(&document, "id");
    for key in many(document.get("publicKey")).iter().take(MOST_KEYS).filter_map(Value::as_object) {
        if optional(key, "id") == Some(address) {
            let key = written(key, address)?;
            return Ok(Key { owner: key.owner.or(owner.map(str::to_owned)), ..key });
        }
    }
    Err(Stop::Refused(Refusal::wrong("key_unknown", format!("There is no key {address} at its address."))))
}

/// The keys a profile lists, read where they stand. One that can't be used takes nothing from the others.
pub(super) fn of(profile: &Profile, evidence: &Evidence) -> Result<Vec<Key>, Stop> {
    let mut keys = Vec::new();
    let mut wanted = Vec::new();
    let mut refusal = None;
    for key in many(profile.terms.get("publicKey")).iter().take(MOST_KEYS) {
        let found = match key {
            Value::Object(key) if key.contains_key("publicKeyPem") => {
                written(key, optional(key, "id").unwrap_or(&profile.id)).map_err(Stop::from)
            }
            key => match id_of(key) {
                Some(id) => at(id, evidence),
                None => Err(refused("the profile lists it by no address").into()),
            },
        };
        match found {
            Ok(key) => keys.push(key),
            Err(Stop::Wanted(needs)) => wanted.extend(needs),
            Err(other) => refusal = Some(other),
        }
    }
    match (wanted.is_empty(), keys.is_empty(), refusal) {
        (false, ..) => Err(Stop::Wanted(wanted)),
        (true, false, _) => Ok(keys),
        (true, true, Some(refusal)) => Err(refusal),
        (true, true, None) => Err(Refusal::wrong("key_unknown", "Its issuer's profile lists no key.").into()),
    }
}

/// Whether a key is one of the issuer's: the profile lists it and it names no other owner. Profiles of 1.x list none, and the key stands
/// beside the profile.
pub(super) fn check_owner(key: &Key, profile: &Profile, version: Version) -> Result<(), Refusal> {
    let listed = many(profile.terms.get("publicKey"));
    let is_listed = listed.iter().take(MOST_KEYS).any(|known| {
        let same_text = known.get("publicKeyPem").is_none_or(|pem| {
            pem.as_str().and_then(|pem| pem_key(pem).ok()).is_some_and(|public| public == key.public)
        });
        same_text && id_of(known).unwrap_or(&profile.id) == key.id
    });
    let is_beside = || match (https(&key.id), https(&profile.id)) {
        (Some(key), Some(profile)) => key.origin() == profile.origin(),
        _ => false,
    };
    let lists_none = listed.is_empty() && Version::of(&profile.terms).is_none_or(Version::is_first);
    let is_own = is_listed || (version.is_first() && lists_none && is_beside());
    if is_own && key.owner.as_ref().is_none_or(|owner| *owner == profile.id) {
        return Ok(());
    }
    Err(Refusal::wrong(
        "key_of_another",
        format!("It is signed with the key {}, which is not one of its issuer, {}.", key.id, profile.id),
    ))
}

fn written(key: &Object, id: &str) -> Result<Key, Refusal> {
    let pem = member(key, "publicKeyPem").and_then(Value::as_str).ok_or_else(|| refused("it is not written as PEM"))?;
    let owner = member(key, "owner").and_then(id_of).map(str::to_owned);
    Ok(Key { id: id.to_owned(), owner, public: pem_key(pem)? })
}

fn pem_key(pem: &str) -> Result<Jwk, Refusal> {
    if pem.len() > LONGEST_PEM {
        return Err(refused("it is too long"));
    }
    let inner = pem
        .trim()
        .strip_prefix("-----BEGIN PUBLIC KEY-----")
        .and_then(|rest| rest.strip_suffix("-----END PUBLIC KEY-----"))
        .ok_or_else(|| refused("it is not a public key in PEM"))?;
    let text: String = inner.split_ascii_whitespace().collect();
    let der = STANDARD.decode(text).map_err(|_| refused("it is not a public key in PEM"))?;
    let jwk = spki::jwk(&der).ok_or_else(|| refused("it is not an RSA, P-256 or Ed25519 key"))?;
    Jwk::read(&jwk).map_err(|error| Refusal::wrong("key_refused", sentence(&error)))
}

fn refused(why: &str) -> Refusal {
    Refusal::wrong("key_refused", format!("The key of its issuer can't be used: {why}."))
}
