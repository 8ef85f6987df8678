//! Where the mutated badges are handed in: a deployment with badges of its own, issuers elsewhere, and a network that writes down
//! where it was led. What must not be reached would lead to a listener that counts.

use super::mutate::Mutator;
use crate::{
    cast::{ADA, NOW, PROFESSIONAL, Site},
    fetch::server::{Reply, Server},
    verify::seeds,
};
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
};
use hyper::service::Service;
use hyper_util::service::TowerToHyperService;
use jiff::{SignedDuration, Timestamp};
use laurel::{
    credential::bake::{bake_png, bake_svg},
    domain::trust::TrustedIssuer,
    outside::fetch::{Fetcher, Memory, Network, Reach},
    web::{Web, router::router},
};
use rand::{SeedableRng, rngs::StdRng};
use serde_json::{Value, json};
use std::{
    collections::HashMap,
    net::{IpAddr, SocketAddr, TcpListener},
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, AtomicUsize, Ordering},
    },
};

/// A public address that the issuers' server stands behind.
const PUBLIC: &str = "93.184.215.14";

pub struct World {
    pub site: Site,
    pub router: TowerToHyperService<Router>,
    /// Genuine badges in every form, then things that are none.
    pub seeds: Vec<Vec<u8>>,
    /// How many of the seeds are genuine badges.
    pub genuine: usize,
    /// Those of them that are JSON and signed as a whole, without their proofs.
    pub documents: Vec<Value>,
    /// Addresses that must not be connected to.
    pub forbidden: Vec<String>,
    memory: Arc<Memory>,
    /// Connections to what must not be reached.
    reached: Arc<AtomicUsize>,
    /// How many badges were handed in.
    handed_in: AtomicI64,
    _issuers: Server,
}

impl World {
    pub async fn new() -> Self {
        let documents = seeds::documents();
        let issuers = Server::start(&["badges.example.org", "a.example"], move |wanted| {
            match documents.get(wanted).cloned().or_else(|| odd(wanted)) {
                Some(bytes) => Reply::json(bytes).with("cache-control", "max-age=3600"),
                None => Reply { status: 404, ..Reply::default() },
            }
        });
        let reached = Arc::new(AtomicUsize::new(0));
        let inside = listen(reached.clone());
        let memory = Arc::new(network(&issuers, inside));
        let fetcher = Fetcher::new(Reach::default(), Network::Memory(memory.clone()));
        let known =
            seeds::issuers().map(|id| TrustedIssuer { id, name: "Example Works".into(), ..TrustedIssuer::default() });
        let site = Site::with(fetcher, known.to_vec()).await;
        let router = TowerToHyperService::new(router(Arc::new(Web::new(site.app.clone()))));
        let mut world = World {
            site,
            router,
            seeds: seeds::badges(),
            genuine: 0,
            documents: Vec::new(),
            forbidden: forbidden(inside.port()),
            memory,
            reached,
            handed_in: AtomicI64::new(0),
            _issuers: issuers,
        };
        world.add_own().await;
        world.genuine = world.seeds.len();
        let documents = world.seeds.iter().filter_map(|seed| serde_json::from_slice(seed).ok());
        world.documents = documents.filter(|document: &Value| document.get("proof").is_some()).collect();
        for document in &mut world.documents {
            document.as_object_mut().unwrap().shift_remove("proof");
        }
        world.seeds.extend([seeds::status_list(), seeds::presentation()]);
        world
    }

    /// A badge of the deployment itself, in each of its forms, and the first badge of others baked into the same pictures.
    async fn add_own(&mut self) {
        let id = self.site.award(ADA, PROFESSIONAL, "public").await.id;
        let mut forms = Vec::new();
        for form in ["png", "svg", "json", "jwt", "jwt.png", "jwt.svg"] {
            let request = Request::get(format!("/badges/{id}.{form}")).body(Body::empty()).unwrap();
            let (status, bytes) = self.ask(request).await;
            assert_eq!(status, StatusCode::OK, "{form}");
            forms.push(bytes);
        }
        let theirs = str::from_utf8(&self.seeds[0]).unwrap();
        let png = bake_png(&forms[0], theirs).unwrap();
        let svg = bake_svg(str::from_utf8(&forms[1]).unwrap(), theirs).unwrap();
        self.seeds.extend([png, svg.into_bytes()]);
        self.seeds.extend(forms);
    }

    /// A second for every three badges, so that allowances of look-ups come back.
    pub fn time_goes_by(&self) {
        let seconds = self.handed_in.fetch_add(1, Ordering::Relaxed) / 3;
        let now = NOW.parse::<Timestamp>().unwrap() + SignedDuration::from_secs(seconds);
        self.site.at(&now.to_string());
    }

    pub async fn ask(&self, request: Request<Body>) -> (StatusCode, Vec<u8>) {
        let response = self.router.call(request).await.unwrap();
        (response.status(), to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec())
    }

    /// The API's answer to a badge in the form that it seems to have.
    pub async fn verify(&self, badge: Vec<u8>) -> (StatusCode, Vec<u8>) {
        let kind = match badge.first() {
            Some(0x89) => "image/png",
            Some(b'<') => "image/svg+xml",
            Some(b'{') => "application/json",
            Some(b'e') => "application/vc+jwt",
            _ => "application/vc",
        };
        let request = Request::post("/api/v1/verify").header(header::CONTENT_TYPE, kind);
        self.ask(request.body(Body::from(badge)).unwrap()).await
    }

    /// The page's answer to a badge as a file of the form.
    pub async fn submit(&self, badge: &[u8]) -> (StatusCode, Vec<u8>) {
        let mut form = b"--cut\r\ncontent-disposition: form-data; name=\"file\"; filename=\"b\"\r\n\r\n".to_vec();
        form.extend_from_slice(badge);
        form.extend_from_slice(b"\r\n--cut--\r\n");
        let request = Request::post("/verify").header(header::CONTENT_TYPE, "multipart/form-data; boundary=cut");
        self.ask(request.body(Body::from(form)).unwrap()).await
    }

    /// Names and addresses that were asked and connected to, and that none of them was forbidden.
    pub fn only_went_where_it_may(&self) -> (usize, usize) {
        let dialled = self.memory.dialled.lock().unwrap();
        let allowed = SocketAddr::new(PUBLIC.parse().unwrap(), 443);
        let others: Vec<_> = dialled.iter().filter(|address| **address != allowed).collect();
        assert!(others.is_empty(), "it connects to {others:?}");
        assert_eq!(self.reached.load(Ordering::Relaxed), 0, "something inside was reached");
        (self.memory.asked.lock().unwrap().len(), dialled.len())
    }
}

/// A document of the issuers that is mutated too: a status list, signed anew more often than not, or a hosted badge.
fn odd(wanted: &str) -> Option<Vec<u8>> {
    let (host, number) = wanted.split_once("/odd/")?;
    let number: u64 = number.parse().ok()?;
    let seeds = [seeds::status_list(), seeds::hosted()];
    let mut mutator = Mutator { rng: StdRng::seed_from_u64(number), seeds: &seeds, urls: &[wanted.to_owned()] };
    let mut document: Value = serde_json::from_slice(&seeds[usize::from(host == "a.example")]).ok()?;
    document["id"] = json!(format!("https://{wanted}"));
    let mutated = mutator.mutate_json(document);
    let parsed = (!number.is_multiple_of(4)).then(|| serde_json::from_slice(&mutated).ok()).flatten();
    Some(parsed.and_then(|list| seeds::signed_anew(&list)).unwrap_or(mutated))
}

fn listen(reached: Arc<AtomicUsize>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for _connection in listener.incoming() {
            reached.fetch_add(1, Ordering::Relaxed);
        }
    });
    address
}

/// Names that lead inside in several ways; whatever is inside leads to the listener.
fn network(issuers: &Server, inside: SocketAddr) -> Memory {
    let ip = |text: &str| text.parse::<IpAddr>().unwrap();
    let mut names = HashMap::new();
    for (name, answers) in [
        ("badges.example.org", vec![vec![PUBLIC]]),
        ("a.example", vec![vec![PUBLIC]]),
        ("loop.example", vec![vec!["127.0.0.1"]]),
        ("private.example", vec![vec!["10.0.0.1"]]),
        ("both.example", vec![vec![PUBLIC, "192.168.0.1"]]),
        ("turning.example", vec![vec![PUBLIC], vec!["127.0.0.1"]]),
        ("mapped.example", vec![vec!["::ffff:127.0.0.1"]]),
    ] {
        let answers = answers.into_iter().map(|answer| answer.into_iter().map(ip).collect()).collect();
        names.insert(name.to_owned(), answers);
    }
    let mut routes = HashMap::from([(SocketAddr::new(ip(PUBLIC), 443), issuers.address)]);
    for address in ["127.0.0.1", "10.0.0.1", "192.168.0.1", "::1", "::ffff:127.0.0.1", "169.254.169.254"] {
        for port in [80, 443, inside.port()] {
            routes.insert(SocketAddr::new(ip(address), port), inside);
        }
    }
    Memory { names: Mutex::new(names), routes, roots: vec![issuers.certificate.clone()], ..Memory::default() }
}

fn forbidden(port: u16) -> Vec<String> {
    let mut forbidden: Vec<String> = [
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://[::ffff:127.0.0.1]/x",
        "https://2130706433/x",
        "https://0x7f.1/x",
        "https://localhost/x",
        "https://169.254.169.254/latest/meta-data/",
        "https://loop.example/status/3",
        "https://private.example/x",
        "https://both.example/x",
        "https://turning.example/x",
        "https://mapped.example/x",
        "http://loop.example/x",
        "did:web:loop.example",
        "did:web:private.example:x",
        "did:web:127.0.0.1",
        "did:web:localhost",
    ]
    .map(str::to_owned)
    .to_vec();
    forbidden.push(format!("https://127.0.0.1:{port}/x"));
    forbidden.push(format!("http://localhost:{port}/x"));
    forbidden.push(format!("did:web:localhost%3A{port}"));
    forbidden.push(format!("did:web:127.0.0.1%3A{port}"));
    forbidden
}
