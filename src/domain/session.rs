//! How long someone stays signed in, and where they may be led once they are.
//!
//! A session ends after twelve hours in which nothing came, and thirty days after signing in whatever came.

use jiff::{SignedDuration, Timestamp};

const IDLE: SignedDuration = SignedDuration::from_hours(12);
const LONGEST: SignedDuration = SignedDuration::from_hours(30 * 24);
/// "Last seen" is written at most this often.
const SEEN_NOTED: SignedDuration = SignedDuration::from_mins(5);

/// How someone signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// At the company's OpenID provider.
    Oidc,
    /// By a one-time link in e-mail.
    Link,
    Passkey,
    /// Chosen from the list of the demo's people.
    Demo,
}

impl Method {
    pub const ALL: [Method; 4] = [Method::Oidc, Method::Link, Method::Passkey, Method::Demo];

    pub fn as_str(self) -> &'static str {
        match self {
            Method::Oidc => "oidc",
            Method::Link => "link",
            Method::Passkey => "passkey",
            Method::Demo => "demo",
        }
    }

    pub fn parse(text: &str) -> Result<Self, String> {
        let known = Method::ALL.into_iter().find(|method| method.as_str() == text);
        known.ok_or_else(|| format!("“{text}” is not a way to sign in"))
    }
}

/// One browser of one person that is signed in.
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    /// Names it in the list of its owner; it opens nothing.
    pub id: String,
    pub person_id: String,
    pub method: Method,
    /// What the browser calls itself.
    pub user_agent: String,
    pub created_at: Timestamp,
    pub last_seen_at: Timestamp,
    pub expires_at: Timestamp,
}

impl Session {
    pub fn stands(&self, now: Timestamp) -> bool {
        now < self.expires_at
    }

    /// Whether it is time to write down again that it was seen.
    pub fn to_be_noted(&self, now: Timestamp) -> bool {
        now.duration_since(self.last_seen_at) >= SEEN_NOTED
    }
}

/// A sign-in that was begun at the company's provider.
#[derive(Clone, Debug, PartialEq)]
pub struct Begun {
    /// The hash of what the browser keeps until it comes back.
    pub expected: String,
    /// The page that was asked for.
    pub next: String,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
}

/// When a session ends that was last seen at `seen`.
pub fn ends(created: Timestamp, seen: Timestamp) -> Timestamp {
    let after = |from: Timestamp, time| from.checked_add(time).unwrap_or(Timestamp::MAX);
    after(seen, IDLE).min(after(created, LONGEST))
}

/// The longest that a browser keeps its cookie, in seconds.
pub fn longest_seconds() -> i64 {
    LONGEST.as_secs()
}

/// A path on this site with its query, as it may stand in `next`; none where a browser could be led elsewhere.
pub fn own_path(text: &str) -> Option<&str> {
    let inside = text.strip_prefix('/')?;
    // Browsers read `\` as `/`, and pass over tabs and line ends.
    let leads_away = inside.starts_with('/') || text.contains('\\') || text.chars().any(char::is_control);
    (!leads_away && text.len() <= 2_000).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_session_ends_twelve_hours_after_it_was_seen_and_thirty_days_after_it_began() {
        let created = at("2026-11-01T08:00:00Z");
        assert_eq!(ends(created, created), at("2026-11-01T20:00:00Z"));
        assert_eq!(ends(created, at("2026-11-20T09:00:00Z")), at("2026-11-20T21:00:00Z"));
        assert_eq!(ends(created, at("2026-12-01T07:00:00Z")), at("2026-12-01T08:00:00Z"));
        let session = Session {
            id: "s".into(),
            person_id: "p".into(),
            method: Method::Oidc,
            user_agent: String::new(),
            created_at: created,
            last_seen_at: created,
            expires_at: ends(created, created),
        };
        assert!(session.stands(at("2026-11-01T19:59:59Z")) && !session.stands(at("2026-11-01T20:00:00Z")));
        assert!(!session.to_be_noted(at("2026-11-01T08:04:59Z")) && session.to_be_noted(at("2026-11-01T08:05:00Z")));
    }

    #[test]
    fn only_a_path_of_our_own_is_followed() {
        for own in ["/", "/me", "/badges/x?y=https://a.example", "/me/path#top"] {
            assert_eq!(own_path(own), Some(own));
        }
        for other in [
            "",
            "me",
            "//evil.example",
            "/\\evil.example",
            "/a\\b",
            "/\t/evil.example",
            "/\n/evil.example",
            "https://evil.example/",
            "javascript:alert(1)",
            &format!("/{}", "x".repeat(2_000)),
        ] {
            assert_eq!(own_path(other), None, "{other:?}");
        }
    }

    #[test]
    fn every_way_to_sign_in_is_read_as_it_is_written() {
        for method in Method::ALL {
            assert_eq!(Method::parse(method.as_str()), Ok(method));
        }
        assert!(Method::parse("password").is_err());
    }
}
