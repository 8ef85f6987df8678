//! How far someone is: what is done of the requirements, what is missing, and whether they may hand in work to be assessed.

use super::{
    level::LevelContent,
    requirement::{ElectiveGroup, Need, Requirement},
};
use std::fmt;

/// What someone is on the way to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occasion {
    /// A first badge, also after a lapse.
    First,
    Renewal,
}

/// What a level asks for on one occasion.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Asked<'a> {
    pub requirements: &'a [Requirement],
    pub electives: &'a [ElectiveGroup],
    /// Whether a panel assesses.
    pub assessed: bool,
}

impl LevelContent {
    /// A level that says nothing of its renewal asks for the same again.
    pub fn asked(&self, occasion: Occasion) -> Asked<'_> {
        match (&self.renewal, occasion) {
            (Some(renewal), Occasion::Renewal) => {
                Asked { requirements: &renewal.requirements, electives: &renewal.electives, assessed: renewal.assessed }
            }
            _ => {
                Asked { requirements: &self.requirements, electives: &self.electives, assessed: self.rubric.is_some() }
            }
        }
    }
}

/// A requirement that was met by one of its routes, as it was noted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fulfilment {
    pub requirement: String,
    pub route: String,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// Every part but the assessed work, in the level's order.
    pub steps: Vec<Step>,
    pub groups: Vec<Chosen>,
    /// Nothing is missing: work may be handed in; where nothing is assessed, the badge may be given.
    pub ready_to_submit: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The requirement's id.
    pub id: String,
    pub name: String,
    pub group: Option<String>,
    pub state: StepState,
}

#[derive(Clone, Debug, PartialEq)]
pub enum StepState {
    /// The level is held.
    Held,
    /// Met by this route.
    Met {
        route: String,
    },
    Missing,
    /// An elective that isn't needed any more, since enough others of its group are done.
    Spare,
}

/// How far an elective group is.
#[derive(Clone, Debug, PartialEq)]
pub struct Chosen {
    pub id: String,
    pub name: String,
    pub choose: u32,
    pub done: u32,
}

/// What is still to be done, in words when it is written out.
#[derive(Clone, Debug, PartialEq)]
pub enum Missing {
    Step {
        id: String,
        name: String,
    },
    /// So many more of a group.
    Choice {
        group: String,
        name: String,
        more: u32,
        from: Vec<String>,
    },
}

/// `held` are the levels of which the person has a standing award. What was noted of parts or routes that are not asked for
/// (any more) counts for nothing.
pub fn progress(asked: &Asked<'_>, held: &[String], met: &[Fulfilment]) -> Progress {
    let state = |requirement: &Requirement| match &requirement.kind {
        Need::Submission => None,
        Need::Level { level } => Some(if held.contains(level) { StepState::Held } else { StepState::Missing }),
        Need::Routes { routes } => {
            let walked = |noted: &&Fulfilment| {
                noted.requirement == requirement.id && routes.iter().any(|route| route.id == noted.route)
            };
            let by = met.iter().find(walked);
            Some(by.map_or(StepState::Missing, |noted| StepState::Met { route: noted.route.clone() }))
        }
    };
    let mut steps: Vec<Step> = Vec::with_capacity(asked.requirements.len());
    for requirement in asked.requirements {
        let Requirement { id, name, group, .. } = requirement.clone();
        steps.extend(state(requirement).map(|state| Step { id, name, group, state }));
    }
    let chosen = |group: &ElectiveGroup| {
        let done = steps.iter().filter(|step| step.group.as_ref() == Some(&group.id) && step.state.is_done()).count();
        Chosen { id: group.id.clone(), name: group.name.clone(), choose: group.choose, done: done as u32 }
    };
    let groups: Vec<Chosen> = asked.electives.iter().map(chosen).collect();
    for step in &mut steps {
        let full = groups.iter().any(|group| step.group.as_ref() == Some(&group.id) && group.is_done());
        if full && !step.state.is_done() {
            step.state = StepState::Spare;
        }
    }
    let ready_to_submit = groups.iter().all(Chosen::is_done)
        && steps.iter().all(|step| step.group.is_some() || step.state != StepState::Missing);
    Progress { steps, groups, ready_to_submit }
}

/// What it means for someone under way that other requirements take the place of those they were under.
#[derive(Clone, Debug, PartialEq)]
pub struct Consequence {
    /// Under the new ones.
    pub missing: Vec<Missing>,
    /// Of what is missing, the names of what was not asked for before.
    pub added: Vec<String>,
    /// The names of what was missing and is not asked for any more.
    pub dropped: Vec<String>,
    /// The names of what was done and counts on.
    pub kept: Vec<String>,
    /// The names of what was done and counts no more: it is not asked for, or not in the way it was done.
    pub lost: Vec<String>,
}

/// See [`progress`] for `held` and `met`.
pub fn consequence(before: &Asked<'_>, after: &Asked<'_>, held: &[String], met: &[Fulfilment]) -> Consequence {
    let (old, new) = (progress(before, held, met), progress(after, held, met));
    let find =
        |steps: &Progress, id: &str| steps.steps.iter().find(|step| step.id == id).map(|step| step.state.clone());
    let done_now = |step: &&Step| find(&new, &step.id).is_some_and(|state| state.is_done());
    let names = |steps: Vec<&Step>| steps.into_iter().map(|step| step.name.clone()).collect();
    let (kept, lost) = old.done().partition(done_now);
    let open = |step: &&Step| step.state == StepState::Missing;
    Consequence {
        missing: new.missing(),
        added: names(new.steps.iter().filter(open).filter(|step| find(&old, &step.id).is_none()).collect()),
        dropped: names(old.steps.iter().filter(open).filter(|step| find(&new, &step.id).is_none()).collect()),
        kept: names(kept),
        lost: names(lost),
    }
}

impl StepState {
    pub fn is_done(&self) -> bool {
        matches!(self, StepState::Held | StepState::Met { .. })
    }
}

impl Chosen {
    pub fn is_done(&self) -> bool {
        self.done >= self.choose
    }
}

impl Progress {
    pub fn done(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter().filter(|step| step.state.is_done())
    }

    /// First what must be done, then what can be chosen.
    pub fn missing(&self) -> Vec<Missing> {
        let open = |step: &&Step| step.state == StepState::Missing;
        let step = |step: &Step| Missing::Step { id: step.id.clone(), name: step.name.clone() };
        let choice = |group: &Chosen| Missing::Choice {
            group: group.id.clone(),
            name: group.name.clone(),
            more: group.choose - group.done,
            from: self
                .steps
                .iter()
                .filter(open)
                .filter(|step| step.group.as_ref() == Some(&group.id))
                .map(|step| step.name.clone())
                .collect(),
        };
        let must = self.steps.iter().filter(open).filter(|step| step.group.is_none()).map(step);
        must.chain(self.groups.iter().filter(|group| !group.is_done()).map(choice)).collect()
    }
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Missing::Step { name, .. } => f.write_str(name),
            Missing::Choice { name, more, from, .. } => {
                write!(f, "{name}: any {more} of {}", from.join(", "))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        renewal::Renewal,
        requirement::{ConfirmedBy, Route, RouteKind},
    };

    fn routes(id: &str, group: Option<&str>) -> Requirement {
        let route = |id: &str, kind| Route { id: id.into(), name: id.into(), kind, confirmed_by: ConfirmedBy::Owner };
        Requirement {
            id: id.into(),
            name: format!("Does {id}"),
            description: String::new(),
            kind: Need::Routes {
                routes: vec![route("course", RouteKind::Coursework), route("project", RouteKind::Project)],
            },
            group: group.map(str::to_owned),
        }
    }

    fn need(id: &str, kind: Need) -> Requirement {
        Requirement { kind, ..routes(id, None) }
    }

    fn content() -> LevelContent {
        LevelContent {
            requirements: vec![
                need("first", Need::Level { level: "craft.practitioner".into() }),
                routes("design", None),
                routes("teaching", Some("beyond")),
                routes("writing", Some("beyond")),
                routes("operating", Some("beyond")),
                need("work", Need::Submission),
            ],
            electives: vec![ElectiveGroup { id: "beyond".into(), name: "Beyond the code".into(), choose: 2 }],
            ..LevelContent::default()
        }
    }

    fn far(held: &[&str], met: &[(&str, &str)]) -> Progress {
        let held: Vec<String> = held.iter().map(|level| (*level).to_owned()).collect();
        let noted = |(requirement, route): &(&str, &str)| Fulfilment {
            requirement: (*requirement).into(),
            route: (*route).into(),
        };
        let met: Vec<Fulfilment> = met.iter().map(noted).collect();
        progress(&content().asked(Occasion::First), &held, &met)
    }

    fn words(progress: &Progress) -> Vec<String> {
        progress.missing().iter().map(Missing::to_string).collect()
    }

    #[test]
    fn at_first_everything_is_missing_but_the_work_that_comes_last() {
        let far = far(&[], &[]);
        assert_eq!(
            words(&far),
            ["Does first", "Does design", "Beyond the code: any 2 of Does teaching, Does writing, Does operating"]
        );
        assert!(!far.ready_to_submit && far.done().next().is_none());
    }

    #[test]
    fn a_held_level_meets_a_prerequisite_and_no_other_does() {
        assert_eq!(far(&["craft.practitioner"], &[]).steps[0].state, StepState::Held);
        assert_eq!(far(&["craft.master"], &[("first", "course")]).steps[0].state, StepState::Missing);
    }

    #[test]
    fn any_one_route_meets_a_requirement() {
        for route in ["course", "project"] {
            assert_eq!(far(&[], &[("design", route)]).steps[1].state, StepState::Met { route: route.into() });
        }
        assert_eq!(far(&[], &[("design", "hearsay"), ("gone", "course")]).steps[1].state, StepState::Missing);
    }

    #[test]
    fn enough_of_a_group_are_enough_and_the_rest_is_spare() {
        let one = far(&["craft.practitioner"], &[("design", "course"), ("writing", "course")]);
        assert_eq!(words(&one), ["Beyond the code: any 1 of Does teaching, Does operating"]);
        assert!(!one.ready_to_submit);
        let met = [("design", "course"), ("writing", "course"), ("teaching", "project")];
        let two = far(&["craft.practitioner"], &met);
        assert_eq!(two.steps[4].state, StepState::Spare);
        assert!(two.ready_to_submit && two.missing().is_empty());
        assert!(!far(&[], &met).ready_to_submit);
    }

    #[test]
    fn a_change_leaves_what_still_counts_and_says_what_is_new_what_is_dropped_and_what_was_in_vain() {
        let before = content();
        let mut after = content();
        after.requirements.remove(0);
        after.requirements.push(routes("speaking", None));
        if let Need::Routes { routes } = &mut after.requirements[2].kind {
            routes.retain(|route| route.id == "project");
        }
        let noted =
            |requirement: &str, route: &str| Fulfilment { requirement: requirement.into(), route: route.into() };
        let met = [noted("design", "course"), noted("writing", "course"), noted("operating", "project")];
        let asked = (before.asked(Occasion::First), after.asked(Occasion::First));
        let found = consequence(&asked.0, &asked.1, &[], &met);
        let words: Vec<String> = found.missing.iter().map(Missing::to_string).collect();
        assert_eq!(words, ["Does speaking", "Beyond the code: any 1 of Does teaching, Does writing"]);
        assert_eq!(found.added, ["Does speaking"]);
        assert_eq!(found.dropped, ["Does first"]);
        assert_eq!(found.kept, ["Does design", "Does operating"]);
        assert_eq!(found.lost, ["Does writing"], "not in the way it was done");
        let same = consequence(&asked.0, &asked.0, &[], &met);
        assert_eq!((same.added, same.dropped, same.lost), (Vec::new(), Vec::new(), Vec::new()));
    }

    #[test]
    fn a_renewal_asks_for_its_own_and_without_a_rule_for_the_same_again() {
        let mut content = content();
        assert_eq!(content.asked(Occasion::Renewal), content.asked(Occasion::First));
        content.renewal = Some(Renewal {
            requirements: vec![routes("talk", None)],
            electives: Vec::new(),
            assessed: false,
            grace: None,
            remind_manager: false,
        });
        let asked = content.asked(Occasion::Renewal);
        assert!(!asked.assessed);
        assert_eq!(words(&progress(&asked, &[], &[])), ["Does talk"]);
        let met = Fulfilment { requirement: "talk".into(), route: "project".into() };
        assert!(progress(&asked, &[], &[met]).ready_to_submit);
    }

    #[test]
    fn a_level_that_asks_for_nothing_before_lets_work_be_handed_in_at_once() {
        assert!(progress(&LevelContent::default().asked(Occasion::First), &[], &[]).ready_to_submit);
    }
}
