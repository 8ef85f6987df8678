//! Every field of a badge that is signed is told, so that a paper with other words on it is found out.

use laurel::credential::verify::{FurtherTerm, LevelClaim};

use super::*;

/// A badge with results, credits, terms, digests and the rest.
fn full() -> Value {
    let mut credential = achievement_credential(&facts());
    credential["awardedDate"] = json!("2026-01-14T00:00:00Z");
    credential["evidence"][0]["genre"] = json!("Review");
    credential["evidence"][0]["audience"] = json!("Operators");
    credential["evidence"][0]["digestMultibase"] = json!("zQmdfTbBqBPQ7VNxZEYEj14VmRuZBkqFbiwReogJgS1zR1n");
    let subject = &mut credential["credentialSubject"];
    for (name, value) in [
        ("role", json!("Lead")),
        ("term", json!("Winter 2026")),
        ("licenseNumber", json!("RP-77")),
        ("creditsEarned", json!(4)),
        ("activityStartDate", json!("2025-10-01T00:00:00Z")),
        ("activityEndDate", json!("2025-12-20T00:00:00Z")),
        ("source", json!({"id": "https://panel.example.org", "type": ["Profile"], "name": "Panel of three"})),
        (
            "result",
            json!([
                {"type": ["Result"], "resultDescription": "urn:uuid:d1", "achievedLevel": "urn:uuid:l2"},
                {"type": ["Result"], "resultDescription": "urn:uuid:d2", "value": "92"},
                {"type": ["Result"], "status": "Completed"},
            ]),
        ),
    ] {
        subject[name] = value;
    }
    let achievement = &mut subject["achievement"];
    for (name, value) in [
        ("fieldOfStudy", json!("Operations")),
        ("specialization", json!("Storage")),
        ("humanCode", json!("R200")),
        ("creditsAvailable", json!(5)),
        ("inLanguage", json!("en-GB")),
        (
            "otherIdentifier",
            json!([{"type": "IdentifierEntry", "identifier": "ABC-9", "identifierType": "ext:catalogue"}]),
        ),
        (
            "related",
            json!([{"id": "https://badges.example.org/achievements/old", "type": ["Related"], "version": "2"}]),
        ),
        ("creator", json!({"id": "https://guild.example.org", "type": ["Profile"], "name": "Guild of Operators"})),
        (
            "resultDescription",
            json!([
                {
                    "id": "urn:uuid:d1", "type": ["ResultDescription"], "name": "Leads an incident",
                    "resultType": "RubricCriterionLevel", "requiredLevel": "urn:uuid:l1",
                    "rubricCriterionLevel": [
                        {"id": "urn:uuid:l1", "type": ["RubricCriterionLevel"], "name": "Guided", "level": "1", "points": "1"},
                        {"id": "urn:uuid:l2", "type": ["RubricCriterionLevel"], "name": "Alone", "level": "2", "points": "3",
                         "description": "Needs nobody beside."},
                    ],
                },
                {
                    "id": "urn:uuid:d2", "type": ["ResultDescription"], "name": "Examination", "resultType": "Percent",
                    "requiredValue": "80", "valueMin": "0", "valueMax": "100",
                },
                {
                    "id": "urn:uuid:d3", "type": ["ResultDescription"], "name": "Attitude", "resultType": "Result",
                    "allowedValue": ["low", "high"],
                },
            ]),
        ),
    ] {
        achievement[name] = value;
    }
    achievement["alignment"][0]["targetDescription"] = json!("Keeps systems going.");
    achievement["alignment"][0]["targetType"] = json!("CFItem");
    credential
}

#[test]
fn the_report_tells_results_with_their_levels_and_every_further_field() {
    let badge = signed_with(&full(), METHOD, &key());
    let report = ask(&badge, &evidence(), now());
    assert_eq!(report.verdict, Verdict::Valid, "{:?}", report.checks);
    let claims = report.claims.unwrap();
    let [incident, examination, completed, attitude] = &claims.results[..] else { panic!("{:?}", claims.results) };
    assert_eq!(incident.name.as_deref(), Some("Leads an incident"));
    let alone = LevelClaim {
        name: "Alone".into(),
        level: Some("2".into()),
        description: Some("Needs nobody beside.".into()),
        points: Some("3".into()),
    };
    assert_eq!(incident.achieved_level.as_ref(), Some(&alone));
    assert_eq!(incident.required_level.as_ref().unwrap().name, "Guided");
    assert_eq!(incident.levels.len(), 2);
    let types = [incident, examination, completed, attitude].map(|result| result.result_type.as_deref());
    assert_eq!(types, [Some("RubricCriterionLevel"), Some("Percent"), None, Some("Result")]);
    assert_eq!((examination.value.as_deref(), examination.required_value.as_deref()), (Some("92"), Some("80")));
    assert_eq!((examination.value_min.as_deref(), examination.value_max.as_deref()), (Some("0"), Some("100")));
    assert_eq!((completed.status.as_deref(), &completed.name), (Some("Completed"), &None));
    assert_eq!((attitude.name.as_deref(), &attitude.value), (Some("Attitude"), &None));
    assert_eq!(attitude.allowed_values, ["low", "high"]);
    let further = |term| {
        let found = claims.further.iter().find(|claim| claim.term == term);
        found.map(|claim| claim.value.as_str())
    };
    for (term, value) in [
        (FurtherTerm::AwardedDate, "2026-01-14T00:00:00Z"),
        (FurtherTerm::Role, "Lead"),
        (FurtherTerm::LicenseNumber, "RP-77"),
        (FurtherTerm::CreditsEarned, "4"),
        (FurtherTerm::Source, "Panel of three, https://panel.example.org"),
        (FurtherTerm::OtherIdentifier, "ABC-9, ext:catalogue"),
        (FurtherTerm::Related, "2, https://badges.example.org/achievements/old"),
        (FurtherTerm::IssuerEmail, "badges@example.org"),
    ] {
        assert_eq!(further(term), Some(value), "{term:?}");
    }
    assert_eq!(claims.further.len(), 18);
    assert!(claims.evidence[0].digest.as_ref().unwrap().starts_with("zQm"));
    assert_eq!(claims.alignments[0].description.as_deref(), Some("Keeps systems going."));
}

#[test]
fn a_list_that_says_one_thing_in_two_types_is_not_plain() {
    for value in [json!([2, "2"]), json!([2, 2.0])] {
        let mut credential = full();
        credential["credentialSubject"]["creditsEarned"] = value.clone();
        let badge = json!({"proof": signed(&facts())["proof"]});
        let mut document = credential.as_object().unwrap().clone();
        document.insert("proof".into(), badge["proof"].clone());
        let report = ask(&Value::Object(document), &evidence(), now());
        let format = report.check(CheckName::Format).unwrap();
        assert!(["not_plain", "not_json"].contains(&format.code.as_str()), "{value}: {format:?}");
        assert_eq!(report.verdict, Verdict::Invalid);
    }
}

#[test]
fn results_are_told_as_they_are_written() {
    let mut credential = full();
    let subject = &mut credential["credentialSubject"];
    subject["result"][1]["value"] = json!(92);
    subject["result"][2]["status"] = json!(true);
    let described = &mut subject["achievement"]["resultDescription"];
    described[0]["rubricCriterionLevel"][1].as_object_mut().unwrap().remove("name");
    described[0]["rubricCriterionLevel"][0]["level"] = json!(1);
    described[1]["alignment"] =
        json!([{"type": ["Alignment"], "targetName": "Exams", "targetUrl": "https://skills.example/9"}]);
    credential["evidence"] = json!(["https://badges.example.org/evidence/78"]);
    let report = ask(&signed_with(&credential, METHOD, &key()), &evidence(), now());
    let claims = report.claims.unwrap();
    let [incident, examination, completed, _] = &claims.results[..] else { panic!("{:?}", claims.results) };
    // A level without a name goes by its id.
    let unnamed = LevelClaim { name: "urn:uuid:l2".into(), ..LevelClaim::default() };
    assert_eq!(incident.achieved_level.as_ref(), Some(&unnamed));
    assert_eq!(incident.required_level.as_ref().unwrap().level.as_deref(), Some("1"));
    assert_eq!((examination.value.as_deref(), completed.status.as_deref()), (Some("92"), Some("true")));
    assert_eq!(examination.alignments[0].url, "https://skills.example/9");
    let [evidence] = &claims.evidence[..] else { panic!("{:?}", claims.evidence) };
    assert_eq!((evidence.id.as_deref(), &evidence.name), (Some("https://badges.example.org/evidence/78"), &None));
}
