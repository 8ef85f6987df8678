//! Keys that sign badges as JWT: P-256 for ES256, RSA for RS256. EdDSA is verified and not made, because 1EdTech's validator refuses it.
//!
//! The library draws the numbers that a key or an ES256 signature needs from the operating system by itself; so an ES256 signature comes out
//! otherwise each time, and what was signed is kept.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use josekit::jwk::KeyPair;
use josekit::jwk::alg::{ec::EcKeyPair, rsa::RsaKeyPair};
use josekit::jws::{ES256, JwsSigner, RS256};
use serde_json::{Value, json};
use zeroize::Zeroizing;

use super::{Algorithm, JoseError, Jwk};

/// Bits of a new RSA key: good until 2030 and beyond (NIST SP 800-57, part 1, table 4, asks for 3072 from 2031 on).
const RSA_BITS: u32 = 3072;

/// A secret key with its algorithm. It never shows itself in a log.
#[derive(Clone)]
pub struct SigningKey {
    pkcs8: Zeroizing<Vec<u8>>,
    signer: Box<dyn JwsSigner>,
    public: Jwk,
}

impl SigningKey {
    /// A new key. Takes up to a few seconds for RS256.
    pub fn generate(algorithm: Algorithm) -> Result<Self, JoseError> {
        match algorithm {
            Algorithm::Es256 => Self::of_p256(ES256.generate_key_pair().map_err(|_| LIBRARY)?),
            Algorithm::Rs256 => Self::of_rsa(RS256.generate_key_pair(RSA_BITS).map_err(|_| LIBRARY)?),
            Algorithm::EdDsa => Err(JoseError::KeyOfOtherKind("signing badges as JWT")),
        }
    }

    /// Reads what [`SigningKey::to_pkcs8`] wrote (RFC 5208).
    pub fn from_pkcs8(der: &[u8]) -> Result<Self, JoseError> {
        match ES256.key_pair_from_der(der) {
            Ok(pair) => Self::of_p256(pair),
            Err(_) => Self::of_rsa(RS256.key_pair_from_der(der).map_err(|_| LIBRARY)?),
        }
    }

    /// The secret as PKCS#8.
    pub fn to_pkcs8(&self) -> &[u8] {
        &self.pkcs8
    }

    pub fn public(&self) -> &Jwk {
        &self.public
    }

    /// Signs an object as a compact JWS. The header says `alg`, `typ` and `kid`, and no more (Open Badges 3.0, section 8.2).
    pub fn sign(&self, kid: &str, payload: &Value) -> Result<String, JoseError> {
        self.sign_as("JWT", kid, payload)
    }

    /// The same of another type, so that it can't be read as a badge.
    pub fn sign_as(&self, kind: &str, kid: &str, payload: &Value) -> Result<String, JoseError> {
        let header = json!({"alg": self.public.algorithm().as_str(), "typ": kind, "kid": kid});
        let encoded = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", encoded(&header), encoded(payload));
        let signature = self.signer.sign(signed.as_bytes()).map_err(|_| LIBRARY)?;
        Ok(format!("{signed}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature)))
    }

    fn of_p256(pair: EcKeyPair) -> Result<Self, JoseError> {
        let pkcs8 = Zeroizing::new(pair.to_der_private_key());
        let signer = ES256.signer_from_der(&pkcs8).map_err(|_| LIBRARY)?;
        Ok(SigningKey { signer: Box::new(signer), public: public_of(&pair)?, pkcs8 })
    }

    fn of_rsa(pair: RsaKeyPair) -> Result<Self, JoseError> {
        let pkcs8 = Zeroizing::new(pair.to_der_private_key());
        let signer = RS256.signer_from_der(&pkcs8).map_err(|_| LIBRARY)?;
        Ok(SigningKey { signer: Box::new(signer), public: public_of(&pair)?, pkcs8 })
    }
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SigningKey({})", self.public.algorithm().as_str())
    }
}

const LIBRARY: JoseError = JoseError::Key("it is no P-256 or RSA key that can sign");

fn public_of(pair: &dyn KeyPair) -> Result<Jwk, JoseError> {
    let members = pair.to_jwk_public_key();
    let member = |name: &str| members.parameter(name).cloned();
    let names = ["kty", "crv", "x", "y", "n", "e"];
    let numbers = names.into_iter().filter_map(|name| Some((name.to_owned(), member(name)?)));
    Jwk::read(&Value::Object(numbers.collect()))
}
