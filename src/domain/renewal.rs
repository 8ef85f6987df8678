//! What someone must do to have an award renewed, how a certification stands on its way to that, and when its holder is reminded. A level
//! that says nothing asks for the same again.

use super::{
    award::renewal_opens,
    field::Faults,
    level::LevelContent,
    period::Period,
    requirement::{self, ElectiveGroup, Requirement, RequirementFile},
    rubric::Rubric,
};
use jiff::{SignedDuration, Span, Timestamp, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Renewal {
    /// Its own, lighter or different; none when a new assessment is all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requirements: Vec<Requirement>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub electives: Vec<ElectiveGroup>,
    /// Whether a panel assesses again.
    pub assessed: bool,
    /// How long after the end it may still be renewed, from the day of issue on; whoever comes later starts anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grace: Option<Period>,
    /// Whether the holder's manager is reminded of the end too.
    #[serde(default, skip_serializing_if = "is_false")]
    pub remind_manager: bool,
}

/// As it is written.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct RenewalFile {
    #[serde(default = "yes")]
    pub assessed: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grace: Option<String>,
    #[serde(default, skip_serializing_if = "is_false")]
    pub remind_manager: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requirements: Vec<RequirementFile>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub electives: Vec<ElectiveGroup>,
}

fn yes() -> bool {
    true
}

fn is_false(flag: &bool) -> bool {
    !flag
}

impl RenewalFile {
    /// What is meant; faults are noted under `at` (`levels[2].renewal`).
    pub fn check(&self, rubric: Option<&Rubric>, endless: bool, at: &str, faults: &mut Faults) -> Renewal {
        let (at_requirements, at_groups) = (format!("{at}.requirements"), format!("{at}.electives"));
        let requirements =
            requirement::check((&self.requirements, &at_requirements), (&self.electives, &at_groups), faults);
        let grace = self.grace.as_ref().and_then(|text| faults.take(&format!("{at}.grace"), Period::parse(text)));
        if endless {
            faults.add(at, "needs a validity: a level that never ends is never renewed");
        }
        if self.assessed && rubric.is_none() {
            let message = "is assessed unless you say otherwise, and the level has no rubric; say assessed = false";
            faults.add(format!("{at}.assessed"), message);
        }
        if !self.assessed && self.requirements.is_empty() {
            faults.add(at, "asks for nothing at all; name requirements, or let it be assessed");
        }
        if !self.assessed && self.requirements.iter().any(|written| written.submission) {
            faults.add(format!("{at}.assessed"), "is false, and assessed work is asked for; say one or the other");
        }
        Renewal {
            requirements,
            electives: self.electives.clone(),
            assessed: self.assessed,
            grace,
            remind_manager: self.remind_manager,
        }
    }
}

impl From<Renewal> for RenewalFile {
    fn from(renewal: Renewal) -> Self {
        RenewalFile {
            assessed: renewal.assessed,
            grace: renewal.grace.map(|period| period.to_string()),
            remind_manager: renewal.remind_manager,
            requirements: renewal.requirements.into_iter().map(RequirementFile::from).collect(),
            electives: renewal.electives,
        }
    }
}

/// Where a certification stands on its way to being renewed, at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    /// Held for ever.
    Endless,
    /// Too early: the renewal opens then, and never before the end where the level has no window.
    NotYet { opens: Timestamp },
    /// It can be renewed, and the new one lasts from this end on.
    Open { end: Timestamp },
    /// It has ended, and can still be renewed before `last`; the new one lasts from the day it is given.
    Grace { last: Timestamp },
    /// It has ended, and is earned anew as if for the first time.
    Lapsed,
}

/// How a certification of this level stands at `now` that ends at `end`, neither revoked nor renewed. The rules are those of the level as it is now.
pub fn stand(content: &LevelContent, end: Option<Timestamp>, now: Timestamp, zone: &TimeZone) -> Stand {
    let Some(end) = end else { return Stand::Endless };
    if now < end {
        return match renewal_opens(end, content.renewal_window, zone) {
            Some(opens) if opens <= now => Stand::Open { end },
            opens => Stand::NotYet { opens: opens.unwrap_or(end) },
        };
    }
    let grace = content.renewal.as_ref().and_then(|renewal| renewal.grace);
    match grace.and_then(|grace| grace.after(end, zone)) {
        Some(last) if now < last => Stand::Grace { last },
        _ => Stand::Lapsed,
    }
}

/// Whose turn it is with a certification that ends: what its holder can renew now, what comes later, and what lapsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// In its window, or in its grace.
    Due,
    Later,
    /// Within a year.
    Lapsed,
}

impl Turn {
    pub const ALL: [Turn; 3] = [Turn::Due, Turn::Later, Turn::Lapsed];

    pub fn as_str(self) -> &'static str {
        match self {
            Turn::Due => "due",
            Turn::Later => "later",
            Turn::Lapsed => "lapsed",
        }
    }

    pub fn parse(text: &str) -> Result<Self, String> {
        let found = Turn::ALL.into_iter().find(|turn| turn.as_str() == text);
        found.ok_or_else(|| format!("“{text}” is not one of due, later and lapsed"))
    }

    /// The ends for which it holds at `now` of a level, from the first moment to before the second.
    pub fn ends(self, content: &LevelContent, now: Timestamp, zone: &TimeZone) -> (Timestamp, Timestamp) {
        let opens_after_now = |end| !matches!(stand(content, Some(end), now, zone), Stand::Open { .. });
        let not_lapsed = |end| stand(content, Some(end), now, zone) != Stand::Lapsed;
        let window = content.renewal_window.and_then(|window| window.after(now, zone));
        let grace = content.renewal.as_ref().and_then(|renewal| renewal.grace);
        let grace = grace.and_then(|grace| grace.before(now, zone));
        // What ends now has ended.
        let ahead = now + SignedDuration::from_secs(1);
        let closed = window.map_or(ahead, |end| {
            first(ahead, end.checked_add(MONTHS_DIFFER).unwrap_or(Timestamp::MAX), opens_after_now)
        });
        let lapsed = grace
            .map_or(ahead, |end| first(end.checked_sub(MONTHS_DIFFER).unwrap_or(Timestamp::MIN), ahead, not_lapsed));
        match self {
            Turn::Due => (lapsed, closed),
            Turn::Later => (closed, Timestamp::MAX),
            Turn::Lapsed => (now.checked_sub(YEAR).unwrap_or(Timestamp::MIN), lapsed),
        }
    }
}

const YEAR: SignedDuration = SignedDuration::from_hours(366 * 24);
/// A month back from a day and a month on are not always the same, by some days.
const MONTHS_DIFFER: SignedDuration = SignedDuration::from_hours(5 * 24);

/// The first whole second from one moment to another for which something is true that stays true; the other where there is none.
fn first(from: Timestamp, to: Timestamp, is: impl Fn(Timestamp) -> bool) -> Timestamp {
    let (mut from, mut to) = (from.as_second(), to.as_second());
    while from < to {
        let middle = from + (to - from) / 2;
        match Timestamp::from_second(middle).is_ok_and(&is) {
            true => to = middle,
            false => from = middle + 1,
        }
    }
    Timestamp::from_second(to).unwrap_or(Timestamp::MAX)
}

/// The reminders of an end, by how many days before it they are due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reminder {
    Days90,
    Days30,
    Days7,
    End,
}

impl Reminder {
    pub const ALL: [Reminder; 4] = [Reminder::Days90, Reminder::Days30, Reminder::Days7, Reminder::End];

    pub fn as_str(self) -> &'static str {
        match self {
            Reminder::Days90 => "90",
            Reminder::Days30 => "30",
            Reminder::Days7 => "7",
            Reminder::End => "end",
        }
    }

    fn days(self) -> i64 {
        match self {
            Reminder::Days90 => 90,
            Reminder::Days30 => 30,
            Reminder::Days7 => 7,
            Reminder::End => 0,
        }
    }

    /// The ends that it is due for on this day, from the first moment to before the second. Whoever was not reminded in time is reminded once,
    /// by the nearest; an end that is a week past reminds no one.
    pub fn ends(self, today: Date, zone: &TimeZone) -> Option<(Timestamp, Timestamp)> {
        let nearer = match self {
            Reminder::Days90 => Reminder::Days30.days(),
            Reminder::Days30 => Reminder::Days7.days(),
            Reminder::Days7 => Reminder::End.days(),
            Reminder::End => -8,
        };
        let after = |days: i64| -> Option<Timestamp> {
            let day = today.checked_add(Span::new().try_days(days + 1).ok()?).ok()?;
            Some(day.to_zoned_datetime(zone.clone()).ok()?.timestamp())
        };
        Some((after(nearer)?, after(self.days())?))
    }

    /// The shortest time between an award's issue and its end that it is of use for, in seconds: whoever has just been given something is not
    /// reminded of its end.
    pub fn least_seconds(self) -> i64 {
        (self.days() + 1) * 86_400
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str, rubric: bool, endless: bool) -> Vec<String> {
        let written: RenewalFile = toml::from_str(text).unwrap();
        let rubric = rubric.then(|| Rubric { grades: Vec::new(), threshold: None, criteria: Vec::new() });
        let mut faults = Faults::default();
        written.check(rubric.as_ref(), endless, "n", &mut faults);
        faults.into_vec().into_iter().map(|fault| fault.field).collect()
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_certification_opens_ends_may_be_renewed_for_a_while_and_lapses() {
        let period = |text| Period::parse(text).ok();
        let renewal = |grace| Renewal {
            requirements: Vec::new(),
            electives: Vec::new(),
            assessed: true,
            grace,
            remind_manager: false,
        };
        let level = |window, grace| LevelContent {
            renewal_window: window,
            renewal: Some(renewal(grace)),
            ..LevelContent::default()
        };
        let end = at("2028-05-03T10:00:00Z");
        let stands = |level: &LevelContent, now| stand(level, Some(end), at(now), &TimeZone::UTC);
        let usual = level(period("P90D"), period("P30D"));
        assert_eq!(stand(&usual, None, end, &TimeZone::UTC), Stand::Endless);
        assert_eq!(stands(&usual, "2028-02-03T09:59:59Z"), Stand::NotYet { opens: at("2028-02-03T10:00:00Z") });
        assert_eq!(stands(&usual, "2028-02-03T10:00:00Z"), Stand::Open { end });
        assert_eq!(stands(&usual, "2028-05-03T09:59:59Z"), Stand::Open { end });
        assert_eq!(stands(&usual, "2028-05-03T10:00:00Z"), Stand::Grace { last: at("2028-06-02T10:00:00Z") });
        assert_eq!(stands(&usual, "2028-06-02T10:00:00Z"), Stand::Lapsed);
        assert_eq!(stands(&level(None, None), "2028-05-01T00:00:00Z"), Stand::NotYet { opens: end });
        assert_eq!(stands(&level(None, None), "2028-05-03T10:00:00Z"), Stand::Lapsed);
        assert_eq!(stands(&LevelContent::default(), "2028-05-03T10:00:00Z"), Stand::Lapsed);
    }

    #[test]
    fn the_ends_of_a_turn_are_those_for_which_it_holds() {
        let period = |text: &str| Period::parse(text).ok();
        let level = |window: Option<&str>, grace: Option<&str>| LevelContent {
            renewal_window: window.and_then(period),
            renewal: Some(Renewal {
                requirements: Vec::new(),
                electives: Vec::new(),
                assessed: true,
                grace: grace.and_then(period),
                remind_manager: false,
            }),
            ..LevelContent::default()
        };
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        for level in
            [level(Some("P3M"), Some("P1M")), level(Some("P90D"), None), level(None, Some("P1M")), level(None, None)]
        {
            for now in ["2028-02-28T12:00:00Z", "2028-03-01T00:00:00Z", "2028-05-31T22:30:00Z"].map(at) {
                for hours in (-360 * 24..400 * 24).step_by(7).chain([0]) {
                    let end = now + SignedDuration::from_hours(hours);
                    let stand = stand(&level, Some(end), now, &zone);
                    let turn = match stand {
                        Stand::Open { .. } | Stand::Grace { .. } => Turn::Due,
                        Stand::NotYet { .. } => Turn::Later,
                        Stand::Lapsed | Stand::Endless => Turn::Lapsed,
                    };
                    let within = |turn: &Turn| {
                        let (from, before) = turn.ends(&level, now, &zone);
                        from <= end && end < before
                    };
                    let looked_up: Vec<Turn> = Turn::ALL.into_iter().filter(within).collect();
                    assert_eq!(looked_up, [turn], "{now} {end} {stand:?}");
                }
            }
        }
    }

    #[test]
    fn each_end_is_in_one_reminders_days_and_none_a_week_after() {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let today: Date = "2026-11-24".parse().unwrap();
        let due = |end: &str| -> Vec<&str> {
            let within = |reminder: &Reminder| {
                let (from, before) = reminder.ends(today, &zone).unwrap();
                from <= at(end) && at(end) < before
            };
            Reminder::ALL.into_iter().filter(within).map(Reminder::as_str).collect()
        };
        assert_eq!(due("2027-02-22T23:00:00Z"), Vec::<&str>::new(), "it ends on the 91st day, in Berlin");
        assert_eq!(due("2027-02-22T22:59:59Z"), ["90"]);
        assert_eq!(due("2026-12-24T23:00:00Z"), ["90"]);
        assert_eq!(due("2026-12-24T22:59:59Z"), ["30"]);
        assert_eq!(due("2026-12-01T22:59:59Z"), ["7"]);
        assert_eq!(due("2026-11-24T23:00:00Z"), ["7"], "tomorrow");
        assert_eq!(due("2026-11-24T22:59:59Z"), ["end"], "today");
        assert_eq!(due("2026-11-17T12:00:00Z"), ["end"]);
        assert_eq!(due("2026-11-16T12:00:00Z"), Vec::<&str>::new());
    }

    #[test]
    fn a_renewal_asks_for_something_that_can_be_done() {
        assert_eq!(faults("", true, false), Vec::<String>::new());
        assert_eq!(faults("", false, false), ["n.assessed"]);
        assert_eq!(faults("assessed = false", true, false), ["n"]);
        assert_eq!(faults("", true, true), ["n"]);
        assert_eq!(faults("grace = \"a while\"", true, false), ["n.grace"]);
        let talk = "[[requirements]]\nid = \"talk\"\nname = \"A talk\"\nsubmission = true";
        assert_eq!(faults(&format!("assessed = false\n{talk}"), true, false), ["n.assessed"]);
        assert_eq!(faults(&talk.replace("submission = true", ""), true, false), ["n.requirements[0]"]);
    }
}
