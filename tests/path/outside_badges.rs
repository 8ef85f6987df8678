//! Badges from elsewhere that walk a route.

use super::*;
use crate::elsewhere::{guild_facts, signed_by_guild};
use laurel::{
    actions::path::{
        confirm::{Walked, unconfirm},
        mine,
        outside::bring,
    },
    credential::document::AchievementFacts,
    store::fulfilments,
};
use serde_json::Value;

/// A badge of the guild: to whom, for what, until when; `seed` is the guild's key.
fn badge(email: Option<&str>, achievement: &str, until: &str, seed: u8) -> Vec<u8> {
    let mut facts = AchievementFacts {
        valid_until: Some(until.parse().unwrap()),
        email: email.map(str::to_owned),
        ..guild_facts(seed, "Cloud", "Runs things elsewhere.")
    };
    facts.achievement.id = achievement.into();
    facts.achievement.criteria_id = Some(achievement.into());
    signed_by_guild(seed, &facts).to_string().into_bytes()
}

const LATER: &str = "2027-06-01T00:00:00Z";

#[tokio::test]
async fn a_badge_of_the_issuer_that_the_route_names_meets_it_and_is_kept_as_it_came() {
    let sandbox = crate::setup::sqlite().await;
    let town = Town::new(sandbox.db.clone()).await;
    let ada = town.be("ada").await;
    let enrolment = town.enrol("ada", SECOND).await;
    let walked = Walked { enrolment: &enrolment.id, requirement: "cloud", route: "guild" };
    let document = badge(Some(&address("ada")), GUILD_BADGE, LATER, 9);
    bring(&town.app, &ada, walked, &document).await.unwrap();
    assert_eq!(code(bring(&town.app, &ada, walked, &document).await), "already_met");
    let (way, _) = mine::one(&town.app, &ada, &enrolment.id).await.unwrap();
    assert_eq!(way.progress.groups[0].done, 1);
    assert_eq!(way.fulfilled[0].badge_id.as_deref(), Some("https://guild.example/badges/1"));
    assert_eq!(way.fulfilled[0].confirmed_by, "verification");
    let mut conn = town.app.db.read().await.unwrap();
    let kept = fulfilments::badge(&mut conn, &enrolment.id, "cloud").await.unwrap().unwrap();
    assert_eq!(kept.as_bytes(), document);
    drop(conn);
    unconfirm(&town.app, &ada, &enrolment.id, "cloud").await.unwrap();
    assert_eq!(town.told(&enrolment.id).await, ["enrolment.begun", "requirement.met", "requirement.unmet"]);
}

#[tokio::test]
async fn a_badge_of_another_or_for_another_or_that_does_not_verify_meets_nothing() {
    let sandbox = crate::setup::sqlite().await;
    let town = Town::new(sandbox.db.clone()).await;
    let ada = town.be("ada").await;
    let enrolment = town.enrol("ada", SECOND).await;
    let walked = Walked { enrolment: &enrolment.id, requirement: "cloud", route: "guild" };
    let before = town.happened().await;
    let own = address("ada");
    let mut altered: Value = serde_json::from_slice(&badge(Some(&address("lin")), GUILD_BADGE, LATER, 9)).unwrap();
    altered["credentialSubject"]["identifier"] = serde_json::from_slice::<Value>(&badge(
        Some(&own),
        GUILD_BADGE,
        LATER,
        9,
    ))
    .unwrap()["credentialSubject"]["identifier"]
        .clone();
    for (what, document, says) in [
        ("someone else's", badge(Some(&address("lin")), GUILD_BADGE, LATER, 9), "not issued to"),
        ("nobody's", badge(None, GUILD_BADGE, LATER, 9), "names no e-mail"),
        ("another achievement", badge(Some(&own), "https://guild.example/achievements/x", LATER, 9), "not the badge"),
        ("an issuer who is not trusted", badge(Some(&own), GUILD_BADGE, LATER, 8), "does not know who"),
        ("expired", badge(Some(&own), GUILD_BADGE, "2026-06-01T00:00:00Z", 9), "2026"),
        ("altered", altered.to_string().into_bytes(), "does not count"),
        ("no badge", b"{}".to_vec(), "does not count"),
    ] {
        let ActionError::Invalid(faults) = bring(&town.app, &ada, walked, &document).await.unwrap_err() else {
            panic!("{what}")
        };
        assert_eq!(faults[0].field, "badge", "{what}");
        assert!(faults[0].message.contains(says), "{what}: {}", faults[0].message);
    }
    let good = badge(Some(&own), GUILD_BADGE, LATER, 9);
    for name in ["lin", "oda", "eve"] {
        assert_eq!(code(bring(&town.app, &town.be(name).await, walked, &good).await), "no enrolment", "{name}");
    }
    let course = Walked { requirement: "design", route: "course", ..walked };
    assert_eq!(code(bring(&town.app, &ada, course, &good).await), "needs_word");
    assert_eq!(town.happened().await, before);
}

#[tokio::test]
async fn an_issuer_that_the_route_names_counts_no_more_once_the_service_trusts_it_no_longer() {
    let sandbox = crate::setup::sqlite().await;
    let mut town = Town::new(sandbox.db.clone()).await;
    town.app.config.trusted_issuers.clear();
    let enrolment = town.enrol("ada", SECOND).await;
    let walked = Walked { enrolment: &enrolment.id, requirement: "cloud", route: "guild" };
    let document = badge(Some(&address("ada")), GUILD_BADGE, LATER, 9);
    assert_eq!(code(bring(&town.app, &town.be("ada").await, walked, &document).await), "badge");
}
