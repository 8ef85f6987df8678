//! What is to be renewed in a program, for whoever runs it and for managers.

use crate::cast::{ADA, BAO, Browser, CHIARA, DEV, MASTER, PRACTITIONER, PROFESSIONAL, Site};
use laurel::{
    actions::path::enrol,
    domain::actor::{Actor, Member, Role},
};
use reqwest::StatusCode;

const PATH: &str = "/run/craft/renewals";

/// Ada, Bao and Chiara hold what ends in November 2028; Dev what never ends, and runs the program.
async fn craft() -> Site {
    let site = Site::open().await;
    site.award(ADA, PROFESSIONAL, "public").await;
    site.award(BAO, PRACTITIONER, "private").await;
    site.award(CHIARA, PROFESSIONAL, "link").await;
    site.award(DEV, MASTER, "public").await;
    site.grant(DEV, Role::Owner, Some("craft")).await;
    site
}

/// Who stands in the table, in its order.
fn people(page: &str) -> Vec<&str> {
    page.split("<th scope=\"row\">").skip(1).map(|rest| rest.split("</th>").next().unwrap()).collect()
}

async fn page(dev: &Browser<'_>, query: &str) -> String {
    dev.page(&format!("{PATH}{query}")).await
}

#[tokio::test]
async fn an_owner_sees_what_is_to_be_renewed_now_later_and_what_lapsed() {
    let site = craft().await;
    let dev = site.signed_in(DEV).await;
    assert!(dev.page("/run/craft").await.contains(PATH));
    assert!(people(&page(&dev, "").await).is_empty(), "nothing can be renewed yet");
    assert_eq!(people(&page(&dev, "?show=later").await).len(), 3, "what never ends is not listed");
    // Professional opens 90 days before its end; nothing is said of Practitioner.
    site.at("2028-11-01T12:00:00Z");
    let chiara = Member { id: site.person(CHIARA).await, name: CHIARA.name.into(), grants: Vec::new(), manages: false };
    let way = enrol::enrol(&site.app, &Actor::Person(chiara), PROFESSIONAL).await.unwrap();
    let dev = site.signed_in(DEV).await;
    let due = page(&dev, "").await;
    let mut listed = people(&due);
    listed.sort();
    assert_eq!(listed, ["Ada Obi", "Chiara Rossi"]);
    assert!(
        due.contains("Can be renewed now") && due.contains(&format!("/me/learners/{}\">Under way", way.id)),
        "{due}"
    );
    let later = page(&dev, "?show=later").await;
    assert_eq!(people(&later), ["Bao Nguyen"]);
    assert!(later.contains("Not before its end") && !later.contains("/certifications/"), "a private one has no page");
    assert_eq!(people(&page(&dev, "?show=later&level=craft.professional").await), Vec::<&str>::new());
    site.at("2028-12-01T12:00:00Z");
    let dev = site.signed_in(DEV).await;
    assert!(people(&page(&dev, "").await).is_empty(), "no grace is given");
    let lapsed = page(&dev, "?show=lapsed&level=craft.professional").await;
    assert_eq!(people(&lapsed).len(), 2);
    assert!(lapsed.contains("Is earned anew"));
    let file = dev.get(&format!("{PATH}/csv?show=lapsed")).await;
    assert_eq!(file.headers()["content-type"], "text/csv; charset=utf-8");
    let file = file.text().await.unwrap();
    assert_eq!(file.lines().next(), Some("name,email,level,valid_until,renewal,certification"));
    assert_eq!(file.lines().count(), 4);
    let baos = file.lines().find(|line| line.starts_with("Bao")).unwrap();
    assert_eq!(baos, "Bao Nguyen,bao.nguyen@acme.example,Practitioner,2028-11-24,Is earned anew,");
}

#[tokio::test]
async fn many_come_page_by_page_and_each_once() {
    let site = craft().await;
    for n in 0..60 {
        let (name, email) = (format!("P{n:02}").leak(), format!("p{n}@acme.example").leak());
        site.award(crate::cast::Cast { name, email, team: None, named: false }, PRACTITIONER, "link").await;
    }
    let dev = site.signed_in(DEV).await;
    let first = page(&dev, "?show=later").await;
    assert_eq!(people(&first).len(), 50);
    let next = first.split(&format!("href=\"{PATH}?")).nth(1).unwrap().split('"').next().unwrap();
    let second = page(&dev, &format!("?{}", next.replace("&#38;", "&").replace("&amp;", "&"))).await;
    let mut all: Vec<&str> = people(&first).into_iter().chain(people(&second)).collect();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 63);
}

#[tokio::test]
async fn nobody_else_sees_them_and_what_is_asked_wrongly_is_said() {
    let site = craft().await;
    site.grant(BAO, Role::Assessor, Some("craft")).await;
    for path in [PATH.to_owned(), format!("{PATH}/csv")] {
        for (who, status) in [(ADA, StatusCode::FORBIDDEN), (BAO, StatusCode::FORBIDDEN)] {
            assert_eq!(site.signed_in(who).await.get(&path).await.status(), status);
        }
        let dev = site.signed_in(DEV).await;
        for query in ["show=soon", "level=a&level=b", "page=2"] {
            assert_eq!(dev.get(&format!("{path}?{query}")).await.status(), StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        }
        for query in ["level=craft.master", "level=data.pro"] {
            assert_eq!(dev.get(&format!("{path}?{query}")).await.status(), StatusCode::NOT_FOUND, "{query}");
        }
        let elsewhere = path.replace("/craft/", "/data/");
        assert_eq!(dev.get(&elsewhere).await.status(), StatusCode::NOT_FOUND);
    }
}
