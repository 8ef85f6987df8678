//! Erasing a person (decision 0063): what stands in place of what named them, what becomes of the badges they took along, and by which words they
//! are looked for in what others wrote.

use super::{directory::Entry, recipient::Person, spelled::spelled};

/// Stands where a name or a text stood.
pub const NOBODY: &str = "—";

spelled! {
    /// What becomes of signed badges that are elsewhere already.
    TakenAlong, must_be, {
        /// They are revoked, so that they stand nowhere any more.
        Revoke => "revoke",
        /// They run to their end: whoever was given one goes on proving it.
        Leave => "leave",
    }
}

spelled! {
    /// Why someone is erased.
    Cause, must_be, {
        /// They asked for it.
        Wish => "wish",
        /// The time is over for which the organisation keeps such records.
        Retention => "retention",
    }
}

fn must_be(_: &str, known: &[&str]) -> String {
    format!("must be {}", known.join(" or "))
}

/// Leads to nobody (RFC 2606), and is each one's own, as addresses are.
pub fn address(id: &str) -> String {
    format!("{}@erased.invalid", id.to_lowercase())
}

pub fn is_erased(person: &Person) -> bool {
    person.email == address(&person.id)
}

/// What names them wherever it stands, the longest first: their address, what they sign in with, and their name in each of its forms. A name of one
/// word is no such thing, since it may be any word.
pub fn traces(entry: &Entry) -> Vec<String> {
    let mut names = vec![entry.person.name.clone()];
    if let (Some(given), Some(family)) = (&entry.given_name, &entry.family_name) {
        names.extend([format!("{given} {family}"), format!("{family} {given}"), format!("{family}, {given}")]);
    }
    names.retain(|name| name.split_whitespace().nth(1).is_some());
    let addresses = [Some(&entry.person.email), entry.user_name.as_ref()].into_iter().flatten();
    let mut traces: Vec<String> = addresses.filter(|address| address.contains('@')).cloned().chain(names).collect();
    // As they stand inside JSON, where a quotation mark is written otherwise.
    let escaped = traces.iter().map(|trace| serde_json::json!(trace).to_string());
    let escaped: Vec<String> = escaped.map(|json| json[1..json.len() - 1].to_owned()).collect();
    traces.extend(escaped);
    traces.sort_by(|one, other| other.len().cmp(&one.len()).then(one.cmp(other)));
    traces.dedup();
    traces
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;

    fn entry(name: &str) -> Entry {
        let person = Person {
            id: "p1".into(),
            email: "sam@acme.example".into(),
            name: name.into(),
            team: None,
            name_public: true,
            function: None,
            manager_id: None,
            active: true,
        };
        Entry::new(person, Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn someone_is_looked_for_by_address_and_full_name_in_each_of_its_forms() {
        assert_eq!(traces(&entry("Sam \"Ace\" Oko")), ["sam@acme.example", "Sam \\\"Ace\\\" Oko", "Sam \"Ace\" Oko"]);
        let known = Entry {
            given_name: Some("Samuel".into()),
            family_name: Some("Oko".into()),
            user_name: Some("soko".into()),
            ..entry("Mark")
        };
        assert_eq!(traces(&known), ["sam@acme.example", "Oko, Samuel", "Oko Samuel", "Samuel Oko"]);
    }

    #[test]
    fn whoever_was_erased_is_told_by_an_address_that_is_theirs_alone() {
        let erased = Person { email: address("p1"), ..entry("Sam").person };
        assert!(is_erased(&erased));
        assert!(!is_erased(&Person { id: "p2".into(), ..erased }));
        assert_eq!(TakenAlong::parse("leave"), Ok(TakenAlong::Leave));
        assert!(Cause::parse("whim").is_err());
    }
}
