//! A key that checks signatures, of either curve, read from a Multikey or a JWK (Controlled Identifiers 1.0, section 2.2; RFC 7517).
//!
//! A JWK is Ed25519 (`OKP`, RFC 8037) or P-256 (`EC`). One that says it is for something else than signatures is refused, and one published
//! with its private half as well: anyone could sign for it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

use super::ecdsa::P256Key;
use super::key::{self, KeyError, PublicKey};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VerifyingKey {
    Ed25519(PublicKey),
    P256(P256Key),
}

impl VerifyingKey {
    /// Reads `z6Mk…` or `zDna…`.
    pub fn from_multibase(text: &str) -> Result<Self, KeyError> {
        match PublicKey::from_multibase(text) {
            Err(KeyError::NotEd25519) => P256Key::from_multibase(text).map(VerifyingKey::P256),
            read => read.map(VerifyingKey::Ed25519),
        }
    }

    pub fn from_jwk(jwk: &Value) -> Result<Self, KeyError> {
        let text = |name: &str| jwk.get(name).and_then(Value::as_str);
        if jwk.get("d").is_some() {
            return Err(KeyError::Private);
        }
        if jwk.get("use").is_some_and(|kind| kind != "sig") || jwk.get("key_ops").is_some_and(|ops| !verifies(ops)) {
            return Err(KeyError::OtherUse);
        }
        let number = |name: &str| {
            let bytes = URL_SAFE_NO_PAD.decode(text(name)?).ok()?;
            <[u8; 32]>::try_from(bytes).ok()
        };
        match (text("kty"), text("crv"), text("alg")) {
            (Some("OKP"), Some("Ed25519"), None | Some("EdDSA" | "Ed25519")) => {
                let x = number("x").ok_or(KeyError::NotAPoint)?;
                PublicKey::from_bytes(&x).map(VerifyingKey::Ed25519)
            }
            (Some("EC"), Some("P-256"), None | Some("ES256")) => {
                let (Some(x), Some(y)) = (number("x"), number("y")) else { return Err(KeyError::NotAPoint) };
                P256Key::from_coordinates(&x, &y).map(VerifyingKey::P256)
            }
            _ => Err(KeyError::OtherKind),
        }
    }

    /// Writes `z6Mk…` or `zDna…`.
    pub fn to_multibase(&self) -> String {
        match self {
            VerifyingKey::Ed25519(key) => key.to_multibase(),
            VerifyingKey::P256(key) => key.to_multibase(),
        }
    }

    /// Checks a signature given as multibase base58btc.
    pub fn verify(&self, message: &[u8], signature: &str) -> Result<(), KeyError> {
        match self {
            VerifyingKey::Ed25519(key) => key.verify(message, signature),
            VerifyingKey::P256(key) => key.verify(message, &key::signature(signature)?),
        }
    }
}

impl From<&PublicKey> for VerifyingKey {
    fn from(key: &PublicKey) -> Self {
        VerifyingKey::Ed25519(key.clone())
    }
}

fn verifies(operations: &Value) -> bool {
    operations.as_array().is_some_and(|operations| operations.iter().any(|operation| operation == "verify"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    // RFC 8037, appendix A.2, and RFC 7517, appendix A.1.
    fn ed25519() -> Value {
        json!({"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})
    }

    fn p256() -> Value {
        json!({
            "kty": "EC",
            "crv": "P-256",
            "x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
            "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",
        })
    }

    #[test]
    fn both_curves_are_read_from_both_spellings() {
        for jwk in [ed25519(), p256()] {
            let key = VerifyingKey::from_jwk(&jwk).unwrap();
            assert_eq!(VerifyingKey::from_multibase(&key.to_multibase()), Ok(key));
        }
        assert_eq!(VerifyingKey::from_multibase("z111"), Err(KeyError::OtherKind));
    }

    #[test]
    fn a_jwk_for_anything_else_is_refused() {
        let with = |mut jwk: Value, name: &str, value: Value| {
            jwk[name] = value;
            VerifyingKey::from_jwk(&jwk)
        };
        assert!(with(ed25519(), "alg", json!("EdDSA")).is_ok());
        assert!(with(p256(), "key_ops", json!(["verify"])).is_ok());
        assert!(with(p256(), "use", json!("sig")).is_ok());
        assert_eq!(with(ed25519(), "d", json!("nWGxne")), Err(KeyError::Private));
        assert_eq!(with(p256(), "d", json!("870MB6")), Err(KeyError::Private));
        assert_eq!(with(p256(), "use", json!("enc")), Err(KeyError::OtherUse));
        assert_eq!(with(p256(), "key_ops", json!(["deriveKey"])), Err(KeyError::OtherUse));
        assert_eq!(with(p256(), "key_ops", json!("verify")), Err(KeyError::OtherUse));
        assert_eq!(with(p256(), "alg", json!("ES384")), Err(KeyError::OtherKind));
        assert_eq!(with(p256(), "crv", json!("secp256k1")), Err(KeyError::OtherKind));
        assert_eq!(with(ed25519(), "kty", json!("EC")), Err(KeyError::OtherKind));
        assert_eq!(with(ed25519(), "crv", json!("X25519")), Err(KeyError::OtherKind));
        assert_eq!(
            with(ed25519(), "x", json!("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo=")),
            Err(KeyError::NotAPoint)
        );
        assert_eq!(with(p256(), "y", json!("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")), Err(KeyError::NotAPoint));
        assert_eq!(with(p256(), "y", Value::Null), Err(KeyError::NotAPoint));
        assert_eq!(VerifyingKey::from_jwk(&json!({"kty": "RSA"})), Err(KeyError::OtherKind));
        assert_eq!(VerifyingKey::from_jwk(&json!([])), Err(KeyError::OtherKind));
    }
}
