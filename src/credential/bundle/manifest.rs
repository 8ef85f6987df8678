//! `manifest.json`: what the archive holds, and what each member is evidence of.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{BundleError, Member, ending, sha256};
use crate::credential::json;
use crate::credential::verify::{Found, Need};

const FORMAT: &str = "laurel-verification";
/// Raised when an older reader would misread a newer archive.
pub(super) const VERSION: u32 = 1;

#[derive(Serialize, Deserialize, Debug)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    format: String,
    version: u32,
    pub checked_at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The member that is the badge.
    pub badge: String,
    pub evidence: Vec<EvidenceEntry>,
    pub contexts: Vec<ContextEntry>,
    /// Every member but this one, in the order of the archive.
    pub members: Vec<MemberEntry>,
}

/// One look-up.
#[derive(Serialize, Deserialize, Debug)]
#[serde(deny_unknown_fields)]
pub(super) struct EvidenceEntry {
    pub need: NeedName,
    /// The DID or the address.
    pub of: String,
    /// The member, and when it was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read: Option<ReadEntry>,
    /// Why there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unavailable: Option<String>,
}

#[derive(Serialize, Deserialize, Debug)]
#[serde(deny_unknown_fields)]
pub(super) struct ReadEntry {
    pub member: String,
    pub at: Timestamp,
}

#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq)]
#[serde(rename_all = "snake_case")]
pub(super) enum NeedName {
    DidDocument,
    IssuerProfile,
    StatusList,
    Document,
    EntityStatement,
}

#[derive(Serialize, Deserialize, Debug)]
#[serde(deny_unknown_fields)]
pub(super) struct ContextEntry {
    pub url: String,
    pub member: String,
}

#[derive(Serialize, Deserialize, Debug, PartialEq)]
#[serde(deny_unknown_fields)]
pub(super) struct MemberEntry {
    pub name: String,
    pub bytes: usize,
    /// In small hexadecimal digits.
    pub sha256: String,
}

impl Manifest {
    pub(super) fn new(
        checked_at: Timestamp,
        email: Option<&str>,
        badge: String,
        evidence: Vec<EvidenceEntry>,
        contexts: Vec<ContextEntry>,
    ) -> Self {
        let email = email.map(str::to_owned);
        Manifest {
            format: FORMAT.to_owned(),
            version: VERSION,
            checked_at,
            email,
            badge,
            evidence,
            contexts,
            members: Vec::new(),
        }
    }

    pub(super) fn read(bytes: &[u8]) -> Result<Self, BundleError> {
        let unread = |why: &dyn std::fmt::Display| BundleError::Manifest(why.to_string());
        let value = json::parse(bytes).map_err(|why| unread(&why))?;
        if value.get("format").and_then(Value::as_str) != Some(FORMAT) {
            return Err(unread(&format!("its format is not {FORMAT}")));
        }
        match value.get("version") {
            Some(version) if version.as_u64() == Some(VERSION.into()) => {}
            Some(version) => return Err(BundleError::Version(version.to_string().chars().take(20).collect())),
            None => return Err(unread(&"it has no version")),
        }
        let manifest: Manifest = serde_json::from_value(value).map_err(|why| unread(&why))?;
        let late =
            manifest.evidence.iter().filter_map(|entry| entry.read.as_ref()).any(|it| it.at > manifest.checked_at);
        if late { Err(unread(&"it has evidence that is newer than itself")) } else { Ok(manifest) }
    }

    /// With line ends, because people read it too.
    pub(super) fn written(&self) -> Vec<u8> {
        serde_json::to_vec_pretty(self).unwrap_or_default()
    }
}

impl MemberEntry {
    pub(super) fn of(member: &Member) -> Self {
        MemberEntry { name: member.name.clone(), bytes: member.bytes.len(), sha256: sha256(&member.bytes) }
    }
}

impl EvidenceEntry {
    /// The entry of a look-up, and its file when something was found.
    pub(super) fn of(need: &Need, found: &Found, at: usize) -> (Self, Option<Member>) {
        let (name, of) = match need {
            Need::DidDocument(did) => (NeedName::DidDocument, did),
            Need::IssuerProfile(url) => (NeedName::IssuerProfile, url),
            Need::StatusList(url) => (NeedName::StatusList, url),
            Need::Json(url) => (NeedName::Document, url),
            Need::EntityStatement(url) => (NeedName::EntityStatement, url),
        };
        let entry = EvidenceEntry { need: name, of: of.clone(), read: None, unavailable: None };
        match found {
            Found::Unavailable(why) => (EvidenceEntry { unavailable: Some(why.clone()), ..entry }, None),
            Found::Document(bytes, read_at) => {
                let kind = match name {
                    NeedName::DidDocument => "did-document",
                    NeedName::IssuerProfile => "issuer-profile",
                    NeedName::StatusList => "status-list",
                    NeedName::Document => "document",
                    NeedName::EntityStatement => "entity-statement",
                };
                let member = format!("evidence/{:02}-{kind}.{}", at + 1, ending(bytes));
                let read = Some(ReadEntry { member: member.clone(), at: *read_at });
                (EvidenceEntry { read, ..entry }, Some(Member { name: member, bytes: bytes.clone() }))
            }
        }
    }

    pub(super) fn read<'a>(
        &self,
        file: &impl Fn(&str) -> Result<&'a [u8], BundleError>,
    ) -> Result<(Need, Found), BundleError> {
        let of = self.of.clone();
        let need = match self.need {
            NeedName::DidDocument => Need::DidDocument(of),
            NeedName::IssuerProfile => Need::IssuerProfile(of),
            NeedName::StatusList => Need::StatusList(of),
            NeedName::Document => Need::Json(of),
            NeedName::EntityStatement => Need::EntityStatement(of),
        };
        let found = match (&self.read, &self.unavailable) {
            (Some(read), None) => Found::Document(file(&read.member)?.to_vec(), read.at),
            (None, Some(why)) => Found::Unavailable(why.clone()),
            _ => return Err(BundleError::Manifest(format!("it does not say what came of {}", self.of))),
        };
        Ok((need, found))
    }
}
