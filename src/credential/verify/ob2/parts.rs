//! What an assertion leads to: its BadgeClass, and the Profile of the issuer.
//!
//! A class may be written out in the assertion, because whoever may speak there may say it. A profile never counts by what others write of
//! it: it is always read at its own address.

use serde_json::Value;

use super::form::{Link, Object, optional, text, types};
use super::lookup::{self, Stop};
use super::version::Version;
use crate::credential::verify::evidence::Evidence;
use crate::credential::verify::secured::Refusal;

pub(super) struct Class {
    pub id: String,
    pub name: String,
    pub description: String,
    pub issuer: Link,
    pub terms: Object,
}

pub(super) struct Profile {
    /// Its address.
    pub id: String,
    pub name: String,
    pub terms: Object,
}

impl Class {
    pub(super) fn find(link: &Link, version: Version, evidence: &Evidence) -> Result<Self, Stop> {
        let (id, terms) = match link {
            Link::Address(address) => (address.clone(), read(evidence, address, "its badge class")?),
            Link::Written(terms) => (text(terms, "id", "badge.id").map_err(part)?.to_owned(), terms.clone()),
        };
        let typed = types(&terms).any(|kind| kind == "BadgeClass");
        if !typed && (!version.is_first() || types(&terms).next().is_some()) {
            return Err(
                Refusal::wrong("part_malformed", format!("What it names as its badge class, {id}, is none.")).into()
            );
        }
        let name = text(&terms, "name", "badge.name").map_err(part)?.to_owned();
        let description = text(&terms, "description", "badge.description").map_err(part)?.to_owned();
        let issuer = Link::of(&terms, "issuer", "badge.issuer").map_err(part)?;
        Ok(Class { id, name, description, issuer, terms })
    }
}

impl Profile {
    pub(super) fn find(link: &Link, evidence: &Evidence) -> Result<Self, Stop> {
        let id = match link {
            Link::Address(address) => address.as_str(),
            Link::Written(terms) => text(terms, "id", "badge.issuer.id").map_err(part)?,
        };
        let terms = read(evidence, id, "the profile of its issuer")?;
        if types(&terms).any(|kind| matches!(kind, "Assertion" | "BadgeClass")) {
            return Err(Refusal::wrong("part_malformed", format!("What it names as its issuer, {id}, is none.")).into());
        }
        let name = text(&terms, "name", "issuer.name").map_err(part)?.to_owned();
        Ok(Profile { id: id.to_owned(), name, terms })
    }
}

/// The id of what stands under a name, whether as an address or written out.
pub(super) fn id_of(value: &Value) -> Option<&str> {
    value.as_str().or_else(|| value.get("id")?.as_str())
}

/// A document that names itself must name the address it was read at; those of 1.0 don't.
fn read(evidence: &Evidence, address: &str, what: &str) -> Result<Object, Stop> {
    let (mut terms, _) = lookup::object(evidence, address, what)?;
    match optional(&terms, "id") {
        Some(id) if id != address => {
            let message = format!("At {address}, where {what} should stand, stands {id}.");
            return Err(Refusal::wrong("hosted_differs", message).into());
        }
        Some(_) => {}
        None => {
            terms.insert("id".into(), Value::String(address.to_owned()));
        }
    }
    Ok(terms)
}

/// The badge itself is well-formed; what it leads to is not.
fn part(refusal: Refusal) -> Refusal {
    Refusal { code: "part_malformed", ..refusal }
}
