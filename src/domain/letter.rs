//! What is written to people by mail, in the words of src/domain/letters: subject and text stand there under the letter's key.
//!
//! - A letter says what happened and links the page; what is private stays on the page.
//! - Whatever is filled in is made one line, so that nobody's name adds a line to a letter. A mail whose address or subject has a
//!   control character all the same is refused before it is sent: it could add a header.

use super::words::{Fill, FluentArgs, FluentValue, Language, Words};
use jiff::{Timestamp, civil::Date};
use std::sync::LazyLock;

const ENGLISH: &str = include_str!("letters/en.ftl");
const GERMAN: &str = include_str!("letters/de.ftl");

/// A letter before it is put into the words of a language.
#[derive(Clone, Debug)]
pub struct Letter {
    key: &'static str,
    fills: Vec<(&'static str, Value)>,
    /// The language its reader asked for, where that is known.
    pub language: Option<Language>,
    /// A calendar file (RFC 5545) that comes with it.
    pub calendar: Option<String>,
    /// It is of no use from then on, and not sent any more.
    pub until: Option<Timestamp>,
}

/// Letters that one can do without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LetterKind {
    /// One's own certifications end.
    Renewals,
    /// Those of one's people end.
    Reports,
    /// Someone asks for a mentor.
    Requests,
    /// Mentor or learner has written a note.
    Notes,
}

#[derive(Clone, Debug)]
enum Value {
    Words(String),
    Number(f64),
    Day(Date),
}

/// Whom a letter is for and whom it is from.
pub struct Envelope<'a> {
    /// The reader's name.
    pub name: &'a str,
    pub organisation: &'a str,
    /// Where the service is.
    pub url: &'a str,
}

/// A letter in words, as it is kept and sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Mail {
    pub id: String,
    /// An e-mail address.
    pub recipient: String,
    pub subject: String,
    pub text: String,
    pub calendar: Option<String>,
    pub until: Option<Timestamp>,
    /// Where its reader stops letters like it; known until it is sent.
    pub stop_url: Option<String>,
    /// Its date, however late it is sent.
    pub created_at: Timestamp,
    pub sent_at: Option<Timestamp>,
}

impl Letter {
    pub fn new(key: &'static str) -> Self {
        Letter { key, fills: Vec::new(), language: None, calendar: None, until: None }
    }

    /// Fills in words, made one line, or a number.
    pub fn with(mut self, name: &'static str, value: impl Fill) -> Self {
        self.fills.push((
            name,
            match value.fill() {
                FluentValue::Number(number) => Value::Number(number.value),
                FluentValue::String(text) => Value::Words(one_line(&text)),
                _ => Value::Words(String::new()),
            },
        ));
        self
    }

    /// Fills in a day, written out.
    pub fn day(mut self, name: &'static str, day: Date) -> Self {
        self.fills.push((name, Value::Day(day)));
        self
    }

    pub fn language(self, language: Language) -> Self {
        Letter { language: Some(language), ..self }
    }

    pub fn calendar(self, calendar: String) -> Self {
        Letter { calendar: Some(calendar), ..self }
    }

    pub fn until(self, until: Timestamp) -> Self {
        Letter { until: Some(until), ..self }
    }

    /// Of which letters it is one that can be stopped; none for a decision and for whatever one must know.
    pub fn kind(&self) -> Option<LetterKind> {
        match self.key {
            "renewal" => Some(LetterKind::Renewals),
            "renewal-of-report" => Some(LetterKind::Reports),
            "mentor-wanted" => Some(LetterKind::Requests),
            "note-written" => Some(LetterKind::Notes),
            _ => None,
        }
    }

    /// Subject and text.
    pub fn write(&self, language: Language, envelope: &Envelope<'_>) -> (String, String) {
        let words = words(language);
        let mut args = FluentArgs::new();
        for (name, value) in &self.fills {
            match value {
                Value::Words(text) => args.set(*name, text.clone()),
                Value::Number(number) => args.set(*name, *number),
                Value::Day(day) => args.set(*name, words.day(*day)),
            }
        }
        args.set("name", one_line(envelope.name));
        args.set("organisation", one_line(envelope.organisation));
        args.set("url", envelope.url.to_owned());
        let said = |key: &str| words.say(key, Some(&args));
        // Whoever stops letters by hand is let in first.
        let stop = self.kind().map(|_| format!("{}\n", said("stop"))).unwrap_or_default();
        let subject = words.attribute(self.key, "subject", Some(&args)).into_owned();
        (subject, format!("{}\n\n{}\n\n-- \n{}\n{stop}", said("greeting"), said(self.key), said("signature")))
    }
}

impl LetterKind {
    pub const ALL: &[LetterKind] =
        &[LetterKind::Renewals, LetterKind::Reports, LetterKind::Requests, LetterKind::Notes];

    pub fn as_str(self) -> &'static str {
        match self {
            LetterKind::Renewals => "renewals",
            LetterKind::Reports => "reports",
            LetterKind::Requests => "requests",
            LetterKind::Notes => "notes",
        }
    }

    pub fn parse(text: &str) -> Result<Self, String> {
        let found = LetterKind::ALL.iter().find(|kind| kind.as_str() == text);
        found.copied().ok_or_else(|| format!("“{text}” is no kind of letters that can be stopped"))
    }
}

impl Mail {
    /// Whether its headers are what they seem: a control character could begin another, and what is quoted in an address could end it.
    pub fn has_plain_headers(&self) -> bool {
        let quotes = self.recipient.contains(['"', '<', '>', ',', '\\']);
        let headers = [Some(&self.id), Some(&self.recipient), Some(&self.subject), self.stop_url.as_ref()];
        !quotes && !headers.into_iter().flatten().any(|text| text.chars().any(char::is_control))
    }
}

fn words(language: Language) -> &'static Words {
    static ENGLISH_WORDS: LazyLock<Words> = LazyLock::new(|| Words::read(Language::English, ENGLISH));
    static GERMAN_WORDS: LazyLock<Words> = LazyLock::new(|| Words::read(Language::German, GERMAN));
    match language {
        Language::English => &ENGLISH_WORDS,
        Language::German => &GERMAN_WORDS,
    }
}

fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'))
        .collect::<Vec<_>>()
        .join(" ")
        .trim()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words;
    use std::{collections::BTreeSet, path::Path};

    const ENVELOPE: Envelope<'_> =
        Envelope { name: "Ada Obi", organisation: "Acme & Sons", url: "https://badges.acme.example" };

    #[test]
    fn every_letter_is_written_in_both_languages() {
        words::tests::say_the_same(ENGLISH, GERMAN);
    }

    #[test]
    fn every_letter_that_is_posted_has_its_words_and_none_is_left_over() {
        let mut posted = BTreeSet::from(["greeting", "signature", "stop"].map(str::to_owned));
        letters_in(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), &mut posted);
        let written: BTreeSet<String> = ENGLISH
            .lines()
            .filter(|line| !line.starts_with(['#', ' ']))
            .filter_map(|line| line.split_once(" ="))
            .map(|(key, _)| key.to_owned())
            .collect();
        assert_eq!(posted, written);
        for key in posted.iter().filter(|key| !["greeting", "signature", "stop"].contains(&key.as_str())) {
            for language in [Language::English, Language::German] {
                let missing = format!("{key}.subject");
                assert_ne!(words(language).attribute(key, "subject", None), missing);
            }
        }
    }

    /// The keys of all letters that are named in the source.
    fn letters_in(folder: &Path, found: &mut BTreeSet<String>) {
        for entry in std::fs::read_dir(folder).expect("the folder is there") {
            let path = entry.expect("readable").path();
            if path.is_dir() {
                letters_in(&path, found);
            } else if path.extension().is_some_and(|kind| kind == "rs") {
                let source = std::fs::read_to_string(&path).expect("text");
                let source = source.split("#[cfg(test)]").next().unwrap_or_default();
                let keys = source.split("Letter::new(\"").skip(1).filter_map(|rest| rest.split('"').next());
                found.extend(keys.map(str::to_owned));
            }
        }
    }

    #[test]
    fn a_letter_greets_says_and_is_signed() {
        let (subject, text) = Letter::new("trial").write(Language::German, &ENVELOPE);
        assert!(subject.contains("Acme & Sons"), "{subject}");
        assert!(text.starts_with("Guten Tag Ada Obi,\n\n"), "{text}");
        assert!(text.ends_with("\n\n-- \nAcme & Sons\nhttps://badges.acme.example\n"), "{text}");
    }

    #[test]
    fn nobodys_name_adds_a_line_or_a_header() {
        let named = Envelope { organisation: "Acme\r\nBcc: x@y.example", name: "Ada\n\nPay here", ..ENVELOPE };
        let (subject, text) = Letter::new("trial").write(Language::English, &named);
        assert!(!subject.contains(['\r', '\n']) && subject.contains("Acme  Bcc: x@y.example"), "{subject:?}");
        assert!(text.starts_with("Hello Ada  Pay here,\n\n"), "{text}");
        let filled = Letter::new("trial").with("x", "a\r\nb\u{2028}c");
        assert!(matches!(&filled.fills[0].1, Value::Words(said) if said == "a  b c"));
    }

    #[test]
    fn a_mail_whose_headers_hold_a_control_character_is_told_apart() {
        let mail = Mail {
            id: "a".into(),
            recipient: "ada@acme.example".into(),
            subject: "Hello".into(),
            text: "One\nTwo".into(),
            calendar: None,
            until: None,
            stop_url: None,
            created_at: Timestamp::UNIX_EPOCH,
            sent_at: None,
        };
        assert!(mail.has_plain_headers());
        for bad in ["a\rb", "a\nb", "a\u{0}b", "a\u{85}b"] {
            assert!(!Mail { subject: bad.into(), ..mail.clone() }.has_plain_headers(), "{bad:?}");
            assert!(!Mail { recipient: bad.into(), ..mail.clone() }.has_plain_headers(), "{bad:?}");
            assert!(!Mail { id: bad.into(), ..mail.clone() }.has_plain_headers(), "{bad:?}");
        }
    }
}
