//! The canonical options of the proof that almost every badge has, written down without the engine.
//!
//! A DataIntegrityProof with its five usual members is one blank node with five statements, in this order whatever stands in them, as long as
//! the contexts are ones that this file knows. Anything else is left to the engine. A test holds the two to the same text.

use serde_json::{Map, Value};

use super::context::iri;
use super::document::{CREDENTIALS_CONTEXT, EXTENSIONS_CONTEXT, OPEN_BADGES_CONTEXT};

/// Canonical N-Quads (RDFC-1.0); none when the engine must say it.
pub(super) fn canonical(context: &Value, proof: &Map<String, Value>) -> Option<String> {
    if !is_known(context.as_array()?) {
        return None;
    }
    let (mut kind, mut suite, mut created, mut method, mut purpose) = (None, None, None, None, None);
    for (name, value) in proof {
        match name.as_str() {
            "type" => kind = Some(plain(value)?),
            "cryptosuite" => suite = Some(plain(value)?),
            "created" => created = Some(plain(value)?),
            "verificationMethod" => method = Some(plain(value)?),
            "proofPurpose" => purpose = Some(plain(value)?),
            "proofValue" => {}
            _ => return None,
        }
    }
    let (suite, created, method) = (suite?, created?, method?);
    let ordinary = kind? == "DataIntegrityProof" && purpose? == "assertionMethod";
    // A scheme could be a word of a context, and then stand for something longer; these are none.
    let whole = ["did:", "https:"].iter().any(|scheme| method.starts_with(scheme)) && iri::is_well_formed(method);
    (ordinary && whole).then(|| {
        [
            "_:c14n0 <http://purl.org/dc/terms/created> \"",
            created,
            "\"^^<http://www.w3.org/2001/XMLSchema#dateTime> .\n\
             _:c14n0 <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/security#DataIntegrityProof> .\n\
             _:c14n0 <https://w3id.org/security#cryptosuite> \"",
            suite,
            "\"^^<https://w3id.org/security#cryptosuiteString> .\n\
             _:c14n0 <https://w3id.org/security#proofPurpose> <https://w3id.org/security#assertionMethod> .\n\
             _:c14n0 <https://w3id.org/security#verificationMethod> <",
            method,
            "> .\n",
        ]
        .concat()
    })
}

/// The contexts of badges today. Their first one protects the words of a proof; earlier contexts of Open Badges would contradict it.
fn is_known(contexts: &[Value]) -> bool {
    match contexts {
        [first] => first == CREDENTIALS_CONTEXT,
        [first, badges] => first == CREDENTIALS_CONTEXT && badges == OPEN_BADGES_CONTEXT,
        [first, badges, more] => {
            first == CREDENTIALS_CONTEXT && badges == OPEN_BADGES_CONTEXT && more == EXTENSIONS_CONTEXT
        }
        _ => false,
    }
}

/// Text that N-Quads writes as it stands.
fn plain(value: &Value) -> Option<&str> {
    value.as_str().filter(|text| text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'"' && byte != b'\\'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credential::canon;
    use proptest::prelude::*;
    use serde_json::json;

    /// As `proof.rs` would have the engine say it.
    fn by_the_engine(context: &Value, proof: &Value) -> String {
        let mut configuration = proof.as_object().unwrap().clone();
        configuration.remove("proofValue");
        configuration.insert("@context".into(), context.clone());
        canon::canonicalize(&Value::Object(configuration)).unwrap()
    }

    fn proof() -> Value {
        json!({
            "type": "DataIntegrityProof",
            "cryptosuite": "eddsa-rdfc-2022",
            "created": "2026-01-15T10:00:05Z",
            "verificationMethod": "did:web:a.example#key-1",
            "proofPurpose": "assertionMethod",
            "proofValue": "z1",
        })
    }

    fn contexts(more: &[&str]) -> Value {
        json!([&[CREDENTIALS_CONTEXT], more].concat())
    }

    proptest! {
        #[test]
        fn what_is_written_down_is_what_the_engine_says(
            created in "[!#-\\[\\]-~]{0,30}",
            suite in "[!#-\\[\\]-~]{1,30}",
            method in "(did:[a-z]{1,5}|https://[a-z]{1,5}):?[a-zA-Z0-9.%:/#-]{0,40}",
            more in 0..=2usize,
        ) {
            let context = contexts(&[OPEN_BADGES_CONTEXT, EXTENSIONS_CONTEXT][..more]);
            let mut proof = proof();
            proof["created"] = json!(created);
            proof["cryptosuite"] = json!(suite);
            proof["verificationMethod"] = json!(method);
            if let Some(written) = canonical(&context, proof.as_object().unwrap()) {
                prop_assert_eq!(written, by_the_engine(&context, &proof));
            }
        }
    }

    #[test]
    fn the_usual_proof_is_written_down_and_any_other_left_to_the_engine() {
        let badge = contexts(&[OPEN_BADGES_CONTEXT, EXTENSIONS_CONTEXT]);
        let of = |context: &Value, proof: &Value| canonical(context, proof.as_object().unwrap());
        for known in [&[][..], &[OPEN_BADGES_CONTEXT], &[OPEN_BADGES_CONTEXT, EXTENSIONS_CONTEXT]] {
            let context = contexts(known);
            assert_eq!(of(&context, &proof()), Some(by_the_engine(&context, &proof())), "{context}");
        }
        let with = |name: &str, value: Value| {
            let mut proof = proof();
            proof[name] = value;
            of(&badge, &proof)
        };
        for (name, value) in [
            ("type", json!("Ed25519Signature2020")),
            ("type", json!(["DataIntegrityProof"])),
            ("proofPurpose", json!("authentication")),
            ("verificationMethod", json!("sec:key")),
            ("verificationMethod", json!("did:web:a example")),
            ("verificationMethod", json!({"id": "did:web:a.example#key-1"})),
            ("created", json!("a\"b")),
            ("created", json!("é")),
            ("expires", json!("2027-01-15T10:00:05Z")),
            ("@context", json!(CREDENTIALS_CONTEXT)),
        ] {
            assert_eq!(with(name, value.clone()), None, "{name}: {value}");
        }
        let mut short = proof();
        short.as_object_mut().unwrap().remove("created");
        assert_eq!(of(&badge, &short), None);
        for context in [
            json!(CREDENTIALS_CONTEXT),
            json!([]),
            contexts(&["https://w3id.org/security/data-integrity/v2"]),
            contexts(&[EXTENSIONS_CONTEXT]),
            contexts(&[OPEN_BADGES_CONTEXT, OPEN_BADGES_CONTEXT]),
            contexts(&[EXTENSIONS_CONTEXT, EXTENSIONS_CONTEXT]),
            json!([EXTENSIONS_CONTEXT]),
            json!([EXTENSIONS_CONTEXT, OPEN_BADGES_CONTEXT]),
            json!([EXTENSIONS_CONTEXT, OPEN_BADGES_CONTEXT, EXTENSIONS_CONTEXT]),
            contexts(&["https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json"]),
            json!([CREDENTIALS_CONTEXT, {"created": "https://a.example/created"}]),
            json!(["https://www.w3.org/2018/credentials/v1", CREDENTIALS_CONTEXT]),
        ] {
            assert_eq!(of(&context, &proof()), None, "{context}");
        }
    }
}
