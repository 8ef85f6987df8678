//! Requests that nobody should send, and what keeps the reader safe.

use super::header;
use crate::cast::{ADA, PROFESSIONAL, Site, form, token};
use reqwest::{Method, StatusCode};

#[tokio::test]
async fn every_answer_protects_its_reader() {
    let site = Site::open().await;
    for path in ["/", "/verify", "/nothing", "/api", "/.well-known/did.json", "/assets/nothing.css"] {
        let response = site.get(path).await;
        let policy = header(&response, "content-security-policy");
        assert!(policy.starts_with("default-src 'none'; ") && !policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(header(&response, "x-content-type-options"), "nosniff", "{path}");
        assert!(!header(&response, "referrer-policy").is_empty(), "{path}");
        let page = response.text().await.unwrap();
        for inline in ["<script>", " style=\"", " onclick=", "<style"] {
            assert!(!page.contains(inline), "{inline} on {path}");
        }
    }
}

#[tokio::test]
async fn what_is_not_there_is_said_in_plain_words() {
    let site = Site::open().await;
    for path in [
        "/nothing",
        "/badges/none",
        "/certifications/none",
        "/programs/none",
        "/achievements/none",
        "/issuers/none",
        "/demo",
        "/badges/none/card.png",
        "/badges/none/qr.png",
        "/badges/none.png",
        "/badges/%00",
    ] {
        let response = site.get_as(path, "text/html").await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path}");
        assert_eq!(header(&response, "x-robots-tag"), "noindex");
        assert!(response.text().await.unwrap().contains("There is nothing at this address"), "{path}");
    }
    for path in
        ["/demo.json", "/demo/recipients.csv", "/status/none", "/images/none.svg", "/images/none", "/badges/none.json"]
    {
        let response = site.get(path).await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path}");
    }
    let problem = site.get_as("/badges/none", "application/vc").await;
    assert_eq!(header(&problem, "content-type"), "application/problem+json");
}

#[tokio::test]
async fn odd_requests_never_break_the_server() {
    let site = Site::open().await;
    let award = site.award(ADA, PROFESSIONAL, "public").await;
    let long = format!("/badges/{}", "x".repeat(7_000));
    let longer = format!("/verify?url={}", "x".repeat(20_000));
    let paths = [
        "/%00",
        "/badges/%00",
        "/badges/%ff%fe",
        "/badges/..%2f..%2fetc%2fpasswd",
        "/badges/%2e%2e",
        "/assets/..%2f..%2fCargo.toml",
        "/status/%F0%9F%8F%85",
        "/badges/",
        "/badges//x",
        "//",
        "//evil.example/",
        "/\\evil.example/",
        "/programs/?a=b",
        "/verify?url=%ff&url=&email=%00",
        "/verify?url=https://badges.acme.example/badges/%00",
        "/api/v1/awards?limit=99999999999999999999",
        "/api/v1/awards?after=%00",
        "/api/v1/awards/%ff",
        "/images/%00.svg",
        "/achievements/.json",
        &long,
        &longer,
    ];
    for path in paths {
        for method in ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"] {
            let method = Method::from_bytes(method.as_bytes()).unwrap();
            for signed_in in [false, true] {
                let mut request = site.request(method.clone(), path);
                if signed_in {
                    request = request.bearer_auth(token("all"));
                }
                let Ok(response) = request.send().await else { panic!("{method} {path} broke off") };
                assert!(response.status().as_u16() < 500, "{method} {path}: {}", response.status());
                let location = header(&response, "location");
                assert!(!location.starts_with("//") && !location.contains("evil"), "{path} leads to {location}");
            }
        }
    }
    let encoded: String = award.id.bytes().map(|byte| format!("%{byte:02x}")).collect();
    assert_eq!(site.get(&format!("/badges/{encoded}")).await.status(), StatusCode::OK);
    let slash = site.get(&format!("/badges/{}/?a=b", award.id)).await;
    assert_eq!(slash.status(), StatusCode::PERMANENT_REDIRECT);
    assert_eq!(header(&slash, "location"), format!("/badges/{}?a=b", award.id));
    assert_eq!(site.get(&longer).await.status(), StatusCode::URI_TOO_LONG);
    let wrong = site.request(Method::DELETE, &format!("/badges/{}", award.id)).send().await.unwrap();
    assert_eq!(wrong.status(), StatusCode::METHOD_NOT_ALLOWED);
    assert!(header(&wrong, "allow").contains("GET"), "{}", header(&wrong, "allow"));
    for path in ["/", "/programs", "/verify", "/badges/none"] {
        let head = site.request(Method::HEAD, path).send().await.unwrap();
        assert_eq!(head.status(), site.get(path).await.status(), "{path}");
        assert!(head.bytes().await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_client_that_stalls_does_not_keep_its_connection() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let site = Site::open().await;
    let mut stream = tokio::net::TcpStream::connect(site.address.strip_prefix("http://").unwrap()).await.unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ").await.unwrap();
    let mut answer = Vec::new();
    let closed = tokio::time::timeout(std::time::Duration::from_secs(20), stream.read_to_end(&mut answer)).await;
    assert!(closed.is_ok(), "the server waits for ever");
}

#[tokio::test]
async fn a_server_that_is_told_to_stop_takes_no_more_and_ends_soon() {
    let site = Site::open().await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let stopped = async {
        let _ = stopped.await;
    };
    let served = tokio::spawn(laurel::web::serve(site.app.clone(), listener, stopped));
    let answer = site.client.get(format!("http://{address}/healthz")).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    stop.send(()).unwrap();
    // The client still holds its idle connection.
    let ended = tokio::time::timeout(std::time::Duration::from_secs(5), served).await;
    assert!(ended.expect("it ends").unwrap().is_ok());
    assert!(tokio::net::TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn a_null_in_an_address_or_a_form_is_told_with_its_field_and_nothing_is_looked_for() {
    let site = Site::open().await;
    let ada = site.signed_in(ADA).await;
    for (path, field) in [
        ("/me/backpack?after=1.%00", "after"),
        ("/team?after=%00.%00", "after"),
        ("/oauth/authorize?client_id=%00&state=1", "client_id"),
        ("/record/json?kind=a%00b", "kind"),
        ("/verify?a%00b=1", "ab"),
    ] {
        let answer = ada.get(path).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        let told = answer.text().await.unwrap();
        assert!(told.contains(field) && told.contains("holds a null character"), "{told}");
    }
    let answer = ada.send("/me/platforms", &[("platform", "https://a\0b.example")]).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    for (name, value) in [("client_id", "a\0b"), ("code", "a\0b")] {
        let fields = [("grant_type", "authorization_code"), (name, value)];
        let answer = form(site.request(Method::POST, "/oauth/token"), &fields).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{name:?}");
        assert!(answer.text().await.unwrap().contains("null character"), "{name:?}");
    }
    let basic = site.request(Method::POST, "/oauth/token").basic_auth("a%00b", Some("c%00d"));
    let fields = [("grant_type", "authorization_code"), ("code", "1")];
    assert_eq!(form(basic, &fields).send().await.unwrap().status(), StatusCode::UNAUTHORIZED);
}
