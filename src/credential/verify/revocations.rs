//! A list of revoked badges by their ids (1EdTech Revocation List Status Method 1.0).
//!
//! The list is not signed. What speaks for it is that the issuer named its https address in the signed badge and the list names that
//! address and that issuer. An entry that can't be read leaves the whole list unread: it could be the one.

use serde_json::Value;

use super::form::many;
use crate::credential::json;

/// Whether a badge is on the list at `url`, with the reason when one is given.
pub(super) fn revocation(bytes: &[u8], url: &str, issuer: &str, badge: &str) -> Result<Option<Reason>, &'static str> {
    let list = json::parse(bytes).map_err(|_| "it is not strict JSON")?;
    if list.get("id").and_then(Value::as_str) != Some(url) {
        return Err("it is another list than the one the badge names");
    }
    let named = list.get("issuer").and_then(|issuer| issuer.as_str().or_else(|| issuer.get("id")?.as_str()));
    if named != Some(issuer) {
        return Err("it is from another issuer than the badge");
    }
    // The specification writes the member in the singular; lists with the plural exist.
    let entries = ["revokedCredential", "revokedCredentials"].into_iter().flat_map(|name| many(list.get(name)));
    let mut found = None;
    for entry in entries {
        let id = entry.as_str().or_else(|| entry.get("id")?.as_str()).ok_or("one of its entries has no id")?;
        let revoked = match entry.get("revoked") {
            None => true,
            Some(revoked) => revoked.as_bool().ok_or("one of its entries can't be read")?,
        };
        if id == badge && revoked {
            found = Some(entry.get("revocationReason").and_then(Value::as_str).map(str::to_owned));
        }
    }
    Ok(found)
}

/// As the issuer gave it.
pub(super) type Reason = Option<String>;

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const URL: &str = "https://a.example/revocations";
    const ISSUER: &str = "did:web:a.example";
    const BADGE: &str = "https://a.example/badges/1";

    fn says(list: &Value) -> Result<Option<Reason>, &'static str> {
        revocation(list.to_string().as_bytes(), URL, ISSUER, BADGE)
    }

    fn with(entries: Value) -> Value {
        json!({"id": URL, "issuer": ISSUER, "revokedCredential": entries})
    }

    #[test]
    fn a_badge_is_found_by_its_id() {
        assert_eq!(says(&with(json!([]))), Ok(None));
        assert_eq!(says(&json!({"id": URL, "issuer": {"id": ISSUER}})), Ok(None));
        assert_eq!(says(&with(json!([{"id": "https://a.example/badges/2"}]))), Ok(None));
        assert_eq!(says(&with(json!([{"id": BADGE, "revoked": false}]))), Ok(None));
        assert_eq!(says(&with(json!(BADGE))), Ok(Some(None)));
        assert_eq!(says(&with(json!([{"id": BADGE, "revoked": true}]))), Ok(Some(None)));
        let reason = json!([{"id": "urn:x"}, {"id": BADGE, "revocationReason": "Issued in error"}]);
        assert_eq!(says(&with(reason.clone())), Ok(Some(Some("Issued in error".into()))));
        let plural = json!({"id": URL, "issuer": ISSUER, "revokedCredentials": reason});
        assert_eq!(says(&plural), Ok(Some(Some("Issued in error".into()))));
        // Said twice, once each way: revoked.
        assert_eq!(says(&with(json!([{"id": BADGE}, {"id": BADGE, "revoked": false}]))), Ok(Some(None)));
    }

    #[test]
    fn a_list_that_is_not_the_issuers_or_can_not_be_read_says_nothing() {
        for list in [
            json!({"id": "https://b.example/", "issuer": ISSUER}),
            json!({"issuer": ISSUER}),
            json!({"id": URL, "issuer": "did:web:b.example"}),
            json!({"id": URL}),
            json!([]),
            with(json!([7])),
            with(json!([{"revoked": true}])),
            with(json!([{"id": BADGE, "revoked": "true"}])),
        ] {
            assert!(says(&list).is_err(), "{list}");
        }
        assert!(revocation(b"<html>", URL, ISSUER, BADGE).is_err());
    }
}
