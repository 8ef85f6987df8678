//! The keys of the cases, from fixed seeds: the issuer's, and those of a stranger. Only RSA keys are drawn anew in each run.

use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use josekit::{
    jwk::{KeyPair, alg::rsa::RsaKeyPair},
    jws::RS256,
};
use laurel::credential::{ecdsa::P256Key, key::SecretKey};
use p256::elliptic_curve::sec1::ToEncodedPoint;
use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair},
};
use serde_json::{Value, json};
use std::sync::LazyLock;

/// `issuer` or `stranger`.
fn seed(who: &str) -> [u8; 32] {
    match who {
        "issuer" => [21; 32],
        "stranger" => [22; 32],
        other => panic!("nobody is called {other}"),
    }
}

pub fn ed25519(who: &str) -> SecretKey {
    SecretKey::from_seed(&seed(who))
}

/// The Multikey of the Ed25519 key.
pub fn multibase(who: &str) -> String {
    ed25519(who).public().to_multibase()
}

fn p256(who: &str) -> p256::SecretKey {
    p256::SecretKey::from_slice(&seed(who)).unwrap()
}

fn point(who: &str) -> Vec<u8> {
    p256(who).public_key().to_encoded_point(false).as_bytes().to_vec()
}

pub fn p256_multibase(who: &str) -> String {
    let point = point(who);
    let half = |from: usize| <[u8; 32]>::try_from(&point[from..from + 32]).unwrap();
    P256Key::from_coordinates(&half(1), &half(33)).unwrap().to_multibase()
}

/// r and s.
pub fn sign_p256(who: &str, message: &[u8]) -> Vec<u8> {
    let random = SystemRandom::new();
    let pair = EcdsaKeyPair::from_private_key_and_public_key(
        &ECDSA_P256_SHA256_FIXED_SIGNING,
        &p256(who).to_bytes(),
        &point(who),
        &random,
    );
    pair.unwrap().sign(&random, message).unwrap().as_ref().to_vec()
}

static RSA: LazyLock<RsaKeyPair> = LazyLock::new(|| RS256.generate_key_pair(2048).unwrap());

pub fn sign_rsa(message: &[u8]) -> Vec<u8> {
    use josekit::jws::JwsSigner;
    RS256.signer_from_der(RSA.to_der_private_key()).unwrap().sign(message).unwrap()
}

/// The P-256 key as a JWK.
pub fn jwk(who: &str) -> Value {
    let (point, coded) = (point(who), |bytes: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(bytes));
    json!({"kty": "EC", "crv": "P-256", "x": coded(&point[1..33]), "y": coded(&point[33..])})
}

pub fn rsa_jwk() -> Value {
    let members = RSA.to_jwk_public_key();
    json!({"kty": "RSA", "n": members.parameter("n"), "e": members.parameter("e")})
}

/// The issuer's P-256 key as SubjectPublicKeyInfo.
pub fn p256_der() -> Vec<u8> {
    const HEAD: &[u8] =
        b"\x30\x59\x30\x13\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07\x03\x42\x00";
    [HEAD, &point("issuer")].concat()
}

pub fn p256_pem() -> String {
    pem(&p256_der())
}

pub fn ed25519_pem(who: &str) -> String {
    const HEAD: &[u8] = b"\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00";
    pem(&[HEAD, &ed25519(who).public().to_bytes()].concat())
}

fn pem(der: &[u8]) -> String {
    let text = BASE64_STANDARD.encode(der);
    let lines: Vec<&str> = text.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).unwrap()).collect();
    format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", lines.join("\n"))
}
