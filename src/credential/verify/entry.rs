//! The entries of `credentialStatus`: how a badge says where its status is kept.
//!
//! Bitstring Status List v1.0 (section 2.1) with all its purposes and sizes, its forerunner StatusList2021, and 1EdTechRevocationList. What is
//! well-formed but of another kind is kept as such: the status then stays open.

use serde_json::{Map, Value};

use super::form::{many, one};
use super::format::{malformed, missing, text};
use super::secured::Refusal;

/// One way to learn whether a badge still stands.
#[derive(Debug, PartialEq)]
pub(super) enum Status {
    /// A place in a list of bits.
    List(Place),
    /// A list of revoked badges by their ids, at this URL (1EdTech Revocation List Status Method 1.0).
    Revocations(String),
    /// Of a kind this service does not read.
    Other(String),
}

#[derive(Debug, PartialEq)]
pub(super) struct Place {
    pub kind: ListKind,
    pub purpose: Purpose,
    pub index: u32,
    /// In bits; 1 to 32.
    pub size: u32,
    /// The list's URL.
    pub list: String,
    /// What the values mean, for the purpose `message`.
    pub messages: Vec<(u64, String)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ListKind {
    Bitstring,
    List2021,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    Revocation,
    Suspension,
    /// A newer version of the badge is to be had.
    Refresh,
    Message,
}

impl Purpose {
    pub(super) fn name(self) -> &'static str {
        match self {
            Purpose::Revocation => "revocation",
            Purpose::Suspension => "suspension",
            Purpose::Refresh => "refresh",
            Purpose::Message => "message",
        }
    }

    fn of(name: &str) -> Option<Self> {
        let all = [Purpose::Revocation, Purpose::Suspension, Purpose::Refresh, Purpose::Message];
        all.into_iter().find(|purpose| purpose.name() == name)
    }
}

impl Status {
    pub(super) fn read(entry: &Value) -> Result<Self, Refusal> {
        let Value::Object(entry) = entry else { return Err(malformed("credentialStatus", "is not an object")) };
        let kind = one(entry.get("type")).and_then(Value::as_str).ok_or_else(|| missing("credentialStatus.type"))?;
        match kind {
            "BitstringStatusListEntry" => place(entry, kind, ListKind::Bitstring),
            "StatusList2021Entry" => place(entry, kind, ListKind::List2021),
            "1EdTechRevocationList" => {
                let url = text(entry, "id", "credentialStatus.id")?;
                // The list is not signed: nothing but https says that it is the issuer's.
                Ok(match url.starts_with("https://") {
                    true => Status::Revocations(url.to_owned()),
                    false => Status::Other(format!("{kind} without https")),
                })
            }
            _ => Ok(Status::Other(kind.to_owned())),
        }
    }

    /// What must be looked up.
    pub(super) fn url(&self) -> Option<&str> {
        match self {
            Status::List(place) => Some(&place.list),
            Status::Revocations(url) => Some(url),
            Status::Other(_) => None,
        }
    }
}

fn place(entry: &Map<String, Value>, name: &str, kind: ListKind) -> Result<Status, Refusal> {
    let purpose = text(entry, "statusPurpose", "credentialStatus.statusPurpose")?;
    let list = text(entry, "statusListCredential", "credentialStatus.statusListCredential")?;
    let index = text(entry, "statusListIndex", "credentialStatus.statusListIndex")?;
    let index = match index.parse::<u32>() {
        Ok(number) if number.to_string() == index => number,
        _ => return Err(malformed("credentialStatus.statusListIndex", "is not a whole number within range")),
    };
    // RDF signs `2` and `[2, "2"]` alike, so a size that is not read plainly may not count as none.
    let size = match entry.get("statusSize").map(|size| one(Some(size)).and_then(Value::as_u64)) {
        None => 1,
        Some(Some(size)) if size > 0 => size,
        Some(_) => return Err(malformed("credentialStatus.statusSize", "is not a whole number above zero")),
    };
    let messages = many(entry.get("statusMessage")).iter().map(message).collect::<Result<_, _>>()?;
    let known = Purpose::of(purpose)
        .filter(|known| kind == ListKind::Bitstring || matches!(known, Purpose::Revocation | Purpose::Suspension));
    let (Some(purpose), Ok(size @ 1..=32)) = (known, u32::try_from(size)) else {
        return Ok(Status::Other(format!("{name} for {purpose}")));
    };
    Ok(Status::List(Place { kind, purpose, index, size, list: list.to_owned(), messages }))
}

/// `{"status": "0x2", "message": "…"}`.
fn message(message: &Value) -> Result<(u64, String), Refusal> {
    let wrong = || malformed("credentialStatus.statusMessage", "is not a list of values and their messages");
    let text = |name: &str| message.get(name).and_then(Value::as_str).ok_or_else(wrong);
    let status = text("status")?.strip_prefix("0x").ok_or_else(wrong)?;
    Ok((u64::from_str_radix(status, 16).map_err(|_| wrong())?, text("message")?.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn entry() -> Value {
        json!({
            "type": "BitstringStatusListEntry",
            "statusPurpose": "message",
            "statusListIndex": "7",
            "statusSize": 2,
            "statusListCredential": "https://a.example/3",
            "statusMessage": [{"status": "0x0", "message": "fine"}, {"status": "0xA", "message": "look again"}],
        })
    }

    fn with(name: &str, value: Value) -> Result<Status, Refusal> {
        let mut entry = entry();
        entry[name] = value;
        Status::read(&entry)
    }

    #[test]
    fn a_place_is_read_with_its_size_and_messages() {
        let read = Status::read(&entry()).unwrap();
        assert_eq!(read.url(), Some("https://a.example/3"));
        let Status::List(place) = read else { panic!("{read:?}") };
        assert_eq!((place.purpose, place.index, place.size), (Purpose::Message, 7, 2));
        assert_eq!(place.messages, [(0, "fine".to_owned()), (10, "look again".to_owned())]);
        for purpose in ["revocation", "suspension", "refresh"] {
            assert!(matches!(with("statusPurpose", json!(purpose)), Ok(Status::List(_))));
        }
    }

    #[test]
    fn what_is_of_another_kind_is_kept_as_such() {
        assert!(matches!(with("statusPurpose", json!("mood")), Ok(Status::Other(_))));
        assert!(matches!(with("statusSize", json!(33)), Ok(Status::Other(_))));
        assert!(matches!(with("statusSize", json!(1u64 << 40)), Ok(Status::Other(_))));
        assert!(matches!(with("type", json!("RevocationList2020Status")), Ok(Status::Other(_))));
        assert!(matches!(with("type", json!("StatusList2021Entry")), Ok(Status::Other(_))));
        let plain = json!({"type": "1EdTechRevocationList", "id": "http://a.example/r"});
        assert!(matches!(Status::read(&plain), Ok(Status::Other(_))));
    }

    #[test]
    fn what_is_not_well_formed_is_refused() {
        for (name, value) in [
            ("statusSize", json!(0)),
            ("statusSize", json!("2")),
            ("statusSize", json!(1.5)),
            ("statusSize", json!([])),
            ("statusSize", json!([2, "2"])),
            ("statusSize", json!(-1)),
            ("statusMessage", json!(["fine"])),
            ("statusMessage", json!([{"status": "1", "message": "fine"}])),
            ("statusMessage", json!([{"status": "0xg", "message": "fine"}])),
            ("statusMessage", json!([{"status": "0x1"}])),
            ("statusListIndex", json!("-1")),
            ("statusListIndex", json!("1e3")),
            ("statusListIndex", json!("4294967296")),
            ("statusListIndex", json!(7)),
            ("statusListCredential", json!({})),
            ("type", json!([])),
        ] {
            assert_eq!(with(name, value.clone()).unwrap_err().code, "malformed", "{name} {value}");
        }
        assert!(Status::read(&json!("x")).is_err());
        assert!(Status::read(&json!({"type": "1EdTechRevocationList"})).is_err());
    }
}
