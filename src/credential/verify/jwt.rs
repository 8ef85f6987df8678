//! VC-JWT: a credential as the payload of a JWS (VC-JOSE-COSE 1.0 and Open Badges 3.0, section 8.2; VC Data Model 1.1, section 6.3.1).
//!
//! With VC Data Model 2.0 the payload is the credential itself; with 1.1 it may also stand in the claim `vc`. The registered claims
//! `iss`, `sub`, `jti`, `nbf` and `exp` repeat what the credential says and must say the same; in a `vc` they may stand for it. Dates
//! are whole seconds. Because every byte is signed, a JWT needs no plain form.

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::form::{many, one};
use super::secured::{Occasion, Refusal, sentence};
use crate::credential::date;
use crate::credential::jose::{JoseError, Jws, Payload};

const VC_1: &str = "https://www.w3.org/2018/credentials/v1";

/// The signature around a document.
pub(super) struct Signature {
    pub jws: Jws,
    /// `iat`.
    pub issued_at: Option<Timestamp>,
    /// `nbf` and `exp` of a presentation; a credential has dates of its own, which say the same.
    pub not_before: Option<Timestamp>,
    pub expires: Option<Timestamp>,
    /// `nonce` and `aud` of a presentation.
    pub occasion: Occasion,
}

/// Takes a VC-JWT apart into the credential and its signature. Nothing is verified.
pub(super) fn read(bytes: &[u8]) -> Result<(Map<String, Value>, Signature), Refusal> {
    let (jws, mut payload) = Jws::read(bytes).map_err(|error| refused(&error))?;
    if payload.contains_key("vp") {
        return Err(Refusal::wrong("not_a_badge", "This is a presentation, and not the badge itself."));
    }
    if payload.contains_key("aud") {
        return Err(malformed("it is made for one reader (`aud`), and a badge is for everyone"));
    }
    let registered = Registered::take(&mut payload)?;
    let issued_at = registered.issued_at;
    let document = match payload.shift_remove("vc") {
        None => payload,
        Some(_) if payload.contains_key("@context") => {
            return Err(malformed("it holds two credentials, one of them in the claim `vc`"));
        }
        Some(Value::Object(document)) if is_version_1(&document) => registered.filled_in(document),
        Some(Value::Object(_)) => {
            return Err(malformed("only a credential of VC Data Model 1.1 stands in the claim `vc`"));
        }
        Some(_) => return Err(malformed("its claim `vc` is not an object")),
    };
    registered.agree_with(&document)?;
    let occasion = Occasion::default();
    Ok((document, Signature { jws, issued_at, not_before: None, expires: None, occasion }))
}

/// The same of a presentation (VC-JOSE-COSE 1.0, section 3.1.2; VC Data Model 1.1, section 6.3.1): `iss` is its holder, `nonce` the
/// challenge, `aud` for whom it was made.
pub(super) fn read_presentation(bytes: &[u8]) -> Result<(Map<String, Value>, Signature), Refusal> {
    let (jws, mut payload) = Jws::read_as(Payload::Presentation, bytes).map_err(|error| refused(&error))?;
    let challenge = text(&mut payload, "nonce")?;
    let audience = payload.shift_remove("aud");
    let domains = many(audience.as_ref()).iter().map(|name| name.as_str().map(str::to_owned)).collect::<Option<_>>();
    let domains = domains.ok_or_else(|| malformed("its claim `aud` is not text"))?;
    let registered = Registered::take(&mut payload)?;
    let mut document = match payload.shift_remove("vp") {
        None => payload,
        Some(_) if payload.contains_key("@context") => {
            return Err(malformed("it holds two presentations, one of them in the claim `vp`"));
        }
        Some(Value::Object(document)) if is_version_1(&document) => document,
        Some(_) => return Err(malformed("only a presentation of VC Data Model 1.1 stands in the claim `vp`")),
    };
    for (claim, value, name) in [("iss", &registered.issuer, "holder"), ("jti", &registered.id, "id")] {
        let Some(value) = value else { continue };
        match id_of(document.get(name)) {
            Some(said) if said == *value => {}
            Some(_) => return Err(disagree(claim, name)),
            None => drop(document.insert(name.to_owned(), Value::String(value.clone()))),
        }
    }
    let Registered { issued_at, not_before, expires, .. } = registered;
    Ok((document, Signature { jws, issued_at, not_before, expires, occasion: Occasion { challenge, domains } }))
}

/// Whether a document is of VC Data Model 1.1.
pub(super) fn is_version_1(document: &Map<String, Value>) -> bool {
    many(document.get("@context")).first().and_then(Value::as_str) == Some(VC_1)
}

/// The names of the dates from and until which a document is valid.
pub(super) fn dates_of(document: &Map<String, Value>) -> (&'static str, &'static str) {
    if is_version_1(document) { ("issuanceDate", "expirationDate") } else { ("validFrom", "validUntil") }
}

/// The registered claims (RFC 7519, section 4.1).
struct Registered {
    issuer: Option<String>,
    subject: Option<String>,
    id: Option<String>,
    not_before: Option<Timestamp>,
    expires: Option<Timestamp>,
    issued_at: Option<Timestamp>,
}

impl Registered {
    fn take(payload: &mut Map<String, Value>) -> Result<Self, Refusal> {
        Ok(Registered {
            issuer: text(payload, "iss")?,
            subject: text(payload, "sub")?,
            id: text(payload, "jti")?,
            not_before: moment(payload, "nbf")?,
            expires: moment(payload, "exp")?,
            issued_at: moment(payload, "iat")?,
        })
    }

    /// A document with what it leaves to the registered claims.
    fn filled_in(&self, mut document: Map<String, Value>) -> Map<String, Value> {
        let dates = [("issuanceDate", self.not_before), ("expirationDate", self.expires)];
        let dates = dates.map(|(name, when)| (name, when.map(date::written)));
        let texts = [("issuer", self.issuer.clone()), ("id", self.id.clone())];
        for (name, value) in texts.into_iter().chain(dates) {
            if let (Some(value), false) = (value, document.contains_key(name)) {
                document.insert(name.to_owned(), Value::String(value));
            }
        }
        for (name, value) in [("issuer", &self.issuer), ("credentialSubject", &self.subject)] {
            if let (Some(value), Some(Value::Object(member))) = (value, document.get_mut(name))
                && !member.contains_key("id")
            {
                member.insert("id".to_owned(), Value::String(value.clone()));
            }
        }
        document
    }

    fn agree_with(&self, document: &Map<String, Value>) -> Result<(), Refusal> {
        for (claim, value, name, said) in [
            ("iss", &self.issuer, "issuer", id_of(document.get("issuer"))),
            ("sub", &self.subject, "credentialSubject.id", id_of(document.get("credentialSubject"))),
            ("jti", &self.id, "id", id_of(document.get("id"))),
        ] {
            if value.is_some() && *value != said {
                return Err(disagree(claim, name));
            }
        }
        let (from, until) = dates_of(document);
        for (claim, value, name) in [("nbf", self.not_before, from), ("exp", self.expires, until)] {
            let said = document.get(name).and_then(Value::as_str).and_then(date::parse);
            if value.is_some() && value.map(Timestamp::as_second) != said.map(Timestamp::as_second) {
                return Err(disagree(claim, name));
            }
        }
        Ok(())
    }
}

/// The identifier that a member is, or has.
fn id_of(member: Option<&Value>) -> Option<String> {
    match one(member)? {
        Value::String(id) => Some(id.clone()),
        object => object.get("id").and_then(Value::as_str).map(str::to_owned),
    }
}

fn text(payload: &mut Map<String, Value>, claim: &'static str) -> Result<Option<String>, Refusal> {
    match payload.shift_remove(claim) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(malformed(&format!("its claim `{claim}` is not text"))),
    }
}

/// A NumericDate. The standard allows fractions; no credential has them, and two readers would round them differently.
fn moment(payload: &mut Map<String, Value>, claim: &'static str) -> Result<Option<Timestamp>, Refusal> {
    let Some(value) = payload.shift_remove(claim) else { return Ok(None) };
    let moment = value.as_i64().and_then(|seconds| Timestamp::from_second(seconds).ok());
    moment.map(Some).ok_or_else(|| malformed(&format!("its claim `{claim}` is not a date in whole seconds")))
}

fn malformed(what: &str) -> Refusal {
    Refusal::wrong("jwt_malformed", format!("This is not a well-formed VC-JWT: {what}."))
}

fn disagree(claim: &str, name: &str) -> Refusal {
    let message = format!("It says two different things: its claim `{claim}` is not its `{name}`.");
    Refusal::wrong("claims_disagree", message)
}

fn refused(error: &JoseError) -> Refusal {
    match error {
        JoseError::Malformed(_) | JoseError::NotJson(..) => malformed(&error.to_string()),
        JoseError::Unsigned(_) | JoseError::AlgorithmRefused(_) => Refusal::wrong("algorithm_refused", sentence(error)),
        JoseError::AlgorithmUnsupported(_) => Refusal::unsure("algorithm_unsupported", sentence(error)),
        _ => Refusal::wrong("header_refused", sentence(error)),
    }
}
