//! An endorsement: what the issuer says for something with an identifier, and how that stands.

use super::field::{Faults, FieldError};
use crate::credential::context::iri;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// In characters.
const LONGEST_COMMENT: usize = 5_000;
/// In bytes.
const LONGEST_SUBJECT: usize = 2_000;

/// One endorsement in the record.
#[derive(Clone, Debug, PartialEq)]
pub struct Endorsement {
    pub id: String,
    pub issuer_id: String,
    /// The identifier of what is endorsed: a URL or a DID.
    pub subject: String,
    /// Markdown.
    pub comment: String,
    pub valid_from: Timestamp,
    pub valid_until: Option<Timestamp>,
    pub issued_at: Timestamp,
    pub verification_method: String,
    pub status_list_id: String,
    pub status_index: u32,
    pub revoked_at: Option<Timestamp>,
    pub revocation_reason: Option<String>,
    /// The signed credential, byte for byte as it is given out.
    pub credential: String,
    /// The same as a VC-JWT with the key that signed it, when there was one.
    pub jwt: Option<(String, String)>,
}

/// How an endorsement stands at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndorsementState {
    Upcoming,
    Current,
    Expired,
    Revoked,
}

impl EndorsementState {
    pub fn as_str(self) -> &'static str {
        match self {
            EndorsementState::Upcoming => "upcoming",
            EndorsementState::Current => "current",
            EndorsementState::Expired => "expired",
            EndorsementState::Revoked => "revoked",
        }
    }
}

impl Endorsement {
    /// Whoever it is about was erased (decision 0063): nothing signed of it is here any more.
    pub fn is_erased(&self) -> bool {
        self.credential.is_empty()
    }

    pub fn state(&self, now: Timestamp) -> EndorsementState {
        if self.revoked_at.is_some() {
            EndorsementState::Revoked
        } else if self.valid_until.is_some_and(|end| end <= now) {
            EndorsementState::Expired
        } else if now < self.valid_from {
            EndorsementState::Upcoming
        } else {
            EndorsementState::Current
        }
    }
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EndorsementRequest {
    /// The identifier of what is endorsed: the address of a badge or an achievement, of this service or another, or a DID.
    pub subject: String,
    /// What is said for it; Markdown, at most 5,000 characters.
    pub comment: String,
    /// Now when absent.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub valid_from: Option<Timestamp>,
    /// It has no end when absent.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub valid_until: Option<Timestamp>,
}

impl EndorsementRequest {
    /// The request with its texts trimmed and its dates in whole seconds, or every fault.
    pub fn check(&self, now: Timestamp) -> Result<CheckedEndorsement, Vec<FieldError>> {
        let mut faults = Faults::default();
        let subject = self.subject.trim().to_owned();
        if !subject.starts_with("did:") {
            faults.url("subject", &subject);
        } else if subject.len() > LONGEST_SUBJECT || !iri::is_well_formed(&subject) {
            faults.add("subject", "is neither a DID nor a web address");
        }
        let comment = faults.text("comment", &self.comment, LONGEST_COMMENT, true);
        let whole = |when: Timestamp| Timestamp::from_second(when.as_second()).unwrap_or(when);
        let valid_from = whole(self.valid_from.unwrap_or(now));
        let valid_until = self.valid_until.map(whole);
        if valid_until.is_some_and(|end| end <= valid_from) {
            faults.add("valid_until", "must come after valid_from");
        }
        faults.or(CheckedEndorsement { subject, comment, valid_from, valid_until })
    }
}

/// A request without a fault.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckedEndorsement {
    pub subject: String,
    pub comment: String,
    pub valid_from: Timestamp,
    pub valid_until: Option<Timestamp>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn faults(subject: &str, comment: &str, until: Option<&str>) -> Vec<String> {
        let request = EndorsementRequest {
            subject: subject.into(),
            comment: comment.into(),
            valid_from: None,
            valid_until: until.map(at),
        };
        let checked = request.check(at("2026-11-24T12:00:00.5Z"));
        checked.err().into_iter().flatten().map(|fault| fault.field).collect()
    }

    #[test]
    fn a_url_or_a_did_is_endorsed_and_every_fault_is_named() {
        let none: [&str; 0] = [];
        for subject in
            ["https://a.example/badges/1", "http://localhost:8080/badges/1", "did:web:a.example", " did:key:z6 "]
        {
            assert_eq!(faults(subject, "Well done.", Some("2027-01-01T00:00:00Z")), none, "{subject}");
        }
        for subject in ["", "a badge", "urn:uuid:1", "did:web:a example", "https://u:p@a.example", "https://"] {
            assert_eq!(faults(subject, "Well done.", None), ["subject"], "{subject}");
        }
        assert_eq!(faults("x", " ", Some("2026-11-24T12:00:00Z")), ["subject", "comment", "valid_until"]);
        assert_eq!(faults("did:web:a.example", &"x".repeat(5_001), None), ["comment"]);
    }

    #[test]
    fn an_endorsement_stands_from_its_beginning_to_its_end_or_until_it_is_revoked() {
        let endorsement = |revoked: Option<&str>| Endorsement {
            id: "e".into(),
            issuer_id: "i".into(),
            subject: "did:web:a.example".into(),
            comment: "Well done.".into(),
            valid_from: at("2026-01-01T00:00:00Z"),
            valid_until: Some(at("2027-01-01T00:00:00Z")),
            issued_at: at("2026-01-01T00:00:00Z"),
            verification_method: String::new(),
            status_list_id: String::new(),
            status_index: 0,
            revoked_at: revoked.map(at),
            revocation_reason: None,
            credential: String::new(),
            jwt: None,
        };
        let state = |now: &str| endorsement(None).state(at(now)).as_str();
        assert_eq!(state("2025-12-31T23:59:59Z"), "upcoming");
        assert_eq!(state("2026-01-01T00:00:00Z"), "current");
        assert_eq!(state("2026-12-31T23:59:59Z"), "current");
        assert_eq!(state("2027-01-01T00:00:00Z"), "expired");
        assert_eq!(endorsement(Some("2026-02-01T00:00:00Z")).state(at("2026-03-01T00:00:00Z")).as_str(), "revoked");
    }
}
