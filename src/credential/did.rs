//! did:key, did:jwk and did:web (their methods' specifications, Controlled Identifiers 1.0).
//!
//! A did:key and a did:jwk are their own document. A did:web is a host name, never an IP address, an optional port as `%3A`, and optional path
//! segments between colons. Reading a DID document answers one question: may this method sign assertions for this DID now, and
//! with which key? Any doubt is a refusal that says which rule was broken.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::date;
use super::jose::{JoseError, Jwk};
use super::key::{KeyError, PublicKey};
use super::verifying_key::VerifyingKey;

/// Why a DID, or a key in its document, can't be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DidError {
    #[error("`{0}` is not a URL a did:web can be made from: {1}")]
    BadBase(String, &'static str),
    #[error("`{0}` is not a well-formed {1}")]
    Malformed(String, &'static str),
    #[error("the document with the keys of the issuer belongs to another")]
    OtherDocument,
    #[error("the document of the issuer has no key `{0}`")]
    NoSuchMethod(String),
    #[error("the key `{0}` may not sign credentials: it is not in the document's assertionMethod")]
    NotForAssertion(String),
    #[error("the key `{0}` may not speak for its holder: it is not in the document's authentication")]
    NotForAuthentication(String),
    #[error("the key `{0}` belongs to another controller")]
    OtherController(String),
    #[error("the key `{0}` is of a type this service can't use")]
    OtherType(String),
    #[error("the key `{0}` was revoked on {1}")]
    Revoked(String, String),
    #[error("the key `{0}` expired on {1}")]
    Expired(String, String),
    #[error("the key `{0}` can't be read: {1}")]
    Key(String, KeyError),
}

/// The did:key of an Ed25519 key.
pub fn did_key(public: &PublicKey) -> String {
    format!("did:key:{}", public.to_multibase())
}

/// The document of a did:key, made from the DID itself.
pub fn resolve_did_key(did: &str) -> Result<Value, DidError> {
    let multibase = did.strip_prefix("did:key:").ok_or_else(|| DidError::Malformed(did.to_owned(), "did:key"))?;
    VerifyingKey::from_multibase(multibase).map_err(|error| DidError::Key(did.to_owned(), error))?;
    let method = format!("{did}#{multibase}");
    Ok(json!({
        "@context": [DID_CONTEXT, MULTIKEY_CONTEXT],
        "id": did,
        "verificationMethod": [{"id": method, "type": "Multikey", "controller": did, "publicKeyMultibase": multibase}],
        "assertionMethod": [method],
    }))
}

/// The did:jwk of a key, with its required members only.
pub fn did_jwk(key: &Jwk) -> String {
    format!("did:jwk:{}", key.to_base64url())
}

/// The key of a did:jwk: the rest of the DID is the JWK in base64url.
pub fn resolve_did_jwk(did: &str) -> Result<Jwk, JoseError> {
    did.strip_prefix("did:jwk:").ok_or(JoseError::Key("it is not a did:jwk")).and_then(Jwk::from_base64url)
}

/// The did:web of a service at a base URL: `https://a.example:8443/x` is `did:web:a.example%3A8443:x`.
pub fn did_web(base_url: &str) -> Result<String, DidError> {
    let bad = |why| DidError::BadBase(base_url.to_owned(), why);
    let url = url::Url::parse(base_url).map_err(|_| bad("it can't be read as a URL"))?;
    if !matches!(url.scheme(), "https" | "http") {
        return Err(bad("it must start with https:// (or http:// for a trial on localhost)"));
    }
    if url.query().is_some() || url.fragment().is_some() || !url.username().is_empty() || url.password().is_some() {
        return Err(bad("it must have no user, query or fragment"));
    }
    let host = match url.host() {
        Some(url::Host::Domain(host)) if is_host(host) => host,
        _ => {
            return Err(bad("it needs a host name; a did:web can't name an IP address (for a trial use localhost)"));
        }
    };
    let mut did = format!("did:web:{host}");
    if let Some(port) = url.port() {
        did.push_str(&format!("%3A{port}"));
    }
    let path = url.path().trim_matches('/');
    if !path.is_empty() {
        for segment in path.split('/') {
            let segment = did_segment(segment);
            if !is_segment(&segment) {
                return Err(bad("its path has a part a DID can't hold"));
            }
            did.push(':');
            did.push_str(&segment);
        }
    }
    Ok(did)
}

/// Where the document of a did:web is: `https://…/.well-known/did.json`, or `https://…/path/did.json`.
pub fn did_web_document_url(did: &str) -> Result<String, DidError> {
    let malformed = || DidError::Malformed(did.to_owned(), "did:web");
    let mut parts = did.strip_prefix("did:web:").ok_or_else(malformed)?.split(':');
    let host = parts.next().ok_or_else(malformed)?;
    let (name, port) = match host.split_once("%3A").or_else(|| host.split_once("%3a")) {
        Some((name, port)) => (name, Some(port)),
        None => (host, None),
    };
    if !is_host(name) {
        return Err(malformed());
    }
    let mut url = format!("https://{name}");
    if let Some(port) = port {
        let number = port
            .parse::<u16>()
            .ok()
            .filter(|number| *number > 0 && number.to_string() == port)
            .ok_or_else(malformed)?;
        url.push_str(&format!(":{number}"));
    }
    let segments: Vec<&str> = parts.collect();
    if !segments.iter().all(|segment| is_segment(segment)) {
        return Err(malformed());
    }
    if segments.is_empty() {
        url.push_str("/.well-known");
    }
    for segment in segments {
        url.push('/');
        url.push_str(segment);
    }
    url.push_str("/did.json");
    Ok(url)
}

/// One key in a did:web document.
#[derive(Debug, Clone)]
pub struct DidKeyEntry {
    /// Without the `#`.
    pub fragment: String,
    pub public: PublicKey,
    /// Whether badges signed with it count. A retired key keeps this until its last badge ends; a compromised one loses it.
    pub assertion: bool,
}

/// The document of a did:web with these keys.
pub fn did_web_document(did: &str, keys: &[DidKeyEntry]) -> Value {
    let methods: Vec<Value> = keys
        .iter()
        .map(|key| {
            json!({
                "id": format!("{did}#{}", key.fragment),
                "type": "Multikey",
                "controller": did,
                "publicKeyMultibase": key.public.to_multibase(),
            })
        })
        .collect();
    let assertion: Vec<String> =
        keys.iter().filter(|key| key.assertion).map(|key| format!("{did}#{}", key.fragment)).collect();
    json!({
        "@context": [DID_CONTEXT, MULTIKEY_CONTEXT],
        "id": did,
        "verificationMethod": methods,
        "assertionMethod": assertion,
    })
}

/// A key for JWT in a did:web document.
#[derive(Debug, Clone)]
pub struct JsonWebKeyEntry {
    /// Without the `#`.
    pub fragment: String,
    pub public: Jwk,
    /// What the header of a JWT calls it: the URL of the bare JWK.
    pub kid: String,
}

impl JsonWebKeyEntry {
    /// The bare JWK, as it stands at `kid` too (RFC 7517, section 4).
    pub fn jwk(&self) -> Value {
        let mut jwk = self.public.to_value();
        if let Value::Object(members) = &mut jwk {
            members.insert("alg".into(), self.public.algorithm().as_str().into());
            members.insert("use".into(), "sig".into());
            members.insert("kid".into(), self.kid.clone().into());
        }
        jwk
    }
}

/// Adds keys for JWT to a document, each allowed to sign badges (Controlled Identifiers 1.0, section 2.2.3).
pub fn with_json_web_keys(mut document: Value, did: &str, keys: &[JsonWebKeyEntry]) -> Value {
    let mut add = |member: &str, value: Value| {
        if let Some(Value::Array(values)) = document.get_mut(member) {
            values.push(value);
        }
    };
    for key in keys {
        let id = format!("{did}#{}", key.fragment);
        add(
            "verificationMethod",
            json!({"id": id, "type": "JsonWebKey", "controller": did, "publicKeyJwk": key.jwk()}),
        );
        add("assertionMethod", Value::String(id));
    }
    if !keys.is_empty() {
        add("@context", JWK_CONTEXT.into());
    }
    document
}

/// The DID a verification method is written under: what stands before `#`.
pub fn did_of(method: &str) -> &str {
    method.split_once('#').map_or(method, |(did, _)| did)
}

/// What a key may be used for (Controlled Identifiers 1.0, section 2.3). The name is also the purpose of a proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relationship {
    /// To issue credentials.
    Assertion,
    /// To show who one is, as the holder of credentials does.
    Authentication,
}

impl Relationship {
    pub fn name(self) -> &'static str {
        match self {
            Relationship::Assertion => "assertionMethod",
            Relationship::Authentication => "authentication",
        }
    }

    fn refused(self, method: &str) -> DidError {
        match self {
            Relationship::Assertion => DidError::NotForAssertion(method.to_owned()),
            Relationship::Authentication => DidError::NotForAuthentication(method.to_owned()),
        }
    }
}

/// The key with which `method` may sign assertions for `did` at `now`, by the DID document.
///
/// `method` is absolute or starts with `#`. `revoked` and `expires` count against `now` and not against the date a proof
/// gives itself (Controlled Identifiers 1.0, section 2.2), because whoever holds a lost key can write any date.
pub fn assertion_key(document: &Value, did: &str, method: &str, now: Timestamp) -> Result<VerifyingKey, DidError> {
    key_for(Relationship::Assertion, document, did, method, now)
}

/// The same for any use.
pub fn key_for(
    relationship: Relationship,
    document: &Value,
    did: &str,
    method: &str,
    now: Timestamp,
) -> Result<VerifyingKey, DidError> {
    key_in(method_for(relationship, document, did, method, now)?, method)
}

/// The entry of the method when it may be used so for `did` at `now`, whatever kind of key it holds.
pub fn method_for<'a>(
    relationship: Relationship,
    document: &'a Value,
    did: &str,
    method: &str,
    now: Timestamp,
) -> Result<&'a Value, DidError> {
    if document.get("id").and_then(Value::as_str) != Some(did) {
        return Err(DidError::OtherDocument);
    }
    let entry = permitted_method(relationship, document, did, method)?;
    let named = || method.to_owned();
    if entry.get("controller").and_then(Value::as_str) != Some(did) {
        return Err(DidError::OtherController(named()));
    }
    in_use(entry, method, now)?;
    Ok(entry)
}

/// Whether a key is neither revoked nor expired now.
pub(super) fn in_use(entry: &Value, method: &str, now: Timestamp) -> Result<(), DidError> {
    if let Some(when) = passed(entry, "revoked", now) {
        return Err(DidError::Revoked(method.to_owned(), when));
    }
    match passed(entry, "expires", now) {
        Some(when) => Err(DidError::Expired(method.to_owned(), when)),
        None => Ok(()),
    }
}

/// The key in a verification method or in a bare JWK, whoever its controller is.
pub(super) fn key_in(entry: &Value, method: &str) -> Result<VerifyingKey, DidError> {
    let unread = |error| DidError::Key(method.to_owned(), error);
    // Ed25519VerificationKey2020 is the older spelling of the same key and still the usual one in documents of others; JsonWebKey2020 likewise.
    match entry.get("type").and_then(Value::as_str) {
        Some("Multikey" | "Ed25519VerificationKey2020") => {
            let multibase = entry.get("publicKeyMultibase").and_then(Value::as_str).unwrap_or_default();
            VerifyingKey::from_multibase(multibase).map_err(unread)
        }
        Some("JsonWebKey" | "JsonWebKey2020") => {
            VerifyingKey::from_jwk(entry.get("publicKeyJwk").unwrap_or(&Value::Null)).map_err(unread)
        }
        None if entry.get("kty").is_some() => VerifyingKey::from_jwk(entry).map_err(unread),
        _ => Err(DidError::OtherType(method.to_owned())),
    }
}

const DID_CONTEXT: &str = "https://www.w3.org/ns/did/v1";
const JWK_CONTEXT: &str = "https://w3id.org/security/jwk/v1";
const MULTIKEY_CONTEXT: &str = "https://w3id.org/security/multikey/v1";

/// The method's own entry, when the list of keys for this use holds it or refers to it.
fn permitted_method<'a>(
    relationship: Relationship,
    document: &'a Value,
    did: &str,
    method: &str,
) -> Result<&'a Value, DidError> {
    let wanted = absolute(did, method);
    let is_wanted = |entry: &Value| {
        let id = entry.as_str().or_else(|| entry.get("id").and_then(Value::as_str));
        id.is_some_and(|id| absolute(did, id) == wanted)
    };
    let listed = many(document.get("verificationMethod")).iter().find(|entry| is_wanted(entry));
    match (many(document.get(relationship.name())).iter().find(|entry| is_wanted(entry)), listed) {
        (Some(embedded @ Value::Object(_)), _) => Ok(embedded),
        (Some(_), Some(listed)) => Ok(listed),
        (None, Some(_)) => Err(relationship.refused(method)),
        (_, None) => Err(DidError::NoSuchMethod(method.to_owned())),
    }
}

/// The date of a past `revoked` or `expires`. One that can't be read counts as passed: it was written to stop the key.
fn passed(entry: &Value, name: &str, now: Timestamp) -> Option<String> {
    let value = entry.get(name)?;
    match value.as_str().and_then(date::parse) {
        Some(when) if when > now => None,
        Some(when) => Some(date::spoken(when)),
        None => Some("an unreadable date".to_owned()),
    }
}

pub(super) fn absolute(did: &str, id: &str) -> String {
    if id.starts_with('#') { format!("{did}{id}") } else { id.to_owned() }
}

pub(super) fn many(value: Option<&Value>) -> &[Value] {
    match value {
        Some(Value::Array(entries)) => entries,
        Some(one) => std::slice::from_ref(one),
        None => &[],
    }
}

/// A DNS name in ASCII: labels of letters, digits and inner hyphens; the last not all digits, so it is no IPv4 address.
fn is_host(host: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let last = host.rsplit('.').next().unwrap_or_default();
    host.len() <= 253
        && host.split('.').all(label)
        && !last.bytes().all(|byte| byte.is_ascii_digit())
        && !last.starts_with("0x")
}

/// A path segment as a DID can hold it: letters, digits, `.`, `-`, `_` and percent-encoding; never a way up or a slash.
fn is_segment(segment: &str) -> bool {
    let mut bytes = segment.bytes();
    let mut well_formed = !segment.is_empty() && segment != "." && segment != "..";
    while let Some(byte) = bytes.next() {
        well_formed &= match byte {
            b'%' => match (bytes.next(), bytes.next()) {
                (Some(high), Some(low)) => {
                    high.is_ascii_hexdigit()
                        && low.is_ascii_hexdigit()
                        && !matches!((high, low), (b'2', b'e' | b'E' | b'f' | b'F') | (b'5', b'c' | b'C'))
                }
                _ => false,
            },
            other => other.is_ascii_alphanumeric() || b".-_".contains(&other),
        };
    }
    well_formed
}

/// A URL's path segment with everything percent-encoded that a URL may hold and a DID may not.
fn did_segment(segment: &str) -> String {
    let mut written = String::with_capacity(segment.len());
    for character in segment.chars() {
        if character.is_ascii_alphanumeric() || ".-_%".contains(character) {
            written.push(character);
        } else {
            let mut buffer = [0; 4];
            for byte in character.encode_utf8(&mut buffer).bytes() {
                written.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::super::key::SecretKey;
    use super::*;

    const DID: &str = "did:web:a.example";

    fn now() -> Timestamp {
        "2026-11-24T12:00:00Z".parse().unwrap()
    }

    fn public(seed: u8) -> PublicKey {
        SecretKey::from_seed(&[seed; 32]).public()
    }

    fn document() -> Value {
        did_web_document(
            DID,
            &[
                DidKeyEntry { fragment: "key-1".into(), public: public(1), assertion: true },
                DidKeyEntry { fragment: "key-2".into(), public: public(2), assertion: false },
            ],
        )
    }

    #[test]
    fn a_base_url_becomes_a_did_web() {
        assert_eq!(did_web("https://a.example").unwrap(), "did:web:a.example");
        assert_eq!(did_web("https://a.example/").unwrap(), "did:web:a.example");
        assert_eq!(did_web("https://a.example:8443").unwrap(), "did:web:a.example%3A8443");
        assert_eq!(did_web("https://a.example:443").unwrap(), "did:web:a.example");
        assert_eq!(did_web("http://localhost:8080").unwrap(), "did:web:localhost%3A8080");
        assert_eq!(did_web("https://a.example/badges/eng/").unwrap(), "did:web:a.example:badges:eng");
        assert_eq!(did_web("https://a.example/~ana").unwrap(), "did:web:a.example:%7Eana");
        assert_eq!(did_web("https://BÜCHER.example").unwrap(), "did:web:xn--bcher-kva.example");
    }

    #[test]
    fn a_base_url_a_did_web_cannot_name_is_refused() {
        for base in [
            "ftp://a.example",
            "a.example",
            "",
            "https://127.0.0.1:8080",
            "https://[::1]",
            "https://a.example/?q=1",
            "https://u:p@a.example",
            "https://u@a.example",
            "https://:p@a.example",
            "https://a.example/x//y",
            "https://a.example/#f",
            "https://a_b.example",
            "https://-a.example",
            "https://a.example/x%2Fy",
        ] {
            assert!(matches!(did_web(base), Err(DidError::BadBase(..))), "{base}");
        }
    }

    #[test]
    fn a_did_web_says_where_its_document_is() {
        assert_eq!(did_web_document_url("did:web:a.example").unwrap(), "https://a.example/.well-known/did.json");
        assert_eq!(
            did_web_document_url("did:web:a.example%3A8443").unwrap(),
            "https://a.example:8443/.well-known/did.json"
        );
        assert_eq!(did_web_document_url("did:web:a.example:user:ana").unwrap(), "https://a.example/user/ana/did.json");
    }

    #[test]
    fn a_malformed_or_hostile_did_web_is_refused() {
        for did in [
            "did:web:",
            "did:key:x",
            "did:web:a.example:",
            "did:web:a.example::b",
            "did:web:a.example:..:b",
            "did:web:a.example:%2e%2e",
            "did:web:a.example%3A0",
            "did:web:a.example%3A99999",
            "did:web:a.example%3A",
            "did:web:a.example%3A08",
            "did:web:a/b",
            "did:web:a@b",
            "did:web:127.0.0.1",
            "did:web:0x7f.1",
            "did:web:0x7f",
            "did:web:2130706433",
            "did:web:%5B%3A%3A1%5D",
            "did:web:a.example:x%2Fy",
            "did:web:a.example:x%5Cy",
            "did:web:a.example:x?y",
            "did:web:a.example#k",
            "did:web:a.example:%",
            "did:web:a.example:%2z",
            "did:web:a.example:%z2",
            "did:web:a.example:%zz",
            "did:web:a..example",
        ] {
            assert!(matches!(did_web_document_url(did), Err(DidError::Malformed(..))), "{did}");
        }
    }

    #[test]
    fn a_did_key_is_its_own_document() {
        let did = did_key(&public(1));
        let document = resolve_did_key(&did).unwrap();
        let method = format!("{did}#{}", did.strip_prefix("did:key:").unwrap());
        assert_eq!(assertion_key(&document, &did, &method, now()), Ok(VerifyingKey::from(&public(1))));
        assert!(resolve_did_key("did:key:zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP").is_ok());
        assert!(resolve_did_key("did:key:z111").is_err());
        assert!(resolve_did_key("did:web:a.example").is_err());
    }

    #[test]
    fn a_key_is_found_by_absolute_and_by_relative_id() {
        assert_eq!(
            assertion_key(&document(), DID, "did:web:a.example#key-1", now()),
            Ok(VerifyingKey::from(&public(1)))
        );
        assert_eq!(assertion_key(&document(), DID, "#key-1", now()), Ok(VerifyingKey::from(&public(1))));
        let mut relative = document();
        relative["verificationMethod"][0]["id"] = json!("#key-1");
        relative["assertionMethod"] = json!("#key-1");
        assert_eq!(assertion_key(&relative, DID, "did:web:a.example#key-1", now()), Ok(VerifyingKey::from(&public(1))));
        let mut embedded = document();
        embedded["assertionMethod"] = json!([embedded["verificationMethod"][0]]);
        embedded["verificationMethod"] = json!([]);
        assert_eq!(assertion_key(&embedded, DID, "did:web:a.example#key-1", now()), Ok(VerifyingKey::from(&public(1))));
    }

    #[test]
    fn keys_for_jwt_stand_beside_the_others_with_the_context_that_defines_them() {
        let jwk = Jwk::from(&VerifyingKey::from(&public(2)));
        let kid = "https://a.example/keys/key-jwt".to_owned();
        let key = JsonWebKeyEntry { fragment: "key-jwt".into(), public: jwk.clone(), kid: kid.clone() };
        let with = with_json_web_keys(document(), DID, std::slice::from_ref(&key));
        let id = format!("{DID}#key-jwt");
        let mut bare = jwk.to_value();
        (bare["alg"], bare["use"], bare["kid"]) = (json!("EdDSA"), json!("sig"), json!(kid));
        assert_eq!(key.jwk(), bare);
        let entry = json!({"id": id, "type": "JsonWebKey", "controller": DID, "publicKeyJwk": bare});
        assert_eq!(with["verificationMethod"].as_array().unwrap().last(), Some(&entry));
        assert_eq!(with["assertionMethod"].as_array().unwrap().last(), Some(&json!(id)));
        assert_eq!(with["@context"].as_array().unwrap().last(), Some(&json!(JWK_CONTEXT)));
        assert_eq!(assertion_key(&with, DID, &id, now()), Ok(VerifyingKey::from(&public(2))));
        assert_eq!(assertion_key(&with, DID, "#key-1", now()), Ok(VerifyingKey::from(&public(1))));
        assert_eq!(with_json_web_keys(document(), DID, &[]), document());
    }

    #[test]
    fn a_key_without_a_type_is_read_only_when_it_is_a_bare_jwk() {
        let jwk = Jwk::from(&VerifyingKey::from(&public(1))).to_value();
        assert_eq!(key_in(&jwk, "#k"), Ok(VerifyingKey::from(&public(1))));
        for other in [json!({}), json!({"crv": "Ed25519", "x": jwk["x"]}), json!({"publicKeyMultibase": "z6Mk"})] {
            assert_eq!(key_in(&other, "#k"), Err(DidError::OtherType("#k".into())), "{other}");
        }
    }

    #[test]
    fn every_rule_of_a_key_is_held() {
        let change = |pointer: &str, value: Value| {
            let mut changed = document();
            *changed.pointer_mut(pointer).unwrap() = value;
            assertion_key(&changed, DID, "#key-1", now())
        };
        assert_eq!(change("/id", json!("did:web:b.example")), Err(DidError::OtherDocument));
        assert!(matches!(
            change("/verificationMethod/0/controller", json!("did:web:b.example")),
            Err(DidError::OtherController(_))
        ));
        assert!(matches!(
            change("/verificationMethod/0/type", json!("X25519KeyAgreementKey2020")),
            Err(DidError::OtherType(_))
        ));
        assert!(matches!(change("/verificationMethod/0/publicKeyMultibase", json!("z6Mk")), Err(DidError::Key(..))));
        assert!(matches!(change("/verificationMethod", json!([])), Err(DidError::NoSuchMethod(_))));
        assert!(matches!(assertion_key(&document(), DID, "#key-2", now()), Err(DidError::NotForAssertion(_))));
        assert!(matches!(assertion_key(&document(), DID, "#key-3", now()), Err(DidError::NoSuchMethod(_))));
        assert!(matches!(assertion_key(&json!(7), DID, "#key-1", now()), Err(DidError::OtherDocument)));
    }

    #[test]
    fn revoked_and_expired_keys_stop_at_their_date() {
        let with = |name: &str, when: Value| {
            let mut changed = document();
            changed["verificationMethod"][0][name] = when;
            assertion_key(&changed, DID, "#key-1", now())
        };
        assert!(matches!(with("revoked", json!("2026-11-24T12:00:00Z")), Err(DidError::Revoked(..))));
        assert!(matches!(with("expires", json!("2026-11-24T11:59:59Z")), Err(DidError::Expired(..))));
        assert!(matches!(with("revoked", json!("some day")), Err(DidError::Revoked(..))));
        assert_eq!(with("expires", json!("2026-11-24T12:00:01Z")), Ok(VerifyingKey::from(&public(1))));
    }
}
