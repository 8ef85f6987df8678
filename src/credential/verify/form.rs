//! The plain form: what a reader of the JSON sees must be what the proof covers.
//!
//! A proof covers the RDF of a document, and JSON-LD can write the same RDF in many ways. Whoever holds a badge could rewrite it so that
//! the signature still fits while a reader of plain JSON misses a term, say by spelling `credentialStatus` as its full IRI.
//! So only one way is accepted: terms, no keywords but `@context` by URL, no nulls, no lists in lists, nothing twice in one list.

use std::collections::HashSet;

use serde_json::{Map, Value};

/// What is not plain, with where it stands.
#[derive(Debug, PartialEq)]
pub(super) enum NotPlain {
    /// Terms defined inside the document. Honest people write these too, so it is no proof of anything.
    OwnContext,
    Other(String),
}

/// Holds a document to the plain form.
pub(super) fn check(document: &Map<String, Value>) -> Result<(), NotPlain> {
    object(document)
}

/// The one value of a member that may be written alone or as a list of one.
pub(super) fn one(value: Option<&Value>) -> Option<&Value> {
    match value? {
        Value::Array(values) => match values.as_slice() {
            [only] => Some(only),
            _ => None,
        },
        only => Some(only),
    }
}

/// The values of a member that may be written alone or as a list.
pub(super) fn many(value: Option<&Value>) -> &[Value] {
    match value {
        Some(Value::Array(values)) => values,
        Some(one) => std::slice::from_ref(one),
        None => &[],
    }
}

fn object(members: &Map<String, Value>) -> Result<(), NotPlain> {
    for (name, member) in members {
        if name == "@context" {
            context(member)?;
            continue;
        }
        if name.is_empty() || name.starts_with('@') || name.contains(':') {
            return Err(other(format!("it uses `{name}` where a plain term is expected")));
        }
        match member {
            Value::Null => return Err(other(format!("`{name}` is null"))),
            Value::Object(inner) => object(inner)?,
            Value::Array(values) => list(name, values)?,
            _ => {}
        }
    }
    Ok(())
}

fn list(name: &str, values: &[Value]) -> Result<(), NotPlain> {
    for value in values {
        match value {
            Value::Null => return Err(other(format!("`{name}` holds null"))),
            Value::Array(_) => return Err(other(format!("`{name}` holds a list inside a list"))),
            Value::Object(inner) => object(inner)?,
            _ => {}
        }
    }
    // The one ordered list of the vocabulary; in it a value may come twice.
    if name != "allowedValue" && has_twins(values) {
        return Err(other(format!("`{name}` says the same thing twice")));
    }
    Ok(())
}

fn context(value: &Value) -> Result<(), NotPlain> {
    let entries = many(Some(value));
    if !entries.iter().all(Value::is_string) {
        return Err(NotPlain::OwnContext);
    }
    if has_twins(entries) {
        return Err(other("`@context` says the same thing twice".to_owned()));
    }
    Ok(())
}

fn has_twins(values: &[Value]) -> bool {
    if values.len() <= 16 {
        return values.iter().enumerate().any(|(at, value)| values.iter().skip(at + 1).any(|later| later == value));
    }
    let mut seen = HashSet::with_capacity(values.len());
    !values.iter().all(|value| seen.insert(value.to_string()))
}

fn other(what: String) -> NotPlain {
    NotPlain::Other(what)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn plain(document: Value) -> bool {
        check(document.as_object().unwrap()).is_ok()
    }

    #[test]
    fn plain_terms_are_accepted() {
        assert!(plain(
            json!({"@context": ["https://a.example"], "id": "x", "tag": ["a", "b"], "c": {"@context": "https://b.example", "d": [1, true]}})
        ));
    }

    #[test]
    fn other_spellings_of_the_same_thing_are_not_plain() {
        for document in [
            json!({"https://www.w3.org/2018/credentials#validUntil": "x"}),
            json!({"schema:name": "x"}),
            json!({"@id": "x"}),
            json!({"name": {"@value": "x"}}),
            json!({"@graph": []}),
            json!({"a": {"@included": {}}}),
            json!({"name": null}),
            json!({"tag": ["a", null]}),
            json!({"tag": [["a"]]}),
            json!({"tag": ["a", "b", "a"]}),
            json!({"evidence": [{"id": "x"}, {"id": "x"}]}),
            json!({"": 1}),
            json!({"@context": ["https://a.example", "https://a.example"]}),
            json!({"tag": (0..40).map(|n| n % 39).collect::<Vec<_>>()}),
        ] {
            assert!(!plain(document.clone()), "{document}");
        }
    }

    #[test]
    fn own_terms_are_told_apart() {
        let document = json!({"@context": ["https://a.example", {"validTill": "x"}]});
        assert_eq!(check(document.as_object().unwrap()), Err(NotPlain::OwnContext));
    }

    #[test]
    fn one_and_many_take_both_spellings() {
        let value = json!({"a": [1], "b": 1, "c": [1, 2], "d": []});
        assert_eq!((one(value.get("a")), one(value.get("b"))), (Some(&json!(1)), Some(&json!(1))));
        assert_eq!((one(value.get("c")), one(value.get("d")), one(value.get("e"))), (None, None, None));
        assert_eq!(many(value.get("c")).len(), 2);
        assert_eq!(many(value.get("b")).len(), 1);
        assert_eq!(many(value.get("e")).len(), 0);
    }
}
