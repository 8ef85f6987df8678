//! What else a badge says in a word or two, by the standard's names. The page shows each of them, so that a paper that says
//! something else is found out.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::claims::word;
use super::form::{many, one};

/// One further field.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, ToSchema)]
pub struct FurtherClaim {
    pub term: FurtherTerm,
    pub value: String,
}

/// Where each stands is its row in [`further`].
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq, Hash, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum FurtherTerm {
    AwardedDate,
    Role,
    Term,
    LicenseNumber,
    CreditsEarned,
    ActivityStartDate,
    ActivityEndDate,
    /// Who assessed it, where that was not the issuer.
    Source,
    FieldOfStudy,
    Specialization,
    HumanCode,
    CreditsAvailable,
    InLanguage,
    OtherIdentifier,
    /// An earlier version, or another achievement that this one is like.
    Related,
    /// Who made the achievement.
    Creator,
    IssuerDescription,
    IssuerEmail,
    IssuerPhone,
}

/// In the order of [`FurtherTerm`].
pub(super) fn further(credential: &Value, subject: &Value, achievement: Option<&Value>) -> Vec<FurtherClaim> {
    use FurtherTerm::*;
    let issuer = one(credential.get("issuer"));
    let rows = [
        (AwardedDate, Some(credential), "awardedDate"),
        (Role, Some(subject), "role"),
        (Term, Some(subject), "term"),
        (LicenseNumber, Some(subject), "licenseNumber"),
        (CreditsEarned, Some(subject), "creditsEarned"),
        (ActivityStartDate, Some(subject), "activityStartDate"),
        (ActivityEndDate, Some(subject), "activityEndDate"),
        (Source, Some(subject), "source"),
        (FieldOfStudy, achievement, "fieldOfStudy"),
        (Specialization, achievement, "specialization"),
        (HumanCode, achievement, "humanCode"),
        (CreditsAvailable, achievement, "creditsAvailable"),
        (InLanguage, achievement, "inLanguage"),
        (OtherIdentifier, achievement, "otherIdentifier"),
        (Related, achievement, "related"),
        (Creator, achievement, "creator"),
        (IssuerDescription, issuer, "description"),
        (IssuerEmail, issuer, "email"),
        (IssuerPhone, issuer, "phone"),
    ];
    let rows = rows.into_iter().filter_map(|(term, object, name)| Some((term, object?.get(name)?)));
    rows.flat_map(|(term, values)| {
        let values = many(Some(values)).iter().filter_map(spoken);
        values.map(move |value| FurtherClaim { term, value })
    })
    .collect()
}

/// A value as a few words; of an object its name or identifier, and what it is a version of.
fn spoken(value: &Value) -> Option<String> {
    match value {
        Value::Null | Value::Array(_) => None,
        Value::String(text) => Some(text.clone()),
        Value::Object(_) => {
            let words = ["name", "identifier", "identifierType", "version", "inLanguage", "id"];
            let words: Vec<String> = words.into_iter().filter_map(|name| word(value, name)).collect();
            (!words.is_empty()).then(|| words.join(", "))
        }
        other => Some(other.to_string()),
    }
}
