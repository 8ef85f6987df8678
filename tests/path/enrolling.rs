//! Enrolling, withdrawing, and what is still to be done.

use super::*;
use crate::setup::on_both_engines;
use laurel::{
    actions::path::{complete::complete, enrol, mentor, mine},
    domain::{
        enrolment::{Aim, EnrolmentState},
        progress::StepState,
    },
};

on_both_engines! {
    async fn anyone_enrols_and_sees_what_is_missing_also_of_the_prerequisites(db: Db) {
        let town = Town::new(db).await;
        let ada = town.be("ada").await;
        let enrolment = enrol::enrol(&town.app, &ada, SECOND).await.unwrap();
        assert_eq!((enrolment.aim.clone(), enrolment.level_version), (Aim::First, 1));
        let ways = mine::mine(&town.app, &ada).await.unwrap();
        let missing: Vec<String> = ways[0].progress.missing().iter().map(ToString::to_string).collect();
        assert_eq!(missing, ["Practitioner first", "Design", "Reviews", "Beyond the code: any 1 of Cloud, Teaching"]);
        assert!(ways[0].is_assessed() && !ways[0].progress.ready_to_submit);
        town.award("ada", FIRST).await;
        let ways = mine::mine(&town.app, &ada).await.unwrap();
        assert_eq!(ways[0].progress.steps[0].state, StepState::Held);
        assert_eq!(mine::one(&town.app, &ada, &enrolment.id).await.unwrap().0, ways[0]);
        assert_eq!(town.told(&enrolment.id).await, ["enrolment.begun"]);
        assert!(mine::mine(&town.app, &town.be("lin").await).await.unwrap().is_empty());
    }

    async fn one_enrols_once_at_a_time_and_again_after_withdrawing(db: Db) {
        let town = Town::new(db).await;
        let ada = town.be("ada").await;
        let first = town.enrol("ada", SECOND).await;
        assert_eq!(code(enrol::enrol(&town.app, &ada, SECOND).await), "already_enrolled");
        assert_eq!(code(enrol::enrol(&town.app, &ada, "craft.none").await), "no level");
        enrol::withdraw(&town.app, &ada, &first.id).await.unwrap();
        assert_eq!(code(enrol::withdraw(&town.app, &ada, &first.id).await), "ended");
        let second = town.enrol("ada", SECOND).await;
        assert_ne!(first.id, second.id);
        let ways = mine::mine(&town.app, &ada).await.unwrap();
        let states: Vec<EnrolmentState> = ways.iter().map(|way| way.enrolled.enrolment.state).collect();
        assert_eq!(states.len(), 2);
        assert!(states.contains(&EnrolmentState::Active) && states.contains(&EnrolmentState::Withdrawn));
        assert_eq!(town.told(&first.id).await, ["enrolment.begun", "enrolment.withdrawn"]);
    }

    async fn whoever_holds_a_level_enrols_to_renew_it_and_is_asked_for_what_a_renewal_asks(db: Db) {
        let town = Town::new(db).await;
        let ada = town.be("ada").await;
        let award = town.award("ada", FIRST).await;
        assert_eq!(code(enrol::enrol(&town.app, &ada, FIRST).await), "held");
        town.at("2028-10-01T00:00:00Z");
        let enrolment = enrol::enrol(&town.app, &ada, FIRST).await.unwrap();
        assert_eq!(enrolment.aim, Aim::Renewal { award });
        let (way, _) = mine::one(&town.app, &ada, &enrolment.id).await.unwrap();
        assert_eq!(way.progress.missing().iter().map(ToString::to_string).collect::<Vec<_>>(), ["A talk"]);
        assert!(!way.is_assessed());
        assert_eq!(way.due().unwrap().to_string(), "2028-11-24T12:00:00Z");
    }

    async fn where_no_panel_assesses_an_owner_gives_the_badge_once_nothing_is_missing_and_never_their_own(db: Db) {
        let town = Town::new(db).await;
        let (oda, eve) = (town.be("oda").await, town.be("eve").await);
        let first = town.enrol("ada", FIRST).await;
        for (who, why) in [(&eve, "no enrolment"), (&town.be("mia").await, "forbidden"), (&town.be("ada").await, "forbidden")] {
            assert_eq!(code(complete(&town.app, who, &first.id).await), why);
        }
        let award = complete(&town.app, &oda, &first.id).await.unwrap();
        assert_eq!(code(complete(&town.app, &oda, &first.id).await), "ended");
        assert_eq!(town.told(&first.id).await, ["enrolment.begun", "enrolment.passed"]);

        town.at("2028-10-01T00:00:00Z");
        let renewal = town.enrol("ada", FIRST).await;
        assert_eq!(renewal.aim, Aim::Renewal { award: award.clone() });
        assert_eq!(code(complete(&town.app, &oda, &renewal.id).await), "requirements");
        mentor::give(&town.app, &oda, &renewal.id, &town.id("mia").await).await.unwrap();
        let talk = Walked { enrolment: &renewal.id, requirement: "talk", route: "given" };
        confirm(&town.app, &town.be("mia").await, talk, "").await.unwrap();
        assert_eq!(code(complete(&town.app, &oda, &renewal.id).await), "ended", "it was given with its last part");
        let assessed = town.enrol("lin", SECOND).await;
        assert_eq!(code(complete(&town.app, &oda, &assessed.id).await), "assessed");
        let own = town.enrol("oda", FIRST).await;
        assert_eq!(code(complete(&town.app, &oda, &own.id).await), "own_path");
    }

    async fn an_owner_closes_what_nobody_goes_on_with_and_never_their_own(db: Db) {
        let town = Town::new(db).await;
        let (oda, eve) = (town.be("oda").await, town.be("eve").await);
        let enrolment = town.enrol("ada", SECOND).await;
        assert_eq!(code(enrol::close(&town.app, &eve, &enrolment.id, "Stuck").await), "no enrolment");
        assert_eq!(code(enrol::close(&town.app, &town.be("sol").await, &enrolment.id, "Stuck").await), "forbidden");
        assert_eq!(code(enrol::close(&town.app, &oda, &enrolment.id, " ").await), "reason");
        enrol::close(&town.app, &oda, &enrolment.id, "Moved to another job").await.unwrap();
        assert_eq!(town.told(&enrolment.id).await, ["enrolment.begun", "enrolment.closed"]);
        let own = town.enrol("oda", SECOND).await;
        assert_eq!(code(enrol::close(&town.app, &oda, &own.id, "Mine").await), "own_path");
    }
}

#[tokio::test]
async fn whoever_has_left_or_is_nobody_enrols_for_nothing() {
    let sandbox = crate::setup::sqlite().await;
    let town = Town::new(sandbox.db.clone()).await;
    let ada = town.be("ada").await;
    let enrolment = town.enrol("ada", SECOND).await;
    town.leaves("ada").await;
    let before = town.happened().await;
    assert_eq!(code(enrol::enrol(&town.app, &ada, FIRST).await), "unauthenticated");
    assert_eq!(code(enrol::withdraw(&town.app, &ada, &enrolment.id).await), "unauthenticated");
    assert_eq!(code(mine::mine(&town.app, &ada).await), "unauthenticated");
    assert_eq!(code(enrol::enrol(&town.app, &Actor::Anyone, FIRST).await), "unauthenticated");
    assert!(enrol::enrol(&town.app, &Actor::Operator, FIRST).await.is_err());
    assert_eq!(town.happened().await, before);
}

#[tokio::test]
async fn a_way_is_seen_by_those_who_are_something_to_it_and_is_not_there_for_anyone_else() {
    let sandbox = crate::setup::sqlite().await;
    let town = Town::new(sandbox.db.clone()).await;
    let enrolment = town.enrol("ada", SECOND).await;
    for name in ["lin", "mia", "eve"] {
        let who = town.be(name).await;
        assert_eq!(code(mine::one(&town.app, &who, &enrolment.id).await), "no enrolment", "{name}");
        assert_eq!(code(enrol::withdraw(&town.app, &who, &enrolment.id).await), "no enrolment", "{name}");
    }
    for name in ["oda", "sol"] {
        assert!(mine::one(&town.app, &town.be(name).await, &enrolment.id).await.is_ok(), "{name}");
        assert_eq!(code(enrol::withdraw(&town.app, &town.be(name).await, &enrolment.id).await), "no enrolment");
    }
    let first = town.enrol("ada", FIRST).await;
    let sol = town.be("sol").await;
    assert_eq!(code(mine::one(&town.app, &sol, &first.id).await), "no enrolment", "nothing there is theirs to confirm");
}
