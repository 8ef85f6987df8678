//! `relatedResource`: what a credential says about documents beside it (VC Data Model 2.0, section 5.3). Each has an `id` of its own and a digest, as
//! `digestSRI` (Subresource Integrity) or as `digestMultibase` (a multihash). The digests are held to their form; nothing is looked up.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Map, Value};

use super::data_model::{Fault, fault, many, url};

/// Longer than 66 bytes are in any of the bases.
const LONGEST: usize = 128;

/// Holds `relatedResource` to its form.
pub(super) fn check(document: &Map<String, Value>) -> Result<(), Fault> {
    let resources = many(document.get("relatedResource"));
    for (at, resource) in resources.iter().enumerate() {
        let path = format!("relatedResource[{at}]");
        let Value::Object(members) = resource else { return Err(fault(&path, "is not an object")) };
        url(members.get("id"), &format!("{path}.id"), true)?;
        if resources.iter().take(at).any(|earlier| earlier.get("id") == members.get("id")) {
            return Err(fault(&format!("{path}.id"), "stands there twice"));
        }
        if members.get("mediaType").is_some_and(|kind| !kind.as_str().is_some_and(|kind| kind.contains('/'))) {
            return Err(fault(&format!("{path}.mediaType"), "is not a media type"));
        }
        let (sri, multibase) = (members.get("digestSRI"), members.get("digestMultibase"));
        if sri.is_none() && multibase.is_none() {
            return Err(fault(&path, "has neither digestSRI nor digestMultibase"));
        }
        held(sri, is_sri).ok_or_else(|| fault(&format!("{path}.digestSRI"), "is not a digest such as sha384-…"))?;
        held(multibase, is_multihash)
            .ok_or_else(|| fault(&format!("{path}.digestMultibase"), "is not a SHA-2 multihash in multibase"))?;
    }
    Ok(())
}

/// None when one of the values is not of the form.
fn held(values: Option<&Value>, form: fn(&str) -> bool) -> Option<()> {
    let fits = |value: &Value| value.as_str().is_some_and(|text| text.len() <= LONGEST && form(text));
    many(values).iter().all(fits).then_some(())
}

/// `sha256-`, `sha384-` or `sha512-` and as many bytes in base64.
fn is_sri(text: &str) -> bool {
    let sizes = [("sha256-", 32), ("sha384-", 48), ("sha512-", 64)];
    sizes.iter().any(|(name, size)| {
        text.strip_prefix(name).is_some_and(|digest| STANDARD.decode(digest).is_ok_and(|bytes| bytes.len() == *size))
    })
}

/// The code of the hash and its size, then so many bytes; in base64url (`u`) or base58btc (`z`).
fn is_multihash(text: &str) -> bool {
    let bytes = match (text.strip_prefix('u'), text.strip_prefix('z')) {
        (Some(digest), _) => URL_SAFE_NO_PAD.decode(digest).ok(),
        (_, Some(digest)) => bs58::decode(digest).into_vec().ok(),
        _ => None,
    };
    match bytes.as_deref() {
        Some([0x12, 32, digest @ ..]) => digest.len() == 32,
        Some([0x20, 48, digest @ ..]) => digest.len() == 48,
        Some([0x13, 64, digest @ ..]) => digest.len() == 64,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn path(resources: Value) -> Option<String> {
        check(json!({"relatedResource": resources}).as_object().unwrap()).err().map(|fault| fault.path)
    }

    fn sri(name: &str, size: usize) -> String {
        format!("{name}-{}", STANDARD.encode(vec![7; size]))
    }

    fn multihash(code: u8, size: u8, length: usize) -> Vec<u8> {
        [vec![code, size], vec![7; length]].concat()
    }

    #[test]
    fn digests_of_either_form_are_accepted() {
        for digest in [sri("sha256", 32), sri("sha384", 48), sri("sha512", 64)] {
            assert_eq!(path(json!({"id": "https://a.example/1", "digestSRI": digest, "mediaType": "text/html"})), None);
        }
        for (code, size) in [(0x12, 32), (0x20, 48), (0x13, 64)] {
            let bytes = multihash(code, size, usize::from(size));
            for digest in
                [format!("u{}", URL_SAFE_NO_PAD.encode(&bytes)), format!("z{}", bs58::encode(&bytes).into_string())]
            {
                assert_eq!(path(json!([{"id": "https://a.example/1", "digestMultibase": digest}])), None);
            }
        }
        assert_eq!(path(json!([])), None);
    }

    #[test]
    fn what_is_no_resource_or_no_digest_is_named() {
        let good = sri("sha256", 32);
        let at = "relatedResource[0]";
        for (resource, place) in [
            (json!("https://a.example"), at.to_owned()),
            (json!({"digestSRI": good}), format!("{at}.id")),
            (json!({"id": "page 1", "digestSRI": good}), format!("{at}.id")),
            (json!({"id": "urn:1"}), at.to_owned()),
            (json!({"id": "urn:1", "digestSRI": good, "mediaType": "html"}), format!("{at}.mediaType")),
            (json!({"id": "urn:1", "digestSRI": sri("sha256", 48)}), format!("{at}.digestSRI")),
            (json!({"id": "urn:1", "digestSRI": sri("md5", 16)}), format!("{at}.digestSRI")),
            (json!({"id": "urn:1", "digestSRI": format!("sha256-{}", "a1".repeat(32))}), format!("{at}.digestSRI")),
            (json!({"id": "urn:1", "digestSRI": [good, 7]}), format!("{at}.digestSRI")),
            (json!({"id": "urn:1", "digestMultibase": "uZTQ0"}), format!("{at}.digestMultibase")),
            (json!({"id": "urn:1", "digestSRI": good, "digestMultibase": "x"}), format!("{at}.digestMultibase")),
            (
                json!({"id": "urn:1", "digestMultibase": format!("u{}", URL_SAFE_NO_PAD.encode(multihash(0x12, 32, 31)))}),
                format!("{at}.digestMultibase"),
            ),
            (json!({"id": "urn:1", "digestMultibase": "u".repeat(1000)}), format!("{at}.digestMultibase")),
        ] {
            assert_eq!(path(json!([resource.clone()])), Some(place), "{resource}");
        }
        let one = json!({"id": "urn:1", "digestSRI": good});
        assert_eq!(path(json!([one, one])).as_deref(), Some("relatedResource[1].id"));
    }
}
