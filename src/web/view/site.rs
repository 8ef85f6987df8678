//! What every page knows: whose site it is, where it stands, which day it is, and how it speaks.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::SignedIn;
use crate::web::dates;
use crate::web::text::Text;

/// The frame around every page.
#[derive(Clone, Debug)]
pub struct Site {
    /// The words, in the reader's language.
    pub text: Text,
    /// The organisation's name, in the header of every page.
    pub organisation: String,
    /// Where the site is, without a slash at the end: `https://badges.example.com`.
    pub base_url: String,
    /// The path of this page, such as `/programs`; marks where one is in the navigation.
    pub path: String,
    /// When the page is made.
    pub now: Timestamp,
    /// The issuer's time zone; every date on a page is read in it.
    pub zone: TimeZone,
    /// Whether this is the demo, which every page then says.
    pub demo: bool,
    /// Whether the page is for a copy as files (`web::copy`): nothing in it may need a running service, or tell how far away a day is.
    pub copied: bool,
    /// Whose page it is; none on those that are the same for everyone.
    pub signed_in: Option<SignedIn>,
    /// What their forms carry in the hidden field `csrf`; empty when nobody is signed in.
    pub csrf: String,
}

/// A name that leads somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub name: String,
    pub url: String,
}

impl Site {
    /// “3 May 2028”.
    pub fn date(&self, at: &Timestamp) -> String {
        dates::written(&self.text, *at, &self.zone)
    }

    /// The same of a day in the calendar.
    pub fn day(&self, day: &Date) -> String {
        dates::written_day(&self.text, *day)
    }

    /// Whether a day in the calendar is over.
    pub fn is_past(&self, day: &Date) -> bool {
        *day < self.now.to_zoned_datetime(self.zone.clone()).date()
    }

    /// “3 May 2028, 14:02 UTC”.
    pub fn moment(&self, at: &Timestamp) -> String {
        dates::written_with_time(&self.text, *at, &self.zone)
    }

    /// “in 12 days”, “3 months ago”; nothing in a copy, which is read on another day.
    pub fn relative(&self, at: &Timestamp) -> String {
        if self.copied {
            return String::new();
        }
        dates::relative(&self.text, *at, self.now, &self.zone)
    }

    /// The absolute address of a path on this site.
    pub fn absolute(&self, path: &str) -> String {
        if path.starts_with('/') { format!("{}{path}", self.base_url) } else { path.to_owned() }
    }

    /// Whether the page is this section or inside it.
    pub fn is_in(&self, section: &str) -> bool {
        self.path == section || self.path.strip_prefix(section).is_some_and(|rest| rest.starts_with('/'))
    }
}

/// A level's name beside its program's: “Software Craft: Master” of “Software Craft” is “Master” there.
pub(super) fn short_level<'a>(program: &str, level: &'a str) -> &'a str {
    let rest = level.strip_prefix(program).unwrap_or(level);
    let rest = rest.trim_start_matches([':', '-', '–', '—', '·', ',', ' ']);
    if rest.is_empty() { level } else { rest }
}

impl Link {
    pub fn new(name: impl Into<String>, url: impl Into<String>) -> Self {
        Self { name: name.into(), url: url.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beside_its_program_a_level_is_called_by_what_is_its_own() {
        assert_eq!(short_level("Software Craft", "Software Craft: Master"), "Master");
        assert_eq!(short_level("Software Craft", "Master"), "Master");
        assert_eq!(short_level("Software Craft", "Software Craft"), "Software Craft");
    }
}
