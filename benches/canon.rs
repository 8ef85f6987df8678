//! Canonicalising a badge, step by step: the JSON reader, JSON-LD to RDF, RDFC-1.0, and all of it. Contexts are compiled before
//! the first measured run, as in a server.

use divan::{Bencher, black_box};
use laurel::credential::canon::{self, HashAlgorithm};
use laurel::credential::context::Library;
use laurel::credential::json;
use serde_json::{Value, json};

/// The badge of the published data, or one like it where the data is not on this machine.
pub fn badge() -> Vec<u8> {
    let folder = std::env::var("LAUREL_VECTORS")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/vectors").to_owned());
    std::fs::read(format!("{folder}/ob30-canonical/credential.json")).unwrap_or_else(|_| similar().to_string().into())
}

fn similar() -> Value {
    let alignment = |name: &str, number: u8| {
        json!({"type": ["Alignment"], "targetName": name, "targetUrl": format!("https://skills.example/{number}"),
            "targetFramework": "Skills", "targetType": "ext:Skill"})
    };
    json!({
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
            "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
        ],
        "id": "https://badges.example/badges/0192f1c4-7a1e-7c33-9d10-5a1b2c3d4e5f",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Introduction to consensus",
        "description": "Awarded for completing the introductory course.",
        "issuer": {"id": "https://badges.example/issuers/1", "type": ["Profile"], "name": "Example University",
            "url": "https://example.org", "email": "badges@example.org",
            "image": {"id": "https://badges.example/logo.png", "type": "Image", "caption": "Logo of Example University"}},
        "validFrom": "2026-01-15T10:00:00Z",
        "validUntil": "2029-01-15T10:00:00Z",
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [{"type": "IdentityObject", "hashed": true, "identityType": "emailAddress", "salt": "8f3b2c1d",
                "identityHash": "sha256$b6a1085a27ab7bff7550f8a3bd017df85f7fa4b1c1d1b9f5a3a1c1c0d5b3a6e2"}],
            "achievement": {
                "id": "https://badges.example/achievements/consensus",
                "type": ["Achievement"],
                "achievementType": "Course",
                "name": "Introduction to consensus",
                "description": "The learner can explain consensus, replication and failure models.",
                "criteria": {"id": "https://badges.example/criteria/consensus", "narrative": "Pass the exam with **60 %**."},
                "image": {"id": "https://badges.example/images/consensus.png", "type": "Image"},
                "tag": ["distributed systems", "consensus", "databases"],
                "alignment": [alignment("Distributed computing", 1), alignment("Database systems", 2)],
            },
        },
        "evidence": [{"id": "https://badges.example/evidence/77", "type": ["Evidence"], "name": "Final project",
            "narrative": "Built a replicated log."}],
        "credentialStatus": {"id": "https://badges.example/status/3#94567", "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation", "statusListIndex": "94567",
            "statusListCredential": "https://badges.example/status/3"},
        "credentialSchema": [{"id": "https://badges.example/schema.json", "type": "1EdTechJsonSchemaValidator2019"}],
    })
}

fn document() -> Value {
    let document = json::parse(&badge()).expect("the badge is I-JSON");
    canon::canonicalize(&document).expect("the badge is canonicalised");
    document
}

#[divan::bench]
fn read_json(bencher: Bencher) {
    let bytes = badge();
    bencher.bench_local(|| json::parse(black_box(&bytes)));
}

#[divan::bench]
fn to_rdf(bencher: Bencher) {
    let document = document();
    bencher.bench_local(|| canon::to_rdf(black_box(&document), Library::bundled(), None));
}

#[divan::bench]
fn rdfc(bencher: Bencher) {
    let dataset = canon::to_rdf(&document(), Library::bundled(), None).expect("the badge has RDF");
    bencher.bench_local(|| black_box(&dataset).canonicalize(HashAlgorithm::Sha256));
}

#[divan::bench]
fn canonicalise(bencher: Bencher) {
    let document = document();
    bencher.bench_local(|| canon::canonicalize(black_box(&document)));
}
