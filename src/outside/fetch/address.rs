//! Which IP addresses are on the public internet (the IANA special-purpose registries for IPv4 and IPv6).
//!
//! IPv4 is public unless it is listed here; IPv6 only within 2000::/3 and unless it is listed. Addresses that carry another
//! address inside (mapped, compatible, NAT64, 6to4, Teredo) are refused whatever they carry: nobody publishes a document there.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Why nothing is fetched from an address, such as "a private address". `None` for a public one.
pub fn refusal(address: IpAddr) -> Option<&'static str> {
    match address {
        IpAddr::V4(address) => of_four(address),
        IpAddr::V6(address) => of_six(address),
    }
}

fn of_four(address: Ipv4Addr) -> Option<&'static str> {
    let listed: [(Ipv4Addr, u32, &str); 15] = [
        (Ipv4Addr::new(0, 0, 0, 0), 8, "an unspecified address"),
        (Ipv4Addr::new(10, 0, 0, 0), 8, PRIVATE),
        (Ipv4Addr::new(100, 64, 0, 0), 10, "an address shared inside a provider"),
        (Ipv4Addr::new(127, 0, 0, 0), 8, LOOPBACK),
        (Ipv4Addr::new(169, 254, 0, 0), 16, LINK_LOCAL),
        (Ipv4Addr::new(172, 16, 0, 0), 12, PRIVATE),
        (Ipv4Addr::new(192, 0, 0, 0), 24, RESERVED),
        (Ipv4Addr::new(192, 0, 2, 0), 24, DOCUMENTATION),
        (Ipv4Addr::new(192, 88, 99, 0), 24, SIX_TO_FOUR),
        (Ipv4Addr::new(192, 168, 0, 0), 16, PRIVATE),
        (Ipv4Addr::new(198, 18, 0, 0), 15, BENCHMARK),
        (Ipv4Addr::new(198, 51, 100, 0), 24, DOCUMENTATION),
        (Ipv4Addr::new(203, 0, 113, 0), 24, DOCUMENTATION),
        (Ipv4Addr::new(224, 0, 0, 0), 4, MULTICAST),
        (Ipv4Addr::new(240, 0, 0, 0), 4, RESERVED),
    ];
    let own = u32::from(address);
    let within = |start: Ipv4Addr, length: u32| (own ^ u32::from(start)) >> (32 - length) == 0;
    // Public by its number, but inside one large cloud it is the machine's own host.
    if address == Ipv4Addr::new(168, 63, 129, 16) {
        return Some("an address of a cloud's own machinery");
    }
    listed.into_iter().find(|(start, length, _)| within(*start, *length)).map(|(.., what)| what)
}

fn of_six(address: Ipv6Addr) -> Option<&'static str> {
    let six = |a, b, c, d, e, f| Ipv6Addr::new(a, b, c, d, e, f, 0, 0);
    // The narrow before the wide.
    let listed: [(Ipv6Addr, u32, &str); 18] = [
        (Ipv6Addr::UNSPECIFIED, 128, "an unspecified address"),
        (Ipv6Addr::LOCALHOST, 128, LOOPBACK),
        (six(0, 0, 0, 0, 0, 0xffff), 96, "an IPv4 address written as IPv6"),
        (six(0, 0, 0, 0, 0xffff, 0), 96, "an IPv4 address written as IPv6"),
        (six(0, 0, 0, 0, 0, 0), 96, "an IPv4 address written as IPv6"),
        (six(0x64, 0xff9b, 0, 0, 0, 0), 96, NAT64),
        (six(0x64, 0xff9b, 1, 0, 0, 0), 48, NAT64),
        (six(0x100, 0, 0, 0, 0, 0), 64, "an address that leads nowhere"),
        (six(0x2001, 0, 0, 0, 0, 0), 32, "a Teredo address"),
        (six(0x2001, 2, 0, 0, 0, 0), 48, BENCHMARK),
        (six(0x2001, 0, 0, 0, 0, 0), 23, RESERVED),
        (six(0x2001, 0xdb8, 0, 0, 0, 0), 32, DOCUMENTATION),
        (six(0x2002, 0, 0, 0, 0, 0), 16, SIX_TO_FOUR),
        (six(0x3fff, 0, 0, 0, 0, 0), 20, DOCUMENTATION),
        (six(0xfc00, 0, 0, 0, 0, 0), 7, PRIVATE),
        (six(0xfe80, 0, 0, 0, 0, 0), 10, LINK_LOCAL),
        (six(0xfec0, 0, 0, 0, 0, 0), 10, PRIVATE),
        (six(0xff00, 0, 0, 0, 0, 0), 8, MULTICAST),
    ];
    let own = u128::from(address);
    let within = |start: Ipv6Addr, length: u32| (own ^ u128::from(start)) >> (128 - length) == 0;
    let found = listed.into_iter().find(|(start, length, _)| within(*start, *length)).map(|(.., what)| what);
    found.or_else(|| (!within(six(0x2000, 0, 0, 0, 0, 0), 3)).then_some(RESERVED))
}

const PRIVATE: &str = "a private address";
const LOOPBACK: &str = "a loopback address";
const LINK_LOCAL: &str = "a link-local address";
const MULTICAST: &str = "a multicast address";
const RESERVED: &str = "a reserved address";
const DOCUMENTATION: &str = "an address for documentation";
const BENCHMARK: &str = "an address for benchmarks";
const NAT64: &str = "a NAT64 address";
const SIX_TO_FOUR: &str = "a 6to4 address";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_edges_of_every_range_are_where_the_registries_draw_them() {
        let refused = |text: &str| refusal(text.parse().unwrap()).is_some();
        for (inside, outside) in [
            ("0.255.255.255", "1.0.0.0"),
            ("10.255.255.255", "11.0.0.0"),
            ("100.64.0.0", "100.63.255.255"),
            ("100.127.255.255", "100.128.0.0"),
            ("127.255.255.255", "128.0.0.0"),
            ("169.254.169.254", "169.255.0.0"),
            ("172.16.0.0", "172.15.255.255"),
            ("172.31.255.255", "172.32.0.0"),
            ("192.0.0.255", "192.0.1.0"),
            ("192.0.2.255", "192.0.3.0"),
            ("192.168.0.0", "192.167.255.255"),
            ("198.19.255.255", "198.20.0.0"),
            ("198.51.100.1", "198.51.101.1"),
            ("203.0.113.1", "203.0.114.1"),
            ("224.0.0.0", "223.255.255.255"),
            ("168.63.129.16", "168.63.129.17"),
            ("2001:1ff:ffff::", "2001:200::"),
            ("2001:db8:ffff::1", "2001:db9::1"),
            ("2002:ffff::1", "2003::1"),
            ("3fff:fff::1", "3ffe::1"),
            ("1fff::1", "2000::1"),
            ("4000::1", "2606:4700::1111"),
        ] {
            assert!(refused(inside), "{inside}");
            assert!(!refused(outside), "{outside}");
        }
    }
}
