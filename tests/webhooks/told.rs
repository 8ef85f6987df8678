//! What is told of, and what is said of people.

use super::{OPERATOR, World, everything};
use crate::cast::{ADA, CHIARA, PRACTITIONER, PROFESSIONAL};
use jiff::SignedDuration;
use laurel::{
    actions::{
        erase::{Asked, erase},
        import_program::import_program,
        own_badges,
        renew::{RenewRequest, renew},
        revoke::revoke,
        suspend::{resume, suspend},
        webhooks::Added,
    },
    domain::{
        actor::{Actor, Member},
        erasing::{Cause, TakenAlong},
        program_file,
    },
};
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};

async fn holder(world: &World, who: crate::cast::Cast) -> Actor {
    let id = world.site.person(who).await;
    Actor::Person(Member { id, name: who.name.into(), grants: Vec::new(), manages: false })
}

#[tokio::test]
async fn people_are_named_only_where_everyone_sees_the_badge_and_they_agreed() {
    let world = World::open().await;
    world.add(&["award.issued"], "").await;
    for (who, visibility) in [(ADA, "public"), (CHIARA, "public")] {
        world.site.award(who, PRACTITIONER, visibility).await;
    }
    for visibility in ["link", "private"] {
        let level = if visibility == "link" { PROFESSIONAL } else { crate::cast::MASTER };
        world.site.award(ADA, level, visibility).await;
    }
    world.deliver().await;
    // Two messages that are due at once come in either order.
    let mut holders: Vec<String> =
        world.receiver.taken().iter().map(|one| one.json()["data"]["holder"].to_string()).collect();
    holders.sort_unstable();
    assert_eq!(holders, [r#"{"name":"Ada Obi"}"#, "{}"], "the rest is not for it");
    for taken in world.receiver.taken() {
        assert!(!taken.body.contains("@acme.example") && !taken.body.contains("Chiara"), "{}", taken.body);
    }
}

#[tokio::test]
async fn a_system_of_the_companys_own_is_told_of_all_badges_by_the_holders_id() {
    let world = World::open().await;
    world.add(&["award.issued"], "all").await;
    let award = world.site.award(ADA, PRACTITIONER, "private").await;
    world.deliver().await;
    let [taken] = world.receiver.taken().try_into().unwrap();
    let data = &taken.json()["data"];
    let ada = world.site.person(ADA).await;
    assert_eq!(data["holder"], serde_json::json!({"id": ada}), "not her name, since the badge is private");
    assert_eq!((&data["visibility"], &data["badge_url"]), (&"private".into(), &award.badge_url.as_str().into()));
    assert!(!taken.body.contains("@acme.example"), "{}", taken.body);
}

#[tokio::test]
async fn a_badge_that_is_no_longer_for_everyone_is_told_of_once_so_that_it_can_be_taken_down() {
    let world = World::open().await;
    world.add(&["award.shown", "award.revoked"], "").await;
    let award = world.site.award(ADA, PRACTITIONER, "public").await;
    let ada = holder(&world, ADA).await;
    own_badges::show_to(&world.site.app, &ada, &award.id, "private").await.unwrap();
    own_badges::show_to(&world.site.app, &ada, &award.id, "link").await.unwrap();
    revoke(&world.site.app, &OPERATOR, &award.id, "A secret reason.").await.unwrap();
    world.deliver().await;
    let [taken] = world.receiver.taken().try_into().unwrap();
    let said = taken.json();
    assert_eq!((&said["type"], &said["data"]["visibility"]), (&"award.shown".into(), &"private".into()));
    assert_eq!(said["data"]["holder"], serde_json::json!({}));
    assert_eq!(said["data"].get("badge_url"), None, "its address opens it, and is not for others any more");
}

#[tokio::test]
async fn an_award_is_told_of_when_it_is_renewed_when_it_ends_and_when_it_is_revoked() {
    let world = World::open().await;
    let Added { endpoint, .. } = world.add(&everything(), "").await;
    world.deliver().await;
    let first = world.site.award(ADA, PROFESSIONAL, "public").await;
    world.site.award(ADA, PRACTITIONER, "public").await;
    world.deliver().await;
    // In the window of the one; the other ends, and is told of once.
    world.site.at("2028-11-01T00:00:00Z");
    let second = renew(&world.site.app, &OPERATOR, &first.id, &RenewRequest::default()).await.unwrap();
    world.site.at("2028-11-25T00:00:00Z");
    for _ in 0..3 {
        world.deliver().await;
    }
    revoke(&world.site.app, &OPERATOR, &second.id, "Not earned.").await.unwrap();
    world.deliver().await;
    let events = world.receiver.events();
    assert_eq!(events.iter().filter(|event| *event == "award.expired").count(), 1, "{events:?}");
    let data = |event: &str| {
        let taken = world.receiver.taken();
        taken.iter().map(|one| one.json()).find(|said| said["type"] == event).unwrap()["data"].clone()
    };
    assert_eq!(data("award.renewed")["renews"], first.id.as_str());
    assert_eq!(data("award.expired")["level"]["id"], PRACTITIONER);
    let revoked = data("award.revoked");
    assert_eq!((&revoked["id"], &revoked["revoked_at"]), (&second.id.as_str().into(), &"2028-11-25T00:00:00Z".into()));
    assert!(!revoked.to_string().contains("Not earned"), "{revoked}");
    assert_eq!(world.receiver.taken().len(), 5, "{events:?}");
    assert_eq!(world.told(&endpoint.id).await.len(), 3, "what is older than thirty days is not kept");
}

#[tokio::test]
async fn a_suspension_is_told_of_and_so_is_its_end_without_the_reason() {
    let world = World::open().await;
    world.add(&["award.suspended", "award.resumed"], "").await;
    let award = world.site.award(ADA, PRACTITIONER, "public").await;
    suspend(&world.site.app, &OPERATOR, &award.id, "A secret reason.").await.unwrap();
    world.deliver().await;
    world.site.at("2027-02-01T00:00:00Z");
    resume(&world.site.app, &OPERATOR, &award.id).await.unwrap();
    world.deliver().await;
    let mut told: Vec<Value> = world.receiver.taken().iter().map(|one| one.json()).collect();
    told.sort_by_key(|said| said["type"].to_string());
    let [resumed, suspended] = told.try_into().unwrap();
    assert_eq!((&suspended["type"], &suspended["data"]["id"]), (&"award.suspended".into(), &award.id.as_str().into()));
    assert!(suspended["data"]["suspended_at"].is_string() && suspended["data"]["resumed_at"].is_null());
    assert_eq!((&resumed["type"], &resumed["data"]["id"]), (&"award.resumed".into(), &award.id.as_str().into()));
    assert!(resumed["data"]["suspended_at"].is_null());
    assert_eq!(resumed["data"]["resumed_at"], "2027-02-01T00:00:00Z");
    assert!(!format!("{suspended}{resumed}").contains("secret"));
}

#[tokio::test]
async fn the_end_of_a_badge_that_was_suspended_is_told_of_once_when_that_is_lifted() {
    let world = World::open().await;
    world.add(&["award.expired"], "").await;
    world.deliver().await;
    let (seen, unseen) =
        (world.site.award(ADA, PRACTITIONER, "public").await, world.site.award(ADA, PROFESSIONAL, "public").await);
    world.deliver().await;
    for award in [&seen, &unseen] {
        suspend(&world.site.app, &OPERATOR, &award.id, "Looked at again.").await.unwrap();
    }
    // Of the one the end has been passed over, of the other not yet.
    let end = seen.valid_until.max(unseen.valid_until).unwrap() + SignedDuration::from_hours(1);
    world.site.app.clock.set(end);
    resume(&world.site.app, &OPERATOR, &unseen.id).await.unwrap();
    for _ in 0..3 {
        world.deliver().await;
    }
    resume(&world.site.app, &OPERATOR, &seen.id).await.unwrap();
    for _ in 0..3 {
        world.deliver().await;
    }
    let told = world.receiver.taken();
    let mut told: Vec<String> = told.iter().map(|one| one.json()["data"]["id"].as_str().unwrap().to_owned()).collect();
    let mut both = vec![seen.id, unseen.id];
    told.sort();
    both.sort();
    assert_eq!(told, both);
}

#[tokio::test]
async fn a_program_is_told_of_when_a_level_of_it_changes_and_not_otherwise() {
    let world = World::open().await;
    world.add(&["program.published"], "").await;
    let file = |criteria: &str| {
        format!(
            "id = \"data\"\nname = \"Data\"\ndescription = \"D.\"\n[[levels]]\nid = \"one\"\nname = \"One\"\ndescription = \"D.\"\ncriteria = \"{criteria}\"\n"
        )
    };
    for criteria in ["* counts", "* counts", "* counts well"] {
        let program = program_file::read(&file(criteria), false).unwrap();
        import_program(&world.site.app, &OPERATOR, program, HashMap::new()).await.unwrap();
    }
    world.deliver().await;
    let said: Vec<Value> = world.receiver.taken().iter().map(|one| one.json()).collect();
    assert_eq!(said.len(), 2, "{said:?}");
    // Of the same second, they may come in either order.
    let versions: BTreeSet<i64> =
        said.iter().map(|one| one["data"]["levels"][0]["version"].as_i64().unwrap()).collect();
    assert_eq!(versions, BTreeSet::from([1, 2]));
}

#[tokio::test]
async fn whoever_is_erased_here_is_to_be_erased_there_and_nothing_of_them_is_kept_to_be_sent() {
    let world = World::open().await;
    let Added { endpoint, .. } = world.add(&everything(), "").await;
    let award = world.site.award(ADA, PRACTITIONER, "public").await;
    world.site.award(ADA, PROFESSIONAL, "link").await;
    let asked = Asked { taken_along: TakenAlong::Leave, cause: Cause::Wish };
    erase(&world.site.app, &OPERATOR, ADA.email, asked).await.unwrap();
    world.deliver().await;
    let [taken] = world.receiver.taken().try_into().unwrap();
    let said = taken.json();
    assert_eq!((&said["type"], &said["data"]), (&"award.erased".into(), &serde_json::json!({"id": award.id})));
    assert_eq!(world.told(&endpoint.id).await.len(), 1);
}
