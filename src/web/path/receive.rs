//! Bytes of a file as they come in: put aside part by part, and what came before a cut as well.
//!
//! A sender who is silent for half a minute is left. The parts of all senders together have a limit, so that many at once don't take the
//! machine's memory.

use crate::{
    actions::{
        App,
        path::upload::{self, Arrived, PART},
    },
    domain::actor::Actor,
    web::error::{Failure, Kind},
};
use axum::body::Bytes;
use std::{future::Future, sync::LazyLock, time::Duration};
use tokio::sync::{Semaphore, SemaphorePermit};

const SILENCE: Duration = Duration::from_secs(30);
/// Files that arrive at the same time.
const AT_ONCE: usize = 24;
static PLACES: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(AT_ONCE));

/// A file that is arriving.
pub struct Receiving<'a> {
    app: &'a App,
    actor: &'a Actor,
    id: &'a str,
    at: u64,
    part: Vec<u8>,
    _place: SemaphorePermit<'static>,
}

impl<'a> Receiving<'a> {
    /// From `at` on.
    pub fn begin(app: &'a App, actor: &'a Actor, id: &'a str, at: u64) -> Result<Self, Failure> {
        let place = PLACES.try_acquire().map_err(|_| {
            Failure::new(Kind::Busy, "Many files are arriving at this moment; send it again in a while.")
        })?;
        Ok(Receiving { app, actor, id, at, part: Vec::new(), _place: place })
    }

    /// What comes next; a silence breaks it off.
    pub async fn wait(
        &self,
        next: impl Future<Output = Option<Result<Bytes, Failure>>>,
    ) -> Option<Result<Bytes, Failure>> {
        tokio::time::timeout(SILENCE, next).await.unwrap_or_else(|_| {
            Some(Err(Failure::new(Kind::TooSlow, "Nothing came for 30 seconds; go on from where it ended.")))
        })
    }

    /// Takes it in hand, and puts each whole part aside.
    pub async fn take(&mut self, mut bytes: &[u8]) -> Result<(), Failure> {
        while !bytes.is_empty() {
            let room = PART.saturating_sub(self.part.len()).min(bytes.len());
            let (now, later) = bytes.split_at(room);
            self.part.extend_from_slice(now);
            bytes = later;
            if self.part.len() >= PART {
                self.keep().await?;
            }
        }
        Ok(())
    }

    /// Puts aside what is in hand.
    pub async fn keep(&mut self) -> Result<Arrived, Failure> {
        let bytes = Bytes::from(std::mem::take(&mut self.part));
        let arrived = upload::append(self.app, self.actor, self.id, self.at, bytes).await?;
        self.at = arrived.received;
        Ok(arrived)
    }
}

pub fn broken() -> Failure {
    Failure::new(Kind::Malformed, "The file broke off before its end; go on from where it ended.")
}
