//! The secret half of a key of ours, of either kind: Ed25519 for proofs inside a document, P-256 or RSA for JWT.

use super::vault::Purpose;
use crate::credential::{jose::SigningKey, key::SecretKey};
use zeroize::Zeroizing;

#[derive(Clone)]
pub enum Secret {
    Ed25519(SecretKey),
    Jwt(SigningKey),
}

impl Secret {
    /// Reads what [`Secret::to_bytes`] wrote.
    pub(super) fn read(purpose: Purpose, bytes: &[u8]) -> Result<Self, &'static str> {
        match purpose {
            Purpose::Jwt => SigningKey::from_pkcs8(bytes)
                .map(Secret::Jwt)
                .map_err(|_| "the secret is no P-256 or RSA key in PKCS#8"),
            Purpose::Credential | Purpose::Panel | Purpose::VcApi => {
                let seed: &[u8; 32] = bytes.try_into().map_err(|_| "the secret is not 32 bytes")?;
                Ok(Secret::Ed25519(SecretKey::from_seed(seed)))
            }
        }
    }

    /// The seed (RFC 8032), or PKCS#8.
    pub(super) fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(match self {
            Secret::Ed25519(key) => key.seed().to_vec(),
            Secret::Jwt(key) => key.to_pkcs8().to_vec(),
        })
    }

    pub fn public_multibase(&self) -> String {
        match self {
            Secret::Ed25519(key) => key.public().to_multibase(),
            Secret::Jwt(key) => key.public().to_multibase(),
        }
    }
}

impl From<SecretKey> for Secret {
    fn from(key: SecretKey) -> Self {
        Secret::Ed25519(key)
    }
}

impl From<SigningKey> for Secret {
    fn from(key: SigningKey) -> Self {
        Secret::Jwt(key)
    }
}
