//! A manager's reporting line: all of it, and nobody else.

use crate::cast::{ADA, BAO, CHIARA, Cast, DEV, MASTER, PRACTITIONER, PROFESSIONAL, Site};
use laurel::{
    actions::path::enrol,
    domain::{
        actor::{Actor, Member},
        directory::Entry,
        recipient::Person,
    },
    store::{Db, people},
};
use reqwest::StatusCode;
use sqlx::AssertSqlSafe;

async fn report_to(site: &Site, report: Cast, boss: Cast) {
    let (report, boss) = (site.person(report).await, site.person(boss).await);
    let mut conn = site.app.db.write().await.unwrap();
    let entry = people::entry(&mut conn, &report).await.unwrap().unwrap();
    let person = Person { manager_id: Some(boss), ..entry.person.clone() };
    people::update(&mut conn, &Entry { person, ..entry }).await.unwrap();
    conn.commit().await.unwrap();
}

/// Chiara reports to Bao, and Bao to Ada; Dev to nobody.
async fn company(site: &Site) {
    report_to(site, CHIARA, BAO).await;
    report_to(site, BAO, ADA).await;
}

async fn team(site: &Site, who: Cast, path: &str) -> String {
    let response = site.signed_in(who).await.get(path).await;
    assert_eq!(response.status(), StatusCode::OK, "{path}");
    assert_eq!(response.headers()["cache-control"], "private, no-store");
    response.text().await.unwrap()
}

#[tokio::test]
async fn a_manager_sees_the_whole_line_and_nobody_beside_or_above_it() {
    let site = Site::open().await;
    company(&site).await;
    let open = site.award(BAO, PROFESSIONAL, "public").await;
    let hidden = site.award(CHIARA, MASTER, "private").await;
    site.award(DEV, MASTER, "public").await;
    site.award(ADA, MASTER, "public").await;
    let page = team(&site, ADA, "/team").await;
    assert!(page.contains("Bao Nguyen") && page.contains("Chiara Rossi") && page.contains("reports to Bao Nguyen"));
    assert!(page.contains("2 people report to you") && page.contains("2 certifications stand"), "{page}");
    assert!(page.contains("Software Craft: Professional") && page.contains(&format!("/badges/{}", open.id)));
    assert!(
        page.contains("Software Craft: Master") && !page.contains(&hidden.id),
        "a private badge has no page to go to"
    );
    assert!(!page.contains("Dev Patel"));
    let page = team(&site, BAO, "/team").await;
    assert!(page.contains("Chiara Rossi") && !page.contains("Professional"), "what one holds oneself is elsewhere");
    for nobody in [CHIARA, DEV] {
        for path in ["/team", "/team/verify", "/team/csv"] {
            let browser = site.signed_in(nobody).await;
            assert_eq!(browser.get(path).await.status(), StatusCode::FORBIDDEN, "{path}");
        }
    }
}

#[tokio::test]
async fn it_says_what_ends_first_who_is_under_way_and_leaves_out_who_has_left() {
    let site = Site::open().await;
    company(&site).await;
    report_to(&site, DEV, ADA).await;
    site.award(BAO, PROFESSIONAL, "public").await;
    site.award(DEV, PRACTITIONER, "public").await;
    let chiara = site.person(CHIARA).await;
    let member = Member { id: chiara, name: CHIARA.name.into(), grants: Vec::new(), manages: false };
    enrol::enrol(&site.app, &Actor::Person(member), PRACTITIONER).await.unwrap();
    site.at("2028-11-01T12:00:00Z");
    let page = team(&site, ADA, "/team").await;
    let due = page.split("id=\"due\"").nth(1).unwrap().split("</section>").next().unwrap();
    assert!(due.contains("Bao Nguyen") && due.contains("Dev Patel") && !due.contains("Chiara"), "{due}");
    let row = |name: &str| due.split("<tr").find(|row| row.contains(name)).unwrap();
    assert!(
        row("Bao Nguyen").contains("Can be renewed now") && row("Dev Patel").contains("Not before its end"),
        "{due}"
    );
    let bao = Member { id: site.person(BAO).await, name: BAO.name.into(), grants: Vec::new(), manages: false };
    enrol::enrol(&site.app, &Actor::Person(bao), PROFESSIONAL).await.unwrap();
    let page = team(&site, ADA, "/team").await;
    assert!(page.split("<tr").any(|row| row.contains("Bao Nguyen") && row.contains("Under way")), "{page}");
    assert!(page.contains("On the way since 24 November 2026"), "{page}");
    let id = site.person(DEV).await;
    let mut conn = site.app.db.write().await.unwrap();
    let entry = people::entry(&mut conn, &id).await.unwrap().unwrap();
    let person = Person { active: false, ..entry.person.clone() };
    people::update(&mut conn, &Entry { person, ..entry }).await.unwrap();
    conn.commit().await.unwrap();
    assert!(!team(&site, ADA, "/team").await.contains("Dev Patel"));
}

#[tokio::test]
async fn a_long_line_comes_page_by_page_and_each_page_is_judged_by_itself() {
    let site = Site::open().await;
    let named = |i: usize| Cast {
        name: format!("Person {i:02}").leak(),
        email: format!("person{i}@acme.example").leak(),
        team: None,
        named: false,
    };
    for i in 0..27 {
        // One of them to somebody who stands on another page.
        report_to(&site, named(i), if i == 26 { named(7) } else { ADA }).await;
    }
    for i in [0, 26] {
        site.award(named(i), MASTER, "public").await;
    }
    let first = team(&site, ADA, "/team").await;
    assert!(first.contains("27 people report to you") && first.contains("Here are 25 of them"), "{first}");
    assert!(first.contains("Person 00") && first.contains("Person 24") && !first.contains("Person 25"));
    let next = first.split("href=\"/team?after=").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let last = team(&site, ADA, &format!("/team?after={next}")).await;
    assert!(!last.contains("Person 24") && last.contains("Person 25") && last.contains("Person 26"), "{last}");
    assert!(last.contains("reports to Person 07"), "{last}");
    assert!(last.contains("Here are 2 of them") && !last.contains("Who comes next"), "{last}");
    let judged = team(&site, ADA, &format!("/team/verify?after={next}")).await;
    assert!(judged.contains("Person 26") && !judged.contains("Person 00") && judged.contains("genuine"), "{judged}");
    let table = site.signed_in(ADA).await.get("/team/csv").await.text().await.unwrap();
    assert_eq!(table.lines().count(), 28, "all of it at once");
    // What no page of ours says is a beginning like any other.
    for odd in ["x", ".", "zz.~"] {
        assert!(team(&site, ADA, &format!("/team?after={odd}")).await.contains("27 people report to you"), "{odd}");
    }
}

#[tokio::test]
async fn every_badge_of_the_line_is_judged_again_at_once() {
    let site = Site::open().await;
    company(&site).await;
    site.award(BAO, PROFESSIONAL, "public").await;
    let award = site.award(CHIARA, MASTER, "private").await;
    assert!(!team(&site, ADA, "/team").await.contains("judged again"));
    let page = team(&site, ADA, "/team/verify").await;
    assert!(page.contains("2 badges were judged again, and all of them are genuine."), "{page}");
    // Someone with the database gives Chiara another level.
    let Db::Sqlite { write, .. } = &site.app.db else { panic!("this is SQLite") };
    let sql = format!(
        "UPDATE awards SET credential = replace(credential, 'Master', 'Grand Master') WHERE id = '{}'",
        award.id
    );
    sqlx::query(AssertSqlSafe(sql)).execute(write).await.unwrap();
    let page = team(&site, ADA, "/team/verify").await;
    assert!(page.contains("1 of 2 badges did not pass.") && page.contains("Did not pass"), "{page}");
}

#[tokio::test]
async fn the_line_comes_as_a_table_that_no_spreadsheet_works_out() {
    let site = Site::open().await;
    company(&site).await;
    site.award(BAO, PROFESSIONAL, "public").await;
    let formula = Cast { name: "=HYPERLINK(\"http://evil.example\")", email: "evil@acme.example", ..DEV };
    report_to(&site, formula, ADA).await;
    let browser = site.signed_in(ADA).await;
    let response = browser.get("/team/csv").await;
    assert_eq!(response.headers()["content-disposition"], "attachment; filename=\"team.csv\"");
    let table = response.text().await.unwrap();
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 3, "{table}");
    let bao = rows.iter().find(|row| &row[0] == "Bao Nguyen").unwrap();
    assert_eq!((&bao[4], &bao[5], &bao[7], &bao[8]), ("Software Craft", "Professional", "2026-11-24", "2028-11-24"));
    assert!(bao[9].starts_with("https://badges.acme.example/badges/"));
    assert_eq!(&bao[10], "Renewal opens on 26 August 2028");
    assert!(rows.iter().any(|row| row[0].starts_with("'=HYPERLINK")), "{table}");
}

#[tokio::test]
async fn it_is_german_to_whoever_reads_german() {
    let site = Site::open().await;
    company(&site).await;
    let browser = site.signed_in(ADA).await;
    let request = browser.request(reqwest::Method::GET, "/team").header("accept-language", "de");
    let page = request.send().await.unwrap().text().await.unwrap();
    assert!(page.contains("2 Personen berichten an Sie") && page.contains("Keine Zertifizierung gilt."), "{page}");
}
