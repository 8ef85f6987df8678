//! The committee of a program: who sits, what is proposed, how they vote, and what comes of it.
//!
//! Where a program has one, what it accepts is what is published: nothing else publishes that program. To whoever has no part in
//! it, a committee and its proposals are not there.

pub mod close;
pub mod members;
pub mod propose;
pub mod vote;

use super::ActionError;
use crate::{
    domain::{
        actor::{Actor, Member, Role},
        committee::{Committee, Proposal},
    },
    store::{Conn, committees, proposals},
};
use jiff::Timestamp;

/// The committee of a program, for whoever may appoint to it.
async fn committee(conn: &mut Conn, program_id: &str) -> Result<Committee, ActionError> {
    let found = committees::get(conn, program_id).await?;
    found.ok_or_else(|| ActionError::not_found("committee of", program_id))
}

/// Whoever sits on the committee now.
async fn sitting<'a>(
    conn: &mut Conn,
    actor: &'a Actor,
    program_id: &str,
    now: Timestamp,
) -> Result<&'a Member, ActionError> {
    let nothing = || ActionError::not_found("committee of", program_id);
    let Actor::Person(member) = actor else { return Err(nothing()) };
    let in_term = committees::in_term(conn, program_id, now).await?;
    if member.has_in(Role::Committee, program_id) && in_term.contains(&member.id) { Ok(member) } else { Err(nothing()) }
}

/// Whether someone reads a committee's proposals: its members, the program's owners, and whoever reads the record.
pub fn sees(actor: &Actor, program_id: &str) -> bool {
    match actor {
        Actor::Operator => true,
        Actor::Person(member) => {
            let everything = member.has(Role::Auditor);
            everything || [Role::Committee, Role::Owner].into_iter().any(|role| member.has_in(role, program_id))
        }
        Actor::Anyone | Actor::Tester | Actor::Token { .. } | Actor::App { .. } => false,
    }
}

/// A proposal that this actor may see.
pub async fn seen(conn: &mut Conn, actor: &Actor, id: &str) -> Result<Proposal, ActionError> {
    let found = proposals::get(conn, id).await?.filter(|proposal| sees(actor, &proposal.program_id));
    found.ok_or_else(|| ActionError::not_found("proposal", id))
}
