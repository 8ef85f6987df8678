//! Whether a copy of a badge says the same as the badge at its own address.
//!
//! A copy may say less, never anything else. Order of members, a list of one, the spelling of a date, and a part written out or only
//! named make no difference; but a part that is written out must say what that part says where it stands.

use serde_json::Value;

use super::date;
use super::form::Object;

/// A part that an address stands for.
pub(super) type Part<'a> = (&'a str, &'a Object);

/// Where the copy says something else: a path. Without `parts`, what is only named in the hosted badge is taken as said.
pub(super) fn differs(copy: &Object, hosted: &Object, parts: Option<&[Part]>) -> Option<String> {
    object(copy, hosted, parts, "")
}

fn object(copy: &Object, hosted: &Object, parts: Option<&[Part]>, at: &str) -> Option<String> {
    for (name, said) in copy {
        if name == "@context" || said.is_null() {
            continue;
        }
        let path = if at.is_empty() { name.clone() } else { format!("{at}.{name}") };
        match hosted.get(name) {
            // The name of a badge in 1.x, which issuers drop when they move to 2.0 at the same address.
            None if at.is_empty() && name == "uid" => {}
            None => return Some(path),
            Some(holds) => {
                if let Some(different) = value(name, said, holds, parts, &path) {
                    return Some(different);
                }
            }
        }
    }
    None
}

fn value(name: &str, said: &Value, holds: &Value, parts: Option<&[Part]>, path: &str) -> Option<String> {
    match (single(said), single(holds)) {
        (Value::Object(said), Value::Object(holds)) => object(said, holds, parts, path),
        (Value::String(said), Value::Object(holds)) if holds.get("id").and_then(Value::as_str) == Some(said) => None,
        (Value::Object(said), Value::String(address)) if said.get("id").and_then(Value::as_str) == Some(address) => {
            let parts = parts?;
            match parts.iter().find(|(id, _)| id == address) {
                Some((_, part)) => object(said, part, Some(parts), path),
                None if said.len() == 1 => None,
                None => Some(path.to_owned()),
            }
        }
        (Value::Array(said), Value::Array(holds)) if said.len() == holds.len() => {
            said.iter().zip(holds).find_map(|(said, holds)| value(name, said, holds, parts, path))
        }
        (said, holds) if said == holds => None,
        (said, holds) if matches!(name, "issuedOn" | "expires") => {
            let same = matches!((date::read(said), date::read(holds)), (Some(said), Some(holds)) if said == holds);
            (!same).then(|| path.to_owned())
        }
        _ => Some(path.to_owned()),
    }
}

fn single(value: &Value) -> &Value {
    match value {
        Value::Array(values) => match values.as_slice() {
            [only] => only,
            _ => value,
        },
        _ => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn said(copy: Value, hosted: Value, parts: Option<Value>) -> Option<String> {
        let class = parts.unwrap_or_default();
        let class = class.as_object();
        let parts: Option<Vec<Part>> = class.map(|class| vec![("https://a.example/class", class)]);
        differs(copy.as_object().unwrap(), hosted.as_object().unwrap(), parts.as_deref())
    }

    #[test]
    fn less_and_other_spellings_are_the_same() {
        let hosted = json!({"id": "x", "badge": {"id": "b", "name": "B"}, "issuedOn": "2020-01-01T00:00:00Z", "tags": ["t"], "a": 1, "evidence": [{"id": "e", "name": "E"}, {"id": "f"}]});
        for copy in [
            json!({}),
            json!({"id": ["x"], "@context": "any", "tags": "t", "uid": "7", "a": null}),
            json!({"badge": "b", "issuedOn": "2020-01-01"}),
            json!({"badge": {"name": "B"}}),
            json!({"evidence": [{"id": "e"}, "f"]}),
        ] {
            assert_eq!(said(copy.clone(), hosted.clone(), None), None, "{copy}");
        }
    }

    #[test]
    fn anything_else_is_found_with_its_path() {
        let hosted = json!({"id": "x", "badge": {"id": "b", "name": "B"}, "issuedOn": "2020-01-01T00:00:00Z", "tags": ["t", "u"], "name": "2020-01-01T00:00:00Z"});
        for (copy, path) in [
            (json!({"id": "y"}), "id"),
            (json!({"badge": {"id": "b", "name": "C"}}), "badge.name"),
            (json!({"badge": "c"}), "badge"),
            (json!({"badge": {"uid": 1}}), "badge.uid"),
            (json!({"issuedOn": "2020-01-02"}), "issuedOn"),
            (json!({"issuedOn": {}}), "issuedOn"),
            (json!({"tags": ["u", "t"]}), "tags"),
            (json!({"tags": ["t"]}), "tags"),
            (json!({"tags": ["t", "u", "v"]}), "tags"),
            (json!({"name": "2020-01-01"}), "name"),
            (json!({"narrative": "more"}), "narrative"),
        ] {
            assert_eq!(said(copy, hosted.clone(), None).as_deref(), Some(path));
        }
    }

    #[test]
    fn a_part_written_out_is_held_to_the_part_itself() {
        let hosted = json!({"badge": "https://a.example/class", "image": "https://a.example/i.png"});
        let copy = |name: &str| json!({"badge": {"id": "https://a.example/class", "name": name}});
        assert_eq!(said(copy("B"), hosted.clone(), None), None);
        assert_eq!(said(copy("B"), hosted.clone(), Some(json!({"id": "https://a.example/class", "name": "B"}))), None);
        assert_eq!(
            said(copy("C"), hosted.clone(), Some(json!({"id": "https://a.example/class", "name": "B"}))).as_deref(),
            Some("badge.name")
        );
        let named = json!({"image": {"id": "https://a.example/i.png"}});
        assert_eq!(said(named, hosted.clone(), Some(json!({}))), None);
        let image = json!({"image": {"id": "https://a.example/i.png", "caption": "mine"}});
        assert_eq!(said(image, hosted, Some(json!({}))).as_deref(), Some("image"));
    }
}
