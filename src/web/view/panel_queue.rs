//! What whoever runs a program sees of its panels: what is late or stuck first, and each panel with what can be done.

use askama::Template;
use jiff::Timestamp;

use super::{DecisionShown, Site, WorkShown};
use crate::domain::panel::Lacking;

#[derive(Template)]
#[template(path = "panel_queue.html")]
pub struct ProgramQueuePage {
    pub site: Site,
    pub program: String,
    /// In this order: short, overdue, second looks, under way.
    pub short: Vec<PanelRow>,
    pub overdue: Vec<PanelRow>,
    pub second_looks: Vec<PanelRow>,
    pub under_way: Vec<PanelRow>,
    pub appeals: Vec<AppealRow>,
}

pub struct PanelRow {
    pub url: String,
    pub learner: String,
    pub level: String,
    pub due: Timestamp,
    pub scored: i64,
    pub seats: u32,
    pub settling: bool,
    pub lacking: Option<Lacking>,
    pub on_appeal: bool,
}

impl PanelRow {
    fn progress(&self, site: &Site) -> String {
        if self.settling {
            return site.text.get("turn-settling").into_owned();
        }
        let scored = self.scored.unsigned_abs();
        site.text.with2("assess-progress", "scored", scored, "seats", u64::from(self.seats)).into_owned()
    }
}

pub fn lacking(site: &Site, lacking: &Lacking) -> String {
    let seats = site.text.with("lacking-seats", "count", u64::from(lacking.seats));
    match lacking.functions {
        0 => seats.into_owned(),
        more => format!("{seats} {}", site.text.with("lacking-functions", "count", u64::from(more))),
    }
}

pub struct AppealRow {
    /// Where the answer is sent.
    pub answer_url: String,
    pub badge_url: String,
    pub learner: String,
    pub level: String,
    pub reason: String,
    pub filed: Timestamp,
    /// What was typed, when it was not right.
    pub outcome: String,
    pub faulty: bool,
}

impl ProgramQueuePage {
    fn calibration_url(&self) -> String {
        self.site.path.replace("/queue", "/calibration")
    }

    fn is_empty(&self) -> bool {
        [&self.short, &self.overdue, &self.second_looks, &self.under_way].iter().all(|rows| rows.is_empty())
            && self.appeals.is_empty()
    }

    /// The groups that hold something: the anchor, title and rows.
    fn groups(&self) -> Vec<(&'static str, String, &[PanelRow])> {
        let t = self.site.text;
        let all = [
            ("short", t.get("queue-short"), self.short.as_slice()),
            ("overdue", t.get("queue-overdue"), self.overdue.as_slice()),
            ("second-looks", t.get("queue-second-looks"), self.second_looks.as_slice()),
            ("under-way", t.get("queue-under-way"), self.under_way.as_slice()),
        ];
        let held = all.into_iter().filter(|(.., rows)| !rows.is_empty());
        held.map(|(id, title, rows)| (id, title.into_owned(), rows)).collect()
    }
}

#[derive(Template)]
#[template(path = "panel_overview.html")]
pub struct PanelOverviewPage {
    pub site: Site,
    /// `/run/{program}/panels/{panel}`.
    pub url: String,
    pub queue_url: String,
    pub program: String,
    pub learner: String,
    pub level: String,
    pub row: PanelRow,
    pub open: bool,
    pub members: Vec<MemberRow>,
    pub work: WorkShown,
    pub appeal: Option<String>,
    pub decision: Option<DecisionShown>,
    /// Where the second look is sent, for one who may have it; with nothing for one who may not.
    pub second_look: Option<Option<String>>,
    /// Whether the work can become a sample: it is decided.
    pub can_be_sample: bool,
    pub faulty: bool,
}

pub struct MemberRow {
    pub id: String,
    pub name: String,
    pub function: Option<String>,
    pub state: MemberState,
}

pub enum MemberState {
    AtIt,
    Scored(Timestamp),
    Agreed(Timestamp),
    Left(String),
}
