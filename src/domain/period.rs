//! How long something lasts: an ISO 8601 duration of whole years, months, weeks and days, such as `P2Y` or `P90D`.
//!
//! Added on the calendar of the issuer's time zone: a badge of two years given on 3 May ends on 3 May.

use jiff::{Span, Timestamp, tz::TimeZone};
use std::fmt;

/// At least one day, at most a hundred years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    pub years: i16,
    pub months: i32,
    pub weeks: i32,
    pub days: i32,
}

impl Period {
    /// Reads `PnYnMnWnD`; parts of a day are refused, since a certification ends with a day.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wrong = || format!("“{text}” is not a duration such as P2Y, P18M or P90D");
        let mut rest = text.strip_prefix('P').ok_or_else(wrong)?;
        let mut period = Period { years: 0, months: 0, weeks: 0, days: 0 };
        let mut units = "YMWD";
        while !rest.is_empty() {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            let number: i32 = rest[..digits].parse().map_err(|_| wrong())?;
            let unit = rest[digits..].chars().next().ok_or_else(wrong)?;
            let place = units.find(unit).ok_or_else(wrong)?;
            units = &units[place + 1..];
            match unit {
                'Y' => period.years = i16::try_from(number).map_err(|_| wrong())?,
                'M' => period.months = number,
                'W' => period.weeks = number,
                _ => period.days = number,
            }
            rest = &rest[digits + 1..];
        }
        match period.rough_days() {
            0 => Err(format!("“{text}” is no time at all; give at least one day")),
            days if days > 36_525 => Err(format!("“{text}” is longer than a hundred years")),
            _ => Ok(period),
        }
    }

    /// `start` plus this period in `zone`; the last day of a shorter month where the day does not exist.
    pub fn after(&self, start: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        start.to_zoned_datetime(zone.clone()).checked_add(self.span()?).ok().map(|end| end.timestamp())
    }

    /// `end` less this period in `zone`.
    pub fn before(&self, end: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        end.to_zoned_datetime(zone.clone()).checked_sub(self.span()?).ok().map(|start| start.timestamp())
    }

    fn span(&self) -> Option<Span> {
        Span::new()
            .try_years(self.years)
            .and_then(|span| span.try_months(self.months))
            .and_then(|span| span.try_weeks(self.weeks))
            .and_then(|span| span.try_days(self.days))
            .ok()
    }

    /// Days, a year as 365 and a month as 30: only for bounds.
    fn rough_days(&self) -> i64 {
        i64::from(self.years) * 365 + i64::from(self.months) * 30 + i64::from(self.weeks) * 7 + i64::from(self.days)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("P")?;
        let parts = [(i32::from(self.years), 'Y'), (self.months, 'M'), (self.weeks, 'W'), (self.days, 'D')];
        parts.iter().filter(|(number, _)| *number > 0).try_for_each(|(number, unit)| write!(f, "{number}{unit}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_reads_and_writes_the_same() {
        for text in ["P2Y", "P18M", "P90D", "P4W", "P1Y6M", "P1Y2M3W4D"] {
            assert_eq!(Period::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_is_not_a_period_is_refused() {
        for text in [
            "",
            "P",
            "2Y",
            "P2",
            "PY",
            "P2H",
            "PT2H",
            "P-1Y",
            "P1M2Y",
            "P0D",
            "P101Y",
            "P1.5Y",
            "p2y",
            "P99999999999Y",
            "P2Yé",
        ] {
            assert!(Period::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_leap_day_ends_on_the_last_of_february() {
        let start: Timestamp = "2028-02-29T12:00:00Z".parse().unwrap();
        let end = Period::parse("P1Y").unwrap().after(start, &TimeZone::UTC).unwrap();
        assert_eq!(end.to_string(), "2029-02-28T12:00:00Z");
    }

    #[test]
    fn the_clock_time_stays_over_a_change_to_summer_time() {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let start: Timestamp = "2026-03-01T08:00:00Z".parse().unwrap();
        let end = Period::parse("P2M").unwrap().after(start, &zone).unwrap();
        assert_eq!(end.to_string(), "2026-05-01T07:00:00Z");
    }
}
