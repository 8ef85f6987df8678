//! How far one is: what is done, what is missing and by when; and of those one goes along with. A bounded number of queries however
//! many there are.

use super::{
    ActionError, acting,
    in_time::{self, Over},
    seen,
};
use crate::{
    actions::App,
    domain::{
        actor::{Actor, Right},
        enrolment::Relation,
        progress::{Fulfilment, Progress, progress},
        submission::Submission,
    },
    store::{
        awards,
        enrolments::{self, Enrolled},
        fulfilments::{self, Fulfilled},
        submissions::{self, NotYet},
    },
};
use jiff::Timestamp;
use std::collections::HashMap;

/// So many who wait for a mentor are shown at once.
const MOST_WAITING: u32 = 50;

/// One way to a level.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    pub enrolled: Enrolled,
    pub progress: Progress,
    /// How each requirement was met that is met by a route.
    pub fulfilled: Vec<Fulfilled>,
    /// Newest first.
    pub submissions: Vec<Submission>,
    /// What a panel missed in the newest submission that was decided “not yet”; none once another is handed in.
    pub not_yet: Option<NotYet>,
    /// Why this renewal can't be gone on with; told where one way is read, and not in lists.
    pub over: Option<Over>,
}

impl Way {
    /// The day by which it should be done: what the panel said, or the end of the award that is renewed.
    pub fn due(&self) -> Option<Timestamp> {
        self.not_yet.as_ref().and_then(|not_yet| not_yet.by).or(self.enrolled.renews_until)
    }

    /// Whether a panel assesses work at its end.
    pub fn is_assessed(&self) -> bool {
        self.enrolled.enrolment.asked(&self.enrolled.content).assessed
    }
}

/// Those whom someone goes along with, and those who wait for a mentor where they are one.
#[derive(Clone, Debug, PartialEq)]
pub struct Mentoring {
    pub learners: Vec<Way>,
    pub waiting: Vec<Enrolled>,
}

/// Everything one ever enrolled for, newest first.
pub async fn mine(app: &App, actor: &Actor) -> Result<Vec<Way>, ActionError> {
    let mut conn = app.db.read().await?;
    let (member, _) = acting(&mut conn, actor, Right::SignedIn).await?;
    let enrolled = enrolments::of_person(&mut conn, &member.id).await?;
    let held = awards::levels_held(&mut conn, &member.id, app.clock.now()).await?;
    let mut met = grouped(fulfilments::of_person(&mut conn, &member.id).await?, |met| &met.enrolment_id);
    let mut handed_in = grouped(submissions::of_person(&mut conn, &member.id).await?, |one| &one.enrolment_id);
    let missed = submissions::not_yet_of_person(&mut conn, &member.id).await?;
    let mut missed = grouped(missed, |one| &one.enrolment_id);
    let way = |enrolled: Enrolled| {
        let id = enrolled.enrolment.id.clone();
        let mut of = |id: &str| missed.remove(id).unwrap_or_default();
        let not_yet = of(&id);
        way(enrolled, &held, met.remove(&id).unwrap_or_default(), handed_in.remove(&id).unwrap_or_default(), not_yet)
    };
    Ok(enrolled.into_iter().map(way).collect())
}

/// One enrolment, for whoever is something to it.
pub async fn one(app: &App, actor: &Actor, id: &str) -> Result<(Way, Relation), ActionError> {
    let mut conn = app.db.read().await?;
    let (member, _) = acting(&mut conn, actor, Right::SignedIn).await?;
    let (enrolled, relation) = seen(&mut conn, member, id).await?;
    let learner = enrolled.enrolment.person_id.clone();
    let held = awards::levels_held(&mut conn, &learner, app.clock.now()).await?;
    let met = fulfilments::of_enrolment(&mut conn, id).await?;
    let handed_in = submissions::of_enrolment(&mut conn, id).await?;
    let mut missed = submissions::not_yet_of_person(&mut conn, &learner).await?;
    missed.retain(|one| one.enrolment_id == id);
    let over = match enrolled.enrolment.is_active() {
        true => in_time::over(&mut conn, &enrolled, app.clock.now()).await?,
        false => None,
    };
    Ok((Way { over, ..way(enrolled, &held, met, handed_in, missed) }, relation))
}

/// For a mentor.
pub async fn mentoring(app: &App, actor: &Actor) -> Result<Mentoring, ActionError> {
    let mut conn = app.db.read().await?;
    let (member, _) = acting(&mut conn, actor, Right::Mentor).await?;
    let mut enrolled = enrolments::of_mentor(&mut conn, &member.id).await?;
    enrolled.retain(|one| one.enrolment.relation(member) == Some(Relation::Mentor));
    let held = enrolments::held_of_mentor(&mut conn, &member.id, app.clock.now()).await?;
    let mut held = grouped(held, |(person, _)| person);
    let mut met = grouped(fulfilments::of_mentor(&mut conn, &member.id).await?, |met| &met.enrolment_id);
    let mut handed_in = grouped(submissions::of_mentor(&mut conn, &member.id).await?, |one| &one.enrolment_id);
    let waiting = enrolments::waiting_for(&mut conn, &member.id, MOST_WAITING).await?;
    let levels: HashMap<String, Vec<String>> =
        held.drain().map(|(person, held)| (person, held.into_iter().map(|(_, level)| level).collect())).collect();
    let none = Vec::new();
    let way = |enrolled: Enrolled| {
        let id = enrolled.enrolment.id.clone();
        let held = levels.get(&enrolled.enrolment.person_id).unwrap_or(&none);
        let (met, handed_in) = (met.remove(&id).unwrap_or_default(), handed_in.remove(&id).unwrap_or_default());
        way(enrolled, held, met, handed_in, Vec::new())
    };
    Ok(Mentoring { learners: enrolled.into_iter().map(way).collect(), waiting })
}

fn way(
    enrolled: Enrolled,
    held: &[String],
    fulfilled: Vec<Fulfilled>,
    submissions: Vec<Submission>,
    not_yet: Vec<NotYet>,
) -> Way {
    let progress = how_far(&enrolled, held, &fulfilled);
    let last = submissions.iter().find(|one| one.submitted_at.is_some()).map(|one| one.id.clone());
    let not_yet = not_yet.into_iter().find(|one| Some(&one.submission_id) == last.as_ref());
    Way { enrolled, progress, fulfilled, submissions, not_yet, over: None }
}

/// What is done and missing, by the levels that are held and what was noted.
pub(super) fn how_far(enrolled: &Enrolled, held: &[String], met: &[Fulfilled]) -> Progress {
    let noted = |met: &Fulfilled| Fulfilment { requirement: met.requirement_id.clone(), route: met.route_id.clone() };
    let noted: Vec<Fulfilment> = met.iter().map(noted).collect();
    progress(&enrolled.enrolment.asked(&enrolled.content), held, &noted)
}

/// In the order they come, by what they belong to.
fn grouped<T>(all: Vec<T>, key: impl Fn(&T) -> &String) -> HashMap<String, Vec<T>> {
    let mut groups: HashMap<String, Vec<T>> = HashMap::new();
    for one in all {
        groups.entry(key(&one).clone()).or_default().push(one);
    }
    groups
}
