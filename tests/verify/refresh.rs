//! What is said about a newer version of a badge. Asking for one is in tests/fetch.

use super::*;
use laurel::credential::verify::{Offer, refresh_offer, refreshed};

const SERVICE: &str = "https://badges.example.org/refresh/1";

fn service() -> Value {
    json!({"id": SERVICE, "type": "1EdTechCredentialRefresh"})
}

/// A badge that names this refresh service, with one thing changed.
fn badge_with(service: Value, change: impl FnOnce(&mut Value)) -> Value {
    let mut credential = achievement_credential(&facts());
    credential["refreshService"] = service;
    change(&mut credential);
    signed_with(&credential, METHOD, &key())
}

fn report(badge: &Value) -> Report {
    let report = ask(badge, &evidence(), now());
    assert_eq!(report.check(CheckName::Proof).unwrap().code, "genuine", "{report:?}");
    report
}

/// What is said about an answer to the badge as it is.
fn about(answer: &Report) -> (Outcome, String, String) {
    let refresh = refreshed(&report(&badge_with(service(), |_| {})), answer);
    (refresh.outcome, refresh.code, refresh.message)
}

#[test]
fn only_a_genuine_badge_offers_an_address_and_only_over_https() {
    let at = Offer::At(SERVICE.to_owned());
    for offered in [service(), json!([service()]), json!({"id": SERVICE, "type": ["1EdTechCredentialRefresh"]})] {
        assert_eq!(refresh_offer(&report(&badge_with(offered, |_| {}))), at);
    }
    let code = |report: &Report| match refresh_offer(report) {
        Offer::At(address) => address,
        Offer::Nowhere(refresh) => {
            assert_eq!(refresh.outcome, Outcome::Unchecked);
            refresh.code
        }
    };
    for unsupported in [
        json!({"type": "1EdTechCredentialRefresh"}),
        json!({"id": "http://badges.example.org/refresh/1", "type": "1EdTechCredentialRefresh"}),
        json!({"id": "urn:uuid:7f6a3c1e-52b0-4f5c-9c3d-0d6a5a1b2c3d", "type": "1EdTechCredentialRefresh"}),
        json!({"id": SERVICE, "type": "1EdTechRevocationList"}),
    ] {
        let report = report(&badge_with(unsupported.clone(), |_| {}));
        assert_eq!(code(&report), "refresh_unsupported", "{unsupported}");
    }
    assert_eq!(code(&report(&signed(&facts()))), "refresh_none");
    let mut altered = badge_with(service(), |_| {});
    altered["name"] = json!("Reliability Master");
    assert_eq!(code(&ask(&altered, &evidence(), now())), "refresh_none");
}

#[test]
fn a_newer_version_is_of_the_same_issuer_about_the_same_badge_and_not_older() {
    let newer = badge_with(service(), |badge| badge["validFrom"] = json!("2026-06-01T00:00:00Z"));
    let (outcome, code, message) = about(&report(&newer));
    assert_eq!((outcome, code.as_str()), (Outcome::Passed, "refresh_newer"));
    assert_eq!(message, "There is a newer version of this badge, valid from 1 June 2026.");
    // Another id, for the same person and achievement; or the same id and another achievement.
    let renamed = badge_with(service(), |badge| badge["id"] = json!("https://badges.example.org/badges/2"));
    assert_eq!(about(&report(&renamed)).1, "refresh_newer");
    let moved = |badge: &mut Value| {
        badge["credentialSubject"]["achievement"]["id"] = json!("https://badges.example.org/achievements/2")
    };
    assert_eq!(about(&report(&badge_with(service(), moved))).1, "refresh_newer");
    let (outcome, code, _) = about(&report(&badge_with(service(), |_| {})));
    assert_eq!((outcome, code.as_str()), (Outcome::Passed, "refresh_same"));
}

#[test]
fn any_other_answer_is_told_and_does_not_count() {
    let older = badge_with(service(), |badge| badge["validFrom"] = json!("2025-06-01T00:00:00Z"));
    let of_another = badge_with(service(), |badge| {
        badge["id"] = json!("https://badges.example.org/badges/2");
        badge["credentialSubject"]["id"] = json!("urn:uuid:11111111-52b0-4f5c-9c3d-0d6a5a1b2c3d");
    });
    let other_achievement = badge_with(service(), |badge| {
        badge["id"] = json!("https://badges.example.org/badges/2");
        badge["credentialSubject"]["achievement"]["id"] = json!("https://badges.example.org/achievements/2");
    });
    for (answer, why) in [
        (older, "an older version, valid from 1 June 2025"),
        (of_another, "another badge of its issuer"),
        (other_achievement, "another badge of its issuer"),
    ] {
        let (outcome, code, message) = about(&report(&answer));
        assert_eq!((outcome, code.as_str()), (Outcome::Failed, "refresh_refused"));
        assert!(message.contains(why), "{message}");
    }
    let stranger = SecretKey::from_seed(&[12; 32]);
    let did = did_key(&stranger.public());
    let mut facts = facts();
    facts.issuer.id = did.clone();
    let method = format!("{did}#{}", stranger.public().to_multibase());
    let strange = report(&signed_with(&achievement_credential(&facts), &method, &stranger));
    let (_, code, message) = about(&strange);
    assert_eq!(code, "refresh_refused");
    assert!(message.contains(&format!("a badge of {did}, who did not issue this one")), "{message}");
}

#[test]
fn an_answer_that_is_not_genuine_or_can_not_be_checked_does_not_count() {
    let mut altered = badge_with(service(), |_| {});
    altered["validFrom"] = json!("2026-06-01T00:00:00Z");
    let (outcome, code, message) = about(&ask(&altered, &evidence(), now()));
    assert_eq!((outcome, code.as_str()), (Outcome::Failed, "refresh_refused"));
    assert!(message.contains("(altered)"), "{message}");
    let (outcome, code, message) = about(&ask(&badge_with(service(), |_| {}), &Evidence::new(), now()));
    assert_eq!((outcome, code.as_str()), (Outcome::Unchecked, "refresh_unreadable"));
    assert!(message.contains("(key_unavailable)"), "{message}");
    assert_eq!(about(&ask(&json!([]), &evidence(), now())).1, "refresh_refused");
    // A genuine one counts with whatever verdict it has.
    let newer = badge_with(service(), |badge| badge["validFrom"] = json!("2026-06-01T00:00:00Z"));
    let revoked = signed_with(&list(|bits| bits.set(94_567).unwrap()), METHOD, &key());
    let (_, code, message) = about(&ask(&newer, &evidence_with_list(revoked), now()));
    assert_eq!(code, "refresh_newer");
    assert!(message.ends_with(", which is revoked."), "{message}");
}

#[test]
fn a_badge_whose_subject_has_no_id_is_known_by_its_identifiers() {
    let unnamed = |identifier: &str, id: &str| {
        report(&badge_with(service(), |badge| {
            badge["id"] = json!(id);
            badge["credentialSubject"].as_object_mut().unwrap().remove("id");
            badge["credentialSubject"]["identifier"][0]["identityHash"] = json!(identifier);
        }))
    };
    let first = "https://badges.example.org/badges/1";
    let second = "https://badges.example.org/badges/2";
    let shown = unnamed("sha256$aa", first);
    assert_eq!(refreshed(&shown, &unnamed("sha256$aa", second)).code, "refresh_newer");
    let of_another = refreshed(&shown, &unnamed("sha256$bb", second));
    assert_eq!((of_another.outcome, of_another.code.as_str()), (Outcome::Failed, "refresh_refused"));
    assert!(of_another.message.contains("another badge of its issuer"), "{}", of_another.message);
    // One that is named and one that is not are not known to be the same person's.
    let named = badge_with(service(), |badge| badge["id"] = json!(second));
    assert_eq!(refreshed(&shown, &report(&named)).code, "refresh_refused");
}
