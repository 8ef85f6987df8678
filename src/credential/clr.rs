//! Builds the unsigned ClrCredential (1EdTech Comprehensive Learner Record 2.0): what one person reached, with the signed badges themselves in it.
//!
//! Each badge in it goes on standing by its own proof; the issuer of the record vouches with its proof that they belong to one person.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::date;
use super::document::{
    Achievement, CREDENTIALS_CONTEXT, EXTENSIONS_CONTEXT, IssuerFacts, OPEN_BADGES_CONTEXT, achievement, identity,
    profile, several, text,
};

const CLR_CONTEXT: &str = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json";
const SCHEMA: &str = "https://purl.imsglobal.org/spec/clr/v2p0/schema/json/clr_v2p0_clrcredential_schema.json";

/// Everything one record says.
#[derive(Debug, Clone, PartialEq)]
pub struct ClrFacts {
    pub credential_id: String,
    pub name: String,
    pub issuer: IssuerFacts,
    /// When it was put together: what has come since is not in it.
    pub valid_from: Timestamp,
    /// `urn:uuid:…`; says nothing about the person.
    pub subject_id: String,
    /// Only its salted hash is written.
    pub email: String,
    pub salt: String,
    /// Signed credentials.
    pub credentials: Vec<Value>,
    /// What they are of, each once.
    pub achievements: Vec<Achievement>,
    /// Which achievement comes before which, by their ids.
    pub precedes: Vec<(String, String)>,
}

pub fn clr_credential(facts: &ClrFacts) -> Value {
    let mut credential = Map::new();
    credential
        .insert("@context".into(), json!([CREDENTIALS_CONTEXT, CLR_CONTEXT, OPEN_BADGES_CONTEXT, EXTENSIONS_CONTEXT]));
    text(&mut credential, "id", &facts.credential_id);
    credential.insert("type".into(), json!(["VerifiableCredential", "ClrCredential"]));
    text(&mut credential, "name", &facts.name);
    credential.insert("issuer".into(), Value::Object(profile(&facts.issuer)));
    text(&mut credential, "validFrom", &date::written(facts.valid_from));
    credential.insert("credentialSubject".into(), subject(facts));
    credential.insert("credentialSchema".into(), json!([{"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}]));
    Value::Object(credential)
}

fn subject(facts: &ClrFacts) -> Value {
    let mut subject = Map::new();
    text(&mut subject, "id", &facts.subject_id);
    subject.insert("type".into(), json!(["ClrSubject"]));
    subject.insert("identifier".into(), json!([identity(&facts.email, &facts.salt)]));
    subject.insert("verifiableCredential".into(), Value::Array(facts.credentials.clone()));
    let achievements = facts.achievements.iter().map(|one| Value::Object(achievement(one))).collect();
    several(&mut subject, "achievement", achievements);
    // The schema wants the type of an association as a text, not as a list of one.
    let association = |(before, after): &(String, String)| json!({"type": "Association", "associationType": "precedes", "sourceId": before, "targetId": after});
    several(&mut subject, "association", facts.precedes.iter().map(association).collect());
    Value::Object(subject)
}
