//! What a wallet signs to show that it holds a key (OpenID4VCI 1.0, appendix F.1): a JWT over whom it is for, a nonce of theirs, and the time.
//!
//! The key is named by a did:key or a did:jwk in `kid`, or stands in `jwk`. The holder is the DID that is made of the key, so nothing is looked up,
//! and nobody is named whose key it is not. `iss` is not looked at: it is the wallet's name for itself, and says nothing about the key.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value};

use super::did::{did_jwk, did_of, resolve_did_jwk};
use super::jose::{Algorithm, Header, JoseError, Jwk, Jws, Payload};
use super::key::KeyError;
use super::verifying_key::VerifyingKey;

/// How long ago it may have been signed.
const OLDEST: SignedDuration = SignedDuration::from_mins(5);
/// How far the clock of its holder may be ahead.
const AHEAD: SignedDuration = SignedDuration::from_mins(1);

/// A proof that holds, but for its nonce.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyProof {
    /// The did:key or did:jwk of the key.
    pub holder: String,
    /// Whether it was given out, and never used, is for whoever gives nonces.
    pub nonce: String,
}

/// Why a proof does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyProofError {
    #[error("{0}")]
    Jose(#[from] JoseError),
    #[error("its key can't be read: {0}")]
    Key(#[from] KeyError),
    #[error("it names its key by exactly one of `kid` and `jwk`")]
    NotOneKey,
    #[error("its `kid` is not a key of a did:key or did:jwk")]
    OtherDid,
    #[error("its algorithm is not EdDSA or ES256")]
    OtherAlgorithm,
    #[error("its `aud` is not this issuer alone")]
    OtherAudience,
    #[error("its `iat` is missing, or not of the last minutes")]
    OtherTime,
    #[error("it has no `nonce`")]
    NoNonce,
}

/// Reads a proof that was made for `audience`.
pub fn read(jwt: &[u8], audience: &str, now: Timestamp) -> Result<KeyProof, KeyProofError> {
    let (jws, claims) = Jws::read_as(Payload::KeyProof, jwt)?;
    if !matches!(jws.header.algorithm, Algorithm::EdDsa | Algorithm::Es256) {
        return Err(KeyProofError::OtherAlgorithm);
    }
    let (holder, key) = holder(&jws.header)?;
    jws.verify(&key)?;
    if !is_for(&claims, audience) {
        return Err(KeyProofError::OtherAudience);
    }
    let at = claims.get("iat").and_then(Value::as_i64).and_then(|seconds| Timestamp::from_second(seconds).ok());
    if !at.is_some_and(|at| now - OLDEST <= at && at <= now + AHEAD) {
        return Err(KeyProofError::OtherTime);
    }
    match claims.get("nonce") {
        Some(Value::String(nonce)) if !nonce.is_empty() => Ok(KeyProof { holder, nonce: nonce.clone() }),
        _ => Err(KeyProofError::NoNonce),
    }
}

/// Whose key it is, and the key.
fn holder(header: &Header) -> Result<(String, Jwk), KeyProofError> {
    match (&header.kid, &header.jwk) {
        (Some(kid), None) => named(kid),
        (None, Some(jwk)) => Ok((did_jwk(jwk), jwk.clone())),
        _ => Err(KeyProofError::NotOneKey),
    }
}

/// The DID itself, or the DID URL of its one key.
fn named(kid: &str) -> Result<(String, Jwk), KeyProofError> {
    let did = did_of(kid);
    let (fragment, key) = match (did.strip_prefix("did:key:"), did.strip_prefix("did:jwk:")) {
        (Some(multibase), _) => (multibase, Jwk::from(&VerifyingKey::from_multibase(multibase)?)),
        (_, Some(_)) => ("0", resolve_did_jwk(did)?),
        _ => return Err(KeyProofError::OtherDid),
    };
    match kid.strip_prefix(did) {
        Some("") => Ok((did.to_owned(), key)),
        Some(named) if named.strip_prefix('#') == Some(fragment) => Ok((did.to_owned(), key)),
        _ => Err(KeyProofError::OtherDid),
    }
}

fn is_for(claims: &Map<String, Value>, audience: &str) -> bool {
    match claims.get("aud") {
        Some(Value::String(aud)) => aud == audience,
        Some(Value::Array(all)) => matches!(all.as_slice(), [Value::String(aud)] if aud == audience),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credential::jose::SigningKey;
    use crate::credential::key::SecretKey;
    use base64::Engine;
    use base64::prelude::BASE64_URL_SAFE_NO_PAD;
    use rand::SeedableRng;
    use serde_json::json;

    const ISSUER: &str = "https://badges.acme.example";

    fn now() -> Timestamp {
        "2026-11-28T12:00:00Z".parse().unwrap()
    }

    fn claims() -> Value {
        json!({"aud": ISSUER, "iat": now().as_second(), "nonce": "n"})
    }

    fn key() -> SecretKey {
        SecretKey::generate(&mut rand::rngs::StdRng::seed_from_u64(7))
    }

    /// A header that names the key by its did:key.
    fn header() -> Value {
        let multibase = key().public().to_multibase();
        json!({"typ": "openid4vci-proof+jwt", "alg": "EdDSA", "kid": format!("did:key:{multibase}#{multibase}")})
    }

    fn signed(header: &Value, claims: &Value) -> Vec<u8> {
        let encoded = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
        let text = format!("{}.{}", encoded(header), encoded(claims));
        let signature = BASE64_URL_SAFE_NO_PAD.encode(key().sign(text.as_bytes()));
        format!("{text}.{signature}").into_bytes()
    }

    fn without(mut value: Value, name: &str) -> Value {
        value.as_object_mut().unwrap().shift_remove(name);
        value
    }

    fn with(mut value: Value, name: &str, member: Value) -> Value {
        value[name] = member;
        value
    }

    #[test]
    fn the_holder_is_the_did_of_the_key_however_it_is_named() {
        let jwk = Jwk::Ed25519(key().public());
        let did = format!("did:key:{}", key().public().to_multibase());
        let of_jwk = did_jwk(&jwk);
        let kids = [(header(), did.as_str()), (with(header(), "kid", json!(did)), &did)];
        let jwks = [
            (with(header(), "kid", json!(of_jwk)), of_jwk.as_str()),
            (with(header(), "kid", json!(format!("{of_jwk}#0"))), &of_jwk),
            (with(without(header(), "kid"), "jwk", jwk.to_value()), &of_jwk),
        ];
        for (header, holder) in kids.into_iter().chain(jwks) {
            let proof = read(&signed(&header, &claims()), ISSUER, now()).unwrap();
            assert_eq!(proof, KeyProof { holder: holder.into(), nonce: "n".into() });
        }
        let one = with(claims(), "aud", json!([ISSUER]));
        assert!(read(&signed(&header(), &one), ISSUER, now()).is_ok());
    }

    #[test]
    fn every_rule_of_the_claims_is_held() {
        let refused = |claims: Value| read(&signed(&header(), &claims), ISSUER, now()).unwrap_err();
        let at = |minutes: i64| with(claims(), "iat", json!(now().as_second() + 60 * minutes));
        for (claims, why) in [
            (with(claims(), "aud", json!("https://other.example")), KeyProofError::OtherAudience),
            (with(claims(), "aud", json!([ISSUER, "https://other.example"])), KeyProofError::OtherAudience),
            (without(claims(), "aud"), KeyProofError::OtherAudience),
            (at(-6), KeyProofError::OtherTime),
            (at(2), KeyProofError::OtherTime),
            (without(claims(), "iat"), KeyProofError::OtherTime),
            (without(claims(), "nonce"), KeyProofError::NoNonce),
            (with(claims(), "nonce", json!("")), KeyProofError::NoNonce),
        ] {
            assert_eq!(refused(claims), why);
        }
    }

    #[test]
    fn every_rule_of_the_header_is_held() {
        let refused = |header: Value| read(&signed(&header, &claims()), ISSUER, now()).unwrap_err();
        let multibase = key().public().to_multibase();
        let other = SecretKey::generate(&mut rand::rngs::StdRng::seed_from_u64(8)).public().to_multibase();
        let jwk = Jwk::Ed25519(key().public());
        assert_eq!(refused(without(header(), "kid")), KeyProofError::NotOneKey);
        assert_eq!(refused(with(header(), "jwk", jwk.to_value())), KeyProofError::NotOneKey);
        for kid in [
            "did:web:acme.example#key-1".to_owned(),
            format!("did:key:{multibase}#{other}"),
            format!("did:key:{multibase}#"),
            format!("{}#1", did_jwk(&jwk)),
            multibase.clone(),
        ] {
            assert_eq!(refused(with(header(), "kid", json!(kid))), KeyProofError::OtherDid, "{kid}");
        }
        let of_another = with(header(), "kid", json!(format!("did:key:{other}")));
        assert_eq!(refused(of_another), KeyProofError::Jose(JoseError::Mismatch));
        assert!(matches!(refused(with(header(), "kid", json!("did:key:z111"))), KeyProofError::Key(_)));
        for header in [
            without(header(), "typ"),
            with(header(), "typ", json!("JWT")),
            with(header(), "alg", json!("none")),
            with(header(), "alg", json!("HS256")),
            with(header(), "crit", json!(["exp"])),
        ] {
            assert!(matches!(refused(header), KeyProofError::Jose(_)));
        }
    }

    #[test]
    fn rsa_is_no_key_of_a_wallet() {
        let rsa = SigningKey::generate(Algorithm::Rs256).unwrap();
        let header = json!({"typ": "openid4vci-proof+jwt", "alg": "RS256", "jwk": rsa.public().to_value()});
        assert_eq!(read(&signed(&header, &claims()), ISSUER, now()), Err(KeyProofError::OtherAlgorithm));
    }
}
