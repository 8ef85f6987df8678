//! Whose key signed a VC-JWT: it must be one of the issuer's own, whatever the header says.
//!
//! `kid` is the issuer's verification method by its id, or by the `kid` that the JWK in the issuer's document carries (the URL of a bare
//! JWK, Open Badges 3.0 section 8.2). An embedded `jwk` shows a key and proves nothing: it counts when the issuer's own document has
//! the same. No URL in a header is ever looked up.

use jiff::Timestamp;
use serde_json::Value;

use super::form::many;
use super::jwt::Signature;
use super::secured::{Genuine, Keys, Refusal, Secured, from_the_future, refused_key, sentence};
use crate::credential::date;
use crate::credential::did::{self, DidError};
use crate::credential::jose::{Header, JoseError, Jwk};
use crate::credential::key::KeyError;
use crate::credential::verifying_key::VerifyingKey;

impl Secured {
    /// Whether the JWS holds with these keys.
    pub(super) fn check_jwt(
        &self,
        signature: &Signature,
        keys: &Keys,
        now: Option<Timestamp>,
    ) -> Result<Genuine, Refusal> {
        self.claims_own_key(signature)?;
        if let (Some(issued_at), Some(now)) = (signature.issued_at, now) {
            from_the_future(issued_at, now)?;
        }
        if let (Some(begins), Some(now)) = (signature.not_before, now) {
            from_the_future(begins, now)?;
        }
        if let Some(ended) = signature.expires.filter(|end| now.is_some_and(|now| *end <= now)) {
            let message = format!("Its signature ended on {}.", date::spoken_with_time(ended));
            return Err(Refusal::wrong("proof_expired", message));
        }
        let key = self.jwt_key(&signature.jws.header, keys, now)?;
        signature.jws.verify(&key).map_err(|error| match error {
            JoseError::Mismatch => Refusal::wrong(
                "altered",
                "Its signature does not fit: it was changed after it was signed, or its issuer never signed it.",
            ),
            _ => refused_jwk(&error),
        })?;
        let occasions = vec![signature.occasion.clone()];
        Ok(Genuine { created: signature.issued_at, proofs: Vec::new(), occasions })
    }

    /// Whether the header could name a key of the issuer's, before any key is looked up.
    pub(super) fn claims_own_key(&self, signature: &Signature) -> Result<(), Refusal> {
        let Header { kid, jwk, .. } = &signature.jws.header;
        let itself = self.issuer.starts_with("did:key:") || self.issuer.starts_with("did:jwk:");
        match kid.as_deref() {
            Some(kid) if kid.starts_with("did:") && did::did_of(kid) != self.issuer => Err(Refusal::wrong(
                "key_of_another",
                format!(
                    "It is signed with a key of {}, and not with one of its issuer, {}.",
                    did::did_of(kid),
                    self.issuer
                ),
            )),
            None if jwk.is_none() && !itself => {
                Err(Refusal::wrong("key_unknown", "Its header does not say which key of its issuer signed it."))
            }
            _ => Ok(()),
        }
    }

    fn jwt_key(&self, header: &Header, keys: &Keys, now: Option<Timestamp>) -> Result<Jwk, Refusal> {
        let key = match keys {
            Keys::Own { key, fragment } => self.itself(header, fragment, key.clone())?,
            Keys::Profile(page) if page.get("verificationMethod").is_none() => self.on_page(header, page, now)?,
            Keys::Profile(document) | Keys::Document(document) => self.listed(header, document, now)?,
            Keys::Wanted(_) => {
                return Err(Refusal::unsure("key_unavailable", "The key of its issuer has not been looked up."));
            }
            Keys::Unsure(refusal) => return Err(refusal.clone()),
        };
        match &header.jwk {
            Some(shown) if *shown != key => Err(Refusal::wrong(
                "key_of_another",
                "The key in its header is not the key of its issuer that it names.",
            )),
            _ => Ok(key),
        }
    }

    /// The key of a DID that is its own key.
    fn itself(&self, header: &Header, fragment: &str, key: Jwk) -> Result<Jwk, Refusal> {
        match header.kid.as_deref() {
            Some(kid) if kid.strip_prefix(&self.issuer).unwrap_or(kid).strip_prefix('#') != Some(fragment) => {
                Err(refused_key(&DidError::NoSuchMethod(kid.to_owned())))
            }
            _ => Ok(key),
        }
    }

    /// The key that the header names, when the page of the issuer is or lists it.
    fn on_page(&self, header: &Header, page: &Value, now: Option<Timestamp>) -> Result<Jwk, Refusal> {
        let method = header.kid.as_deref().unwrap_or(&self.issuer);
        let key = self.page_key(page, method, now)?;
        Ok(Jwk::from(&key))
    }

    /// The key that the header names or shows, when the issuer's document lets it sign.
    fn listed(&self, header: &Header, document: &Value, now: Option<Timestamp>) -> Result<Jwk, Refusal> {
        let methods = || {
            let lists = [document.get("verificationMethod"), document.get(self.purpose.name())];
            lists.into_iter().flat_map(many)
        };
        let id_of = |entry: &Value| entry.get("id").and_then(Value::as_str).map(str::to_owned);
        let method = match (header.kid.as_deref(), &header.jwk) {
            (Some(kid), _) if kid.starts_with('#') || did::did_of(kid) == self.issuer => kid.to_owned(),
            (Some(kid), _) => {
                let carries = |entry: &&Value| entry.pointer("/publicKeyJwk/kid").and_then(Value::as_str) == Some(kid);
                methods()
                    .find(carries)
                    .and_then(id_of)
                    .ok_or_else(|| refused_key(&DidError::NoSuchMethod(kid.to_owned())))?
            }
            (None, Some(shown)) => {
                methods().find(|entry| key_of(entry).is_ok_and(|key| key == *shown)).and_then(id_of).ok_or_else(
                    || Refusal::wrong("key_of_another", "The key in its header is not one of its issuer's keys."),
                )?
            }
            (None, None) => return Err(refused_key(&DidError::NoSuchMethod(String::new()))),
        };
        // Revoked and expired keys are found out with the dates; before every date no key is.
        let now = now.unwrap_or(Timestamp::MIN);
        let entry =
            did::method_for(self.purpose, document, &self.issuer, &method, now).map_err(|error| refused_key(&error))?;
        key_of(entry)
    }
}

/// The key of a verification method (Controlled Identifiers 1.0, section 2.2).
fn key_of(entry: &Value) -> Result<Jwk, Refusal> {
    let other =
        || refused_key(&DidError::OtherType(entry.get("id").and_then(Value::as_str).unwrap_or_default().into()));
    match entry.get("type").and_then(Value::as_str) {
        Some("JsonWebKey" | "JsonWebKey2020") => {
            Jwk::read(entry.get("publicKeyJwk").unwrap_or(&Value::Null)).map_err(|error| refused_jwk(&error))
        }
        Some("Multikey" | "Ed25519VerificationKey2020") => {
            let multibase = entry.get("publicKeyMultibase").and_then(Value::as_str).unwrap_or_default();
            match VerifyingKey::from_multibase(multibase) {
                Ok(key) => Ok(Jwk::from(&key)),
                Err(KeyError::OtherKind) => Err(other()),
                Err(error) => Err(refused_jwk(&error.into())),
            }
        }
        _ => Err(other()),
    }
}

pub(super) fn refused_jwk(error: &JoseError) -> Refusal {
    Refusal::wrong("key_refused", sentence(error))
}
