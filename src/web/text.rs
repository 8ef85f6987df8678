//! Every word a person reads on a page comes from src/web/locales, by key.
//!
//! `Text` is a small copyable handle of one language; views carry it and templates ask it: `t.get("key")`,
//! `t.with("key", "name", value)`. A key that is not in the file comes back as itself, so a page is never broken by a
//! missing sentence; the test below holds that none is missing and none is left over.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::format;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

const ENGLISH: &str = include_str!("locales/en.ftl");
const GERMAN: &str = include_str!("locales/de.ftl");

/// The words of one language.
#[derive(Clone, Copy)]
pub struct Text(&'static Locale);

struct Locale {
    tag: &'static str,
    bundle: FluentBundle<FluentResource>,
}

impl Text {
    /// English, which is always there.
    pub fn english() -> Self {
        static LOCALE: LazyLock<Locale> = LazyLock::new(|| Locale::read("en", ENGLISH));
        Self(&LOCALE)
    }

    pub fn german() -> Self {
        static LOCALE: LazyLock<Locale> = LazyLock::new(|| Locale::read("de", GERMAN));
        Self(&LOCALE)
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
        self.0.tag
    }

    /// A sentence that needs nothing filled in.
    pub fn get(&self, key: &str) -> Cow<'static, str> {
        self.format(key, None)
    }

    /// A sentence with one value.
    pub fn with(&self, key: &str, name: &str, value: impl Fill) -> Cow<'static, str> {
        let mut args = FluentArgs::new();
        args.set(name.to_owned(), value.fill());
        self.format(key, Some(&args))
    }

    /// A sentence with two values.
    pub fn with2(&self, key: &str, name: &str, value: impl Fill, other: &str, second: impl Fill) -> Cow<'static, str> {
        let mut args = FluentArgs::new();
        args.set(name.to_owned(), value.fill());
        args.set(other.to_owned(), second.fill());
        self.format(key, Some(&args))
    }

    fn format(&self, key: &str, args: Option<&FluentArgs>) -> Cow<'static, str> {
        let Some(pattern) = self.0.bundle.get_message(key).and_then(|message| message.value()) else {
            return Cow::Owned(key.to_owned());
        };
        Cow::Owned(self.0.bundle.format_pattern(pattern, args, &mut Vec::new()).into_owned())
    }
}

impl std::fmt::Debug for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Text({})", self.0.tag)
    }
}

impl Locale {
    fn read(tag: &'static str, source: &str) -> Self {
        // A line that does not parse is left out and its key shows instead; the test below refuses such a file.
        let resource = match FluentResource::try_new(source.to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        let mut bundle = FluentBundle::new_concurrent(vec![tag.parse::<LanguageIdentifier>().unwrap_or_default()]);
        bundle.set_use_isolating(false);
        bundle.add_resource_overriding(resource);
        Self { tag, bundle }
    }
}

/// What can stand in a sentence: words, or a number (which also picks the plural form).
pub trait Fill {
    fn fill(&self) -> FluentValue<'static>;
}

impl<T: Fill + ?Sized> Fill for &T {
    fn fill(&self) -> FluentValue<'static> {
        (**self).fill()
    }
}

impl Fill for str {
    fn fill(&self) -> FluentValue<'static> {
        FluentValue::from(self.to_owned())
    }
}

impl Fill for String {
    fn fill(&self) -> FluentValue<'static> {
        FluentValue::from(self.clone())
    }
}

impl Fill for Cow<'_, str> {
    fn fill(&self) -> FluentValue<'static> {
        FluentValue::from(self.clone().into_owned())
    }
}

macro_rules! numbers {
    ($($number:ty),*) => { $(impl Fill for $number {
        fn fill(&self) -> FluentValue<'static> {
            FluentValue::from(*self)
        }
    })* };
}
numbers!(u8, u16, u32, u64, usize, i8, i16, i32, i64);

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};
    use std::path::Path;

    #[test]
    fn the_files_parse() {
        FluentResource::try_new(ENGLISH.to_owned()).expect("en.ftl parses");
        FluentResource::try_new(GERMAN.to_owned()).expect("de.ftl parses");
    }

    /// Of each key in a file, the names of what is filled in.
    fn holes(source: &str) -> BTreeMap<String, BTreeSet<String>> {
        let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut key = String::new();
        for line in source.lines().filter(|line| !line.starts_with('#')) {
            if let Some((name, _)) = line.split_once(" =").filter(|_| !line.starts_with(' ')) {
                assert!(found.insert(name.to_owned(), BTreeSet::new()).is_none(), "{name} stands twice");
                key = name.to_owned();
            }
            let names = line.split("{ $").skip(1).filter_map(|rest| rest.split([' ', '}']).next());
            found.entry(key.clone()).or_default().extend(names.map(str::to_owned));
        }
        found
    }

    #[test]
    fn whatever_is_said_in_english_is_said_in_german_with_the_same_things_filled_in() {
        let (english, german) = (holes(ENGLISH), holes(GERMAN));
        let missing: Vec<_> = english.keys().filter(|key| !german.contains_key(*key)).collect();
        assert!(missing.is_empty(), "in en.ftl but not in de.ftl: {missing:?}");
        let left_over: Vec<_> = german.keys().filter(|key| !english.contains_key(*key)).collect();
        assert!(left_over.is_empty(), "in de.ftl but not in en.ftl: {left_over:?}");
        let other: Vec<_> = english.iter().filter(|(key, names)| german.get(*key) != Some(names)).collect();
        assert!(other.is_empty(), "filled in with other things in de.ftl: {other:?}");
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
