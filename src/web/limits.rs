//! How often a client may ask. The router notes a class for every route, and each class has its allowance.
//!
//! A client is an address as far as it can be believed (client.rs), an IPv6 one with its whole /64. With an API token the token
//! is counted and not the address, so that programs behind one address don't wait for each other; what is counted by address
//! there are wrong tokens. Only so many clients are remembered, and whoever asked longest ago is forgotten first.

use super::{
    Web, auth,
    client::{self, Client, Peer},
    error::Failure,
};
use crate::{actions::config::Limits, outside::allowance::Allowance};
use axum::{
    extract::{MatchedPath, Request, State},
    http::{Extensions, Method},
    middleware::Next,
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use std::{
    collections::HashMap,
    net::{IpAddr, Ipv4Addr},
    num::NonZeroU32,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

/// What a request is counted as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// Pages and documents, and whatever is not there.
    Reading,
    /// Status lists, which others poll.
    Status,
    /// A badge is judged, and others may be asked about it; and whatever else takes a post from anyone.
    Verifying,
    /// Needs an API token, and is counted by it. A session's cookie opens nothing here.
    Token,
    /// Where people sign in; counted as reading.
    SigningIn,
    /// Pages of people who are signed in, by their session's cookie; counted as reading.
    SignedIn,
}

/// What every client still may.
pub struct Clients {
    reading: Option<Allowance<IpAddr>>,
    status: Option<Allowance<IpAddr>>,
    verifying: Option<Allowance<IpAddr>>,
    tokens: Option<Allowance<String>>,
    wrong_tokens: Option<Allowance<IpAddr>>,
    letters: Option<Allowance<IpAddr>>,
    registrations: Option<Allowance<IpAddr>>,
    proxy_noted: AtomicBool,
}

impl Clients {
    pub fn new(limits: &Limits) -> Self {
        fn of<K: Eq + std::hash::Hash + Send + Sync + 'static>(
            a_minute: Option<NonZeroU32>,
            limits: &Limits,
        ) -> Option<Allowance<K>> {
            a_minute.map(|a_minute| Allowance::of(a_minute, limits.clients))
        }
        Clients {
            reading: of(limits.reading, limits),
            status: of(limits.status, limits),
            verifying: of(limits.verifying, limits),
            tokens: of(limits.tokens, limits),
            wrong_tokens: of(limits.wrong_tokens, limits),
            letters: of(limits.letters, limits),
            registrations: of(limits.registrations, limits),
            proxy_noted: AtomicBool::new(false),
        }
    }

    /// Counts a request by its client's address.
    pub fn asks(&self, class: Class, client: IpAddr, now: Timestamp) -> Result<(), Failure> {
        let allowance = match class {
            Class::Reading | Class::SigningIn | Class::SignedIn => &self.reading,
            Class::Status => &self.status,
            Class::Verifying => &self.verifying,
            Class::Token => return Ok(()),
        };
        take(allowance, client::counted_as(client), now, "requests came from your address")
    }

    /// Counts a request that may have a letter sent.
    pub fn asks_for_letter(&self, client: IpAddr, now: Timestamp) -> Result<(), Failure> {
        take(&self.letters, client::counted_as(client), now, "links to sign in were asked for from your address")
    }

    /// Counts an app that registers.
    pub fn registers(&self, client: IpAddr, now: Timestamp) -> Result<(), Failure> {
        take(&self.registrations, client::counted_as(client), now, "apps were registered from your address")
    }

    /// Counts a request by its token, which is known.
    pub fn shows_token(&self, id: &str, now: Timestamp) -> Result<(), Failure> {
        take(&self.tokens, id.to_owned(), now, "requests came with this API token")
    }

    /// Counts a request that needs a token and has none that is known.
    pub fn shows_no_token(&self, client: IpAddr, now: Timestamp) -> Result<(), Failure> {
        take(
            &self.wrong_tokens,
            client::counted_as(client),
            now,
            "requests without a valid API token came from your address",
        )
    }

    /// A proxy that is not trusted makes one client of everyone, which its operator had better know.
    fn note_proxy(&self, web: &Web, request: &Request) {
        let Some(Peer(peer)) = request.extensions().get() else { return };
        let named = request.headers().contains_key("x-forwarded-for");
        if named && !web.app.config.trusted_proxies.contains(&peer.to_canonical()) {
            let said = self.proxy_noted.swap(true, Ordering::Relaxed);
            if !said {
                tracing::warn!(%peer, "a limit was reached by an address that names others in X-Forwarded-For; if it is your proxy, add it to trusted_proxies");
            }
        }
    }
}

fn take<K: Eq + std::hash::Hash + Send + Sync + 'static>(
    allowance: &Option<Allowance<K>>,
    key: K,
    now: Timestamp,
    what: &str,
) -> Result<(), Failure> {
    let taken = allowance.as_ref().map_or(Ok(()), |allowance| allowance.take(key, now));
    taken.map_err(|wait| Failure::too_many(what, wait))
}

/// The address that a request is counted by.
pub fn client(extensions: &Extensions) -> IpAddr {
    // Only a request that came over no connection has none.
    extensions.get().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |Client(address)| *address)
}

/// The classes of the routes.
pub type Classes = HashMap<(Method, &'static str), Class>;

/// Lets a request through as long as its client may ask. What has no route is counted as reading.
pub async fn hold(State((web, classes)): State<(Arc<Web>, Arc<Classes>)>, request: Request, next: Next) -> Response {
    let class = class(&classes, &request);
    let counted = web.clients.asks(class, client(request.extensions()), web.app.clock.now());
    let Err(failure) = counted else { return next.run(request).await };
    web.clients.note_proxy(&web, &request);
    let mut response = failure.into_response();
    auth::share(&mut response);
    response
}

fn class(classes: &Classes, request: &Request) -> Class {
    let Some(path) = request.extensions().get::<MatchedPath>() else { return Class::Reading };
    let method = if request.method() == Method::HEAD { Method::GET } else { request.method().clone() };
    classes.get(&(method, path.as_str())).copied().unwrap_or(Class::Reading)
}
