//! The outcome of every check, and when look-ups are asked for.

use super::*;

#[test]
fn a_badge_of_a_known_issuer_is_valid_and_says_what_it_says() {
    let badge = signed(&facts());
    let report = ask(&badge, &evidence(), now());
    assert_eq!(told(&report), "Valid: well_formed genuine issuer_known in_force within_dates");
    let messages: Vec<&str> = report.checks.iter().map(|check| check.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "This is an Open Badges 3.0 credential of VC Data Model 2.0.",
            "Signed by its issuer on 15 January 2026, and nothing was changed since.",
            "Issued by Example Works, whom this service trusts.",
            "Not revoked, by its issuer's status list of 24 November 2026 at 11:59 UTC.",
            "Valid until 15 January 2028.",
            "It fits the schema it names.",
        ]
    );
    let claims = report.claims.unwrap();
    assert_eq!(claims.document, badge);
    assert_eq!(claims.name, "Reliability Practitioner");
    assert_eq!(claims.issuer_name.as_deref(), Some("Example Works"));
    assert_eq!(claims.image.as_deref(), Some("https://badges.example.org/images/practitioner.png"));
    assert_eq!(claims.tags, ["reliability", "operations"]);
    assert_eq!((claims.alignments.len(), claims.evidence.len()), (2, 2));
    assert_eq!(claims.valid_until, Some(at("2028-01-15T10:00:00Z")));
}

#[test]
fn the_same_input_gives_the_same_report_and_it_comes_back_from_json() {
    let badge = signed(&facts());
    let report = ask(&badge, &evidence(), now());
    assert_eq!(report, ask(&badge, &evidence(), now()));
    let written = serde_json::to_string(&report).unwrap();
    assert!(
        written
            .starts_with(r#"{"verdict":"valid","checks":[{"check":"format","outcome":"passed","code":"well_formed""#),
        "{written}"
    );
    assert_eq!(serde_json::from_str::<Report>(&written).unwrap(), report);
}

#[test]
fn every_outcome_has_its_own_answer() {
    let badge = signed(&facts());
    let mut altered = badge.clone();
    altered["name"] = json!("Reliability Master");
    assert_eq!(
        told(&ask(&altered, &evidence(), now())),
        "Invalid: well_formed !altered ?not_looked_at ?not_looked_at ?not_looked_at"
    );

    let revoked = signed_with(&list(|bits| bits.set(94_567).unwrap()), METHOD, &key());
    assert_eq!(
        told(&ask(&badge, &evidence_with_list(revoked), now())),
        "Invalid: well_formed genuine issuer_known !revoked within_dates"
    );
    let neighbours = signed_with(
        &list(|bits| {
            bits.set(94_566).unwrap();
            bits.set(94_568).unwrap();
        }),
        METHOD,
        &key(),
    );
    assert_eq!(ask(&badge, &evidence_with_list(neighbours), now()).verdict, Verdict::Valid);

    assert_eq!(
        told(&ask(&badge, &evidence(), at("2028-01-15T10:00:01Z"))),
        "Attention: well_formed genuine issuer_known in_force !expired"
    );
    // The last second it is valid, and the moment it ends.
    assert_eq!(ask(&badge, &evidence(), at("2028-01-15T09:59:59Z")).verdict, Verdict::Valid);
    assert_eq!(
        told(&ask(&badge, &evidence(), at("2028-01-15T10:00:00Z"))),
        "Attention: well_formed genuine issuer_known in_force !expired"
    );

    let mut later = facts();
    later.valid_from = at("2026-12-01T00:00:00Z");
    assert_eq!(
        told(&ask(&signed(&later), &evidence(), now())),
        "Attention: well_formed genuine issuer_known in_force !not_yet_valid"
    );

    let stranger = judge(badge.to_string().as_bytes(), &evidence(), now(), &Asked::default());
    assert_eq!(told(&stranger), "Attention: well_formed genuine !issuer_unknown in_force within_dates");

    let mut endless = facts();
    endless.valid_until = None;
    assert_eq!(
        told(&ask(&signed(&endless), &evidence(), now())),
        "Valid: well_formed genuine issuer_known in_force no_end"
    );

    let mut lasting = achievement_credential(&facts());
    lasting.as_object_mut().unwrap().remove("credentialStatus");
    let lasting = signed_with(&lasting, METHOD, &key());
    assert_eq!(
        told(&ask(&lasting, &evidence(), now())),
        "Valid: well_formed genuine issuer_known no_status within_dates"
    );
}

#[test]
fn what_could_not_be_checked_is_never_valid() {
    let badge = signed(&facts());
    let away = || Found::Unavailable("the server did not answer in 5 seconds".into());
    let list_away = evidence_with(found(&did_document()), away());
    let report = ask(&badge, &list_away, now());
    assert_eq!(told(&report), "Unknown: well_formed genuine issuer_known ?status_unreadable within_dates");
    assert_eq!(
        report.check(CheckName::Status).unwrap().message,
        "We could not read its status list on 24 November 2026 at 12:00 UTC: the server did not answer in 5 seconds. \
         The badge itself is genuine."
    );
    assert!(report.claims.is_some());
    // Expired as well: what is not known outweighs what is amber.
    assert_eq!(ask(&badge, &list_away, at("2029-01-01T00:00:00Z")).verdict, Verdict::Unknown);

    let key_away = evidence_with(away(), away());
    assert_eq!(
        told(&ask(&badge, &key_away, now())),
        "Unknown: well_formed ?key_unavailable ?not_looked_at ?not_looked_at ?not_looked_at"
    );
    assert_eq!(ask(&badge, &key_away, now()).claims, None);
    assert_eq!(ask(&badge, &Evidence::new(), now()).verdict, Verdict::Unknown);
    let garbled = evidence_with(Found::Document(b"<html>".to_vec(), now()), away());
    assert_eq!(ask(&badge, &garbled, now()).check(CheckName::Proof).unwrap().code, "key_unreadable");
    let mut other = did_document();
    other["id"] = json!("did:web:other.example");
    assert_eq!(
        ask(&badge, &evidence_with(found(&other), away()), now()).check(CheckName::Proof).unwrap().code,
        "key_unreadable"
    );
}

#[test]
fn the_key_must_be_the_issuers_and_allowed() {
    let code = |badge: &Value, evidence: &Evidence| {
        let report = ask(badge, evidence, now());
        assert_ne!(report.verdict, Verdict::Valid);
        assert_eq!(report.claims, None);
        report.check(CheckName::Proof).unwrap().code.clone()
    };
    let list = || found(&signed_with(&list(|_| {}), METHOD, &key()));
    let badge = signed(&facts());
    let other = SecretKey::from_seed(&[12; 32]);
    let other_did = did_key(&other.public());
    let other_method = format!("{other_did}#{}", other.public().to_multibase());
    let credential = achievement_credential(&facts());
    assert_eq!(code(&signed_with(&credential, &other_method, &other), &evidence()), "key_of_another");
    assert_eq!(code(&signed_with(&credential, METHOD, &other), &evidence()), "altered");
    assert_eq!(
        code(&signed_with(&credential, "did:web:badges.example.org#key-2025", &key()), &evidence()),
        "key_unknown"
    );
    assert_eq!(
        code(&signed_with(&credential, "https://badges.example.org/keys/1", &key()), &evidence()),
        "key_of_another"
    );

    let mut retired = did_document();
    retired["verificationMethod"][0]["revoked"] = json!("2026-06-01T00:00:00Z");
    assert_eq!(code(&badge, &evidence_with(found(&retired), list())), "key_revoked");
    let mut expired = did_document();
    expired["verificationMethod"][0]["expires"] = json!("2026-06-01T00:00:00Z");
    assert_eq!(code(&badge, &evidence_with(found(&expired), list())), "key_expired");
    let mut other_curve = did_document();
    let secp256k1 = format!("z{}", bs58::encode([[0xe7u8, 0x01].as_slice(), &[2; 33]].concat()).into_string());
    other_curve["verificationMethod"][0]["publicKeyMultibase"] = json!(secp256k1);
    assert_eq!(code(&badge, &evidence_with(found(&other_curve), list())), "key_unsupported");
    let mut forbidden = did_document();
    forbidden["assertionMethod"] = json!([]);
    assert_eq!(code(&badge, &evidence_with(found(&forbidden), list())), "key_refused");

    let mut unread = facts();
    unread.issuer.id = "did:example:1".into();
    let unread = signed_with(&achievement_credential(&unread), "did:example:1#key-1", &key());
    assert_eq!(code(&unread, &evidence()), "key_unsupported");
}

#[test]
fn proofs_are_held_to_their_dates_kinds_and_number() {
    let credential = achievement_credential(&facts());
    let code = |badge: &Value| ask(badge, &evidence(), now()).check(CheckName::Proof).unwrap().code.clone();
    let made_at = |when: &str| {
        let options = ProofOptions { created: at(when), verification_method: METHOD.into() };
        sign(&credential, &options, &key()).unwrap()
    };
    assert_eq!(code(&made_at("2026-11-24T12:05:01Z")), "proof_from_the_future");
    assert_eq!(code(&made_at("2026-11-24T12:04:59Z")), "genuine");
    assert_eq!(code(&credential), "unsigned");

    let badge = signed(&facts());
    let proof = badge["proof"][0].clone();
    let with = |proofs: Value| {
        let mut badge = badge.clone();
        badge["proof"] = proofs;
        code(&badge)
    };
    assert_eq!(with(proof.clone()), "genuine");
    assert_eq!(with(json!([])), "unsigned");
    let mut foreign = proof.clone();
    foreign["cryptosuite"] = json!("bbs-2023");
    assert_eq!(with(json!([foreign.clone()])), "proof_unsupported");
    assert_eq!(with(json!([foreign.clone(), proof.clone()])), "genuine");
    let mut chained = proof.clone();
    chained["previousProof"] = json!("urn:uuid:1");
    assert_eq!(with(json!([chained])), "proof_malformed");
    let many: Vec<Value> = (0..9)
        .map(|n| {
            let mut proof = foreign.clone();
            proof["nonce"] = json!(n.to_string());
            proof
        })
        .collect();
    assert_eq!(with(json!(many)), "proof_malformed");
    assert_eq!(with(json!("x")), "proof_malformed");
}

#[test]
fn a_did_key_badge_needs_nothing_and_is_genuine_but_unknown() {
    let mut own = facts();
    own.issuer.id = did_key(&key().public());
    let method = format!("{}#{}", own.issuer.id, key().public().to_multibase());
    let mut credential = achievement_credential(&own);
    credential.as_object_mut().unwrap().remove("credentialStatus");
    let badge = signed_with(&credential, &method, &key());
    assert_eq!(needs(badge.to_string().as_bytes(), &Evidence::new()), []);
    let report = ask(&badge, &Evidence::new(), now());
    assert_eq!(told(&report), "Attention: well_formed genuine !issuer_unknown no_status within_dates");
    let wrong = signed_with(&credential, &format!("{}#z6Mk", own.issuer.id), &key());
    assert_eq!(ask(&wrong, &Evidence::new(), now()).check(CheckName::Proof).unwrap().code, "key_unknown");
}

#[test]
fn nothing_but_the_issuers_key_is_asked_for_before_the_proof_holds() {
    let badge = signed(&facts());
    let bytes = badge.to_string().into_bytes();
    let mut evidence = Evidence::new();
    assert_eq!(needs(&bytes, &evidence), [Need::DidDocument(DID.into())]);
    evidence.put(Need::DidDocument(DID.into()), found(&did_document()));
    assert_eq!(needs(&bytes, &evidence), [Need::StatusList(LIST.into())]);
    let mut altered = badge.clone();
    altered["credentialStatus"]["statusListCredential"] = json!("http://169.254.169.254/");
    assert_eq!(needs(altered.to_string().as_bytes(), &evidence), []);
    evidence.put(Need::StatusList(LIST.into()), Found::Unavailable("it is away".into()));
    assert_eq!(needs(&bytes, &evidence), []);

    let mut away = Evidence::new();
    away.put(Need::DidDocument(DID.into()), Found::Unavailable("it is away".into()));
    assert_eq!(needs(&bytes, &away), []);
    let stranger = signed_with(&achievement_credential(&facts()), "did:web:evil.example#k", &key());
    assert_eq!(needs(stranger.to_string().as_bytes(), &Evidence::new()), []);
    assert_eq!(needs(b"{}", &Evidence::new()), []);
}

#[test]
fn a_recipient_is_known_by_every_spelling_of_the_address() {
    let badge = signed(&facts()).to_string().into_bytes();
    let asked = |email: &str| {
        let report = judge(
            &badge,
            &evidence(),
            now(),
            &Asked { email: Some(email), known_issuers: &known(), ..Asked::default() },
        );
        (report.verdict, report.check(CheckName::Recipient).unwrap().code.clone())
    };
    for email in [EMAIL, "  ana@example.org\n", "Ana@Example.ORG"] {
        assert_eq!(asked(email), (Verdict::Valid, "recipient_matches".into()), "{email}");
    }
    for email in ["bob@example.org", "", "ana@example.org8f3b2c1d"] {
        assert_eq!(asked(email), (Verdict::Invalid, "recipient_differs".into()), "{email}");
    }

    let with = |identifier: Value| {
        let mut credential = achievement_credential(&facts());
        credential["credentialSubject"]["identifier"] = identifier;
        let badge = signed_with(&credential, METHOD, &key());
        judge(
            badge.to_string().as_bytes(),
            &evidence(),
            now(),
            &Asked { email: Some(EMAIL), known_issuers: &known(), ..Asked::default() },
        )
        .check(CheckName::Recipient)
        .unwrap()
        .code
        .clone()
    };
    let plain = json!({"type": "IdentityObject", "hashed": false, "identityHash": "Ana@example.org", "identityType": "emailAddress"});
    assert_eq!(with(plain.clone()), "recipient_matches");
    let other = json!({"type": "IdentityObject", "hashed": false, "identityHash": "A-17", "identityType": "systemId"});
    assert_eq!(with(json!([other.clone(), plain])), "recipient_matches");
    assert_eq!(with(json!([other])), "recipient_unnamed");
    let by_address = |id: &str| {
        let mut credential = achievement_credential(&facts());
        credential["credentialSubject"]["id"] = json!(id);
        credential["credentialSubject"].as_object_mut().unwrap().remove("identifier");
        let badge = signed_with(&credential, METHOD, &key());
        judge(
            badge.to_string().as_bytes(),
            &evidence(),
            now(),
            &Asked { email: Some(EMAIL), known_issuers: &known(), ..Asked::default() },
        )
        .check(CheckName::Recipient)
        .unwrap()
        .code
        .clone()
    };
    assert_eq!(by_address("mailto:Ana@example.org"), "recipient_matches");
    assert_eq!(by_address("mailto:bob@example.org"), "recipient_differs");
    assert_eq!(by_address("urn:uuid:1"), "recipient_unnamed");
    // A hash of a kind we don't make says nothing for or against anyone.
    let md5 = json!({"type": "IdentityObject", "hashed": true, "identityHash": "md5$28d50415252ab6c689a54413da15b083",
        "identityType": "emailAddress", "salt": "x"});
    assert_eq!(with(json!([md5])), "recipient_unreadable");
}

#[test]
fn every_code_of_the_judge_is_documented() {
    let documented = include_str!("../../docs/VERIFYING.md");
    let sources = [
        include_str!("../../src/credential/verify/format.rs"),
        include_str!("../../src/credential/verify/issuer.rs"),
        include_str!("../../src/credential/verify/judge.rs"),
        include_str!("../../src/credential/verify/endorsements.rs"),
        include_str!("../../src/credential/verify/entry.rs"),
        include_str!("../../src/credential/verify/list.rs"),
        include_str!("../../src/credential/verify/model.rs"),
        include_str!("../../src/credential/verify/presentation.rs"),
        include_str!("../../src/credential/verify/recipient.rs"),
        include_str!("../../src/credential/verify/refresh.rs"),
        include_str!("../../src/credential/verify/secured.rs"),
        include_str!("../../src/credential/verify/ob2/assertion.rs"),
        include_str!("../../src/credential/verify/ob2/form.rs"),
        include_str!("../../src/credential/verify/ob2/hosted.rs"),
        include_str!("../../src/credential/verify/ob2/identity.rs"),
        include_str!("../../src/credential/verify/ob2/jws.rs"),
        include_str!("../../src/credential/verify/ob2/key.rs"),
        include_str!("../../src/credential/verify/ob2/lookup.rs"),
        include_str!("../../src/credential/verify/ob2/parts.rs"),
        include_str!("../../src/credential/verify/ob2/report.rs"),
        include_str!("../../src/credential/verify/ob2/revocation.rs"),
        include_str!("../../src/credential/verify/ob2/scope.rs"),
        include_str!("../../src/credential/verify/ob2/signed.rs"),
    ];
    let codes: std::collections::BTreeSet<&str> = sources
        .iter()
        .flat_map(|source| source.split('"').skip(1).step_by(2))
        .filter(|text| text.contains('_') && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'))
        .filter(|text| *text != "snake_case")
        .collect();
    assert!(codes.len() > 30, "{codes:?}");
    for code in codes {
        assert!(documented.contains(&format!("`{code}`")), "{code} is not in docs/VERIFYING.md");
    }
}
