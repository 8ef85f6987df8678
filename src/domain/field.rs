//! What is wrong with an input, by field. A person reading it knows what to do next.

use crate::credential::{context::iri, json};
use serde::Serialize;

/// One thing that is wrong: where (`recipient.email`, `levels[2].validity`, `line 14: email`) and one sentence why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldError {
    pub field: String,
    pub message: String,
}

impl FieldError {
    pub fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        FieldError { field: field.into(), message: message.into() }
    }
}

impl std::fmt::Display for FieldError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.field, self.message)
    }
}

/// Collects every fault of one input, so that a person hears of all of them at once.
#[derive(Debug, Default)]
pub struct Faults(Vec<FieldError>);

impl Faults {
    pub fn add(&mut self, field: impl Into<String>, message: impl Into<String>) {
        self.0.push(FieldError::new(field, message));
    }

    /// The value of a fallible reading, or its fault noted under `field`.
    pub fn take<T, E: std::fmt::Display>(&mut self, field: &str, read: Result<T, E>) -> Option<T> {
        match read {
            Ok(value) => Some(value),
            Err(why) => {
                self.add(field, why.to_string());
                None
            }
        }
    }

    /// A text of 1 to `most` characters without control characters (newlines are allowed when `lines`).
    pub fn text(&mut self, field: &str, value: &str, most: usize, lines: bool) -> String {
        let trimmed = value.trim();
        let length = trimmed.chars().count();
        if length == 0 {
            self.add(field, "is missing: give at least one character");
        } else if length > most {
            self.add(field, format!("is {length} characters long; at most {most} are allowed"));
        } else if trimmed.chars().any(|c| c.is_control() && !(lines && matches!(c, '\n' | '\r' | '\t'))) {
            self.add(field, "contains a control character; remove it");
        } else if trimmed.chars().any(json::is_noncharacter) {
            self.add(field, "contains a character that stands for nothing in Unicode; remove it");
        }
        trimmed.to_owned()
    }

    /// An absolute http or https URL with a host.
    pub fn url(&mut self, field: &str, value: &str) -> String {
        match url::Url::parse(value) {
            Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() && value.len() <= 2_000 => {
                if !url.username().is_empty() || url.password().is_some() {
                    self.add(field, "holds a user name or password; everyone could read it, so give a link without");
                } else if !iri::is_well_formed(value) || value.contains('\\') {
                    // Browsers mend such addresses; a signature holds for exactly what is written.
                    self.add(
                        field,
                        "holds a character that must be written with % in a web address, such as %20 for a space",
                    );
                }
            }
            _ => self.add(field, "is not a web address; give one that starts with https://"),
        }
        value.to_owned()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// `value` when nothing was wrong, else all faults in the order they were found.
    pub fn or<T>(self, value: T) -> Result<T, Vec<FieldError>> {
        if self.0.is_empty() { Ok(value) } else { Err(self.0) }
    }

    pub fn into_vec(self) -> Vec<FieldError> {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_taken_only_as_it_can_be_signed() {
        let fault = |link: &str| {
            let mut faults = Faults::default();
            faults.url("evidence_url", link);
            faults.into_vec().pop().map(|fault| fault.message)
        };
        for good in ["https://a.example", "http://a.example:8080/x%20y?z=1", "https://a.example/é#part"] {
            assert_eq!(fault(good), None, "{good}");
        }
        for bad in ["https://a.example/x y", "https://a.example/{x}", "https://a.example/%zz", "https:\\\\a.example"] {
            assert!(fault(bad).is_some_and(|message| message.contains('%')), "{bad}");
        }
        assert!(fault("https://ada:secret@a.example/").is_some_and(|message| message.contains("password")));
        for none in ["", "a.example", "javascript:alert(1)", "ftp://a.example", "https://"] {
            assert!(fault(none).is_some_and(|message| message.contains("https://")), "{none}");
        }
    }

    #[test]
    fn a_text_holds_only_characters_that_a_badge_can_carry() {
        for bad in ["a\u{0}b", "a\u{ffff}b", "a\u{fdd0}b", "a\nb"] {
            let mut faults = Faults::default();
            faults.text("name", bad, 10, false);
            assert!(!faults.is_empty(), "{bad:?}");
        }
    }
}
