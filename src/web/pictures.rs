//! Pictures that take a while to draw are drawn once and kept, within a limit of memory.
//!
//! A key names everything the picture is made from, so a kept one is never out of date.

use super::error::Failure;
use axum::body::Bytes;
use moka::sync::Cache;

const MOST_BYTES: u64 = 64 * 1024 * 1024;

pub struct Pictures(Cache<String, Bytes>);

impl Default for Pictures {
    fn default() -> Self {
        let weigh = |key: &String, picture: &Bytes| u32::try_from(key.len() + picture.len()).unwrap_or(u32::MAX);
        Pictures(Cache::builder().max_capacity(MOST_BYTES).weigher(weigh).build())
    }
}

impl Pictures {
    /// The picture of `key`; when it is not there yet, `draw` makes it on a thread where it may take its time.
    pub async fn get<E: std::fmt::Display>(
        &self,
        key: String,
        draw: impl FnOnce() -> Result<Vec<u8>, E> + Send + 'static,
    ) -> Result<Bytes, Failure> {
        if let Some(picture) = self.0.get(&key) {
            return Ok(picture);
        }
        let drawn = tokio::task::spawn_blocking(move || draw().map_err(|why| why.to_string())).await;
        let picture = drawn.map_err(|why| Failure::internal(&why))?.map_err(|why| Failure::internal(&why))?;
        let picture = Bytes::from(picture);
        self.0.insert(key, picture.clone());
        Ok(picture)
    }
}
