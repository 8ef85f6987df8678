//! Which of the bundled contexts some documents use: those they name, and those that these name in turn.

use serde_json::Value;

use super::manifest::ContextEntry;
use super::{Member, json_in};
use crate::credential::context::CONTEXTS;

/// The contexts of the documents, in the order they are held here, with their files.
pub(super) fn used<'a>(documents: impl Iterator<Item = &'a [u8]>) -> (Vec<ContextEntry>, Vec<Member>) {
    let mut named = Vec::new();
    documents.filter_map(json_in).for_each(|document| gather(&document, &mut named));
    let mut at = 0;
    while let Some(url) = named.get(at).copied() {
        let text = text_of(url).unwrap_or_default();
        if let Ok(context) = serde_json::from_str(text) {
            gather(&context, &mut named);
        }
        at += 1;
    }
    let held = CONTEXTS.iter().filter(|(url, _)| named.contains(url)).enumerate();
    let files = held.map(|(at, (url, text))| {
        let member = format!("contexts/{:02}.jsonld", at + 1);
        let entry = ContextEntry { url: (*url).to_owned(), member: member.clone() };
        (entry, Member { name: member, bytes: text.as_bytes().to_vec() })
    });
    files.unzip()
}

/// Whether this is, byte for byte, the context that is held here.
pub(super) fn is_held(url: &str, bytes: &[u8]) -> bool {
    text_of(url).is_some_and(|text| text.as_bytes() == bytes)
}

fn text_of(url: &str) -> Option<&'static str> {
    CONTEXTS.iter().find_map(|(held, text)| (*held == url).then_some(*text))
}

/// Adds the contexts a document names anywhere, as far as they are held here, each once.
fn gather(value: &Value, named: &mut Vec<&'static str>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                if name == "@context" || name == "@import" {
                    addresses(member, named);
                }
                gather(member, named);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| gather(value, named)),
        _ => {}
    }
}

fn addresses(value: &Value, named: &mut Vec<&'static str>) {
    match value {
        Value::String(url) => {
            let held = CONTEXTS.iter().find_map(|(held, _)| (held == url).then_some(*held));
            named.extend(held.filter(|held| !named.contains(held)));
        }
        Value::Array(values) => values.iter().for_each(|value| addresses(value, named)),
        _ => {}
    }
}
