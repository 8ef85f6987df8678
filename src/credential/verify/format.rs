//! The format check: whether a file is an Open Badges 3.0 credential at all, a badge or an endorsement, and a typed view of what decides about it.
//!
//! Fields are held to VC Data Model 2.0 or 1.1 and Open Badges 3.0 as far as Laurel reads them. A single value and a list of one are the
//! same thing, in either place. Dates are XSD dateTimeStamps. What is well-formed but of a kind this service does not read is said
//! to be unchecked, not wrong.

use std::collections::HashSet;

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::entry::Status;
use super::form::{self, NotPlain, many, one};
use super::jwt::{self, Signature};
use super::model::{self, DataModel};
use super::report::CredentialKind;
use super::results;
use super::secured::{Refusal, Secured};
use crate::credential::document::CREDENTIALS_CONTEXT;
use crate::credential::{data_model, jose, json};

/// A well-formed badge. Nothing in it is to be believed before its proof holds.
pub(super) struct Badge {
    pub secured: Secured,
    /// None of any other credential, which only the VC-API takes; everywhere else it is no badge.
    pub kind: Option<CredentialKind>,
    pub model: DataModel,
    /// Of a badge always there.
    pub valid_from: Option<Timestamp>,
    pub valid_until: Option<Timestamp>,
    pub status: Vec<Status>,
}

impl Badge {
    /// The document without its proof.
    pub(super) fn content(&self) -> &Value {
        &self.secured.content
    }

    pub(super) fn subject(&self) -> Option<&Value> {
        one(self.content().get("credentialSubject"))
    }
}

/// Reads a badge from its bytes.
pub(super) fn read(bytes: &[u8]) -> Result<Badge, Refusal> {
    let (document, signature) = opened(bytes)?;
    read_document(document, signature)
}

/// Reads any credential from its bytes. What says that it is a badge is held to the rules of badges.
pub(super) fn read_any(bytes: &[u8]) -> Result<Badge, Refusal> {
    let (document, signature) = opened(bytes)?;
    if contexts(&document).is_ok() && types(&document).is_ok() {
        return read_document(document, signature);
    }
    if signature.is_none() {
        plain(&document, form::check_open)?;
    }
    let validity = data_model::check(&document)
        .map_err(|fault| Refusal::wrong("malformed", format!("This credential is not well-formed: {fault}.")))?;
    let entries = many(document.get("credentialStatus"));
    let status = entries.iter().map(Status::read).collect::<Result<_, _>>()?;
    one_node_each(entries)?;
    let secured = Secured::of(document, signature).ok_or_else(|| missing("issuer.id"))?;
    Ok(Badge {
        secured,
        kind: None,
        model: DataModel::Two,
        valid_from: validity.from,
        valid_until: validity.until,
        status,
    })
}

/// The same as `read` of one that was parsed, or taken out of a JWT.
pub(super) fn read_document(document: Map<String, Value>, signature: Option<Signature>) -> Result<Badge, Refusal> {
    let model = contexts(&document)?;
    if signature.is_none() {
        plain(&document, form::check)?;
    }
    let kind = types(&document)?;
    let (valid_from, valid_until) = dates(&document, model)?;
    text(&document, "id", "id")?;
    optional_text(&document, "name", "name")?;
    optional_text(&document, "description", "description")?;
    issuer(&document)?;
    results::evidence(&document)?;
    match kind {
        CredentialKind::Badge => subject(&document)?,
        CredentialKind::Endorsement => endorsed(&document)?,
    }
    let entries = many(document.get("credentialStatus"));
    let status = entries.iter().map(Status::read).collect::<Result<_, _>>()?;
    one_node_each(entries)?;
    let secured = Secured::of(document, signature).ok_or_else(|| missing("issuer.id"))?;
    Ok(Badge { secured, kind: Some(kind), model, valid_from: Some(valid_from), valid_until, status })
}

/// The document, from JSON or from the payload of a JWT.
fn opened(bytes: &[u8]) -> Result<(Map<String, Value>, Option<Signature>), Refusal> {
    if jose::is_compact(bytes) {
        return jwt::read(bytes).map(|(document, signature)| (document, Some(signature)));
    }
    match json::parse(bytes) {
        Ok(Value::Object(document)) => Ok((document, None)),
        Ok(_) => Err(Refusal::wrong("not_a_badge", "This is JSON, but not a badge: it is not an object.")),
        Err(error) => Err(Refusal::wrong("not_json", format!("This is not a badge in strict JSON: {error}."))),
    }
}

/// What is asked of a document whose proof stands inside it; of a JWT every byte is signed.
fn plain(document: &Map<String, Value>, check: fn(&Map<String, Value>) -> Result<(), NotPlain>) -> Result<(), Refusal> {
    check(document).map_err(|error| match error {
        NotPlain::OwnContext => Refusal::unsure(
            "own_terms",
            "This badge defines words of its own, and this service judges only badges in the published vocabularies.",
        ),
        NotPlain::Other(what) => Refusal::wrong(
            "not_plain",
            format!("This badge is not written in the plain form that can be signed whole: {what}."),
        ),
    })
}

fn contexts(document: &Map<String, Value>) -> Result<DataModel, Refusal> {
    let contexts: Vec<Option<&str>> = many(document.get("@context")).iter().map(Value::as_str).collect();
    let known = |wanted: &str| contexts.iter().flatten().any(|context| context.trim_end_matches('/') == wanted);
    if known("https://w3id.org/openbadges/v2") || known("https://w3id.org/openbadges/v1") {
        return Err(Refusal::unsure(
            "version_unsupported",
            "This is a badge of Open Badges 2.0 or older, which carries no proof that this service can check.",
        ));
    }
    let model = DataModel::of(document).ok_or_else(|| {
        Refusal::wrong(
            "not_a_badge",
            format!("This is not a badge of Open Badges 3.0: its first @context is not {CREDENTIALS_CONTEXT}."),
        )
    })?;
    if !contexts.get(1).is_some_and(|context| context.is_some_and(is_open_badges)) {
        return Err(Refusal::wrong(
            "not_a_badge",
            "This is a credential, but not a badge: its second @context is not the one of Open Badges 3.0.",
        ));
    }
    Ok(model)
}

/// `https://purl.imsglobal.org/spec/ob/v3p0/context.json`, or with its version as in `context-3.0.3.json`.
fn is_open_badges(context: &str) -> bool {
    let version = context
        .strip_prefix("https://purl.imsglobal.org/spec/ob/v3p0/context")
        .and_then(|rest| rest.strip_suffix(".json"));
    version.is_some_and(|version| {
        version.is_empty()
            || version.strip_prefix("-3.").is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit() || b == b'.'))
    })
}

fn types(document: &Map<String, Value>) -> Result<CredentialKind, Refusal> {
    if !has_type(document, "VerifiableCredential") {
        return Err(malformed("type", "lacks VerifiableCredential"));
    }
    let badge = has_type(document, "OpenBadgeCredential") || has_type(document, "AchievementCredential");
    match (badge, has_type(document, "EndorsementCredential")) {
        (true, false) => Ok(CredentialKind::Badge),
        (false, true) => Ok(CredentialKind::Endorsement),
        (true, true) => Err(malformed("type", "says both badge and endorsement")),
        (false, false) => Err(Refusal::wrong(
            "not_a_badge",
            "This is a credential, but not a badge: its type lacks OpenBadgeCredential.",
        )),
    }
}

fn dates(document: &Map<String, Value>, model: DataModel) -> Result<(Timestamp, Option<Timestamp>), Refusal> {
    let (from, until) = model::validity(document).map_err(|(name, what)| malformed(name, what))?;
    let from = from.filter(|_| document.contains_key(model.beginning())).ok_or_else(|| missing(model.beginning()))?;
    if until.is_some_and(|until| until < from) {
        let name = if document.contains_key("validUntil") { "validUntil" } else { "expirationDate" };
        return Err(malformed(name, &format!("comes before {}", model.beginning())));
    }
    Ok((from, until))
}

fn issuer(document: &Map<String, Value>) -> Result<(), Refusal> {
    match one(document.get("issuer")) {
        Some(Value::String(_)) => Ok(()),
        Some(Value::Object(profile)) => {
            text(profile, "id", "issuer.id")?;
            optional_text(profile, "name", "issuer.name")?;
            optional_text(profile, "url", "issuer.url")
        }
        Some(_) => Err(malformed("issuer", "is not a profile")),
        None => Err(missing("issuer")),
    }
}

fn subject(document: &Map<String, Value>) -> Result<(), Refusal> {
    let Some(Value::Object(subject)) = one(document.get("credentialSubject")) else {
        return Err(missing("credentialSubject"));
    };
    if !has_type(subject, "AchievementSubject") {
        return Err(malformed("credentialSubject.type", "lacks AchievementSubject"));
    }
    optional_text(subject, "id", "credentialSubject.id")?;
    let identifiers = many(subject.get("identifier"));
    if identifiers.is_empty() && !subject.contains_key("id") {
        return Err(missing("credentialSubject.id or credentialSubject.identifier"));
    }
    for identifier in identifiers {
        identity(identifier)?;
    }
    let Some(Value::Object(achievement)) = one(subject.get("achievement")) else {
        return Err(missing("credentialSubject.achievement"));
    };
    if !has_type(achievement, "Achievement") {
        return Err(malformed("achievement.type", "lacks Achievement"));
    }
    for (name, path) in
        [("id", "achievement.id"), ("name", "achievement.name"), ("description", "achievement.description")]
    {
        text(achievement, name, path)?;
    }
    match one(achievement.get("criteria")) {
        Some(Value::Object(criteria)) => only_criteria(criteria, achievement)?,
        Some(_) => return Err(malformed("achievement.criteria", "is not an object")),
        None => return Err(missing("achievement.criteria")),
    }
    results::check(subject, achievement)
}

/// Many badges give their criteria the address of their achievement, and to RDF two nodes of one id are one: what was said of the
/// achievement could be moved to where no reader looks, and the signature would still fit.
fn only_criteria(criteria: &Map<String, Value>, achievement: &Map<String, Value>) -> Result<(), Refusal> {
    if criteria.get("id").is_none_or(|id| one(Some(id)) != one(achievement.get("id"))) {
        return Ok(());
    }
    if achievement.contains_key("narrative") {
        return Err(malformed("achievement", "holds `narrative`, which belongs to the criteria of the same id"));
    }
    let belongs =
        |name: &str| matches!(name, "id" | "narrative") || name == "type" && !has_type(criteria, "Achievement");
    match criteria.keys().find(|name| !belongs(name)) {
        Some(name) => {
            let what = format!("holds `{name}`, which belongs to the achievement of the same id");
            Err(malformed("achievement.criteria", &what))
        }
        None => Ok(()),
    }
}

/// The subject of an endorsement: what is endorsed, and in which words.
fn endorsed(document: &Map<String, Value>) -> Result<(), Refusal> {
    let Some(Value::Object(subject)) = one(document.get("credentialSubject")) else {
        return Err(missing("credentialSubject"));
    };
    if !has_type(subject, "EndorsementSubject") {
        return Err(malformed("credentialSubject.type", "lacks EndorsementSubject"));
    }
    text(subject, "id", "credentialSubject.id")?;
    optional_text(subject, "endorsementComment", "credentialSubject.endorsementComment")
}

/// An IdentityObject. `hashed` must be a true boolean, because JSON-LD signs `true` and `"true"` alike.
fn identity(identifier: &Value) -> Result<(), Refusal> {
    let Value::Object(identity) = identifier else { return Err(malformed("identifier", "is not an object")) };
    for name in ["identityHash", "identityType"] {
        text(identity, name, &format!("identifier.{name}"))?;
    }
    optional_text(identity, "salt", "identifier.salt")?;
    match identity.get("hashed") {
        Some(Value::Bool(_)) => Ok(()),
        Some(_) => Err(malformed("identifier.hashed", "is not true or false")),
        None => Err(missing("identifier.hashed")),
    }
}

/// Two entries with one `id` are one node to RDF, so their purposes and places could be swapped and the signature would still fit.
fn one_node_each(entries: &[Value]) -> Result<(), Refusal> {
    let ids: Vec<&Value> = entries.iter().filter_map(|entry| entry.get("id")).collect();
    let distinct: HashSet<&str> = ids.iter().filter_map(|id| id.as_str()).collect();
    if distinct.len() == ids.len() { Ok(()) } else { Err(malformed("credentialStatus.id", "is not a text of its own")) }
}

pub(super) fn has_type(object: &Map<String, Value>, wanted: &str) -> bool {
    many(object.get("type")).iter().any(|kind| kind.as_str() == Some(wanted))
}

pub(super) fn text<'a>(object: &'a Map<String, Value>, name: &str, path: &str) -> Result<&'a str, Refusal> {
    match one(object.get(name)) {
        Some(Value::String(text)) if !text.is_empty() => Ok(text),
        Some(Value::String(_)) => Err(malformed(path, "is empty")),
        Some(_) => Err(malformed(path, "is not text")),
        None => Err(missing(path)),
    }
}

fn optional_text(object: &Map<String, Value>, name: &str, path: &str) -> Result<(), Refusal> {
    if object.contains_key(name) { text(object, name, path).map(|_| ()) } else { Ok(()) }
}

pub(super) fn missing(path: &str) -> Refusal {
    malformed(path, "is missing")
}

pub(super) fn malformed(path: &str, what: &str) -> Refusal {
    Refusal::wrong("malformed", format!("This badge is not well-formed: `{path}` {what}."))
}
