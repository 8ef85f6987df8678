//! The recipient check: IdentityObject of Open Badges 2.0 and 1.x.
//!
//! A hashed identity is `sha256$` or `md5$` and the hexadecimal digest of the address followed by the salt. Whether an identity is hashed is
//! told by its shape, because `hashed` is often wrong and no address looks like a digest.

use serde_json::Value;

use super::form::{Object, optional};
use super::md5;
use crate::credential::document::email_hash;
use crate::credential::verify::form::many;
use crate::credential::verify::report::{Check, CheckName};

/// More identities than a badge has; more are not tried.
const MOST: usize = 16;

pub(super) fn check(assertion: &Object, email: &str) -> Check {
    let spellings = [email.to_owned(), email.trim().to_owned(), email.trim().to_lowercase()];
    let mut named = false;
    let mut matches = false;
    for recipient in many(assertion.get("recipient")).iter().filter_map(Value::as_object).take(MOST) {
        if !many(recipient.get("type")).iter().any(|kind| kind.as_str().is_some_and(is_email)) {
            continue;
        }
        let salt = optional(recipient, "salt").unwrap_or_default();
        for identity in many(recipient.get("identity")).iter().filter_map(Value::as_str).take(MOST) {
            named = true;
            matches |= spellings.iter().any(|spelling| is(identity, spelling, salt));
        }
    }
    let email = email.trim();
    match (matches, named) {
        (true, _) => Check::passed(CheckName::Recipient, "recipient_matches", format!("It was issued to {email}.")),
        (false, true) => {
            Check::failed(CheckName::Recipient, "recipient_differs", format!("It was not issued to {email}."))
        }
        (false, false) => Check::unchecked(
            CheckName::Recipient,
            "recipient_unnamed",
            "This badge names no e-mail address, so we can't say whose it is.",
        ),
    }
}

fn is_email(kind: &str) -> bool {
    matches!(kind, "email" | "schema:email" | "http://schema.org/email" | "https://schema.org/email")
}

fn is(identity: &str, email: &str, salt: &str) -> bool {
    if is_digest(identity, "sha256$", 64) {
        return email_hash(email, salt).eq_ignore_ascii_case(identity);
    }
    if is_digest(identity, "md5$", 32) {
        return format!("md5${}", md5::hex(format!("{email}{salt}").as_bytes())).eq_ignore_ascii_case(identity);
    }
    identity.trim().to_lowercase() == email.to_lowercase()
}

fn is_digest(identity: &str, algorithm: &str, digits: usize) -> bool {
    identity.split_at_checked(algorithm.len()).is_some_and(|(start, digest)| {
        start.eq_ignore_ascii_case(algorithm)
            && digest.len() == digits
            && digest.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn code(recipient: Value, email: &str) -> String {
        check(json!({ "recipient": recipient }).as_object().unwrap(), email).code
    }

    #[test]
    fn hashed_and_plain_recipients_are_known() {
        let sha256 = "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399";
        let md5 = format!("md5${}", md5::hex(b"a@example.comKosher"));
        for identity in [sha256, &sha256.to_uppercase().replace("SHA", "sha"), &md5] {
            let recipient = json!({"type": "email", "hashed": true, "salt": "Kosher", "identity": identity});
            assert_eq!(code(recipient.clone(), " A@Example.com "), "recipient_matches", "{identity}");
            assert_eq!(code(recipient.clone(), "b@example.com"), "recipient_differs");
            let mut unsalted = recipient;
            unsalted["salt"] = json!("");
            assert_eq!(code(unsalted, "a@example.com"), "recipient_differs");
        }
        let plain = json!({"type": "email", "hashed": false, "identity": "A@example.com"});
        assert_eq!(code(plain, "a@example.com"), "recipient_matches");
    }

    #[test]
    fn one_of_several_identities_is_enough() {
        let list = json!([
            {"type": "url", "identity": "https://ana.example"},
            {"type": ["email"], "identity": ["x@example.com", "a@example.com"]},
        ]);
        assert_eq!(code(list, "a@example.com"), "recipient_matches");
    }

    #[test]
    fn an_identity_of_another_kind_says_nothing() {
        assert_eq!(code(json!({"type": "url", "identity": "a@example.com"}), "a@example.com"), "recipient_unnamed");
        for odd in [json!(null), json!(7), json!([]), json!({"type": "email"}), json!("a@example.com")] {
            assert_eq!(code(odd, "a@example.com"), "recipient_unnamed");
        }
        // What only resembles a digest is an address.
        for plain in [
            "sha256$x@example.com".to_owned(),
            format!("abcdefg{}", "a".repeat(64)),
            format!("sha256${}", "a".repeat(63)),
        ] {
            assert_eq!(code(json!({"type": "email", "identity": plain.clone()}), &plain), "recipient_matches");
        }
        // The digest itself is nobody's address.
        let digest = format!("md5${}", "a".repeat(32));
        assert_eq!(code(json!({"type": "email", "identity": digest.clone()}), &digest), "recipient_differs");
    }
}
