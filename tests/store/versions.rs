//! Versions of levels in time, whom they concern, and skill frameworks.

use crate::setup::{cast, on_both_engines};
use cast::{FIRST, PROGRAM, day};
use laurel::{
    domain::{
        award::Award,
        enrolment::{Aim, Enrolment, EnrolmentState},
        framework::{Framework, Item},
        submission::SubmissionState,
    },
    store::{
        Conn, Db, enrolments, frameworks,
        fulfilments::{self, Fulfilled},
        levels::{self, Release},
        submissions,
    },
};

fn ahead(at: i64, starts: i64, until: i64) -> Release<'static> {
    Release {
        starts_at: day(starts),
        transition_until: day(until),
        summary: Some("More."),
        approved_by: Some("The guild"),
        ..cast::release(day(at))
    }
}

async fn publish(conn: &mut Conn, name: &str, release: &Release<'_>) -> i64 {
    levels::upsert_version(conn, PROGRAM, FIRST, 1, &cast::content(name), release).await.unwrap()
}

async fn enrol(conn: &mut Conn, name: &str, version: i64) -> String {
    let person = cast::person(conn, name, None).await;
    let enrolment = Enrolment {
        id: format!("way-{name}"),
        person_id: person.id,
        program_id: PROGRAM.into(),
        level_id: FIRST.into(),
        level_version: version,
        aim: Aim::First,
        state: EnrolmentState::Active,
        mentor_id: None,
        mentor_wanted: false,
        enrolled_at: day(1),
        ended_at: None,
    };
    enrolments::insert(conn, &enrolment).await.unwrap();
    enrolment.id
}

on_both_engines! {
    async fn a_version_that_lies_ahead_is_current_from_its_day_on(db: Db) {
        cast::company(&db).await;
        let mut conn = db.write().await.unwrap();
        assert_eq!(publish(&mut conn, "Second", &ahead(1, 10, 20)).await, 2);
        assert_eq!(levels::get(&mut conn, FIRST).await.unwrap().unwrap().version, 1);
        let coming = levels::ahead(&mut conn, PROGRAM).await.unwrap();
        assert_eq!((coming[0].level_id.as_str(), coming[0].version.version), (FIRST, 2));
        assert_eq!(coming[0].version.approved_by.as_deref(), Some("The guild"));
        assert_eq!((coming[0].version.starts_at, coming[0].version.transition_until), (day(10), Some(day(20))));
        assert_eq!(levels::newest_of_program(&mut conn, PROGRAM).await.unwrap()[0], (FIRST.to_owned(), 2));
        assert_eq!(publish(&mut conn, "Second", &ahead(2, 10, 20)).await, 2, "the same makes nothing new");
        assert_eq!(publish(&mut conn, "Third", &ahead(3, 10, 20)).await, 3);
        assert_eq!(levels::start_due(&mut conn, day(9)).await.unwrap(), []);
        assert_eq!(levels::start_due(&mut conn, day(10)).await.unwrap(), [(FIRST.to_owned(), 3)]);
        assert_eq!(levels::start_due(&mut conn, day(11)).await.unwrap(), []);
        let level = levels::get(&mut conn, FIRST).await.unwrap().unwrap();
        assert_eq!((level.version, level.content.name.as_str()), (3, "Third"));
        assert_eq!(levels::ahead(&mut conn, PROGRAM).await.unwrap(), []);
        let all = levels::versions(&mut conn, FIRST).await.unwrap();
        assert_eq!(all.iter().map(|version| version.version).collect::<Vec<_>>(), [3, 2, 1]);
        assert_eq!(all[2].transition_until, None, "before the first nobody was under way");
    }

    async fn of_a_new_version_everyone_is_to_be_told_once(db: Db) {
        cast::company(&db).await;
        let mut conn = db.write().await.unwrap();
        assert!(!levels::turning(&mut conn, day(0)).await.unwrap(), "of a first version there is nobody to tell");
        publish(&mut conn, "Second", &ahead(1, 10, 20)).await;
        assert!(levels::turning(&mut conn, day(1)).await.unwrap());
        assert_eq!(levels::untold(&mut conn).await.unwrap(), [(FIRST.to_owned(), 2)]);
        assert!(levels::told(&mut conn, FIRST, 2, day(1)).await.unwrap());
        assert!(!levels::told(&mut conn, FIRST, 2, day(2)).await.unwrap());
        assert!(!levels::turning(&mut conn, day(1)).await.unwrap());
        assert!(levels::turning(&mut conn, day(10)).await.unwrap(), "it is to begin");
    }

    async fn those_are_moved_whose_time_is_over_but_nobody_from_before_a_panel(db: Db) {
        cast::company(&db).await;
        let mut conn = db.write().await.unwrap();
        publish(&mut conn, "Second", &ahead(1, 10, 20)).await;
        let (ada, bob) = (enrol(&mut conn, "Ada", 1).await, enrol(&mut conn, "Bob", 1).await);
        let (cy, di) = (enrol(&mut conn, "Cy", 2).await, enrol(&mut conn, "Di", 1).await);
        enrolments::end(&mut conn, &di, EnrolmentState::Withdrawn, day(2)).await.unwrap();
        submissions::insert(&mut conn, "work", &bob, day(2)).await.unwrap();
        let (draft, submitted) = (SubmissionState::Draft, SubmissionState::Submitted);
        submissions::advance(&mut conn, "work", draft, submitted, day(3)).await.unwrap();
        let late = async |conn: &mut Conn, today| -> Vec<String> {
            enrolments::to_move(conn, day(today)).await.unwrap().into_iter().map(|one| one.id).collect()
        };
        assert_eq!(late(&mut conn, 25).await, Vec::<String>::new(), "the version has not begun");
        levels::start_due(&mut conn, day(10)).await.unwrap();
        assert_eq!(late(&mut conn, 19).await, Vec::<String>::new());
        assert_eq!(late(&mut conn, 20).await, std::slice::from_ref(&ada));
        submissions::advance(&mut conn, "work", submitted, SubmissionState::Decided, day(21)).await.unwrap();
        assert_eq!(late(&mut conn, 21).await, [ada.clone(), bob]);
        assert!(enrolments::move_to_version(&mut conn, &ada, 2).await.unwrap());
        let counts = enrolments::counts(&mut conn, PROGRAM).await.unwrap();
        assert_eq!(counts, [(FIRST.to_owned(), 1, 1), (FIRST.to_owned(), 2, 2)]);
        assert_eq!(enrolments::get(&mut conn, &cy).await.unwrap().unwrap().level_version, 2);
    }

    async fn what_those_under_way_hold_and_have_done_is_read_at_once(db: Db) {
        cast::company(&db).await;
        let mut conn = db.write().await.unwrap();
        let way = enrol(&mut conn, "Ada", 1).await;
        let ada = cast::person(&mut conn, "Ada", None).await;
        let award: Award = cast::awarded(&mut conn, "held", &ada, cast::SECOND).await;
        let met = Fulfilled {
            enrolment_id: way,
            requirement_id: "course".into(),
            route_id: "course".into(),
            note: None,
            badge_id: None,
            at: day(2),
            confirmed_by: "operator".into(),
        };
        fulfilments::insert(&mut conn, &met, None).await.unwrap();
        assert_eq!(fulfilments::of_level(&mut conn, FIRST).await.unwrap(), [met]);
        assert_eq!(fulfilments::of_level(&mut conn, cast::SECOND).await.unwrap(), []);
        let held = enrolments::held_of_level(&mut conn, FIRST, day(10)).await.unwrap();
        assert_eq!(held, [(award.person_id, cast::SECOND.to_owned())]);
        assert_eq!(enrolments::held_of_level(&mut conn, FIRST, day(400)).await.unwrap(), []);
    }

    async fn a_framework_is_kept_with_its_items_and_taken_over_whole(db: Db) {
        let mut conn = db.write().await.unwrap();
        let item = |identifier: &str, code: Option<&str>| Item {
            identifier: identifier.into(),
            code: code.map(str::to_owned),
            name: format!("Skill {identifier}"),
            uri: format!("https://skills.example/{identifier}"),
        };
        let mut framework = Framework {
            title: "Skills".into(),
            uri: "https://skills.example".into(),
            creator: "The guild".into(),
            version: None,
            items: vec![item("1", Some("A")), item("2", Some("A")), item("3", None)],
        };
        frameworks::put(&mut conn, "trade", &framework, day(1)).await.unwrap();
        assert_eq!(frameworks::find(&mut conn, "trade", "A").await.unwrap().len(), 2);
        let third = frameworks::find(&mut conn, "trade", "3").await.unwrap();
        assert_eq!((third[0].framework.as_str(), third[0].name.as_str()), ("Skills", "Skill 3"));
        framework.items.truncate(1);
        frameworks::put(&mut conn, "trade", &framework, day(2)).await.unwrap();
        assert_eq!(frameworks::find(&mut conn, "trade", "3").await.unwrap(), []);
        let all = frameworks::all(&mut conn).await.unwrap();
        assert_eq!((all.len(), all[0].items, all[0].imported_at), (1, 1, day(2)));
    }
}
