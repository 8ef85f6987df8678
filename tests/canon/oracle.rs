//! Other software as a judge: oxjsonld reads JSON-LD, oxrdf canonicalises. It drops what it does not know, so it is asked only
//! about documents we accept.

use std::collections::{HashMap, HashSet};
use std::error::Error;

use laurel::credential::canon::{self, HashAlgorithm};
use laurel::credential::context::CONTEXTS;
use oxjsonld::{JsonLdParser, JsonLdRemoteDocument};
use oxrdf::dataset::{CanonicalizationAlgorithm, CanonicalizationHashAlgorithm};
use oxrdf::{Dataset, GraphNameRef};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::nquads;

/// Where our canonical form differs from what the other software makes of the document.
///
/// oxrdf keeps the related blank nodes of RDFC-1.0 §4.8.3 in a set where the specification has a list, so that it labels some
/// nodes differently when a graph is named by a blank node; rdf-canonize and the specification agree with us. There, its
/// RDF is compared, canonicalised by us.
pub fn differences(document: &Value, ours: &str) -> Result<Vec<String>, String> {
    let mut dataset = read(document)?;
    let unlabelled = lines(&dataset);
    let reread = nquads::read(&unlabelled)
        .dataset
        .canonicalize(HashAlgorithm::Sha256)
        .map_err(|error| error.to_string())?
        .nquads;
    let mut found = only_one_has(ours, &reread);
    if !dataset.iter().any(|quad| matches!(quad.graph_name, GraphNameRef::BlankNode(_))) {
        dataset
            .canonicalize(CanonicalizationAlgorithm::Rdfc10 { hash_algorithm: CanonicalizationHashAlgorithm::Sha256 });
        found.extend(only_one_has(ours, &lines(&dataset)));
    }
    Ok(found)
}

fn read(document: &Value) -> Result<Dataset, String> {
    let text = document.to_string();
    let contexts: HashMap<&str, &str> = CONTEXTS.iter().copied().collect();
    let parser = JsonLdParser::new().for_slice(&text).with_load_document_callback(move |url, _| {
        let context =
            contexts.get(url).ok_or_else(|| Box::<dyn Error + Send + Sync>::from(format!("no context {url}")))?;
        Ok(JsonLdRemoteDocument { document: context.as_bytes().to_vec(), document_url: url.to_owned() })
    });
    parser.collect::<Result<Dataset, _>>().map_err(|error| error.to_string())
}

fn lines(dataset: &Dataset) -> String {
    let mut lines: Vec<String> = dataset.iter().map(|quad| format!("{quad} .\n")).collect();
    lines.sort_unstable();
    lines.concat()
}

fn only_one_has(ours: &str, theirs: &str) -> Vec<String> {
    let only = |mark, these: &str, those: &str| -> Vec<String> {
        let those: HashSet<&str> = those.lines().collect();
        these.lines().filter(|line| !those.contains(line)).map(|line| format!("{mark} {line}")).collect()
    };
    [only("ours  ", ours, theirs), only("theirs", theirs, ours)].concat()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_generated_badge_is_canonicalised_as_other_software_does(badge in badge()) {
        let ours = canon::canonicalize(&badge).map_err(|error| TestCaseError::fail(format!("{error}: {badge}")))?;
        let found = differences(&badge, &ours).map_err(TestCaseError::fail)?;
        prop_assert!(found.is_empty(), "{:#?} {}", found, badge);
    }

    #[test]
    fn a_badge_changed_at_random_is_canonicalised_alike_or_refused(mut badge in badge(), changes in prop::collection::vec(change(), 1..4)) {
        for change in &changes {
            apply(change, &mut badge);
        }
        if let Ok(ours) = canon::canonicalize(&badge) {
            let found = differences(&badge, &ours).map_err(|error| TestCaseError::fail(format!("{error}: {badge}")))?;
            prop_assert!(found.is_empty(), "{:#?} {}", found, badge);
        }
    }
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("Distributed systems".to_owned()),
        "[a-z ]{1,12}",
        Just("a \"quote\" \\ and\nlines\t\u{8}\u{c}\r\u{1}\u{7f}".to_owned()),
        Just("Ünïcode 😀 \u{10FFFD}".to_owned()),
        "\\PC{0,8}",
    ]
}

fn url() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("https://badges.example/1".to_owned()),
        "https://[a-z]{1,8}\\.example/[a-z0-9]{0,6}(#[a-z]{1,3})?",
        Just("did:key:z6Mk".to_owned()),
        Just("urn:uuid:0".to_owned())
    ]
}

fn alignment() -> impl Strategy<Value = Value> {
    (text(), url(), prop::option::of(text())).prop_map(|(name, url, code)| {
        with(
            json!({"type": ["Alignment"], "targetName": name, "targetUrl": url, "targetType": "ext:ESCO"}),
            [("targetCode", code.map(Value::from))],
        )
    })
}

fn result() -> impl Strategy<Value = Value> {
    (prop::option::of(url()), text(), prop::collection::vec(alignment(), 0..3), prop::option::of(url())).prop_map(
        |(id, value, alignments, level)| {
            let extra = [
                ("id", id.map(Value::from)),
                ("achievedLevel", level.map(Value::from)),
                ("alignment", Some(Value::from(alignments))),
            ];
            with(json!({"type": ["Result"], "value": value}), extra)
        },
    )
}

fn name() -> impl Strategy<Value = Value> {
    prop_oneof![
        4 => text().prop_map(Value::from),
        1 => (text(), prop::sample::select(vec!["en", "de", "zh-hant"])).prop_map(|(text, language)| json!({"@value": text, "@language": language})),
        1 => prop::collection::vec(text(), 0..3).prop_map(Value::from),
    ]
}

/// Credits are eighths: for a double such as 517.19 the other software writes fewer digits than the fifteen decimals JSON-LD asks for.
fn achievement() -> impl Strategy<Value = Value> {
    let credits = prop_oneof![
        any::<i32>().prop_map(Value::from),
        (0u32..1_000_000).prop_map(|eighths| json!(f64::from(eighths) / 8.0))
    ];
    let parts = (
        prop::option::of(url()),
        name(),
        text(),
        prop::collection::vec(text(), 0..4),
        prop::collection::vec(alignment(), 0..4),
        prop::option::of(credits),
    );
    parts.prop_map(|(id, name, narrative, tags, alignments, credits)| {
        let badge = json!({"type": ["Achievement"], "name": name, "description": narrative, "achievementType": "Certification",
            "criteria": {"narrative": narrative}, "tag": tags, "alignment": alignments});
        with(badge, [("id", id.map(Value::from)), ("creditsAvailable", credits)])
    })
}

fn badge() -> impl Strategy<Value = Value> {
    let evidence = prop::collection::vec((prop::option::of(url()), text()), 0..3);
    let parts = (
        url(),
        name(),
        achievement(),
        prop::collection::vec(result(), 0..3),
        evidence,
        prop::option::of(text()),
        any::<bool>(),
        any::<bool>(),
    );
    parts.prop_map(|(id, name, achievement, results, evidence, salt, endorsed, proved)| {
        let identifier = salt.map(|salt| json!([{"type": "IdentityObject", "hashed": true, "identityHash": "sha256$00", "identityType": "emailAddress", "salt": salt}]));
        let subject = with(json!({"type": ["AchievementSubject"], "achievement": achievement, "result": results}), [("identifier", identifier)]);
        let evidence: Vec<Value> = evidence.into_iter().map(|(id, text)| with(json!({"type": ["Evidence"], "narrative": text}), [("id", id.map(Value::from))])).collect();
        let proof = json!({"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "created": "2026-01-15T10:00:00Z",
            "verificationMethod": "did:key:z6Mk#z6Mk", "proofPurpose": "assertionMethod", "proofValue": "z2s"});
        let endorsement = json!([{"@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
            "id": "urn:uuid:1", "type": ["VerifiableCredential", "EndorsementCredential"], "issuer": {"id": "did:key:z6Mk", "type": ["Profile"]}, "validFrom": "2026-01-15T10:00:00Z",
            "credentialSubject": {"id": "urn:uuid:2", "type": ["EndorsementSubject"], "endorsementComment": "Well done"}, "proof": [proof]}]);
        let document = json!({
            "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json", "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"],
            "id": id, "type": ["VerifiableCredential", "OpenBadgeCredential"], "name": name, "issuer": {"id": "did:web:a.example", "type": ["Profile"], "name": "A"},
            "validFrom": "2026-01-15T10:00:00Z", "credentialSubject": subject, "evidence": evidence,
            "credentialStatus": {"id": "https://a.example/status/1#7", "type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": "7", "statusListCredential": "https://a.example/status/1"},
            "credentialSchema": [{"id": "https://a.example/schema.json", "type": "1EdTechJsonSchemaValidator2019"}]});
        with(document, [("endorsement", endorsed.then_some(endorsement)), ("proof", proved.then_some(proof))])
    })
}

fn with<const N: usize>(mut object: Value, extra: [(&str, Option<Value>); N]) -> Value {
    for (key, value) in extra {
        if let (Some(object), Some(value)) = (object.as_object_mut(), value) {
            object.insert(key.to_owned(), value);
        }
    }
    object
}

#[derive(Debug, Clone)]
enum Change {
    Remove,
    Replace(Value),
    Rename(String),
    Insert(String, Value),
}

fn key() -> impl Strategy<Value = String> {
    let keys = vec![
        "id",
        "@id",
        "type",
        "@type",
        "name",
        "description",
        "image",
        "issuer",
        "proof",
        "achievement",
        "criteria",
        "narrative",
        "tag",
        "alignment",
        "targetUrl",
        "identifier",
        "hashed",
        "credentialSubject",
        "evidence",
        "unknown",
        "ext:thing",
        "https://a.example/term",
        "@value",
        "@language",
        "@list",
        "@set",
        "@graph",
        "@index",
        "@reverse",
        "@included",
        "@nest",
        "@context",
        "validFrom",
        "credentialStatus",
        "statusListIndex",
        "statusMessage",
        "relatedResource",
        "digestSRI",
        "mediaType",
        "termsOfUse",
        "verifiableCredential",
        "_sd",
        "exp",
        "cnf",
        "related",
        "result",
    ];
    prop::sample::select(keys).prop_map(str::to_owned)
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        text().prop_map(Value::from),
        url().prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        Just(json!(1.5)),
        Just(json!(1e22)),
        Just(Value::Null),
        Just(json!({})),
        Just(json!([])),
        prop::sample::select(vec![
            "Achievement",
            "Profile",
            "Image",
            "VerifiableCredential",
            "relative",
            "_:b0",
            "@json",
            "assertionMethod"
        ])
        .prop_map(Value::from),
        Just(json!({"xmpl": "https://x.example/", "extra": {"@id": "xmpl:extra", "@type": "@id"}})),
        Just(json!({"name": "https://x.example/name"})),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::vec((key(), inner), 0..3)
                .prop_map(|entries| Value::Object(entries.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

fn change() -> impl Strategy<Value = (usize, Change)> {
    let change = prop_oneof![
        Just(Change::Remove),
        value().prop_map(Change::Replace),
        key().prop_map(Change::Rename),
        (key(), value()).prop_map(|(key, value)| Change::Insert(key, value)),
    ];
    (any::<usize>(), change)
}

/// Changes the value at a place chosen by number.
fn apply((place, change): &(usize, Change), document: &mut Value) {
    let mut pointers = Vec::new();
    places(document, String::new(), &mut pointers);
    let Some(pointer) = pointers.get(place % pointers.len().max(1)) else { return };
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer has a slash");
    let key = key.replace("~1", "/").replace("~0", "~");
    match (change, document.pointer_mut(parent)) {
        (Change::Remove, Some(Value::Object(map))) => drop(map.shift_remove(&key)),
        (Change::Remove, Some(Value::Array(items))) => drop(items.pop()),
        (Change::Rename(to), Some(Value::Object(map))) => {
            if let Some(value) = map.shift_remove(&key) {
                map.insert(to.clone(), value);
            }
        }
        (Change::Insert(key, value), Some(Value::Object(map))) => drop(map.insert(key.clone(), value.clone())),
        (Change::Insert(_, value), Some(Value::Array(items))) => items.push(value.clone()),
        (Change::Replace(value), Some(_)) => {
            if let Some(place) = document.pointer_mut(pointer) {
                *place = value.clone();
            }
        }
        _ => {}
    }
}

fn places(value: &Value, at: String, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                let pointer = format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
                found.push(pointer.clone());
                places(value, pointer, found);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                let pointer = format!("{at}/{index}");
                found.push(pointer.clone());
                places(value, pointer, found);
            }
        }
        _ => {}
    }
}
