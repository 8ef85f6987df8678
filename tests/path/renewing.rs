//! Certifications over two years: reminders, renewal in time, in the grace and too late, and earning them anew.

use super::*;
use crate::setup::on_both_engines;
use jiff::{SignedDuration, Timestamp};
use laurel::{
    actions::{
        panel::{decide, score, settle},
        path::{
            complete::complete,
            enrol::{self, close, withdraw},
            in_time::Over,
            mentor, mine,
        },
        renew::{RenewRequest, renew},
        renewals,
        revoke::revoke,
        suspend::{resume, suspend},
    },
    domain::{
        award::Award,
        decision::Words,
        enrolment::{Aim, EnrolmentState},
        letter::Mail,
        renewal::Stand,
        scoring::Score,
        submission::SubmissionState,
    },
    jobs,
    outside::{mailer::Mailer, vault::Vault},
    store::awards,
};

const ENDS: &str = "2028-11-24T12:00:00Z";

const OPERATIONS: &str = r#"
id = "ops"
name = "Operations"
description = "How we run it."
[[levels]]
id = "pager"
name = "On call"
description = "Answers."
criteria = "* answers"
validity = "P2Y"
renewal_window = "P90D"
[levels.renewal]
assessed = false
[[levels.renewal.requirements]]
id = "drill"
name = "A drill"
routes = [{ id = "done", name = "Done", kind = "demonstration", confirmed_by = "owner" }]
[[levels.renewal.requirements]]
id = "week"
name = "A week on call"
routes = [{ id = "done", name = "Done", kind = "demonstration", confirmed_by = "owner" }]
[[levels]]
id = "lead"
name = "Incident lead"
description = "Leads."
criteria = "* leads"
validity = "P2Y"
renewal_window = "P90D"
[levels.renewal]
assessed = false
[[levels.renewal.requirements]]
id = "pager"
name = "On call still"
level = "ops.pager"
"#;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

impl Town {
    /// A morning of the runner: what is due is written, and what is written is sent.
    async fn morning(&self, day: Timestamp) {
        self.app.clock.set(day);
        for _ in 0..2 {
            jobs::plan(&self.app).await.unwrap();
            jobs::run_due(&self.app).await.unwrap();
        }
    }

    fn post_of(&self, name: &str) -> Vec<Mail> {
        let Mailer::Memory(memory) = &self.app.mailer else { panic!("mail is kept in memory") };
        memory.sent().into_iter().filter(|mail| mail.recipient == address(name)).collect()
    }

    fn subjects(&self, name: &str) -> Vec<String> {
        self.post_of(name).into_iter().map(|mail| mail.subject).collect()
    }

    async fn managed_by(&self, name: &str, manager: &str) {
        let manager = self.id(manager).await;
        let mut conn = self.app.db.write().await.unwrap();
        let mut entry = people_rows::entry(&mut conn, &self.id(name).await).await.unwrap().unwrap();
        entry.person.manager_id = Some(manager);
        people_rows::update(&mut conn, &entry).await.unwrap();
        conn.commit().await.unwrap();
    }

    async fn newest(&self, name: &str) -> Award {
        let id = self.id(name).await;
        awards::newest(&mut self.app.db.read().await.unwrap(), &id, FIRST).await.unwrap().unwrap()
    }

    /// On the way to the renewal of the first level, with a mentor.
    async fn with_mentor(&self, name: &str) -> Enrolment {
        let renewal = self.enrol(name, FIRST).await;
        mentor::give(&self.app, &self.be("oda").await, &renewal.id, &self.id("mia").await).await.unwrap();
        renewal
    }

    /// All that it asks for.
    async fn confirms_talk(&self, renewal: &Enrolment) -> Result<(), ActionError> {
        let talk = Walked { enrolment: &renewal.id, requirement: "talk", route: "given" };
        confirm(&self.app, &self.be("mia").await, talk, "").await
    }

    async fn who_did(&self, subject: &str, verb: &str) -> String {
        let events = events::of_subject(&mut self.app.db.read().await.unwrap(), subject).await.unwrap();
        events.into_iter().find(|event| event.verb == verb).unwrap().actor
    }

    /// A program whose renewals ask for two parts, and for holding another level; Oda runs it too.
    async fn operations(&self) {
        let program = program_file::read(OPERATIONS, false).unwrap();
        import_program(&self.app, &Actor::Operator, program, HashMap::new()).await.unwrap();
        self.grant("oda", Role::Owner, Some("ops")).await;
    }

    async fn hands_in(&self, name: &str, enrolment: &Enrolment) -> Result<Submission, ActionError> {
        let who = self.be(name).await;
        let draft = submission::begin(&self.app, &who, &enrolment.id).await.unwrap();
        if draft.number == 1 {
            evidence_actions::add(&self.app, &who, &draft.id, &link()).await.unwrap();
        }
        let text = submission::Text { statement: "What I did.", revision: draft.revision };
        submission::hand_in(&self.app, &who, &draft.id, Some(text)).await?;
        Ok(draft)
    }

    /// The one assessor of the panel grades it and decides.
    async fn judges(&self, work: &Submission, grade: &str, by: &str) {
        let panels = panels::of_submission(&mut self.app.db.read().await.unwrap(), &work.id).await.unwrap();
        let (panel, who) = (&panels[0].id, self.be(&self.seated(&work.id).await[0]).await);
        let score = Score { criterion: "design".into(), grade: Some(grade.into()), comment: "Seen.".into() };
        score::hand_in(&self.app, &who, panel, &[score], false).await.unwrap();
        settle::settle(&self.app, &who, panel, &[]).await.unwrap();
        let words = Words {
            reason: "We looked at it.".into(),
            comments: [("design".to_owned(), "As described.".to_owned())].into(),
            missing: "A second change.".into(),
            missing_by: by.into(),
        };
        decide::propose(&self.app, &who, panel, &words).await.unwrap();
    }

    async fn renew(&self, name: &str) {
        let old = self.newest(name).await.id;
        renew(&self.app, &Actor::Operator, &old, &RenewRequest::default()).await.unwrap();
    }
}

on_both_engines! {
    async fn over_two_years_everyone_is_reminded_in_time_once_and_nobody_else(db: Db) {
        let town = Town::new(db).await;
        town.add("uma").await;
        for name in ["ada", "lin", "ned", "sol", "uma"] {
            town.award(name, FIRST).await;
        }
        town.managed_by("ada", "mia").await;
        // Lin's manager will have left.
        town.managed_by("lin", "ned").await;
        let end = at(ENDS);
        let mut day = at("2026-11-25T07:00:00Z");
        let mut lins = None;
        while day < end + SignedDuration::from_hours(24 * 60) {
            town.morning(day).await;
            match end.duration_since(day).as_hours().div_euclid(24) {
                200 => {
                    town.leaves("ned").await;
                    revoke(&town.app, &Actor::Operator, &town.newest("sol").await.id, "by mistake").await.unwrap();
                }
                60 => {
                    town.renew("lin").await;
                    lins = Some(town.newest("lin").await);
                }
                -10 => {
                    town.renew("uma").await;
                }
                _ => {}
            }
            // Only the last months are walked day by day.
            let far = end.duration_since(day) > SignedDuration::from_hours(24 * 210);
            day += SignedDuration::from_hours(if far { 24 * 7 } else { 24 });
        }
        let level = "“Software Craft: Practitioner”";
        let all = ["ends in 90 days", "ends in 30 days", "ends in 7 days", "ends today"];
        assert_eq!(town.subjects("ada"), all.map(|ends| format!("{level} {ends}")));
        assert_eq!(town.subjects("mia"), all.map(|ends| format!("{level} of ada {ends}")), "her manager");
        assert_eq!(town.subjects("uma"), all.map(|ends| format!("{level} {ends}")));
        assert_eq!(town.subjects("lin"), [format!("{level} ends in 90 days")], "renewed in time");
        assert_eq!(town.subjects("ned"), Vec::<String>::new(), "has left");
        assert_eq!(town.subjects("sol"), ["Your badge for Practitioner was revoked"], "and then no more");
        let first = &town.post_of("ada")[0];
        assert_eq!(first.created_at, at("2028-08-26T07:00:00Z"));
        assert!(first.text.contains("ends on 24 November 2028, in 90 days.") && first.text.contains("opens on 26 August 2028"), "{}", first.text);
        let calendar = first.calendar.as_deref().unwrap();
        assert!(calendar.contains("DTSTART;VALUE=DATE:20281124\r\n") && calendar.contains("BEGIN:VEVENT"), "{calendar}");
        assert!(town.post_of("ada")[1].text.contains("You can renew it now"));
        assert!(first.text.contains("/me/enrol/craft.practitioner\n"), "it leads to the next step: {}", first.text);
        assert!(calendar.contains("/me/enrol/craft.practitioner"), "{calendar}");
        assert!(town.post_of("mia")[0].text.contains("/team\n"));
        // Renewed in the window it goes on from the old end; in the grace from the day it is given.
        let lins = lins.unwrap();
        assert_eq!((lins.valid_until, lins.renews.is_some()), (Some(at("2030-11-24T12:00:00Z")), true));
        let umas = town.newest("uma").await;
        assert_eq!((umas.valid_from, umas.valid_until), (at("2028-12-04T07:00:00Z"), Some(at("2030-12-04T07:00:00Z"))));
        // After the grace the way begins anew.
        let again = town.enrol("ada", FIRST).await;
        assert_eq!(again.aim, Aim::First);
    }

    async fn a_day_that_was_begun_again_writes_nothing_twice(db: Db) {
        let town = Town::new(db).await;
        for n in 0..60 {
            town.add(&format!("p{n}")).await;
            town.award(&format!("p{n}"), FIRST).await;
        }
        town.at("2028-10-30T07:00:00Z");
        assert!(renewals::wanted(&town.app).await.unwrap());
        assert_eq!(renewals::remind(&town.app).await.unwrap(), 60, "the nearest reminder only");
        assert!(!renewals::wanted(&town.app).await.unwrap());
        assert_eq!(renewals::remind(&town.app).await.unwrap(), 0);
        town.at("2028-10-31T05:59:00Z");
        assert!(!renewals::wanted(&town.app).await.unwrap(), "the day begins at six");
        town.at("2028-10-31T06:00:00Z");
        assert!(renewals::wanted(&town.app).await.unwrap());
        assert_eq!(renewals::remind(&town.app).await.unwrap(), 0);
        for _ in 0..8 {
            jobs::plan(&town.app).await.unwrap();
            jobs::run_due(&town.app).await.unwrap();
        }
        assert!((0..60).all(|n| town.subjects(&format!("p{n}")) == ["“Software Craft: Practitioner” ends in 25 days"]));
    }

    async fn a_renewal_without_a_panel_gives_itself_with_its_last_part(db: Db) {
        let town = Town::new(db).await;
        let old = town.award("ada", FIRST).await;
        town.at("2028-10-01T00:00:00Z");
        let renewal = town.with_mentor("ada").await;
        let before = town.letters().await;
        town.confirms_talk(&renewal).await.unwrap();
        let given = town.newest("ada").await;
        assert_eq!((given.renews.as_deref(), given.valid_until), (Some(old.as_str()), Some(at("2030-11-24T12:00:00Z"))), "from the old end on");
        assert_eq!(town.told(&renewal.id).await, ["enrolment.begun", "mentor.given", "requirement.met", "enrolment.passed"]);
        assert_eq!(town.who_did(&renewal.id, "enrolment.passed").await, "laurel");
        assert_eq!(town.who_did(&given.id, "award.issued").await, "laurel");
        let told: Vec<String> = town.letters().await.into_iter().filter(|line| !before.contains(line)).collect();
        assert_eq!(told, ["ada: Your badge for Practitioner"], "one letter for the last part and the badge");
        let audit = laurel::actions::audit::audit(&town.app, &Actor::Operator, |_| {}).await.unwrap();
        assert_eq!((audit.faults, audit.told), (0, vec![]));
    }

    async fn where_the_badge_cannot_be_signed_the_last_part_is_not_confirmed_either(db: Db) {
        let mut town = Town::new(db).await;
        let old = town.award("ada", FIRST).await;
        town.at("2028-10-01T00:00:00Z");
        let renewal = town.with_mentor("ada").await;
        let before = town.letters().await;
        let vault = std::mem::replace(&mut town.app.vault, Vault::memory());
        assert!(town.confirms_talk(&renewal).await.is_err());
        assert_eq!((town.newest("ada").await.id, town.letters().await), (old, before));
        let (way, _) = mine::one(&town.app, &town.be("ada").await, &renewal.id).await.unwrap();
        assert!(way.enrolled.enrolment.is_active() && way.fulfilled.is_empty());
        town.app.vault = vault;
        town.confirms_talk(&renewal).await.unwrap();
    }

    async fn a_renewal_is_given_in_its_grace_and_never_after_it(db: Db) {
        let town = Town::new(db).await;
        let oda = town.be("oda").await;
        for (name, day, given) in [("ada", "2028-12-24T11:59:59Z", true), ("lin", "2028-12-24T12:00:00Z", false)] {
            town.at(NOW);
            let old = town.award(name, FIRST).await;
            town.at("2028-11-24T12:00:00Z");
            let renewal = town.with_mentor(name).await;
            assert!(matches!(renewal.aim, Aim::Renewal { .. }));
            town.at(day);
            town.confirms_talk(&renewal).await.unwrap();
            let newest = town.newest(name).await;
            if given {
                assert_eq!((newest.renews, newest.valid_until), (Some(old), Some(at("2030-12-24T11:59:59Z"))));
            } else {
                assert_eq!(newest.id, old);
                assert_eq!(code(complete(&town.app, &oda, &renewal.id).await), "lapsed");
                let (way, _) = mine::one(&town.app, &oda, &renewal.id).await.unwrap();
                assert_eq!(way.over, Some(Over::Lapsed));
                close(&town.app, &oda, &renewal.id, "Too late").await.unwrap();
                assert_eq!(town.enrol(name, FIRST).await.aim, Aim::First);
            }
        }
    }

    async fn what_was_revoked_or_renewed_meanwhile_is_not_given_by_its_last_part(db: Db) {
        let town = Town::new(db).await;
        let olds = [town.award("ada", FIRST).await, town.award("lin", FIRST).await];
        town.at("2028-10-01T00:00:00Z");
        for ((name, over), old) in [("ada", "revoked"), ("lin", "superseded")].into_iter().zip(olds) {
            let renewal = town.with_mentor(name).await;
            match over {
                "revoked" => drop(revoke(&town.app, &Actor::Operator, &old, "Copied.").await.unwrap()),
                _ => town.renew(name).await,
            }
            let before = town.newest(name).await.id;
            town.confirms_talk(&renewal).await.unwrap();
            assert_eq!(town.newest(name).await.id, before);
            let refused = complete(&town.app, &town.be("oda").await, &renewal.id).await;
            assert_eq!(code(refused), over);
        }
    }

    async fn what_waited_while_a_badge_was_suspended_is_given_once_that_is_lifted(db: Db) {
        let town = Town::new(db).await;
        let old = town.award("ada", FIRST).await;
        town.at("2028-10-01T00:00:00Z");
        let renewal = town.with_mentor("ada").await;
        suspend(&town.app, &Actor::Operator, &old, "Looked at again.").await.unwrap();
        town.confirms_talk(&renewal).await.unwrap();
        let oda = town.be("oda").await;
        assert_eq!(code(complete(&town.app, &oda, &renewal.id).await), "suspended");
        let (way, _) = mine::one(&town.app, &oda, &renewal.id).await.unwrap();
        assert_eq!((way.over, town.newest("ada").await.id), (Some(Over::Suspended), old.clone()));
        town.at("2028-10-02T00:00:00Z");
        resume(&town.app, &Actor::Operator, &old).await.unwrap();
        let given = town.newest("ada").await;
        assert_eq!((given.renews, given.valid_until), (Some(old), Some(at("2030-11-24T12:00:00Z"))));
        // Nobody who is suspended begins one.
        let lins = town.award("lin", FIRST).await;
        suspend(&town.app, &Actor::Operator, &lins, "Looked at again.").await.unwrap();
        let refused = enrol::enrol(&town.app, &town.be("lin").await, FIRST).await;
        assert_eq!(code(refused), "suspended");
        let audit = laurel::actions::audit::audit(&town.app, &Actor::Operator, |_| {}).await.unwrap();
        assert_eq!((audit.faults, audit.told), (0, vec![]));
    }

    async fn whoever_was_suspended_is_reminded_of_the_end_once_that_is_lifted(db: Db) {
        let town = Town::new(db).await;
        let old = town.award("sol", FIRST).await;
        town.at("2028-08-20T00:00:00Z");
        suspend(&town.app, &Actor::Operator, &old, "Looked at again.").await.unwrap();
        town.morning(at("2028-10-28T07:00:00Z")).await;
        assert_eq!(town.subjects("sol"), ["Your badge for Practitioner is suspended"]);
        town.at("2028-11-04T06:00:00Z");
        resume(&town.app, &Actor::Operator, &old).await.unwrap();
        town.morning(at("2028-11-04T07:00:00Z")).await;
        let told = town.subjects("sol");
        assert_eq!(told[1..], ["Your badge for Practitioner is good again", "“Software Craft: Practitioner” ends in 20 days"]);
    }

    async fn of_two_who_confirm_the_last_two_parts_at_once_one_gives_the_badge(db: Db) {
        let town = Town::new(db).await;
        town.operations().await;
        for round in 0..4 {
            let name = format!("p{round}");
            town.at(NOW);
            town.add(&name).await;
            town.award(&name, "ops.pager").await;
            town.at("2028-10-01T00:00:00Z");
            let renewal = town.enrol(&name, "ops.pager").await;
            let oda = town.be("oda").await;
            let part = async |requirement: &'static str| {
                let walked = Walked { enrolment: &renewal.id, requirement, route: "done" };
                confirm(&town.app, &oda, walked, "").await
            };
            let (one, other) = tokio::join!(part("drill"), part("week"));
            one.unwrap();
            other.unwrap();
            assert_eq!(town.told(&renewal.id).await.iter().filter(|verb| *verb == "enrolment.passed").count(), 1);
        }
    }

    async fn a_badge_that_is_all_a_renewal_waits_for_gives_it(db: Db) {
        let town = Town::new(db).await;
        town.operations().await;
        town.award("ada", "ops.lead").await;
        town.at("2028-10-01T00:00:00Z");
        let renewal = town.enrol("ada", "ops.lead").await;
        let pager = town.enrol("ada", "ops.pager").await;
        assert!(mine::one(&town.app, &town.be("ada").await, &renewal.id).await.unwrap().0.enrolled.enrolment.is_active());
        complete(&town.app, &town.be("oda").await, &pager.id).await.unwrap();
        assert_eq!(town.who_did(&renewal.id, "enrolment.passed").await, "laurel");
        // Whoever holds it already need only come.
        town.at("2030-09-15T00:00:00Z");
        let again = town.enrol("ada", "ops.lead").await;
        assert_eq!((matches!(again.aim, Aim::Renewal { .. }), again.state), (true, EnrolmentState::Passed));
    }

    async fn work_handed_in_before_the_grace_ends_is_judged_to_its_end(db: Db) {
        let town = Town::new(db).await;
        let old = town.award("ada", SECOND).await;
        town.at("2028-11-30T12:00:00Z");
        let renewal = town.enrol("ada", SECOND).await;
        assert_eq!(renewal.aim, Aim::Renewal { award: old.clone() });
        town.at("2028-12-24T11:59:59Z");
        let work = town.hands_in("ada", &renewal).await.unwrap();
        town.at("2029-02-01T12:00:00Z");
        town.judges(&work, "Solid", "").await;
        let given = awards::newest(&mut town.app.db.read().await.unwrap(), &town.id("ada").await, SECOND).await.unwrap().unwrap();
        assert_eq!((given.renews, given.valid_from, given.valid_until), (Some(old), at("2029-02-01T12:00:00Z"), Some(at("2031-02-01T12:00:00Z"))));
    }

    async fn work_is_not_handed_in_for_a_renewal_that_has_lapsed_which_is_earned_anew(db: Db) {
        let town = Town::new(db).await;
        town.award("ada", SECOND).await;
        town.at("2028-11-30T12:00:00Z");
        let renewal = town.enrol("ada", SECOND).await;
        town.at("2028-12-24T12:00:00Z");
        let before = town.letters().await;
        assert_eq!(code(town.hands_in("ada", &renewal).await), "renewal");
        assert_eq!(town.letters().await, before, "nobody was drawn");
        let ada = town.be("ada").await;
        let (way, _) = mine::one(&town.app, &ada, &renewal.id).await.unwrap();
        assert_eq!((way.over, way.submissions[0].state), (Some(Over::Lapsed), SubmissionState::Draft));
        withdraw(&town.app, &ada, &renewal.id).await.unwrap();
        assert_eq!(town.enrol("ada", SECOND).await.aim, Aim::First);
    }

    async fn not_yet_gives_time_until_the_day_it_names(db: Db) {
        let town = Town::new(db).await;
        for (name, day, in_time) in [("ada", "2029-03-31T22:00:00Z", true), ("lin", "2029-04-01T00:00:00Z", false)] {
            town.at(NOW);
            town.award(name, SECOND).await;
            town.at("2028-11-30T12:00:00Z");
            let renewal = town.enrol(name, SECOND).await;
            let work = town.hands_in(name, &renewal).await.unwrap();
            town.judges(&work, "Emerging", "2029-03-31").await;
            town.at(day);
            let again = town.hands_in(name, &renewal).await;
            match in_time {
                true => town.judges(&again.unwrap(), "Solid", "").await,
                false => assert_eq!(code(again), "renewal"),
            }
            let newest = awards::newest(&mut town.app.db.read().await.unwrap(), &town.id(name).await, SECOND).await.unwrap();
            assert_eq!(newest.unwrap().renews.is_some(), in_time, "{name}");
        }
    }

    async fn what_ends_is_listed_for_whoever_runs_the_program(db: Db) {
        let town = Town::new(db).await;
        for name in ["ada", "lin", "ned"] {
            town.award(name, FIRST).await;
        }
        town.leaves("ned").await;
        town.at("2028-11-30T00:00:00Z");
        assert!(matches!(town.enrol("lin", FIRST).await.aim, Aim::Renewal { .. }));
        let before = at("2029-03-01T00:00:00Z");
        let list = async |name: &str, program: &str| {
            renewals::list(&town.app, &town.be(name).await, Some(program), (None, before), 9).await
        };
        let listed = list("oda", "craft").await.unwrap();
        let shown: Vec<_> = listed.iter().map(|one| (one.ending.person.as_str(), one.stand, one.ending.enrolment_id.is_some())).collect();
        let grace = Stand::Grace { last: at("2028-12-24T12:00:00Z") };
        assert_eq!(shown.len(), 2);
        assert!(shown.contains(&("ada", grace, false)) && shown.contains(&("lin", grace, true)), "{shown:?}");
        let first = (listed[0].ending.valid_until, listed[0].ending.award_id.clone());
        let rest = renewals::list(&town.app, &Actor::Operator, None, (Some(first), before), 9).await.unwrap();
        assert_eq!(rest, listed[1..], "from where the page before ended");
        for (name, program) in [("ada", "craft"), ("mia", "craft"), ("eve", "craft"), ("oda", "data"), ("oda", "none")] {
            assert_eq!(code(list(name, program).await), "no program", "{name}");
        }
        let all = renewals::list(&town.app, &town.be("oda").await, None, (None, before), 9).await;
        assert_eq!(code(all), "forbidden");
    }
}
