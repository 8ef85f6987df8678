//! `/me/badges`: what one holds, who sees it, and whether one is named.

use super::lineage;
use crate::cast::{ADA, BAO, CHIARA, DEV, PRACTITIONER, PROFESSIONAL, Site};
use laurel::store::events;
use reqwest::StatusCode;
use serde_json::json;

#[tokio::test]
async fn one_sees_all_that_one_holds_and_nothing_of_others() {
    let site = Site::open().await;
    let own = site.award(ADA, PROFESSIONAL, "link").await;
    site.award(ADA, PRACTITIONER, "private").await;
    let others = site.award(BAO, PROFESSIONAL, "public").await;
    let page = site.signed_in(ADA).await.page("/me/badges").await;
    assert!(page.contains("Professional") && page.contains("Practitioner"));
    assert!(page.contains(&format!("/certifications/{}", lineage(&own.certification_url))));
    assert!(!page.contains(&others.id) && !page.contains(lineage(&others.certification_url)));
    assert!(site.signed_in(DEV).await.page("/me/badges").await.contains("No badges yet"));
}

#[tokio::test]
async fn whoever_holds_a_badge_says_who_sees_it_with_all_its_renewals() {
    let site = Site::open().await;
    let old = site.award(ADA, PROFESSIONAL, "link").await;
    site.at("2028-10-01T00:00:00Z");
    let (_, new) = site.post(&format!("/api/v1/awards/{}/renew", old.id), &json!({})).await;
    let new = new["id"].as_str().unwrap();
    let ada = site.signed_in(ADA).await;
    let (ada, new) = (&ada, &new);
    let choose = |visibility: &'static str| async move {
        ada.send(&format!("/me/badges/{new}/shown"), &[("visibility", visibility)]).await
    };
    assert!(!site.page("/").await.contains(*new));
    assert_eq!(choose("public").await.status(), StatusCode::SEE_OTHER);
    assert!(site.page("/").await.contains(*new));
    choose("private").await;
    for hidden in [*new, &old.id] {
        assert_eq!(site.get(&format!("/badges/{hidden}")).await.status(), StatusCode::NOT_FOUND);
    }
    assert_eq!(choose("everyone").await.status(), StatusCode::UNPROCESSABLE_ENTITY);
    choose("link").await;
    assert_eq!(site.get(&format!("/badges/{}", old.id)).await.status(), StatusCode::OK);
    assert!(!site.page("/").await.contains(*new));
    let done = events::of_subject(&mut site.app.db.read().await.unwrap(), new).await.unwrap();
    let shown = done.iter().filter(|event| event.verb == "award.shown").map(|event| &event.detail["visibility"]);
    assert_eq!(shown.collect::<Vec<_>>(), ["public", "private", "link"]);
}

#[tokio::test]
async fn whoever_wants_to_be_named_is_and_whoever_no_longer_wants_it_is_not() {
    let site = Site::open().await;
    let award = site.award(CHIARA, PROFESSIONAL, "public").await;
    let chiara = site.signed_in(CHIARA).await;
    let named = || async { site.page(&format!("/badges/{}", award.id)).await.contains("Chiara Rossi") };
    assert!(!named().await);
    assert!(chiara.page("/me/badges").await.contains("Put my name on them"));
    chiara.send("/me/name", &[("named", "yes")]).await;
    assert!(named().await && chiara.page("/me/badges").await.contains("Take my name off them"));
    chiara.send("/me/name", &[("named", "no")]).await;
    assert!(!named().await);
}

#[tokio::test]
async fn whoever_holds_a_badge_that_nobody_else_sees_has_a_page_of_it_and_its_files() {
    let site = Site::open().await;
    let award = site.award(CHIARA, PROFESSIONAL, "private").await;
    let own = format!("/me/badges/{}", award.id);
    let (chiara, bao) = (site.signed_in(CHIARA).await, site.signed_in(BAO).await);
    assert!(chiara.page("/me/badges").await.contains(&format!("href=\"{own}\"")));

    let page = chiara.page(&own).await;
    assert!(page.contains("No public page shows this badge") && page.contains("Chiara Rossi"));
    // Nothing on it leads to where others find nothing.
    for nowhere in ["/certifications/", "/verify?", "linkedin.com", "/embed/", "og:image", "card.png"] {
        assert!(!page.contains(nowhere), "{nowhere}");
    }
    for kind in ["json", "png", "svg", "pdf"] {
        let file = format!("{own}.{kind}");
        assert!(page.contains(&format!("{file}\"")), "{kind}");
        let answer = chiara.get(&file).await;
        assert_eq!(answer.status(), StatusCode::OK, "{kind}");
        let keep = answer.headers()["cache-control"].to_str().unwrap().to_owned();
        assert!(keep.contains("no-store"), "{kind}: {keep}");
        if kind == "json" {
            let credential: serde_json::Value = answer.json().await.unwrap();
            assert_eq!(credential["id"], format!("{}/badges/{}", site.app.config.base_url, award.id));
        }
        assert_eq!(bao.get(&file).await.status(), StatusCode::NOT_FOUND, "{kind}");
    }
    assert_eq!(bao.get(&own).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(site.get_as(&own, "text/html").await.status(), StatusCode::SEE_OTHER);

    // What others may see has one address for all.
    chiara.send(&format!("{own}/shown"), &[("visibility", "link")]).await;
    for end in ["", ".png"] {
        let answer = chiara.get(&format!("{own}{end}")).await;
        assert_eq!(answer.headers()["location"], format!("/badges/{}{end}", award.id));
    }
}
