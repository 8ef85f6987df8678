//! An endorsement as a document of its own.

use laurel::credential::verify::CredentialKind;

use super::*;

pub(super) fn endorsement() -> Value {
    let mut credential = achievement_credential(&facts());
    credential["type"] = json!(["VerifiableCredential", "EndorsementCredential"]);
    credential["name"] = json!("Endorsement of a panel");
    credential["credentialSchema"][0]["id"] =
        json!("https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_endorsementcredential_schema.json");
    credential["credentialSubject"] = json!({
        "id": "https://badges.example.org/badges/0192f1c47a1e",
        "type": ["EndorsementSubject"],
        "endorsementComment": "Assessed by **three** people.",
    });
    credential.as_object_mut().unwrap().remove("evidence");
    credential
}

fn sealed(credential: &Value) -> Value {
    signed_with(credential, METHOD, &key())
}

#[test]
fn an_endorsement_is_judged_like_a_badge_and_says_what_it_is() {
    let endorsement = sealed(&endorsement());
    let report = ask(&endorsement, &evidence(), now());
    assert_eq!(told(&report), "Valid: well_formed genuine issuer_known in_force within_dates");
    assert_eq!(
        report.check(CheckName::Format).unwrap().message,
        "This is an Open Badges 3.0 endorsement of VC Data Model 2.0."
    );
    let claims = report.claims.unwrap();
    assert_eq!(claims.kind, CredentialKind::Endorsement);
    assert_eq!(claims.achievement_id, "https://badges.example.org/badges/0192f1c47a1e");
    assert_eq!(claims.name, "Endorsement of a panel");
    assert_eq!(claims.narrative.as_deref(), Some("Assessed by **three** people."));
    assert_eq!(claims.document, endorsement);
    let told: Vec<_> = claims.further.iter().map(|claim| claim.value.as_str()).collect();
    assert_eq!(told, ["Makes things.", "badges@example.org"], "what it says of its issuer");
    let badge = ask(&signed(&facts()), &evidence(), now()).claims.unwrap();
    assert_eq!(badge.kind, CredentialKind::Badge);

    let revoked = signed_with(&list(|bits| bits.set(94_567).unwrap()), METHOD, &key());
    assert_eq!(ask(&endorsement, &evidence_with_list(revoked), now()).verdict, Verdict::Invalid);
    assert_eq!(ask(&endorsement, &evidence(), at("2029-01-01T00:00:00Z")).verdict, Verdict::Attention);
    let report = judge(
        endorsement.to_string().as_bytes(),
        &evidence(),
        now(),
        &Asked { email: Some(EMAIL), known_issuers: &known(), ..Asked::default() },
    );
    assert_eq!(report.check(CheckName::Recipient).unwrap().code, "recipient_unnamed");
}

#[test]
fn an_altered_endorsement_is_found_out() {
    let good = sealed(&endorsement());
    for (pointer, value) in [
        ("/credentialSubject/id", json!("https://badges.example.org/badges/another")),
        ("/credentialSubject/endorsementComment", json!("Assessed by four people.")),
        ("/issuer/name", json!("Another")),
        ("/validUntil", json!("2038-01-15T10:00:00Z")),
    ] {
        let mut altered = good.clone();
        *altered.pointer_mut(pointer).unwrap() = value;
        let report = ask(&altered, &evidence(), now());
        assert_eq!((report.check(CheckName::Proof).unwrap().code.as_str(), &report.claims), ("altered", &None));
    }
}

#[test]
fn what_is_no_endorsement_is_named() {
    let message = |pointer: &str, value: Value| {
        let mut changed = endorsement();
        *changed.pointer_mut(pointer).unwrap() = value;
        let report = judge(changed.to_string().as_bytes(), &evidence(), now(), &Asked::default());
        let check = &report.checks[0];
        assert_eq!((check.outcome, check.code.as_str()), (Outcome::Failed, "malformed"));
        check.message.clone()
    };
    let both = json!(["VerifiableCredential", "EndorsementCredential", "OpenBadgeCredential"]);
    assert!(message("/type", both).contains("`type` says both"));
    assert!(message("/credentialSubject", json!("x")).contains("`credentialSubject` is missing"));
    assert!(message("/credentialSubject/type", json!("AchievementSubject")).contains("lacks EndorsementSubject"));
    assert!(message("/credentialSubject/id", json!("")).contains("`credentialSubject.id` is empty"));
    assert!(message("/credentialSubject/endorsementComment", json!(7)).contains("endorsementComment` is not text"));
    let mut nameless = endorsement();
    nameless.as_object_mut().unwrap().remove("name");
    let claims = ask(&sealed(&nameless), &evidence(), now()).claims.unwrap();
    assert_eq!(claims.name, "Endorsement");
}
