//! The way to a level, by the people who go it: a learner, their mentor, assessors, owners, and strangers from another program.

mod confirming;
mod enrolling;
mod evidence;
mod mentors;
mod outside_badges;
mod pages;
mod renewing;
mod submitting;
mod uploads;

use crate::{cast::deployment, setup::BASE_URL};
use laurel::{
    actions::{
        ActionError, App,
        import_program::import_program,
        init::{self, NewIssuer},
        issue::{Batch, issue},
        path::{
            confirm::{Walked, confirm},
            enrol::enrol,
            evidence as evidence_actions, submission,
        },
        people, roles,
    },
    credential::{did::did_key, key::SecretKey},
    domain::{
        actor::{Actor, Grant, Member, Role},
        directory::NewPerson,
        enrolment::Enrolment,
        evidence::{Said, SaidBody},
        letter::Mail,
        program_file,
        recipient::{AwardRequest, RecipientRequest},
        submission::Submission,
        trust::TrustedIssuer,
    },
    outside::random::Random,
    store::{Db, events, mails, panels, people as people_rows, roles as role_rows},
};
use std::collections::HashMap;

pub const NOW: &str = "2026-11-24T12:00:00Z";
pub const FIRST: &str = "craft.practitioner";
pub const SECOND: &str = "craft.professional";
pub const GUILD_BADGE: &str = "https://guild.example/achievements/cloud";

/// The guild's DID.
pub fn guild() -> String {
    did_key(&SecretKey::from_seed(&[9; 32]).public())
}

/// A badge of the guild counts for `cloud`; `talk` is all that a renewal asks for.
fn program() -> String {
    let guild = guild();
    format!(
        r##"
id = "craft"
name = "Software Craft"
description = "How we build."
[[levels]]
id = "practitioner"
name = "Practitioner"
description = "Builds with guidance."
criteria = "* ships"
validity = "P2Y"
renewal_window = "P90D"
[levels.renewal]
assessed = false
grace = "P30D"
remind_manager = true
[[levels.renewal.requirements]]
id = "talk"
name = "A talk"
routes = [{{ id = "given", name = "Given here", kind = "demonstration", confirmed_by = "mentor" }}]
[[levels]]
id = "professional"
name = "Professional"
description = "Builds well alone."
criteria = "* leads"
validity = "P2Y"
renewal_window = "P90D"
electives = [{{ id = "beyond", name = "Beyond the code", choose = 1 }}]
[levels.rubric]
grades = ["Emerging", "Solid"]
[[levels.rubric.criteria]]
id = "design"
name = "Designs"
required = "Solid"
described = ["Follows.", "Leads."]
[levels.assessment]
panel = 1
[levels.renewal]
grace = "P30D"
[[levels.requirements]]
id = "first"
name = "Practitioner first"
level = "craft.practitioner"
[[levels.requirements]]
id = "design"
name = "Design"
routes = [
  {{ id = "course", name = "The course", kind = "coursework", confirmed_by = "mentor" }},
  {{ id = "project", name = "A project", kind = "project" }},
]
[[levels.requirements]]
id = "review"
name = "Reviews"
routes = [{{ id = "shown", name = "Shown", kind = "demonstration", confirmed_by = "assessor" }}]
[[levels.requirements]]
id = "cloud"
name = "Cloud"
group = "beyond"
routes = [
  {{ id = "guild", name = "The guild's badge", kind = "outside-badge", issuer = "{guild}", achievement = "{GUILD_BADGE}" }},
]
[[levels.requirements]]
id = "teaching"
name = "Teaching"
group = "beyond"
routes = [{{ id = "course", name = "A course given", kind = "coursework", confirmed_by = "owner" }}]
[[levels.requirements]]
id = "work"
name = "Two pieces of work"
submission = true
"##
    )
}

const OTHER: &str = r#"
id = "data"
name = "Data"
description = "How we count."
[[levels]]
id = "analyst"
name = "Analyst"
description = "Counts."
criteria = "* counts"
"#;

/// A company with the two programs, and these people: learners Ada and Lin, mentors, assessors and an owner of the craft, and
/// someone who is everything in the other program and nothing here.
pub struct Town {
    pub app: App,
}

impl Town {
    pub async fn new(db: Db) -> Self {
        let mut app = deployment(db, BASE_URL, NOW, Random::seeded(7));
        let guild = TrustedIssuer { id: guild(), name: "The Guild".into(), ..TrustedIssuer::default() };
        app.config.trusted_issuers = vec![guild];
        let new = NewIssuer {
            id: "acme".into(),
            name: "Acme".into(),
            url: None,
            email: None,
            linkedin_id: None,
            time_zone: "UTC".into(),
            show_revocation_reason: false,
        };
        init::init(&app, &Actor::Operator, init::check(&new, BASE_URL).unwrap(), None).await.unwrap();
        for text in [program(), OTHER.to_owned()] {
            let program = program_file::read(&text, false).unwrap();
            import_program(&app, &Actor::Operator, program, HashMap::new()).await.unwrap();
        }
        let town = Town { app };
        for (name, roles, program) in [
            ("ada", vec![], "craft"),
            ("lin", vec![], "craft"),
            ("mia", vec![Role::Mentor], "craft"),
            ("ned", vec![Role::Mentor], "craft"),
            ("sol", vec![Role::Assessor], "craft"),
            ("pat", vec![Role::Assessor], "craft"),
            ("oda", vec![Role::Owner], "craft"),
            ("eve", vec![Role::Mentor, Role::Assessor, Role::Owner, Role::Committee], "data"),
        ] {
            town.add(name).await;
            for role in roles {
                town.grant(name, role, Some(program)).await;
            }
        }
        town
    }

    pub async fn add(&self, name: &str) {
        let function = Some("Engineering".to_owned());
        let new = NewPerson { email: address(name), name: name.to_uppercase(), function, ..NewPerson::default() };
        people::add(&self.app, &Actor::Operator, &new).await.unwrap();
    }

    pub async fn grant(&self, name: &str, role: Role, program: Option<&str>) {
        let grant = Grant { role, program: program.map(str::to_owned) };
        roles::grant(&self.app, &Actor::Operator, &address(name), &grant, "").await.unwrap();
    }

    /// Someone as they are signed in.
    pub async fn be(&self, name: &str) -> Actor {
        let mut conn = self.app.db.read().await.unwrap();
        let person = people_rows::by_email(&mut conn, &address(name)).await.unwrap().unwrap();
        let grants = role_rows::of_person(&mut conn, &person.id).await.unwrap();
        Actor::Person(Member { id: person.id, name: person.name, grants, manages: false })
    }

    pub async fn id(&self, name: &str) -> String {
        let Actor::Person(member) = self.be(name).await else { unreachable!() };
        member.id
    }

    pub async fn leaves(&self, name: &str) {
        let mut conn = self.app.db.write().await.unwrap();
        let mut entry = people_rows::entry(&mut conn, &self.id(name).await).await.unwrap().unwrap();
        entry.person.active = false;
        people_rows::update(&mut conn, &entry).await.unwrap();
        conn.commit().await.unwrap();
    }

    pub async fn enrol(&self, name: &str, level: &str) -> Enrolment {
        enrol(&self.app, &self.be(name).await, level).await.unwrap()
    }

    /// Gives the level from now on.
    pub async fn award(&self, name: &str, level: &str) -> String {
        let recipient = RecipientRequest { name: name.into(), email: address(name), ..RecipientRequest::default() };
        let request = AwardRequest { level: level.into(), recipient, ..AwardRequest::default() };
        let outcome = issue(&self.app, &Actor::Operator, Batch::One(Box::new(request)), None).await.unwrap();
        outcome.body.awards[0].id.clone()
    }

    /// Everything done that comes before the work of the second level, and a draft of it.
    pub async fn drafting(&self, name: &str) -> (Enrolment, Submission) {
        self.award(name, FIRST).await;
        let enrolment = self.enrol(name, SECOND).await;
        for (who, requirement, route) in
            [("oda", "design", "project"), ("sol", "review", "shown"), ("oda", "teaching", "course")]
        {
            let walked = Walked { enrolment: &enrolment.id, requirement, route };
            confirm(&self.app, &self.be(who).await, walked, "").await.unwrap();
        }
        let draft = submission::begin(&self.app, &self.be(name).await, &enrolment.id).await.unwrap();
        (enrolment, draft)
    }

    /// A draft with a statement and a link, handed in.
    pub async fn handed_in(&self, name: &str) -> (Enrolment, Submission) {
        let (enrolment, draft) = self.drafting(name).await;
        let who = self.be(name).await;
        evidence_actions::add(&self.app, &who, &draft.id, &link()).await.unwrap();
        let text = submission::Text { statement: "What I did.", revision: draft.revision };
        submission::hand_in(&self.app, &who, &draft.id, Some(text)).await.unwrap();
        (enrolment, draft)
    }

    /// Who was drawn for the panel of a submission.
    pub async fn seated(&self, submission: &str) -> Vec<String> {
        let mut conn = self.app.db.read().await.unwrap();
        let panels = panels::of_submission(&mut conn, submission).await.unwrap();
        let seats = panels::seats(&mut conn, &panels[0].id).await.unwrap();
        let mut names = Vec::new();
        for one in seats.into_iter().filter(|one| one.seat.is_taken()) {
            names.push(people_rows::get(&mut conn, &one.seat.person_id).await.unwrap().unwrap().name.to_lowercase());
        }
        names
    }

    pub fn at(&self, time: &str) {
        self.app.clock.set(time.parse().unwrap());
    }

    /// The verbs of everything that was done to one thing.
    pub async fn told(&self, subject: &str) -> Vec<String> {
        let mut conn = self.app.db.read().await.unwrap();
        let events = events::of_subject(&mut conn, subject).await.unwrap();
        events.into_iter().map(|event| event.verb).collect()
    }

    /// Letters that wait to be sent: to whom, and about what.
    pub async fn letters(&self) -> Vec<String> {
        let mut conn = self.app.db.read().await.unwrap();
        let unsent = mails::unsent(&mut conn, self.app.clock.now(), 99).await.unwrap();
        let line = |mail: &Mail| format!("{}: {}", mail.recipient.split('@').next().unwrap(), mail.subject);
        let mut letters: Vec<String> = unsent.iter().map(|one| line(&one.mail)).collect();
        letters.sort();
        letters
    }

    pub async fn happened(&self) -> usize {
        events::page(&mut self.app.db.read().await.unwrap(), 0, 10_000).await.unwrap().len()
    }
}

pub fn address(name: &str) -> String {
    format!("{name}@acme.example")
}

pub fn link() -> Said<'static> {
    Said { title: "The change", note: "", public: false, body: SaidBody::Link { url: "https://acme.example/change/7" } }
}

/// The stable word of a conflict, or the kind of another error.
pub fn code<T: std::fmt::Debug>(done: Result<T, ActionError>) -> String {
    match done.unwrap_err() {
        ActionError::Conflict { why, .. } => why.code().to_owned(),
        ActionError::NotFound { what, .. } => format!("no {what}"),
        ActionError::Forbidden { .. } => "forbidden".to_owned(),
        ActionError::Unauthenticated => "unauthenticated".to_owned(),
        ActionError::Invalid(faults) => faults.iter().map(|fault| fault.field.as_str()).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    }
}
