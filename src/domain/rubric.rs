//! Rubrics: what is looked at, the grades in words, which grade each criterion asks for, and what all of them make together.
//!
//! One scale of grades, lowest first, serves all criteria of a level; each says in words what a grade looks like there. A grade is
//! worth its place in the scale, from 0, times the criterion's weight; the threshold is a share of the most that can be had.

use super::{
    field::{Faults, FieldError},
    id::slug,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The grade that was reached, by the criterion's id.
pub type Grades = BTreeMap<String, String>;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rubric {
    /// Lowest first.
    pub grades: Vec<String>,
    /// Percent of all weighted points; none when it is enough that each criterion reaches its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub threshold: Option<u32>,
    pub criteria: Vec<Criterion>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// A slug; stands in the addresses of the badge's results.
    pub id: String,
    pub name: String,
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub weight: u32,
    /// The lowest grade that is enough.
    pub required: String,
    /// What each grade looks like here, in the order of the grades.
    pub described: Vec<String>,
}

/// What someone who holds the level can do, and how it shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Competency {
    pub name: String,
    #[serde(default)]
    pub kind: CompetencyKind,
    /// What one can see someone do.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub indicators: Vec<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CompetencyKind {
    #[default]
    Technical,
    /// How someone works with others.
    Personal,
}

fn one() -> u32 {
    1
}

fn is_one(weight: &u32) -> bool {
    *weight == 1
}

impl Rubric {
    /// Notes what is wrong with it as it was written, under `at` (`levels[2].rubric`).
    pub fn check(&self, at: &str, faults: &mut Faults) {
        if !(2..=8).contains(&self.grades.len()) {
            faults.add(format!("{at}.grades"), format!("has {} grades; a scale has 2 to 8", self.grades.len()));
        }
        for (n, grade) in self.grades.iter().enumerate() {
            let field = format!("{at}.grades[{n}]");
            faults.text(&field, grade, 60, false);
            if self.grades.iter().take(n).any(|earlier| earlier == grade) {
                faults.add(field, "stands twice in the scale; give each grade its own name");
            }
        }
        if self.threshold.is_some_and(|percent| !(1..=100).contains(&percent)) {
            faults.add(format!("{at}.threshold"), "is a share in percent; give 1 to 100");
        }
        if !(1..=20).contains(&self.criteria.len()) {
            faults.add(format!("{at}.criteria"), format!("has {} criteria; a rubric has 1 to 20", self.criteria.len()));
        }
        for (n, criterion) in self.criteria.iter().enumerate() {
            let field = format!("{at}.criteria[{n}]");
            self.check_criterion(criterion, &field, faults);
            if self.criteria.iter().take(n).any(|earlier| earlier.id == criterion.id) {
                faults.add(format!("{field}.id"), "is used by an earlier criterion; give each its own");
            }
        }
    }

    fn check_criterion(&self, criterion: &Criterion, at: &str, faults: &mut Faults) {
        faults.take(&format!("{at}.id"), slug(&criterion.id));
        faults.text(&format!("{at}.name"), &criterion.name, 200, false);
        if !(1..=100).contains(&criterion.weight) {
            faults.add(format!("{at}.weight"), "is a whole number from 1 to 100");
        }
        if self.place(&criterion.required).is_none() {
            let message = format!("“{}” is not one of the grades: {}", criterion.required, self.grades.join(", "));
            faults.add(format!("{at}.required"), message);
        }
        if criterion.described.len() != self.grades.len() {
            let message = format!(
                "has {} descriptions for {} grades; describe each of them",
                criterion.described.len(),
                self.grades.len()
            );
            faults.add(format!("{at}.described"), message);
        }
        for (n, words) in criterion.described.iter().enumerate() {
            faults.text(&format!("{at}.described[{n}]"), words, 1_000, false);
        }
    }

    /// The place of a grade in the scale, from 0.
    pub fn place(&self, grade: &str) -> Option<usize> {
        self.grades.iter().position(|known| known == grade)
    }

    /// The weighted points that a grade of a criterion is worth.
    pub fn points(&self, criterion: &Criterion, grade: &str) -> u32 {
        criterion.weight.saturating_mul(self.place(grade).unwrap_or(0) as u32)
    }

    /// What the grades make together: percent of all weighted points, rounded down.
    pub fn percent(&self, grades: &Grades) -> u32 {
        let top = self.grades.len().saturating_sub(1) as u32;
        let most: u32 = self.criteria.iter().map(|criterion| criterion.weight.saturating_mul(top)).sum();
        let reached: u32 =
            self.criteria.iter().filter_map(|criterion| Some(self.points(criterion, grades.get(&criterion.id)?))).sum();
        if most == 0 { 0 } else { (u64::from(reached) * 100 / u64::from(most)) as u32 }
    }

    /// Whether these grades earn the level: every criterion graded, each as high as it must be, and the threshold reached.
    pub fn passed(&self, grades: &Grades) -> Result<(), Vec<FieldError>> {
        let mut faults = Faults::default();
        for id in grades.keys() {
            if !self.criteria.iter().any(|criterion| criterion.id == *id) {
                let known: Vec<&str> = self.criteria.iter().map(|criterion| criterion.id.as_str()).collect();
                faults.add(
                    format!("results.{id}"),
                    format!("is no criterion of this level; they are {}", known.join(", ")),
                );
            }
        }
        for criterion in &self.criteria {
            let field = format!("results.{}", criterion.id);
            let Some(grade) = grades.get(&criterion.id) else {
                faults.add(field, format!("is missing: give the grade that was reached in “{}”", criterion.name));
                continue;
            };
            match (self.place(grade), self.place(&criterion.required)) {
                (None, _) => {
                    faults.add(field, format!("“{grade}” is not one of the grades: {}", self.grades.join(", ")));
                }
                (Some(reached), Some(required)) if reached < required => {
                    faults.add(field, format!("is “{grade}”, and this level asks for “{}”", criterion.required));
                }
                _ => {}
            }
        }
        if let Some(threshold) = self.threshold
            && faults.is_empty()
            && self.percent(grades) < threshold
        {
            let message =
                format!("make {} % of all points together; this level asks for {threshold} %", self.percent(grades));
            faults.add("results", message);
        }
        faults.or(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rubric() -> Rubric {
        let criterion = |id: &str, weight, required: &str| Criterion {
            id: id.into(),
            name: format!("Is good at {id}"),
            weight,
            required: required.into(),
            described: vec!["Not yet.".into(), "Well.".into(), "Better than most.".into()],
        };
        Rubric {
            grades: vec!["Emerging".into(), "Solid".into(), "Exemplary".into()],
            threshold: Some(60),
            criteria: vec![criterion("testing", 2, "Solid"), criterion("design", 1, "Emerging")],
        }
    }

    fn grades(testing: &str, design: &str) -> Grades {
        [("testing", testing), ("design", design)].map(|(id, grade)| (id.to_owned(), grade.to_owned())).into()
    }

    fn fields(refused: Result<(), Vec<FieldError>>) -> Vec<String> {
        refused.err().unwrap_or_default().into_iter().map(|fault| fault.field).collect()
    }

    #[test]
    fn points_are_the_place_of_the_grade_times_the_weight() {
        let rubric = rubric();
        assert_eq!(rubric.percent(&grades("Exemplary", "Exemplary")), 100);
        assert_eq!(rubric.percent(&grades("Solid", "Emerging")), 33);
        assert_eq!(rubric.percent(&grades("Exemplary", "Emerging")), 66);
        assert_eq!(rubric.percent(&Grades::new()), 0);
    }

    #[test]
    fn a_level_is_earned_when_each_criterion_and_the_threshold_are_reached() {
        let rubric = rubric();
        assert_eq!(rubric.passed(&grades("Exemplary", "Emerging")), Ok(()));
        assert_eq!(rubric.passed(&grades("Solid", "Exemplary")), Ok(()));
        assert_eq!(fields(rubric.passed(&grades("Emerging", "Exemplary"))), ["results.testing"]);
        assert_eq!(fields(rubric.passed(&grades("Solid", "Emerging"))), ["results"]);
        assert_eq!(fields(rubric.passed(&grades("Solid", "Great"))), ["results.design"]);
        let mut more = grades("Exemplary", "Solid");
        more.insert("speed".into(), "Solid".into());
        more.remove("design");
        assert_eq!(fields(rubric.passed(&more)), ["results.speed", "results.design"]);
    }

    #[test]
    fn a_rubric_that_could_not_be_used_is_refused_with_each_place() {
        let mut faults = Faults::default();
        rubric().check("r", &mut faults);
        assert!(faults.is_empty());
        let mut bad = rubric();
        bad.grades[1] = "Emerging".into();
        bad.threshold = Some(101);
        bad.criteria[1].id = "testing".into();
        bad.criteria[1].described.pop();
        bad.criteria[0].weight = 0;
        bad.check("r", &mut faults);
        let named: Vec<String> = faults.into_vec().into_iter().map(|fault| fault.field).collect();
        assert_eq!(
            named,
            [
                "r.grades[1]",
                "r.threshold",
                "r.criteria[0].weight",
                "r.criteria[0].required",
                "r.criteria[1].described",
                "r.criteria[1].id"
            ]
        );
    }
}
