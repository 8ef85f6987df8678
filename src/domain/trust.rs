//! Issuers elsewhere whom this service trusts, by the identifier that stands in their badges.
//!
//! The name is the operator's own: an issuer has no say in how it is called here.

use super::field::{Faults, FieldError};
use crate::credential::verify::KnownIssuer;
use serde::Deserialize;

const LONGEST_ID: usize = 2_000;
const LONGEST_NAME: usize = 200;
const LONGEST_NOTE: usize = 1_000;
const MOST_SIGNED_FOR: usize = 100;

/// One issuer on the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrustedIssuer {
    /// A DID, or an https address.
    pub id: String,
    pub name: String,
    /// Why it is trusted, for whoever reads the list later.
    pub note: Option<String>,
    /// The ids of issuers whose status lists it may sign in their place.
    pub signs_status_for: Vec<String>,
}

/// What is said of an issuer that is to be trusted; its id stands beside it.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TrustRequest {
    /// What it is called here, whatever it calls itself.
    pub name: String,
    /// Why it is trusted.
    #[serde(default)]
    pub note: Option<String>,
    /// Identifiers of issuers whose status lists it may sign in their place.
    #[serde(default)]
    pub signs_status_for: Vec<String>,
}

impl TrustedIssuer {
    /// An entry, or everything that is wrong with it.
    pub fn checked(id: &str, said: TrustRequest) -> Result<Self, Vec<FieldError>> {
        let mut faults = Faults::default();
        identifier(&mut faults, "id", id);
        let name = faults.text("name", &said.name, LONGEST_NAME, false);
        let note = said.note.filter(|note| !note.trim().is_empty());
        let note = note.map(|note| faults.text("note", &note, LONGEST_NOTE, true));
        if said.signs_status_for.len() > MOST_SIGNED_FOR {
            faults.add("signs_status_for", format!("names more than {MOST_SIGNED_FOR} issuers"));
        }
        let mut signs_status_for: Vec<String> = Vec::new();
        for (at, other) in said.signs_status_for.into_iter().enumerate() {
            identifier(&mut faults, &format!("signs_status_for[{at}]"), &other);
            if !signs_status_for.contains(&other) {
                signs_status_for.push(other);
            }
        }
        faults.or(TrustedIssuer { id: id.to_owned(), name, note, signs_status_for })
    }

    /// As the judge takes it.
    pub fn known(&self) -> KnownIssuer {
        KnownIssuer { id: self.id.clone(), name: self.name.clone(), signs_status_for: self.signs_status_for.clone() }
    }
}

/// A DID or an https address, as issuers are named by.
pub(super) fn identifier(faults: &mut Faults, field: &str, id: &str) {
    let plain = id.chars().all(|c| !c.is_whitespace() && !c.is_control());
    let kind = id.strip_prefix("did:").or_else(|| id.strip_prefix("https://"));
    if !plain || id.len() > LONGEST_ID || kind.is_none_or(str::is_empty) {
        faults
            .add(field, "is not an identifier such as did:web:badges.example.com or https://badges.example.com/issuer");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(id: &str, name: &str, signs: &[&str]) -> Vec<String> {
        let signs_status_for = signs.iter().map(|id| (*id).to_owned()).collect();
        let said = TrustRequest { name: name.into(), signs_status_for, ..TrustRequest::default() };
        let faults = TrustedIssuer::checked(id, said).err().unwrap_or_default();
        faults.into_iter().map(|fault| fault.field).collect()
    }

    #[test]
    fn an_entry_needs_an_identifier_and_a_name() {
        let none: [&str; 0] = [];
        assert_eq!(faults("did:web:a.example", "A", &["did:web:b.example", "https://c.example/issuer"]), none);
        for id in ["a.example", "did:", "https://", "http://a.example", "did:web:a.example ", "did:web:a\u{0}", ""] {
            assert_eq!(faults(id, "A", &[]), ["id"], "{id}");
        }
        assert_eq!(faults("did:web:a.example", " ", &["x"]), ["name", "signs_status_for[0]"]);
        assert_eq!(faults(&format!("did:web:{}", "a".repeat(2_000)), "A", &[]), ["id"]);
        assert_eq!(faults("did:web:a.example", "A", &["did:web:b.example"; 101]), ["signs_status_for"]);
    }

    #[test]
    fn an_empty_note_is_none_and_nobody_is_signed_for_twice() {
        let said = TrustRequest {
            name: " Partner ".into(),
            note: Some(" ".into()),
            signs_status_for: vec!["did:web:b.example".into(); 2],
        };
        let entry = TrustedIssuer::checked("did:web:a.example", said).unwrap();
        assert_eq!((entry.name.as_str(), &entry.note), ("Partner", &None));
        assert_eq!(entry.known().signs_status_for, ["did:web:b.example"]);
    }
}
