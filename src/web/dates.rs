//! Dates as people read them: written out, in the issuer's time zone, and a relative time always with its absolute one.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::text::Text;
use crate::domain::period::Period;

/// The day of an instant in a zone, as in “3 May 2028”.
pub fn written(t: &Text, at: Timestamp, zone: &TimeZone) -> String {
    t.day(at.to_zoned_datetime(zone.clone()).date())
}

/// The day and time of an instant in a zone, as in “3 May 2028, 14:02 UTC”.
pub fn written_with_time(t: &Text, at: Timestamp, zone: &TimeZone) -> String {
    let at = at.to_zoned_datetime(zone.clone());
    let clock = format!("{:02}:{:02} {}", at.hour(), at.minute(), at.strftime("%Z"));
    t.with2("date-and-time", "date", t.day(at.date()), "time", clock).into_owned()
}

/// How far away an instant is, in whole days, weeks, months or years: “in 12 days”, “3 months ago”, “today”.
pub fn relative(t: &Text, at: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
    let today = now.to_zoned_datetime(zone.clone()).date();
    let day = at.to_zoned_datetime(zone.clone()).date();
    let days = days_between(today, day);
    // Whole sentences, since what follows “in” or “ago” is declined in other languages.
    let ahead = days > 0;
    let words = match days.unsigned_abs() {
        0 => t.get("relative-today"),
        n @ 1..=30 if ahead => t.with("relative-in-days", "count", n),
        n @ 1..=30 => t.with("relative-days-ago", "count", n),
        n @ 31..=729 if ahead => t.with("relative-in-months", "count", n * 12 / 365),
        n @ 31..=729 => t.with("relative-months-ago", "count", n * 12 / 365),
        n if ahead => t.with("relative-in-years", "count", n / 365),
        n => t.with("relative-years-ago", "count", n / 365),
    };
    words.into_owned()
}

/// Whole days from one day to another; negative when the second is earlier.
pub fn days_between(from: Date, to: Date) -> i64 {
    i64::from((to - from).get_days())
}

/// A validity such as P2Y or P18M in words: “2 years”, “18 months”, “1 year, 6 months”.
pub fn period(t: &Text, period: &Period) -> String {
    let parts = [
        (Unit::Years, i64::from(period.years)),
        (Unit::Months, i64::from(period.months)),
        (Unit::Weeks, i64::from(period.weeks)),
        (Unit::Days, i64::from(period.days)),
    ];
    let words: Vec<_> =
        parts.into_iter().filter(|(_, n)| *n > 0).map(|(unit, n)| unit.counted(t, n.unsigned_abs())).collect();
    words.join(", ")
}

#[derive(Clone, Copy)]
enum Unit {
    Days,
    Weeks,
    Months,
    Years,
}

impl Unit {
    fn counted(self, t: &Text, count: u64) -> String {
        let words = match self {
            Self::Days => t.with("span-days", "count", count),
            Self::Weeks => t.with("span-weeks", "count", count),
            Self::Months => t.with("span-months", "count", count),
            Self::Years => t.with("span-years", "count", count),
        };
        words.into_owned()
    }
}

/// A day of the calendar, written the same way.
pub fn written_day(t: &Text, day: Date) -> String {
    t.day(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a timestamp")
    }

    #[test]
    fn a_date_is_written_out_in_the_zone_of_the_issuer() {
        let t = Text::english();
        let zone = TimeZone::get("Europe/Zurich").expect("bundled");
        assert_eq!(written(&t, at("2028-05-02T23:30:00Z"), &zone), "3 May 2028");
        assert_eq!(written(&t, at("2028-05-02T23:30:00Z"), &TimeZone::UTC), "2 May 2028");
        assert_eq!(written_with_time(&t, at("2028-05-02T13:02:59Z"), &TimeZone::UTC), "2 May 2028, 13:02 UTC");
    }

    #[test]
    fn a_relative_time_counts_days_then_months_then_years() {
        let t = Text::english();
        let now = at("2026-11-24T12:00:00Z");
        let say = |text| relative(&t, at(text), now, &TimeZone::UTC);
        assert_eq!(say("2026-11-24T23:00:00Z"), "today");
        assert_eq!(say("2026-11-25T01:00:00Z"), "in 1 day");
        assert_eq!(say("2026-12-06T12:00:00Z"), "in 12 days");
        assert_eq!(say("2026-08-20T12:00:00Z"), "3 months ago");
        assert_eq!(say("2028-05-03T12:00:00Z"), "in 17 months");
        assert_eq!(say("2028-11-25T12:00:00Z"), "in 2 years");
    }

    #[test]
    fn a_validity_is_said_in_words() {
        let t = Text::english();
        let say = |text| period(&t, &Period::parse(text).expect("a period"));
        assert_eq!(say("P2Y"), "2 years");
        assert_eq!(say("P1Y6M"), "1 year, 6 months");
        assert_eq!(say("P60D"), "60 days");
    }
}
