//! What lies outside the process: the clock, randomness, the key vault, pictures and guarded fetches.

pub mod clock;
pub mod fetch;
pub mod picture;
pub mod random;
pub mod secret;
pub mod vault;
mod vault_folder;
