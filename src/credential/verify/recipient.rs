//! The recipient check: whether a badge was issued to an e-mail address.
//!
//! The address is tried as given, trimmed, and trimmed in lower case, against hashed and plain identifiers (Open Badges 3.0, IdentityObject).
//! A hash of another kind than SHA-256 answers nothing: it could be anyone's.

use serde_json::Value;

use super::form::many;
use super::report::{Check, CheckName};
use crate::credential::document::email_hash;

const SHA256: &str = "sha256$";

/// `subject` is the credentialSubject of a genuine badge.
pub(super) fn check(subject: &Value, email: &str) -> Check {
    let spellings = [email.to_owned(), email.trim().to_owned(), email.trim().to_lowercase()];
    let mut named = false;
    let mut unreadable = false;
    let mut matches = false;
    for identity in many(subject.get("identifier")) {
        let text = |name: &str| identity.get(name).and_then(Value::as_str);
        // `email` is how badges made after version 2 still name the type.
        if !matches!(text("identityType"), Some("emailAddress" | "email")) {
            continue;
        }
        let kept = text("identityHash").unwrap_or_default();
        let hashed = identity.get("hashed").and_then(Value::as_bool) == Some(true);
        if hashed && !kept.get(..SHA256.len()).is_some_and(|kind| kind.eq_ignore_ascii_case(SHA256)) {
            unreadable = true;
            continue;
        }
        named = true;
        matches |= match hashed {
            true => {
                let salt = text("salt").unwrap_or_default();
                spellings.iter().any(|spelling| email_hash(spelling, salt).eq_ignore_ascii_case(kept))
            }
            false => kept.trim().to_lowercase() == email.trim().to_lowercase(),
        };
    }
    if let Some(address) = subject.get("id").and_then(Value::as_str).and_then(|id| id.strip_prefix("mailto:")) {
        named = true;
        matches |= address.to_lowercase() == email.trim().to_lowercase();
    }
    let email = email.trim();
    match (matches, named) {
        (true, _) => Check::passed(CheckName::Recipient, "recipient_matches", format!("It was issued to {email}.")),
        (false, _) if unreadable => Check::unchecked(
            CheckName::Recipient,
            "recipient_unreadable",
            "This badge keeps its e-mail address in a form that we can't compare.",
        ),
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
