//! Signing in, staying so and signing out: the cookie, what ends a session, and what opens nothing.

use super::header;
use crate::cast::{ADA, BAO, BASE_URL, Browser, PROFESSIONAL, Site, form, no_network};
use laurel::{
    actions::sessions::{self, end_all_of, open},
    domain::{
        actor::{Actor, Role},
        directory::Entry,
        recipient::Person,
        session::Method,
    },
    store::{events, people},
};
use reqwest::{Response, StatusCode};

/// A demo whose base URL is http on this machine.
async fn demo() -> Site {
    Site::set_up(no_network(), |config| {
        config.demo = true;
        config.base_url = "http://localhost:8080".into();
    })
    .await
}

async fn choose(site: &Site, person: &str, next: &str, origin: &str) -> Response {
    let request = site.request(reqwest::Method::POST, "/sign-in/demo").header("origin", origin);
    form(request, &[("person", person), ("next", next)]).send().await.unwrap()
}

#[tokio::test]
async fn the_cookie_is_this_hosts_alone_and_out_of_reach_for_scripts_and_other_sites() {
    for (base_url, name, secure) in
        [("https://badges.acme.example", "__Host-laurel", "; Secure"), ("http://localhost:8080", "laurel", "")]
    {
        let site = Site::set_up(no_network(), |config| {
            config.demo = true;
            config.base_url = base_url.into();
        })
        .await;
        site.grant(ADA, Role::Mentor, None).await;
        let answer = choose(&site, &site.person(ADA).await, "/me", base_url).await;
        assert_eq!((answer.status(), header(&answer, "location")), (StatusCode::SEE_OTHER, "/me"));
        assert_eq!(header(&answer, "access-control-allow-origin"), "");
        let cookie = header(&answer, "set-cookie");
        let (secret, flags) = cookie.strip_prefix(&format!("{name}=")).unwrap().split_once("; ").unwrap();
        assert_eq!(flags, format!("Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax{secure}"));
        assert_eq!(secret.len(), 52);
        let asked = site.request(reqwest::Method::GET, "/me").header("cookie", format!("{name}={secret}"));
        assert_eq!(asked.send().await.unwrap().status(), StatusCode::OK);
        // The secret itself is nowhere in the record.
        let file: Vec<_> = events::page(&mut site.app.db.read().await.unwrap(), 0, 1_000).await.unwrap();
        assert!(file.iter().any(|event| event.verb == "session.opened"));
        assert!(!format!("{file:?}").contains(secret));
    }
}

#[tokio::test]
async fn after_signing_in_one_is_led_to_the_page_that_was_asked_for_and_never_to_another_site() {
    let site = demo().await;
    site.grant(ADA, Role::Mentor, None).await;
    let ada = site.person(ADA).await;
    for (next, led) in [
        ("/badges/x?a=b", "/badges/x?a=b"),
        ("", "/me"),
        ("https://evil.example", "/me"),
        ("//evil.example", "/me"),
        ("/\\evil.example", "/me"),
        ("/\t/evil.example", "/me"),
    ] {
        let answer = choose(&site, &ada, next, "http://localhost:8080").await;
        assert_eq!(header(&answer, "location"), led, "{next:?}");
    }
    let page = site.page("/sign-in?next=//evil.example").await;
    assert!(page.contains("name=\"next\" value=\"/me\"") && !page.contains("evil"));
    assert!(site.page("/sign-in?next=%2Fbadges%2Fx").await.contains("name=\"next\" value=\"/badges/x\""));
}

#[tokio::test]
async fn another_site_can_sign_nobody_in_and_only_the_demo_lets_one_choose() {
    let site = demo().await;
    site.grant(ADA, Role::Mentor, None).await;
    let (ada, bao) = (site.person(ADA).await, site.person(BAO).await);
    for origin in ["https://evil.example", "null", "http://localhost:8081"] {
        let answer = choose(&site, &ada, "", origin).await;
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{origin}");
        assert_eq!(header(&answer, "set-cookie"), "");
    }
    let silent = form(site.request(reqwest::Method::POST, "/sign-in/demo"), &[("person", &ada)]);
    assert_eq!(silent.send().await.unwrap().status(), StatusCode::FORBIDDEN, "neither Origin nor Sec-Fetch-Site");
    // Bao has no role and is none of those to choose from.
    assert_eq!(choose(&site, &bao, "", "http://localhost:8080").await.status(), StatusCode::NOT_FOUND);
    let page = site.page("/sign-in").await;
    assert!(page.contains("Ada Obi") && page.contains("Mentor") && !page.contains("Bao"));
    let real = Site::open().await;
    real.grant(ADA, Role::Mentor, None).await;
    assert!(!real.page("/sign-in").await.contains("Ada"));
    let answer = choose(&real, &real.person(ADA).await, "", BASE_URL).await;
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_cookie_that_was_planted_or_stolen_before_signing_in_opens_nothing_after_it() {
    let site = Site::open().await;
    let before = site.signed_in(ADA).await;
    assert_eq!(before.get("/me").await.status(), StatusCode::OK);
    let known = sessions::Browser { user_agent: "", before: Some(&before.secret) };
    let after = open(&site.app, &before.person_id, Method::Oidc, known).await.unwrap();
    assert_ne!(after.secret, before.secret);
    assert_eq!(before.get("/me").await.status(), StatusCode::SEE_OTHER, "the old cookie is worth nothing");
    let after = Browser { site: &site, person_id: String::new(), secret: after.secret, session_id: after.session.id };
    assert_eq!(after.get("/me").await.status(), StatusCode::OK);
    // A cookie that we never gave out is not taken over.
    let planted = "0".repeat(52);
    let known = sessions::Browser { user_agent: "", before: Some(&planted) };
    let opened = open(&site.app, &before.person_id, Method::Oidc, known).await.unwrap();
    assert_ne!(opened.secret, planted);
    for secret in [planted.as_str(), "", "x", &"é".repeat(26), &after.secret.to_uppercase()] {
        let asked = site.request(reqwest::Method::GET, "/me").header("accept", "text/html");
        let asked = asked.header("cookie", format!("__Host-laurel={secret}"));
        assert_eq!(asked.send().await.unwrap().status(), StatusCode::SEE_OTHER, "{secret}");
    }
}

#[tokio::test]
async fn signing_out_ends_the_session_and_again_does_no_harm() {
    let site = Site::open().await;
    let ada = site.signed_in(ADA).await;
    let elsewhere = site.signed_in(ADA).await;
    let out = ada.send("/sign-out", &[]).await;
    assert_eq!((out.status(), header(&out, "location")), (StatusCode::SEE_OTHER, "/"));
    assert_eq!(header(&out, "set-cookie"), "__Host-laurel=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure");
    assert_eq!(ada.get("/me").await.status(), StatusCode::SEE_OTHER);
    let again = ada.send("/sign-out", &[]).await;
    assert_eq!((again.status(), header(&again, "location")), (StatusCode::SEE_OTHER, "/sign-in?next=%2Fme"));
    assert_eq!(elsewhere.get("/me").await.status(), StatusCode::OK, "another browser stays signed in");
}

#[tokio::test]
async fn one_sees_where_one_is_signed_in_and_ends_it_there_but_never_that_of_someone_else() {
    let site = Site::open().await;
    let (here, there, third) = (site.signed_in(ADA).await, site.signed_in(ADA).await, site.signed_in(ADA).await);
    let bao = site.signed_in(BAO).await;
    let page = here.page("/me").await;
    assert!(page.contains("Firefox on Linux") && page.contains("This one") && page.contains("ada.obi@acme.example"));
    for id in [&here.session_id, &there.session_id, &third.session_id] {
        assert!(page.contains(id.as_str()));
    }
    assert!(!page.contains(&bao.session_id));
    let end = |id: &str| format!("/me/sessions/{id}/end");
    assert_eq!(here.send(&end(&bao.session_id), &[]).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(bao.get("/me").await.status(), StatusCode::OK);
    assert_eq!(here.send(&end(&there.session_id), &[]).await.status(), StatusCode::SEE_OTHER);
    assert_eq!(there.get("/me").await.status(), StatusCode::SEE_OTHER);
    assert_eq!(here.send(&end(&there.session_id), &[]).await.status(), StatusCode::NOT_FOUND);
    here.send("/me/sessions/end-others", &[]).await;
    assert_eq!(third.get("/me").await.status(), StatusCode::SEE_OTHER);
    assert_eq!(here.get("/me").await.status(), StatusCode::OK);
    assert_eq!(bao.get("/me").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_session_ends_by_time_by_an_administrator_and_when_its_person_leaves() {
    let site = Site::open().await;
    site.grant(BAO, Role::Administrator, None).await;
    let ada = site.signed_in(ADA).await;
    // Seen every few hours it goes on, and thirty days after signing in it ends.
    site.at("2026-11-24T23:59:00Z");
    assert_eq!(ada.get("/me").await.status(), StatusCode::OK);
    site.at("2026-11-25T11:58:00Z");
    assert_eq!(ada.get("/me").await.status(), StatusCode::OK);
    site.at("2026-11-25T23:58:00Z");
    assert_eq!(ada.get("/me").await.status(), StatusCode::SEE_OTHER, "twelve hours in which nothing came");
    let ada = site.signed_in(ADA).await;
    let bao = site.signed_in(BAO).await;
    let member = sessions::authenticate(&site.app, &bao.secret).await.unwrap().unwrap().member;
    let ended = end_all_of(&site.app, &Actor::Person(member), ADA.email, "lost laptop").await.unwrap();
    assert_eq!((ended, ada.get("/me").await.status()), (1, StatusCode::SEE_OTHER));
    assert_eq!(bao.get("/me").await.status(), StatusCode::OK);
    let member = sessions::authenticate(&site.app, &site.signed_in(ADA).await.secret).await.unwrap().unwrap().member;
    assert!(end_all_of(&site.app, &Actor::Person(member), BAO.email, "because").await.is_err());
    leave(&site, &bao.person_id).await;
    assert_eq!(bao.get("/me").await.status(), StatusCode::SEE_OTHER, "whoever has left is signed in nowhere");
    assert!(open(&site.app, &bao.person_id, Method::Oidc, sessions::Browser::default()).await.is_err());
}

async fn leave(site: &Site, id: &str) {
    let mut conn = site.app.db.write().await.unwrap();
    let entry = people::entry(&mut conn, id).await.unwrap().unwrap();
    let person = Person { active: false, ..entry.person.clone() };
    people::update(&mut conn, &Entry { person, ..entry }).await.unwrap();
    conn.commit().await.unwrap();
}

#[tokio::test]
async fn a_role_that_was_given_or_taken_counts_with_the_next_request() {
    let site = Site::open().await;
    let ada = site.signed_in(ADA).await;
    assert!(!ada.page("/me").await.contains("Auditor"));
    site.grant(ADA, Role::Auditor, None).await;
    assert!(ada.page("/me").await.contains("Auditor"));
}

#[tokio::test]
async fn pages_of_someone_are_kept_by_nobody_and_public_ones_are_the_same_for_everyone() {
    let site = Site::open().await;
    let award = site.award(ADA, PROFESSIONAL, "public").await;
    let ada = site.signed_in(ADA).await;
    for path in ["/me", "/me?x=y"] {
        let response = ada.get(path).await;
        assert_eq!(header(&response, "cache-control"), "private, no-store", "{path}");
        assert_eq!(header(&response, "etag"), "", "{path}");
        assert_eq!(header(&response, "x-robots-tag"), "noindex", "{path}");
        assert_eq!(header(&response, "access-control-allow-origin"), "", "{path}");
    }
    for path in ["/", "/programs", "/sign-in", &format!("/badges/{}", award.id)] {
        let (mine, anyones) = (ada.page(path).await, site.page(path).await);
        assert_eq!(mine, anyones, "{path}");
        assert!(mine.contains("href=\"/me\""), "{path}");
        assert!(!mine.contains("name=\"csrf\""), "{path}");
    }
}

#[tokio::test]
async fn the_token_of_one_session_is_worth_nothing_in_another() {
    let site = Site::open().await;
    let (ada, bao) = (site.signed_in(ADA).await, site.signed_in(BAO).await);
    assert!(ada.page("/me").await.contains(&ada.csrf()));
    let request = ada.request(reqwest::Method::POST, "/sign-out").header("origin", BASE_URL);
    let refused = form(request, &[("csrf", &bao.csrf())]).send().await.unwrap();
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);
    assert!(refused.text().await.unwrap().contains("This is not open to you"));
    // Where the browser says itself that it comes from our page, Origin is not asked for.
    let request = ada.request(reqwest::Method::POST, "/sign-out").header("sec-fetch-site", "same-origin");
    assert_eq!(form(request, &[("csrf", &ada.csrf())]).send().await.unwrap().status(), StatusCode::SEE_OTHER);
}
