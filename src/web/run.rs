//! `/run`: a program as its owners see it. To anyone else, owners of other programs too, it is not there.

use super::{
    error::Failure,
    frame::Reader,
    session::Me,
    show,
    view::{DraftRow, Link, ProposalRow, RunLevel, RunPage, RunsPage},
};
use crate::{
    actions::drafts::owner,
    domain::{
        actor::{Member, Role},
        committee::Proposal,
        level::Level,
    },
    store::{committees, drafts, enrolments, levels, programs, proposals},
};
use axum::{extract::Path, response::Response};

const DRAFTS: u32 = 50;
const PROPOSALS: u32 = 10;

pub async fn list(me: Me, mut reader: Reader) -> Result<Response, Failure> {
    let own = programs::all(&mut reader.conn).await?.into_iter();
    let own = own.filter(|program| me.member.has_in(Role::Owner, &program.id));
    let page = RunsPage {
        site: reader.site.clone(),
        programs: own.map(|program| Link::new(program.name, format!("/run/{}", program.id))).collect(),
    };
    reader.page(&page, false)
}

pub async fn show(me: Me, mut reader: Reader, Path(id): Path<String>) -> Result<Response, Failure> {
    owner(&me.actor(), &id)?;
    let conn = &mut reader.conn;
    let program = programs::get(conn, &id).await?.ok_or_else(|| Failure::not_found("No program"))?;
    let ahead = levels::ahead(conn, &id).await?;
    let counts = enrolments::counts(conn, &id).await?;
    let level = |level: Level| RunLevel {
        on_the_way: counts
            .iter()
            .rev()
            .filter(|(counted, ..)| *counted == level.id)
            .map(|(_, version, count)| (*version, count.unsigned_abs()))
            .collect(),
        coming: show::coming(&ahead, &level.id),
        history_url: format!("/achievements/{}/versions", level.id),
        version: level.version,
        review_by: level.content.review_by,
        level: show::level_link(&level),
    };
    let levels = levels::of_program(conn, &id).await?.into_iter().map(level).collect();
    let draft = |draft: drafts::Listed| DraftRow {
        url: format!("/run/{id}/drafts/{}", draft.id),
        author: draft.author,
        updated: draft.updated_at,
    };
    let drafts = drafts::of_program(conn, &id, DRAFTS).await?.into_iter().map(draft).collect();
    let proposals = match committees::get(conn, &id).await? {
        None => None,
        Some(_) => Some(proposals::of_program(conn, &id, None, PROPOSALS).await?),
    };
    let page = RunPage {
        site: reader.site.clone(),
        program: show::program_link(&program),
        queue_url: format!("/run/{id}/queue"),
        levels,
        drafts,
        new_draft_url: format!("/run/{id}/drafts/new"),
        proposals: proposals.map(|found| found.iter().map(|one| proposal_row(one, &me.member)).collect()),
    };
    reader.page(&page, false)
}

/// A proposal in a list, with its page where the reader may open it.
pub(super) fn proposal_row(proposal: &Proposal, reader: &Member) -> ProposalRow {
    let opens = reader.has_in(Role::Committee, &proposal.program_id);
    ProposalRow {
        url: opens.then(|| format!("/govern/{}/proposals/{}", proposal.program_id, proposal.id)),
        title: proposal.title.clone(),
        kind: proposal.matter.kind(),
        state: proposal.state.as_str(),
        closes: proposal.closes_at,
        closed: proposal.closed_at,
    }
}
