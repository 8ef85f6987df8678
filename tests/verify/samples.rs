//! The samples published with Open Badges 3.0 get their true verdicts.
//!
//! Their issuers' pages don't exist, so a page is made here that names the key the sample was signed with, or another, or none.

use laurel::credential::bake::unbake;

use super::*;

const SIGNED: [&str; 5] =
    ["simple.json", "simple-json.png", "simple-json.svg", "complete.json", "endorsement-valid.json"];

fn sample(name: &str) -> Option<Vec<u8>> {
    vector(&format!("ob30-samples/{name}")).map(|bytes| unbake(&bytes).unwrap())
}

/// The issuer's address and the key in the method of a sample.
fn named(document: &Value) -> (String, String) {
    let method = document["proof"][0]["verificationMethod"].as_str().unwrap();
    let (url, key) = method.split_once('#').unwrap();
    (url.to_owned(), key.to_owned())
}

/// What is found when the page of the issuer names this key.
fn page(url: &str, key: Option<&str>) -> Evidence {
    let mut page = json!({"id": url, "type": "Profile"});
    if let Some(key) = key {
        page["publicKey"] = json!({"type": "Multikey", "controller": url, "publicKeyMultibase": key});
    }
    let mut evidence = Evidence::new();
    evidence.put(Need::IssuerProfile(url.to_owned()), found(&page));
    evidence
}

#[test]
fn a_published_sample_is_genuine_by_the_key_its_issuer_names_and_by_no_other() {
    let stranger = SecretKey::from_seed(&[12; 32]).public().to_multibase();
    for name in SIGNED {
        let Some(bytes) = sample(name) else { return };
        let document = strict::parse(&bytes).unwrap();
        let (url, own) = named(&document);
        assert_eq!(needs(&bytes, &Evidence::new()), [Need::IssuerProfile(url.clone())], "{name}");
        let verdict = |evidence: &Evidence| told(&judge(&bytes, evidence, now(), &Asked::default()));
        let expected = match name {
            "complete.json" => "Unknown: well_formed genuine !issuer_unknown ?status_unreadable within_dates",
            "endorsement-valid.json" => "Attention: well_formed genuine !issuer_unknown no_status within_dates",
            _ => "Attention: well_formed genuine !issuer_unknown no_status no_end",
        };
        assert_eq!(verdict(&page(&url, Some(&own))), expected, "{name}");
        let closed = |code: &str| format!("{code} ?not_looked_at ?not_looked_at ?not_looked_at");
        assert_eq!(verdict(&page(&url, Some(&stranger))), closed("Invalid: well_formed !key_unknown"), "{name}");
        assert_eq!(verdict(&page(&url, None)), closed("Unknown: well_formed ?key_unlisted"), "{name}");
        assert_eq!(verdict(&Evidence::new()), closed("Unknown: well_formed ?key_unavailable"), "{name}");

        let mut altered = document.clone();
        altered["validFrom"] = json!("2010-01-02T00:00:00Z");
        let report = ask(&altered, &page(&url, Some(&own)), now());
        assert_eq!(report.check(CheckName::Proof).unwrap().code, "altered", "{name}");
    }
}

#[test]
fn the_complete_sample_says_everything_and_asks_for_its_list() {
    let Some(bytes) = sample("complete.json") else { return };
    let document = strict::parse(&bytes).unwrap();
    let (url, own) = named(&document);
    let mut evidence = page(&url, Some(&own));
    let list = document["credentialStatus"]["id"].as_str().unwrap();
    assert_eq!(needs(&bytes, &evidence), [Need::StatusList(list.to_owned())]);
    let known = [KnownIssuer { id: url.clone(), name: "1EdTech University".into(), ..KnownIssuer::default() }];
    let with = |evidence: &Evidence, email| {
        judge(&bytes, evidence, now(), &Asked { email: Some(email), known_issuers: &known, ..Asked::default() })
    };
    let none = json!({"id": list, "issuer": url, "revokedCredential": []});
    evidence.put(Need::StatusList(list.to_owned()), found(&none));
    let report = with(&evidence, "student@1edtech.edu");
    assert_eq!(told(&report), "Valid: well_formed genuine issuer_known in_force within_dates recipient_matches");
    let claims = report.claims.unwrap();
    assert_eq!(claims.document, document);
    assert!(!claims.evidence.is_empty() && !claims.alignments.is_empty());
    assert_eq!(with(&evidence, "someone@1edtech.edu").verdict, Verdict::Invalid);
    let revoked = json!({"id": list, "issuer": url, "revokedCredential": [{"id": document["id"]}]});
    evidence.put(Need::StatusList(list.to_owned()), found(&revoked));
    assert_eq!(
        told(&with(&evidence, "student@1edtech.edu")),
        "Invalid: well_formed genuine issuer_known !revoked within_dates recipient_matches"
    );
}

#[test]
fn a_sample_without_a_proof_or_without_what_it_certifies_is_invalid() {
    let Some(bytes) = sample("simple-noproof.json") else { return };
    let report = judge(&bytes, &Evidence::new(), now(), &Asked::default());
    assert_eq!(report.verdict, Verdict::Invalid);
    assert_eq!(report.checks[0].message, "This badge is not well-formed: `credentialSubject.achievement` is missing.");
    // The examples of the specification's text are not signed.
    for name in [
        "achievementAlignmentCase",
        "achievementAlignmentCe",
        "basicOpenBadgeCredential",
        "fullOpenBadge",
        "skillAssertionCase",
        "skillAssertionCtdl",
    ] {
        let page = vector(&format!("ob30-samples/spec-examples/{name}.html")).unwrap();
        let page = String::from_utf8(page).unwrap();
        let example = page.split_once("<pre").unwrap().1.split_once('>').unwrap().1.split_once("</pre>").unwrap().0;
        let report = judge(example.trim().as_bytes(), &Evidence::new(), now(), &Asked::default());
        assert_eq!(
            told(&report),
            "Invalid: well_formed !unsigned ?not_looked_at ?not_looked_at ?not_looked_at",
            "{name}"
        );
    }
}
