//! What VC Data Model 2.0 asks of any verifiable credential, whatever it certifies (sections 4 and 5).
//!
//! Only what JSON can show is looked at: which words are defined is found out when a credential is put in canonical form. Nothing is looked up,
//! so whether a related resource still has its digest is left open, but not whether that is a digest.

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::context::iri;
use super::date;
use super::document::CREDENTIALS_CONTEXT;
use super::related_resource;

/// What is not as the standard asks, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{path}` {what}")]
pub struct Fault {
    /// Such as `credentialSubject[1].id`.
    pub path: String,
    pub what: String,
}

/// From when and until when a credential is valid, as far as it says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Validity {
    pub from: Option<Timestamp>,
    pub until: Option<Timestamp>,
}

/// The members whose values are objects with a `type` (sections 4.5 and 5.10), and whether each needs an `id`.
const TYPED: [(&str, bool); 7] = [
    ("credentialStatus", false),
    ("credentialSchema", true),
    ("refreshService", false),
    ("termsOfUse", false),
    ("evidence", false),
    ("confidenceMethod", false),
    ("renderMethod", false),
];

/// Holds a credential to the data model, and answers its dates. `proof` is not looked at.
pub fn check(document: &Map<String, Value>) -> Result<Validity, Fault> {
    contexts(document)?;
    no_nulls(document, "")?;
    url(document.get("id"), "id", false)?;
    types(document.get("type"), "type")?;
    let kinds = many(document.get("type"));
    if !kinds.iter().any(|kind| kind == "VerifiableCredential") {
        return Err(fault("type", "lacks VerifiableCredential"));
    }
    words(document, "")?;
    issuer(document)?;
    subjects(document)?;
    let validity = validity(document)?;
    for (name, needs_id) in TYPED {
        typed(document, name, needs_id)?;
    }
    statuses(document)?;
    related_resource::check(document)?;
    Ok(validity)
}

/// Section 4.3: the base context first, then addresses and definitions.
fn contexts(document: &Map<String, Value>) -> Result<(), Fault> {
    let contexts = many(document.get("@context"));
    let first = contexts.first().ok_or_else(|| fault("@context", "is missing"))?;
    if first.as_str() != Some(CREDENTIALS_CONTEXT) {
        return Err(fault("@context", &format!("does not begin with {CREDENTIALS_CONTEXT}")));
    }
    for (at, context) in contexts.iter().enumerate() {
        let path = format!("@context[{at}]");
        match context {
            Value::String(_) => url(Some(context), &path, true)?,
            Value::Object(_) => {}
            _ => return Err(fault(&path, "is neither a URL nor an object")),
        }
    }
    Ok(())
}

/// JSON-LD would leave a null out, so it would say nothing and go unsigned.
fn no_nulls(members: &Map<String, Value>, path: &str) -> Result<(), Fault> {
    // What stands in a context are definitions, where a null has its meaning.
    for (name, member) in members.iter().filter(|(name, _)| *name != "@context") {
        no_null(member, &under(path, name))?;
    }
    Ok(())
}

fn no_null(value: &Value, path: &str) -> Result<(), Fault> {
    match value {
        Value::Null => Err(fault(path, "is null")),
        Value::Object(members) => no_nulls(members, path),
        Value::Array(values) => {
            values.iter().enumerate().try_for_each(|(at, value)| no_null(value, &format!("{path}[{at}]")))
        }
        _ => Ok(()),
    }
}

/// Section 4.5: one or more terms or URLs.
fn types(value: Option<&Value>, path: &str) -> Result<(), Fault> {
    if value.is_none() {
        return Err(fault(path, "is missing"));
    }
    let kinds = many(value);
    if kinds.is_empty() {
        return Err(fault(path, "is empty"));
    }
    for kind in kinds {
        let kind = kind.as_str().ok_or_else(|| fault(path, "is not text"))?;
        let term = !kind.is_empty() && !kind.contains([':', '/']) && !kind.contains(char::is_whitespace);
        if !term && !iri::is_well_formed(kind) {
            return Err(fault(path, "is neither a term nor a URL"));
        }
    }
    Ok(())
}

/// Section 4.6: `name` and `description`, in one language or several (section 11.1).
fn words(object: &Map<String, Value>, path: &str) -> Result<(), Fault> {
    for name in ["name", "description"] {
        for value in many(object.get(name)) {
            if !is_words(value) {
                return Err(fault(&under(path, name), "is neither text nor a language value object"));
            }
        }
    }
    Ok(())
}

fn is_words(value: &Value) -> bool {
    match value {
        Value::String(_) => true,
        Value::Object(members) => {
            members.get("@value").is_some_and(Value::is_string)
                && members.iter().all(|(name, member)| match name.as_str() {
                    "@value" | "@language" => member.is_string(),
                    "@direction" => member == "ltr" || member == "rtl",
                    _ => false,
                })
        }
        _ => false,
    }
}

/// Section 4.7.
fn issuer(document: &Map<String, Value>) -> Result<(), Fault> {
    match document.get("issuer") {
        None => Err(fault("issuer", "is missing")),
        Some(Value::Object(profile)) => {
            url(profile.get("id"), "issuer.id", true)?;
            words(profile, "issuer")
        }
        id => url(id, "issuer", true),
    }
}

/// Section 4.8: each subject says something.
fn subjects(document: &Map<String, Value>) -> Result<(), Fault> {
    let subjects = many(document.get("credentialSubject"));
    if subjects.is_empty() {
        return Err(fault("credentialSubject", "is missing"));
    }
    for (at, subject) in subjects.iter().enumerate() {
        let path = if subjects.len() > 1 { format!("credentialSubject[{at}]") } else { "credentialSubject".to_owned() };
        match subject {
            Value::Object(members) if members.is_empty() => return Err(fault(&path, "claims nothing")),
            Value::Object(members) => url(members.get("id"), &format!("{path}.id"), false)?,
            _ => return Err(fault(&path, "is not an object")),
        }
    }
    Ok(())
}

/// Section 4.9.
fn validity(document: &Map<String, Value>) -> Result<Validity, Fault> {
    let date = |name: &str| match document.get(name) {
        None => Ok(None),
        Some(value) => match value.as_str().and_then(date::parse) {
            Some(when) => Ok(Some(when)),
            None => Err(fault(name, "is not a date and time with a zone")),
        },
    };
    let validity = Validity { from: date("validFrom")?, until: date("validUntil")? };
    match (validity.from, validity.until) {
        (Some(from), Some(until)) if until < from => Err(fault("validUntil", "comes before validFrom")),
        _ => Ok(validity),
    }
}

fn typed(document: &Map<String, Value>, name: &str, needs_id: bool) -> Result<(), Fault> {
    let Some(member) = document.get(name) else { return Ok(()) };
    let parts = many(Some(member));
    if parts.is_empty() {
        return Err(fault(name, "is empty"));
    }
    for (at, part) in parts.iter().enumerate() {
        let path = if member.is_array() { format!("{name}[{at}]") } else { name.to_owned() };
        let Value::Object(part) = part else { return Err(fault(&path, "is not an object")) };
        types(part.get("type"), &format!("{path}.type"))?;
        url(part.get("id"), &format!("{path}.id"), needs_id)?;
    }
    Ok(())
}

/// Bitstring Status List 1.0, section 2.1.
fn statuses(document: &Map<String, Value>) -> Result<(), Fault> {
    for entry in many(document.get("credentialStatus")) {
        if !many(entry.get("type")).iter().any(|kind| kind == "BitstringStatusListEntry") {
            continue;
        }
        let path = |name: &str| format!("credentialStatus.{name}");
        if !entry.get("statusPurpose").is_some_and(Value::is_string) {
            return Err(fault(&path("statusPurpose"), "is missing or is not text"));
        }
        let index = entry.get("statusListIndex").and_then(Value::as_str).unwrap_or_default();
        if index.is_empty() || index.len() > 20 || !index.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(fault(&path("statusListIndex"), "is not a whole number written as text"));
        }
        url(entry.get("statusListCredential"), &path("statusListCredential"), true)?;
    }
    Ok(())
}

/// Section 4.4: one URL.
pub(super) fn url(value: Option<&Value>, path: &str, needed: bool) -> Result<(), Fault> {
    match value {
        None if needed => Err(fault(path, "is missing")),
        None => Ok(()),
        Some(Value::String(text)) if iri::is_well_formed(text) => Ok(()),
        Some(_) => Err(fault(path, "is not a URL")),
    }
}

pub(super) fn fault(path: &str, what: &str) -> Fault {
    Fault { path: path.to_owned(), what: what.to_owned() }
}

/// The values of a member that may be written alone or as a list.
pub fn many(value: Option<&Value>) -> &[Value] {
    match value {
        Some(Value::Array(values)) => values,
        Some(one) => std::slice::from_ref(one),
        None => &[],
    }
}

fn under(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn with(changes: Value) -> Result<Validity, Fault> {
        let mut document = json!({
            "@context": [CREDENTIALS_CONTEXT],
            "type": ["VerifiableCredential"],
            "issuer": "did:web:a.example",
            "credentialSubject": {"id": "urn:uuid:1"},
        });
        let members = document.as_object_mut().unwrap();
        for (name, value) in changes.as_object().unwrap() {
            match value {
                Value::String(gone) if gone == "gone" => drop(members.shift_remove(name)),
                value => drop(members.insert(name.clone(), value.clone())),
            }
        }
        check(members)
    }

    #[test]
    fn whatever_the_standard_allows_is_accepted() {
        for changes in [
            json!({}),
            json!({"@context": [CREDENTIALS_CONTEXT, "https://a.example/c", {"Own": "https://a.example/#Own", "gone": null}]}),
            json!({"id": "urn:uuid:7", "type": ["https://a.example/#Kind", "VerifiableCredential", "Kind"]}),
            json!({"name": "N", "description": [{"@value": "D", "@language": "en"}, {"@value": "ד", "@direction": "rtl"}]}),
            json!({"issuer": {"id": "https://a.example", "name": {"@value": "A", "@language": "en"}}}),
            json!({"credentialSubject": [{"id": "urn:uuid:1"}, {"name": "x"}]}),
            json!({"validFrom": "2026-01-01T00:00:00.123Z", "validUntil": "2026-01-01T01:00:00+00:30"}),
            json!({"validFrom": "2026-01-01T00:00:00Z", "validUntil": "2026-01-01T00:00:00Z"}),
            json!({"validFrom": "2999-01-01T00:00:00Z"}),
            json!({"credentialStatus": {"type": "https://a.example/#Status"}}),
            json!({"credentialSchema": [{"id": "https://a.example/1", "type": "JsonSchema"}, {"id": "urn:s", "type": ["A", "B"]}]}),
            json!({"refreshService": [{"type": "R"}], "termsOfUse": {"type": "T", "id": "urn:t"}, "evidence": {"type": "E"}}),
        ] {
            assert!(with(changes.clone()).is_ok(), "{changes}: {:?}", with(changes.clone()));
        }
    }

    #[test]
    fn what_breaks_the_standard_is_named_by_its_path() {
        for (changes, path) in [
            (json!({"@context": "gone"}), "@context"),
            (json!({"@context": ["https://a.example", CREDENTIALS_CONTEXT]}), "@context"),
            (json!({"@context": [CREDENTIALS_CONTEXT, 7]}), "@context[1]"),
            (json!({"@context": [CREDENTIALS_CONTEXT, "not a url"]}), "@context[1]"),
            (json!({"id": null}), "id"),
            (json!({"id": "seven"}), "id"),
            (json!({"id": ["urn:1", "urn:2"]}), "id"),
            (json!({"type": "gone"}), "type"),
            (json!({"type": []}), "type"),
            (json!({"type": ["Kind"]}), "type"),
            (json!({"type": ["VerifiableCredential", 7]}), "type"),
            (json!({"type": ["VerifiableCredential", "two words"]}), "type"),
            (json!({"type": ["VerifiableCredential", ""]}), "type"),
            (json!({"type": ["VerifiableCredential", "1:a"]}), "type"),
            (json!({"type": ["VerifiableCredential", "a/b"]}), "type"),
            (json!({"name": 7}), "name"),
            (json!({"name": {"@value": "N", "@language": "en", "url": "x"}}), "name"),
            (json!({"description": {"@language": "en"}}), "description"),
            (json!({"description": {"@value": "N", "@direction": "up"}}), "description"),
            (json!({"issuer": "gone"}), "issuer"),
            (json!({"issuer": null}), "issuer"),
            (json!({"issuer": "A company"}), "issuer"),
            (json!({"issuer": {"name": "A"}}), "issuer.id"),
            (json!({"issuer": {"id": "A company"}}), "issuer.id"),
            (json!({"issuer": {"id": "urn:a", "name": ["A", 7]}}), "issuer.name"),
            (json!({"credentialSubject": "gone"}), "credentialSubject"),
            (json!({"credentialSubject": []}), "credentialSubject"),
            (json!({"credentialSubject": {}}), "credentialSubject"),
            (json!({"credentialSubject": "urn:uuid:1"}), "credentialSubject"),
            (json!({"credentialSubject": [{"id": "urn:uuid:1"}, {}]}), "credentialSubject[1]"),
            (json!({"credentialSubject": {"id": ["urn:1", "urn:2"]}}), "credentialSubject.id"),
            (json!({"credentialSubject": {"a": {"b": [1, null]}}}), "credentialSubject.a.b[1]"),
            (json!({"validFrom": "2026-01-01"}), "validFrom"),
            (json!({"validUntil": 1_700_000_000}), "validUntil"),
            (json!({"validFrom": "2026-01-02T00:00:00Z", "validUntil": "2026-01-01T00:00:00Z"}), "validUntil"),
            (json!({"credentialStatus": {"id": "urn:s"}}), "credentialStatus.type"),
            (json!({"credentialStatus": {"type": "S", "id": "seven"}}), "credentialStatus.id"),
            (json!({"credentialStatus": [{"type": "S"}, {"type": "S", "id": ["urn:1"]}]}), "credentialStatus[1].id"),
            (json!({"credentialSchema": {"type": "S"}}), "credentialSchema.id"),
            (json!({"credentialSchema": {"id": "urn:s"}}), "credentialSchema.type"),
            (json!({"credentialSchema": "https://a.example/s"}), "credentialSchema"),
            (json!({"refreshService": {"id": "urn:r"}}), "refreshService.type"),
            (json!({"termsOfUse": [{"type": "T"}, {"id": "urn:t"}]}), "termsOfUse[1].type"),
            (json!({"evidence": {"id": "urn:e"}}), "evidence.type"),
            (json!({"evidence": []}), "evidence"),
            (json!({"relatedResource": ["https://a.example"]}), "relatedResource[0]"),
        ] {
            assert_eq!(with(changes.clone()).err().map(|fault| fault.path).as_deref(), Some(path), "{changes}");
        }
    }

    #[test]
    fn a_place_in_a_bit_list_is_held_to_its_form() {
        let entry = |index: Value, purpose: Value, list: Value| {
            with(
                json!({"credentialStatus": {"type": "BitstringStatusListEntry", "statusListIndex": index, "statusPurpose": purpose, "statusListCredential": list}}),
            )
        };
        let list = json!("https://a.example/status/1");
        for index in ["7", "0", "12345678901234567890"] {
            assert!(entry(json!(index), json!("revocation"), list.clone()).is_ok(), "{index}");
        }
        for (index, purpose, list) in [
            (json!(true), json!("revocation"), list.clone()),
            (json!(7), json!("revocation"), list.clone()),
            (json!(""), json!("revocation"), list.clone()),
            (json!("123456789012345678901"), json!("revocation"), list.clone()),
            (json!("1234567890123456789012"), json!("revocation"), list.clone()),
            (json!("-1"), json!("revocation"), list.clone()),
            (json!("1e3"), json!("revocation"), list.clone()),
            (json!("7"), json!(7), list.clone()),
            (json!("7"), json!("revocation"), json!("list 1")),
        ] {
            assert!(entry(index.clone(), purpose, list).is_err(), "{index}");
        }
    }
}
