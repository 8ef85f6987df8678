//! The judge: what it says about every kind of badge, and that every term of a badge is signed.
//!
//! Nothing here has a runtime, a network or a clock: a report is a function of its inputs. Here stand a badge with everything in it and the
//! evidence for it; the tests are in the modules.

mod any;
mod bundles;
mod claims;
mod endorsement;
mod endorsements;
mod fields;
mod format;
mod issuers;
mod jwt;
mod list;
mod models;
mod ob2;
mod outcome;
pub mod parts;
mod presentations;
mod proofs;
mod pure;
mod refresh;
mod registries;
mod samples;
mod schema;
pub mod seeds;
mod signed;
mod trust;

use jiff::Timestamp;
use laurel::credential::did::{DidKeyEntry, did_key, did_web_document};
use laurel::credential::document::{
    Achievement, AchievementFacts, Alignment, Evidence as EvidenceFacts, IssuerFacts, ResultDescription, ResultFacts,
    RubricCriterionLevel, StatusEntry, achievement_credential, achievement_document, profile_document,
};
use laurel::credential::key::SecretKey;
use laurel::credential::proof::{ProofOptions, sign};
use laurel::credential::status::{Bitstring, StatusListFacts, status_list_credential};
use laurel::credential::verify::{
    Asked, CheckName, Evidence, Found, KnownIssuer, Need, Outcome, Report, Verdict, judge, needs, needs_for,
};
use laurel::credential::{canon, json as strict};
use serde_json::{Value, json};

use crate::vectors::vector;

const DID: &str = "did:web:badges.example.org";
const METHOD: &str = "did:web:badges.example.org#key-2026";
const LIST: &str = "https://badges.example.org/status/3";
const EMAIL: &str = "ana@example.org";

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn now() -> Timestamp {
    at("2026-11-24T12:00:00Z")
}

fn key() -> SecretKey {
    SecretKey::from_seed(&[11; 32])
}

fn facts() -> AchievementFacts {
    AchievementFacts {
        endorsements: Vec::new(),
        awarded: None,
        credential_id: "https://badges.example.org/badges/0192f1c47a1e".into(),
        name: "Reliability Practitioner".into(),
        description: Some("Keeps a service running.".into()),
        issuer: issuer(),
        valid_from: at("2026-01-15T10:00:00Z"),
        valid_until: Some(at("2028-01-15T10:00:00Z")),
        subject_id: "urn:uuid:7f6a3c1e-52b0-4f5c-9c3d-0d6a5a1b2c3d".into(),
        email: Some(EMAIL.into()),
        salt: "8f3b2c1d".into(),
        achievement: achievement(),
        evidence: vec![
            EvidenceFacts {
                id: Some("https://badges.example.org/evidence/77".into()),
                name: Some("Incident review".into()),
                description: Some("A review of a long outage.".into()),
                narrative: Some("Led the review **alone**.".into()),
                ..EvidenceFacts::default()
            },
            EvidenceFacts { narrative: Some("Ran a game day.".into()), ..EvidenceFacts::default() },
        ],
        results: vec![ResultFacts {
            result_description: "https://badges.example.org/achievements/reliability.practitioner/versions/3#calm"
                .into(),
            achieved_level: "https://badges.example.org/achievements/reliability.practitioner/versions/3#calm.1".into(),
        }],
        narrative: Some("Two years on call.".into()),
        status: StatusEntry { list_url: LIST.into(), index: 94_567 },
    }
}

fn issuer() -> IssuerFacts {
    IssuerFacts {
        id: DID.into(),
        name: "Example Works".into(),
        url: Some("https://example.org".into()),
        email: Some("badges@example.org".into()),
        description: Some("Makes things.".into()),
        image: Some("https://badges.example.org/images/logo.png".into()),
    }
}

fn achievement() -> Achievement {
    Achievement {
        id: "https://badges.example.org/achievements/reliability.practitioner".into(),
        version: Some("3".into()),
        name: "Reliability Practitioner".into(),
        description: "Runs a service with an objective.".into(),
        achievement_type: Some("Certification".into()),
        criteria_id: Some("https://badges.example.org/achievements/reliability.practitioner".into()),
        criteria_narrative: Some("- sets an *objective*\n- answers for it".into()),
        image_id: Some("https://badges.example.org/images/practitioner.png".into()),
        tags: vec!["reliability".into(), "operations".into(), "reliability".into()],
        alignments: vec![
            Alignment {
                name: "Systems operations".into(),
                url: "http://data.europa.eu/esco/skill/1".into(),
                framework: Some("ESCO".into()),
                code: Some("S1.2".into()),
            },
            Alignment {
                name: "Monitoring".into(),
                url: "http://data.europa.eu/esco/skill/2".into(),
                framework: None,
                code: None,
            },
        ],
        result_descriptions: vec![ResultDescription {
            id: "https://badges.example.org/achievements/reliability.practitioner/versions/3#calm".into(),
            name: "Stays calm".into(),
            required_level: "https://badges.example.org/achievements/reliability.practitioner/versions/3#calm.1".into(),
            levels: vec![grade(0, "Not yet"), grade(1, "Mostly")],
        }],
    }
}

fn grade(level: u32, name: &str) -> RubricCriterionLevel {
    RubricCriterionLevel {
        id: format!("https://badges.example.org/achievements/reliability.practitioner/versions/3#calm.{level}"),
        name: name.into(),
        description: format!("{name}, in an outage."),
        level: level.to_string(),
        points: (2 * level).to_string(),
    }
}

fn signed_with(credential: &Value, method: &str, key: &SecretKey) -> Value {
    let options = ProofOptions { created: at("2026-01-15T10:00:05Z"), verification_method: method.to_owned() };
    sign(credential, &options, key).unwrap()
}

fn signed(facts: &AchievementFacts) -> Value {
    signed_with(&achievement_credential(facts), METHOD, &key())
}

fn did_document() -> Value {
    did_web_document(DID, &[DidKeyEntry { fragment: "key-2026".into(), public: key().public(), assertion: true }])
}

fn list(change: impl FnOnce(&mut Bitstring)) -> Value {
    let mut bits = Bitstring::new();
    change(&mut bits);
    let facts = StatusListFacts { id: LIST, issuer: DID, valid_from: at("2026-01-01T00:00:00Z"), bits: &bits };
    status_list_credential(&facts)
}

fn found(document: &Value) -> Found {
    Found::Document(document.to_string().into_bytes(), at("2026-11-24T11:59:58Z"))
}

fn evidence_with(did: Found, list: Found) -> Evidence {
    let mut evidence = Evidence::new();
    evidence.put(Need::DidDocument(DID.into()), did);
    evidence.put(Need::StatusList(LIST.into()), list);
    evidence
}

fn evidence() -> Evidence {
    evidence_with(found(&did_document()), found(&signed_with(&list(|_| {}), METHOD, &key())))
}

fn evidence_with_list(list: Value) -> Evidence {
    evidence_with(found(&did_document()), found(&list))
}

fn known() -> [KnownIssuer; 1] {
    [KnownIssuer { id: DID.into(), name: "Example Works".into(), ..KnownIssuer::default() }]
}

fn ask(document: &Value, evidence: &Evidence, now: Timestamp) -> Report {
    judge(
        document.to_string().as_bytes(),
        evidence,
        now,
        &Asked { email: None, known_issuers: &known(), ..Asked::default() },
    )
}

/// One line: the verdict and the code of every check, `!` for failed and `?` for unchecked.
fn told(report: &Report) -> String {
    let mut line = format!("{:?}:", report.verdict);
    for check in &report.checks {
        // A schema that fits goes without saying here; schema.rs looks at that line.
        if check.check == CheckName::Schema && check.outcome == Outcome::Passed {
            continue;
        }
        let mark = match check.outcome {
            Outcome::Passed => "",
            Outcome::Failed => "!",
            Outcome::Unchecked => "?",
        };
        line += &format!(" {mark}{}", check.code);
    }
    line
}
