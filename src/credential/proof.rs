//! Data Integrity proofs (VC Data Integrity 1.0; vc-di-eddsa; vc-di-ecdsa): signed with eddsa-rdfc-2022 or eddsa-jcs-2022, and checked with
//! ecdsa-rdfc-2019 (P-256) and the older Ed25519Signature2020 as well.
//!
//! What is signed is SHA-256 of the canonical proof options followed by SHA-256 of the canonical document without its proofs. Canonical means
//! RDFC-1.0 N-Quads, or RFC 8785 for the jcs suite. In RDF the options take the document's `@context`, so their terms mean the same.
//! Everything in a proof but its value is signed; what the context does not define is refused. Proof chains (`previousProof`) are
//! refused: nothing here would check the link.

use jiff::Timestamp;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::canon::{self, CanonError};
use super::date;
use super::did::{self, Relationship};
use super::key::{self, KeyError, SecretKey};
use super::proof_options;
use super::verifying_key::VerifyingKey;

pub const PROOF_TYPE: &str = "DataIntegrityProof";
pub const CRYPTOSUITE: &str = "eddsa-rdfc-2022";

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
    let proof = made(Suite::EddsaRdfc2022, &signed, options, key)?;
    if let Some(object) = signed.as_object_mut() {
        object.insert("proof".into(), Value::Array(vec![Value::Object(proof)]));
    }
    Ok(signed)
}

/// Signs a document with a suite of Ed25519 that is signed with here; its only proof stands alone.
pub fn sign_with(suite: Suite, document: &Value, options: &ProofOptions, key: &SecretKey) -> Result<Value, ProofError> {
    if !matches!(suite, Suite::EddsaRdfc2022 | Suite::EddsaJcs2022) {
        return Err(ProofError::OtherKind(suite.name().to_owned()));
    }
    let mut signed = document.clone();
    let object = signed.as_object_mut().ok_or(ProofError::NotAnObject)?;
    object.shift_remove("proof");
    let proof = made(suite, &signed, options, key)?;
    if let Some(object) = signed.as_object_mut() {
        object.insert("proof".into(), Value::Object(proof));
    }
    Ok(signed)
}

/// A proof of a document without proofs.
fn made(
    suite: Suite,
    unsecured: &Value,
    options: &ProofOptions,
    key: &SecretKey,
) -> Result<Map<String, Value>, ProofError> {
    let context = unsecured.get("@context").ok_or(ProofError::NoContext)?;
    let mut proof = Map::new();
    // The jcs suite signs the context beside the proof's own members (vc-di-eddsa, section 3.3.1).
    if !suite.is_rdf() {
        proof.insert("@context".into(), context.clone());
    }
    for (name, value) in [
        ("type", PROOF_TYPE),
        ("cryptosuite", suite.name()),
        ("created", &date::written(options.created)),
        ("verificationMethod", &options.verification_method),
        ("proofPurpose", Relationship::Assertion.name()),
    ] {
        proof.insert(name.into(), Value::String(value.to_owned()));
    }
    let hash = if suite.is_rdf() { options_hash(context, &proof)? } else { json_hash(&proof) };
    let message = message(&hash, &suite.content(unsecured)?.hash);
    proof.insert("proofValue".into(), Value::String(key::multibase(&key.sign(&message))));
    Ok(proof)
}

/// Checks one proof of a document against a key. Dates and whether the key may sign are not looked at here.
pub fn verify(document: &Value, proof: &Value, key: impl Into<VerifyingKey>) -> Result<(), ProofError> {
    let mut unsecured = document.clone();
    let object = unsecured.as_object_mut().ok_or(ProofError::NotAnObject)?;
    object.shift_remove("proof");
    let context = object.get("@context").ok_or(ProofError::NoContext)?.clone();
    let proof = Proof::read(proof, Relationship::Assertion)?;
    proof.verify(&context, &proof.suite.content(&unsecured)?, &key.into())
}

/// How a proof is made: what is canonical, and which signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Suite {
    /// vc-di-eddsa, section 3.2.
    EddsaRdfc2022,
    /// vc-di-eddsa, section 3.3: over the JSON itself, so there is nothing in it that it does not cover.
    EddsaJcs2022,
    /// vc-di-ecdsa, section 3.2, with P-256 and SHA-256; the same steps with another signature.
    EcdsaRdfc2019,
    /// The proof type of the years before Data Integrity (vc-di-eddsa, appendix B).
    Ed25519Signature2020,
}

impl Suite {
    fn of(kind: &str, cryptosuite: Option<&str>) -> Result<Self, ProofError> {
        match (kind, cryptosuite) {
            ("Ed25519Signature2020", _) => Ok(Suite::Ed25519Signature2020),
            (PROOF_TYPE, Some(CRYPTOSUITE)) => Ok(Suite::EddsaRdfc2022),
            (PROOF_TYPE, Some("eddsa-jcs-2022")) => Ok(Suite::EddsaJcs2022),
            (PROOF_TYPE, Some("ecdsa-rdfc-2019")) => Ok(Suite::EcdsaRdfc2019),
            (PROOF_TYPE, Some(other)) => Err(ProofError::OtherKind(other.to_owned())),
            (PROOF_TYPE, None) => Err(ProofError::Malformed("its `cryptosuite` is missing")),
            (other, _) => Err(ProofError::OtherKind(other.to_owned())),
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Suite::EddsaRdfc2022 => CRYPTOSUITE,
            Suite::EddsaJcs2022 => "eddsa-jcs-2022",
            Suite::EcdsaRdfc2019 => "ecdsa-rdfc-2019",
            Suite::Ed25519Signature2020 => "Ed25519Signature2020",
        }
    }

    /// Whether it signs the RDF of a document; if not, its JSON.
    pub fn is_rdf(self) -> bool {
        self != Suite::EddsaJcs2022
    }

    /// `unsecured` is the document without its `proof`.
    pub fn content(self, unsecured: &Value) -> Result<Content, ProofError> {
        if self.is_rdf() { Content::of(unsecured) } else { Ok(Content::in_json(unsecured)) }
    }
}

/// A document without its proofs, in canonical form and hashed once for all its proofs.
#[derive(Debug, Clone, PartialEq)]
pub struct Content {
    /// Canonical N-Quads (RDFC-1.0), or canonical JSON (RFC 8785).
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

    fn in_json(unsecured: &Value) -> Self {
        let canonical = canon::canonical_json(unsecured);
        let hash = Sha256::digest(canonical.as_bytes()).into();
        Content { canonical, hash }
    }
}

/// One well-formed proof.
#[derive(Debug, Clone)]
pub struct Proof<'a> {
    pub suite: Suite,
    pub verification_method: &'a str,
    pub created: Option<Timestamp>,
    pub expires: Option<Timestamp>,
    /// What whoever asked for it gave to be signed with it, so that it can't be used a second time.
    pub challenge: Option<&'a str>,
    /// For whom it was made.
    pub domains: Vec<&'a str>,
    value: &'a str,
    whole: &'a Map<String, Value>,
}

impl<'a> Proof<'a> {
    /// Reads a proof for this purpose and of a kind that can be checked; any other kind is `OtherKind`.
    pub fn read(proof: &'a Value, purpose: Relationship) -> Result<Self, ProofError> {
        let whole = proof.as_object().ok_or(ProofError::Malformed("it is not an object"))?;
        let text = |name: &str| whole.get(name).and_then(Value::as_str);
        let kind = text("type").ok_or(ProofError::Malformed("its `type` is missing"))?;
        let suite = Suite::of(kind, text("cryptosuite"))?;
        if text("proofPurpose") != Some(purpose.name()) {
            return Err(ProofError::Malformed(match purpose {
                Relationship::Assertion => "its `proofPurpose` is not assertionMethod",
                Relationship::Authentication => "its `proofPurpose` is not authentication",
            }));
        }
        if whole.contains_key("previousProof") {
            return Err(ProofError::Malformed("it is part of a chain of proofs"));
        }
        let date = |name: &str| match whole.get(name) {
            None => Some(None),
            Some(value) => value.as_str().and_then(date::parse).map(Some),
        };
        let challenge = match whole.get("challenge") {
            None => None,
            Some(value) => Some(value.as_str().ok_or(ProofError::Malformed("its `challenge` is not text"))?),
        };
        let domains = did::many(whole.get("domain")).iter().map(Value::as_str).collect::<Option<_>>();
        Ok(Proof {
            suite,
            challenge,
            domains: domains.ok_or(ProofError::Malformed("its `domain` is not text"))?,
            verification_method: text("verificationMethod")
                .ok_or(ProofError::Malformed("its `verificationMethod` is missing"))?,
            created: date("created").ok_or(ProofError::Malformed("its `created` is not a date"))?,
            expires: date("expires").ok_or(ProofError::Malformed("its `expires` is not a date"))?,
            value: text("proofValue").ok_or(ProofError::Malformed("its `proofValue` is missing"))?,
            whole,
        })
    }

    /// Checks the signature over the content of a document with this `@context`.
    pub fn verify(&self, context: &Value, content: &Content, key: &VerifyingKey) -> Result<(), ProofError> {
        // A proof that brings its own context must bring the document's (VC Data Integrity 1.0, section 4.2): with another one its words could
        // mean other things than they seem to. The jcs suite would let a document have more contexts than its proof, unsigned; here it may not.
        if self.whole.get("@context").is_some_and(|own| own != context) {
            return Err(ProofError::Malformed("its `@context` is not the document's"));
        }
        if matches!(key, VerifyingKey::P256(_)) != (self.suite == Suite::EcdsaRdfc2019) {
            return Err(ProofError::Key(KeyError::OtherThanProof));
        }
        let options = if self.suite.is_rdf() { options_hash(context, self.whole)? } else { json_hash(self.whole) };
        Ok(key.verify(&message(&options, &content.hash), self.value)?)
    }
}

/// The hash of a proof without its value, read with the document's `@context` (vc-di-eddsa, section 3.2.5).
fn options_hash(context: &Value, proof: &Map<String, Value>) -> Result<[u8; 32], ProofError> {
    if let Some(canonical) = proof_options::canonical(context, proof) {
        return Ok(Sha256::digest(canonical.as_bytes()).into());
    }
    let mut configuration = Map::with_capacity(proof.len() + 1);
    configuration.insert("@context".into(), context.clone());
    let signed = proof.iter().filter(|(name, _)| !matches!(name.as_str(), "@context" | "proofValue"));
    configuration.extend(signed.map(|(name, value)| (name.clone(), value.clone())));
    let canonical = canon::canonicalize(&Value::Object(configuration)).map_err(ProofError::Options)?;
    Ok(Sha256::digest(canonical.as_bytes()).into())
}

/// The hash of a proof without its value, as it stands (vc-di-eddsa, section 3.3.5).
fn json_hash(proof: &Map<String, Value>) -> [u8; 32] {
    let signed = proof.iter().filter(|(name, _)| *name != "proofValue");
    let configuration = signed.map(|(name, value)| (name.clone(), value.clone())).collect();
    Sha256::digest(canon::canonical_json(&Value::Object(configuration)).as_bytes()).into()
}

fn message(options: &[u8; 32], content: &[u8; 32]) -> [u8; 64] {
    let mut message = [0; 64];
    let (first, second) = message.split_at_mut(32);
    first.copy_from_slice(options);
    second.copy_from_slice(content);
    message
}
