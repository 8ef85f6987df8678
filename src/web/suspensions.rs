//! `/run/{program}/suspensions`: what of a program is suspended, and its owners' way to suspend a badge and to lift that.

use super::{
    Web,
    error::Failure,
    frame::{Reader, answered},
    session::{Me, Sent},
    show,
    sign_in::Nothing,
    view::{SuspendedRow, SuspensionsPage},
};
use crate::{
    actions::suspend::{self, SHOWN},
    domain::{
        award::{Award, Visibility},
        field::FieldError,
    },
    store::{programs, shown::ShownAward},
};
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use std::sync::Arc;

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    badge: String,
    reason: String,
}

pub async fn list(me: Me, mut reader: Reader, Path(program): Path<String>) -> Result<Response, Failure> {
    let page = page(&me, &mut reader, &program, Asked::default(), Vec::new()).await?;
    reader.page(&page, false)
}

pub async fn suspend(
    State(web): State<Arc<Web>>,
    mut reader: Reader,
    Path(program): Path<String>,
    Sent { me, form }: Sent<Asked>,
) -> Result<Response, Failure> {
    let done = suspend::suspend_of_program(&web.app, &me.actor(), &program, &form.badge, &form.reason).await;
    let address = |award: Award| format!("{}#{}", address(&program), award.id);
    answered(done, address, async |faults| page(&me, &mut reader, &program, form, faults).await).await
}

pub async fn resume(
    State(web): State<Arc<Web>>,
    Path((program, award)): Path<(String, String)>,
    Sent { me, .. }: Sent<Nothing>,
) -> Result<Response, Failure> {
    suspend::resume_of_program(&web.app, &me.actor(), &program, &award).await?;
    Ok(Redirect::to(&address(&program)).into_response())
}

async fn page(
    me: &Me,
    reader: &mut Reader,
    program: &str,
    asked: Asked,
    faults: Vec<FieldError>,
) -> Result<SuspensionsPage, Failure> {
    let mut suspended = suspend::of_program(&mut reader.conn, &me.actor(), program).await?;
    let more = suspended.len() > SHOWN as usize;
    suspended.truncate(SHOWN as usize);
    let found = programs::get(&mut reader.conn, program).await?.ok_or_else(|| Failure::not_found("No program"))?;
    let row = |ShownAward { award, person, level, .. }: ShownAward| SuspendedRow {
        own: award.person_id == me.member.id,
        // What is shown to nobody has no page.
        url: (award.visibility != Visibility::Private).then(|| format!("/certifications/{}", award.lineage_id)),
        id: award.id,
        person: person.name,
        level: level.content.name,
        since: award.suspended_at.unwrap_or(award.issued_at),
        reason: award.suspension_reason,
    };
    Ok(SuspensionsPage {
        site: reader.site.clone(),
        url: address(program),
        program: show::program_link(&found),
        run_url: format!("/run/{program}"),
        more: more.then_some(SHOWN),
        rows: suspended.into_iter().map(row).collect(),
        badge: asked.badge,
        reason: asked.reason,
        faults,
    })
}

fn address(program: &str) -> String {
    format!("/run/{program}/suspensions")
}
