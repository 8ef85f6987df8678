//! Programs on the command line: a version that lies ahead, a framework, and a committee that takes over.

use crate::cli::Deployment;
use std::fs;

const FILE: &str = "id = \"ops\"\nname = \"Operations\"\ndescription = \"Runs.\"\n[[levels]]\nid = \"lead\"\nname = \"Lead\"\ndescription = \"Leads.\"\ncriteria = \"- led one incident\"\nreview_by = \"2020-06-30\"\n[[levels.alignments]]\nitem = \"trade:PROG\"\n";

const PACKAGE: &str = r#"{"CFDocument": {"uri": "https://skills.example", "title": "Skills", "creator": "Us"},
    "CFItems": [{"identifier": "1", "uri": "https://skills.example/1", "fullStatement": "Programming", "humanCodingScheme": "PROG"}]}"#;

fn refused(deployment: &Deployment, arguments: &[&str]) -> String {
    let output = deployment.run(arguments);
    assert!(!output.status.success(), "{arguments:?}");
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn a_program_is_imported_with_its_framework_changed_ahead_and_handed_to_a_committee() {
    let deployment = Deployment::new("https://badges.acme.example");
    fs::write(deployment.path("ops.toml"), FILE).unwrap();
    let missing = refused(&deployment, &["program", "import", "ops.toml"]);
    assert!(missing.contains("levels[0].alignments[0].item"), "{missing}");
    fs::write(deployment.path("case.json"), PACKAGE).unwrap();
    let read = deployment.done(&["framework", "import", "case.json", "--id", "trade"]);
    assert!(read.contains("trade: Skills, 1 items"), "{read}");
    assert!(deployment.done(&["framework", "list"]).contains("https://skills.example"));
    deployment.done(&["program", "import", "ops.toml"]);
    let listed = deployment.done(&["program", "list"]);
    assert!(listed.contains("review overdue since 2020-06-30"), "{listed}");

    fs::write(deployment.path("ops.toml"), FILE.replace("one incident", "two incidents")).unwrap();
    let ahead = ["program", "import", "ops.toml", "--starts", "2099-01-01", "--transition", "none"];
    let told = deployment.done(&ahead);
    assert!(told.contains("1 of them new or changed") && told.contains("counts from 2099-01-01"), "{told}");
    let listed = deployment.done(&["program", "list"]);
    assert!(
        listed.contains("ops.lead (version 1)") && listed.contains("ops.lead version 2 begins on 2099-01-01"),
        "{listed}"
    );

    deployment.done(&["person", "add", "ada@acme.example", "--name", "Ada"]);
    deployment.done(&["committee", "set-up", "ops", "--quorum", "1"]);
    let sits = deployment.done(&[
        "committee",
        "appoint",
        "ops",
        "ada@acme.example",
        "--from",
        "2020-01-01",
        "--until",
        "2098-01-01",
    ]);
    let term = sits.split("(term ").nth(1).unwrap().split(')').next().unwrap().to_owned();
    let shown = deployment.done(&["committee", "show", "ops"]);
    assert!(shown.contains("1 votes make a decision") && shown.contains("ada@acme.example"), "{shown}");
    let closed = refused(&deployment, &["program", "import", "ops.toml"]);
    assert!(closed.contains("has a committee"), "{closed}");
    deployment.done(&["committee", "leave", &term, "--reason", "Moved away."]);
    assert!(deployment.done(&["committee", "show", "ops"]).contains("OVERDUE"));
    let again = refused(&deployment, &["committee", "leave", &term, "--reason", "Again."]);
    assert!(again.contains("does not run"), "{again}");
}
