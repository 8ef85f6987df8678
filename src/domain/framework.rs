//! Skill frameworks as 1EdTech CASE exchanges them (CFPackage, CASE 1.0 and 1.1): a document and its items. What else a package
//! holds, such as how items hang together, is passed over.
//!
//! Program files name an item as `framework:item`, by the code that people know it by or by its identifier.

use super::field::{Faults, FieldError};
use serde::Deserialize;
use std::collections::HashSet;

/// Larger ones exist nowhere we know of.
const MOST_ITEMS: usize = 50_000;
/// What a badge shows of a skill's name.
const LONGEST_NAME: usize = 200;

#[derive(Clone, Debug, PartialEq)]
pub struct Framework {
    pub title: String,
    pub uri: String,
    pub creator: String,
    pub version: Option<String>,
    pub items: Vec<Item>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Its own in the framework.
    pub identifier: String,
    /// CASE's humanCodingScheme, such as `PROG`. Several items may bear the same.
    pub code: Option<String>,
    /// The abbreviated statement, or the beginning of the full one.
    pub name: String,
    pub uri: String,
}

#[derive(Deserialize)]
struct Package {
    #[serde(rename = "CFDocument")]
    document: Document,
    #[serde(rename = "CFItems")]
    items: Vec<Entry>,
}

#[derive(Deserialize)]
struct Document {
    title: String,
    uri: String,
    #[serde(default)]
    creator: String,
    #[serde(default)]
    version: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    identifier: String,
    uri: String,
    full_statement: String,
    #[serde(default)]
    abbreviated_statement: Option<String>,
    #[serde(default)]
    human_coding_scheme: Option<String>,
}

/// Reads a CFPackage; every fault is named by its place (`CFItems[2].uri`).
pub fn read(json: &str) -> Result<Framework, Vec<FieldError>> {
    let package: Package = serde_json::from_str(json)
        .map_err(|why| vec![FieldError::new("file", format!("can't be read as a CFPackage of CASE: {why}"))])?;
    let mut faults = Faults::default();
    let title = faults.text("CFDocument.title", &package.document.title, 200, false);
    let uri = faults.url("CFDocument.uri", &package.document.uri);
    if !(1..=MOST_ITEMS).contains(&package.items.len()) {
        faults.add("CFItems", format!("has {} items; a framework has 1 to {MOST_ITEMS}", package.items.len()));
    }
    let mut seen = HashSet::new();
    let mut items = Vec::with_capacity(package.items.len());
    for (n, entry) in package.items.iter().enumerate() {
        let at = |name: &str| format!("CFItems[{n}].{name}");
        let identifier = faults.text(&at("identifier"), &entry.identifier, 200, false);
        if !seen.insert(identifier.clone()) {
            faults.add(at("identifier"), "stands twice; each item has its own");
        }
        let words = entry.abbreviated_statement.as_deref().filter(|words| !words.trim().is_empty());
        items.push(Item {
            identifier,
            code: code(entry, &at("humanCodingScheme"), &mut faults),
            name: faults.text(
                &at("fullStatement"),
                &short(words.unwrap_or(&entry.full_statement)),
                LONGEST_NAME,
                false,
            ),
            uri: faults.url(&at("uri"), &entry.uri),
        });
    }
    let creator = package.document.creator.trim().chars().take(LONGEST_NAME).collect();
    faults.or(Framework { title, uri, creator, version: package.document.version, items })
}

fn code(entry: &Entry, at: &str, faults: &mut Faults) -> Option<String> {
    let code = entry.human_coding_scheme.as_deref().map(str::trim).filter(|code| !code.is_empty())?;
    Some(faults.text(at, code, 200, false))
}

/// On one line, and no longer than a badge shows it.
fn short(statement: &str) -> String {
    let line = statement.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST_NAME - 1) {
        Some((end, _)) if line.chars().count() > LONGEST_NAME => format!("{}…", &line[..end]),
        _ => line,
    }
}

/// `framework:item` in its two parts.
pub fn named(text: &str) -> Option<(&str, &str)> {
    let (framework, item) = text.split_once(':')?;
    (!framework.is_empty() && !item.trim().is_empty()).then(|| (framework, item.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn package() -> Value {
        json!({
            "CFDocument": {
                "identifier": "d", "uri": "https://skills.example/d", "title": "Skills", "creator": "The guild",
                "lastChangeDateTime": "2026-01-01T00:00:00Z", "CFPackageURI": {"uri": "https://skills.example/p"}
            },
            "CFItems": [
                {"identifier": "i1", "uri": "https://skills.example/i1", "fullStatement": "Programming\n and more",
                 "humanCodingScheme": "PROG", "CFItemType": "Skill"},
                {"identifier": "i2", "uri": "https://skills.example/i2", "fullStatement": "x".repeat(300)},
            ],
            "CFAssociations": [],
        })
    }

    fn fields(package: &Value) -> Vec<String> {
        read(&package.to_string()).unwrap_err().into_iter().map(|fault| fault.field).collect()
    }

    #[test]
    fn a_package_reads_with_what_a_badge_shows_of_its_items() {
        let framework = read(&package().to_string()).unwrap();
        assert_eq!((framework.title.as_str(), framework.creator.as_str()), ("Skills", "The guild"));
        assert_eq!(framework.items[0].code.as_deref(), Some("PROG"));
        assert_eq!(framework.items[0].name, "Programming and more");
        assert_eq!((framework.items[1].code.clone(), framework.items[1].name.chars().count()), (None, 200));
        assert!(framework.items[1].name.ends_with("x…"));
    }

    #[test]
    fn each_fault_of_a_package_names_its_place() {
        let mut bad = package();
        bad["CFItems"][0]["uri"] = json!("skills/1");
        bad["CFItems"][1]["identifier"] = json!("i1");
        bad["CFItems"][1]["fullStatement"] = json!(" ");
        assert_eq!(fields(&bad), ["CFItems[0].uri", "CFItems[1].identifier", "CFItems[1].fullStatement"]);
        bad = package();
        bad["CFItems"] = json!([]);
        assert_eq!(fields(&bad), ["CFItems"]);
        assert_eq!(fields(&json!({"CFDocument": {}})), ["file"]);
    }

    #[test]
    fn an_item_is_named_with_its_framework() {
        assert_eq!(named("sfia:PROG"), Some(("sfia", "PROG")));
        assert_eq!(named("sfia:CCSS.Math: 1"), Some(("sfia", "CCSS.Math: 1")));
        assert_eq!((named("PROG"), named(":PROG"), named("sfia:")), (None, None, None));
    }
}
