//! Being on the way to a level: one enrolment at a time for a person and level, under the version of the level that was current when
//! it began.
//!
//! An enrolment is active until it ends, once: passed by a decision, withdrawn by the learner, or closed by an owner of the program.
//! Whoever holds the level may enrol again only inside its renewal window, and then for the renewal.

use super::{
    actor::{Member, Role},
    award::{Award, AwardState, renewal_opens},
    level::LevelContent,
    period::Period,
    progress::{Asked, Occasion},
};
use jiff::{Timestamp, tz::TimeZone};

#[derive(Clone, Debug, PartialEq)]
pub struct Enrolment {
    pub id: String,
    pub person_id: String,
    /// The level's.
    pub program_id: String,
    pub level_id: String,
    /// Whose requirements count.
    pub level_version: i64,
    pub aim: Aim,
    pub state: EnrolmentState,
    pub mentor_id: Option<String>,
    /// The learner has asked for a mentor who is not given yet.
    pub mentor_wanted: bool,
    pub enrolled_at: Timestamp,
    pub ended_at: Option<Timestamp>,
}

/// What someone enrols for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Aim {
    /// A first badge, also after a lapse.
    First,
    /// The renewal of this award.
    Renewal { award: String },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EnrolmentState {
    Active,
    Passed,
    Withdrawn,
    Closed,
}

/// What someone is to an enrolment, and so what they may see and do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    Learner,
    /// Goes along with this learner, and holds the role still.
    Mentor,
    /// Runs the program.
    Owner,
    /// Sits on the program's panels: sees a path only where a route of it is theirs to confirm.
    Assessor,
}

/// Why someone can't enrol now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EnrolmentRefused {
    #[error("it is held for ever, so there is nothing to renew")]
    HeldForEver,
    #[error("it is suspended, and that has to be decided first")]
    Suspended,
    #[error("it is held already; the renewal opens on {0:.0}")]
    HeldUntil(Timestamp),
}

impl EnrolmentState {
    pub const ALL: [EnrolmentState; 4] =
        [EnrolmentState::Active, EnrolmentState::Passed, EnrolmentState::Withdrawn, EnrolmentState::Closed];

    pub fn as_str(self) -> &'static str {
        match self {
            EnrolmentState::Active => "active",
            EnrolmentState::Passed => "passed",
            EnrolmentState::Withdrawn => "withdrawn",
            EnrolmentState::Closed => "closed",
        }
    }

    pub fn parse(text: &str) -> Result<Self, String> {
        let found = EnrolmentState::ALL.into_iter().find(|state| state.as_str() == text);
        found.ok_or_else(|| format!("“{text}” is not a state of an enrolment; use active, passed, withdrawn or closed"))
    }
}

impl Enrolment {
    pub fn is_active(&self) -> bool {
        self.state == EnrolmentState::Active
    }

    /// The closest of what someone is to it; none for a stranger, to whom it isn't there.
    pub fn relation(&self, member: &Member) -> Option<Relation> {
        let has = |role| member.has_in(role, &self.program_id);
        if self.person_id == member.id {
            Some(Relation::Learner)
        } else if self.mentor_id.as_ref() == Some(&member.id) && has(Role::Mentor) {
            Some(Relation::Mentor)
        } else if has(Role::Owner) {
            Some(Relation::Owner)
        } else {
            has(Role::Assessor).then_some(Relation::Assessor)
        }
    }

    /// Whether nobody need give its badge once nothing is missing: a renewal whose level says what it asks for, none of it assessed.
    pub fn gives_itself(&self, content: &LevelContent) -> bool {
        matches!(self.aim, Aim::Renewal { .. }) && content.renewal.as_ref().is_some_and(|renewal| !renewal.assessed)
    }

    /// What its level asks for; `content` is that of its version.
    pub fn asked<'a>(&self, content: &'a LevelContent) -> Asked<'a> {
        content.asked(match self.aim {
            Aim::First => Occasion::First,
            Aim::Renewal { .. } => Occasion::Renewal,
        })
    }
}

/// What someone would enrol for at `now`: `newest` is the newest award of the level they were given, `window` its renewal window
/// and `grace` how long after its end it may still be renewed.
pub fn aim(
    newest: Option<&Award>,
    window: Option<Period>,
    grace: Option<Period>,
    now: Timestamp,
    zone: &TimeZone,
) -> Result<Aim, EnrolmentRefused> {
    let Some(award) = newest else { return Ok(Aim::First) };
    let renewal = || Aim::Renewal { award: award.id.clone() };
    match (award.state(now, window, zone), award.valid_until) {
        (AwardState::Revoked | AwardState::Superseded, _) => Ok(Aim::First),
        (AwardState::Suspended, _) => Err(EnrolmentRefused::Suspended),
        (AwardState::Expiring, _) => Ok(renewal()),
        (AwardState::Expired, Some(end)) => {
            let within = grace.and_then(|grace| grace.after(end, zone)).is_some_and(|last| now < last);
            Ok(if within { renewal() } else { Aim::First })
        }
        (_, None) => Err(EnrolmentRefused::HeldForEver),
        (_, Some(end)) => Err(EnrolmentRefused::HeldUntil(renewal_opens(end, window, zone).unwrap_or(end))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        actor::Grant,
        award::tests::{at, award},
    };

    #[test]
    fn one_is_to_an_enrolment_what_one_is_in_its_program_and_a_stranger_otherwise() {
        let enrolment = Enrolment {
            id: "e".into(),
            person_id: "ada".into(),
            program_id: "craft".into(),
            level_id: "craft.master".into(),
            level_version: 1,
            aim: Aim::First,
            state: EnrolmentState::Active,
            mentor_id: Some("bao".into()),
            mentor_wanted: false,
            enrolled_at: Timestamp::UNIX_EPOCH,
            ended_at: None,
        };
        let is = |id: &str, role: Option<Role>, program: &str| {
            let grants = role.into_iter().map(|role| Grant { role, program: Some(program.to_owned()) }).collect();
            enrolment.relation(&Member { id: id.into(), name: String::new(), grants, manages: true })
        };
        assert_eq!(is("ada", Some(Role::Owner), "craft"), Some(Relation::Learner));
        assert_eq!(is("bao", Some(Role::Mentor), "craft"), Some(Relation::Mentor));
        assert_eq!(is("bao", None, "craft"), None, "the role is theirs no longer");
        assert_eq!(is("cid", Some(Role::Mentor), "craft"), None, "goes along with others");
        assert_eq!(is("cid", Some(Role::Owner), "craft"), Some(Relation::Owner));
        assert_eq!(is("cid", Some(Role::Assessor), "craft"), Some(Relation::Assessor));
        for role in Role::ALL {
            assert_eq!(is("cid", Some(role), "data"), None, "{role:?} of another program");
        }
        for role in [Role::Committee, Role::Auditor, Role::Administrator] {
            assert_eq!(is("cid", Some(role), "craft"), None, "{role:?}");
        }
    }

    fn aims(award: Option<&Award>, grace: Option<&str>, now: &str) -> Result<Aim, EnrolmentRefused> {
        let period = |text| Period::parse(text).ok();
        aim(award, period("P90D"), grace.and_then(period), at(now), &TimeZone::UTC)
    }

    #[test]
    fn whoever_holds_a_level_enrols_only_to_renew_it_and_only_in_its_window() {
        let held = award(Some("2028-05-03T10:00:00Z"));
        let opens = at("2028-02-03T10:00:00Z");
        let renewal = Ok(Aim::Renewal { award: "a".into() });
        assert_eq!(aims(None, None, "2026-06-01T00:00:00Z"), Ok(Aim::First));
        assert_eq!(aims(Some(&held), None, "2026-06-01T00:00:00Z"), Err(EnrolmentRefused::HeldUntil(opens)));
        assert_eq!(aims(Some(&held), None, "2028-02-03T10:00:00Z"), renewal);
        assert_eq!(aims(Some(&award(None)), None, "2028-02-03T10:00:00Z"), Err(EnrolmentRefused::HeldForEver));
    }

    #[test]
    fn after_its_end_a_level_is_renewed_within_the_grace_and_begun_anew_later() {
        let held = award(Some("2028-05-03T10:00:00Z"));
        assert_eq!(aims(Some(&held), None, "2028-05-03T10:00:00Z"), Ok(Aim::First));
        assert_eq!(aims(Some(&held), Some("P30D"), "2028-06-01T00:00:00Z"), Ok(Aim::Renewal { award: "a".into() }));
        assert_eq!(aims(Some(&held), Some("P30D"), "2028-06-03T00:00:00Z"), Ok(Aim::First));
    }

    #[test]
    fn what_was_revoked_is_begun_anew() {
        let mut held = award(Some("2028-05-03T10:00:00Z"));
        held.suspended_at = Some(at("2026-05-20T00:00:00Z"));
        assert_eq!(aims(Some(&held), None, "2029-06-01T00:00:00Z"), Err(EnrolmentRefused::Suspended));
        held.revoked_at = Some(at("2026-06-01T00:00:00Z"));
        assert_eq!(aims(Some(&held), None, "2026-07-01T00:00:00Z"), Ok(Aim::First));
    }
}
