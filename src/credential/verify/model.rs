//! The two data models a credential may be written in: VC Data Model 2.0, and 1.1 with other names for its dates.
//!
//! The first context says which. A date of the other model counts as well when it is there: of several beginnings the last, of several ends
//! the first.

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::form::many;
use crate::credential::date;
use crate::credential::document::CREDENTIALS_CONTEXT;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DataModel {
    /// VC Data Model 1.1.
    One,
    /// VC Data Model 2.0.
    Two,
}

/// What is wrong with a date: its name, and a few words.
pub(super) type WrongDate = (&'static str, &'static str);

const BEGINNINGS: [&str; 2] = ["validFrom", "issuanceDate"];
const ENDS: [&str; 2] = ["validUntil", "expirationDate"];

impl DataModel {
    /// None when the first context is neither model's.
    pub(super) fn of(document: &Map<String, Value>) -> Option<Self> {
        match many(document.get("@context")).first()?.as_str()? {
            CREDENTIALS_CONTEXT => Some(DataModel::Two),
            "https://www.w3.org/2018/credentials/v1" => Some(DataModel::One),
            _ => None,
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            DataModel::One => "VC Data Model 1.1",
            DataModel::Two => "VC Data Model 2.0",
        }
    }

    /// The date a credential of this model must carry.
    pub(super) fn beginning(self) -> &'static str {
        match self {
            DataModel::One => "issuanceDate",
            DataModel::Two => "validFrom",
        }
    }
}

/// From when and until when a credential is valid, as far as it says.
pub(super) fn validity(document: &Map<String, Value>) -> Result<(Option<Timestamp>, Option<Timestamp>), WrongDate> {
    let mut from: Option<Timestamp> = None;
    for name in BEGINNINGS {
        from = from.max(read(document, name)?);
    }
    let mut until: Option<Timestamp> = None;
    for name in ENDS {
        until = match (until, read(document, name)?) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
    }
    Ok((from, until))
}

fn read(document: &Map<String, Value>, name: &'static str) -> Result<Option<Timestamp>, WrongDate> {
    match document.get(name) {
        None => Ok(None),
        Some(value) => match value.as_str().and_then(date::parse) {
            Some(when) => Ok(Some(when)),
            None => Err((name, "is not a date and time with a zone")),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn valid(document: Value) -> Result<(Option<Timestamp>, Option<Timestamp>), WrongDate> {
        validity(document.as_object().unwrap())
    }

    fn day(n: u8) -> (String, Option<Timestamp>) {
        let text = format!("2026-01-{n:02}T00:00:00Z");
        let when = text.parse().unwrap();
        (text, Some(when))
    }

    #[test]
    fn the_first_context_says_which_model_it_is() {
        let of = |context: Value| DataModel::of(json!({"@context": context}).as_object().unwrap());
        assert_eq!(of(json!([CREDENTIALS_CONTEXT, "x"])), Some(DataModel::Two));
        assert_eq!(of(json!("https://www.w3.org/2018/credentials/v1")), Some(DataModel::One));
        assert_eq!(of(json!(["x", CREDENTIALS_CONTEXT])), None);
        assert_eq!(of(json!([])), None);
    }

    #[test]
    fn the_last_beginning_and_the_first_end_count() {
        let ((one, first), (two, second)) = (day(1), day(2));
        assert_eq!(valid(json!({})), Ok((None, None)));
        assert_eq!(valid(json!({"issuanceDate": one, "expirationDate": two})), Ok((first, second)));
        assert_eq!(valid(json!({"validFrom": one, "validUntil": two})), Ok((first, second)));
        for (names, other) in [(["issuanceDate", "validFrom"], second), (["validFrom", "issuanceDate"], second)] {
            assert_eq!(valid(json!({names[0]: one, names[1]: two})), Ok((other, None)));
        }
        for names in [["expirationDate", "validUntil"], ["validUntil", "expirationDate"]] {
            assert_eq!(valid(json!({names[0]: one, names[1]: two})), Ok((None, first)));
        }
        for name in ["issuanceDate", "validFrom", "expirationDate", "validUntil"] {
            assert_eq!(valid(json!({name: "2026-01-01"})), Err((name, "is not a date and time with a zone")));
        }
    }
}
