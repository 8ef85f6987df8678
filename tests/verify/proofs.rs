//! Proofs of several kinds, and several proofs at once: one good one of the issuer is enough, and each is told of.

use laurel::credential::verifying_key::VerifyingKey;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use sha2::{Digest, Sha256};

use super::*;

pub(super) const ED25519_2020: &str = "https://w3id.org/security/suites/ed25519-2020/v1";

/// A badge for any suite, unsigned: its contexts define the older proof type as well.
pub(super) fn badge() -> Value {
    let mut badge = achievement_credential(&facts());
    badge["@context"].as_array_mut().unwrap().push(json!(ED25519_2020));
    badge
}

fn options(kind: &str) -> Value {
    let mut options = json!({
        "type": "DataIntegrityProof",
        "created": "2026-01-15T10:00:05Z",
        "verificationMethod": METHOD,
        "proofPurpose": "assertionMethod",
    });
    match kind {
        "Ed25519Signature2020" => options["type"] = json!(kind),
        _ => options["cryptosuite"] = json!(kind),
    }
    options
}

/// A proof with these options, made with the issuer's key by hand, as the suites describe it.
fn proof_with(badge: &Value, options: Value) -> Value {
    proof_by(badge, options, |message| key().sign(message).to_vec())
}

fn proof_by(badge: &Value, options: Value, sign: impl Fn(&[u8]) -> Vec<u8>) -> Value {
    let over_json = options["cryptosuite"] == "eddsa-jcs-2022";
    let hash = |value: &Value| match over_json {
        true => Sha256::digest(canon::canonical_json(value).as_bytes()),
        false => Sha256::digest(canon::canonicalize(value).unwrap().as_bytes()),
    };
    let mut whole = options.clone();
    if !over_json {
        whole["@context"] = badge["@context"].clone();
    }
    let message = [hash(&whole), hash(badge)].concat();
    let mut proof = options;
    proof["proofValue"] = json!(format!("z{}", bs58::encode(sign(&message)).into_string()));
    proof
}

pub(super) fn proof(badge: &Value, kind: &str) -> Value {
    proof_with(badge, options(kind))
}

pub(super) fn with(badge: &Value, proofs: Value) -> Value {
    let mut badge = badge.clone();
    badge["proof"] = proofs;
    badge
}

/// The code and the message of the proof check.
fn said(badge: &Value) -> (String, String) {
    let report = ask(badge, &evidence(), now());
    let check = report.check(CheckName::Proof).unwrap();
    assert_eq!(report.claims.is_some(), check.code == "genuine");
    (check.code.clone(), check.message.clone())
}

#[test]
fn every_kind_of_proof_is_judged_alike() {
    let badge = badge();
    for kind in ["eddsa-rdfc-2022", "eddsa-jcs-2022", "Ed25519Signature2020"] {
        let good = with(&badge, json!([proof(&badge, kind)]));
        assert_eq!(
            told(&ask(&good, &evidence(), now())),
            "Valid: well_formed genuine issuer_known in_force within_dates",
            "{kind}"
        );
        assert_eq!(said(&good).1, "Signed by its issuer on 15 January 2026, and nothing was changed since.");
        let changed = |pointer: &str, value: Value| {
            let mut changed = good.clone();
            *changed.pointer_mut(pointer).unwrap() = value;
            said(&changed).0
        };
        assert_eq!(changed("/name", json!("Reliability Master")), "altered", "{kind}");
        assert_eq!(changed("/credentialSubject/id", json!("urn:uuid:1")), "altered", "{kind}");
        assert_eq!(changed("/proof/0/created", json!("2026-01-15T10:00:06Z")), "altered", "{kind}");
        assert_eq!(changed("/proof/0/created", json!("2026-01-15")), "proof_malformed", "{kind}");
        assert_eq!(changed("/proof/0/proofPurpose", json!("authentication")), "proof_malformed", "{kind}");
        assert_eq!(changed("/proof/0/proofValue", json!("z1111")), "proof_malformed", "{kind}");
        assert_eq!(changed("/proof/0/verificationMethod", json!("did:web:x.example#k")), "key_of_another", "{kind}");
        assert_eq!(changed("/proof/0/verificationMethod", json!(format!("{DID}#k"))), "key_unknown", "{kind}");
        let dated = |name: &str, when: &str| {
            let mut options = options(kind);
            options[name] = json!(when);
            said(&with(&badge, json!([proof_with(&badge, options)]))).0
        };
        assert_eq!(dated("created", "2026-11-24T12:06:00Z"), "proof_from_the_future", "{kind}");
        let mut stranger = good.clone();
        stranger["issuer"]["id"] = json!("did:web:x.example");
        assert_eq!(said(&stranger).0, "key_of_another", "{kind}");
        // A proof of one kind never passes for one of another.
        for other in ["eddsa-rdfc-2022", "eddsa-jcs-2022", "Ed25519Signature2020"] {
            if other != kind {
                let mut relabelled = options(other);
                relabelled["proofValue"] = good["proof"][0]["proofValue"].clone();
                assert_eq!(said(&with(&badge, json!(relabelled))).0, "altered", "{kind} as {other}");
            }
        }
    }
}

#[test]
fn the_older_type_needs_its_vocabulary() {
    let plain = achievement_credential(&facts());
    let unsigned = with(&plain, json!([proof(&badge(), "Ed25519Signature2020")]));
    assert_eq!(said(&unsigned).0, "term_unsigned");
}

#[test]
fn a_term_no_vocabulary_defines_is_signed_by_a_proof_over_json_only() {
    let mut badge = badge();
    let over_rdf = proof(&badge, "eddsa-rdfc-2022");
    badge["motto"] = json!("per aspera");
    let over_json = proof(&badge, "eddsa-jcs-2022");
    assert_eq!(said(&with(&badge, json!(over_rdf))).0, "term_unsigned");
    assert_eq!(said(&with(&badge, json!(over_json))).0, "genuine");
    let (code, message) = said(&with(&badge, json!([over_rdf, over_json])));
    assert_eq!(code, "genuine");
    assert!(
        message.ends_with("Of its 2 proofs: eddsa-rdfc-2022 does not hold (term_unsigned); eddsa-jcs-2022 holds."),
        "{message}"
    );
}

#[test]
fn one_good_proof_is_enough_and_each_is_told_of() {
    let badge = badge();
    let good = proof(&badge, "eddsa-rdfc-2022");
    let mut broken = proof(&badge, "eddsa-jcs-2022");
    broken["created"] = json!("2020-01-01T00:00:00Z");
    let mut unread = good.clone();
    unread["cryptosuite"] = json!("bbs-2023");
    let mut stranger = good.clone();
    stranger["verificationMethod"] = json!("did:web:x.example#k");
    let all = json!([broken, unread, stranger, good]);
    let report = ask(&with(&badge, all), &evidence(), now());
    assert_eq!(report.verdict, Verdict::Valid, "{}", told(&report));
    assert_eq!(
        report.check(CheckName::Proof).unwrap().message,
        "Signed by its issuer on 15 January 2026, and nothing was changed since. Of its 4 proofs: eddsa-jcs-2022 does \
         not hold (altered); bbs-2023 could not be checked (proof_unsupported); eddsa-rdfc-2022 is not its issuer's \
         (key_of_another); eddsa-rdfc-2022 holds."
    );
    // A link in a chain, or what is no proof at all, spoils the whole.
    let mut chained = good.clone();
    chained["previousProof"] = json!("urn:uuid:1");
    assert_eq!(said(&with(&badge, json!([good, chained]))).0, "proof_malformed");
    assert_eq!(said(&with(&badge, json!([good, {"note": "Awarded with distinction"}]))).0, "proof_malformed");
}

#[test]
fn without_a_good_proof_the_worst_of_them_is_told() {
    let badge = badge();
    let good = proof(&badge, "eddsa-rdfc-2022");
    let mut broken = good.clone();
    broken["created"] = json!("2020-01-01T00:00:00Z");
    let mut unread = good.clone();
    unread["cryptosuite"] = json!("bbs-2023");
    let mut stranger = good.clone();
    stranger["verificationMethod"] = json!("did:web:x.example#k");
    let code = |proofs: Value| said(&with(&badge, proofs)).0;
    // Adding a proof that can't be checked turns no red answer grey, wherever it stands.
    for proofs in [[&unread, &stranger, &broken], [&broken, &unread, &stranger], [&stranger, &broken, &unread]] {
        assert_eq!(code(json!(proofs)), "altered");
    }
    assert_eq!(code(json!([stranger, unread])), "key_of_another");
    assert_eq!(code(json!([unread, stranger])), "key_of_another");
    assert_eq!(code(json!([unread])), "proof_unsupported");
    // What was changed fits none of them, however many there are.
    let mut altered =
        with(&badge, json!([good, proof(&badge, "eddsa-jcs-2022"), proof(&badge, "Ed25519Signature2020")]));
    assert_eq!(said(&altered).0, "genuine");
    altered["name"] = json!("Reliability Master");
    assert_eq!(said(&altered).0, "altered");
}

#[test]
fn eight_proofs_are_read_and_one_more_refuses_the_whole() {
    let badge = badge();
    let proofs: Vec<Value> = (10..20)
        .map(|second| {
            let mut options = options("eddsa-rdfc-2022");
            options["created"] = json!(format!("2026-01-15T10:00:{second}Z"));
            proof_with(&badge, options)
        })
        .collect();
    assert_eq!(said(&with(&badge, json!(proofs[..8]))).0, "genuine");
    for many in [9, 10] {
        assert_eq!(said(&with(&badge, json!(proofs[..many]))).0, "proof_malformed", "{many}");
    }
}

#[test]
fn a_proof_counts_until_the_moment_it_ends() {
    let badge = badge();
    let ending = |when: &str| {
        let mut options = options("eddsa-rdfc-2022");
        options["expires"] = json!(when);
        said(&with(&badge, proof_with(&badge, options)))
    };
    assert_eq!(ending("2026-11-24T12:00:01Z").0, "genuine");
    assert_eq!(ending("2026-11-24T12:00:00Z").0, "proof_expired");
    let (code, message) = ending("2026-11-24T11:59:59Z");
    assert_eq!(
        (code.as_str(), message.as_str()),
        ("proof_expired", "Its proof ended on 24 November 2026 at 11:59 UTC.")
    );
}

#[test]
fn why_a_proof_does_not_hold_is_said_in_a_sentence() {
    let mut badge = badge();
    badge["motto"] = json!("per aspera");
    let over_rdf = with(&badge, proof(&self::badge(), "eddsa-rdfc-2022"));
    assert_eq!(
        said(&over_rdf).1,
        "It uses the term `motto`, which no vocabulary defines, so nobody can have signed it."
    );
    let mut unlisted = proof(&self::badge(), "eddsa-rdfc-2022");
    unlisted["verificationMethod"] = json!(format!("{DID}#k"));
    let (code, message) = said(&with(&self::badge(), unlisted));
    assert_eq!(code, "key_unknown");
    assert!(message.starts_with(|first: char| first.is_uppercase()) && message.ends_with('.'), "{message}");
    assert!(message.contains("#k"), "{message}");
}

#[test]
fn a_did_key_of_p_256_signs_with_its_own_suite_only() {
    let random = SystemRandom::new();
    let pair = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
    let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pair.as_ref(), &random).unwrap();
    let (x, y) = pair.public_key().as_ref()[1..].split_at(32);
    let key = laurel::credential::ecdsa::P256Key::from_coordinates(x.try_into().unwrap(), y.try_into().unwrap());
    let multibase = VerifyingKey::P256(key.unwrap()).to_multibase();
    let mut badge = badge();
    badge["issuer"]["id"] = json!(format!("did:key:{multibase}"));
    badge.as_object_mut().unwrap().remove("credentialStatus");
    let sign = |message: &[u8]| pair.sign(&random, message).unwrap().as_ref().to_vec();
    let signed = |kind: &str| {
        let mut options = options(kind);
        options["verificationMethod"] = json!(format!("did:key:{multibase}#{multibase}"));
        with(&badge, json!([proof_by(&badge, options, sign)]))
    };
    let good = signed("ecdsa-rdfc-2019");
    let report = ask(&good, &Evidence::new(), now());
    assert_eq!(told(&report), "Attention: well_formed genuine !issuer_unknown no_status within_dates");
    assert_eq!(said(&signed("eddsa-rdfc-2022")).0, "key_refused");
    assert_eq!(said(&signed("eddsa-jcs-2022")).0, "key_refused");
    let mut altered = good.clone();
    altered["name"] = json!("Reliability Master");
    assert_eq!(said(&altered).0, "altered");
    // The issuer's Ed25519 key does not speak for the suite either.
    let plain = self::badge();
    assert_eq!(said(&with(&plain, json!([proof(&plain, "ecdsa-rdfc-2019")]))).0, "key_refused");
}
