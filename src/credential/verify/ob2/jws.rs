//! The compact form of a JSON Web Signature (RFC 7515, section 3.1), as old badges write it: less is asked of its header than of a VC-JWT's.
//!
//! The algorithm is taken from the header, the key never: `jwk`, `jku`, `x5u` and `kid` are not even read.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

use super::form::Object;
use crate::credential::jose::{Algorithm, JoseError, Jwk};
use crate::credential::json;
use crate::credential::verify::secured::{Refusal, sentence};

pub(super) struct Jws {
    header: Vec<u8>,
    pub payload: Vec<u8>,
    signing_input: Vec<u8>,
    signature: Vec<u8>,
}

/// Takes a compact JWS apart. `None` when it is none.
pub(super) fn split(text: &str) -> Option<Jws> {
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
    /// The algorithm, when it is one of a public key that this service can check.
    pub(super) fn algorithm(&self) -> Result<Algorithm, Refusal> {
        let header = match json::parse(&self.header) {
            Ok(Value::Object(header)) => header,
            _ => return Err(Refusal::wrong("proof_malformed", "The header of its signature can't be read.")),
        };
        if header.contains_key("crit") || header.contains_key("b64") {
            return Err(Refusal::wrong("proof_malformed", "The header of its signature asks for what no badge needs."));
        }
        named(&header)
    }

    pub(super) fn check(&self, algorithm: Algorithm, key: &Jwk) -> Result<(), Refusal> {
        match key.verify(algorithm, &self.signing_input, &self.signature) {
            Ok(()) => Ok(()),
            Err(JoseError::Mismatch) => Err(Refusal::wrong(
                "altered",
                "Its signature does not fit: it was changed after it was signed, or its issuer never signed it.",
            )),
            Err(error) => Err(Refusal::wrong("key_refused", sentence(&error))),
        }
    }
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
    Refusal::unsure("proof_unsupported", format!("It is signed by {algorithm}, which this service can't check."))
}
