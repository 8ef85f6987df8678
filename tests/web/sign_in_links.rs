//! Signing in by a link in a letter: it works once and for a while, and tells nobody who is known here.

use super::header;
use crate::cast::{ADA, BAO, BASE_URL, Browser, Cast, NOW, Site, form, no_network};
use jiff::{SignedDuration, Timestamp};
use laurel::{
    domain::{letter::Mail, recipient::Person},
    jobs,
    outside::mailer::Mailer,
    store::people,
};
use reqwest::{Method, Response, StatusCode};
use std::{num::NonZeroU32, time::Duration};
use tokio::{io::AsyncWriteExt, net::TcpStream};

const STRANGER: Cast = Cast { name: "Nobody", email: "nobody@acme.example", team: None, named: false };

async fn ask(site: &Site, email: &str, next: &str) -> Response {
    let request = site.request(Method::POST, "/sign-in").header("origin", BASE_URL).header("accept", "text/html");
    form(request, &[("email", email), ("next", next)]).send().await.unwrap()
}

/// What has arrived, once the letters that were asked for are written; `count` are waited for.
async fn post_box(site: &Site, count: usize) -> Vec<Mail> {
    let Mailer::Memory(memory) = &site.app.mailer else { panic!("mail is kept in memory") };
    for _ in 0..100 {
        jobs::plan(&site.app).await.unwrap();
        jobs::run_due(&site.app).await.unwrap();
        if memory.sent().len() >= count {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    memory.sent()
}

fn link(mail: &Mail) -> &str {
    let at = mail.text.find(&format!("{BASE_URL}/sign-in/link/")).unwrap();
    mail.text[at..].split_whitespace().next().unwrap().strip_prefix(BASE_URL).unwrap()
}

async fn open(site: &Site, path: &str) -> (StatusCode, String) {
    let page = site.get_as(path, "text/html").await;
    (page.status(), page.text().await.unwrap())
}

async fn press(site: &Site, path: &str, origin: &str) -> Response {
    let request = site.request(Method::POST, path).header("origin", origin).header("accept", "text/html");
    form(request, &[]).send().await.unwrap()
}

fn later(site: &Site, minutes: i64) {
    let now = NOW.parse::<Timestamp>().unwrap();
    site.at(&(now + SignedDuration::from_mins(minutes)).to_string());
}

#[tokio::test]
async fn a_link_in_a_letter_signs_in_once_and_only_when_its_button_is_pressed() {
    let site = Site::open().await;
    let ada = site.person(ADA).await;
    let page = site.page("/sign-in?next=/badges/x").await;
    assert!(page.contains("name=\"email\"") && page.contains("name=\"next\" value=\"/badges/x\""));
    let asked = ask(&site, " Ada.Obi@acme.example ", "/badges/x").await;
    assert_eq!((asked.status(), header(&asked, "location")), (StatusCode::SEE_OTHER, "/sign-in/sent"));
    assert!(site.page("/sign-in/sent").await.contains("15 minutes"));
    let letters = post_box(&site, 1).await;
    assert_eq!((letters.len(), letters[0].recipient.as_str()), (1, ADA.email));
    let path = link(&letters[0]);
    // A mail program looks, twice; nothing is signed in and nothing is used up.
    for _ in 0..2 {
        let looked = site.get_as(path, "text/html").await;
        assert_eq!((looked.status(), header(&looked, "set-cookie")), (StatusCode::OK, ""));
        let text = looked.text().await.unwrap();
        assert!(text.contains("Sign in as Ada Obi") && text.contains(ADA.email), "{text}");
    }
    let signed_in = press(&site, path, BASE_URL).await;
    assert_eq!((signed_in.status(), header(&signed_in, "location")), (StatusCode::SEE_OTHER, "/badges/x"));
    let cookie = header(&signed_in, "set-cookie");
    let secret = cookie.strip_prefix("__Host-laurel=").unwrap().split(';').next().unwrap().to_owned();
    let browser = Browser { site: &site, person_id: ada, secret, session_id: String::new() };
    assert!(browser.page("/me").await.contains(ADA.email));
    let again = press(&site, path, BASE_URL).await;
    assert_eq!((again.status(), header(&again, "set-cookie")), (StatusCode::GONE, ""));
    assert!(open(&site, path).await.1.contains("can’t be used any more"));
}

#[tokio::test]
async fn the_answer_is_the_same_and_as_quick_whoever_is_asked_for() {
    let site = Site::open().await;
    site.person(ADA).await;
    leave(&site, BAO).await;
    // While the only writer is taken nothing can be written: an answer that waited for it would tell.
    let taken = site.app.db.write().await.unwrap();
    let mut answers = Vec::new();
    for who in [ADA, BAO, STRANGER] {
        let asked = tokio::time::timeout(Duration::from_secs(5), ask(&site, who.email, "/me")).await;
        let asked = asked.expect("it waits for nothing");
        let mut headers = asked.headers().clone();
        headers.remove("x-request-id");
        headers.remove("date");
        answers.push((asked.status(), format!("{headers:?}"), asked.text().await.unwrap()));
    }
    drop(taken);
    assert_eq!(answers[0].0, StatusCode::SEE_OTHER);
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    let recipients: Vec<String> = post_box(&site, 1).await.into_iter().map(|mail| mail.recipient).collect();
    assert_eq!(recipients, [ADA.email]);
}

/// As many as there could be connections to read with, and more.
const SLOW: usize = 24;

#[tokio::test]
async fn whoever_sends_the_form_slowly_keeps_nobody_from_a_page() {
    let site = Site::open().await;
    let host = site.address.strip_prefix("http://").unwrap().to_owned();
    let mut held = Vec::new();
    for path in ["/sign-in", "/sign-in/link/x"].into_iter().cycle().take(SLOW) {
        let mut client = TcpStream::connect(&host).await.unwrap();
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: {BASE_URL}\r\nContent-Length: 9\r\n\
             Content-Type: application/x-www-form-urlencoded\r\n\r\n"
        );
        client.write_all(head.as_bytes()).await.unwrap();
        held.push(client);
    }
    // The server has begun with each of them before it is asked for a page.
    tokio::time::sleep(Duration::from_millis(200)).await;
    let page = tokio::time::timeout(Duration::from_secs(5), site.page("/sign-in")).await;
    assert!(page.expect("a connection is free").contains("name=\"email\""));
    drop(held);
}

#[tokio::test]
async fn a_link_ends_after_a_quarter_of_an_hour_and_when_its_person_leaves_or_uses_another() {
    let site = Site::open().await;
    site.person(ADA).await;
    ask(&site, ADA.email, "/me").await;
    let first = post_box(&site, 1).await.remove(0);
    later(&site, 14);
    assert_eq!(open(&site, link(&first)).await.0, StatusCode::OK);
    ask(&site, ADA.email, "/me").await;
    let second = post_box(&site, 2).await.remove(1);
    later(&site, 15);
    assert_eq!(open(&site, link(&first)).await.0, StatusCode::GONE);
    assert_eq!(press(&site, link(&first), BASE_URL).await.status(), StatusCode::GONE);
    ask(&site, ADA.email, "/me").await;
    let third = post_box(&site, 3).await.remove(2);
    assert_eq!(press(&site, link(&third), BASE_URL).await.status(), StatusCode::SEE_OTHER);
    assert_eq!(
        press(&site, link(&second), BASE_URL).await.status(),
        StatusCode::GONE,
        "one that is used ends the others"
    );
    later(&site, 40);
    ask(&site, ADA.email, "/me").await;
    let fourth = post_box(&site, 4).await.remove(3);
    leave(&site, ADA).await;
    assert_eq!(open(&site, link(&fourth)).await.0, StatusCode::GONE);
    assert_eq!(press(&site, link(&fourth), BASE_URL).await.status(), StatusCode::GONE);
    for nothing in ["x", "", &"a".repeat(52), &"é".repeat(26)] {
        let status = open(&site, &format!("/sign-in/link/{nothing}")).await.0;
        assert!(
            [StatusCode::GONE, StatusCode::NOT_FOUND, StatusCode::PERMANENT_REDIRECT].contains(&status),
            "{nothing}: {status}"
        );
    }
}

#[tokio::test]
async fn nobody_is_written_to_more_than_three_times_in_a_quarter_of_an_hour() {
    let site = Site::open().await;
    site.person(ADA).await;
    site.person(BAO).await;
    for count in 1..=3 {
        ask(&site, ADA.email, "/me").await;
        assert_eq!(post_box(&site, count).await.len(), count);
    }
    for _ in 0..3 {
        assert_eq!(ask(&site, ADA.email, "/me").await.status(), StatusCode::SEE_OTHER, "the answer stays the same");
    }
    // Whoever asks after them is written to, and by then they would have been.
    ask(&site, BAO.email, "/me").await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(post_box(&site, 4).await.iter().filter(|mail| mail.recipient == ADA.email).count(), 3);
    later(&site, 16);
    ask(&site, ADA.email, "/me").await;
    assert_eq!(post_box(&site, 5).await.len(), 5);
}

#[tokio::test]
async fn one_client_may_ask_only_so_often() {
    let site = Site::set_up(no_network(), |config| config.limits.letters = NonZeroU32::new(2)).await;
    let mut statuses = Vec::new();
    for who in [ADA, BAO, STRANGER] {
        statuses.push(ask(&site, who.email, "/me").await.status());
    }
    assert_eq!(statuses, [StatusCode::SEE_OTHER, StatusCode::SEE_OTHER, StatusCode::TOO_MANY_REQUESTS]);
}

#[tokio::test]
async fn another_site_can_neither_ask_for_a_link_nor_press_its_button() {
    let site = Site::open().await;
    site.person(ADA).await;
    let request = site.request(Method::POST, "/sign-in").header("origin", "https://evil.example");
    let asked = form(request, &[("email", ADA.email), ("next", "/me")]).send().await.unwrap();
    assert_eq!(asked.status(), StatusCode::FORBIDDEN);
    ask(&site, ADA.email, "//evil.example").await;
    let letters = post_box(&site, 1).await;
    assert_eq!(letters.len(), 1);
    let pressed = press(&site, link(&letters[0]), "https://evil.example").await;
    assert_eq!((pressed.status(), header(&pressed, "set-cookie")), (StatusCode::FORBIDDEN, ""));
    let pressed = press(&site, link(&letters[0]), BASE_URL).await;
    assert_eq!((pressed.status(), header(&pressed, "location")), (StatusCode::SEE_OTHER, "/me"));
}

#[tokio::test]
async fn what_is_no_address_comes_back_with_what_was_typed() {
    let site = Site::open().await;
    for typed in ["ada", "", "ada@acme.example\r\nBcc: x@y.example", "<b>@x"] {
        let answer = ask(&site, typed, "/badges/x").await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{typed:?}");
        let page = answer.text().await.unwrap();
        assert!(page.contains("This is not an e-mail address") && page.contains("aria-invalid=\"true\""));
        assert!(page.contains("name=\"next\" value=\"/badges/x\"") && !page.contains("<b>"));
        assert!(typed != "ada" || page.contains("name=\"email\" value=\"ada\""));
    }
}

#[tokio::test]
async fn a_letter_speaks_the_language_of_whoever_asked_and_its_link_is_not_kept_once_it_is_sent() {
    let site = Site::open().await;
    site.person(ADA).await;
    let request = site.request(Method::POST, "/sign-in").header("origin", BASE_URL).header("accept-language", "de");
    form(request, &[("email", ADA.email)]).send().await.unwrap();
    let letters = post_box(&site, 1).await;
    assert!(letters[0].subject.starts_with("Ihr Link zur Anmeldung") && letters[0].text.contains("Guten Tag Ada Obi,"));
    let kept =
        laurel::store::mails::get(&mut site.app.db.read().await.unwrap(), &letters[0].id).await.unwrap().unwrap();
    assert_eq!((kept.text.as_str(), kept.sent_at.is_some()), ("", true));
}

#[tokio::test]
async fn without_a_mail_server_no_link_is_offered() {
    let site = Site::open().await;
    let site = site.beside(no_network(), Vec::new()).await;
    assert!(!site.page("/sign-in").await.contains("name=\"email\""));
    assert_eq!(ask(&site, ADA.email, "/me").await.status(), StatusCode::NOT_FOUND);
}

async fn leave(site: &Site, who: Cast) {
    let id = site.person(who).await;
    let mut conn = site.app.db.write().await.unwrap();
    let mut entry = people::entry(&mut conn, &id).await.unwrap().unwrap();
    entry.person = Person { active: false, ..entry.person };
    people::update(&mut conn, &entry).await.unwrap();
    conn.commit().await.unwrap();
}
