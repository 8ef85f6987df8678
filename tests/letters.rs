//! Which letters someone gets: chosen on a page, and stopped by the link in a letter with one click and without signing in.

use crate::{
    cast::{ADA, Browser, PRACTITIONER, Site},
    setup::{cast, on_both_engines},
};
use jiff::SignedDuration;
use laurel::{
    actions::{letter_choices, mail},
    domain::{
        actor::{Actor, Member},
        letter::{Letter, LetterKind, Mail},
    },
    jobs,
    outside::mailer::Mailer,
    store::{Db, events, letter_choices as kept, people},
};
use reqwest::{Method, StatusCode};

/// Writes it to Ada and has it sent; every mail that was sent so far.
async fn written(site: &Site, key: &'static str) -> Vec<Mail> {
    let id = site.person(ADA).await;
    let mut conn = site.app.db.write().await.unwrap();
    let ada = people::get(&mut conn, &id).await.unwrap().unwrap();
    mail::post(&site.app, &mut conn, &ada, &Letter::new(key)).await.unwrap();
    conn.commit().await.unwrap();
    jobs::plan(&site.app).await.unwrap();
    jobs::run_due(&site.app).await.unwrap();
    let Mailer::Memory(memory) = &site.app.mailer else { panic!("mail is kept in memory") };
    memory.sent()
}

fn path(mail: &Mail) -> String {
    mail.stop_url.as_deref().unwrap().strip_prefix(crate::cast::BASE_URL).unwrap().to_owned()
}

async fn page(browser: &Browser<'_>) -> String {
    browser.page("/me/letters").await
}

#[tokio::test]
async fn a_letter_is_stopped_by_one_click_of_the_mail_program_and_what_must_be_known_still_comes() {
    let site = Site::open().await;
    let first = written(&site, "note-written").await.remove(0);
    assert!(first.text.ends_with("/me/letters\n"), "{}", first.text);
    // As RFC 8058 says: no cookie, no page of ours, this body.
    let request = site.request(Method::POST, &path(&first)).header("content-type", "application/x-www-form-urlencoded");
    let answer = request.body("List-Unsubscribe=One-Click").send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(written(&site, "note-written").await.len(), 1, "it is not written any more");
    let still = written(&site, "badge-revoked").await;
    assert_eq!((still.len(), still[1].stop_url.as_deref()), (2, None));
    assert!(!still[1].text.contains("/me/letters"));
    let ada = site.signed_in(ADA).await;
    let page = page(&ada).await;
    assert!(page.contains("value=\"notes\"><span>") && page.contains("value=\"renewals\" checked"), "{page}");
    let mut conn = site.app.db.read().await.unwrap();
    let said = events::of_subject(&mut conn, &ada.person_id).await.unwrap();
    let said = said.into_iter().find(|event| event.verb == "person.letters").unwrap();
    assert_eq!(said.actor, format!("person:{}", ada.person_id));
}

#[tokio::test]
async fn whoever_opens_the_link_is_asked_first_and_one_that_is_none_opens_nothing() {
    let site = Site::open().await;
    let first = written(&site, "renewal").await.remove(0);
    let asked = site.page(&path(&first)).await;
    assert!(
        asked.contains("No more letters like this?") && asked.contains(&format!("action=\"{}\"", path(&first))),
        "{asked}"
    );
    assert_eq!(written(&site, "renewal").await.len(), 2, "looking changes nothing");
    for method in [Method::GET, Method::POST] {
        assert_eq!(site.request(method, "/letters/none").send().await.unwrap().status(), StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn what_was_stopped_is_chosen_again_on_a_page() {
    let site = Site::open().await;
    let ada = site.signed_in(ADA).await;
    let done = ada.send("/me/letters", &[("letters", "renewals"), ("letters", "king")]).await;
    assert_eq!(done.status(), StatusCode::SEE_OTHER);
    assert_eq!(page(&ada).await.matches(" checked").count(), 1);
    assert_eq!(written(&site, "mentor-wanted").await.len(), 0);
    ada.send("/me/letters", &[("letters", "renewals"), ("letters", "requests")]).await;
    assert_eq!(written(&site, "mentor-wanted").await.len(), 1);
    let someone =
        Actor::Person(Member { id: ada.person_id.clone(), name: "Ada".into(), grants: Vec::new(), manages: false });
    let gets: Vec<bool> =
        letter_choices::list(&site.app, &someone).await.unwrap().iter().map(|(_, gets)| *gets).collect();
    assert_eq!(gets, [true, false, true, false]);
}

#[tokio::test]
async fn the_link_of_a_letter_is_kept_as_a_hash_alone_once_it_is_sent() {
    let site = Site::open().await;
    let first = written(&site, "note-written").await.remove(0);
    let secret = path(&first).strip_prefix("/letters/").unwrap().to_owned();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("copy.db");
    site.app.db.copy_to(&file).await.unwrap();
    let bytes = std::fs::read(&file).unwrap();
    assert!(!bytes.windows(secret.len()).any(|piece| piece == secret.as_bytes()));
}

on_both_engines! {
    async fn choices_and_links_are_kept_by_person_and_kind(db: Db) {
        cast::company(&db).await;
        let mut conn = db.write().await.unwrap();
        let ada = cast::person(&mut conn, "Ada", None).await.id;
        let (now, kind) = (cast::day(500), LetterKind::Renewals);
        assert!(kept::decline(&mut conn, &ada, kind, now).await.unwrap());
        assert!(!kept::decline(&mut conn, &ada, kind, now).await.unwrap());
        assert_eq!(kept::declined(&mut conn, &ada).await.unwrap(), [kind]);
        assert!(kept::want(&mut conn, &ada, kind).await.unwrap());
        assert!(!kept::want(&mut conn, &ada, kind).await.unwrap());
        let year = SignedDuration::from_hours(24 * 365);
        kept::keep_link(&mut conn, "old", (&ada, kind), now - year, now - year).await.unwrap();
        kept::keep_link(&mut conn, "new", (&ada, LetterKind::Notes), now, now - year).await.unwrap();
        assert_eq!(kept::link(&mut conn, "old").await.unwrap(), Some((ada.clone(), kind)));
        kept::keep_link(&mut conn, "newer", (&ada, kind), now, now).await.unwrap();
        assert_eq!(kept::link(&mut conn, "old").await.unwrap(), None, "what is old is removed");
        assert_eq!(kept::link(&mut conn, "new").await.unwrap(), Some((ada, LetterKind::Notes)));
    }
}

#[tokio::test]
async fn whoever_is_given_a_badge_hears_of_it_where_that_is_asked_for_and_can_take_it_without_an_account() {
    let site = Site::open().await;
    let ask = |email: &str, visibility: &str, letter: Option<bool>| {
        let mut award = serde_json::json!({
            "level": PRACTITIONER, "recipient": {"name": "New Here", "email": email}, "visibility": visibility,
        });
        if let Some(letter) = letter {
            award["letter"] = letter.into();
        }
        award
    };
    let (status, link) = site.post("/api/v1/awards", &ask("new@acme.example", "link", Some(true))).await;
    assert_eq!(status, StatusCode::CREATED, "{link}");
    for (email, letter) in [("old@acme.example", None), ("older@acme.example", Some(false))] {
        assert_eq!(site.post("/api/v1/awards", &ask(email, "link", letter)).await.0, StatusCode::CREATED);
    }
    let (_, private) = site.post("/api/v1/awards", &ask("shy@acme.example", "private", Some(true))).await;
    jobs::plan(&site.app).await.unwrap();
    jobs::run_due(&site.app).await.unwrap();
    let Mailer::Memory(memory) = &site.app.mailer else { panic!("mail is kept in memory") };
    // Of the same second, they may be sent in either order.
    let mut sent = memory.sent();
    sent.sort_by(|a, b| a.recipient.cmp(&b.recipient));
    let [first, second] = sent.try_into().unwrap();
    let page = |answer: &serde_json::Value| answer["awards"][0]["certification_url"].as_str().unwrap().to_owned();
    assert_eq!((first.recipient.as_str(), second.recipient.as_str()), ("new@acme.example", "shy@acme.example"));
    assert_eq!(first.subject, "You have been given a badge: Practitioner");
    assert!(first.text.contains(&page(&link)) && first.text.contains("/me/badges"), "{}", first.text);
    assert!(!second.text.contains(&page(&private)), "nobody but its holder can open it: {}", second.text);
    assert_eq!(first.stop_url, None);
    // The link to sign in goes to that address, whose owner is in the directory from now on.
    laurel::actions::sign_in_links::write(&site.app, "new@acme.example", "/me/badges", Default::default())
        .await
        .unwrap();
    jobs::plan(&site.app).await.unwrap();
    jobs::run_due(&site.app).await.unwrap();
    assert_eq!(memory.sent().last().unwrap().recipient, "new@acme.example");
}
