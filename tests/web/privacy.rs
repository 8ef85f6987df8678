//! Who may see what: private, by link, public.

use super::{header, lineage};
use crate::cast::{ADA, BAO, BASE_URL, CHIARA, DEV, PRACTITIONER, PROFESSIONAL, Site, token};
use reqwest::{Method, StatusCode};
use serde_json::json;

#[tokio::test]
async fn a_private_award_is_there_for_nobody_but_whoever_may_read_the_record() {
    let site = Site::open().await;
    let award = site.award(ADA, PROFESSIONAL, "private").await;
    let lineage = lineage(&award.certification_url);
    let paths = ["", ".json", ".png", ".svg", "/card.png", "/qr.png"].map(|end| format!("/badges/{}{end}", award.id));
    for path in paths.iter().chain([&format!("/certifications/{lineage}"), &format!("/certifications/{lineage}.json")])
    {
        assert_eq!(site.get(path).await.status(), StatusCode::NOT_FOUND, "{path}");
        let with = |may| site.request(Method::GET, path).bearer_auth(token(may)).send();
        assert_eq!(with("issue").await.unwrap().status(), StatusCode::NOT_FOUND, "{path}");
        let read = with("read").await.unwrap();
        assert_eq!(read.status(), StatusCode::OK, "{path}");
        assert_eq!(header(&read, "cache-control"), "private, no-store", "{path}");
    }
    // Verification by link says no more than the page does.
    let url = format!("{BASE_URL}/badges/{}", award.id);
    let page = site.get(&format!("/verify?url={url}")).await;
    assert_eq!(page.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let text = page.text().await.unwrap();
    assert!(!text.contains("Ada") && !text.contains("Professional"), "{text}");
    let (status, _) = site.post("/api/v1/verify", &json!({"credential": url})).await;
    assert_eq!(status, StatusCode::OK, "with the right to read");
    let anyone = site.request(Method::POST, "/api/v1/verify").json(&json!({"credential": url})).send().await.unwrap();
    assert_eq!(anyone.status(), StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_badge_that_was_renewed_in_private_does_not_tell_the_address_of_the_new_one() {
    let site = Site::open().await;
    let old = site.award(ADA, PROFESSIONAL, "public").await;
    site.at("2028-10-01T00:00:00Z");
    let (status, new) = site.post(&format!("/api/v1/awards/{}/renew", old.id), &json!({"visibility": "private"})).await;
    assert_eq!(status, StatusCode::CREATED);
    let page = site.page(&format!("/badges/{}", old.id)).await;
    assert!(page.contains("Replaced by a newer badge") && !page.contains(new["id"].as_str().unwrap()), "{page}");
    assert_eq!(
        site.get(&format!("/certifications/{}", lineage(&old.certification_url))).await.status(),
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn only_public_awards_are_on_the_wall_and_may_be_listed_by_search_engines() {
    let site = Site::open().await;
    let public = site.award(ADA, PROFESSIONAL, "public").await;
    let nameless = site.award(CHIARA, PRACTITIONER, "public").await;
    let link = site.award(BAO, PROFESSIONAL, "link").await;
    let private = site.award(DEV, PROFESSIONAL, "private").await;
    for path in ["/", "/programs/craft"] {
        let page = site.page(path).await;
        assert!(page.contains(&public.id) && page.contains("Ada Obi"), "{path}");
        assert!(page.contains(&nameless.id) && !page.contains("Chiara"), "{path}: named only by consent");
        for hidden in [&link.id, &private.id, "Bao", "Dev Patel"] {
            assert!(!page.contains(hidden), "{hidden} on {path}");
        }
    }
    let wall = site.page("/").await;
    assert!(wall.contains("Platform"), "the team of Ada");
    for (award, listed) in [(&public, true), (&link, false)] {
        for path in ["", ".json", ".png", ".svg", "/card.png", "/qr.png"] {
            let response = site.get(&format!("/badges/{}{path}", award.id)).await;
            assert_eq!(header(&response, "x-robots-tag"), if listed { "" } else { "noindex" }, "{path}");
        }
        let page = site.page(&format!("/badges/{}", award.id)).await;
        assert_eq!(page.contains("name=\"robots\" content=\"noindex"), !listed);
    }
    let robots = site.get("/robots.txt").await.text().await.unwrap();
    assert!(robots.starts_with("User-agent: *\n"), "{robots}");
}
