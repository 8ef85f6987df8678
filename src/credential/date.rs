//! Dates as credentials write them: XSD 1.1 `dateTimeStamp` (section 3.4.28), a dateTime that always has its zone.

use jiff::Timestamp;

/// Reads a dateTimeStamp. The shape is held exactly, because a signed date that two readers understand differently is no date.
/// Years have four digits; 24:00:00 and leap seconds are refused.
pub fn parse(text: &str) -> Option<Timestamp> {
    let bytes = text.as_bytes();
    let digits =
        |range: std::ops::Range<usize>| bytes.get(range).is_some_and(|part| part.iter().all(u8::is_ascii_digit));
    let separators = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')];
    let fields = [0..4, 5..7, 8..10, 11..13, 14..16, 17..19];
    if !separators.iter().all(|(at, byte)| bytes.get(*at) == Some(byte)) || !fields.into_iter().all(digits) {
        return None;
    }
    if bytes.get(11..13) == Some(b"24") || bytes.get(17..19) == Some(b"60") {
        return None;
    }
    let mut rest = text.get(19..)?;
    if let Some(fraction) = rest.strip_prefix('.') {
        rest = fraction.trim_start_matches(|character: char| character.is_ascii_digit());
        if !(1..=9).contains(&(fraction.len() - rest.len())) {
            return None;
        }
    }
    let zone = rest.as_bytes();
    let offset = zone.len() == 6
        && matches!(zone.first(), Some(b'+' | b'-'))
        && zone.get(3) == Some(&b':')
        && [1, 2, 4, 5].iter().all(|at| zone.get(*at).is_some_and(u8::is_ascii_digit));
    // XSD knows offsets up to ±14:00.
    let within = |offset: &str| offset <= "14:00";
    if rest != "Z" && !(offset && rest.get(1..).is_some_and(within)) {
        return None;
    }
    text.parse().ok()
}

/// Writes a date as a badge carries it: UTC, whole seconds, `Z`.
pub fn written(when: Timestamp) -> String {
    when.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// A date as people read it: 3 May 2028.
pub fn spoken(when: Timestamp) -> String {
    when.strftime("%-d %B %Y").to_string()
}

/// A moment as people read it: 3 May 2028 at 14:02 UTC.
pub fn spoken_with_time(when: Timestamp) -> String {
    when.strftime("%-d %B %Y at %H:%M UTC").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn date_time_stamps_are_read() {
        for text in [
            "2026-01-15T10:00:00Z",
            "2026-01-15T10:00:00.123Z",
            "2026-01-15T10:00:00+02:00",
            "2026-01-15T10:00:00.5-11:30",
            "2026-01-15T10:00:00+14:00",
            "2026-01-15T10:00:00.123456789Z",
        ] {
            assert!(parse(text).is_some(), "{text}");
        }
        assert_eq!(parse("2026-01-15T10:00:00+02:00"), parse("2026-01-15T08:00:00Z"));
    }

    #[test]
    fn anything_else_is_not_a_date() {
        for text in [
            "",
            "2026-01-15",
            "2026-01-15T10:00:00",
            "2026-01-15T10:00Z",
            "2026-01-15 10:00:00Z",
            "2026-01-15t10:00:00z",
            "2026-13-15T10:00:00Z",
            "2026-02-30T10:00:00Z",
            "2026-01-15T24:00:00Z",
            "2026-01-15T10:00:60Z",
            "2026-01-15T10:00:00.Z",
            "+2026-01-15T10:00:00Z",
            "2026-01-15T10:00:00+0200",
            "2026-01-15T10:00:00+02",
            "2026-01-15T10:00:00+14:01",
            "2026-01-15T10:00:00-24:00",
            "2026-01-15T10:00:00+02:60",
            "2026-01-15T10:00:00+02:99",
            "2026-01-15T10:00:00+02:00:30",
            "2026-01-15T10:00:00+0a:00",
            "2026-01-15T10:00:00+02-00",
            "2026-01-15T10:00:00Z02:00",
            "2026-01-15T10:00:00Z[UTC]",
            "20260115T100000Z",
            "2026-01-15T10:00:00Zé",
            "２０２６-01-15T10:00:00Z",
            "2026-01-15T10:00:00.1234567890Z",
            "2026-01-15T10:00:00.1234567890+02:00",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn dates_are_written_in_whole_seconds_and_spoken_plainly() {
        let when: Timestamp = "2028-05-03T14:02:03.9Z".parse().unwrap();
        assert_eq!(written(when), "2028-05-03T14:02:03Z");
        assert_eq!(spoken(when), "3 May 2028");
        assert_eq!(spoken_with_time(when), "3 May 2028 at 14:02 UTC");
    }
}
