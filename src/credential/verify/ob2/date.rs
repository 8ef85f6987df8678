//! Dates as badges before 3.0 write them: ISO 8601, with or without a time or a zone (then UTC), and in 1.x seconds since 1970.

use jiff::Timestamp;
use jiff::civil;
use jiff::tz::TimeZone;
use serde_json::Value;

use crate::credential::date;

/// Longer than any date.
const LONGEST: usize = 40;

pub(super) fn read(value: &Value) -> Option<Timestamp> {
    match value {
        Value::Number(seconds) => Timestamp::from_second(seconds.as_i64()?).ok(),
        Value::String(text) => read_text(text.trim()),
        _ => None,
    }
}

fn read_text(text: &str) -> Option<Timestamp> {
    if text.len() > LONGEST || text.contains('[') || !text.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    if let Some(when) = date::parse(text) {
        return Some(when);
    }
    if text.len() >= 9 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Timestamp::from_second(text.parse().ok()?).ok();
    }
    if let Ok(when) = text.parse::<Timestamp>() {
        return Some(when);
    }
    // With a `T` or a space this reads a time too; a date alone begins at midnight.
    TimeZone::UTC.to_timestamp(text.parse::<civil::DateTime>().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_spelling_of_a_moment_is_the_same_moment() {
        let when: Timestamp = "2015-03-02T00:00:00Z".parse().unwrap();
        for value in [
            json!("2015-03-02T00:00:00Z"),
            json!("2015-03-02T00:00:00+00:00"),
            json!("2015-03-02T01:00:00.000+0100"),
            json!("2015-03-02T00:00:00"),
            json!("2015-03-02 00:00:00"),
            json!("2015-03-02"),
            json!(1_425_254_400),
            json!("1425254400"),
            json!(format!("{:0>40}", "1425254400")),
        ] {
            assert_eq!(read(&value), Some(when), "{value}");
        }
    }

    #[test]
    fn anything_else_is_no_date() {
        for value in [
            json!(""),
            json!("soon"),
            json!("2015-13-01"),
            json!("2015"),
            json!(1.5),
            json!(9_007_199_254_740_991_i64),
            json!("99999999999999999999"),
            json!(null),
            json!(true),
            json!("2015-03-02T00:00:00Z[UTC]"),
            json!("1".repeat(60)),
            json!(format!("{:0>41}", "1425254400")),
            json!(format!("{:0>42}", "1425254400")),
        ] {
            assert_eq!(read(&value), None, "{value}");
        }
    }
}
