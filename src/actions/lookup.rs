//! What a verification looks up elsewhere, and what it says about it: every look-up is named in its answer.
//!
//! A badge may want a few look-ups and no more, or one request could send this service to any number of places.

use crate::{
    credential::{
        did::did_web_document_url,
        verify::{Found, Need, Registry},
    },
    outside::fetch::Fetcher,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The issuer's keys and some lists, and as much for a few endorsers; the parts of a badge of Open Badges 2.
const MOST: usize = 12;
/// Of a presentation, which shows badges of several issuers.
const MOST_OF_PRESENTATION: usize = 24;

/// What a federation wants: the anchor's own statement, one about the issuer, one about its address, and the issuer's own.
const MOST_OF_REGISTRY: usize = 4;

/// One document of others that was asked for.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, ToSchema)]
pub struct LookUp {
    pub url: String,
    /// When it was read over the network; before the check when it was kept since.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    pub from: Place,
    /// Why it could not be read: one sentence without its full stop. Absent when it was read.
    pub problem: Option<String>,
}

#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    Network,
    /// Kept from an earlier look-up, as long as its server allows.
    Cache,
}

/// The look-ups of one verification.
pub(super) struct LookUps<'a> {
    pub fetcher: &'a Fetcher,
    pub now: Timestamp,
    pub done: Vec<LookUp>,
    most: usize,
}

impl<'a> LookUps<'a> {
    pub(super) fn new(fetcher: &'a Fetcher, now: Timestamp) -> Self {
        LookUps { fetcher, now, done: Vec::new(), most: MOST }
    }

    pub(super) fn of_presentation(fetcher: &'a Fetcher, now: Timestamp) -> Self {
        LookUps { most: MOST_OF_PRESENTATION, ..Self::new(fetcher, now) }
    }

    /// So many more as these registries may want: the operator named them, not the badge.
    pub(super) fn with_registries(self, registries: &[Registry]) -> Self {
        LookUps { most: self.most + registries.len() * MOST_OF_REGISTRY, ..self }
    }

    pub(super) async fn look_up(&mut self, need: &Need) -> Found {
        let Some(url) = address(need) else {
            return Found::Unavailable("its issuer is no did:web that could be looked up".to_owned());
        };
        if self.done.len() >= self.most {
            return Found::Unavailable(format!("it wants more than {} documents looked up", self.most));
        }
        let fetched = match need {
            // Where the address is the whole proof, no redirect to another origin may speak for it.
            Need::Json(_) | Need::IssuerProfile(_) => self.fetcher.fetch_hosted(&url, self.now).await,
            Need::EntityStatement(_) => self.fetcher.fetch_statement(&url, self.now).await,
            Need::DidDocument(_) | Need::StatusList(_) => self.fetcher.fetch(&url, self.now).await,
        };
        let from = if fetched.cached { Place::Cache } else { Place::Network };
        let problem = fetched.outcome.as_ref().err().map(ToString::to_string);
        self.done.push(LookUp { url, at: fetched.at, from, problem });
        match fetched.outcome {
            Ok(body) => Found::Document(body.to_vec(), fetched.at),
            Err(why) => Found::Unavailable(why.to_string()),
        }
    }
}

/// Where a document is. On localhost services speak http: it is asked only when the operator allows it.
fn address(need: &Need) -> Option<String> {
    match need {
        Need::StatusList(url) | Need::IssuerProfile(url) | Need::Json(url) | Need::EntityStatement(url) => {
            Some(url.clone())
        }
        Need::DidDocument(did) => {
            let url = did_web_document_url(did).ok()?;
            let trial = url.strip_prefix("https://localhost").filter(|rest| rest.starts_with([':', '/']));
            Some(trial.map_or(url.clone(), |rest| format!("http://localhost{rest}")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_did_is_looked_up_over_https_and_on_localhost_over_http() {
        let of = |did: &str| address(&Need::DidDocument(did.into()));
        assert_eq!(of("did:web:a.example").as_deref(), Some("https://a.example/.well-known/did.json"));
        assert_eq!(of("did:web:localhost%3A8080:x").as_deref(), Some("http://localhost:8080/x/did.json"));
        assert_eq!(of("did:web:localhost.example").as_deref(), Some("https://localhost.example/.well-known/did.json"));
        assert_eq!(of("did:key:z6Mk"), None);
    }
}
