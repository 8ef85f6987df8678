//! When whoever sits on a panel is reminded of the day on which their scores are due: some days before, on the day, and once after it.

use jiff::{Span, Timestamp, civil::Date, tz::TimeZone};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DueReminder {
    /// In one to three days.
    Soon,
    Today,
    /// The day has passed; what is two weeks late reminds no one, and stands in its owner's queue.
    Late,
}

impl DueReminder {
    pub const ALL: [DueReminder; 3] = [DueReminder::Soon, DueReminder::Today, DueReminder::Late];

    pub fn as_str(self) -> &'static str {
        match self {
            DueReminder::Soon => "soon",
            DueReminder::Today => "today",
            DueReminder::Late => "late",
        }
    }

    /// The due times that it is for on this day, from the first moment to before the second.
    pub fn dues(self, today: Date, zone: &TimeZone) -> Option<(Timestamp, Timestamp)> {
        let (from, before) = match self {
            DueReminder::Soon => (1, 4),
            DueReminder::Today => (0, 1),
            DueReminder::Late => (-14, 0),
        };
        let start = |days: i64| -> Option<Timestamp> {
            let day = today.checked_add(Span::new().try_days(days).ok()?).ok()?;
            Some(day.to_zoned_datetime(zone.clone()).ok()?.timestamp())
        };
        Some((start(from)?, start(before)?))
    }

    /// The shortest time between the draw and the due time that it is of use for, in seconds: whoever has just been told is not reminded.
    pub fn least_seconds(self) -> i64 {
        let days = match self {
            DueReminder::Soon => 5,
            DueReminder::Today => 2,
            DueReminder::Late => 0,
        };
        days * 86_400
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_due_time_is_in_one_reminders_days_and_none_two_weeks_late() {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let today: Date = "2026-11-24".parse().unwrap();
        let for_due = |due: &str| -> Vec<&str> {
            let due: Timestamp = due.parse().unwrap();
            let within = |reminder: &DueReminder| {
                let (from, before) = reminder.dues(today, &zone).unwrap();
                from <= due && due < before
            };
            DueReminder::ALL.into_iter().filter(within).map(DueReminder::as_str).collect()
        };
        assert_eq!(for_due("2026-11-27T23:00:00Z"), Vec::<&str>::new(), "in four days, in Berlin");
        assert_eq!(for_due("2026-11-27T22:59:59Z"), ["soon"]);
        assert_eq!(for_due("2026-11-24T23:00:00Z"), ["soon"], "tomorrow");
        assert_eq!(for_due("2026-11-24T22:59:59Z"), ["today"]);
        assert_eq!(for_due("2026-11-23T23:00:00Z"), ["today"]);
        assert_eq!(for_due("2026-11-23T22:59:59Z"), ["late"]);
        assert_eq!(for_due("2026-11-09T23:00:00Z"), ["late"]);
        assert_eq!(for_due("2026-11-09T22:59:59Z"), Vec::<&str>::new());
    }
}
