//! How members are read: null is absent, and a list of one is its value.

use serde_json::{Map, Value};

use crate::credential::verify::form::{many, one};
use crate::credential::verify::secured::Refusal;

pub(super) type Object = Map<String, Value>;

/// A reference to another document, by its address or written out in place.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Link {
    Address(String),
    Written(Object),
}

impl Link {
    /// Something written out that says no more than its `id` is only a reference.
    pub(super) fn of(object: &Object, name: &str, path: &str) -> Result<Self, Refusal> {
        match member(object, name) {
            Some(Value::String(address)) if !address.is_empty() => Ok(Link::Address(address.clone())),
            Some(Value::Object(written)) => match optional(written, "id") {
                Some(id) if written.keys().all(|key| matches!(key.as_str(), "id" | "type" | "@context")) => {
                    Ok(Link::Address(id.to_owned()))
                }
                _ => Ok(Link::Written(written.clone())),
            },
            Some(_) => Err(malformed(path, "is neither an address nor an object")),
            None => Err(missing(path)),
        }
    }
}

pub(super) fn member<'a>(object: &'a Object, name: &str) -> Option<&'a Value> {
    one(object.get(name)).filter(|value| !value.is_null())
}

/// A text that is there and not empty.
pub(super) fn text<'a>(object: &'a Object, name: &str, path: &str) -> Result<&'a str, Refusal> {
    match member(object, name) {
        Some(Value::String(text)) if !text.is_empty() => Ok(text),
        Some(Value::String(_)) => Err(malformed(path, "is empty")),
        Some(_) => Err(malformed(path, "is not text")),
        None => Err(missing(path)),
    }
}

/// A text if there is one; anything else counts as nothing.
pub(super) fn optional<'a>(object: &'a Object, name: &str) -> Option<&'a str> {
    member(object, name)?.as_str().filter(|text| !text.is_empty())
}

/// The types of an object, without the vocabulary's prefix.
pub(super) fn types(object: &Object) -> impl Iterator<Item = &str> {
    many(object.get("type")).iter().filter_map(Value::as_str).map(|kind| kind.strip_prefix("obi:").unwrap_or(kind))
}

pub(super) fn missing(path: &str) -> Refusal {
    malformed(path, "is missing")
}

pub(super) fn malformed(path: &str, what: &str) -> Refusal {
    Refusal::wrong("malformed", format!("This badge is not well-formed: `{path}` {what}."))
}
