//! Builds the unsigned EndorsementCredential of an issuer (Open Badges 3.0.3, section B.1.9): what it says for a badge, an achievement, a
//! profile, or anything else with an identifier.
//!
//! A pure function of stored facts, like every document here. It is signed by the same proofs as a badge, hosted alone or embedded in one.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::date;
use super::document::{
    CREDENTIALS_CONTEXT, EXTENSIONS_CONTEXT, IssuerFacts, OPEN_BADGES_CONTEXT, StatusEntry, optional, profile,
    status_entry, text,
};

/// Everything one endorsement says.
#[derive(Debug, Clone, PartialEq)]
pub struct EndorsementFacts {
    pub credential_id: String,
    pub name: Option<String>,
    /// Who endorses.
    pub issuer: IssuerFacts,
    /// The identifier of what is endorsed: a URL or a DID.
    pub subject_id: String,
    /// Markdown.
    pub comment: String,
    pub valid_from: Timestamp,
    pub valid_until: Option<Timestamp>,
    /// None when it can't be revoked, such as one that is embedded for good.
    pub status: Option<StatusEntry>,
}

/// The unsigned credential of one endorsement.
pub fn endorsement_credential(facts: &EndorsementFacts) -> Value {
    let mut credential = Map::new();
    credential.insert("@context".into(), json!([CREDENTIALS_CONTEXT, OPEN_BADGES_CONTEXT, EXTENSIONS_CONTEXT]));
    text(&mut credential, "id", &facts.credential_id);
    credential.insert("type".into(), json!(["VerifiableCredential", "EndorsementCredential"]));
    optional(&mut credential, "name", &facts.name);
    credential.insert("issuer".into(), Value::Object(profile(&facts.issuer)));
    text(&mut credential, "validFrom", &date::written(facts.valid_from));
    optional(&mut credential, "validUntil", &facts.valid_until.map(date::written));
    credential.insert(
        "credentialSubject".into(),
        json!({"id": facts.subject_id, "type": ["EndorsementSubject"], "endorsementComment": facts.comment}),
    );
    if let Some(entry) = &facts.status {
        credential.insert("credentialStatus".into(), status_entry(entry));
    }
    Value::Object(credential)
}
