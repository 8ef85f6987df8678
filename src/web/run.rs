//! `/run`: a program as its owners see it. To anyone else, owners of other programs too, it is not there.

use super::{
    Web,
    api::query::Query,
    error::Failure,
    frame::Reader,
    session::Me,
    show,
    view::{AwaitingRow, DraftRow, Link, ProposalRow, RunLevel, RunPage, RunsPage, Waits},
};
use crate::{
    actions::{
        awaiting::{self, Awaiting},
        drafts::owner,
    },
    domain::{
        actor::{Member, Role},
        committee::Proposal,
        level::Level,
    },
    store::{committees, drafts, enrolments, levels, programs, proposals},
};
use axum::{
    extract::{Path, State},
    http::Uri,
    response::Response,
};
use std::sync::Arc;

const DRAFTS: u32 = 50;
const PROPOSALS: u32 = 10;

pub async fn list(State(web): State<Arc<Web>>, me: Me, uri: Uri, reader: Reader) -> Result<Response, Failure> {
    let query = Query::read(&uri, &["after"])?;
    let (own, next) = awaiting::of_owner(&web.app, &me.actor(), query.get("after")).await?;
    let page = RunsPage {
        site: reader.site.clone(),
        programs: own.into_iter().map(awaiting_row).collect(),
        next_url: next.map(|next| format!("/run?after={next}")),
    };
    reader.page(&page, false)
}

fn awaiting_row(one: Awaiting) -> AwaitingRow {
    let id = &one.program.id;
    let (queue, learners) = (format!("/run/{id}/queue"), format!("/me/learners?program={id}"));
    let waits = [
        (Waits::Appeals, one.appeals, format!("{queue}#appeals")),
        (Waits::SecondLooks, one.panels.second_looks, format!("{queue}#second-looks")),
        (Waits::Short, one.panels.short, format!("{queue}#short")),
        (Waits::Overdue, one.panels.overdue, format!("{queue}#overdue")),
        (Waits::Mentors, one.waiting_for_mentor, format!("{learners}&waiting=1")),
    ];
    AwaitingRow {
        waits: waits.into_iter().filter(|(_, count, _)| *count > 0).collect(),
        under_way: [
            (Waits::Learners, one.on_the_way, learners),
            (Waits::Panels, one.panels.open, queue),
            (Waits::Renewals, one.renewals, format!("/run/{id}/renewals")),
        ],
        program: Link::new(one.program.name, format!("/run/{id}")),
    }
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
    let ladder = levels::of_program(conn, &id).await?;
    let given_levels = ladder.iter().map(|level| (level.id.clone(), level.content.name.clone())).collect();
    let levels = ladder.into_iter().map(level).collect();
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
        renewals_url: format!("/run/{id}/renewals"),
        suspensions_url: format!("/run/{id}/suspensions"),
        look_url: format!("/run/{id}/certificate"),
        designer_url: format!("/run/{id}/designer"),
        given_url: format!("/run/{id}/badges/zip"),
        given_levels,
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
