//! A line before a few places: whoever comes when it is full is sent away, so that nobody waits for long and what waits takes
//! only so much memory.

use super::ActionError;
use tokio::sync::{Semaphore, SemaphorePermit};

pub(super) struct Line {
    places: Semaphore,
    /// Those who wait and those who have a place.
    inside: Semaphore,
}

/// A place; it is given back when this is dropped.
pub(super) struct Turn<'a> {
    _place: SemaphorePermit<'a>,
    _inside: SemaphorePermit<'a>,
}

impl Line {
    pub(super) const fn new(places: usize, waiting: usize) -> Self {
        Line { places: Semaphore::const_new(places), inside: Semaphore::const_new(places + waiting) }
    }

    /// Waits for a place; `Busy` when too many wait already.
    pub(super) async fn turn(&self) -> Result<Turn<'_>, ActionError> {
        let inside = self.inside.try_acquire().map_err(|_| ActionError::Busy)?;
        let place = self.places.acquire().await.map_err(ActionError::internal)?;
        Ok(Turn { _place: place, _inside: inside })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{sync::Arc, time::Duration};

    #[tokio::test]
    async fn only_so_many_wait_and_who_waits_gets_a_place() {
        let line = Arc::new(Line::new(1, 2));
        let first = line.turn().await.unwrap();
        let waiting = [line.clone(), line.clone()].map(|line| tokio::spawn(async move { line.turn().await.is_ok() }));
        while line.inside.available_permits() > 0 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        assert!(matches!(line.turn().await.err(), Some(ActionError::Busy)));
        drop(first);
        for waited in waiting {
            assert!(waited.await.unwrap());
        }
        assert!(line.turn().await.is_ok());
    }
}
