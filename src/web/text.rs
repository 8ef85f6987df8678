//! Every word a person reads on a page comes from src/web/locales, by key.
//!
//! `Text` is a small copyable handle of one language; views carry it and templates ask it: `t.get("key")`,
//! `t.with("key", "name", value)`. A key that is not in the file comes back as itself, so a page is never broken by a
//! missing sentence; the test below holds that none is missing and none is left over.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::format;
use crate::domain::words::{FluentArgs, Language, Words};
use jiff::civil::Date;

pub use crate::domain::words::Fill;

const ENGLISH: &str = include_str!("locales/en.ftl");
const GERMAN: &str = include_str!("locales/de.ftl");

/// The words of one language.
#[derive(Clone, Copy)]
pub struct Text(&'static Words);

impl Text {
    /// English, which is always there.
    pub fn english() -> Self {
        static WORDS: LazyLock<Words> = LazyLock::new(|| Words::read(Language::English, ENGLISH));
        Self(&WORDS)
    }

    pub fn german() -> Self {
        static WORDS: LazyLock<Words> = LazyLock::new(|| Words::read(Language::German, GERMAN));
        Self(&WORDS)
    }

    pub fn of(language: Language) -> Self {
        match language {
            Language::English => Self::english(),
            Language::German => Self::german(),
        }
    }

    /// The best language for an `Accept-Language` header (RFC 9110 §12.5.4); English for whoever names none of ours.
    pub fn accepted(header: Option<&str>) -> Self {
        match format::language(header, &["en", "de"]) {
            Some("de") => Self::german(),
            _ => Self::english(),
        }
    }

    /// The language tag for `<html lang>`.
    pub fn tag(&self) -> &'static str {
        self.0.language().tag()
    }

    pub fn language(&self) -> Language {
        self.0.language()
    }

    /// A sentence that needs nothing filled in.
    pub fn get(&self, key: &str) -> Cow<'static, str> {
        self.0.say(key, None)
    }

    /// A sentence with one value.
    pub fn with(&self, key: &str, name: &str, value: impl Fill) -> Cow<'static, str> {
        let mut args = FluentArgs::new();
        args.set(name.to_owned(), value.fill());
        self.0.say(key, Some(&args))
    }

    /// A sentence with two values.
    pub fn with2(&self, key: &str, name: &str, value: impl Fill, other: &str, second: impl Fill) -> Cow<'static, str> {
        let mut args = FluentArgs::new();
        args.set(name.to_owned(), value.fill());
        args.set(other.to_owned(), second.fill());
        self.0.say(key, Some(&args))
    }

    /// A day written out, as in “3 May 2028”.
    pub fn day(&self, day: Date) -> String {
        self.0.day(day)
    }
}

impl std::fmt::Debug for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Text({})", self.tag())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words;
    use std::collections::BTreeSet;
    use std::path::Path;

    #[test]
    fn whatever_is_said_in_english_is_said_in_german_with_the_same_things_filled_in() {
        words::tests::say_the_same(ENGLISH, GERMAN);
    }

    #[test]
    fn a_reader_of_german_is_spoken_to_in_german() {
        let t = Text::accepted(Some("de-CH, en;q=0.5"));
        assert_eq!((t.tag(), t.with("relative-in-days", "count", 12u64).as_ref()), ("de", "in 12 Tagen"));
        assert_eq!(Text::accepted(Some("fr")).tag(), "en");
    }

    #[test]
    fn every_key_used_is_in_the_file_and_none_is_left_over() {
        let written: BTreeSet<String> = ENGLISH
            .lines()
            .filter_map(|line| line.split_once(" ="))
            .map(|(key, _)| key.to_owned())
            .filter(|key| !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'))
            .collect();
        let source = web_sources(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src/web")));
        let mut missing = BTreeSet::new();
        for call in ["get(\"", "with(\"", "with2(\""] {
            for (before, rest) in source.match_indices(call).map(|(at, _)| source.split_at(at)) {
                let asks = [" t.", "(t.", "{t.", "text.", "t()."].iter().any(|handle| before.ends_with(handle));
                let key = rest[call.len()..].split('"').next().unwrap_or_default();
                if asks && !written.contains(key) {
                    missing.insert(key.to_owned());
                }
            }
        }
        let unused: Vec<_> = written.iter().filter(|key| !source.contains(&format!("\"{key}\""))).collect();
        assert!(missing.is_empty(), "used but not in en.ftl: {missing:?}");
        assert!(unused.is_empty(), "in en.ftl but never used: {unused:?}");
    }

    #[test]
    fn numbers_pick_the_plural_and_no_invisible_marks_are_added() {
        let t = Text::english();
        assert_eq!(t.with("holder-count", "count", 1u64), "1 person");
        assert_eq!(t.with("holder-count", "count", 12u64), "12 people");
    }

    fn web_sources(folder: &Path) -> String {
        let mut all = String::new();
        for entry in std::fs::read_dir(folder).expect("the folder is there") {
            let path = entry.expect("readable").path();
            let kind = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
            if path.is_dir() {
                all.push_str(&web_sources(&path));
            } else if matches!(kind, "rs" | "html") && !path.ends_with("text.rs") {
                all.push_str(&std::fs::read_to_string(&path).expect("text"));
            }
        }
        all
    }
}
