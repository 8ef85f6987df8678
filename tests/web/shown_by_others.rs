//! What others say for a badge, and badges that a holder shows: on the page and over the API.

use crate::{
    cast::{ADA, PROFESSIONAL, Site},
    verify::parts::Person,
};
use laurel::{
    actions::verify_presentation::verify_presentation,
    credential::{
        document::{CREDENTIALS_CONTEXT, OPEN_BADGES_CONTEXT},
        verify::{CheckName, Verdict},
    },
};
use reqwest::Method;
use serde_json::{Value, json};

/// A badge that a person with a did:key gives, with what others say for it.
fn badge(endorsements: &[Value]) -> Value {
    let issuer = Person::new(91);
    issuer.sign(&json!({
        "@context": [CREDENTIALS_CONTEXT, OPEN_BADGES_CONTEXT],
        "id": "urn:example:badge",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Bread",
        "issuer": {"id": issuer.did, "type": ["Profile"], "name": "Bakers"},
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {
            "id": Person::new(92).did,
            "type": ["AchievementSubject"],
            "achievement": {"id": "urn:example:bread", "type": ["Achievement"], "name": "Bread", "description": "Bakes it.",
                "criteria": {"narrative": "Bake."}},
        },
        "endorsement": endorsements,
    }))
}

fn endorsement(by: u8, of: &str, comment: &str) -> Value {
    let endorser = Person::new(by);
    endorser.sign(&json!({
        "@context": [CREDENTIALS_CONTEXT, OPEN_BADGES_CONTEXT],
        "id": format!("urn:example:endorsement:{by}"),
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "issuer": {"id": endorser.did, "type": ["Profile"], "name": "Millers <b>"},
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {"id": of, "type": ["EndorsementSubject"], "endorsementComment": comment},
    }))
}

fn presentation(credentials: Value, occasion: Value) -> Value {
    let holder = Person::new(92);
    let document = json!({"@context": [CREDENTIALS_CONTEXT], "type": ["VerifiablePresentation"], "holder": holder.did,
        "verifiableCredential": credentials});
    holder.present(&document, occasion)
}

async fn page(site: &Site, document: &Value) -> String {
    let form = url::form_urlencoded::Serializer::new(String::new()).append_pair("text", &document.to_string()).finish();
    let sent = site.request(Method::POST, "/verify").header("content-type", "application/x-www-form-urlencoded");
    sent.body(form).send().await.unwrap().text().await.unwrap()
}

async fn api(site: &Site, document: &Value) -> Value {
    let sent = site.request(Method::POST, "/api/v1/verify").header("content-type", "application/vc");
    sent.body(document.to_string()).send().await.unwrap().json().await.unwrap()
}

#[tokio::test]
async fn each_endorsement_stands_beside_the_badge_with_a_verdict_of_its_own() {
    let site = Site::open().await;
    let good = endorsement(93, "urn:example:badge", "Very **good** bread.");
    let other = endorsement(94, "urn:example:cake", "Very good cake.");
    let badge = badge(&[good, other]);
    let shown = page(&site, &badge).await;
    for part in
        ["What others say for it", "Very <strong>good</strong> bread.", "It is not about this badge", "Does not hold"]
    {
        assert!(shown.contains(part), "{part}");
    }
    assert!(!shown.contains("<p>Very good cake."), "nobody said it of this badge");
    assert!(shown.contains("Millers &#60;b&#62;"), "its name stands after its identifier");
    let report = api(&site, &badge).await;
    assert_eq!(report["verdict"], "attention", "its issuer is unknown; the endorsements change nothing");
    assert_eq!(report["endorsements"][0]["comment"], "Very **good** bread.");
    assert_eq!(report["endorsements"][1]["verdict"], "invalid");
    assert_eq!(report["endorsements"][1]["comment"], Value::Null);
}

#[tokio::test]
async fn a_presentation_is_taken_wherever_a_badge_is() {
    let site = Site::open().await;
    let award = site.award(ADA, PROFESSIONAL, "link").await;
    let ours: Value = site.get(&format!("/badges/{}.json", award.id)).await.json().await.unwrap();
    let mut altered = badge(&[]);
    altered["name"] = json!("Cake");
    let document = presentation(json!([ours, altered]), json!({}));
    let shown = page(&site, &document).await;
    for part in ["What is shown here is not valid", "A badge that cannot be trusted", "Nobody asked for it"] {
        assert!(shown.contains(part) || part == "{part}");
    }
    let report = api(&site, &document).await;
    assert_eq!(report["verdict"], "invalid");
    assert_eq!(report["holder"], Person::new(92).did);
    assert_eq!(
        (&report["credentials"][0]["verdict"], &report["credentials"][1]["verdict"]),
        (&json!("valid"), &json!("invalid"))
    );
    assert_eq!(report["fetched"], json!([]));
}

#[tokio::test]
async fn a_presentation_that_was_asked_for_is_held_to_its_challenge() {
    let site = Site::open().await;
    let document = presentation(json!([badge(&[])]), json!({"challenge": "c1", "domain": "https://a.example"}));
    let bytes = document.to_string().into_bytes();
    for (challenge, domain, code, verdict) in [
        (Some("c1"), Some("https://a.example"), "challenge_answered", Verdict::Attention),
        (Some("c1"), None, "challenge_answered", Verdict::Attention),
        (Some("c2"), Some("https://a.example"), "challenge_differs", Verdict::Invalid),
        (Some("c1"), Some("https://b.example"), "domain_differs", Verdict::Invalid),
        (None, None, "challenge_unasked", Verdict::Attention),
    ] {
        let told = verify_presentation(&site.app, &bytes, challenge, domain).await.unwrap();
        assert_eq!(
            (told.report.check(CheckName::Challenge).unwrap().code.as_str(), told.report.verdict),
            (code, verdict)
        );
        assert_eq!(told.report.check(CheckName::Holder).unwrap().code, "holder_is_subject");
    }
}
