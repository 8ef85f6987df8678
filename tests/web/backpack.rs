//! `/me/backpack`: badges from elsewhere in every form, as they came, judged as of now, and gone when their holder wishes.

use crate::{
    apps::guild::badge,
    cast::{ADA, BAO, BASE_URL, Browser, PROFESSIONAL, Site},
    verify::seeds,
};
use laurel::{
    credential::bake::{bake_png, bake_svg},
    store::events,
};
use reqwest::{Response, StatusCode};

const SVG: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"><path d="M0 0h2v2z"/></svg>"#;

async fn hand(browser: &Browser<'_>, name: &str, bytes: &[u8]) -> Response {
    let head = format!("content-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
    browser.send_parts("/me/backpack", &[], (&head, bytes)).await
}

async fn type_in(browser: &Browser<'_>, field: &str, text: &str) -> Response {
    let head = format!("content-disposition: form-data; name=\"{field}\"\r\n\r\n");
    browser.send_parts("/me/backpack", &[], (&head, text.as_bytes())).await
}

/// Where its page is, once it is in.
fn place(answer: &Response) -> String {
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    answer.headers()["location"].to_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_badge_in_any_form_comes_out_as_it_went_in() {
    let site = Site::open().await;
    let ada = site.signed_in(ADA).await;
    let plain = badge(1, "Welder", "02-01");
    let svg = bake_svg(SVG, &badge(2, "Welder", "02-01")).unwrap();
    let award = site.award(BAO, PROFESSIONAL, "link").await;
    let picture = site.get(&format!("/badges/{}.png", award.id)).await.bytes().await.unwrap();
    let png = bake_png(&picture, &badge(3, "Welder", "02-01")).unwrap();
    let mut forms = vec![("plain.json", plain.into_bytes()), ("my badge.svg", svg.into_bytes()), ("b.png", png)];
    forms.extend(seeds::badges().into_iter().filter(|form| !is_endorsement(form)).map(|form| ("badge", form)));
    let mut kept = 0;
    for (name, bytes) in forms {
        let answer = hand(&ada, name, &bytes).await;
        if answer.status() != StatusCode::SEE_OTHER {
            panic!("{name}: {}", answer.text().await.unwrap());
        }
        let page = place(&answer);
        kept += 1;
        let out = ada.get(&format!("{page}/file")).await;
        let disposition = out.headers()["content-disposition"].to_str().unwrap().to_owned();
        assert!(disposition.starts_with("attachment; filename*=UTF-8''"), "{disposition}");
        assert!(
            name == "badge" || disposition.ends_with(&name.replace(' ', "%20").replace('.', "%2E")),
            "{disposition}"
        );
        assert_eq!(out.bytes().await.unwrap(), bytes, "{name}");
        // Several seeds are one badge in several forms.
        if name == "badge" {
            assert_eq!(ada.send(&format!("{page}/remove"), &[]).await.status(), StatusCode::SEE_OTHER);
        }
    }
    assert!(kept > 5, "{kept}");
    let page = ada.page("/me/backpack").await;
    assert!(page.contains("Welder") && page.contains("by The Guild") && page.contains("1 February 2026"), "{page}");
}

fn is_endorsement(form: &[u8]) -> bool {
    let text = String::from_utf8_lossy(form);
    text.contains("\"EndorsementCredential\"") && !text.contains("AchievementCredential")
}

#[tokio::test]
async fn how_a_badge_stands_is_found_when_it_is_looked_at() {
    let site = Site::open().await;
    let ada = site.signed_in(ADA).await;
    let other = site.award(BAO, PROFESSIONAL, "link").await;
    let signed = site.get(&format!("/badges/{}.json", other.id)).await.text().await.unwrap();
    let page = place(&type_in(&ada, "text", &signed).await);
    assert!(ada.page(&page).await.contains("status verdict valid"));
    site.post(&format!("/api/v1/awards/{}/revoke", other.id), &serde_json::json!({"reason": "By mistake"})).await;
    assert!(ada.page(&page).await.contains("status verdict invalid"));
    let guild = place(&type_in(&ada, "text", &badge(1, "Welder", "02-01")).await);
    assert!(ada.page(&guild).await.contains("status verdict attention"), "its issuer is not known here");
}

#[tokio::test]
async fn an_own_badge_is_among_ones_own_already() {
    let site = Site::open().await;
    let ada = site.signed_in(ADA).await;
    let own = site.award(ADA, PROFESSIONAL, "link").await;
    let signed = site.get(&format!("/badges/{}.json", own.id)).await.text().await.unwrap();
    assert_eq!(place(&type_in(&ada, "text", &signed).await), format!("/me/badges#{}", own.id));
    let link = format!("{BASE_URL}/badges/{}", own.id);
    assert_eq!(place(&type_in(&ada, "address", &link).await), format!("/me/badges#{}", own.id));
    assert!(ada.page("/me/backpack").await.contains("Nothing in it yet"));
}

#[tokio::test]
async fn another_copy_is_told_of() {
    let site = Site::open().await;
    let ada = site.signed_in(ADA).await;
    let (old, new) = (badge(1, "Welder", "02-01"), badge(1, "Master Welder", "03-01"));
    let page = place(&type_in(&ada, "text", &old).await);
    assert_eq!(place(&type_in(&ada, "text", &old).await), format!("{page}?came=unchanged"));
    assert_eq!(place(&type_in(&ada, "text", &new).await), format!("{page}?came=replaced"));
    let again = place(&type_in(&ada, "text", &old).await);
    assert_eq!(again, format!("{page}?came=older"));
    assert!(ada.page(&again).await.contains("A newer version of this badge is here"));
    let done = events::of_subject(&mut site.app.db.read().await.unwrap(), &ada.person_id).await.unwrap();
    let verbs: Vec<&str> =
        done.iter().map(|event| event.verb.as_str()).filter(|verb| verb.starts_with("backpack")).collect();
    assert_eq!(verbs, ["backpack.added", "backpack.replaced"]);
}

#[tokio::test]
async fn a_copy_whose_signature_cannot_be_checked_takes_no_place() {
    let site = Site::open().await;
    let ada = site.signed_in(ADA).await;
    // One badge in several forms, by an issuer who can't be reached now.
    let (mut first, mut refused) = (Vec::new(), 0);
    for form in seeds::badges().into_iter().filter(|form| form.starts_with(b"ey")) {
        let answer = hand(&ada, "badge", &form).await;
        if answer.status() == StatusCode::SEE_OTHER {
            first.push((place(&answer), form));
        } else {
            assert!(answer.text().await.unwrap().contains("A copy of this badge is here already"));
            refused += 1;
        }
    }
    assert!(refused > 0);
    for (page, form) in first {
        assert_eq!(ada.get(&format!("{page}/file")).await.bytes().await.unwrap(), form);
    }
}

#[tokio::test]
async fn what_is_no_badge_is_refused_with_what_was_typed() {
    let site = Site::open().await;
    let ada = site.signed_in(ADA).await;
    let altered = badge(1, "Welder", "02-01").replace("Joins metal", "Rules");
    let before = site.written().await;
    for (field, text, said) in [
        ("text", "", "Choose a file"),
        ("text", "{\"not\": \"a badge\"}", "no badge that can be read"),
        ("text", altered.as_str(), "no genuine badge"),
        ("address", "https://nobody.example/badge.json", "No badge was found at this address"),
        ("address", "http://127.0.0.1/badge.json", "No badge was found at this address"),
        ("text", "https://nobody.example/badge.json", "No badge was found at this address"),
    ] {
        let answer = type_in(&ada, field, text).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{text}");
        let page = answer.text().await.unwrap();
        assert!(page.contains("role=\"alert\"") && page.contains(said), "{said}: {page}");
        assert!(text.starts_with('{') || page.contains(text), "{text} is shown again");
    }
    let endorsement = seeds::badges().into_iter().find(|form| is_endorsement(form)).unwrap();
    let page = hand(&ada, "endorsement.json", &endorsement).await.text().await.unwrap();
    assert!(page.contains("Put in the badge itself"));
    let page = hand(&ada, "presentation.json", &seeds::presentation()).await.text().await.unwrap();
    assert!(page.contains("Put in the badge itself"));
    assert_eq!(site.written().await, before);
}

#[tokio::test]
async fn a_backpack_is_its_holders_alone_and_they_empty_it() {
    let site = Site::open().await;
    let (ada, bao) = (site.signed_in(ADA).await, site.signed_in(BAO).await);
    let welder = badge(1, "Welder", "02-01");
    let page = place(&type_in(&ada, "text", &welder).await);
    place(&type_in(&bao, "text", &welder).await);
    for path in [page.clone(), format!("{page}/file")] {
        assert_eq!(bao.get(&path).await.status(), StatusCode::NOT_FOUND);
    }
    assert_eq!(bao.send(&format!("{page}/remove"), &[]).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(ada.send(&format!("{page}/remove"), &[]).await.status(), StatusCode::SEE_OTHER);
    assert_eq!(ada.get(&page).await.status(), StatusCode::NOT_FOUND);
    assert!(ada.page("/me/backpack").await.contains("Nothing in it yet"));
    assert!(bao.page("/me/backpack").await.contains("Welder"), "theirs is another copy");
}
