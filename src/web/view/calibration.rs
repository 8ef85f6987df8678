//! Samples for calibration: an assessor's sheet, a program's list, and how far its assessors agree.

use askama::Template;
use jiff::Timestamp;

use super::{CriterionSheet, MemberScore, Site, WorkShown};
use crate::domain::calibration::Agreement;

#[derive(Template)]
#[template(path = "sample.html")]
pub struct SamplePage {
    pub site: Site,
    /// `/assess/samples/{id}`.
    pub url: String,
    pub title: String,
    pub work: WorkShown,
    pub criteria: Vec<CriterionSheet>,
    pub state: SampleState,
    pub faulty: bool,
}

#[derive(Clone, Copy, PartialEq)]
pub enum SampleState {
    Open,
    /// Handed in: how far they agree with the others.
    Scored(Agreement),
    Closed,
}

#[derive(Template)]
#[template(path = "calibration.html")]
pub struct CalibrationPage {
    pub site: Site,
    pub program: String,
    pub queue_url: String,
    pub samples: Vec<SampleRow>,
}

pub struct SampleRow {
    pub url: String,
    pub title: String,
    pub marked: Timestamp,
    pub scored: i64,
    pub closed: bool,
}

impl SampleRow {
    fn scored_words(&self, site: &Site) -> String {
        site.text.with("sample-scored-by", "count", self.scored.unsigned_abs()).into_owned()
    }
}

#[derive(Template)]
#[template(path = "agreement.html")]
pub struct AgreementPage {
    pub site: Site,
    pub url: String,
    pub list_url: String,
    pub program: String,
    pub title: String,
    pub closed: bool,
    pub criteria: Vec<(String, Agreement, Vec<MemberScore>)>,
    pub assessors: Vec<(String, Agreement)>,
}

/// “67 % the same, 100 % within one grade”.
pub fn agreed(site: &Site, agreement: &Agreement) -> String {
    let words = match agreement.percent() {
        Some((exact, near)) => site.text.with2("agreement-percent", "exact", u64::from(exact), "near", u64::from(near)),
        None => site.text.get("agreement-none"),
    };
    words.into_owned()
}
