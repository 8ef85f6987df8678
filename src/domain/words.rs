//! Sentences by key, out of fluent files: what pages (src/web/locales) and letters (src/domain/letters) are both written with.
//!
//! A key that is not in a file comes back as itself, so that nothing is ever broken by a missing sentence; tests hold that none is
//! missing and none is left over. How a day is written stands in src/domain/words, for both.

use fluent_bundle::{FluentResource, concurrent::FluentBundle};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use unic_langid::LanguageIdentifier;

pub use fluent_bundle::{FluentArgs, FluentValue};

/// What Laurel speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Language {
    #[default]
    #[serde(rename = "en")]
    English,
    #[serde(rename = "de")]
    German,
}

/// The sentences of one language.
pub struct Words {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl Language {
    /// Its tag (BCP 47).
    pub fn tag(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::German => "de",
        }
    }

    fn days(self) -> &'static str {
        match self {
            Language::English => include_str!("words/en.ftl"),
            Language::German => include_str!("words/de.ftl"),
        }
    }
}

impl Words {
    /// The sentences of a file, and how days are written.
    pub fn read(language: Language, source: &str) -> Self {
        let tag = language.tag();
        let mut bundle = FluentBundle::new_concurrent(vec![tag.parse::<LanguageIdentifier>().unwrap_or_default()]);
        bundle.set_use_isolating(false);
        for text in [language.days(), source] {
            // A line that does not parse is left out and its key shows instead; tests refuse such a file.
            let resource = match FluentResource::try_new(text.to_owned()) {
                Ok(resource) | Err((resource, _)) => resource,
            };
            bundle.add_resource_overriding(resource);
        }
        Self { language, bundle }
    }

    pub fn language(&self) -> Language {
        self.language
    }

    pub fn say(&self, key: &str, args: Option<&FluentArgs>) -> Cow<'static, str> {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            return Cow::Owned(key.to_owned());
        };
        Cow::Owned(self.bundle.format_pattern(pattern, args, &mut Vec::new()).into_owned())
    }

    /// What stands under a key as its `.name`.
    pub fn attribute(&self, key: &str, name: &str, args: Option<&FluentArgs>) -> Cow<'static, str> {
        let found = self.bundle.get_message(key).and_then(|message| message.get_attribute(name));
        let Some(attribute) = found else { return Cow::Owned(format!("{key}.{name}")) };
        Cow::Owned(self.bundle.format_pattern(attribute.value(), args, &mut Vec::new()).into_owned())
    }

    /// A day written out, as in “3 May 2028”.
    pub fn day(&self, day: Date) -> String {
        let mut args = FluentArgs::new();
        args.set("month", self.say(&format!("month-{}", day.month()), None).into_owned());
        args.set("day", i64::from(day.day()));
        args.set("year", day.year().to_string());
        self.say("date", Some(&args)).into_owned()
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
pub(crate) mod tests {
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};

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

    /// Whatever one file says, the other says with the same things filled in; and both parse.
    pub(crate) fn say_the_same(english: &str, german: &str) {
        for source in [english, german] {
            FluentResource::try_new(source.to_owned()).expect("the file parses");
        }
        let (english, german) = (holes(english), holes(german));
        let missing: Vec<_> = english.keys().filter(|key| !german.contains_key(*key)).collect();
        assert!(missing.is_empty(), "in English but not in German: {missing:?}");
        let left_over: Vec<_> = german.keys().filter(|key| !english.contains_key(*key)).collect();
        assert!(left_over.is_empty(), "in German but not in English: {left_over:?}");
        let other: Vec<_> = english.iter().filter(|(key, names)| german.get(*key) != Some(names)).collect();
        assert!(other.is_empty(), "filled in with other things in German: {other:?}");
    }

    #[test]
    fn a_day_is_written_out_in_both_languages() {
        say_the_same(Language::English.days(), Language::German.days());
        let day: Date = "2028-03-05".parse().expect("a day");
        let written = |language| Words::read(language, "").day(day);
        assert_eq!(
            (written(Language::English).as_str(), written(Language::German).as_str()),
            ("5 March 2028", "5. März 2028")
        );
    }

    #[test]
    fn what_no_file_says_comes_back_as_its_key() {
        let words = Words::read(Language::English, "one = One\n    .subject = First");
        assert_eq!(
            (words.say("one", None).as_ref(), words.attribute("one", "subject", None).as_ref()),
            ("One", "First")
        );
        assert_eq!((words.say("two", None).as_ref(), words.attribute("one", "x", None).as_ref()), ("two", "one.x"));
    }
}
