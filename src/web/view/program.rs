//! Programs and their ladders of levels.

use super::site::short_level;
use super::{Asks, Coming, Link, Site, WallBadge};
use crate::domain::period::Period;
use crate::web::dates;
use crate::web::text::Text;
use askama::Template;
use jiff::Timestamp;

#[derive(Template)]
#[template(path = "programs.html")]
pub struct ProgramsPage {
    pub site: Site,
    pub programs: Vec<ProgramSummary>,
}

#[derive(Clone, Debug)]
pub struct ProgramSummary {
    pub url: String,
    pub name: String,
    /// Plain text.
    pub description: String,
    /// From the first level up.
    pub levels: Vec<ProgramLevel>,
}

#[derive(Template)]
#[template(path = "program.html")]
pub struct ProgramPage {
    pub site: Site,
    pub name: String,
    pub description: String,
    pub issuer: Link,
    /// The whole program as a file.
    pub file_url: String,
    /// From the first level up.
    pub levels: Vec<ProgramLevel>,
    /// What its committee has decided on as rules, the newest first.
    pub policies: Vec<PolicyShown>,
    /// Its newest public awards.
    pub newest: Vec<WallBadge>,
}

#[derive(Clone, Debug)]
pub struct PolicyShown {
    pub title: String,
    /// Safe HTML.
    pub text_html: String,
    pub since: Timestamp,
}

#[derive(Clone, Debug)]
pub struct ProgramLevel {
    /// The page of the level, `/achievements/{program}.{level}`.
    pub url: String,
    pub name: String,
    /// Plain text.
    pub description: String,
    pub image_url: String,
    /// What is published and has not begun, the next first; not on the list of programs.
    pub coming: Vec<Coming>,
    pub asks: Asks,
    /// How long a badge is valid; `None` for ever.
    pub validity: Option<Period>,
    /// How long before its end it can be renewed.
    pub renewal_window: Option<Period>,
    /// How many hold it now, publicly.
    pub holders: u64,
}

impl ProgramSummary {
    fn short<'a>(&self, level: &'a str) -> &'a str {
        short_level(&self.name, level)
    }
}

impl ProgramPage {
    fn short<'a>(&self, level: &'a str) -> &'a str {
        short_level(&self.name, level)
    }
}

impl ProgramLevel {
    /// “Valid for 2 years, renewable in the last 90 days”.
    fn validity_words(&self, t: &Text) -> String {
        validity_words(t, self.validity.as_ref(), self.renewal_window.as_ref())
    }
}

pub(super) fn validity_words(t: &Text, validity: Option<&Period>, window: Option<&Period>) -> String {
    let words = match (validity, window) {
        (None, _) => t.get("validity-for-ever"),
        (Some(validity), None) => t.with("validity-for", "span", dates::period(t, validity)),
        (Some(validity), Some(window)) => {
            t.with2("validity-for-renewable", "span", dates::period(t, validity), "window", dates::period(t, window))
        }
    };
    words.into_owned()
}
