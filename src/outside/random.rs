//! Randomness. This is the only file that names where it comes from; everything else is handed an `Rng`.

use crate::domain::id::random_id;
use rand::{
    Rng, SeedableRng,
    rand_core::UnwrapErr,
    rngs::{StdRng, SysRng},
};
use std::sync::{Mutex, PoisonError};

/// Where randomness comes from.
#[derive(Debug)]
pub enum Random {
    /// The operating system. Keys, ids, salts and status indexes are always drawn from it outside of tests and the demo.
    System,
    /// The same each time: for tests and the demo's made-up people, never for keys.
    Seeded(Box<Mutex<StdRng>>),
}

impl Random {
    pub fn seeded(seed: u64) -> Self {
        Random::Seeded(Box::new(Mutex::new(StdRng::seed_from_u64(seed))))
    }

    pub fn with<T>(&self, draw: impl FnOnce(&mut dyn Rng) -> T) -> T {
        match self {
            // An operating system that gives no randomness can't be worked with: stopping is the only safe answer.
            Random::System => draw(&mut UnwrapErr(SysRng)),
            Random::Seeded(rng) => draw(&mut *rng.lock().unwrap_or_else(PoisonError::into_inner)),
        }
    }
}

/// Letters of a [`secret`].
pub const SECRET_LENGTH: usize = 52;

/// A secret of 260 bits, for a link, a cookie or a token: never drawn from a seeded generator, whatever else is.
pub fn secret() -> String {
    Random::System.with(|rng| random_id(rng) + &random_id(rng))
}
