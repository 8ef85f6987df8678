//! A badge where it is shared: in a frame on another page, in what oEmbed consumers are told, in the card's address, in the feed.

use super::header;
use crate::cast::{ADA, BASE_URL, MASTER, PROFESSIONAL, Site};
use quick_xml::events::Event;
use reqwest::StatusCode;
use serde_json::{Value, json};

#[tokio::test]
async fn a_frame_shows_how_a_certification_stands_and_may_stand_anywhere_without_a_script() {
    let site = Site::open().await;
    let award = site.award(ADA, PROFESSIONAL, "link").await;
    let frame = format!("/embed/{}", super::lineage(&award.certification_url));
    let response = site.get(&frame).await;
    let policy = header(&response, "content-security-policy").to_owned();
    assert!(policy.contains("frame-ancestors *") && !policy.contains("script-src"), "{policy}");
    assert_eq!(header(&response, "x-robots-tag"), "noindex");
    let page = response.text().await.unwrap();
    assert!(
        page.contains("Ada Obi") && page.contains("state valid") && page.contains(&award.certification_url),
        "{page}"
    );
    assert!(!page.contains("<script") && !page.contains("<form"), "{page}");
    // Every other page stays out of frames.
    let other = site.get(&format!("/badges/{}", award.id)).await;
    assert!(header(&other, "content-security-policy").contains("frame-ancestors 'none'"));

    site.at("2029-01-01T00:00:00Z");
    assert!(site.page(&frame).await.contains("state attention"), "it has ended");
    let (_, revoked) = site.post(&format!("/api/v1/awards/{}/revoke", award.id), &json!({"reason": "Copied"})).await;
    assert!(revoked.is_object());
    for id in [&frame, &format!("/embed/{}", award.id)] {
        assert!(site.page(id).await.contains("state invalid"), "{id}");
    }
}

#[tokio::test]
async fn a_private_badge_is_in_no_frame_feed_or_answer_to_consumers() {
    let site = Site::open().await;
    let award = site.award(ADA, MASTER, "private").await;
    for address in [
        format!("/embed/{}", award.id),
        format!("/embed/{}", super::lineage(&award.certification_url)),
        format!("/oembed?url={BASE_URL}/badges/{}", award.id),
        format!("/oembed?url={}", award.certification_url),
        "/embed/nothing".into(),
        "/oembed".into(),
        "/oembed?url=https://elsewhere.example/badges/x".into(),
    ] {
        // The token reads the record, and a frame is the same for everyone.
        let response =
            site.request(reqwest::Method::GET, &address).bearer_auth(crate::cast::token("read")).send().await;
        assert_eq!(response.unwrap().status(), StatusCode::NOT_FOUND, "{address}");
    }
    assert!(!site.page("/feed.atom").await.contains(&award.id));
}

#[tokio::test]
async fn oembed_answers_in_both_forms_and_keeps_to_the_room_there_is() {
    let site = Site::open().await;
    let award = site.award(ADA, PROFESSIONAL, "public").await;
    let page = site.page(&format!("/badges/{}", award.id)).await;
    let discovered = page.split("application/json+oembed\" href=\"").nth(1).unwrap().split('"').next().unwrap();
    let address = discovered.replace("&amp;", "&").replace("&#38;", "&");
    let response = site.get(address.strip_prefix(BASE_URL).unwrap()).await;
    assert_eq!(header(&response, "content-type"), "application/json");
    let told: Value = response.json().await.unwrap();
    let size = (&told["width"], &told["height"]);
    assert_eq!((&told["type"], &told["version"], size), (&json!("rich"), &json!("1.0"), (&json!(440), &json!(180))));
    assert_eq!((&told["thumbnail_width"], &told["thumbnail_height"]), (&json!(1200), &json!(630)));
    assert!(page.contains(&format!("og:image\" content=\"{}\"", told["thumbnail_url"].as_str().unwrap())), "{told}");
    let html = told["html"].as_str().unwrap();
    assert!(html.starts_with("<iframe src=\"") && html.contains(&format!("/embed/{}", award.id)), "{html}");

    let of = |query: &str| format!("/oembed?url={}&{query}", award.certification_url);
    let narrow: Value = site.get(&of("maxwidth=300&maxheight=400")).await.json().await.unwrap();
    assert_eq!((&narrow["width"], narrow.get("thumbnail_url")), (&json!(300), None));
    let tiny: Value = site.get(&of("maxwidth=100")).await.json().await.unwrap();
    assert_eq!((&tiny["type"], tiny.get("html")), (&json!("link"), None));

    let xml = site.get(&of("format=xml")).await;
    assert_eq!(header(&xml, "content-type"), "text/xml; charset=utf-8");
    let xml = elements(&xml.text().await.unwrap());
    let text = |name: &str| xml.iter().find(|(element, _)| element == name).map(|(_, text)| text.as_str());
    assert_eq!((text("type"), text("width"), text("title")), (Some("rich"), Some("440"), told["title"].as_str()));
    assert!(text("html").is_some_and(|html| html.starts_with("<iframe src=\"")), "{xml:?}");
    assert_eq!(site.get(&of("format=yaml")).await.status(), StatusCode::NOT_IMPLEMENTED);
}

#[tokio::test]
async fn the_address_of_the_card_changes_with_what_it_says() {
    let site = Site::open().await;
    let award = site.award(ADA, PROFESSIONAL, "public").await;
    let card = async |path: &str| {
        let page = site.page(path).await;
        page.split("og:image\" content=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
    };
    let path = format!("/badges/{}", award.id);
    let valid = card(&path).await;
    assert_eq!(card(award.certification_url.strip_prefix(BASE_URL).unwrap()).await, valid);
    assert_eq!(card(&path).await, valid);
    let picture = site.get(valid.strip_prefix(BASE_URL).unwrap()).await.bytes().await.unwrap();
    site.at("2029-01-01T00:00:00Z");
    let ended = card(&path).await;
    assert_ne!(ended, valid);
    assert_ne!(site.get(ended.strip_prefix(BASE_URL).unwrap()).await.bytes().await.unwrap(), picture);
}

#[tokio::test]
async fn the_feed_has_the_newest_public_awards_and_reads_as_xml_whatever_their_names() {
    let site = Site::open().await;
    let award = site.award(ADA, PROFESSIONAL, "public").await;
    let unlisted = site.award(ADA, MASTER, "link").await;
    let wall = site.page("/").await;
    assert!(wall.contains("application/atom+xml") && wall.contains("/feed.atom"));
    let response = site.get("/feed.atom").await;
    assert!(header(&response, "content-type").starts_with("application/atom+xml"));
    let etag = header(&response, "etag").to_owned();
    let feed = response.text().await.unwrap();
    assert!(!feed.contains(&unlisted.id), "only public ones are listed");
    let all = elements(&feed);
    let ids: Vec<_> = all.iter().filter(|(name, _)| name == "id").map(|(_, text)| text.clone()).collect();
    assert_eq!(ids, [format!("{BASE_URL}/feed.atom"), format!("{BASE_URL}/badges/{}", award.id)]);
    assert!(all.contains(&("title".into(), "Badges of Acme & Sons".into())), "{all:?}");
    assert!(all.iter().any(|(name, text)| name == "title" && text.starts_with("Ada Obi")), "{all:?}");
    let again = site.request(reqwest::Method::GET, "/feed.atom").header("if-none-match", etag).send().await.unwrap();
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
}

#[tokio::test]
async fn a_level_says_to_search_engines_what_it_is_and_cant_end_the_element_it_stands_in() {
    let site = Site::open().await;
    let page = site.page(&format!("/achievements/{MASTER}")).await;
    let text = page.split("<script type=\"application/ld+json\">").nth(1).unwrap().split("</script>").next().unwrap();
    let level: Value = serde_json::from_str(text).unwrap();
    assert_eq!(level["@type"], "EducationalOccupationalCredential");
    assert_eq!(level["url"], format!("{BASE_URL}/achievements/{MASTER}"));
    assert_eq!(level["recognizedBy"]["name"], "Acme & Sons");
    assert!(!text.contains('<'), "{text}");
}

/// Every element that holds text, in its order.
fn elements(xml: &str) -> Vec<(String, String)> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut found, mut open) = (Vec::new(), Vec::<(String, String)>::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => open.push((start.name().as_ref().to_owned(), String::new())),
            Event::Text(text) => {
                if let Some((_, words)) = open.last_mut() {
                    words.push_str(&text);
                }
            }
            Event::GeneralRef(entity) => {
                let letter = match entity.resolve_char_ref().unwrap() {
                    Some(letter) => letter,
                    None => match &*entity {
                        "amp" => '&',
                        "lt" => '<',
                        "gt" => '>',
                        "quot" => '"',
                        "apos" => '\'',
                        other => panic!("the entity {other}"),
                    },
                };
                if let Some((_, words)) = open.last_mut() {
                    words.push(letter);
                }
            }
            Event::End(_) => found.extend(open.pop()),
            Event::Eof => return found,
            _ => {}
        }
    }
}
