//! Proposes something to a program's committee: new criteria as a whole program file, a policy, or a revocation for cause.
//!
//! Members in term propose anything, owners of the program new criteria and policies. Those in term get a seat; nobody has a vote
//! on their own badge.

use super::{committee, seen};
use crate::{
    actions::{ActionError, App, Conflict, import_program, require},
    domain::{
        actor::{Actor, Member, Right, Role},
        committee::{Matter, Proposal, ProposalState, Seat, Vote},
        field::Faults,
        id::random_id,
        program_file,
    },
    store::{Conn, awards, committees, events, levels, proposals},
};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

/// What is proposed, as it is given.
#[derive(Clone, Debug)]
pub enum Wish {
    /// A program file, TOML.
    Criteria(String),
    /// Markdown.
    Policy(String),
    /// An award's id.
    Revocation(String),
}

#[derive(Clone, Debug)]
pub struct NewProposal {
    pub program: String,
    pub title: String,
    /// Why.
    pub reason: String,
    pub wish: Wish,
}

pub async fn propose(app: &App, actor: &Actor, new: &NewProposal) -> Result<Proposal, ActionError> {
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let rule = committee(&mut conn, &new.program).await?;
    let member = proposer(&mut conn, actor, new, now).await?;
    let mut faults = Faults::default();
    let title = faults.text("title", &new.title, 200, false);
    let reason = faults.text("reason", &new.reason, 5_000, true);
    let closes_at =
        now.checked_add(SignedDuration::from_hours(24 * i64::from(rule.days))).map_err(ActionError::internal)?;
    let (matter, whose) = matter(&mut conn, new, closes_at, &mut faults).await?;
    faults.or(()).map_err(ActionError::Invalid)?;
    let matter = matter.ok_or_else(|| ActionError::not_found("award", "of this proposal"))?;
    let proposal = Proposal {
        id: app.random.with(random_id),
        program_id: new.program.clone(),
        matter,
        title,
        reason,
        state: ProposalState::Open,
        proposed_by: member.id.clone(),
        opened_at: now,
        closes_at,
        closed_at: None,
        failure: None,
        minutes: None,
    };
    let own = "It is about their own badge.";
    let seat = |person_id: String| {
        let concerned = whose.as_ref() == Some(&person_id);
        Seat { person_id, vote: concerned.then_some(Vote::Recused), comment: concerned.then(|| own.to_owned()) }
    };
    let seats: Vec<Seat> = committees::in_term(&mut conn, &new.program, now).await?.into_iter().map(seat).collect();
    proposals::insert(&mut conn, &proposal, &seats).await?;
    let detail = json!({
        "program": proposal.program_id, "kind": proposal.matter.kind(), "title": proposal.title,
        "seats": seats.len(), "closes": closes_at.to_string(),
    });
    events::append(&mut conn, now, &actor.label(), "proposal.opened", &proposal.id, &detail).await?;
    conn.commit().await?;
    Ok(proposal)
}

/// Takes an open proposal back: only whoever made it.
pub async fn withdraw(app: &App, actor: &Actor, id: &str) -> Result<(), ActionError> {
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let proposal = seen(&mut conn, actor, id).await?;
    if !matches!(actor, Actor::Person(member) if member.id == proposal.proposed_by) {
        return Err(ActionError::conflict(Conflict::NotYourProposal, "only whoever made a proposal takes it back"));
    }
    if !proposals::close(&mut conn, id, ProposalState::Withdrawn, None, now).await? {
        return Err(ActionError::conflict(Conflict::ProposalClosed, "the proposal is closed"));
    }
    events::append(&mut conn, now, &actor.label(), "proposal.withdrawn", id, &json!({})).await?;
    Ok(conn.commit().await?)
}

async fn proposer<'a>(
    conn: &mut Conn,
    actor: &'a Actor,
    new: &NewProposal,
    now: Timestamp,
) -> Result<&'a Member, ActionError> {
    if let Actor::Person(member) = actor
        && member.has_in(Role::Owner, &new.program)
        && !matches!(new.wish, Wish::Revocation(_))
    {
        require(actor, Right::RunProgram)?;
        return Ok(member);
    }
    super::sitting(conn, actor, &new.program, now).await
}

/// What is meant, and whose badge it is about. Whatever is wrong is noted; an award of another program is not there.
async fn matter(
    conn: &mut Conn,
    new: &NewProposal,
    closes_at: Timestamp,
    faults: &mut Faults,
) -> Result<(Option<Matter>, Option<String>), ActionError> {
    Ok(match &new.wish {
        Wish::Criteria(file) => {
            match program_file::read(file, false) {
                Err(why) => why.into_iter().for_each(|fault| faults.add(fault.field, fault.message)),
                Ok(program) if program.id != new.program => {
                    faults.add("id", format!("is “{}”; this committee decides on “{}”", program.id, new.program));
                }
                // As it will be published at the earliest: when the vote is over.
                Ok(mut program) => drop(import_program::ground(conn, &mut program, closes_at, faults).await?),
            }
            let based_on = levels::newest_of_program(conn, &new.program).await?;
            (Some(Matter::Criteria { file: file.clone(), based_on }), None)
        }
        Wish::Policy(text) => (Some(Matter::Policy { text: faults.text("text", text, 20_000, true) }), None),
        Wish::Revocation(id) => {
            let award = awards::get(conn, id.trim()).await?;
            let own = format!("{}.", new.program);
            match award.filter(|award| award.level_id.starts_with(&own)) {
                None => {
                    faults.add("award", "is no badge of this program");
                    (None, None)
                }
                Some(award) if award.revoked_at.is_some() => {
                    faults.add("award", "was revoked before");
                    (None, None)
                }
                Some(award) => (Some(Matter::Revocation { award: award.id }), Some(award.person_id)),
            }
        }
    })
}
