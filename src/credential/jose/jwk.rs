//! Public keys as JWK (RFC 7517, RFC 7518 section 6, RFC 8037): RSA, P-256 and Ed25519.
//!
//! RSA keys have 2048 to 8192 bits and an odd exponent. Numbers are written in their one spelling. A JWK with a secret part is
//! refused: whoever shows it has lost it.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use ed25519_dalek::{Signature, VerifyingKey};
use josekit::jws::{ES256, JwsVerifier, RS256};
use serde_json::{Map, Value};

use super::compact::decoded;
use super::{Algorithm, JoseError};
use crate::credential::json;
use crate::credential::key::PublicKey;

const RSA_BITS: std::ops::RangeInclusive<usize> = 2048..=8192;
/// Longer exponents are lawful and only cost time.
const LONGEST_EXPONENT: usize = 8;
const LONGEST_JWK: usize = 4 * 1024;
const SECRETS: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

/// A public key, by its numbers. Two are equal when they are the same key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Jwk {
    /// Modulus and exponent, big-endian, without leading zeros.
    Rsa {
        n: Vec<u8>,
        e: Vec<u8>,
    },
    /// A point of P-256.
    P256 {
        x: [u8; 32],
        y: [u8; 32],
    },
    Ed25519(PublicKey),
}

impl From<&crate::credential::verifying_key::VerifyingKey> for Jwk {
    fn from(key: &crate::credential::verifying_key::VerifyingKey) -> Self {
        use crate::credential::verifying_key::VerifyingKey;
        match key {
            VerifyingKey::Ed25519(key) => Jwk::Ed25519(key.clone()),
            VerifyingKey::P256(key) => {
                let (x, y) = key.coordinates();
                Jwk::P256 { x, y }
            }
        }
    }
}

impl Jwk {
    /// Reads a public JWK. Of what it says about its use, anything but signatures is refused.
    pub fn read(value: &Value) -> Result<Self, JoseError> {
        let jwk = value.as_object().ok_or(JoseError::Key("it is not an object"))?;
        if SECRETS.iter().any(|secret| jwk.contains_key(*secret)) {
            return Err(JoseError::Key("it shows its secret part"));
        }
        for_signatures(jwk)?;
        let text = |name: &str| jwk.get(name).and_then(Value::as_str);
        let key = match (text("kty"), text("crv")) {
            (Some("RSA"), None) => rsa(jwk)?,
            (Some("EC"), Some("P-256")) => Jwk::P256 { x: coordinate(jwk, "x")?, y: coordinate(jwk, "y")? },
            (Some("OKP"), Some("Ed25519")) => Jwk::Ed25519(PublicKey::from_bytes(&coordinate(jwk, "x")?)?),
            _ => return Err(JoseError::KeyOfOtherKind("RS256, ES256 or EdDSA over Ed25519")),
        };
        match jwk.get("alg") {
            None => Ok(key),
            Some(Value::String(alg)) if *alg == key.algorithm().as_str() => Ok(key),
            Some(_) => Err(JoseError::Key("it is for another algorithm")),
        }
    }

    /// Reads a JWK that stands in base64url, as in a did:jwk.
    pub fn from_base64url(text: &str) -> Result<Self, JoseError> {
        let bytes = decoded(text.as_bytes(), LONGEST_JWK).ok_or(JoseError::Key("it is too long, or not base64url"))?;
        let value = json::parse(&bytes).map_err(|error| JoseError::NotJson("key", error))?;
        Self::read(&value)
    }

    /// Writes it with its required members only (RFC 7638, section 3.2).
    pub fn to_value(&self) -> Value {
        let text = |bytes: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(bytes);
        match self {
            Jwk::Rsa { n, e } => serde_json::json!({"kty": "RSA", "n": text(n), "e": text(e)}),
            Jwk::P256 { x, y } => serde_json::json!({"kty": "EC", "crv": "P-256", "x": text(x), "y": text(y)}),
            Jwk::Ed25519(key) => serde_json::json!({"kty": "OKP", "crv": "Ed25519", "x": text(&key.to_bytes())}),
        }
    }

    /// Writes it in base64url.
    pub fn to_base64url(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(self.to_value().to_string())
    }

    /// As one text: the JWK in base64url behind a `u` (Multibase).
    pub fn to_multibase(&self) -> String {
        format!("u{}", self.to_base64url())
    }

    pub fn from_multibase(text: &str) -> Result<Self, JoseError> {
        text.strip_prefix('u').ok_or(JoseError::Key("it is not in base64url")).and_then(Self::from_base64url)
    }

    /// The one algorithm this key signs with here.
    pub fn algorithm(&self) -> Algorithm {
        match self {
            Jwk::Rsa { .. } => Algorithm::Rs256,
            Jwk::P256 { .. } => Algorithm::Es256,
            Jwk::Ed25519(_) => Algorithm::EdDsa,
        }
    }

    /// Whether this key made a signature of some bytes.
    pub(in crate::credential) fn verify(
        &self,
        algorithm: Algorithm,
        signed: &[u8],
        signature: &[u8],
    ) -> Result<(), JoseError> {
        if algorithm != self.algorithm() {
            return Err(JoseError::KeyOfOtherKind(algorithm.as_str()));
        }
        match self {
            Jwk::Rsa { n, .. } => {
                if signature.len() != n.len() {
                    return Err(JoseError::Mismatch);
                }
                let key = self.for_josekit()?;
                let verifier = RS256.verifier_from_jwk(&key).map_err(|_| JoseError::Key("it is no RSA key"))?;
                verifier.verify(signed, signature).map_err(|_| JoseError::Mismatch)
            }
            Jwk::P256 { .. } => {
                // r and s, 32 bytes each and neither zero (RFC 7518, section 3.4); a DER signature has another length.
                let (r, s) = signature.split_at_checked(32).ok_or(JoseError::Mismatch)?;
                if s.len() != 32 || [r, s].iter().any(|half| half.iter().all(|byte| *byte == 0)) {
                    return Err(JoseError::Mismatch);
                }
                let key = self.for_josekit()?;
                let verifier = ES256.verifier_from_jwk(&key).map_err(|_| JoseError::Key("it is no point of P-256"))?;
                verifier.verify(signed, signature).map_err(|_| JoseError::Mismatch)
            }
            Jwk::Ed25519(key) => {
                let signature = signature.try_into().map_err(|_| JoseError::Mismatch)?;
                let key = VerifyingKey::from_bytes(&key.to_bytes()).map_err(|_| JoseError::Mismatch)?;
                key.verify_strict(signed, &Signature::from_bytes(signature)).map_err(|_| JoseError::Mismatch)
            }
        }
    }

    /// The key in the library's own type, with nothing but its numbers.
    fn for_josekit(&self) -> Result<josekit::jwk::Jwk, JoseError> {
        let Value::Object(members) = self.to_value() else { return Err(JoseError::Key("it is not an object")) };
        josekit::jwk::Jwk::from_map(members).map_err(|_| JoseError::Key("it is not a JWK"))
    }
}

/// `use` and `key_ops`, when there, name signatures (RFC 7517, sections 4.2 and 4.3).
fn for_signatures(jwk: &Map<String, Value>) -> Result<(), JoseError> {
    if jwk.get("use").is_some_and(|purpose| purpose != "sig") {
        return Err(JoseError::Key("it is not for signatures"));
    }
    match jwk.get("key_ops") {
        None => Ok(()),
        Some(Value::Array(operations)) if operations.iter().any(|operation| operation == "verify") => Ok(()),
        Some(_) => Err(JoseError::Key("it is not for signatures")),
    }
}

fn rsa(jwk: &Map<String, Value>) -> Result<Jwk, JoseError> {
    let (n, e) = (number(jwk, "n", RSA_BITS.end() / 8)?, number(jwk, "e", LONGEST_EXPONENT)?);
    let bits = n.len() * 8 - n.first().map_or(0, |byte| byte.leading_zeros() as usize);
    if !RSA_BITS.contains(&bits) {
        return Err(JoseError::Key("an RSA key has 2048 to 8192 bits"));
    }
    let odd = |number: &[u8]| number.last().is_some_and(|byte| byte & 1 == 1);
    if !odd(&n) || !odd(&e) || e == [1] {
        return Err(JoseError::Key("its numbers are not those of an RSA key"));
    }
    Ok(Jwk::Rsa { n, e })
}

/// A positive number in as few bytes as it needs (RFC 7518, section 2, Base64urlUInt).
fn number(jwk: &Map<String, Value>, name: &str, longest: usize) -> Result<Vec<u8>, JoseError> {
    jwk.get(name)
        .and_then(Value::as_str)
        .and_then(|text| decoded(text.as_bytes(), longest))
        .filter(|bytes| bytes.first().is_some_and(|byte| *byte != 0))
        .ok_or(JoseError::Key("its numbers are missing, too long or not written as they should be"))
}

/// Always 32 bytes (RFC 7518, section 6.2.1.2; RFC 8037, section 2).
fn coordinate(jwk: &Map<String, Value>, name: &str) -> Result<[u8; 32], JoseError> {
    jwk.get(name)
        .and_then(Value::as_str)
        .and_then(|text| decoded(text.as_bytes(), 32))
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or(JoseError::Key("its numbers are missing, too long or not written as they should be"))
}
