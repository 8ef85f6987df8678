//! What a level asks for, as its page and the pages of its versions show it; and what one person reached of it.

use crate::domain::assessment::Assessment;
use crate::domain::changes::Said;
use crate::domain::level::{Alignment, LevelContent};
use crate::domain::renewal::Renewal;
use crate::domain::requirement::{ConfirmedBy, ElectiveGroup, Need, Requirement, Route, RouteKind};
use crate::domain::rubric::{Competency, CompetencyKind, Criterion, Grades, Rubric};
use crate::web::dates;
use crate::web::markdown;
use crate::web::text::Text;
use jiff::civil::Date;

#[derive(Clone, Debug, Default)]
pub struct Asks {
    /// Safe HTML made from the criteria's markdown.
    pub criteria_html: String,
    pub competencies: Vec<Competency>,
    pub rubric: Option<Rubric>,
    pub skills: Vec<Alignment>,
    /// What must be done before.
    pub path: Path,
    /// By what kind of panel; none where nothing is assessed.
    pub assessment: Option<Assessment>,
    /// What a renewal asks for; none where it says nothing.
    pub renewal: Option<Renewal>,
    pub review_by: Option<Date>,
}

/// What must be done: parts that all are needed, and groups of which some are.
#[derive(Clone, Debug, Default)]
pub struct Path {
    pub must: Vec<Requirement>,
    pub any: Vec<(ElectiveGroup, Vec<Requirement>)>,
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
            path: Path::of(&content.requirements, &content.electives),
            assessment: content.assessment_rule(),
            renewal: content.renewal,
            review_by: content.review_by,
            competencies: content.competencies,
            rubric: content.rubric,
            skills: content.alignments,
        }
    }

    pub(super) fn kind(&self, t: &Text, competency: &Competency) -> String {
        said(t, Said::Competency(competency.kind))
    }

    /// How a panel looks at it, a sentence each.
    pub(super) fn panel(&self, t: &Text) -> Vec<String> {
        self.assessment.iter().flat_map(|rule| panel_words(t, rule)).collect()
    }

    /// What a renewal is like, a sentence each.
    pub(super) fn renewal_terms(&self, t: &Text) -> Vec<String> {
        self.renewal.iter().flat_map(|renewal| renewal_words(t, renewal)).collect()
    }

    pub(super) fn renewal_path(&self) -> Path {
        self.renewal.as_ref().map(|it| Path::of(&it.requirements, &it.electives)).unwrap_or_default()
    }

    /// “Weight 2, asks for Solid”.
    pub(super) fn weighed(&self, t: &Text, criterion: &Criterion) -> String {
        match criterion.weight {
            1 => t.with("rubric-asks", "grade", &criterion.required).into_owned(),
            weight => t.with2("rubric-weighs", "weight", weight, "grade", &criterion.required).into_owned(),
        }
    }
}

impl Path {
    fn of(requirements: &[Requirement], electives: &[ElectiveGroup]) -> Self {
        let members = |group: Option<&str>| -> Vec<Requirement> {
            requirements.iter().filter(|part| part.group.as_deref() == group).cloned().collect()
        };
        Path {
            must: members(None),
            any: electives.iter().map(|group| (group.clone(), members(Some(&group.id)))).collect(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.must.is_empty() && self.any.is_empty()
    }

    /// “Beyond the code: any 2 of these”.
    pub(super) fn any_words(&self, t: &Text, group: &ElectiveGroup) -> String {
        said(t, Said::Any(group))
    }

    /// The page of the level that a part asks for.
    pub(super) fn level_url(&self, part: &Requirement) -> Option<String> {
        part.prerequisite().map(|level| format!("/achievements/{level}"))
    }

    pub(super) fn is_work(&self, part: &Requirement) -> bool {
        part.kind == Need::Submission
    }

    /// “Coursework, confirmed by a mentor”.
    pub(super) fn route_words(&self, t: &Text, route: &Route) -> String {
        format!("{}, {}", said(t, Said::Route(&route.kind)), said(t, Said::ConfirmedBy(route.confirmed_by)))
    }
}

/// In words, for a page and for the lines of a difference.
pub fn said(t: &Text, what: Said<'_>) -> String {
    let words = match what {
        Said::Competency(CompetencyKind::Technical) => t.get("competency-technical"),
        Said::Competency(CompetencyKind::Personal) => t.get("competency-personal"),
        Said::AssessedWork => t.get("path-work"),
        Said::Any(group) => t.with2("path-any", "name", &group.name, "count", group.choose),
        Said::Route(RouteKind::Coursework) => t.get("route-coursework"),
        Said::Route(RouteKind::Demonstration) => t.get("route-demonstration"),
        Said::Route(RouteKind::Project) => t.get("route-project"),
        Said::Route(RouteKind::OutsideBadge { issuer, achievement: None }) => t.with("route-badge", "issuer", issuer),
        Said::Route(RouteKind::OutsideBadge { issuer, achievement: Some(achievement) }) => {
            t.with2("route-badge-for", "issuer", issuer, "achievement", achievement)
        }
        Said::ConfirmedBy(ConfirmedBy::Mentor) => t.get("confirmed-mentor"),
        Said::ConfirmedBy(ConfirmedBy::Assessor) => t.get("confirmed-assessor"),
        Said::ConfirmedBy(ConfirmedBy::Owner) => t.get("confirmed-owner"),
        Said::ConfirmedBy(ConfirmedBy::Verification) => t.get("confirmed-verification"),
        Said::Assessment(rule) => return panel_words(t, rule).join("\n"),
        Said::Renewal(renewal) => return renewal_words(t, renewal).join("\n"),
    };
    words.into_owned()
}

fn panel_words(t: &Text, rule: &Assessment) -> Vec<String> {
    let mut words = vec![t.with("panel-size", "count", rule.panel)];
    if rule.functions > 1 {
        words.push(t.with("panel-functions", "count", rule.functions));
    }
    if rule.panel > 1 {
        words.push(t.get("panel-alone"));
        words.push(t.with("panel-disagreement", "count", rule.disagreement));
    }
    words.push(t.with("panel-days", "count", rule.days));
    if rule.second_look {
        words.push(t.get("panel-second-look"));
    }
    words.push(t.with("panel-appeal", "count", rule.appeal_days));
    words.push(t.get(if rule.names_shown { "panel-named" } else { "panel-unnamed" }));
    words.into_iter().map(|sentence| sentence.into_owned()).collect()
}

fn renewal_words(t: &Text, renewal: &Renewal) -> Vec<String> {
    let mut words = vec![t.get(if renewal.assessed { "renew-assessed" } else { "renew-unassessed" })];
    if let Some(grace) = &renewal.grace {
        words.push(t.with("renew-grace", "span", dates::period(t, grace)));
    }
    words.into_iter().map(|sentence| sentence.into_owned()).collect()
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
