//! Verifies a presentation: the badges that their holder shows to someone, each looked up and judged as if it had come alone.

use super::{
    ActionError, App,
    lookup::{LookUp, LookUps},
    verify::{Verification, aside, gather, known_issuers, verify},
};
use crate::{
    credential::verify::{
        AskedOfPresentation, KnownIssuer, PresentationReport, Registry, is_presentation, judge_presentation,
        presentation_needs,
    },
    outside::fetch::Fetcher,
    store::issuers,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// What is said about a presentation, and what was looked up for it.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, ToSchema)]
pub struct PresentationVerification {
    #[serde(flatten)]
    pub report: PresentationReport,
    /// Documents of others, in the order they were asked for.
    pub fetched: Vec<LookUp>,
}

/// Verifies a presentation, in JSON or as a JWT. `challenge` is what the holder was given to sign, `domain` for whom; without a challenge the
/// report says that nobody asked for it. Whoever calls this holds no connection.
pub async fn verify_presentation(
    app: &App,
    presentation: &[u8],
    challenge: Option<&str>,
    domain: Option<&str>,
) -> Result<PresentationVerification, ActionError> {
    let occasion = Occasion { any_credential: false, ..Occasion::of(challenge, domain) };
    verify_on(app, presentation, occasion).await
}

/// The same with credentials of any kind in it, for the VC-API.
pub async fn verify_any_presentation(
    app: &App,
    presentation: &[u8],
    challenge: Option<&str>,
    domain: Option<&str>,
) -> Result<PresentationVerification, ActionError> {
    let occasion = Occasion { any_credential: true, ..Occasion::of(challenge, domain) };
    verify_on(app, presentation, occasion).await
}

async fn verify_on(
    app: &App,
    presentation: &[u8],
    mut occasion: Occasion,
) -> Result<PresentationVerification, ActionError> {
    let mut conn = app.db.read().await?;
    let issuers = issuers::all(&mut conn).await?;
    occasion.known = known_issuers(app, &mut conn, &issuers).await?;
    drop(conn);
    occasion.registries = app.config.registries.clone();
    let look_ups = LookUps::of_presentation(&app.fetcher, app.clock.now());
    let mut look_ups = look_ups.with_registries(&occasion.registries);
    let document: Arc<[u8]> = presentation.into();
    let wants = occasion.clone();
    let evidence = gather(&document, Some((app, &issuers)), &mut look_ups, move |document, evidence| {
        presentation_needs(document, evidence, &wants.asked())
    })
    .await?;
    let now = look_ups.now;
    let judged = move || judge_presentation(&document, &evidence, now, &occasion.asked());
    Ok(PresentationVerification { report: aside(judged).await?, fetched: look_ups.done })
}

/// The answer about whatever was handed in.
#[derive(Serialize, Clone, Debug, PartialEq, ToSchema)]
#[serde(untagged)]
pub enum Verified {
    Badge(Box<Verification>),
    /// It has `credentials`, and each of them is what `Verification` says of a badge.
    Presentation(Box<PresentationVerification>),
}

/// Verifies a badge, or a presentation that nobody asked for.
pub async fn verify_shown(app: &App, document: &[u8], email: Option<&str>) -> Result<Verified, ActionError> {
    Ok(match is_presentation(document) {
        true => Verified::Presentation(Box::new(verify_presentation(app, document, None, None).await?)),
        false => Verified::Badge(Box::new(verify(app, document, email).await?)),
    })
}

/// Verifies a presentation where there is no record: every issuer is unknown.
pub async fn verify_presentation_alone(
    fetcher: &Fetcher,
    presentation: &[u8],
    now: Timestamp,
) -> Result<PresentationVerification, ActionError> {
    let mut look_ups = LookUps::of_presentation(fetcher, now);
    let document: Arc<[u8]> = presentation.into();
    let asked = AskedOfPresentation::default();
    let wants = |document: &[u8], evidence: &_| presentation_needs(document, evidence, &AskedOfPresentation::default());
    let evidence = gather(&document, None, &mut look_ups, wants).await?;
    let report = judge_presentation(&document, &evidence, now, &asked);
    Ok(PresentationVerification { report, fetched: look_ups.done })
}

/// What is expected, to take to another thread.
#[derive(Clone)]
struct Occasion {
    challenge: Option<String>,
    domain: Option<String>,
    known: Arc<[KnownIssuer]>,
    any_credential: bool,
    registries: Arc<[Registry]>,
}

impl Occasion {
    fn of(challenge: Option<&str>, domain: Option<&str>) -> Self {
        let (challenge, domain) = (challenge.map(str::to_owned), domain.map(str::to_owned));
        Occasion { challenge, domain, known: Arc::default(), registries: Arc::default(), any_credential: false }
    }

    fn asked(&self) -> AskedOfPresentation<'_> {
        AskedOfPresentation {
            challenge: self.challenge.as_deref(),
            domain: self.domain.as_deref(),
            known_issuers: &self.known,
            any_credential: self.any_credential,
            registries: &self.registries,
        }
    }
}
