//! Every way to write an address that must not be asked, and every such address behind a name.

use super::*;

/// URLs that are refused before a name is looked up or a connection is made.
const REFUSED: [&str; 84] = [
    // Loopback: dotted, in one piece, octal, hexadecimal, short, full-width, percent-encoded.
    "https://127.0.0.1/",
    "https://127.0.0.1:443/",
    "https://127.8.9.10/",
    "https://2130706433/",
    "https://017700000001/",
    "https://0x7f000001/",
    "https://0X7F000001/",
    "https://0x7f.0.0.1/",
    "https://0177.0.0.1/",
    "https://00000177.0.0.1/",
    "https://0x7f.0x0.0x0.0x1/",
    "https://0177.0x0.0.1/",
    "https://127.1/",
    "https://127.0.1/",
    "https://127.0.0x1/",
    "https://127.65535/",
    "https://１２７.０.０.１/",
    "https://127。0。0。1/",
    "https://127．0．0．1/",
    "https://①②⑦.⓪.⓪.①/",
    "https://%31%32%37.0.0.1/",
    "https://127.0.0.1./",
    "https://127.%30.0.1/",
    "HTTPS://127.0.0.1/",
    "https:127.0.0.1",
    "https:\\\\127.0.0.1\\",
    "https:///127.0.0.1/",
    "ht\ntps://127.0.0.1/",
    "https://127.0.\t0.1/",
    // Unspecified, private, shared, link-local, and the metadata services of clouds.
    "https://0/",
    "https://0.0.0.0/",
    "https://0x0/",
    "https://10.0.0.1/",
    "https://167772161/",
    "https://012.0.0.1/",
    "https://172.16.0.1/",
    "https://172.31.255.254/",
    "https://192.168.0.1/",
    "https://0xc0a80001/",
    "https://100.64.0.1/",
    "https://100.100.100.200/",
    "https://169.254.169.254/latest/meta-data/",
    "https://2852039166/",
    "https://0xA9FEA9FE/",
    "https://0251.0376.0251.0376/",
    "https://168.63.129.16/",
    // Documentation, benchmarks, multicast, reserved, broadcast.
    "https://192.0.2.1/",
    "https://198.51.100.1/",
    "https://203.0.113.1/",
    "https://198.18.0.1/",
    "https://224.0.0.1/",
    "https://240.0.0.1/",
    "https://255.255.255.255/",
    "https://4294967295/",
    "https://192.88.99.1/",
    // IPv6, and IPv4 inside of it.
    "https://[::1]/",
    "https://[0:0:0:0:0:0:0:1]/",
    "https://[::]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/",
    "https://[::ffff:8.8.8.8]/",
    "https://[::127.0.0.1]/",
    "https://[::ffff:0:7f00:1]/",
    "https://[64:ff9b::127.0.0.1]/",
    "https://[64:ff9b:1::1]/",
    "https://[2002:7f00:1::1]/",
    "https://[2001:0:7f00:1::1]/",
    "https://[2001:db8::1]/",
    "https://[3fff::1]/",
    "https://[fc00::1]/",
    "https://[fd00:ec2::254]/",
    "https://[fe80::1]/",
    "https://[fec0::1]/",
    "https://[ff02::1]/",
    "https://[100::1]/",
    // Names of this machine and its neighbours.
    "https://localhost/",
    "https://LOCALHOST./",
    "https://a.localhost/",
    "https://printer.local/",
    "https://metadata.google.internal/",
    "https://intranet/",
    "https://router.lan/",
    "https://badges.example./",
    // A user in front hides where it goes.
    "https://badges.example@127.0.0.1/",
];

const REFUSED_OTHERWISE: [&str; 15] = [
    "http://badges.example/",
    "ftp://badges.example/",
    "file:///etc/passwd",
    "gopher://badges.example/",
    "data:application/json,{}",
    "javascript:1",
    "did:web:badges.example",
    "badges.example/x",
    "",
    "https://",
    "https://user@badges.example/",
    "https://user:word@badges.example/",
    "https://badges.example:80/",
    "https://badges.example:8443/",
    "https://badges.example:22/",
];

#[tokio::test]
async fn no_spelling_of_an_address_that_is_not_public_is_asked() {
    let world = World::new(&[("badges.example", &[&[PUBLIC]])], None);
    for url in REFUSED.iter().chain(&REFUSED_OTHERWISE) {
        let why = world.fails(url).await;
        assert!(matches!(why, FetchError::Refused(_)), "{url}: {why:?}");
    }
    assert_eq!((world.asked(), world.dialled()), (vec![], vec![]));
    let long = format!("https://badges.example/{}", "a".repeat(2_048));
    assert!(matches!(world.fails(&long).await, FetchError::Refused(_)));
}

#[tokio::test]
async fn public_addresses_and_names_are_asked() {
    let world = World::new(&[("badges.example", &[&[PUBLIC]]), ("xn--bcher-kva.example", &[&[PUBLIC]])], None);
    for url in [
        "https://badges.example/",
        "https://BADGES.EXAMPLE:443/x?y#z",
        "https://bücher.example/",
        // The backslash ends the host.
        "https://badges.example\\@127.0.0.1:444/",
        "https://93.184.215.14/",
        "https://8.8.8.8/",
        "https://134744072/",
        "https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/",
    ] {
        // Allowed, but in this world nobody stands there.
        assert!(matches!(world.fails(url).await, FetchError::Unreachable(_)), "{url}");
    }
    assert_eq!(world.dialled().len(), 8);
}

#[tokio::test]
async fn a_name_that_leads_to_an_address_that_is_not_public_is_not_connected_to() {
    for address in [
        "127.0.0.1",
        "0.0.0.0",
        "10.1.2.3",
        "172.20.0.1",
        "192.168.1.1",
        "100.64.1.1",
        "169.254.169.254",
        "192.0.0.8",
        "198.19.0.1",
        "203.0.113.9",
        "239.1.1.1",
        "255.255.255.255",
        "::1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::",
        "2001::1",
        "fd12::1",
        "fe80::1",
        "ff05::2",
    ] {
        for answer in [&[address][..], &[PUBLIC, address], &[address, PUBLIC]] {
            let world = World::new(&[("badges.example", &[answer])], None);
            let why = world.fails("https://badges.example/").await;
            assert!(matches!(&why, FetchError::Refused(why) if why.contains("leads to")), "{address}: {why:?}");
            assert_eq!(world.dialled(), Vec::<String>::new(), "{address}");
        }
    }
}

#[tokio::test]
async fn what_the_operator_opened_is_open_and_nothing_else() {
    let reach = Reach { ports: vec![8443], private_hosts: vec!["badges.corp.example".into(), "localhost".into()] };
    let names: [(&str, &[&[&str]]); 3] = [
        ("badges.corp.example", &[&["10.0.0.7"]]),
        ("localhost", &[&["127.0.0.1"]]),
        ("other.example", &[&["10.0.0.7"]]),
    ];
    let world = World::reaching(reach, &names, None);
    for open in [
        "https://badges.corp.example/",
        "https://badges.corp.example:8443/",
        "http://localhost:9/",
        "https://localhost:9/",
    ] {
        assert!(matches!(world.fails(open).await, FetchError::Unreachable(_)), "{open}");
    }
    for shut in [
        "http://badges.corp.example/",
        "https://badges.corp.example:9/",
        "https://other.example/",
        "https://10.0.0.7/",
        "https://127.0.0.1:9/",
        "https://localhost./",
        "https://a.localhost/",
    ] {
        assert!(matches!(world.fails(shut).await, FetchError::Refused(_)), "{shut}");
    }
}

#[tokio::test]
async fn a_name_nobody_knows_is_said_to_be_unknown() {
    let world = World::new(&[("empty.example", &[&[]])], None);
    let why = world.fails("https://nobody.example/").await.to_string();
    assert_eq!(why, "it can't be reached: the name nobody.example is not known");
    assert!(world.fails("https://empty.example/").await.to_string().contains("no address"));
}
