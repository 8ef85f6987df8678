//! Closes proposals: when their time is up, or before when everyone has voted. What was accepted is done in the same transaction;
//! what can't be done any more is closed as failed, with the reason, and changes nothing.

use super::{members::horizon, seen, sitting};
use crate::{
    actions::{ActionError, App, Conflict, import_program, issuer, mail, require, revoke},
    domain::{
        actor::{Actor, Right},
        committee::{Committee, Matter, Proposal, ProposalState, Seat, Tally},
        field::Faults,
        letter::Letter,
        program_file::{self, CheckedProgram},
    },
    outside::picture::Picture,
    store::{Conn, committees, events, levels, people, programs, proposals},
};
use jiff::Timestamp;
use serde_json::json;
use std::collections::HashMap;

/// By a member, once everyone who may vote has.
pub async fn close(app: &App, actor: &Actor, id: &str) -> Result<ProposalState, ActionError> {
    let now = app.clock.now();
    let mut conn = app.db.read().await?;
    let proposal = seen(&mut conn, actor, id).await?;
    sitting(&mut conn, actor, &proposal.program_id, now).await?;
    if proposal.state != ProposalState::Open {
        return Err(ActionError::conflict(Conflict::ProposalClosed, "the proposal is closed"));
    }
    let missing = counted(&mut conn, &proposal, now).await?.tally.missing;
    if proposal.closes_at > now && missing > 0 {
        let message = format!("{missing} have not voted yet, and there is time until {:.0}", proposal.closes_at);
        return Err(ActionError::conflict(Conflict::VotesMissing, message));
    }
    drop(conn);
    settle(app, &actor.label(), &proposal, now).await
}

/// Whether a proposal's time is up, or a term's end is to be announced.
pub async fn wanted(app: &App) -> Result<bool, ActionError> {
    let now = app.clock.now();
    let mut conn = app.db.read().await?;
    let due = proposals::due(&mut conn, now).await?;
    Ok(!due.is_empty() || !committees::unannounced(&mut conn, horizon(now)).await?.is_empty())
}

/// Closes what is due, and announces which terms end; how many of both.
pub async fn close_due(app: &App) -> Result<(usize, usize), ActionError> {
    let now = app.clock.now();
    let due = proposals::due(&mut app.db.read().await?, now).await?;
    for id in &due {
        if let Some(proposal) = proposals::get(&mut app.db.read().await?, id).await? {
            settle(app, "laurel", &proposal, now).await?;
        }
    }
    let mut conn = app.db.write().await?;
    let ending = committees::unannounced(&mut conn, horizon(now)).await?;
    let zone = issuer(&mut conn).await?.zone();
    for term in &ending {
        committees::announced(&mut conn, &term.id, now).await?;
        let detail = json!({"program": term.program_id, "term": term.id, "ends": term.ends_at.to_string()});
        events::append(&mut conn, now, "laurel", "committee.term_ending", &term.person_id, &detail).await?;
        let program = programs::get(&mut conn, &term.program_id).await?;
        if let (Some(person), Some(program)) = (people::get(&mut conn, &term.person_id).await?, program) {
            let letter = Letter::new("term-ending")
                .with("program", program.name)
                .day("ends", term.ends_at.to_zoned_datetime(zone.clone()).date());
            mail::post(app, &mut conn, &person, &letter).await?;
        }
    }
    conn.commit().await?;
    Ok((due.len(), ending.len()))
}

/// Keeps the minutes of what was decided, once.
pub async fn keep_minutes(app: &App, actor: &Actor, id: &str, minutes: &str) -> Result<(), ActionError> {
    require(actor, Right::Govern)?;
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let proposal = seen(&mut conn, actor, id).await?;
    let member = sitting(&mut conn, actor, &proposal.program_id, now).await?;
    let mut faults = Faults::default();
    let minutes = faults.text("minutes", minutes, 20_000, true);
    faults.or(()).map_err(ActionError::Invalid)?;
    if !proposals::keep_minutes(&mut conn, id, &minutes, &member.id, now).await? {
        return Err(ActionError::conflict(Conflict::NoMinutes, "minutes are kept once, of what is closed"));
    }
    events::append(&mut conn, now, &actor.label(), "proposal.minutes", id, &json!({"minutes": minutes})).await?;
    Ok(conn.commit().await?)
}

/// What the votes of those in term make.
pub struct Counted {
    pub committee: Committee,
    pub seats: Vec<Seat>,
    pub tally: Tally,
}

pub async fn counted(conn: &mut Conn, proposal: &Proposal, now: Timestamp) -> Result<Counted, ActionError> {
    let committee = super::committee(conn, &proposal.program_id).await?;
    let in_term = committees::in_term(conn, &proposal.program_id, now).await?;
    let seats: Vec<Seat> = proposals::voters(conn, &proposal.id).await?.into_iter().map(|voter| voter.seat).collect();
    Ok(Counted { committee, tally: Tally::of(&seats, &in_term), seats })
}

/// Counts, and does what was accepted; a failure of what was accepted leaves nothing of it.
async fn settle(app: &App, by: &str, proposal: &Proposal, now: Timestamp) -> Result<ProposalState, ActionError> {
    let prepared = match &proposal.matter {
        Matter::Criteria { file, .. } => prepared(file).await,
        Matter::Policy { .. } | Matter::Revocation { .. } => Ok(None),
    };
    let mut conn = app.db.write().await?;
    if !proposals::hold_open(&mut conn, &proposal.id).await? {
        return Err(ActionError::conflict(Conflict::ProposalClosed, "the proposal is closed"));
    }
    let counted = counted(&mut conn, proposal, now).await?;
    if !counted.tally.carried(counted.committee.quorum) {
        return end(conn, by, proposal, &counted, ProposalState::Rejected, None, now).await;
    }
    let done = match prepared {
        Ok(prepared) => carry_out(app, &mut conn, proposal, &counted, prepared, now).await,
        Err(why) => Err(why),
    };
    match done {
        Ok(()) => end(conn, by, proposal, &counted, ProposalState::Accepted, None, now).await,
        // Another writer was quicker, or the machine failed: it is tried again.
        Err(why @ (ActionError::Busy | ActionError::Internal(_))) => Err(why),
        Err(why) => {
            drop(conn);
            let mut conn = app.db.write().await?;
            if !proposals::hold_open(&mut conn, &proposal.id).await? {
                return Err(ActionError::conflict(Conflict::ProposalClosed, "the proposal is closed"));
            }
            end(conn, by, proposal, &counted, ProposalState::Failed, Some(why.to_string()), now).await
        }
    }
}

async fn end(
    mut conn: Conn,
    by: &str,
    proposal: &Proposal,
    counted: &Counted,
    state: ProposalState,
    failure: Option<String>,
    now: Timestamp,
) -> Result<ProposalState, ActionError> {
    proposals::close(&mut conn, &proposal.id, state, failure.as_deref(), now).await?;
    let Tally { for_it, against, abstained, recused, missing } = counted.tally;
    let votes: HashMap<&str, &str> =
        counted.seats.iter().filter_map(|seat| Some((seat.person_id.as_str(), seat.vote?.as_str()))).collect();
    let detail = json!({
        "state": state.as_str(), "for": for_it, "against": against, "abstained": abstained, "recused": recused,
        "missing": missing, "quorum": counted.committee.quorum, "votes": votes, "failure": failure,
    });
    events::append(&mut conn, now, by, "proposal.closed", &proposal.id, &detail).await?;
    conn.commit().await?;
    Ok(state)
}

/// The program and its pictures, drawn before anything waits for the writer.
async fn prepared(file: &str) -> Result<Option<(CheckedProgram, Vec<Picture>)>, ActionError> {
    let program = program_file::read(file, false).map_err(ActionError::Invalid)?;
    let pictures = import_program::draw(&program, HashMap::new()).await?;
    Ok(Some((program, pictures)))
}

async fn carry_out(
    app: &App,
    conn: &mut Conn,
    proposal: &Proposal,
    counted: &Counted,
    prepared: Option<(CheckedProgram, Vec<Picture>)>,
    now: Timestamp,
) -> Result<(), ActionError> {
    let by = format!("committee:{}", proposal.program_id);
    match (&proposal.matter, prepared) {
        (Matter::Criteria { based_on, .. }, Some((mut program, pictures))) => {
            if levels::newest_of_program(conn, &proposal.program_id).await? != *based_on {
                let message = "the program's levels were changed since this was proposed; propose it anew over what is published now";
                return Err(ActionError::conflict(Conflict::ChangedSince, message));
            }
            let day = now.to_zoned_datetime(issuer(conn).await?.zone()).date();
            let Tally { for_it, against, .. } = counted.tally;
            program.release.approved_by = Some(format!("Committee ({for_it} : {against}), {day}"));
            if program.release.summary.is_none() {
                program.release.summary = Some(proposal.title.clone());
            }
            import_program::publish(app, conn, &by, program, pictures, now).await.map(drop)
        }
        (Matter::Revocation { award }, _) => {
            revoke::revoke_within(app, conn, &by, award, &proposal.reason, now).await.map(drop)
        }
        _ => Ok(()),
    }
}
