//! Verifies a badge: looks up what the judge needs and lets it judge.
//!
//! Our own DID document and status lists are read from the record, so our badges verify without a network; a did:key needs
//! nothing. Whatever is of others could not be checked, and the report says so.

use super::{ActionError, App, documents};
use crate::{
    credential::{
        bake::{self, BakeError},
        verify::{Asked, Check, CheckName, Evidence, Found, KnownIssuer, Need, Outcome, Report, Verdict, judge, needs},
    },
    domain::{award::Visibility, issuer::Issuer},
    store::{Conn, awards, issuers, status_lists},
};
use jiff::Timestamp;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// The judge is done after four rounds; this bounds a badge that would always want more.
const ROUNDS: usize = 6;
/// Documents judged at the same time.
const AT_ONCE: usize = 4;
const ELSEWHERE: &str = "this version of Laurel does not look up issuers elsewhere";

/// Verifies a JSON document, or the badge inside a PNG or SVG. `email` asks whether it was given to that address.
///
/// Whoever calls this holds no connection: one that waits for a second may wait for others that do the same. None is held
/// while the judge works either.
pub async fn verify(app: &App, badge: &[u8], email: Option<&str>) -> Result<Report, ActionError> {
    let now = app.clock.now();
    let document: Arc<[u8]> = match document_in(badge, now) {
        Ok(document) => document.into(),
        Err(report) => return Ok(*report),
    };
    let issuers = issuers::all(&mut app.db.read().await?).await?;
    let mut evidence = Evidence::new();
    for _ in 0..ROUNDS {
        let (document, known) = (document.clone(), evidence.clone());
        let missing = aside(move || needs(&document, &known)).await?;
        if missing.is_empty() {
            break;
        }
        let mut conn = app.db.read().await?;
        for need in missing {
            let found = look_up(app, &mut conn, &issuers, &need, now).await?;
            evidence.put(need, found);
        }
    }
    let known: Vec<KnownIssuer> =
        issuers.into_iter().map(|issuer| KnownIssuer { id: issuer.did, name: issuer.name }).collect();
    let email = email.map(str::to_owned);
    aside(move || judge(&document, &evidence, now, &Asked { email: email.as_deref(), known_issuers: &known })).await
}

/// Runs the judge's work off the async threads and a few at a time: a stranger's document may take it a while, and
/// meanwhile everyone else is answered.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, ActionError> {
    static PLACES: Semaphore = Semaphore::const_new(AT_ONCE);
    let place = PLACES.acquire().await.map_err(ActionError::internal)?;
    let work = move || {
        let _place = place;
        work()
    };
    tokio::task::spawn_blocking(work).await.map_err(ActionError::internal)
}

/// Verifies the badge behind a link to one of our own badges or certifications. Links elsewhere are refused.
pub async fn verify_link(app: &App, link: &str, email: Option<&str>) -> Result<Report, ActionError> {
    let (urls, link) = (app.urls(), link.trim());
    let mut conn = app.db.read().await?;
    let found = match (urls.id_in(link, "badges"), urls.id_in(link, "certifications")) {
        (Some(id), _) => awards::get(&mut conn, id).await?,
        (_, Some(id)) => awards::latest_of_lineage(&mut conn, id).await?,
        (None, None) => {
            return Err(ActionError::invalid(
                "url",
                format!(
                    "is not a link to a badge of this service; give one that starts with {}/badges/, or the badge's file",
                    app.config.base_url
                ),
            ));
        }
    };
    drop(conn);
    // Who may not see a private award learns no more here than from its page.
    let award = found
        .filter(|award| award.visibility != Visibility::Private)
        .ok_or_else(|| ActionError::not_found("badge", link))?;
    verify(app, award.credential.as_bytes(), email).await
}

/// Verifies where there is no record and no network: badges signed by a did:key can be told, of others what they say.
pub fn verify_alone(badge: &[u8], email: Option<&str>, now: Timestamp) -> Report {
    let document = match document_in(badge, now) {
        Ok(document) => document,
        Err(report) => return *report,
    };
    let mut evidence = Evidence::new();
    for _ in 0..ROUNDS {
        let missing = needs(&document, &evidence);
        if missing.is_empty() {
            break;
        }
        for need in missing {
            evidence.put(need, Found::Unavailable(ELSEWHERE.to_owned()));
        }
    }
    judge(&document, &evidence, now, &Asked { email, known_issuers: &[] })
}

/// The JSON itself, or what a picture carries; a picture without a badge is reported like any other thing that is none.
fn document_in(badge: &[u8], now: Timestamp) -> Result<Vec<u8>, Box<Report>> {
    bake::unbake(badge).map_err(|why: BakeError| {
        let check = Check {
            check: CheckName::Format,
            outcome: Outcome::Failed,
            code: "no_badge".to_owned(),
            message: sentence(&why.to_string()),
        };
        Box::new(Report {
            verdict: Verdict::Invalid,
            checks: vec![check],
            claims: None,
            standard: None,
            checked_at: now,
        })
    })
}

async fn look_up(
    app: &App,
    conn: &mut Conn,
    issuers: &[Issuer],
    need: &Need,
    now: Timestamp,
) -> Result<Found, ActionError> {
    let found = match need {
        Need::DidDocument(did) => match issuers.iter().find(|issuer| issuer.did == *did) {
            Some(issuer) => {
                let document = documents::did_document(conn, issuer).await?;
                Some(serde_json::to_vec(&document).map_err(ActionError::internal)?)
            }
            None => None,
        },
        // Our issuers are known by their DID.
        Need::IssuerProfile(_) => None,
        Need::StatusList(url) => match app.urls().id_in(url, "status") {
            Some(id) => status_lists::published(conn, id).await?.map(|publication| publication.json),
            None => None,
        },
        // Badges of Open Badges 2 and 1 are never ours, and what proves them stands elsewhere.
        Need::Json(_) => None,
    };
    Ok(found.map_or_else(|| Found::Unavailable(ELSEWHERE.to_owned()), |bytes| Found::Document(bytes, now)))
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str().trim_end_matches('.'))
}
