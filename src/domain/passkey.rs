//! A passkey: a key pair of one person on one of their devices, of which only the public half is here.

use jiff::{SignedDuration, Timestamp};

/// How long ago someone may have signed in who makes a passkey: whoever finds a browser open makes none.
const FRESH: SignedDuration = SignedDuration::from_mins(10);
/// As many passkeys one person has at most.
pub const MOST: usize = 10;

#[derive(Clone, Debug, PartialEq)]
pub struct Passkey {
    /// Names it in the list of its owner; it opens nothing.
    pub id: String,
    pub person_id: String,
    /// What its owner calls it.
    pub name: String,
    /// Its id on the authenticator, base64url.
    pub credential: String,
    /// The public key and what goes with it for good, as outside/passkeys.rs writes it.
    pub key: String,
    /// Counter and flags, which change with use; the same.
    pub state: String,
    /// How it can be reached, as bits.
    pub transports: u8,
    pub created_at: Timestamp,
    pub last_used_at: Option<Timestamp>,
}

/// Why an answer does not count.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasskeyFault {
    /// The answer does not hold: altered, of another origin, of another question …
    #[error("the passkey's answer does not hold: {0}")]
    Refused(String),
    /// The authenticator's counter did not go forward, so there may be a copy of it.
    #[error("the passkey's counter went back")]
    Backward,
    /// What is kept here can't be read, or the service's address does not fit.
    #[error("passkeys can't be used: {0}")]
    Unfit(String),
}

/// A question that waits for its answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// Comes back in the answer.
    pub challenge: String,
    /// Whose passkey is to be made; none where anyone's is to be shown.
    pub person_id: Option<String>,
    /// What is needed to judge the answer.
    pub state: String,
    pub expires_at: Timestamp,
}

/// Whether this sign-in is fresh enough to make a passkey.
pub fn is_fresh(signed_in: Timestamp, now: Timestamp) -> bool {
    now.duration_since(signed_in) <= FRESH
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_in_is_fresh_for_ten_minutes() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        assert!(is_fresh(at("2026-11-24T12:00:00Z"), at("2026-11-24T12:10:00Z")));
        assert!(!is_fresh(at("2026-11-24T12:00:00Z"), at("2026-11-24T12:10:01Z")));
    }
}
