//! Renews an award: a new one in the same lineage, by the level as it is now. Inside the renewal window it extends from the old
//! end; the old one is superseded, not revoked.

use super::{
    ActionError, App, Conflict,
    award_view::AwardView,
    issue::{earned, salt, unsealed},
    issuer, keys,
    prepare::{Draft, seal},
    require,
};
use crate::{
    domain::{
        actor::{Actor, Right},
        award::{Award, RenewalRefused, Visibility, renewal_dates},
        field::{Faults, FieldError},
        id::{random_id, random_urn},
        rubric::Grades,
    },
    store::{awards, levels, people},
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What may be said of a renewal. What is absent of visibility stays as it was; evidence is never carried over.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RenewRequest {
    /// How the person showed it again: goes into the credential.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub narrative: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence_url: Option<String>,
    /// The grade reached on each criterion of the level's rubric as it is now, by the criterion's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub results: Option<Grades>,
    /// `private`, `link` or `public`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visibility: Option<String>,
}

/// Answers the new award.
pub async fn renew(app: &App, actor: &Actor, award_id: &str, request: &RenewRequest) -> Result<AwardView, ActionError> {
    require(actor, Right::Issue)?;
    let said = check(request).map_err(ActionError::Invalid)?;
    match attempt(app, actor, award_id, &said).await {
        // Another was quicker, perhaps to renew or revoke this same one: then that is the answer.
        Err(ActionError::Busy) => attempt(app, actor, award_id, &said).await,
        done => done,
    }
}

async fn attempt(app: &App, actor: &Actor, award_id: &str, said: &Said) -> Result<AwardView, ActionError> {
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let found = awards::get(&mut conn, award_id).await?.filter(|award| !award.is_erased());
    let old = found.ok_or_else(|| ActionError::not_found("award", award_id))?;
    let issuer = issuer(&mut conn).await?;
    let signer = keys::signer(app, &mut conn, &issuer).await?;
    let zone = issuer.zone();
    let missing = |what: &str| ActionError::internal(anyhow::anyhow!("the {what} of award {award_id} is not there"));
    let level = levels::get(&mut conn, &old.level_id).await?.ok_or_else(|| missing("level"))?;
    let person = people::get(&mut conn, &old.person_id).await?.ok_or_else(|| missing("person"))?;
    let (valid_from, valid_until) = renewal_dates(&old, &level.content, now, &zone).map_err(|why| {
        let conflict = match why {
            RenewalRefused::Revoked => Conflict::Revoked,
            RenewalRefused::Superseded => Conflict::Superseded,
            RenewalRefused::Suspended => Conflict::Suspended,
            RenewalRefused::Endless => Conflict::Endless,
            RenewalRefused::TooEarly(_) => Conflict::TooEarly,
            RenewalRefused::OutOfRange => Conflict::OutOfCalendar,
        };
        ActionError::conflict(conflict, format!("the award {award_id} can't be renewed: {why}"))
    })?;
    earned(said.results.as_ref(), &level.content).map_err(|fault| ActionError::Invalid(vec![fault]))?;
    let random = &app.random;
    let award = Award {
        id: random.with(random_id),
        lineage_id: old.lineage_id.clone(),
        issuer_id: old.issuer_id.clone(),
        person_id: old.person_id.clone(),
        level_id: old.level_id.clone(),
        level_version: level.version,
        valid_from,
        valid_until,
        issued_at: now,
        subject_id: random.with(random_urn),
        salt: random.with(salt),
        narrative: said.narrative.clone(),
        evidence_url: said.evidence_url.clone(),
        results: said.results.clone(),
        visibility: said.visibility.unwrap_or(old.visibility),
        renews: Some(old.id.clone()),
        ..unsealed()
    };
    let draft = Draft { award, person, content: Arc::new(level.content) };
    let sealed = seal(app, &mut conn, &actor.label(), &issuer, signer, vec![draft], now).await?;
    let Some(Draft { award, person, content }) = sealed.into_iter().next() else { return Err(missing("renewal")) };
    conn.commit().await?;
    Ok(AwardView::of(&award, &person, &content, app.urls(), now, &zone))
}

struct Said {
    narrative: Option<String>,
    evidence_url: Option<String>,
    results: Option<Grades>,
    visibility: Option<Visibility>,
}

fn check(request: &RenewRequest) -> Result<Said, Vec<FieldError>> {
    let mut faults = Faults::default();
    let filled = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
    let narrative = filled(&request.narrative).map(|text| faults.text("narrative", &text, 5_000, true));
    let evidence_url = filled(&request.evidence_url).map(|link| faults.url("evidence_url", link.trim()));
    let visibility =
        filled(&request.visibility).and_then(|text| faults.take("visibility", Visibility::parse(text.trim())));
    let results = request.results.clone().filter(|grades| !grades.is_empty());
    faults.or(Said { narrative, evidence_url, results, visibility })
}
