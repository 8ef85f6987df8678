//! A badge in every form and through all its states, and the certification it belongs to.

use super::{header, lineage};
use crate::cast::{ADA, BASE_URL, MASTER, PROFESSIONAL, Site};
use laurel::store::Db;
use reqwest::StatusCode;
use serde_json::{Value, json};
use sqlx::AssertSqlSafe;

#[tokio::test]
async fn a_badge_is_a_page_for_browsers_and_the_signed_json_for_programs() {
    let site = Site::open().await;
    let award = site.award(ADA, PROFESSIONAL, "public").await;
    let path = format!("/badges/{}", award.id);
    let page = site.page(&path).await;
    assert!(page.contains("Ada Obi") && page.contains("Software Craft: Professional"), "{page}");

    let plain = site.get_as(&format!("{path}.json"), "*/*").await;
    assert_eq!(header(&plain, "content-type"), "application/json");
    let signed = plain.text().await.unwrap();
    let document: Value = serde_json::from_str(&signed).unwrap();
    assert_eq!(document["id"], format!("{BASE_URL}{path}"));
    assert_eq!(document["proof"][0]["cryptosuite"], "eddsa-rdfc-2022");

    let mut etags = vec![];
    for media_type in ["application/json", "application/vc", "application/vc+ld+json", "application/ld+json"] {
        for address in [path.clone(), format!("{path}.json")] {
            let response = site.get_as(&address, media_type).await;
            assert_eq!(header(&response, "content-type"), media_type);
            assert!(header(&response, "vary").contains("Accept"));
            assert_eq!(header(&response, "access-control-allow-origin"), "*");
            etags.push(header(&response, "etag").to_owned());
            assert_eq!(response.text().await.unwrap(), signed);
        }
    }
    etags.dedup();
    assert_eq!(etags.len(), 4, "each media type has an ETag of its own");
    assert_eq!(site.get_as(&path, "image/webp").await.status(), StatusCode::NOT_ACCEPTABLE);
}

#[tokio::test]
async fn pictures_carry_the_badge_and_the_card_has_its_size() {
    let site = Site::open().await;
    let award = site.award(ADA, PROFESSIONAL, "link").await;
    let signed = site.get(&format!("/badges/{}.json", award.id)).await.bytes().await.unwrap();
    for (kind, media_type) in [("png", "image/png"), ("svg", "image/svg+xml")] {
        let response = site.get(&format!("/badges/{}.{kind}", award.id)).await;
        assert_eq!(header(&response, "content-type"), media_type);
        let picture = response.bytes().await.unwrap();
        assert_eq!(laurel::credential::bake::unbake(&picture).unwrap(), signed, "{kind}");
    }
    let card = site.get(&format!("/badges/{}/card.png", award.id)).await;
    assert_eq!(header(&card, "content-type"), "image/png");
    let card = card.bytes().await.unwrap();
    let reader = png::Decoder::new(std::io::Cursor::new(&card)).read_info().unwrap();
    assert_eq!((reader.info().width, reader.info().height), (1200, 630));

    let page = site.page(&format!("/badges/{}", award.id)).await;
    let picture = page.split("/images/").nth(1).unwrap().split('"').next().unwrap();
    for kind in ["svg", "png"] {
        let image = site.get(&format!("/images/{}.{kind}", picture.trim_end_matches(".svg"))).await;
        assert_eq!(image.status(), StatusCode::OK);
        assert!(header(&image, "cache-control").contains("immutable"));
    }
}

#[tokio::test]
async fn the_page_says_what_a_shared_link_needs() {
    let site = Site::open().await;
    let award = site.award(ADA, PROFESSIONAL, "public").await;
    let page = site.page(&format!("/badges/{}", award.id)).await;
    let url = format!("{BASE_URL}/badges/{}", award.id);
    for tag in [
        "property=\"og:title\" content=\"Software Craft: Professional\"".to_owned(),
        format!("property=\"og:url\" content=\"{url}\""),
        format!("property=\"og:image\" content=\"{url}/card.png?"),
        "property=\"og:image:width\" content=\"1200\"".to_owned(),
        "property=\"og:image:height\" content=\"630\"".to_owned(),
        "property=\"og:description\" content=\"".to_owned(),
    ] {
        assert!(page.contains(&tag), "{tag}");
    }
    let text = page.replace("&#38;", "&").replace("&amp;", "&");
    let link = text.split("https://www.linkedin.com/profile/add?").nth(1).unwrap().split('"').next().unwrap();
    let certification =
        format!("certUrl=https%3A%2F%2Fbadges.acme.example%2Fcertifications%2F{}", lineage(&award.certification_url));
    for field in [
        "issueYear=2026&issueMonth=11",
        "expirationYear=2028&expirationMonth=11",
        "organizationName=Acme+%26+Sons",
        &certification,
    ] {
        assert!(link.contains(field), "{field} in {link}");
    }
    assert!(page.contains("<svg") && page.contains(&format!("/verify?url={url}")), "the QR code and its link");

    let endless = site.award(ADA, MASTER, "public").await;
    let page = site.page(&format!("/badges/{}", endless.id)).await;
    assert!(page.contains("linkedin.com/profile/add") && !page.contains("expirationYear"));
}

#[tokio::test]
async fn the_page_is_judged_as_it_is_made_and_does_not_show_what_was_altered_as_valid() {
    let site = Site::open().await;
    let award = site.award(ADA, PROFESSIONAL, "public").await;
    let path = format!("/badges/{}", award.id);
    let page = site.page(&path).await;
    assert!(page.contains("Checked just now") && page.contains("class=\"status valid\""), "{page}");
    // Someone with the database makes it last longer.
    let Db::Sqlite { write, .. } = &site.app.db else { panic!("this is SQLite") };
    let sql = format!("UPDATE awards SET credential = replace(credential, '2028-', '2098-') WHERE id = '{}'", award.id);
    sqlx::query(AssertSqlSafe(sql)).execute(write).await.unwrap();
    let page = site.page(&path).await;
    assert!(page.contains("class=\"status invalid\"") && page.contains("This badge cannot be trusted"), "{page}");
    assert!(page.contains("data-standing=\"untrue\"") || !page.contains("data-standing"), "{page}");
    assert!(!page.contains("linkedin.com"), "nothing to share");
}

#[tokio::test]
async fn a_badge_stays_up_through_all_its_states() {
    let site = Site::open().await;
    let award = site.award(ADA, PROFESSIONAL, "public").await;
    let path = format!("/badges/{}", award.id);
    let tone = async || {
        let page = site.page(&path).await;
        page.split("class=\"status ").nth(1).unwrap().split(['"', ' ']).next().unwrap().to_owned()
    };
    assert_eq!(tone().await, "valid");
    site.at("2028-10-01T12:00:00Z");
    assert_eq!(tone().await, "attention", "expiring");
    site.at("2028-12-01T12:00:00Z");
    assert_eq!(tone().await, "attention", "expired");
    let (status, _) =
        site.post(&format!("/api/v1/awards/{}/revoke", award.id), &json!({"reason": "Copied work"})).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(tone().await, "invalid");
    let page = site.page(&path).await;
    assert!(!page.contains("Copied work"), "the reason is for the record");
    assert_eq!(site.get(&format!("{path}.json")).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_certification_says_when_and_how_it_can_be_renewed() {
    let site = Site::open().await;
    let award = site.award(ADA, PROFESSIONAL, "public").await;
    let path = format!("/certifications/{}", lineage(&award.certification_url));
    let opens = "Its renewal opens on 26 August 2028.";
    let open = "It can be renewed now. The new one will last from 24 November 2028";
    let lapsed = "The time for renewing it has passed; it is earned anew.";
    for (time, said) in
        [("2026-12-01T12:00:00Z", opens), ("2028-10-01T12:00:00Z", open), ("2028-12-01T12:00:00Z", lapsed)]
    {
        site.at(time);
        let page = site.page(&path).await;
        for words in [opens, open, lapsed] {
            assert_eq!(page.contains(words), words == said, "{time}: {words}");
        }
    }
    let (status, _) =
        site.post(&format!("/api/v1/awards/{}/revoke", award.id), &json!({"reason": "Copied work"})).await;
    assert_eq!(status, StatusCode::OK);
    assert!(!site.page(&path).await.contains(lapsed), "what was revoked is not renewed");
    let master = site.award(ADA, MASTER, "public").await;
    let page = site.page(&format!("/certifications/{}", lineage(&master.certification_url))).await;
    assert!(!["renewal opens", "be renewed", "earned anew"].iter().any(|words| page.contains(words)), "it never ends");
}

#[tokio::test]
async fn a_certification_shows_its_current_state_and_every_earlier_credential() {
    let site = Site::open().await;
    let old = site.award(ADA, PROFESSIONAL, "public").await;
    let path = format!("/certifications/{}", lineage(&old.certification_url));
    assert!(site.page(&path).await.contains(&old.id));
    site.at("2028-10-01T12:00:00Z");
    let (status, new) = site.post(&format!("/api/v1/awards/{}/renew", old.id), &json!({})).await;
    assert_eq!(status, StatusCode::CREATED, "{new}");
    assert_eq!(new["certification_url"], old.certification_url.as_str());
    assert_eq!(new["valid_until"], "2030-11-24T12:00:00Z", "it extends from the old end");
    let page = site.page(&path).await;
    let (current, earlier) = (page.find(new["id"].as_str().unwrap()).unwrap(), page.rfind(&old.id).unwrap());
    assert!(current < earlier, "the newest comes first");
    let signed = site.get_as(&path, "application/vc").await;
    assert_eq!(header(&signed, "content-location"), format!("/badges/{}", new["id"].as_str().unwrap()));
    assert_eq!(signed.json::<Value>().await.unwrap()["id"], new["badge_url"]);
    let page = site.page(&format!("/badges/{}", old.id)).await;
    assert!(page.contains(&format!("href=\"{path}\"")), "the old badge leads to how the certification stands now");
}
