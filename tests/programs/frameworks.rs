//! Skills of a framework that was read from CASE: named in a program file, shown on the page, signed in the badge.

use crate::cast::{ADA, Site};
use laurel::{
    actions::{ActionError, frameworks, import_program::import_program},
    domain::{actor::Actor, program_file},
};
use serde_json::{Value, json};
use std::collections::HashMap;

fn package(name: &str) -> String {
    json!({
        "CFDocument": {"uri": "https://skills.example/d", "title": "Skills of our trade", "creator": "The guild"},
        "CFItems": [
            {"identifier": "i1", "uri": "https://skills.example/i1", "fullStatement": name, "humanCodingScheme": "PROG"},
            {"identifier": "i2", "uri": "https://skills.example/i2", "fullStatement": "Testing", "humanCodingScheme": "T"},
            {"identifier": "i3", "uri": "https://skills.example/i3", "fullStatement": "Teaching", "humanCodingScheme": "T"},
        ],
    })
    .to_string()
}

fn program(items: &[&str]) -> String {
    let level = "id = \"ops\"\nname = \"Operations\"\ndescription = \"Runs.\"\n[[levels]]\nid = \"lead\"\nname = \"Lead\"\ndescription = \"Leads.\"\ncriteria = \"- led\"\n";
    let skills: String = items.iter().map(|item| format!("[[levels.alignments]]\nitem = \"{item}\"\n")).collect();
    format!("{level}{skills}")
}

async fn publish(site: &Site, text: &str) -> Result<usize, ActionError> {
    let program = program_file::read(text, false).map_err(ActionError::Invalid)?;
    Ok(import_program(&site.app, &Actor::Operator, program, HashMap::new()).await?.changed)
}

#[tokio::test]
async fn an_item_of_a_framework_is_on_the_levels_page_and_in_its_badges() {
    let site = Site::open().await;
    frameworks::import(&site.app, &Actor::Operator, "trade", &package("Programming")).await.unwrap();
    assert_eq!(publish(&site, &program(&["trade:PROG", "trade:i3"])).await.unwrap(), 1);
    let page = site.page("/achievements/ops.lead").await;
    assert!(page.contains("Skills of our trade") && page.contains("https://skills.example/i1"), "{page}");
    let award = site.award(ADA, "ops.lead", "public").await;
    let badge: Value = site.get(&format!("/badges/{}.json", award.id)).await.json().await.unwrap();
    let skills = &badge["credentialSubject"]["achievement"]["alignment"];
    assert_eq!(
        skills[0],
        json!({"type": ["Alignment"], "targetName": "Programming", "targetUrl": "https://skills.example/i1",
            "targetFramework": "Skills of our trade", "targetCode": "PROG"})
    );
    assert_eq!(skills[1]["targetName"], "Teaching");

    // What was published stays as it was; the next import takes up what the framework says now.
    frameworks::import(&site.app, &Actor::Operator, "trade", &package("Programming well")).await.unwrap();
    assert!(!site.page("/achievements/ops.lead").await.contains("Programming well"));
    assert_eq!(publish(&site, &program(&["trade:PROG", "trade:i3"])).await.unwrap(), 1);
    assert!(site.page("/achievements/ops.lead").await.contains("Programming well"));
    let listed = frameworks::list(&site.app, &Actor::Operator).await.unwrap();
    assert_eq!((listed[0].id.as_str(), listed[0].items), ("trade", 3));
}

#[tokio::test]
async fn what_is_no_item_or_more_than_one_is_refused_by_its_place() {
    let site = Site::open().await;
    frameworks::import(&site.app, &Actor::Operator, "trade", &package("Programming")).await.unwrap();
    let before = site.written().await;
    let refused = publish(&site, &program(&["trade:PROG", "trade:T", "other:PROG", "trade:none"])).await.unwrap_err();
    let ActionError::Invalid(faults) = refused else { panic!("{refused:?}") };
    let fields: Vec<&str> = faults.iter().map(|fault| fault.field.as_str()).collect();
    assert_eq!(fields, [1, 2, 3].map(|n| format!("levels[0].alignments[{n}].item")));
    assert!(faults[0].message.contains("several"), "{faults:?}");
    let refused = publish(&site, &program(&["PROG"])).await.unwrap_err();
    assert!(refused.to_string().contains("sfia:PROG"), "{refused}");
    let both = program(&["trade:PROG"]).replace("item =", "name = \"X\"\nitem =");
    assert!(publish(&site, &both).await.unwrap_err().to_string().contains("levels[0].alignments[0].item"));
    assert_eq!(site.written().await, before, "nothing is written");
    let nobody = frameworks::import(&site.app, &Actor::Anyone, "trade", &package("X")).await.unwrap_err();
    assert!(matches!(nobody, ActionError::Unauthenticated), "{nobody:?}");
}
