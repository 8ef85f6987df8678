//! Presentations: badges that their holder shows, with a challenge and a domain, in JSON and as a JWT.

use laurel::credential::document::CREDENTIALS_CONTEXT;
use laurel::credential::verify::{
    AskedOfPresentation, PresentationReport, is_presentation, judge_presentation, presentation_needs,
};

use super::parts::{Person, jws};
use super::*;

const CHALLENGE: &str = "c0ffee-1";
const DOMAIN: &str = "https://asker.example";

fn holder() -> Person {
    Person::new(61)
}

/// A badge of ours that was issued to the holder.
fn own_badge() -> Value {
    signed(&AchievementFacts { subject_id: holder().did, ..facts() })
}

fn unsigned(credentials: Value) -> Value {
    json!({
        "@context": [CREDENTIALS_CONTEXT],
        "type": ["VerifiablePresentation"],
        "holder": holder().did,
        "verifiableCredential": credentials,
    })
}

fn occasion() -> Value {
    json!({"challenge": CHALLENGE, "domain": DOMAIN})
}

fn shown(credentials: Value) -> Value {
    holder().present(&unsigned(credentials), occasion())
}

/// A badge that its holder shows.
pub(super) fn presentation() -> Value {
    shown(json!([own_badge()]))
}

fn asked(known: &[KnownIssuer]) -> AskedOfPresentation<'_> {
    AskedOfPresentation { challenge: Some(CHALLENGE), domain: Some(DOMAIN), known_issuers: known, ..Default::default() }
}

fn ask_of(presentation: &str, evidence: &Evidence) -> PresentationReport {
    judge_presentation(presentation.as_bytes(), evidence, now(), &asked(&known()))
}

fn ask_json(presentation: &Value) -> PresentationReport {
    ask_of(&presentation.to_string(), &evidence())
}

fn codes(report: &PresentationReport) -> String {
    let mut line = format!("{:?}:", report.verdict);
    for check in &report.checks {
        let mark = match check.outcome {
            Outcome::Passed => "",
            Outcome::Failed => "!",
            Outcome::Unchecked => "?",
        };
        line += &format!(" {mark}{}", check.code);
    }
    line
}

const GOOD: &str = "Valid: well_formed genuine challenge_answered holder_is_subject";

#[test]
fn a_presentation_is_judged_with_every_badge_in_it() {
    let presentation = shown(json!([own_badge()]));
    let report = ask_json(&presentation);
    assert_eq!(codes(&report), GOOD);
    assert_eq!(report.holder.as_deref(), Some(holder().did.as_str()));
    let signed_by = format!("Signed by its holder, {}, on 24 November 2026 at 11:59 UTC.", holder().did);
    assert_eq!(report.check(CheckName::Proof).unwrap().message, signed_by);
    assert_eq!(report.credentials, [ask(&own_badge(), &evidence(), now())]);
    let two = shown(json!([own_badge(), signed(&facts())]));
    let report = ask_json(&two);
    assert_eq!(codes(&report), "Attention: well_formed genuine challenge_answered !holder_differs");
    assert_eq!(report.credentials.len(), 2);
    assert!(report.credentials.iter().all(|badge| badge.verdict == Verdict::Valid));
    // One badge that is not valid makes the whole so.
    let mut altered = own_badge();
    altered["name"] = json!("Reliability Master");
    let report = ask_json(&shown(json!([own_badge(), altered])));
    assert_eq!(codes(&report), "Invalid: well_formed genuine challenge_answered ?holder_unknown");
    assert_eq!((report.credentials[0].verdict, report.credentials[1].verdict), (Verdict::Valid, Verdict::Invalid));
    assert_eq!(report.credentials[1].claims, None);
    let empty =
        holder().present(&json!({"@context": [CREDENTIALS_CONTEXT], "type": "VerifiablePresentation"}), occasion());
    assert_eq!(codes(&ask_json(&empty)), "Valid: well_formed genuine challenge_answered");
}

#[test]
fn a_presentation_of_version_1_is_judged_too() {
    let mut document = unsigned(json!(models::sealed(&models::old())));
    document["@context"] =
        json!(["https://www.w3.org/2018/credentials/v1", "https://w3id.org/security/data-integrity/v2"]);
    let report = ask_json(&holder().present(&document, occasion()));
    assert_eq!(codes(&report), "Attention: well_formed genuine challenge_answered !holder_differs");
    assert_eq!(report.credentials[0].verdict, Verdict::Valid);
    let message = &report.check(CheckName::Format).unwrap().message;
    assert!(message.contains("VC Data Model 1.1"), "{message}");
    // As a JWT, with a badge as a JWT in it.
    let document = json!({"@context": ["https://www.w3.org/2018/credentials/v1"], "type": ["VerifiablePresentation"],
        "verifiableCredential": [Person::new(62).jws("JWT", &badge_of(&Person::new(62)))]});
    let claims = json!({"iss": holder().did, "aud": [DOMAIN], "nonce": CHALLENGE, "vp": document});
    let report = ask_of(&holder().jws("JWT", &claims), &Evidence::new());
    assert_eq!(codes(&report), "Attention: well_formed genuine challenge_answered holder_is_subject");
}

/// A badge that a did:key gives the holder.
fn badge_of(issuer: &Person) -> Value {
    let mut credential = achievement_credential(&AchievementFacts { subject_id: holder().did, ..facts() });
    credential["issuer"]["id"] = json!(issuer.did);
    credential.as_object_mut().unwrap().remove("credentialStatus");
    credential
}

#[test]
fn challenge_and_domain_must_be_those_that_were_asked_for() {
    let with = |more: Value| codes(&ask_json(&holder().present(&unsigned(json!([own_badge()])), more)));
    let told = |verdict: &str, code: &str| format!("{verdict}: well_formed genuine !{code} holder_is_subject");
    assert_eq!(with(occasion()), GOOD);
    assert_eq!(with(json!({"challenge": CHALLENGE, "domain": ["https://b.example", DOMAIN]})), GOOD);
    for (more, code) in [
        (json!({}), "challenge_missing"),
        (json!({"domain": DOMAIN}), "challenge_missing"),
        (json!({"challenge": "c0ffee-2", "domain": DOMAIN}), "challenge_differs"),
        (json!({"challenge": "C0FFEE-1", "domain": DOMAIN}), "challenge_differs"),
        (json!({"challenge": CHALLENGE}), "domain_missing"),
        (json!({"challenge": CHALLENGE, "domain": "https://asker.example.evil"}), "domain_differs"),
        (json!({"challenge": CHALLENGE, "domain": ["https://b.example"]}), "domain_differs"),
    ] {
        assert_eq!(with(more.clone()), told("Invalid", code), "{more}");
    }
    for asked in [AskedOfPresentation::default(), AskedOfPresentation { domain: Some(DOMAIN), ..Default::default() }] {
        let presentation = shown(json!([own_badge()])).to_string();
        let known = known();
        let asked = AskedOfPresentation { known_issuers: &known, ..asked };
        let report = judge_presentation(presentation.as_bytes(), &evidence(), now(), &asked);
        assert_eq!(codes(&report), told("Attention", "challenge_unasked"), "it may be a copy");
    }
    // What is signed can't be changed to fit.
    let mut moved = holder().present(&unsigned(json!([own_badge()])), json!({"challenge": "other", "domain": DOMAIN}));
    moved["proof"]["challenge"] = json!(CHALLENGE);
    assert!(codes(&ask_json(&moved)).starts_with("Invalid: well_formed !altered"));
}

#[test]
fn who_did_not_sign_it_shows_nothing() {
    let other = Person::new(62);
    let good = shown(json!([own_badge()]));
    let change = |pointer: &str, value: Value| {
        let mut changed = good.clone();
        *changed.pointer_mut(pointer).unwrap() = value;
        changed
    };
    let mut nobody = good.clone();
    nobody.as_object_mut().unwrap().remove("proof");
    let mut added = good.clone();
    added["verifiableCredential"].as_array_mut().unwrap().push(signed(&facts()));
    let assertion = holder().sign(&unsigned(json!([own_badge()])));
    for (bad, code) in [
        (change("/holder", json!(other.did)), "key_of_another"),
        (change("/verifiableCredential/0/name", json!("Reliability Master")), "altered"),
        (change("/verifiableCredential/0/proof/0/created", json!("2026-01-15T10:00:06Z")), "altered"),
        (change("/proof/verificationMethod", json!(other.method)), "key_of_another"),
        (change("/proof/proofPurpose", json!("assertionMethod")), "proof_malformed"),
        (change("/proof/challenge", json!(["a"])), "proof_malformed"),
        (change("/proof/created", json!("2026-11-24T12:30:00Z")), "proof_from_the_future"),
        (assertion, "proof_malformed"),
        (other.present(&unsigned(json!([own_badge()])), occasion()), "key_of_another"),
        (nobody, "unsigned"),
        (added, "altered"),
    ] {
        let report = ask_json(&bad);
        assert_eq!(codes(&report), format!("Invalid: well_formed !{code} ?not_looked_at ?not_looked_at"));
        assert_eq!((&report.holder, report.credentials.len()), (&None, 0), "{code}");
        assert!(!report.checks[1].message.contains("ts issuer"), "{}", report.checks[1].message);
    }
}

/// To RDF two nodes of one id are one, so a badge may not be moved from the presentation to where no reader looks for it.
#[test]
fn the_badges_of_a_presentation_stand_where_its_holder_signed_them() {
    let mut document = unsigned(json!([own_badge()]));
    document["id"] = json!("urn:uuid:5b1d8a52-9c1c-4d3e-9d5c-3d1f6f1a7a10");
    document["holder"] = json!({"id": holder().did});
    let good = holder().present(&document, occasion());
    assert_eq!(codes(&ask_json(&good)), GOOD);
    // The holder has the id of the presentation as well: then the two are one node.
    document["id"] = json!(holder().did);
    document["holder"] = json!({"id": holder().did, "type": ["VerifiablePresentation"]});
    let one_node = holder().present(&document, occasion());
    assert_eq!(codes(&ask_json(&one_node)), GOOD);
    let mut moved = one_node.clone();
    let badges = moved.as_object_mut().unwrap().remove("verifiableCredential").unwrap();
    moved["holder"]["verifiableCredential"] = badges;
    assert!(codes(&ask_json(&moved)).starts_with("Invalid: well_formed !altered"), "{}", codes(&ask_json(&moved)));
}

#[test]
fn a_holder_with_a_did_document_signs_with_a_key_for_authentication() {
    let did = "did:web:holder.example";
    let key = holder().key;
    let person = Person { did: did.into(), method: format!("{did}#k"), key };
    let mut document = unsigned(json!([own_badge()]));
    document["holder"] = json!({"id": did});
    let presentation = person.present(&document, occasion()).to_string();
    let asked_of = asked(&[]);
    let wants = |evidence: &Evidence| presentation_needs(presentation.as_bytes(), evidence, &asked_of);
    assert_eq!(wants(&Evidence::new()), [Need::DidDocument(did.into())]);
    let stolen = holder().present(&document, occasion()).to_string();
    assert_eq!(
        presentation_needs(stolen.as_bytes(), &Evidence::new(), &asked_of),
        [],
        "no key of the holder's made it"
    );
    let told = |change: &dyn Fn(&mut Value)| {
        let entry = DidKeyEntry { fragment: "k".into(), public: person.key.public(), assertion: true };
        let mut page = did_web_document(did, &[entry]);
        change(&mut page);
        let mut evidence = evidence();
        evidence.put(Need::DidDocument(did.into()), found(&page));
        codes(&ask_of(&presentation, &evidence))
    };
    let named = format!("{did}#k");
    assert_eq!(
        told(&|page| page["authentication"] = json!([named])),
        "Attention: well_formed genuine challenge_answered !holder_differs"
    );
    assert!(told(&|_| {}).starts_with("Invalid: well_formed !key_refused"), "for assertions only");
    let revoked = told(&|page| {
        page["authentication"] = json!([named]);
        page["verificationMethod"][0]["revoked"] = json!("2026-01-01T00:00:00Z");
    });
    assert!(revoked.starts_with("Invalid: well_formed !key_revoked"));
    assert!(codes(&ask_of(&presentation, &evidence())).starts_with("Unknown: well_formed ?key_unavailable"));
}

#[test]
fn nothing_is_looked_up_for_the_badges_before_the_holders_proof_holds() {
    let good = shown(json!([own_badge(), signed(&facts())])).to_string();
    let asked_of = asked(&[]);
    let wants = |text: &str, evidence: &Evidence| presentation_needs(text.as_bytes(), evidence, &asked_of);
    assert_eq!(wants(&good, &Evidence::new()), [Need::DidDocument(DID.into())]);
    let mut known = Evidence::new();
    known.put(Need::DidDocument(DID.into()), found(&did_document()));
    assert_eq!(wants(&good, &known), [Need::StatusList(LIST.into())]);
    assert_eq!(wants(&good, &evidence()), []);
    assert_eq!(wants(&good.replace("Reliability", "Agility"), &Evidence::new()), []);
    // A badge of Open Badges 2 is proved by its address, and strangers may not name sixteen of those.
    let old = json!({"@context": "https://w3id.org/openbadges/v2", "id": "https://a.example/1", "type": "Assertion"});
    let jwt = holder().jws("vp+jwt", &with_occasion(unsigned(json!([old]))));
    assert_eq!(wants(&jwt, &Evidence::new()), []);
    assert_eq!(ask_of(&jwt, &Evidence::new()).credentials[0].checks[0].code, "version_unsupported");
}

fn with_occasion(mut payload: Value) -> Value {
    payload["nonce"] = json!(CHALLENGE);
    payload["aud"] = json!(DOMAIN);
    payload
}

#[test]
fn a_presentation_as_a_jwt_shows_badges_in_every_form() {
    let issuer = Person::new(62);
    let jwt = issuer.jws("vc+jwt", &badge_of(&issuer));
    let enveloped = json!({
        "@context": CREDENTIALS_CONTEXT, "type": "EnvelopedVerifiableCredential", "id": format!("data:application/vc+jwt,{jwt}")
    });
    let payload = with_occasion(unsigned(json!([own_badge(), enveloped, jwt])));
    let presentation = holder().jws("vp+jwt", &payload);
    let report = ask_of(&presentation, &evidence());
    assert_eq!(codes(&report), "Attention: well_formed genuine challenge_answered holder_is_subject");
    let signed_by = format!("Signed by its holder, {}.", holder().did);
    assert_eq!(report.check(CheckName::Proof).unwrap().message, signed_by);
    let verdicts: Vec<_> = report.credentials.iter().map(|badge| badge.verdict).collect();
    assert_eq!(verdicts, [Verdict::Valid, Verdict::Attention, Verdict::Attention]);
    let wrapped = json!({
        "@context": CREDENTIALS_CONTEXT, "type": "EnvelopedVerifiablePresentation",
        "id": format!("data:application/vp+jwt,{presentation}")
    });
    assert_eq!(ask_json(&wrapped), report);
    // In JSON the enveloped one is covered by the holder's proof as its address.
    let report = ask_json(&shown(json!([own_badge(), payload["verifiableCredential"][1]])));
    assert_eq!(codes(&report), "Attention: well_formed genuine challenge_answered holder_is_subject");
    for (odd, message) in [
        (json!({"type": "EnvelopedVerifiableCredential", "id": "data:application/vc+jwt,x"}), "data: URL"),
        (json!({"type": "EnvelopedVerifiableCredential", "id": "https://a.example/1"}), "data: URL"),
        (json!({"type": "EnvelopedVerifiableCredential"}), "data: URL"),
        (json!("https://a.example/1"), "neither an object nor a JWT"),
        (json!(7), "neither an object nor a JWT"),
    ] {
        let report = ask_of(&holder().jws("vp+jwt", &with_occasion(unsigned(json!([odd])))), &evidence());
        assert_eq!(report.verdict, Verdict::Invalid);
        assert!(report.credentials[0].checks[0].message.contains(message), "{odd}");
    }
}

#[test]
fn a_jwt_that_says_two_things_or_has_ended_is_refused() {
    let good = with_occasion(unsigned(json!([own_badge()])));
    let now = now().as_second();
    let code = |name: &str, value: Value| {
        let mut payload = good.clone();
        payload[name] = value;
        let report = ask_of(&holder().jws("vp+jwt", &payload), &evidence());
        report.checks.iter().find(|check| check.outcome != Outcome::Passed).map(|check| check.code.clone())
    };
    let is = |code: &str| Some(code.to_owned());
    assert_eq!(code("iss", json!(holder().did)), None);
    assert_eq!(code("exp", json!(now + 60)), None);
    assert_eq!(code("nbf", json!(now - 60)), None);
    assert_eq!(code("aud", json!(["https://b.example", DOMAIN])), None);
    assert_eq!(code("iss", json!(Person::new(62).did)), is("claims_disagree"));
    assert_eq!(code("exp", json!(now)), is("proof_expired"));
    assert_eq!(code("nbf", json!(now + 3600)), is("proof_from_the_future"));
    assert_eq!(code("iat", json!(now + 3600)), is("proof_from_the_future"));
    assert_eq!(code("exp", json!("soon")), is("jwt_malformed"));
    assert_eq!(code("aud", json!({"a": 1})), is("jwt_malformed"));
    assert_eq!(code("nonce", json!(7)), is("jwt_malformed"));
    assert_eq!(code("aud", json!("https://b.example")), is("domain_differs"));
    assert_eq!(code("nonce", json!("other")), is("challenge_differs"));
    assert_eq!(code("vp", json!({})), is("jwt_malformed"));
    // One presentation around another, and one of today where only those of version 1 stand.
    let first = json!({"@context": ["https://www.w3.org/2018/credentials/v1"], "type": ["VerifiablePresentation"]});
    assert_eq!(code("vp", first.clone()), is("jwt_malformed"));
    let alone = |document: Value| {
        let claims = json!({"iss": holder().did, "aud": [DOMAIN], "nonce": CHALLENGE, "vp": document});
        ask_of(&holder().jws("JWT", &claims), &evidence()).checks[0].code.clone()
    };
    assert_eq!(alone(first), "well_formed");
    assert_eq!(alone(unsigned(json!([own_badge()]))), "jwt_malformed");
    assert_eq!(code("holder", json!(Person::new(62).did)), is("key_of_another"));
    for kind in ["vc+jwt", "at+jwt"] {
        let report = ask_of(&holder().jws(kind, &good), &evidence());
        assert_eq!(report.checks[0].code, "header_refused");
    }
    let none = jws(&json!({"alg": "none"}), &good, |_| vec![0]);
    assert_eq!(ask_of(&none, &evidence()).checks[0].code, "algorithm_refused");
}

#[test]
fn what_is_no_presentation_is_named() {
    let of = |document: Value| ask_json(&document).checks[0].code.clone();
    assert_eq!(ask_of("{", &evidence()).checks[0].code, "not_json");
    assert_eq!(ask_of("{", &evidence()).checks[1].message, "Not looked at, because the presentation can't be read.");
    assert_eq!(of(json!([])), "not_a_presentation");
    assert_eq!(of(own_badge()), "not_a_presentation");
    assert_eq!(of(json!({"type": "VerifiablePresentation", "@context": ["https://a.example"]})), "not_a_presentation");
    let change = |name: &str, value: Value| {
        let mut document = shown(json!([own_badge()]));
        document[name] = value;
        of(document)
    };
    assert_eq!(change("holder", json!(7)), "malformed");
    assert_eq!(change("holder", json!(["did:key:a", "did:key:b"])), "malformed");
    assert_eq!(change("holder", json!("https://a.example")), "holder_unsupported");
    assert_eq!(change("@id", json!("https://a.example")), "not_plain");
    assert_eq!(change("@context", json!([CREDENTIALS_CONTEXT, {"a": "https://a.example"}])), "own_terms");
    let badge = own_badge();
    let many: Vec<Value> = (0..17)
        .map(|n| {
            let mut badge = badge.clone();
            badge["id"] = json!(format!("https://a.example/{n}"));
            badge
        })
        .collect();
    assert_eq!(change("verifiableCredential", json!(many)), "too_many_credentials");
    assert_eq!(change("verifiableCredential", json!(many[1..])), "well_formed");
    assert_eq!(of(json!({"@context": CREDENTIALS_CONTEXT, "type": "VerifiablePresentation"})), "unsigned");
    for id in ["data:text/plain,x", "data:application/vp+jwt,x", "data:application/vp+jwt,"] {
        assert_eq!(of(json!({"type": "EnvelopedVerifiablePresentation", "id": id})), "malformed", "{id}");
    }
    for (document, is) in [
        (shown(json!([])).to_string(), true),
        (holder().jws("vp+jwt", &unsigned(json!([]))), true),
        (holder().jws("JWT", &json!({"vp": {}})), true),
        (own_badge().to_string(), false),
        (holder().jws("vc+jwt", &badge_of(&holder())), false),
        ("eyJ.x.y".to_owned(), false),
        ("{".to_owned(), false),
    ] {
        assert_eq!(is_presentation(document.as_bytes()), is, "{document}");
    }
}

#[test]
fn a_badge_that_only_names_presentations_is_a_badge() {
    let badge = signed(&AchievementFacts { narrative: Some("Made a VerifiablePresentation.".into()), ..facts() });
    assert!(!is_presentation(badge.to_string().as_bytes()));
    assert!(!is_presentation(
        json!({"type": ["Presentation"], "note": "VerifiablePresentation"}).to_string().as_bytes()
    ));
    assert!(is_presentation(unsigned(json!([])).to_string().as_bytes()));
    assert!(!is_presentation(b"VerifiablePresentation"));
}
