//! `/govern`: the committees that someone sits on, what is proposed to them, and their votes. To anyone else they are not there.

use super::{
    Web,
    drafts::level_changes,
    error::Failure,
    frame::{Reader, answered},
    markdown,
    run::proposal_row,
    session::{Me, Sent},
    sign_in::Nothing,
    view::{CommitteePage, GovernPage, Link, May, ProposalPage, ProposePage, TermRow, VoteRow},
};
use crate::{
    actions::{
        ActionError,
        committee::{
            close,
            propose::{self, NewProposal, Wish},
            seen, vote,
        },
        drafts,
        export_program::whole_program,
    },
    domain::{
        actor::Role,
        committee::{Matter, Proposal, ProposalState, Tally, Vote},
        field::FieldError,
    },
    store::{committees, people, programs, proposals},
};
use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use std::sync::Arc;

const AT_ONCE: u32 = 25;

pub async fn list(me: Me, mut reader: Reader) -> Result<Response, Failure> {
    let governed = committees::all(&mut reader.conn).await?;
    let known = programs::all(&mut reader.conn).await?.into_iter();
    let own = known.filter(|program| governed.contains(&program.id) && me.member.has_in(Role::Committee, &program.id));
    let page = GovernPage {
        site: reader.site.clone(),
        committees: own.map(|program| Link::new(program.name, format!("/govern/{}", program.id))).collect(),
    };
    reader.page(&page, false)
}

#[derive(Default, Deserialize)]
pub struct Earlier {
    /// The proposal after which the list goes on.
    after: Option<String>,
}

pub async fn committee(
    me: Me,
    mut reader: Reader,
    Path(program): Path<String>,
    Query(earlier): Query<Earlier>,
) -> Result<Response, Failure> {
    let link = own(&me, &mut reader, &program).await?;
    let conn = &mut reader.conn;
    let rule = committees::get(conn, &program).await?.ok_or_else(|| Failure::not_found("No committee"))?;
    let in_term = committees::in_term(conn, &program, reader.now).await?;
    let after = match &earlier.after {
        Some(id) => proposals::get(conn, id).await?.filter(|proposal| proposal.program_id == program),
        None => None,
    };
    let after = after.as_ref().map(|proposal| (proposal.opened_at, proposal.id.as_str()));
    let found = proposals::of_program(conn, &program, after, AT_ONCE).await?;
    let full = found.len() == AT_ONCE as usize;
    let term = |member: committees::Member| TermRow {
        stands: member.term.stands(member.followed, reader.now),
        name: member.name,
        from: member.term.starts_at,
        until: member.term.ends_at,
    };
    let terms = committees::members(conn, &program).await?.into_iter().map(term).collect();
    let page = CommitteePage {
        site: reader.site.clone(),
        program: link,
        quorum: rule.quorum,
        days: rule.days,
        terms,
        more_url: found.last().filter(|_| full).map(|last| format!("/govern/{program}?after={}", last.id)),
        proposals: found.iter().map(|one| proposal_row(one, &me.member)).collect(),
        propose_url: in_term.contains(&me.member.id).then(|| format!("/govern/{program}/propose")),
    };
    reader.page(&page, false)
}

#[derive(Default, Deserialize)]
pub struct Kind {
    #[serde(default)]
    kind: String,
}

#[derive(Deserialize)]
pub struct ProposeForm {
    kind: String,
    title: String,
    reason: String,
    content: String,
}

pub async fn propose_form(
    me: Me,
    mut reader: Reader,
    Path(program): Path<String>,
    Query(asked): Query<Kind>,
) -> Result<Response, Failure> {
    own(&me, &mut reader, &program).await?;
    let content = match asked.kind.as_str() {
        "policy" | "revocation" => String::new(),
        _ => whole_program(&mut reader.conn, &program).await?,
    };
    let form = ProposeForm { kind: asked.kind, title: String::new(), reason: String::new(), content };
    let page = propose_page(&me, &mut reader, &program, form, Vec::new()).await?;
    reader.page(&page, false)
}

pub async fn propose(
    State(web): State<Arc<Web>>,
    mut reader: Reader,
    Path(program): Path<String>,
    Sent { me, form }: Sent<ProposeForm>,
) -> Result<Response, Failure> {
    let wish = match form.kind.as_str() {
        "policy" => Wish::Policy(form.content.clone()),
        "revocation" => Wish::Revocation(badge_id(&form.content)),
        _ => Wish::Criteria(form.content.replace("\r\n", "\n")),
    };
    let new = NewProposal { program: program.clone(), title: form.title.clone(), reason: form.reason.clone(), wish };
    let done = propose::propose(&web.app, &me.actor(), &new).await;
    let opened = |proposal: Proposal| address(&program, &proposal.id);
    answered(done, opened, async |faults| propose_page(&me, &mut reader, &program, form, faults).await).await
}

pub async fn show(
    State(web): State<Arc<Web>>,
    me: Me,
    mut reader: Reader,
    Path((program, id)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let page = page(&web, &me, &mut reader, &program, &id).await?;
    reader.page(&page, false)
}

#[derive(Deserialize)]
pub struct VoteForm {
    #[serde(default)]
    vote: String,
    #[serde(default)]
    comment: String,
}

pub async fn vote(
    State(web): State<Arc<Web>>,
    mut reader: Reader,
    Path((program, id)): Path<(String, String)>,
    Sent { me, form }: Sent<VoteForm>,
) -> Result<Response, Failure> {
    of(&me, &mut reader, &program, &id).await?;
    let given = Vote::parse(&form.vote).map_err(|why| ActionError::invalid("vote", why));
    let done = match given {
        Ok(given) => vote::vote(&web.app, &me.actor(), &id, given, &form.comment).await,
        Err(why) => Err(why),
    };
    let again = async |faults: Vec<FieldError>| {
        let page = page(&web, &me, &mut reader, &program, &id).await?;
        Ok(ProposalPage { problem: Some(joined(&faults)), comment: form.comment, ..page })
    };
    answered(done, |()| address(&program, &id), again).await
}

pub async fn close(
    State(web): State<Arc<Web>>,
    mut reader: Reader,
    Path((program, id)): Path<(String, String)>,
    Sent { me, .. }: Sent<Nothing>,
) -> Result<Response, Failure> {
    of(&me, &mut reader, &program, &id).await?;
    drop(reader);
    close::close(&web.app, &me.actor(), &id).await?;
    Ok(Redirect::to(&address(&program, &id)).into_response())
}

pub async fn withdraw(
    State(web): State<Arc<Web>>,
    mut reader: Reader,
    Path((program, id)): Path<(String, String)>,
    Sent { me, .. }: Sent<Nothing>,
) -> Result<Response, Failure> {
    of(&me, &mut reader, &program, &id).await?;
    propose::withdraw(&web.app, &me.actor(), &id).await?;
    Ok(Redirect::to(&address(&program, &id)).into_response())
}

#[derive(Deserialize)]
pub struct MinutesForm {
    minutes: String,
}

pub async fn minutes(
    State(web): State<Arc<Web>>,
    mut reader: Reader,
    Path((program, id)): Path<(String, String)>,
    Sent { me, form }: Sent<MinutesForm>,
) -> Result<Response, Failure> {
    of(&me, &mut reader, &program, &id).await?;
    let done = close::keep_minutes(&web.app, &me.actor(), &id, &form.minutes).await;
    let again = async |faults: Vec<FieldError>| {
        let page = page(&web, &me, &mut reader, &program, &id).await?;
        Ok(ProposalPage { problem: Some(joined(&faults)), minutes: form.minutes, ..page })
    };
    answered(done, |()| address(&program, &id), again).await
}

/// The proposal, where it is this committee's, and the committee's page.
async fn of(me: &Me, reader: &mut Reader, program: &str, id: &str) -> Result<(Proposal, Link), Failure> {
    let link = own(me, reader, program).await?;
    let proposal = seen(&mut reader.conn, &me.actor(), id).await?;
    match proposal.program_id == program {
        true => Ok((proposal, link)),
        false => Err(Failure::not_found("No proposal")),
    }
}

async fn page(web: &Web, me: &Me, reader: &mut Reader, program: &str, id: &str) -> Result<ProposalPage, Failure> {
    let (proposal, link) = of(me, reader, program, id).await?;
    let conn = &mut reader.conn;
    let open = proposal.state == ProposalState::Open;
    let rule = committees::get(conn, program).await?.ok_or_else(|| Failure::not_found("No committee"))?;
    // Whose votes counted is decided when it closes.
    let in_term = committees::in_term(conn, program, proposal.closed_at.unwrap_or(reader.now)).await?;
    let sits = committees::in_term(conn, program, reader.now).await?.contains(&me.member.id);
    let voters = proposals::voters(conn, id).await?;
    let seats: Vec<_> = voters.iter().map(|voter| voter.seat.clone()).collect();
    let tally = Tally::of(&seats, &in_term);
    let proposer = people::get(conn, &proposal.proposed_by).await?.map(|person| person.name).unwrap_or_default();
    let (levels, faults) = match &proposal.matter {
        Matter::Criteria { file, .. } if open => match drafts::compared(&web.app, conn, program, file).await? {
            Ok(levels) => (levels, Vec::new()),
            Err(faults) => (Vec::new(), faults),
        },
        _ => Default::default(),
    };
    let seat = seats.iter().find(|seat| seat.person_id == me.member.id);
    let recused = seat.is_some_and(|seat| seat.vote == Some(Vote::Recused));
    let own_comment = seat.and_then(|seat| seat.comment.clone()).unwrap_or_default();
    let row = |voter: proposals::Voter| VoteRow {
        out_of_term: !in_term.contains(&voter.seat.person_id),
        name: voter.name,
        vote: voter.seat.vote,
        comment: voter.seat.comment.filter(|_| !open || voter.seat.vote == Some(Vote::Recused)),
    };
    let own = seat.map(|seat| seat.vote);
    Ok(ProposalPage {
        program: link,
        url: address(program, id),
        kind: proposal.matter.kind(),
        state: proposal.state.as_str(),
        closes: proposal.closes_at,
        closed: proposal.closed_at,
        proposer,
        policy_html: policy(&proposal),
        badge: badge(&proposal),
        levels: level_changes(reader, levels),
        faults,
        quorum: rule.quorum,
        votes: voters.into_iter().map(row).collect(),
        count: (!open && proposal.state != ProposalState::Withdrawn).then_some((
            tally.for_it,
            tally.against,
            tally.abstained,
        )),
        minutes_html: proposal.minutes.as_deref().map(markdown::to_html),
        own,
        may: May {
            vote: open && sits && own.is_some() && !recused && proposal.closes_at > reader.now,
            close: open && sits && (tally.missing == 0 || proposal.closes_at <= reader.now),
            withdraw: open && proposal.proposed_by == me.member.id,
            keep_minutes: !open && sits && proposal.minutes.is_none(),
        },
        problem: None,
        comment: own_comment,
        minutes: String::new(),
        title: proposal.title,
        reason: proposal.reason,
        failure: proposal.failure,
        site: reader.site.clone(),
    })
}

async fn propose_page(
    me: &Me,
    reader: &mut Reader,
    program: &str,
    form: ProposeForm,
    faults: Vec<FieldError>,
) -> Result<ProposePage, Failure> {
    let kind = if ["policy", "revocation"].contains(&form.kind.as_str()) { form.kind } else { "criteria".to_owned() };
    Ok(ProposePage {
        program: own(me, reader, program).await?,
        url: format!("/govern/{program}/propose"),
        kind,
        title: form.title,
        reason: form.reason,
        content: form.content,
        faults,
        site: reader.site.clone(),
    })
}

/// The committee's page, for whoever belongs to it.
async fn own(me: &Me, reader: &mut Reader, program: &str) -> Result<Link, Failure> {
    let nothing = || Failure::not_found("No committee");
    if !me.member.has_in(Role::Committee, program) {
        return Err(nothing());
    }
    let found = programs::get(&mut reader.conn, program).await?.ok_or_else(nothing)?;
    Ok(Link::new(found.name, format!("/govern/{program}")))
}

fn policy(proposal: &Proposal) -> Option<String> {
    match &proposal.matter {
        Matter::Policy { text } => Some(markdown::to_html(text)),
        Matter::Criteria { .. } | Matter::Revocation { .. } => None,
    }
}

fn badge(proposal: &Proposal) -> Option<Link> {
    match &proposal.matter {
        Matter::Revocation { award } => Some(Link::new(award, format!("/badges/{award}"))),
        Matter::Criteria { .. } | Matter::Policy { .. } => None,
    }
}

/// A badge is named by its address or its id.
fn badge_id(text: &str) -> String {
    text.trim().rsplit('/').next().unwrap_or_default().to_owned()
}

fn joined(faults: &[FieldError]) -> String {
    faults.iter().map(FieldError::to_string).collect::<Vec<_>>().join("; ")
}

fn address(program: &str, id: &str) -> String {
    format!("/govern/{program}/proposals/{id}")
}
