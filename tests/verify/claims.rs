//! What a report repeats of a genuine badge, field by field.

use laurel::credential::verify::Claims;

use super::*;

fn claims_of(credential: &Value) -> Claims {
    ask(&signed_with(credential, METHOD, &key()), &evidence(), now()).claims.unwrap()
}

fn said(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[test]
fn every_field_of_a_badge_is_repeated_as_it_stands() {
    let claims = claims_of(&achievement_credential(&facts()));
    assert_eq!(claims.credential_id, "https://badges.example.org/badges/0192f1c47a1e");
    assert_eq!(
        (claims.name.as_str(), claims.description),
        ("Reliability Practitioner", said("Keeps a service running."))
    );
    assert_eq!((claims.issuer_id.as_str(), claims.issuer_name), (DID, said("Example Works")));
    assert_eq!(claims.issuer_url, said("https://example.org"));
    assert_eq!(claims.subject_id, said("urn:uuid:7f6a3c1e-52b0-4f5c-9c3d-0d6a5a1b2c3d"));
    assert_eq!(claims.achievement_id, "https://badges.example.org/achievements/reliability.practitioner");
    assert_eq!(claims.achievement_name, "Reliability Practitioner");
    assert_eq!(claims.achievement_description, "Runs a service with an objective.");
    assert_eq!((claims.achievement_type, claims.achievement_version), (said("Certification"), said("3")));
    assert_eq!(claims.criteria_id, said("https://badges.example.org/achievements/reliability.practitioner"));
    assert_eq!(claims.criteria_narrative, said("- sets an *objective*\n- answers for it"));
    assert_eq!(claims.narrative, said("Two years on call."));
    assert_eq!((claims.valid_from, claims.valid_until), (facts().valid_from, facts().valid_until));
    let [systems, monitoring] = &claims.alignments[..] else { panic!("{:?}", claims.alignments) };
    assert_eq!(
        (systems.name.as_str(), systems.url.as_str()),
        ("Systems operations", "http://data.europa.eu/esco/skill/1")
    );
    assert_eq!((&systems.framework, &systems.code), (&said("ESCO"), &said("S1.2")));
    assert_eq!((&monitoring.framework, &monitoring.code), (&None, &None));
    let [review, day] = &claims.evidence[..] else { panic!("{:?}", claims.evidence) };
    assert_eq!(review.id, said("https://badges.example.org/evidence/77"));
    assert_eq!((&review.name, &review.description), (&said("Incident review"), &said("A review of a long outage.")));
    assert_eq!(review.narrative, said("Led the review **alone**."));
    assert_eq!((&day.id, &day.narrative), (&None, &said("Ran a game day.")));
}

#[test]
fn the_picture_of_a_badge_is_its_own_before_its_achievements() {
    let mut credential = achievement_credential(&facts());
    assert_eq!(claims_of(&credential).image, said("https://badges.example.org/images/practitioner.png"));
    credential["image"] = json!({"id": "https://badges.example.org/images/own.png", "type": "Image"});
    assert_eq!(claims_of(&credential).image, said("https://badges.example.org/images/own.png"));
}

#[test]
fn every_field_of_an_endorsement_is_repeated_as_it_stands() {
    let mut credential = achievement_credential(&facts());
    credential["type"] = json!(["VerifiableCredential", "EndorsementCredential"]);
    credential["image"] = json!({"id": "https://badges.example.org/images/seal.png", "type": "Image"});
    credential["credentialSubject"] = json!({
        "id": "https://badges.example.org/badges/1",
        "type": ["EndorsementSubject"],
        "endorsementComment": "Assessed by three people.",
    });
    credential.as_object_mut().unwrap().remove("credentialSchema");
    credential.as_object_mut().unwrap().remove("evidence");
    let claims = claims_of(&credential);
    assert_eq!(claims.subject_id, said("https://badges.example.org/badges/1"));
    assert_eq!(claims.achievement_id, "https://badges.example.org/badges/1");
    assert_eq!(claims.achievement_description, "Assessed by three people.");
    assert_eq!(claims.narrative, said("Assessed by three people."));
    assert_eq!(claims.image, said("https://badges.example.org/images/seal.png"));
}

#[test]
fn a_badge_may_be_shown_from_the_moment_it_begins_until_the_one_it_ends() {
    let badge = signed(&facts());
    let (from, until) = (facts().valid_from, facts().valid_until.unwrap());
    let code = |badge: &Value, moment| ask(badge, &evidence(), moment).check(CheckName::Dates).unwrap().code.clone();
    assert_eq!(code(&badge, from), "within_dates");
    assert_eq!(code(&badge, at("2026-01-15T09:59:59Z")), "not_yet_valid");
    assert_eq!(code(&badge, at("2028-01-15T09:59:59Z")), "within_dates");
    assert_eq!(code(&badge, until), "expired");
    // One that ends as it begins is well-formed, and was never valid.
    let momentary = signed(&AchievementFacts { valid_until: Some(from), ..facts() });
    assert_eq!(code(&momentary, now()), "expired");
}

#[test]
fn a_credential_that_names_the_context_of_an_older_version_is_told_to_be_one() {
    for older in ["https://w3id.org/openbadges/v1", "https://w3id.org/openbadges/v2", "https://w3id.org/openbadges/v2/"]
    {
        let mut credential = achievement_credential(&facts());
        credential["@context"][1] = json!(older);
        assert_eq!(
            told(&ask(&credential, &evidence(), now())).split(' ').nth(1),
            Some("?version_unsupported"),
            "{older}"
        );
    }
}
