//! A calendar file with one day in it (RFC 5545), as it comes with a letter.
//!
//! Lines end with CRLF and are folded at 75 bytes, never inside a character; what is said is escaped, so that it stays one value.

use jiff::{Timestamp, civil::Date};

/// A whole day. The same `uid` in a later file takes its place in a reader's calendar.
pub struct Day<'a> {
    pub uid: &'a str,
    pub day: Date,
    pub summary: &'a str,
    pub description: &'a str,
    pub url: &'a str,
}

/// The file, made at `now`.
pub fn file(day: &Day<'_>, now: Timestamp) -> String {
    let compact = |date: Date| date.strftime("%Y%m%d").to_string();
    let ends = day.day.tomorrow().unwrap_or(day.day);
    let lines = [
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Laurel//Certifications//EN".to_owned(),
        "METHOD:PUBLISH".to_owned(),
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}", escaped(day.uid)),
        format!("DTSTAMP:{}", now.strftime("%Y%m%dT%H%M%SZ")),
        format!("DTSTART;VALUE=DATE:{}", compact(day.day)),
        format!("DTEND;VALUE=DATE:{}", compact(ends)),
        format!("SUMMARY:{}", escaped(day.summary)),
        format!("DESCRIPTION:{}", escaped(day.description)),
        format!("URL:{}", day.url.replace(['\r', '\n'], "")),
        "TRANSP:TRANSPARENT".to_owned(),
        "END:VEVENT".to_owned(),
        "END:VCALENDAR".to_owned(),
    ];
    lines.iter().map(|line| folded(line)).collect()
}

fn escaped(text: &str) -> String {
    let plain = text.replace("\r\n", "\n").replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,");
    plain.replace('\n', "\\n").chars().filter(|c| !c.is_control()).collect()
}

fn folded(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 8);
    let mut room = 75;
    for c in line.chars() {
        if c.len_utf8() > room {
            out.push_str("\r\n ");
            room = 74;
        }
        out.push(c);
        room -= c.len_utf8();
    }
    out.push_str("\r\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(summary: &str) -> String {
        let day = Day {
            uid: "a@badges.example",
            day: "2028-12-31".parse().unwrap(),
            summary,
            description: "One; two,\nthree",
            url: "https://badges.example/certifications/l",
        };
        file(&day, "2028-10-02T06:00:00Z".parse().unwrap())
    }

    #[test]
    fn a_day_is_a_file_that_says_it_once() {
        let text = made("Master ends");
        assert!(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && text.ends_with("END:VCALENDAR\r\n"));
        for line in [
            "UID:a@badges.example",
            "DTSTAMP:20281002T060000Z",
            "DTSTART;VALUE=DATE:20281231",
            "DTEND;VALUE=DATE:20290101",
            "SUMMARY:Master ends",
            "DESCRIPTION:One\\; two\\,\\nthree",
            "METHOD:PUBLISH",
        ] {
            assert!(text.contains(&format!("\r\n{line}\r\n")), "{line} in {text}");
        }
    }

    #[test]
    fn long_lines_are_folded_and_unfold_to_what_was_said_and_nothing_adds_a_line() {
        let long = format!("Größe {}\r\nDTSTART:19700101", "äöü ".repeat(60));
        let text = made(&long);
        assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
        let unfolded = text.replace("\r\n ", "");
        assert_eq!(unfolded.matches("\r\nDTSTART").count(), 1);
        assert!(unfolded.contains(&format!("SUMMARY:{}\r\n", long.replace("\r\n", "\\n"))));
    }
}
