//! What an owner of a program sees: its levels and who is on the way, what is coming, and drafts of it with what they would change.

use super::{Coming, Link, Site};
use crate::domain::changes::{Change, Fate, Line};
use crate::domain::field::FieldError;
use crate::web::text::Text;
use askama::Template;
use jiff::Timestamp;
use jiff::civil::Date;
use std::borrow::Cow;

#[derive(Template)]
#[template(path = "runs.html")]
pub struct RunsPage {
    pub site: Site,
    pub programs: Vec<AwaitingRow>,
    pub next_url: Option<String>,
}

/// A program with what waits for its owners.
#[derive(Clone, Debug)]
pub struct AwaitingRow {
    pub program: Link,
    /// What someone must do, how many of it, and where; what is most pressing first.
    pub waits: Vec<(Waits, i64, String)>,
    /// What goes on, in the same way.
    pub under_way: [(Waits, i64, String); 3],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waits {
    /// For an owner's words.
    Appeals,
    SecondLooks,
    /// Panels that lack assessors.
    Short,
    /// Panels that are past their day.
    Overdue,
    /// Learners who have asked for a mentor.
    Mentors,
    Learners,
    Panels,
    /// What can be renewed now.
    Renewals,
}

impl Waits {
    fn words(&self, count: &i64, t: &Text) -> String {
        let key = match self {
            Waits::Appeals => "await-appeals",
            Waits::SecondLooks => "await-second-looks",
            Waits::Short => "await-short",
            Waits::Overdue => "await-overdue",
            Waits::Mentors => "await-mentors",
            Waits::Learners => "await-learners",
            Waits::Panels => "await-panels",
            Waits::Renewals => "await-renewals",
        };
        t.with(key, "count", *count).into_owned()
    }
}

#[derive(Template)]
#[template(path = "run.html")]
pub struct RunPage {
    pub site: Site,
    pub program: Link,
    /// Its panels, appeals and second looks.
    pub queue_url: String,
    /// What ends, and what is to be renewed.
    pub renewals_url: String,
    /// How its certificates look.
    pub suspensions_url: String,
    pub look_url: String,
    /// Where a badge is put together.
    pub designer_url: String,
    /// Where what was given is to be had as one ZIP, and by which levels: ids and names.
    pub given_url: String,
    pub given_levels: Vec<(String, String)>,
    pub levels: Vec<RunLevel>,
    pub drafts: Vec<DraftRow>,
    pub new_draft_url: String,
    /// What is before the committee; none where the program has none.
    pub proposals: Option<Vec<ProposalRow>>,
}

#[derive(Clone, Debug)]
pub struct RunLevel {
    pub level: Link,
    pub version: i64,
    pub history_url: String,
    /// How many are on the way, by version, the newest first.
    pub on_the_way: Vec<(i64, u64)>,
    pub review_by: Option<Date>,
    pub coming: Vec<Coming>,
}

#[derive(Clone, Debug)]
pub struct DraftRow {
    pub url: String,
    pub author: String,
    pub updated: Timestamp,
}

/// A proposal in a list.
#[derive(Clone, Debug)]
pub struct ProposalRow {
    /// Where the reader may open it.
    pub url: Option<String>,
    pub title: String,
    pub kind: &'static str,
    pub state: &'static str,
    pub closes: Timestamp,
    pub closed: Option<Timestamp>,
}

#[derive(Template)]
#[template(path = "draft.html")]
pub struct DraftPage {
    pub site: Site,
    pub program: Link,
    /// Where its forms are sent; a draft that is new has no other actions.
    pub url: String,
    pub is_new: bool,
    pub file: String,
    /// What would be refused, by its place.
    pub faults: Vec<FieldError>,
    pub levels: Vec<LevelChanges>,
    /// Whether it is proposed to a committee instead of being published.
    pub governed: bool,
    /// Whether it was just proposed, and something typed for that was not right.
    pub proposing: bool,
    /// What was typed for the proposal.
    pub title: String,
    pub reason: String,
}

/// What would change of a level.
#[derive(Clone, Debug)]
pub struct LevelChanges {
    pub name: String,
    /// None for a level that is new.
    pub changes: Option<Vec<Change>>,
}

impl RunLevel {
    pub(super) fn total(&self) -> u64 {
        self.on_the_way.iter().map(|(_, count)| count).sum()
    }

    /// “2 under version 1”, for those under another than the current version.
    pub(super) fn behind(&self, t: &Text) -> Vec<String> {
        let others = self.on_the_way.iter().filter(|(version, _)| *version != self.version);
        others
            .map(|(version, count)| t.with2("run-behind", "count", *count, "version", *version).into_owned())
            .collect()
    }
}

impl ProposalRow {
    pub(super) fn kind_words(&self, t: &Text) -> Cow<'static, str> {
        proposal_kind(t, self.kind)
    }

    /// “Open until 8 December 2026”, “Accepted on 8 December 2026”.
    pub(super) fn state_words(&self, site: &Site) -> String {
        proposal_state(site, self.state, &self.closes, self.closed.as_ref())
    }
}

pub(super) fn proposal_kind(t: &Text, kind: &str) -> Cow<'static, str> {
    match kind {
        "criteria" => t.get("proposal-criteria"),
        "policy" => t.get("proposal-policy"),
        _ => t.get("proposal-revocation"),
    }
}

pub(super) fn proposal_state(site: &Site, state: &str, closes: &Timestamp, closed: Option<&Timestamp>) -> String {
    let t = &site.text;
    let ended = site.date(closed.unwrap_or(closes));
    let words = match state {
        "open" => t.with("proposal-open", "moment", site.moment(closes)),
        "accepted" => t.with("proposal-accepted", "date", ended),
        "rejected" => t.with("proposal-rejected", "date", ended),
        "failed" => t.with("proposal-failed", "date", ended),
        _ => t.with("proposal-withdrawn", "date", ended),
    };
    words.into_owned()
}

impl DraftPage {
    pub(super) fn part(&self, change: &Change) -> Cow<'static, str> {
        super::versions::part_words(&self.site.text, change.part)
    }

    pub(super) fn fate(&self, line: &Line) -> (&'static str, &'static str, Cow<'static, str>) {
        fate(&self.site.text, line)
    }

    /// Whether anything would be different.
    pub(super) fn differs(&self) -> bool {
        self.levels.iter().any(|level| level.changes.as_ref().is_none_or(|changes| !changes.is_empty()))
    }
}

/// A line's class, its sign, and the word that stands for its colour.
pub(super) fn fate(t: &Text, line: &Line) -> (&'static str, &'static str, Cow<'static, str>) {
    match line.fate {
        Fate::Kept => ("kept", " ", Cow::Borrowed("")),
        Fate::Removed => ("removed", "−", t.get("change-removed")),
        Fate::Added => ("added", "+", t.get("change-added")),
    }
}
