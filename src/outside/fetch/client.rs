//! One fetch: look the name up, check every address, connect to what was checked, follow redirects by the same rules.
//!
//! A connection serves one request, with no proxy and no cookies. Two redirects at most. The body is at most 1 MiB, packed or
//! unpacked, and JSON by its media type when it has one.

use super::super::allowance::Allowance;
use super::{
    FetchError, LARGEST,
    cache::freshness,
    guard::{self, Reach, Target},
    resolve::Network,
};
use flate2::read::MultiGzDecoder;
use jiff::{SignedDuration, Timestamp};
use openidconnect::{HttpRequest, HttpResponse};
use reqwest::{
    Certificate, Client, Response, StatusCode,
    header::{ACCEPT, ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, HeaderName, LOCATION},
    redirect::Policy,
};
use std::{
    io::Read,
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

const REDIRECTS: usize = 2;
/// How many there are of what is given page by page.
const TOTAL: HeaderName = HeaderName::from_static("x-total-count");
/// How long what the company's own provider publishes is kept: its keys may change in an hour of need.
const PROVIDER_KEPT: SignedDuration = SignedDuration::from_mins(5);
const BADGES: &str = "application/vc, application/json, application/ld+json, image/png, image/svg+xml, application/vc+jwt, application/jwt, text/plain;q=0.5";
const ACCEPTED: &str = "application/json, application/ld+json, application/did+json, application/vc, application/vc+jwt;q=0.5, application/entity-statement+jwt;q=0.5";

/// What looking up goes by.
#[derive(Debug)]
pub(super) struct Rules {
    pub reach: Reach,
    pub network: Network,
    pub hosts: Allowance<String>,
    pub addresses: Allowance<IpAddr>,
}

/// What the asker takes for an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    Document,
    /// The address itself is the proof.
    Hosted,
    /// A statement of a federation, which may have none.
    Statement,
    /// A badge that someone keeps: a picture or a text is as good as JSON.
    Badge,
    /// What the company's own provider publishes.
    Provider,
}

pub(super) struct Answer {
    pub body: Arc<[u8]>,
    /// For how long it may be kept.
    pub fresh: SignedDuration,
}

pub(super) async fn get(rules: &Rules, url: &str, manner: Manner, now: Timestamp) -> Result<Answer, FetchError> {
    let mut target = guard::target(url, &rules.reach)?;
    let mut fresh = SignedDuration::MAX;
    for _ in 0..=REDIRECTS {
        let response = ask(rules, &target, manner, now).await?;
        let said = if manner == Manner::Provider { PROVIDER_KEPT } else { freshness(response.headers()) };
        fresh = fresh.min(said);
        let Some(next) = redirect(&response, manner)? else {
            return Ok(Answer { body: read(response, manner).await?.into(), fresh });
        };
        let next = target.url.join(&next).map_err(|_| FetchError::Refused("it redirects to nowhere".to_owned()))?;
        if manner == Manner::Hosted && next.origin() != target.url.origin() {
            return Err(FetchError::Redirected("what stands at another origin is not its word".to_owned()));
        }
        target = guard::of(next, &rules.reach).map_err(|why| FetchError::Redirected(why.to_string()))?;
    }
    Err(FetchError::TooManyRedirects)
}

/// One request and its answer, whatever its status; no redirect is followed. Counted where a stranger may have named the place, and not
/// where it is the company's own provider.
pub(super) async fn exchange(
    rules: &Rules,
    request: HttpRequest,
    counted: bool,
    now: Timestamp,
) -> Result<HttpResponse, FetchError> {
    let (parts, body) = request.into_parts();
    let target = guard::target(&parts.uri.to_string(), &rules.reach)?;
    let client = connected(rules, &target, counted, now).await?;
    let request = client.request(parts.method, target.url.clone()).headers(parts.headers).body(body);
    let response = request.send().await.map_err(|why| FetchError::Unreachable(cause(&why)))?;
    let (status, kind) = (response.status(), response.headers().get(CONTENT_TYPE).cloned());
    let total = response.headers().get(TOTAL).cloned();
    let mut answer = HttpResponse::new(read(response, Manner::Provider).await?);
    *answer.status_mut() = status;
    if let Some(kind) = kind {
        answer.headers_mut().insert(CONTENT_TYPE, kind);
    }
    if let Some(total) = total {
        answer.headers_mut().insert(TOTAL, total);
    }
    Ok(answer)
}

/// Sends one request, to an address that was checked.
async fn ask(rules: &Rules, target: &Target, manner: Manner, now: Timestamp) -> Result<Response, FetchError> {
    let client = connected(rules, target, manner != Manner::Provider, now).await?;
    let accepted = if manner == Manner::Badge { BADGES } else { ACCEPTED };
    let request = client.get(target.url.clone()).header(ACCEPT, accepted).header(ACCEPT_ENCODING, "gzip");
    request.send().await.map_err(|why| FetchError::Unreachable(cause(&why)))
}

/// A client for this target alone, at addresses that were checked; counted where a stranger may have named it.
pub(super) async fn connected(
    rules: &Rules,
    target: &Target,
    counted: bool,
    now: Timestamp,
) -> Result<Client, FetchError> {
    if counted && rules.hosts.take(target.host.clone(), now).is_err() {
        return Err(FetchError::TooOften(target.host.clone()));
    }
    let found = match target.literal {
        Some(address) => vec![address],
        None => rules.network.addresses(&target.host, target.port).await.map_err(FetchError::Unreachable)?,
    };
    let Some(first) = found.first() else {
        return Err(FetchError::Unreachable(format!("the name {} has no address", target.host)));
    };
    // One bad address among good ones is refused as a whole: who answers so is not to be trusted with the rest.
    found.iter().try_for_each(|address| target.hold(*address))?;
    if counted && rules.addresses.take(*first, now).is_err() {
        return Err(FetchError::TooOften(target.host.clone()));
    }
    let checked = found.iter().map(|address| SocketAddr::new(*address, target.port)).collect();
    let dialled = rules.network.dial(checked).map_err(FetchError::Unreachable)?;
    client(rules, target, &dialled)
}

/// A client that knows one host and where it is; it looks nothing up by itself.
fn client(rules: &Rules, target: &Target, addresses: &[SocketAddr]) -> Result<Client, FetchError> {
    // Another part of the process may have set it before; which one does not matter, they are the same.
    let _already_set: Result<(), Arc<_>> = rustls::crypto::ring::default_provider().install_default();
    let failed = |why: reqwest::Error| FetchError::Unreachable(cause(&why));
    let mut builder = Client::builder()
        .no_proxy()
        .redirect(Policy::none())
        .referer(false)
        .pool_max_idle_per_host(0)
        .https_only(target.url.scheme() == "https")
        .resolve_to_addrs(&target.host, addresses)
        .user_agent(concat!("laurel/", env!("CARGO_PKG_VERSION")));
    if let Network::Memory(memory) = &rules.network {
        let roots: Result<Vec<_>, _> = memory.roots.iter().map(|root| Certificate::from_der(root)).collect();
        builder = builder.tls_certs_only(roots.map_err(failed)?);
    }
    builder.build().map_err(failed)
}

/// Where the answer leads on to; none when it is the document itself.
fn redirect(response: &Response, manner: Manner) -> Result<Option<String>, FetchError> {
    let status = response.status();
    let is_json = || header(response, CONTENT_TYPE).is_some_and(|kind| is_json(&kind));
    let counts = match manner {
        Manner::Document | Manner::Badge | Manner::Provider => None,
        Manner::Hosted => Some(StatusCode::GONE),
        Manner::Statement => Some(StatusCode::NOT_FOUND),
    };
    if status == StatusCode::OK || Some(status) == counts && is_json() {
        return Ok(None);
    }
    match (status.as_u16(), header(response, LOCATION)) {
        (301 | 302 | 303 | 307 | 308, Some(place)) => Ok(Some(place)),
        (status, _) => Err(FetchError::Status(status)),
    }
}

async fn read(mut response: Response, manner: Manner) -> Result<Vec<u8>, FetchError> {
    if let Some(kind) = header(&response, CONTENT_TYPE)
        && !is_json(&kind)
        && !(manner == Manner::Hosted && is_text(&kind))
        && !(manner == Manner::Badge && is_badge(&kind))
    {
        return Err(FetchError::NotJson(kind.chars().take(60).collect()));
    }
    let packed = match header(&response, CONTENT_ENCODING).map(|coding| coding.to_ascii_lowercase()) {
        None => false,
        Some(coding) if coding == "identity" => false,
        Some(coding) if coding == "gzip" || coding == "x-gzip" => true,
        Some(coding) => return Err(FetchError::Packed(coding.chars().take(60).collect())),
    };
    let mut body = Vec::new();
    while let Some(part) = response.chunk().await.map_err(|why| FetchError::Unreachable(cause(&why)))? {
        if body.len() + part.len() > LARGEST {
            return Err(FetchError::TooLarge);
        }
        body.extend_from_slice(&part);
    }
    if packed { unpack(&body) } else { Ok(body) }
}

fn unpack(packed: &[u8]) -> Result<Vec<u8>, FetchError> {
    let mut body = Vec::new();
    let limited = MultiGzDecoder::new(packed).take(LARGEST as u64 + 1).read_to_end(&mut body);
    limited.map_err(|_| FetchError::Packed("broken gzip".to_owned()))?;
    if body.len() > LARGEST { Err(FetchError::TooLarge) } else { Ok(body) }
}

/// How a key in PEM is served.
fn is_text(media_type: &str) -> bool {
    matches!(essence(media_type).as_str(), "text/plain" | "application/x-pem-file")
}

/// How a badge that is no JSON is served.
fn is_badge(media_type: &str) -> bool {
    matches!(essence(media_type).as_str(), "image/png" | "image/svg+xml" | "text/plain" | "application/octet-stream")
}

/// The media type without its parameters.
fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// JSON, or a JWT that holds it.
fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    let named = ["application/json", "text/json", "application/vc", "application/did", "application/jwt"];
    named.contains(&essence.as_str())
        || (essence.starts_with("application/") && (essence.ends_with("+json") || essence.ends_with("+jwt")))
}

fn header(response: &Response, name: HeaderName) -> Option<String> {
    response.headers().get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).trim().to_owned())
}

/// The innermost reason: the outer ones only say that a request failed.
pub(super) fn cause(error: &reqwest::Error) -> String {
    let mut why: &dyn std::error::Error = error;
    while let Some(inner) = why.source() {
        why = inner;
    }
    why.to_string().trim_end_matches('.').to_owned()
}
