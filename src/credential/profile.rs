//! The keys of an issuer that is a web address: its own page at that address says which they are.
//!
//! The page is a controlled identifier document, or an Open Badges profile that carries one's `verificationMethod` and `assertionMethod`, or
//! a profile with its keys as `publicKey`, or a bare Multikey or JWK. A key that stands in the address itself, as in
//! `https://issuer.example/1#z6Mk…`, proves nothing alone: anyone can write an address. The page must name the key.

use jiff::Timestamp;
use serde_json::Value;

use super::did::{self, DidError};
use super::verifying_key::VerifyingKey;

/// Whether an issuer can be asked for its keys: https, a host, no user, no fragment.
pub fn is_profile_url(issuer: &str) -> bool {
    issuer.starts_with("https://")
        && !issuer.contains('#')
        && url::Url::parse(issuer)
            .is_ok_and(|url| url.has_host() && url.username().is_empty() && url.password().is_none())
}

/// The key with which `method` may sign for the issuer at `url` now, by the page found there. None when the page names no key at all.
pub fn profile_key(page: &Value, url: &str, method: &str, now: Timestamp) -> Result<Option<VerifyingKey>, DidError> {
    let is_key = |value: &Value| value.get("kty").is_some() || value.get("publicKeyMultibase").is_some();
    if is_key(page) {
        return bare(page, url, method, now).map(Some);
    }
    if page.get("id").and_then(Value::as_str) != Some(url) {
        return Err(DidError::OtherDocument);
    }
    let listed = did::many(page.get("verificationMethod"));
    if !listed.is_empty() || page.get("assertionMethod").is_some() {
        return controlled(page, listed, url, method, now).map(Some);
    }
    let keys: Vec<&Value> = did::many(page.get("publicKey")).iter().filter(|key| key.is_object()).collect();
    if keys.is_empty() {
        return Ok(None);
    }
    match keys.into_iter().find(|key| names(key, url, method)) {
        Some(key) => bare(key, url, method, now).map(Some),
        None => Err(DidError::NoSuchMethod(method.to_owned())),
    }
}

/// By the rules of a DID document. A method that is its own key may stand there under another name.
fn controlled(
    page: &Value,
    listed: &[Value],
    url: &str,
    method: &str,
    now: Timestamp,
) -> Result<VerifyingKey, DidError> {
    let found = did::assertion_key(page, url, method, now);
    let (Err(DidError::NoSuchMethod(_)), Some(own)) = (&found, own_key(method)) else { return found };
    let same = |entry: &&Value| did::key_in(entry, method).is_ok_and(|key| key == own);
    match listed.iter().find(same).and_then(|entry| entry.get("id")?.as_str()) {
        Some(id) => did::assertion_key(page, url, id, now),
        None => found,
    }
}

/// One key, which is the issuer's own unless it says it is someone else's.
fn bare(key: &Value, url: &str, method: &str, now: Timestamp) -> Result<VerifyingKey, DidError> {
    if !names(key, url, method) {
        return Err(DidError::NoSuchMethod(method.to_owned()));
    }
    let of_another = |name: &str| key.get(name).is_some_and(|of| of.as_str() != Some(url));
    if of_another("controller") || of_another("owner") {
        return Err(DidError::OtherController(method.to_owned()));
    }
    did::in_use(key, method, now)?;
    did::key_in(key, method)
}

/// Whether a key is the one a method means: by its id, or by being the very key in the method. The page at the method's own address is it.
fn names(key: &Value, url: &str, method: &str) -> bool {
    let id = key.get("id").or_else(|| key.get("kid")).and_then(Value::as_str);
    match id {
        Some(id) if did::absolute(url, id) == method => true,
        None if method == url => true,
        _ => own_key(method).is_some_and(|own| did::key_in(key, method).is_ok_and(|key| key == own)),
    }
}

/// The key in `…#z6Mk…`.
fn own_key(method: &str) -> Option<VerifyingKey> {
    VerifyingKey::from_multibase(method.split_once('#')?.1).ok()
}

#[cfg(test)]
mod tests {
    use super::super::key::SecretKey;
    use super::*;
    use serde_json::json;

    const URL: &str = "https://issuer.example/1";

    fn now() -> Timestamp {
        "2026-11-24T12:00:00Z".parse().unwrap()
    }

    fn key(seed: u8) -> VerifyingKey {
        VerifyingKey::from(&SecretKey::from_seed(&[seed; 32]).public())
    }

    fn jwk(seed: u8) -> Value {
        use base64::Engine;
        let bytes = SecretKey::from_seed(&[seed; 32]).public().to_bytes();
        let x = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes);
        json!({"kty": "OKP", "crv": "Ed25519", "x": x})
    }

    fn multikey(id: &str) -> Value {
        json!({"id": id, "type": "Multikey", "controller": URL, "publicKeyMultibase": key(1).to_multibase()})
    }

    fn own(seed: u8) -> String {
        format!("{URL}#{}", key(seed).to_multibase())
    }

    fn asked(page: &Value, method: &str) -> Result<Option<VerifyingKey>, DidError> {
        profile_key(page, URL, method, now())
    }

    fn named(method: &str) -> String {
        format!("{URL}#{method}")
    }

    #[test]
    fn only_a_plain_https_address_is_asked() {
        for good in ["https://a.example", "https://a.example/issuers/1?x=2"] {
            assert!(is_profile_url(good), "{good}");
        }
        for bad in ["http://a.example", "https://", "https://u@a.example", "https://a.example/#k", "HTTPS:a", "did:x:y"]
        {
            assert!(!is_profile_url(bad), "{bad}");
        }
    }

    #[test]
    fn a_page_with_methods_is_read_like_a_did_document() {
        let page = json!({
            "id": URL, "type": "Profile", "verificationMethod": [multikey(&named("k"))], "assertionMethod": [named("k")]
        });
        assert_eq!(asked(&page, &named("k")), Ok(Some(key(1))));
        assert_eq!(asked(&page, &own(1)), Ok(Some(key(1))));
        assert!(matches!(asked(&page, &own(2)), Err(DidError::NoSuchMethod(_))));
        assert!(matches!(asked(&page, &named("other")), Err(DidError::NoSuchMethod(_))));
        let mut for_nothing = page.clone();
        for_nothing["assertionMethod"] = json!([]);
        assert!(matches!(asked(&for_nothing, &named("k")), Err(DidError::NotForAssertion(_))));
        assert!(matches!(asked(&for_nothing, &own(1)), Err(DidError::NotForAssertion(_))));
        // Half of a page with methods is one all the same: its other keys don't step in.
        let with_half = |half: &str| {
            let mut page = page.clone();
            page["publicKey"] = multikey(&named("k"));
            page.as_object_mut().unwrap().remove(half);
            asked(&page, &named("k"))
        };
        assert!(matches!(with_half("assertionMethod"), Err(DidError::NotForAssertion(_))));
        assert!(matches!(with_half("verificationMethod"), Err(DidError::NoSuchMethod(_))));
        let mut revoked = page.clone();
        revoked["verificationMethod"][0]["revoked"] = json!("2026-01-01T00:00:00Z");
        assert!(matches!(asked(&revoked, &own(1)), Err(DidError::Revoked(..))));
        let mut jwk_page = page.clone();
        jwk_page["verificationMethod"][0] =
            json!({"id": named("k"), "type": "JsonWebKey", "controller": URL, "publicKeyJwk": jwk(1)});
        assert_eq!(asked(&jwk_page, &named("k")), Ok(Some(key(1))));
        let mut other = page;
        other["id"] = json!("https://issuer.example/2");
        assert_eq!(asked(&other, &named("k")), Err(DidError::OtherDocument));
    }

    #[test]
    fn a_profile_may_list_its_public_keys() {
        for listed in [json!(multikey(&named("k"))), json!([jwk(2), multikey("#k")])] {
            let page = json!({"id": URL, "type": "Profile", "publicKey": listed});
            assert_eq!(asked(&page, &named("k")), Ok(Some(key(1))));
            assert_eq!(asked(&page, &own(1)), Ok(Some(key(1))));
            assert!(matches!(asked(&page, &own(3)), Err(DidError::NoSuchMethod(_))));
        }
        let mut anothers = json!({"id": URL, "publicKey": multikey(&named("k"))});
        anothers["publicKey"]["controller"] = json!("https://issuer.example/2");
        assert!(matches!(asked(&anothers, &named("k")), Err(DidError::OtherController(_))));
        let mut expired = json!({"id": URL, "publicKey": multikey(&named("k"))});
        expired["publicKey"]["expires"] = json!("2026-01-01T00:00:00Z");
        assert!(matches!(asked(&expired, &own(1)), Err(DidError::Expired(..))));
    }

    #[test]
    fn the_page_may_be_the_key() {
        assert_eq!(asked(&multikey(URL), URL), Ok(Some(key(1))));
        assert_eq!(asked(&multikey(&own(1)), &own(1)), Ok(Some(key(1))));
        assert_eq!(asked(&jwk(1), URL), Ok(Some(key(1))));
        assert_eq!(asked(&jwk(1), &own(1)), Ok(Some(key(1))));
        assert!(matches!(asked(&jwk(1), &own(2)), Err(DidError::NoSuchMethod(_))));
        assert!(matches!(asked(&jwk(1), &named("k")), Err(DidError::NoSuchMethod(_))));
    }

    #[test]
    fn a_key_in_the_address_alone_is_no_key() {
        let page = json!({"id": URL, "type": "Profile", "name": "Example Works"});
        assert_eq!(asked(&page, &own(1)), Ok(None));
        assert_eq!(asked(&json!({}), &own(1)), Err(DidError::OtherDocument));
        assert_eq!(asked(&json!([]), &own(1)), Err(DidError::OtherDocument));
    }
}
