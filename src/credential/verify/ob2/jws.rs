//! The compact form of a JSON Web Signature (RFC 7515, section 3.1), and the one place where its signature is checked.
//!
//! The algorithm is taken from the header, the key never: `jwk`, `jku`, `x5u` and `kid` are not even read.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

use super::form::Object;
use crate::credential::json;
use crate::credential::key::{PublicKey, multibase};
use crate::credential::verify::secured::Refusal;

/// A badge of the most bytes there may be, in base64, with its header and signature.
const LONGEST: usize = 2 * 1024 * 1024;

pub(super) struct Jws {
    header: Vec<u8>,
    pub payload: Vec<u8>,
    signing_input: Vec<u8>,
    signature: Vec<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Algorithm {
    Rs256,
    Es256,
    EdDsa,
}

/// A public key as a SubjectPublicKeyInfo (RFC 5280, section 4.1.2.7) tells it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum SubjectKey {
    Ed25519(PublicKey),
    /// Of another kind, in DER.
    Other(Vec<u8>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum JwsError {
    Mismatch,
    OtherKey,
    Unsupported,
}

/// Takes a compact JWS apart. `None` when it is none.
pub(super) fn split(text: &str) -> Option<Jws> {
    if text.len() > LONGEST {
        return None;
    }
    let (signing_input, signature) = text.rsplit_once('.')?;
    let (header, payload) = signing_input.split_once('.')?;
    let decode = |part: &str| URL_SAFE_NO_PAD.decode(part).ok();
    Some(Jws {
        header: decode(header)?,
        payload: decode(payload)?,
        signature: decode(signature)?,
        signing_input: signing_input.as_bytes().to_vec(),
    })
}

impl Jws {
    /// The algorithm, when it is one of a public key and this service can check it.
    pub(super) fn algorithm(&self) -> Result<Algorithm, Refusal> {
        let header = match json::parse(&self.header) {
            Ok(Value::Object(header)) => header,
            _ => return Err(Refusal::wrong("proof_malformed", "The header of its signature can't be read.")),
        };
        if header.contains_key("crit") || header.contains_key("b64") {
            return Err(Refusal::wrong("proof_malformed", "The header of its signature asks for what no badge needs."));
        }
        let algorithm = named(&header)?;
        if is_supported(algorithm) { Ok(algorithm) } else { Err(unsupported(&format!("{algorithm:?}"))) }
    }

    pub(super) fn check(&self, algorithm: Algorithm, key: &SubjectKey) -> Result<(), Refusal> {
        match verify_jws(algorithm, key, &self.signing_input, &self.signature) {
            Ok(()) => Ok(()),
            Err(JwsError::Mismatch) => Err(Refusal::wrong(
                "altered",
                "Its signature does not fit: it was changed after it was signed, or its issuer never signed it.",
            )),
            Err(JwsError::OtherKey) => {
                Err(Refusal::wrong("key_refused", "The key it names is not of the kind of its signature."))
            }
            Err(JwsError::Unsupported) => Err(unsupported(&format!("{algorithm:?}"))),
        }
    }
}

/// Checks one signature. Nothing else in this module does cryptography.
pub(super) fn verify_jws(
    algorithm: Algorithm,
    key: &SubjectKey,
    signing_input: &[u8],
    signature: &[u8],
) -> Result<(), JwsError> {
    match (algorithm, key) {
        (Algorithm::EdDsa, SubjectKey::Ed25519(key)) if signature.len() == 64 => {
            key.verify(signing_input, &multibase(signature)).map_err(|_| JwsError::Mismatch)
        }
        (Algorithm::EdDsa, SubjectKey::Ed25519(_)) => Err(JwsError::Mismatch),
        (Algorithm::EdDsa, SubjectKey::Other(_)) => Err(JwsError::OtherKey),
        (Algorithm::Rs256 | Algorithm::Es256, _) => Err(JwsError::Unsupported),
    }
}

fn is_supported(algorithm: Algorithm) -> bool {
    algorithm == Algorithm::EdDsa
}

fn named(header: &Object) -> Result<Algorithm, Refusal> {
    match header.get("alg").and_then(Value::as_str) {
        Some("RS256") => Ok(Algorithm::Rs256),
        Some("ES256") => Ok(Algorithm::Es256),
        Some("EdDSA") => Ok(Algorithm::EdDsa),
        Some(other) if other.eq_ignore_ascii_case("none") => {
            Err(Refusal::wrong("unsigned", "It says of itself that it is not signed, so anyone could have written it."))
        }
        Some(other) if other.to_ascii_uppercase().starts_with("HS") => Err(Refusal::wrong(
            "proof_malformed",
            format!("Its signature is of the kind {other}, which proves nothing about its issuer."),
        )),
        Some(other) => Err(unsupported(other)),
        None => Err(Refusal::wrong("proof_malformed", "The header of its signature names no algorithm.")),
    }
}

fn unsupported(algorithm: &str) -> Refusal {
    Refusal::unsure(
        "proof_unsupported",
        format!("It is signed by {}, and such signatures could not be checked yet.", algorithm.to_uppercase()),
    )
}
