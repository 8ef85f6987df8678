//! What was decided, as the learner reads it, and what can be said against it.

use askama::Template;
use jiff::Timestamp;

use super::{DecisionShown, Site};

#[derive(Template)]
#[template(path = "decisions.html")]
pub struct DecisionsPage {
    pub site: Site,
    pub decisions: Vec<DecisionRow>,
    pub revocations: Vec<RevocationRow>,
    /// With whom a conflict is declared, and why.
    pub conflicts: Vec<(String, String)>,
    pub conflict: ConflictForm,
}

pub struct DecisionRow {
    pub url: String,
    pub level: String,
    pub passes: bool,
    pub decided: Timestamp,
    pub on_appeal: bool,
}

pub struct RevocationRow {
    pub level: String,
    pub badge_url: String,
    pub revoked: Timestamp,
    pub appeal: Option<AppealShown>,
    /// Where an appeal is sent, and until when.
    pub may: Option<(String, Timestamp)>,
    pub faulty: bool,
}

/// How one's own appeal stands.
pub struct AppealShown {
    pub filed: Timestamp,
    pub standing: AppealStanding,
    pub outcome: Option<String>,
    /// Where it is taken back, while it is open.
    pub withdraw_url: Option<String>,
}

#[derive(Clone, Copy)]
pub enum AppealStanding {
    Open,
    Upheld,
    Rejected,
    Withdrawn,
}

impl AppealShown {
    pub fn words(&self, site: &Site) -> String {
        let t = site.text;
        let filed = site.date(&self.filed);
        let words = match self.standing {
            AppealStanding::Open => t.with("appeal-open", "date", filed),
            AppealStanding::Upheld => t.get("appeal-upheld"),
            AppealStanding::Rejected => t.get("appeal-rejected"),
            AppealStanding::Withdrawn => t.get("appeal-withdrawn"),
        };
        words.into_owned()
    }
}

#[derive(Default)]
pub struct ConflictForm {
    pub other: String,
    pub reason: String,
    pub other_fault: bool,
    pub reason_fault: bool,
}

#[derive(Template)]
#[template(path = "decision.html")]
pub struct DecisionPage {
    pub site: Site,
    pub url: String,
    pub level: String,
    pub level_url: String,
    pub decided: Timestamp,
    pub on_appeal: bool,
    pub decision: DecisionShown,
    pub appeal: Option<AppealShown>,
    pub appeal_until: Option<Timestamp>,
    /// What was typed, when it was not right.
    pub reason: String,
    pub faulty: bool,
}

impl DecisionPage {
    fn appeal_url(&self) -> String {
        format!("{}/appeal", self.url)
    }
}
