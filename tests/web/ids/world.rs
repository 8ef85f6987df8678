//! Two companies in one deployment that are the same but for their names: `left` and `right`, each with a program and one under a
//! committee, its people, and something in every state that an address can ask for. Whatever one half may do with an id, the other may
//! not.

use crate::cast::{Browser, Cast, Site};
use laurel::{
    actions::{
        committee::{
            close,
            members::{self, Appointment},
            propose::{self, NewProposal, Wish},
            vote,
        },
        drafts,
        import_program::import_program,
        panel::{appeal, calibrate, decide, score, settle},
        path::{confirm, enrol, evidence, mentor, submission, upload},
        revoke::revoke,
        sessions,
        suspend::suspend,
        vouching::{
            ask::{self, Asking},
            give,
        },
        webhooks,
    },
    credential::summary::Form,
    domain::{
        actor::{Actor, Member, Role},
        backpack::{CameBy, Kept},
        committee::{Committee, Vote},
        decision::Words,
        evidence::{Said, SaidBody},
        oauth::{AppScope, Client, ClientMetadata, Grant},
        passkey::Passkey,
        personal_endorsement, program_file,
        scoring::Score,
        session::Method,
    },
    store::{backpack, fulfilments, oauth, panels, passkeys, people, roles},
};
use serde_json::json;
use std::collections::{BTreeMap, HashMap};

pub const HALVES: [&str; 2] = ["left", "right"];

/// Those who have a role in a half, and what it is; `other`, `mentor2` and `judge2` have it and nothing to do there.
const STAFF: [(&str, Option<Role>); 8] = [
    ("learner", None),
    ("other", None),
    ("mentor", Some(Role::Mentor)),
    ("mentor2", Some(Role::Mentor)),
    ("judge", Some(Role::Assessor)),
    ("judge2", Some(Role::Assessor)),
    ("owner", Some(Role::Owner)),
    ("chair", Some(Role::Committee)),
];

/// Learners with something in a state of its own.
const LEARNERS: [&str; 11] = ["lin", "tom", "wim", "fay", "sue", "ted", "uma", "vic", "wes", "xia", "yan"];

pub fn program(id: &str) -> String {
    format!(
        r##"
id = "{id}"
name = "Program {id}"
description = "How we work."
[[levels]]
id = "maker"
name = "Maker"
description = "Makes things."
criteria = "* makes"
[levels.assessment]
panel = 1
[levels.rubric]
grades = ["No", "Yes"]
[[levels.rubric.criteria]]
id = "makes"
name = "Makes"
required = "Yes"
described = ["A little.", "A lot."]
[[levels.requirements]]
id = "course"
name = "The course"
routes = [{{ id = "taken", name = "Taken", kind = "coursework", confirmed_by = "mentor" }}]

[[levels]]
id = "lead"
name = "Lead"
description = "Leads."
criteria = "* leads"
[levels.assessment]
panel = 1
second_look = true
[levels.rubric]
grades = ["No", "Yes"]
[[levels.rubric.criteria]]
id = "makes"
name = "Makes"
required = "Yes"
described = ["A little.", "A lot."]

[[levels]]
id = "plain"
name = "Plain"
description = "Nobody assesses it."
criteria = "* is there"
[[levels.requirements]]
id = "course"
name = "The course"
routes = [{{ id = "taken", name = "Taken", kind = "coursework", confirmed_by = "owner" }}]
[[levels.requirements]]
id = "cloud"
name = "Cloud"
routes = [
  {{ id = "guild", name = "A badge", kind = "outside-badge", issuer = "did:web:guild.example", achievement = "https://guild.example/cloud" }},
]
"##
    )
}

/// Somebody of a half, as the site's tests call people.
pub fn someone(half: &str, who: &str) -> Cast {
    let (name, email) = (format!("{who} of {half}"), format!("{who}.{half}@acme.example"));
    // A test's few names live as long as it does.
    Cast { name: name.leak(), email: email.leak(), team: None, named: false }
}

/// One half, with the ids of what is in it by what the table of cases calls it.
pub struct Half {
    pub name: &'static str,
    pub ids: BTreeMap<&'static str, String>,
}

impl Half {
    /// Someone's browser, of this half or of both.
    pub fn browser<'a, 'b>(&self, everyone: &'a Browsers<'b>, who: &'static str) -> &'a Browser<'b> {
        everyone.get(&(self.name, who)).unwrap_or_else(|| &everyone[&("both", who)])
    }
}

/// By half and name; those of no half under `both`.
pub type Browsers<'b> = BTreeMap<(&'static str, &'static str), Browser<'b>>;

/// Builds both.
pub async fn build(site: &Site) -> Vec<Half> {
    let mut halves = Vec::new();
    for name in HALVES {
        let mut half = Building { site, half: Half { name, ids: BTreeMap::new() } };
        half.people().await;
        half.paths().await;
        half.panels().await;
        half.badges().await;
        half.governed().await;
        halves.push(half.half);
    }
    halves
}

/// Everyone's.
pub async fn browsers(site: &Site) -> Browsers<'_> {
    let mut found = BTreeMap::new();
    for half in HALVES {
        for who in STAFF.iter().map(|(who, _)| *who).chain(LEARNERS) {
            found.insert((half, who), site.signed_in(someone(half, who)).await);
        }
    }
    for (who, role) in [("auditor", Role::Auditor), ("administrator", Role::Administrator)] {
        site.grant(someone("both", who), role, None).await;
        found.insert(("both", who), site.signed_in(someone("both", who)).await);
    }
    found
}

/// As someone is when they are signed in.
pub async fn actor(site: &Site, person_id: &str) -> Actor {
    let mut conn = site.app.db.read().await.unwrap();
    let grants = roles::of_person(&mut conn, person_id).await.unwrap();
    let manages = people::manages(&mut conn, person_id).await.unwrap();
    Actor::Person(Member { id: person_id.to_owned(), name: "Someone".into(), grants, manages })
}

struct Building<'a> {
    site: &'a Site,
    half: Half,
}

impl Building<'_> {
    async fn be(&self, who: &str) -> Actor {
        let id = self.site.person(someone(self.half.name, who)).await;
        actor(self.site, &id).await
    }

    fn level(&self, level: &str) -> String {
        format!("{}.{level}", self.half.name)
    }

    fn keep(&mut self, name: &'static str, id: impl Into<String>) {
        assert!(self.half.ids.insert(name, id.into()).is_none(), "{name} is there twice");
    }

    async fn people(&mut self) {
        let governed = format!("{}-gov", self.half.name);
        for id in [self.half.name, &governed] {
            let program = program_file::read(&program(id), false).unwrap();
            import_program(&self.site.app, &Actor::Operator, program, HashMap::new()).await.unwrap();
        }
        for (who, role) in STAFF {
            let person = someone(self.half.name, who);
            self.site.person(person).await;
            // Whoever sits is drawn while there is nobody else.
            for program in [self.half.name, &governed].into_iter().filter(|_| who != "judge2") {
                if let Some(role) = role {
                    self.site.grant(person, role, Some(program)).await;
                }
            }
        }
        for who in LEARNERS {
            self.site.person(someone(self.half.name, who)).await;
        }
        self.keep("program", self.half.name);
        self.keep("gov", governed);
        let mentor2 = self.site.person(someone(self.half.name, "mentor2")).await;
        self.keep("mentor2", mentor2);
        let learner = self.site.person(someone(self.half.name, "learner")).await;
        self.keep("person", learner.clone());
        let browser = sessions::Browser { user_agent: "Another", before: None };
        let session = sessions::open(&self.site.app, &learner, Method::Oidc, browser).await.unwrap();
        self.keep("session", session.session.id);
        self.passkey(&learner).await;
        let app = let_in(self.site, &learner, self.half.name).await;
        self.keep("app", app);
        let kept = keep(self.site, &learner, self.half.name).await;
        self.keep("kept", kept);
        self.webhook().await;
    }

    /// Nobody is there; it was told of something.
    async fn webhook(&mut self) {
        let new = webhooks::NewEndpoint {
            name: "HR system".into(),
            url: "https://hr.acme.example/hooks".into(),
            topics: vec!["award.issued".into()],
            ..webhooks::NewEndpoint::default()
        };
        let app = &self.site.app;
        let id = webhooks::add(app, &Actor::Operator, &new).await.unwrap().endpoint.id;
        let delivery = webhooks::try_out(app, &Actor::Operator, &id).await.unwrap().id;
        self.keep("webhook", id);
        self.keep("delivery", delivery);
    }

    /// No device answers for it: it is only there to be removed.
    async fn passkey(&mut self, person_id: &str) {
        let mut conn = self.site.app.db.write().await.unwrap();
        let id = format!("{}-passkey", self.half.name);
        let passkey = Passkey {
            id: id.clone(),
            person_id: person_id.to_owned(),
            name: "Laptop".into(),
            credential: id.clone(),
            key: String::new(),
            state: String::new(),
            transports: 0,
            created_at: self.site.app.clock.now(),
            last_used_at: None,
        };
        passkeys::insert(&mut conn, &passkey).await.unwrap();
        conn.commit().await.unwrap();
        self.keep("passkey", id);
    }

    async fn enrolled(&self, who: &str, level: &str) -> String {
        enrol::enrol(&self.site.app, &self.be(who).await, &self.level(level)).await.unwrap().id
    }

    async fn mentored(&self, way: &str) {
        let mentor = self.site.person(someone(self.half.name, "mentor")).await;
        mentor::give(&self.site.app, &self.be("owner").await, way, &mentor).await.unwrap();
    }

    async fn confirmed(&self, way: &str, by: &str) {
        let walked = confirm::Walked { enrolment: way, requirement: "course", route: "taken" };
        confirm::confirm(&self.site.app, &self.be(by).await, walked, "").await.unwrap();
    }

    /// A draft with a statement and a text; its id and the text's.
    async fn drafted(&self, who: &str, way: &str) -> (String, String) {
        let (app, who) = (&self.site.app, self.be(who).await);
        let draft = submission::begin(app, &who, way).await.unwrap();
        let text = submission::Text { statement: "What I did.", revision: draft.revision };
        submission::save(app, &who, &draft.id, text).await.unwrap();
        let said = Said { title: "A plan", note: "", public: false, body: SaidBody::Text { text: "It went well." } };
        let text = evidence::add(app, &who, &draft.id, &said).await.unwrap();
        (draft.id, text.id)
    }

    /// A file of the draft of which this much has come.
    async fn file(&self, who: &str, draft: &str, size: u64, come: &'static [u8]) -> String {
        let new = upload::NewFile { name: "plan.pdf", size, title: "", note: "", public: false };
        let begun = upload::begin(&self.site.app, &self.be(who).await, draft, new).await.unwrap();
        if !come.is_empty() {
            upload::append(&self.site.app, &self.be(who).await, &begun.id, 0, come.into()).await.unwrap();
        }
        begun.id
    }

    /// Hands work in for a level; its panel.
    async fn handed_in(&self, who: &str, level: &str) -> (String, String) {
        let way = self.enrolled(who, level).await;
        if level == "maker" {
            self.mentored(&way).await;
            self.confirmed(&way, "mentor").await;
        }
        let (draft, _) = self.drafted(who, &way).await;
        submission::hand_in(&self.site.app, &self.be(who).await, &draft, None).await.unwrap();
        let mut conn = self.site.app.db.read().await.unwrap();
        let panel = panels::of_submission(&mut conn, &draft).await.unwrap().remove(0);
        (draft, panel.id)
    }

    async fn paths(&mut self) {
        let way = self.enrolled("learner", "maker").await;
        self.mentored(&way).await;
        let (draft, text) = self.drafted("learner", &way).await;
        let pdf = b"%PDF-1.7 a small plan";
        let file = self.file("learner", &draft, pdf.len() as u64, pdf).await;
        let upload = self.file("learner", &draft, 90, b"").await;
        for (name, id) in [("way", way), ("draft", draft), ("text", text), ("file", file), ("upload", upload)] {
            self.keep(name, id);
        }
        let way = self.enrolled("lin", "maker").await;
        self.mentored(&way).await;
        self.confirmed(&way, "mentor").await;
        let (draft, text) = self.drafted("lin", &way).await;
        for (name, id) in [("done-way", way), ("done-draft", draft), ("done-text", text)] {
            self.keep(name, id);
        }
        let way = self.enrolled("tom", "plain").await;
        self.confirmed(&way, "owner").await;
        let mut conn = self.site.app.db.write().await.unwrap();
        let met = fulfilments::Fulfilled {
            enrolment_id: way.clone(),
            requirement_id: "cloud".into(),
            route_id: "guild".into(),
            note: None,
            badge_id: Some("https://guild.example/badges/7".into()),
            at: self.site.app.clock.now(),
            confirmed_by: "operator".into(),
        };
        assert!(fulfilments::insert(&mut conn, &met, Some("{}")).await.unwrap());
        conn.commit().await.unwrap();
        self.keep("plain-way", way);
        let way = self.enrolled("wim", "maker").await;
        mentor::ask(&self.site.app, &self.be("wim").await, &way, true).await.unwrap();
        self.keep("waiting-way", way);
    }

    async fn panels(&mut self) {
        let app = self.site.app.clone();
        let judge = self.be("judge").await;
        let grade = |grade: &str| {
            [Score { criterion: "makes".into(), grade: Some(grade.into()), comment: "As it was.".into() }]
        };
        let words = Words {
            reason: "We looked at it.".into(),
            comments: [("makes".to_owned(), "As described.".to_owned())].into(),
            missing: "A second one.".into(),
            missing_by: "2027-06-30".into(),
        };
        let (handed_in, panel) = self.handed_in("fay", "maker").await;
        self.keep("handed-in", handed_in);
        self.keep("scoring", panel);
        let (_, panel) = self.handed_in("sue", "maker").await;
        score::hand_in(&app, &judge, &panel, &grade("Yes"), false).await.unwrap();
        self.keep("settling", panel);
        for (who, level, found, name) in [
            ("ted", "maker", "Yes", "settled"),
            ("uma", "lead", "Yes", "proposed"),
            ("vic", "maker", "No", "decided"),
            ("wes", "maker", "No", "marked"),
        ] {
            let (_, panel) = self.handed_in(who, level).await;
            score::hand_in(&app, &judge, &panel, &grade(found), false).await.unwrap();
            settle::settle(&app, &judge, &panel, &[]).await.unwrap();
            if name != "settled" {
                let decision = decide::propose(&app, &judge, &panel, &words).await.unwrap();
                if name == "decided" {
                    self.keep("decision", decision.id);
                }
            }
            self.keep(name, panel);
        }
        let marked = self.half.ids["marked"].clone();
        let sample = calibrate::mark(&app, &self.be("owner").await, &marked, "A plan").await.unwrap();
        self.keep("sample", sample);
        for program in [self.half.name.to_owned(), self.half.ids["gov"].clone()] {
            self.site.grant(someone(self.half.name, "judge2"), Role::Assessor, Some(&program)).await;
        }
    }

    async fn badges(&mut self) {
        for (who, name) in [("xia", "appealed"), ("yan", "revoked")] {
            let award = self.site.award(someone(self.half.name, who), &self.level("plain"), "public").await.id;
            revoke(&self.site.app, &Actor::Operator, &award, "By mistake.").await.unwrap();
            if who == "xia" {
                let filed = appeal::against_revocation(&self.site.app, &self.be(who).await, &award, "Why?").await;
                self.keep("appeal", filed.unwrap().id);
            }
            self.keep(name, award);
        }
        let award = self.site.award(someone(self.half.name, "wim"), &self.level("plain"), "public").await.id;
        suspend(&self.site.app, &Actor::Operator, &award, "Looked at again.").await.unwrap();
        self.keep("suspended", award);
        let held = self.site.award(someone(self.half.name, "other"), &self.level("plain"), "private").await;
        let other = self.be("other").await;
        for who in ["mentor", "mentor2"] {
            let colleague = someone(self.half.name, who);
            let asking = Asking { name: who.into(), email: colleague.email.into(), ..Asking::default() };
            ask::ask(&self.site.app, &other, &held.id, &asking).await.unwrap();
        }
        let words =
            personal_endorsement::Words { comment: "Did it well.".into(), language: "en".into(), ..Default::default() };
        give::give(&self.site.app, &self.be("mentor2").await, &held.id, &words).await.unwrap();
        let said = ask::desk(&self.site.app, &other, &held.id).await.unwrap().said.remove(0);
        self.keep("said", said.id);
        self.keep("award", held.id);
    }

    async fn governed(&mut self) {
        let (app, gov) = (self.site.app.clone(), self.half.ids["gov"].clone());
        for (id, name) in [(self.half.name.to_owned(), "program-draft"), (gov.clone(), "gov-draft")] {
            let file = program(&id).replace("* makes", "* makes more");
            let draft = drafts::begin(&app, &self.be("owner").await, &id, &file).await.unwrap();
            self.keep(name, draft.id);
        }
        members::set_up(&app, &Actor::Operator, &Committee { program_id: gov.clone(), quorum: 1, days: 14 })
            .await
            .unwrap();
        let appointment = Appointment {
            program: gov.clone(),
            who: someone(self.half.name, "chair").email.into(),
            starts_at: app.clock.now(),
            ends_at: "2028-01-01T00:00:00Z".parse().unwrap(),
            follows: None,
        };
        members::appoint(&app, &Actor::Operator, &appointment).await.unwrap();
        let chair = self.be("chair").await;
        for name in ["open", "voted", "closed"] {
            let wish = Wish::Policy("Be kind.".into());
            let new = NewProposal { program: gov.clone(), title: name.into(), reason: "It helps.".into(), wish };
            let id = propose::propose(&app, &chair, &new).await.unwrap().id;
            if name != "open" {
                vote::vote(&app, &chair, &id, Vote::For, "").await.unwrap();
            }
            if name == "closed" {
                close::close(&app, &chair, &id).await.unwrap();
            }
            self.keep(name, id);
        }
    }
}

/// A badge from elsewhere in their backpack; its id.
pub async fn keep(site: &Site, person_id: &str, name: &str) -> String {
    let now = site.app.clock.now();
    let kept = Kept {
        id: format!("{name}-kept"),
        person_id: person_id.to_owned(),
        file_name: "badge.json".into(),
        media_type: "application/json".into(),
        size: 2,
        form: Form::Older,
        same: name.to_owned(),
        title: Some("Welder".into()),
        issuer: Some("Guild".into()),
        issued_at: now,
        ends_at: None,
        by: CameBy::File,
        from: None,
        added_at: now,
    };
    let mut conn = site.app.db.write().await.unwrap();
    backpack::insert(&mut conn, &kept, b"{}", "{}").await.unwrap();
    conn.commit().await.unwrap();
    kept.id
}

/// An app of others by this name that they let in; the id of the grant.
pub async fn let_in(site: &Site, person_id: &str, name: &str) -> String {
    let said = json!({"client_name": name, "redirect_uris": ["https://wallet.example/back"]});
    let metadata = ClientMetadata::checked(serde_json::from_value(said).unwrap()).unwrap();
    let now = site.app.clock.now();
    let client = Client { id: format!("{name}-client"), secret_hash: None, metadata, created_at: now };
    let grant = Grant {
        id: format!("{name}-app"),
        client_id: client.id.clone(),
        person_id: person_id.to_owned(),
        scopes: AppScope::ALL.to_vec(),
        created_at: now,
        last_used_at: None,
    };
    let mut conn = site.app.db.write().await.unwrap();
    oauth::insert_client(&mut conn, &client).await.unwrap();
    oauth::insert_grant(&mut conn, &grant).await.unwrap();
    conn.commit().await.unwrap();
    grant.id
}
