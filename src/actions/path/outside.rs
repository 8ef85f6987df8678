//! A badge from elsewhere that walks a route: it verifies, its issuer is on this service's list and named by the route, and it was given
//! to the learner's own address. The document is kept as it was verified.

use super::{
    ActionError, Conflict, acting, complete,
    confirm::{Walked, already_met},
    own, route, still_active,
};
use crate::{
    actions::{
        App,
        verify::{Judged, verify_whole},
    },
    credential::verify::{CheckName, CredentialKind, Outcome, Report, Verdict},
    domain::{
        actor::{Actor, Right},
        requirement::{Route, RouteKind},
    },
    store::{
        events,
        fulfilments::{self, Fulfilled},
    },
};
use serde_json::json;

/// `badge` is a document, or a picture with one in it.
pub async fn bring(app: &App, actor: &Actor, walked: Walked<'_>, badge: &[u8]) -> Result<(), ActionError> {
    let mut conn = app.db.read().await?;
    let (member, person) = acting(&mut conn, actor, Right::SignedIn).await?;
    let enrolled = own(&mut conn, member, walked.enrolment).await?;
    let (_, wanted) = route(&enrolled, walked.requirement, walked.route)?;
    if !matches!(wanted.kind, RouteKind::OutsideBadge { .. }) {
        return Err(ActionError::conflict(
            Conflict::NeedsWord,
            "this route is not walked by a badge; someone must confirm it",
        ));
    }
    still_active(&enrolled.enrolment)?;
    // Others are asked, which may take some seconds: nobody waits for a connection meanwhile.
    drop(conn);
    let judged = verify_whole(app, badge, Some(&person.email)).await?;
    let (badge_id, document) = counts(&judged, wanted)?;

    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let (member, _) = acting(&mut conn, actor, Right::SignedIn).await?;
    let enrolled = own(&mut conn, member, walked.enrolment).await?;
    let (requirement, route) = route(&enrolled, walked.requirement, walked.route)?;
    still_active(&enrolled.enrolment)?;
    let met = Fulfilled {
        enrolment_id: enrolled.enrolment.id.clone(),
        requirement_id: requirement.id.clone(),
        route_id: route.id.clone(),
        note: None,
        badge_id: Some(badge_id),
        at: now,
        confirmed_by: "verification".to_owned(),
    };
    if !fulfilments::insert(&mut conn, &met, Some(&document)).await? {
        return Err(already_met());
    }
    let detail = json!({"requirement": met.requirement_id, "route": met.route_id, "badge": met.badge_id});
    events::append(&mut conn, now, &actor.label(), "requirement.met", &met.enrolment_id, &detail).await?;
    complete::once_whole(app, &mut conn, &met.enrolment_id, now).await?;
    Ok(conn.commit().await?)
}

/// The badge's identifier and the document, when it counts here.
fn counts(judged: &Judged, route: &Route) -> Result<(String, String), ActionError> {
    let report = &judged.verification.report;
    let refused = |why: &str| Err(ActionError::invalid("badge", why));
    if report.verdict != Verdict::Valid {
        return refused(&problem(report));
    }
    let (Some(claims), Some(document)) = (&report.claims, &judged.document) else {
        return refused("holds no badge");
    };
    if claims.kind != CredentialKind::Badge {
        return refused("is an endorsement; bring the badge itself");
    }
    // A registry vouches for an identifier; it takes this service's own list to let a badge count (decision 0029).
    if report.check(CheckName::Issuer).is_none_or(|check| check.code != "issuer_known") {
        return refused("comes from an issuer that is not on this service's list of trusted ones");
    }
    if !route.takes(&claims.issuer_id, &claims.achievement_id) {
        return refused("is genuine, but not the badge that this route asks for");
    }
    match String::from_utf8(document.to_vec()) {
        Ok(text) => Ok((claims.credential_id.clone(), text)),
        Err(_) => refused("holds no badge"),
    }
}

/// The worst of what was found, in its words.
fn problem(report: &Report) -> String {
    let failed = |outcome| report.checks.iter().find(|check| check.outcome == outcome);
    let worst = failed(Outcome::Failed).or_else(|| failed(Outcome::Unchecked));
    worst.map_or_else(|| "does not verify".to_owned(), |check| format!("does not count: {}", check.message))
}
