//! The compact form (RFC 7515, section 7.1): header, payload and signature in base64url, between dots. Read strictly: no padding,
//! no white space, no second spelling of the same bytes, both objects in strict JSON, everything bounded.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

use super::{JoseError, Jwk};
use crate::credential::json;

/// A header needs a key and some names; the rest of a long one is somebody's trick.
const LONGEST_HEADER: usize = 8 * 1024;
const LONGEST_PAYLOAD: usize = 1 << 20;
/// RSA of 8192 bits.
const LONGEST_SIGNATURE: usize = 1024;
/// In bytes.
const LONGEST_KID: usize = 2048;

/// How a JWS is signed (RFC 7518, section 3.1; RFC 8037, section 3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    Rs256,
    /// ECDSA over P-256 with SHA-256.
    Es256,
    /// Ed25519.
    EdDsa,
}

impl Algorithm {
    pub fn as_str(self) -> &'static str {
        match self {
            Algorithm::Rs256 => "RS256",
            Algorithm::Es256 => "ES256",
            Algorithm::EdDsa => "EdDSA",
        }
    }

    fn read(name: &str) -> Result<Self, JoseError> {
        let named = name.to_owned();
        match name {
            "RS256" => Ok(Algorithm::Rs256),
            "ES256" => Ok(Algorithm::Es256),
            "EdDSA" => Ok(Algorithm::EdDsa),
            "RS384" | "RS512" | "PS256" | "PS384" | "PS512" | "ES384" | "ES512" | "ES256K" | "Ed25519" | "Ed448" => {
                Err(JoseError::AlgorithmUnsupported(named))
            }
            _ if name.eq_ignore_ascii_case("none") => Err(JoseError::Unsigned(named)),
            _ => Err(JoseError::AlgorithmRefused(named)),
        }
    }
}

/// What a JWS holds. Its header may say so in `typ` and `cty`, and may not say anything else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Payload {
    Credential,
    /// Credentials that their holder shows to someone.
    Presentation,
    /// What one entity of a federation says about another (OpenID Federation 1.0, section 3.1).
    EntityStatement,
    /// That someone holds a key (OpenID4VCI 1.0, appendix F.1).
    KeyProof,
}

impl Payload {
    fn types(self) -> &'static [&'static str] {
        match self {
            Payload::Credential => &["jwt", "vc+jwt", "vc+ld+jwt", "vc+ld+json+jwt"],
            Payload::Presentation => &["jwt", "vp+jwt", "vp+ld+jwt", "vp+ld+json+jwt"],
            Payload::EntityStatement => &["entity-statement+jwt"],
            Payload::KeyProof => &["openid4vci-proof+jwt"],
        }
    }

    fn contents(self) -> &'static [&'static str] {
        match self {
            Payload::Credential => &["vc", "vc+ld+json", "json"],
            Payload::Presentation => &["vp", "vp+ld+json", "json"],
            Payload::EntityStatement | Payload::KeyProof => &[],
        }
    }
}

/// What the header says. Nothing in it is to be believed before the signature holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    pub algorithm: Algorithm,
    pub kid: Option<String>,
    pub jwk: Option<Jwk>,
}

/// A JWS taken apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Jws {
    pub header: Header,
    /// What is signed, as bytes: header and payload as they came.
    signed: Vec<u8>,
    signature: Vec<u8>,
}

impl Jws {
    /// Takes the compact JWS of a credential apart, with its payload. White space around it is not part of it.
    pub fn read(text: &[u8]) -> Result<(Self, Map<String, Value>), JoseError> {
        Self::read_as(Payload::Credential, text)
    }

    /// The same for what it should hold.
    pub fn read_as(holds: Payload, text: &[u8]) -> Result<(Self, Map<String, Value>), JoseError> {
        let text = text.trim_ascii();
        let malformed = JoseError::Malformed;
        let mut parts = text.split(|byte| *byte == b'.');
        let (Some(header), Some(payload), Some(signature), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(malformed("it does not have three parts between dots"));
        };
        let header = Header::read(object("header", header, LONGEST_HEADER)?, holds)?;
        let members = object("payload", payload, LONGEST_PAYLOAD)?;
        let signature = decoded(signature, LONGEST_SIGNATURE)
            .ok_or_else(|| malformed("its signature is not base64url without padding"))?;
        if signature.is_empty() {
            return Err(malformed("its signature is empty"));
        }
        let signed = text.iter().rposition(|byte| *byte == b'.').and_then(|end| text.get(..end)).unwrap_or_default();
        Ok((Jws { header, signed: signed.to_vec(), signature }, members))
    }

    /// Whether `key` made the signature.
    pub fn verify(&self, key: &Jwk) -> Result<(), JoseError> {
        key.verify(self.header.algorithm, &self.signed, &self.signature)
    }
}

impl Header {
    fn read(members: Map<String, Value>, holds: Payload) -> Result<Self, JoseError> {
        // First, because of what nobody signed nothing else is worth saying.
        let algorithm = match members.get("alg") {
            Some(Value::String(name)) => Algorithm::read(name)?,
            Some(_) => return Err(JoseError::Header("`alg` is not text")),
            None => return Err(JoseError::Header("`alg` is missing")),
        };
        if holds == Payload::EntityStatement && !members.contains_key("typ") {
            return Err(JoseError::Header("it does not say that it is an entity statement"));
        }
        if holds == Payload::KeyProof && !members.contains_key("typ") {
            return Err(JoseError::Header("it does not say that it is a key proof"));
        }
        let mut header = Header { algorithm, kid: None, jwk: None };
        for (name, value) in &members {
            match (name.as_str(), value) {
                ("alg", _) => {}
                ("kid", Value::String(kid)) if (1..=LONGEST_KID).contains(&kid.len()) => header.kid = Some(kid.clone()),
                ("kid", _) => return Err(JoseError::Header("`kid` is not the name of a key")),
                ("jwk", jwk) => header.jwk = Some(Jwk::read(jwk)?),
                ("typ", value) if is_media_type(value, holds.types()) => {}
                ("typ", _) => return Err(JoseError::Header("`typ` says that it is something else than a credential")),
                ("cty", value) if is_media_type(value, holds.contents()) => {}
                ("cty", _) => {
                    return Err(JoseError::Header("`cty` says that it holds something else than a credential"));
                }
                _ => return Err(JoseError::HeaderMember(name.clone())),
            }
        }
        Ok(header)
    }
}

/// Whether this is to be read as a compact JWS: what base64url makes of an object's first brace, and dots.
pub fn is_compact(bytes: &[u8]) -> bool {
    let bytes = bytes.trim_ascii();
    let brace = matches!(bytes, [b'e', b'w'..=b'z' | b'0'..=b'9' | b'-' | b'_', ..]);
    brace && bytes.contains(&b'.')
}

/// The members of a payload, unverified: to tell what a JWS is of.
pub fn payload(text: &[u8]) -> Option<Map<String, Value>> {
    object("payload", text, LONGEST_PAYLOAD).ok()
}

/// A media type, its `application/` left out or not (RFC 7515, section 4.1.9).
fn is_media_type(value: &Value, wanted: &[&str]) -> bool {
    let Some(text) = value.as_str() else { return false };
    let text = text.to_ascii_lowercase();
    wanted.contains(&text.strip_prefix("application/").unwrap_or(&text))
}

fn object(part: &'static str, text: &[u8], longest: usize) -> Result<Map<String, Value>, JoseError> {
    let bytes = decoded(text, longest).ok_or(JoseError::Malformed(match part {
        "header" => "its header is too long, or not base64url without padding",
        _ => "its payload is too long, or not base64url without padding",
    }))?;
    match json::parse(&bytes).map_err(|error| JoseError::NotJson(part, error))? {
        Value::Object(members) => Ok(members),
        _ => Err(JoseError::Malformed(match part {
            "header" => "its header is not an object",
            _ => "its payload is not an object",
        })),
    }
}

/// The bytes, when there are at most so many and this is their one spelling.
pub(super) fn decoded(text: &[u8], longest: usize) -> Option<Vec<u8>> {
    BASE64_URL_SAFE_NO_PAD.decode(text).ok().filter(|bytes| bytes.len() <= longest)
}
