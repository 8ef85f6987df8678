//! The schema check: a badge is held to the schema it names, when this service holds that one.

use super::*;

const HELD: &str = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json-ld/ob_v3p0_achievementcredential_schema.json";

fn with(change: impl FnOnce(&mut Value)) -> Report {
    let mut badge = achievement_credential(&facts());
    change(&mut badge);
    ask(&signed_with(&badge, METHOD, &key()), &evidence(), now())
}

fn schema_line(report: &Report) -> Option<(&str, Outcome)> {
    report.check(CheckName::Schema).map(|check| (check.code.as_str(), check.outcome))
}

#[test]
fn our_own_badge_fits_the_schema_it_names_in_either_form() {
    let report = with(|_| {});
    assert_eq!((report.verdict, schema_line(&report)), (Verdict::Valid, Some(("schema_fits", Outcome::Passed))));
    let order: Vec<CheckName> = report.checks.iter().map(|check| check.check).collect();
    assert_eq!(order[4..], [CheckName::Dates, CheckName::Schema]);
    let report = with(|badge| {
        badge["credentialSchema"] = badge["credentialSchema"][0].clone();
        badge["issuer"]["type"] = json!("Profile");
        badge["credentialSubject"] = json!([badge["credentialSubject"]]);
    });
    assert_eq!((report.verdict, schema_line(&report)), (Verdict::Valid, Some(("schema_fits", Outcome::Passed))));
    let report = with(|badge| {
        badge["issuer"]["url"] = json!([badge["issuer"]["url"]]);
        badge["issuer"] = json!([badge["issuer"]]);
    });
    assert_eq!((report.verdict, schema_line(&report)), (Verdict::Valid, Some(("schema_fits", Outcome::Passed))));
}

#[test]
fn a_badge_that_names_no_schema_is_not_held_to_one() {
    let report = with(|badge| {
        badge.as_object_mut().unwrap().remove("credentialSchema");
    });
    assert_eq!((report.verdict, schema_line(&report)), (Verdict::Valid, None));
}

#[test]
fn a_badge_that_breaks_its_schema_is_invalid_and_the_place_is_named() {
    let report = with(|badge| {
        badge["credentialSchema"] = json!({"id": HELD, "type": "JsonSchema"});
        badge["credentialSubject"]["achievement"]["achievementType"] = json!("Cake");
    });
    assert_eq!((report.verdict, schema_line(&report)), (Verdict::Invalid, Some(("schema_broken", Outcome::Failed))));
    let message = &report.check(CheckName::Schema).unwrap().message;
    assert!(message.contains("`credentialSubject.achievement.achievementType`"), "{message}");
    for (entry, path) in [
        (json!({"type": "JsonSchema"}), "`credentialSchema[0].id`"),
        (json!({"id": HELD}), "`credentialSchema[0].type`"),
    ] {
        let report = with(|badge| badge["credentialSchema"] = entry);
        assert_eq!(report.verdict, Verdict::Invalid, "{path}");
        assert!(report.check(CheckName::Schema).unwrap().message.contains(path));
    }
}

#[test]
fn a_schema_this_service_does_not_hold_makes_a_good_badge_no_worse() {
    for entry in [
        json!({"id": "https://schemas.example/badge.json", "type": "JsonSchema"}),
        json!([{"id": HELD, "type": "JsonSchema"}, {"id": "https://schemas.example/badge.json", "type": "1EdTechJsonSchemaValidator2019"}]),
        json!({"id": HELD, "type": "JsonSchemaCredential"}),
    ] {
        let report = with(|badge| badge["credentialSchema"] = entry);
        assert_eq!(
            (report.verdict, schema_line(&report)),
            (Verdict::Valid, Some(("schema_unknown", Outcome::Unchecked)))
        );
    }
    // Beside it one is held, and broken: that counts.
    let report = with(|badge| {
        badge["credentialSchema"] =
            json!([{"id": "https://schemas.example/x", "type": "JsonSchema"}, {"id": HELD, "type": "JsonSchema"}]);
        badge["awardedDate"] = json!("soon");
    });
    assert_eq!((report.verdict, schema_line(&report)), (Verdict::Invalid, Some(("schema_broken", Outcome::Failed))));
}

#[test]
fn the_schema_held_here_is_not_that_of_the_older_data_model() {
    let report = with(|badge| {
        badge["@context"][0] = json!("https://www.w3.org/2018/credentials/v1");
        badge["@context"].as_array_mut().unwrap().push(json!("https://w3id.org/security/data-integrity/v2"));
        badge["issuanceDate"] = badge["validFrom"].clone();
        badge["expirationDate"] = badge["validUntil"].clone();
        let members = badge.as_object_mut().unwrap();
        ["validFrom", "validUntil", "credentialStatus"].iter().for_each(|name| drop(members.remove(*name)));
        // The older vocabulary does not know the type of this schema.
        badge["credentialSchema"] = json!({"id": HELD, "type": "1EdTechJsonSchemaValidator2019"});
    });
    assert_eq!(schema_line(&report), Some(("schema_unknown", Outcome::Unchecked)), "{:?}", report.checks);
}

#[test]
fn the_schema_is_not_looked_at_before_the_proof_holds() {
    let badge = signed_with(&achievement_credential(&facts()), METHOD, &SecretKey::from_seed(&[12; 32]));
    let report = ask(&badge, &evidence(), now());
    assert_eq!(report.verdict, Verdict::Invalid);
    assert_eq!(schema_line(&report), None);
}

#[test]
fn the_published_samples_fit_the_schemas_they_name() {
    for name in ["complete.json", "endorsement-valid.json"] {
        let Some(bytes) = vector(&format!("ob30-samples/{name}")) else { return };
        let document = strict::parse(&bytes).unwrap();
        let (url, key) = document["proof"][0]["verificationMethod"].as_str().unwrap().split_once('#').unwrap();
        let page = json!({"id": url, "type": "Profile", "publicKey": {"type": "Multikey", "controller": url, "publicKeyMultibase": key}});
        let mut evidence = Evidence::new();
        evidence.put(Need::IssuerProfile(url.to_owned()), found(&page));
        let report = judge(&bytes, &evidence, now(), &Asked::default());
        assert_eq!(schema_line(&report), Some(("schema_fits", Outcome::Passed)), "{name}: {:?}", report.checks);
    }
}

#[test]
fn a_result_that_leads_nowhere_makes_a_badge_malformed() {
    let report = with(|badge| {
        badge["credentialSubject"]["result"] = json!([{"type": ["Result"], "resultDescription": "urn:uuid:7f6a3c1e-52b0-4f5c-9c3d-0d6a5a1b2c3e", "value": "A"}]);
    });
    let check = &report.checks[0];
    assert_eq!((report.verdict, check.code.as_str()), (Verdict::Invalid, "malformed"));
    assert!(check.message.contains("`credentialSubject.result[0].resultDescription`"), "{}", check.message);
}
