//! What a chat is told.

use super::{OPERATOR, World};
use crate::cast::{ADA, CHIARA, PRACTITIONER};
use laurel::{
    actions::{
        ActionError,
        revoke::revoke,
        webhooks::{self, NewEndpoint},
    },
    domain::webhook::Endpoint,
};

async fn chat(world: &World, kind: &str) -> Endpoint {
    let url = world.receiver.url.clone();
    let new = NewEndpoint { name: "#celebrations".into(), url, kind: kind.into(), ..NewEndpoint::default() };
    webhooks::add(&world.site.app, &OPERATOR, &new).await.unwrap().endpoint
}

#[tokio::test]
async fn a_channel_celebrates_public_badges_and_hears_of_nothing_else() {
    let world = World::open().await;
    let slack = chat(&world, "slack").await;
    assert!(slack.secret.is_none() && slack.shown_as.ends_with("/…"), "{slack:?}");
    let award = world.site.award(ADA, PRACTITIONER, "public").await;
    world.site.award(CHIARA, PRACTITIONER, "link").await;
    revoke(&world.site.app, &OPERATOR, &award.id, "No.").await.unwrap();
    world.deliver().await;
    let [taken] = world.receiver.taken().try_into().unwrap();
    assert_eq!(taken.json()["text"], "Ada Obi has earned Practitioner in Software Craft.");
    assert!(taken.body.contains(&award.certification_url), "{}", taken.body);
    assert_eq!(taken.header("webhook-signature"), "", "no chat knows what to do with it");
}

#[tokio::test]
async fn a_card_for_teams_holds_picture_words_and_a_way_to_the_badge() {
    let world = World::open().await;
    chat(&world, "teams").await;
    let award = world.site.award(CHIARA, PRACTITIONER, "public").await;
    world.deliver().await;
    let said = world.receiver.taken()[0].json();
    assert_eq!(said["attachments"][0]["contentType"], "application/vnd.microsoft.card.adaptive");
    let card = &said["attachments"][0]["content"];
    assert_eq!(card["type"], "AdaptiveCard");
    let columns = &card["body"][0]["columns"];
    assert!(columns[0]["items"][0]["url"].as_str().unwrap().contains("/images/"), "{card}");
    let words = columns[1]["items"][0]["inlines"][0]["text"].as_str().unwrap();
    assert_eq!(words, "Someone at Acme & Sons has earned Practitioner in Software Craft.");
    assert_eq!(card["actions"][0]["url"], award.certification_url.as_str());
}

#[tokio::test]
async fn a_chat_is_given_nothing_that_is_not_for_everyone() {
    let world = World::open().await;
    let new = NewEndpoint {
        name: "#celebrations".into(),
        url: world.receiver.url.clone(),
        kind: "slack".into(),
        topics: vec!["award.revoked".into()],
        awards: "all".into(),
    };
    let refused = webhooks::add(&world.site.app, &OPERATOR, &new).await;
    let Err(ActionError::Invalid(faults)) = refused else { panic!("{refused:?}") };
    assert_eq!(faults.iter().map(|fault| fault.field.as_str()).collect::<Vec<_>>(), ["awards", "topics"]);
    let slack = chat(&world, "slack").await;
    let refused = webhooks::rotate(&world.site.app, &OPERATOR, &slack.id).await;
    assert!(matches!(refused, Err(ActionError::Conflict { .. })), "a chat has no secret");
    webhooks::try_out(&world.site.app, &OPERATOR, &slack.id).await.unwrap();
    world.deliver().await;
    assert!(world.receiver.taken()[0].json()["text"].as_str().unwrap().starts_with("A trial from Acme &amp; Sons"));
}
