//! What lies outside the process: the clock, randomness, archives, the key vault, the storage of evidence, pictures, guarded fetches, passkeys, mail,
//! and how often anyone may ask.

pub mod allowance;
pub mod archive;
pub mod clock;
pub mod depot;
mod drawing_cost;
pub mod fetch;
pub mod mailer;
pub mod passkeys;
pub mod picture;
pub mod platform;
pub mod provider;
pub mod random;
pub mod secret;
pub mod streamed;
pub mod vault;
mod vault_folder;
mod vault_seal;
