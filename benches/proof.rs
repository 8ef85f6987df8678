//! Issue and verify, beside what can't be done without: one strict Ed25519 check, the hashes, and reading the JSON.
//!
//! The badge is of the size of the published sample (2.3 KB). `verify` is the whole judge; `floor` is what any verifier must do.

use divan::{Bencher, black_box};
use ed25519_dalek::{Signature, Signer, SigningKey};
use jiff::Timestamp;
use laurel::credential::did::did_key;
use laurel::credential::document::{
    Achievement, AchievementFacts, Alignment, Evidence as EvidenceFacts, IssuerFacts, StatusEntry,
    achievement_credential,
};
use laurel::credential::key::SecretKey;
use laurel::credential::proof::{ProofOptions, sign};
use laurel::credential::status::{Bitstring, LENGTH, StatusListFacts, status_list_credential};
use laurel::credential::verify::{Asked, Evidence, Found, Need, Verdict, judge};
use serde_json::Value;
use sha2::{Digest, Sha256};

const LIST: &str = "https://badges.example.org/status/3";

fn key() -> SecretKey {
    SecretKey::from_seed(&[11; 32])
}

fn now() -> Timestamp {
    Timestamp::new(1_795_000_000, 0).unwrap()
}

fn facts() -> AchievementFacts {
    let alignment = |name: &str, number: u8| Alignment {
        name: name.into(),
        url: format!("http://data.europa.eu/esco/skill/{number}"),
        framework: Some("ESCO".into()),
        code: None,
    };
    AchievementFacts {
        awarded: None,
        endorsements: Vec::new(),
        credential_id: "https://badges.example.org/credentials/0192f1c4-7a1e-7c33-9d10-5a1b2c3d4e5f".into(),
        name: "Introduction to Distributed Systems".into(),
        description: Some("Awarded for completing the introductory course.".into()),
        issuer: IssuerFacts {
            id: did_key(&key().public()),
            name: "Example University".into(),
            url: Some("https://example.org".into()),
            email: Some("badges@example.org".into()),
            description: None,
            image: Some("https://badges.example.org/issuers/1/logo.png".into()),
        },
        valid_from: Timestamp::new(1_768_000_000, 0).unwrap(),
        valid_until: Some(Timestamp::new(1_862_000_000, 0).unwrap()),
        subject_id: "urn:uuid:7f6a3c1e-52b0-4f5c-9c3d-0d6a5a1b2c3d".into(),
        email: Some("ana@example.org".into()),
        salt: "8f3b2c1d".into(),
        achievement: Achievement {
            id: "https://badges.example.org/achievements/intro-ds".into(),
            version: None,
            name: "Introduction to Distributed Systems".into(),
            description: "The learner can explain consensus, replication and failure models.".into(),
            achievement_type: Some("Course".into()),
            criteria_id: Some("https://badges.example.org/achievements/intro-ds/criteria".into()),
            criteria_narrative: Some("Pass the final exam with **60 %** or more.".into()),
            image_id: Some("https://badges.example.org/achievements/intro-ds/image.png".into()),
            tags: vec!["distributed systems".into(), "consensus".into(), "databases".into()],
            alignments: vec![alignment("Distributed computing", 1), alignment("Database systems", 2)],
            result_descriptions: vec![],
        },
        evidence: vec![EvidenceFacts {
            id: Some("https://badges.example.org/evidence/77".into()),
            name: Some("Final project".into()),
            narrative: Some("Built a replicated log.".into()),
            ..EvidenceFacts::default()
        }],
        results: vec![],
        narrative: None,
        status: StatusEntry { list_url: LIST.into(), index: 94_567 },
    }
}

fn signed(document: &Value) -> Value {
    let key = key();
    let did = did_key(&key.public());
    let method = format!("{did}#{}", key.public().to_multibase());
    sign(document, &ProofOptions { created: now(), verification_method: method }, &key).unwrap()
}

/// The badge without a status, like the published signed sample.
fn badge() -> Vec<u8> {
    let mut credential = achievement_credential(&facts());
    credential.as_object_mut().unwrap().shift_remove("credentialStatus");
    signed(&credential).to_string().into_bytes()
}

#[divan::bench]
fn issue(bencher: Bencher) {
    let facts = facts();
    let key = key();
    let options = ProofOptions { created: now(), verification_method: "did:web:badges.example.org#key-1".into() };
    bencher.bench(|| sign(&achievement_credential(black_box(&facts)), &options, &key).unwrap().to_string());
}

#[divan::bench]
fn verify(bencher: Bencher) {
    let badge = badge();
    let evidence = Evidence::new();
    assert!(judge(&badge, &evidence, now(), &Asked::default()).claims.is_some());
    bencher.bench(|| judge(black_box(&badge), &evidence, now(), &Asked::default()));
}

#[divan::bench]
fn verify_with_status_list(bencher: Bencher) {
    let badge = signed(&achievement_credential(&facts())).to_string().into_bytes();
    let bits = Bitstring::new();
    let did = did_key(&key().public());
    let list = status_list_credential(&StatusListFacts { id: LIST, issuer: &did, valid_from: now(), bits: &bits });
    let mut evidence = Evidence::new();
    let found = Found::Document(signed(&list).to_string().into_bytes(), now());
    evidence.put(Need::StatusList(LIST.into()), found);
    assert_eq!(judge(&badge, &evidence, now(), &Asked::default()).verdict, Verdict::Attention);
    bencher.bench(|| judge(black_box(&badge), &evidence, now(), &Asked::default()));
}

/// verify_strict + SHA-256 of the badge + reading its JSON: the least any verifier does.
#[divan::bench]
fn floor(bencher: Bencher) {
    let badge = badge();
    let key = SigningKey::from_bytes(&[11; 32]);
    let public = key.verifying_key();
    let signature: Signature = key.sign(&[7; 64]);
    bencher.bench(|| {
        let value: Value = serde_json::from_slice(black_box(&badge)).unwrap();
        let hash = Sha256::digest(black_box(&badge));
        public.verify_strict(black_box(&[7; 64]), &signature).unwrap();
        (value, hash)
    });
}

fn half_full() -> Bitstring {
    let mut bits = Bitstring::new();
    for index in (0..LENGTH).filter(|index| index.wrapping_mul(2_654_435_761) & 0x8000_0000 != 0) {
        bits.set(index).unwrap();
    }
    bits
}

#[divan::bench]
fn status_encode(bencher: Bencher) {
    let bits = half_full();
    bencher.bench(|| black_box(&bits).encode());
}

#[divan::bench]
fn status_decode(bencher: Bencher) {
    let text = half_full().encode();
    bencher.bench(|| Bitstring::decode(black_box(&text)).unwrap());
}

#[divan::bench]
fn status_get(bencher: Bencher) {
    let bits = half_full();
    bencher.bench(|| black_box(&bits).get(black_box(94_567)));
}
