//! Votes on an open proposal: by those who have a seat and are still in term. Until it closes a vote can be changed; whoever is
//! recused stays so, with the reason.

use super::{seen, sitting};
use crate::{
    actions::{ActionError, App, Conflict},
    domain::{actor::Actor, committee::Vote, field::Faults},
    store::{events, proposals},
};
use serde_json::json;

/// `comment` may be empty, but for a recusal.
pub async fn vote(app: &App, actor: &Actor, id: &str, vote: Vote, comment: &str) -> Result<(), ActionError> {
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let proposal = seen(&mut conn, actor, id).await?;
    let member = sitting(&mut conn, actor, &proposal.program_id, now).await?;
    let mut faults = Faults::default();
    let comment = match comment.trim() {
        "" if vote != Vote::Recused => None,
        words => Some(faults.text("comment", words, 2_000, true)),
    };
    faults.or(()).map_err(ActionError::Invalid)?;
    if !proposals::hold_open(&mut conn, id).await? || proposal.closes_at <= now {
        return Err(ActionError::conflict(Conflict::VotingOver, "the time to vote is over"));
    }
    if !proposals::vote(&mut conn, id, &member.id, vote, comment.as_deref(), now).await? {
        let message = "you have no vote on this: you were not in term when it was opened, or are recused";
        return Err(ActionError::conflict(Conflict::NoVote, message));
    }
    // How someone voted is told when it closes.
    let detail = json!({"recused": vote == Vote::Recused});
    events::append(&mut conn, now, &actor.label(), "proposal.voted", id, &detail).await?;
    Ok(conn.commit().await?)
}
