//! How many connections are open: in all, and from each address, so that nobody takes all of them.
//!
//! When all places are taken, new connections wait in the queue of the system. An address that holds its share gets no
//! more; the proxies that the deployment trusts may hold all of them, since everyone comes through them.

use super::client;
use crate::actions::Config;
use std::{
    collections::HashMap,
    io,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

pub struct Connections {
    places: Arc<Semaphore>,
    share: usize,
    /// Only addresses that hold some.
    held: Held,
    proxies: Vec<IpAddr>,
}

type Held = Arc<Mutex<HashMap<IpAddr, usize>>>;

/// A place that nobody has yet.
pub type Free = OwnedSemaphorePermit;

/// A place that a connection has; it is given back when this is dropped.
pub struct Place {
    _place: Free,
    of: Option<(Held, IpAddr)>,
}

impl Connections {
    pub fn new(config: &Config) -> Self {
        Connections {
            places: Arc::new(Semaphore::new(config.limits.connections)),
            share: config.limits.connections_per_client,
            held: Held::default(),
            proxies: config.trusted_proxies.clone(),
        }
    }

    /// Waits for a place.
    pub async fn free(&self) -> io::Result<Free> {
        Arc::clone(&self.places).acquire_owned().await.map_err(io::Error::other)
    }

    /// Gives the place to an address, or back when the address holds its share.
    pub fn place(&self, free: Free, peer: IpAddr) -> Result<Place, Free> {
        if self.proxies.contains(&peer.to_canonical()) {
            return Ok(Place { _place: free, of: None });
        }
        let of = client::counted_as(peer);
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let own = held.entry(of).or_default();
        if *own >= self.share {
            return Err(free);
        }
        *own += 1;
        drop(held);
        Ok(Place { _place: free, of: Some((Arc::clone(&self.held), of)) })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let Some((held, of)) = &self.of else { return };
        let mut held = held.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = held.get_mut(of) {
            *own -= 1;
            if *own == 0 {
                held.remove(of);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actions::config::Limits;

    #[tokio::test]
    async fn an_address_holds_its_share_and_others_still_get_a_place() {
        let limits = Limits { connections: 4, connections_per_client: 2, ..Limits::default() };
        let proxy = IpAddr::from([127, 0, 0, 1]);
        let connections = Connections::new(&Config { limits, trusted_proxies: vec![proxy], ..Config::default() });
        let held = async |peer: &str| connections.place(connections.free().await.unwrap(), peer.parse().unwrap()).ok();
        let first = held("2001:db8::1").await;
        let second = held("2001:db8::2").await;
        assert!(first.is_some() && second.is_some());
        assert!(held("2001:db8::3").await.is_none(), "it is of the same network");
        let other = held("203.0.113.7").await;
        assert!(other.is_some());
        drop(first);
        assert!(held("2001:db8::3").await.is_some());
        drop((second, other));
        assert!(connections.held.lock().unwrap().is_empty());
        let mut proxied = Vec::new();
        for _ in 0..4 {
            proxied.push(held("::ffff:127.0.0.1").await.expect("a proxy holds any number"));
        }
        assert_eq!(connections.places.available_permits(), 0);
    }
}
