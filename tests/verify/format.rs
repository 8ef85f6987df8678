//! What is a badge and what is not, and the documents beside it.

use laurel::credential::bake::unbake;
use proptest::prelude::*;

use super::*;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

    #[test]
    fn any_bytes_get_an_answer(bytes in proptest::collection::vec(any::<u8>(), 0..400), start in 0..4usize) {
        let start: &[u8] = [b"".as_slice(), b"{", b"<svg", b"\x89PNG\r\n\x1a\n"][start];
        let bytes = [start, &bytes].concat();
        let report = judge(&bytes, &evidence(), now(), &Asked { email: Some(EMAIL), known_issuers: &known(), ..Asked::default() });
        prop_assert!(matches!(report.verdict, Verdict::Invalid | Verdict::Unknown));
        prop_assert_eq!(report.checks.len(), 6);
        prop_assert_eq!(needs(&bytes, &Evidence::new()), []);
        let _ = unbake(&bytes);
    }

    #[test]
    fn any_json_in_the_place_of_a_part_gets_an_answer(
        part in proptest::sample::select(vec![
            "/@context", "/id", "/type", "/issuer", "/validFrom", "/credentialSubject", "/credentialSubject/identifier",
            "/credentialSubject/achievement", "/credentialStatus", "/evidence", "/proof", "/proof/0", "/proof/0/proofValue",
            "/proof/0/verificationMethod", "/proof/0/created",
        ]),
        value in any_json(),
    ) {
        let mut badge = signed(&facts());
        *badge.pointer_mut(part).unwrap() = value;
        let report = ask(&badge, &evidence(), now());
        prop_assert!(matches!(report.verdict, Verdict::Invalid | Verdict::Unknown), "{}", told(&report));
        needs(badge.to_string().as_bytes(), &evidence());
    }
}

pub(super) fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        "[ -~]{0,12}".prop_map(Value::from),
        proptest::sample::select(vec![
            "did:web:badges.example.org",
            "https://a.example/",
            "BitstringStatusListEntry",
            "Profile",
            "2026-01-01T00:00:00Z"
        ])
        .prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::hash_map(
                proptest::sample::select(vec!["id", "type", "name", "statusPurpose", "achievement", "@context", "x"]),
                inner,
                0..4
            )
            .prop_map(|members| members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect::<Value>()),
        ]
    })
}

#[test]
fn each_required_field_is_missed_by_name() {
    let badge = signed(&facts());
    for (pointer, name) in [
        ("/id", "id"),
        ("/issuer", "issuer"),
        ("/issuer/id", "issuer.id"),
        ("/validFrom", "validFrom"),
        ("/credentialSubject", "credentialSubject"),
        ("/credentialSubject/achievement", "credentialSubject.achievement"),
        ("/credentialSubject/achievement/id", "achievement.id"),
        ("/credentialSubject/achievement/type", "achievement.type"),
        ("/credentialSubject/achievement/name", "achievement.name"),
        ("/credentialSubject/achievement/criteria", "achievement.criteria"),
        ("/credentialSubject/achievement/description", "achievement.description"),
        ("/credentialSubject/identifier/0/hashed", "identifier.hashed"),
        ("/credentialSubject/identifier/0/identityHash", "identifier.identityHash"),
        ("/credentialStatus/type", "credentialStatus.type"),
        ("/credentialStatus/statusListIndex", "credentialStatus.statusListIndex"),
        ("/credentialStatus/statusListCredential", "credentialStatus.statusListCredential"),
        ("/credentialStatus/statusPurpose", "credentialStatus.statusPurpose"),
    ] {
        let mut changed = badge.clone();
        let (parent, member) = pointer.rsplit_once('/').unwrap();
        changed.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(member);
        let report = ask(&changed, &evidence(), now());
        let check = report.check(CheckName::Format).unwrap();
        assert_eq!(
            (check.code.as_str(), check.outcome, report.verdict),
            ("malformed", Outcome::Failed, Verdict::Invalid),
            "{pointer}"
        );
        assert!(check.message.contains(&format!("`{name}`")), "{pointer}: {}", check.message);
        assert_eq!(report.claims, None);
    }
}

#[test]
fn files_that_are_no_badge_are_told_apart() {
    let code = |bytes: &[u8]| {
        let report = judge(bytes, &evidence(), now(), &Asked::default());
        assert!(matches!(report.verdict, Verdict::Invalid | Verdict::Unknown));
        assert_eq!(report.checks.len(), 5);
        report.checks[0].code.clone()
    };
    assert_eq!(code(b""), "not_json");
    assert_eq!(code(b"{\"a\":1,\"a\":2}"), "not_json");
    assert_eq!(code(b"[]"), "not_a_badge");
    assert_eq!(code(b"{}"), "not_a_badge");
    assert_eq!(code(b"eyJhbGciOiJSUzI1NiJ9.e30.c2ln"), "not_a_badge");
    assert_eq!(code(br#"{"@context":"https://w3id.org/openbadges/v2","type":"Assertion"}"#), "malformed");
    let changed = |pointer: &str, value: Value| {
        let mut badge = signed(&facts());
        *badge.pointer_mut(pointer).unwrap() = value;
        code(badge.to_string().as_bytes())
    };
    // In the older data model the same badge lacks its date.
    assert_eq!(changed("/@context/0", json!("https://www.w3.org/2018/credentials/v1")), "malformed");
    assert_eq!(changed("/@context/0", json!("https://www.w3.org/ns/credentials/v3")), "not_a_badge");
    assert_eq!(changed("/@context/1", json!("https://www.w3.org/ns/credentials/v2")), "not_a_badge");
    assert_eq!(
        changed("/@context/2", json!({"validTill": "https://www.w3.org/2018/credentials#validUntil"})),
        "own_terms"
    );
    assert_eq!(changed("/type", json!(["VerifiableCredential"])), "not_a_badge");
    assert_eq!(changed("/type", json!("OpenBadgeCredential")), "malformed");
    assert_eq!(changed("/validFrom", json!("2026-01-15")), "malformed");
    assert_eq!(changed("/validUntil", json!("2025-01-15T10:00:00Z")), "malformed");
    assert_eq!(changed("/credentialStatus/statusListIndex", json!(94_567)), "malformed");
    assert_eq!(changed("/credentialStatus/statusListIndex", json!("094567")), "malformed");
    assert_eq!(changed("/credentialSubject/achievement", json!([])), "malformed");
}

#[test]
fn achievements_and_profiles_stand_alone_as_documents() {
    let achievement = achievement_document(&achievement(), &issuer());
    assert_eq!(achievement["id"], "https://badges.example.org/achievements/reliability.practitioner");
    assert_eq!(achievement["creator"]["id"], DID);
    assert!(canon::canonicalize(&achievement).is_ok());
    assert!(canon::canonicalize(&profile_document(&issuer())).is_ok());
}

#[test]
fn a_badge_signed_by_another_library_is_genuine() {
    let Some(bytes) = vector("ob30-canonical/signed.json") else { return };
    let report = judge(&bytes, &Evidence::new(), now(), &Asked::default());
    assert_eq!(told(&report), "Attention: well_formed genuine !issuer_unknown no_status within_dates");
    assert_eq!(report.claims.unwrap().document, strict::parse(&bytes).unwrap());
}

#[test]
fn criteria_of_the_id_of_their_achievement_hold_what_belongs_to_criteria() {
    let code = |criteria: Value| {
        let mut credential = achievement_credential(&facts());
        credential["credentialSubject"]["achievement"]["criteria"] = criteria;
        let report = ask(&credential, &evidence(), now());
        report.checks[0].code.clone()
    };
    let id = achievement().id;
    for plain in [
        json!({"id": id, "narrative": "x"}),
        json!({"id": id, "type": ["Criteria"], "narrative": "x"}),
        json!({"id": "https://badges.example.org/criteria", "name": "x"}),
        json!({"name": "x"}),
    ] {
        assert_eq!(code(plain.clone()), "well_formed", "{plain}");
    }
    for moved in [
        json!({"id": id, "name": "x"}),
        json!({"id": id, "type": ["Criteria"], "name": "x"}),
        json!({"id": id, "type": ["Achievement"]}),
    ] {
        assert_eq!(code(moved.clone()), "malformed", "{moved}");
    }
}
