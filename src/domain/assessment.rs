//! How a level is assessed: by how large a panel, in how long, and what happens when its members disagree.

use super::{field::Faults, rubric::Rubric};
use serde::{Deserialize, Serialize};

/// Each field may be left out; what then counts is [`Assessment::default`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Assessment {
    /// How many assessors, 1 to 9.
    pub panel: u32,
    /// How many different job functions they come from, at least.
    pub functions: u32,
    /// Days until the scores are due.
    pub days: u32,
    /// So many grades apart on one criterion ask for a further assessor.
    pub disagreement: u32,
    /// An owner of the program who did not sit confirms before the badge is given.
    pub second_look: bool,
    /// Days in which the learner may appeal.
    pub appeal_days: u32,
    /// Whether the badge names the panel's members; else it says only that a panel decided.
    pub names_shown: bool,
}

impl Default for Assessment {
    fn default() -> Self {
        Assessment {
            panel: 3,
            functions: 1,
            days: 14,
            disagreement: 2,
            second_look: false,
            appeal_days: 30,
            names_shown: false,
        }
    }
}

impl Assessment {
    /// Notes what is wrong with it, under `at` (`levels[2].assessment`).
    pub fn check(&self, rubric: Option<&Rubric>, at: &str, faults: &mut Faults) {
        let mut within = |name: &str, value: u32, least: u32, most: u32| {
            if !(least..=most).contains(&value) {
                faults.add(format!("{at}.{name}"), format!("is {value}; give a whole number from {least} to {most}"));
            }
        };
        within("panel", self.panel, 1, 9);
        within("functions", self.functions, 1, self.panel.clamp(1, 9));
        within("days", self.days, 1, 365);
        within("disagreement", self.disagreement, 1, 7);
        within("appeal_days", self.appeal_days, 1, 365);
        if rubric.is_none() {
            faults.add(at, "says who assesses, and the level has no rubric to assess by; add one");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str, rubric: bool) -> Vec<String> {
        let assessment: Assessment = toml::from_str(text).unwrap();
        let rubric =
            rubric.then(|| Rubric { grades: vec!["No".into(), "Yes".into()], threshold: None, criteria: vec![] });
        let mut faults = Faults::default();
        assessment.check(rubric.as_ref(), "a", &mut faults);
        faults.into_vec().into_iter().map(|fault| fault.field).collect()
    }

    #[test]
    fn what_is_not_said_is_as_usual() {
        let assessment: Assessment = toml::from_str("panel = 5").unwrap();
        assert_eq!(assessment, Assessment { panel: 5, ..Assessment::default() });
        assert!(toml::from_str::<Assessment>("pannel = 5").is_err());
    }

    #[test]
    fn a_panel_that_could_not_be_drawn_is_refused_with_its_place() {
        assert_eq!(faults("", true), Vec::<String>::new());
        assert_eq!(faults("", false), ["a"]);
        assert_eq!(faults("panel = 0", true), ["a.panel"]);
        assert_eq!(faults("panel = 10", true), ["a.panel"]);
        assert_eq!(faults("panel = 2\nfunctions = 3", true), ["a.functions"]);
        assert_eq!(faults("functions = 0\ndays = 0\ndisagreement = 0\nappeal_days = 0", true).len(), 4);
    }
}
