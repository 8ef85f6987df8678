//! An award, its states and its transitions.
//!
//! - A state is worked out from dates, never stored; only revocation, suspension and being superseded are facts of their own.
//! - Revocation is final. A suspension can be lifted: then the credential is signed anew, and begins that day (decision 0069).
//! - An expired award is still shown. A renewal is a new award in the same lineage.
//! - The signed credential is kept as it was given out and not made again but after a suspension. It is made of the award, the person's
//!   address, the level's version and the issuer's name and addresses. All but the issuer's are never changed; whoever lets those be
//!   edited must keep them by version too, or `laurel audit` will find credentials that differ from the record.

use super::{level::LevelContent, period::Period, rubric::Grades};
use crate::credential::document::Evidence;
use jiff::{Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Who may see an award: its holder and the issuer, whoever has the link, or everyone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    Private,
    #[default]
    Link,
    Public,
}

impl Visibility {
    pub fn as_str(self) -> &'static str {
        match self {
            Visibility::Private => "private",
            Visibility::Link => "link",
            Visibility::Public => "public",
        }
    }

    pub fn parse(text: &str) -> Result<Self, String> {
        match text {
            "private" => Ok(Visibility::Private),
            "link" => Ok(Visibility::Link),
            "public" => Ok(Visibility::Public),
            other => Err(format!("“{other}” is not a visibility; use private, link or public")),
        }
    }
}

/// One row of the record. Times are whole seconds.
#[derive(Clone, Debug, PartialEq)]
pub struct Award {
    /// Unguessable; the credential is `{base}/badges/{id}`.
    pub id: String,
    pub lineage_id: String,
    pub issuer_id: String,
    pub person_id: String,
    pub level_id: String,
    /// Which version of the level's content it was given under.
    pub level_version: i64,
    pub valid_from: Timestamp,
    pub valid_until: Option<Timestamp>,
    /// When it was signed: the proof's `created`.
    pub issued_at: Timestamp,
    /// The DID URL of the key that signed it.
    pub verification_method: String,
    /// `urn:uuid:…`: says nothing about the person.
    pub subject_id: String,
    /// The salt of the hashed e-mail identifier (hex).
    pub salt: String,
    pub narrative: Option<String>,
    pub evidence_url: Option<String>,
    /// What was handed in here and assessed, as the credential tells of it.
    pub evidence: Vec<Evidence>,
    /// What the panel that decided says for it: its signed EndorsementCredential, which stands in the credential.
    pub endorsement: Option<Value>,
    /// The grades that were reached, where the level has a rubric and they were told.
    pub results: Option<Grades>,
    pub visibility: Visibility,
    pub status_list_id: String,
    pub status_index: u32,
    /// The award that this one renews.
    pub renews: Option<String>,
    /// The award that renewed this one.
    pub superseded_by: Option<String>,
    pub revoked_at: Option<Timestamp>,
    pub revocation_reason: Option<String>,
    /// Since when it is suspended.
    pub suspended_at: Option<Timestamp>,
    pub suspension_reason: Option<String>,
    /// When the last suspension was lifted.
    pub resumed_at: Option<Timestamp>,
    /// The signed credential, byte for byte as it was given out.
    /// Empty once its holder was erased.
    pub credential: String,
}

/// How an award stands at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AwardState {
    /// Not before `valid_from`.
    Upcoming,
    Current,
    /// Current, and inside its renewal window.
    Expiring,
    Expired,
    /// A renewal has taken its place; the credential itself still verifies until it ends.
    Superseded,
    /// It counts no more until that is lifted, also when it ends meanwhile.
    Suspended,
    Revoked,
}

impl Award {
    /// Its holder was erased (decision 0063): nothing signed of it is here any more.
    pub fn is_erased(&self) -> bool {
        self.credential.is_empty()
    }

    /// Its issuer has it marked in its status list: whatever is about of it counts no more.
    pub fn is_taken_back(&self) -> bool {
        self.revoked_at.is_some() || self.suspended_at.is_some()
    }

    /// Taken back, and it may be good again.
    pub fn is_suspended(&self) -> bool {
        self.suspended_at.is_some() && self.revoked_at.is_none()
    }

    /// The `validFrom` of its credential.
    pub fn in_force_from(&self) -> Timestamp {
        self.begun_anew().unwrap_or(self.valid_from)
    }

    /// When its credential began anew, later than it was awarded: a suspension was lifted while there was time left.
    pub fn begun_anew(&self) -> Option<Timestamp> {
        let between = |at: &Timestamp| *at > self.valid_from && self.valid_until.is_none_or(|end| *at < end);
        self.resumed_at.filter(between)
    }

    /// The state at `now`; `window` is the level's renewal window, counted back from the end in `zone`.
    pub fn state(&self, now: Timestamp, window: Option<Period>, zone: &TimeZone) -> AwardState {
        if self.revoked_at.is_some() {
            AwardState::Revoked
        } else if self.suspended_at.is_some() {
            AwardState::Suspended
        } else if self.superseded_by.is_some() {
            AwardState::Superseded
        } else if now < self.valid_from {
            AwardState::Upcoming
        } else {
            match self.valid_until {
                Some(end) if now >= end => AwardState::Expired,
                Some(end) if renewal_opens(end, window, zone).is_some_and(|opens| now >= opens) => AwardState::Expiring,
                _ => AwardState::Current,
            }
        }
    }
}

/// When a renewal may begin: the window before the end, or none when the level has no window.
pub fn renewal_opens(end: Timestamp, window: Option<Period>, zone: &TimeZone) -> Option<Timestamp> {
    window?.before(end, zone)
}

/// Why an award can't be renewed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RenewalRefused {
    #[error("it was revoked, and a revocation can't be taken back; issue a new award instead")]
    Revoked,
    #[error("it is suspended; have that lifted first, or have it revoked")]
    Suspended,
    #[error("it has been renewed already; renew the newest award of its certification")]
    Superseded,
    #[error("it never expires, so there is nothing to renew")]
    Endless,
    #[error("it is too early; renewal opens on {0:.0}")]
    TooEarly(Timestamp),
    #[error("the new end would lie outside the calendar")]
    OutOfRange,
}

/// The dates of a renewal made at `now`: inside the window it extends from the old end, after the end it starts anew.
pub fn renewal_dates(
    old: &Award,
    content: &LevelContent,
    now: Timestamp,
    zone: &TimeZone,
) -> Result<(Timestamp, Option<Timestamp>), RenewalRefused> {
    if old.revoked_at.is_some() {
        return Err(RenewalRefused::Revoked);
    }
    if old.superseded_by.is_some() {
        return Err(RenewalRefused::Superseded);
    }
    if old.suspended_at.is_some() {
        return Err(RenewalRefused::Suspended);
    }
    let end = old.valid_until.ok_or(RenewalRefused::Endless)?;
    let from = if now < end {
        match renewal_opens(end, content.renewal_window, zone) {
            Some(opens) if now < opens => return Err(RenewalRefused::TooEarly(opens)),
            Some(_) => end,
            None => return Err(RenewalRefused::TooEarly(end)),
        }
    } else {
        now
    };
    let until = match content.validity {
        Some(validity) => Some(validity.after(from, zone).ok_or(RenewalRefused::OutOfRange)?),
        None => None,
    };
    // The new credential is good from the moment it is given, though its end counts from the old one.
    Ok((now, until))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    pub(crate) fn award(until: Option<&str>) -> Award {
        Award {
            id: "a".into(),
            lineage_id: "l".into(),
            issuer_id: "i".into(),
            person_id: "p".into(),
            level_id: "craft.pro".into(),
            level_version: 1,
            valid_from: at("2026-05-03T10:00:00Z"),
            valid_until: until.map(at),
            issued_at: at("2026-05-03T10:00:00Z"),
            verification_method: "did:web:x#key-1".into(),
            subject_id: "urn:uuid:0".into(),
            salt: "00".into(),
            narrative: None,
            evidence_url: None,
            evidence: Vec::new(),
            endorsement: None,
            results: None,
            visibility: Visibility::Link,
            status_list_id: "s".into(),
            status_index: 0,
            renews: None,
            superseded_by: None,
            revoked_at: None,
            revocation_reason: None,
            suspended_at: None,
            suspension_reason: None,
            resumed_at: None,
            credential: String::new(),
        }
    }

    fn content() -> LevelContent {
        LevelContent {
            name: "Professional".into(),
            description: "d".into(),
            criteria: "c".into(),
            image: "0".into(),
            tags: vec![],
            alignments: vec![],
            competencies: vec![],
            rubric: None,
            validity: Period::parse("P2Y").ok(),
            renewal_window: Period::parse("P90D").ok(),
            ..LevelContent::default()
        }
    }

    #[test]
    fn an_award_goes_from_upcoming_through_current_and_expiring_to_expired() {
        let (award, window) = (award(Some("2028-05-03T10:00:00Z")), Period::parse("P90D").ok());
        let state = |now: &str| award.state(at(now), window, &TimeZone::UTC);
        assert_eq!(state("2026-05-03T09:59:59Z"), AwardState::Upcoming);
        assert_eq!(state("2026-05-03T10:00:00Z"), AwardState::Current);
        assert_eq!(state("2028-02-03T09:59:59Z"), AwardState::Current);
        assert_eq!(state("2028-02-03T10:00:00Z"), AwardState::Expiring);
        assert_eq!(state("2028-05-03T10:00:00Z"), AwardState::Expired);
    }

    #[test]
    fn revocation_outweighs_every_other_state() {
        let mut award = award(Some("2028-05-03T10:00:00Z"));
        award.superseded_by = Some("b".into());
        assert_eq!(award.state(at("2027-01-01T00:00:00Z"), None, &TimeZone::UTC), AwardState::Superseded);
        award.revoked_at = Some(at("2027-01-01T00:00:00Z"));
        assert_eq!(award.state(at("2030-01-01T00:00:00Z"), None, &TimeZone::UTC), AwardState::Revoked);
    }

    #[test]
    fn a_suspension_outweighs_the_dates_and_gives_way_to_what_is_final() {
        let mut award = award(Some("2028-05-03T10:00:00Z"));
        award.suspended_at = Some(at("2027-01-01T00:00:00Z"));
        let state = |award: &Award, now: &str| award.state(at(now), None, &TimeZone::UTC);
        assert_eq!(state(&award, "2027-01-01T00:00:00Z"), AwardState::Suspended);
        assert_eq!(state(&award, "2029-01-01T00:00:00Z"), AwardState::Suspended, "its end lifts nothing");
        award.superseded_by = Some("b".into());
        assert_eq!(state(&award, "2029-01-01T00:00:00Z"), AwardState::Suspended, "nor does what took its place");
        award.revoked_at = Some(at("2027-02-01T00:00:00Z"));
        assert_eq!(state(&award, "2027-03-01T00:00:00Z"), AwardState::Revoked);
        assert!(award.is_taken_back());
    }

    #[test]
    fn what_was_resumed_begins_anew_where_time_is_left() {
        let mut award = award(Some("2028-05-03T10:00:00Z"));
        let begins = |award: &mut Award, resumed: &str| {
            award.resumed_at = Some(at(resumed));
            award.in_force_from()
        };
        assert_eq!(award.in_force_from(), award.valid_from);
        assert_eq!(begins(&mut award, "2027-01-01T00:00:00Z"), at("2027-01-01T00:00:00Z"));
        let first = award.valid_from;
        for none in ["2026-05-03T10:00:00Z", "2026-01-01T00:00:00Z", "2028-05-03T10:00:00Z", "2029-01-01T00:00:00Z"] {
            assert_eq!(begins(&mut award, none), first, "{none}");
        }
        award.valid_until = None;
        assert_eq!(begins(&mut award, "2029-01-01T00:00:00Z"), at("2029-01-01T00:00:00Z"));
    }

    #[test]
    fn a_renewal_inside_the_window_extends_from_the_old_end() {
        let now = at("2028-04-01T00:00:00Z");
        let dates = renewal_dates(&award(Some("2028-05-03T10:00:00Z")), &content(), now, &TimeZone::UTC);
        assert_eq!(dates, Ok((now, Some(at("2030-05-03T10:00:00Z")))));
    }

    #[test]
    fn a_renewal_after_the_end_starts_anew() {
        let now = at("2028-06-01T00:00:00Z");
        let dates = renewal_dates(&award(Some("2028-05-03T10:00:00Z")), &content(), now, &TimeZone::UTC);
        assert_eq!(dates, Ok((now, Some(at("2030-06-01T00:00:00Z")))));
    }

    #[test]
    fn a_renewal_is_refused_too_early_when_suspended_twice_when_revoked_and_when_endless() {
        let now = at("2026-06-01T00:00:00Z");
        let refused = |award: &Award| renewal_dates(award, &content(), now, &TimeZone::UTC).unwrap_err();
        let mut award_ = award(Some("2028-05-03T10:00:00Z"));
        assert!(matches!(refused(&award_), RenewalRefused::TooEarly(_)));
        award_.suspended_at = Some(now);
        assert_eq!(refused(&award_), RenewalRefused::Suspended);
        award_.superseded_by = Some("b".into());
        assert_eq!(refused(&award_), RenewalRefused::Superseded);
        award_.revoked_at = Some(now);
        assert_eq!(refused(&award_), RenewalRefused::Revoked);
        assert_eq!(refused(&award(None)), RenewalRefused::Endless);
    }
}
