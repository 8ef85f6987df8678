//! The way to a level: the learner's own pages, and what those see of it who go along or confirm.

use askama::Template;
use jiff::Timestamp;
use jiff::civil::Date;

use super::{Link, Site, said};
use crate::actions::path::in_time::Over;
use crate::domain::changes::Said;
use crate::domain::enrolment::{EnrolmentRefused, EnrolmentState};
use crate::domain::evidence::StoredFile;
use crate::domain::media::Media;
use crate::domain::progress::StepState;
use crate::domain::requirement::{ElectiveGroup, Route};
use crate::domain::submission::SubmissionState;
use crate::web::text::Text;

/// `/me/path`.
#[derive(Template)]
#[template(path = "ways.html")]
pub struct WaysPage {
    pub site: Site,
    pub ways: Vec<WayView>,
    pub ended: Vec<WayView>,
}

/// Before one begins.
#[derive(Template)]
#[template(path = "enrol.html")]
pub struct EnrolPage {
    pub site: Site,
    pub id: String,
    pub level: Link,
    pub version: i64,
    /// What is held would be renewed.
    pub renewal: bool,
    /// Why one can’t begin now.
    pub refused: Option<EnrolmentRefused>,
    /// The names of its parts.
    pub asked: Vec<String>,
    pub assessed: bool,
}

impl EnrolPage {
    fn title(&self) -> String {
        let t = self.site.text;
        match (self.refused, self.renewal) {
            (Some(_), _) => self.level.name.clone(),
            (None, true) => t.with("enrol-renew-title", "level", &self.level.name).into_owned(),
            (None, false) => t.with("enrol-title", "level", &self.level.name).into_owned(),
        }
    }

    fn refusal(&self) -> Option<String> {
        let t = self.site.text;
        let words = match self.refused? {
            EnrolmentRefused::Suspended => t.get("enrol-suspended"),
            EnrolmentRefused::HeldForEver => t.get("enrol-held-for-ever"),
            EnrolmentRefused::HeldUntil(opens) => t.with("enrol-held-until", "date", self.site.date(&opens)),
        };
        Some(words.into_owned())
    }
}

/// `/me/path/{id}`.
#[derive(Template)]
#[template(path = "way.html")]
pub struct WayPage {
    pub site: Site,
    pub way: WayView,
    pub notes: Vec<NoteView>,
    pub problems: Vec<String>,
    /// What was typed and not right.
    pub note: String,
}

/// `/mentor`.
#[derive(Template)]
#[template(path = "mentoring.html")]
pub struct MentoringPage {
    pub site: Site,
    pub learners: Vec<WayView>,
    pub waiting: Vec<WaitingView>,
}

/// Someone who waits for a mentor.
#[derive(Clone, Debug)]
pub struct WaitingView {
    pub id: String,
    pub learner: String,
    pub level: Link,
    pub program: String,
    pub since: Timestamp,
}

/// `/me/learners`: who is under way in a program.
#[derive(Template)]
#[template(path = "learners.html")]
pub struct LearnersPage {
    pub site: Site,
    /// Its name.
    pub program: String,
    /// The reader's other programs.
    pub programs: Vec<Link>,
    pub rows: Vec<LearnerRow>,
    /// Only those who wait for a mentor are shown.
    pub waiting: bool,
    /// The list of all, or of those who wait.
    pub other_url: String,
    pub next_url: Option<String>,
}

#[derive(Clone, Debug)]
pub struct LearnerRow {
    pub url: String,
    pub name: String,
    pub level: String,
    pub mentor: Option<String>,
    pub mentor_wanted: bool,
    /// Of the newest submission.
    pub work: Option<SubmissionState>,
    pub since: Timestamp,
}

impl LearnerRow {
    fn work_words(&self, t: &Text) -> String {
        self.work.map(|state| state_words(state, t)).unwrap_or_default()
    }
}

/// `/me/learners/{id}`: someone else's way.
#[derive(Template)]
#[template(path = "learner.html")]
pub struct LearnerPage {
    pub site: Site,
    pub way: WayView,
    /// None for whoever does not read them.
    pub notes: Option<Vec<NoteView>>,
    /// May give the badge now, since nothing is missing and no panel does.
    pub gives: bool,
    /// May see what was handed in.
    pub sees_work: bool,
    /// May end the mentoring.
    pub releases: bool,
    /// Who can be given as a mentor, by id and name; empty for whoever gives none.
    pub mentors: Vec<(String, String)>,
    /// May end the way.
    pub closes: bool,
    pub problems: Vec<String>,
    pub note: String,
    /// Why it is ended, as it was typed and was not right.
    pub reason: String,
}

#[derive(Clone, Debug)]
pub struct WayView {
    pub id: String,
    pub level: Link,
    pub program: Link,
    /// Whose criteria count.
    pub version: Link,
    pub renewal: bool,
    pub state: EnrolmentState,
    pub learner: String,
    pub mentor: Option<String>,
    pub mentor_wanted: bool,
    pub enrolled_at: Timestamp,
    pub ended_at: Option<Timestamp>,
    /// By when it should be done.
    pub due: Option<Timestamp>,
    /// Until when one can finish under these criteria, and where the versions after them stand.
    pub finish_by: Option<(Timestamp, String)>,
    /// Why this renewal can’t be gone on with.
    pub over: Option<Over>,
    /// What the panel said to what was handed in last, what is lacking, and by when it is to be there.
    pub said: Option<String>,
    pub lacking: Option<String>,
    pub missing_by: Option<Timestamp>,
    pub must: Vec<PartView>,
    pub any: Vec<(ElectiveGroup, Vec<PartView>)>,
    pub done: usize,
    pub all: usize,
    pub assessed: bool,
    /// Nothing is missing but the work.
    pub ready: bool,
    /// Newest first.
    pub submissions: Vec<SubmissionRow>,
}

#[derive(Clone, Debug)]
pub struct PartView {
    pub id: String,
    pub name: String,
    pub description: String,
    pub level_url: Option<String>,
    pub state: StepState,
    /// The route it was met by.
    pub met_by: Option<String>,
    pub met_at: Option<Timestamp>,
    pub met_note: Option<String>,
    pub routes: Vec<RouteView>,
    /// The reader may take the confirmation back.
    pub undoes: bool,
}

#[derive(Clone, Debug)]
pub struct RouteView {
    pub route: Route,
    /// The reader may bring a badge for it.
    pub brings: bool,
    /// The reader may confirm it.
    pub confirms: bool,
}

#[derive(Clone, Debug)]
pub struct SubmissionRow {
    pub id: String,
    pub number: i64,
    pub state: SubmissionState,
    pub updated_at: Timestamp,
    pub submitted_at: Option<Timestamp>,
}

#[derive(Clone, Debug)]
pub struct NoteView {
    /// Written by whoever reads it.
    pub mine: bool,
    pub author: String,
    pub text: String,
    pub at: Timestamp,
}

/// `/me/submissions/{id}`.
#[derive(Template)]
#[template(path = "submission.html")]
pub struct SubmissionPage {
    pub site: Site,
    pub id: String,
    pub number: i64,
    pub state: SubmissionState,
    /// The level's name, which leads back to the way.
    pub level: Link,
    pub learner: String,
    pub statement: String,
    /// What another window made of it meanwhile.
    pub kept: Option<String>,
    pub revision: i64,
    pub submitted_at: Option<Timestamp>,
    pub evidence: Vec<EvidenceRow>,
    /// What must be done before it can be handed in.
    pub missing: Vec<String>,
    /// Can be taken back.
    pub untouched: bool,
    /// The reader's own.
    pub own: bool,
    /// The way has not ended.
    pub active: bool,
    pub problems: Vec<String>,
    /// What was typed of new evidence and not right.
    pub new: NewEvidence,
    /// In MiB.
    pub most_file: u64,
    pub most_video: u64,
    pub most_together: u64,
}

#[derive(Clone, Debug)]
pub struct EvidenceRow {
    pub id: String,
    pub kind: &'static str,
    pub title: String,
    pub note: String,
    pub public: bool,
    pub url: Option<String>,
    pub text: Option<String>,
    pub held_on: Option<Date>,
    pub file: Option<StoredFile>,
}

/// A form of new evidence as it was typed.
#[derive(Clone, Debug, Default)]
pub struct NewEvidence {
    pub kind: String,
    pub title: String,
    pub note: String,
    pub public: bool,
    pub url: String,
    pub text: String,
    pub held_on: String,
}

impl WayView {
    pub fn is_active(&self) -> bool {
        self.state == EnrolmentState::Active
    }

    /// What is still missing, by name; of a group its name.
    fn missing(&self) -> Vec<&str> {
        let must = self.must.iter().filter(|part| part.state == StepState::Missing).map(|part| part.name.as_str());
        let any = self
            .any
            .iter()
            .filter(|(group, parts)| parts.iter().filter(|part| part.is_done()).count() < group.choose as usize);
        must.chain(any.map(|(group, _)| group.name.as_str())).collect()
    }

    /// The one that is open, or else the newest.
    fn newest(&self) -> Option<&SubmissionRow> {
        self.submissions.first()
    }

    /// Whether one can begin a new draft.
    fn can_begin(&self) -> bool {
        self.assessed && self.is_active() && self.newest().is_none_or(|newest| !newest.state.is_open())
    }

    /// “3 of 5 done”.
    fn so_far(&self, t: &Text) -> String {
        t.with2("way-so-far", "done", self.done, "all", self.all).into_owned()
    }

    fn any_words(&self, t: &Text, group: &ElectiveGroup) -> String {
        said(t, Said::Any(group))
    }

    fn kind(&self, t: &Text) -> String {
        t.get(if self.renewal { "way-renewal" } else { "way-first" }).into_owned()
    }

    fn ended_words(&self, t: &Text) -> String {
        let words = match self.state {
            EnrolmentState::Active => t.get("way-active"),
            EnrolmentState::Passed => t.get("way-passed"),
            EnrolmentState::Withdrawn => t.get("way-withdrawn"),
            EnrolmentState::Closed => t.get("way-closed"),
        };
        words.into_owned()
    }

    /// What is suspended may go on.
    fn over_title(&self, over: &Over, t: &Text) -> String {
        t.get(if *over == Over::Suspended { "standing-word-suspended" } else { "way-over" }).into_owned()
    }

    fn over_for_owner(&self, over: &Over, t: &Text) -> String {
        t.get(if *over == Over::Suspended { "way-over-suspended" } else { "close-over" }).into_owned()
    }

    fn over_words(&self, over: &Over, t: &Text) -> String {
        let words = match over {
            Over::Lapsed => t.get("way-over-lapsed"),
            Over::Revoked => t.get("way-over-revoked"),
            Over::Suspended => t.get("way-over-suspended"),
            Over::Renewed => t.get("way-over-renewed"),
        };
        words.into_owned()
    }

    /// Whether the reader of someone else's way has something to confirm.
    fn has_routes_to_confirm(&self) -> bool {
        let parts = self.must.iter().chain(self.any.iter().flat_map(|(_, parts)| parts));
        parts.filter(|part| part.state == StepState::Missing).any(|part| part.routes.iter().any(|route| route.confirms))
    }
}

impl PartView {
    pub fn is_done(&self) -> bool {
        self.state.is_done()
    }

    fn is_spare(&self) -> bool {
        self.state == StepState::Spare
    }

    /// What can be seen of its state, in a word.
    fn state_words(&self, t: &Text) -> String {
        let words = match self.state {
            StepState::Held => t.get("part-held"),
            StepState::Met { .. } => t.get("part-met"),
            StepState::Missing => t.get("part-missing"),
            StepState::Spare => t.get("part-spare"),
        };
        words.into_owned()
    }
}

impl RouteView {
    /// “Coursework, confirmed by a mentor”.
    fn words(&self, t: &Text) -> String {
        format!("{}, {}", said(t, Said::Route(&self.route.kind)), said(t, Said::ConfirmedBy(self.route.confirmed_by)))
    }
}

impl SubmissionRow {
    fn words(&self, t: &Text) -> String {
        state_words(self.state, t)
    }
}

impl SubmissionPage {
    fn is_draft(&self) -> bool {
        self.state == SubmissionState::Draft && self.own && self.active
    }

    fn words(&self, t: &Text) -> String {
        state_words(self.state, t)
    }

    /// What was typed into the form of this kind.
    fn typed(&self, kind: &str) -> NewEvidence {
        if self.opens(kind) { self.new.clone() } else { NewEvidence::default() }
    }

    /// Whether this kind of form was sent and not right, so that it stands open.
    fn opens(&self, kind: &str) -> bool {
        self.new.kind == kind
    }
}

fn state_words(state: SubmissionState, t: &Text) -> String {
    let words = match state {
        SubmissionState::Draft => t.get("work-draft"),
        SubmissionState::Submitted => t.get("work-submitted"),
        SubmissionState::Decided => t.get("work-decided"),
        SubmissionState::Withdrawn => t.get("work-withdrawn"),
    };
    words.into_owned()
}

impl EvidenceRow {
    fn words(&self, t: &Text) -> String {
        let words = match (self.kind, self.file.as_ref().and_then(|file| file.media)) {
            ("link", _) => t.get("evidence-link"),
            ("text", _) => t.get("evidence-text"),
            ("session", _) => t.get("evidence-session"),
            (_, Some(media)) if media.is_video() => t.get("evidence-video"),
            (_, Some(Media::Png | Media::Jpeg | Media::Gif | Media::Webp | Media::Heic | Media::Avif)) => {
                t.get("evidence-picture")
            }
            (_, Some(Media::Pdf)) => "PDF".into(),
            (_, _) => t.get("evidence-file"),
        };
        words.into_owned()
    }

    /// The file while it has not come whole.
    fn arriving(&self) -> Option<&StoredFile> {
        self.file.as_ref().filter(|file| !file.is_whole())
    }
}

/// “12 KiB”, “3.4 MiB”: as file managers write it.
pub fn size(bytes: &u64) -> String {
    const STEP: u64 = 1024;
    let bytes = *bytes;
    match bytes {
        0..STEP => format!("{bytes} B"),
        _ if bytes < STEP * STEP => format!("{} KiB", bytes / STEP),
        _ if bytes < STEP * STEP * STEP => {
            format!("{}.{} MiB", bytes / (STEP * STEP), bytes % (STEP * STEP) * 10 / (STEP * STEP))
        }
        _ => {
            format!("{}.{} GiB", bytes / (STEP * STEP * STEP), bytes % (STEP * STEP * STEP) * 10 / (STEP * STEP * STEP))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_written_as_people_know_them() {
        let written = [0, 1_023, 1_024, 1_048_575, 1_048_576, 3_670_016, 1_073_741_824].map(|bytes| size(&bytes));
        assert_eq!(written, ["0 B", "1023 B", "1 KiB", "1023 KiB", "1.0 MiB", "3.5 MiB", "1.0 GiB"]);
    }
}
