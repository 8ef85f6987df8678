//! A program that takes messages: it writes down what comes and answers as the test says.

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use laurel::outside::fetch::{Fetcher, Memory, Network, Reach};
use ring::hmac;
use serde_json::Value;
use std::{
    collections::VecDeque,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::net::TcpListener;

/// One request as it came.
#[derive(Clone, Debug)]
pub struct Taken {
    pub headers: HeaderMap,
    pub body: String,
}

impl Taken {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    /// Whether one of its signatures is made with this secret, worked out here as the specification says.
    pub fn is_signed_with(&self, secret: &str) -> bool {
        let key = BASE64_STANDARD.decode(secret.strip_prefix("whsec_").unwrap()).unwrap();
        let said = format!("{}.{}.{}", self.header("webhook-id"), self.header("webhook-timestamp"), self.body);
        let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &key), said.as_bytes());
        let wanted = format!("v1,{}", BASE64_STANDARD.encode(tag));
        self.header("webhook-signature").split(' ').any(|signature| signature == wanted)
    }
}

/// Status, headers and body.
type Answer = (u16, Vec<(header::HeaderName, &'static str)>, String);

#[derive(Default)]
struct Desk {
    taken: Mutex<Vec<Taken>>,
    /// What is answered next; 204 when nothing is said.
    answers: Mutex<VecDeque<Answer>>,
}

pub struct Receiver {
    pub url: String,
    address: SocketAddr,
    desk: Arc<Desk>,
}

impl Receiver {
    pub async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let desk = Arc::new(Desk::default());
        let router = Router::new().fallback(take).with_state(desk.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Receiver { url: format!("http://localhost:{}/hooks", address.port()), address, desk }
    }

    /// A network in which only this is there, and which the operator opened to it.
    pub fn network(&self) -> Fetcher {
        self.network_by(Reach { ports: Vec::new(), private_hosts: vec!["localhost".into()] })
    }

    pub fn network_by(&self, reach: Reach) -> Fetcher {
        let local = vec![IpAddr::V4(Ipv4Addr::LOCALHOST)];
        let names = ["localhost", "inside.acme.example"].map(|name| (name.to_owned(), VecDeque::from([local.clone()])));
        let memory = Memory {
            names: Mutex::new(names.into_iter().collect()),
            routes: [(self.address, self.address)].into_iter().collect(),
            ..Memory::default()
        };
        Fetcher::new(reach, Network::Memory(Arc::new(memory)))
    }

    pub fn taken(&self) -> Vec<Taken> {
        self.desk.taken.lock().unwrap().clone()
    }

    /// The events that came, in their order.
    pub fn events(&self) -> Vec<String> {
        self.taken().iter().map(|taken| taken.json()["type"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// Forgets what was to be answered.
    pub fn takes_all(&self) {
        self.desk.answers.lock().unwrap().clear();
    }

    pub fn answers(&self, status: u16) {
        self.answers_with(status, Vec::new(), String::new());
    }

    pub fn answers_with(&self, status: u16, headers: Vec<(header::HeaderName, &'static str)>, body: String) {
        self.desk.answers.lock().unwrap().push_back((status, headers, body));
    }
}

async fn take(State(desk): State<Arc<Desk>>, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    if uri.path() == "/slow" {
        tokio::time::sleep(Duration::from_secs(60)).await;
    }
    desk.taken.lock().unwrap().push(Taken { headers, body: String::from_utf8(body.to_vec()).unwrap() });
    let Some((status, headers, body)) = desk.answers.lock().unwrap().pop_front() else {
        return StatusCode::NO_CONTENT.into_response();
    };
    let mut response = (StatusCode::from_u16(status).unwrap(), body).into_response();
    for (name, value) in headers {
        response.headers_mut().insert(name, value.parse().unwrap());
    }
    response
}
