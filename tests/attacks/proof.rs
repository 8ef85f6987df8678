//! Proofs as the suites describe them, made by hand, so that any of their parts can be other than it should.

use super::keys;
use laurel::credential::canon;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

#[derive(Deserialize, Clone, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Proof {
    /// `issuer`, `stranger`, or `issuer with p-256`.
    by: Option<String>,
    suite: Option<String>,
    /// Members in the place of, or besides, the usual ones; they are signed.
    #[serde(default)]
    options: Map<String, Value>,
    #[serde(default)]
    without: Vec<String>,
    /// A value in the place of the signature.
    value: Option<String>,
    /// What is done to the signature: `s beyond the order`, or `other multibase`.
    twist: Option<String>,
}

impl Proof {
    /// The proof over a document that has none.
    pub fn over(&self, document: &Value) -> Value {
        let suite = self.suite.as_deref().unwrap_or("eddsa-rdfc-2022");
        let mut options = json!({
            "type": "DataIntegrityProof",
            "cryptosuite": suite,
            "created": "2026-10-01T00:00:00Z",
            "verificationMethod": method(document),
            "proofPurpose": "assertionMethod",
        });
        let members = options.as_object_mut().unwrap();
        if suite == "Ed25519Signature2020" {
            members["type"] = json!(suite);
            members.shift_remove("cryptosuite");
        }
        members.extend(self.options.clone());
        self.without.iter().for_each(|name| {
            members.shift_remove(name);
        });
        let value = self.value.clone().unwrap_or_else(|| self.signed(document, &options, suite));
        options["proofValue"] = json!(super::recipe::filled(&value));
        super::recipe::fill(&mut options);
        options
    }

    fn signed(&self, document: &Value, options: &Value, suite: &str) -> String {
        let over_json = suite == "eddsa-jcs-2022";
        let hash = |value: &Value| match over_json {
            true => Sha256::digest(canon::canonical_json(value).as_bytes()),
            false => Sha256::digest(canon::canonicalize(value).unwrap().as_bytes()),
        };
        let mut whole = options.clone();
        super::recipe::fill(&mut whole);
        if !over_json {
            whole["@context"] = document["@context"].clone();
        }
        let message = [hash(&whole), hash(document)].concat();
        let mut signature = match self.by.as_deref().unwrap_or("issuer") {
            "issuer with p-256" => keys::sign_p256("issuer", &message),
            who => keys::ed25519(who).sign(&message).to_vec(),
        };
        match self.twist.as_deref() {
            None => format!("z{}", bs58::encode(signature).into_string()),
            Some("s beyond the order") => {
                add_order(&mut signature[32..]);
                format!("z{}", bs58::encode(signature).into_string())
            }
            Some("other multibase") => {
                use base64::Engine;
                format!("u{}", base64::prelude::BASE64_URL_SAFE_NO_PAD.encode(signature))
            }
            Some(other) => panic!("nobody knows how to do {other}"),
        }
    }
}

/// The key that the issuer usually signs with.
fn method(document: &Value) -> String {
    let issuer = document["issuer"].as_str().or_else(|| document["issuer"]["id"].as_str()).unwrap_or_default();
    match issuer.strip_prefix("did:key:") {
        Some(multibase) => format!("{issuer}#{multibase}"),
        None => format!("{issuer}#key-1"),
    }
}

/// s + L: the same number to whoever does not look whether s is below the order of the group (RFC 8032, section 5.1.7).
fn add_order(s: &mut [u8]) {
    const ORDER: [u8; 32] = [
        0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
    ];
    let mut carry = 0u16;
    for (byte, more) in s.iter_mut().zip(ORDER) {
        carry += u16::from(*byte) + u16::from(more);
        *byte = carry as u8;
        carry >>= 8;
    }
}
