//! Registries that the operator lets be asked about issuers it doesn't know itself.
//!
//! A list is JSON at an https address: `[{"id": …, "name": …}]`, or the form of the Digital Credentials Consortium,
//! `{"registry": {"did:…": {"name": …}}}`. Of a federation see federation.rs.

use jiff::Timestamp;
use serde_json::Value;

use super::evidence::{Evidence, Found, Need};
use super::federation;
use crate::credential::jose::Jwk;
use crate::credential::json;

/// One registry.
#[derive(Debug, Clone, PartialEq)]
pub struct Registry {
    /// As the operator calls it.
    pub name: String,
    pub kind: RegistryKind,
}

#[derive(Debug, Clone, PartialEq)]
pub enum RegistryKind {
    /// A list at this https address.
    List(String),
    /// OpenID Federation 1.0.
    Federation {
        /// The trust anchor's entity identifier, an https address.
        anchor: String,
        /// The keys that sign the anchor's entity configuration.
        keys: Vec<Jwk>,
    },
}

/// What a registry says about an issuer.
#[derive(Debug, PartialEq)]
pub(super) enum Says {
    /// It is listed, under this name when there is one.
    Vouches(Option<String>),
    Silent,
    /// Why it could not be read, without a full stop.
    Unread(String),
    /// Not looked up yet.
    Wanted(Need),
}

impl Registry {
    /// What it says about an issuer. Without `now` dates are left aside.
    pub(super) fn says(&self, issuer: &str, evidence: &Evidence, now: Option<Timestamp>) -> Says {
        match &self.kind {
            RegistryKind::List(url) => listed(url, issuer, evidence),
            RegistryKind::Federation { anchor, keys } => federation::consult(anchor, keys, issuer, evidence, now),
        }
    }
}

fn listed(url: &str, issuer: &str, evidence: &Evidence) -> Says {
    let bytes = match evidence.json(url) {
        None => return Says::Wanted(Need::Json(url.to_owned())),
        Some(Found::Unavailable(why)) => return Says::Unread(why.clone()),
        Some(Found::Document(bytes, _)) => bytes,
    };
    let named = |entry: &Value| entry.get("name").and_then(Value::as_str).map(str::to_owned);
    let found = match json::parse(bytes) {
        Ok(Value::Array(entries)) => {
            entries.iter().find(|entry| entry.get("id").and_then(Value::as_str) == Some(issuer)).map(named)
        }
        Ok(Value::Object(document)) => match document.get("registry") {
            Some(Value::Object(entries)) => entries.get(issuer).map(named),
            _ => return Says::Unread("it is not a list of issuers".to_owned()),
        },
        Ok(_) => return Says::Unread("it is not a list of issuers".to_owned()),
        Err(error) => return Says::Unread(error.to_string()),
    };
    found.map_or(Says::Silent, Says::Vouches)
}
