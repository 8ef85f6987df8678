//! Versions of a level: one that lies ahead, the time in which those under way finish under theirs, and what they are told.

use crate::cast::{ADA, BAO, CHIARA, Cast, Site};
use laurel::{
    actions::{ActionError, doctor, import_program::import_program},
    domain::{
        actor::Actor,
        enrolment::{Aim, Enrolment, EnrolmentState},
        program_file,
        submission::SubmissionState,
    },
    jobs,
    store::{
        enrolments, events,
        fulfilments::{self, Fulfilled},
        mails, people, submissions,
    },
};
use reqwest::StatusCode;
use serde_json::{Value, json};
use std::collections::HashMap;

const PROGRAM: &str = r##"
id = "ops"
name = "Operations"
description = "Keeps things running."

[[levels]]
id = "lead"
name = "Lead"
description = "Leads incidents."
criteria = "- led one incident"
review_by = "2027-06-30"
[[levels.requirements]]
id = "drill"
name = "Has taken part in a drill"
routes = [{ id = "drill", name = "A drill", kind = "demonstration" }]
[[levels.requirements]]
id = "course"
name = "Knows the runbooks"
routes = [{ id = "course", name = "The course", kind = "coursework" }]
"##;

const RELEASE: &str = r##"
[release]
summary = "Two incidents instead of one, and a review."
starts = "2027-01-01"
transition = "P90D"
approved_by = "The operations guild"
"##;

/// Two incidents, a review that is led, and no course any more.
fn stricter() -> String {
    let (kept, _course) = PROGRAM.rsplit_once("[[levels.requirements]]").unwrap();
    let review = "[[levels.requirements]]\nid = \"review\"\nname = \"Has led a review\"\nroutes = [{ id = \"review\", name = \"A review\", kind = \"project\" }]\n";
    format!("{}{review}", kept.replace("led one incident", "led two incidents"))
}

fn released(text: &str, release: &str) -> String {
    text.replace("\n[[levels]]", &format!("{release}\n[[levels]]"))
}

async fn publish(site: &Site, text: &str) -> Result<(), ActionError> {
    let program = program_file::read(text, false).unwrap();
    import_program(&site.app, &Actor::Operator, program, HashMap::new()).await.map(drop)
}

/// The company with the first version, and with the second ahead.
async fn changing() -> Site {
    let site = Site::open().await;
    publish(&site, PROGRAM).await.unwrap();
    publish(&site, &released(&stricter(), RELEASE)).await.unwrap();
    site
}

/// What time brings about, as the service lets it.
async fn turn(site: &Site) {
    jobs::plan(&site.app).await.unwrap();
    while jobs::run_due(&site.app).await.unwrap() > 0 {}
}

async fn enrol(site: &Site, who: Cast, version: i64) -> String {
    let now = site.app.clock.now();
    let mut conn = site.app.db.write().await.unwrap();
    let said = people::Said { email: who.email, name: who.name, team: who.team, name_public: Some(who.named) };
    let person = people::upsert(&mut conn, &format!("person-{}", who.email), &said, now).await.unwrap();
    let enrolment = Enrolment {
        id: format!("way-of-{}", person.name),
        person_id: person.id,
        program_id: "ops".into(),
        level_id: "ops.lead".into(),
        level_version: version,
        aim: Aim::First,
        state: EnrolmentState::Active,
        mentor_id: None,
        mentor_wanted: false,
        enrolled_at: now,
        ended_at: None,
    };
    enrolments::insert(&mut conn, &enrolment).await.unwrap();
    conn.commit().await.unwrap();
    enrolment.id
}

async fn meet(site: &Site, enrolment: &str, requirement: &str) {
    let mut conn = site.app.db.write().await.unwrap();
    let met = Fulfilled {
        enrolment_id: enrolment.into(),
        requirement_id: requirement.into(),
        route_id: requirement.into(),
        note: None,
        badge_id: None,
        at: site.app.clock.now(),
        confirmed_by: "operator".into(),
    };
    assert!(fulfilments::insert(&mut conn, &met, None).await.unwrap());
    conn.commit().await.unwrap();
}

/// What was told about an enrolment: verb and detail.
async fn told(site: &Site, enrolment: &str) -> Vec<(String, Value)> {
    let mut conn = site.app.db.read().await.unwrap();
    let found = events::of_subject(&mut conn, enrolment).await.unwrap();
    found.into_iter().map(|event| (event.verb, event.detail)).collect()
}

async fn version_of(site: &Site, enrolment: &str) -> i64 {
    let mut conn = site.app.db.read().await.unwrap();
    enrolments::get(&mut conn, enrolment).await.unwrap().unwrap().level_version
}

async fn award_version(site: &Site, who: Cast) -> i64 {
    let request = json!({"level": "ops.lead", "recipient": {"name": who.name, "email": who.email}});
    let (status, body) = site.post("/api/v1/awards", &request).await;
    assert_eq!(status, StatusCode::CREATED, "{body}");
    body["awards"][0]["level_version"].as_i64().unwrap()
}

#[tokio::test]
async fn until_its_day_a_new_version_is_announced_and_the_old_one_counts() {
    let site = changing().await;
    turn(&site).await;
    assert_eq!(award_version(&site, ADA).await, 1);
    for page in ["/achievements/ops.lead", "/programs/ops"] {
        let page = site.page(page).await;
        assert!(page.contains("led one incident") && !page.contains("led two incidents"), "{page}");
        assert!(page.contains("This changes on 1 January 2027."), "{page}");
        assert!(page.contains("Two incidents instead of one, and a review."), "{page}");
        assert!(page.contains("may finish under what counts now until 1 April 2027"), "{page}");
    }
    let ahead = site.page("/achievements/ops.lead/versions/2").await;
    assert!(
        ahead.contains("Badges will be given under it from 1 January 2027.") && ahead.contains("led two incidents")
    );
    assert!(ahead.contains("The operations guild"), "{ahead}");

    site.at("2026-12-31T23:00:00Z"); // the new year in Berlin
    turn(&site).await;
    assert_eq!(award_version(&site, BAO).await, 2);
    let page = site.page("/achievements/ops.lead").await;
    assert!(page.contains("led two incidents") && !page.contains("This changes on"), "{page}");
    let first = site.page("/achievements/ops.lead/versions/1").await;
    assert!(first.contains("Badges were given under it; there is a newer one."), "{first}");
    let list = site.page("/achievements/ops.lead/versions").await;
    assert!(list.contains("Counts now") && list.contains("Approved by The operations guild"), "{list}");
}

#[tokio::test]
async fn those_under_way_are_told_once_what_still_counts_and_what_is_new() {
    let site = changing().await;
    let ada = enrol(&site, ADA, 1).await;
    meet(&site, &ada, "course").await;
    turn(&site).await;
    let mut conn = site.app.db.read().await.unwrap();
    let letters = mails::unsent(&mut conn, site.app.clock.now(), 10).await.unwrap();
    assert_eq!(letters.len(), 1, "{letters:?}");
    let letter = &letters[0].mail;
    assert_eq!(letter.subject, "Lead: new criteria from 1 January 2027");
    assert!(letter.text.contains("until 1 April 2027"), "{}", letter.text);
    assert!(letter.text.contains("Has taken part in a drill; Has led a review"), "{}", letter.text);
    assert!(letter.text.contains("/achievements/ops.lead/versions/2"), "{}", letter.text);
    drop(conn);
    turn(&site).await;
    let events = told(&site, &ada).await;
    let [(verb, detail)] = events.as_slice() else { panic!("told once: {events:?}") };
    assert_eq!(verb, "enrolment.version_announced");
    assert_eq!((&detail["from"], &detail["to"]), (&json!(1), &json!(2)));
    assert_eq!(detail["starts"], "2026-12-31T23:00:00Z");
    assert_eq!(detail["finish_by"], "2027-03-31T22:00:00Z");
    assert_eq!(detail["missing"], json!(["Has taken part in a drill", "Has led a review"]));
    assert_eq!(detail["added"], json!(["Has led a review"]));
    assert_eq!(detail["lost"], json!(["Knows the runbooks"]));
    assert_eq!(version_of(&site, &ada).await, 1, "she finishes under hers");
}

#[tokio::test]
async fn whoever_enrols_after_the_telling_is_told_when_it_begins() {
    let site = changing().await;
    turn(&site).await;
    site.at("2026-12-01T12:00:00Z");
    let bao = enrol(&site, BAO, 1).await;
    turn(&site).await;
    assert_eq!(told(&site, &bao).await, []);
    site.at("2027-01-01T12:00:00Z");
    turn(&site).await;
    turn(&site).await;
    let events = told(&site, &bao).await;
    assert_eq!(events.iter().map(|(verb, _)| verb.as_str()).collect::<Vec<_>>(), ["enrolment.version_announced"]);
}

#[tokio::test]
async fn after_the_window_they_go_on_under_the_current_version_but_not_from_before_a_panel() {
    let site = changing().await;
    let (ada, chiara) = (enrol(&site, ADA, 1).await, enrol(&site, CHIARA, 1).await);
    meet(&site, &ada, "drill").await;
    let mut conn = site.app.db.write().await.unwrap();
    let now = site.app.clock.now();
    submissions::insert(&mut conn, "work", &chiara, now).await.unwrap();
    let (draft, submitted) = (SubmissionState::Draft, SubmissionState::Submitted);
    assert!(submissions::advance(&mut conn, "work", draft, submitted, now).await.unwrap());
    conn.commit().await.unwrap();
    site.at("2027-03-31T21:59:00Z");
    turn(&site).await;
    assert_eq!((version_of(&site, &ada).await, version_of(&site, &chiara).await), (1, 1), "a minute before the end");
    site.at("2027-04-01T12:00:00Z");
    turn(&site).await;
    assert_eq!((version_of(&site, &ada).await, version_of(&site, &chiara).await), (2, 1));
    let (verb, detail) = told(&site, &ada).await.pop().unwrap();
    assert_eq!(verb, "enrolment.version_moved");
    assert_eq!(detail["missing"], json!(["Has led a review"]));
    let mut conn = site.app.db.write().await.unwrap();
    assert!(submissions::advance(&mut conn, "work", submitted, SubmissionState::Decided, now).await.unwrap());
    conn.commit().await.unwrap();
    site.at("2027-04-02T12:00:00Z");
    turn(&site).await;
    assert_eq!(version_of(&site, &chiara).await, 2, "once it was judged");
}

#[tokio::test]
async fn no_version_comes_before_one_that_is_published_and_one_of_the_same_day_takes_its_place() {
    let site = changing().await;
    let third = stricter().replace("led two incidents", "led three incidents");
    let refused = publish(&site, &third).await.unwrap_err();
    let ActionError::Invalid(faults) = refused else { panic!("{refused:?}") };
    assert_eq!(faults[0].field, "release.starts");
    publish(&site, &released(&third, "\n[release]\nstarts = \"2027-01-01\"\n")).await.unwrap();
    let replaced = site.page("/achievements/ops.lead/versions/2").await;
    assert!(replaced.contains("A newer one took its place before it began."), "{replaced}");
    site.at("2027-01-01T12:00:00Z");
    turn(&site).await;
    assert!(site.page("/achievements/ops.lead").await.contains("led three incidents"));
    assert_eq!(site.get("/achievements/ops.lead/versions/2").await.status(), StatusCode::OK, "it stays");
}

#[tokio::test]
async fn importing_what_is_published_already_makes_nothing_new_also_while_it_lies_ahead() {
    let site = changing().await;
    let same = released(&stricter(), RELEASE);
    let program = program_file::read(&same, false).unwrap();
    let done = import_program(&site.app, &Actor::Operator, program, HashMap::new()).await.unwrap();
    assert_eq!((done.changed, done.levels), (0, vec![("ops.lead".to_owned(), 2)]));
    let file = site.get("/programs/ops.toml").await.text().await.unwrap();
    assert!(file.contains("led two incidents"), "what is coming is not lost by working on: {file}");
    assert_eq!(award_version(&site, ADA).await, 1);
}

#[tokio::test]
async fn the_doctor_names_criteria_whose_review_is_overdue() {
    let site = changing().await;
    let reviews = async || {
        let findings = doctor::doctor(&site.app, &Actor::Operator).await.unwrap();
        findings.into_iter().find(|finding| finding.what == "reviews").unwrap()
    };
    assert_eq!(reviews().await.health, doctor::Health::Ok);
    site.at("2027-07-01T12:00:00Z");
    let late = reviews().await;
    assert_eq!(late.health, doctor::Health::Warn);
    assert!(late.message.contains("ops.lead"), "{}", late.message);
}
