//! Committees: terms that rotate, proposals, votes and what they come to.
//!
//! Only those vote who were in term when a proposal was opened and still are when it closes. A decision needs its quorum of votes
//! (whoever abstains has voted, whoever is recused has not) and more for than against.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// How long before its end a term is announced to be ending.
pub const ANNOUNCED_DAYS: i64 = 60;

#[derive(Clone, Debug, PartialEq)]
pub struct Committee {
    pub program_id: String,
    pub quorum: u32,
    /// In which one can vote.
    pub days: u32,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    pub id: String,
    pub program_id: String,
    pub person_id: String,
    pub starts_at: Timestamp,
    /// Moved ahead when someone leaves early.
    pub ends_at: Timestamp,
    /// The term whose place it takes.
    pub follows: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TermStands {
    Ahead,
    Running,
    /// Within the days in which its end is announced.
    Ending,
    /// Over, and another took its place.
    Followed,
    /// Over, and nobody has taken its place.
    Overdue,
}

impl Term {
    pub fn runs(&self, now: Timestamp) -> bool {
        self.starts_at <= now && now < self.ends_at
    }

    /// `followed`: whether another term takes its place.
    pub fn stands(&self, followed: bool, now: Timestamp) -> TermStands {
        if now < self.starts_at {
            TermStands::Ahead
        } else if self.ends_at <= now {
            if followed { TermStands::Followed } else { TermStands::Overdue }
        } else if self.ends_at.duration_since(now) <= SignedDuration::from_hours(24 * ANNOUNCED_DAYS) {
            TermStands::Ending
        } else {
            TermStands::Running
        }
    }
}

/// What is proposed.
#[derive(Clone, Debug, PartialEq)]
pub enum Matter {
    /// A program file, over the newest version of each level when it was proposed.
    Criteria { file: String, based_on: Vec<(String, i64)> },
    /// A rule in words (Markdown), shown with the program.
    Policy { text: String },
    /// An award, for cause.
    Revocation { award: String },
}

impl Matter {
    pub fn kind(&self) -> &'static str {
        match self {
            Matter::Criteria { .. } => "criteria",
            Matter::Policy { .. } => "policy",
            Matter::Revocation { .. } => "revocation",
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    pub id: String,
    pub program_id: String,
    pub matter: Matter,
    pub title: String,
    pub reason: String,
    pub state: ProposalState,
    pub proposed_by: String,
    pub opened_at: Timestamp,
    pub closes_at: Timestamp,
    pub closed_at: Option<Timestamp>,
    /// Why it was accepted and could not be done.
    pub failure: Option<String>,
    pub minutes: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ProposalState {
    Open,
    Accepted,
    Rejected,
    /// Accepted, and could not be done.
    Failed,
    Withdrawn,
}

impl ProposalState {
    pub const ALL: [ProposalState; 5] = [
        ProposalState::Open,
        ProposalState::Accepted,
        ProposalState::Rejected,
        ProposalState::Failed,
        ProposalState::Withdrawn,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            ProposalState::Open => "open",
            ProposalState::Accepted => "accepted",
            ProposalState::Rejected => "rejected",
            ProposalState::Failed => "failed",
            ProposalState::Withdrawn => "withdrawn",
        }
    }

    pub fn parse(text: &str) -> Result<Self, String> {
        let found = ProposalState::ALL.into_iter().find(|state| state.as_str() == text);
        found.ok_or_else(|| format!("“{text}” is not a state of a proposal"))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Vote {
    For,
    Against,
    Abstain,
    /// Has a part in it, and so none in the decision.
    Recused,
}

impl Vote {
    pub const ALL: [Vote; 4] = [Vote::For, Vote::Against, Vote::Abstain, Vote::Recused];

    pub fn as_str(self) -> &'static str {
        match self {
            Vote::For => "for",
            Vote::Against => "against",
            Vote::Abstain => "abstain",
            Vote::Recused => "recused",
        }
    }

    pub fn parse(text: &str) -> Result<Self, String> {
        let found = Vote::ALL.into_iter().find(|vote| vote.as_str() == text);
        found.ok_or_else(|| format!("“{text}” is not a vote; use for, against, abstain or recused"))
    }
}

/// Someone who may vote on a proposal, or might if they were still in term.
#[derive(Clone, Debug, PartialEq)]
pub struct Seat {
    pub person_id: String,
    pub vote: Option<Vote>,
    pub comment: Option<String>,
}

/// What the votes make together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub for_it: u32,
    pub against: u32,
    pub abstained: u32,
    pub recused: u32,
    /// Have not voted.
    pub missing: u32,
}

impl Tally {
    /// Of those seats whose holders are in term.
    pub fn of(seats: &[Seat], in_term: &[String]) -> Self {
        let mut tally = Tally::default();
        for seat in seats.iter().filter(|seat| in_term.contains(&seat.person_id)) {
            *match seat.vote {
                Some(Vote::For) => &mut tally.for_it,
                Some(Vote::Against) => &mut tally.against,
                Some(Vote::Abstain) => &mut tally.abstained,
                Some(Vote::Recused) => &mut tally.recused,
                None => &mut tally.missing,
            } += 1;
        }
        tally
    }

    pub fn votes(&self) -> u32 {
        self.for_it + self.against + self.abstained
    }

    pub fn carried(&self, quorum: u32) -> bool {
        self.votes() >= quorum && self.for_it > self.against
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn term() -> Term {
        Term {
            id: "t".into(),
            program_id: "craft".into(),
            person_id: "ada".into(),
            starts_at: at("2026-01-01T00:00:00Z"),
            ends_at: at("2027-01-01T00:00:00Z"),
            follows: None,
        }
    }

    #[test]
    fn a_term_is_announced_to_end_and_overdue_until_someone_takes_its_place() {
        let stands = |now: &str, followed| term().stands(followed, at(now));
        assert_eq!(stands("2025-12-31T23:59:59Z", false), TermStands::Ahead);
        assert_eq!(stands("2026-11-01T00:00:00Z", false), TermStands::Running);
        assert_eq!(stands("2026-11-02T00:00:00Z", false), TermStands::Ending);
        assert_eq!(stands("2027-01-01T00:00:00Z", false), TermStands::Overdue);
        assert_eq!(stands("2027-01-01T00:00:00Z", true), TermStands::Followed);
        assert!(!term().runs(at("2027-01-01T00:00:00Z")) && term().runs(at("2026-01-01T00:00:00Z")));
    }

    fn tally(votes: &[Option<Vote>], in_term: usize) -> Tally {
        let seat = |(n, vote): (usize, &Option<Vote>)| Seat { person_id: n.to_string(), vote: *vote, comment: None };
        let seats: Vec<Seat> = votes.iter().enumerate().map(seat).collect();
        let in_term: Vec<String> = (0..in_term).map(|n| n.to_string()).collect();
        Tally::of(&seats, &in_term)
    }

    #[test]
    fn a_decision_needs_its_quorum_and_more_for_than_against() {
        use Vote::{Abstain, Against, For, Recused};
        assert!(tally(&[Some(For), Some(For), Some(Against)], 3).carried(3));
        assert!(!tally(&[Some(For), Some(Against)], 2).carried(2), "a tie is none");
        assert!(tally(&[Some(For), Some(Abstain), Some(Abstain)], 3).carried(3), "whoever abstains has voted");
        assert!(!tally(&[Some(For), Some(Recused), None], 3).carried(2), "whoever is recused has not");
        assert!(!tally(&[Some(For), Some(For), Some(For)], 2).carried(3), "nor has whoever is out of term");
        let counted = tally(&[Some(For), Some(Recused), None, Some(Against)], 3);
        assert_eq!((counted.for_it, counted.against, counted.recused, counted.missing), (1, 0, 1, 1));
    }
}
