//! Fetches public documents of others: the keys and status lists of issuers elsewhere.
//!
//! Anyone can hand in a badge that names any URL, so a look-up goes only where the whole world could go by itself: https at port
//! 443, at a public address, which is checked after the name is resolved and is the one that is connected to, again at each of
//! two redirects at most. Five seconds and one MiB in all. Answers are kept as their servers say, and every target has its
//! allowance. What the operator allows beyond this is in `Reach`.

mod address;
mod cache;
mod client;
mod guard;
mod resolve;
mod sending;

pub use guard::Reach;
pub use resolve::{Memory, Network};
pub use sending::Answered;

use super::allowance::Allowance;
use cache::Cache;
use client::{Manner, Rules};
use jiff::Timestamp;
use openidconnect::{HttpRequest, HttpResponse};
use reqwest::{
    Method,
    header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue},
};
use std::{num::NonZeroU32, sync::Arc, time::Duration};
use tokio::sync::Semaphore;

const PATIENCE: Duration = Duration::from_secs(5);
const LARGEST: usize = 1024 * 1024;
/// Fetches under way at one time.
const AT_ONCE: usize = 64;
/// So that nobody can make this service hammer another. Many hosts may share an address, and a wildcard name makes any number
/// of hosts; so each address has an allowance too, a more generous one.
const HOST_A_MINUTE: NonZeroU32 = NonZeroU32::new(30).unwrap();
const ADDRESS_A_MINUTE: NonZeroU32 = NonZeroU32::new(300).unwrap();
/// Hosts and addresses whose allowances are remembered.
const REMEMBERED: u64 = 10_000;

/// Why there is no document: one sentence without its full stop.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum FetchError {
    #[error("it is not looked up, because {0}")]
    Refused(String),
    #[error("it redirects elsewhere, and {0}")]
    Redirected(String),
    #[error("it redirects more than twice")]
    TooManyRedirects,
    #[error("{0} was asked too often in the last minute; try again in a minute")]
    TooOften(String),
    #[error("too much is looked up at this moment; try again in a minute")]
    Busy,
    #[error("it can't be reached: {0}")]
    Unreachable(String),
    #[error("the server did not answer in 5 seconds")]
    TooSlow,
    #[error("the server did not answer in {0} seconds")]
    Silent(u64),
    #[error("the server answers with status {0}")]
    Status(u16),
    #[error("the answer is not JSON but {0}")]
    NotJson(String),
    #[error("the answer is packed in a way this service can't unpack: {0}")]
    Packed(String),
    #[error("the answer is larger than 1 MiB")]
    TooLarge,
}

/// What came of a look-up.
#[derive(Clone, Debug, PartialEq)]
pub struct Fetched {
    pub outcome: Result<Arc<[u8]>, FetchError>,
    /// When it was asked for over the network: earlier than now when it was kept since.
    pub at: Timestamp,
    /// Whether it was kept from an earlier look-up.
    pub cached: bool,
}

/// Looks documents up. One for the whole process, or its caches and limits are no use.
#[derive(Debug)]
pub struct Fetcher {
    rules: Rules,
    cache: Cache,
    places: Semaphore,
}

impl Fetcher {
    pub fn new(reach: Reach, network: Network) -> Self {
        let hosts = Allowance::of(HOST_A_MINUTE, REMEMBERED);
        let addresses = Allowance::of(ADDRESS_A_MINUTE, REMEMBERED);
        let rules = Rules { reach, network, hosts, addresses };
        Fetcher { rules, cache: Cache::new(), places: Semaphore::new(AT_ONCE) }
    }

    /// The document at a URL, from memory when it is still fresh.
    pub async fn fetch(&self, url: &str, now: Timestamp) -> Fetched {
        self.kept_or_new(url, url, Manner::Document, now).await
    }

    /// The document at a URL that is its issuer's word because it stands there: no redirect to another origin is followed, what is
    /// answered as gone (410) with JSON in it counts, and a key may be a text.
    pub async fn fetch_hosted(&self, url: &str, now: Timestamp) -> Fetched {
        self.kept_or_new(&format!("hosted {url}"), url, Manner::Hosted, now).await
    }

    /// A badge at a URL: a document, or a picture with one in it.
    pub async fn fetch_badge(&self, url: &str, now: Timestamp) -> Fetched {
        self.kept_or_new(&format!("badge {url}"), url, Manner::Badge, now).await
    }

    /// The statement of a federation at a URL. What is answered as not found (404) with JSON in it counts: the federation knows no such
    /// entity.
    pub async fn fetch_statement(&self, url: &str, now: Timestamp) -> Fetched {
        self.kept_or_new(&format!("statement {url}"), url, Manner::Statement, now).await
    }

    /// A request to the company's own OpenID provider, by the same rules of where it may go, but for the allowance of each host: the
    /// operator named it. What it publishes (its configuration and keys) is kept for five minutes whatever it says of that.
    pub async fn ask_provider(&self, request: HttpRequest, now: Timestamp) -> Result<HttpResponse, FetchError> {
        let published = request.method() == Method::GET && !request.headers().contains_key(AUTHORIZATION);
        if published {
            let url = request.uri().to_string();
            let found = self.kept_or_new(&format!("provider {url}"), &url, Manner::Provider, now).await;
            let mut response = HttpResponse::new(found.outcome?.to_vec());
            response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
            return Ok(response);
        }
        self.exchange(request, false, now).await
    }

    /// A request to another platform, by the same rules of where it may go; each counts for its host, and nothing is kept.
    pub async fn ask_platform(&self, request: HttpRequest, now: Timestamp) -> Result<HttpResponse, FetchError> {
        self.exchange(request, true, now).await
    }

    /// A further page of what a platform was asked for: the caller bounds how many there are, so they do not count for its host.
    pub async fn ask_further(&self, request: HttpRequest, now: Timestamp) -> Result<HttpResponse, FetchError> {
        self.exchange(request, false, now).await
    }

    async fn exchange(&self, request: HttpRequest, counted: bool, now: Timestamp) -> Result<HttpResponse, FetchError> {
        let Ok(_place) = self.places.try_acquire() else { return Err(FetchError::Busy) };
        let exchange = client::exchange(&self.rules, request, counted, now);
        tokio::time::timeout(PATIENCE, exchange).await.unwrap_or(Err(FetchError::TooSlow))
    }

    /// Whether this address may be asked or written to at all, as far as that can be seen from it.
    pub fn may_reach(&self, url: &str) -> Result<(), FetchError> {
        guard::target(url, &self.rules.reach).map(drop)
    }

    async fn kept_or_new(&self, key: &str, url: &str, manner: Manner, now: Timestamp) -> Fetched {
        if let Some(kept) = self.cache.get(key, now) {
            return kept;
        }
        let flight = self.cache.flight(key);
        flight.get_or_init(|| self.over_the_network(key, url, manner, now)).await.clone()
    }

    async fn over_the_network(&self, key: &str, url: &str, manner: Manner, now: Timestamp) -> Fetched {
        let Ok(_place) = self.places.try_acquire() else {
            return Fetched { outcome: Err(FetchError::Busy), at: now, cached: false };
        };
        let answer = match tokio::time::timeout(PATIENCE, client::get(&self.rules, url, manner, now)).await {
            Ok(answer) => answer,
            Err(_elapsed) => Err(FetchError::TooSlow),
        };
        if let Ok(answer) = &answer {
            self.cache.keep(key, answer, now);
        }
        Fetched { outcome: answer.map(|answer| answer.body), at: now, cached: false }
    }
}
