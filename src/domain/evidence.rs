//! Evidence of real work: a file, a link, a text, or a live session with its date; and what a badge says of it.
//!
//! A badge tells of private evidence by its digest only, so that whoever is shown the evidence can be sure it is the one that was
//! assessed, and nobody else learns anything. What the digest is over is said at [`Evidence::digested`].

use super::{
    field::{Faults, FieldError},
    media::Media,
};
use crate::credential::document::Evidence as InBadge;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use jiff::{Timestamp, civil::Date};
use sha2::{Digest, Sha256};

pub const LONGEST_TITLE: usize = 200;
pub const LONGEST_NOTE: usize = 2_000;
pub const LONGEST_TEXT: usize = 20_000;
/// Of one submission.
pub const MOST: usize = 50;
/// A file's name is told as it was sent, up to so many characters.
pub const LONGEST_FILE_NAME: usize = 200;

#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    pub id: String,
    pub submission_id: String,
    /// Its place among the others.
    pub position: i64,
    pub title: String,
    /// What it shows, in the learner's words; may be empty.
    pub note: String,
    /// May be told in the badge by more than its digest.
    pub public: bool,
    pub body: Body,
    pub created_at: Timestamp,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    File(StoredFile),
    Link {
        url: String,
    },
    Text {
        text: String,
    },
    /// Something that was seen live.
    Session {
        held_on: Date,
    },
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct StoredFile {
    /// As it was sent: never a path of ours.
    pub name: String,
    /// As its bytes show; none as long as too few of them are here.
    pub media: Option<Media>,
    /// Bytes, as announced.
    pub size: u64,
    /// Bytes that are here.
    pub received: u64,
    /// SHA-256 (hex), once it is here whole.
    pub sha256: Option<String>,
}

impl StoredFile {
    pub fn is_whole(&self) -> bool {
        self.sha256.is_some()
    }
}

impl Body {
    pub fn kind(&self) -> &'static str {
        match self {
            Body::File(_) => "file",
            Body::Link { .. } => "link",
            Body::Text { .. } => "text",
            Body::Session { .. } => "session",
        }
    }
}

impl Evidence {
    pub fn file(&self) -> Option<&StoredFile> {
        match &self.body {
            Body::File(file) => Some(file),
            Body::Link { .. } | Body::Text { .. } | Body::Session { .. } => None,
        }
    }

    /// Whether all of it is here.
    pub fn is_whole(&self) -> bool {
        self.file().is_none_or(StoredFile::is_whole)
    }

    /// The SHA-256 that a badge tells of it: of a file its bytes, of a text its UTF-8. Of a link or a session, which have no bytes of
    /// their own, the lines `title`, `note` and the address or date, in UTF-8 with a line feed between them. None while a file
    /// is not whole.
    pub fn digested(&self) -> Option<[u8; 32]> {
        let of = |text: &str| Some(Sha256::digest(text.as_bytes()).into());
        match &self.body {
            Body::File(file) => from_hex(file.sha256.as_deref()?),
            Body::Text { text } => of(text),
            Body::Link { url } => of(&format!("{}\n{}\n{url}", self.title, self.note)),
            Body::Session { held_on } => of(&format!("{}\n{}\n{held_on}", self.title, self.note)),
        }
    }
}

/// What is said of evidence that is not a file.
#[derive(Clone, Debug, Default)]
pub struct Said<'a> {
    pub title: &'a str,
    pub note: &'a str,
    pub public: bool,
    pub body: SaidBody<'a>,
}

#[derive(Clone, Copy, Debug, Default)]
pub enum SaidBody<'a> {
    /// Already here: only title, note and whether it is public are said.
    #[default]
    File,
    Link {
        url: &'a str,
    },
    Text {
        text: &'a str,
    },
    Session {
        held_on: &'a str,
    },
}

/// Title, note, and what it is, or all that is wrong with them. A session took place already: `today` at the latest.
pub fn checked(said: &Said<'_>, today: Date) -> Result<(String, String, Option<Body>), Vec<FieldError>> {
    let mut faults = Faults::default();
    let title = faults.text("title", said.title, LONGEST_TITLE, false);
    let note = match said.note.trim() {
        "" => String::new(),
        note => faults.text("note", note, LONGEST_NOTE, true),
    };
    let body = match said.body {
        SaidBody::File => None,
        SaidBody::Link { url } => Some(Body::Link { url: faults.url("url", url.trim()) }),
        SaidBody::Text { text } => Some(Body::Text { text: faults.text("text", text, LONGEST_TEXT, true) }),
        SaidBody::Session { held_on } => {
            let date = held_on.trim().parse::<Date>().map_err(|_| "is not a date such as 2026-11-24");
            match faults.take("held_on", date) {
                Some(date) if date > today => {
                    faults.add("held_on", "lies ahead; note a live session once it has taken place");
                    None
                }
                date => date.map(|held_on| Body::Session { held_on }),
            }
        }
    };
    faults.or((title, note, body))
}

/// A file's name as it may be told and sent on: its last part, without anything that could be taken for a path, a second header or
/// the direction of writing. “file” where nothing is left.
pub fn file_name(sent: &str) -> String {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain = |c: &char| !c.is_control() && !matches!(c, '"' | '<' | '>' | '|' | ':' | '*' | '?') && !is_hidden(*c);
    let kept: String = last.chars().filter(plain).collect();
    let kept = kept.trim().trim_matches('.').trim();
    let length = kept.chars().count();
    match length {
        0 => "file".to_owned(),
        _ if length <= LONGEST_FILE_NAME => kept.to_owned(),
        // The end says what kind of file it is.
        _ => {
            let ending = kept.rsplit_once('.').map(|(_, ending)| ending).filter(|ending| ending.len() <= 8);
            let room = LONGEST_FILE_NAME - ending.map_or(0, |ending| ending.chars().count() + 1);
            let start: String = kept.chars().take(room).collect();
            ending.map_or(start.clone(), |ending| format!("{start}.{ending}"))
        }
    }
}

/// Marks that show nothing and can turn a name around: “gnp.exe” that reads “exe.png”.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// What a badge says of the evidence it was given for, in its order; a file that never came whole is left out.
pub fn evidence_for_badge(evidence: &[Evidence]) -> Vec<InBadge> {
    evidence.iter().filter_map(in_badge).collect()
}

fn in_badge(evidence: &Evidence) -> Option<InBadge> {
    let digest = Some(multibase(&evidence.digested()?));
    if !evidence.public {
        return Some(InBadge { digest, ..InBadge::default() });
    }
    let (id, narrative, genre) = match &evidence.body {
        Body::File(file) => (None, None, file.media.map_or("File", Media::genre).to_owned()),
        Body::Link { url } => (Some(url.clone()), None, "Link".to_owned()),
        Body::Text { text } => (None, Some(text.clone()), "Text".to_owned()),
        Body::Session { held_on } => (None, None, format!("Live session on {held_on}")),
    };
    Some(InBadge {
        id,
        name: Some(evidence.title.clone()),
        description: Some(evidence.note.clone()).filter(|note| !note.is_empty()),
        narrative,
        genre: Some(genre),
        digest,
    })
}

/// A SHA-256 multihash (0x12, 32 bytes) in multibase base64url, as `digestMultibase` has it (Controlled Identifiers 1.0, section 2.4 and 2.5).
fn multibase(sha256: &[u8; 32]) -> String {
    let mut bytes = vec![0x12, 0x20];
    bytes.extend_from_slice(sha256);
    format!("u{}", BASE64_URL_SAFE_NO_PAD.encode(bytes))
}

fn from_hex(hex: &str) -> Option<[u8; 32]> {
    let mut bytes = [0u8; 32];
    if hex.len() != 64 || !hex.is_ascii() {
        return None;
    }
    for (byte, at) in bytes.iter_mut().zip((0..64).step_by(2)) {
        *byte = u8::from_str_radix(hex.get(at..at + 2)?, 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn evidence(public: bool, body: Body) -> Evidence {
        Evidence {
            id: "e".into(),
            submission_id: "s".into(),
            position: 1,
            title: "A talk".into(),
            note: "How we moved".into(),
            public,
            body,
            created_at: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn private_evidence_is_told_by_its_digest_and_nothing_else() {
        let text = evidence(false, Body::Text { text: "abc".into() });
        let said = evidence_for_badge(&[text]);
        // SHA-256 of “abc” is FIPS 180-4's first example: ba7816bf…
        let digest = Some("uEiC6eBa_jwHP6kFBQN5driIjsANho5YXepy0EP9h8gAVrQ".to_owned());
        assert_eq!(said, [InBadge { digest, ..InBadge::default() }]);
    }

    #[test]
    fn public_evidence_says_what_it_is_and_keeps_its_digest() {
        let said = evidence_for_badge(&[
            evidence(true, Body::Link { url: "https://a.example/talk".into() }),
            evidence(true, Body::Session { held_on: "2026-11-20".parse().unwrap() }),
        ]);
        assert_eq!(said[0].id.as_deref(), Some("https://a.example/talk"));
        assert_eq!((said[0].name.as_deref(), said[0].description.as_deref()), (Some("A talk"), Some("How we moved")));
        assert_eq!(said[1].genre.as_deref(), Some("Live session on 2026-11-20"));
        assert!(said.iter().all(|one| one.digest.is_some()));
    }

    #[test]
    fn a_file_that_never_came_whole_is_left_out() {
        let part = StoredFile { size: 9, received: 3, ..StoredFile::default() };
        assert_eq!(evidence_for_badge(&[evidence(true, Body::File(part))]), []);
    }

    #[test]
    fn a_file_name_is_its_last_part_and_never_a_path() {
        for (sent, kept) in [
            ("report.pdf", "report.pdf"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\ada\\plan.docx", "plan.docx"),
            ("a\0b\r\nc\".pdf", "abc.pdf"),
            ("..", "file"),
            ("", "file"),
            (".bashrc", "bashrc"),
            ("innocent\u{202e}fdp.exe", "innocentfdp.exe"),
            ("Übersicht für Ärzte.pdf", "Übersicht für Ärzte.pdf"),
        ] {
            assert_eq!(file_name(sent), kept, "{sent:?}");
        }
        let long = file_name(&format!("{}.pdf", "x".repeat(300)));
        assert!(long.chars().count() == LONGEST_FILE_NAME && long.ends_with(".pdf"), "{long}");
    }

    #[test]
    fn what_is_said_of_evidence_is_checked_in_full() {
        let today: Date = "2026-11-24".parse().unwrap();
        let fields = |said: &Said<'_>| -> Vec<String> {
            checked(said, today).err().unwrap_or_default().into_iter().map(|fault| fault.field).collect()
        };
        let none: [&str; 0] = [];
        let said = |body| Said { title: "A talk", note: "", public: false, body };
        assert_eq!(fields(&said(SaidBody::Session { held_on: "2026-11-24" })), none);
        assert_eq!(fields(&said(SaidBody::Session { held_on: "2026-11-25" })), ["held_on"]);
        assert_eq!(fields(&said(SaidBody::Session { held_on: "yesterday" })), ["held_on"]);
        assert_eq!(fields(&said(SaidBody::Link { url: "javascript:alert(1)" })), ["url"]);
        let long = "x".repeat(LONGEST_TEXT + 1);
        let all = Said { title: " ", note: &long, public: true, body: SaidBody::Text { text: &long } };
        assert_eq!(fields(&all), ["title", "note", "text"]);
    }
}
