//! The network as look-ups see it: who answers for a name, and where a connection to an address goes.
//!
//! In memory both are told by the test, and what was asked is written down; the checks between the two are the same.

use std::{
    collections::{HashMap, VecDeque},
    net::{IpAddr, SocketAddr},
    sync::{Arc, Mutex, PoisonError},
};

#[derive(Clone, Debug)]
pub enum Network {
    System,
    Memory(Arc<Memory>),
}

/// A network for tests.
#[derive(Debug, Default)]
pub struct Memory {
    /// What each name is answered, one after the other; the last answer stays.
    pub names: Mutex<HashMap<String, VecDeque<Vec<IpAddr>>>>,
    /// Where connections to an address really go; to no other address is connected.
    pub routes: HashMap<SocketAddr, SocketAddr>,
    /// The only certificate authorities, in DER.
    pub roots: Vec<Vec<u8>>,
    /// Every name that was asked for.
    pub asked: Mutex<Vec<String>>,
    /// Every address that a connection was made to.
    pub dialled: Mutex<Vec<SocketAddr>>,
}

impl Network {
    /// The addresses of a name.
    pub(super) async fn addresses(&self, host: &str, port: u16) -> Result<Vec<IpAddr>, String> {
        match self {
            Network::System => match tokio::net::lookup_host((host, port)).await {
                Ok(found) => Ok(found.map(|address| address.ip()).collect()),
                Err(_) => Err(format!("the name {host} is not known")),
            },
            Network::Memory(memory) => memory.answer(host).ok_or_else(|| format!("the name {host} is not known")),
        }
    }

    /// Where to connect for addresses that were checked.
    pub(super) fn dial(&self, checked: Vec<SocketAddr>) -> Result<Vec<SocketAddr>, String> {
        let Network::Memory(memory) = self else { return Ok(checked) };
        memory.dialled.lock().unwrap_or_else(PoisonError::into_inner).extend(&checked);
        let routed: Vec<SocketAddr> =
            checked.iter().filter_map(|address| memory.routes.get(address).copied()).collect();
        if routed.is_empty() { Err("nobody answers there".to_owned()) } else { Ok(routed) }
    }
}

impl Memory {
    fn answer(&self, host: &str) -> Option<Vec<IpAddr>> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).push(host.to_owned());
        let mut names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        let answers = names.get_mut(host)?;
        if answers.len() > 1 { answers.pop_front() } else { answers.front().cloned() }
    }
}
