//! What a badge carries of others: endorsements of itself, of its achievement and of its issuer.

use laurel::credential::document::{CREDENTIALS_CONTEXT, EXTENSIONS_CONTEXT, OPEN_BADGES_CONTEXT};
use laurel::credential::endorsement::{EndorsementFacts, endorsement_credential};
use laurel::credential::verify::{EndorsedPart, EndorsementReport};

use super::parts::{Person, jws};
use super::*;

const BADGE: &str = "https://badges.example.org/badges/0192f1c47a1e";
const ACHIEVEMENT: &str = "https://badges.example.org/achievements/reliability.practitioner";
const PANEL: &str = "did:web:panel.example.org";
const PANEL_LIST: &str = "https://panel.example.org/status/1";

fn panel() -> SecretKey {
    SecretKey::from_seed(&[21; 32])
}

/// An unsigned endorsement of something.
fn endorsement(by: &str, of: &str, comment: &str) -> Value {
    json!({
        "@context": [CREDENTIALS_CONTEXT, OPEN_BADGES_CONTEXT, EXTENSIONS_CONTEXT],
        "id": format!("urn:example:{}", comment.len()),
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "name": "Endorsement",
        "issuer": {"id": by, "type": ["Profile"], "name": "A panel"},
        "validFrom": "2026-01-14T10:00:00Z",
        "credentialSubject": {"id": of, "type": ["EndorsementSubject"], "endorsementComment": comment},
    })
}

fn by(person: &Person, of: &str, comment: &str) -> Value {
    person.sign(&endorsement(&person.did, of, comment))
}

/// One by a panel with a status list of its own.
fn by_panel(index: u32) -> Value {
    let mut unsigned = endorsement(PANEL, BADGE, "Assessed by **three** people.");
    unsigned["credentialStatus"] = json!({
        "id": format!("{PANEL_LIST}#{index}"),
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": index.to_string(),
        "statusListCredential": PANEL_LIST,
    });
    signed_with(&unsigned, &format!("{PANEL}#k"), &panel())
}

fn panel_evidence(mut evidence: Evidence, revoked: Option<u32>) -> Evidence {
    let entry = DidKeyEntry { fragment: "k".into(), public: panel().public(), assertion: true };
    evidence.put(Need::DidDocument(PANEL.into()), found(&did_web_document(PANEL, &[entry])));
    let mut bits = Bitstring::new();
    if let Some(index) = revoked {
        bits.set(index).unwrap();
    }
    let facts = StatusListFacts { id: PANEL_LIST, issuer: PANEL, valid_from: at("2026-01-01T00:00:00Z"), bits: &bits };
    let list = signed_with(&status_list_credential(&facts), &format!("{PANEL}#k"), &panel());
    evidence.put(Need::StatusList(PANEL_LIST.into()), found(&list));
    evidence
}

/// A badge of ours with what `add` puts into it before it is signed.
fn badge(add: impl FnOnce(&mut Value)) -> Value {
    let mut credential = achievement_credential(&facts());
    add(&mut credential);
    signed_with(&credential, METHOD, &key())
}

fn carrying(endorsements: Value) -> Value {
    badge(|badge| badge["endorsement"] = endorsements)
}

/// A badge with endorsements of a person and of a panel.
pub(super) fn endorsed() -> Value {
    carrying(json!([by(&Person::new(31), BADGE, "Well done."), by_panel(5)]))
}

fn codes(endorsement: &EndorsementReport) -> String {
    let mut line = format!("{:?}:", endorsement.verdict);
    for check in &endorsement.checks {
        let mark = if check.outcome == Outcome::Passed { "" } else { "!" };
        line += &format!(" {mark}{}", check.code);
    }
    line
}

fn only(report: &Report) -> &EndorsementReport {
    assert_eq!((report.endorsements.len(), report.endorsements_left_aside), (1, 0));
    &report.endorsements[0]
}

#[test]
fn a_badge_is_built_with_the_endorsement_of_its_panel_in_it() {
    let panel = EndorsementFacts {
        credential_id: "https://badges.example.org/endorsements/1".into(),
        name: Some("Decision of the panel".into()),
        issuer: issuer(),
        subject_id: BADGE.into(),
        comment: "Assessed by **three** people.".into(),
        valid_from: at("2026-01-15T10:00:00Z"),
        valid_until: None,
        status: None,
    };
    let endorsement = signed_with(&endorsement_credential(&panel), METHOD, &key());
    let alone = ask(&endorsement, &evidence(), now());
    assert_eq!(told(&alone), "Valid: well_formed genuine issuer_known no_status no_end");
    let facts = AchievementFacts { endorsements: vec![endorsement], ..facts() };
    let report = ask(&signed(&facts), &evidence(), now());
    assert_eq!(told(&report), "Valid: well_formed genuine issuer_known in_force within_dates");
    assert_eq!(codes(only(&report)), "Valid: well_formed genuine issuer_known no_status no_end about_this");
    assert_eq!(only(&report).comment.as_deref(), Some("Assessed by **three** people."));
    let revocable = EndorsementFacts { status: Some(StatusEntry { list_url: LIST.into(), index: 3 }), ..panel };
    let listed = signed_with(&endorsement_credential(&revocable), METHOD, &key());
    assert_eq!(ask(&listed, &evidence(), now()).check(CheckName::Status).unwrap().code, "in_force");
}

#[test]
fn endorsements_of_the_badge_its_achievement_and_its_issuer_are_each_judged() {
    let (one, two, three) = (Person::new(31), Person::new(32), Person::new(33));
    let badge = badge(|badge| {
        badge["endorsement"] = json!([by(&one, BADGE, "Well done.")]);
        badge["credentialSubject"]["achievement"]["endorsement"] = by(&two, ACHIEVEMENT, "We ask for it.");
        badge["issuer"]["endorsement"] = json!([by(&three, DID, "They assess fairly.")]);
    });
    let report = ask(&badge, &evidence(), now());
    assert_eq!(told(&report), "Valid: well_formed genuine issuer_known in_force within_dates");
    let told: Vec<_> = report
        .endorsements
        .iter()
        .map(|it| (it.attached_to, it.endorser_id.as_deref().unwrap(), it.comment.as_deref().unwrap(), codes(it)))
        .collect();
    let genuine = "Attention: well_formed genuine !issuer_unknown no_status no_end about_this".to_owned();
    assert_eq!(
        told,
        [
            (EndorsedPart::Credential, one.did.as_str(), "Well done.", genuine.clone()),
            (EndorsedPart::Achievement, two.did.as_str(), "We ask for it.", genuine.clone()),
            (EndorsedPart::Issuer, three.did.as_str(), "They assess fairly.", genuine),
        ]
    );
}

#[test]
fn an_endorsers_key_and_list_are_asked_for_only_after_the_badges_own_proof() {
    let badge = carrying(json!([by_panel(7)])).to_string();
    assert_eq!(needs(badge.as_bytes(), &Evidence::new()), [Need::DidDocument(DID.into())]);
    let mut known = Evidence::new();
    known.put(Need::DidDocument(DID.into()), found(&did_document()));
    let wanted = [Need::StatusList(LIST.into()), Need::DidDocument(PANEL.into())];
    assert_eq!(needs(badge.as_bytes(), &known), wanted);
    let mut known = evidence();
    known.put(
        Need::DidDocument(PANEL.into()),
        panel_evidence(Evidence::new(), None).did_document(PANEL).unwrap().clone(),
    );
    assert_eq!(needs(badge.as_bytes(), &known), [Need::StatusList(PANEL_LIST.into())]);
    assert_eq!(needs(badge.as_bytes(), &panel_evidence(evidence(), None)), []);
    // Of a forged badge nothing is asked, whatever it carries.
    let forged = badge.replace("Reliability Practitioner", "Reliability Master");
    assert_eq!(needs(forged.as_bytes(), &known), []);
    assert_eq!(ask(&strict::parse(forged.as_bytes()).unwrap(), &known, now()).endorsements, []);
}

#[test]
fn a_bad_endorsement_leaves_the_badge_as_it_is_and_is_shown_for_what_it_is() {
    let one = Person::new(31);
    let mut altered = by(&one, BADGE, "Well done.");
    altered["credentialSubject"]["endorsementComment"] = json!("Outstanding.");
    let mut stranger = by(&one, BADGE, "Well done.");
    stranger["issuer"]["id"] = json!(Person::new(32).did);
    let mut unsigned = by(&one, BADGE, "Well done.");
    unsigned.as_object_mut().unwrap().remove("proof");
    for (bad, expected) in [
        (altered, "Invalid: well_formed !altered !not_looked_at !not_looked_at !not_looked_at about_this"),
        (stranger, "Invalid: well_formed !key_of_another !not_looked_at !not_looked_at !not_looked_at about_this"),
        (unsigned, "Invalid: well_formed !unsigned !not_looked_at !not_looked_at !not_looked_at about_this"),
        (by(&one, "https://badges.example.org/badges/another", "Well done."), "Invalid: well_formed !about_another"),
        (by(&one, ACHIEVEMENT, "Well done."), "Invalid: well_formed !about_another"),
    ] {
        let report = ask(&carrying(json!([bad])), &evidence(), now());
        assert_eq!(told(&report), "Valid: well_formed genuine issuer_known in_force within_dates");
        let shown = only(&report);
        assert_eq!(codes(shown), expected);
        assert_eq!((&shown.comment, &shown.endorser_name), (&None, &None), "nobody said it of this badge");
        assert!(shown.endorser_id.is_some() && shown.deciding().is_some());
    }
}

#[test]
fn what_is_no_endorsement_is_named_by_one_check() {
    let one = Person::new(31);
    let mut inner = by(&one, BADGE, "Well done.");
    inner.as_object_mut().unwrap().remove("@context");
    for (odd, code) in [(inner, "not_a_badge"), (signed(&facts()), "not_an_endorsement")] {
        let told = vc_jwt(|badge| badge["endorsement"] = json!([odd]));
        assert_eq!(codes(only(&told)), format!("Invalid: !{code}"));
        assert_eq!(only(&told).endorser_id, None);
    }
    for odd in [json!("x"), json!(7), json!("{}"), json!([[]])] {
        let told = vc_jwt(|badge| badge["endorsementJwt"] = json!([odd]));
        assert_eq!(codes(only(&told)), "Invalid: !not_an_endorsement");
        let told = vc_jwt(|badge| badge["endorsement"] = json!([odd]));
        assert_eq!(codes(only(&told)), "Invalid: !not_an_endorsement");
    }
}

#[test]
fn an_endorsement_is_revoked_by_its_own_list_and_open_without_it() {
    let badge = carrying(json!([by_panel(7)]));
    let of = |evidence: &Evidence| {
        let report = ask(&badge, evidence, now());
        assert_eq!(report.verdict, Verdict::Valid);
        codes(only(&report)).replace(" about_this", "")
    };
    assert_eq!(of(&panel_evidence(evidence(), None)), "Attention: well_formed genuine !issuer_unknown in_force no_end");
    assert_eq!(
        of(&panel_evidence(evidence(), Some(7))),
        "Invalid: well_formed genuine !issuer_unknown !revoked no_end"
    );
    assert!(of(&evidence()).starts_with("Unknown: well_formed !key_unavailable"));
    let both =
        [known()[0].clone(), KnownIssuer { id: PANEL.into(), name: "The panel".into(), ..KnownIssuer::default() }];
    let asked = Asked { email: None, known_issuers: &both, ..Asked::default() };
    let report = judge(badge.to_string().as_bytes(), &panel_evidence(evidence(), None), now(), &asked);
    assert_eq!(only(&report).verdict, Verdict::Valid);
    assert_eq!((only(&report).endorser_shown(), only(&report).deciding()), (Some("A panel"), None));
    let stranger = ask(&badge, &panel_evidence(evidence(), None), now());
    assert_eq!(only(&stranger).endorser_shown(), Some(PANEL), "anyone can take a name");
}

/// Our badge as a JWT, signed by a did:key.
fn vc_jwt(add: impl FnOnce(&mut Value)) -> Report {
    let issuer = Person::new(40);
    let mut credential = achievement_credential(&facts());
    credential.as_object_mut().unwrap().remove("credentialStatus");
    credential["issuer"]["id"] = json!(issuer.did);
    add(&mut credential);
    let report = judge(issuer.jws("vc+jwt", &credential).as_bytes(), &Evidence::new(), now(), &Asked::default());
    assert_eq!(report.check(CheckName::Proof).unwrap().code, "genuine");
    report
}

#[test]
fn an_endorsement_as_a_jwt_counts_like_any_other() {
    let one = Person::new(31);
    let jwt = one.jws("vc+jwt", &endorsement(&one.did, BADGE, "Well done."));
    let report = vc_jwt(|badge| badge["endorsementJwt"] = json!([jwt]));
    assert_eq!(codes(only(&report)), "Attention: well_formed genuine !issuer_unknown no_status no_end about_this");
    assert_eq!(only(&report).comment.as_deref(), Some("Well done."));
    let (head, rest) = jwt.split_once('.').unwrap();
    let (_, signature) = rest.split_once('.').unwrap();
    let other = one.jws("vc+jwt", &endorsement(&one.did, BADGE, "Outstanding."));
    let mixed = format!("{head}.{}.{signature}", other.split('.').nth(1).unwrap());
    let report = vc_jwt(|badge| badge["endorsementJwt"] = json!(mixed));
    assert!(codes(only(&report)).starts_with("Invalid: well_formed !altered"));
    let unsigned = jws(&json!({"alg": "none"}), &endorsement(&one.did, BADGE, "Well done."), |_| vec![0]);
    let report = vc_jwt(|badge| badge["endorsementJwt"] = json!(unsigned));
    assert_eq!(codes(only(&report)), "Invalid: !algorithm_refused");
    // No published context defines the term, so beside an RDF proof nobody signed it.
    let report = ask(&badge(|badge| badge["name"] = json!("x")), &evidence(), now());
    assert_eq!(report.verdict, Verdict::Valid);
    let mut added = signed(&facts());
    added["endorsementJwt"] = json!([jwt]);
    assert_eq!(ask(&added, &evidence(), now()).check(CheckName::Proof).unwrap().code, "term_unsigned");
}

#[test]
fn eight_are_judged_and_the_rest_is_counted() {
    let all: Vec<Value> = (0..11).map(|n| by(&Person::new(50 + n), BADGE, &"x".repeat(1 + usize::from(n)))).collect();
    let report = ask(&carrying(json!(all)), &evidence(), now());
    assert_eq!((report.endorsements.len(), report.endorsements_left_aside), (8, 3));
    assert!(report.endorsements.iter().all(|it| it.comment.is_some()));
}

#[test]
fn an_endorsement_within_an_endorsement_is_not_followed() {
    let (one, two) = (Person::new(31), Person::new(32));
    let mut unsigned = endorsement(&one.did, BADGE, "Well done.");
    unsigned["endorsement"] = json!([by_panel(3)]);
    unsigned["issuer"]["endorsement"] = json!([by(&two, &one.did, "Trust them.")]);
    let badge = carrying(json!([one.sign(&unsigned)]));
    assert_eq!(needs(badge.to_string().as_bytes(), &evidence()), []);
    assert!(only(&ask(&badge, &evidence(), now())).comment.is_some());
}

#[test]
fn the_proof_of_the_badge_covers_what_it_carries_to_the_last_word() {
    let badge = carrying(json!([by(&Person::new(31), BADGE, "Well done.")]));
    for (pointer, value) in [
        ("/endorsement/0/credentialSubject/endorsementComment", json!("Outstanding.")),
        ("/endorsement/0/proof/0/proofValue", json!("z2")),
        ("/endorsement/0/proof/0/created", json!("2026-01-15T10:00:06Z")),
        ("/endorsement/0/issuer/id", json!("did:web:other.example")),
    ] {
        let mut altered = badge.clone();
        *altered.pointer_mut(pointer).unwrap() = value;
        assert_eq!(ask(&altered, &evidence(), now()).check(CheckName::Proof).unwrap().code, "altered", "{pointer}");
    }
    let mut without = badge.clone();
    without.as_object_mut().unwrap().remove("endorsement");
    assert_eq!(ask(&without, &evidence(), now()).check(CheckName::Proof).unwrap().code, "altered");
    let mut moved = badge;
    moved["issuer"]["endorsement"] = moved.as_object_mut().unwrap().remove("endorsement").unwrap();
    assert_eq!(ask(&moved, &evidence(), now()).check(CheckName::Proof).unwrap().code, "altered");
}

#[test]
fn the_published_sample_tells_of_each_endorsement_it_carries() {
    let Some(bytes) = vector("ob30-samples/complete.json") else { return };
    let document = strict::parse(&bytes).unwrap();
    let url = document["issuer"]["id"].as_str().unwrap();
    let key = document["proof"][0]["verificationMethod"].as_str().unwrap().split_once('#').unwrap().1;
    let page = json!({"id": url, "publicKey": {"type": "Multikey", "controller": url, "publicKeyMultibase": key}});
    let mut evidence = Evidence::new();
    evidence.put(Need::IssuerProfile(url.to_owned()), found(&page));
    let report = judge(&bytes, &evidence, now(), &Asked::default());
    let told: Vec<_> = report.endorsements.iter().map(|it| (it.attached_to, codes(it))).collect();
    // Two of the three are about the issuer, wherever they stand; the third carries a proof of a kind that does not exist.
    let another = || "Invalid: well_formed !about_another".to_owned();
    assert_eq!(told[..2], [(EndorsedPart::Credential, another()), (EndorsedPart::Achievement, another())]);
    assert_eq!(told.len(), 3);
    assert!(told[2].1.starts_with("Unknown: well_formed !"), "{told:?}");
}

/// What tests/interop hands to the verifiers of others: a badge by a did:key with the endorsement of another in it.
#[test]
fn the_endorsed_badge_that_others_verify_is_what_is_built_here() {
    let (issuer, panel) = (Person::new(41), Person::new(42));
    let name =
        |person: &Person, name: &str| IssuerFacts { id: person.did.clone(), name: name.into(), ..self::issuer() };
    let endorsement = panel.sign(&endorsement_credential(&EndorsementFacts {
        credential_id: "https://badges.example.org/endorsements/1".into(),
        name: None,
        issuer: name(&panel, "A panel"),
        subject_id: BADGE.into(),
        comment: "Assessed by **three** people.".into(),
        valid_from: at("2026-01-15T10:00:00Z"),
        valid_until: None,
        status: None,
    }));
    let facts = AchievementFacts {
        issuer: name(&issuer, "Example Works"),
        valid_until: None,
        endorsements: vec![endorsement],
        ..facts()
    };
    let badge = issuer.sign(&achievement_credential(&facts));
    let mut evidence = Evidence::new();
    evidence.put(Need::StatusList(LIST.into()), found(&json!({})));
    let report = judge(badge.to_string().as_bytes(), &evidence, now(), &Asked::default());
    assert_eq!(report.check(CheckName::Proof).unwrap().code, "genuine");
    assert_eq!(only(&report).comment.as_deref(), Some("Assessed by **three** people."));
    let kept: Value = serde_json::from_str(include_str!("../interop/endorsed.json")).unwrap();
    assert_eq!(kept, badge, "write the new badge to tests/interop/endorsed.json: {badge}");
}

#[test]
fn an_endorsement_names_the_check_that_decides_and_is_asked_about_no_recipient() {
    let badge = endorsed().to_string();
    let asked = Asked { email: Some(EMAIL), known_issuers: &known(), ..Asked::default() };
    let report = judge(badge.as_bytes(), &panel_evidence(evidence(), Some(5)), now(), &asked);
    assert!(report.check(CheckName::Recipient).is_some());
    let [person, panel] = &report.endorsements[..] else { panic!("{:?}", report.endorsements) };
    for endorsement in [person, panel] {
        assert!(endorsement.checks.iter().all(|check| check.check != CheckName::Recipient));
    }
    assert_eq!(person.deciding().map(|check| check.code.as_str()), Some("issuer_unknown"));
    assert_eq!(panel.deciding().map(|check| check.code.as_str()), Some("revoked"));
    let own = by_own();
    let valid = ask(&carrying(json!([own])), &evidence(), now());
    assert_eq!(only(&valid).deciding(), None);
}

/// One by the issuer of the badge.
fn by_own() -> Value {
    signed_with(&endorsement(DID, BADGE, "Well done."), METHOD, &key())
}
