//! People who sign with a did:key, and JWTs made by hand.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use super::*;

pub struct Person {
    pub did: String,
    pub method: String,
    pub key: SecretKey,
}

impl Person {
    pub fn new(seed: u8) -> Self {
        let key = SecretKey::from_seed(&[seed; 32]);
        let did = did_key(&key.public());
        let method = format!("{did}#{}", did.strip_prefix("did:key:").unwrap());
        Person { did, method, key }
    }

    /// Signs a credential.
    pub fn sign(&self, document: &Value) -> Value {
        signed_with(document, &self.method, &self.key)
    }

    /// Signs a presentation, by the rules of eddsa-rdfc-2022 written out again here; `more` goes into the proof.
    pub fn present(&self, document: &Value, more: Value) -> Value {
        let mut proof = json!({
            "type": "DataIntegrityProof",
            "cryptosuite": "eddsa-rdfc-2022",
            "created": "2026-11-24T11:59:00Z",
            "verificationMethod": self.method,
            "proofPurpose": "authentication",
        });
        for (name, value) in more.as_object().unwrap() {
            proof[name] = value.clone();
        }
        let mut options = proof.clone();
        options["@context"] = document["@context"].clone();
        let mut message = Sha256::digest(canon::canonicalize(&options).unwrap()).to_vec();
        message.extend(Sha256::digest(canon::canonicalize(document).unwrap()));
        proof["proofValue"] = json!(format!("z{}", bs58::encode(self.key.sign(&message)).into_string()));
        let mut signed = document.clone();
        signed["proof"] = proof;
        signed
    }

    /// A compact JWS of anything, with EdDSA.
    pub fn jws(&self, kind: &str, payload: &Value) -> String {
        let header = json!({"alg": "EdDSA", "typ": kind, "kid": self.method});
        jws(&header, payload, |signed| self.key.sign(signed).to_vec())
    }
}

pub fn jws(header: &Value, payload: &Value, sign: impl Fn(&[u8]) -> Vec<u8>) -> String {
    let coded = |bytes: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(bytes);
    let signed = format!("{}.{}", coded(header.to_string().as_bytes()), coded(payload.to_string().as_bytes()));
    format!("{signed}.{}", coded(&sign(signed.as_bytes())))
}
