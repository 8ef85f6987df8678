//! An award as the API and the command line show it to whoever may read the record.

use super::urls::Urls;
use crate::domain::{
    award::{Award, AwardState},
    level::LevelContent,
    recipient::Person,
    rubric::Grades,
};
use jiff::{Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct AwardView {
    pub id: String,
    /// The page of the badge, and the `id` of its credential.
    pub badge_url: String,
    /// The signed credential, JSON.
    pub credential_url: String,
    /// The page that always shows the current state: the link to share.
    pub certification_url: String,
    pub level: String,
    pub level_version: i64,
    pub recipient: RecipientView,
    /// `upcoming`, `current`, `expiring`, `expired`, `superseded`, `suspended` or `revoked`.
    pub state: String,
    #[schema(value_type = String, format = DateTime)]
    pub valid_from: Timestamp,
    #[schema(value_type = Option<String>, format = DateTime)]
    pub valid_until: Option<Timestamp>,
    #[schema(value_type = String, format = DateTime)]
    pub issued_at: Timestamp,
    pub visibility: String,
    pub narrative: Option<String>,
    pub evidence_url: Option<String>,
    /// The grade reached on each criterion, by the criterion's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub results: Option<Grades>,
    /// The award that this one renews.
    pub renews: Option<String>,
    /// The award that renewed this one.
    pub superseded_by: Option<String>,
    #[schema(value_type = Option<String>, format = DateTime)]
    pub revoked_at: Option<Timestamp>,
    pub revocation_reason: Option<String>,
    /// Since when it is suspended.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub suspended_at: Option<Timestamp>,
    pub suspension_reason: Option<String>,
    /// When its last suspension was lifted: from then on its credential is valid, and `valid_from` is when it was awarded.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub resumed_at: Option<Timestamp>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct RecipientView {
    pub name: String,
    pub email: String,
    pub team: Option<String>,
    pub name_public: bool,
}

impl AwardView {
    /// The view at `now`; `content` is the award's version of its level, `zone` the issuer's.
    pub fn of(
        award: &Award,
        person: &Person,
        content: &LevelContent,
        urls: Urls,
        now: Timestamp,
        zone: &TimeZone,
    ) -> Self {
        let badge_url = urls.badge(&award.id);
        AwardView {
            id: award.id.clone(),
            credential_url: format!("{badge_url}.json"),
            badge_url,
            certification_url: urls.certification(&award.lineage_id),
            level: award.level_id.clone(),
            level_version: award.level_version,
            recipient: RecipientView {
                name: person.name.clone(),
                email: person.email.clone(),
                team: person.team.clone(),
                name_public: person.name_public,
            },
            state: state_word(award.state(now, content.renewal_window, zone)).to_owned(),
            valid_from: award.valid_from,
            valid_until: award.valid_until,
            issued_at: award.issued_at,
            visibility: award.visibility.as_str().to_owned(),
            narrative: award.narrative.clone(),
            evidence_url: award.evidence_url.clone(),
            results: award.results.clone(),
            renews: award.renews.clone(),
            superseded_by: award.superseded_by.clone(),
            revoked_at: award.revoked_at,
            revocation_reason: award.revocation_reason.clone(),
            suspended_at: award.suspended_at,
            suspension_reason: award.suspension_reason.clone(),
            resumed_at: award.resumed_at,
        }
    }
}

/// The state's word on the API.
pub fn state_word(state: AwardState) -> &'static str {
    match state {
        AwardState::Upcoming => "upcoming",
        AwardState::Current => "current",
        AwardState::Expiring => "expiring",
        AwardState::Expired => "expired",
        AwardState::Superseded => "superseded",
        AwardState::Suspended => "suspended",
        AwardState::Revoked => "revoked",
    }
}
