//! What is to be renewed in a program, and what a certification's next step is.

use askama::Template;
use jiff::Timestamp;

use super::site::short_level;
use super::{Link, Site, Tone};
use crate::domain::renewal::{Stand, Turn};

#[derive(Template)]
#[template(path = "renewals.html")]
pub struct RenewalsPage {
    pub site: Site,
    /// The owner's page of it.
    pub program: Link,
    /// `/run/{program}/renewals`.
    pub path: String,
    pub turn: Turn,
    /// The id of the one that is shown; empty for all.
    pub level: String,
    /// Those that end, by id and name.
    pub levels: Vec<(String, String)>,
    /// The first to end first.
    pub rows: Vec<RenewalRow>,
    pub next_url: Option<String>,
    pub csv_url: String,
}

pub struct RenewalRow {
    pub person: String,
    /// The way they are on, where they are.
    pub way_url: Option<String>,
    pub level: String,
    /// None where its holder shows it to nobody.
    pub certification_url: Option<String>,
    pub next: Next,
}

/// What comes next of a certification that ends.
#[derive(Clone, Copy, Debug)]
pub struct Next {
    pub stand: Stand,
    pub ends: Timestamp,
    /// Its holder is on the way to the level already.
    pub under_way: bool,
}

impl RenewalsPage {
    fn level<'a>(&self, name: &'a str) -> &'a str {
        short_level(&self.program.name, name)
    }

    /// Each choice with its words, and whether it is the one that is shown.
    fn turns(&self) -> Vec<(&'static str, String, bool)> {
        let shown = |turn: Turn| (turn.as_str(), turn_words(turn, &self.site), turn == self.turn);
        Turn::ALL.into_iter().map(shown).collect()
    }

    fn title(&self) -> String {
        turn_words(self.turn, &self.site)
    }

    fn lead(&self) -> String {
        let t = self.site.text;
        let words = match self.turn {
            Turn::Due => t.get("renewals-due-lead"),
            Turn::Later => t.get("renewals-later-lead"),
            Turn::Lapsed => t.get("renewals-lapsed-lead"),
        };
        words.into_owned()
    }
}

fn turn_words(turn: Turn, site: &Site) -> String {
    let words = match turn {
        Turn::Due => site.text.get("renewals-due"),
        Turn::Later => site.text.get("renewals-later"),
        Turn::Lapsed => site.text.get("renewals-lapsed"),
    };
    words.into_owned()
}

impl Next {
    pub fn tone(&self) -> Tone {
        match self.stand {
            _ if self.under_way => Tone::Valid,
            Stand::Endless | Stand::NotYet { .. } => Tone::Valid,
            Stand::Open { .. } | Stand::Grace { .. } => Tone::Attention,
            Stand::Lapsed => Tone::Invalid,
        }
    }

    /// In a few words: “Under way”, “Can be renewed before 3 June 2028”.
    pub fn words(&self, site: &Site) -> String {
        let t = &site.text;
        let words = match self.stand {
            _ if self.under_way => t.get("next-under-way"),
            Stand::Endless => t.get("standing-valid"),
            Stand::NotYet { opens } if opens >= self.ends => t.get("next-after-end"),
            Stand::NotYet { opens } => t.with("next-opens", "date", site.date(&opens)),
            Stand::Open { .. } => t.get("next-open"),
            Stand::Grace { last } => t.with("next-grace", "date", site.date(&last)),
            Stand::Lapsed => t.get("next-lapsed"),
        };
        words.into_owned()
    }
}
