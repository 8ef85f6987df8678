//! Whose word it is that a route was walked.

use super::*;
use crate::setup::on_both_engines;
use laurel::actions::path::{
    confirm::{Walked, confirm, unconfirm},
    mentor, mine,
};

fn walked<'a>(enrolment: &'a Enrolment, requirement: &'a str, route: &'a str) -> Walked<'a> {
    Walked { enrolment: &enrolment.id, requirement, route }
}

/// Ada on her way, with Mia as her mentor.
async fn under_way(db: Db) -> (Town, Enrolment) {
    let town = Town::new(db).await;
    let enrolment = town.enrol("ada", SECOND).await;
    mentor::give(&town.app, &town.be("oda").await, &enrolment.id, &town.id("mia").await).await.unwrap();
    (town, enrolment)
}

on_both_engines! {
    async fn each_route_is_confirmed_by_whom_it_names(db: Db) {
        let (town, enrolment) = under_way(db).await;
        for (name, requirement, route) in
            [("mia", "design", "course"), ("sol", "review", "shown"), ("oda", "teaching", "course")]
        {
            confirm(&town.app, &town.be(name).await, walked(&enrolment, requirement, route), " ").await.unwrap();
        }
        let (way, _) = mine::one(&town.app, &town.be("ada").await, &enrolment.id).await.unwrap();
        let missing: Vec<String> = way.progress.missing().iter().map(ToString::to_string).collect();
        assert_eq!(missing, ["Practitioner first"]);
        let by = way.fulfilled.iter().find(|met| met.requirement_id == "design").unwrap();
        assert_eq!(by.confirmed_by, format!("person:{}", town.id("mia").await));
        let again = walked(&enrolment, "design", "project");
        assert_eq!(code(confirm(&town.app, &town.be("oda").await, again, "").await), "already_met");
        unconfirm(&town.app, &town.be("mia").await, &enrolment.id, "design").await.unwrap();
        confirm(&town.app, &town.be("oda").await, again, "Saw it").await.unwrap();
    }

    async fn nobody_confirms_what_is_not_theirs_and_least_of_all_their_own(db: Db) {
        let (town, enrolment) = under_way(db).await;
        let before = town.happened().await;
        let course = walked(&enrolment, "design", "course");
        for (name, why) in [
            ("ada", "own_path"),
            ("oda", "forbidden"),
            ("sol", "forbidden"),
            ("ned", "no enrolment"),
            ("lin", "no enrolment"),
            ("eve", "no enrolment"),
        ] {
            assert_eq!(code(confirm(&town.app, &town.be(name).await, course, "").await), why, "{name}");
        }
        let mia = town.be("mia").await;
        for (requirement, route, why) in [
            ("design", "project", "forbidden"),
            ("review", "shown", "forbidden"),
            ("cloud", "guild", "needs_badge"),
            ("design", "hearsay", "no route"),
            ("gone", "course", "no requirement"),
            ("first", "course", "no route"),
        ] {
            assert_eq!(code(confirm(&town.app, &mia, walked(&enrolment, requirement, route), "").await), why, "{route}");
        }
        let long = "x".repeat(1_001);
        assert_eq!(code(confirm(&town.app, &mia, course, &long).await), "note");
        assert_eq!(town.happened().await, before);
        confirm(&town.app, &mia, course, "").await.unwrap();
        for (name, why) in [("ada", "own_path"), ("oda", "forbidden"), ("lin", "no enrolment"), ("eve", "no enrolment")] {
            assert_eq!(code(unconfirm(&town.app, &town.be(name).await, &enrolment.id, "design").await), why, "{name}");
        }
        assert_eq!(code(unconfirm(&town.app, &mia, &enrolment.id, "review").await), "no requirement");
    }
}

#[tokio::test]
async fn a_mentor_who_was_released_or_lost_the_role_or_left_confirms_nothing() {
    let sandbox = crate::setup::sqlite().await;
    let (town, enrolment) = under_way(sandbox.db.clone()).await;
    let course = walked(&enrolment, "design", "course");
    let mia = town.be("mia").await;
    let grant = Grant { role: Role::Mentor, program: Some("craft".into()) };
    roles::revoke(&town.app, &Actor::Operator, &address("mia"), &grant, "").await.unwrap();
    assert_eq!(code(confirm(&town.app, &town.be("mia").await, course, "").await), "no enrolment");
    town.grant("mia", Role::Mentor, None).await;
    mentor::release(&town.app, &town.be("ada").await, &enrolment.id).await.unwrap();
    assert_eq!(code(confirm(&town.app, &mia, course, "").await), "no enrolment");
    mentor::give(&town.app, &town.be("oda").await, &enrolment.id, &town.id("mia").await).await.unwrap();
    town.leaves("mia").await;
    assert_eq!(code(confirm(&town.app, &mia, course, "").await), "unauthenticated");
}
