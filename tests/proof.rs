//! Each kind of proof against the vectors published with its standard, and against a credential signed by another library.

use laurel::credential::key::{KeyError, PublicKey, SecretKey};
use laurel::credential::proof::{Content, ProofError, ProofOptions, Suite, sign, sign_with, verify};
use laurel::credential::verifying_key::VerifyingKey;
use laurel::credential::{canon, json};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::vectors::vector;

const FOLDERS: [&str; 2] = ["eddsa-rdfc-2022/eddsa-rdfc-2022", "eddsa-rdfc-2022/eddsa-rdfc-2022/employ"];

fn text(name: &str) -> Option<String> {
    vector(name).map(|bytes| String::from_utf8(bytes).unwrap())
}

fn document(name: &str) -> Option<Value> {
    vector(name).map(|bytes| json::parse(&bytes).unwrap())
}

/// A published document with the two contexts that Laurel does not know written out as far as the document uses them, which gives the
/// same statements. (W3C's context for examples defines every word there is, so it has no place among the known ones.)
fn example(name: &str) -> Option<Value> {
    let mut document = document(name)?;
    for context in document["@context"].as_array_mut().unwrap() {
        match context.as_str().unwrap() {
            "https://www.w3.org/ns/credentials/examples/v2" => {
                *context = json!({"@vocab": "https://www.w3.org/ns/credentials/examples#"});
            }
            "https://w3id.org/citizenship/v4rc1" => {
                let date = "http://www.w3.org/2001/XMLSchema#dateTime";
                *context = json!({
                    "@vocab": "https://w3id.org/citizenship#",
                    "Person": "https://schema.org/Person",
                    "additionalName": "https://schema.org/additionalName",
                    "birthDate": {"@id": "https://schema.org/birthDate", "@type": date},
                    "familyName": "https://schema.org/familyName",
                    "gender": "https://schema.org/gender",
                    "givenName": "https://schema.org/givenName",
                    "identifier": "https://schema.org/identifier",
                    "image": {"@id": "https://schema.org/image", "@type": "@id"},
                    "residentSince": {"@id": "https://w3id.org/citizenship#residentSince", "@type": date},
                });
            }
            _ => {}
        }
    }
    Some(document)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The published secret key: multibase, behind the codec of an Ed25519 private key.
fn published_key() -> Option<SecretKey> {
    let pair = document("eddsa-rdfc-2022/keyPair.json")?;
    let bytes = bs58::decode(&pair["privateKeyMultibase"].as_str().unwrap()[1..]).into_vec().unwrap();
    let seed: [u8; 32] = bytes[2..].try_into().unwrap();
    let key = SecretKey::from_seed(&seed);
    assert_eq!(key.public().to_multibase(), pair["publicKeyMultibase"].as_str().unwrap());
    Some(key)
}

fn without_proof(signed: &Value) -> Value {
    let mut unsecured = signed.clone();
    unsecured.as_object_mut().unwrap().remove("proof");
    unsecured
}

#[test]
fn the_published_vectors_give_the_published_canonical_forms_and_hashes() {
    for folder in FOLDERS {
        let Some(signed) = example(&format!("{folder}/signedDataInt.json")) else { return };
        let content = Content::of(&without_proof(&signed)).unwrap();
        assert_eq!(content.canonical, text(&format!("{folder}/canonDocDataInt.txt")).unwrap());
        assert_eq!(hex(&content.hash), text(&format!("{folder}/docHashDataInt.txt")).unwrap().trim());
        let options = example(&format!("{folder}/proofConfigDataInt.json")).unwrap();
        let options = canon::canonicalize(&options).unwrap();
        assert_eq!(options, text(&format!("{folder}/proofCanonDataInt.txt")).unwrap());
        let hash = hex(&Sha256::digest(options.as_bytes()));
        assert_eq!(hash, text(&format!("{folder}/proofHashDataInt.txt")).unwrap().trim());
        assert_eq!(hash + &hex(&content.hash), text(&format!("{folder}/combinedHashDataInt.txt")).unwrap().trim());
    }
}

#[test]
fn signing_the_published_vectors_gives_the_published_signature() {
    let Some(key) = published_key() else { return };
    for folder in FOLDERS {
        let published = example(&format!("{folder}/signedDataInt.json")).unwrap();
        let proof = &published["proof"];
        let options = ProofOptions {
            created: proof["created"].as_str().unwrap().parse().unwrap(),
            verification_method: proof["verificationMethod"].as_str().unwrap().to_owned(),
        };
        let signed = sign(&without_proof(&published), &options, &key).unwrap();
        assert_eq!(signed["proof"][0], *proof);
        let value = text(&format!("{folder}/sigBTC58DataInt.txt")).unwrap();
        assert_eq!(signed["proof"][0]["proofValue"].as_str().unwrap(), value.trim());
        assert_eq!(verify(&published, proof, &key.public()), Ok(()));
    }
}

/// Checks a published document with its proof, and that a change to either is found.
fn holds(folder: &str, name: &str, key: &VerifyingKey) {
    let Some(signed) = example(&format!("{folder}/{name}.json")) else { return };
    let mut proof = signed["proof"].clone();
    // The context of examples is written out, and a proof that brings its own must bring the document's.
    if proof.get("@context").is_some() {
        proof["@context"] = signed["@context"].clone();
    }
    assert_eq!(verify(&signed, &proof, key.clone()), Ok(()), "{folder}");
    let mut altered = signed.clone();
    altered["name"] = json!("Alumna");
    assert_eq!(verify(&altered, &proof, key.clone()), Err(ProofError::Key(KeyError::Mismatch)), "{folder}");
    proof["created"] = json!("2023-02-24T23:36:39Z");
    assert_eq!(verify(&signed, &proof, key.clone()), Err(ProofError::Key(KeyError::Mismatch)), "{folder}");
}

#[test]
fn the_published_proof_of_the_older_type_holds() {
    let Some(key) = published_key() else { return };
    let folder = "eddsa-rdfc-2022/Ed25519Signature2020";
    holds(folder, "signedEdSig", &VerifyingKey::from(&key.public()));
    let signed = example(&format!("{folder}/signedEdSig.json")).unwrap();
    let content = Suite::Ed25519Signature2020.content(&without_proof(&signed)).unwrap();
    assert_eq!(content.canonical, text(&format!("{folder}/canonDocEdSig.txt")).unwrap());
    assert_eq!(hex(&content.hash), text(&format!("{folder}/docHashEdSig.txt")).unwrap().trim());
}

#[test]
fn the_published_proofs_of_p_256_hold() {
    let Some(pair) = document("ecdsa-rdfc-2019/p256KeyPair.json") else { return };
    let key = VerifyingKey::from_multibase(pair["publicKeyMultibase"].as_str().unwrap()).unwrap();
    for folder in ["ecdsa-rdfc-2019/ecdsa-rdfc-2019-p256", "ecdsa-rdfc-2019/ecdsa-rdfc-2019-p256/employ"] {
        holds(folder, "signedECDSAP256", &key);
        let signed = example(&format!("{folder}/signedECDSAP256.json")).unwrap();
        let content = Suite::EcdsaRdfc2019.content(&without_proof(&signed)).unwrap();
        assert_eq!(content.canonical, text(&format!("{folder}/canonDocECDSAP256.txt")).unwrap());
        assert_eq!(hex(&content.hash), text(&format!("{folder}/docHashECDSAP256.txt")).unwrap().trim());
        // A key of the other curve is refused, and a signature cut short is none.
        let proof = &signed["proof"];
        let other = SecretKey::from_seed(&[5; 32]).public();
        assert_eq!(verify(&signed, proof, &other), Err(ProofError::Key(KeyError::OtherThanProof)));
        let mut cut = proof.clone();
        cut["proofValue"] = json!(&proof["proofValue"].as_str().unwrap()[..60]);
        assert_eq!(verify(&signed, &cut, key.clone()), Err(ProofError::Key(KeyError::NotASignature)));
        let mut relabelled = proof.clone();
        relabelled["cryptosuite"] = json!("eddsa-rdfc-2022");
        assert_eq!(verify(&signed, &relabelled, key.clone()), Err(ProofError::Key(KeyError::OtherThanProof)));
    }
}

#[test]
fn the_published_proof_over_json_holds_as_it_was_published() {
    let Some(key) = published_key() else { return };
    let folder = "eddsa-rdfc-2022/eddsa-jcs-2022";
    let signed = document(&format!("{folder}/signedJCS.json")).unwrap();
    let content = Suite::EddsaJcs2022.content(&without_proof(&signed)).unwrap();
    assert_eq!(content.canonical, text(&format!("{folder}/canonDocJCS.txt")).unwrap().trim_end());
    assert_eq!(hex(&content.hash), text(&format!("{folder}/docHashJCS.txt")).unwrap().trim());
    let proof = &signed["proof"];
    assert_eq!(verify(&signed, proof, &key.public()), Ok(()));
    for (name, value) in signed.as_object().unwrap() {
        if !matches!(name.as_str(), "proof" | "@context") {
            let mut altered = signed.clone();
            altered[name] = json!([value]);
            assert_eq!(verify(&altered, proof, &key.public()), Err(ProofError::Key(KeyError::Mismatch)), "{name}");
        }
    }
    for (name, _) in proof.as_object().unwrap() {
        let mut changed = proof.clone();
        changed[name] = json!("2026-11-24T12:00:01Z");
        assert!(verify(&signed, &changed, &key.public()).is_err(), "{name}");
        changed.as_object_mut().unwrap().remove(name);
        assert!(verify(&signed, &changed, &key.public()).is_err(), "{name} removed");
    }
    // The suite's own rule lets a document have more contexts than its proof. Those would be unsigned, so they are refused.
    let mut more = signed.clone();
    more["@context"].as_array_mut().unwrap().push(json!("https://w3id.org/security/data-integrity/v2"));
    assert!(matches!(verify(&more, proof, &key.public()), Err(ProofError::Malformed(_))));
}

#[test]
fn a_proof_over_json_needs_no_vocabulary_and_covers_every_term() {
    let key = SecretKey::from_seed(&[5; 32]);
    let mut document = small();
    document["motto"] = json!({"en": "per aspera", "weight": 1.5});
    let options = json!({
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-jcs-2022",
        "verificationMethod": "did:web:a.example#key-1",
        "proofPurpose": "assertionMethod",
    });
    let hash = |value: &Value| Sha256::digest(canon::canonical_json(value).as_bytes());
    let mut proof = options.clone();
    let message = [hash(&options), hash(&document)].concat();
    proof["proofValue"] = json!(format!("z{}", bs58::encode(key.sign(&message)).into_string()));
    assert_eq!(verify(&document, &proof, &key.public()), Ok(()));
    document["motto"]["en"] = json!("ad astra");
    assert_eq!(verify(&document, &proof, &key.public()), Err(ProofError::Key(KeyError::Mismatch)));
}

#[test]
fn a_credential_signed_by_another_library_verifies() {
    let Some(signed) = document("ob30-canonical/signed.json") else { return };
    let did = signed["issuer"]["id"].as_str().unwrap();
    let key = PublicKey::from_multibase(did.strip_prefix("did:key:").unwrap()).unwrap();
    assert_eq!(verify(&signed, &signed["proof"], &key), Ok(()));
    let mut altered = signed.clone();
    altered["name"] = json!("Advanced Distributed Systems");
    assert_eq!(verify(&altered, &signed["proof"], &key), Err(ProofError::Key(KeyError::Mismatch)));
}

fn small() -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
        "type": ["VerifiableCredential"],
        "name": "A credential",
        "issuer": "did:web:a.example",
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {"id": "did:web:b.example"},
    })
}

fn signed() -> (Value, SecretKey) {
    let key = SecretKey::from_seed(&[5; 32]);
    let options = ProofOptions {
        created: "2026-11-24T12:00:00.7Z".parse().unwrap(),
        verification_method: "did:web:a.example#key-1".into(),
    };
    (sign(&small(), &options, &key).unwrap(), key)
}

#[test]
fn signing_twice_gives_the_same_bytes_and_replaces_the_proof() {
    let (once, key) = signed();
    let options = ProofOptions {
        created: "2026-11-24T12:00:00Z".parse().unwrap(),
        verification_method: "did:web:a.example#key-1".into(),
    };
    assert_eq!(sign(&once, &options, &key).unwrap().to_string(), once.to_string());
    assert_eq!(once["proof"].as_array().unwrap().len(), 1);
    assert_eq!(once["proof"][0]["created"], "2026-11-24T12:00:00Z");
}

#[test]
fn every_member_of_a_proof_is_signed() {
    let (signed, key) = signed();
    let proof = &signed["proof"][0];
    assert_eq!(verify(&signed, proof, &key.public()), Ok(()));
    for (name, _) in proof.as_object().unwrap() {
        let mut changed = proof.clone();
        changed[name] = json!("2026-11-24T12:00:01Z");
        assert!(verify(&signed, &changed, &key.public()).is_err(), "{name} changed");
        changed.as_object_mut().unwrap().remove(name);
        assert!(verify(&signed, &changed, &key.public()).is_err(), "{name} removed");
    }
    for (name, value) in [
        ("nonce", json!("x")),
        ("expires", json!("2030-01-01T00:00:00Z")),
        ("domain", json!("a.example")),
        ("id", json!("urn:uuid:1")),
        ("previousProof", json!("urn:uuid:1")),
        ("unknown", json!("x")),
        ("@context", json!("https://www.w3.org/ns/credentials/v2")),
    ] {
        let mut changed = proof.clone();
        changed[name] = value;
        assert!(verify(&signed, &changed, &key.public()).is_err(), "{name} added");
    }
}

#[test]
fn a_proof_may_repeat_the_documents_context() {
    let (signed, key) = signed();
    let mut proof = signed["proof"][0].clone();
    proof["@context"] = signed["@context"].clone();
    assert_eq!(verify(&signed, &proof, &key.public()), Ok(()));
}

#[test]
fn proofs_of_other_kinds_are_told_apart_from_broken_ones() {
    let (signed, key) = signed();
    let with = |name: &str, value: Value| {
        let mut changed = signed["proof"][0].clone();
        changed[name] = value;
        verify(&signed, &changed, &key.public())
    };
    assert!(matches!(with("cryptosuite", json!("bbs-2023")), Err(ProofError::OtherKind(_))));
    assert!(matches!(with("type", json!("RsaSignature2018")), Err(ProofError::OtherKind(_))));
    assert!(matches!(with("proofPurpose", json!("authentication")), Err(ProofError::Malformed(_))));
    assert!(matches!(with("created", json!("2026-11-24")), Err(ProofError::Malformed(_))));
    assert!(matches!(with("expires", json!(7)), Err(ProofError::Malformed(_))));
    assert!(matches!(with("proofValue", json!("uabc")), Err(ProofError::Key(KeyError::NotASignature))));
    assert!(matches!(verify(&signed, &json!([]), &key.public()), Err(ProofError::Malformed(_))));
}

#[test]
fn a_document_with_an_undefined_term_is_not_signed() {
    let (_, key) = signed();
    let options =
        ProofOptions { created: jiff::Timestamp::UNIX_EPOCH, verification_method: "did:web:a.example#k".into() };
    let mut document = small();
    document["motto"] = json!("per aspera");
    assert!(matches!(sign(&document, &options, &key), Err(ProofError::Document(_))));
    assert!(matches!(sign(&json!({"name": "x"}), &options, &key), Err(ProofError::NoContext)));
    assert!(matches!(sign(&json!([]), &options, &key), Err(ProofError::NotAnObject)));
}

#[test]
fn a_document_is_signed_with_the_suites_that_sign_here_and_no_other() {
    let (signed, key) = signed();
    let options = ProofOptions {
        created: "2026-11-24T12:00:00Z".parse().unwrap(),
        verification_method: "did:web:a.example#key-1".into(),
    };
    for suite in [Suite::EddsaRdfc2022, Suite::EddsaJcs2022] {
        let again = sign_with(suite, &signed, &options, &key).unwrap();
        assert_eq!(again["proof"]["cryptosuite"], suite.name());
        assert_eq!(verify(&again, &again["proof"], &key.public()), Ok(()));
        assert_eq!(without_proof(&again), without_proof(&signed));
        assert!(matches!(sign_with(suite, &json!([]), &options, &key), Err(ProofError::NotAnObject)));
        assert!(matches!(sign_with(suite, &json!({"name": "x"}), &options, &key), Err(ProofError::NoContext)));
    }
    for suite in [Suite::EcdsaRdfc2019, Suite::Ed25519Signature2020] {
        let refused = sign_with(suite, &signed, &options, &key);
        assert!(matches!(refused, Err(ProofError::OtherKind(_))), "{}", suite.name());
    }
}
