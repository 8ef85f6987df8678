//! What a learner hands in to be assessed: a reflective statement and evidence.
//!
//! A draft is changed as often as one likes; each change names the revision it was made from, so that two windows never undo each
//! other's. Once handed in it stays as it is. It ends by a decision or by being withdrawn; after “not yet” a new one has the next
//! number. One is open at a time for an enrolment.

use jiff::Timestamp;

/// The longest statement, in characters.
pub const LONGEST_STATEMENT: usize = 20_000;

#[derive(Clone, Debug, PartialEq)]
pub struct Submission {
    pub id: String,
    pub enrolment_id: String,
    /// 1 for an enrolment's first.
    pub number: i64,
    pub state: SubmissionState,
    /// What the learner says of it; may be empty while it is a draft.
    pub statement: String,
    /// Grows with each change of a draft.
    pub revision: i64,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub submitted_at: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SubmissionState {
    Draft,
    /// Handed in: waits for its panel, or the panel is at it.
    Submitted,
    Decided,
    Withdrawn,
}

impl SubmissionState {
    pub const ALL: [SubmissionState; 4] =
        [SubmissionState::Draft, SubmissionState::Submitted, SubmissionState::Decided, SubmissionState::Withdrawn];

    pub fn as_str(self) -> &'static str {
        match self {
            SubmissionState::Draft => "draft",
            SubmissionState::Submitted => "submitted",
            SubmissionState::Decided => "decided",
            SubmissionState::Withdrawn => "withdrawn",
        }
    }

    pub fn parse(text: &str) -> Result<Self, String> {
        let found = SubmissionState::ALL.into_iter().find(|state| state.as_str() == text);
        found.ok_or_else(|| format!("“{text}” is not a state of a submission"))
    }

    /// Whether it can still become `next`.
    pub fn may_become(self, next: SubmissionState) -> bool {
        use SubmissionState::{Decided, Draft, Submitted, Withdrawn};
        matches!((self, next), (Draft, Submitted | Withdrawn) | (Submitted, Decided | Withdrawn))
    }

    pub fn is_open(self) -> bool {
        matches!(self, SubmissionState::Draft | SubmissionState::Submitted)
    }
}

/// A text as a form gives it, with the line ends of everyone else.
pub fn plain_lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_submission_goes_forward_and_what_has_ended_stays() {
        let allowed: Vec<_> = SubmissionState::ALL
            .into_iter()
            .flat_map(|from| SubmissionState::ALL.into_iter().map(move |to| (from, to)))
            .filter(|(from, to)| from.may_become(*to))
            .map(|(from, to)| (from.as_str(), to.as_str()))
            .collect();
        assert_eq!(
            allowed,
            [("draft", "submitted"), ("draft", "withdrawn"), ("submitted", "decided"), ("submitted", "withdrawn")]
        );
        assert!(SubmissionState::ALL.into_iter().all(|state| SubmissionState::parse(state.as_str()) == Ok(state)));
    }
}
