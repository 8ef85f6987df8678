//! Rubrics, from the program's file to the signed badge; the versions of a level; a program written as a file again.

use crate::cast::{ADA, BAO, BASE_URL, Cast, Site};
use laurel::{
    actions::{audit::audit, export_program::export_program, import_program::import_program},
    domain::{actor::Actor, program_file},
};
use reqwest::StatusCode;
use serde_json::{Value, json};
use std::collections::HashMap;

const PROGRAM: &str = r##"
id = "ops"
name = "Operations"
description = "Keeps things running."

[[levels]]
id = "lead"
name = "Lead"
description = "Leads incidents."
criteria = "- led one incident"
[[levels.competencies]]
name = "Stays calm"
kind = "personal"
indicators = ["Speaks slowly when others hurry."]
[levels.rubric]
grades = ["Emerging", "Solid", "Exemplary"]
threshold = 60
[[levels.rubric.criteria]]
id = "calm"
name = "Stays calm"
weight = 2
required = "Solid"
described = ["Hurries.", "Slows down.", "Slows others down."]
[[levels.rubric.criteria]]
id = "review"
name = "Learns from it"
required = "Emerging"
described = ["Has a review.", "Its review changed something.", "Its review changed others."]
"##;

async fn publish(site: &Site, text: &str, summary: Option<&str>) {
    let mut program = program_file::read(text, false).unwrap();
    program.release.summary = summary.map(str::to_owned);
    import_program(&site.app, &Actor::Operator, program, HashMap::new()).await.unwrap();
}

async fn company() -> Site {
    let site = Site::open().await;
    publish(&site, PROGRAM, None).await;
    site
}

fn request(to: Cast, results: &Value) -> Value {
    json!({"level": "ops.lead", "recipient": {"name": to.name, "email": to.email}, "visibility": "public", "results": results})
}

#[tokio::test]
async fn a_badge_carries_its_rubric_and_what_was_reached_of_it() {
    let site = company().await;
    let (status, body) =
        site.post("/api/v1/awards", &request(ADA, &json!({"calm": "Exemplary", "review": "Emerging"}))).await;
    assert_eq!(status, StatusCode::CREATED, "{body}");
    assert_eq!(body["awards"][0]["results"], json!({"calm": "Exemplary", "review": "Emerging"}));
    let id = body["awards"][0]["id"].as_str().unwrap().to_owned();

    let badge: Value = site.get(&format!("/badges/{id}.json")).await.json().await.unwrap();
    let criteria = format!("{BASE_URL}/achievements/ops.lead/versions/1");
    let subject = &badge["credentialSubject"];
    assert_eq!(
        subject["result"],
        json!([
            {"type": ["Result"], "resultDescription": format!("{criteria}#calm"), "achievedLevel": format!("{criteria}#calm.2")},
            {"type": ["Result"], "resultDescription": format!("{criteria}#review"), "achievedLevel": format!("{criteria}#review.0")},
        ])
    );
    let described = &subject["achievement"]["resultDescription"];
    assert_eq!(described[0]["requiredLevel"], format!("{criteria}#calm.1"));
    assert_eq!(described[0]["rubricCriterionLevel"][2]["points"], "4");
    assert_eq!(described[1]["rubricCriterionLevel"][1]["description"], "Its review changed something.");

    let (_, report) = site.post("/api/v1/verify", &badge).await;
    assert_eq!(report["verdict"], "valid", "{report}");
    let mut better = badge.clone();
    better["credentialSubject"]["result"][1]["achievedLevel"] = json!(format!("{criteria}#review.2"));
    let (_, report) = site.post("/api/v1/verify", &better).await;
    assert_eq!(report["verdict"], "invalid", "a better grade than was signed");

    let page = site.page(&format!("/badges/{id}")).await;
    assert!(page.contains("Slows others down.") && page.contains("3 of 3"), "{page}");
    let audited = audit(&site.app, &Actor::Operator, |_| ()).await.unwrap();
    assert_eq!(audited.faults, 0, "{audited:?}");
}

#[tokio::test]
async fn grades_that_do_not_earn_the_level_are_refused_with_the_field_and_nothing_is_written() {
    let site = company().await;
    let before = site.written().await;
    for (results, field) in [
        (json!({"calm": "Emerging", "review": "Exemplary"}), "results.calm"),
        (json!({"calm": "Solid"}), "results.review"),
        (json!({"calm": "Solid", "review": "Emerging"}), "results"),
        (json!({"calm": "Great", "review": "Solid"}), "results.calm"),
        (json!({"calm": "Solid", "review": "Solid", "speed": "Solid"}), "results.speed"),
        (json!({"calm": 3}), "results.calm"),
    ] {
        let (status, problem) = site.post("/api/v1/awards", &request(ADA, &results)).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{results}: {problem}");
        assert_eq!(problem["errors"][0]["field"], field, "{results}: {problem}");
    }
    let none = json!({"level": "craft.master", "recipient": {"name": "A", "email": "a@acme.example"}, "results": {"calm": "Solid"}});
    let (status, problem) = site.post("/api/v1/awards", &none).await;
    assert_eq!(
        (status, &problem["errors"][0]["field"]),
        (StatusCode::UNPROCESSABLE_ENTITY, &json!("results")),
        "{problem}"
    );
    assert_eq!(site.written().await, before);
}

#[tokio::test]
async fn a_csv_may_tell_the_grades() {
    let site = company().await;
    let csv = "name,email,level,results\nAda,ada@acme.example,ops.lead,calm: Solid; review: Exemplary\nBao,bao@acme.example,ops.lead,calm: Emerging; review: Solid\nCy,cy@acme.example,ops.lead,calm Solid\n";
    let sent = site
        .request(reqwest::Method::POST, "/api/v1/awards")
        .bearer_auth(crate::cast::token("all"))
        .header("content-type", "text/csv")
        .body(csv)
        .send()
        .await
        .unwrap();
    let report: Value = sent.json().await.unwrap();
    let told = report.to_string();
    assert!(told.contains("asks for “Solid”") && told.contains("such as testing: Solid"), "{told}");
    assert_eq!(laurel::store::awards::count(&mut site.app.db.read().await.unwrap()).await.unwrap(), 1);
}

#[tokio::test]
async fn a_new_version_leaves_the_old_one_and_its_badges_as_they_were_and_says_what_changed() {
    let site = company().await;
    let results = json!({"calm": "Exemplary", "review": "Solid"});
    let (_, body) = site.post("/api/v1/awards", &request(ADA, &results)).await;
    let old = body["awards"][0]["id"].as_str().unwrap().to_owned();
    let stricter = PROGRAM
        .replace("led one incident", "led two incidents")
        .replace("required = \"Emerging\"", "required = \"Solid\"");
    publish(&site, &stricter, Some("Two incidents instead of one.")).await;
    let (_, body) = site.post("/api/v1/awards", &request(BAO, &results)).await;
    assert_eq!(body["awards"][0]["level_version"], 2);

    let badge: Value = site.get(&format!("/badges/{old}.json")).await.json().await.unwrap();
    assert_eq!(badge["credentialSubject"]["achievement"]["version"], "1");
    assert!(site.page(&format!("/badges/{old}")).await.contains("led one incident"));

    let list = site.page("/achievements/ops.lead/versions").await;
    assert!(list.contains("Two incidents instead of one.") && list.contains("Changed: Criteria, Rubric"), "{list}");
    let second = site.page("/achievements/ops.lead/versions/2").await;
    assert!(second.contains("- led two incidents") && second.contains("- led one incident"), "{second}");
    assert!(second.contains("id=\"calm.1\""), "a result's address leads to its grade");
    let first = site.page("/achievements/ops.lead/versions/1").await;
    assert!(first.contains("led one incident") && !first.contains("led two incidents"));
    assert!(site.page("/achievements/ops.lead").await.contains("/achievements/ops.lead/versions"));
    for nowhere in ["3", "0", "01", "-1", "x", "1e0"] {
        let path = format!("/achievements/ops.lead/versions/{nowhere}");
        assert_eq!(site.get_as(&path, "text/html").await.status(), StatusCode::NOT_FOUND, "{nowhere}");
    }
    assert_eq!(site.get("/achievements/none.none/versions").await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_program_that_is_written_as_a_file_publishes_nothing_new_when_it_is_read_again() {
    let site = company().await;
    let exported = export_program(&site.app, "ops").await.unwrap();
    assert_eq!(exported.pictures, [], "the built-in laurel needs no file");
    let program = program_file::read(&exported.file, false).unwrap();
    let again = import_program(&site.app, &Actor::Operator, program, HashMap::new()).await.unwrap();
    assert_eq!((again.changed, again.levels), (0, vec![("ops.lead".to_owned(), 1)]));

    let own = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 64 64\"><circle cx=\"32\" cy=\"32\" r=\"30\" fill=\"#246\"/></svg>";
    let text = PROGRAM.replace("name = \"Lead\"", "name = \"Lead\"\nimage = \"own.svg\"");
    let program = program_file::read(&text, false).unwrap();
    let pictures = HashMap::from([("own.svg".to_owned(), own.as_bytes().to_vec())]);
    import_program(&site.app, &Actor::Operator, program, pictures).await.unwrap();
    let exported = export_program(&site.app, "ops").await.unwrap();
    let pictures = exported.pictures.into_iter().collect();
    let program = program_file::read(&exported.file, false).unwrap();
    let again = import_program(&site.app, &Actor::Operator, program, pictures).await.unwrap();
    assert_eq!((again.changed, again.levels), (0, vec![("ops.lead".to_owned(), 2)]));
}
