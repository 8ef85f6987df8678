//! What is proposed to a committee, and how each voted. A proposal ends once; its content is never changed.

use super::{
    Conn, StoreError,
    columns::{self, unreadable},
    db::{row, rows, run},
};
use crate::domain::committee::{Matter, Proposal, ProposalState, Seat, Vote};
use jiff::Timestamp;

/// Every column of a proposal, of the table named `p`.
macro_rules! proposal_columns {
    () => {
        "p.id, p.program_id, p.kind, p.title, p.reason, p.content, p.based_on, p.award_id, p.state, p.proposed_by, p.opened_at,
         p.closes_at, p.closed_at, p.failure, p.minutes"
    };
}

/// A vote with who gave it.
#[derive(Clone, Debug, PartialEq)]
pub struct Voter {
    pub seat: Seat,
    pub name: String,
}

/// Adds a proposal with a seat for each who may vote.
pub async fn insert(conn: &mut Conn, proposal: &Proposal, seats: &[Seat]) -> Result<(), StoreError> {
    let (content, based_on, award) = match &proposal.matter {
        Matter::Criteria { file, based_on } => {
            let json = serde_json::to_string(based_on).map_err(|why| unreadable("proposals.based_on", why))?;
            (Some(file), Some(json), None)
        }
        Matter::Policy { text } => (Some(text), None, None),
        Matter::Revocation { award } => (None, None, Some(award)),
    };
    run!(
        conn,
        "INSERT INTO proposals (id, program_id, kind, title, reason, content, based_on, award_id, state, proposed_by,
             opened_at, closes_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'open', $9, $10, $11)",
        &proposal.id,
        &proposal.program_id,
        proposal.matter.kind(),
        &proposal.title,
        &proposal.reason,
        content,
        based_on,
        award,
        &proposal.proposed_by,
        proposal.opened_at.as_second(),
        proposal.closes_at.as_second()
    )?;
    for seat in seats {
        run!(
            conn,
            "INSERT INTO proposal_seats (proposal_id, person_id, vote, comment, voted_at) VALUES ($1, $2, $3, $4, $5)",
            &proposal.id,
            &seat.person_id,
            seat.vote.map(Vote::as_str),
            &seat.comment,
            seat.vote.map(|_| proposal.opened_at.as_second())
        )?;
    }
    Ok(())
}

pub async fn get(conn: &mut Conn, id: &str) -> Result<Option<Proposal>, StoreError> {
    columns::one(row!(
        conn,
        ProposalRow,
        concat!("SELECT ", proposal_columns!(), " FROM proposals p WHERE p.id = $1"),
        id
    )?)
}

/// Those of a program, newest first, from just after `(opened_at, id)`.
pub async fn of_program(
    conn: &mut Conn,
    program_id: &str,
    after: Option<(Timestamp, &str)>,
    limit: u32,
) -> Result<Vec<Proposal>, StoreError> {
    let (before, id) = after.map_or((i64::MAX, "~"), |(at, id)| (at.as_second(), id));
    columns::all(rows!(
        conn,
        ProposalRow,
        concat!(
            "SELECT ",
            proposal_columns!(),
            " FROM proposals p WHERE p.program_id = $1 AND (p.opened_at, p.id) < ($2, $3)
              ORDER BY p.opened_at DESC, p.id DESC LIMIT $4"
        ),
        program_id,
        before,
        id,
        i64::from(limit)
    )?)
}

/// The policies that a committee has decided on, newest first.
pub async fn policies(conn: &mut Conn, program_id: &str) -> Result<Vec<Proposal>, StoreError> {
    columns::all(rows!(
        conn,
        ProposalRow,
        concat!(
            "SELECT ",
            proposal_columns!(),
            " FROM proposals p WHERE p.program_id = $1 AND p.kind = 'policy' AND p.state = 'accepted'
              ORDER BY p.closed_at DESC, p.id DESC"
        ),
        program_id
    )?)
}

/// The open ones whose time is up at `now`.
pub async fn due(conn: &mut Conn, now: Timestamp) -> Result<Vec<String>, StoreError> {
    let found = rows!(
        conn,
        (String,),
        "SELECT id FROM proposals WHERE state = 'open' AND closes_at <= $1 ORDER BY closes_at, id",
        now.as_second()
    )?;
    Ok(found.into_iter().map(|(id,)| id).collect())
}

/// Ends an open proposal. False when it was not open; nothing is changed then.
pub async fn close(
    conn: &mut Conn,
    id: &str,
    state: ProposalState,
    failure: Option<&str>,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let touched = run!(
        conn,
        "UPDATE proposals SET state = $2, failure = $3, closed_at = $4 WHERE id = $1 AND state = 'open'",
        id,
        state.as_str(),
        failure,
        at.as_second()
    )?;
    Ok(touched == 1)
}

/// Takes hold of an open proposal until the commit. False when it is not open.
pub async fn hold_open(conn: &mut Conn, id: &str) -> Result<bool, StoreError> {
    Ok(run!(conn, "UPDATE proposals SET closes_at = closes_at WHERE id = $1 AND state = 'open'", id)? == 1)
}

/// Keeps the minutes of a closed proposal, once. False when there are some, or it is open.
pub async fn keep_minutes(
    conn: &mut Conn,
    id: &str,
    minutes: &str,
    by: &str,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let touched = run!(
        conn,
        "UPDATE proposals SET minutes = $2, minutes_by = $3, minutes_at = $4
         WHERE id = $1 AND minutes IS NULL AND state <> 'open'",
        id,
        minutes,
        by,
        at.as_second()
    )?;
    Ok(touched == 1)
}

/// Gives a vote in the place of an earlier one. False when there is no seat, or it is recused.
pub async fn vote(
    conn: &mut Conn,
    id: &str,
    person_id: &str,
    vote: Vote,
    comment: Option<&str>,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let touched = run!(
        conn,
        "UPDATE proposal_seats SET vote = $3, comment = $4, voted_at = $5
         WHERE proposal_id = $1 AND person_id = $2 AND (vote IS NULL OR vote <> 'recused')",
        id,
        person_id,
        vote.as_str(),
        comment,
        at.as_second()
    )?;
    Ok(touched == 1)
}

/// By name.
pub async fn voters(conn: &mut Conn, id: &str) -> Result<Vec<Voter>, StoreError> {
    columns::all(rows!(
        conn,
        VoterRow,
        "SELECT s.person_id, s.vote, s.comment, p.name FROM proposal_seats s JOIN people p ON p.id = s.person_id
         WHERE s.proposal_id = $1 ORDER BY p.name, p.id",
        id
    )?)
}

#[derive(sqlx::FromRow)]
struct ProposalRow {
    id: String,
    program_id: String,
    kind: String,
    title: String,
    reason: String,
    content: Option<String>,
    based_on: Option<String>,
    award_id: Option<String>,
    state: String,
    proposed_by: String,
    opened_at: i64,
    closes_at: i64,
    closed_at: Option<i64>,
    failure: Option<String>,
    minutes: Option<String>,
}

#[derive(sqlx::FromRow)]
struct VoterRow {
    person_id: String,
    vote: Option<String>,
    comment: Option<String>,
    name: String,
}

impl TryFrom<ProposalRow> for Proposal {
    type Error = StoreError;

    fn try_from(row: ProposalRow) -> Result<Self, StoreError> {
        let matter = match (row.kind.as_str(), row.content, row.based_on, row.award_id) {
            ("criteria", Some(file), Some(based_on), None) => {
                Matter::Criteria { file, based_on: columns::json("proposals.based_on", &based_on)? }
            }
            ("policy", Some(text), None, None) => Matter::Policy { text },
            ("revocation", None, None, Some(award)) => Matter::Revocation { award },
            (kind, ..) => return Err(unreadable("proposals.kind", kind)),
        };
        Ok(Proposal {
            id: row.id,
            program_id: row.program_id,
            matter,
            title: row.title,
            reason: row.reason,
            state: ProposalState::parse(&row.state).map_err(|why| unreadable("proposals.state", why))?,
            proposed_by: row.proposed_by,
            opened_at: columns::time("proposals.opened_at", row.opened_at)?,
            closes_at: columns::time("proposals.closes_at", row.closes_at)?,
            closed_at: columns::maybe_time("proposals.closed_at", row.closed_at)?,
            failure: row.failure,
            minutes: row.minutes,
        })
    }
}

impl TryFrom<VoterRow> for Voter {
    type Error = StoreError;

    fn try_from(row: VoterRow) -> Result<Self, StoreError> {
        let vote = row.vote.map(|vote| Vote::parse(&vote)).transpose();
        let vote = vote.map_err(|why| unreadable("proposal_seats.vote", why))?;
        Ok(Voter { seat: Seat { person_id: row.person_id, vote, comment: row.comment }, name: row.name })
    }
}
