//! Canonical forms of badges: published ones, samples as other software sees them, and what must be refused, by name.

use std::borrow::Cow;
use std::time::{Duration, Instant};

use laurel::credential::canon::{self, HashAlgorithm};
use laurel::credential::context::{CONTEXTS, Library};
use laurel::credential::json;
use laurel::credential::schema::{ACHIEVEMENT_CREDENTIAL, Schema};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::oracle;
use crate::vectors::vector;

fn text(name: &str) -> Option<String> {
    vector(name).map(|bytes| String::from_utf8(bytes).expect("UTF-8"))
}

fn document(name: &str) -> Option<Value> {
    vector(name).map(|bytes| json::parse(&bytes).expect(name))
}

/// The bundled contexts, and the one of the published examples.
fn with_examples() -> Library {
    let examples = (
        "https://www.w3.org/ns/credentials/examples/v2",
        r#"{"@context":{"@vocab":"https://www.w3.org/ns/credentials/examples#"}}"#,
    );
    Library::new(CONTEXTS.iter().chain([&examples]).map(|(url, text)| ((*url).to_owned(), Cow::Borrowed(*text))))
}

fn canonical_with(document: &Value, library: &Library) -> String {
    let dataset = canon::to_rdf(document, library, None).unwrap_or_else(|error| panic!("{error}"));
    dataset.canonicalize(HashAlgorithm::Sha256).expect("canonical").nquads
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn the_badge_made_for_this_project_has_its_canonical_form_byte_for_byte() {
    let Some(badge) = document("ob30-canonical/credential.json") else { return };
    assert_eq!(canon::canonicalize(&badge).expect("canonical"), text("ob30-canonical/credential.nq").expect("vector"));
}

#[test]
fn the_published_data_integrity_documents_and_proofs_have_their_canonical_forms_and_hashes() {
    let library = with_examples();
    for (input, folder, suffix) in [
        ("eddsa-rdfc-2022/unsigned.json", "eddsa-rdfc-2022/eddsa-rdfc-2022", "DataInt"),
        ("eddsa-rdfc-2022/unsigned.json", "eddsa-rdfc-2022/Ed25519Signature2020", "EdSig"),
        ("ecdsa-rdfc-2019/unsigned.json", "ecdsa-rdfc-2019/ecdsa-rdfc-2019-p256", "ECDSAP256"),
    ] {
        let Some(mut unsigned) = document(input) else { return };
        let config = document(&format!("{folder}/proofConfig{suffix}.json")).expect("vector");
        // The signed document has the contexts of its proof configuration, where these differ.
        unsigned["@context"] = config["@context"].clone();
        let read = |name: &str| text(&format!("{folder}/{name}{suffix}.txt")).expect("vector");
        let canonical = canonical_with(&unsigned, &library);
        assert_eq!(canonical, read("canonDoc"), "{folder}");
        assert_eq!(hex(&Sha256::digest(&canonical)), read("docHash").trim(), "{folder}");
        let proof = canonical_with(&config, &library);
        assert_eq!(proof, read("proofCanon"), "{folder}");
        assert_eq!(hex(&Sha256::digest(&proof)), read("proofHash").trim(), "{folder}");
    }
}

#[test]
fn the_badge_of_the_implementation_guide_has_its_canonical_form() {
    let Some(expected) = text("ob-impl-vectors/obv3p0/document-canon.txt") else { return };
    let contexts =
        json!(["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]);
    let badge = json!({
        "@context": contexts,
        "id": "http://example.com/credentials/3527",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Teamwork Badge",
        "issuer": {"id": "https://example.edu/issuers/565049", "type": ["Profile"], "name": "Example Corp", "url": "https://www.imsglobal.org"},
        "validFrom": "2010-01-01T00:00:00Z",
        "credentialSubject": {
            "id": "did:example:ebfeb1f712ebc6f1c276e12ec21",
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "https://example.com/achievements/21st-century-skills/teamwork",
                "type": ["Achievement"],
                "name": "Teamwork",
                "description": "This badge recognizes the development of the capacity to collaborate within a group environment.",
                "criteria": {"narrative": "Team members are nominated for this badge by their peers and recognized upon review by Example Corp management."},
            },
        },
    });
    assert_eq!(canon::canonicalize(&badge).expect("canonical").trim(), expected.trim());
    let proof = json!({
        "@context": contexts,
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": "2010-01-01T19:23:24Z",
        "proofPurpose": "assertionMethod",
        "verificationMethod": "https://example.edu/issuers/565049#z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi",
    });
    for folder in ["obv3p0", "clrv2p0"] {
        let expected = text(&format!("ob-impl-vectors/{folder}/proof-canon.txt")).expect("vector");
        assert_eq!(canon::canonicalize(&proof).expect("canonical").trim(), expected.trim(), "{folder}");
    }
}

/// The record of the CLR implementation guide, with a signed badge in it.
#[test]
fn a_record_of_badges_has_the_published_canonical_form() {
    let Some(expected) = text("ob-impl-vectors/clrv2p0/document-canon.txt") else { return };
    let issuer = json!({"id": "https://example.edu/issuers/565049", "type": "Profile", "name": "Example University"});
    let schema = |standard: &str| json!([{"id": format!("https://purl.imsglobal.org/spec/{standard}_schema.json"), "type": "1EdTechJsonSchemaValidator2019"}]);
    let achievement = |id: &str, name: &str| {
        json!({
            "id": format!("urn:uuid:{id}"),
            "type": "Achievement",
            "creator": {"id": "https://example.edu/issuers/565049", "type": "Profile"},
            "name": name,
            "criteria": {"id": format!("https://example.edu/achievements/{id}/criteria")},
            "description": name,
            "image": {"id": "https://example.edu/achievements/sample.png", "type": "Image"},
        })
    };
    let (first, second) = ("a7467ef6-56cb-11ec-bf63-0242ac130002", "dd887f0a-56cb-11ec-bf63-0242ac130002");
    let ob = [
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
    ];
    let record = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json", ob[0], ob[1]],
        "id": "http://example.edu/credentials/3732",
        "type": ["VerifiableCredential", "ClrCredential"],
        "issuer": issuer,
        "validFrom": "2010-01-01T00:00:00Z",
        "name": "Sample Transcript",
        "credentialSubject": {
            "id": "did:example:ebfeb1f712ebc6f1c276e12ec21",
            "type": "ClrSubject",
            "verifiableCredential": [{
                "@context": ["https://www.w3.org/ns/credentials/v2", ob[0], ob[1]],
                "id": "urn:uuid:91537dba-56cb-11ec-bf63-0242ac130002",
                "type": ["VerifiableCredential", "AchievementCredential"],
                "issuer": issuer,
                "validFrom": "2010-01-01T00:00:00Z",
                "name": "Example University Degree",
                "credentialSubject": {
                    "id": "did:example:ebfeb1f712ebc6f1c276e12ec21",
                    "type": "AchievementSubject",
                    "achievement": achievement(first, "Achievement 1"),
                },
                "credentialSchema": schema("ob/v3p0/schema/json/ob_v3p0_achievementcredential"),
                "proof": {
                    "type": "DataIntegrityProof",
                    "created": "2010-01-01T19:23:24Z",
                    "verificationMethod": "https://example.edu/issuers/565049#z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi",
                    "cryptosuite": "eddsa-rdfc-2022",
                    "proofPurpose": "assertionMethod",
                    "proofValue": "z45QnLySMt2mWuW787G6cf3SLkP97ZkMZxLeXH5yaaTQPCtTup4GCV95tU8HEnQJSyGCokSj3AvUhmJtvveTmN4Vu",
                },
            }],
            "achievement": [achievement(first, "Achievement 1"), achievement(second, "Achievement 2")],
            "association": [{
                "type": "Association",
                "associationType": "isParentOf",
                "sourceId": format!("urn:uuid:{first}"),
                "targetId": format!("urn:uuid:{second}"),
            }],
        },
        "credentialSchema": schema("clr/v2p0/schema/json/clr_v2p0_clrcredential"),
    });
    assert_eq!(canon::canonicalize(&record).expect("canonical").trim(), expected.trim());
}

#[test]
fn samples_have_the_canonical_form_other_software_gives_them() {
    let mut compared = 0;
    for name in ["simple.json", "complete.json", "endorsement-valid.json", "simple-noproof.json"] {
        let Some(sample) = document(&format!("ob30-samples/{name}")) else { return };
        compare(name, &sample);
        compared += 1;
    }
    for name in [
        "achievementAlignmentCase",
        "achievementAlignmentCe",
        "basicOpenBadgeCredential",
        "endorsement",
        "fullOpenBadge",
        "skillAssertionCase",
        "skillAssertionCtdl",
    ] {
        let page = text(&format!("ob30-samples/spec-examples/{name}.html")).expect("vector");
        let (start, end) = (page.find('{').expect("starts"), page.rfind('}').expect("ends"));
        let sample = json::parse(&page.as_bytes()[start..=end]).expect(name);
        compare(name, &sample);
        compared += 1;
    }
    println!("samples: {compared} canonical forms compared");
}

fn compare(name: &str, sample: &Value) {
    match canon::canonicalize(sample) {
        Ok(ours) => {
            let found = oracle::differences(sample, &ours).expect(name);
            assert!(found.is_empty(), "{name}: {found:#?}");
        }
        Err(refusal) => println!("samples: {name} refused: {refusal}"),
    }
}

/// A small badge with one change.
fn changed(pointer: &str, key: &str, value: Value) -> Value {
    let mut badge = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "id": "urn:uuid:1",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": "did:key:z6Mk", "type": ["Profile"], "name": "A"},
        "validFrom": "2026-01-15T10:00:00Z",
        "credentialSubject": {"type": ["AchievementSubject"], "achievement": {"id": "urn:uuid:2", "type": ["Achievement"], "name": "B", "tag": ["x"]}},
    });
    badge.pointer_mut(pointer).and_then(Value::as_object_mut).expect("an object").insert(key.to_owned(), value);
    badge
}

#[test]
fn what_would_be_left_unsigned_is_refused_by_name() {
    for (pointer, key, value, expected) in [
        ("", "unknown", json!("x"), "the term \"unknown\" is not defined by the context"),
        (
            "/credentialSubject/achievement",
            "unknown",
            json!({}),
            "the term \"unknown\" is not defined by the context (in credentialSubject.achievement)",
        ),
        (
            "",
            "type",
            json!(["VerifiableCredential", "Unknown"]),
            "the term \"Unknown\" is not defined by the context (in @type)",
        ),
        ("", "id", json!("relative"), "\"relative\" is not an absolute IRI (in @id)"),
        ("", "id", json!(""), "\"\" is not an absolute IRI (in @id)"),
        ("", "id", json!(7), "invalid @id value: 7"),
        ("/issuer", "id", json!("https://a b"), "\"https://a b\" is not an absolute IRI (in issuer.@id)"),
        ("", "name", Value::Null, "a null would be dropped and left unsigned (in name)"),
        ("", "name", json!(["a", null]), "a null would be dropped and left unsigned (in name[1])"),
        (
            "",
            "name",
            json!({"@value": "a", "@language": "e n"}),
            "invalid language-tagged string: \"e n\" is not a language tag (in name)",
        ),
        (
            "",
            "name",
            json!({"@value": "a", "@direction": "rtl"}),
            "the base direction of a string would be dropped and left unsigned (in name)",
        ),
        ("", "name", json!({"@value": "a", "@index": "i"}), "@index would be dropped and left unsigned (in name)"),
        ("", "name", json!({"@value": "a", "x": "y"}), "the term \"x\" is not defined by the context (in name)"),
        ("", "name", json!(-0.0), "part of the number -0.0 would be dropped and left unsigned (in name)"),
        ("", "@index", json!("i"), "@index would be dropped and left unsigned (in @index)"),
        ("", "@foo", json!("i"), "the term \"@foo\", which stands for nothing, would be dropped and left unsigned"),
        (
            "",
            "https://a.example/<x>",
            json!("i"),
            "\"https://a.example/<x>\" is not an absolute IRI (in https://a.example/<x>)",
        ),
        ("", "_:x", json!("i"), "the property \"_:x\", a blank node, would be dropped and left unsigned"),
        ("", "@id", json!("urn:uuid:3"), "colliding keywords: @id"),
        ("", "@graph", json!(["x"]), "the free-floating value \"x\" would be dropped and left unsigned (in @graph[0])"),
        (
            "",
            "proof",
            json!("https://a.example/proof"),
            "the free-floating value \"https://a.example/proof\" would be dropped and left unsigned (in proof)",
        ),
        (
            "",
            "proof",
            json!({"id": "urn:uuid:4"}),
            "an object that says nothing would be dropped and left unsigned (in proof)",
        ),
        (
            "",
            "@context",
            json!("https://other.example/context"),
            "the context \"https://other.example/context\" is not known here (in @context)",
        ),
        (
            "/issuer",
            "@context",
            json!({"name": "https://a.example/name"}),
            "protected term redefinition: name (in issuer.@context.name)",
        ),
        (
            "/issuer",
            "@context",
            Value::Null,
            "invalid context nullification: a null context would clear protected terms (in issuer.@context)",
        ),
    ] {
        let refusal = canon::canonicalize(&changed(pointer, key, value)).expect_err(expected);
        assert_eq!(refusal.to_string(), expected);
    }
}

#[test]
fn a_context_within_the_document_may_add_terms() {
    let mut badge = changed("", "extra", json!("urn:uuid:5"));
    badge["@context"]
        .as_array_mut()
        .expect("contexts")
        .push(json!({"extra": {"@id": "https://a.example/extra", "@type": "@id"}}));
    let canonical = canon::canonicalize(&badge).expect("canonical");
    assert!(canonical.contains("<urn:uuid:1> <https://a.example/extra> <urn:uuid:5> .\n"), "{canonical}");
    assert_eq!(oracle::differences(&badge, &canonical), Ok(Vec::new()));
}

#[test]
fn hostile_documents_are_refused_in_bounded_time() {
    let terms = |term: &dyn Fn(usize) -> Value| -> Value { (0..5_000).map(|n| (format!("t{n}"), term(n))).collect() };
    let long = format!("urn:{}", "x".repeat(4_000));
    let many: Vec<Value> = (0..40_000).map(|_| json!({"a": 1})).collect();
    let mut long_subject = terms(&|_| json!("1"));
    long_subject["@id"] = json!(format!("urn:{}", "x".repeat(500_000)));
    long_subject["@context"] = json!({"@vocab": "urn:v:"});
    for (case, document) in [
        (
            "thousands of scoped contexts",
            changed("/issuer", "@context", terms(&|n| json!({"@id": format!("urn:t:{n}"), "@context": {}}))),
        ),
        ("a long chain of prefixes", changed("/issuer", "@context", terms(&|n| json!(format!("t{}:x", n + 1))))),
        ("a long IRI behind a short term", json!({"@context": {"a": long}, "@graph": many})),
        ("a long subject repeated", json!([long_subject])),
    ] {
        let started = Instant::now();
        let refusal = canon::canonicalize(&document).expect_err(case);
        println!("hostile: {case}: {refusal:.120} after {:?}", started.elapsed());
        assert!(started.elapsed() < Duration::from_secs(20), "{case}");
    }
}

#[test]
fn nesting_within_the_limits_of_the_reader_is_canonicalised() {
    let nested = (0..62).fold(json!({"name": "x"}), |inner, _| json!({"urn:p": inner}));
    let mut document = json!({"@context": "https://www.w3.org/ns/credentials/v2"});
    document["urn:p"] = nested;
    assert_eq!(canon::canonicalize(&document).expect("canonical").lines().count(), 64);
    let deeper = (0..200).fold(json!({"urn:q": "x"}), |inner, _| json!({"urn:p": inner}));
    assert!(canon::canonicalize(&deeper).is_err());
}

#[test]
fn every_bundled_context_is_the_published_file() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/contexts");
    let sources = std::fs::read_to_string(format!("{folder}/SOURCES")).expect("SOURCES");
    let listed: Vec<Vec<&str>> = sources
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split_whitespace().collect())
        .collect();
    assert_eq!(listed.len(), CONTEXTS.len());
    for (entry, (url, text)) in listed.iter().zip(CONTEXTS) {
        let [file, address, _, sum] = entry.as_slice() else { panic!("{entry:?}") };
        assert_eq!((address, *sum), (url, hex(&Sha256::digest(text)).as_str()), "{file}");
        assert_eq!(std::fs::read_to_string(format!("{folder}/{file}")).expect(file), *text);
    }
}

#[test]
fn the_bundled_schema_is_the_published_file() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/contexts/schemas");
    let sources = std::fs::read_to_string(format!("{folder}/SOURCES")).expect("SOURCES");
    let listed: Vec<&str> = sources.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    let [line] = listed.as_slice() else { panic!("{listed:?}") };
    let [file, address, _, sum] = line.split_whitespace().collect::<Vec<_>>()[..] else { panic!("{line}") };
    assert_eq!(sum, hex(&Sha256::digest(ACHIEVEMENT_CREDENTIAL)));
    assert_eq!(std::fs::read_to_string(format!("{folder}/{file}")).expect(file), ACHIEVEMENT_CREDENTIAL);
    assert_eq!(Schema::at(address), Some(Schema::AchievementCredential));
}
