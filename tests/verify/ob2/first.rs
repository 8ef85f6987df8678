//! Badges of 1.0 and 1.1, and what is older.

use super::*;

pub(super) fn first(version: &str) -> Value {
    let mut badge = json!({
        "uid": "w-17",
        "recipient": {"type": "email", "hashed": false, "identity": "a@example.com"},
        "badge": CLASS,
        "verify": {"type": "hosted", "url": BADGE},
        "issuedOn": 1_425_254_400,
        "evidence": "https://a.example/work/3",
    });
    if version == "1.1" {
        badge["@context"] = json!("https://w3id.org/openbadges/v1");
        badge["type"] = json!("Assertion");
        badge["id"] = json!(BADGE);
    }
    badge
}

pub(super) fn first_site(version: &str) -> Web {
    let class = json!({
        "name": "Welder",
        "description": "Welds seams that hold.",
        "image": "data:image/png;base64,AAAA",
        "criteria": "https://a.example/criteria",
        "issuer": ISSUER,
        "alignment": [{"name": "Welding", "url": "https://skills.example/7"}],
    });
    web(&[
        (BADGE, first(version)),
        (CLASS, class),
        (ISSUER, json!({"name": "Example Works", "url": "https://a.example"})),
    ])
}

#[test]
fn badges_of_1_0_and_1_1_are_read_by_their_names() {
    for version in ["1.0", "1.1"] {
        let badge = first(version);
        let report = report_of(badge.to_string().as_bytes(), &first_site(version), Some("A@example.com"));
        assert_eq!(
            told(&report),
            "Valid: well_formed hosted issuer_known in_force no_end recipient_matches",
            "{version}"
        );
        assert_eq!(report.standard, Some(format!("Open Badges {version}")));
        let claims = report.claims.unwrap();
        assert_eq!((claims.credential_id.as_str(), claims.image), (BADGE, None));
        assert_eq!(claims.criteria_id.as_deref(), Some("https://a.example/criteria"));
        assert_eq!(claims.alignments[0].name, "Welding");
        assert_eq!(claims.valid_from, at("2015-03-02T00:00:00Z"));
        let mut altered = badge;
        altered["uid"] = json!("w-18");
        assert!(told_of(&altered, &first_site(version)).starts_with("Invalid: well_formed !altered"));
    }
}

#[test]
fn an_old_copy_holds_when_its_issuer_has_moved_to_2_0() {
    let mut hosted = assertion();
    for name in ["expires", "narrative"] {
        hosted.as_object_mut().unwrap().shift_remove(name);
    }
    hosted["recipient"] = first("1.1")["recipient"].clone();
    hosted["issuedOn"] = json!("2015-03-02T00:00:00Z");
    hosted["evidence"] = json!({"id": "https://a.example/work/3", "narrative": "Held two tonnes."});
    let site = site_with(BADGE, |badge| *badge = hosted);
    let report = report_of(first("1.1").to_string().as_bytes(), &site, None);
    assert!(told(&report).starts_with("Valid:"), "{}", told(&report));
    assert_eq!(report.standard.as_deref(), Some("Open Badges 2.0"));
}

#[test]
fn badges_before_1_0_are_left_open() {
    let badge = json!({
        "recipient": "sha256$00", "salt": "x", "issued_on": "2012-01-01",
        "badge": {"version": "0.5.0", "name": "Welder", "issuer": {"origin": "https://a.example", "name": "Works"}},
    });
    assert!(told_of(&badge, &site()).starts_with("Unknown: ?version_unsupported"));
}
