//! Builds the unsigned documents of an issuer: OpenBadgeCredential, Achievement and Profile (Open Badges 3.0.3).
//!
//! A pure function of stored facts, so a replay gives the same bytes. What is absent is left out, never null. Every term used here is defined
//! by the three contexts, so everything is signed. A value that would stand twice in a set is written once.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::date;

pub const CREDENTIALS_CONTEXT: &str = "https://www.w3.org/ns/credentials/v2";
pub const OPEN_BADGES_CONTEXT: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";
/// Defines `1EdTechJsonSchemaValidator2019`; without it that type would be undefined and unsigned.
pub const EXTENSIONS_CONTEXT: &str = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json";
const SCHEMA: &str = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json";

/// Everything one badge says.
#[derive(Debug, Clone, PartialEq)]
pub struct AchievementFacts {
    pub credential_id: String,
    pub name: String,
    pub description: Option<String>,
    pub issuer: IssuerFacts,
    /// When it was first awarded, where that is not `valid_from`: which is then that of a newer version of it (Open Badges 3.0, AchievementCredential).
    pub awarded: Option<Timestamp>,
    pub valid_from: Timestamp,
    pub valid_until: Option<Timestamp>,
    /// `urn:uuid:…`; says nothing about the person.
    pub subject_id: String,
    /// Only its salted hash is written.
    pub email: Option<String>,
    pub salt: String,
    pub achievement: Achievement,
    pub evidence: Vec<Evidence>,
    /// What was reached of the achievement's result descriptions.
    pub results: Vec<ResultFacts>,
    /// Markdown: how this person earned it.
    pub narrative: Option<String>,
    pub status: StatusEntry,
    /// Signed EndorsementCredentials of this badge, which then stand in it and are covered by its proof.
    pub endorsements: Vec<Value>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct IssuerFacts {
    /// The DID whose key signs.
    pub id: String,
    pub name: String,
    pub url: Option<String>,
    pub email: Option<String>,
    pub description: Option<String>,
    /// The URL of its logo.
    pub image: Option<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Achievement {
    pub id: String,
    pub version: Option<String>,
    pub name: String,
    pub description: String,
    /// A term of the standard's list, such as `Certification`.
    pub achievement_type: Option<String>,
    /// The URL of a page with the criteria.
    pub criteria_id: Option<String>,
    /// Markdown.
    pub criteria_narrative: Option<String>,
    /// The URL of the badge's picture.
    pub image_id: Option<String>,
    pub tags: Vec<String>,
    pub alignments: Vec<Alignment>,
    /// The criteria of its rubric.
    pub result_descriptions: Vec<ResultDescription>,
}

/// One criterion of a rubric, as a ResultDescription of the type RubricCriterionLevel (Open Badges 3.0, section B.1.21).
#[derive(Debug, Clone, PartialEq)]
pub struct ResultDescription {
    /// A URL that a result points at.
    pub id: String,
    pub name: String,
    /// The `id` of the lowest level that is enough.
    pub required_level: String,
    /// Lowest first.
    pub levels: Vec<RubricCriterionLevel>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct RubricCriterionLevel {
    pub id: String,
    pub name: String,
    pub description: String,
    /// Its place in the scale, from 0.
    pub level: String,
    pub points: String,
}

/// Which level one person reached of a result description, both by their `id`.
#[derive(Debug, Clone, PartialEq)]
pub struct ResultFacts {
    pub result_description: String,
    pub achieved_level: String,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Alignment {
    pub name: String,
    pub url: String,
    pub framework: Option<String>,
    pub code: Option<String>,
}

/// One thing that was assessed (Open Badges 3.0, section B.1.8), also as the record keeps it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// A URL.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Markdown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub narrative: Option<String>,
    /// What kind of thing it is, in a word or two.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub genre: Option<String>,
    /// A multihash in multibase: `digestMultibase` of Verifiable Credentials 2.0, section 5.3, whose context defines it everywhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct StatusEntry {
    pub list_url: String,
    pub index: u32,
}

/// The unsigned credential of one award.
pub fn achievement_credential(facts: &AchievementFacts) -> Value {
    let mut credential = Map::new();
    credential.insert("@context".into(), json!([CREDENTIALS_CONTEXT, OPEN_BADGES_CONTEXT, EXTENSIONS_CONTEXT]));
    text(&mut credential, "id", &facts.credential_id);
    credential.insert("type".into(), json!(["VerifiableCredential", "OpenBadgeCredential"]));
    text(&mut credential, "name", &facts.name);
    optional(&mut credential, "description", &facts.description);
    credential.insert("issuer".into(), Value::Object(profile(&facts.issuer)));
    optional(&mut credential, "awardedDate", &facts.awarded.map(date::written));
    text(&mut credential, "validFrom", &date::written(facts.valid_from));
    optional(&mut credential, "validUntil", &facts.valid_until.map(date::written));
    credential.insert("credentialSubject".into(), subject(facts));
    several(&mut credential, "evidence", facts.evidence.iter().map(evidence).collect());
    several(&mut credential, "endorsement", facts.endorsements.clone());
    credential.insert("credentialStatus".into(), status_entry(&facts.status));
    credential.insert("credentialSchema".into(), json!([{"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}]));
    Value::Object(credential)
}

/// The Achievement as its own document, served where its `id` points.
pub fn achievement_document(facts: &Achievement, creator: &IssuerFacts) -> Value {
    let mut document = with_contexts();
    let mut body = achievement(facts);
    body.insert("creator".into(), Value::Object(profile(creator)));
    document.append(&mut body);
    Value::Object(document)
}

/// The issuer's Profile as its own document.
pub fn profile_document(facts: &IssuerFacts) -> Value {
    let mut document = with_contexts();
    document.append(&mut profile(facts));
    Value::Object(document)
}

/// The IdentityHash of an e-mail address: SHA-256 over the address and the salt, both as given (Open Badges 3.0, IdentityHash).
pub fn email_hash(email: &str, salt: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(email.as_bytes());
    hash.update(salt.as_bytes());
    let mut written = String::from("sha256$");
    for byte in hash.finalize() {
        for digit in [byte >> 4, byte & 15] {
            written.push(char::from_digit(u32::from(digit), 16).unwrap_or('0'));
        }
    }
    written
}

fn subject(facts: &AchievementFacts) -> Value {
    let mut subject = Map::new();
    text(&mut subject, "id", &facts.subject_id);
    subject.insert("type".into(), json!(["AchievementSubject"]));
    if let Some(email) = &facts.email {
        subject.insert("identifier".into(), json!([identity(email, &facts.salt)]));
    }
    subject.insert("achievement".into(), Value::Object(achievement(&facts.achievement)));
    optional(&mut subject, "narrative", &facts.narrative);
    several(&mut subject, "result", facts.results.iter().map(result).collect());
    Value::Object(subject)
}

/// Who someone is, by nothing but a salted hash of their address. People write it in many ways; the hash is over one of them, and a verifier tries both.
pub(super) fn identity(email: &str, salt: &str) -> Value {
    json!({
        "type": "IdentityObject",
        "hashed": true,
        "identityHash": email_hash(&email.trim().to_lowercase(), salt),
        "identityType": "emailAddress",
        "salt": salt,
    })
}

pub(super) fn achievement(facts: &Achievement) -> Map<String, Value> {
    let mut achievement = Map::new();
    text(&mut achievement, "id", &facts.id);
    achievement.insert("type".into(), json!(["Achievement"]));
    text(&mut achievement, "name", &facts.name);
    text(&mut achievement, "description", &facts.description);
    optional(&mut achievement, "achievementType", &facts.achievement_type);
    optional(&mut achievement, "version", &facts.version);
    let mut criteria = Map::new();
    optional(&mut criteria, "id", &facts.criteria_id);
    optional(&mut criteria, "narrative", &facts.criteria_narrative);
    achievement.insert("criteria".into(), Value::Object(criteria));
    if let Some(image) = &facts.image_id {
        achievement.insert("image".into(), json!({"id": image, "type": "Image"}));
    }
    several(&mut achievement, "tag", facts.tags.iter().map(|tag| json!(tag)).collect());
    several(&mut achievement, "alignment", facts.alignments.iter().map(alignment).collect());
    let described = facts.result_descriptions.iter().map(result_description).collect();
    several(&mut achievement, "resultDescription", described);
    achievement
}

fn result_description(facts: &ResultDescription) -> Value {
    let level = |level: &RubricCriterionLevel| {
        json!({
            "id": level.id,
            "type": ["RubricCriterionLevel"],
            "name": level.name,
            "description": level.description,
            "level": level.level,
            "points": level.points,
        })
    };
    json!({
        "id": facts.id,
        "type": ["ResultDescription"],
        "name": facts.name,
        "resultType": "RubricCriterionLevel",
        "requiredLevel": facts.required_level,
        "rubricCriterionLevel": facts.levels.iter().map(level).collect::<Vec<_>>(),
    })
}

fn result(facts: &ResultFacts) -> Value {
    json!({
        "type": ["Result"],
        "resultDescription": facts.result_description,
        "achievedLevel": facts.achieved_level,
    })
}

pub(super) fn profile(facts: &IssuerFacts) -> Map<String, Value> {
    let mut profile = Map::new();
    text(&mut profile, "id", &facts.id);
    profile.insert("type".into(), json!(["Profile"]));
    text(&mut profile, "name", &facts.name);
    optional(&mut profile, "url", &facts.url);
    optional(&mut profile, "email", &facts.email);
    optional(&mut profile, "description", &facts.description);
    if let Some(image) = &facts.image {
        profile.insert("image".into(), json!({"id": image, "type": "Image"}));
    }
    profile
}

fn alignment(facts: &Alignment) -> Value {
    let mut alignment = Map::new();
    alignment.insert("type".into(), json!(["Alignment"]));
    text(&mut alignment, "targetName", &facts.name);
    text(&mut alignment, "targetUrl", &facts.url);
    optional(&mut alignment, "targetFramework", &facts.framework);
    optional(&mut alignment, "targetCode", &facts.code);
    Value::Object(alignment)
}

fn evidence(facts: &Evidence) -> Value {
    let mut evidence = Map::new();
    optional(&mut evidence, "id", &facts.id);
    evidence.insert("type".into(), json!(["Evidence"]));
    optional(&mut evidence, "name", &facts.name);
    optional(&mut evidence, "description", &facts.description);
    optional(&mut evidence, "narrative", &facts.narrative);
    optional(&mut evidence, "genre", &facts.genre);
    optional(&mut evidence, "digestMultibase", &facts.digest);
    Value::Object(evidence)
}

/// The entry of `credentialStatus` for a place in a list, for revocation. The index is a string by the standard (Bitstring Status List v1.0, section 2.1).
pub fn status_entry(entry: &StatusEntry) -> Value {
    json!({
        "id": format!("{}#{}", entry.list_url, entry.index),
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": entry.index.to_string(),
        "statusListCredential": entry.list_url,
    })
}

fn with_contexts() -> Map<String, Value> {
    let mut document = Map::new();
    document.insert("@context".into(), json!([CREDENTIALS_CONTEXT, OPEN_BADGES_CONTEXT]));
    document
}

pub(super) fn text(object: &mut Map<String, Value>, name: &str, value: &str) {
    object.insert(name.to_owned(), Value::String(value.to_owned()));
}

pub(super) fn optional(object: &mut Map<String, Value>, name: &str, value: &Option<String>) {
    if let Some(value) = value {
        text(object, name, value);
    }
}

pub(super) fn several(object: &mut Map<String, Value>, name: &str, values: Vec<Value>) {
    let mut once: Vec<Value> = Vec::with_capacity(values.len());
    for value in values {
        if !once.contains(&value) {
            once.push(value);
        }
    }
    if !once.is_empty() {
        object.insert(name.to_owned(), Value::Array(once));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_identity_hash_is_given() {
        assert_eq!(
            email_hash("a@example.com", "Kosher"),
            "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399"
        );
    }

    #[test]
    fn what_is_absent_is_left_out() {
        let facts = IssuerFacts {
            id: "did:web:a.example".into(),
            name: "A".into(),
            url: None,
            email: None,
            description: None,
            image: None,
        };
        let document = profile_document(&facts);
        let names: Vec<&String> = document.as_object().unwrap().keys().collect();
        assert_eq!(names, ["@context", "id", "type", "name"]);
    }
}
