//! Open Badges 3.0 on VC Data Model 1.1, and with every version of its context.

use super::proofs::{ED25519_2020, proof};
use super::*;

const V1: &str = "https://www.w3.org/2018/credentials/v1";
const V2: &str = "https://www.w3.org/ns/credentials/v2";

fn open_badges(version: &str) -> String {
    format!("https://purl.imsglobal.org/spec/ob/v3p0/context{version}.json")
}

/// A badge as issuers wrote it before VC Data Model 2.0, unsigned.
pub fn old() -> Value {
    let mut badge = achievement_credential(&facts());
    badge["@context"] = json!([V1, open_badges(""), ED25519_2020, "https://www.w3.org/ns/credentials/status/v1"]);
    let members = badge.as_object_mut().unwrap();
    members.remove("credentialSchema");
    for (new, old) in [("validFrom", "issuanceDate"), ("validUntil", "expirationDate")] {
        let date = members.remove(new).unwrap();
        members.insert(old.into(), date);
    }
    badge
}

pub fn sealed(badge: &Value) -> Value {
    let mut sealed = badge.clone();
    sealed["proof"] = json!([proof(badge, "Ed25519Signature2020")]);
    sealed
}

#[test]
fn a_badge_of_the_older_data_model_is_judged_and_the_report_says_so() {
    let badge = sealed(&old());
    let report = ask(&badge, &evidence(), now());
    assert_eq!(told(&report), "Valid: well_formed genuine issuer_known in_force within_dates");
    assert_eq!(
        report.check(CheckName::Format).unwrap().message,
        "This is an Open Badges 3.0 credential of VC Data Model 1.1."
    );
    let claims = report.claims.unwrap();
    assert_eq!(claims.valid_from, facts().valid_from);
    assert_eq!(claims.valid_until, facts().valid_until);
    assert_eq!(
        told(&ask(&badge, &evidence(), at("2028-01-15T10:00:01Z"))),
        "Attention: well_formed genuine issuer_known in_force !expired"
    );
    let revoked = signed_with(&list(|bits| bits.set(94_567).unwrap()), METHOD, &key());
    assert_eq!(ask(&badge, &evidence_with_list(revoked), now()).verdict, Verdict::Invalid);
    for (pointer, value) in [
        ("/name", json!("Reliability Master")),
        ("/issuanceDate", json!("2026-01-14T10:00:00Z")),
        ("/expirationDate", json!("2038-01-15T10:00:00Z")),
        ("/credentialSubject/id", json!("urn:uuid:1")),
    ] {
        let mut altered = badge.clone();
        *altered.pointer_mut(pointer).unwrap() = value;
        assert_eq!(ask(&altered, &evidence(), now()).check(CheckName::Proof).unwrap().code, "altered", "{pointer}");
    }
    for name in ["expirationDate", "credentialStatus"] {
        let mut shortened = badge.clone();
        shortened.as_object_mut().unwrap().remove(name);
        assert_eq!(ask(&shortened, &evidence(), now()).check(CheckName::Proof).unwrap().code, "altered", "{name}");
    }
}

#[test]
fn the_dates_of_the_older_model_are_held_to_their_rules() {
    let message = |change: &dyn Fn(&mut Value)| {
        let mut badge = old();
        change(&mut badge);
        let report = ask(&sealed(&badge), &evidence(), now());
        let check = report.check(CheckName::Format).unwrap().clone();
        assert_eq!(check.code, "malformed");
        check.message
    };
    let missing = message(&|badge| {
        badge.as_object_mut().unwrap().remove("issuanceDate");
    });
    assert_eq!(missing, "This badge is not well-formed: `issuanceDate` is missing.");
    let garbled = message(&|badge| badge["expirationDate"] = json!("2028"));
    assert_eq!(garbled, "This badge is not well-formed: `expirationDate` is not a date and time with a zone.");
    let before = message(&|badge| badge["expirationDate"] = json!("2025-01-15T10:00:00Z"));
    assert_eq!(before, "This badge is not well-formed: `expirationDate` comes before issuanceDate.");
    let mut renamed = old();
    renamed["validFrom"] = renamed["issuanceDate"].take();
    renamed.as_object_mut().unwrap().remove("issuanceDate");
    let report = ask(&sealed(&renamed), &evidence(), now());
    assert_eq!(report.check(CheckName::Format).unwrap().code, "malformed");
}

#[test]
fn an_end_under_the_other_models_name_is_not_overlooked() {
    let mut badge = old();
    badge["validUntil"] = json!("2026-06-01T00:00:00Z");
    let report = ask(&sealed(&badge), &evidence(), now());
    assert_eq!(told(&report), "Attention: well_formed genuine issuer_known in_force !expired");
    // No vocabulary of the newer model has the older one's names, so a proof over RDF can't cover them.
    let mut new = achievement_credential(&facts());
    new["expirationDate"] = json!("2030-06-01T00:00:00Z");
    let mut sealed = new.clone();
    sealed["proof"] = signed(&facts())["proof"].clone();
    assert_eq!(ask(&sealed, &evidence(), now()).check(CheckName::Proof).unwrap().code, "term_unsigned");
    let mut over_json = new.clone();
    over_json["expirationDate"] = json!("2026-06-01T00:00:00Z");
    over_json["proof"] = json!([proof(&over_json, "eddsa-jcs-2022")]);
    assert_eq!(ask(&over_json, &evidence(), now()).check(CheckName::Dates).unwrap().code, "expired");
}

#[test]
fn every_version_of_the_open_badges_context_is_read_where_it_fits() {
    for version in ["", "-3.0.1", "-3.0.2", "-3.0.3"] {
        let mut badge = old();
        badge["@context"][1] = json!(open_badges(version));
        let report = ask(&sealed(&badge), &evidence(), now());
        assert_eq!(report.verdict, Verdict::Valid, "1.1 with {version}: {}", told(&report));
        let mut badge = achievement_credential(&facts());
        badge["@context"] = json!([V2, open_badges(version)]);
        badge.as_object_mut().unwrap().remove("credentialSchema");
        if matches!(version, "" | "-3.0.1") {
            // These redefine what the context of VC Data Model 2.0 protects, so no processor can sign the two together.
            badge["proof"] = signed(&facts())["proof"].clone();
            assert_eq!(ask(&badge, &evidence(), now()).check(CheckName::Proof).unwrap().code, "term_unsigned");
            continue;
        }
        let report = ask(&signed_with(&badge, METHOD, &key()), &evidence(), now());
        assert_eq!(report.verdict, Verdict::Valid, "2.0 with {version}: {}", told(&report));
    }
    let mut badge = achievement_credential(&facts());
    badge["@context"][1] = json!(open_badges("-3.9.9"));
    badge["proof"] = signed(&facts())["proof"].clone();
    assert_eq!(ask(&badge, &evidence(), now()).check(CheckName::Proof).unwrap().code, "context_unknown");
}
