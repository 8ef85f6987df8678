//! Data Integrity proofs with the cryptosuite eddsa-rdfc-2022 (VC Data Integrity 1.0; vc-di-eddsa, section 3.2).
//!
//! What is signed is SHA-256 of the canonical proof options followed by SHA-256 of the canonical document without its proofs. The options take the
//! document's `@context`, so their terms mean the same. Everything in a proof but its value is signed; what the context does not define
//! is refused. Proof chains (`previousProof`) are refused: nothing here would check the link.

use jiff::Timestamp;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::canon::{self, CanonError};
use super::date;
use super::key::{self, KeyError, PublicKey, SecretKey};

pub const PROOF_TYPE: &str = "DataIntegrityProof";
pub const CRYPTOSUITE: &str = "eddsa-rdfc-2022";
const PURPOSE: &str = "assertionMethod";

#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ProofError {
    #[error("the document is not a JSON object")]
    NotAnObject,
    #[error("the document has no @context")]
    NoContext,
    #[error("the document can't be put in canonical form: {0}")]
    Document(CanonError),
    #[error("the proof can't be put in canonical form: {0}")]
    Options(CanonError),
    #[error("the proof is not well-formed: {0}")]
    Malformed(&'static str),
    #[error("the proof is of another kind: {0}")]
    OtherKind(String),
    #[error(transparent)]
    Key(#[from] KeyError),
}

/// How a document is signed. The purpose is always assertionMethod.
#[derive(Debug, Clone, PartialEq)]
pub struct ProofOptions {
    pub created: Timestamp,
    /// The key's DID URL.
    pub verification_method: String,
}

/// Signs a document. It comes back with this as its only proof, written as an array of one.
pub fn sign(document: &Value, options: &ProofOptions, key: &SecretKey) -> Result<Value, ProofError> {
    let mut signed = document.clone();
    let object = signed.as_object_mut().ok_or(ProofError::NotAnObject)?;
    object.shift_remove("proof");
    let proof = json!({
        "type": PROOF_TYPE,
        "cryptosuite": CRYPTOSUITE,
        "created": date::written(options.created),
        "verificationMethod": options.verification_method,
        "proofPurpose": PURPOSE,
    });
    let Value::Object(mut proof) = proof else { return Err(ProofError::NotAnObject) };
    let context = object.get("@context").ok_or(ProofError::NoContext)?.clone();
    let content = Content::of(&signed)?;
    let message = message(&options_hash(&context, &proof)?, &content.hash);
    proof.insert("proofValue".into(), Value::String(key::multibase(&key.sign(&message))));
    if let Some(object) = signed.as_object_mut() {
        object.insert("proof".into(), Value::Array(vec![Value::Object(proof)]));
    }
    Ok(signed)
}

/// Checks one proof of a document against a key. Dates and whether the key may sign are not looked at here.
pub fn verify(document: &Value, proof: &Value, key: &PublicKey) -> Result<(), ProofError> {
    let mut unsecured = document.clone();
    let object = unsecured.as_object_mut().ok_or(ProofError::NotAnObject)?;
    object.shift_remove("proof");
    let context = object.get("@context").ok_or(ProofError::NoContext)?.clone();
    let proof = Proof::read(proof)?;
    proof.verify(&context, &Content::of(&unsecured)?, key)
}

/// A document without its proofs, in canonical form and hashed once for all its proofs.
#[derive(Debug, Clone, PartialEq)]
pub struct Content {
    /// Canonical N-Quads (RDFC-1.0).
    pub canonical: String,
    pub hash: [u8; 32],
}

impl Content {
    /// `unsecured` is the document without its `proof`.
    pub fn of(unsecured: &Value) -> Result<Self, ProofError> {
        let canonical = canon::canonicalize(unsecured).map_err(ProofError::Document)?;
        let hash = Sha256::digest(canonical.as_bytes()).into();
        Ok(Content { canonical, hash })
    }
}

/// One well-formed eddsa-rdfc-2022 proof.
#[derive(Debug, Clone)]
pub struct Proof<'a> {
    pub verification_method: &'a str,
    pub created: Option<Timestamp>,
    pub expires: Option<Timestamp>,
    value: &'a str,
    whole: &'a Map<String, Value>,
}

impl<'a> Proof<'a> {
    /// Reads a proof of the kind this suite checks; any other is `OtherKind`.
    pub fn read(proof: &'a Value) -> Result<Self, ProofError> {
        let whole = proof.as_object().ok_or(ProofError::Malformed("it is not an object"))?;
        let text = |name: &str| whole.get(name).and_then(Value::as_str);
        let kind = text("type").ok_or(ProofError::Malformed("its `type` is missing"))?;
        if kind != PROOF_TYPE {
            return Err(ProofError::OtherKind(kind.to_owned()));
        }
        let suite = text("cryptosuite").ok_or(ProofError::Malformed("its `cryptosuite` is missing"))?;
        if suite != CRYPTOSUITE {
            return Err(ProofError::OtherKind(suite.to_owned()));
        }
        if text("proofPurpose") != Some(PURPOSE) {
            return Err(ProofError::Malformed("its `proofPurpose` is not assertionMethod"));
        }
        if whole.contains_key("previousProof") {
            return Err(ProofError::Malformed("it is part of a chain of proofs"));
        }
        let date = |name: &str| match whole.get(name) {
            None => Some(None),
            Some(value) => value.as_str().and_then(date::parse).map(Some),
        };
        Ok(Proof {
            verification_method: text("verificationMethod")
                .ok_or(ProofError::Malformed("its `verificationMethod` is missing"))?,
            created: date("created").ok_or(ProofError::Malformed("its `created` is not a date"))?,
            expires: date("expires").ok_or(ProofError::Malformed("its `expires` is not a date"))?,
            value: text("proofValue").ok_or(ProofError::Malformed("its `proofValue` is missing"))?,
            whole,
        })
    }

    /// Checks the signature over the content of a document with this `@context`.
    pub fn verify(&self, context: &Value, content: &Content, key: &PublicKey) -> Result<(), ProofError> {
        // A proof that brings its own context must bring the document's (VC Data Integrity 1.0, section 4.2): with another one its words could
        // mean other things than they seem to.
        if self.whole.get("@context").is_some_and(|own| own != context) {
            return Err(ProofError::Malformed("its `@context` is not the document's"));
        }
        let message = message(&options_hash(context, self.whole)?, &content.hash);
        Ok(key.verify(&message, self.value)?)
    }
}

/// The hash of a proof without its value, read with the document's `@context` (vc-di-eddsa, section 3.2.5).
fn options_hash(context: &Value, proof: &Map<String, Value>) -> Result<[u8; 32], ProofError> {
    let mut configuration = Map::with_capacity(proof.len() + 1);
    configuration.insert("@context".into(), context.clone());
    let signed = proof.iter().filter(|(name, _)| !matches!(name.as_str(), "@context" | "proofValue"));
    configuration.extend(signed.map(|(name, value)| (name.clone(), value.clone())));
    let canonical = canon::canonicalize(&Value::Object(configuration)).map_err(ProofError::Options)?;
    Ok(Sha256::digest(canonical.as_bytes()).into())
}

fn message(options: &[u8; 32], content: &[u8; 32]) -> [u8; 64] {
    let mut message = [0; 64];
    let (first, second) = message.split_at_mut(32);
    first.copy_from_slice(options);
    second.copy_from_slice(content);
    message
}
