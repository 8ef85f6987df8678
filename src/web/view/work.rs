//! What someone handed in, as those see it who judge it.

use super::Site;
use crate::domain::evidence::{Body, Evidence};

pub struct WorkShown {
    /// The reflective statement.
    pub statement: String,
    pub evidence: Vec<Evidence>,
}

impl WorkShown {
    pub fn kind(&self, evidence: &Evidence, site: &Site) -> String {
        let t = site.text;
        let words = match &evidence.body {
            Body::File(_) => t.get("work-file"),
            Body::Link { .. } => t.get("work-link"),
            Body::Text { .. } => t.get("work-text"),
            Body::Session { held_on } => t.with("work-session", "date", site.day(held_on)),
        };
        words.into_owned()
    }

    pub fn text<'a>(&self, evidence: &'a Evidence) -> Option<&'a str> {
        match &evidence.body {
            Body::Text { text } => Some(text),
            Body::File(_) | Body::Link { .. } | Body::Session { .. } => None,
        }
    }

    pub fn link<'a>(&self, evidence: &'a Evidence) -> Option<&'a str> {
        match &evidence.body {
            Body::Link { url } => Some(url),
            Body::File(_) | Body::Text { .. } | Body::Session { .. } => None,
        }
    }

    /// Where a file is to be had, with its name.
    pub fn file<'a>(&self, evidence: &'a Evidence) -> Option<(String, &'a str)> {
        let file = evidence.file().filter(|file| file.is_whole())?;
        Some((format!("/me/evidence/{}/file", evidence.id), &file.name))
    }
}
