//! What is new between two versions of a level, part by part and line by line.
//!
//! Each part is laid out in plain lines, so that people read a difference where they would read the part. What needs words of the
//! reader's language is worded by the caller ([`Said`]); the rest needs none: a rubric's line is
//! `Knows that it works ×2 ≥ Solid #testing`.
//! What the record goes by stands with it as `#testing`, so that no change is without a line.

use super::{
    assessment::Assessment,
    level::{Alignment, LevelContent},
    renewal::Renewal,
    requirement::{ConfirmedBy, ElectiveGroup, Need, Requirement, RouteKind},
    rubric::{CompetencyKind, Rubric},
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
    Requirements,
    Electives,
    Rubric,
    Assessment,
    Skills,
    Tags,
    Validity,
    RenewalWindow,
    Renewal,
    ReviewBy,
    Picture,
}

/// What a line says in words. Several sentences are several lines.
#[derive(Clone, Copy, Debug)]
pub enum Said<'a> {
    Competency(CompetencyKind),
    /// Real work that a panel looks at.
    AssessedWork,
    Route(&'a RouteKind),
    ConfirmedBy(ConfirmedBy),
    /// So many of a group.
    Any(&'a ElectiveGroup),
    Assessment(&'a Assessment),
    /// Whether a renewal is assessed, and the grace after the end; what it asks for is laid out as for a first time.
    Renewal(&'a Renewal),
}

/// Words for what is said, in the reader's language.
pub type Words<'a> = &'a dyn Fn(Said<'_>) -> String;

impl Part {
    pub const ALL: [Part; 15] = [
        Part::Name,
        Part::Description,
        Part::Criteria,
        Part::Competencies,
        Part::Requirements,
        Part::Electives,
        Part::Rubric,
        Part::Assessment,
        Part::Skills,
        Part::Tags,
        Part::Validity,
        Part::RenewalWindow,
        Part::Renewal,
        Part::ReviewBy,
        Part::Picture,
    ];

    fn laid_out(self, content: &LevelContent, words: Words<'_>) -> String {
        match self {
            Part::Name => content.name.clone(),
            Part::Description => content.description.clone(),
            Part::Criteria => content.criteria.clone(),
            Part::Competencies => competencies(content, words),
            Part::Requirements => requirements(&content.requirements, words),
            Part::Electives => electives(&content.electives, &content.requirements, words),
            Part::Rubric => content.rubric.as_ref().map(rubric).unwrap_or_default(),
            Part::Assessment => {
                content.assessment_rule().map(|rule| words(Said::Assessment(&rule))).unwrap_or_default()
            }
            Part::Skills => content.alignments.iter().map(skill).collect::<Vec<_>>().join("\n"),
            Part::Tags => content.tags.join("\n"),
            Part::Validity => content.validity.map(|period| period.to_string()).unwrap_or_default(),
            Part::RenewalWindow => content.renewal_window.map(|period| period.to_string()).unwrap_or_default(),
            Part::Renewal => content.renewal.as_ref().map(|renewal| terms(renewal, words)).unwrap_or_default(),
            Part::ReviewBy => content.review_by.map(|day| day.to_string()).unwrap_or_default(),
            // Twelve digits tell two pictures apart for people.
            Part::Picture => content.image.chars().take(12).collect(),
        }
    }
}

/// What differs, in the order a level is read.
pub fn changes(before: &LevelContent, after: &LevelContent, words: Words<'_>) -> Vec<Change> {
    let of = |part: Part| {
        let (old, new) = (part.laid_out(before, words), part.laid_out(after, words));
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

fn competencies(content: &LevelContent, words: Words<'_>) -> String {
    let mut lines = Vec::new();
    for competency in &content.competencies {
        lines.push(format!("{} ({})", competency.name, words(Said::Competency(competency.kind))));
        lines.extend(competency.indicators.iter().map(|indicator| format!("  {indicator}")));
    }
    lines.join("\n")
}

fn requirements(requirements: &[Requirement], words: Words<'_>) -> String {
    let mut lines = Vec::new();
    for requirement in requirements {
        lines.push(format!("{} #{}", requirement.name, requirement.id));
        lines.extend(requirement.description.lines().map(|line| format!("  {line}")));
        match &requirement.kind {
            Need::Level { level } => lines.push(format!("  → {level}")),
            Need::Submission => lines.push(format!("  {}", words(Said::AssessedWork))),
            Need::Routes { routes } => lines.extend(routes.iter().map(|route| {
                let (kind, by) = (words(Said::Route(&route.kind)), words(Said::ConfirmedBy(route.confirmed_by)));
                format!("  → {} ({kind}, {by}) #{}", route.name, route.id)
            })),
        }
    }
    lines.join("\n")
}

fn electives(groups: &[ElectiveGroup], requirements: &[Requirement], words: Words<'_>) -> String {
    let mut lines = Vec::new();
    for group in groups {
        lines.push(format!("{} #{}", words(Said::Any(group)), group.id));
        let members = requirements.iter().filter(|part| part.group.as_deref() == Some(&group.id));
        lines.extend(members.map(|part| format!("  {}", part.name)));
    }
    lines.join("\n")
}

fn terms(renewal: &Renewal, words: Words<'_>) -> String {
    let parts = [
        words(Said::Renewal(renewal)),
        requirements(&renewal.requirements, words),
        electives(&renewal.electives, &renewal.requirements, words),
    ];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

fn rubric(rubric: &Rubric) -> String {
    let threshold = rubric.threshold.map(|percent| format!(" ≥ {percent} %")).unwrap_or_default();
    let mut lines = vec![format!("{}{threshold}", rubric.grades.join(" < "))];
    for criterion in &rubric.criteria {
        lines.push(format!("{} ×{} ≥ {} #{}", criterion.name, criterion.weight, criterion.required, criterion.id));
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
    use crate::domain::{
        period::Period,
        requirement::{Route, RouteKind},
        rubric::Competency,
    };

    fn told(before: &LevelContent, after: &LevelContent) -> Vec<Change> {
        changes(before, after, &|said| format!("{said:?}"))
    }

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
        assert_eq!(told(&before, &before), []);
        let after = LevelContent { criteria: "- ships\n- writes it down\n- answers".into(), ..before.clone() };
        let found = told(&before, &after);
        let parts: Vec<_> = found.iter().map(|change| change.part).collect();
        assert_eq!(parts, [Part::Criteria]);
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
        let told: Vec<_> = told(&before, &after)
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

    fn part(id: &str, group: Option<&str>, kind: Need) -> Requirement {
        let group = group.map(str::to_owned);
        Requirement { id: id.into(), name: format!("Does {id}"), description: "Well.".into(), kind, group }
    }

    fn path() -> LevelContent {
        let course =
            |id: &str, kind| Route { id: id.into(), name: "A way".into(), kind, confirmed_by: ConfirmedBy::Owner };
        LevelContent {
            competencies: vec![Competency {
                name: "Designs".into(),
                kind: CompetencyKind::Technical,
                indicators: Vec::new(),
            }],
            requirements: vec![
                part("first", None, Need::Level { level: "craft.apprentice".into() }),
                part("talk", Some("beyond"), Need::Routes { routes: vec![course("talk", RouteKind::Project)] }),
                part("work", None, Need::Submission),
            ],
            electives: vec![ElectiveGroup { id: "beyond".into(), name: "Beyond".into(), choose: 1 }],
            rubric: Some(Rubric { grades: vec!["No".into(), "Yes".into()], threshold: None, criteria: Vec::new() }),
            assessment: Some(Assessment::default()),
            renewal: Some(Renewal {
                requirements: Vec::new(),
                electives: Vec::new(),
                assessed: true,
                grace: None,
                remind_manager: false,
            }),
            review_by: "2027-06-30".parse().ok(),
            ..content()
        }
    }

    #[test]
    fn no_change_of_what_must_be_done_of_who_assesses_or_of_a_renewal_is_without_its_lines() {
        let before = path();
        let parts = |change: &dyn Fn(&mut LevelContent)| {
            let mut after = before.clone();
            change(&mut after);
            let found = told(&before, &after);
            for change in &found {
                assert!(change.lines.iter().any(|line| line.fate != Fate::Kept), "{change:?}");
            }
            found.into_iter().map(|change| change.part).collect::<Vec<_>>()
        };
        let routes = |content: &mut LevelContent, change: &dyn Fn(&mut Route)| {
            if let Need::Routes { routes } = &mut content.requirements[1].kind {
                change(&mut routes[0]);
            }
        };
        let requirements = [Part::Requirements];
        assert_eq!(parts(&|level| level.requirements[0].id = "begin".into()), requirements);
        assert_eq!(parts(&|level| level.requirements[0].description = "Very well.".into()), requirements);
        assert_eq!(
            parts(&|level| level.requirements[0].kind = Need::Level { level: "craft.other".into() }),
            requirements
        );
        assert_eq!(parts(&|level| routes(level, &|route| route.id = "write".into())), requirements);
        assert_eq!(parts(&|level| routes(level, &|route| route.kind = RouteKind::Coursework)), requirements);
        assert_eq!(parts(&|level| routes(level, &|route| route.confirmed_by = ConfirmedBy::Mentor)), requirements);
        assert_eq!(parts(&|level| level.requirements[1].group = None), [Part::Electives]);
        assert_eq!(parts(&|level| level.electives[0].choose = 2), [Part::Electives]);
        assert_eq!(parts(&|level| level.electives[0].id = "more".into()), [Part::Electives]);
        assert_eq!(parts(&|level| level.competencies[0].kind = CompetencyKind::Personal), [Part::Competencies]);
        let panel = Assessment { panel: 5, ..Assessment::default() };
        assert_eq!(parts(&|level| level.assessment = Some(panel.clone())), [Part::Assessment]);
        assert_eq!(parts(&|level| level.assessment = None), [], "as usual, whether it is said or not");
        assert_eq!(parts(&|level| level.renewal = None), [Part::Renewal]);
        let talk = part("talk", None, Need::Submission);
        let renewal = Renewal {
            requirements: vec![talk],
            electives: Vec::new(),
            assessed: true,
            grace: None,
            remind_manager: false,
        };
        assert_eq!(parts(&|level| level.renewal = Some(renewal.clone())), [Part::Renewal]);
        assert_eq!(parts(&|level| level.review_by = None), [Part::ReviewBy]);
    }
}
