//! What was fetched, kept as long as its server said (RFC 9111), an hour at most, and not at all when it said nothing.
//!
//! At most 64 MiB and 10,000 documents. Whoever asks for a URL that is being fetched waits for that answer, good or bad.

use super::{Fetched, client::Answer};
use jiff::{SignedDuration, Timestamp, fmt::rfc2822};
use reqwest::header::{AGE, CACHE_CONTROL, DATE, EXPIRES, HeaderMap, VARY};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, Weak},
};
use tokio::sync::OnceCell;

const LONGEST: SignedDuration = SignedDuration::from_hours(1);
const MOST_BYTES: u64 = 64 * 1024 * 1024;
/// What a document weighs at least, so that 10,000 fill the cache.
const LEAST_WEIGHT: usize = (MOST_BYTES / 10_000) as usize;

#[derive(Debug)]
pub(super) struct Cache {
    kept: moka::sync::Cache<String, Kept>,
    under_way: Mutex<HashMap<String, Weak<OnceCell<Fetched>>>>,
}

#[derive(Clone, Debug)]
struct Kept {
    body: Arc<[u8]>,
    read_at: Timestamp,
    until: Timestamp,
}

impl Cache {
    pub(super) fn new() -> Self {
        let weigh = |url: &String, kept: &Kept| (url.len() + kept.body.len()).max(LEAST_WEIGHT) as u32;
        Cache {
            kept: moka::sync::Cache::builder().max_capacity(MOST_BYTES).weigher(weigh).build(),
            under_way: Mutex::default(),
        }
    }

    /// The document as it is kept, when it is still fresh.
    pub(super) fn get(&self, url: &str, now: Timestamp) -> Option<Fetched> {
        let kept = self.kept.get(url).filter(|kept| kept.read_at <= now && now < kept.until)?;
        Some(Fetched { outcome: Ok(kept.body), at: kept.read_at, cached: true })
    }

    pub(super) fn keep(&self, url: &str, answer: &Answer, now: Timestamp) {
        if let Ok(until) = now.checked_add(answer.fresh)
            && until > now
        {
            self.kept.insert(url.to_owned(), Kept { body: answer.body.clone(), read_at: now, until });
        }
    }

    /// The place where those who ask for the same URL at the same time find the one answer.
    pub(super) fn flight(&self, url: &str) -> Arc<OnceCell<Fetched>> {
        let mut under_way = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(flight) = under_way.get(url).and_then(Weak::upgrade) {
            return flight;
        }
        under_way.retain(|_, flight| flight.strong_count() > 0);
        let flight = Arc::new(OnceCell::new());
        under_way.insert(url.to_owned(), Arc::downgrade(&flight));
        flight
    }
}

/// For how long an answer may be kept from now on.
pub(super) fn freshness(headers: &HeaderMap) -> SignedDuration {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let date = |name| text(name).and_then(|date| rfc2822::parse(date).ok()).map(|date| date.timestamp());
    if headers.contains_key(VARY) && text(VARY).is_none_or(|vary| vary.split(',').any(|name| name.trim() == "*")) {
        return SignedDuration::ZERO;
    }
    let mut age = None;
    for part in headers.get_all(CACHE_CONTROL).iter().filter_map(|value| value.to_str().ok()).flat_map(|s| s.split(','))
    {
        let part = part.trim().to_ascii_lowercase();
        match part.split_once('=') {
            None if part == "no-store" || part == "no-cache" || part == "private" => return SignedDuration::ZERO,
            Some(("no-cache" | "private", _)) => return SignedDuration::ZERO,
            Some(("s-maxage", seconds)) => age = Some(seconds.trim_matches('"').parse::<u32>().unwrap_or(0)),
            Some(("max-age", seconds)) if age.is_none() => {
                age = Some(seconds.trim_matches('"').parse::<u32>().unwrap_or(0));
            }
            _ => {}
        }
    }
    let spent = text(AGE).map_or(0, |age| age.trim().parse::<u32>().unwrap_or(u32::MAX));
    let whole = match (age, date(EXPIRES), date(DATE)) {
        (Some(seconds), ..) => SignedDuration::from_secs(seconds.into()),
        (None, Some(expires), Some(date)) => expires.duration_since(date),
        _ => SignedDuration::ZERO,
    };
    (whole - SignedDuration::from_secs(spent.into())).clamp(SignedDuration::ZERO, LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::{HeaderName, HeaderValue};

    #[test]
    fn an_answer_is_kept_as_long_as_its_server_said_and_an_hour_at_most() {
        for (headers, seconds) in [
            (&[][..], 0),
            (&[("cache-control", "max-age=60")], 60),
            (&[("cache-control", "public, MAX-AGE=\"60\"")], 60),
            (&[("cache-control", "max-age=60, s-maxage=30")], 30),
            (&[("cache-control", "s-maxage=30, max-age=60")], 30),
            (&[("cache-control", "max-age=86400")], 3_600),
            (&[("cache-control", "max-age=60, no-store")], 0),
            (&[("cache-control", "no-cache")], 0),
            (&[("cache-control", "private, max-age=60")], 0),
            (&[("cache-control", "max-age=-1")], 0),
            (&[("cache-control", "max-age=60"), ("age", "20")], 40),
            (&[("cache-control", "max-age=60"), ("age", "90")], 0),
            (&[("cache-control", "max-age=60"), ("age", "x")], 0),
            (&[("cache-control", "max-age=60"), ("vary", "*")], 0),
            (&[("cache-control", "max-age=60"), ("vary", "accept")], 60),
            (&[("date", "Tue, 24 Nov 2026 12:00:00 GMT"), ("expires", "Tue, 24 Nov 2026 12:10:00 GMT")], 600),
            (&[("date", "Tue, 24 Nov 2026 12:00:00 GMT"), ("expires", "Tue, 24 Nov 2026 11:10:00 GMT")], 0),
            (&[("date", "Tue, 24 Nov 2026 12:00:00 GMT"), ("expires", "0")], 0),
        ] {
            let map: HeaderMap = headers
                .iter()
                .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
                .collect();
            assert_eq!(freshness(&map), SignedDuration::from_secs(seconds), "{headers:?}");
        }
    }
}
