//! How a level became what it is: its versions, and each of them as it was published with what was new in it.

use super::{Asks, Link, Site};
use crate::domain::changes::{Change, Line, Part};
use crate::domain::period::Period;
use crate::web::text::Text;
use askama::Template;
use jiff::Timestamp;
use std::borrow::Cow;

#[derive(Template)]
#[template(path = "level_versions.html")]
pub struct VersionsPage {
    pub site: Site,
    pub level: Link,
    pub program: Link,
    /// Newest first.
    pub versions: Vec<VersionRow>,
}

#[derive(Clone, Debug)]
pub struct VersionRow {
    pub version: i64,
    pub url: String,
    pub published: Timestamp,
    pub summary: Option<String>,
    pub approved_by: Option<String>,
    pub stands: VersionStands,
    /// Of the one before; none for the first.
    pub changed: Option<Vec<Part>>,
}

/// Whether badges are given under a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VersionStands {
    Now,
    Before,
    /// From this day on.
    Ahead(Timestamp),
    /// A newer one took its place before it began.
    Never,
}

/// A version that is to come, on the pages of its level and program.
#[derive(Clone, Debug)]
pub struct Coming {
    pub version: i64,
    pub url: String,
    pub starts: Timestamp,
    pub summary: Option<String>,
    /// Until when those under way may finish under theirs.
    pub transition_until: Option<Timestamp>,
}

#[derive(Template)]
#[template(path = "level_version.html")]
pub struct VersionPage {
    pub site: Site,
    /// As it was called in this version.
    pub name: String,
    /// Plain text.
    pub description: String,
    pub version: i64,
    pub published: Timestamp,
    pub summary: Option<String>,
    pub approved_by: Option<String>,
    /// From when it counts.
    pub starts: Timestamp,
    /// Until when those under way may finish under an earlier one; none for the first.
    pub transition_until: Option<Timestamp>,
    pub level: Link,
    pub program: Link,
    pub history_url: String,
    pub image_url: String,
    pub stands: VersionStands,
    pub asks: Asks,
    pub validity: Option<Period>,
    pub renewal_window: Option<Period>,
    /// The version before this one; none before the first.
    pub before: Option<Link>,
    pub changes: Vec<Change>,
}

impl VersionRow {
    /// “Counts from 1 January 2027”; nothing where there is nothing to add to its place in the list.
    fn stands_words(&self, site: &Site) -> Option<String> {
        match self.stands {
            VersionStands::Now => Some(site.text.get("version-row-now").into_owned()),
            VersionStands::Before => None,
            VersionStands::Ahead(from) => {
                Some(site.text.with("version-row-ahead", "date", site.date(&from)).into_owned())
            }
            VersionStands::Never => Some(site.text.get("version-row-never").into_owned()),
        }
    }

    /// “Changed: Criteria, Rubric”.
    fn changed(&self, t: &Text) -> Option<String> {
        let parts: Vec<_> = self.changed.as_ref()?.iter().map(|part| part_words(t, *part)).collect();
        let words = match parts.as_slice() {
            [] => t.get("changes-none"),
            parts => t.with("version-changed", "parts", parts.join(", ")),
        };
        Some(words.into_owned())
    }
}

impl VersionPage {
    fn validity_words(&self) -> String {
        super::program::validity_words(&self.site.text, self.validity.as_ref(), self.renewal_window.as_ref())
    }

    /// How it stands, in a sentence.
    fn stands_words(&self) -> Cow<'static, str> {
        let t = &self.site.text;
        match self.stands {
            VersionStands::Now => t.with("version-current", "version", self.version),
            VersionStands::Before => t.with("version-earlier", "version", self.version),
            VersionStands::Ahead(from) => {
                t.with2("version-ahead", "version", self.version, "date", self.site.date(&from))
            }
            VersionStands::Never => t.with("version-never", "version", self.version),
        }
    }

    fn is_now(&self) -> bool {
        self.stands == VersionStands::Now
    }

    fn part(&self, change: &Change) -> Cow<'static, str> {
        part_words(&self.site.text, change.part)
    }

    /// A line's class, its sign, and the word that stands for its colour.
    fn fate(&self, line: &Line) -> (&'static str, &'static str, Cow<'static, str>) {
        super::run::fate(&self.site.text, line)
    }
}

pub(super) fn part_words(t: &Text, part: Part) -> Cow<'static, str> {
    t.get(match part {
        Part::Name => "part-name",
        Part::Description => "part-description",
        Part::Criteria => "part-criteria",
        Part::Competencies => "part-competencies",
        Part::Requirements => "part-requirements",
        Part::Electives => "part-electives",
        Part::Rubric => "part-rubric",
        Part::Assessment => "part-assessment",
        Part::Skills => "part-skills",
        Part::Tags => "part-tags",
        Part::Validity => "part-validity",
        Part::RenewalWindow => "part-renewal",
        Part::Renewal => "part-renewal-terms",
        Part::ReviewBy => "part-review",
        Part::Picture => "part-picture",
    })
}
