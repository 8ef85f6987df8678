//! Which URLs are asked at all. Everything is decided on the URL as the standard parser reads it, so that a number written in
//! octal, in one piece or in full-width digits is the address it stands for.
//!
//! https at port 443, or at a port that the operator opened; a host name with a dot, or a public address; no user, no trailing
//! dot. A host that the operator listed as private may have a private address. `localhost`, when listed, may also be asked over http
//! and at any port: for trials on one machine.

use super::{FetchError, address};
use std::net::IpAddr;
use url::{Host, Url};

/// What the operator allows beyond the public internet. Nothing by default.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reach {
    /// Ports besides 443.
    pub ports: Vec<u16>,
    /// Host names, in small letters, that may have private addresses.
    pub private_hosts: Vec<String>,
}

/// A URL that may be asked, when its addresses may be too.
#[derive(Debug, PartialEq)]
pub(super) struct Target {
    pub url: Url,
    pub host: String,
    pub port: u16,
    /// When the host is an address by itself.
    pub literal: Option<IpAddr>,
    private: bool,
}

const LONGEST: usize = 2_048;
/// Names that no public name server answers for.
const LOCAL: [&str; 6] = ["localhost", "local", "internal", "intranet", "lan", "home.arpa"];

/// Reads a URL and holds it to the rules.
pub(super) fn target(text: &str, reach: &Reach) -> Result<Target, FetchError> {
    if text.len() > LONGEST {
        return Err(FetchError::Refused("the address is longer than 2,048 letters".to_owned()));
    }
    let url = Url::parse(text).map_err(|_| FetchError::Refused("it is not a web address".to_owned()))?;
    of(url, reach)
}

/// Holds a URL to the rules.
pub(super) fn of(mut url: Url, reach: &Reach) -> Result<Target, FetchError> {
    let refused = |why: &str| Err(FetchError::Refused(why.to_owned()));
    url.set_fragment(None);
    let (host, literal) = match url.host() {
        Some(Host::Domain(name)) => (name.to_owned(), None),
        Some(Host::Ipv4(address)) => (address.to_string(), Some(IpAddr::V4(address))),
        Some(Host::Ipv6(address)) => (address.to_string(), Some(IpAddr::V6(address))),
        None => return refused("it is not a web address"),
    };
    let private = reach.private_hosts.contains(&host);
    let trial = private && host == "localhost";
    if url.scheme() != "https" && !(trial && url.scheme() == "http") {
        return refused("it does not start with https://");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return refused("it names a user");
    }
    if host.ends_with('.') {
        return refused("its host ends with a dot");
    }
    if literal.is_none() && !private && is_local(&host) {
        return Err(FetchError::Refused(format!("{host} is a local name")));
    }
    let Some(port) = url.port_or_known_default() else { return refused("it has no port") };
    if port != 443 && !trial && !reach.ports.contains(&port) {
        return Err(FetchError::Refused(format!("port {port} is not open for look-ups")));
    }
    let target = Target { url, host, port, literal, private };
    if let Some(address) = literal {
        target.hold(address)?;
    }
    Ok(target)
}

impl Target {
    /// Refuses an address that this target must not lead to.
    pub(super) fn hold(&self, found: IpAddr) -> Result<(), FetchError> {
        match address::refusal(found) {
            Some(what) if !self.private => Err(FetchError::Refused(format!("{} leads to {what}", self.host))),
            _ => Ok(()),
        }
    }
}

fn is_local(host: &str) -> bool {
    let ends = |name: &&str| host.strip_suffix(*name).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    !host.contains('.') || LOCAL.iter().any(ends)
}
