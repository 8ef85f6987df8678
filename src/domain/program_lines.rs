//! The line of a program file at which a fault is: that of the innermost part of its place that is written there.

use super::{directory_csv::at_line, field::FieldError};
use toml::de::{DeTable, DeValue};

/// The same faults, each with its line (`line 7: levels[0].description`); as they were where `file` is no TOML, which says its line itself.
pub fn at_lines(file: &str, faults: Vec<FieldError>) -> Vec<FieldError> {
    let Ok(table) = DeTable::parse(file) else { return faults };
    let root = DeValue::Table(table.into_inner());
    let found = |fault: FieldError| match offset(&root, &fault.field) {
        Some(at) => at_line(line(file, at), fault),
        None => fault,
    };
    faults.into_iter().map(found).collect()
}

fn offset(root: &DeValue<'_>, place: &str) -> Option<usize> {
    let (mut value, mut found) = (root, None);
    for step in place.split(['.', '[']) {
        let inner = match value {
            DeValue::Table(table) => {
                table.iter().find(|(key, _)| key.get_ref() == step).map(|(key, inner)| (key.span(), inner))
            }
            DeValue::Array(items) => {
                let number = step.strip_suffix(']').and_then(|number| number.parse::<usize>().ok());
                number.and_then(|number| items.get(number)).map(|inner| (inner.span(), inner))
            }
            _ => None,
        };
        let Some((span, inner)) = inner else { break };
        (value, found) = (inner.get_ref(), Some(span.start));
    }
    found
}

fn line(file: &str, offset: usize) -> u64 {
    1 + file.bytes().take(offset).filter(|byte| *byte == b'\n').count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "id = \"ops\"\nname = \"\"\n\n[[levels]]\nid = \"one\"\n\n[[levels]]\nid = \"two\"\ntags = [\n  \"a\",\n  \"\",\n]\n\n[levels.rubric]\nscale = 3\n";

    fn place(field: &str) -> String {
        at_lines(FILE, vec![FieldError::new(field, "is wrong")]).remove(0).field
    }

    #[test]
    fn a_fault_is_at_the_line_of_the_innermost_part_that_is_written() {
        assert_eq!(place("name"), "line 2: name");
        assert_eq!(place("levels[0].id"), "line 5: levels[0].id");
        assert_eq!(place("levels[0].description"), "line 4: levels[0].description", "what is missing is missing there");
        assert_eq!(place("levels[1].tags[1]"), "line 11: levels[1].tags[1]");
        assert_eq!(place("levels[1].rubric.scale"), "line 15: levels[1].rubric.scale");
    }

    #[test]
    fn what_has_no_place_in_the_file_has_no_line() {
        for field in ["file", "title", ""] {
            assert_eq!(place(field), field);
        }
        let broken = vec![FieldError::new("name", "is wrong")];
        assert_eq!(at_lines("name = ", broken.clone()), broken);
    }
}
