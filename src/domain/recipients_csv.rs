//! A CSV of recipients, read to award requests: every refused row is named with its line and reason.
//!
//! Columns, by header and in any order: `name`, `email`, `level`; and when wanted `team`, `narrative`, `evidence_url`,
//! `valid_from`, `valid_until` (a date or an RFC 3339 time), `visibility`, `name_public` (yes or no), `results` (`testing: Solid; design: Exemplary`). A date is the
//! start of that day in the issuer's time zone.

use super::{
    field::FieldError,
    recipient::{AwardRequest, CheckedRequest, RecipientRequest},
    rubric::Grades,
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// The most rows one file may have.
pub const MOST_ROWS: usize = 100_000;

const REQUIRED: [&str; 3] = ["name", "email", "level"];
const OPTIONAL: [&str; 9] = [
    "team",
    "narrative",
    "evidence_url",
    "valid_from",
    "valid_until",
    "visibility",
    "name_public",
    "results",
    "letter",
];

/// One line of the file: what it asks for, or why it is refused.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// 1 is the header.
    pub line: u64,
    pub email: String,
    pub request: Result<CheckedRequest, Vec<FieldError>>,
}

/// Reads the whole file; an error here means that no row could be told (no header, a header that is no text …).
pub fn read(bytes: &[u8], zone: &TimeZone, now: Timestamp) -> Result<Vec<Row>, FieldError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(bytes);
    let header = reader.headers().map_err(|why| unreadable(&why))?.clone();
    check_header(&header)?;
    let mut rows = Vec::new();
    for record in reader.byte_records() {
        let record = record.map_err(|why| unreadable(&why))?;
        if rows.len() == MOST_ROWS {
            return Err(FieldError::new("csv", format!("has more than {MOST_ROWS} rows; split the file")));
        }
        let line = record.position().map_or(0, |start| line_of(bytes, start));
        rows.push(match csv::StringRecord::from_byte_record(record) {
            Ok(record) => read_row(line, &header, &record, zone, now),
            Err(_) => not_utf8(line),
        });
    }
    Ok(rows)
}

/// A row whose bytes are no text is refused alone; the others stay.
fn not_utf8(line: u64) -> Row {
    let fault = FieldError::new("row", "is not UTF-8 text; save the file as UTF-8");
    Row { line, email: String::new(), request: Err(vec![fault]) }
}

/// The line a record stands on: the reader's position lies before any empty lines that it passed over.
pub(super) fn line_of(bytes: &[u8], start: &csv::Position) -> u64 {
    let rest = usize::try_from(start.byte()).ok().and_then(|at| bytes.get(at..)).unwrap_or_default();
    let breaks = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    start.line() + breaks.filter(|byte| **byte == b'\n').count() as u64
}

fn check_header(header: &csv::StringRecord) -> Result<(), FieldError> {
    for name in REQUIRED {
        if !header.iter().any(|column| column.eq_ignore_ascii_case(name)) {
            return Err(FieldError::new(
                "csv header",
                format!("has no column “{name}”; the first line must name the columns name, email and level"),
            ));
        }
    }
    for (place, column) in header.iter().enumerate() {
        let known = REQUIRED.iter().chain(&OPTIONAL).any(|name| column.eq_ignore_ascii_case(name));
        if !known {
            return Err(FieldError::new(
                "csv header",
                format!(
                    "has a column “{column}” that isn't known; the known ones are {}, {}",
                    REQUIRED.join(", "),
                    OPTIONAL.join(", ")
                ),
            ));
        }
        if header.iter().take(place).any(|earlier| earlier.eq_ignore_ascii_case(column)) {
            return Err(FieldError::new("csv header", format!("has the column “{column}” twice")));
        }
    }
    Ok(())
}

fn read_row(line: u64, header: &csv::StringRecord, record: &csv::StringRecord, zone: &TimeZone, now: Timestamp) -> Row {
    let cell = |name: &str| {
        let place = header.iter().position(|column| column.eq_ignore_ascii_case(name))?;
        record.get(place).filter(|text| !text.is_empty()).map(str::to_owned)
    };
    let mut faults = Vec::new();
    if record.len() != header.len() {
        faults.push(FieldError::new(
            "row",
            format!(
                "has {} cells where the header has {}; put texts with commas in quotes",
                record.len(),
                header.len()
            ),
        ));
    }
    let mut date = |name: &str| {
        let text = cell(name)?;
        date_or_time(&text, zone).map_err(|why| faults.push(FieldError::new(name, why))).ok()
    };
    let (valid_from, valid_until) = (date("valid_from"), date("valid_until"));
    let mut choice = |name: &str| {
        let text = cell(name)?;
        match text.to_lowercase().as_str() {
            "yes" | "true" | "1" => Some(true),
            "no" | "false" | "0" => Some(false),
            _ => {
                faults.push(FieldError::new(name, format!("“{text}” is neither yes nor no")));
                None
            }
        }
    };
    let (name_public, letter) = (choice("name_public"), choice("letter"));
    let results = cell("results").and_then(|text| match grades(&text) {
        Ok(grades) => Some(grades),
        Err(why) => {
            faults.push(FieldError::new("results", why));
            None
        }
    });
    let request = AwardRequest {
        level: cell("level").unwrap_or_default(),
        recipient: RecipientRequest {
            name: cell("name").unwrap_or_default(),
            email: cell("email").unwrap_or_default(),
            team: cell("team"),
            name_public,
        },
        narrative: cell("narrative"),
        evidence_url: cell("evidence_url"),
        results,
        valid_from,
        valid_until,
        visibility: cell("visibility"),
        letter,
    };
    let email = request.recipient.email.clone();
    let request = match request.check("", now) {
        Ok(checked) if faults.is_empty() => Ok(checked),
        Ok(_) => Err(faults),
        Err(more) => {
            faults.extend(
                more.into_iter()
                    .map(|fault| FieldError::new(fault.field.trim_start_matches("recipient."), fault.message)),
            );
            Err(faults)
        }
    };
    Row { line, email, request }
}

/// `testing: Solid; design: Exemplary`.
fn grades(text: &str) -> Result<Grades, String> {
    let mut grades = Grades::new();
    for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
        let (id, grade) = part
            .split_once(':')
            .ok_or_else(|| format!("“{part}” is not a criterion and its grade, such as testing: Solid"))?;
        if grades.insert(id.trim().to_owned(), grade.trim().to_owned()).is_some() {
            return Err(format!("grades “{}” twice", id.trim()));
        }
    }
    Ok(grades)
}

/// `2026-05-03` (its start in `zone`) or an RFC 3339 time.
pub fn date_or_time(text: &str, zone: &TimeZone) -> Result<Timestamp, String> {
    if let Ok(at) = text.parse::<Timestamp>() {
        return Ok(at);
    }
    let whole_date = text.len() == 10;
    text.parse::<Date>()
        .ok()
        .filter(|_| whole_date)
        .and_then(|date| date.to_zoned_datetime(zone.clone()).ok())
        .map(|start| start.timestamp())
        .ok_or_else(|| format!("“{text}” is not a date such as 2026-05-03"))
}

pub(super) fn unreadable(why: &csv::Error) -> FieldError {
    let line = why.position().map_or(1, csv::Position::line);
    match why.kind() {
        csv::ErrorKind::Utf8 { .. } => {
            FieldError::new(format!("line {line}"), "is not UTF-8 text; save the file as UTF-8")
        }
        _ => FieldError::new(format!("line {line}"), format!("can't be read as CSV: {why}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Result<Vec<Row>, FieldError> {
        read(text.as_bytes(), &TimeZone::UTC, Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn columns_may_come_in_any_order_and_case() {
        let rows = rows("Level,EMAIL,name,valid_from\ncraft.pro,a@b.example,Ada,2026-05-03\n").unwrap();
        let request = rows[0].request.as_ref().unwrap();
        assert_eq!((rows[0].line, request.name.as_str()), (2, "Ada"));
        assert_eq!(request.valid_from.unwrap().to_string(), "2026-05-03T00:00:00Z");
    }

    #[test]
    fn a_refused_row_has_its_line_and_reasons_and_the_others_stay() {
        let rows = rows(
            "name,email,level,name_public\nAda,a@b.example,c.p,yes\n\nBob,bob,c.p,maybe\nCy,c@b.example,c.p,no,more\n",
        )
        .unwrap();
        assert!(rows[0].request.is_ok());
        assert_eq!(rows[1].line, 4);
        let fields: Vec<_> = rows[1].request.as_ref().unwrap_err().iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, ["name_public", "email"]);
        assert_eq!(rows[2].request.as_ref().unwrap_err()[0].field, "row");
    }

    #[test]
    fn a_header_that_is_missing_unknown_or_double_is_refused() {
        for text in ["", "name,email\n", "name,email,level,colour\n", "name,email,level,Email\n"] {
            assert_eq!(rows(text).unwrap_err().field, "csv header", "{text}");
        }
    }

    #[test]
    fn a_row_that_is_not_utf8_is_refused_with_its_line_and_the_others_stay() {
        let text = b"name,email,level\nA\xff,a@b.example,c.p\nAda,a@b.example,c.p\n";
        let rows = read(text, &TimeZone::UTC, Timestamp::UNIX_EPOCH).unwrap();
        assert_eq!((rows[0].line, rows[0].request.as_ref().unwrap_err()[0].field.as_str()), (2, "row"));
        assert!(rows[1].request.is_ok());
    }

    #[test]
    fn a_header_that_is_not_utf8_is_refused_with_the_line() {
        let fault = read(b"name,\xff,level\n", &TimeZone::UTC, Timestamp::UNIX_EPOCH).unwrap_err();
        assert_eq!(fault.field, "line 1");
    }
}
