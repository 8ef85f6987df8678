//! `/run/{program}/suspensions`, and what everyone sees of a badge that is suspended.

use super::lineage;
use crate::cast::{ADA, BAO, BASE_URL, CHIARA, PROFESSIONAL, Site, form};
use laurel::domain::actor::Role;
use reqwest::StatusCode;
use serde_json::json;

const DESK: &str = "/run/craft/suspensions";

#[tokio::test]
async fn an_owner_suspends_a_badge_by_its_address_and_lifts_it_again() {
    let site = Site::open().await;
    let award = site.award(ADA, PROFESSIONAL, "link").await;
    site.grant(CHIARA, Role::Owner, Some("craft")).await;
    let chiara = site.signed_in(CHIARA).await;
    assert!(chiara.page("/run/craft").await.contains(DESK));
    assert!(chiara.page(DESK).await.contains("No badge of this program is suspended."));
    let of_certification = award.certification_url.clone();
    for (badge, reason, problem) in [
        ("https://elsewhere.example/badges/x", "A reason.", "That is no badge of this program."),
        ("", "A reason.", "That is no badge of this program."),
        (of_certification.as_str(), " ", "Say why"),
    ] {
        let response = chiara.send(DESK, &[("badge", badge), ("reason", reason)]).await;
        assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY, "{badge}");
        let page = response.text().await.unwrap();
        assert!(page.contains(problem) && page.contains(reason.trim()), "what was typed is kept: {page}");
    }
    let done = chiara.send(DESK, &[("badge", &of_certification), ("reason", "Copied <work>?")]).await;
    assert_eq!(done.status(), StatusCode::SEE_OTHER);
    let desk = chiara.page(DESK).await;
    assert!(desk.contains("Ada Obi, Professional") && desk.contains("Copied &#60;work&#62;?"), "{desk}");

    // Its holder reads why, others only that it is so.
    let own = site.signed_in(ADA).await.page("/me/badges").await;
    assert!(own.contains("Suspended on") && own.contains("Copied &#60;work&#62;?"), "{own}");
    let twice = chiara.send(DESK, &[("badge", &award.badge_url), ("reason", "Again.")]).await;
    assert_eq!(twice.status(), StatusCode::CONFLICT);
    assert!(twice.text().await.unwrap().contains("This badge is suspended already."));

    let lift = format!("{DESK}/{}/resume", award.id);
    assert_eq!(chiara.send(&lift, &[]).await.status(), StatusCode::SEE_OTHER);
    assert!(chiara.page(DESK).await.contains("No badge of this program is suspended."));
    assert_eq!(chiara.send(&lift, &[]).await.status(), StatusCode::CONFLICT);

    // Suspended, and then revoked: it is not to be lifted any more, and its holder is told of that alone.
    chiara.send(DESK, &[("badge", &award.id), ("reason", "Copied <work>?")]).await;
    site.post(&format!("/api/v1/awards/{}/revoke", award.id), &json!({"reason": "Copied."})).await;
    let own = site.signed_in(ADA).await.page("/me/badges").await;
    assert!(own.contains("Revoked on") && !own.contains("Copied") && !own.contains("Suspended"), "{own}");
    assert!(chiara.page(DESK).await.contains("No badge of this program is suspended."));
}

#[tokio::test]
async fn nobody_decides_on_their_own_badge() {
    let site = Site::open().await;
    let own = site.award(CHIARA, PROFESSIONAL, "link").await;
    site.grant(CHIARA, Role::Owner, Some("craft")).await;
    let chiara = site.signed_in(CHIARA).await;
    let refused = chiara.send(DESK, &[("badge", &own.id), ("reason", "Mine.")]).await;
    assert_eq!(refused.status(), StatusCode::CONFLICT);
    let (status, _) = site.post(&format!("/api/v1/awards/{}/suspend", own.id), &json!({"reason": "Hers."})).await;
    assert_eq!(status, StatusCode::OK);
    let lift = format!("{DESK}/{}/resume", own.id);
    assert_eq!(chiara.send(&lift, &[]).await.status(), StatusCode::CONFLICT);
    let desk = chiara.page(DESK).await;
    assert!(desk.contains("Nobody decides on their own badge.") && !desk.contains(&lift), "{desk}");
}

#[tokio::test]
async fn everyone_who_comes_by_sees_that_a_badge_is_suspended_and_that_it_is_good_again() {
    let site = Site::open().await;
    let award = site.award(ADA, PROFESSIONAL, "public").await;
    let other = site.award(BAO, PROFESSIONAL, "public").await;
    let (badge, certification) = (format!("/badges/{}", award.id), lineage(&award.certification_url).to_owned());
    let card = async || {
        let page = site.page(&badge).await;
        page.split("og:image\" content=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
    };
    let before = card().await;
    let (status, view) = site
        .post(&format!("/api/v1{badge}/suspend").replace("badges", "awards"), &json!({"reason": "Looked at again."}))
        .await;
    assert_eq!((status, &view["state"]), (StatusCode::OK, &json!("suspended")));
    let page = site.page(&badge).await;
    assert!(page.contains("class=\"status invalid\"") && page.contains("Suspended on"), "{page}");
    assert!(page.contains("The issuer has suspended this badge.") && page.contains("data-standing=\"revoked\""));
    assert!(!page.contains(".pdf\"") && !page.contains("linkedin.com/profile/add"), "nothing to be proud of");
    assert_ne!(card().await, before, "a kept card is not the one of now");
    assert!(site.page(&format!("/certifications/{certification}")).await.contains("Suspended on"));
    assert!(site.page(&format!("/embed/{certification}")).await.contains("state invalid"));
    let verified = site.page(&format!("/verify?url={BASE_URL}{badge}")).await;
    assert!(verified.contains("This badge is suspended"), "{verified}");
    for listed in ["/", "/feed.atom"] {
        let page = site.page(listed).await;
        assert!(!page.contains(&award.id) && page.contains(&other.id), "{listed}");
    }
    assert_eq!(site.get(&format!("{badge}.pdf")).await.status(), StatusCode::NOT_FOUND);
    let old = site.get(&format!("{badge}.json")).await.text().await.unwrap();

    site.at("2027-02-01T00:00:00Z");
    let (status, view) = site.post(&format!("/api/v1/awards/{}/resume", award.id), &json!({})).await;
    assert_eq!((status, &view["state"]), (StatusCode::OK, &json!("current")));
    let page = site.page(&badge).await;
    assert!(page.contains("class=\"status valid\"") && page.contains("Good again from"), "{page}");
    assert!(page.contains("data-signed=\"/awardedDate\"") && page.contains("data-signed=\"/validFrom\""));
    assert!(site.page(&format!("/verify?url={BASE_URL}{badge}")).await.contains("This badge is valid"));
    assert!(site.page("/").await.contains(&award.id));
    assert_eq!(site.get(&format!("{badge}.pdf")).await.status(), StatusCode::OK);
    let new = site.get(&format!("{badge}.json")).await.text().await.unwrap();
    assert_ne!(old, new);
    // Whoever is shown what was signed before is led to what counts now.
    for (document, earlier) in [(old, true), (new, false)] {
        let sent = form(site.request(reqwest::Method::POST, "/verify"), &[("text", document.as_str())]);
        let page = sent.send().await.unwrap().text().await.unwrap();
        assert_eq!(page.contains("Its issuer has signed it anew since"), earlier, "{page}");
        assert_eq!(page.contains("This badge was revoked"), earlier);
    }
}
