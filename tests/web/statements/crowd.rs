//! More of everything that a page shows, in the left half of the world of the ids.

use crate::{
    cast::{ADA, BASE_URL, Cast, NOW, PROFESSIONAL, Site},
    web::{
        ids::world::{Half, actor, keep, let_in, program, someone},
        lineage,
    },
};
use laurel::{
    actions::{
        committee::{
            close,
            members::{self, Appointment},
            propose::{self, NewProposal, Wish},
            vote,
        },
        drafts,
        endorse::endorse,
        import_program::import_program,
        panel::{calibrate, decide, score, settle},
        path::{check_ins, confirm, enrol, evidence, mentor, submission},
        renew::{RenewRequest, renew},
        revoke::revoke,
        sessions,
        suspend::suspend,
        teams, trust, webhooks,
    },
    domain::{
        actor::{Actor, Role},
        committee::{Committee, Vote},
        decision::Words,
        directory::Entry,
        endorsement::EndorsementRequest,
        evidence::{Said, SaidBody},
        program_file,
        recipient::Person,
        scoring::Score,
        session::Method,
        trust::TrustRequest,
    },
    store::{panels, people},
};
use std::collections::HashMap;

/// What pages are asked for that is not in the half already.
pub struct More {
    pub badge: String,
    pub lineage: String,
    pub endorsement: String,
}

/// Someone of the crowd.
fn one(letter: &str, i: usize) -> Cast {
    someone("left", &format!("{letter}{i}"))
}

pub async fn grow(site: &Site, half: &Half, n: usize) -> More {
    let crowd = Crowd { site, half, n };
    crowd.programs().await;
    crowd.learners().await;
    crowd.decided().await;
    crowd.owners_and_committee().await;
    crowd.own().await;
    crowd.versions().await;
    crowd.directory().await;
    crowd.webhooks().await;
    crowd.badges().await
}

struct Crowd<'a> {
    site: &'a Site,
    half: &'a Half,
    n: usize,
}

impl Crowd<'_> {
    async fn be(&self, who: Cast) -> Actor {
        actor(self.site, &self.site.person(who).await).await
    }

    async fn staff(&self, who: &str) -> Actor {
        self.be(someone("left", who)).await
    }

    async fn import(&self, text: &str) {
        let program = program_file::read(text, false).unwrap();
        import_program(&self.site.app, &Actor::Operator, program, HashMap::new()).await.unwrap();
    }

    /// A program of many levels, and many programs, each with a committee.
    async fn programs(&self) {
        let mut many = String::from("id = \"many\"\nname = \"Many\"\ndescription = \"Many.\"\n");
        for i in 0..self.n {
            many.push_str(&format!(
                "[[levels]]\nid = \"l{i}\"\nname = \"Level {i}\"\ndescription = \"D.\"\ncriteria = \"* c\"\n\
                 [levels.assessment]\npanel = 1\n[levels.rubric]\ngrades = [\"No\", \"Yes\"]\n[[levels.rubric.criteria]]\n\
                 id = \"makes\"\nname = \"Makes\"\nrequired = \"Yes\"\ndescribed = [\"a\", \"b\"]\n"
            ));
        }
        self.import(&many).await;
        self.site.grant(someone("left", "judge"), Role::Assessor, Some("many")).await;
        for i in 0..self.n {
            let id = format!("p{i}");
            let level = "[[levels]]\nid = \"l\"\nname = \"L\"\ndescription = \"D.\"\ncriteria = \"* c\"\n";
            self.import(&format!("id = \"{id}\"\nname = \"P {i}\"\ndescription = \"D.\"\n{level}")).await;
            let committee = Committee { program_id: id.clone(), quorum: 1, days: 14 };
            members::set_up(&self.site.app, &Actor::Operator, &committee).await.unwrap();
            self.site.grant(someone("left", "owner"), Role::Owner, Some(&id)).await;
            self.site.grant(someone("left", "chair"), Role::Committee, Some(&id)).await;
        }
    }

    async fn handed_in(&self, who: &Actor, level: &str) -> String {
        let app = &self.site.app;
        let way = enrol::enrol(app, who, level).await.unwrap().id;
        if level == "left.maker" {
            let mentor = self.site.person(someone("left", "mentor")).await;
            mentor::give(app, &self.staff("owner").await, &way, &mentor).await.unwrap();
            let walked = confirm::Walked { enrolment: &way, requirement: "course", route: "taken" };
            confirm::confirm(app, &self.staff("mentor").await, walked, "").await.unwrap();
        }
        let draft = submission::begin(app, who, &way).await.unwrap();
        let text = submission::Text { statement: "What I did.", revision: draft.revision };
        let said = Said { title: "A plan", note: "", public: false, body: SaidBody::Text { text: "It went well." } };
        evidence::add(app, who, &draft.id, &said).await.unwrap();
        submission::hand_in(app, who, &draft.id, Some(text)).await.unwrap();
        let mut conn = app.db.read().await.unwrap();
        panels::of_submission(&mut conn, &draft.id).await.unwrap().remove(0).id
    }

    /// The one who was drawn finds this, and says so.
    async fn judged(&self, panel: &str, found: &str) {
        let app = &self.site.app;
        let seats = panels::seats(&mut app.db.read().await.unwrap(), panel).await.unwrap();
        let judge = actor(self.site, &seats[0].seat.person_id).await;
        let grade = Score { criterion: "makes".into(), grade: Some(found.into()), comment: "As it was.".into() };
        score::hand_in(app, &judge, panel, &[grade], false).await.unwrap();
        settle::settle(app, &judge, panel, &[]).await.unwrap();
        let words = Words {
            reason: "We looked at it.".into(),
            comments: [("makes".to_owned(), "As described.".to_owned())].into(),
            missing: "A second one.".into(),
            missing_by: "2027-06-30".into(),
        };
        decide::propose(app, &judge, panel, &words).await.unwrap();
    }

    /// Work before panels, waiting for a second look, and decided and marked as a sample.
    async fn learners(&self) {
        for i in 0..self.n {
            let who = self.be(one("c", i)).await;
            self.handed_in(&who, "left.maker").await;
            let panel = self.handed_in(&who, "left.lead").await;
            self.judged(&panel, "Yes").await;
            let panel = self.handed_in(&self.be(one("d", i)).await, "left.maker").await;
            self.judged(&panel, "No").await;
            calibrate::mark(&self.site.app, &self.staff("owner").await, &panel, "A plan").await.unwrap();
            let waits = enrol::enrol(&self.site.app, &self.be(one("e", i)).await, "left.maker").await.unwrap().id;
            mentor::ask(&self.site.app, &self.be(one("e", i)).await, &waits, true).await.unwrap();
        }
    }

    /// Much that was decided on one, and taken back of what they held.
    async fn decided(&self) {
        let vic = self.staff("vic").await;
        for i in 0..self.n {
            let level = format!("many.l{i}");
            let panel = self.handed_in(&vic, &level).await;
            self.judged(&panel, "No").await;
            let award = self.site.award(someone("left", "vic"), &level, "public").await.id;
            revoke(&self.site.app, &Actor::Operator, &award, "By mistake.").await.unwrap();
            enrol::enrol(&self.site.app, &self.staff("learner").await, &level).await.unwrap();
        }
    }

    async fn owners_and_committee(&self) {
        let (app, gov) = (&self.site.app, self.half.ids["gov"].as_str());
        let (owner, chair) = (self.staff("owner").await, self.staff("chair").await);
        for i in 0..self.n {
            drafts::begin(app, &owner, "left", "id = \"left\"").await.unwrap();
            let appointment = Appointment {
                program: gov.to_owned(),
                who: one("c", i).email.into(),
                starts_at: app.clock.now(),
                ends_at: "2028-01-01T00:00:00Z".parse().unwrap(),
                follows: None,
            };
            members::appoint(app, &Actor::Operator, &appointment).await.unwrap();
        }
        for i in 0..self.n {
            let wish = Wish::Policy(format!("Be kind, {i}."));
            let new =
                NewProposal { program: gov.to_owned(), title: "A policy".into(), reason: "It helps.".into(), wish };
            let id = propose::propose(app, &chair, &new).await.unwrap().id;
            vote::vote(app, &chair, &id, Vote::For, "").await.unwrap();
            for j in 0..self.n {
                vote::vote(app, &self.be(one("c", j)).await, &id, Vote::For, "").await.unwrap();
            }
            close::close(app, &chair, &id).await.unwrap();
        }
        // Those of the crowd score a sample, once nobody is drawn any more.
        for i in 0..self.n {
            self.site.grant(one("c", i), Role::Assessor, Some("left")).await;
            let grade = Score { criterion: "makes".into(), grade: Some("Yes".into()), comment: "As it was.".into() };
            calibrate::hand_in(app, &self.be(one("c", i)).await, &self.half.ids["sample"], &[grade]).await.unwrap();
        }
    }

    /// A learner's sessions, notes and evidence.
    async fn own(&self) {
        let (app, learner) = (&self.site.app, self.staff("learner").await);
        let id = self.site.person(someone("left", "learner")).await;
        for i in 0..self.n {
            let_in(self.site, &id, &format!("app-{i}")).await;
            keep(self.site, &id, &format!("kept-{i}")).await;
            let browser = sessions::Browser { user_agent: "Another", before: None };
            sessions::open(app, &id, Method::Oidc, browser).await.unwrap();
            check_ins::note(app, &learner, &self.half.ids["way"], "A word.").await.unwrap();
            let said =
                Said { title: "A talk", note: "", public: false, body: SaidBody::Text { text: "It went well." } };
            evidence::add(app, &learner, &self.half.ids["draft"], &said).await.unwrap();
        }
    }

    async fn versions(&self) {
        for i in 0..self.n {
            let text = program("left").replace("* makes", &format!("* makes {i}"));
            self.import(&text).await;
        }
        let ahead = program("left").replace("* makes", "* makes much");
        let ahead =
            ahead.replacen("[[levels]]", "[release]\nstarts = \"2027-03-01\"\nsummary = \"More.\"\n[[levels]]", 1);
        self.import(&ahead).await;
    }

    async fn webhooks(&self) {
        for _ in 0..self.n {
            let new = webhooks::NewEndpoint {
                name: "Another".into(),
                url: "https://hr.acme.example/hooks".into(),
                topics: vec!["award.issued".into()],
                ..webhooks::NewEndpoint::default()
            };
            webhooks::add(&self.site.app, &Actor::Operator, &new).await.unwrap();
            webhooks::try_out(&self.site.app, &Actor::Operator, &self.half.ids["webhook"]).await.unwrap();
        }
    }

    /// All of the crowd report to one, and there are teams.
    async fn directory(&self) {
        let boss = self.site.person(someone("left", "boss")).await;
        for i in 0..self.n {
            for letter in ["c", "d", "e"] {
                let id = self.site.person(one(letter, i)).await;
                let mut conn = self.site.app.db.write().await.unwrap();
                let entry = people::entry(&mut conn, &id).await.unwrap().unwrap();
                let person = Person { manager_id: Some(boss.clone()), ..entry.person.clone() };
                people::update(&mut conn, &Entry { person, ..entry }).await.unwrap();
                conn.commit().await.unwrap();
            }
            let member = self.site.person(one("c", i)).await;
            let said = teams::Said { name: format!("Team {i}"), external_id: None, members: [member].into() };
            teams::add(&self.site.app, &Actor::Operator, &said).await.unwrap();
            let said = TrustRequest { name: format!("Partner {i}"), ..TrustRequest::default() };
            trust::trust(&self.site.app, &Actor::Operator, &format!("did:web:partner{i}.example"), said).await.unwrap();
        }
    }

    async fn badges(&self) -> More {
        for i in 0..self.n {
            for letter in ["c", "d"] {
                let who = Cast { named: true, ..one(letter, i) };
                self.site.award(who, "left.plain", "public").await;
            }
            let award = self.site.award(one("e", i), "left.plain", "public").await.id;
            suspend(&self.site.app, &Actor::Operator, &award, "Looked at again.").await.unwrap();
        }
        let app = &self.site.app;
        let badge = self.site.award(ADA, PROFESSIONAL, "public").await;
        let address = |path: &str| format!("{}{path}", BASE_URL);
        let mut endorsement = String::new();
        for _ in 0..self.n {
            for subject in [&badge.badge_url, &address("/achievements/left.maker")] {
                let request = EndorsementRequest {
                    subject: subject.clone(),
                    comment: "Good.".into(),
                    valid_from: None,
                    valid_until: None,
                };
                endorsement = endorse(app, &Actor::Operator, &request, None).await.unwrap().view.id;
            }
        }
        let (mut newest, shared) = (badge.clone(), lineage(&badge.certification_url).to_owned());
        for _ in 0..self.n {
            // A month before its end.
            let end = newest.valid_until.unwrap().as_second() - 30 * 24 * 3600;
            app.clock.set(jiff::Timestamp::from_second(end).unwrap());
            newest = renew(app, &Actor::Operator, &newest.id, &RenewRequest::default()).await.unwrap();
        }
        self.site.at(NOW);
        More { badge: badge.id, lineage: shared, endorsement }
    }
}
