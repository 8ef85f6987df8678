//! Look-ups over the network: where they go, what they take, how often they ask, and foreign badges verified through them.
//!
//! The network is in memory: names and routes are told by the test, behind the routes are https servers of the test's own, and every
//! name asked and every address connected to is written down.

mod answers;
mod foreign;
mod hosted;
mod refresh;
mod registries;
pub mod server;
mod spellings;

use jiff::Timestamp;
use laurel::outside::fetch::{FetchError, Fetched, Fetcher, Memory, Network, Reach};
use server::Server;
use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

/// A public address that the test's server stands behind.
const PUBLIC: &str = "93.184.215.14";

struct World {
    memory: Arc<Memory>,
    fetcher: Fetcher,
}

impl World {
    /// A world where every name of `names` has these answers, one after the other, and `server` is behind `PUBLIC`.
    fn new(names: &[(&str, &[&[&str]])], server: Option<&Server>) -> Self {
        World::reaching(Reach::default(), names, server)
    }

    fn reaching(reach: Reach, names: &[(&str, &[&[&str]])], server: Option<&Server>) -> Self {
        let ip = |text: &&str| text.parse::<IpAddr>().unwrap();
        let answers = |answers: &[&[&str]]| answers.iter().map(|answer| answer.iter().map(ip).collect()).collect();
        let names = names.iter().map(|(name, all)| ((*name).to_owned(), answers(all))).collect();
        let routes = server.map(|server| (SocketAddr::new(ip(&PUBLIC), 443), server.address));
        let memory = Arc::new(Memory {
            names: std::sync::Mutex::new(names),
            routes: routes.into_iter().collect(),
            roots: server.map(|server| server.certificate.clone()).into_iter().collect(),
            ..Memory::default()
        });
        World { fetcher: Fetcher::new(reach, Network::Memory(memory.clone())), memory }
    }

    async fn get(&self, url: &str) -> Fetched {
        self.fetcher.fetch(url, now()).await
    }

    async fn fails(&self, url: &str) -> FetchError {
        self.get(url).await.outcome.expect_err(url)
    }

    fn asked(&self) -> Vec<String> {
        self.memory.asked.lock().unwrap().clone()
    }

    fn dialled(&self) -> Vec<String> {
        self.memory.dialled.lock().unwrap().iter().map(|address| address.ip().to_string()).collect()
    }
}

fn now() -> Timestamp {
    "2026-11-24T12:00:00Z".parse().unwrap()
}

fn later(seconds: i64) -> Timestamp {
    Timestamp::from_second(now().as_second() + seconds).unwrap()
}
