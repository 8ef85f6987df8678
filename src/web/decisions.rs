//! `/me/decisions`: what was decided on one's own work, appeals, and with whom one has declared a conflict.

use super::{
    Web,
    assess::{Fields, level_url, shown, text, to},
    error::Failure,
    frame::{Reader, answered},
    session::{Me, Sent},
    sign_in::Nothing,
    view::{AppealShown, AppealStanding, ConflictForm, DecisionPage, DecisionRow, DecisionsPage, RevocationRow},
};
use crate::{
    actions::panel::{
        appeal, conflict,
        view::{self, Mine, Told},
    },
    domain::{
        decision::{Appeal, AppealState, Outcome},
        field::FieldError,
        panel::PanelPurpose,
    },
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use std::sync::Arc;

pub async fn list(State(web): State<Arc<Web>>, me: Me, reader: Reader) -> Result<Response, Failure> {
    reader.page(&list_page(&web, &reader, &me).await?, false)
}

async fn list_page(web: &Web, reader: &Reader, me: &Me) -> Result<DecisionsPage, Failure> {
    let Mine { decided, revoked } = view::mine(&web.app, &me.actor()).await?;
    let decision = |one: &crate::store::decisions::Decided| DecisionRow {
        url: format!("/me/decisions/{}", one.decision.id),
        level: one.level.clone(),
        passes: one.decision.outcome == Outcome::Pass,
        decided: one.decision.decided_at.unwrap_or(one.decision.proposed_at),
        on_appeal: one.purpose == PanelPurpose::Appeal,
    };
    let revocation = |one: &view::Revoked| RevocationRow {
        level: one.level.clone(),
        badge_url: format!("/badges/{}", one.award_id),
        revoked: one.revoked_at,
        appeal: one.appeal.as_ref().map(appealed),
        may: one.appeal_until.map(|until| (format!("/me/revocations/{}/appeal", one.award_id), until)),
        faulty: false,
    };
    Ok(DecisionsPage {
        site: reader.site.clone(),
        decisions: decided.iter().map(decision).collect(),
        revocations: revoked.iter().map(revocation).collect(),
        conflicts: conflict::declared(&web.app, &me.actor()).await?,
        conflict: ConflictForm::default(),
    })
}

pub async fn show(
    State(web): State<Arc<Web>>,
    me: Me,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let told = view::told(&web.app, &me.actor(), &id).await?;
    reader.page(&page(&reader, told), false)
}

fn page(reader: &Reader, told: Told) -> DecisionPage {
    let Told { decision, case, appeal, on_appeal, appeal_until } = told;
    DecisionPage {
        site: reader.site.clone(),
        url: format!("/me/decisions/{}", decision.id),
        level: case.enrolled.content.name.clone(),
        level_url: level_url(&case),
        decided: decision.decided_at.unwrap_or(decision.proposed_at),
        on_appeal,
        decision: shown(&case.rubric, &decision),
        appeal: appeal.as_ref().map(appealed),
        appeal_until,
        reason: String::new(),
        faulty: false,
    }
}

pub async fn appeal(
    State(web): State<Arc<Web>>,
    reader: Reader,
    Path(id): Path<String>,
    Sent { me, form }: Sent<Fields>,
) -> Result<Response, Failure> {
    let reason = text(&form, "reason");
    let done = appeal::against_decision(&web.app, &me.actor(), &id, &reason).await;
    let again = async |_| {
        let told = view::told(&web.app, &me.actor(), &id).await?;
        Ok(DecisionPage { reason, faulty: true, ..page(&reader, told) })
    };
    answered(done, |_| format!("/me/decisions/{id}#appeal"), again).await
}

pub async fn appeal_revocation(
    State(web): State<Arc<Web>>,
    reader: Reader,
    Path(award): Path<String>,
    Sent { me, form }: Sent<Fields>,
) -> Result<Response, Failure> {
    let done = appeal::against_revocation(&web.app, &me.actor(), &award, &text(&form, "reason")).await;
    let again = async |_| {
        let mut page = list_page(&web, &reader, &me).await?;
        let badge = format!("/badges/{award}");
        for row in page.revocations.iter_mut().filter(|row| row.badge_url == badge) {
            row.faulty = true;
        }
        Ok(page)
    };
    answered(done, |_| "/me/decisions#revoked".into(), again).await
}

pub async fn withdraw(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    Sent { me, .. }: Sent<Nothing>,
) -> Result<Response, Failure> {
    appeal::withdraw(&web.app, &me.actor(), &id).await?;
    Ok(to("/me/decisions"))
}

pub async fn declare_conflict(
    State(web): State<Arc<Web>>,
    reader: Reader,
    Sent { me, form }: Sent<Fields>,
) -> Result<Response, Failure> {
    let (other, reason) = (text(&form, "other"), text(&form, "reason"));
    let done = conflict::declare(&web.app, &me.actor(), &other, &reason).await;
    let again = async |faults: Vec<FieldError>| {
        let wrong = |field: &str| faults.iter().any(|fault| fault.field == field);
        let (other_fault, reason_fault) = (wrong("other"), wrong("reason"));
        let mut page = list_page(&web, &reader, &me).await?;
        page.conflict = ConflictForm { other, reason, other_fault, reason_fault };
        Ok(page)
    };
    answered(done, |()| "/me/decisions#conflicts".into(), again).await
}

fn appealed(appeal: &Appeal) -> AppealShown {
    let standing = match appeal.state {
        AppealState::Open => AppealStanding::Open,
        AppealState::Upheld => AppealStanding::Upheld,
        AppealState::Rejected => AppealStanding::Rejected,
        AppealState::Withdrawn => AppealStanding::Withdrawn,
    };
    let open = appeal.state == AppealState::Open;
    AppealShown {
        filed: appeal.filed_at,
        standing,
        outcome: appeal.outcome.clone().filter(|_| appeal.state != AppealState::Withdrawn),
        withdraw_url: open.then(|| format!("/me/appeals/{}/withdraw", appeal.id)),
    }
}
