//! What the service answers, without the network: a poll of a status list, a badge for programs and for people, a report,
//! and an award given and on disk.

#[path = "../tests/cast.rs"]
#[allow(dead_code, reason = "the tests use the rest of the cast")]
mod cast;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, StatusCode},
};
use cast::{ADA, BASE_URL, PROFESSIONAL, Site, token};
use divan::Bencher;
use hyper::service::Service;
use hyper_util::service::TowerToHyperService;
use laurel::web::{Web, router::router};
use serde_json::{Value, json};
use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};
use tokio::runtime::Runtime;

/// A company with one badge.
struct Bench {
    runtime: Runtime,
    router: TowerToHyperService<Router>,
    badge: String,
    list: String,
    _site: Site,
}

impl Bench {
    fn new() -> Self {
        let runtime = Runtime::new().unwrap();
        let (site, badge) = runtime.block_on(async {
            let site = Site::open().await;
            let badge = site.award(ADA, PROFESSIONAL, "public").await.id;
            (site, badge)
        });
        let router = TowerToHyperService::new(router(Arc::new(Web::new(site.app.clone()))));
        let mut bench = Bench { runtime, router, badge, list: String::new(), _site: site };
        let signed: Value = serde_json::from_slice(&bench.ask(bench.json()).1).unwrap();
        let list = signed["credentialStatus"]["statusListCredential"].as_str().unwrap();
        bench.list = list.strip_prefix(BASE_URL).unwrap().to_owned();
        bench
    }

    fn ask(&self, request: Request<Body>) -> (StatusCode, Vec<u8>) {
        self.runtime.block_on(async {
            let response = self.router.call(request).await.unwrap();
            (response.status(), to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec())
        })
    }

    fn json(&self) -> Request<Body> {
        get(&format!("/badges/{}.json", self.badge), &[])
    }
}

fn get(path: &str, headers: &[(&str, &str)]) -> Request<Body> {
    let request = headers.iter().fold(Request::get(path), |request, (name, value)| request.header(*name, *value));
    request.body(Body::empty()).unwrap()
}

/// Nothing has changed since the poll before.
#[divan::bench]
fn status_poll_unchanged(bencher: Bencher) {
    let bench = Bench::new();
    let first = bench.runtime.block_on(bench.router.call(get(&bench.list, &[]))).unwrap();
    let etag = first.headers()["etag"].to_str().unwrap().to_owned();
    bencher.bench_local(|| {
        let (status, _) = bench.ask(get(&bench.list, &[("if-none-match", &etag)]));
        assert_eq!(status, StatusCode::NOT_MODIFIED);
    });
}

#[divan::bench]
fn status_poll_gzip(bencher: Bencher) {
    let bench = Bench::new();
    bencher.bench_local(|| bench.ask(get(&bench.list, &[("accept-encoding", "gzip")])));
}

#[divan::bench]
fn badge_json(bencher: Bencher) {
    let bench = Bench::new();
    bencher.bench_local(|| bench.ask(bench.json()));
}

#[divan::bench]
fn badge_page(bencher: Bencher) {
    let bench = Bench::new();
    let path = format!("/badges/{}", bench.badge);
    bencher.bench_local(|| bench.ask(get(&path, &[])));
}

#[divan::bench]
fn verify_over_the_api(bencher: Bencher) {
    let bench = Bench::new();
    let (_, signed) = bench.ask(bench.json());
    bencher.bench_local(|| {
        let request = Request::post("/api/v1/verify").header("content-type", "application/vc");
        let (status, _) = bench.ask(request.body(Body::from(signed.clone())).unwrap());
        assert_eq!(status, StatusCode::OK);
    });
}

/// One award in a call of its own: a transaction that is on disk when it is answered.
#[divan::bench]
fn issue_over_the_api(bencher: Bencher) {
    let bench = Bench::new();
    let next = AtomicU32::new(0);
    bencher.bench_local(|| {
        let email = format!("person{}@acme.example", next.fetch_add(1, Ordering::Relaxed));
        let award = json!({"level": PROFESSIONAL, "recipient": {"name": "A Person", "email": email}});
        let request = Request::post("/api/v1/awards")
            .header("content-type", "application/json")
            .header("authorization", format!("Bearer {}", token("all")));
        let (status, _) = bench.ask(request.body(Body::from(award.to_string())).unwrap());
        assert_eq!(status, StatusCode::CREATED);
    });
}
