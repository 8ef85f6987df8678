//! The network of the cases: a resolver that knows what a case says, and behind the one public address the issuer's server.
//!
//! What the server usually answers stands in bases/pages.toml; a case may give other answers. Every connection to another address than the
//! public one is a stray, and so is every request that the case does not name.

use super::case::{Case, Page};
use crate::fetch::server::{Reply, Server};
use laurel::outside::fetch::{Fetcher, Memory, Network as Wires, Reach};
use serde::Deserialize;
use std::{
    collections::{BTreeSet, HashMap},
    net::{IpAddr, SocketAddr},
    sync::{Arc, Mutex, atomic::AtomicUsize, atomic::Ordering::SeqCst},
};

const PUBLIC: &str = "93.184.215.14";
/// Whoever is asked by these names is asked at the public address.
const NAMES: [&str; 2] = ["issuer.example", "evil.example"];

pub struct Network {
    server: Server,
    pages: Arc<Mutex<HashMap<String, Reply>>>,
    usual: HashMap<String, Reply>,
    seen: AtomicUsize,
}

/// What was asked of the network.
pub struct Asked {
    /// Of the server, in order.
    pub documents: Vec<String>,
    pub strays: Vec<String>,
}

#[derive(Deserialize)]
struct Pages {
    page: Vec<Page>,
}

impl Network {
    pub fn start(cases: &[Case]) -> Self {
        let hosts = cases.iter().flat_map(|case| &case.hosts).map(|host| host.name.as_str());
        let names: Vec<&str> = NAMES.into_iter().chain(hosts).collect::<BTreeSet<_>>().into_iter().collect();
        let pages: Arc<Mutex<HashMap<String, Reply>>> = Arc::default();
        let answers = pages.clone();
        let server = Server::start(&names, move |wanted| {
            let found = answers.lock().unwrap().get(wanted).cloned();
            found.unwrap_or(Reply { status: 404, ..Reply::default() })
        });
        let text = include_str!("bases/pages.toml");
        let usual = replies(&toml::from_str::<Pages>(text).unwrap().page);
        Network { server, pages, usual, seen: AtomicUsize::new(0) }
    }

    /// A fetcher in the world of one case.
    pub fn answering(&self, case: &Case) -> (Fetcher, Arc<Memory>) {
        let mut pages = self.usual.clone();
        pages.extend(replies(&case.pages));
        *self.pages.lock().unwrap() = pages;
        self.seen.store(self.server.asked().len(), SeqCst);
        let public: IpAddr = PUBLIC.parse().unwrap();
        let mut names: HashMap<_, _> = NAMES.iter().map(|name| ((*name).to_owned(), [vec![public]].into())).collect();
        names.extend(case.hosts.iter().map(|host| (host.name.clone(), host.addresses.clone().into())));
        let memory = Arc::new(Memory {
            names: Mutex::new(names),
            routes: [(SocketAddr::new(public, 443), self.server.address)].into(),
            roots: vec![self.server.certificate.clone()],
            ..Memory::default()
        });
        (Fetcher::new(Reach::default(), Wires::Memory(memory.clone())), memory)
    }

    pub fn asked(&self, memory: &Memory) -> Asked {
        let dialled = memory.dialled.lock().unwrap();
        let strays = dialled.iter().filter(|address| address.to_string() != format!("{PUBLIC}:443"));
        Asked {
            documents: self.server.asked().split_off(self.seen.load(SeqCst)),
            strays: strays.map(ToString::to_string).collect(),
        }
    }
}

fn replies(pages: &[Page]) -> HashMap<String, Reply> {
    pages.iter().map(|page| (page.at.clone(), reply(page))).collect()
}

fn reply(page: &Page) -> Reply {
    let body = page.document.as_ref().map(super::recipe::Recipe::made).unwrap_or_default();
    let mut reply = Reply { status: page.status, ..Reply::json(body) };
    for (name, value) in &page.headers {
        let name: &'static str = match name.as_str() {
            "location" => "location",
            "content-encoding" => "content-encoding",
            "content-type" => {
                reply.headers.clear();
                "content-type"
            }
            other => panic!("no case needs the header {other}"),
        };
        reply = reply.with(name, value);
    }
    reply
}
