//! One level: what it says about those who hold it, what they had to show, and how long it lasts.

use super::program::validity_words;
use super::{Asks, Coming, Link, SaidFor, Site};
use crate::domain::period::Period;
use crate::web::dates;
use askama::Template;
use serde_json::json;

#[derive(Template)]
#[template(path = "achievement.html")]
pub struct AchievementPage {
    pub site: Site,
    pub name: String,
    /// Plain text.
    pub description: String,
    pub program: Link,
    pub issuer: Link,
    pub image_url: String,
    /// Its place in the ladder, from 1, and how many levels there are.
    pub step: u32,
    pub steps: u32,
    /// The levels below and above it.
    pub before: Option<Link>,
    pub next: Option<Link>,
    /// The version of its criteria.
    pub version: String,
    /// What is published and has not begun, the next first.
    pub coming: Vec<Coming>,
    pub asks: Asks,
    pub history_url: String,
    /// Where one begins on the way to it.
    pub enrol_url: String,
    pub validity: Option<Period>,
    pub renewal_window: Option<Period>,
    /// The same facts for programs.
    pub json_url: String,
    /// How many hold it now, publicly.
    pub holders: u64,
    /// What the issuer says for it.
    pub said: Vec<SaidFor>,
}

impl AchievementPage {
    /// The level for search engines, as a `EducationalOccupationalCredential` of schema.org. It can't end the element that it stands in.
    fn schema_org(&self) -> String {
        let mut level = json!({
            "@context": "https://schema.org",
            "@type": "EducationalOccupationalCredential",
            "name": self.name,
            "description": self.description,
            "url": self.site.absolute(self.json_url.trim_end_matches(".json")),
            "image": self.site.absolute(&self.image_url),
            "credentialCategory": "badge",
            "recognizedBy": {"@type": "Organization", "name": self.issuer.name, "url": self.site.absolute(&self.issuer.url)},
            "isPartOf": {"@type": "EducationalOccupationalProgram", "name": self.program.name, "url": self.site.absolute(&self.program.url)},
            "competencyRequired": self.asks.competencies.iter().map(|competency| &competency.name).collect::<Vec<_>>(),
        });
        if let (Some(validity), Some(level)) = (&self.validity, level.as_object_mut()) {
            level.insert("validFor".into(), validity.to_string().into());
        }
        level.to_string().replace('<', "\\u003c")
    }

    fn renewal_words(&self) -> String {
        let t = &self.site.text;
        let words = match (&self.validity, &self.renewal_window) {
            (None, _) => t.get("renew-never"),
            (Some(_), Some(window)) => t.with("renew-steps", "window", dates::period(t, window)),
            (Some(_), None) => t.get("renew-anytime"),
        };
        words.into_owned()
    }

    fn validity_words(&self) -> String {
        validity_words(&self.site.text, self.validity.as_ref(), self.renewal_window.as_ref())
    }
}
