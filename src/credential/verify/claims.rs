//! What a genuine badge says, read from its signed document for people and programs.

use serde_json::{Map, Value};

use super::form::{many, one};
use super::format::Badge;
use super::further::further;
use super::report::{AlignmentClaim, Claims, CredentialKind, EvidenceClaim};
use super::result_claims::results;

impl Claims {
    /// Only for a badge whose proof holds. `None` when a required field is missing, which the format check excludes.
    pub(super) fn of(badge: Badge) -> Option<Self> {
        let content = badge.content();
        let subject = badge.subject()?;
        let claims = match badge.kind? {
            CredentialKind::Badge => of_badge(&badge, content, subject)?,
            CredentialKind::Endorsement => of_endorsement(&badge, content, subject)?,
        };
        Some(Claims { document: whole(badge), ..claims })
    }
}

fn of_badge(badge: &Badge, content: &Value, subject: &Value) -> Option<Claims> {
    let achievement = one(subject.get("achievement"))?;
    let criteria = one(achievement.get("criteria"));
    let name = text(achievement, "name")?;
    Some(Claims {
        subject_id: text(subject, "id"),
        achievement_id: text(achievement, "id")?,
        achievement_description: text(achievement, "description")?,
        achievement_type: text(achievement, "achievementType"),
        achievement_version: text(achievement, "version"),
        criteria_id: criteria.and_then(|criteria| text(criteria, "id")),
        criteria_narrative: criteria.and_then(|criteria| text(criteria, "narrative")),
        image: image(content).or_else(|| image(achievement)),
        narrative: text(subject, "narrative"),
        tags: many(achievement.get("tag")).iter().filter_map(|tag| tag.as_str().map(str::to_owned)).collect(),
        alignments: many(achievement.get("alignment")).iter().filter_map(alignment).collect(),
        evidence: many(content.get("evidence")).iter().filter_map(evidence).collect(),
        results: results(subject, achievement),
        further: further(content, subject, Some(achievement)),
        ..common(badge, content, name)?
    })
}

fn of_endorsement(badge: &Badge, content: &Value, subject: &Value) -> Option<Claims> {
    let endorsed = text(subject, "id")?;
    let comment = text(subject, "endorsementComment");
    let name = text(content, "name").unwrap_or_else(|| "Endorsement".to_owned());
    Some(Claims {
        subject_id: Some(endorsed.clone()),
        achievement_id: endorsed,
        achievement_description: comment.clone().unwrap_or_default(),
        narrative: comment,
        image: image(content),
        further: further(content, subject, None),
        ..common(badge, content, name)?
    })
}

/// What every credential says; the rest is empty.
fn common(badge: &Badge, content: &Value, name: String) -> Option<Claims> {
    let issuer = one(content.get("issuer"))?;
    Some(Claims {
        kind: badge.kind?,
        credential_id: text(content, "id")?,
        name: text(content, "name").unwrap_or_else(|| name.clone()),
        description: text(content, "description"),
        issuer_id: badge.secured.issuer.clone(),
        issuer_name: text(issuer, "name"),
        issuer_url: text(issuer, "url"),
        subject_id: None,
        achievement_id: String::new(),
        achievement_name: name,
        achievement_description: String::new(),
        achievement_type: None,
        achievement_version: None,
        criteria_id: None,
        criteria_narrative: None,
        image: None,
        narrative: None,
        tags: Vec::new(),
        alignments: Vec::new(),
        evidence: Vec::new(),
        results: Vec::new(),
        further: Vec::new(),
        valid_from: badge.valid_from?,
        valid_until: badge.valid_until,
        document: Value::Null,
    })
}

/// The document as it came, with its proof.
fn whole(badge: Badge) -> Value {
    let mut document = match badge.secured.content {
        Value::Object(document) => document,
        _ => Map::new(),
    };
    if let Some(proof) = badge.secured.proof {
        document.insert("proof".into(), proof);
    }
    Value::Object(document)
}

pub(super) fn text(object: &Value, name: &str) -> Option<String> {
    one(object.get(name))?.as_str().map(str::to_owned)
}

/// A text, or a number or a truth value as it is written.
pub(super) fn word(object: &Value, name: &str) -> Option<String> {
    match one(object.get(name))? {
        Value::String(text) => Some(text.clone()),
        plain @ (Value::Number(_) | Value::Bool(_)) => Some(plain.to_string()),
        _ => None,
    }
}

/// An image may be its URL alone or an Image with an id.
fn image(object: &Value) -> Option<String> {
    let image = one(object.get("image"))?;
    image.as_str().or_else(|| image.get("id")?.as_str()).map(str::to_owned)
}

pub(super) fn alignment(alignment: &Value) -> Option<AlignmentClaim> {
    Some(AlignmentClaim {
        name: text(alignment, "targetName")?,
        url: text(alignment, "targetUrl")?,
        description: text(alignment, "targetDescription"),
        target_type: text(alignment, "targetType"),
        framework: text(alignment, "targetFramework"),
        code: text(alignment, "targetCode"),
    })
}

fn evidence(evidence: &Value) -> Option<EvidenceClaim> {
    if let Some(id) = evidence.as_str() {
        return Some(EvidenceClaim { id: Some(id.to_owned()), ..EvidenceClaim::default() });
    }
    evidence.is_object().then(|| EvidenceClaim {
        id: text(evidence, "id"),
        name: text(evidence, "name"),
        description: text(evidence, "description"),
        narrative: text(evidence, "narrative"),
        genre: text(evidence, "genre"),
        audience: text(evidence, "audience"),
        digest: text(evidence, "digestMultibase").or_else(|| text(evidence, "digestSRI")),
    })
}
