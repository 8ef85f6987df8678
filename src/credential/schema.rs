//! The JSON Schemas that a credential may name (`credentialSchema`; VC Data Model 2.0, section 4.11), held here and never fetched.
//!
//! One published schema is bundled, that of AchievementCredential; the schema of EndorsementCredential is a definition inside it. It was written
//! for documents where whatever may stand several times is a list. Since September 2025 one value may stand alone, so a document is
//! judged as if each value stood as the schema wants it. The schema names no other document, and its patterns are matched in linear time.

use std::sync::LazyLock;

use jsonschema::{Draft, PatternOptions, Validator};
use serde_json::{Map, Value, json};

/// Of AchievementCredential, Open Badges 3.0.
pub const ACHIEVEMENT_CREDENTIAL: &str =
    include_str!("../../contexts/schemas/ob_v3p0_achievementcredential_schema.json");
/// Both places where 1EdTech publishes it.
const PLACES: [&str; 2] =
    ["https://purl.imsglobal.org/spec/ob/v3p0/schema/json/", "https://purl.imsglobal.org/spec/ob/v3p0/schema/json-ld/"];
/// More than a chain of references in the schema has.
const MOST_REFERENCES: usize = 8;

/// A schema this service holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Schema {
    AchievementCredential,
    EndorsementCredential,
}

/// Where a document breaks a schema.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{path}` {what}")]
pub struct Broken {
    /// Such as `credentialSubject.achievement.criteria`; a value that stands alone is counted as the only one of its list.
    pub path: String,
    pub what: String,
}

struct Compiled {
    schema: Value,
    validator: Option<Validator>,
}

static ACHIEVEMENT: LazyLock<Compiled> =
    LazyLock::new(|| Compiled::of(serde_json::from_str(ACHIEVEMENT_CREDENTIAL).unwrap_or_default()));

static ENDORSEMENT: LazyLock<Compiled> = LazyLock::new(|| {
    let definitions = ACHIEVEMENT.schema.get("$defs").cloned().unwrap_or_default();
    Compiled::of(json!({"$ref": "#/$defs/EndorsementCredential", "$defs": definitions}))
});

impl Schema {
    /// The schema published at an address; none when this service does not hold it.
    pub fn at(address: &str) -> Option<Self> {
        match PLACES.iter().find_map(|place| address.strip_prefix(place))? {
            "ob_v3p0_achievementcredential_schema.json" => Some(Schema::AchievementCredential),
            "ob_v3p0_endorsementcredential_schema.json" => Some(Schema::EndorsementCredential),
            _ => None,
        }
    }

    /// Holds a document to the schema, and says where it breaks it first.
    pub fn check(self, document: &Value) -> Result<(), Broken> {
        let compiled = match self {
            Schema::AchievementCredential => &*ACHIEVEMENT,
            Schema::EndorsementCredential => &*ENDORSEMENT,
        };
        // A test holds that the bundled schemas compile; without one nothing can be said to fit.
        let Some(validator) = &compiled.validator else {
            return Err(Broken {
                path: "credentialSchema".to_owned(),
                what: "names a schema that can't be read".to_owned(),
            });
        };
        if validator.is_valid(document) {
            return Ok(());
        }
        let written = compiled.as_wanted(document, &compiled.schema);
        validator.validate(&written).map_err(|error| Broken {
            path: path(error.instance_path().as_str()),
            what: format!("does not fit: {}", error.masked_with("it")),
        })
    }
}

impl Compiled {
    fn of(schema: Value) -> Self {
        let validator = jsonschema::options()
            .with_draft(Draft::Draft201909)
            .should_validate_formats(true)
            .with_pattern_options(PatternOptions::regex())
            .build(&schema)
            .ok();
        Compiled { schema, validator }
    }

    /// A value with lists where the schema wants lists, and single values where it wants those.
    fn as_wanted(&self, value: &Value, schema: &Value) -> Value {
        let schema = self.meant(schema, value);
        match (schema.get("type").and_then(Value::as_str), value) {
            (Some("array"), _) => {
                let items = schema.get("items").unwrap_or(&Value::Null);
                let each = |item| if items.is_object() { self.as_wanted(item, items) } else { item.clone() };
                match value {
                    Value::Array(values) => values.iter().map(each).collect(),
                    alone => Value::Array(vec![each(alone)]),
                }
            }
            (Some(_), Value::Array(values)) => match values.as_slice() {
                [only] => self.as_wanted(only, schema),
                _ => value.clone(),
            },
            (Some("object"), Value::Object(members)) => {
                let known = schema.get("properties").unwrap_or(&Value::Null);
                let member = |(name, member): (&String, &Value)| match known.get(name) {
                    Some(wanted) => (name.clone(), self.as_wanted(member, wanted)),
                    None => (name.clone(), member.clone()),
                };
                Value::Object(members.iter().map(member).collect::<Map<_, _>>())
            }
            _ => value.clone(),
        }
    }

    /// A part of the schema with its references followed, and of several parts the one for such a value.
    fn meant<'a>(&'a self, mut schema: &'a Value, value: &Value) -> &'a Value {
        let kind = match value {
            Value::Object(_) => "object",
            Value::Array(_) => "array",
            _ => "string",
        };
        for _ in 0..MOST_REFERENCES {
            if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
                schema = name.strip_prefix('#').and_then(|place| self.schema.pointer(place)).unwrap_or(&Value::Null);
            } else if let Some([first, ..]) = schema.get("allOf").and_then(Value::as_array).map(Vec::as_slice) {
                schema = first;
            } else if let Some(choices) = schema.get("oneOf").and_then(Value::as_array) {
                let fits =
                    |choice: &&Value| self.meant(choice, value).get("type").and_then(Value::as_str) == Some(kind);
                schema = choices.iter().find(fits).or(choices.last()).unwrap_or(&Value::Null);
            } else {
                break;
            }
        }
        schema
    }
}

/// A JSON Pointer as people write paths.
fn path(pointer: &str) -> String {
    let mut path = String::new();
    for step in pointer.split('/').skip(1) {
        if !step.is_empty() && step.bytes().all(|byte| byte.is_ascii_digit()) {
            path += &format!("[{step}]");
        } else {
            path += if path.is_empty() { "" } else { "." };
            path += &step.replace("~1", "/").replace("~0", "~");
        }
    }
    if path.is_empty() { "the document".to_owned() } else { path }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn badge() -> Value {
        json!({
            "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
            "id": "urn:uuid:1",
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "issuer": {"id": "did:web:a.example", "type": ["Profile"], "name": "A"},
            "validFrom": "2026-01-01T00:00:00Z",
            "credentialSubject": {
                "id": "urn:uuid:2",
                "type": ["AchievementSubject"],
                "achievement": {
                    "id": "urn:uuid:3",
                    "type": ["Achievement"],
                    "name": "N",
                    "description": "D",
                    "criteria": {"narrative": "C"},
                },
            },
        })
    }

    fn broken(change: impl FnOnce(&mut Value)) -> Option<String> {
        let mut badge = badge();
        change(&mut badge);
        Schema::AchievementCredential.check(&badge).err().map(|broken| broken.path)
    }

    #[test]
    fn both_schemas_compile_and_are_found_at_both_places() {
        assert!(ACHIEVEMENT.validator.is_some() && ENDORSEMENT.validator.is_some());
        for place in PLACES {
            let at = |name: &str| Schema::at(&format!("{place}ob_v3p0_{name}_schema.json"));
            assert_eq!(at("achievementcredential"), Some(Schema::AchievementCredential));
            assert_eq!(at("endorsementcredential"), Some(Schema::EndorsementCredential));
            assert_eq!(at("clr"), None);
        }
        assert_eq!(Schema::at("https://elsewhere.example/ob_v3p0_achievementcredential_schema.json"), None);
    }

    #[test]
    fn a_badge_fits_whether_single_values_stand_in_lists_or_alone() {
        assert_eq!(broken(|_| {}), None);
        assert_eq!(
            broken(|badge| {
                badge["issuer"]["type"] = json!("Profile");
                badge["credentialSubject"]["type"] = json!("AchievementSubject");
                badge["credentialSubject"]["achievement"]["type"] = json!("Achievement");
                badge["credentialSubject"]["achievement"]["tag"] = json!("one");
                badge["evidence"] = json!({"type": "Evidence", "narrative": "E"});
                badge["credentialSchema"] = json!({"id": "https://a.example/s", "type": "JsonSchema"});
            }),
            None
        );
        assert_eq!(
            broken(|badge| {
                badge["issuer"] = json!([badge["issuer"]]);
                badge["validFrom"] = json!([badge["validFrom"]]);
                badge["credentialSubject"] = json!([badge["credentialSubject"]]);
            }),
            None
        );
        assert_eq!(broken(|badge| badge["issuer"] = json!("did:web:a.example")), None);
    }

    #[test]
    fn what_breaks_the_schema_is_named_by_its_path() {
        let subject = "credentialSubject";
        type Change = Box<dyn FnOnce(&mut Value)>;
        let cases: [(&str, Change); 9] = [
            (
                "credentialSubject.achievement",
                Box::new(move |badge| {
                    badge[subject]["achievement"].as_object_mut().unwrap().remove("criteria");
                }),
            ),
            (
                "credentialSubject.activityEndDate",
                Box::new(move |badge| badge[subject]["activityEndDate"] = json!("yesterday")),
            ),
            (
                "credentialSubject.achievement.tag[1]",
                Box::new(move |badge| badge[subject]["achievement"]["tag"] = json!(["a", 2])),
            ),
            (
                "credentialSubject.achievement.alignment[0]",
                Box::new(move |badge| {
                    badge[subject]["achievement"]["alignment"] = json!({"type": "Alignment", "targetName": "T"});
                }),
            ),
            (
                "credentialSubject.achievement.achievementType",
                Box::new(move |badge| {
                    badge[subject]["achievement"]["achievementType"] = json!("Cake");
                }),
            ),
            ("image", Box::new(|badge| badge["image"] = json!({"id": "https://a.example/i.png"}))),
            ("name", Box::new(|badge| badge["name"] = json!(["one", "two"]))),
            ("endorsementJwt[0]", Box::new(|badge| badge["endorsementJwt"] = json!("no jwt"))),
            (
                "the document",
                Box::new(|badge| {
                    badge.as_object_mut().unwrap().remove("validFrom");
                }),
            ),
        ];
        for (path, change) in cases {
            assert_eq!(broken(change).as_deref(), Some(path));
        }
        let mut badge = badge();
        badge["awardedDate"] = json!("x");
        let told = Schema::AchievementCredential.check(&badge).unwrap_err().to_string();
        assert_eq!(told, "`awardedDate` does not fit: it is not a \"date-time\"");
    }

    #[test]
    fn a_deep_document_is_judged_without_trouble() {
        let deep = (0..50).fold(
            json!({"type": "Profile"}),
            |inner, n| json!({"id": format!("urn:{n}"), "type": "Profile", "parentOrg": inner}),
        );
        assert!(broken(|badge| badge["issuer"] = deep).is_some_and(|path| path.starts_with("issuer")));
    }
}
