//! How a badge stands today, as a person reads it: one headline, one line of detail, one of four tones.

use std::borrow::Cow;

use jiff::Timestamp;

use super::Site;
use crate::web::dates;

/// How an award stands on the day the page is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Current, and not yet due for renewal; without an end when it never expires.
    Valid {
        until: Option<Timestamp>,
    },
    /// Current, and inside its renewal window.
    Expiring {
        until: Timestamp,
    },
    Expired {
        on: Timestamp,
    },
    /// A newer credential of the same certification took its place; `by` is the certification's address.
    Superseded {
        by: String,
    },
    /// Taken back by the issuer until that is lifted; the reason only where the issuer shows reasons.
    Suspended {
        on: Timestamp,
        reason: Option<String>,
    },
    /// Withdrawn by the issuer; the reason only where the issuer shows reasons.
    Revoked {
        on: Timestamp,
        reason: Option<String>,
    },
    /// Issued, but valid only from a later day.
    NotYet {
        from: Timestamp,
    },
    /// What is kept of it is not what its issuer signed.
    Broken,
}

/// The four states that colour, icon and word tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Valid,
    Attention,
    Invalid,
    Unknown,
}

impl Tone {
    /// The class in the stylesheet, and the name of the icon.
    pub fn class(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Attention => "attention",
            Self::Invalid => "invalid",
            Self::Unknown => "unknown",
        }
    }
}

impl Standing {
    pub fn tone(&self) -> Tone {
        match self {
            Self::Valid { .. } => Tone::Valid,
            Self::Suspended { .. } | Self::Revoked { .. } | Self::Broken => Tone::Invalid,
            Self::Expiring { .. } | Self::Expired { .. } | Self::Superseded { .. } | Self::NotYet { .. } => {
                Tone::Attention
            }
        }
    }

    /// “Valid until 3 May 2028”, “Expired on 3 May 2025”: the sentence of the banner, the card and the lists.
    pub fn headline(&self, site: &Site) -> String {
        let t = &site.text;
        let words = match self {
            Self::Valid { until: None } => t.get("standing-valid"),
            Self::Valid { until: Some(until) } => t.with("standing-valid-until", "date", site.date(until)),
            Self::Expiring { until } if site.copied => t.with("standing-valid-until", "date", site.date(until)),
            Self::Expiring { until } => match days_left(site, until) {
                0 => t.get("standing-expires-today"),
                days => t.with("standing-expires", "days", days),
            },
            Self::Expired { on } => t.with("standing-expired", "date", site.date(on)),
            Self::Superseded { .. } => t.get("standing-superseded"),
            Self::Suspended { on, .. } => t.with("standing-suspended", "date", site.date(on)),
            Self::Revoked { on, .. } => t.with("standing-revoked", "date", site.date(on)),
            Self::NotYet { from } => t.with("standing-not-yet", "date", site.date(from)),
            Self::Broken => t.get("verdict-altered"),
        };
        words.into_owned()
    }

    /// What that means for the reader, in one sentence.
    pub fn detail(&self, site: &Site) -> String {
        let t = &site.text;
        let words: Cow<'static, str> = match self {
            Self::Valid { until: None } => t.get("standing-valid-detail"),
            // How far away a day is says nothing in a copy.
            Self::Valid { .. } | Self::Expiring { .. } | Self::Expired { .. } | Self::NotYet { .. } if site.copied => {
                return String::new();
            }
            Self::Valid { until: Some(until) } => {
                t.with("standing-valid-until-detail", "relative", site.relative(until))
            }
            Self::Expiring { until } => t.with("standing-expires-detail", "date", site.date(until)),
            Self::Expired { on } => t.with("standing-expired-detail", "relative", site.relative(on)),
            Self::Superseded { .. } => t.get("standing-superseded-detail"),
            Self::Suspended { reason: Some(reason), .. } => t.with("standing-suspended-reason", "reason", reason),
            Self::Suspended { reason: None, .. } => t.get("standing-suspended-detail"),
            Self::Revoked { reason: Some(reason), .. } => t.with("standing-revoked-reason", "reason", reason),
            Self::Revoked { reason: None, .. } => t.get("standing-revoked-detail"),
            Self::NotYet { from } => t.with("standing-not-yet-detail", "relative", site.relative(from)),
            Self::Broken => t.get("standing-broken-detail"),
        };
        words.into_owned()
    }

    /// The credential that took its place.
    pub fn successor(&self) -> Option<&str> {
        match self {
            Self::Superseded { by, .. } => Some(by),
            _ => None,
        }
    }

    /// One or two words for a list, beside the icon.
    pub fn word(&self, site: &Site) -> String {
        let t = &site.text;
        let words = match self {
            Self::Valid { .. } => t.get("standing-word-valid"),
            Self::Expiring { .. } => t.get("standing-word-expiring"),
            Self::Expired { .. } => t.get("standing-word-expired"),
            Self::Superseded { .. } => t.get("standing-word-superseded"),
            Self::Suspended { .. } => t.get("standing-word-suspended"),
            Self::Revoked { .. } => t.get("standing-word-revoked"),
            Self::NotYet { .. } => t.get("standing-word-not-yet"),
            Self::Broken => t.get("standing-word-broken"),
        };
        words.into_owned()
    }
}

fn days_left(site: &Site, until: &Timestamp) -> u64 {
    let day = |at: Timestamp| at.to_zoned_datetime(site.zone.clone()).date();
    dates::days_between(day(site.now), day(*until)).max(0).unsigned_abs()
}
