//! Names of attributes (RFC 7644 §3.10) and the paths of PATCH (§3.5.2): `name.givenName`, `emails[type eq "work"].value`,
//! `urn:…:enterprise:2.0:User:manager`.

use super::{ENTERPRISE, GROUP, USER, error::fault, filter};
use crate::{
    domain::filter::{Filter, Holds},
    web::error::Failure,
};

/// Where something is to be changed. Names are in small letters, as they are compared so.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Path {
    /// Of the enterprise extension, and not of the core.
    pub enterprise: bool,
    /// Empty for the whole extension.
    pub attribute: String,
    /// Which of several values: their parts by name.
    pub filter: Option<Filter<String>>,
    pub part: Option<String>,
}

impl Path {
    pub fn parse(text: &str) -> Result<Self, Failure> {
        let wrong = || fault("invalidPath", format!("“{text}” is not a path that is known here."));
        let (enterprise, rest) = without_schema(text.trim());
        if enterprise && rest.is_empty() {
            return Ok(Path { enterprise, attribute: String::new(), filter: None, part: None });
        }
        let (attribute, filter, part) = match rest.split_once('[') {
            Some((attribute, after)) => {
                let (inside, after) = after.rsplit_once(']').ok_or_else(wrong)?;
                let part = match after {
                    "" => None,
                    _ => Some(after.strip_prefix('.').ok_or_else(wrong)?),
                };
                (attribute, Some(filter::parse(inside, &any_part)?), part)
            }
            None => match rest.split_once('.') {
                Some((attribute, part)) => (attribute, None, Some(part)),
                None => (rest, None, None),
            },
        };
        if !is_name(attribute) || !part.is_none_or(is_name) {
            return Err(wrong());
        }
        let (attribute, part) = (attribute.to_lowercase(), part.map(str::to_lowercase));
        Ok(Path { enterprise, attribute, filter, part })
    }
}

/// Without the name of the schema that may stand before it; whether that was the enterprise extension's.
pub(super) fn without_schema(name: &str) -> (bool, &str) {
    for (urn, enterprise) in [(USER, false), (GROUP, false), (ENTERPRISE, true)] {
        if name.get(..urn.len()).is_some_and(|start| start.eq_ignore_ascii_case(urn)) {
            let rest = name.get(urn.len()..).unwrap_or_default();
            match rest.strip_prefix(':') {
                Some(attribute) => return (enterprise, attribute),
                None if rest.is_empty() && enterprise => return (true, ""),
                None => {}
            }
        }
    }
    (false, name)
}

/// The attribute that a name is of or in, in small letters, an extension by its schema; and whether all of it is meant.
pub(super) fn whole(name: &str) -> (String, bool) {
    match without_schema(name) {
        (true, rest) => (ENTERPRISE.to_lowercase(), rest.is_empty()),
        (false, rest) => match rest.split_once('.') {
            Some((attribute, _)) => (attribute.to_lowercase(), false),
            None => (rest.to_lowercase(), true),
        },
    }
}

fn any_part(name: &str) -> Option<(String, Holds)> {
    let holds = if name == "primary" { Holds::Truth } else { Holds::Text };
    is_name(name).then(|| (name.to_owned(), holds))
}

fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '$')
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '$'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_read_into_its_parts() {
        let read = |text: &str| {
            let path = Path::parse(text).unwrap();
            (path.enterprise, path.attribute, path.filter.is_some(), path.part.unwrap_or_default())
        };
        let is = |enterprise, attribute: &str, filter, part: &str| {
            (enterprise, attribute.to_owned(), filter, part.to_owned())
        };
        assert_eq!(read("displayName"), is(false, "displayname", false, ""));
        assert_eq!(read("name.givenName"), is(false, "name", false, "givenname"));
        assert_eq!(read("emails[type eq \"work\"].value"), is(false, "emails", true, "value"));
        assert_eq!(read("members[value eq \"a]b\"]"), is(false, "members", true, ""));
        assert_eq!(read(&format!("{USER}:name.familyName")), is(false, "name", false, "familyname"));
        assert_eq!(read(&format!("{ENTERPRISE}:manager")), is(true, "manager", false, ""));
        assert_eq!(read(&format!("{}:Manager.value", ENTERPRISE.to_uppercase())), is(true, "manager", false, "value"));
        assert_eq!(read(ENTERPRISE), is(true, "", false, ""));
        for bad in [
            "",
            " ",
            ".",
            "a.b.c",
            "emails[type eq \"work\"",
            "emails[type eq \"work\"]value",
            "1a",
            "a b",
            USER,
            "urn:example:x:User:y",
            "emails[]",
            "[type eq \"x\"]",
        ] {
            assert!(Path::parse(bad).is_err(), "{bad}");
        }
    }
}
