//! Drafts of a program: kept right or wrong, compared with what is published, and published by an owner where nobody else decides.

use crate::cast::Site;
use laurel::{
    actions::{
        ActionError, Conflict,
        committee::members,
        drafts::{self, LARGEST},
        import_program::import_program,
    },
    domain::{
        actor::{Actor, Grant, Member, Role},
        committee::Committee,
        program_file,
    },
    store::people,
};
use std::collections::HashMap;

const FILE: &str = "id = \"ops\"\nname = \"Operations\"\ndescription = \"Runs.\"\n[[levels]]\nid = \"lead\"\nname = \"Lead\"\ndescription = \"Leads.\"\ncriteria = \"- led one incident\"\n";

async fn company() -> (Site, Actor) {
    let site = Site::open().await;
    let program = program_file::read(FILE, false).unwrap();
    import_program(&site.app, &Actor::Operator, program, HashMap::new()).await.unwrap();
    let mut conn = site.app.db.write().await.unwrap();
    let said = people::Said { email: "oda@acme.example", name: "Oda", team: None, name_public: None };
    people::upsert(&mut conn, "oda", &said, site.app.clock.now()).await.unwrap();
    conn.commit().await.unwrap();
    (site, owner("ops"))
}

fn owner(program: &str) -> Actor {
    let grants = vec![Grant { role: Role::Owner, program: Some(program.into()) }];
    Actor::Person(Member { id: "oda".into(), name: "Oda".into(), grants, manages: false })
}

#[tokio::test]
async fn a_draft_shows_its_faults_by_field_and_then_what_it_would_change() {
    let (site, oda) = company().await;
    let draft = drafts::begin(&site.app, &oda, "ops", "id = \"ops\"\r\nname = ").await.unwrap();
    let seen = drafts::review(&site.app, &oda, &draft.id).await.unwrap();
    assert_eq!(seen.faults[0].field, "file");
    drafts::save(&site.app, &oda, &draft.id, &FILE.replace("\"Leads.\"", "\"\"")).await.unwrap();
    let seen = drafts::review(&site.app, &oda, &draft.id).await.unwrap();
    assert_eq!(seen.faults[0].field, "line 7: levels[0].description");
    drafts::save(&site.app, &oda, &draft.id, &FILE.replace("\"lead\"", "\"chief\"")).await.unwrap();
    let seen = drafts::review(&site.app, &oda, &draft.id).await.unwrap();
    assert_eq!(seen.faults[0].field, "line 4: levels", "a published level is left out");
    let more = format!(
        "{}[[levels]]\nid = \"chief\"\nname = \"Chief\"\ndescription = \"C.\"\ncriteria = \"c\"\n",
        FILE.replace("one incident", "two incidents")
    );
    drafts::save(&site.app, &oda, &draft.id, &more).await.unwrap();
    let seen = drafts::review(&site.app, &oda, &draft.id).await.unwrap();
    assert_eq!((seen.faults.len(), seen.governed), (0, false));
    let before = seen.levels[0].before.clone().unwrap();
    assert_eq!(
        (before.criteria.as_str(), seen.levels[0].after.criteria.as_str()),
        ("- led one incident", "- led two incidents")
    );
    assert_eq!((seen.levels[1].name.as_str(), &seen.levels[1].before), ("Chief", &None));
    assert!(site.page("/achievements/ops.lead").await.contains("led one incident"), "nothing is published yet");

    let done = drafts::publish(&site.app, &oda, &draft.id).await.unwrap();
    assert_eq!(done.changed, 2);
    assert!(site.page("/achievements/ops.lead").await.contains("led two incidents"));
    let gone = drafts::review(&site.app, &oda, &draft.id).await.unwrap_err();
    assert!(matches!(gone, ActionError::NotFound { .. }), "{gone:?}");
}

#[tokio::test]
async fn the_same_file_as_is_published_changes_nothing() {
    let (site, oda) = company().await;
    let file = site.get("/programs/ops.toml").await.text().await.unwrap();
    let draft = drafts::begin(&site.app, &oda, "ops", &file).await.unwrap();
    let seen = drafts::review(&site.app, &oda, &draft.id).await.unwrap();
    assert_eq!(seen.levels[0].before.as_ref(), Some(&seen.levels[0].after));
}

#[tokio::test]
async fn a_draft_is_there_for_the_owners_of_its_program_only() {
    let (site, oda) = company().await;
    let draft = drafts::begin(&site.app, &oda, "ops", FILE).await.unwrap();
    let missing =
        |done: Result<(), ActionError>| assert!(matches!(done, Err(ActionError::NotFound { .. })), "{done:?}");
    let other = owner("craft");
    missing(drafts::review(&site.app, &other, &draft.id).await.map(drop));
    missing(drafts::save(&site.app, &other, &draft.id, FILE).await);
    missing(drafts::remove(&site.app, &other, &draft.id).await);
    missing(drafts::publish(&site.app, &other, &draft.id).await.map(drop));
    missing(drafts::begin(&site.app, &other, "ops", FILE).await.map(drop));
    let large = drafts::save(&site.app, &oda, &draft.id, &"#".repeat(LARGEST + 1)).await.unwrap_err();
    assert!(large.to_string().starts_with("file:"), "{large}");
    let elsewhere = drafts::begin(&site.app, &oda, "ops", &FILE.replace("\"ops\"", "\"craft\"")).await.unwrap();
    assert_eq!(drafts::review(&site.app, &oda, &elsewhere.id).await.unwrap().faults[0].field, "line 1: id");
    drafts::remove(&site.app, &oda, &draft.id).await.unwrap();
}

#[tokio::test]
async fn where_a_committee_decides_an_owner_publishes_nothing() {
    let (site, oda) = company().await;
    let draft = drafts::begin(&site.app, &oda, "ops", &FILE.replace("one incident", "two incidents")).await.unwrap();
    let committee = Committee { program_id: "ops".into(), quorum: 1, days: 14 };
    members::set_up(&site.app, &Actor::Operator, &committee).await.unwrap();
    assert!(drafts::review(&site.app, &oda, &draft.id).await.unwrap().governed);
    let refused = drafts::publish(&site.app, &oda, &draft.id).await.unwrap_err();
    assert!(matches!(refused, ActionError::Conflict { why: Conflict::CommitteeDecides, .. }), "{refused:?}");
    assert!(site.page("/achievements/ops.lead").await.contains("led one incident"));
}
