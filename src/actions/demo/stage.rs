//! Has the acts of the pilot done by the people who do them, each by the action that a page would call, as whoever is signed in.

use super::{
    company::{PRIYA, Who, email},
    pilot::{self, Act},
    words,
};
use crate::{
    actions::{
        ActionError, App, own_badges,
        panel::{appeal, conflict, decide, draw, score, settle},
        path::{check_ins, confirm, enrol, evidence, mentor, mine, submission, upload},
        sessions,
    },
    domain::{
        actor::{Actor, Member},
        decision::{Decision, Words},
        evidence::{Said, SaidBody},
        panel::Panel,
        progress::Missing,
        requirement::ConfirmedBy,
        scoring::Score,
        submission::Submission,
    },
    store::{
        panels::{self, Seated},
        people,
        scores::{self, Given},
    },
};
use hyper::body::Bytes;
use jiff::{ToSpan, tz::TimeZone};
use std::collections::HashMap;

/// Whoever gets “not yet” has so many days.
const DAYS_FOR_MORE: i64 = 60;
const FILE: &[u8] = include_bytes!("design-note.pdf");

/// A way, by whose it is and to which level.
type Key = (Who, &'static str);

pub(super) struct Stage<'a> {
    pub app: &'a App,
    zone: TimeZone,
    /// Whoever was signed in before, by id; looked up anew once roles have changed.
    members: HashMap<String, Member>,
    ids: HashMap<Who, String>,
    /// The newest of each.
    enrolments: HashMap<Key, String>,
    submissions: HashMap<Key, String>,
    found: HashMap<Key, pilot::Grades>,
    decisions: HashMap<Key, String>,
    awards: HashMap<Key, String>,
}

impl<'a> Stage<'a> {
    pub(super) fn new(app: &'a App, zone: TimeZone) -> Self {
        Stage {
            app,
            zone,
            members: HashMap::new(),
            ids: HashMap::new(),
            enrolments: HashMap::new(),
            submissions: HashMap::new(),
            found: HashMap::new(),
            decisions: HashMap::new(),
            awards: HashMap::new(),
        }
    }

    pub(super) fn app(&self) -> &'a App {
        self.app
    }

    /// The badge that someone was given last of a level.
    pub(super) fn award(&self, who: Who, level: &'static str) -> Result<&str, ActionError> {
        self.awards.get(&(who, level)).map(String::as_str).ok_or_else(|| lost("badge"))
    }

    /// Someone signed in, with what the record says they may do.
    pub(super) async fn person(&mut self, who: Who) -> Result<Actor, ActionError> {
        let id = match self.ids.get(&who) {
            Some(id) => id.clone(),
            None => {
                let found = people::by_email(&mut self.app.db.read().await?, &email(who)).await?;
                let id = found.ok_or_else(|| lost("person"))?.id;
                self.ids.insert(who, id.clone());
                id
            }
        };
        self.actor(&id).await
    }

    async fn actor(&mut self, id: &str) -> Result<Actor, ActionError> {
        if let Some(member) = self.members.get(id) {
            return Ok(Actor::Person(member.clone()));
        }
        let mut conn = self.app.db.read().await?;
        let person = people::get(&mut conn, id).await?.ok_or_else(|| lost("person"))?;
        let member = sessions::member(&mut conn, id, person.name).await?;
        self.members.insert(id.to_owned(), member.clone());
        Ok(Actor::Person(member))
    }

    /// Someone was given a role: what is known of people is read anew.
    pub(super) fn roles_changed(&mut self) {
        self.members.clear();
    }

    pub(super) async fn play(&mut self, who: Who, level: &'static str, act: Act) -> Result<(), ActionError> {
        let (app, key) = (self.app, (who, level));
        let learner = self.person(who).await?;
        match act {
            Act::Enrols => {
                let enrolment = enrol::enrol(app, &learner, level).await?;
                self.enrolments.insert(key, enrolment.id);
            }
            Act::AsksForMentor => mentor::ask(app, &learner, self.enrolment(key)?, true).await?,
            Act::Mentored(by) => {
                mentor::ask(app, &learner, self.enrolment(key)?, true).await?;
                let mentor = self.person(by).await?;
                mentor::take(app, &mentor, self.enrolment(key)?).await?;
            }
            Act::Notes(by, text) => {
                let author = self.person(by).await?;
                check_ins::note(app, &author, self.enrolment(key)?, text).await?;
            }
            Act::Meets => self.meet(&learner, key, None).await?,
            Act::Shows(requirement) => self.meet(&learner, key, Some(requirement)).await?,
            Act::Drafts => {
                let draft = self.draft(&learner, key).await?;
                let text = submission::Text { statement: words::work(who).statement, revision: draft.revision };
                submission::save(app, &learner, &draft.id, text).await?;
            }
            Act::HandsIn => {
                let draft = self.draft(&learner, key).await?;
                let text = submission::Text { statement: words::work(who).statement, revision: draft.revision };
                submission::hand_in(app, &learner, &draft.id, Some(text)).await?;
            }
            Act::Seats(wanted) => self.seat(key, wanted).await?,
            Act::Conflict => {
                let (_, seats) = self.panel(key).await?;
                let drawn = seats.first().ok_or_else(|| lost("seat"))?;
                let assessor = self.actor(&drawn.seat.person_id).await?;
                conflict::declare(app, &assessor, &email(who), words::CONFLICT).await?;
            }
            Act::Scores(grades) => self.score(key, grades, false, None).await?,
            Act::ScoresApart(grades) => self.score(key, grades, true, None).await?,
            Act::ScoresWithout(absent, grades) => self.score(key, grades, false, Some(absent)).await?,
            Act::BeginsToScore(by) => {
                let begun = [said("evidence", "Solid")];
                let panel = self.panel(key).await?.0.id;
                score::save(app, &self.person(by).await?, &panel, &begun).await?;
            }
            Act::Decides => self.decide(key).await?,
            Act::Confirms => {
                let owner = self.person(PRIYA).await?;
                let done = decide::confirm(app, &owner, self.decision(key)?).await?;
                self.note(key, done);
            }
            Act::Shares => {
                own_badges::show_to(app, &learner, self.award(who, level)?, "public").await?;
                own_badges::be_named(app, &learner, true).await?;
            }
            Act::Appeals(reason) => {
                appeal::against_decision(app, &learner, self.decision(key)?, reason).await?;
            }
            Act::AppealsRevocation(reason) => {
                appeal::against_revocation(app, &learner, self.award(who, level)?, reason).await?;
            }
        }
        Ok(())
    }

    /// Everything that is missing, or one part of it, by the first of its routes.
    async fn meet(&mut self, learner: &Actor, key: Key, only: Option<&str>) -> Result<(), ActionError> {
        let id = self.enrolment(key)?.to_owned();
        let (way, _) = mine::one(self.app, learner, &id).await?;
        let asked = way.enrolled.enrolment.asked(&way.enrolled.content);
        let missing = way.progress.missing().into_iter().filter_map(|missing| match missing {
            Missing::Step { id, .. } => Some(id),
            Missing::Choice { group, .. } => {
                asked.requirements.iter().find(|part| part.group.as_ref() == Some(&group)).map(|part| part.id.clone())
            }
        });
        for requirement in missing.filter(|id| only.is_none_or(|only| only == id)) {
            let part = asked.requirements.iter().find(|part| part.id == requirement);
            let routes = part.map(|part| part.routes()).unwrap_or_default();
            let mentor = way.enrolled.enrolment.mentor_id.as_deref();
            let open = |by: ConfirmedBy| by == ConfirmedBy::Owner || (by == ConfirmedBy::Mentor && mentor.is_some());
            let route = routes.iter().find(|route| open(route.confirmed_by)).ok_or_else(|| lost("route"))?;
            let by = match (route.confirmed_by, mentor) {
                (ConfirmedBy::Mentor, Some(mentor)) => self.actor(mentor).await?,
                _ => self.person(PRIYA).await?,
            };
            let walked = confirm::Walked { enrolment: &id, requirement: &requirement, route: &route.id };
            confirm::confirm(self.app, &by, walked, words::SEEN).await?;
        }
        Ok(())
    }

    /// A draft with the evidence that belongs into it; what was in an earlier submission is in it already.
    async fn draft(&mut self, learner: &Actor, key: Key) -> Result<Submission, ActionError> {
        let app = self.app;
        let draft = submission::begin(app, learner, self.enrolment(key)?).await?;
        self.submissions.insert(key, draft.id.clone());
        if !draft.statement.is_empty() {
            return Ok(draft);
        }
        let work = words::work(key.0);
        let note = Said {
            title: work.title,
            note: "The design note.",
            public: false,
            body: SaidBody::Text { text: work.note },
        };
        let url = format!("https://wiki.northwind.example/work/{}", 1_200 + key.0 * 7);
        let link = Said { title: "It is in use here", note: "", public: true, body: SaidBody::Link { url: &url } };
        for said in [&note, &link] {
            evidence::add(app, learner, &draft.id, said).await?;
        }
        // Those on the way to more have it on paper too.
        if key.1 != pilot::PRACTITIONER {
            let (name, size) = ("design-note.pdf", FILE.len() as u64);
            let file =
                upload::NewFile { name, size, title: "The design note, as it was reviewed", note: "", public: false };
            let file = upload::begin(app, learner, &draft.id, file).await?;
            upload::append(app, learner, &file.id, 0, Bytes::from_static(FILE)).await?;
        }
        Ok(draft)
    }

    /// The newest panel of what was handed in, and who sits.
    async fn panel(&self, key: Key) -> Result<(Panel, Vec<Seated>), ActionError> {
        let mut conn = self.app.db.read().await?;
        let id = self.submissions.get(&key).ok_or_else(|| lost("submission"))?;
        let all = panels::of_submission(&mut conn, id).await?;
        let open = all.into_iter().max_by_key(|panel| panel.drawn_at).ok_or_else(|| lost("panel"))?;
        let seats = panels::seats(&mut conn, &open.id).await?.into_iter().filter(|one| one.seat.is_taken()).collect();
        Ok((open, seats))
    }

    /// Each time someone who has left a seat can't be drawn for it again, so this comes to an end.
    async fn seat(&mut self, key: Key, wanted: Who) -> Result<(), ActionError> {
        let owner = self.person(PRIYA).await?;
        let Actor::Person(wanted) = self.person(wanted).await? else { return Err(lost("person")) };
        loop {
            let (panel, seats) = self.panel(key).await?;
            if seats.iter().any(|one| one.seat.person_id == wanted.id) {
                return Ok(());
            }
            let away = seats.last().ok_or_else(|| lost("seat"))?;
            draw::redraw(self.app, &owner, &panel.id, Some(&away.seat.person_id), words::AWAY).await?;
        }
    }

    /// Until nobody who sits has still to score: where two are apart one more is drawn, and scores too.
    async fn score(
        &mut self,
        key: Key,
        found: pilot::Grades,
        apart: bool,
        absent: Option<Who>,
    ) -> Result<(), ActionError> {
        let absent = match absent {
            Some(who) => Some(self.person(who).await?.label()),
            None => None,
        };
        self.found.insert(key, found);
        let mut scored = 0;
        loop {
            let (panel, mut seats) = self.panel(key).await?;
            seats
                .retain(|one| one.seat.scored_at.is_none() && absent != Some(format!("person:{}", one.seat.person_id)));
            if seats.is_empty() {
                return Ok(());
            }
            for one in seats {
                let [evidence, design, others] = found;
                let grades = match scored {
                    0 if apart => [evidence, "Emerging", others],
                    // Of three, one is a little more or less generous; the panel's grade stays what most of them give.
                    2 => [if evidence == "Exemplary" { "Solid" } else { "Exemplary" }, design, others],
                    _ => found,
                };
                let sheet = sheet(grades);
                let assessor = self.actor(&one.seat.person_id).await?;
                score::hand_in(self.app, &assessor, &panel.id, &sheet, true).await?;
                scored += 1;
            }
        }
    }

    async fn decide(&mut self, key: Key) -> Result<(), ActionError> {
        let app = self.app;
        let (panel, seats) = self.panel(key).await?;
        let found = self.found.get(&key).copied().ok_or_else(|| lost("scores"))?;
        // Whoever was far from the others is convinced by them, and says so first.
        let far = self.far_from_the_others(&panel.id).await?;
        let mut seats: Vec<String> = seats.into_iter().map(|one| one.seat.person_id).collect();
        seats.sort_by_key(|person| Some(person) != far.as_ref());
        for person in &seats {
            let convinced = far.as_ref() == Some(person);
            let changed = Score { comment: words::CHANGED.to_owned(), ..said("design", "Solid") };
            let changed = if convinced { vec![changed] } else { Vec::new() };
            let assessor = self.actor(person).await?;
            settle::settle(app, &assessor, &panel.id, &changed).await?;
        }
        let not_yet = found.contains(&"Emerging");
        let by = app.clock.now().to_zoned_datetime(self.zone.clone()).date();
        let by = by.checked_add(DAYS_FOR_MORE.days()).map_err(ActionError::internal)?;
        let said = Words {
            reason: if not_yet { words::NOT_YET } else { words::PASSED }.to_owned(),
            comments: sheet(found).into_iter().map(|score| (score.criterion, score.comment)).collect(),
            missing: words::MISSING.to_owned(),
            missing_by: by.to_string(),
        };
        let first = self.actor(seats.first().ok_or_else(|| lost("seat"))?).await?;
        let done = decide::propose(app, &first, &panel.id, &said).await?;
        self.note(key, done);
        Ok(())
    }

    /// Whoever found less in the design than the panel does.
    async fn far_from_the_others(&self, panel_id: &str) -> Result<Option<String>, ActionError> {
        let given = scores::of_panel(&mut self.app.db.read().await?, panel_id).await?;
        let far = |one: &Given| one.score.criterion == "design" && one.score.grade.as_deref() == Some("Emerging");
        Ok(given.into_iter().find(far).map(|one| one.person_id))
    }

    fn note(&mut self, key: Key, decision: Decision) {
        if let Some(award) = decision.award_id {
            self.awards.insert(key, award);
        }
        self.decisions.insert(key, decision.id);
    }

    fn decision(&self, key: Key) -> Result<&str, ActionError> {
        self.decisions.get(&key).map(String::as_str).ok_or_else(|| lost("decision"))
    }

    fn enrolment(&self, key: Key) -> Result<&str, ActionError> {
        self.enrolments.get(&key).map(String::as_str).ok_or_else(|| lost("enrolment"))
    }

    /// The panel that decided on someone's work, to be learned from.
    pub(super) async fn panel_of(&self, who: Who, level: &'static str) -> Result<Panel, ActionError> {
        Ok(self.panel((who, level)).await?.0)
    }
}

/// A grade and a comment for every criterion.
pub(super) fn sheet(grades: pilot::Grades) -> Vec<Score> {
    ["evidence", "design", "others"].into_iter().zip(grades).map(|(criterion, grade)| said(criterion, grade)).collect()
}

fn said(criterion: &str, grade: &str) -> Score {
    Score {
        criterion: criterion.to_owned(),
        grade: Some(grade.to_owned()),
        comment: words::comment(criterion, grade).to_owned(),
    }
}

/// The demo's own story does not hold together.
pub(super) fn lost(what: &str) -> ActionError {
    ActionError::internal(anyhow::anyhow!("the demo's story has lost its {what}"))
}
