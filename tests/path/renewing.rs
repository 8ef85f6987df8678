//! Certifications over two years: reminders, renewal in time, in the grace and too late, and earning them anew.

use super::*;
use crate::setup::on_both_engines;
use jiff::{SignedDuration, Timestamp};
use laurel::{
    actions::{
        path::{complete::complete, enrol::close, mentor},
        renew::{RenewRequest, renew},
        renewals,
        revoke::revoke,
    },
    domain::{award::Award, enrolment::Aim, letter::Mail, renewal::Stand},
    jobs,
    outside::mailer::Mailer,
    store::awards,
};

const ENDS: &str = "2028-11-24T12:00:00Z";

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

    async fn a_renewal_is_given_in_its_grace_and_never_after_it(db: Db) {
        let town = Town::new(db).await;
        let oda = town.be("oda").await;
        for (name, day, given) in [("ada", "2028-12-24T11:59:59Z", true), ("lin", "2028-12-24T12:00:00Z", false)] {
            town.at(NOW);
            town.award(name, FIRST).await;
            town.at("2028-11-24T12:00:00Z");
            let renewal = town.enrol(name, FIRST).await;
            assert!(matches!(renewal.aim, Aim::Renewal { .. }));
            mentor::give(&town.app, &oda, &renewal.id, &town.id("mia").await).await.unwrap();
            let talk = Walked { enrolment: &renewal.id, requirement: "talk", route: "given" };
            confirm(&town.app, &town.be("mia").await, talk, "").await.unwrap();
            town.at(day);
            let done = complete(&town.app, &oda, &renewal.id).await;
            let newest = town.newest(name).await;
            if given {
                assert_eq!((done.unwrap(), newest.valid_until), (newest.id, Some(at("2030-12-24T11:59:59Z"))));
            } else {
                assert_eq!((code(done).as_str(), newest.renews), ("lapsed", None));
                close(&town.app, &oda, &renewal.id, "Too late").await.unwrap();
                assert_eq!(town.enrol(name, FIRST).await.aim, Aim::First);
            }
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
        let shown: Vec<_> = listed.iter().map(|one| (one.ending.person.as_str(), one.stand, one.ending.under_way)).collect();
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
