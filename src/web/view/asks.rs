//! What a level asks for, as its page and the pages of its versions show it; and what one person reached of it.

use crate::domain::level::{Alignment, LevelContent};
use crate::domain::rubric::{Competency, CompetencyKind, Criterion, Grades, Rubric};
use crate::web::markdown;
use crate::web::text::Text;

#[derive(Clone, Debug, Default)]
pub struct Asks {
    /// Safe HTML made from the criteria's markdown.
    pub criteria_html: String,
    pub competencies: Vec<Competency>,
    pub rubric: Option<Rubric>,
    pub skills: Vec<Alignment>,
}

/// One criterion of the rubric under which someone was assessed.
#[derive(Clone, Debug, PartialEq)]
pub struct Reached {
    pub criterion: String,
    pub grade: String,
    /// What that grade looks like.
    pub described: String,
    /// The grade's place in the scale, from 1, and how many there are.
    pub place: usize,
    pub of: usize,
    pub required: String,
}

impl Asks {
    pub fn of(content: LevelContent) -> Self {
        Asks {
            criteria_html: markdown::to_html(&content.criteria),
            competencies: content.competencies,
            rubric: content.rubric,
            skills: content.alignments,
        }
    }

    pub(super) fn kind(&self, t: &Text, competency: &Competency) -> String {
        match competency.kind {
            CompetencyKind::Technical => t.get("competency-technical").into_owned(),
            CompetencyKind::Personal => t.get("competency-personal").into_owned(),
        }
    }

    /// “Weight 2, asks for Solid”.
    pub(super) fn weighed(&self, t: &Text, criterion: &Criterion) -> String {
        match criterion.weight {
            1 => t.with("rubric-asks", "grade", &criterion.required).into_owned(),
            weight => t.with2("rubric-weighs", "weight", weight, "grade", &criterion.required).into_owned(),
        }
    }
}

impl Reached {
    /// In the order of the rubric; empty where nothing was said.
    pub fn all(content: &LevelContent, grades: Option<&Grades>) -> Vec<Self> {
        let (Some(rubric), Some(grades)) = (&content.rubric, grades) else { return Vec::new() };
        let one = |criterion: &Criterion| {
            let grade = grades.get(&criterion.id)?;
            let place = rubric.place(grade)?;
            Some(Reached {
                criterion: criterion.name.clone(),
                grade: grade.clone(),
                described: criterion.described.get(place).cloned().unwrap_or_default(),
                place: place + 1,
                of: rubric.grades.len(),
                required: criterion.required.clone(),
            })
        };
        rubric.criteria.iter().filter_map(one).collect()
    }
}
