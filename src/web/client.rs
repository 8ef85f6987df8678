//! Who is at the other end, for the log and for limits: the address of the connection, or the one that a proxy of ours names.
//!
//! `X-Forwarded-For` is believed only from the proxies that the deployment trusts, and is read from its end: whatever a
//! client wrote into it stands further left.

use axum::http::HeaderMap;
use std::net::{IpAddr, Ipv6Addr};

/// The address that a connection comes from.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

/// The address that a request is counted by, noted beside it.
#[derive(Clone, Copy, Debug)]
pub struct Client(pub IpAddr);

/// The address of the client, as far as it can be believed.
pub fn address(peer: IpAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> IpAddr {
    let fields = headers.get_all("x-forwarded-for").iter().filter_map(|field| field.to_str().ok());
    let named: Vec<&str> = fields.flat_map(|field| field.split(',')).map(str::trim).collect();
    let mut client = peer;
    for name in named.iter().rev() {
        if !trusted.contains(&client.to_canonical()) {
            break;
        }
        match name.parse() {
            Ok(before) => client = before,
            Err(_) => break,
        }
    }
    client
}

/// What an address counts as where something is counted by client: an IPv6 address as its /64, which one client has whole.
pub fn counted_as(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(six) => IpAddr::V6(Ipv6Addr::from_bits(six.to_bits() >> 64 << 64)),
        four => four,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(peer: &str, forwarded: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for field in forwarded {
            headers.append("x-forwarded-for", field.parse().unwrap());
        }
        let trusted = ["127.0.0.1", "10.0.0.2"].map(|address| address.parse().unwrap());
        address(peer.parse().unwrap(), &headers, &trusted).to_string()
    }

    #[test]
    fn only_what_a_trusted_proxy_says_is_believed() {
        assert_eq!(client("203.0.113.9", &[]), "203.0.113.9");
        assert_eq!(client("203.0.113.9", &["198.51.100.1"]), "203.0.113.9");
        assert_eq!(client("127.0.0.1", &["198.51.100.1"]), "198.51.100.1");
        assert_eq!(client("::ffff:127.0.0.1", &["198.51.100.1"]), "198.51.100.1");
        assert_eq!(client("127.0.0.1", &["1.1.1.1, 198.51.100.1, 10.0.0.2"]), "198.51.100.1");
        assert_eq!(client("127.0.0.1", &["1.1.1.1", "198.51.100.1"]), "198.51.100.1");
        assert_eq!(client("127.0.0.1", &["unknown"]), "127.0.0.1");
        assert_eq!(client("127.0.0.1", &[]), "127.0.0.1");
    }

    #[test]
    fn an_ipv6_address_counts_as_its_network_and_a_mapped_one_as_what_it_carries() {
        for (address, counted) in [
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
            ("2001:db8:1:2::", "2001:db8:1:2::"),
            ("2001:db8:1:3::1", "2001:db8:1:3::"),
            ("::ffff:203.0.113.9", "203.0.113.9"),
            ("203.0.113.9", "203.0.113.9"),
        ] {
            assert_eq!(counted_as(address.parse().unwrap()).to_string(), counted);
        }
    }
}
