//! What a member of a committee sees: who sits, what is proposed, how it stands, and where to vote.

use super::run::{LevelChanges, ProposalRow, fate, proposal_kind, proposal_state};
use super::{Link, Site};
use crate::domain::changes::{Change, Line};
use crate::domain::committee::{TermStands, Vote};
use crate::domain::field::FieldError;
use crate::web::text::Text;
use askama::Template;
use jiff::Timestamp;
use std::borrow::Cow;

#[derive(Template)]
#[template(path = "govern.html")]
pub struct GovernPage {
    pub site: Site,
    pub committees: Vec<Link>,
}

#[derive(Template)]
#[template(path = "committee.html")]
pub struct CommitteePage {
    pub site: Site,
    pub program: Link,
    pub quorum: u32,
    pub days: u32,
    pub terms: Vec<TermRow>,
    pub proposals: Vec<ProposalRow>,
    pub more_url: Option<String>,
    /// Where one proposes; none for whoever is not in term.
    pub propose_url: Option<String>,
}

#[derive(Clone, Debug)]
pub struct TermRow {
    pub name: String,
    pub from: Timestamp,
    pub until: Timestamp,
    pub stands: TermStands,
}

#[derive(Template)]
#[template(path = "propose.html")]
pub struct ProposePage {
    pub site: Site,
    pub program: Link,
    pub url: String,
    /// `criteria`, `policy` or `revocation`.
    pub kind: String,
    pub title: String,
    pub reason: String,
    /// The program file, the policy's text, or the badge's address or id.
    pub content: String,
    pub faults: Vec<FieldError>,
}

#[derive(Template)]
#[template(path = "proposal.html")]
pub struct ProposalPage {
    pub site: Site,
    pub program: Link,
    pub url: String,
    pub title: String,
    pub kind: &'static str,
    pub state: &'static str,
    pub closes: Timestamp,
    pub closed: Option<Timestamp>,
    pub proposer: String,
    pub reason: String,
    /// Of a policy: safe HTML.
    pub policy_html: Option<String>,
    /// Of a revocation.
    pub badge: Option<Link>,
    /// Of criteria that are still open.
    pub levels: Vec<LevelChanges>,
    /// What would be refused of them now.
    pub faults: Vec<FieldError>,
    pub failure: Option<String>,
    pub quorum: u32,
    /// How each voted; while it is open, only whether they did.
    pub votes: Vec<VoteRow>,
    /// How often for and against, once it is closed.
    pub count: Option<(u32, u32, u32)>,
    pub minutes_html: Option<String>,
    /// The reader's own vote; none where they have no seat.
    pub own: Option<Option<Vote>>,
    pub may: May,
    /// What was typed, and what is wrong with it.
    pub problem: Option<String>,
    pub comment: String,
    pub minutes: String,
}

/// What the reader may do with a proposal.
#[derive(Clone, Copy, Debug, Default)]
pub struct May {
    pub vote: bool,
    pub close: bool,
    pub withdraw: bool,
    pub keep_minutes: bool,
}

#[derive(Clone, Debug)]
pub struct VoteRow {
    pub name: String,
    pub vote: Option<Vote>,
    pub comment: Option<String>,
    /// Has left the committee since, so their vote does not count.
    pub out_of_term: bool,
}

impl TermRow {
    pub(super) fn stands_words(&self, t: &Text) -> Cow<'static, str> {
        match self.stands {
            TermStands::Ahead => t.get("term-ahead"),
            TermStands::Running => t.get("term-running"),
            TermStands::Ending => t.get("term-ending"),
            TermStands::Followed => t.get("term-followed"),
            TermStands::Overdue => t.get("term-overdue"),
        }
    }

    pub(super) fn wants_care(&self) -> bool {
        matches!(self.stands, TermStands::Ending | TermStands::Overdue)
    }
}

impl ProposePage {
    pub(super) fn fault(&self, field: &str) -> Option<&str> {
        self.faults.iter().find(|fault| fault.field == field).map(|fault| fault.message.as_str())
    }

    /// Those that belong to no field of the form: places in the program file.
    pub(super) fn other_faults(&self) -> Vec<&FieldError> {
        let own = ["title", "reason", "text", "award"];
        self.faults.iter().filter(|fault| !own.contains(&fault.field.as_str())).collect()
    }

    pub(super) fn kind_words(&self) -> Cow<'static, str> {
        proposal_kind(&self.site.text, &self.kind)
    }
}

impl ProposalPage {
    pub(super) fn kind_words(&self) -> Cow<'static, str> {
        proposal_kind(&self.site.text, self.kind)
    }

    pub(super) fn state_words(&self) -> String {
        proposal_state(&self.site, self.state, &self.closes, self.closed.as_ref())
    }

    pub(super) fn is_open(&self) -> bool {
        self.state == "open"
    }

    pub(super) fn part(&self, change: &Change) -> Cow<'static, str> {
        super::versions::part_words(&self.site.text, change.part)
    }

    pub(super) fn fate(&self, line: &Line) -> (&'static str, &'static str, Cow<'static, str>) {
        fate(&self.site.text, line)
    }

    pub(super) fn vote_words(&self, row: &VoteRow) -> Cow<'static, str> {
        let t = &self.site.text;
        match row.vote {
            Some(Vote::Recused) => t.get("vote-recused"),
            Some(_) if self.is_open() => t.get("vote-given"),
            Some(vote) => self.word(vote),
            None => t.get("vote-missing"),
        }
    }

    pub(super) fn word(&self, vote: Vote) -> Cow<'static, str> {
        let t = &self.site.text;
        match vote {
            Vote::For => t.get("vote-for"),
            Vote::Against => t.get("vote-against"),
            Vote::Abstain => t.get("vote-abstain"),
            Vote::Recused => t.get("vote-recused"),
        }
    }

    pub(super) fn is_own(&self, vote: &str) -> bool {
        self.own.flatten().is_some_and(|own| own.as_str() == vote)
    }
}
