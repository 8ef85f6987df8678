//! Whether a trust anchor of OpenID Federation 1.0 vouches for an issuer.
//!
//! The anchor's own entity configuration, signed with a key that the operator named, says where its statements about others are. A
//! statement about a DID is the anchor's word about that very DID, as the registry of the Digital Credentials Consortium gives it. A
//! statement about an https entity is the chain of section 4: it names the entity's keys, and the entity's own configuration, signed with one
//! of them, names the anchor as its authority. A did:web is asked for by itself, and then as the https entity at its own address. Entities
//! between the anchor and the issuer are not followed.

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::evidence::{Evidence, Found, Need};
use super::registry::Says;
use super::secured::CLOCK_TOLERANCE;
use crate::credential::did;
use crate::credential::jose::{Jwk, Jws, Payload};
use crate::credential::json;

/// More keys than an entity needs.
const MOST_KEYS: usize = 16;

/// What the anchor says about an issuer. Without `now` dates are left aside.
pub(super) fn consult(anchor: &str, keys: &[Jwk], issuer: &str, evidence: &Evidence, now: Option<Timestamp>) -> Says {
    settle(anchor, keys, issuer, evidence, now).unwrap_or_else(|stop| stop)
}

/// The answer; an error is one too, found on the way.
fn settle(anchor: &str, keys: &[Jwk], issuer: &str, evidence: &Evidence, now: Option<Timestamp>) -> Result<Says, Says> {
    let Some(own) = statement(&configuration_url(anchor), anchor, anchor, keys, evidence, now)? else {
        return Err(Says::Unread("it has no entity configuration".to_owned()));
    };
    let endpoint = own.pointer("/metadata/federation_entity/federation_fetch_endpoint").and_then(Value::as_str);
    let endpoint = endpoint
        .filter(|url| url.starts_with("https://"))
        .ok_or_else(|| Says::Unread("it names no https address for its statements".to_owned()))?;
    let mut current = keys_in(&own);
    current.extend(keys.iter().cloned());
    let about = |entity: &str| statement(&fetch_url(endpoint, entity), anchor, entity, &current, evidence, now);
    let is_entity = issuer.starts_with("https://");
    if !is_entity && let Some(statement) = about(issuer)? {
        return Ok(Says::Vouches(name(&statement)));
    }
    let entity = if is_entity { Some(issuer.to_owned()) } else { entity_of(issuer) };
    let Some(entity) = entity else { return Ok(Says::Silent) };
    let Some(given) = about(&entity)? else { return Ok(Says::Silent) };
    let url = configuration_url(&entity);
    let Some(leaf) = statement(&url, &entity, &entity, &keys_in(&given), evidence, now)? else {
        return Err(Says::Unread(format!("{entity} has no entity configuration")));
    };
    let hints = leaf.get("authority_hints").and_then(Value::as_array);
    if !hints.is_some_and(|hints| hints.iter().any(|hint| hint.as_str().is_some_and(|hint| is_same(hint, anchor)))) {
        return Err(Says::Unread(format!("{entity} does not name it as its authority")));
    }
    Ok(Says::Vouches(name(&given).or_else(|| name(&leaf))))
}

/// The payload of a statement of `issuer` about `subject`, once it holds. None when there is none, by the word of the server.
fn statement(
    url: &str,
    issuer: &str,
    subject: &str,
    keys: &[Jwk],
    evidence: &Evidence,
    now: Option<Timestamp>,
) -> Result<Option<Value>, Says> {
    let bytes = match evidence.entity_statement(url) {
        None => return Err(Says::Wanted(Need::EntityStatement(url.to_owned()))),
        Some(Found::Unavailable(why)) => return Err(Says::Unread(why.clone())),
        Some(Found::Document(bytes, _)) => bytes,
    };
    if let Ok(Value::Object(answer)) = json::parse(bytes) {
        return match answer.get("error").and_then(Value::as_str) {
            Some("not_found") => Ok(None),
            _ => Err(Says::Unread(format!("at {url} stands no entity statement"))),
        };
    }
    let broken = |why: &str| Says::Unread(format!("the entity statement at {url} does not hold: {why}"));
    let (jws, payload) = Jws::read_as(Payload::EntityStatement, bytes).map_err(|error| broken(&error.to_string()))?;
    if !keys.iter().any(|key| jws.verify(key).is_ok()) {
        return Err(broken("no key that is known for it made its signature"));
    }
    let says = |name: &str| payload.get(name).and_then(Value::as_str);
    let same = |said: Option<&str>, wanted: &str| said.is_some_and(|said| is_same(said, wanted));
    if !same(says("iss"), issuer) || !same(says("sub"), subject) {
        return Err(broken("it is of another entity, or about another"));
    }
    if payload.get("crit").is_some_and(|crit| crit.as_array().is_none_or(|claims| !claims.is_empty())) {
        return Err(broken("it has critical claims that this service does not know"));
    }
    in_force(&payload, now).map_err(broken)?;
    Ok(Some(Value::Object(payload)))
}

/// Whole seconds (RFC 7519, section 2). A statement always has an end.
fn in_force(payload: &Map<String, Value>, now: Option<Timestamp>) -> Result<(), &'static str> {
    let at = |name: &str| payload.get(name).and_then(Value::as_i64).and_then(|at| Timestamp::from_second(at).ok());
    let (issued, ends) = (at("iat").ok_or("it has no `iat`")?, at("exp").ok_or("it has no `exp`")?);
    match now {
        Some(now) if ends <= now => Err("it has ended"),
        Some(now) if now.duration_until(issued) > CLOCK_TOLERANCE => Err("it is from the future"),
        _ => Ok(()),
    }
}

/// The keys that a statement lists and this service can use.
fn keys_in(statement: &Value) -> Vec<Jwk> {
    let listed = statement.pointer("/jwks/keys").and_then(Value::as_array).into_iter().flatten();
    listed.take(MOST_KEYS).filter_map(|key| Jwk::read(key).ok()).collect()
}

/// What the entity is called, as one who vouches for it says or itself.
fn name(statement: &Value) -> Option<String> {
    let metadata = statement.get("metadata")?;
    let said = ["/federation_entity/organization_name", "/openid_credential_issuer/display/0/name"];
    said.iter().find_map(|pointer| metadata.pointer(pointer)?.as_str()).map(str::to_owned)
}

/// Entity identifiers are compared as written, but for a slash at the end.
fn is_same(one: &str, other: &str) -> bool {
    one.trim_end_matches('/') == other.trim_end_matches('/')
}

fn configuration_url(entity: &str) -> String {
    format!("{}/.well-known/openid-federation", entity.trim_end_matches('/'))
}

fn fetch_url(endpoint: &str, entity: &str) -> String {
    let sub = url::form_urlencoded::Serializer::new(String::new()).append_pair("sub", entity).finish();
    let mark = if endpoint.contains('?') { '&' } else { '?' };
    format!("{endpoint}{mark}{sub}")
}

/// The https address that whoever holds a did:web holds too: all of it, since on one host there may be many.
fn entity_of(did: &str) -> Option<String> {
    let document = did::did_web_document_url(did).ok()?;
    let base = document.strip_suffix("/.well-known/did.json").or_else(|| document.strip_suffix("/did.json"))?;
    Some(base.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_did_web_is_the_entity_at_its_own_address_and_no_other() {
        assert_eq!(entity_of("did:web:a.example").as_deref(), Some("https://a.example"));
        assert_eq!(entity_of("did:web:a.example%3A8443:u:1").as_deref(), Some("https://a.example:8443/u/1"));
        assert_eq!(entity_of("did:key:z6Mk"), None);
    }

    #[test]
    fn statements_are_asked_for_by_the_identifier_as_it_is() {
        let asked = "https://r.example/fetch?sub=did%3Aweb%3Aa.example";
        assert_eq!(fetch_url("https://r.example/fetch", "did:web:a.example"), asked);
        assert_eq!(fetch_url("https://r.example/f?v=1", "x"), "https://r.example/f?v=1&sub=x");
        assert_eq!(configuration_url("https://r.example/"), "https://r.example/.well-known/openid-federation");
    }
}
