//! No id opens anything to whom it is nothing: every route that names a record, asked with ids that are there by everyone else.
//!
//! Two companies stand side by side (world.rs). For each route (cases.rs) those for whom it is are let in, each on a copy of the records,
//! so that the refusals prove something; then everyone of both companies is refused who is not named, the ids of the two are mixed, and
//! what forms name is taken from the other. Nothing of it leaves a trace.

pub mod cases;
pub mod world;

use self::{
    cases::{CASES, Case, FIELDS, FOR_EVERYONE, FOR_TOKENS, Kind},
    world::{Half, actor, browsers, build, program},
};
use super::header;
use crate::cast::{BASE_URL, Browser, Site, form, token};
use laurel::{
    domain::actor::{Right, may},
    store::Db,
    web::{
        Web,
        limits::Class,
        router::{Route, routes},
    },
};
use reqwest::{Method, RequestBuilder, Response, StatusCode};
use serde_json::json;
use sqlx::AssertSqlSafe;
use std::{collections::BTreeMap, sync::Arc};

#[tokio::test]
async fn every_route_that_names_a_record_stands_in_the_table() {
    let site = Site::open().await;
    let mut named: Vec<(String, &str)> = list(&site)
        .into_iter()
        .filter(|route| route.path.contains('{') && (route.class == Class::SignedIn || route.right != Right::See))
        .map(|route| (route.method.to_string(), route.path))
        .collect();
    let mut known: Vec<(String, &str)> = CASES.iter().map(|case| (method(case).to_string(), case.path)).collect();
    known.extend(FOR_EVERYONE.map(|(method, path)| (method.to_owned(), path)));
    known.extend(FOR_TOKENS.map(|(method, path, ..)| (method.to_owned(), path)));
    named.sort();
    known.sort();
    assert_eq!(named, known);
}

#[tokio::test]
async fn whoever_has_to_do_with_a_record_is_let_in_and_everyone_else_finds_nothing() {
    let site = Site::open().await;
    let halves = build(&site).await;
    let everyone = browsers(&site).await;
    let rights: BTreeMap<&str, Right> = list(&site).into_iter().map(|route| (route.path, route.right)).collect();
    // Of one half: they are the same.
    let half = &halves[0];
    let mut wrong = Vec::new();
    for case in CASES {
        for who in case.may {
            let copy = site.copied().await;
            let response = ask(&copy, half.browser(&everyone, who), case, half, &path(case, |_| half)).await;
            let (status, led) = (response.status(), header(&response, "location").to_owned());
            if !(status.is_success() || status == StatusCode::SEE_OTHER) || led.starts_with("/sign-in") {
                wrong.push(format!("{:?} {} as {who}: {status} {led}", case.kind, case.path));
            }
        }
    }
    assert!(wrong.is_empty(), "not let in:\n{}", wrong.join("\n"));
    let before = everything(&site).await;
    for case in CASES {
        for ((of, who), browser) in &everyone {
            let own = *of == half.name;
            if (own || *of == "both") && case.may.contains(who) {
                continue;
            }
            let status = ask(&site, browser, case, half, &path(case, |_| half)).await.status();
            let lacks = !may(&actor(&site, &browser.person_id).await, rights[case.path]);
            let told = own && case.sees.contains(who);
            let refused = match status {
                StatusCode::NOT_FOUND => !lacks,
                StatusCode::FORBIDDEN => lacks || told,
                StatusCode::CONFLICT => told,
                _ => false,
            };
            if !refused {
                wrong.push(format!("{:?} {} as {who} of {of}: {status}", case.kind, case.path));
            }
        }
    }
    assert!(wrong.is_empty(), "not refused as it should be:\n{}", wrong.join("\n"));
    assert_same(&before, &everything(&site).await);
}

#[tokio::test]
async fn ids_of_two_records_that_do_not_belong_together_are_none() {
    let site = Site::open().await;
    let halves = build(&site).await;
    let everyone = browsers(&site).await;
    let before = everything(&site).await;
    let (mut asked, mut wrong) = (0, Vec::new());
    for case in CASES.iter().filter(|case| case.ids.len() > 1) {
        // The first id of one half and the rest of the other, for those who may go to either.
        for (first, rest) in [(&halves[0], &halves[1]), (&halves[1], &halves[0])] {
            let mixed = path(case, |at| if at == 0 { first } else { rest });
            for (half, who) in halves.iter().flat_map(|half| case.may.iter().map(move |who| (half, *who))) {
                let status = ask(&site, half.browser(&everyone, who), case, half, &mixed).await.status();
                asked += 1;
                if status != StatusCode::NOT_FOUND {
                    wrong.push(format!("{mixed} as {who} of {}: {status}", half.name));
                }
            }
        }
    }
    assert!(asked > 40);
    // The same inside one half: evidence that is not of the draft, for the learners of both.
    let ids = &halves[0].ids;
    for case in CASES.iter().filter(|case| case.path.contains("{evidence}")) {
        for (draft, text) in [("draft", "done-text"), ("done-draft", "text")] {
            let mixed = case.path.replace("{id}", &ids[draft]).replace("{evidence}", &ids[text]);
            for who in ["learner", "lin", "mentor"] {
                let status = ask(&site, &everyone[&("left", who)], case, &halves[0], &mixed).await.status();
                if status != StatusCode::NOT_FOUND {
                    wrong.push(format!("{mixed} as {who}: {status}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "found:\n{}", wrong.join("\n"));
    assert_same(&before, &everything(&site).await);
}

#[tokio::test]
async fn what_a_form_names_is_of_the_same_program_or_it_is_none() {
    let site = Site::open().await;
    let halves = build(&site).await;
    let everyone = browsers(&site).await;
    let [left, right] = [&halves[0].ids, &halves[1].ids];
    let before = everything(&site).await;
    let judge = everyone[&("right", "judge")].person_id.as_str();
    let (other, unseated) =
        (everyone[&("left", "other")].person_id.as_str(), everyone[&("left", "judge2")].person_id.as_str());
    let address = format!("{BASE_URL}/badges/{}", right["award"]);
    for (who, path, fields, refused) in [
        // A mentor of the other program, and someone who is none.
        ("owner", format!("/me/learners/{}/mentor", left["way"]), vec![("mentor", right["mentor2"].as_str())], 422),
        ("owner", format!("/me/learners/{}/mentor", left["way"]), vec![("mentor", other)], 422),
        // Who does not sit there.
        (
            "owner",
            format!("/run/left/panels/{}/redraw", left["scoring"]),
            vec![("instead_of", judge), ("reason", "Ill.")],
            404,
        ),
        (
            "owner",
            format!("/run/left/panels/{}/redraw", left["scoring"]),
            vec![("instead_of", unseated), ("reason", "Ill.")],
            404,
        ),
        // A requirement and a route of another level.
        (
            "mentor",
            format!("/me/learners/{}/confirm", left["way"]),
            vec![("requirement", "cloud"), ("route", "guild")],
            404,
        ),
        ("mentor", format!("/me/learners/{}/unconfirm", left["done-way"]), vec![("requirement", "cloud")], 404),
        // Badges of the other program, by id and by address.
        (
            "chair",
            "/govern/left-gov/propose".into(),
            vec![("kind", "revocation"), ("title", "No"), ("reason", "No."), ("content", right["award"].as_str())],
            422,
        ),
        (
            "chair",
            "/govern/left-gov/propose".into(),
            vec![("kind", "revocation"), ("title", "No"), ("reason", "No."), ("content", &address)],
            422,
        ),
        ("owner", "/run/left/suspensions".into(), vec![("badge", right["award"].as_str()), ("reason", "No.")], 422),
        ("owner", "/run/left/suspensions".into(), vec![("badge", &address), ("reason", "No.")], 422),
    ] {
        let browser = &everyone[&("left", who)];
        let status = browser.send(&path, &fields).await.status();
        assert_eq!(status.as_u16(), refused, "{path} with {fields:?} as {who}");
    }
    for (who, query) in [("owner", "/me/learners?program=right"), ("judge", "/me/learners?program=right")] {
        assert_eq!(everyone[&("left", who)].get(query).await.status(), StatusCode::NOT_FOUND, "{query} as {who}");
    }
    // A session of someone else has ended as far as this page knows.
    let ended = format!("/admin/people/{}/end-sessions", left["mentor2"]);
    let sent = [("session", left["session"].as_str()), ("reason", "Lost.")];
    assert_eq!(everyone[&("both", "administrator")].send(&ended, &sent).await.status(), StatusCode::SEE_OTHER);
    // A draft or a proposal that says it is of the other program is refused before it is anywhere.
    let foreign = program("right").replace("* makes", "* makes nothing");
    let foreign = foreign.as_str();
    let draft = format!("/run/left/drafts/{}", left["program-draft"]);
    let chair = &everyone[&("left", "chair")];
    let proposed = [("kind", "criteria"), ("title", "No"), ("reason", "No."), ("content", foreign)];
    assert_eq!(chair.send("/govern/left-gov/propose", &proposed).await.status(), StatusCode::UNPROCESSABLE_ENTITY);
    // Where a list goes on after a proposal of the other program it begins anew, and tells nothing of it.
    let page = chair.page(&format!("/govern/left-gov?after={}", right["open"])).await;
    assert!(page.contains(&left["open"]) && !page.contains(&right["open"]), "{page}");
    assert_same(&before, &everything(&site).await);
    let owner = &everyone[&("left", "owner")];
    assert_eq!(owner.send(&draft, &[("file", foreign)]).await.status(), StatusCode::SEE_OTHER, "a draft may be wrong");
    let published = owner.send(&format!("{draft}/publish"), &[]).await;
    assert_eq!(published.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(published.text().await.unwrap().contains("this is a draft of"));
    assert_eq!(
        site.page("/programs/right").await.matches("Maker").count(),
        site.page("/programs/left").await.matches("Maker").count()
    );
}

/// A token is of the whole deployment; it goes as far as what it was made for, with ids that are there too.
#[tokio::test]
async fn a_token_opens_no_record_that_it_was_not_made_for_and_a_sign_in_opens_none() {
    let site = Site::open().await;
    let halves = build(&site).await;
    let everyone = browsers(&site).await;
    let award = &halves[0].ids["award"];
    let (_, endorsed) = site
        .post(
            "/api/v1/endorsements",
            &json!({"subject": format!("{BASE_URL}/achievements/left.maker"), "comment": "Good."}),
        )
        .await;
    let trusted = "did%3Aweb%3Apartner.example";
    let put = site.request(Method::PUT, &format!("/api/v1/trusted-issuers/{trusted}")).bearer_auth(token("trust"));
    assert_eq!(put.json(&json!({"name": "Partner"})).send().await.unwrap().status(), StatusCode::CREATED);
    let team =
        json!({"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": "Platform"}).to_string();
    let team = site
        .request(Method::POST, "/scim/v2/Groups")
        .bearer_auth(token("provision"))
        .header("content-type", "application/scim+json")
        .body(team);
    let team: serde_json::Value = team.send().await.unwrap().json().await.unwrap();
    let learner = &everyone[&("left", "learner")];
    let ids: BTreeMap<&str, &str> = [
        ("award", award.as_str()),
        ("endorsement", endorsed["id"].as_str().unwrap()),
        ("trusted", trusted),
        ("user", learner.person_id.as_str()),
        ("group", team["id"].as_str().unwrap()),
        ("resource-type", "User"),
        ("schema", "urn:ietf:params:scim:schemas:core:2.0:User"),
        ("webhook", halves[0].ids["webhook"].as_str()),
        ("delivery", halves[0].ids["delivery"].as_str()),
    ]
    .into();
    let owner = &everyone[&("left", "owner")];
    // When a token was last used is kept.
    let kept = async || everything(&site).await.into_iter().filter(|(table, _)| table != "tokens").collect();
    let before = kept().await;
    for (method, path, id, wrong) in FOR_TOKENS {
        let path = path.replace("{id}", ids[id]);
        let method: Method = method.parse().unwrap();
        let call = |request: RequestBuilder| request.json(&json!({"reason": "No."})).send();
        let status = call(site.request(method.clone(), &path).bearer_auth(token(wrong))).await.unwrap().status();
        assert_eq!(status, StatusCode::FORBIDDEN, "{method} {path} with a token for {wrong}");
        for (who, request) in
            [("anyone", site.request(method.clone(), &path)), ("an owner", owner.request(method.clone(), &path))]
        {
            let status = call(request.header("origin", BASE_URL)).await.unwrap().status();
            assert_eq!(status, StatusCode::UNAUTHORIZED, "{method} {path} as {who}");
        }
        if method == "GET" {
            let found = site.request(method, &path).bearer_auth(token("all")).send().await.unwrap();
            assert_eq!(found.status(), StatusCode::OK, "{path} is there");
        }
    }
    assert_same(&before, &kept().await);
}

fn list(site: &Site) -> Vec<Route> {
    routes(Arc::new(Web::new(site.app.clone()))).list
}

fn method(case: &Case) -> Method {
    match case.kind {
        Kind::Get => Method::GET,
        Kind::Form | Kind::File => Method::POST,
        Kind::Tus(method) => method.parse().unwrap(),
    }
}

/// The address, with each place holder's id from this half.
fn path<'a>(case: &Case, half: impl Fn(usize) -> &'a Half) -> String {
    let mut at = 0;
    let mut part = |part: &str| {
        if !part.starts_with('{') {
            return part.to_owned();
        }
        at += 1;
        half(at - 1).ids[case.ids[at - 1]].clone()
    };
    let parts: Vec<String> = case.path.split('/').map(&mut part).collect();
    assert_eq!(at, case.ids.len(), "{}", case.path);
    parts.join("/")
}

/// As one of our pages does it, to this site or a copy of it; an owner gives the mentor of this half.
async fn ask(site: &Site, browser: &Browser<'_>, case: &Case, half: &Half, path: &str) -> Response {
    let csrf = browser.csrf();
    let here = Browser {
        site,
        person_id: browser.person_id.clone(),
        secret: browser.secret.clone(),
        session_id: browser.session_id.clone(),
    };
    let request = here.request(method(case), path).header("origin", BASE_URL);
    let request = match case.kind {
        Kind::Get => request,
        Kind::Form => {
            // Both forms call it so.
            let kind = if path.starts_with("/govern/") { "policy" } else { "link" };
            let own = [
                ("csrf", csrf.as_str()),
                ("kind", kind),
                ("mentor", half.ids["mentor2"].as_str()),
                ("program", half.name),
                ("badge", half.ids["award"].as_str()),
            ];
            form(request, &own.into_iter().chain(FIELDS).collect::<Vec<_>>())
        }
        Kind::File => {
            let parts = [("csrf", csrf.as_str()), ("requirement", "cloud"), ("undo", "1"), ("title", "")];
            let mut body: String = parts
                .map(|(name, value)| {
                    format!("--cut\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
                })
                .concat();
            let head = "content-disposition: form-data; name=\"file\"; filename=\"plan.pdf\"";
            body.push_str(&format!("--cut\r\n{head}\r\n\r\n%PDF-1.7 a plan\r\n--cut--\r\n"));
            request.header("content-type", "multipart/form-data; boundary=cut").body(body)
        }
        Kind::Tus(_) => {
            let request = request.header("x-csrf-token", csrf).header("tus-resumable", "1.0.0");
            let request = request.header("upload-length", "90").header("upload-offset", "0");
            let request = request.header("upload-metadata", "filename YS5wZGY=");
            request.header("content-type", "application/offset+octet-stream").body("%PDF-1.7 a part")
        }
    };
    request.send().await.unwrap()
}

/// Every row of every table, as text.
async fn everything(site: &Site) -> BTreeMap<String, String> {
    let Db::Sqlite { read, .. } = &site.app.db else { panic!("this is SQLite") };
    let text =
        async |sql: String| -> Vec<String> { sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(read).await.unwrap() };
    let mut found = BTreeMap::new();
    for table in text("SELECT name FROM sqlite_master WHERE type = 'table'".into()).await {
        let columns = text(format!("SELECT 'quote(\"' || name || '\")' FROM pragma_table_info('{table}')")).await;
        let rows = text(format!("SELECT {} FROM \"{table}\" ORDER BY rowid", columns.join(" || ',' || "))).await;
        found.insert(table, rows.join("\n"));
    }
    found
}

fn assert_same(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) {
    assert!(before.len() > 40 && before.keys().eq(after.keys()));
    let changed: Vec<&String> = before.keys().filter(|table| before[*table] != after[*table]).collect();
    assert!(changed.is_empty(), "something was written to {changed:?}");
}
