//! How an achievement was assessed, as the badge says it: the results, each with the description it belongs to and the levels of its rubric
//! (Open Badges 3.0, Result and ResultDescription).

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::claims::{alignment, text, word};
use super::form::{many, one};
use super::report::AlignmentClaim;

/// One result, or a kind of result that was possible and is not told. What the standard keeps in two places stands here together.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq, ToSchema)]
pub struct ResultClaim {
    /// What was assessed.
    pub name: Option<String>,
    /// A term of the standard, such as `RubricCriterionLevel` or `Percent`.
    pub result_type: Option<String>,
    /// What was reached, where it is a value.
    pub value: Option<String>,
    /// A term of the standard, such as `Completed`.
    pub status: Option<String>,
    /// What was reached, where it is a level of the rubric.
    pub achieved_level: Option<LevelClaim>,
    pub required_level: Option<LevelClaim>,
    pub required_value: Option<String>,
    pub value_min: Option<String>,
    pub value_max: Option<String>,
    /// From the lowest to the highest.
    pub allowed_values: Vec<String>,
    /// Every level of the rubric.
    pub levels: Vec<LevelClaim>,
    pub alignments: Vec<AlignmentClaim>,
}

/// A level of a rubric.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq, ToSchema)]
pub struct LevelClaim {
    pub name: String,
    pub level: Option<String>,
    pub description: Option<String>,
    pub points: Option<String>,
}

/// The results of a subject, then the kinds of result that its achievement describes beside them.
pub(super) fn results(subject: &Value, achievement: &Value) -> Vec<ResultClaim> {
    let described: Vec<&Value> =
        many(achievement.get("resultDescription")).iter().filter(|it| it.is_object()).collect();
    let mut told = vec![false; described.len()];
    let mut results = Vec::new();
    for result in many(subject.get("result")).iter().filter(|it| it.is_object()) {
        let wanted = text(result, "resultDescription");
        let place = described.iter().position(|it| wanted.is_some() && text(it, "id") == wanted);
        if let Some(told) = place.and_then(|place| told.get_mut(place)) {
            *told = true;
        }
        let description = place.and_then(|place| described.get(place).copied());
        let mut claim = description.map_or_else(ResultClaim::default, possible);
        claim.value = word(result, "value");
        claim.status = word(result, "status");
        claim.achieved_level = text(result, "achievedLevel").map(|id| level_named(&described, id));
        claim.alignments.extend(many(result.get("alignment")).iter().filter_map(alignment));
        results.push(claim);
    }
    let untold = described.iter().zip(told).filter(|(_, told)| !told);
    results.extend(untold.map(|(description, _)| possible(description)));
    results
}

/// What a description says, without a result.
fn possible(description: &Value) -> ResultClaim {
    ResultClaim {
        name: text(description, "name"),
        result_type: text(description, "resultType"),
        required_level: text(description, "requiredLevel").map(|id| level_named(&[description], id)),
        required_value: word(description, "requiredValue"),
        value_min: word(description, "valueMin"),
        value_max: word(description, "valueMax"),
        allowed_values: many(description.get("allowedValue")).iter().filter_map(scalar).collect(),
        levels: many(description.get("rubricCriterionLevel")).iter().filter_map(level).collect(),
        alignments: many(description.get("alignment")).iter().filter_map(alignment).collect(),
        ..ResultClaim::default()
    }
}

/// The level with this id, which may stand under another description than the result's; one that no rubric lists goes by its id.
fn level_named(descriptions: &[&Value], id: String) -> LevelClaim {
    let mut levels = descriptions.iter().flat_map(|description| many(description.get("rubricCriterionLevel")));
    let found = levels.find(|level| text(level, "id").as_deref() == Some(&id)).and_then(level);
    found.unwrap_or_else(|| LevelClaim { name: id, ..LevelClaim::default() })
}

fn level(level: &Value) -> Option<LevelClaim> {
    Some(LevelClaim {
        name: text(level, "name")?,
        level: word(level, "level"),
        description: text(level, "description"),
        points: word(level, "points"),
    })
}

fn scalar(value: &Value) -> Option<String> {
    one(Some(value)).filter(|value| !value.is_object()).map(|value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    })
}
