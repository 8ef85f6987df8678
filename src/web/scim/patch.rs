//! PATCH (RFC 7644 §3.5.2) as directories send it: operations in any capitals, with a path or a whole object of values, whose names
//! may be paths themselves (`"name.givenName": "Ada"`).

use super::{ENTERPRISE, Object, error::fault, member, path::Path, text};
use crate::{
    domain::filter::{Comparison, Filter, Operand},
    web::error::Failure,
};
use serde_json::Value;

/// In one request.
const MOST: usize = 1_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Add,
    Replace,
    Remove,
}

/// One change of one attribute.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Change {
    pub kind: Kind,
    pub path: Path,
    /// Null where there is none.
    pub value: Value,
    /// Whether the path was written out, and not taken from a name in an object of values.
    pub pointed: bool,
}

/// The changes of a request, in its order.
pub(super) fn changes(document: &Object) -> Result<Vec<Change>, Failure> {
    let operations = member(document, "Operations").and_then(Value::as_array);
    let operations = operations.ok_or_else(|| fault("invalidSyntax", "Operations is not a list."))?;
    if operations.is_empty() || operations.len() > MOST {
        return Err(fault("invalidSyntax", format!("Operations has 1 to {MOST} entries.")));
    }
    let mut changes = Vec::new();
    for operation in operations {
        let Value::Object(operation) = operation else {
            return Err(fault("invalidSyntax", "Operations holds something that is not an object."));
        };
        let kind = match text(operation, "op")?.unwrap_or_default().to_lowercase().as_str() {
            "add" => Kind::Add,
            "replace" => Kind::Replace,
            "remove" => Kind::Remove,
            other => return Err(fault("invalidSyntax", format!("op: “{other}” is not add, replace or remove."))),
        };
        let value = member(operation, "value").cloned().unwrap_or_default();
        match (text(operation, "path")?, value) {
            (Some(path), value) => {
                if kind != Kind::Remove && member(operation, "value").is_none() {
                    return Err(fault("invalidValue", format!("{path}: the operation has no value.")));
                }
                add(&mut changes, kind, Path::parse(&path)?, value, true)?;
            }
            (None, _) if kind == Kind::Remove => {
                return Err(fault("noTarget", "An operation that removes needs a path."));
            }
            (None, Value::Object(values)) => {
                for (name, value) in values {
                    add(&mut changes, kind, Path::parse(&name)?, value, false)?;
                }
            }
            (None, _) => {
                return Err(fault("invalidValue", "An operation without a path needs an object as its value."));
            }
        }
    }
    Ok(changes)
}

/// A change of the whole extension is one of each attribute that it is given.
fn add(changes: &mut Vec<Change>, kind: Kind, path: Path, value: Value, pointed: bool) -> Result<(), Failure> {
    if !path.attribute.is_empty() {
        changes.push(Change { kind, path, value, pointed });
        return Ok(());
    }
    let Value::Object(values) = value else {
        return Err(fault("invalidValue", format!("{ENTERPRISE} is given something that is not an object.")));
    };
    for (name, value) in values {
        let path = Path::parse(&format!("{ENTERPRISE}:{name}"))?;
        changes.push(Change { kind, path, value, pointed });
    }
    Ok(())
}

/// Does a change to an attribute of `object`, which may be simple, an object with parts, or a list of such (where the object has a
/// list already). The standard's rules: an object takes over the parts it is given, a list is added to or replaced.
pub(super) fn apply(object: &mut Object, name: &str, change: &Change) -> Result<(), Failure> {
    let Change { kind, path, value, .. } = change;
    if let Some(Value::Array(values)) = object.get_mut(name) {
        return apply_to_list(values, name, change);
    }
    if path.filter.is_some() {
        return Err(fault("invalidPath", format!("{name} has only one value, so none can be chosen.")));
    }
    let removes = *kind == Kind::Remove || value.is_null();
    match (&path.part, removes) {
        (None, true) => {
            object.remove(name);
        }
        (None, false) => match (object.get_mut(name), value) {
            (Some(Value::Object(parts)), Value::Object(given)) => merge(parts, given),
            _ => {
                object.insert(name.to_owned(), value.clone());
            }
        },
        (Some(part), removes) => {
            let whole = object.entry(name).or_insert_with(|| Value::Object(Object::new()));
            let Value::Object(parts) = whole else {
                return Err(fault("invalidPath", format!("{name} has no parts.")));
            };
            set(parts, part, if removes { &Value::Null } else { value });
        }
    }
    Ok(())
}

fn apply_to_list(values: &mut Vec<Value>, name: &str, change: &Change) -> Result<(), Failure> {
    let Change { kind, path, value, .. } = change;
    let given = match value {
        Value::Array(several) => several.clone(),
        Value::Null => Vec::new(),
        one => vec![one.clone()],
    };
    let Some(filter) = &path.filter else {
        match (&path.part, kind) {
            (None, Kind::Add) => values.extend(given),
            (None, Kind::Replace) => *values = given,
            (None, Kind::Remove) => values.clear(),
            (Some(part), _) => {
                for parts in values.iter_mut().filter_map(Value::as_object_mut) {
                    set(parts, part, if *kind == Kind::Remove { &Value::Null } else { value });
                }
            }
        }
        return Ok(());
    };
    let chosen = |value: &Value| value.as_object().is_some_and(|parts| passes(filter, parts));
    if *kind == Kind::Remove && path.part.is_none() {
        values.retain(|value| !chosen(value));
        return Ok(());
    }
    let mut found = false;
    for parts in values.iter_mut().filter(|value| chosen(value)).filter_map(Value::as_object_mut) {
        found = true;
        match (&path.part, value) {
            (Some(part), _) => set(parts, part, if *kind == Kind::Remove { &Value::Null } else { value }),
            (None, Value::Object(given)) => merge(parts, given),
            (None, _) => return Err(fault("invalidValue", format!("{name}: the value is not an object."))),
        }
    }
    match (found, kind) {
        (true, _) | (false, Kind::Remove) => Ok(()),
        (false, Kind::Replace) => Err(fault("noTarget", format!("{name}: none of its values is the one to replace."))),
        (false, Kind::Add) => {
            let mut parts = Object::new();
            asked_for(filter, &mut parts);
            match (&path.part, value) {
                (Some(part), _) => set(&mut parts, part, value),
                (None, Value::Object(given)) => merge(&mut parts, given),
                (None, _) => return Err(fault("invalidValue", format!("{name}: the value is not an object."))),
            }
            values.push(Value::Object(parts));
            Ok(())
        }
    }
}

/// Whether the parts of a value are as a filter asks for.
pub(super) fn passes(filter: &Filter<String>, parts: &Object) -> bool {
    match filter {
        Filter::And(one, other) => passes(one, parts) && passes(other, parts),
        Filter::Or(one, other) => passes(one, parts) || passes(other, parts),
        Filter::Not(inner) => !passes(inner, parts),
        Filter::Present(part) => member(parts, part).is_some_and(|value| !value.is_null()),
        Filter::Test(part, comparison, operand) => {
            let found = member(parts, part);
            let found = match found {
                Some(Value::String(text)) => text.to_lowercase(),
                Some(Value::Bool(truth)) => truth.to_string(),
                Some(Value::Number(number)) => number.to_string(),
                _ => return *comparison == Comparison::NotEqual,
            };
            let wanted = match operand {
                Operand::Text(text) => text.to_lowercase(),
                Operand::Truth(truth) => truth.to_string(),
                Operand::Time(time) => time.to_string(),
            };
            match comparison {
                Comparison::Equal => found == wanted,
                Comparison::NotEqual => found != wanted,
                Comparison::Contains => found.contains(&wanted),
                Comparison::StartsWith => found.starts_with(&wanted),
                Comparison::EndsWith => found.ends_with(&wanted),
                Comparison::Greater => found > wanted,
                Comparison::GreaterOrEqual => found >= wanted,
                Comparison::Less => found < wanted,
                Comparison::LessOrEqual => found <= wanted,
            }
        }
    }
}

/// What a new value must have so that the filter finds it: what it asks to be equal.
fn asked_for(filter: &Filter<String>, parts: &mut Object) {
    match filter {
        Filter::And(one, other) => {
            asked_for(one, parts);
            asked_for(other, parts);
        }
        Filter::Test(part, Comparison::Equal, operand) => {
            let value = match operand {
                Operand::Text(text) => Value::String(text.clone()),
                Operand::Truth(truth) => Value::Bool(*truth),
                Operand::Time(time) => Value::String(time.to_string()),
            };
            set(parts, part, &value);
        }
        _ => {}
    }
}

fn merge(parts: &mut Object, given: &Object) {
    for (name, value) in given {
        set(parts, name, value);
    }
}

/// Under the name that is there already, whatever its capitals; null takes it away.
fn set(parts: &mut Object, name: &str, value: &Value) {
    let known = parts.keys().find(|known| known.eq_ignore_ascii_case(name)).cloned();
    let name = known.unwrap_or_else(|| name.to_owned());
    match value {
        Value::Null => parts.remove(&name),
        value => parts.insert(name, value.clone()),
    };
}
