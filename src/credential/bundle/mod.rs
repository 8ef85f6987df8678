//! A verification kept for later: the badge as it was handed in, and everything it was judged by, as the members of an archive.
//!
//! - `manifest.json` comes first and names every other member with its size and SHA-256, in the order of the archive; what is missing, altered,
//!   added or in another order is refused. So is a version this program does not know.
//! - The same inputs give the same members, byte for byte.
//! - The contexts are there for readers of the archive. They are compared with the ones bundled here and never used.
//! - Nothing vouches for the archive itself: keys and lists in it are the word of whoever made it (docs/decisions/0032).

mod contexts;
mod manifest;
mod readme;

use jiff::Timestamp;
use serde_json::Value;
use sha2::{Digest, Sha256};

use self::manifest::{EvidenceEntry, Manifest, MemberEntry};
use super::verify::Evidence;
use super::{jose, json};

/// The most members of an archive, with its manifest.
pub const MOST_MEMBERS: usize = 64;
/// The most bytes of a member.
pub const LARGEST_MEMBER: usize = 2 * 1024 * 1024;
/// The most bytes of all members together.
pub const LARGEST_TOTAL: usize = 16 * 1024 * 1024;

const MANIFEST: &str = "manifest.json";
const README: &str = "README.txt";
const REPORT: &str = "report.json";

/// A file of the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// A plain relative path with `/` between its parts.
    pub name: String,
    pub bytes: Vec<u8>,
}

/// What is to be kept.
#[derive(Debug, Clone, Copy)]
pub struct Kept<'a> {
    /// As it was handed in.
    pub badge: &'a [u8],
    /// What stands in it, when it is a picture; else the same.
    pub document: &'a [u8],
    pub evidence: &'a Evidence,
    pub checked_at: Timestamp,
    /// The address it was asked with, when that is to be kept too.
    pub email: Option<&'a str>,
    /// The report, as JSON.
    pub report: &'a [u8],
}

/// What was kept, read again.
#[derive(Debug, Clone)]
pub struct Bundle {
    pub badge: Vec<u8>,
    /// As it was gathered at `checked_at`.
    pub evidence: Evidence,
    pub checked_at: Timestamp,
    pub email: Option<String>,
    /// The addresses of contexts that are kept in another wording than the one held here, or not held here at all.
    pub other_contexts: Vec<String>,
}

/// Why an archive is not read as a kept verification.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
    #[error("its first member is not manifest.json, so it was not made by `laurel verify --bundle`")]
    NoManifest,
    #[error("its manifest.json can't be read: {0}")]
    Manifest(String),
    #[error("its manifest.json has version {0}, and this program reads version {version} only", version = manifest::VERSION)]
    Version(String),
    #[error("its member {0} is not as manifest.json has it, so it was altered")]
    Altered(String),
    #[error("its members are not those of manifest.json in their order: {0} is not where it should be")]
    Misplaced(String),
}

/// The members, in their order.
pub fn members(kept: &Kept) -> Vec<Member> {
    let badge = Member { name: format!("badge.{}", ending(kept.badge)), bytes: kept.badge.to_vec() };
    let mut files = Vec::new();
    let mut entries = Vec::new();
    for (at, (need, found)) in kept.evidence.iter().enumerate() {
        let (entry, file) = EvidenceEntry::of(need, found, at);
        entries.push(entry);
        files.extend(file);
    }
    let (contexts, texts) = contexts::used(std::iter::once(kept.document).chain(files.iter().map(|file| &*file.bytes)));
    let mut manifest = Manifest::new(kept.checked_at, kept.email, badge.name.clone(), entries, contexts);
    let readme = readme::text(&manifest);
    let mut members = vec![Member { name: README.to_owned(), bytes: readme.into_bytes() }, badge];
    members.append(&mut files);
    members.extend(texts);
    members.push(Member { name: REPORT.to_owned(), bytes: kept.report.to_vec() });
    manifest.members = members.iter().map(MemberEntry::of).collect();
    members.insert(0, Member { name: MANIFEST.to_owned(), bytes: manifest.written() });
    members
}

/// Reads the members again, each held to the manifest.
pub fn read(members: Vec<Member>) -> Result<Bundle, BundleError> {
    let mut members = members.into_iter();
    let manifest = members.next().filter(|first| first.name == MANIFEST).ok_or(BundleError::NoManifest)?;
    let manifest = Manifest::read(&manifest.bytes)?;
    let mut files: Vec<Member> = Vec::new();
    for entry in &manifest.members {
        let member = members.next().filter(|member| member.name == entry.name);
        let member = member.ok_or_else(|| BundleError::Misplaced(entry.name.clone()))?;
        if MemberEntry::of(&member) != *entry {
            return Err(BundleError::Altered(entry.name.clone()));
        }
        files.push(member);
    }
    if let Some(more) = members.next() {
        return Err(BundleError::Misplaced(more.name));
    }
    let file = |name: &str| {
        let found = files.iter().find(|file| file.name == name);
        found.map(|file| &*file.bytes).ok_or_else(|| BundleError::Misplaced(name.to_owned()))
    };
    let mut evidence = Evidence::gathered_at(manifest.checked_at);
    for entry in &manifest.evidence {
        let (need, found) = entry.read(&file)?;
        evidence.put(need, found);
    }
    let mut other_contexts = Vec::new();
    for context in &manifest.contexts {
        if !contexts::is_held(&context.url, file(&context.member)?) {
            other_contexts.push(context.url.clone());
        }
    }
    let badge = file(&manifest.badge)?.to_vec();
    Ok(Bundle { badge, evidence, checked_at: manifest.checked_at, email: manifest.email, other_contexts })
}

/// The usual ending of a file by what is in it.
fn ending(bytes: &[u8]) -> &'static str {
    match bytes.trim_ascii_start().first() {
        _ if bytes.starts_with(b"\x89PNG") => "png",
        Some(b'<') => "svg",
        Some(b'{' | b'[') => "json",
        _ if jose::is_compact(bytes) => "jwt",
        _ => "txt",
    }
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().flat_map(|byte| [byte >> 4, byte & 15]).filter_map(digit).collect()
}

fn digit(nibble: u8) -> Option<char> {
    char::from_digit(nibble.into(), 16)
}

/// The JSON of a document, or of the payload of a JWT.
fn json_in(bytes: &[u8]) -> Option<Value> {
    if jose::is_compact(bytes) {
        return jose::Jws::read(bytes).ok().map(|(_, payload)| Value::Object(payload));
    }
    json::parse(bytes).ok()
}
