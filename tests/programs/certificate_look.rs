//! How a program's certificates look: its owners choose, look at one first, and every certificate follows.

use crate::cast::{ADA, Browser, DEV, PROFESSIONAL, Site};
use laurel::{
    domain::{
        actor::Role,
        art::{Colour, Design, badge_svg},
    },
    outside::picture,
    store::events,
};
use reqwest::{Response, StatusCode};

const PATH: &str = "/run/craft/certificate";
const CHOSEN: [(&str, &str); 6] = [
    ("accent", "#2b5c8a"),
    ("paper", "letter"),
    ("words_en", "earned by"),
    ("words_de", "geht an"),
    ("signatory", "Chiara Rossi"),
    ("signatory_title", "Head of Craft"),
];

async fn company() -> Site {
    let site = Site::open().await;
    site.grant(DEV, Role::Owner, Some("craft")).await;
    site
}

/// A PNG, as wide as it is tall.
fn signature() -> Vec<u8> {
    let design = Design { accent: Colour::parse("#123456"), level: 1, levels: 1 };
    picture::rasterize(&badge_svg(&design), 128).unwrap()
}

async fn sent(dev: &Browser<'_>, path: &str, fields: &[(&str, &str)], picture: &[u8]) -> Response {
    let head =
        "content-disposition: form-data; name=\"signature\"; filename=\"s.png\"\r\ncontent-type: image/png\r\n\r\n";
    dev.send_parts(path, fields, (head, picture)).await
}

async fn pdf(site: &Site, award: &str) -> String {
    let response = site.get(&format!("/badges/{award}.pdf")).await;
    assert_eq!(response.status(), StatusCode::OK);
    String::from_utf8_lossy(&response.bytes().await.unwrap()).into_owned()
}

#[tokio::test]
async fn an_owner_looks_at_a_certificate_first_and_keeps_what_counts_from_then_on() {
    let site = company().await;
    let award = site.award(ADA, PROFESSIONAL, "public").await;
    let (usual, dev) = (pdf(&site, &award.id).await, site.signed_in(DEV).await);
    assert!(usual.contains("841.89 595.28"));
    assert!(dev.page("/run/craft").await.contains(PATH));

    let preview = sent(&dev, &format!("{PATH}/preview"), &CHOSEN, &signature()).await;
    assert_eq!(
        (preview.status(), preview.headers()["content-type"].to_str().unwrap()),
        (StatusCode::OK, "application/pdf")
    );
    assert!(String::from_utf8_lossy(&preview.bytes().await.unwrap()).contains("792 612"));
    assert_eq!(pdf(&site, &award.id).await, usual, "nothing was kept");

    assert_eq!(sent(&dev, PATH, &CHOSEN, &signature()).await.status(), StatusCode::SEE_OTHER);
    let page = dev.page(PATH).await;
    for (_, value) in CHOSEN {
        assert!(page.contains(value), "{value}");
    }
    let changed = pdf(&site, &award.id).await;
    assert!(changed.contains("792 612") && changed.len() > usual.len());

    // Without a file the picture stays, until it is to go.
    dev.send(PATH, &CHOSEN).await;
    assert_eq!(pdf(&site, &award.id).await, changed);
    let unsigned: Vec<(&str, &str)> = CHOSEN.into_iter().chain([("unsigned", "yes")]).collect();
    dev.send(PATH, &unsigned).await;
    assert!(pdf(&site, &award.id).await.len() < changed.len());

    let mut conn = site.app.db.read().await.unwrap();
    let done = events::of_subject(&mut conn, "craft").await.unwrap();
    let changes: Vec<_> = done.iter().filter(|event| event.verb == "program.certificate").collect();
    assert_eq!((changes.len(), &changes[0].detail["look"]["accent"]), (3, &"#2b5c8a".into()));
    assert!(changes[0].detail["signature"].is_string() && changes[2].detail["signature"].is_null());
}

#[tokio::test]
async fn what_could_not_be_read_or_is_no_picture_is_refused_with_all_faults_and_keeps_what_was_typed() {
    let site = company().await;
    let dev = site.signed_in(DEV).await;
    let wrong = [("accent", "#ffee99"), ("paper", "a3"), ("signatory_title", "Nobody in particular")];
    for path in [PATH.to_owned(), format!("{PATH}/preview")] {
        let answer = sent(&dev, &path, &wrong, b"<svg onload='alert(1)'/>").await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let page = answer.text().await.unwrap();
        for said in
            ["contrast", "neither a4 nor letter", "a title alone", "the PNG can", "#ffee99", "Nobody in particular"]
        {
            assert!(page.contains(said), "{said}");
        }
    }
    let mut conn = site.app.db.read().await.unwrap();
    let done = events::of_subject(&mut conn, "craft").await.unwrap();
    assert!(!done.iter().any(|event| event.verb == "program.certificate"));
}
