//! How far assessors agree: what each gave to the same sample, compared two by two.

use super::rubric::{Grades, Rubric};

/// Of pairs of grades that two assessors gave to the same thing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Agreement {
    pub pairs: u32,
    /// The same grade.
    pub exact: u32,
    /// The same or the next one; the exact ones among them.
    pub near: u32,
}

impl Agreement {
    /// Percent of the pairs with the same grade, and with at most one grade between them, rounded down; none without any pair.
    pub fn percent(&self) -> Option<(u32, u32)> {
        let share = |part: u32| part.saturating_mul(100).checked_div(self.pairs);
        Some((share(self.exact)?, share(self.near)?))
    }

    fn note(&mut self, one: usize, other: usize) {
        self.pairs += 1;
        self.exact += u32::from(one == other);
        self.near += u32::from(one.abs_diff(other) <= 1);
    }
}

/// Of all assessors on one criterion.
pub fn on_criterion(rubric: &Rubric, criterion: &str, sheets: &[&Grades]) -> Agreement {
    let places: Vec<usize> = sheets.iter().filter_map(|grades| rubric.place(grades.get(criterion)?)).collect();
    let mut agreement = Agreement::default();
    for (n, one) in places.iter().enumerate() {
        for other in places.iter().skip(n + 1) {
            agreement.note(*one, *other);
        }
    }
    agreement
}

/// Of one assessor with each of the others, over all criteria.
pub fn with_others(rubric: &Rubric, own: &Grades, others: &[&Grades]) -> Agreement {
    let mut agreement = Agreement::default();
    for criterion in &rubric.criteria {
        let place = |grades: &Grades| rubric.place(grades.get(&criterion.id)?);
        let Some(one) = place(own) else { continue };
        for other in others.iter().filter_map(|grades| place(grades)) {
            agreement.note(one, other);
        }
    }
    agreement
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
            described: vec![String::new(); 4],
        };
        Rubric {
            grades: ["None", "Emerging", "Solid", "Exemplary"].map(str::to_owned).to_vec(),
            threshold: None,
            criteria: vec![criterion("design"), criterion("testing")],
        }
    }

    fn sheet(design: &str, testing: &str) -> Grades {
        [("design", design), ("testing", testing)].map(|(id, grade)| (id.to_owned(), grade.to_owned())).into()
    }

    #[test]
    fn assessors_are_compared_two_by_two() {
        let rubric = rubric();
        let (a, b, c) = (sheet("Solid", "Solid"), sheet("Solid", "Emerging"), sheet("Exemplary", "None"));
        let all = [&a, &b, &c];
        assert_eq!(on_criterion(&rubric, "design", &all), Agreement { pairs: 3, exact: 1, near: 3 });
        assert_eq!(on_criterion(&rubric, "testing", &all), Agreement { pairs: 3, exact: 0, near: 2 });
        assert_eq!(on_criterion(&rubric, "design", &all).percent(), Some((33, 100)));
        assert_eq!(with_others(&rubric, &c, &[&a, &b]), Agreement { pairs: 4, exact: 0, near: 3 });
    }

    #[test]
    fn one_alone_agrees_with_nobody() {
        let one = sheet("Solid", "Solid");
        assert_eq!(on_criterion(&rubric(), "design", &[&one]).percent(), None);
        assert_eq!(with_others(&rubric(), &one, &[]).percent(), None);
    }
}
