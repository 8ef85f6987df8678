//! Where an issuer lets its hosted badges stand (Open Badges 2.0, VerificationObject of a Profile).
//!
//! `startsWith` and `allowedOrigins` bind when they are there, both of them when both are. Without either, a badge must have the origin of
//! its issuer's id. Addresses are compared as a browser reads them, so `..`, user names and look-alike hosts don't get past.

use serde_json::Value;
use url::Url;

use super::form::{Object, member, optional};
use super::lookup::https;
use crate::credential::verify::form::many;
use crate::credential::verify::secured::Refusal;

pub(super) fn check(profile: &Object, issuer: &str, address: &str) -> Result<(), Refusal> {
    let (Some(issuer_url), Some(url)) = (https(issuer), https(address)) else { return Err(outside(issuer)) };
    let none = Object::new();
    let rules = member(profile, "verification").and_then(Value::as_object).unwrap_or(&none);
    if let Some(property) = optional(rules, "verificationProperty")
        && !matches!(property, "id" | "@id")
    {
        return Err(Refusal::unsure(
            "scope_unsupported",
            format!("Its issuer tells its badges by their `{property}`, and this service by their `id` only."),
        ));
    }
    let starts = many(rules.get("startsWith"));
    let origins = many(rules.get("allowedOrigins"));
    let allowed = match (starts.is_empty(), origins.is_empty()) {
        (true, true) => url.origin() == issuer_url.origin(),
        _ => {
            (starts.is_empty() || starts.iter().any(|start| starts_with(&url, start)))
                && (origins.is_empty() || origins.iter().any(|origin| is_of(&url, origin)))
        }
    };
    if allowed { Ok(()) } else { Err(outside(issuer)) }
}

/// The origin must be whole: `https://a.example` does not cover `https://a.example.org`.
fn starts_with(url: &Url, start: &Value) -> bool {
    let start = start.as_str().and_then(https);
    start.is_some_and(|start| url.origin() == start.origin() && url.as_str().starts_with(start.as_str()))
}

/// A host name, with its port if it is not the usual one; some issuers write the whole origin.
fn is_of(url: &Url, origin: &Value) -> bool {
    let Some(origin) = origin.as_str() else { return false };
    let whole = if origin.contains("://") { origin.to_owned() } else { format!("https://{origin}") };
    https(&whole).is_some_and(|allowed| allowed.origin() == url.origin())
}

fn outside(issuer: &str) -> Refusal {
    Refusal::wrong(
        "out_of_scope",
        format!(
            "It stands at an address where its issuer, {issuer}, does not keep badges, so it is not known to be the issuer's."
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const ISSUER: &str = "https://a.example/issuer.json";

    fn code(rules: Value, address: &str) -> Option<&'static str> {
        let profile = json!({ "verification": rules });
        check(profile.as_object().unwrap(), ISSUER, address).err().map(|refusal| refusal.code)
    }

    #[test]
    fn without_rules_a_badge_has_the_origin_of_its_issuer() {
        for rules in [json!(null), json!({}), json!({"startsWith": []}), json!("x")] {
            assert_eq!(code(rules.clone(), "https://a.example/badges/1"), None);
            assert_eq!(code(rules.clone(), "https://A.example:443/badges/1"), None);
            for other in [
                "https://b.example/1",
                "https://a.example:8443/1",
                "https://a.example.b.example/1",
                "https://a.example@b.example/1",
                "http://a.example/1",
                "https://sub.a.example/1",
            ] {
                assert_eq!(code(rules.clone(), other), Some("out_of_scope"), "{other}");
            }
        }
    }

    #[test]
    fn a_start_binds_by_its_origin_and_path() {
        let rules = json!({"startsWith": ["https://c.example", "https://b.example/awards/"]});
        for inside in ["https://b.example/awards/1", "https://c.example/x"] {
            assert_eq!(code(rules.clone(), inside), None, "{inside}");
        }
        for other in [
            "https://a.example/awards/1",
            "https://b.example/other/1",
            "https://b.example/awards/../other/1",
            "https://c.example.org/x",
            "https://c.example@b.example/x",
        ] {
            assert_eq!(code(rules.clone(), other), Some("out_of_scope"), "{other}");
        }
    }

    #[test]
    fn allowed_origins_are_hosts() {
        let rules = json!({"allowedOrigins": ["b.example", "https://c.example", "d.example:8443"]});
        for inside in ["https://b.example/1", "https://c.example/1", "https://d.example:8443/1"] {
            assert_eq!(code(rules.clone(), inside), None, "{inside}");
        }
        for other in ["https://a.example/1", "https://d.example/1", "https://x.b.example/1"] {
            assert_eq!(code(rules.clone(), other), Some("out_of_scope"), "{other}");
        }
        let both = json!({"allowedOrigins": "b.example", "startsWith": "https://b.example/awards/"});
        assert_eq!(code(both.clone(), "https://b.example/awards/1"), None);
        assert_eq!(code(both, "https://b.example/1"), Some("out_of_scope"));
    }

    #[test]
    fn another_property_is_not_guessed_at() {
        assert_eq!(code(json!({"verificationProperty": "uid"}), "https://a.example/1"), Some("scope_unsupported"));
        assert_eq!(code(json!({"verificationProperty": "id"}), "https://a.example/1"), None);
    }
}
