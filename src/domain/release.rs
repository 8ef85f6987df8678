//! How a new version of a level comes in: what is new, from when it counts, how long those under way have to finish under theirs, and
//! who approved it.
//!
//! It stands in a program file as `[release]` and is about the versions that publishing the file makes; a version that was published
//! keeps what was said then. A level's first version counts at once: nobody could be under way.

use super::{field::Faults, period::Period, recipients_csv::date_or_time};
use jiff::{Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};

/// As it is written.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ReleaseFile {
    /// What is new, in a sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// A date such as `2027-01-01`, from whose beginning it counts, or a time with an offset. At once when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts: Option<String>,
    /// A period such as `P6M`, or `none`: those under way go on under the new version at once. [`USUAL`] when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transition: Option<String>,
    /// Such as `The craft guild, 12 November 2026`; shown with the version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved_by: Option<String>,
}

/// The transition where nothing is said: half a year.
pub const USUAL: Period = Period { years: 0, months: 6, weeks: 0, days: 0 };

/// A release whose every field holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Release {
    pub summary: Option<String>,
    pub approved_by: Option<String>,
    pub starts_at: Timestamp,
    /// When everyone goes on under the new version; its start where there is no transition.
    pub transition_until: Timestamp,
}

impl ReleaseFile {
    /// As it is meant at `now`, with days in `zone`; each fault is noted as `release.…`.
    pub fn check(&self, now: Timestamp, zone: &TimeZone, faults: &mut Faults) -> Release {
        let words = |name: &str, text: &Option<String>, most: usize, faults: &mut Faults| {
            text.as_deref().map(|text| faults.text(&format!("release.{name}"), text, most, false))
        };
        let summary = words("summary", &self.summary, 500, faults);
        let approved_by = words("approved_by", &self.approved_by, 200, faults);
        let said = self.starts.as_deref().and_then(|text| faults.take("release.starts", date_or_time(text, zone)));
        if said.is_some_and(|start| start < now) {
            faults.add("release.starts", "is earlier than it can begin; leave it out for what counts at once");
        }
        let starts_at = said.unwrap_or(now);
        let transition = match self.transition.as_deref() {
            Some("none") => None,
            Some(text) => faults.take("release.transition", Period::parse(text)),
            None => Some(USUAL),
        };
        let end = |period: Period| {
            let end = period.after(starts_at, zone);
            end.unwrap_or_else(|| {
                faults.add("release.transition", "gives an end outside the calendar");
                starts_at
            })
        };
        let transition_until = transition.map_or(starts_at, end);
        Release { summary, approved_by, starts_at, transition_until }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn read(text: &str) -> Result<Release, Vec<String>> {
        let file: ReleaseFile = toml::from_str(text).map_err(|why| vec![why.to_string()])?;
        let mut faults = Faults::default();
        let release = file.check(at("2026-11-24T12:00:00Z"), &TimeZone::get("Europe/Berlin").unwrap(), &mut faults);
        faults.or(release).map_err(|faults| faults.into_iter().map(|fault| fault.field).collect())
    }

    #[test]
    fn a_release_that_says_nothing_counts_at_once_and_gives_half_a_year() {
        let release = read("").unwrap();
        assert_eq!(release.starts_at, at("2026-11-24T12:00:00Z"));
        assert_eq!(release.transition_until, at("2027-05-24T11:00:00Z"), "the same hour, in summer");
        assert_eq!((release.summary, release.approved_by), (None, None));
    }

    #[test]
    fn a_start_ahead_begins_with_its_day_and_the_transition_is_counted_from_it() {
        let release = read("starts = \"2027-01-01\"\ntransition = \"P90D\"\napproved_by = \"The guild\"").unwrap();
        assert_eq!(release.starts_at, at("2026-12-31T23:00:00Z"));
        assert_eq!(release.transition_until, at("2027-03-31T22:00:00Z"));
        assert_eq!(release.approved_by.as_deref(), Some("The guild"));
        let none = read("transition = \"none\"").unwrap();
        assert_eq!(none.transition_until, none.starts_at);
    }

    #[test]
    fn each_fault_of_a_release_names_its_place() {
        assert_eq!(read("starts = \"soon\"").unwrap_err(), ["release.starts"]);
        assert_eq!(read("starts = \"2026-11-24\"").unwrap_err(), ["release.starts"]);
        assert_eq!(read("transition = \"a while\"").unwrap_err(), ["release.transition"]);
        assert_eq!(read("summary = \"\"\napproved_by = \"\"").unwrap_err(), ["release.summary", "release.approved_by"]);
        assert_eq!(read("starts = \"9999-06-01\"\ntransition = \"P99Y\"").unwrap_err(), ["release.transition"]);
        assert!(read("begins = \"2027-01-01\"").unwrap_err()[0].contains("begins"));
    }
}
