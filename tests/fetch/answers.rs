//! What is taken of an answer: redirects, size, time, media types, certificates; what is kept, and how often a target is asked.

use super::server::Reply;
use super::*;
use flate2::{Compression, write::GzEncoder};
use std::{io::Write, net::TcpListener, process::Command, time::Duration, time::Instant};

const HOST: &str = "badges.example";

/// A world with one host and what it answers.
fn behind(answer: impl Fn(&str) -> Reply + Send + Sync + 'static) -> (World, Server) {
    let server = Server::start(&[HOST, "other.example", "inner.example"], answer);
    let names: [(&str, &[&[&str]]); 3] =
        [(HOST, &[&[PUBLIC]]), ("other.example", &[&[PUBLIC]]), ("inner.example", &[&["10.0.0.1"]])];
    (World::new(&names, Some(&server)), server)
}

fn body(fetched: Fetched) -> Vec<u8> {
    fetched.outcome.unwrap().to_vec()
}

fn gzip(plain: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    packer.write_all(plain).unwrap();
    packer.finish().unwrap()
}

#[tokio::test]
async fn a_document_is_fetched_over_https_from_the_address_that_was_checked() {
    let (world, server) = behind(|_| Reply::json("{}"));
    let fetched = world.get("https://badges.example/.well-known/did.json#key").await;
    assert_eq!((fetched.at, fetched.cached), (now(), false));
    assert_eq!(body(fetched), b"{}");
    assert_eq!(server.asked(), ["badges.example/.well-known/did.json"]);
    assert_eq!((world.asked(), world.dialled()), (vec![HOST.to_owned()], vec![PUBLIC.to_owned()]));
}

#[test]
fn proxies_in_the_environment_are_not_used() {
    let proxy = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", proxy.local_addr().unwrap());
    let mut run = Command::new(std::env::current_exe().unwrap());
    run.args(["--exact", "fetch::answers::a_document_is_fetched_over_https_from_the_address_that_was_checked"]);
    for name in ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
        run.env(name, &address);
    }
    let output = run.output().unwrap();
    assert!(output.status.success() && String::from_utf8_lossy(&output.stdout).contains("1 passed"), "{output:?}");
    proxy.set_nonblocking(true).unwrap();
    assert!(proxy.accept().is_err(), "the proxy was asked");
}

#[tokio::test]
async fn a_certificate_of_another_authority_is_not_taken() {
    let (_, mut server) = behind(|_| Reply::json("{}"));
    let (_, other) = behind(|_| Reply::json("{}"));
    server.certificate = other.certificate;
    let world = World::new(&[(HOST, &[&[PUBLIC]])], Some(&server));
    assert!(matches!(world.fails("https://badges.example/").await, FetchError::Unreachable(_)));
    assert_eq!(server.asked(), Vec::<String>::new());
}

#[tokio::test]
async fn two_redirects_are_followed_and_a_third_is_not() {
    let (world, server) = behind(|wanted| match wanted {
        "badges.example/3" => Reply::to("/2"),
        "badges.example/2" => Reply::to("https://other.example/1"),
        "other.example/1" => Reply::to("0"),
        _ => Reply::json("{}"),
    });
    assert_eq!(body(world.get("https://badges.example/2").await), b"{}");
    assert_eq!(world.fails("https://badges.example/3").await, FetchError::TooManyRedirects);
    assert_eq!(server.asked().len(), 6);
}

#[tokio::test]
async fn a_redirect_leads_only_where_a_link_would() {
    let (world, server) = behind(|wanted| {
        Reply::to(match wanted.rsplit('/').next().unwrap() {
            "a" => "https://127.0.0.1/",
            "b" => "http://badges.example/",
            "c" => "https://inner.example/",
            "d" => "https://2130706433/",
            "e" => "//169.254.169.254/latest",
            "f" => "file:///etc/passwd",
            "g" => "https://badges.example:8443/",
            "h" => "https://x@badges.example/",
            _ => "https://[::1]/",
        })
    });
    for path in ["a", "b", "c", "d", "e", "f", "g", "h", "i"] {
        let why = world.fails(&format!("https://badges.example/{path}")).await;
        assert!(matches!(why, FetchError::Redirected(_) | FetchError::Refused(_)), "{path}: {why:?}");
    }
    assert_eq!(server.asked().len(), 9);
    assert!(world.dialled().iter().all(|address| address == PUBLIC));
}

#[tokio::test]
async fn a_name_that_changes_its_address_gets_nowhere_inside() {
    let server = Server::start(&[HOST], |wanted| match wanted {
        "badges.example/again" => Reply::to("/inside"),
        _ => Reply::json("{}"),
    });
    let turning: [(&str, &[&[&str]]); 1] = [(HOST, &[&[PUBLIC], &["127.0.0.1"]])];
    // Asked once, and connected to the answer that was checked.
    let world = World::new(&turning, Some(&server));
    assert_eq!(body(world.get("https://badges.example/").await), b"{}");
    assert_eq!((world.asked().len(), world.dialled()), (1, vec![PUBLIC.to_owned()]));
    // The next look-up is checked anew, and so is a redirect to the same name.
    assert!(matches!(world.fails("https://badges.example/x").await, FetchError::Refused(_)));
    let world = World::new(&turning, Some(&server));
    assert!(matches!(world.fails("https://badges.example/again").await, FetchError::Refused(_)));
    assert_eq!(world.dialled(), [PUBLIC]);
}

#[tokio::test]
async fn a_slow_answer_is_given_up_after_five_seconds() {
    let (world, _server) =
        behind(|_| Reply { pause: Some(Duration::from_millis(300)), ..Reply::json(vec![b' '; 600]) });
    let start = Instant::now();
    assert_eq!(world.fails("https://badges.example/").await, FetchError::TooSlow);
    assert!((4..8).contains(&start.elapsed().as_secs()), "{:?}", start.elapsed());
}

#[tokio::test]
async fn a_body_is_at_most_one_mib_packed_or_not() {
    const MIB: usize = 1024 * 1024;
    let (world, _server) = behind(|wanted| match wanted.rsplit('/').next().unwrap() {
        "fits" => Reply::json(vec![b' '; MIB]),
        "over" => Reply::json(vec![b' '; MIB + 1]),
        "packed" => Reply::json(gzip(&vec![b' '; MIB])).with("content-encoding", "gzip"),
        "bomb" => Reply::json(gzip(&vec![b' '; 300 * MIB])).with("content-encoding", "gzip"),
        "members" => {
            let member = gzip(&vec![b' '; MIB / 2]);
            Reply::json([member.clone(), member.clone(), member].concat()).with("content-encoding", "gzip")
        }
        "broken" => Reply::json("{}").with("content-encoding", "gzip"),
        _ => Reply::json("{}").with("content-encoding", "br"),
    });
    let url = |path: &str| format!("https://badges.example/{path}");
    assert_eq!(body(world.get(&url("fits")).await).len(), MIB);
    assert_eq!(body(world.get(&url("packed")).await).len(), MIB);
    for over in ["over", "bomb", "members"] {
        assert_eq!(world.fails(&url(over)).await, FetchError::TooLarge, "{over}");
    }
    for strange in ["broken", "brotli"] {
        assert!(matches!(world.fails(&url(strange)).await, FetchError::Packed(_)), "{strange}");
    }
}

#[tokio::test]
async fn only_json_is_taken_and_a_good_status() {
    let (world, _server) = behind(|wanted| {
        let kind = wanted.split_once("kind=").map(|(_, kind)| kind.replace("%20", " "));
        match kind {
            Some(kind) if kind == "none" => Reply { status: 200, body: b"{}".to_vec(), ..Reply::default() },
            Some(kind) => Reply { headers: vec![("content-type", kind)], ..Reply::json("{}") },
            None => Reply { status: wanted.rsplit('/').next().unwrap().parse().unwrap(), ..Reply::json("{}") },
        }
    });
    let url = |kind: &str| format!("https://badges.example/?kind={kind}");
    for good in [
        "none",
        "application/json",
        "application/json; charset=utf-8",
        "APPLICATION/LD+JSON",
        "application/did+ld+json",
        "application/vc",
        "application/vc+jwt",
    ] {
        assert_eq!(body(world.get(&url(good)).await), b"{}", "{good}");
    }
    for bad in ["text/html", "image/png", "application/javascript", "text/plain", "application/jsonx", "x"] {
        assert!(matches!(world.fails(&url(bad)).await, FetchError::NotJson(_)), "{bad}");
    }
    for status in [204, 206, 304, 400, 404, 429, 500, 503] {
        let why = world.fails(&format!("https://badges.example/{status}")).await;
        assert_eq!(why, FetchError::Status(status));
    }
}

#[tokio::test]
async fn an_answer_is_kept_as_long_as_it_says_and_no_other() {
    let (world, server) = behind(|wanted| match wanted.rsplit('/').next().unwrap() {
        "kept" => Reply::json("{}").with("cache-control", "max-age=60"),
        "moved" => Reply::to("/kept"),
        _ => Reply::json("{}"),
    });
    let get = async |path: &str, at| world.fetcher.fetch(&format!("https://badges.example/{path}"), at).await;
    assert!(!get("kept", now()).await.cached);
    let again = get("kept", later(59)).await;
    assert_eq!((again.cached, again.at), (true, now()));
    assert!(!get("kept", later(60)).await.cached);
    for path in ["plain", "moved"] {
        for _ in 0..2 {
            let got = get(path, later(60)).await;
            assert!(!got.cached && got.outcome.is_ok(), "{path}");
        }
    }
    // What it led to is fetched anew too: the redirect itself may change.
    assert_eq!(server.asked().len(), 2 + 2 + 4);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_asks_for_the_same_at_the_same_time_gets_the_one_answer() {
    let (world, server) = behind(|_| Reply { pause: Some(Duration::from_millis(150)), ..Reply::json("{}") });
    let world = Arc::new(world);
    let asking: Vec<_> = (0..20)
        .map(|_| {
            let world = world.clone();
            tokio::spawn(async move { world.get("https://badges.example/").await })
        })
        .collect();
    for asked in asking {
        assert_eq!(body(asked.await.unwrap()), b"{}");
    }
    assert_eq!(server.asked().len(), 1);
}

#[tokio::test]
async fn a_host_is_asked_thirty_times_a_minute_and_the_rest_is_refused() {
    let (world, server) = behind(|_| Reply { status: 404, ..Reply::default() });
    for n in 0..30 {
        assert_eq!(world.fails(&format!("https://badges.example/{n}")).await, FetchError::Status(404));
    }
    let why = world.fails("https://badges.example/30").await.to_string();
    assert_eq!(why, "badges.example was asked too often in the last minute; try again in a minute");
    assert_eq!(world.fails("https://other.example/").await, FetchError::Status(404));
    assert_eq!(server.asked().len(), 31);
    let after = world.fetcher.fetch("https://badges.example/31", later(60)).await;
    assert_eq!(after.outcome, Err(FetchError::Status(404)));
}

#[tokio::test]
async fn what_is_proved_by_its_address_comes_from_that_address() {
    let (world, _server) = behind(|wanted| match wanted.rsplit('/').next().unwrap() {
        "moved" => Reply::to("/here"),
        "away" => Reply::to("https://other.example/here"),
        "gone" => Reply { status: 410, ..Reply::json("{\"revoked\":true}") },
        "bare" => Reply { status: 410, ..Reply::default() },
        "key" => Reply { headers: vec![("content-type", "text/plain".into())], ..Reply::json("-----BEGIN") },
        _ => Reply::json("{}"),
    });
    let hosted = async |path: &str| world.fetcher.fetch_hosted(&format!("https://badges.example/{path}"), now()).await;
    assert_eq!(body(hosted("moved").await), b"{}");
    assert_eq!(body(hosted("gone").await), b"{\"revoked\":true}");
    assert_eq!(body(hosted("key").await), b"-----BEGIN");
    assert!(matches!(hosted("away").await.outcome, Err(FetchError::Redirected(_))));
    assert_eq!(hosted("bare").await.outcome, Err(FetchError::Status(410)));
    // Other look-ups take the redirect and neither of the rest.
    assert_eq!(body(world.get("https://badges.example/away").await), b"{}");
    assert_eq!(world.fails("https://badges.example/gone").await, FetchError::Status(410));
    assert!(matches!(world.fails("https://badges.example/key").await, FetchError::NotJson(_)));
}

#[tokio::test]
async fn a_badge_may_be_a_picture_or_a_text_and_a_document_may_not() {
    for (kind, badge) in [
        ("image/png", true),
        ("image/svg+xml", true),
        ("text/plain; charset=utf-8", true),
        ("application/vc+jwt", true),
        ("text/html", false),
    ] {
        let picture = Reply { status: 200, body: b"\x89PNG".to_vec(), ..Reply::default() };
        let (world, _server) = behind(move |_| picture.clone().with("content-type", kind));
        let fetched = world.fetcher.fetch_badge("https://badges.example/1", now()).await;
        assert_eq!(fetched.outcome.is_ok(), badge, "{kind}");
        assert!(fetched.outcome.is_err() || body(fetched) == b"\x89PNG");
        let document = kind == "application/vc+jwt";
        assert_eq!(world.get("https://badges.example/1").await.outcome.is_ok(), document, "{kind}");
    }
}
