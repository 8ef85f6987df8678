//! Panels: who assesses what someone handed in, drawn by a rule (docs/decisions/0042).
//!
//! - Only active assessors of the program sit; nobody of the learner's own team or reporting line, above or below; not who is or was
//!   their mentor; nobody where either of the two has declared a conflict; on an appeal nobody of the first panel.
//! - Whoever has the fewest open seats is drawn first; among equals it is left to chance.
//! - So many job functions as the rule asks for are represented. A seat that could only be filled against that stays empty: the panel
//!   is short and says what it lacks. One function is any panel's, also where the directory names none.

use super::recipient::Person;
use jiff::Timestamp;
use rand::{Rng, seq::SliceRandom};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

#[derive(Clone, Debug, PartialEq)]
pub struct Panel {
    pub id: String,
    pub submission_id: String,
    pub program_id: String,
    pub purpose: PanelPurpose,
    pub state: PanelState,
    /// How many are to sit.
    pub seats: u32,
    /// Where not all of them could be drawn.
    pub short: Option<Lacking>,
    /// When the scores are due.
    pub due_at: Timestamp,
    pub drawn_at: Timestamp,
    /// As the record names them.
    pub drawn_by: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PanelPurpose {
    /// The first one.
    Assessment,
    /// A new one after an appeal.
    Appeal,
}

impl PanelPurpose {
    pub fn as_str(self) -> &'static str {
        match self {
            PanelPurpose::Assessment => "assessment",
            PanelPurpose::Appeal => "appeal",
        }
    }

    pub fn parse(text: &str) -> Result<Self, String> {
        [PanelPurpose::Assessment, PanelPurpose::Appeal]
            .into_iter()
            .find(|purpose| purpose.as_str() == text)
            .ok_or_else(|| format!("“{text}” is not what a panel is for"))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PanelState {
    /// Each alone, blind to the others.
    Scoring,
    /// All have handed in; each sees all.
    Settling,
    Decided,
    /// What it was to assess was withdrawn.
    Dissolved,
}

impl PanelState {
    pub fn as_str(self) -> &'static str {
        match self {
            PanelState::Scoring => "scoring",
            PanelState::Settling => "settling",
            PanelState::Decided => "decided",
            PanelState::Dissolved => "dissolved",
        }
    }

    pub fn parse(text: &str) -> Result<Self, String> {
        [PanelState::Scoring, PanelState::Settling, PanelState::Decided]
            .into_iter()
            .find(|state| state.as_str() == text)
            .ok_or_else(|| format!("“{text}” is not a state of a panel"))
    }

    pub fn is_open(self) -> bool {
        matches!(self, PanelState::Scoring | PanelState::Settling)
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Seat {
    pub panel_id: String,
    pub person_id: String,
    /// Why they left it; none while they sit.
    pub left_for: Option<String>,
    /// When their own scores were handed in.
    pub scored_at: Option<Timestamp>,
    /// When they agreed to what the panel settled on.
    pub settled_at: Option<Timestamp>,
    /// Agreed to be named in the badge.
    pub named: bool,
    pub seated_at: Timestamp,
}

impl Seat {
    pub fn is_taken(&self) -> bool {
        self.left_for.is_none()
    }
}

/// What keeps an assessor from judging someone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bars {
    pub learner: String,
    /// The team that is shown with the learner's awards.
    pub team: Option<String>,
    /// Who shares a team with the learner.
    pub colleagues: HashSet<String>,
    /// The reporting line: managers up to the top, and everyone below.
    pub line: HashSet<String>,
    /// Who goes along with the learner, or did.
    pub mentors: HashSet<String>,
    /// With whom a conflict was declared, by either.
    pub conflicts: HashSet<String>,
    /// Who has had a hand in the case before: the first panel, or whoever has left this one.
    pub earlier: HashSet<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Barred {
    Themselves,
    /// Has left the company.
    Gone,
    Team,
    Line,
    Mentor,
    Conflict,
    Earlier,
}

impl Bars {
    /// Why this person can't judge the learner; none when they can.
    pub fn against(&self, person: &Person) -> Option<Barred> {
        let id = &person.id;
        if *id == self.learner {
            Some(Barred::Themselves)
        } else if !person.active {
            Some(Barred::Gone)
        } else if self.colleagues.contains(id) || (self.team.is_some() && self.team == person.team) {
            Some(Barred::Team)
        } else if self.line.contains(id) {
            Some(Barred::Line)
        } else if self.mentors.contains(id) {
            Some(Barred::Mentor)
        } else if self.conflicts.contains(id) {
            Some(Barred::Conflict)
        } else if self.earlier.contains(id) {
            Some(Barred::Earlier)
        } else {
            None
        }
    }
}

/// An assessor whom nothing keeps from sitting.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    pub id: String,
    pub function: Option<String>,
    /// Seats on panels that have not decided yet.
    pub open_seats: u32,
}

/// What a short panel lacks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lacking {
    /// Seats without anyone.
    pub seats: u32,
    /// Job functions that are not represented yet.
    pub functions: u32,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Drawn {
    /// Their ids, in the order they were drawn.
    pub chosen: Vec<String>,
    pub lacking: Option<Lacking>,
}

/// Fills a panel of so many `seats` that is to represent so many `functions`. `seated` sit on it already.
pub fn draw(
    (seats, functions): (u32, u32),
    seated: &[Option<String>],
    mut candidates: Vec<Candidate>,
    rng: &mut dyn Rng,
) -> Drawn {
    candidates.shuffle(rng);
    // Stable: what chance has ordered stays so among equals.
    candidates.sort_by_key(|candidate| candidate.open_seats);
    let functions = if functions > 1 { functions as usize } else { 0 };
    let mut represented: HashSet<String> = seated.iter().flatten().cloned().collect();
    let mut empty = (seats as usize).saturating_sub(seated.len());
    let mut chosen = Vec::new();
    while empty > 0 {
        let missing = functions.saturating_sub(represented.len());
        let fits = |candidate: &Candidate| {
            missing < empty || candidate.function.as_ref().is_some_and(|function| !represented.contains(function))
        };
        let Some(place) = candidates.iter().position(fits) else { break };
        let next = candidates.remove(place);
        represented.extend(next.function);
        chosen.push(next.id);
        empty -= 1;
    }
    let missing = functions.saturating_sub(represented.len());
    let lacking = Lacking { seats: empty as u32, functions: missing as u32 };
    Drawn { chosen, lacking: (lacking != Lacking::default()).then_some(lacking) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{SeedableRng, rngs::StdRng};

    fn person(id: &str) -> Person {
        Person {
            id: id.into(),
            email: format!("{id}@acme.example"),
            name: id.into(),
            team: Some(format!("Team of {id}")),
            name_public: false,
            function: None,
            manager_id: None,
            active: true,
        }
    }

    fn candidate(id: &str, function: &str, open_seats: u32) -> Candidate {
        let function = Some(function.to_owned()).filter(|function| !function.is_empty());
        Candidate { id: id.into(), function, open_seats }
    }

    fn drawn(rule: (u32, u32), seated: &[&str], candidates: &[Candidate], seed: u64) -> Drawn {
        let seated: Vec<Option<String>> = seated.iter().map(|function| Some((*function).to_owned())).collect();
        draw(rule, &seated, candidates.to_vec(), &mut StdRng::seed_from_u64(seed))
    }

    #[test]
    fn nobody_judges_someone_they_are_close_to() {
        let set = |id: &str| HashSet::from([id.to_owned()]);
        let bars = Bars {
            learner: "ada".into(),
            team: Some("Platform".into()),
            colleagues: set("bao"),
            line: set("boss"),
            mentors: set("mentor"),
            conflicts: set("rival"),
            earlier: set("first"),
        };
        let why = |id: &str| bars.against(&person(id));
        assert_eq!(why("ada"), Some(Barred::Themselves));
        assert_eq!(why("bao"), Some(Barred::Team));
        assert_eq!(bars.against(&Person { team: Some("Platform".into()), ..person("x") }), Some(Barred::Team));
        assert_eq!(bars.against(&Person { active: false, ..person("x") }), Some(Barred::Gone));
        assert_eq!(why("boss"), Some(Barred::Line));
        assert_eq!(why("mentor"), Some(Barred::Mentor));
        assert_eq!(why("rival"), Some(Barred::Conflict));
        assert_eq!(why("first"), Some(Barred::Earlier));
        assert_eq!(why("anyone"), None);
        let without_team = Bars { team: None, ..bars };
        assert_eq!(without_team.against(&Person { team: None, ..person("x") }), None);
    }

    #[test]
    fn whoever_has_the_fewest_open_seats_is_drawn_first_and_chance_decides_among_equals() {
        let busy = [candidate("a", "E", 3), candidate("b", "E", 0), candidate("c", "E", 1), candidate("d", "E", 2)];
        for seed in 0..20 {
            assert_eq!(drawn((3, 1), &[], &busy, seed).chosen, ["b", "c", "d"]);
        }
        let nameless = ["a", "b", "c"].map(|id| candidate(id, "", 0));
        assert_eq!(drawn((3, 1), &[], &nameless, 1).lacking, None, "one function is any panel's");
        let equal = ["a", "b", "c", "d"].map(|id| candidate(id, "E", 0));
        let firsts: HashSet<String> = (0..50).map(|seed| drawn((1, 1), &[], &equal, seed).chosen.remove(0)).collect();
        assert_eq!(firsts.len(), 4);
    }

    #[test]
    fn so_many_functions_are_represented_as_the_rule_asks_for() {
        let all = [
            candidate("a", "E", 0),
            candidate("b", "E", 0),
            candidate("c", "E", 0),
            candidate("d", "D", 9),
            candidate("e", "", 1),
        ];
        for seed in 0..20 {
            let panel = drawn((3, 2), &[], &all, seed);
            assert_eq!((panel.chosen.len(), panel.lacking), (3, None));
            assert_eq!(panel.chosen[2], "d", "the last seat is kept for another function");
            let further = drawn((4, 2), &["E", "D", "E"], &all, seed);
            assert_eq!(further.chosen.len(), 1);
            assert_ne!(further.chosen[0], "d", "it is represented, so the load decides");
        }
    }

    #[test]
    fn a_short_panel_says_what_it_lacks() {
        let two = [candidate("a", "E", 0), candidate("b", "E", 0)];
        let short = |rule, seated: &[&str]| drawn(rule, seated, &two, 1).lacking;
        assert_eq!(short((2, 1), &[]), None);
        assert_eq!(short((3, 1), &[]), Some(Lacking { seats: 1, functions: 0 }));
        assert_eq!(short((3, 2), &[]), Some(Lacking { seats: 1, functions: 1 }));
        assert_eq!(drawn((2, 2), &[], &two, 1).chosen.len(), 1, "a seat is kept for the other function");
        assert_eq!(short((2, 2), &["D"]), None);
        assert_eq!(drawn((3, 3), &[], &[], 1).lacking, Some(Lacking { seats: 3, functions: 3 }));
    }
}
