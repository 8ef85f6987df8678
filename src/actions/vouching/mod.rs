//! Endorsements by people (decision 0062): a holder asks for one or someone offers it, it is signed in the endorser's name, and it is seen once the holder
//! shows it.
//!
//! An endorser is an issuer of their own: a DID below this service's, whose document names this service's keys, and a status list of their own,
//! so that what they said verifies wherever a badge does.

pub mod answer;
pub mod ask;
pub mod give;
mod sign;

use super::{ActionError, App, Conflict, documents, issuer, urls::Urls, verify::aside};
use crate::{
    credential::verify::{Asked, Check, CheckName, Evidence, Found, KnownIssuer, Need, Outcome, judge},
    domain::{award::AwardState, issuer::Issuer, personal_endorsement::PersonalEndorsement},
    store::{
        Conn,
        personal_endorsements::{self, Listed},
        shown::{self, ShownAward},
    },
};
use jiff::Timestamp;

pub(super) use sign::publish_all;

/// One that others see, with what our own verifier finds wrong with it, if anything.
#[derive(Clone, Debug)]
pub struct Seen {
    pub said: PersonalEndorsement,
    pub fault: Option<Check>,
}

/// What others see for a badge, each judged now.
pub async fn seen(app: &App, award_id: &str) -> Result<Vec<Seen>, ActionError> {
    let now = app.clock.now();
    let mut conn = app.db.read().await?;
    let mut all = personal_endorsements::of_award(&mut conn, award_id).await?;
    all.retain(|one| one.said.is_seen());
    if all.is_empty() {
        return Ok(Vec::new());
    }
    let issuer = issuer(&mut conn).await?;
    let evidence = evidence(app.urls(), &mut conn, &issuer, &all, now).await?;
    drop(conn);
    let judged = move || -> Vec<Seen> {
        let seen = all.into_iter().map(|one| Seen { fault: fault(&issuer, &one.said, &evidence, now), said: one.said });
        seen.collect()
    };
    aside(judged).await
}

/// What has to be known to judge them: each endorser's keys and list.
pub(super) async fn evidence(
    urls: Urls<'_>,
    conn: &mut Conn,
    issuer: &Issuer,
    all: &[Listed],
    now: Timestamp,
) -> Result<Evidence, ActionError> {
    let mut evidence = Evidence::new();
    let keys = documents::endorser_keys(conn, issuer).await?;
    for one in all {
        let id = &one.said.endorser_id;
        let document = documents::endorser_did_document(issuer, id, &keys);
        let bytes = serde_json::to_vec(&document).map_err(ActionError::internal)?;
        evidence.put(Need::DidDocument(documents::endorser_did(issuer, id)), Found::Document(bytes, now));
        if let Some(list) = &one.list {
            evidence.put(Need::StatusList(urls.endorser_list(id)), Found::Document(list.clone().into_bytes(), now));
        }
    }
    Ok(evidence)
}

/// The first check that it does not pass.
pub(super) fn fault(issuer: &Issuer, said: &PersonalEndorsement, evidence: &Evidence, now: Timestamp) -> Option<Check> {
    let known = [KnownIssuer {
        id: documents::endorser_did(issuer, &said.endorser_id),
        name: said.name.clone(),
        ..KnownIssuer::default()
    }];
    let asked = Asked { known_issuers: &known, ..Asked::default() };
    let report = judge(said.credential.as_bytes(), evidence, now, &asked);
    report.checks.into_iter().find(|check| check.outcome != Outcome::Passed && check.check != CheckName::Dates)
}

/// A badge that can be endorsed now.
pub(super) async fn standing(app: &App, conn: &mut Conn, award_id: &str) -> Result<ShownAward, ActionError> {
    let none = || ActionError::not_found("badge", award_id);
    let badge = shown::shown(conn, award_id).await?.filter(|badge| !badge.award.is_erased()).ok_or_else(none)?;
    let window = badge.level.content.renewal_window;
    match badge.award.state(app.clock.now(), window, &badge.issuer.zone()) {
        AwardState::Current | AwardState::Expiring => Ok(badge),
        _ => Err(ActionError::conflict(Conflict::BadgeOver, "the badge does not stand any more")),
    }
}

/// What a badge, or a skill in it, is called in letters.
fn title(badge: &ShownAward, skill: Option<u32>) -> String {
    let level = &badge.level.content;
    let named = skill.and_then(|skill| level.alignments.get(skill as usize - 1));
    named.map_or_else(|| level.name.clone(), |skill| format!("{}: {}", level.name, skill.name))
}
