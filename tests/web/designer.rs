//! `/run/{program}/designer`: a badge is put together, shown, taken along, and becomes the picture of a level once it is published.

use super::header;
use crate::cast::{ADA, PRACTITIONER, Site};
use laurel::{
    domain::{
        actor::Role,
        art::Colour,
        designer::{Choice, MOST_MARKS, Marks, Ribbon, Shape, signs},
    },
    outside::picture,
    store::levels,
};
use reqwest::StatusCode;

const DESIGNER: &str = "/run/craft/designer";
const CHOSEN: [(&str, &str); 7] = [
    ("shape", "shield"),
    ("colour", "#12355b"),
    ("second", "#d9ae4f"),
    ("ribbon", "banner"),
    ("sign", "rocket"),
    ("marks", "chevrons"),
    ("count", "3"),
];

#[tokio::test]
async fn a_badge_is_designed_and_becomes_a_levels_picture_once_it_is_published() {
    let site = Site::open().await;
    site.grant(ADA, Role::Owner, Some("craft")).await;
    let ada = site.signed_in(ADA).await;
    let page = ada.page(DESIGNER).await;
    assert_eq!(page.matches("name=\"sign\"").count(), signs().len());
    assert!(page.contains("<legend>Shape</legend>") && page.contains(">Rocket</span>"), "{page}");
    // Shown where no script runs, and at the address that the script asks.
    let shown = ada.send(DESIGNER, &CHOSEN).await;
    assert_eq!(shown.status(), StatusCode::OK);
    let shown = shown.text().await.unwrap();
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(CHOSEN).finish();
    assert!(shown.contains(&format!("{DESIGNER}/picture?{}", query.replace('&', "&#38;"))), "{shown}");
    assert!(shown.contains("value=\"rocket\" checked"), "{shown}");
    let drawn = ada.get(&format!("{DESIGNER}/picture?{query}")).await;
    assert_eq!(header(&drawn, "content-type"), "image/svg+xml");
    let drawn = drawn.text().await.unwrap();
    assert!(drawn.contains("#d9ae4f") && drawn.matches("stroke-width=\"8.7\"").count() == 3, "{drawn}");

    let image = async || {
        let mut conn = site.app.db.read().await.unwrap();
        levels::get(&mut conn, PRACTITIONER).await.unwrap().unwrap().content.image
    };
    let before = image().await;
    let begun = ada.send(DESIGNER, &[&CHOSEN[..], &[("level", PRACTITIONER), ("draft", "yes")]].concat()).await;
    assert_eq!(begun.status(), StatusCode::SEE_OTHER);
    let draft = header(&begun, "location").to_owned();
    let reviewed = ada.page(&draft).await;
    assert!(reviewed.contains("Picture") && reviewed.contains("&#60;svg"), "{reviewed}");
    assert_eq!(image().await, before, "a draft changes nothing");
    assert_eq!(ada.send(&format!("{draft}/publish"), &[]).await.status(), StatusCode::SEE_OTHER);
    let after = image().await;
    assert_ne!(after, before);
    assert_eq!(after, picture::identity(drawn.as_bytes()).unwrap());
    assert_eq!(site.get(&format!("/images/{after}.png")).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn what_can_t_be_drawn_is_told_with_what_was_typed_and_begins_nothing() {
    let site = Site::open().await;
    site.grant(ADA, Role::Owner, Some("craft")).await;
    let ada = site.signed_in(ADA).await;
    let before = site.written().await;
    for (name, value) in
        [("shape", "star"), ("colour", "green"), ("sign", "<b>"), ("count", "6"), ("count", "-1"), ("level", "none")]
    {
        let mut fields = [&CHOSEN[..], &[("level", PRACTITIONER), ("draft", "yes")]].concat();
        fields.iter_mut().filter(|field| field.0 == name).for_each(|field| field.1 = value);
        let refused = ada.send(DESIGNER, &fields).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        let page = refused.text().await.unwrap();
        assert!(page.contains(&format!("<span class=\"code\">{name}</span>")), "{page}");
        assert!(page.contains("value=\"chevrons\" checked"), "what was chosen is still there");
    }
    assert_eq!(ada.get(&format!("{DESIGNER}/picture?shape=star")).await.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(site.written().await, before);
}

#[tokio::test]
async fn whatever_can_be_chosen_is_taken_as_a_picture_and_drawn() {
    let first = Choice::first(Colour::default());
    let mut choices: Vec<Choice> = signs().into_iter().map(|sign| Choice { sign, ..first }).collect();
    for (shape, ribbon) in Shape::ALL.iter().flat_map(|shape| Ribbon::ALL.iter().map(move |ribbon| (*shape, *ribbon))) {
        choices.extend(Marks::ALL.iter().map(|marks| Choice {
            shape,
            ribbon,
            marks: *marks,
            count: MOST_MARKS,
            ..first
        }));
    }
    let mut known = std::collections::BTreeSet::new();
    for choice in choices {
        let svg = choice.svg();
        assert!(known.insert(picture::identity(svg.as_bytes()).unwrap()), "no two look alike: {choice:?}");
        let png = picture::rasterize(&svg, 64).unwrap();
        assert!(png.len() > 1_000, "{choice:?}");
    }
}
