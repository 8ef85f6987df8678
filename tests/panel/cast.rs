//! A company with enough assessors in several teams and functions, and someone who hands in.
//!
//! Ada of Platform hands in; Mona leads her, and Rolf leads Mona. Bao is in her team, Hana goes along with her, Ivo and she have
//! declared a conflict, Jo has left, Kim assesses in another program. That leaves Chiara and Dev (Engineering, Payments), Emil and Fay
//! (Design), and Gus (Operations). Olga and Pia run the program.

use crate::cast::{BASE_URL, Cast, deployment};
use laurel::{
    actions::{
        ActionError, App, audit,
        import_program::import_program,
        init, panel,
        panel::{decide, score, settle},
    },
    credential::verify::{Report, Verdict},
    domain::{
        actor::{Actor, Grant, Member, Role},
        award::Award,
        decision::{Decision, Words},
        directory::Team,
        enrolment::{Aim, Enrolment, EnrolmentState},
        evidence::{Body, Evidence},
        id::random_id,
        panel::{Panel, PanelState},
        program_file,
        recipient::Person,
        scoring::Score,
        submission::SubmissionState,
    },
    outside::random::Random,
    store::{
        Conn, Db, awards, conflicts, enrolments,
        events::{self, Event},
        evidence, panels, people, roles, submissions, teams,
    },
};
use std::sync::Arc;

/// Someone of the staff, as the site's tests call people.
pub fn staff(name: &str) -> Cast {
    let (name, email) = (name.to_owned(), format!("{}@acme.example", name.to_lowercase()));
    // A test's few names live as long as it does.
    Cast { name: name.leak(), email: email.leak(), team: None, named: false }
}

pub const NOW: &str = "2026-11-24T12:00:00Z";
pub const ADA: &str = "Ada";
/// Three assessors of two functions; no second look.
pub const PRO: &str = "craft.pro";
/// The same with a second look, and the panel is named by those who agree.
pub const LEAD: &str = "craft.lead";
/// Five of four functions: more than there are.
pub const MASTER: &str = "craft.master";
/// Whom nothing keeps from judging Ada.
pub const ABLE: [&str; 5] = ["Chiara", "Dev", "Emil", "Fay", "Gus"];

const PROGRAMS: [&str; 2] = [
    r##"
id = "craft"
name = "Software Craft"
description = "How we build."
[[levels]]
id = "pro"
name = "Professional"
description = "Builds well."
criteria = "- has led a change"
validity = "P2Y"
renewal_window = "P90D"
[levels.assessment]
panel = 3
functions = 2
[levels.rubric]
grades = ["None", "Emerging", "Solid", "Exemplary"]
[[levels.rubric.criteria]]
id = "design"
name = "Designs well"
required = "Solid"
described = ["a", "b", "c", "d"]
[[levels.rubric.criteria]]
id = "testing"
name = "Tests well"
required = "Emerging"
described = ["a", "b", "c", "d"]

[[levels]]
id = "lead"
name = "Lead"
description = "Leads how others build."
criteria = "- has led a team"
[levels.assessment]
panel = 3
functions = 2
second_look = true
names_shown = true
[levels.rubric]
grades = ["No", "Yes"]
[[levels.rubric.criteria]]
id = "design"
name = "Designs well"
required = "Yes"
described = ["a", "b"]

[[levels]]
id = "master"
name = "Master"
description = "Shapes how others build."
criteria = "- teaches"
[levels.assessment]
panel = 5
functions = 4
[levels.rubric]
grades = ["No", "Yes"]
[[levels.rubric.criteria]]
id = "design"
name = "Designs well"
required = "Yes"
described = ["a", "b"]
"##,
    r#"
id = "data"
name = "Data"
description = "How we count."
[[levels]]
id = "pro"
name = "Professional"
description = "Counts well."
criteria = "- counts"
"#,
];

/// Who, their team, function and manager.
const STAFF: [(&str, &str, &str, Option<&str>); 15] = [
    ("Rolf", "Board", "Management", None),
    ("Mona", "Leads", "Engineering", Some("Rolf")),
    (ADA, "Platform", "Engineering", Some("Mona")),
    ("Bao", "Platform", "Engineering", Some("Mona")),
    ("Chiara", "Payments", "Engineering", Some("Rolf")),
    ("Dev", "Payments", "Engineering", Some("Rolf")),
    ("Emil", "Studio", "Design", Some("Rolf")),
    ("Fay", "Studio", "Design", Some("Rolf")),
    ("Gus", "Run", "Operations", Some("Rolf")),
    ("Hana", "Run", "Operations", Some("Rolf")),
    ("Ivo", "Run", "Operations", Some("Rolf")),
    ("Jo", "Run", "Operations", Some("Rolf")),
    ("Kim", "Counts", "Data", Some("Rolf")),
    ("Olga", "Board", "People", Some("Rolf")),
    ("Pia", "Board", "People", Some("Rolf")),
];

pub struct Firm {
    pub app: Arc<App>,
}

impl Firm {
    pub async fn new(db: Db) -> Self {
        let app = deployment(db, BASE_URL, NOW, Random::seeded(7));
        let new = init::NewIssuer {
            id: "acme".into(),
            name: "Acme".into(),
            url: None,
            email: None,
            linkedin_id: None,
            time_zone: "Europe/Berlin".into(),
            show_revocation_reason: false,
        };
        let issuer = init::check(&new, BASE_URL).unwrap();
        init::init(&app, &Actor::Operator, issuer, None).await.unwrap();
        for program in PROGRAMS {
            let program = program_file::read(program, false).unwrap();
            import_program(&app, &Actor::Operator, program, Default::default()).await.unwrap();
        }
        let firm = Firm { app: Arc::new(app) };
        let mut conn = firm.write().await;
        for (name, team, function, manager) in STAFF {
            firm.hire(&mut conn, name, team, function, manager).await;
        }
        for name in ["Rolf", "Mona", "Bao", "Hana", "Ivo", "Jo"].iter().chain(&ABLE) {
            firm.give_role(&mut conn, name, Role::Assessor, "craft").await;
        }
        firm.give_role(&mut conn, "Kim", Role::Assessor, "data").await;
        for name in ["Olga", "Pia"] {
            firm.give_role(&mut conn, name, Role::Owner, "craft").await;
        }
        firm.leaves(&mut conn, "Jo").await;
        let now = firm.app.clock.now();
        conflicts::declare(&mut conn, "Ivo", ADA, "We share a flat.", now).await.unwrap();
        conn.commit().await.unwrap();
        firm
    }

    async fn hire(&self, conn: &mut Conn, name: &str, team: &str, function: &str, manager: Option<&str>) {
        let now = self.app.clock.now();
        let email = format!("{}@acme.example", name.to_lowercase());
        let said = people::Said { email: &email, name, team: None, name_public: None };
        let person = people::upsert(conn, name, &said, now).await.unwrap();
        let entry = people::entry(conn, name).await.unwrap().unwrap();
        let manager_id = manager.map(str::to_owned);
        let person = Person { function: Some(function.to_owned()), manager_id, ..person };
        people::update(conn, &laurel::domain::directory::Entry { person, ..entry }).await.unwrap();
        let id = match teams::by_name(conn, team).await.unwrap() {
            Some(team) => team.id,
            None => {
                let id = format!("team-{team}");
                let team =
                    Team { id: id.clone(), name: team.into(), external_id: None, created_at: now, updated_at: now };
                teams::insert(conn, &team).await.unwrap();
                id
            }
        };
        teams::add_members(conn, &id, &[name.to_owned()]).await.unwrap();
    }

    pub async fn give_role(&self, conn: &mut Conn, name: &str, role: Role, program: &str) {
        let grant = Grant { role, program: Some(program.into()) };
        let granted = roles::Granted { person_id: name.into(), grant, at: self.app.clock.now(), by: "operator".into() };
        assert!(roles::grant(conn, &granted).await.unwrap());
    }

    async fn leaves(&self, conn: &mut Conn, name: &str) {
        let mut entry = people::entry(conn, name).await.unwrap().unwrap();
        entry.person.active = false;
        people::update(conn, &entry).await.unwrap();
    }

    pub async fn write(&self) -> Conn {
        self.app.db.write().await.unwrap()
    }

    pub async fn conn(&self) -> Conn {
        self.app.db.read().await.unwrap()
    }

    /// Someone signed in, with what the record says they may do.
    pub async fn actor(&self, name: &str) -> Actor {
        let mut conn = self.conn().await;
        let grants = roles::of_person(&mut conn, name).await.unwrap();
        let manages = people::manages(&mut conn, name).await.unwrap();
        Actor::Person(Member { id: name.into(), name: name.into(), grants, manages })
    }

    /// Enrols for a level and hands something in; its panel.
    pub async fn hands_in(&self, who: &str, level: &str) -> Panel {
        let enrolment = self.enrolled(who, level, Aim::First).await;
        self.hands_in_again(&enrolment).await
    }

    pub async fn enrolled(&self, who: &str, level: &str, aim: Aim) -> String {
        let mut conn = self.write().await;
        let enrolment = Enrolment {
            id: self.app.random.with(random_id),
            person_id: who.into(),
            program_id: "craft".into(),
            level_id: level.into(),
            level_version: 1,
            aim,
            state: EnrolmentState::Active,
            mentor_id: Some("Hana".into()).filter(|_| who == ADA),
            mentor_wanted: false,
            enrolled_at: self.app.clock.now(),
            ended_at: None,
        };
        enrolments::insert(&mut conn, &enrolment).await.unwrap();
        conn.commit().await.unwrap();
        enrolment.id
    }

    pub async fn hands_in_again(&self, enrolment: &str) -> Panel {
        let now = self.app.clock.now();
        let mut conn = self.write().await;
        let id = self.app.random.with(random_id);
        submissions::insert(&mut conn, &id, enrolment, now).await.unwrap();
        for (title, public, text) in [("A talk", true, "How we moved."), ("A plan", false, "What we feared.")] {
            let told = Evidence {
                id: self.app.random.with(random_id),
                submission_id: id.clone(),
                position: 0,
                title: title.into(),
                note: String::new(),
                public,
                body: Body::Text { text: text.into() },
                created_at: now,
            };
            evidence::insert(&mut conn, &told).await.unwrap();
        }
        let (draft, submitted) = (SubmissionState::Draft, SubmissionState::Submitted);
        assert!(submissions::advance(&mut conn, &id, draft, submitted, now).await.unwrap());
        let panel = panel::convene(&self.app, &mut conn, "person:Ada", &id, now).await.unwrap();
        conn.commit().await.unwrap();
        panel
    }

    pub async fn panel(&self, id: &str) -> Panel {
        panels::get(&mut self.conn().await, id).await.unwrap().unwrap()
    }

    pub async fn state(&self, panel: &Panel) -> PanelState {
        self.panel(&panel.id).await.state
    }

    /// Who sits.
    pub async fn seated(&self, panel: &Panel) -> Vec<String> {
        let seats = panels::seats(&mut self.conn().await, &panel.id).await.unwrap();
        seats.into_iter().filter(|one| one.seat.is_taken()).map(|one| one.seat.person_id).collect()
    }

    pub async fn scores(&self, who: &str, panel: &Panel, grades: &[(&str, &str)]) -> Result<(), ActionError> {
        score::hand_in(&self.app, &self.actor(who).await, &panel.id, &sheet(grades), true).await
    }

    /// Everyone who sits hands in the same, agrees, and one proposes.
    pub async fn decides(&self, panel: &Panel, grades: &[(&str, &str)]) -> Decision {
        self.settles(panel, grades).await;
        self.proposes(panel).await.unwrap()
    }

    pub async fn settles(&self, panel: &Panel, grades: &[(&str, &str)]) {
        for who in self.seated(panel).await {
            self.scores(&who, panel, grades).await.unwrap();
        }
        self.all_agree(panel).await;
    }

    pub async fn all_agree(&self, panel: &Panel) {
        for who in self.seated(panel).await {
            settle::settle(&self.app, &self.actor(&who).await, &panel.id, &[]).await.unwrap();
        }
    }

    /// Whoever sits first says what they all found.
    pub async fn proposes(&self, panel: &Panel) -> Result<Decision, ActionError> {
        let who = self.seated(panel).await.remove(0);
        decide::propose(&self.app, &self.actor(&who).await, &panel.id, &words()).await
    }

    pub async fn award(&self, id: &str) -> Award {
        awards::get(&mut self.conn().await, id).await.unwrap().unwrap()
    }

    /// What our own verifier says of a badge.
    pub async fn verified(&self, award: &Award) -> Report {
        let checked = laurel::actions::verify::verify(&self.app, award.credential.as_bytes(), None).await.unwrap();
        assert_eq!(checked.report.verdict, Verdict::Valid, "{:?}", checked.report.checks);
        checked.report
    }

    /// Nothing in the record contradicts anything else.
    pub async fn stands(&self) {
        let audit = audit::audit(&self.app, &Actor::Operator, |_| {}).await.unwrap();
        assert_eq!((audit.faults, audit.told), (0, vec![]));
    }

    pub async fn events(&self, subject: &str) -> Vec<Event> {
        events::of_subject(&mut self.conn().await, subject).await.unwrap()
    }

    pub async fn verbs(&self, subject: &str) -> Vec<String> {
        self.events(subject).await.into_iter().map(|event| event.verb).collect()
    }

    pub fn at(&self, time: &str) {
        self.app.clock.set(time.parse().unwrap());
    }

    pub async fn enrolment(&self, panel: &Panel) -> Enrolment {
        let mut conn = self.conn().await;
        let submission = submissions::get(&mut conn, &panel.submission_id).await.unwrap().unwrap();
        enrolments::get(&mut conn, &submission.enrolment_id).await.unwrap().unwrap()
    }

    pub async fn submission_state(&self, id: &str) -> SubmissionState {
        submissions::get(&mut self.conn().await, id).await.unwrap().unwrap().state
    }
}

pub fn sheet(grades: &[(&str, &str)]) -> Vec<Score> {
    let score = |(criterion, grade): &(&str, &str)| Score {
        criterion: (*criterion).into(),
        grade: Some((*grade).into()),
        comment: format!("{grade} in {criterion}."),
    };
    grades.iter().map(score).collect()
}

pub fn words() -> Words {
    Words {
        reason: "We looked at all of it.".into(),
        comments: ["design", "testing"].map(|id| (id.to_owned(), "As described.".to_owned())).into(),
        missing: "A second change.".into(),
        missing_by: "2027-06-30".into(),
    }
}

/// The code of a conflict, or what else it is.
pub fn code<T: std::fmt::Debug>(refused: Result<T, ActionError>) -> String {
    match refused.unwrap_err() {
        ActionError::Conflict { why, .. } => why.code().into(),
        ActionError::NotFound { what, .. } => format!("no {what}"),
        ActionError::Invalid(faults) => faults.into_iter().map(|fault| fault.field).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    }
}

pub const GOOD: [(&str, &str); 2] = [("design", "Solid"), ("testing", "Solid")];
pub const WEAK: [(&str, &str); 2] = [("design", "Emerging"), ("testing", "Solid")];
