//! The time. This is the only file that asks the system for it; everything else is told.

use jiff::Timestamp;
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

/// Where the time comes from.
#[derive(Clone, Debug)]
pub enum Clock {
    System,
    /// Stands still until it is set; seconds since 1970. For the demo's past and for tests.
    Fixed(Arc<AtomicI64>),
}

impl Clock {
    pub fn fixed(at: Timestamp) -> Self {
        Clock::Fixed(Arc::new(AtomicI64::new(at.as_second())))
    }

    /// Moves a fixed clock; the system's can't be moved.
    pub fn set(&self, at: Timestamp) {
        if let Clock::Fixed(seconds) = self {
            seconds.store(at.as_second(), Ordering::Relaxed);
        }
    }

    /// Now, in whole seconds: the record and the credentials know no smaller parts.
    #[allow(clippy::disallowed_methods, reason = "the one place that reads the system's clock")]
    pub fn now(&self) -> Timestamp {
        let seconds = match self {
            Clock::System => Timestamp::now().as_second(),
            Clock::Fixed(seconds) => seconds.load(Ordering::Relaxed),
        };
        Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH)
    }
}
