//! A backpack: someone's badges from elsewhere, each kept byte for byte as it came.

use super::digesting::sha256;
use crate::credential::summary::{Form, Summary};
use jiff::Timestamp;
use percent_encoding::percent_decode_str;

/// In badges.
pub const MOST: i64 = 2_000;
/// In bytes, all files of one person together.
pub const MOST_BYTES: i64 = 64 * 1024 * 1024;
/// In characters.
const LONGEST_NAME: usize = 120;

/// How a badge came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CameBy {
    File,
    Text,
    Address,
    /// Put there by an app that its person let act for them.
    App,
    /// Fetched from another platform.
    Platform,
}

impl CameBy {
    pub const ALL: [CameBy; 5] = [CameBy::File, CameBy::Text, CameBy::Address, CameBy::App, CameBy::Platform];

    pub fn as_str(self) -> &'static str {
        match self {
            CameBy::File => "file",
            CameBy::Text => "text",
            CameBy::Address => "address",
            CameBy::App => "app",
            CameBy::Platform => "platform",
        }
    }

    pub fn parse(text: &str) -> Result<Self, String> {
        let known = CameBy::ALL.into_iter().find(|by| by.as_str() == text);
        known.ok_or_else(|| format!("“{text}” is no way that a badge comes"))
    }
}

/// A badge in a backpack, without its bytes.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    pub id: String,
    pub person_id: String,
    pub file_name: String,
    pub media_type: String,
    /// In bytes.
    pub size: i64,
    pub form: Form,
    /// What tells it from other badges, whatever copy of it this is.
    pub same: String,
    /// What it says of itself.
    pub title: Option<String>,
    pub issuer: Option<String>,
    pub issued_at: Timestamp,
    pub ends_at: Option<Timestamp>,
    pub by: CameBy,
    /// The address, or the name of the app or platform.
    pub from: Option<String>,
    pub added_at: Timestamp,
}

/// What two copies of one badge have in common: who issued it and what it is called, unescaped and without space around (Open Badges 3.0,
/// section 10). An older badge has its address; one that is called nothing is its bytes.
pub fn sameness(said: &Summary, document: &[u8]) -> String {
    let plain = |text: &str| percent_decode_str(text).decode_utf8_lossy().trim().to_owned();
    match (said.form, &said.issuer_id, &said.id) {
        (Form::Older, _, Some(id)) => sha256(format!("older\n{}", plain(id))),
        (_, Some(issuer), Some(id)) => sha256(format!("{}\n{}", plain(issuer), plain(id))),
        _ => sha256(document),
    }
}

/// A name for the file: the last part of what it was called, without what a name can't hold; else `badge` with what it is.
pub fn file_name(called: Option<&str>, media_type: &str) -> String {
    let last = called.unwrap_or_default().rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String =
        last.chars().filter(|letter| !letter.is_control() && *letter != '"').take(LONGEST_NAME).collect();
    match plain.trim().trim_start_matches('.') {
        "" => format!("badge.{}", ending(media_type)),
        name => name.to_owned(),
    }
}

fn ending(media_type: &str) -> &'static str {
    match media_type {
        "image/png" => "png",
        "image/svg+xml" => "svg",
        "application/json" => "json",
        _ => "jwt",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credential::summary::summary;
    use serde_json::json;

    fn same(id: &str, issuer: &str) -> String {
        let document = json!({"id": id, "issuer": issuer, "credentialSubject": {}}).to_string();
        sameness(&summary(document.as_bytes()).unwrap(), document.as_bytes())
    }

    #[test]
    fn two_copies_are_of_one_badge_when_issuer_and_id_are_the_same() {
        let one = same("https://a.example/a b", "did:web:a.example");
        assert_eq!(one, same(" https://a.example/a%20b ", "did:web:a.example"));
        assert_ne!(one, same("https://a.example/a", "did:web:a.example"));
        assert_ne!(one, same("https://a.example/a b", "did:web:b.example"));
        let bare = |more: &str| sameness(&summary(b"{\"credentialSubject\":{}}").unwrap(), more.as_bytes());
        assert_ne!(bare("x"), bare("y"));
    }

    #[test]
    fn a_file_is_called_as_it_was_without_what_no_name_holds() {
        for (called, name) in [
            (Some("C:\\badges\\My \"Welder\"\r\n.png"), "My Welder.png"),
            (Some("../../etc/passwd"), "passwd"),
            (Some("..."), "badge.png"),
            (Some("a/"), "badge.png"),
            (None, "badge.png"),
        ] {
            assert_eq!(file_name(called, "image/png"), name);
        }
        assert_eq!(file_name(Some(&"x".repeat(500)), "image/png").len(), LONGEST_NAME);
        assert_eq!(file_name(None, "application/vc+jwt"), "badge.jwt");
    }

    #[test]
    fn every_way_a_badge_comes_is_read_as_it_is_written() {
        for by in CameBy::ALL {
            assert_eq!(CameBy::parse(by.as_str()), Ok(by));
        }
        assert!(CameBy::parse("post").is_err());
    }
}
