//! The answer about a badge: an ordered list of checks, and one verdict over them.
//!
//! A check passed, failed (why) or could not be made (why). The verdict is the worst of its checks, in the order
//! invalid, unknown, attention, valid: what could not be checked is never shown as valid, and an expired badge whose status could
//! not be read stays unknown. Codes are stable and made for programs; messages are for people.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::endorsements::EndorsementReport;
use super::further::FurtherClaim;
use super::result_claims::ResultClaim;

/// Everything Laurel says about one badge at one moment.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, ToSchema)]
pub struct Report {
    pub verdict: Verdict,
    /// In the order format, proof, issuer, status, dates, schema when the badge names one, and recipient when an e-mail address was given.
    pub checks: Vec<Check>,
    /// What the badge says. Absent unless the format and the proof hold, because until then nobody said it.
    pub claims: Option<Claims>,
    /// The standard it was judged by, such as `Open Badges 3.0`. Absent when the file is no badge of any.
    #[serde(default)]
    pub standard: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    pub checked_at: Timestamp,
    /// What others say for the badge, its achievement and its issuer, each with its own verdict: the verdict above is about the badge alone.
    /// None when the badge's own proof does not hold.
    #[serde(default)]
    pub endorsements: Vec<EndorsementReport>,
    /// How many more endorsements the badge carries than were looked at.
    #[serde(default)]
    pub endorsements_left_aside: usize,
}

impl Report {
    pub fn check(&self, name: CheckName) -> Option<&Check> {
        self.checks.iter().find(|check| check.check == name)
    }

    /// The issuer as it may stand first: by the name it gives itself when the operator knows it, else by its identifier. Anyone can
    /// call himself by another's name, and a registry that lists many does not hold them to theirs.
    pub fn issuer_shown(&self) -> Option<&str> {
        let claims = self.claims.as_ref()?;
        let known = self.check(CheckName::Issuer).is_some_and(|check| check.code == "issuer_known");
        Some(claims.issuer_name.as_deref().filter(|_| known).unwrap_or(&claims.issuer_id))
    }
}

/// Green, amber, red and grey.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq, Hash, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Every check passed.
    Valid,
    /// Genuine, but expired, not yet valid, or from an issuer this service does not know.
    Attention,
    /// Something could not be checked, and nothing is known to be wrong.
    Unknown,
    /// Altered, malformed, revoked, or someone else's.
    Invalid,
}

#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, ToSchema)]
pub struct Check {
    pub check: CheckName,
    pub outcome: Outcome,
    /// Stable and for programs, such as `revoked` or `status_unreadable`; docs/VERIFYING.md lists them.
    pub code: String,
    /// One plain sentence in English.
    pub message: String,
}

impl Check {
    pub(super) fn passed(check: CheckName, code: &str, message: impl Into<String>) -> Self {
        Self::new(check, Outcome::Passed, code, message.into())
    }

    pub(super) fn failed(check: CheckName, code: &str, message: impl Into<String>) -> Self {
        Self::new(check, Outcome::Failed, code, message.into())
    }

    pub(super) fn unchecked(check: CheckName, code: &str, message: impl Into<String>) -> Self {
        Self::new(check, Outcome::Unchecked, code, message.into())
    }

    /// The verdict as far as this check goes.
    pub fn weight(&self) -> Verdict {
        match (self.outcome, self.check) {
            (Outcome::Passed, _) => Verdict::Valid,
            // A schema that is not at hand has no say (docs/decisions/0025).
            (Outcome::Unchecked, CheckName::Schema) => Verdict::Valid,
            (Outcome::Unchecked, _) => Verdict::Unknown,
            (Outcome::Failed, CheckName::Issuer | CheckName::Dates | CheckName::Holder) => Verdict::Attention,
            // It may be a copy of one that was made for another; nothing in it is wrong.
            (Outcome::Failed, CheckName::Challenge) if self.code == UNASKED => Verdict::Attention,
            (
                Outcome::Failed,
                CheckName::Format
                | CheckName::Proof
                | CheckName::Status
                | CheckName::Schema
                | CheckName::Recipient
                | CheckName::Subject
                | CheckName::Challenge,
            ) => Verdict::Invalid,
        }
    }

    /// A message may quote the badge, so it is cut to a length that fits a page.
    fn new(check: CheckName, outcome: Outcome, code: &str, mut message: String) -> Self {
        if let Some((at, _)) = message.char_indices().nth(LONGEST_MESSAGE) {
            message.truncate(at);
            message.push('…');
        }
        Check { check, outcome, code: code.to_owned(), message }
    }
}

/// The code of a presentation that nobody asked for.
pub(super) const UNASKED: &str = "challenge_unasked";
/// In characters.
const LONGEST_MESSAGE: usize = 400;

#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq, Hash, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CheckName {
    Format,
    Proof,
    Issuer,
    Status,
    Dates,
    Schema,
    Recipient,
    /// Of an endorsement in a badge: whether it is about what it is attached to.
    Subject,
    /// Of a presentation: whether it was made for whoever asked, and now.
    Challenge,
    /// Of a presentation: whether whoever shows the badges is whom they were issued to.
    Holder,
}

#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq, Hash, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Passed,
    Failed,
    Unchecked,
}

/// What a genuine credential is.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, Default, PartialEq, Eq, Hash, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CredentialKind {
    /// Somebody earned an achievement.
    #[default]
    Badge,
    /// The issuer speaks for someone or something else (EndorsementCredential).
    Endorsement,
}

/// What a genuine badge says, read from the signed document.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, ToSchema)]
pub struct Claims {
    #[serde(default)]
    pub kind: CredentialKind,
    pub credential_id: String,
    /// The credential's own name, or else the achievement's.
    pub name: String,
    pub description: Option<String>,
    pub issuer_id: String,
    pub issuer_name: Option<String>,
    pub issuer_url: Option<String>,
    pub subject_id: Option<String>,
    /// Of an endorsement, the id of what is endorsed.
    pub achievement_id: String,
    /// Of an endorsement, its own name.
    pub achievement_name: String,
    /// Of an endorsement, its comment; empty when there is none.
    pub achievement_description: String,
    pub achievement_type: Option<String>,
    pub achievement_version: Option<String>,
    pub criteria_id: Option<String>,
    /// Markdown.
    pub criteria_narrative: Option<String>,
    /// The URL of the badge's picture.
    pub image: Option<String>,
    /// Markdown.
    pub narrative: Option<String>,
    pub tags: Vec<String>,
    pub alignments: Vec<AlignmentClaim>,
    pub evidence: Vec<EvidenceClaim>,
    /// How it was assessed.
    #[serde(default)]
    pub results: Vec<ResultClaim>,
    /// What else it says in a word or two.
    #[serde(default)]
    pub further: Vec<FurtherClaim>,
    #[schema(value_type = String, format = DateTime)]
    pub valid_from: Timestamp,
    #[schema(value_type = Option<String>, format = DateTime)]
    pub valid_until: Option<Timestamp>,
    /// The whole signed document.
    #[schema(value_type = Object)]
    pub document: Value,
}

#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, ToSchema)]
pub struct AlignmentClaim {
    pub name: String,
    pub url: String,
    #[serde(default)]
    pub description: Option<String>,
    #[serde(default)]
    pub target_type: Option<String>,
    pub framework: Option<String>,
    pub code: Option<String>,
}

#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq, ToSchema)]
pub struct EvidenceClaim {
    pub id: Option<String>,
    pub name: Option<String>,
    pub description: Option<String>,
    /// Markdown.
    pub narrative: Option<String>,
    #[serde(default)]
    pub genre: Option<String>,
    #[serde(default)]
    pub audience: Option<String>,
    /// Of the file at `id`: a multibase multihash, or a Subresource Integrity value.
    #[serde(default)]
    pub digest: Option<String>,
}

/// The verdict over some checks: the worst of them.
pub(super) fn verdict(checks: &[Check]) -> Verdict {
    worst(checks.iter().map(Check::weight)).unwrap_or(Verdict::Unknown)
}

/// The worst of several.
pub(super) fn worst(verdicts: impl Iterator<Item = Verdict>) -> Option<Verdict> {
    verdicts.max_by_key(|verdict| severity(*verdict))
}

fn severity(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Valid => 0,
        Verdict::Attention => 1,
        Verdict::Unknown => 2,
        Verdict::Invalid => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [CheckName; 7] = [
        CheckName::Format,
        CheckName::Proof,
        CheckName::Issuer,
        CheckName::Status,
        CheckName::Dates,
        CheckName::Schema,
        CheckName::Recipient,
    ];

    fn with(changed: &[(CheckName, Outcome)]) -> Verdict {
        let checks: Vec<Check> = ALL
            .iter()
            .map(|name| {
                let outcome = changed
                    .iter()
                    .find(|(changed, _)| changed == name)
                    .map_or(Outcome::Passed, |(_, outcome)| *outcome);
                Check { check: *name, outcome, code: "x".into(), message: "X.".into() }
            })
            .collect();
        verdict(&checks)
    }

    #[test]
    fn only_passed_checks_are_valid_and_a_schema_that_is_not_at_hand_changes_nothing() {
        assert_eq!(with(&[]), Verdict::Valid);
        for name in ALL {
            assert_ne!(with(&[(name, Outcome::Failed)]), Verdict::Valid, "{name:?}");
            let unchecked = if name == CheckName::Schema { Verdict::Valid } else { Verdict::Unknown };
            assert_eq!(with(&[(name, Outcome::Unchecked)]), unchecked, "{name:?}");
        }
    }

    #[test]
    fn issuer_and_dates_are_amber_and_the_rest_is_red() {
        for name in [CheckName::Issuer, CheckName::Dates] {
            assert_eq!(with(&[(name, Outcome::Failed)]), Verdict::Attention);
        }
        for name in [CheckName::Format, CheckName::Proof, CheckName::Status, CheckName::Schema, CheckName::Recipient] {
            assert_eq!(with(&[(name, Outcome::Failed)]), Verdict::Invalid);
        }
    }

    #[test]
    fn the_worst_check_wins() {
        assert_eq!(
            with(&[(CheckName::Dates, Outcome::Failed), (CheckName::Status, Outcome::Unchecked)]),
            Verdict::Unknown
        );
        assert_eq!(
            with(&[(CheckName::Status, Outcome::Failed), (CheckName::Issuer, Outcome::Unchecked)]),
            Verdict::Invalid
        );
        assert_eq!(
            with(&[(CheckName::Dates, Outcome::Failed), (CheckName::Issuer, Outcome::Failed)]),
            Verdict::Attention
        );
    }

    #[test]
    fn no_checks_at_all_are_not_a_valid_badge() {
        assert_eq!(verdict(&[]), Verdict::Unknown);
    }
}
