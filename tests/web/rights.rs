//! Every route × every kind of actor, held against the one table of rights.

use super::header;
use crate::cast::{ADA, BAO, BASE_URL, Browser, CHIARA, Cast, DEV, Site, form, token};
use laurel::{
    domain::{
        actor::{Actor, Grant, Member, Right, Role, Scope, may},
        directory::Entry,
    },
    store::people,
    web::{
        Web,
        limits::Class,
        router::{Route, routes},
    },
};
use reqwest::{Response, StatusCode};
use std::sync::Arc;

#[tokio::test]
async fn every_route_lets_in_exactly_whom_its_right_names() {
    let site = Site::open().await;
    let list = list(&site);
    assert!(list.len() > 40);
    for route in &list {
        let expected = |actor: &Actor| may(actor, route.right);
        let name = |who: &str| format!("{} {} as {who}", route.method, route.path);
        let ask = || site.request(route.method.clone(), &path(route)).header("origin", BASE_URL);
        for (who, request) in
            [("anyone", ask()), ("a wrong token", ask().bearer_auth("lrl_0000000000000000000000000000"))]
        {
            let response = request.send().await.unwrap();
            check(route, response, expected(&Actor::Anyone), StatusCode::UNAUTHORIZED, &name(who)).await;
        }
        for scope in Scope::ALL {
            let response = ask().bearer_auth(token(scope.as_str())).send().await.unwrap();
            let actor = Actor::Token { id: "t".into(), scopes: vec![scope] };
            check(route, response, expected(&actor), StatusCode::FORBIDDEN, &name(scope.as_str())).await;
        }
    }
}

#[tokio::test]
async fn every_route_lets_in_exactly_the_people_whose_roles_name_its_right() {
    let site = Site::open().await;
    for (n, role) in [None].into_iter().chain(Role::ALL.map(Some)).enumerate() {
        let who = someone(n);
        let browser = site.signed_in(who).await;
        if let Some(role) = role {
            let whole = matches!(role, Role::Auditor | Role::Administrator);
            site.grant(who, role, (!whole).then_some("craft")).await;
        }
        let grants = role.into_iter().map(|role| Grant { role, program: None }).collect();
        let member = Member { id: String::new(), name: String::new(), grants, manages: false };
        walk(&site, &browser, Actor::Person(member), role.map_or("learner", Role::as_str)).await;
    }
    let (boss, report) = (site.person(ADA).await, site.person(BAO).await);
    report_to(&site, &report, &boss).await;
    let manager = Member { id: String::new(), name: String::new(), grants: Vec::new(), manages: true };
    walk(&site, &site.signed_in(ADA).await, Actor::Person(manager), "manager").await;
}

async fn walk(site: &Site, browser: &Browser<'_>, actor: Actor, who: &str) {
    // Signing out and ending sessions would end the walk.
    for route in list(site).iter().filter(|route| !["/sign-out", "/me/sessions/end-others"].contains(&route.path)) {
        let response = sent(browser, route, true).await;
        let name = format!("{} {} as {who}", route.method, route.path);
        match route.class {
            Class::SignedIn => check(route, response, may(&actor, route.right), StatusCode::FORBIDDEN, &name).await,
            // A cookie opens no call of the API, whoever holds it.
            _ => check(route, response, route.right == Right::See, StatusCode::UNAUTHORIZED, &name).await,
        }
    }
}

#[tokio::test]
async fn without_a_session_a_page_leads_to_where_one_signs_in_and_a_program_is_told() {
    let site = Site::open().await;
    for route in list(&site).iter().filter(|route| route.class == Class::SignedIn) {
        let ask = |accept: &str| site.request(route.method.clone(), &path(route)).header("accept", accept);
        let page = ask("text/html").send().await.unwrap();
        let name = format!("{} {}", route.method, route.path);
        assert_eq!(page.status(), StatusCode::SEE_OTHER, "{name}");
        let next = if route.method == "GET" { path(route) } else { "/me".into() };
        assert_eq!(header(&page, "location"), format!("/sign-in?next={}", next.replace('/', "%2F")), "{name}");
        let told = ask("application/json").send().await.unwrap();
        assert_eq!(told.status(), StatusCode::UNAUTHORIZED, "{name}");
        assert_eq!(header(&told, "content-type"), "application/problem+json", "{name}");
    }
}

#[tokio::test]
async fn nothing_is_changed_for_someone_signed_in_without_the_token_of_their_page() {
    let site = Site::open().await;
    let browser = site.signed_in(CHIARA).await;
    for role in Role::ALL {
        site.grant(CHIARA, role, None).await;
    }
    let report = site.person(DEV).await;
    report_to(&site, &report, &browser.person_id).await;
    let changing = |route: &&Route| route.class == Class::SignedIn && route.method != "GET";
    let list = list(&site);
    assert!(list.iter().filter(changing).count() >= 3);
    for route in list.iter().filter(changing) {
        let response = sent(&browser, route, false).await;
        assert_eq!(response.status(), StatusCode::FORBIDDEN, "{} {} without a token", route.method, route.path);
        for (name, value) in [("origin", "https://evil.example"), ("origin", "null"), ("sec-fetch-site", "cross-site")]
        {
            let request = browser.request(route.method.clone(), &path(route)).header(name, value);
            let request = request.header("x-csrf-token", browser.csrf());
            let status = form(request, &[("csrf", &browser.csrf())]).send().await.unwrap().status();
            assert_eq!(status, StatusCode::FORBIDDEN, "{} {} with {name}: {value}", route.method, route.path);
        }
    }
    assert_eq!(browser.get("/me").await.status(), StatusCode::OK, "still signed in");
}

fn list(site: &Site) -> Vec<Route> {
    routes(Arc::new(Web::new(site.app.clone()))).list
}

/// The route's address, with nothing that is there in its place holders.
fn path(route: &Route) -> String {
    let parts = route.path.split('/').map(|part| if part.contains('{') { "none" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

/// As one of our pages sends it, with or without its token.
async fn sent(browser: &Browser<'_>, route: &Route, with_token: bool) -> Response {
    let mut request = browser.request(route.method.clone(), &path(route));
    if route.method != "GET" {
        let token = if with_token { browser.csrf() } else { "0".repeat(64) };
        request = request.header("origin", BASE_URL).header("x-csrf-token", &token);
        request = form(request, &[("csrf", &token)]);
    }
    request.send().await.unwrap()
}

/// Let in: answered by the handler, whatever it says. Not let in: this status, and why.
async fn check(route: &Route, response: Response, let_in: bool, refused: StatusCode, name: &str) {
    let status = response.status();
    if let_in {
        assert!(!matches!(status.as_u16(), 401 | 403 | 500..), "{name}: {status}");
        assert!(!header(&response, "location").starts_with("/sign-in"), "{name} is sent to sign in");
        return;
    }
    // A browser is led to where one signs in.
    let led = route.class == Class::SignedIn && header(&response, "location").starts_with("/sign-in?next=");
    assert!(status == refused || (led && refused == StatusCode::UNAUTHORIZED), "{name}: {status}");
    if route.class == Class::Token {
        assert!(header(&response, "www-authenticate").starts_with("Bearer "), "{name}");
        let told = header(&response, "content-type").to_owned();
        let as_page = told.starts_with("text/html");
        let written = match route.path.split('/').nth(1) {
            Some("scim") => "application/scim+json",
            Some("ims") => "application/json",
            _ => "application/problem+json",
        };
        assert!(told == written || as_page && !route.path.starts_with("/api/"), "{name}: {told}");
    }
}

async fn report_to(site: &Site, report: &str, boss: &str) {
    let mut conn = site.app.db.write().await.unwrap();
    let entry = people::entry(&mut conn, report).await.unwrap().unwrap();
    let person = laurel::domain::recipient::Person { manager_id: Some(boss.to_owned()), ..entry.person.clone() };
    people::update(&mut conn, &Entry { person, ..entry }).await.unwrap();
    conn.commit().await.unwrap();
}

/// One person for each role.
fn someone(n: usize) -> Cast {
    const EMAILS: [&str; 7] = [
        "learner@acme.example",
        "assessor@acme.example",
        "mentor@acme.example",
        "owner@acme.example",
        "committee@acme.example",
        "auditor@acme.example",
        "administrator@acme.example",
    ];
    Cast { name: "Sam Doe", email: EMAILS[n], team: None, named: false }
}
