//! Whom the operator trusts, and what for.

use super::*;

const SIGNER: &str = "did:web:lists.example.net";
const SIGNER_METHOD: &str = "did:web:lists.example.net#key-1";

fn signers_key() -> SecretKey {
    SecretKey::from_seed(&[41; 32])
}

/// The issuer of the badge, and the signer of its list, who may sign for these.
fn known(signs_status_for: &[&str]) -> [KnownIssuer; 2] {
    let [issuer] = super::known();
    let signs_status_for = signs_status_for.iter().map(|id| (*id).to_owned()).collect();
    [issuer, KnownIssuer { id: SIGNER.into(), name: "Example Lists".into(), signs_status_for }]
}

/// The list of the badge, written and signed by another.
fn list_of_another(set: bool) -> Value {
    let mut list = list(|bits| {
        if set {
            bits.set(94_567).unwrap()
        }
    });
    list["issuer"] = json!(SIGNER);
    signed_with(&list, SIGNER_METHOD, &signers_key())
}

fn signers_document() -> Value {
    let entry = DidKeyEntry { fragment: "key-1".into(), public: signers_key().public(), assertion: true };
    did_web_document(SIGNER, &[entry])
}

/// The outcome, code and message of the status check, with the look-ups that the judge asks for and no others.
fn status(list: &Value, known: &[KnownIssuer], signer: Option<Found>) -> (Outcome, String, String) {
    let badge = signed(&facts()).to_string().into_bytes();
    let asked = Asked { email: None, known_issuers: known, ..Asked::default() };
    let mut evidence = Evidence::new();
    for _ in 0..4 {
        for need in needs_for(&badge, &evidence, &asked) {
            let answer = match &need {
                Need::DidDocument(did) if did == DID => found(&did_document()),
                Need::DidDocument(did) if did == SIGNER => signer.clone().expect("nobody asks for the signer's key"),
                Need::StatusList(_) => found(list),
                other => panic!("{other:?}"),
            };
            evidence.put(need, answer);
        }
    }
    assert_eq!(needs_for(&badge, &evidence, &asked), []);
    let report = judge(&badge, &evidence, now(), &asked);
    let check = report.check(CheckName::Status).unwrap();
    (check.outcome, check.code.clone(), check.message.clone())
}

#[test]
fn a_list_of_another_signer_counts_when_the_operator_trusts_him_to_sign_for_this_issuer() {
    let signer = Some(found(&signers_document()));
    let (outcome, code, message) = status(&list_of_another(false), &known(&[DID]), signer.clone());
    assert_eq!((outcome, code.as_str()), (Outcome::Passed, "in_force"), "{message}");
    assert_eq!(
        message,
        "Not revoked, by its issuer's status list of 24 November 2026 at 11:59 UTC, which Example Lists signs for it."
    );
    let (outcome, code, message) = status(&list_of_another(true), &known(&["did:web:x.example", DID]), signer);
    assert_eq!((outcome, code.as_str()), (Outcome::Failed, "revoked"));
    assert_eq!(message, "Its issuer has revoked this badge, by the status list that Example Lists signs for it.");
}

#[test]
fn a_list_of_a_signer_who_is_not_trusted_for_this_issuer_leaves_the_question_open() {
    // His key is not even looked up. That he is trusted for his own badges, or for another issuer's lists, is not enough.
    for known in [known(&[]), known(&["did:web:other.example"]), known(&[SIGNER])] {
        let (outcome, code, message) = status(&list_of_another(true), &known, None);
        assert_eq!((outcome, code.as_str()), (Outcome::Unchecked, "status_untrusted"));
        assert_eq!(message, "Its status list can't be trusted: it is from another issuer than the badge.");
    }
}

#[test]
fn a_trusted_signer_must_have_signed_with_a_key_of_his_own() {
    let signer = Some(found(&signers_document()));
    let mut altered = list_of_another(true);
    altered["credentialSubject"]["encodedList"] = json!(Bitstring::new().encode());
    let mut by_the_issuer = list(|_| {});
    by_the_issuer["issuer"] = json!(SIGNER);
    let by_the_issuer = signed_with(&by_the_issuer, METHOD, &key());
    for (list, key, code) in [
        (altered, signer.clone(), "altered"),
        (by_the_issuer, None, "key_of_another"),
        (list_of_another(false), Some(found(&did_document())), "key_unreadable"),
        (list_of_another(false), Some(Found::Unavailable("it is away".into())), "key_unavailable"),
    ] {
        let (outcome, untrusted, message) = status(&list, &known(&[DID]), key);
        assert_eq!((outcome, untrusted.as_str()), (Outcome::Unchecked, "status_untrusted"));
        assert!(message.contains(code), "{message}");
    }
}

#[test]
fn the_issuers_own_list_needs_no_trust_in_anyone() {
    let own = signed_with(&list(|_| {}), METHOD, &key());
    let (outcome, code, message) = status(&own, &known(&[DID]), None);
    assert_eq!((outcome, code.as_str()), (Outcome::Passed, "in_force"));
    assert!(!message.contains("Example Lists"), "{message}");
}
