//! How often someone may ask, or be asked: so many times a minute for each key, refilled evenly.
//!
//! A key may use a whole minute's worth at once. The number of keys remembered is bounded; the one used longest ago is
//! forgotten first, and begins anew. Time is a parameter.

use jiff::{SignedDuration, Timestamp};
use moka::{ops::compute::Op, policy::EvictionPolicy, sync::Cache};
use std::{hash::Hash, num::NonZeroU32};

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

#[derive(Debug)]
pub struct Allowance<K: Eq + Hash + Send + Sync + 'static> {
    a_minute: NonZeroU32,
    /// When the key's allowance will be whole again (the theoretical arrival time of the generic cell rate algorithm).
    whole_at: Cache<K, Timestamp>,
}

impl<K: Eq + Hash + Send + Sync + 'static> Allowance<K> {
    /// `remembered` is the number of keys.
    pub fn of(a_minute: NonZeroU32, remembered: u64) -> Self {
        let whole_at = Cache::builder().max_capacity(remembered).eviction_policy(EvictionPolicy::lru()).build();
        Allowance { a_minute, whole_at }
    }

    /// Uses one of the key's allowance; when it is used up, says after how long there is one again.
    pub fn take(&self, key: K, now: Timestamp) -> Result<(), SignedDuration> {
        let one = MINUTE / i32::try_from(self.a_minute.get()).unwrap_or(i32::MAX);
        let mut wait = SignedDuration::ZERO;
        self.whole_at.entry(key).and_compute_with(|known| {
            let whole_at = known.map_or(now, |known| known.into_value().max(now)) + one;
            wait = whole_at.duration_since(now) - MINUTE;
            if wait.is_positive() { Op::Nop } else { Op::Put(whole_at) }
        });
        if wait.is_positive() { Err(wait) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    fn allowance(a_minute: u32, remembered: u64) -> Allowance<String> {
        Allowance::of(NonZeroU32::new(a_minute).unwrap(), remembered)
    }

    #[test]
    fn an_allowance_is_used_up_and_refills_evenly() {
        let allowance = allowance(30, 10);
        let taken = |key: &str, second| (0..100).filter(|_| allowance.take(key.into(), at(second)).is_ok()).count();
        assert_eq!(taken("a.example", 0), 30);
        assert_eq!(taken("b.example", 0), 30);
        assert_eq!(taken("a.example", 1), 0);
        assert_eq!(taken("a.example", 20), 10);
        assert_eq!(taken("a.example", 600), 30);
    }

    #[test]
    fn whoever_waits_as_long_as_is_said_may_ask_again_and_not_before() {
        let allowance = allowance(6, 10);
        while allowance.take("a".into(), at(0)).is_ok() {}
        assert_eq!(allowance.take("a".into(), at(3)), Err(SignedDuration::from_secs(7)));
        assert!(allowance.take("a".into(), at(9)).is_err());
        assert!(allowance.take("a".into(), at(10)).is_ok());
        assert_eq!(allowance.take("a".into(), at(10)), Err(SignedDuration::from_secs(10)));
    }

    #[test]
    fn no_more_keys_are_remembered_than_was_said_and_the_last_used_stay() {
        let allowance = allowance(1, 100);
        for key in 0..10_000 {
            assert!(allowance.take(key.to_string(), at(0)).is_ok());
        }
        allowance.whole_at.run_pending_tasks();
        assert!(allowance.whole_at.entry_count() <= 100, "{}", allowance.whole_at.entry_count());
        assert!(allowance.take("9999".into(), at(0)).is_err());
        assert!(allowance.take("0".into(), at(0)).is_ok());
    }
}
