//! A record of someone's valid badges as one signed document, a ClrCredential: for a talk about what comes next, or another employer. It is of the moment;
//! each badge in it goes on standing by its own proof and status, and nothing of it is kept here.

use super::{ActionError, App, Conflict, documents, issue::salt, issuer, keys, prepare::own_evidence, verify::aside};
use crate::{
    credential::verify::{Asked, CheckName, KnownIssuer, Outcome, judge_any},
    domain::{award::AwardState, id::random_urn, recipient::Person},
    store::{Conn, events, shown},
};
use jiff::Timestamp;
use serde_json::json;

/// Signs it in the caller's transaction; none where no badge stands.
pub(super) async fn signed(
    app: &App,
    conn: &mut Conn,
    by: &str,
    person: &Person,
    now: Timestamp,
) -> Result<Option<String>, ActionError> {
    let mut badges = shown::shown_of_person(conn, &person.id).await?;
    badges.retain(|shown| {
        let state = shown.award.state(now, shown.level.content.renewal_window, &shown.issuer.zone());
        matches!(state, AwardState::Current | AwardState::Expiring)
    });
    if badges.is_empty() {
        return Ok(None);
    }
    let issuer = issuer(conn).await?;
    let signer = keys::signer(app, conn, &issuer).await?;
    let lists: Vec<&str> = badges.iter().map(|shown| shown.award.status_list_id.as_str()).collect();
    let evidence = own_evidence(app.urls(), conn, &issuer, lists, now).await?;
    let record = documents::Record {
        id: app.random.with(random_urn),
        subject_id: app.random.with(random_urn),
        email: &person.email,
        salt: app.random.with(salt),
        at: now,
        badges: &badges,
    };
    let text = documents::sign_record(app.urls(), &issuer, &record, &signer.method, &signer.key)?;
    let detail = json!({"record": record.id, "badges": badges.iter().map(|shown| &shown.award.id).collect::<Vec<_>>()});
    // Our own output must stand before our own verifier.
    let (bytes, known) = (text.clone().into_bytes(), [KnownIssuer::from(&issuer)]);
    let judged = move || {
        let report = judge_any(&bytes, &evidence, now, &Asked { known_issuers: &known, ..Asked::default() });
        let fault = |check: &crate::credential::verify::Check| {
            matches!(check.check, CheckName::Format | CheckName::Proof | CheckName::Issuer)
                && check.outcome != Outcome::Passed
        };
        report.checks.into_iter().find(fault)
    };
    if let Some(check) = aside(judged).await? {
        let message = format!("the record did not stand before Laurel's own verifier: {}", check.message);
        return Err(ActionError::refused(message));
    }
    events::append(conn, now, by, "person.record_signed", &person.id, &detail).await?;
    Ok(Some(text))
}

/// What is said where no badge stands.
pub(super) fn no_badge() -> ActionError {
    ActionError::conflict(Conflict::NoBadge, "no badge stands at the moment")
}
