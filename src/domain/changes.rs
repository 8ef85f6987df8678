//! What is new between two versions of a level, part by part and line by line.
//!
//! Each part is laid out in plain lines, so that people read a difference where they would read the part. Words of the page's own
//! language stay out of it: a rubric's line is `Knows that it works ×2 ≥ Solid`.

use super::{
    level::{Alignment, LevelContent},
    rubric::Rubric,
};
use similar::{ChangeTag, TextDiff};

/// A part of a level that differs, with all its lines.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    pub part: Part,
    pub lines: Vec<Line>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub fate: Fate,
    pub text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Kept,
    Removed,
    Added,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Name,
    Description,
    Criteria,
    Competencies,
    Rubric,
    Skills,
    Tags,
    Validity,
    RenewalWindow,
    Picture,
}

impl Part {
    pub const ALL: [Part; 10] = [
        Part::Name,
        Part::Description,
        Part::Criteria,
        Part::Competencies,
        Part::Rubric,
        Part::Skills,
        Part::Tags,
        Part::Validity,
        Part::RenewalWindow,
        Part::Picture,
    ];

    fn laid_out(self, content: &LevelContent) -> String {
        match self {
            Part::Name => content.name.clone(),
            Part::Description => content.description.clone(),
            Part::Criteria => content.criteria.clone(),
            Part::Competencies => competencies(content),
            Part::Rubric => content.rubric.as_ref().map(rubric).unwrap_or_default(),
            Part::Skills => content.alignments.iter().map(skill).collect::<Vec<_>>().join("\n"),
            Part::Tags => content.tags.join("\n"),
            Part::Validity => content.validity.map(|period| period.to_string()).unwrap_or_default(),
            Part::RenewalWindow => content.renewal_window.map(|period| period.to_string()).unwrap_or_default(),
            // Twelve digits tell two pictures apart for people.
            Part::Picture => content.image.chars().take(12).collect(),
        }
    }
}

/// What differs, in the order a level is read.
pub fn changes(before: &LevelContent, after: &LevelContent) -> Vec<Change> {
    let of = |part: Part| {
        let (old, new) = (part.laid_out(before), part.laid_out(after));
        (old != new).then(|| Change { part, lines: lines(&old, &new) })
    };
    Part::ALL.into_iter().filter_map(of).collect()
}

fn lines(old: &str, new: &str) -> Vec<Line> {
    let line = |change: similar::Change<&str>| Line {
        fate: match change.tag() {
            ChangeTag::Equal => Fate::Kept,
            ChangeTag::Delete => Fate::Removed,
            ChangeTag::Insert => Fate::Added,
        },
        text: change.value().trim_end_matches(['\n', '\r']).to_owned(),
    };
    TextDiff::from_lines(old, new).iter_all_changes().map(line).collect()
}

fn competencies(content: &LevelContent) -> String {
    let mut lines = Vec::new();
    for competency in &content.competencies {
        lines.push(competency.name.clone());
        lines.extend(competency.indicators.iter().map(|indicator| format!("  {indicator}")));
    }
    lines.join("\n")
}

fn rubric(rubric: &Rubric) -> String {
    let threshold = rubric.threshold.map(|percent| format!(" ≥ {percent} %")).unwrap_or_default();
    let mut lines = vec![format!("{}{threshold}", rubric.grades.join(" < "))];
    for criterion in &rubric.criteria {
        lines.push(format!("{} ×{} ≥ {}", criterion.name, criterion.weight, criterion.required));
        let described = rubric.grades.iter().zip(&criterion.described);
        lines.extend(described.map(|(grade, words)| format!("  {grade}: {words}")));
    }
    lines.join("\n")
}

fn skill(alignment: &Alignment) -> String {
    let rest = [&alignment.framework, &alignment.code].into_iter().flatten().map(String::as_str);
    [alignment.name.as_str()].into_iter().chain(rest).chain([alignment.url.as_str()]).collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::period::Period;

    fn content() -> LevelContent {
        LevelContent {
            name: "Practitioner".into(),
            criteria: "- ships\n- explains\n- answers".into(),
            tags: vec!["testing".into()],
            validity: Period::parse("P2Y").ok(),
            ..LevelContent::default()
        }
    }

    #[test]
    fn only_parts_that_differ_are_told_with_the_lines_that_do() {
        let before = content();
        assert_eq!(changes(&before, &before), []);
        let after = LevelContent { criteria: "- ships\n- writes it down\n- answers".into(), ..before.clone() };
        let found = changes(&before, &after);
        let told: Vec<_> = found.iter().map(|change| change.part).collect();
        assert_eq!(told, [Part::Criteria]);
        let lines: Vec<_> = found[0].lines.iter().map(|line| (line.fate, line.text.as_str())).collect();
        assert_eq!(
            lines,
            [
                (Fate::Kept, "- ships"),
                (Fate::Removed, "- explains"),
                (Fate::Added, "- writes it down"),
                (Fate::Kept, "- answers")
            ]
        );
    }

    #[test]
    fn what_was_not_there_before_is_added_and_what_is_gone_removed() {
        let before = content();
        let after = LevelContent { validity: None, tags: vec![], image: "ab".repeat(32), ..before.clone() };
        let told: Vec<_> = changes(&before, &after)
            .into_iter()
            .map(|change| (change.part, change.lines.into_iter().map(|line| line.fate).collect::<Vec<_>>()))
            .collect();
        assert_eq!(
            told,
            [
                (Part::Tags, vec![Fate::Removed]),
                (Part::Validity, vec![Fate::Removed]),
                (Part::Picture, vec![Fate::Added])
            ]
        );
    }
}
