//! Which Open Badges standard a document follows, by its `@context`.

use serde_json::Value;

use super::form::Object;
use crate::credential::verify::form::many;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    /// It has no `@context`.
    V1_0,
    V1_1,
    V2_0,
    V2_1,
}

impl Version {
    /// `None` when it is a document of something else.
    pub(super) fn of(document: &Object) -> Option<Self> {
        let contexts = many(document.get("@context"));
        let mut version = None;
        for context in contexts.iter().filter_map(Value::as_str) {
            let context = context.trim_end_matches('/');
            if context.starts_with("https://www.w3.org/") {
                // A Verifiable Credential, whatever else it names.
                return None;
            }
            version = version.or(match context {
                "https://w3id.org/openbadges/v1" => Some(Version::V1_1),
                "https://w3id.org/openbadges/v2" | "https://openbadgespec.org/v2/context.json" => Some(Version::V2_0),
                _ if is_below(context, "v2p1") => Some(Version::V2_1),
                _ if is_below(context, "v2p0") => Some(Version::V2_0),
                _ => None,
            });
        }
        let looks_old = || document.contains_key("badge") && document.contains_key("recipient");
        match version {
            None if contexts.is_empty() && looks_old() => Some(Version::V1_0),
            version => version,
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Version::V1_0 => "Open Badges 1.0",
            Version::V1_1 => "Open Badges 1.1",
            Version::V2_0 => "Open Badges 2.0",
            Version::V2_1 => "Open Badges 2.1",
        }
    }

    /// In 1.x a class, a profile or a key needs no type, and 1.0 gives nothing an `id`.
    pub(super) fn is_first(self) -> bool {
        matches!(self, Version::V1_0 | Version::V1_1)
    }
}

fn is_below(context: &str, version: &str) -> bool {
    ["https://purl.imsglobal.org/spec/ob/", "https://purl.imsglobal.org/ob/"]
        .iter()
        .filter_map(|base| context.strip_prefix(base)?.strip_prefix(version))
        .any(|rest| rest.is_empty() || rest.starts_with(['/', '.']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_version_is_told_by_its_context() {
        let of = |document: Value| Version::of(document.as_object().unwrap()).map(Version::name);
        assert_eq!(of(json!({"@context": "https://w3id.org/openbadges/v2"})), Some("Open Badges 2.0"));
        assert_eq!(
            of(json!({"@context": [{"a": "https://a.example"}, "https://w3id.org/openbadges/v1"]})),
            Some("Open Badges 1.1")
        );
        assert_eq!(
            of(json!({"@context": "https://purl.imsglobal.org/spec/ob/v2p1/x.jsonld"})),
            Some("Open Badges 2.1")
        );
        assert_eq!(of(json!({"@context": "https://purl.imsglobal.org/ob/v2p0"})), Some("Open Badges 2.0"));
        assert_eq!(of(json!({"badge": "https://a.example", "recipient": {}})), Some("Open Badges 1.0"));
        for other in [
            json!({}),
            json!({"badge": 1}),
            json!({"@context": "https://purl.imsglobal.org/spec/ob/v2p10"}),
            json!({"@context": ["https://www.w3.org/ns/credentials/v2", "https://w3id.org/openbadges/v2"]}),
            json!({"@context": "https://a.example", "badge": 1, "recipient": 1}),
        ] {
            assert_eq!(of(other.clone()), None, "{other}");
        }
    }
}
