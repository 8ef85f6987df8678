//! Compact JSON Web Signatures, made by hand, so that any of their parts can be other than it should.

use super::{
    keys,
    recipe::{Edit, Rewrite, edited, fill, filled, rewritten},
};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize, Clone)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Token {
    header: Option<Value>,
    /// The header as text, when it is not plain JSON.
    header_text: Option<String>,
    /// `es256`, `rs256`, `eddsa`, `es256 by a stranger`, `hs256`, or `none`.
    key: String,
    /// What an HMAC is made with: `pem`, `pem without its last line end`, `pem with white space`, `der`, `jwk`.
    secret: Option<String>,
    /// Edits to the payload, which is the badge with the registered claims.
    #[serde(default)]
    claims: Vec<Edit>,
    /// Whether the registered claims are left out.
    #[serde(default)]
    bare: bool,
    /// Changes to the payload's text.
    #[serde(default)]
    rewrite: Vec<Rewrite>,
    payload_text: Option<String>,
    /// What is done to the signature.
    twist: Option<String>,
}

impl Token {
    pub fn around(&self, document: &Value) -> String {
        let mut header = self
            .header
            .clone()
            .unwrap_or_else(|| json!({"alg": "ES256", "typ": "JWT", "kid": "did:web:issuer.example#key-es256"}));
        fill(&mut header);
        let header = self.header_text.as_deref().map_or_else(|| header.to_string(), filled);
        let mut payload = document.clone();
        if !self.bare {
            register(&mut payload);
        }
        let payload = rewritten(edited(payload, &self.claims).to_string(), &self.rewrite);
        let payload = self.payload_text.clone().unwrap_or(payload);
        let coded = |bytes: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(bytes);
        let signed = format!("{}.{}", coded(header.as_bytes()), coded(payload.as_bytes()));
        format!("{signed}.{}", coded(&self.twisted(self.signature(signed.as_bytes()))))
    }

    fn signature(&self, signed: &[u8]) -> Vec<u8> {
        match self.key.as_str() {
            "none" => Vec::new(),
            "es256" => keys::sign_p256("issuer", signed),
            "es256 by a stranger" => keys::sign_p256("stranger", signed),
            "rs256" => keys::sign_rsa(signed),
            "eddsa" => keys::ed25519("issuer").sign(signed).to_vec(),
            "hs256" => ring::hmac::sign(&ring::hmac::Key::new(ring::hmac::HMAC_SHA256, &self.secret()), signed)
                .as_ref()
                .to_vec(),
            other => panic!("nobody has the key {other}"),
        }
    }

    fn secret(&self) -> Vec<u8> {
        let pem = keys::p256_pem();
        match self.secret.as_deref().unwrap_or_default() {
            "pem" => pem.into_bytes(),
            "pem without its last line end" => pem.trim_end().as_bytes().to_vec(),
            "pem with white space" => format!(" {}\r\n", pem.replace('\n', "\r\n")).into_bytes(),
            "der" => keys::p256_der(),
            "jwk" => keys::jwk("issuer").to_string().into_bytes(),
            other => other.as_bytes().to_vec(),
        }
    }

    fn twisted(&self, signature: Vec<u8>) -> Vec<u8> {
        const ORDER: [u8; 32] = [
            0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xbc, 0xe6, 0xfa, 0xad,
            0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
        ];
        let halves = || signature.split_at(32);
        match self.twist.as_deref() {
            None => signature,
            Some("r is zero") => [&[0; 32][..], halves().1].concat(),
            Some("s is zero") => [halves().0, &[0; 32][..]].concat(),
            Some("both are zero") => vec![0; 64],
            Some("r is the order") => [&ORDER[..], halves().1].concat(),
            Some("s is the order") => [halves().0, &ORDER[..]].concat(),
            Some("der") => der(&signature),
            Some("one byte more") => [&signature[..], &[0]].concat(),
            Some("one byte less") => signature[..signature.len() - 1].to_vec(),
            Some("halves exchanged") => [halves().1, halves().0].concat(),
            Some(other) => panic!("nobody knows how to do {other}"),
        }
    }
}

/// Adds the registered claims as the badge says them.
fn register(payload: &mut Value) {
    for (claim, pointer) in [("iss", "/issuer/id"), ("sub", "/credentialSubject/id"), ("jti", "/id")] {
        payload[claim] = payload.pointer(pointer).cloned().unwrap_or_default();
    }
    for (claim, member) in [("nbf", "validFrom"), ("exp", "validUntil")] {
        if let Some(date) = payload[member].as_str() {
            payload[claim] = json!(date.parse::<jiff::Timestamp>().unwrap().as_second());
        }
    }
}

/// r and s as ASN.1, as other protocols write them.
fn der(raw: &[u8]) -> Vec<u8> {
    let integer = |half: &[u8]| {
        let zero: &[u8] = if half[0] & 0x80 == 0 { &[] } else { &[0] };
        [&[2, (half.len() + zero.len()) as u8][..], zero, half].concat()
    };
    let body = [integer(&raw[..32]), integer(&raw[32..])].concat();
    [&[0x30, body.len() as u8][..], &body].concat()
}
