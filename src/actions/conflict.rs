//! Why a record is in a state that does not allow what was asked. Each has a code, which is stable and for programs (several may share
//! one), and on pages a sentence of its own (web/conflicts.rs).

macro_rules! conflicts {
    ($($why:ident => $code:literal,)*) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Conflict {
            $($why,)*
        }

        impl Conflict {
            pub fn code(self) -> &'static str {
                match self {
                    $(Conflict::$why => $code,)*
                }
            }
        }
    };
}

conflicts! {
    AlreadyEnrolled => "already_enrolled",
    Held => "held",
    OwnPath => "own_path",
    WayEnded => "ended",
    AlreadyMet => "already_met",
    NeedsBadge => "needs_badge",
    NeedsWord => "needs_word",
    WorkHandedIn => "handed_in",
    HandedIn => "handed_in",
    NotHandedIn => "not_handed_in",
    BeingAssessed => "being_assessed",
    ChangedElsewhere => "changed_elsewhere",
    NoPanel => "not_assessed",
    Assessed => "assessed",
    Lapsed => "lapsed",
    TooMuchEvidence => "too_many",
    HasMentor => "has_mentor",
    NoMentor => "no_mentor",
    NoMentorToRead => "no_mentor",
    ScoresHandedIn => "handed_in",
    Scoring => "scoring",
    NotAgreed => "not_agreed",
    DecisionProposed => "proposed",
    PanelDone => "decided",
    SecondLookDone => "decided",
    OwnCase => "own_case",
    EnrolmentEnded => "enrolment_ended",
    NotRenewable => "not_renewable",
    AlreadyHeld => "already_held",
    NoRubric => "not_assessed",
    Declared => "declared",
    AlreadyAppealed => "appealed",
    AnswerFinal => "appealed",
    NotRevoked => "not_revoked",
    AppealDecided => "decided",
    Passed => "passed",
    OffThePath => "enrolment_ended",
    TooLate => "too_late",
    OwnAppeal => "own_case",
    NotDecided => "not_decided",
    AlreadySample => "marked",
    SampleClosed => "closed",
    SampleScored => "handed_in",
    NotYourProposal => "not_yours",
    ProposalClosed => "closed",
    VotingOver => "closed",
    NoVote => "no_vote",
    NoBadge => "no_badge",
    VotesMissing => "votes_missing",
    NoMinutes => "no_minutes",
    ChangedSince => "changed_since",
    CommitteeDecides => "committee_decides",
    LeftNoSignIn => "has_left",
    LeftNoSeat => "has_left",
    LeftNoRole => "has_left",
    TermNotRunning => "not_running",
    RoleHeld => "already_held",
    RoleNotHeld => "not_held",
    OwnRole => "own_role",
    OwnErasing => "own_erasing",
    AlreadyThere => "already_there",
    EmailTaken => "email_taken",
    UserNameTaken => "user_name_taken",
    ExternalIdTaken => "external_id_taken",
    TeamNameTaken => "name_taken",
    AlreadyRevoked => "already_revoked",
    Revoked => "revoked",
    Superseded => "superseded",
    Endless => "endless",
    TooEarly => "too_early",
    OutOfCalendar => "out_of_calendar",
    KeyExists => "key_exists",
    KeyState => "key_state",
    TokenRevoked => "already_revoked",
    IssuerExists => "issuer_exists",
    TooManyTrusted => "too_many",
    InConfiguration => "in_configuration",
    Offset => "offset",
    NotFresh => "not_fresh",
    NoDomain => "no_domain",
    TooManyPasskeys => "too_many",
    PasskeyKnown => "known",
    PasskeyLate => "late",
    PasskeyRefused => "refused",
    PasskeyCopied => "counter",
    PasskeyRemoved => "unknown_passkey",
    PasskeyWithoutRole => "not_administrator",
    NotForWallet => "not_current",
    NoKeyToAsk => "no_key",
    WebhookOff => "switched_off",
    WebhookUnsigned => "unsigned",
    TooManyWebhooks => "too_many",
}
