//! What the public pages say of a level: what must be done, by what kind of panel it is assessed, and what comes of a renewal.

use crate::cast::Site;
use laurel::{
    actions::import_program::import_program,
    domain::{actor::Actor, program_file},
};
use std::collections::HashMap;

const EXAMPLE: &str = include_str!("../../docs/examples/craft.toml");

async fn publish(site: &Site, text: &str) {
    let example =
        text.replace("id = \"craft\"", "id = \"worked\"").replace("craft.practitioner", "worked.practitioner");
    let program = program_file::read(&example, false).unwrap();
    import_program(&site.app, &Actor::Operator, program, HashMap::new()).await.unwrap();
}

#[tokio::test]
async fn the_worked_example_imports_and_its_pages_say_everything_it_asks_for() {
    let site = Site::open().await;
    publish(&site, EXAMPLE).await;
    let level = site.page("/achievements/worked.professional").await;
    let program = site.page("/programs/worked").await;
    for said in [
        "<a href=\"/achievements/worked.practitioner\">Is a Practitioner</a>",
        "The course “Designing for change”",
        "coursework, confirmed by a mentor",
        "a badge from did:web:guild.example, counts when it verifies",
        "Beyond the code: any 1 of these",
        "At least two hours, to people from outside the own team.",
        "3 assessors look at the work, from outside the learner’s own team and reporting line.",
        "They come from at least 2 job functions.",
        "An owner of the program who was not on the panel confirms before the badge is given.",
        "The learner can appeal within 30 days; a new panel then looks at the work.",
        "No panel looks at it again.",
        "Still answers for a service",
        "It can still be renewed after its end, for 30 days.",
        "30 November 2027",
    ] {
        assert!(level.contains(said), "the level's page lacks {said}\n{level}");
        assert!(program.contains(said), "the program's page lacks {said}\n{program}");
    }
    assert!(!level.contains("overdue"), "{level}");
    let below = site.page("/achievements/worked.practitioner").await;
    assert!(below.contains("Next level") && below.contains("href=\"/achievements/worked.professional\""), "{below}");
    assert!(below.contains("A renewal asks for the same as the first time."), "{below}");
    site.at("2027-12-01T12:00:00Z");
    assert!(site.page("/achievements/worked.professional").await.contains("overdue"));
}

#[tokio::test]
async fn a_version_in_which_only_the_panel_or_the_path_changed_says_so_line_by_line() {
    let site = Site::open().await;
    publish(&site, EXAMPLE).await;
    let stricter = EXAMPLE
        .replace("panel = 3", "panel = 5")
        .replace("kind = \"coursework\"", "kind = \"project\"")
        .replace("2027-11-30", "2028-11-30");
    publish(&site, &stricter).await;
    let list = site.page("/achievements/worked.professional/versions").await;
    assert!(list.contains("Changed: What must be done, Assessment, Review date"), "{list}");
    let second = site.page("/achievements/worked.professional/versions/2").await;
    let (before, after) = ("(coursework, confirmed by a mentor) #course", "(project, confirmed by a mentor) #course");
    assert!(second.contains(before) && second.contains(after), "{second}");
    assert!(second.contains("5 assessors look at the work") && second.contains("3 assessors look at the work"));
    assert!(second.contains("2027-11-30") && second.contains("2028-11-30"), "{second}");
    // The same panel, now said in so many words.
    publish(&site, &stricter.replace("panel = 5", "panel = 5\ndays = 14")).await;
    let third = site.get("/achievements/worked.professional/versions/3").await;
    assert_eq!(third.status(), reqwest::StatusCode::NOT_FOUND, "what is as usual is the same whether said or not");
}
