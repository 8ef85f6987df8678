//! The plain form: what a reader of the JSON sees must be what the proof covers.
//!
//! A proof covers the RDF of a document, and JSON-LD can write the same RDF in many ways. Whoever holds a badge could rewrite it so that
//! the signature still fits while a reader of plain JSON misses a term, say by spelling `credentialStatus` as its full IRI.
//! So only one way is accepted: terms, no keywords but `@context` by URL, no nulls, no lists in lists, nothing twice in one list.

use std::collections::HashSet;

use serde_json::{Map, Value};

use crate::credential::canon;

/// What is not plain, with where it stands.
#[derive(Debug, PartialEq)]
pub(super) enum NotPlain {
    /// Terms defined inside the document. Honest people write these too, so it is no proof of anything.
    OwnContext,
    Other(String),
}

/// Holds a document to the plain form.
pub(super) fn check(document: &Map<String, Value>) -> Result<(), NotPlain> {
    object(document, Words::Published)
}

/// Holds any credential to the plain form: it may define words of its own, and say the language of a text.
pub(super) fn check_open(document: &Map<String, Value>) -> Result<(), NotPlain> {
    object(document, Words::Own)
}

/// Whose words a document may use.
#[derive(Clone, Copy, PartialEq)]
enum Words {
    Published,
    Own,
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

fn object(members: &Map<String, Value>, words: Words) -> Result<(), NotPlain> {
    if words == Words::Own && is_language_value(members) {
        return Ok(());
    }
    for (name, member) in members {
        if name == "@context" {
            context(member, words)?;
            continue;
        }
        if name.is_empty() || name.starts_with('@') || name.contains(':') {
            return Err(other(format!("it uses `{name}` where a plain term is expected")));
        }
        match member {
            Value::Null => return Err(other(format!("`{name}` is null"))),
            Value::Object(inner) => object(inner, words)?,
            Value::Array(values) => list(name, values, words)?,
            _ => {}
        }
    }
    Ok(())
}

/// A text with its language (VC Data Model 2.0, section 11.1).
fn is_language_value(members: &Map<String, Value>) -> bool {
    let plain = |(name, member): (&String, &Value)| {
        matches!(name.as_str(), "@value" | "@language" | "@direction") && member.is_string()
    };
    members.contains_key("@value") && members.iter().all(plain)
}

fn list(name: &str, values: &[Value], words: Words) -> Result<(), NotPlain> {
    for value in values {
        match value {
            Value::Null => return Err(other(format!("`{name}` holds null"))),
            Value::Array(_) => return Err(other(format!("`{name}` holds a list inside a list"))),
            Value::Object(inner) => object(inner, words)?,
            _ => {}
        }
    }
    // The one ordered list of the vocabulary; in it a value may come twice.
    if name != "allowedValue" && has_twins(values) {
        return Err(other(format!("`{name}` says the same thing twice")));
    }
    Ok(())
}

fn context(value: &Value, words: Words) -> Result<(), NotPlain> {
    let entries = many(Some(value));
    let taken = |entry: &Value| entry.is_string() || words == Words::Own && entry.is_object();
    if !entries.iter().all(taken) {
        return Err(NotPlain::OwnContext);
    }
    if has_twins(entries) {
        return Err(other("`@context` says the same thing twice".to_owned()));
    }
    Ok(())
}

fn has_twins(values: &[Value]) -> bool {
    if values.len() <= 16 {
        let twins = values.iter().enumerate().any(|(at, value)| values.iter().skip(at + 1).any(|later| later == value));
        return twins || has_twins_of_another_type(values);
    }
    let mut seen = HashSet::with_capacity(values.len());
    !values.iter().all(|value| seen.insert(canon::canonical_json(value))) || has_twins_of_another_type(values)
}

/// Values that differ in JSON and may be one in RDF: `2`, `2.0` and `"2"` under a term with a type, `true` and `"true"`, and the
/// identifier of a node beside the node.
fn has_twins_of_another_type(values: &[Value]) -> bool {
    let texts: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
    if texts.len() == values.len() {
        return false;
    }
    let mut numbers = HashSet::new();
    // -0 and 0 are one.
    let bits = |number: f64| (number + 0.0).to_bits();
    let same_number = values.iter().filter_map(Value::as_f64).any(|number| !numbers.insert(bits(number)));
    let written = |text: &&str| text.parse().is_ok_and(|number| numbers.contains(&bits(number)));
    let truths: HashSet<&str> =
        values.iter().filter_map(Value::as_bool).map(|truth| if truth { "true" } else { "false" }).collect();
    let ids: HashSet<&str> = values.iter().filter_map(|value| value.get("id")?.as_str()).collect();
    same_number || texts.iter().any(|text| written(text) || truths.contains(text) || ids.contains(text))
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
        assert!(plain(
            json!({"tag": ["7", "07", "7.0", "true", 8], "evidence": ["https://a.example/1", {"id": "https://a.example/2"}]})
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
            json!({"creditsEarned": [2, "2"]}),
            json!({"creditsEarned": ["2.0", 2]}),
            json!({"creditsEarned": [2, 2.0]}),
            json!({"creditsEarned": [0, "-0"]}),
            json!({"hashed": [true, "true"]}),
            json!({"evidence": ["https://a.example/1", {"id": "https://a.example/1", "name": "x"}]}),
            json!({"tag": (0..40).map(|n| if n < 39 { json!(n) } else { json!("7") }).collect::<Vec<_>>()}),
            json!({"": 1}),
            json!({"evidence": [{"schema:name": "x"}]}),
            json!({"evidence": [{"result": [{"value": null}]}]}),
            json!({"@context": ["https://a.example", "https://a.example"]}),
            json!({"tag": (0..40).map(|n| n % 39).collect::<Vec<_>>()}),
        ] {
            assert!(!plain(document.clone()), "{document}");
        }
    }

    #[test]
    fn twins_are_found_in_long_lists_as_in_short_ones_and_in_any_order_of_their_members() {
        let list = |length: u32| {
            let first = json!({"id": "urn:x", "name": "x"});
            let others = (2..length).map(|n| json!({"id": format!("urn:{n}")}));
            std::iter::once(first).chain(others).collect::<Vec<Value>>()
        };
        for length in [2, 3, 15, 16, 17, 40] {
            let (mut twins, mut single) = (list(length), list(length));
            twins.push(json!({"name": "x", "id": "urn:x"}));
            single.push(json!({"name": "y", "id": "urn:y"}));
            assert!(!plain(json!({"evidence": twins})), "{length}");
            assert!(plain(json!({"evidence": single})), "{length}");
        }
    }

    #[test]
    fn own_terms_are_told_apart() {
        let document = json!({"@context": ["https://a.example", {"validTill": "x"}]});
        assert_eq!(check(document.as_object().unwrap()), Err(NotPlain::OwnContext));
    }

    #[test]
    fn any_credential_may_define_its_words_and_tell_the_language_of_a_text() {
        let open = |document: Value| check_open(document.as_object().unwrap()).is_ok();
        assert!(open(json!({"@context": ["https://a.example", {"Own": "https://a.example/#Own"}]})));
        assert!(open(json!({"name": [{"@value": "x", "@language": "en"}, {"@value": "y", "@language": "de"}]})));
        for document in [
            json!({"@context": ["https://a.example", 7]}),
            json!({"name": {"@value": "x", "@type": "https://a.example/#T"}}),
            json!({"name": {"@value": {"a": 1}}}),
            json!({"@id": "urn:x"}),
            json!({"name": {"@language": "en"}}),
            json!({"https://www.w3.org/2018/credentials#validUntil": "x"}),
            json!({"a": {"@context": {"b": "urn:b"}, "name": null}}),
        ] {
            assert!(!open(document.clone()), "{document}");
        }
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
