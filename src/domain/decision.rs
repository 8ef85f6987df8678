//! What a panel found, and what can be said against it.
//!
//! A decision is proposed by someone who sat; it is final at once, or, where a second pair of eyes is asked for before a badge is
//! given, when an owner of the program who did not sit confirms it. They may return it to the panel, with why. Against “not yet” and
//! against a revocation the learner may appeal, once and within a time.

use super::{
    field::{Faults, FieldError},
    rubric::{Grades, Rubric},
    scoring::LONGEST_COMMENT,
};
use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Of a reason, of what is missing, of an appeal and its outcome, in characters.
pub const LONGEST_REASON: usize = 5_000;

#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    pub id: String,
    pub panel_id: String,
    pub outcome: Outcome,
    pub state: DecisionState,
    /// By the criterion's id.
    pub found: BTreeMap<String, Found>,
    /// Why, for the learner.
    pub reason: String,
    /// What is missing, for “not yet”.
    pub missing: Option<String>,
    pub missing_by: Option<Timestamp>,
    pub proposed_by: String,
    pub proposed_at: Timestamp,
    /// Who had the second look.
    pub confirmed_by: Option<String>,
    pub returned_for: Option<String>,
    pub decided_at: Option<Timestamp>,
    /// The award that a pass gave.
    pub award_id: Option<String>,
}

impl Decision {
    pub fn grades(&self) -> Grades {
        self.found.iter().map(|(id, found)| (id.clone(), found.grade.clone())).collect()
    }
}

/// The panel's grade of one criterion, and what it says of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Found {
    pub grade: String,
    pub comment: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Pass,
    NotYet,
}

impl Outcome {
    pub fn as_str(self) -> &'static str {
        match self {
            Outcome::Pass => "pass",
            Outcome::NotYet => "not_yet",
        }
    }

    pub fn parse(text: &str) -> Result<Self, String> {
        match text {
            "pass" => Ok(Outcome::Pass),
            "not_yet" => Ok(Outcome::NotYet),
            other => Err(format!("“{other}” is not an outcome")),
        }
    }

    /// What the rubric makes of the panel's grades.
    pub fn of(rubric: &Rubric, grades: &Grades) -> Self {
        if rubric.passed(grades).is_ok() { Outcome::Pass } else { Outcome::NotYet }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecisionState {
    /// Waits for a second look.
    Proposed,
    Final,
    /// Went back to its panel.
    Returned,
}

impl DecisionState {
    pub fn as_str(self) -> &'static str {
        match self {
            DecisionState::Proposed => "proposed",
            DecisionState::Final => "final",
            DecisionState::Returned => "returned",
        }
    }

    pub fn parse(text: &str) -> Result<Self, String> {
        [DecisionState::Proposed, DecisionState::Final, DecisionState::Returned]
            .into_iter()
            .find(|state| state.as_str() == text)
            .ok_or_else(|| format!("“{text}” is not a state of a decision"))
    }
}

/// What the panel says beside its grades.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Words {
    pub reason: String,
    /// What it says of each criterion, by its id.
    pub comments: BTreeMap<String, String>,
    /// What is missing, for “not yet”.
    pub missing: String,
    /// The day by which it is to be there, such as 2027-01-31.
    pub missing_by: String,
}

/// The words of a decision without a fault.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    pub reason: String,
    pub found: BTreeMap<String, Found>,
    pub missing: Option<(String, Timestamp)>,
}

impl Words {
    /// A reason and a comment for every criterion; for “not yet” what is missing too, and a day after `today` in `zone` by whose end
    /// it is to be there.
    pub fn check(
        &self,
        outcome: Outcome,
        grades: &Grades,
        today: Date,
        zone: &TimeZone,
    ) -> Result<Said, Vec<FieldError>> {
        let mut faults = Faults::default();
        let reason = faults.text("reason", &self.reason, LONGEST_REASON, true);
        let mut found = BTreeMap::new();
        for (criterion, grade) in grades {
            let said = self.comments.get(criterion).map(String::as_str).unwrap_or_default();
            let comment = faults.text(&format!("comments.{criterion}"), said, LONGEST_COMMENT, true);
            found.insert(criterion.clone(), Found { grade: grade.clone(), comment });
        }
        let missing = match outcome {
            Outcome::Pass => None,
            Outcome::NotYet => {
                let missing = faults.text("missing", &self.missing, LONGEST_REASON, true);
                let by = faults.take("missing_by", day_end(&self.missing_by, today, zone));
                by.map(|by| (missing, by))
            }
        };
        faults.or(Said { reason, found, missing })
    }
}

fn day_end(text: &str, today: Date, zone: &TimeZone) -> Result<Timestamp, &'static str> {
    let day: Date = text.trim().parse().map_err(|_| "is not a date such as 2027-01-31")?;
    if day <= today {
        return Err("must lie ahead, so that there is time to do it");
    }
    let end = day.at(23, 59, 59, 0).to_zoned_datetime(zone.clone());
    end.map(|end| end.timestamp()).map_err(|_| "lies outside the calendar")
}

#[derive(Clone, Debug, PartialEq)]
pub struct Appeal {
    pub id: String,
    pub person_id: String,
    pub against: Against,
    pub reason: String,
    pub state: AppealState,
    /// What came of it, in words.
    pub outcome: Option<String>,
    /// The new panel.
    pub panel_id: Option<String>,
    pub filed_at: Timestamp,
    pub decided_at: Option<Timestamp>,
    /// Who decided where no panel did.
    pub decided_by: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Against {
    /// A decision that says “not yet”.
    Decision(String),
    /// The revocation of an award.
    Revocation(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AppealState {
    Open,
    Upheld,
    Rejected,
    Withdrawn,
}

impl AppealState {
    pub fn as_str(self) -> &'static str {
        match self {
            AppealState::Open => "open",
            AppealState::Upheld => "upheld",
            AppealState::Rejected => "rejected",
            AppealState::Withdrawn => "withdrawn",
        }
    }

    pub fn parse(text: &str) -> Result<Self, String> {
        [AppealState::Open, AppealState::Upheld, AppealState::Rejected, AppealState::Withdrawn]
            .into_iter()
            .find(|state| state.as_str() == text)
            .ok_or_else(|| format!("“{text}” is not a state of an appeal"))
    }
}

/// Until when one may appeal against what was decided at `at`: so many whole days later.
pub fn appeal_until(at: Timestamp, days: u32) -> Option<Timestamp> {
    at.checked_add(SignedDuration::from_hours(24 * i64::from(days))).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(outcome: Outcome, words: &Words) -> Result<Said, Vec<String>> {
        let grades: Grades = [("design".to_owned(), "Solid".to_owned())].into();
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let fields = |faults: Vec<FieldError>| faults.into_iter().map(|fault| fault.field).collect();
        words.check(outcome, &grades, "2026-11-24".parse().unwrap(), &zone).map_err(fields)
    }

    fn words() -> Words {
        Words {
            reason: " Well done. ".into(),
            comments: [("design".to_owned(), "Clear.".to_owned())].into(),
            ..Words::default()
        }
    }

    #[test]
    fn a_pass_says_why_and_something_of_each_criterion() {
        let pass = said(Outcome::Pass, &words()).unwrap();
        assert_eq!((pass.reason.as_str(), pass.missing), ("Well done.", None));
        assert_eq!(pass.found["design"], Found { grade: "Solid".into(), comment: "Clear.".into() });
        assert_eq!(said(Outcome::Pass, &Words::default()).unwrap_err(), ["reason", "comments.design"]);
    }

    #[test]
    fn not_yet_says_what_is_missing_and_by_when() {
        assert_eq!(said(Outcome::NotYet, &words()).unwrap_err(), ["missing", "missing_by"]);
        let by = |day: &str| Words { missing: "A second change.".into(), missing_by: day.into(), ..words() };
        for past in ["2026-11-24", "2026-11-01", "soon", "9999-12-31x"] {
            assert_eq!(said(Outcome::NotYet, &by(past)).unwrap_err(), ["missing_by"], "{past}");
        }
        let (missing, until) = said(Outcome::NotYet, &by(" 2027-01-31 ")).unwrap().missing.unwrap();
        assert_eq!((missing.as_str(), until.to_string().as_str()), ("A second change.", "2027-01-31T22:59:59Z"));
    }

    #[test]
    fn an_appeal_has_so_many_days() {
        let until = appeal_until("2026-11-24T12:00:00Z".parse().unwrap(), 30).unwrap();
        assert_eq!(until.to_string(), "2026-12-24T12:00:00Z");
    }
}
