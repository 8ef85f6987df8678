//! Verifies a badge: looks up what the judge needs and lets it judge.
//!
//! Our own DID document and status lists are read from the record, so our badges verify without a network; a did:key needs
//! nothing. What is of others is fetched, and every look-up is named beside the report.

use super::{
    ActionError, App, documents,
    line::Line,
    lookup::{LookUp, LookUps},
    refresh::Refreshed,
    trust,
};
use crate::{
    credential::{
        bake::{self, BakeError},
        verify::{
            Asked, Check, CheckName, Evidence, Found, KnownIssuer, Need, Outcome, Registry, Report, Verdict, judge,
            needs, needs_for,
        },
    },
    domain::{award::Visibility, issuer::Issuer},
    outside::fetch::Fetcher,
    store::{Conn, awards, endorsements, issuers, personal_endorsements, status_lists, suspensions},
};
use jiff::Timestamp;
use memchr::memmem;
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// The judge is done after four rounds, or five for a presentation; this bounds a badge that would always want more.
const ROUNDS: usize = 6;
/// Documents judged at the same time.
const AT_ONCE: usize = 4;
/// Documents that wait to be judged.
const WAITING: usize = 64;

/// What is said about a badge, and what was looked up for it.
#[derive(Serialize, Clone, Debug, PartialEq, ToSchema)]
pub struct Verification {
    #[serde(flatten)]
    pub report: Report,
    /// Documents of others, in the order they were asked for.
    pub fetched: Vec<LookUp>,
    /// What came of asking for a newer version; absent when that was not asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refreshed: Option<Refreshed>,
}

/// A verification and what it was made from.
pub struct Judged {
    pub verification: Verification,
    /// The document, taken out of its picture. None when there was none in it.
    pub document: Option<Arc<[u8]>>,
    pub evidence: Evidence,
    email: Option<String>,
    known: Arc<[KnownIssuer]>,
    registries: Arc<[Registry]>,
}

impl Judged {
    /// The report for whoever judges the same documents without this record, and asks for this address.
    pub fn report_to_keep(&self, email: Option<&str>) -> Report {
        let report = &self.verification.report;
        match &self.document {
            Some(document) if self.email.as_deref() != email || self.evidence.tells_of_suspensions() => {
                let asked = Asked { email, known_issuers: &self.known, registries: &self.registries };
                judge(document, &self.evidence.of_lists_alone(), report.checked_at, &asked)
            }
            _ => report.clone(),
        }
    }

    fn without_badge(report: Report) -> Self {
        let verification = Verification { report, fetched: Vec::new(), refreshed: None };
        Judged {
            verification,
            document: None,
            evidence: Evidence::new(),
            email: None,
            known: Arc::default(),
            registries: Arc::default(),
        }
    }
}

/// Verifies a JSON document, or the badge inside a PNG or SVG. `email` asks whether it was given to that address.
///
/// Whoever calls this holds no connection: one that waits for a second may wait for others that do the same. None is held
/// while the judge works either, or while others are asked, which may take some seconds.
pub async fn verify(app: &App, badge: &[u8], email: Option<&str>) -> Result<Verification, ActionError> {
    Ok(verify_whole(app, badge, email).await?.verification)
}

/// The same, with the document and the evidence.
pub async fn verify_whole(app: &App, badge: &[u8], email: Option<&str>) -> Result<Judged, ActionError> {
    let now = app.clock.now();
    let document: Arc<[u8]> = match document_in(badge, now) {
        Ok(document) => document.into(),
        Err(report) => return Ok(Judged::without_badge(*report)),
    };
    let mut conn = app.db.read().await?;
    let issuers = issuers::all(&mut conn).await?;
    let known = known_issuers(app, &mut conn, &issuers).await?;
    let known: Arc<[KnownIssuer]> = known.iter().cloned().chain(endorser_named(&issuers, &document)).collect();
    drop(conn);
    let registries = app.config.registries.clone();
    let mut look_ups = LookUps::new(&app.fetcher, now).with_registries(&registries);
    let (trusted, asked) = (known.clone(), registries.clone());
    let wants = move |document: &[u8], evidence: &Evidence| {
        needs_for(document, evidence, &Asked { email: None, known_issuers: &trusted, registries: &asked })
    };
    let evidence = gather(&document, Some((app, &issuers)), &mut look_ups, wants).await?;
    let email = email.map(str::to_owned);
    let (badge, by, address) = (document.clone(), evidence.clone(), email.clone());
    let (trusted, listed) = (known.clone(), registries.clone());
    let judged = move || {
        let asked = Asked { email: address.as_deref(), known_issuers: &trusted, registries: &listed };
        judge(&badge, &by, now, &asked)
    };
    let verification = Verification { report: aside(judged).await?, fetched: look_ups.done, refreshed: None };
    Ok(Judged { verification, document: Some(document), evidence, email, known, registries })
}

/// Whom this service vouches for: its own issuers, and those the operator trusts.
pub(super) async fn known_issuers(
    app: &App,
    conn: &mut Conn,
    own: &[Issuer],
) -> Result<Arc<[KnownIssuer]>, ActionError> {
    let trusted = trust::known(app, conn).await?;
    Ok(own.iter().map(KnownIssuer::from).chain(trusted).collect())
}

/// What the judge `wants`, round by round: from our own record where there is one, else from elsewhere.
pub(super) async fn gather(
    document: &Arc<[u8]>,
    record: Option<(&App, &[Issuer])>,
    look_ups: &mut LookUps<'_>,
    wants: impl Fn(&[u8], &Evidence) -> Vec<Need> + Clone + Send + 'static,
) -> Result<Evidence, ActionError> {
    let mut evidence = Evidence::new();
    for _ in 0..ROUNDS {
        let (document, known, wants) = (document.clone(), evidence.clone(), wants.clone());
        let missing = aside(move || wants(&document, &known)).await?;
        if missing.is_empty() {
            break;
        }
        for need in missing {
            let own = match record {
                Some((app, issuers)) => our_own(app, issuers, &need, look_ups.now).await?,
                None => None,
            };
            let found = match own {
                Some(found) => {
                    evidence_of_suspensions(record, &need, &mut evidence).await?;
                    found
                }
                None => look_ups.look_up(&need).await,
            };
            evidence.put(need, found);
        }
    }
    Ok(evidence)
}

/// Runs the judge's work off the async threads and a few at a time: a stranger's document may take it a while, and
/// meanwhile everyone else is answered. When too many wait already, the answer is `Busy`.
pub(super) async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, ActionError> {
    static JUDGES: Line = Line::new(AT_ONCE, WAITING);
    let turn = JUDGES.turn().await?;
    let work = move || {
        let _turn = turn;
        work()
    };
    tokio::task::spawn_blocking(work).await.map_err(ActionError::internal)
}

/// The badge behind a link to one of our own badges or certifications. Links elsewhere are refused.
pub async fn linked(app: &App, link: &str) -> Result<Vec<u8>, ActionError> {
    let (urls, link) = (app.urls(), link.trim());
    let mut conn = app.db.read().await?;
    if let Some(id) = urls.id_in(link, "endorsements") {
        let said = personal_endorsements::get(&mut conn, id).await?.filter(|said| said.is_seen());
        if let Some(said) = said {
            return Ok(said.credential.into_bytes());
        }
        let found = endorsements::get(&mut conn, id).await?;
        drop(conn);
        let there = found.filter(|endorsement| !endorsement.is_erased());
        let endorsement = there.ok_or_else(|| ActionError::not_found("endorsement", link))?;
        return Ok(endorsement.credential.into_bytes());
    }
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
    // Who may not see a private award learns no more here than from its page.
    let award = found
        .filter(|award| award.visibility != Visibility::Private && !award.is_erased())
        .ok_or_else(|| ActionError::not_found("badge", link))?;
    Ok(award.credential.into_bytes())
}

/// Verifies where there is no record: every issuer is unknown.
pub async fn verify_alone(
    fetcher: &Fetcher,
    badge: &[u8],
    email: Option<&str>,
    now: Timestamp,
) -> Result<Judged, ActionError> {
    let document: Arc<[u8]> = match document_in(badge, now) {
        Ok(document) => document.into(),
        Err(report) => return Ok(Judged::without_badge(*report)),
    };
    let mut look_ups = LookUps::new(fetcher, now);
    let evidence = gather(&document, None, &mut look_ups, needs).await?;
    let report = judge(&document, &evidence, now, &Asked { email, known_issuers: &[], ..Asked::default() });
    let verification = Verification { report, fetched: look_ups.done, refreshed: None };
    Ok(Judged {
        verification,
        document: Some(document),
        evidence,
        email: email.map(str::to_owned),
        known: Arc::default(),
        registries: Arc::default(),
    })
}

/// The JSON itself, or what a picture carries; a picture without a badge is reported like any other thing that is none.
pub(super) fn document_in(badge: &[u8], now: Timestamp) -> Result<Vec<u8>, Box<Report>> {
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
            endorsements: Vec::new(),
            endorsements_left_aside: 0,
        })
    })
}

/// What our own record answers; `None` when it is another's to answer.
async fn our_own(app: &App, issuers: &[Issuer], need: &Need, now: Timestamp) -> Result<Option<Found>, ActionError> {
    let found = match need {
        Need::DidDocument(did) => match issuers.iter().find(|issuer| issuer.did == *did) {
            Some(issuer) => {
                let document = documents::did_document(app.urls(), &mut app.db.read().await?, issuer).await?;
                Some(serde_json::to_vec(&document).map_err(ActionError::internal)?)
            }
            None => match endorser_of(issuers, did) {
                Some((issuer, id)) => endorser_document(app, issuer, id).await?,
                None => return Ok(None),
            },
        },
        // Our issuers are known by their DID.
        Need::IssuerProfile(_) => return Ok(None),
        Need::StatusList(url) => match app.urls().id_in(url, "status") {
            Some(id) => {
                status_lists::published(&mut app.db.read().await?, id).await?.map(|publication| publication.json)
            }
            None => match url.strip_prefix(&app.config.base_url).and_then(endorser_in) {
                Some(id) => {
                    let known = personal_endorsements::endorser(&mut app.db.read().await?, id).await?;
                    known.and_then(|known| known.list).map(String::into_bytes)
                }
                None => return Ok(None),
            },
        },
        // Badges of Open Badges 2 and 1 are never ours, and what proves them stands elsewhere.
        Need::Json(_) | Need::EntityStatement(_) => return Ok(None),
    };
    let missing = || Found::Unavailable("this service has no such list".to_owned());
    Ok(Some(found.map_or_else(missing, |bytes| Found::Document(bytes, now))))
}

/// What of a list of ours is only suspended: our record knows, where the list has one mark for all that is taken back (decision 0069).
async fn evidence_of_suspensions(
    record: Option<(&App, &[Issuer])>,
    need: &Need,
    evidence: &mut Evidence,
) -> Result<(), ActionError> {
    let (Some((app, _)), Need::StatusList(url)) = (record, need) else { return Ok(()) };
    let Some(id) = app.urls().id_in(url, "status") else { return Ok(()) };
    let places = suspensions::places_of_list(&mut app.db.read().await?, id).await?;
    evidence.put_suspended(url, places);
    Ok(())
}

const ENDORSERS: &str = ":endorsers:";

/// The endorser of ours that a DID names, and whose service it is.
fn endorser_of<'a>(issuers: &'a [Issuer], did: &'a str) -> Option<(&'a Issuer, &'a str)> {
    issuers.iter().find_map(|issuer| Some((issuer, did.strip_prefix(&issuer.did)?.strip_prefix(ENDORSERS)?)))
}

/// The id in `/endorsers/{id}/status`.
fn endorser_in(path: &str) -> Option<&str> {
    path.strip_prefix("/endorsers/")?.strip_suffix("/status")
}

async fn endorser_document(app: &App, issuer: &Issuer, id: &str) -> Result<Option<Vec<u8>>, ActionError> {
    let mut conn = app.db.read().await?;
    let known = personal_endorsements::endorser(&mut conn, id).await?;
    if known.is_none_or(|known| known.list.is_none()) {
        return Ok(None);
    }
    let keys = documents::endorser_keys(&mut conn, issuer).await?;
    serde_json::to_vec(&documents::endorser_did_document(issuer, id, &keys)).map(Some).map_err(ActionError::internal)
}

/// Whoever endorses here is known to this service, under the name that it signed.
fn endorser_named(issuers: &[Issuer], document: &[u8]) -> Option<KnownIssuer> {
    // Most documents are of no endorser, and are not read once more for that.
    memmem::find(document, ENDORSERS.as_bytes())?;
    let document: serde_json::Value = serde_json::from_slice(document).ok()?;
    let (id, name) = (document.pointer("/issuer/id")?.as_str()?, document.pointer("/issuer/name")?.as_str()?);
    endorser_of(issuers, id)?;
    Some(KnownIssuer { id: id.to_owned(), name: name.to_owned(), ..KnownIssuer::default() })
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str().trim_end_matches('.'))
}
