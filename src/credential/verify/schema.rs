//! The schema check: whether a badge is of the shape its issuer says it is, by the JSON Schemas it names (`credentialSchema`).
//!
//! It is made only for a badge that names one, after the proof holds, so that a stranger's text can't ask for the work. A schema that this
//! service does not hold is said to be unchecked and has no say in the verdict (docs/decisions/0025): who signed a badge and whether it stands
//! does not hang on it, and the format check has held the badge to Open Badges 3.0 anyway.

use serde_json::{Map, Value};

use super::form::{many, one};
use super::format::{Badge, has_type};
use super::model::DataModel;
use super::report::{Check, CheckName};
use crate::credential::schema::Schema;

/// The types whose `id` leads to a JSON Schema.
const KINDS: [&str; 2] = ["1EdTechJsonSchemaValidator2019", "JsonSchema"];

/// None when the badge names no schema.
pub(super) fn check(badge: &Badge) -> Option<Check> {
    let entries = many(badge.content().get("credentialSchema"));
    if entries.is_empty() {
        return None;
    }
    let mut unknown = None;
    for (at, entry) in entries.iter().enumerate() {
        match of_entry(entry, badge) {
            Ok(()) => {}
            Err(Fault::Broken(what)) => return Some(Check::failed(CheckName::Schema, "schema_broken", what)),
            Err(Fault::Malformed(member)) => {
                let what = format!("`credentialSchema[{at}].{member}` is missing or is not text.");
                return Some(Check::failed(CheckName::Schema, "schema_broken", what));
            }
            Err(Fault::Unknown(what)) => unknown = unknown.or(Some(what)),
        }
    }
    Some(match unknown {
        Some(what) => Check::unchecked(CheckName::Schema, "schema_unknown", what),
        None => Check::passed(CheckName::Schema, "schema_fits", "It fits the schema it names."),
    })
}

enum Fault {
    Broken(String),
    Malformed(&'static str),
    Unknown(String),
}

fn of_entry(entry: &Value, badge: &Badge) -> Result<(), Fault> {
    let empty = Map::new();
    let entry = entry.as_object().unwrap_or(&empty);
    let text = |name| one(entry.get(name)).and_then(Value::as_str);
    let id = text("id").ok_or(Fault::Malformed("id"))?;
    if !many(entry.get("type")).iter().any(Value::is_string) {
        return Err(Fault::Malformed("type"));
    }
    let unknown = || Fault::Unknown(format!("It names the schema {id}, which this service does not hold."));
    if !KINDS.iter().any(|kind| has_type(entry, kind)) {
        return Err(unknown());
    }
    let schema = Schema::at(id).ok_or_else(unknown)?;
    if badge.model == DataModel::One {
        return Err(Fault::Unknown(format!(
            "It names the schema {id}, of which this service holds the text for VC Data Model 2.0 only."
        )));
    }
    schema.check(badge.content()).map_err(|broken| Fault::Broken(format!("It breaks the schema it names: {broken}.")))
}
