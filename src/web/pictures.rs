//! Pictures that take a while to draw are drawn once and kept, within a limit of memory.
//!
//! A key names everything the picture is made from, so a kept one is never out of date. Only a few are drawn at a time,
//! so that many requests at once leave the machine free for the rest.

use super::error::Failure;
use crate::actions::ActionError;
use axum::body::Bytes;
use moka::sync::Cache;
use tokio::sync::Semaphore;

const MOST_BYTES: u64 = 64 * 1024 * 1024;
const DRAWN_AT_ONCE: usize = 2;

pub struct Pictures {
    kept: Cache<String, Bytes>,
    hands: Semaphore,
}

impl Default for Pictures {
    fn default() -> Self {
        let weigh = |key: &String, picture: &Bytes| u32::try_from(key.len() + picture.len()).unwrap_or(u32::MAX);
        Pictures {
            kept: Cache::builder().max_capacity(MOST_BYTES).weigher(weigh).build(),
            hands: Semaphore::new(DRAWN_AT_ONCE),
        }
    }
}

impl Pictures {
    /// The picture of `key`; when it is not there yet, `draw` makes it on a thread where it may take its time.
    pub async fn get<E: std::fmt::Display>(
        &self,
        key: String,
        draw: impl FnOnce() -> Result<Vec<u8>, E> + Send + 'static,
    ) -> Result<Bytes, Failure> {
        if let Some(picture) = self.kept.get(&key) {
            return Ok(picture);
        }
        let hand = self.hands.acquire().await.map_err(|why| Failure::internal(&why))?;
        // Someone else may have drawn it meanwhile.
        if let Some(picture) = self.kept.get(&key) {
            return Ok(picture);
        }
        let drawn = drawn(draw).await;
        drop(hand);
        let picture = Bytes::from(drawn?);
        self.kept.insert(key, picture.clone());
        Ok(picture)
    }

    /// A picture that nobody asks for again: one of many, which would take the room of all that are kept.
    pub async fn once<E: std::fmt::Display>(
        &self,
        draw: impl FnOnce() -> Result<Vec<u8>, E> + Send + 'static,
    ) -> Result<Vec<u8>, ActionError> {
        let _hand = self.hands.acquire().await.map_err(ActionError::internal)?;
        drawn(draw).await
    }
}

async fn drawn<E: std::fmt::Display>(
    draw: impl FnOnce() -> Result<Vec<u8>, E> + Send + 'static,
) -> Result<Vec<u8>, ActionError> {
    let drawn = tokio::task::spawn_blocking(move || draw().map_err(|why| anyhow::anyhow!("{why}"))).await;
    drawn.map_err(ActionError::internal)?.map_err(ActionError::internal)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    };

    #[tokio::test]
    async fn a_picture_is_drawn_once_and_a_failure_is_not_kept() {
        let (pictures, drawn) = (Pictures::default(), Arc::new(AtomicU32::new(0)));
        let draw = |answer: Result<Vec<u8>, String>| {
            let drawn = drawn.clone();
            move || {
                drawn.fetch_add(1, Ordering::SeqCst);
                answer
            }
        };
        assert!(pictures.get("a".into(), draw(Err("no ink".into()))).await.is_err());
        assert_eq!(pictures.get("a".into(), draw(Ok(vec![1]))).await.unwrap(), vec![1]);
        assert_eq!(pictures.get("a".into(), draw(Ok(vec![2]))).await.unwrap(), vec![1]);
        assert_eq!(drawn.load(Ordering::SeqCst), 2);
    }
}
