//! A CSV of the company's people: who there is, and what is said of each. Every row that is not right is named with its line.
//!
//! Columns, by header and in any order: `email`, `name`; and when wanted `team` (several with `;`), `function`, `manager` (an
//! address), `external_id`, `active` (yes or no). A column that is not there leaves what it is about as it was; an empty cell
//! takes it away, but for `active`, where it means yes.

use super::{
    directory::Said,
    field::FieldError,
    recipient::email,
    recipients_csv::{line_of, unreadable},
};
use std::collections::{BTreeSet, HashMap};

/// The most rows one file may have.
pub const MOST_ROWS: usize = 100_000;

const REQUIRED: [&str; 2] = ["email", "name"];
const OPTIONAL: [&str; 5] = ["team", "function", "manager", "external_id", "active"];

/// The file, as far as it could be read.
#[derive(Clone, Debug, PartialEq)]
pub struct File {
    pub rows: Vec<Row>,
    /// Of those it has columns for.
    pub has: Columns,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    pub team: bool,
    pub function: bool,
    pub manager: bool,
    pub external_id: bool,
    pub active: bool,
}

/// One person as their row says it; what the file has no column for is empty.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// 1 is the header.
    pub line: u64,
    pub said: Said,
    pub teams: BTreeSet<String>,
    /// The manager's address.
    pub manager: Option<String>,
}

/// Reads the whole file, or every fault of it.
pub fn read(bytes: &[u8]) -> Result<File, Vec<FieldError>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(bytes);
    let header = reader.headers().map_err(|why| vec![unreadable(&why)])?.clone();
    check_header(&header).map_err(|fault| vec![fault])?;
    let column = |name: &str| header.iter().any(|column| column.eq_ignore_ascii_case(name));
    let has = Columns {
        team: column("team"),
        function: column("function"),
        manager: column("manager"),
        external_id: column("external_id"),
        active: column("active"),
    };
    let (mut rows, mut faults) = (Vec::new(), Vec::new());
    for record in reader.byte_records() {
        let record = record.map_err(|why| vec![unreadable(&why)])?;
        let line = record.position().map_or(0, |start| line_of(bytes, start));
        if rows.len() == MOST_ROWS {
            faults.push(FieldError::new("csv", format!("has more than {MOST_ROWS} rows")));
            break;
        }
        let read = match csv::StringRecord::from_byte_record(record) {
            Ok(record) => read_row(line, &header, &record),
            Err(_) => Err(vec![FieldError::new("row", "is not UTF-8 text; save the file as UTF-8")]),
        };
        match read {
            Ok(row) => rows.push(row),
            Err(wrong) => faults.extend(wrong.into_iter().map(|fault| at_line(line, fault))),
        }
    }
    faults.extend(said_twice(&rows));
    if faults.is_empty() { Ok(File { rows, has }) } else { Err(faults) }
}

/// A fault of one row, with where it is.
pub fn at_line(line: u64, fault: FieldError) -> FieldError {
    FieldError { field: format!("line {line}: {}", fault.field), ..fault }
}

fn check_header(header: &csv::StringRecord) -> Result<(), FieldError> {
    let wrong = |why: String| Err(FieldError::new("csv header", why));
    for name in REQUIRED {
        if !header.iter().any(|column| column.eq_ignore_ascii_case(name)) {
            return wrong(format!("has no column “{name}”; the first line must name the columns email and name"));
        }
    }
    for (place, column) in header.iter().enumerate() {
        if !REQUIRED.iter().chain(&OPTIONAL).any(|name| column.eq_ignore_ascii_case(name)) {
            let (required, optional) = (REQUIRED.join(", "), OPTIONAL.join(", "));
            return wrong(format!(
                "has a column “{column}” that isn't known; the known ones are {required}, {optional}"
            ));
        }
        if header.iter().take(place).any(|earlier| earlier.eq_ignore_ascii_case(column)) {
            return wrong(format!("has the column “{column}” twice"));
        }
    }
    Ok(())
}

fn read_row(line: u64, header: &csv::StringRecord, record: &csv::StringRecord) -> Result<Row, Vec<FieldError>> {
    let cell = |name: &str| {
        let place = header.iter().position(|column| column.eq_ignore_ascii_case(name))?;
        record.get(place).filter(|text| !text.is_empty()).map(str::to_owned)
    };
    let mut faults = Vec::new();
    if record.len() != header.len() {
        let (cells, columns) = (record.len(), header.len());
        let why = format!("has {cells} cells where the header has {columns}; put texts with commas in quotes");
        faults.push(FieldError::new("row", why));
    }
    let active = match cell("active").unwrap_or_default().to_lowercase().as_str() {
        "" | "yes" | "true" | "1" => true,
        "no" | "false" | "0" => false,
        other => {
            faults.push(FieldError::new("active", format!("“{other}” is neither yes nor no")));
            true
        }
    };
    let manager =
        cell("manager").and_then(|text| email(&text).map_err(|why| faults.push(FieldError::new("manager", why))).ok());
    let teams: BTreeSet<String> = cell("team")
        .map(|cell| cell.split(';').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect())
        .unwrap_or_default();
    if let Some(long) = teams.iter().find(|name| name.chars().count() > 100) {
        faults.push(FieldError::new("team", format!("“{long}” is longer than 100 characters")));
    }
    let said = Said {
        email: cell("email").unwrap_or_default(),
        name: cell("name").unwrap_or_default(),
        function: cell("function"),
        external_id: cell("external_id"),
        active,
        ..Said::default()
    };
    match said.check() {
        Ok(said) if faults.is_empty() => Ok(Row { line, said, teams, manager }),
        Ok(_) => Err(faults),
        Err(more) => {
            faults.extend(more);
            Err(faults)
        }
    }
}

/// Nobody stands in two rows.
fn said_twice(rows: &[Row]) -> Vec<FieldError> {
    let (mut addresses, mut ids) = (HashMap::new(), HashMap::new());
    let mut faults = Vec::new();
    for row in rows {
        if let Some(first) = addresses.insert(row.said.email.as_str(), row.line) {
            faults.push(at_line(row.line, FieldError::new("email", format!("stands in line {first} already"))));
        }
        if let Some(id) = &row.said.external_id
            && let Some(first) = ids.insert(id.as_str(), row.line)
        {
            faults.push(at_line(row.line, FieldError::new("external_id", format!("stands in line {first} already"))));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_says_who_someone_is() {
        let file = read(
            "\u{feff}Name,EMAIL,team,manager,active,external_id\n\"Obi, Ada\", Ada@Acme.example ,Tools; Apps,Grace@acme.example,no,7\nGrace,grace@acme.example,,,,\n"
                .as_bytes(),
        )
        .unwrap();
        assert_eq!(
            file.has,
            Columns {
                function: false,
                ..Columns { team: true, function: true, manager: true, external_id: true, active: true }
            }
        );
        let (ada, grace) = (&file.rows[0], &file.rows[1]);
        assert_eq!((ada.line, ada.said.name.as_str(), ada.said.email.as_str()), (2, "Obi, Ada", "ada@acme.example"));
        assert_eq!(ada.teams.iter().map(String::as_str).collect::<Vec<_>>(), ["Apps", "Tools"]);
        assert_eq!((ada.manager.as_deref(), ada.said.active), (Some("grace@acme.example"), false));
        assert_eq!((&grace.manager, grace.said.active, &grace.said.external_id), (&None, true, &None));
    }

    #[test]
    fn every_fault_is_named_by_its_line() {
        let text = "email,name,active,manager,external_id\nada,Ada,,,\nbao@acme.example,,perhaps,nobody,1\nada@acme.example,Ada,,,2\nADA@acme.example,Ada,,,2\nx@acme.example,X\n";
        let faults: Vec<String> = read(text.as_bytes()).unwrap_err().iter().map(|fault| fault.field.clone()).collect();
        assert_eq!(
            faults,
            [
                "line 2: email",
                "line 3: active",
                "line 3: manager",
                "line 3: name",
                "line 6: row",
                "line 5: email",
                "line 5: external_id"
            ]
        );
        for header in ["", "email\n", "email,name,name\n", "email,name,colour\n"] {
            assert_eq!(read(header.as_bytes()).unwrap_err()[0].field, "csv header", "{header:?}");
        }
        let bytes = b"email,name\nada@acme.example,Ad\xff\nbao@acme.example,Bao\n";
        assert_eq!(read(bytes).unwrap_err()[0].field, "line 2: row");
    }
}
