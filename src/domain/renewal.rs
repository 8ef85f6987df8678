//! What someone must do to have an award renewed. A level that says nothing asks for the same again.

use super::{
    field::Faults,
    period::Period,
    requirement::{self, ElectiveGroup, Requirement, RequirementFile},
    rubric::Rubric,
};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Renewal {
    /// Its own, lighter or different; none when a new assessment is all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requirements: Vec<Requirement>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub electives: Vec<ElectiveGroup>,
    /// Whether a panel assesses again.
    pub assessed: bool,
    /// How long after the end it may still be renewed, from the day of issue on; whoever comes later starts anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grace: Option<Period>,
}

/// As it is written.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct RenewalFile {
    #[serde(default = "yes")]
    pub assessed: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grace: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requirements: Vec<RequirementFile>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub electives: Vec<ElectiveGroup>,
}

fn yes() -> bool {
    true
}

impl RenewalFile {
    /// What is meant; faults are noted under `at` (`levels[2].renewal`).
    pub fn check(&self, rubric: Option<&Rubric>, endless: bool, at: &str, faults: &mut Faults) -> Renewal {
        let (at_requirements, at_groups) = (format!("{at}.requirements"), format!("{at}.electives"));
        let requirements =
            requirement::check((&self.requirements, &at_requirements), (&self.electives, &at_groups), faults);
        let grace = self.grace.as_ref().and_then(|text| faults.take(&format!("{at}.grace"), Period::parse(text)));
        if endless {
            faults.add(at, "needs a validity: a level that never ends is never renewed");
        }
        if self.assessed && rubric.is_none() {
            let message = "is assessed unless you say otherwise, and the level has no rubric; say assessed = false";
            faults.add(format!("{at}.assessed"), message);
        }
        if !self.assessed && self.requirements.is_empty() {
            faults.add(at, "asks for nothing at all; name requirements, or let it be assessed");
        }
        if !self.assessed && self.requirements.iter().any(|written| written.submission) {
            faults.add(format!("{at}.assessed"), "is false, and assessed work is asked for; say one or the other");
        }
        Renewal { requirements, electives: self.electives.clone(), assessed: self.assessed, grace }
    }
}

impl From<Renewal> for RenewalFile {
    fn from(renewal: Renewal) -> Self {
        RenewalFile {
            assessed: renewal.assessed,
            grace: renewal.grace.map(|period| period.to_string()),
            requirements: renewal.requirements.into_iter().map(RequirementFile::from).collect(),
            electives: renewal.electives,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str, rubric: bool, endless: bool) -> Vec<String> {
        let written: RenewalFile = toml::from_str(text).unwrap();
        let rubric = rubric.then(|| Rubric { grades: Vec::new(), threshold: None, criteria: Vec::new() });
        let mut faults = Faults::default();
        written.check(rubric.as_ref(), endless, "n", &mut faults);
        faults.into_vec().into_iter().map(|fault| fault.field).collect()
    }

    #[test]
    fn a_renewal_asks_for_something_that_can_be_done() {
        assert_eq!(faults("", true, false), Vec::<String>::new());
        assert_eq!(faults("", false, false), ["n.assessed"]);
        assert_eq!(faults("assessed = false", true, false), ["n"]);
        assert_eq!(faults("", true, true), ["n"]);
        assert_eq!(faults("grace = \"a while\"", true, false), ["n.grace"]);
        let talk = "[[requirements]]\nid = \"talk\"\nname = \"A talk\"\nsubmission = true";
        assert_eq!(faults(&format!("assessed = false\n{talk}"), true, false), ["n.assessed"]);
        assert_eq!(faults(&talk.replace("submission = true", ""), true, false), ["n.requirements[0]"]);
    }
}
