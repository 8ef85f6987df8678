//! Enrolments, what is met of their requirements, check-ins, submissions and evidence.

use crate::setup::{cast, on_both_engines};
use cast::{FIRST, PROGRAM, SECOND, day};
use laurel::{
    credential::document,
    domain::{
        actor::{Grant, Role},
        award::Award,
        enrolment::{Aim, Enrolment, EnrolmentState},
        evidence::{Body, Evidence, StoredFile},
        media::Media,
        submission::SubmissionState,
    },
    store::{
        Conn, Db, StoreError, awards,
        check_ins::{self, CheckIn},
        enrolments::{self, Filter},
        evidence::{self, Part},
        fulfilments::{self, Fulfilled},
        people,
        roles::{self, Granted},
        shown, stray_objects, submissions,
    },
};

fn enrolment(id: &str, person: &str, level: &str, at: i64) -> Enrolment {
    Enrolment {
        id: id.into(),
        person_id: person.into(),
        program_id: PROGRAM.into(),
        level_id: level.into(),
        level_version: 1,
        aim: Aim::First,
        state: EnrolmentState::Active,
        mentor_id: None,
        mentor_wanted: false,
        enrolled_at: day(at),
        ended_at: None,
    }
}

fn evidence_of(id: &str, submission: &str, body: Body) -> Evidence {
    Evidence {
        id: id.into(),
        submission_id: submission.into(),
        position: 0,
        title: format!("Title of {id}"),
        note: String::new(),
        public: false,
        body,
        created_at: day(3),
    }
}

/// Ada is on the way to the first level, with an open draft.
async fn under_way(db: &Db) -> Conn {
    cast::company(db).await;
    let mut conn = db.write().await.unwrap();
    let ada = cast::person(&mut conn, "Ada", None).await;
    cast::person(&mut conn, "Bob", None).await;
    enrolments::insert(&mut conn, &enrolment("e1", &ada.id, FIRST, 1)).await.unwrap();
    submissions::insert(&mut conn, "s1", "e1", day(2)).await.unwrap();
    conn
}

fn names(listed: &[enrolments::Listed]) -> Vec<&str> {
    listed.iter().map(|one| one.enrolment.id.as_str()).collect()
}

on_both_engines! {
    async fn one_enrolment_is_active_at_a_time_for_a_person_and_level(db: Db) {
        let mut conn = under_way(&db).await;
        let first = enrolment("e1", "person-Ada", FIRST, 1);
        assert_eq!(enrolments::get(&mut conn, "e1").await.unwrap(), Some(first.clone()));
        assert_eq!(enrolments::active(&mut conn, "person-Ada", FIRST).await.unwrap(), Some(first.clone()));
        assert_eq!(enrolments::active(&mut conn, "person-Ada", SECOND).await.unwrap(), None);
        conn.commit().await.unwrap();
        let mut conn = db.write().await.unwrap();
        let twice = enrolments::insert(&mut conn, &enrolment("e2", "person-Ada", FIRST, 2)).await.unwrap_err();
        let StoreError::Taken { constraint } = twice else { panic!("{twice:?}") };
        assert_eq!(constraint, "enrolments_person_id_level_id_key");
        drop(conn);
        let mut conn = db.write().await.unwrap();
        assert!(enrolments::end(&mut conn, "e1", EnrolmentState::Withdrawn, day(4)).await.unwrap());
        assert!(!enrolments::end(&mut conn, "e1", EnrolmentState::Passed, day(5)).await.unwrap());
        let ended = enrolments::get(&mut conn, "e1").await.unwrap().unwrap();
        assert_eq!((ended.state, ended.ended_at), (EnrolmentState::Withdrawn, Some(day(4))));
        enrolments::insert(&mut conn, &enrolment("e2", "person-Ada", FIRST, 5)).await.unwrap();
        let all = enrolments::of_person(&mut conn, "person-Ada").await.unwrap();
        assert_eq!(all.iter().map(|one| one.enrolment.id.as_str()).collect::<Vec<_>>(), ["e2", "e1"]);
        assert_eq!((all[0].content.name.as_str(), all[0].program.as_str(), all[0].person.as_str()), ("Practitioner", "Craft", "Ada"));
        assert!(people::get(&mut conn, "person-Ada").await.unwrap().is_some_and(|person| person.active));
        assert!(people::get(&mut conn, "nobody").await.unwrap().is_none());
        assert!(enrolments::move_to_version(&mut conn, "e1", 1).await.is_ok_and(|moved| !moved));
    }

    async fn an_enrolment_for_a_renewal_names_the_award(db: Db) {
        cast::company(&db).await;
        let mut conn = db.write().await.unwrap();
        let ada = cast::person(&mut conn, "Ada", None).await;
        cast::awarded(&mut conn, "old", &ada, FIRST).await;
        let renewal = Enrolment { aim: Aim::Renewal { award: "old".into() }, ..enrolment("e1", &ada.id, FIRST, 9) };
        enrolments::insert(&mut conn, &renewal).await.unwrap();
        assert_eq!(enrolments::get(&mut conn, "e1").await.unwrap(), Some(renewal));
        assert_eq!(enrolments::enrolled(&mut conn, "e1").await.unwrap().and_then(|one| one.renews_until), Some(day(365)));
        assert_eq!(awards::levels_held(&mut conn, &ada.id, day(10)).await.unwrap(), [FIRST]);
        assert!(awards::levels_held(&mut conn, &ada.id, day(365)).await.unwrap().is_empty());
        assert_eq!(awards::newest(&mut conn, &ada.id, FIRST).await.unwrap().map(|award| award.id), Some("old".into()));
        assert_eq!(awards::newest(&mut conn, &ada.id, SECOND).await.unwrap(), None);
        assert_eq!(shown::shown_of_person(&mut conn, &ada.id).await.unwrap().len(), 1);
    }

    async fn a_program_lists_its_enrolments_by_state_level_and_who_waits_for_a_mentor(db: Db) {
        let mut conn = under_way(&db).await;
        for (id, person, level, at) in [("e2", "person-Bob", FIRST, 2), ("e3", "person-Ada", SECOND, 3), ("e4", "person-Bob", SECOND, 3)] {
            enrolments::insert(&mut conn, &enrolment(id, person, level, at)).await.unwrap();
        }
        assert!(enrolments::want_mentor(&mut conn, "e2", true).await.unwrap());
        assert!(enrolments::set_mentor(&mut conn, "e3", Some("person-Bob")).await.unwrap());
        assert!(!enrolments::want_mentor(&mut conn, "e3", true).await.unwrap(), "there is a mentor already");
        enrolments::end(&mut conn, "e4", EnrolmentState::Closed, day(8)).await.unwrap();
        let active = EnrolmentState::Active;
        let all = enrolments::of_program(&mut conn, PROGRAM, active, Filter::default(), None, 2).await.unwrap();
        assert_eq!(names(&all), ["e3", "e2"]);
        assert_eq!((all[0].name.as_str(), all[0].mentor.as_deref()), ("Ada", Some("Bob")));
        let last = &all[1].enrolment;
        let rest = enrolments::of_program(&mut conn, PROGRAM, active, Filter::default(), Some((last.enrolled_at, &last.id)), 2).await.unwrap();
        assert_eq!((names(&rest), rest[0].submission.as_deref()), (vec!["e1"], Some("draft")));
        let first = Filter { level: Some(FIRST), waiting: false };
        assert_eq!(names(&enrolments::of_program(&mut conn, PROGRAM, active, first, None, 9).await.unwrap()), ["e2", "e1"]);
        let waiting = Filter { level: None, waiting: true };
        assert_eq!(names(&enrolments::of_program(&mut conn, PROGRAM, active, waiting, None, 9).await.unwrap()), ["e2"]);
        let closed = enrolments::of_program(&mut conn, PROGRAM, EnrolmentState::Closed, Filter::default(), None, 9).await.unwrap();
        assert_eq!(names(&closed), ["e4"]);
        assert!(enrolments::of_program(&mut conn, "other", active, Filter::default(), None, 9).await.unwrap().is_empty());
        let mine = enrolments::of_mentor(&mut conn, "person-Bob").await.unwrap();
        assert_eq!((mine.len(), mine[0].enrolment.id.as_str(), mine[0].mentor.as_deref()), (1, "e3", Some("Bob")));
        let ada = cast::person(&mut conn, "Ada", None).await;
        cast::awarded(&mut conn, "a1", &ada, FIRST).await;
        let held = enrolments::held_of_mentor(&mut conn, "person-Bob", day(9)).await.unwrap();
        assert_eq!(held, [("person-Ada".to_owned(), FIRST.to_owned())]);
        assert!(roles::holders(&mut conn, Role::Mentor, PROGRAM).await.unwrap().is_empty());
        let of_level = enrolments::active_of_level(&mut conn, SECOND).await.unwrap();
        assert_eq!(of_level.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), ["e3"]);
    }

    async fn a_requirement_is_met_once_and_can_be_taken_back(db: Db) {
        let mut conn = under_way(&db).await;
        let met = Fulfilled {
            enrolment_id: "e1".into(),
            requirement_id: "design".into(),
            route_id: "course".into(),
            note: Some("Seen on Monday".into()),
            badge_id: None,
            at: day(4),
            confirmed_by: "person:person-Bob".into(),
        };
        let outside = Fulfilled { requirement_id: "cloud".into(), note: None, badge_id: Some("https://b.example/1".into()), ..met.clone() };
        assert!(fulfilments::insert(&mut conn, &met, None).await.unwrap());
        assert!(fulfilments::insert(&mut conn, &outside, Some("{\"a\":1}")).await.unwrap());
        let other = Fulfilled { route_id: "project".into(), ..met.clone() };
        assert!(!fulfilments::insert(&mut conn, &other, None).await.unwrap());
        assert_eq!(fulfilments::of_enrolment(&mut conn, "e1").await.unwrap(), [outside.clone(), met.clone()]);
        assert_eq!(fulfilments::of_person(&mut conn, "person-Ada").await.unwrap(), [outside, met]);
        assert!(fulfilments::of_person(&mut conn, "person-Bob").await.unwrap().is_empty());
        assert_eq!(fulfilments::badge(&mut conn, "e1", "cloud").await.unwrap().as_deref(), Some("{\"a\":1}"));
        assert_eq!(fulfilments::badge(&mut conn, "e1", "design").await.unwrap(), None);
        enrolments::set_mentor(&mut conn, "e1", Some("person-Bob")).await.unwrap();
        assert_eq!(fulfilments::of_mentor(&mut conn, "person-Bob").await.unwrap().len(), 2);
        assert!(fulfilments::remove(&mut conn, "e1", "design").await.unwrap());
        assert!(!fulfilments::remove(&mut conn, "e1", "design").await.unwrap());
    }

    async fn check_ins_are_read_by_learner_and_mentor_and_not_by_a_later_mentor(db: Db) {
        let mut conn = under_way(&db).await;
        cast::person(&mut conn, "Cid", None).await;
        let note = |id: &str, mentor: &str, at: i64| CheckIn {
            id: id.into(),
            enrolment_id: "e1".into(),
            mentor_id: mentor.into(),
            author_id: "person-Ada".into(),
            text: format!("Note {id}"),
            at: day(at),
        };
        for one in [note("n1", "person-Bob", 3), note("n2", "person-Bob", 4), note("n3", "person-Cid", 5)] {
            check_ins::insert(&mut conn, &one).await.unwrap();
        }
        assert_eq!(check_ins::between(&mut conn, "e1", "person-Bob").await.unwrap(), [note("n2", "person-Bob", 4), note("n1", "person-Bob", 3)]);
        assert_eq!(check_ins::between(&mut conn, "e1", "person-Cid").await.unwrap().len(), 1);
        assert_eq!(check_ins::of_learner(&mut conn, "e1").await.unwrap().len(), 3);
    }

    async fn a_draft_is_saved_by_revision_and_a_stale_save_changes_nothing(db: Db) {
        let mut conn = under_way(&db).await;
        assert_eq!(submissions::save(&mut conn, "s1", "One", 1, day(3)).await.unwrap(), Some(2));
        assert_eq!(submissions::save(&mut conn, "s1", "Another", 1, day(4)).await.unwrap(), None);
        let draft = submissions::get(&mut conn, "s1").await.unwrap().unwrap();
        assert_eq!((draft.statement.as_str(), draft.revision, draft.updated_at), ("One", 2, day(3)));
        assert!(submissions::hold_draft(&mut conn, "s1").await.unwrap());
        let advance = |from, to| (from, to);
        let (from, to) = advance(SubmissionState::Draft, SubmissionState::Submitted);
        assert!(submissions::advance(&mut conn, "s1", from, to, day(5)).await.unwrap());
        assert!(!submissions::advance(&mut conn, "s1", from, to, day(6)).await.unwrap());
        assert_eq!(submissions::save(&mut conn, "s1", "Late", 2, day(6)).await.unwrap(), None);
        assert!(!submissions::hold_draft(&mut conn, "s1").await.unwrap());
        let handed_in = submissions::get(&mut conn, "s1").await.unwrap().unwrap();
        assert_eq!((handed_in.state, handed_in.submitted_at), (SubmissionState::Submitted, Some(day(5))));
        submissions::advance(&mut conn, "s1", SubmissionState::Submitted, SubmissionState::Decided, day(7)).await.unwrap();
        let second = submissions::insert(&mut conn, "s2", "e1", day(8)).await.unwrap();
        assert_eq!((second.number, second.revision, second.submitted_at), (2, 1, None));
        let all = submissions::of_enrolment(&mut conn, "e1").await.unwrap();
        assert_eq!(all.iter().map(|one| one.number).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(all[1].submitted_at, Some(day(5)));
        assert_eq!(submissions::of_person(&mut conn, "person-Ada").await.unwrap(), all);
        assert!(submissions::of_mentor(&mut conn, "person-Bob").await.unwrap().is_empty());
        enrolments::set_mentor(&mut conn, "e1", Some("person-Bob")).await.unwrap();
        assert_eq!(submissions::of_mentor(&mut conn, "person-Bob").await.unwrap(), all);
        assert!(submissions::not_yet_of_person(&mut conn, "person-Ada").await.unwrap().is_empty());
        assert!(!submissions::is_seated(&mut conn, "s1", "person-Bob").await.unwrap());
        let open_twice = submissions::insert(&mut conn, "s3", "e1", day(9)).await.unwrap_err();
        assert!(matches!(open_twice, StoreError::Taken { .. }), "{open_twice:?}");
    }

    async fn evidence_of_every_kind_is_read_back_as_it_was(db: Db) {
        let mut conn = under_way(&db).await;
        let file = StoredFile { name: "plan.pdf".into(), media: Some(Media::Pdf), size: 9, received: 4, sha256: None };
        let bodies = [
            Body::File(file),
            Body::Link { url: "https://a.example".into() },
            Body::Text { text: "Words".into() },
            Body::Session { held_on: "2026-11-20".parse().unwrap() },
        ];
        let mut kept = Vec::new();
        for (n, body) in bodies.into_iter().enumerate() {
            let one = evidence_of(&format!("v{n}"), "s1", body);
            let position = evidence::insert(&mut conn, &one).await.unwrap();
            kept.push(Evidence { position, ..one });
        }
        assert_eq!(kept.iter().map(|one| one.position).collect::<Vec<_>>(), [1, 2, 3, 4]);
        assert_eq!(evidence::of_submission(&mut conn, "s1").await.unwrap(), kept);
        assert!(evidence::describe(&mut conn, "v1", "New", "Why", true).await.unwrap());
        let changed = evidence::get(&mut conn, "v1").await.unwrap().unwrap();
        assert_eq!((changed.title.as_str(), changed.note.as_str(), changed.public), ("New", "Why", true));
        assert_eq!(changed.body, kept[1].body);
        assert_eq!(evidence::remove(&mut conn, "v1", day(9)).await.unwrap(), Vec::<String>::new());
        assert_eq!(evidence::get(&mut conn, "v1").await.unwrap(), None);
    }

    async fn a_file_grows_only_at_its_end_and_is_whole_once(db: Db) {
        let mut conn = under_way(&db).await;
        let file = StoredFile { name: "talk.mp4".into(), size: 7, ..StoredFile::default() };
        evidence::insert(&mut conn, &evidence_of("v1", "s1", Body::File(file))).await.unwrap();
        let part = |start, size, object: &str| Part { start, size, object: object.into() };
        assert!(evidence::note_part(&mut conn, "v1", &part(0, 4, "v1/a"), Some(Media::Mp4), "aa").await.unwrap());
        assert!(!evidence::note_part(&mut conn, "v1", &part(0, 4, "v1/b"), None, "bb").await.unwrap(), "it came there first");
        assert!(!evidence::note_part(&mut conn, "v1", &part(4, 4, "v1/c"), None, "cc").await.unwrap(), "more than was announced");
        assert!(!evidence::finish(&mut conn, "v1", Media::Mp4, "00").await.unwrap(), "some is missing");
        assert_eq!(evidence::unfinished(&mut conn, day(4), 9).await.unwrap(), ["v1"]);
        assert!(evidence::unfinished(&mut conn, day(3), 9).await.unwrap().is_empty());
        assert!(evidence::note_part(&mut conn, "v1", &part(4, 3, "v1/d"), None, "dd").await.unwrap());
        let arriving = evidence::arriving(&mut conn, "v1").await.unwrap().unwrap();
        assert_eq!((arriving.received, arriving.media, arriving.digesting.as_deref()), (7, Some(Media::Mp4), Some("dd")));
        assert!(evidence::finish(&mut conn, "v1", Media::Mp4, "00").await.unwrap());
        assert!(!evidence::finish(&mut conn, "v1", Media::Mp4, "11").await.unwrap());
        assert!(evidence::arriving(&mut conn, "v1").await.unwrap().unwrap().whole);
        assert!(evidence::unfinished(&mut conn, day(4), 9).await.unwrap().is_empty());
        assert_eq!(evidence::parts(&mut conn, "v1").await.unwrap(), [part(0, 4, "v1/a"), part(4, 3, "v1/d")]);
        let mut removed = evidence::remove(&mut conn, "v1", day(9)).await.unwrap();
        removed.sort();
        assert_eq!(removed, ["v1/a", "v1/d"]);
    }

    async fn a_file_of_two_submissions_goes_with_the_last_of_them(db: Db) {
        let mut conn = under_way(&db).await;
        let file = StoredFile { name: "talk.mp4".into(), size: 9, ..StoredFile::default() };
        evidence::insert(&mut conn, &evidence_of("v1", "s1", Body::File(file))).await.unwrap();
        stray_objects::insert(&mut conn, "v1/a", day(3)).await.unwrap();
        let part = Part { start: 0, size: 4, object: "v1/a".into() };
        evidence::note_part(&mut conn, "v1", &part, None, "aa").await.unwrap();
        assert!(stray_objects::remove(&mut conn, "v1/a").await.unwrap());
        assert!(!stray_objects::remove(&mut conn, "v1/a").await.unwrap());
        assert!(evidence::cut_to_received(&mut conn, "v1").await.unwrap());
        assert!(evidence::finish(&mut conn, "v1", Media::Mp4, "00").await.unwrap());
        assert!(!evidence::cut_to_received(&mut conn, "v1").await.unwrap());
        let (from, to) = (SubmissionState::Draft, SubmissionState::Withdrawn);
        submissions::advance(&mut conn, "s1", from, to, day(5)).await.unwrap();
        submissions::insert(&mut conn, "s2", "e1", day(6)).await.unwrap();
        evidence::copy(&mut conn, "v1", "v2", "s2", day(6)).await.unwrap();
        let copied = evidence::of_submission(&mut conn, "s2").await.unwrap();
        let of = |id: &str, submission: &str, at| Evidence { id: id.into(), submission_id: submission.into(), created_at: at, ..copied[0].clone() };
        assert_eq!(copied, [of("v2", "s2", day(6))]);
        assert_eq!(copied[0].file().unwrap().sha256.as_deref(), Some("00"));
        assert_eq!(evidence::parts(&mut conn, "v2").await.unwrap(), [part]);
        assert_eq!(evidence::remove(&mut conn, "v1", day(7)).await.unwrap(), Vec::<String>::new());
        assert!(stray_objects::before(&mut conn, day(9), 9).await.unwrap().is_empty());
        assert_eq!(evidence::remove(&mut conn, "v2", day(7)).await.unwrap(), ["v1/a"]);
        assert!(stray_objects::before(&mut conn, day(7), 9).await.unwrap().is_empty());
        assert_eq!(stray_objects::before(&mut conn, day(8), 9).await.unwrap(), ["v1/a"]);
    }

    async fn who_waits_for_a_mentor_is_shown_where_someone_is_one(db: Db) {
        let mut conn = under_way(&db).await;
        let waiting = async |conn: &mut Conn| enrolments::waiting_for(conn, "person-Bob", 9).await.unwrap().len();
        enrolments::want_mentor(&mut conn, "e1", true).await.unwrap();
        assert_eq!(waiting(&mut conn).await, 0, "they are no mentor");
        let grant = |program: Option<&str>| Granted {
            person_id: "person-Bob".into(),
            grant: Grant { role: Role::Mentor, program: program.map(str::to_owned) },
            at: day(1),
            by: "operator".into(),
        };
        for program in [Some(PROGRAM), None] {
            roles::grant(&mut conn, &grant(program)).await.unwrap();
        }
        assert_eq!(waiting(&mut conn).await, 1, "once, by however many grants");
        assert!(enrolments::take_on(&mut conn, "e1", "person-Bob").await.unwrap());
        assert!(!enrolments::take_on(&mut conn, "e1", "person-Bob").await.unwrap());
        assert_eq!(waiting(&mut conn).await, 0);
    }

    async fn an_award_keeps_what_its_credential_says_of_the_evidence(db: Db) {
        cast::company(&db).await;
        let mut conn = db.write().await.unwrap();
        let ada = cast::person(&mut conn, "Ada", None).await;
        let told = document::Evidence { digest: Some("uEiC6".into()), ..document::Evidence::default() };
        let named = document::Evidence { name: Some("A talk".into()), genre: Some("Video".into()), ..told.clone() };
        let award = Award { evidence: vec![told, named], ..cast::award(&mut conn, "a1", &ada, FIRST).await };
        awards::insert(&mut conn, &award).await.unwrap();
        assert_eq!(awards::get(&mut conn, "a1").await.unwrap(), Some(award));
    }
}
