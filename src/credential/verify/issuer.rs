//! The issuer check: whether the issuer is someone this service trusts, by the operator's word or a registry's.
//!
//! What counts is the identifier. A name that an issuer gives itself never makes it known, and one that looks like a trusted issuer's is
//! told of. Registries are asked only about issuers that the operator did not name; one that can't be read leaves the issuer unknown.

use jiff::Timestamp;

use super::Asked;
use super::evidence::{Evidence, Need};
use super::lookalike::{look_alike, mixes_alphabets};
use super::registry::Says;
use super::report::{Check, CheckName};

/// In characters; a name from outside is shown as far as this.
const LONGEST_NAME: usize = 100;

/// What registries must be asked about an issuer whose badge is genuine.
pub(super) fn needs(id: &str, evidence: &Evidence, asked: &Asked) -> Vec<Need> {
    let mut needs = Vec::new();
    if asked.known_issuers.iter().any(|known| known.id == id) {
        return needs;
    }
    for registry in asked.registries {
        match registry.says(id, evidence, None) {
            Says::Vouches(_) => return Vec::new(),
            Says::Wanted(need) if !needs.contains(&need) => needs.push(need),
            _ => {}
        }
    }
    needs
}

/// Whether the issuer is known. `name` is what it calls itself.
pub(super) fn check(id: &str, name: Option<&str>, evidence: &Evidence, now: Timestamp, asked: &Asked) -> Check {
    if let Some(known) = asked.known_issuers.iter().find(|known| known.id == id) {
        let message = format!("Issued by {}, whom this service trusts.", known.name);
        return Check::passed(CheckName::Issuer, "issuer_known", message);
    }
    let imitates = imitation(id, name, asked);
    let mut unread = String::new();
    for registry in asked.registries {
        match registry.says(id, evidence, Some(now)) {
            Says::Vouches(name) => {
                let name = name.map(|name| format!(" as “{}”", cut(&name))).unwrap_or_default();
                let message =
                    format!("Listed{name} in the registry {}, which this service trusts.{imitates}", registry.name);
                return Check::passed(CheckName::Issuer, "issuer_registered", message);
            }
            Says::Silent => {}
            Says::Unread(why) => unread += &format!(" The registry {} could not be read: {why}.", registry.name),
            Says::Wanted(_) => unread += &format!(" The registry {} has not been asked.", registry.name),
        }
    }
    let message = format!("It is genuine, from {id}, but this service does not know who that is.{imitates}{unread}");
    Check::failed(CheckName::Issuer, "issuer_unknown", message)
}

/// A sentence after a space when the name is one that could be taken for a trusted issuer's.
fn imitation(id: &str, name: Option<&str>, asked: &Asked) -> String {
    let Some(name) = name else { return String::new() };
    match asked.known_issuers.iter().find(|known| known.id != id && look_alike(&known.name, name)) {
        Some(known) => format!(
            " It calls itself “{}”, which looks like the name of {}, whom this service trusts; it is another.",
            cut(name),
            known.id
        ),
        None if mixes_alphabets(name) => {
            " The name it gives itself mixes alphabets, as names do that are made to be taken for others.".to_owned()
        }
        None => String::new(),
    }
}

fn cut(name: &str) -> String {
    let name: String = name.trim().chars().filter(|c| !c.is_control()).collect();
    match name.char_indices().nth(LONGEST_NAME) {
        Some((at, _)) => format!("{}…", name.get(..at).unwrap_or_default()),
        None => name,
    }
}
