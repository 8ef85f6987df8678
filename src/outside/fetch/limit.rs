//! How often one target may be asked, so that nobody can make this service hammer another.
//!
//! Every host has its allowance, and so has every address, more generously, because many hosts may share one and a wildcard
//! name makes any number of hosts. An allowance refills evenly. The number of targets remembered is bounded.

use jiff::{SignedDuration, Timestamp};
use moka::{ops::compute::Op, sync::Cache};

/// Remembered targets.
const MOST: u64 = 10_000;

/// An allowance a minute for each key.
#[derive(Debug)]
pub(super) struct Allowance {
    a_minute: u32,
    /// When the key's allowance will be whole again (the theoretical arrival time of the generic cell rate algorithm).
    whole_at: Cache<String, Timestamp>,
}

impl Allowance {
    pub(super) fn of(a_minute: u32) -> Self {
        Allowance { a_minute, whole_at: Cache::new(MOST) }
    }

    /// Uses one of the key's allowance; false when it is used up.
    pub(super) fn take(&self, key: &str, now: Timestamp) -> bool {
        let one = SignedDuration::from_mins(1) / i32::try_from(self.a_minute.max(1)).unwrap_or(i32::MAX);
        let mut taken = false;
        self.whole_at.entry(key.to_owned()).and_compute_with(|known| {
            let whole_at = known.map_or(now, |known| known.into_value().max(now)) + one;
            taken = whole_at.duration_since(now) <= SignedDuration::from_mins(1);
            if taken { Op::Put(whole_at) } else { Op::Nop }
        });
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_allowance_is_used_up_and_refills_evenly() {
        let allowance = Allowance::of(30);
        let at = |second: i64| Timestamp::from_second(1_800_000_000 + second).unwrap();
        let taken = |key: &str, second| (0..100).filter(|_| allowance.take(key, at(second))).count();
        assert_eq!(taken("a.example", 0), 30);
        assert_eq!(taken("b.example", 0), 30);
        assert_eq!(taken("a.example", 1), 0);
        assert_eq!(taken("a.example", 20), 10);
        assert_eq!(taken("a.example", 600), 30);
    }
}
