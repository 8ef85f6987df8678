//! Why something could not be done as things stand, in the reader's language.

use super::text::Text;
use crate::actions::Conflict;
use std::borrow::Cow;

/// None for what no page asks for: files, programs and the command line have the action's own words.
pub fn sentence(t: &Text, why: Conflict) -> Option<Cow<'static, str>> {
    Some(match why {
        Conflict::AlreadyEnrolled => t.get("cannot-already-enrolled"),
        Conflict::Held => t.get("cannot-held"),
        Conflict::OwnPath => t.get("cannot-own-path"),
        Conflict::WayEnded => t.get("cannot-way-ended"),
        Conflict::AlreadyMet => t.get("cannot-already-met"),
        Conflict::NeedsBadge => t.get("cannot-needs-badge"),
        Conflict::NeedsWord => t.get("cannot-needs-word"),
        Conflict::WorkHandedIn => t.get("cannot-work-handed-in"),
        Conflict::HandedIn => t.get("cannot-handed-in"),
        Conflict::NotHandedIn => t.get("cannot-not-handed-in"),
        Conflict::BeingAssessed => t.get("cannot-being-assessed"),
        Conflict::ChangedElsewhere => t.get("cannot-changed-elsewhere"),
        Conflict::NoPanel => t.get("cannot-no-panel"),
        Conflict::Assessed => t.get("cannot-assessed"),
        Conflict::Lapsed => t.get("cannot-lapsed"),
        Conflict::TooMuchEvidence => t.get("cannot-too-much-evidence"),
        Conflict::HasMentor => t.get("cannot-has-mentor"),
        Conflict::NoMentor => t.get("cannot-no-mentor"),
        Conflict::NoMentorToRead => t.get("cannot-no-mentor-to-read"),
        Conflict::ScoresHandedIn => t.get("cannot-scores-handed-in"),
        Conflict::Scoring => t.get("cannot-scoring"),
        Conflict::NotAgreed => t.get("cannot-not-agreed"),
        Conflict::DecisionProposed => t.get("cannot-decision-proposed"),
        Conflict::PanelDone => t.get("cannot-panel-done"),
        Conflict::SecondLookDone => t.get("cannot-second-look-done"),
        Conflict::OwnCase => t.get("cannot-own-case"),
        Conflict::EnrolmentEnded => t.get("cannot-enrolment-ended"),
        Conflict::NotRenewable => t.get("cannot-not-renewable"),
        Conflict::AlreadyHeld => t.get("cannot-already-held"),
        Conflict::NoRubric => t.get("cannot-no-rubric"),
        Conflict::Declared => t.get("cannot-declared"),
        Conflict::AlreadyAppealed => t.get("cannot-already-appealed"),
        Conflict::AnswerFinal => t.get("cannot-answer-final"),
        Conflict::NotRevoked => t.get("cannot-not-revoked"),
        Conflict::AppealDecided => t.get("cannot-appeal-decided"),
        Conflict::Passed => t.get("cannot-passed"),
        Conflict::OffThePath => t.get("cannot-off-the-path"),
        Conflict::TooLate => t.get("cannot-too-late"),
        Conflict::OwnAppeal => t.get("cannot-own-appeal"),
        Conflict::NotDecided => t.get("cannot-not-decided"),
        Conflict::AlreadySample => t.get("cannot-already-sample"),
        Conflict::SampleClosed => t.get("cannot-sample-closed"),
        Conflict::SampleScored => t.get("cannot-sample-scored"),
        Conflict::NotYourProposal => t.get("cannot-not-your-proposal"),
        Conflict::ProposalClosed => t.get("cannot-proposal-closed"),
        Conflict::VotingOver => t.get("cannot-voting-over"),
        Conflict::NoVote => t.get("cannot-no-vote"),
        Conflict::VotesMissing => t.get("cannot-votes-missing"),
        Conflict::NoMinutes => t.get("cannot-no-minutes"),
        Conflict::ChangedSince => t.get("cannot-changed-since"),
        Conflict::CommitteeDecides => t.get("cannot-committee-decides"),
        Conflict::LeftNoSignIn => t.get("cannot-left-no-sign-in"),
        Conflict::LeftNoSeat => t.get("cannot-left-no-seat"),
        Conflict::LeftNoRole => t.get("cannot-left-no-role"),
        Conflict::TermNotRunning => t.get("cannot-term-not-running"),
        Conflict::RoleHeld => t.get("cannot-role-held"),
        Conflict::RoleNotHeld => t.get("cannot-role-not-held"),
        Conflict::OwnRole => t.get("cannot-own-role"),
        Conflict::NoBadge => t.get("cannot-no-badge"),
        Conflict::OwnBadge => t.get("cannot-own-badge"),
        Conflict::BadgeOver => t.get("cannot-badge-over"),
        Conflict::EndorsedBefore => t.get("cannot-endorsed-before"),
        Conflict::TooManyAsked => t.get("cannot-too-many-asked"),
        Conflict::Withdrawn => t.get("cannot-withdrawn"),
        Conflict::OwnErasing => t.get("cannot-own-erasing"),
        Conflict::AlreadyThere => t.get("cannot-already-there"),
        Conflict::EmailTaken => t.get("cannot-email-taken"),
        Conflict::UserNameTaken => t.get("cannot-user-name-taken"),
        Conflict::ExternalIdTaken => t.get("cannot-external-id-taken"),
        Conflict::TeamNameTaken => t.get("cannot-team-name-taken"),
        Conflict::AlreadyRevoked => t.get("cannot-already-revoked"),
        Conflict::Revoked => t.get("cannot-revoked"),
        Conflict::Superseded => t.get("cannot-superseded"),
        Conflict::Suspended => t.get("cannot-suspended"),
        Conflict::AlreadySuspended => t.get("cannot-already-suspended"),
        Conflict::NotSuspended => t.get("cannot-not-suspended"),
        Conflict::OwnSuspension => t.get("cannot-own-suspension"),
        Conflict::Endless => t.get("cannot-endless"),
        Conflict::TooEarly => t.get("cannot-too-early"),
        Conflict::OutOfCalendar => t.get("cannot-out-of-calendar"),
        Conflict::NoKeyToAsk => t.get("cannot-no-key-to-ask"),
        Conflict::NotForWallet => t.get("cannot-not-for-wallet"),
        Conflict::WebhookOff => t.get("cannot-webhook-off"),
        Conflict::WebhookUnsigned => t.get("cannot-webhook-unsigned"),
        Conflict::TooManyWebhooks => t.get("cannot-too-many-webhooks"),
        Conflict::KeyExists
        | Conflict::KeyState
        | Conflict::TokenRevoked
        | Conflict::IssuerExists
        | Conflict::TooManyTrusted
        | Conflict::InConfiguration
        | Conflict::Offset
        // The script of the pages has words for these.
        | Conflict::NotFresh
        | Conflict::NoDomain
        | Conflict::TooManyPasskeys
        | Conflict::PasskeyKnown
        | Conflict::PasskeyLate
        | Conflict::PasskeyRefused
        | Conflict::PasskeyCopied
        | Conflict::PasskeyRemoved
        | Conflict::PasskeyWithoutRole => return None,
    })
}
