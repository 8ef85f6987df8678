//! Scoring: each assessor grades every criterion alone, with a comment; then the panel talks and settles.
//!
//! The panel's grade on a criterion is the highest that more than half of its members give or surpass: with three the middle one, with
//! two the lower. The outcome follows from those grades by the rubric; nobody sets it by hand.

use super::{
    assessment::Assessment,
    field::{Faults, FieldError},
    rubric::{Grades, Rubric},
};

/// Of one comment, in characters.
pub const LONGEST_COMMENT: usize = 5_000;

/// One assessor's grade of one criterion. A draft may lack either.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Score {
    pub criterion: String,
    pub grade: Option<String>,
    pub comment: String,
}

/// A draft as it may be kept, each criterion at most once; or every fault, under `scores.{criterion}.…`.
pub fn check_draft(rubric: &Rubric, scores: &[Score]) -> Result<Vec<Score>, Vec<FieldError>> {
    let mut faults = Faults::default();
    let checked = scores.iter().enumerate().map(|(n, score)| {
        let earlier = scores.iter().take(n).any(|earlier| earlier.criterion == score.criterion);
        check_one(rubric, score, earlier, &mut faults)
    });
    let checked = checked.collect();
    faults.or(checked)
}

/// What is handed in: a grade and a comment for every criterion; or every fault.
pub fn check_whole(rubric: &Rubric, scores: &[Score]) -> Result<Vec<Score>, Vec<FieldError>> {
    let mut faults = check_draft(rubric, scores).err().unwrap_or_default();
    let mut whole = Vec::new();
    for criterion in &rubric.criteria {
        let given = scores.iter().find(|score| score.criterion == criterion.id).cloned().unwrap_or_default();
        let field = format!("scores.{}", criterion.id);
        if given.grade.is_none() {
            faults.push(FieldError::new(format!("{field}.grade"), "is missing: give the grade you found"));
        }
        if given.comment.trim().is_empty() {
            let message = "is missing: say what you saw, so that the others and the learner can follow";
            faults.push(FieldError::new(format!("{field}.comment"), message));
        }
        whole.push(Score {
            criterion: criterion.id.clone(),
            grade: given.grade,
            comment: given.comment.trim().to_owned(),
        });
    }
    if faults.is_empty() { Ok(whole) } else { Err(faults) }
}

fn check_one(rubric: &Rubric, score: &Score, twice: bool, faults: &mut Faults) -> Score {
    let field = format!("scores.{}", score.criterion);
    if !rubric.criteria.iter().any(|criterion| criterion.id == score.criterion) {
        faults.add(&field, "is no criterion of this level");
    } else if twice {
        faults.add(&field, "stands here twice");
    }
    if let Some(grade) = &score.grade
        && rubric.place(grade).is_none()
    {
        faults
            .add(format!("{field}.grade"), format!("“{grade}” is not one of the grades: {}", rubric.grades.join(", ")));
    }
    let comment = match score.comment.trim() {
        "" => String::new(),
        words => faults.text(&format!("{field}.comment"), words, LONGEST_COMMENT, true),
    };
    Score { criterion: score.criterion.clone(), grade: score.grade.clone(), comment }
}

/// The grades of what was handed in.
pub fn grades(scores: &[Score]) -> Grades {
    scores.iter().filter_map(|score| Some((score.criterion.clone(), score.grade.clone()?))).collect()
}

/// How far apart the sheets are on a criterion, in grades.
pub fn apart(rubric: &Rubric, criterion: &str, sheets: &[Grades]) -> usize {
    let places = places(rubric, criterion, sheets);
    match (places.first(), places.last()) {
        (Some(lowest), Some(highest)) => highest - lowest,
        _ => 0,
    }
}

/// What follows once someone has handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Others are still at it, or seats are empty.
    Wait,
    /// They are too far apart: one more assessor scores, blind like the first.
    Further,
    /// All is there: the panel sees it and talks.
    Settle,
}

/// `seats` are to sit, and `sheets` were handed in by those who do. A further assessor is asked for once.
pub fn next(rule: &Assessment, rubric: &Rubric, seats: u32, sheets: &[Grades]) -> Next {
    if sheets.len() < seats as usize {
        return Next::Wait;
    }
    let far = |criterion: &str| apart(rubric, criterion, sheets) >= rule.disagreement as usize;
    if seats <= rule.panel && rubric.criteria.iter().any(|criterion| far(&criterion.id)) {
        return Next::Further;
    }
    Next::Settle
}

/// The panel's grades, from those of each member; only criteria that someone graded.
pub fn panel_grades(rubric: &Rubric, sheets: &[Grades]) -> Grades {
    let one = |criterion: &super::rubric::Criterion| {
        let places = places(rubric, &criterion.id, sheets);
        let place = places.get(places.len().checked_sub(1)? / 2)?;
        Some((criterion.id.clone(), rubric.grades.get(*place)?.clone()))
    };
    rubric.criteria.iter().filter_map(one).collect()
}

/// Lowest first.
fn places(rubric: &Rubric, criterion: &str, sheets: &[Grades]) -> Vec<usize> {
    let mut places: Vec<usize> = sheets.iter().filter_map(|grades| rubric.place(grades.get(criterion)?)).collect();
    places.sort_unstable();
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::rubric::Criterion;

    fn rubric() -> Rubric {
        let criterion = |id: &str| Criterion {
            id: id.into(),
            name: id.into(),
            weight: 1,
            required: "Solid".into(),
            described: ["a", "b", "c", "d"].map(str::to_owned).to_vec(),
        };
        Rubric {
            grades: ["None", "Emerging", "Solid", "Exemplary"].map(str::to_owned).to_vec(),
            threshold: None,
            criteria: vec![criterion("design"), criterion("testing")],
        }
    }

    fn score(criterion: &str, grade: &str, comment: &str) -> Score {
        let grade = Some(grade.to_owned()).filter(|grade| !grade.is_empty());
        Score { criterion: criterion.into(), grade, comment: comment.into() }
    }

    fn sheet(design: &str, testing: &str) -> Grades {
        [("design", design), ("testing", testing)].map(|(id, grade)| (id.to_owned(), grade.to_owned())).into()
    }

    fn fields<T>(refused: Result<T, Vec<FieldError>>) -> Vec<String> {
        refused.err().unwrap_or_default().into_iter().map(|fault| fault.field).collect()
    }

    #[test]
    fn a_draft_may_lack_grades_and_comments_and_is_never_nonsense() {
        let rubric = rubric();
        let draft = [score("design", "", " thinking "), score("testing", "Solid", "")];
        let kept = check_draft(&rubric, &draft).unwrap();
        assert_eq!(kept, [score("design", "", "thinking"), score("testing", "Solid", "")]);
        let bad = [score("speed", "", ""), score("design", "Great", "a\u{0}"), score("design", "", "")];
        let named = ["scores.speed", "scores.design.grade", "scores.design.comment", "scores.design"];
        assert_eq!(fields(check_draft(&rubric, &bad)), named);
        assert_eq!(fields(check_draft(&rubric, &[score("design", "", &"x".repeat(5_001))])), ["scores.design.comment"]);
    }

    #[test]
    fn what_is_handed_in_has_a_grade_and_a_comment_for_every_criterion() {
        let rubric = rubric();
        let whole = [score("testing", "Solid", "Tests first."), score("design", "Emerging", "One large class.")];
        let kept = check_whole(&rubric, &whole).unwrap();
        assert_eq!(kept.iter().map(|score| score.criterion.as_str()).collect::<Vec<_>>(), ["design", "testing"]);
        assert_eq!(grades(&kept), sheet("Emerging", "Solid"));
        let named = ["scores.design.grade", "scores.design.comment", "scores.testing.comment"];
        assert_eq!(fields(check_whole(&rubric, &[score("testing", "Solid", " ")])), named);
    }

    #[test]
    fn the_panel_settles_only_when_all_have_handed_in_and_asks_one_more_when_they_are_too_far_apart() {
        let (rubric, rule) = (rubric(), Assessment::default());
        let near = [sheet("Solid", "Solid"), sheet("Solid", "Emerging"), sheet("Solid", "Solid")];
        assert_eq!(next(&rule, &rubric, 3, &near[..2]), Next::Wait);
        assert_eq!(next(&rule, &rubric, 3, &near), Next::Settle);
        let far = [sheet("Solid", "Exemplary"), sheet("Solid", "Emerging"), sheet("Solid", "Solid")];
        assert_eq!(apart(&rubric, "testing", &far), 2);
        assert_eq!(next(&rule, &rubric, 3, &far), Next::Further);
        assert_eq!(next(&rule, &rubric, 4, &far), Next::Wait, "the further one is still at it");
        let four: Vec<Grades> = far.iter().cloned().chain([sheet("None", "None")]).collect();
        assert_eq!(next(&rule, &rubric, 4, &four), Next::Settle, "it is asked for once");
        let strict = Assessment { disagreement: 1, ..rule };
        assert_eq!(next(&strict, &rubric, 3, &near), Next::Further);
    }

    #[test]
    fn the_panels_grade_is_the_highest_that_more_than_half_reach() {
        let rubric = rubric();
        let grade = |testing: &[&str]| {
            let sheets: Vec<Grades> = testing.iter().map(|grade| sheet("Solid", grade)).collect();
            panel_grades(&rubric, &sheets)["testing"].clone()
        };
        assert_eq!(grade(&["Solid"]), "Solid");
        assert_eq!(grade(&["Exemplary", "Emerging"]), "Emerging");
        assert_eq!(grade(&["Exemplary", "Emerging", "Solid"]), "Solid");
        assert_eq!(grade(&["Exemplary", "Solid", "Emerging", "Exemplary"]), "Solid");
        assert_eq!(grade(&["Exemplary", "Exemplary", "None"]), "Exemplary");
        assert!(panel_grades(&rubric, &[]).is_empty());
    }
}
