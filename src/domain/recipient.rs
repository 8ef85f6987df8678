//! Who receives an award, and what is asked for them, checked before anything is written.

use super::{
    award::Visibility,
    field::{Faults, FieldError},
    rubric::Grades,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A person of the company, known by one e-mail address.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    pub id: String,
    /// Trimmed and lower-cased: the form whose hash goes into the credential.
    pub email: String,
    pub name: String,
    pub team: Option<String>,
    /// The person agreed to be named on public pages.
    pub name_public: bool,
    /// What they do, such as “Engineering”. Private, like all below.
    pub function: Option<String>,
    pub manager_id: Option<String>,
    /// Has not left: may sign in, and sit on panels.
    pub active: bool,
}

impl Person {
    /// The name where pages may show it.
    pub fn shown_name(&self) -> Option<&str> {
        self.name_public.then_some(self.name.as_str())
    }
}

/// One award as it is asked for: by the API, a CSV row or the command line. Unknown fields are refused.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AwardRequest {
    /// The level's id, such as `software-craft.professional`.
    pub level: String,
    pub recipient: RecipientRequest,
    /// How this person earned it: goes into the credential.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub narrative: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence_url: Option<String>,
    /// The grade reached on each criterion of the level's rubric, by the criterion's id: goes into the credential.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub results: Option<Grades>,
    /// RFC 3339; now when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub valid_from: Option<Timestamp>,
    /// RFC 3339; worked out from the level's validity when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub valid_until: Option<Timestamp>,
    /// `private`, `link` (the default) or `public`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visibility: Option<String>,
    /// Whether the person is written to: a letter with the badge, and how to sign in and take it. No when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letter: Option<bool>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecipientRequest {
    pub name: String,
    pub email: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<String>,
    /// The person agreed to be named on public pages; false when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name_public: Option<bool>,
}

/// A request whose every field holds.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckedRequest {
    pub level: String,
    pub name: String,
    pub email: String,
    pub team: Option<String>,
    /// `None` leaves what the person chose before.
    pub name_public: Option<bool>,
    pub narrative: Option<String>,
    pub evidence_url: Option<String>,
    /// Held against the level's rubric once the level is known.
    pub results: Option<Grades>,
    pub valid_from: Option<Timestamp>,
    pub valid_until: Option<Timestamp>,
    pub visibility: Visibility,
    pub letter: bool,
}

impl AwardRequest {
    /// Checks all fields at once; `at` prefixes the field names (`awards[3].` or nothing).
    pub fn check(&self, at: &str, now: Timestamp) -> Result<CheckedRequest, Vec<FieldError>> {
        let mut faults = Faults::default();
        let field = |name: &str| format!("{at}{name}");
        let level = faults.text(&field("level"), &self.level, 130, false);
        let name = faults.text(&field("recipient.name"), &self.recipient.name, 200, false);
        let email = faults.take(&field("recipient.email"), email(&self.recipient.email)).unwrap_or_default();
        let team = filled(&self.recipient.team).map(|team| faults.text(&field("recipient.team"), team, 100, false));
        let narrative = filled(&self.narrative).map(|text| faults.text(&field("narrative"), text, 5_000, true));
        let evidence_url = filled(&self.evidence_url).map(|link| faults.url(&field("evidence_url"), link.trim()));
        let visibility = match filled(&self.visibility) {
            Some(text) => faults.take(&field("visibility"), Visibility::parse(text.trim())).unwrap_or_default(),
            None => Visibility::default(),
        };
        let valid_from = self.valid_from.map(whole_seconds);
        let valid_until = self.valid_until.map(whole_seconds);
        if valid_from.is_some_and(|from| !in_calendar(from)) {
            faults.add(field("valid_from"), "lies outside the years 1970 to 9000");
        }
        if valid_until.is_some_and(|until| !in_calendar(until)) {
            faults.add(field("valid_until"), "lies outside the years 1970 to 9000");
        }
        if valid_until.is_some_and(|until| until <= valid_from.unwrap_or(now)) {
            faults.add(field("valid_until"), "is not after valid_from");
        }
        faults.or(CheckedRequest {
            level,
            name,
            email,
            team,
            name_public: self.recipient.name_public,
            narrative,
            evidence_url,
            results: self.results.clone().filter(|grades| !grades.is_empty()),
            valid_from,
            valid_until,
            visibility,
            letter: self.letter.unwrap_or(false),
        })
    }
}

/// An e-mail address, trimmed and lower-cased.
pub fn email(text: &str) -> Result<String, String> {
    let address = text.trim().to_lowercase();
    // A quoted local part may hold what ends an address elsewhere, and nobody's mailbox is called so.
    let plain = !address.chars().any(|c| c.is_control() || c.is_whitespace() || matches!(c, '"' | '\\' | '<' | '>'));
    if address.is_empty() {
        Err("is missing: give an e-mail address".into())
    } else if plain && address.len() <= 254 && email_address::EmailAddress::is_valid(&address) && address.contains('.')
    {
        Ok(address)
    } else {
        Err(format!("“{}” is not an e-mail address", text.trim()))
    }
}

/// Years that every reader of RFC 3339 dates takes.
fn in_calendar(at: Timestamp) -> bool {
    (0..221_845_392_000).contains(&at.as_second())
}

/// Credentials say whole seconds, so the record does too.
fn whole_seconds(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second()).unwrap_or(at)
}

/// An optional text; blank counts as absent.
fn filled(text: &Option<String>) -> Option<&str> {
    text.as_deref().filter(|text| !text.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request() -> AwardRequest {
        AwardRequest {
            level: "craft.pro".into(),
            recipient: RecipientRequest {
                name: " Ada Obi ".into(),
                email: "Ada@Example.COM".into(),
                ..Default::default()
            },
            ..Default::default()
        }
    }

    #[test]
    fn a_request_is_trimmed_and_the_address_lower_cased() {
        let checked = request().check("", Timestamp::UNIX_EPOCH).unwrap();
        assert_eq!((checked.name.as_str(), checked.email.as_str()), ("Ada Obi", "ada@example.com"));
        assert_eq!(checked.visibility, Visibility::Link);
    }

    #[test]
    fn every_fault_is_named_at_once() {
        let mut bad = request();
        bad.recipient.name = "\u{7}".into();
        bad.recipient.email = "nobody".into();
        bad.evidence_url = Some("javascript:alert(1)".into());
        bad.visibility = Some("everyone".into());
        bad.valid_from = "2026-05-03T00:00:00Z".parse().ok();
        bad.valid_until = bad.valid_from;
        let faults = bad.check("awards[1].", Timestamp::UNIX_EPOCH).unwrap_err();
        let fields: Vec<_> = faults.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(
            fields,
            [
                "awards[1].recipient.name",
                "awards[1].recipient.email",
                "awards[1].evidence_url",
                "awards[1].visibility",
                "awards[1].valid_until"
            ]
        );
    }

    #[test]
    fn addresses_that_are_none_are_refused() {
        for bad in ["", "a", "a@", "@b.c", "a b@c.d", "a@b", "a@b.c\r\nBcc: x@y.z", "a@@b.c"] {
            assert!(email(bad).is_err(), "{bad}");
        }
    }
}
