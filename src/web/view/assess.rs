//! What assessors see: their queue, and for each panel all of it on one page, from the evidence over their own sheet to what the panel
//! settles on and decides.

use askama::Template;
use jiff::Timestamp;

use super::{Link, Site, WorkShown};
use crate::domain::rubric::{Criterion, Rubric};
use crate::web::text::Text;

#[derive(Template)]
#[template(path = "assess.html")]
pub struct QueuePage {
    pub site: Site,
    pub rows: Vec<QueueRow>,
    /// Samples to be scored for calibration.
    pub samples: Vec<Link>,
}

pub struct QueueRow {
    pub url: String,
    pub learner: String,
    pub level: String,
    pub program: String,
    pub due: Timestamp,
    pub turn: Turn,
    pub on_appeal: bool,
}

/// What a panel waits for, as one of its members sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Their own scores.
    Score,
    /// The scores of others.
    Others,
    /// Them, to agree.
    Settle,
    /// Others, to agree.
    OthersSettle,
    /// Someone to write the decision down.
    Decide,
    /// The second look.
    SecondLook,
    Decided,
}

impl Turn {
    pub fn is_theirs(self) -> bool {
        matches!(self, Turn::Score | Turn::Settle | Turn::Decide)
    }

    fn words(self, t: &Text) -> String {
        let words = match self {
            Turn::Score => t.get("turn-score"),
            Turn::Others => t.get("turn-others"),
            Turn::Settle => t.get("turn-settle"),
            Turn::OthersSettle => t.get("turn-others-settle"),
            Turn::Decide => t.get("turn-decide"),
            Turn::SecondLook => t.get("turn-second-look"),
            Turn::Decided => t.get("turn-decided"),
        };
        words.into_owned()
    }
}

impl QueueRow {
    fn is_late(&self, site: &Site) -> bool {
        self.turn.is_theirs() && self.due < site.now
    }
}

#[derive(Template)]
#[template(path = "assess_panel.html")]
pub struct PanelPage {
    pub site: Site,
    /// `/assess/{panel}`.
    pub url: String,
    pub learner: String,
    pub level: String,
    pub level_url: String,
    pub program: String,
    pub due: Timestamp,
    pub turn: Turn,
    pub work: WorkShown,
    /// Why the learner appealed, where this is the panel of an appeal.
    pub appeal: Option<String>,
    /// Why the second look returned what was decided before.
    pub returned: Option<String>,
    pub criteria: Vec<CriterionSheet>,
    /// How many have handed in, and how many are to.
    pub scored: (usize, u32),
    /// Whether the badge can name who sits, and whether they agree.
    pub naming: Option<bool>,
    /// Once all have handed in.
    pub settling: Option<Settling>,
    /// What was proposed or decided.
    pub decision: Option<DecisionShown>,
    /// Whether something that was sent was not right.
    pub faulty: bool,
}

pub struct CriterionSheet {
    pub id: String,
    pub name: String,
    pub weight: u32,
    pub required: String,
    pub grades: Vec<GradeChoice>,
    pub comment: String,
    pub grade_fault: bool,
    pub comment_fault: bool,
    /// Everyone's, side by side, once all have handed in.
    pub all: Vec<MemberScore>,
    /// The panel's grade as it stands.
    pub panel_grade: Option<String>,
    /// What the panel says of it, while the decision is written.
    pub said: String,
    pub said_fault: bool,
}

impl CriterionSheet {
    /// The criterion with a grade chosen or none, and nothing said of it yet.
    pub fn of(rubric: &Rubric, criterion: &Criterion, chosen: Option<&String>) -> Self {
        let grade = |(name, words): (&String, &String)| GradeChoice {
            chosen: chosen == Some(name),
            required: *name == criterion.required,
            name: name.clone(),
            words: words.clone(),
        };
        CriterionSheet {
            id: criterion.id.clone(),
            name: criterion.name.clone(),
            weight: criterion.weight,
            required: criterion.required.clone(),
            grades: rubric.grades.iter().zip(&criterion.described).map(grade).collect(),
            comment: String::new(),
            grade_fault: false,
            comment_fault: false,
            all: Vec::new(),
            panel_grade: None,
            said: String::new(),
            said_fault: false,
        }
    }
}

pub struct GradeChoice {
    pub name: String,
    pub words: String,
    pub chosen: bool,
    pub required: bool,
}

pub struct MemberScore {
    pub name: String,
    pub own: bool,
    pub grade: String,
    pub comment: String,
    /// After the talk, where it changed.
    pub settled: Option<(String, String)>,
}

pub struct Settling {
    /// Name, and whether they have agreed.
    pub members: Vec<(String, bool)>,
    pub passes: bool,
    pub second_look: bool,
    pub reason: String,
    pub missing: String,
    pub missing_by: String,
    /// The fields of the decision that were not right.
    pub faults: Vec<&'static str>,
}

impl Settling {
    fn wrong(&self, field: &str) -> bool {
        self.faults.contains(&field)
    }
}

/// A decision in words.
pub struct DecisionShown {
    pub passes: bool,
    /// It counts; else it waits for its second look.
    pub is_final: bool,
    pub reason: String,
    pub missing: Option<(String, Timestamp)>,
    /// Criterion, grade and what the panel says of it.
    pub found: Vec<(String, String, String)>,
    pub badge_url: Option<String>,
}

impl PanelPage {
    fn weighed(&self, criterion: &CriterionSheet) -> String {
        let t = self.site.text;
        match criterion.weight {
            1 => t.with("rubric-asks", "grade", &criterion.required),
            weight => t.with2("rubric-weighs", "weight", u64::from(weight), "grade", &criterion.required),
        }
        .into_owned()
    }

    /// “2 of 3 have handed in.”
    fn progress(&self) -> String {
        let (scored, seats) = self.scored;
        self.site.text.with2("assess-progress", "scored", scored as u64, "seats", u64::from(seats)).into_owned()
    }

    fn may_leave(&self) -> bool {
        !matches!(self.turn, Turn::SecondLook | Turn::Decided)
    }
}
