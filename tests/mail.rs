//! Letters: written with what they tell about, sent by jobs, tried again, given up and taken up again.

use crate::{
    cast::deployment,
    setup::{BASE_URL, cast, on_both_engines},
};
use jiff::{SignedDuration, Timestamp};
use laurel::{
    actions::{ActionError, App, mail},
    domain::{actor::Actor, letter::Letter, recipient::Person, words::Language},
    jobs,
    outside::{
        mailer::{Mailer, Memory},
        random::Random,
    },
    store::Db,
};
use std::sync::atomic::Ordering;

const OPERATOR: Actor = Actor::Operator;
const NOON: &str = "2026-11-24T12:00:00Z";

/// A company whose mail is kept where the test can read it.
async fn company(db: Db) -> App {
    cast::company(&db).await;
    deployment(db, BASE_URL, NOON, Random::System)
}

fn post_box(app: &App) -> &Memory {
    match &app.mailer {
        Mailer::Memory(memory) => memory,
        _ => panic!("the mail of the tests is kept in memory"),
    }
}

async fn ada(app: &App) -> Person {
    let mut conn = app.db.write().await.unwrap();
    let ada = cast::person(&mut conn, "Ada", None).await;
    conn.commit().await.unwrap();
    ada
}

async fn post(app: &App, to: &Person, letter: &Letter) {
    let mut conn = app.db.write().await.unwrap();
    mail::post(app, &mut conn, to, letter).await.unwrap();
    conn.commit().await.unwrap();
}

/// One look of the runner at its table.
async fn run(app: &App) {
    jobs::plan(app).await.unwrap();
    jobs::run_due(app).await.unwrap();
}

fn later(app: &App, hours: i64) {
    app.clock.set(app.clock.now() + SignedDuration::from_hours(hours));
}

on_both_engines! {
    async fn a_letter_is_sent_once_and_only_if_what_it_tells_about_was_written(db: Db) {
        let app = company(db).await;
        let ada = ada(&app).await;
        let mut undone = app.db.write().await.unwrap();
        mail::post(&app, &mut undone, &ada, &Letter::new("trial")).await.unwrap();
        drop(undone);
        run(&app).await;
        assert_eq!(post_box(&app).sent(), []);
        post(&app, &ada, &Letter::new("trial")).await;
        for _ in 0..3 {
            run(&app).await;
        }
        let sent = post_box(&app).sent();
        assert_eq!((sent.len(), sent[0].recipient.as_str(), sent[0].subject.as_str()), (1, "ada@acme.example", "A trial from Acme Works"));
        assert_eq!(sent[0].created_at, NOON.parse::<Timestamp>().unwrap());
        assert_eq!(mail::list(&app, &OPERATOR, 9).await.unwrap(), []);
    }

    async fn a_mail_that_is_not_taken_is_tried_again_under_the_same_id_then_given_up_and_listed(db: Db) {
        let app = company(db).await;
        let ada = ada(&app).await;
        post_box(&app).down.store(true, Ordering::Relaxed);
        post(&app, &ada, &Letter::new("trial")).await;
        run(&app).await;
        let waits = mail::list(&app, &OPERATOR, 9).await.unwrap();
        assert_eq!((waits.len(), waits[0].attempts, waits[0].given_up), (1, 1, false));
        assert!(waits[0].why.as_deref().is_some_and(|why| why.contains("it is down")), "{:?}", waits[0].why);
        run(&app).await;
        assert_eq!(mail::list(&app, &OPERATOR, 9).await.unwrap()[0].attempts, 1, "it waits a while first");
        for _ in 0..20 {
            later(&app, 1);
            run(&app).await;
        }
        let given_up = mail::list(&app, &OPERATOR, 9).await.unwrap();
        assert_eq!((given_up[0].attempts, given_up[0].given_up), (8, true));
        assert_eq!(mail::retry(&app, &OPERATOR).await.unwrap(), 1);
        assert_eq!(mail::retry(&app, &OPERATOR).await.unwrap(), 0);
        post_box(&app).down.store(false, Ordering::Relaxed);
        run(&app).await;
        let sent = post_box(&app).sent();
        assert_eq!((sent.len(), sent[0].id.as_str()), (1, waits[0].mail.id.as_str()));
        assert_eq!(sent[0].created_at, waits[0].mail.created_at, "its date is that of when it was written");
    }

    async fn without_a_mail_server_letters_wait_until_there_is_one(db: Db) {
        let app = App { mailer: Mailer::None, ..company(db).await };
        let ada = ada(&app).await;
        post(&app, &ada, &Letter::new("trial")).await;
        for _ in 0..20 {
            later(&app, 1);
            run(&app).await;
        }
        let waits = mail::list(&app, &OPERATOR, 9).await.unwrap();
        assert_eq!((waits.len(), waits[0].attempts, waits[0].given_up), (1, 0, false));
        let app = App { mailer: Mailer::Memory(Memory::default()), ..app };
        run(&app).await;
        assert_eq!(post_box(&app).sent().len(), 1);
    }

    async fn what_is_of_no_use_any_more_is_not_sent(db: Db) {
        let app = company(db).await;
        let ada = ada(&app).await;
        let begun = app.clock.now();
        let hour = |hours| begun + SignedDuration::from_hours(hours);
        post_box(&app).down.store(true, Ordering::Relaxed);
        post(&app, &ada, &Letter::new("trial").until(hour(1))).await;
        run(&app).await;
        post(&app, &ada, &Letter::new("trial").until(hour(1))).await;
        post(&app, &ada, &Letter::new("trial").until(hour(9))).await;
        assert_eq!(mail::list(&app, &OPERATOR, 9).await.unwrap().len(), 3);
        later(&app, 2);
        post_box(&app).down.store(false, Ordering::Relaxed);
        assert_eq!(mail::list(&app, &OPERATOR, 9).await.unwrap().len(), 1);
        for _ in 0..3 {
            later(&app, 1);
            run(&app).await;
        }
        let sent = post_box(&app).sent();
        assert_eq!(sent.iter().map(|mail| mail.until).collect::<Vec<_>>(), [Some(hour(9))], "only the one that was of use");
    }

    async fn whoever_has_left_is_not_written_to_and_everyone_else_in_the_language_they_asked_for(db: Db) {
        let mut app = company(db).await;
        let ada = ada(&app).await;
        post(&app, &Person { active: false, ..ada.clone() }, &Letter::new("trial")).await;
        app.config.language = Language::German;
        post(&app, &ada, &Letter::new("trial")).await;
        post(&app, &ada, &Letter::new("trial").language(Language::English)).await;
        run(&app).await;
        let mut subjects: Vec<String> = post_box(&app).sent().into_iter().map(|mail| mail.subject).collect();
        subjects.sort();
        assert_eq!(subjects, ["A trial from Acme Works", "Ein Versuch von Acme Works"]);
    }

    async fn a_trial_is_sent_at_once_and_waits_like_any_other_mail_when_it_fails(db: Db) {
        let app = company(db).await;
        ada(&app).await;
        let sent = mail::try_out(&app, &OPERATOR, "ada@acme.example").await.unwrap();
        assert_eq!(post_box(&app).sent(), [sent]);
        post_box(&app).down.store(true, Ordering::Relaxed);
        let failed = mail::try_out(&app, &OPERATOR, "ada@acme.example").await;
        assert!(matches!(failed, Err(ActionError::Refused { message }) if message.contains("it is down")));
        assert_eq!(mail::list(&app, &OPERATOR, 9).await.unwrap().len(), 1);
        let nobody = mail::try_out(&app, &OPERATOR, "nobody@acme.example").await;
        assert!(matches!(nobody, Err(ActionError::NotFound { .. })));
        let anyone = mail::try_out(&app, &Actor::Anyone, "ada@acme.example").await;
        assert!(matches!(anyone, Err(ActionError::Unauthenticated)));
    }

    async fn more_letters_than_a_runner_takes_at_once_are_all_sent_once(db: Db) {
        let app = company(db).await;
        let ada = ada(&app).await;
        let mut conn = app.db.write().await.unwrap();
        for _ in 0..130 {
            mail::post(&app, &mut conn, &ada, &Letter::new("trial")).await.unwrap();
        }
        conn.commit().await.unwrap();
        for _ in 0..8 {
            run(&app).await;
        }
        let mut ids: Vec<String> = post_box(&app).sent().into_iter().map(|mail| mail.id).collect();
        ids.sort();
        ids.dedup();
        assert_eq!((ids.len(), post_box(&app).sent().len()), (130, 130));
    }
}
