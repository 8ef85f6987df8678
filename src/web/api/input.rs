//! Reads what a program sends: strict I-JSON into one of our types, with the field named when something is wrong.

use crate::{
    credential::json::{self, Limits},
    domain::field::FieldError,
    web::error::{Failure, Kind},
};
use axum::http::{HeaderMap, header};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The body's media type in lower case, without parameters.
pub fn media_type(headers: &HeaderMap) -> String {
    let named = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    named.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

pub fn unsupported(media_type: &str, taken: &str) -> Failure {
    let sent = if media_type.is_empty() { "no Content-Type".to_owned() } else { format!("“{media_type}”") };
    Failure::new(Kind::UnsupportedMediaType, format!("Content-Type: the body came with {sent}; send {taken}."))
        .with(header::ACCEPT, taken.to_owned())
}

/// Any JSON document, read strictly: a repeated member or a number that can't be kept is refused, with its place.
pub fn document(bytes: &[u8], limit: usize) -> Result<Value, Failure> {
    if bytes.is_empty() {
        return Err(Failure::new(Kind::Malformed, "The body is empty; send a JSON object."));
    }
    json::parse_within(bytes, Limits { bytes: limit, ..Limits::default() })
        .map_err(|why| Failure::new(Kind::Malformed, format!("The body is not JSON that can be taken: {why}.")))
}

/// A document as one of our types; the first field that does not fit is named by its path.
pub fn typed<T: DeserializeOwned>(document: Value) -> Result<T, Failure> {
    serde_path_to_error::deserialize(document).map_err(|why| {
        let path = why.path().to_string();
        Failure::invalid(vec![fault(if path == "." { "" } else { &path }, &why.inner().to_string())])
    })
}

/// What serde says, as a field and a sentence about it.
fn fault(path: &str, message: &str) -> FieldError {
    let under = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    let quoted = |text: &str| text.split('`').nth(1).map(str::to_owned);
    let whole = if path.is_empty() { "body" } else { path };
    if let Some(name) = message.strip_prefix("missing field").and_then(quoted) {
        return FieldError::new(under(&name), "is missing");
    }
    if let Some(rest) = message.strip_prefix("unknown field") {
        let name = quoted(rest).unwrap_or_default();
        let known: Vec<_> = rest.split('`').skip(3).step_by(2).collect();
        // The path ends with the field itself when serde had begun to read it.
        let field = if path == name || path.ends_with(&format!(".{name}")) { path.to_owned() } else { under(&name) };
        return FieldError::new(field, format!("is not known here; the fields are {}", known.join(", ")));
    }
    if let Some(rest) = message.strip_prefix("invalid type: ") {
        return FieldError::new(whole, format!("is of the wrong type: {}", rest.replace('`', "")));
    }
    FieldError::new(whole, format!("can't be read: {}", message.replace('`', "")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::recipient::AwardRequest;

    fn refused(text: &str) -> FieldError {
        let document = document(text.as_bytes(), 1000).unwrap();
        typed::<AwardRequest>(document).unwrap_err().fields.remove(0)
    }

    #[test]
    fn the_field_that_does_not_fit_is_named() {
        for (text, field, message) in [
            ("{}", "level", "is missing"),
            (r#"{"level":"a.b","recipient":{"name":"Ada"}}"#, "recipient.email", "is missing"),
            (r#"{"level":5}"#, "level", "is of the wrong type: integer 5, expected a string"),
            ("7", "body", ""),
        ] {
            let fault = refused(text);
            assert_eq!(fault.field, field, "{text}");
            assert!(fault.message.starts_with(message), "{text}: {fault}");
        }
        let fault = refused(r#"{"level":"a.b","recipient":{"name":"Ada","colour":"red"}}"#);
        assert_eq!(fault.field, "recipient.colour");
        assert_eq!(fault.message, "is not known here; the fields are name, email, team, name_public");
    }

    #[test]
    fn json_that_says_two_things_is_refused() {
        assert_eq!(document(br#"{"a":1,"a":2}"#, 1000).unwrap_err().kind, Kind::Malformed);
        assert_eq!(document(b"", 1000).unwrap_err().kind, Kind::Malformed);
        assert_eq!(document(b"{", 1000).unwrap_err().kind, Kind::Malformed);
    }
}
