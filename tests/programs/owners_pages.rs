//! The pages of those who run a program and of its committee, as they are used in a browser.

use crate::cast::{ADA, BAO, BASE_URL, Browser, CHIARA, Cast, DEV, Site, form};
use laurel::{
    actions::{
        committee::members::{self, Appointment},
        import_program::import_program,
    },
    domain::{
        actor::{Actor, Role},
        committee::Committee,
        program_file,
    },
    store::mails,
};
use reqwest::{Method, Response, StatusCode};
use std::collections::HashMap;

const FILE: &str = "id = \"ops\"\nname = \"Operations\"\ndescription = \"Runs.\"\n[[levels]]\nid = \"lead\"\nname = \"Lead\"\ndescription = \"Leads.\"\ncriteria = \"- led one incident\"\nreview_by = \"2026-10-31\"\n";

/// Dev runs the program.
async fn company() -> Site {
    let site = Site::open().await;
    publish(&site, FILE).await;
    site.grant(DEV, Role::Owner, Some("ops")).await;
    site
}

async fn publish(site: &Site, text: &str) {
    let program = program_file::read(text, false).unwrap();
    import_program(&site.app, &Actor::Operator, program, HashMap::new()).await.unwrap();
}

/// The same with a committee of Ada and Bao.
async fn governed() -> Site {
    let site = company().await;
    let committee = Committee { program_id: "ops".into(), quorum: 2, days: 14 };
    members::set_up(&site.app, &Actor::Operator, &committee).await.unwrap();
    for who in [ADA, BAO] {
        let appointment = Appointment {
            program: "ops".into(),
            who: site.person(who).await,
            starts_at: site.app.clock.now(),
            ends_at: "2027-01-15T00:00:00Z".parse().unwrap(),
            follows: None,
        };
        members::appoint(&site.app, &Actor::Operator, &appointment).await.unwrap();
    }
    site
}

fn location(response: &Response) -> String {
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    response.headers()["location"].to_str().unwrap().to_owned()
}

#[tokio::test]
async fn an_owner_sees_their_program_with_overdue_reviews_and_what_is_coming() {
    let site = company().await;
    publish(
        &site,
        &FILE
            .replace("one incident", "two incidents")
            .replace("[[levels]]", "[release]\nstarts = \"2027-01-01\"\n[[levels]]"),
    )
    .await;
    let dev = site.signed_in(DEV).await;
    assert!(dev.page("/run").await.contains("href=\"/run/ops\""));
    let page = dev.page("/run/ops").await;
    assert!(page.contains("31 October 2026") && page.contains("overdue"), "{page}");
    assert!(page.contains("This changes on 1 January 2027."), "{page}");
    assert!(page.contains("Nobody yet"), "{page}");
}

#[tokio::test]
async fn a_draft_goes_from_its_faults_over_what_it_changes_to_being_published() {
    let site = company().await;
    let dev = site.signed_in(DEV).await;
    let begun = dev.page("/run/ops/drafts/new").await;
    assert!(begun.contains("led one incident"), "it begins with what is published: {begun}");
    let bad = FILE.replace("\"Leads.\"", "\"\"");
    let draft = location(&dev.send("/run/ops/drafts", &[("file", &bad)]).await);
    let page = dev.page(&draft).await;
    assert!(page.contains("levels[0].description") && !page.contains("Publish it now"), "{page}");
    let refused = dev.send(&format!("{draft}/publish"), &[]).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let good = FILE.replace("one incident", "two incidents").replace('\n', "\r\n");
    location(&dev.send(&draft, &[("file", &good)]).await);
    let page = dev.page(&draft).await;
    assert!(page.contains("- led two incidents") && page.contains("- led one incident"), "{page}");
    assert!(page.contains("Publish it now"), "{page}");
    assert_eq!(location(&dev.send(&format!("{draft}/publish"), &[]).await), "/run/ops");
    assert!(site.page("/achievements/ops.lead").await.contains("led two incidents"));
    assert_eq!(dev.get(&draft).await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_can_not_be_done_as_things_stand_is_said_in_the_readers_language() {
    let site = governed().await;
    let dev = site.signed_in(DEV).await;
    let draft = location(&dev.send("/run/ops/drafts", &[("file", FILE)]).await);
    let ask = async |accept: &str, language: &str| {
        let request = site.request(Method::POST, &format!("{draft}/publish")).header("origin", BASE_URL);
        let request = request.header("cookie", format!("__Host-laurel={}", dev.secret));
        let request = request.header("accept", accept).header("accept-language", language);
        let answer = form(request, &[("csrf", &dev.csrf())]).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::CONFLICT);
        answer.text().await.unwrap()
    };
    let german = ask("text/html", "de").await;
    assert!(german.contains("Dieses Programm hat ein Gremium.") && !german.contains("committee"), "{german}");
    assert!(ask("text/html", "en").await.contains("This program has a committee."));
    let program: serde_json::Value = serde_json::from_str(&ask("application/json", "de").await).unwrap();
    assert_eq!(program["code"], "committee_decides");
    assert!(program["detail"].as_str().unwrap().starts_with("“ops” has a committee"), "{program}");
}

#[tokio::test]
async fn a_draft_is_put_in_as_a_file_too_and_its_faults_are_named_by_line() {
    let site = company().await;
    let dev = site.signed_in(DEV).await;
    let bad = FILE.replace("\"Leads.\"", "\"\"");
    let draft = location(&upload(&dev, "/run/ops/drafts", bad.as_bytes()).await);
    let page = dev.page(&draft).await;
    assert!(page.contains("line 7: levels[0].description") && !page.contains("Publish it now"), "{page}");
    let good = FILE.replace("one incident", "two incidents");
    assert_eq!(location(&upload(&dev, &draft, good.as_bytes()).await), draft);
    let page = dev.page(&draft).await;
    assert!(page.contains("- led two incidents") && page.contains("Publish it now"), "{page}");
    let large = vec![b'#'; 401 * 1024];
    for (file, why) in [(&b""[..], "is missing"), (b"\xff\xfe", "is no text in UTF-8"), (&large, "at most 409600")] {
        let refused = upload(&dev, &draft, file).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().await.unwrap().contains(why), "{why}");
    }
    let huge = upload(&dev, &draft, &vec![b'#'; 600 * 1024]).await;
    assert_eq!(huge.status(), StatusCode::PAYLOAD_TOO_LARGE);
    assert!(dev.page(&draft).await.contains("- led two incidents"), "what was refused changed nothing");
    let without = dev.send_parts_bare(&draft, &[], (HEAD, FILE.as_bytes())).await;
    assert_eq!(without.status(), StatusCode::FORBIDDEN, "without its token it was not sent by our page");
}

const HEAD: &str = "content-disposition: form-data; name=\"file\"; filename=\"ops.toml\"\r\n\r\n";

/// Sends a file as the page's form does.
async fn upload(browser: &Browser<'_>, path: &str, file: &[u8]) -> Response {
    browser.send_parts(path, &[], (HEAD, file)).await
}

#[tokio::test]
async fn no_page_of_a_program_opens_to_an_owner_of_another() {
    let site = governed().await;
    let dev = site.signed_in(DEV).await;
    let draft = location(&dev.send("/run/ops/drafts", &[("file", FILE)]).await);
    let ada = site.signed_in(ADA).await;
    let fields = [("kind", "policy"), ("title", "Be kind"), ("reason", "It helps."), ("content", "Be kind.")];
    let proposal = location(&ada.send("/govern/ops/propose", &fields).await);
    site.grant(CHIARA, Role::Owner, Some("craft")).await;
    site.grant(CHIARA, Role::Committee, Some("craft")).await;
    let chiara = site.signed_in(CHIARA).await;
    for path in ["/run/ops", "/run/ops/drafts/new", &draft, "/govern/ops", "/govern/ops/propose", &proposal] {
        assert_eq!(chiara.get(path).await.status(), StatusCode::NOT_FOUND, "{path}");
    }
    // Nor under the name of a program of their own.
    let elsewhere = draft.replace("/run/ops/", "/run/craft/");
    assert_eq!(chiara.get(&elsewhere).await.status(), StatusCode::NOT_FOUND);
    let elsewhere = proposal.replace("/govern/ops/", "/govern/craft/");
    assert_eq!(chiara.get(&elsewhere).await.status(), StatusCode::NOT_FOUND);
    let own = draft.clone();
    for (path, fields) in [
        ("/run/ops/drafts".to_owned(), vec![("file", FILE)]),
        (own.clone(), vec![("file", FILE)]),
        (format!("{own}/publish"), vec![]),
        (format!("{own}/propose"), vec![("title", "x"), ("reason", "x")]),
        (format!("{own}/remove"), vec![]),
        ("/govern/ops/propose".to_owned(), fields.to_vec()),
        (format!("{proposal}/vote"), vec![("vote", "for")]),
        (format!("{proposal}/close"), vec![]),
        (format!("{proposal}/withdraw"), vec![]),
        (format!("{proposal}/minutes"), vec![("minutes", "x")]),
    ] {
        let status = chiara.send(&path, &fields).await.status();
        assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
    }
    assert!(dev.page(&draft).await.contains("led one incident"), "it is still there");
}

#[tokio::test]
async fn a_draft_is_proposed_voted_on_and_published_by_the_committee() {
    let site = governed().await;
    let dev = site.signed_in(DEV).await;
    let file = FILE.replace("one incident", "two incidents");
    let draft = location(&dev.send("/run/ops/drafts", &[("file", &file)]).await);
    let page = dev.page(&draft).await;
    assert!(page.contains("Propose it to the committee") && !page.contains("Publish it now"), "{page}");
    let refused = dev.send(&format!("{draft}/propose"), &[("title", ""), ("reason", "One says too little.")]).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let typed = refused.text().await.unwrap();
    assert!(typed.contains("One says too little."), "what was typed stays: {typed}");
    let fields = [("title", "Two incidents"), ("reason", "One says too little.")];
    assert_eq!(location(&dev.send(&format!("{draft}/propose"), &fields).await), "/run/ops#proposals");
    assert!(dev.page("/run/ops").await.contains("Two incidents"));

    let (ada, bao) = (site.signed_in(ADA).await, site.signed_in(BAO).await);
    assert!(ada.page("/govern").await.contains("href=\"/govern/ops\""));
    let committee = ada.page("/govern/ops").await;
    assert!(committee.contains("Ends soon") && committee.contains("Two incidents"), "{committee}");
    let start = committee.find("/govern/ops/proposals/").unwrap();
    let url = committee[start..].split('"').next().unwrap();
    let page = ada.page(url).await;
    assert!(page.contains("- led two incidents") && page.contains("Has not voted"), "{page}");
    let bare = ada.send(&format!("{url}/vote"), &[("vote", "recused")]).await;
    assert_eq!(bare.status(), StatusCode::UNPROCESSABLE_ENTITY, "a recusal has its reason");
    location(&ada.send(&format!("{url}/vote"), &[("vote", "for"), ("comment", "At last.")]).await);
    let page = bao.page(url).await;
    assert!(page.contains("Has voted") && !page.contains("At last."), "how is told when it closes: {page}");
    assert_eq!(bao.send(&format!("{url}/close"), &[]).await.status(), StatusCode::CONFLICT);
    location(&bao.send(&format!("{url}/vote"), &[("vote", "for")]).await);
    location(&bao.send(&format!("{url}/close"), &[]).await);
    let page = bao.page(url).await;
    assert!(page.contains("Accepted on 24 November 2026") && page.contains("2 for, 0 against."), "{page}");
    assert!(page.contains("At last."), "{page}");
    location(&bao.send(&format!("{url}/minutes"), &[("minutes", "We **all** agreed.")]).await);
    assert!(ada.page(url).await.contains("We <strong>all</strong> agreed."));
    assert!(site.page("/achievements/ops.lead").await.contains("led two incidents"));
}

#[tokio::test]
async fn whoever_is_told_of_a_version_or_of_the_end_of_a_term_gets_a_letter() {
    let site = governed().await;
    laurel::jobs::plan(&site.app).await.unwrap();
    while laurel::jobs::run_due(&site.app).await.unwrap() > 0 {}
    assert_eq!(letters(&site, ADA).await, ["Committee of Operations: your term ends on 15 January 2027"]);
}

async fn letters(site: &Site, who: Cast) -> Vec<String> {
    let mut conn = site.app.db.read().await.unwrap();
    let found = mails::unsent(&mut conn, site.app.clock.now(), 100).await.unwrap();
    found.into_iter().filter(|one| one.mail.recipient == who.email).map(|one| one.mail.subject).collect()
}
