//! What Open Badges 3.0 asks of results and links beyond any schema: that references lead somewhere, and that limits agree.
//!
//! A `resultDescription` of a result is one of the achievement's; `achievedLevel` is a rubric level of the achievement; a required level or value
//! is one that can be reached (sections B.1.17, B.1.18). A level may stand under another description than the result names, since the
//! specification's own complete sample does that. Vocabularies such as `achievementType` stay open.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::form::{many, one};
use super::format::{malformed, missing};
use super::secured::Refusal;
use crate::credential::context::iri;

const ACHIEVEMENT: &str = "credentialSubject.achievement";

/// Holds the subject of a badge to the rules about its achievement and results.
pub(super) fn check(subject: &Map<String, Value>, achievement: &Map<String, Value>) -> Result<(), Refusal> {
    let (mut descriptions, mut levels) = (HashSet::new(), HashSet::new());
    for (at, description) in many(achievement.get("resultDescription")).iter().enumerate() {
        let path = format!("{ACHIEVEMENT}.resultDescription[{at}]");
        let id = described(description, &path, &mut levels)?;
        if !descriptions.insert(id) {
            return Err(malformed(&format!("{path}.id"), "stands there twice"));
        }
    }
    for (at, result) in many(subject.get("result")).iter().enumerate() {
        let path = format!("credentialSubject.result[{at}]");
        refers(result, "resultDescription", &descriptions, &path, "leads to no resultDescription of the achievement")?;
        refers(result, "achievedLevel", &levels, &path, "leads to no rubricCriterionLevel of the achievement")?;
        alignments(result, &path)?;
    }
    alignments_of(achievement.get("alignment"), ACHIEVEMENT)
}

/// Holds the evidence of a badge to its form: an address, or an object that may have one.
pub(super) fn evidence(document: &Map<String, Value>) -> Result<(), Refusal> {
    for (at, evidence) in many(document.get("evidence")).iter().enumerate() {
        let path = format!("evidence[{at}]");
        match evidence {
            Value::String(_) => url(Some(evidence), &path)?,
            Value::Object(_) => url(evidence.get("id"), &format!("{path}.id"))?,
            _ => return Err(malformed(&path, "is neither an object nor an address")),
        }
    }
    Ok(())
}

/// One description of results; answers its id and adds the ids of its levels.
fn described<'a>(value: &'a Value, path: &str, levels: &mut HashSet<&'a str>) -> Result<&'a str, Refusal> {
    let id = text(value, "id").ok_or_else(|| missing(&format!("{path}.id")))?;
    let mut own = HashSet::new();
    for (at, level) in many(value.get("rubricCriterionLevel")).iter().enumerate() {
        let level = text(level, "id").ok_or_else(|| missing(&format!("{path}.rubricCriterionLevel[{at}].id")))?;
        own.insert(level);
    }
    refers(value, "requiredLevel", &own, path, "leads to none of its own rubricCriterionLevel")?;
    levels.extend(own);
    let number = |name| text(value, name).and_then(|text| text.parse::<f64>().ok()).filter(|number| number.is_finite());
    let (least, most, required) = (number("valueMin"), number("valueMax"), number("requiredValue"));
    if least.zip(most).is_some_and(|(least, most)| least > most) {
        return Err(malformed(&format!("{path}.valueMin"), "is more than valueMax"));
    }
    if required
        .is_some_and(|required| least.is_some_and(|least| required < least) || most.is_some_and(|most| required > most))
    {
        return Err(malformed(&format!("{path}.requiredValue"), "lies outside valueMin and valueMax"));
    }
    let allowed: HashSet<&str> = many(value.get("allowedValue")).iter().filter_map(Value::as_str).collect();
    if !allowed.is_empty() {
        refers(value, "requiredValue", &allowed, path, "is not among allowedValue")?;
    }
    alignments(value, path)?;
    Ok(id)
}

fn refers(value: &Value, name: &str, known: &HashSet<&str>, path: &str, else_it: &str) -> Result<(), Refusal> {
    match (value.get(name), text(value, name)) {
        (None, _) => Ok(()),
        (Some(_), Some(id)) if known.contains(id) => Ok(()),
        _ => Err(malformed(&format!("{path}.{name}"), else_it)),
    }
}

fn alignments(value: &Value, path: &str) -> Result<(), Refusal> {
    alignments_of(value.get("alignment"), path)
}

fn alignments_of(alignments: Option<&Value>, path: &str) -> Result<(), Refusal> {
    for (at, alignment) in many(alignments).iter().enumerate() {
        let path = format!("{path}.alignment[{at}].targetUrl");
        match alignment.get("targetUrl") {
            None => return Err(missing(&path)),
            target => url(target, &path)?,
        }
    }
    Ok(())
}

fn url(value: Option<&Value>, path: &str) -> Result<(), Refusal> {
    match value {
        None => Ok(()),
        Some(_) if one(value).and_then(Value::as_str).is_some_and(iri::is_well_formed) => Ok(()),
        Some(_) => Err(malformed(path, "is not a URL")),
    }
}

fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    one(value.get(name))?.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn told(subject: Value) -> String {
        let subject = subject.as_object().unwrap();
        let achievement = subject["achievement"].as_object().unwrap();
        check(subject, achievement)
            .err()
            .map_or_else(String::new, |refusal| refusal.message.split('`').nth(1).unwrap_or_default().to_owned())
    }

    fn description(more: Value) -> Value {
        let mut description = json!({"id": "urn:d", "rubricCriterionLevel": [{"id": "urn:l1"}, {"id": "urn:l2"}]});
        description.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        description
    }

    #[test]
    fn results_that_lead_to_what_the_achievement_describes_are_accepted() {
        for description in [
            description(json!({})),
            description(json!({"requiredLevel": "urn:l2"})),
            description(json!({"valueMin": "0", "valueMax": "100", "requiredValue": "60"})),
            description(json!({"valueMin": "7", "valueMax": "7", "requiredValue": "7"})),
            description(json!({"allowedValue": ["A", "B"], "requiredValue": "B"})),
            description(json!({"valueMin": "low", "valueMax": "high", "requiredValue": "middle"})),
        ] {
            let result = json!({"resultDescription": "urn:d", "achievedLevel": "urn:l1"});
            let alone = json!({"achievement": {"resultDescription": description}, "result": result});
            assert_eq!(told(alone), "");
            let listed =
                json!({"achievement": {"resultDescription": [description]}, "result": [result, {"value": "7"}]});
            assert_eq!(told(listed), "");
        }
        assert_eq!(told(json!({"achievement": {}})), "");
    }

    #[test]
    fn a_reference_that_leads_nowhere_and_limits_that_contradict_are_named() {
        let own = "credentialSubject.achievement.resultDescription[0]";
        for (more, name) in [
            (json!({"id": null}), "id"),
            (json!({"rubricCriterionLevel": {"name": "x"}}), "rubricCriterionLevel[0].id"),
            (json!({"requiredLevel": "urn:l3"}), "requiredLevel"),
            (json!({"requiredLevel": ["urn:l1", "urn:l2"]}), "requiredLevel"),
            (json!({"valueMin": "10", "valueMax": "9"}), "valueMin"),
            (json!({"valueMin": "10", "requiredValue": "9"}), "requiredValue"),
            (json!({"valueMax": "8", "requiredValue": "9"}), "requiredValue"),
            (json!({"allowedValue": ["A"], "requiredValue": "B"}), "requiredValue"),
            (json!({"alignment": {"targetName": "x"}}), "alignment[0].targetUrl"),
            (json!({"alignment": {"targetUrl": "skills/7"}}), "alignment[0].targetUrl"),
        ] {
            let subject = json!({"achievement": {"resultDescription": description(more)}});
            assert_eq!(told(subject), format!("{own}.{name}"));
        }
        let twice =
            json!({"achievement": {"resultDescription": [description(json!({})), description(json!({"name": "b"}))]}});
        assert_eq!(told(twice), "credentialSubject.achievement.resultDescription[1].id");
        for (result, name) in [
            (json!({"resultDescription": "urn:other"}), "resultDescription"),
            (json!({"achievedLevel": "urn:d"}), "achievedLevel"),
            (json!({"alignment": [{"targetUrl": "https://a.example"}, {"targetUrl": 7}]}), "alignment[1].targetUrl"),
        ] {
            let subject = json!({"achievement": {"resultDescription": description(json!({}))}, "result": result});
            assert_eq!(told(subject), format!("credentialSubject.result[0].{name}"));
        }
        assert_eq!(
            told(json!({"achievement": {}, "result": {"resultDescription": "urn:d"}})),
            "credentialSubject.result[0].resultDescription"
        );
        assert_eq!(
            told(json!({"achievement": {"alignment": {"targetUrl": "x y"}}})),
            "credentialSubject.achievement.alignment[0].targetUrl"
        );
    }

    #[test]
    fn evidence_is_an_address_or_an_object_whose_id_is_one() {
        let told = |value: Value| evidence(json!({"evidence": value}).as_object().unwrap()).is_ok();
        for good in [json!("https://a.example"), json!({"narrative": "x"}), json!([{"id": "urn:uuid:7"}, "urn:x"])] {
            assert!(told(good.clone()), "{good}");
        }
        for bad in [json!("x"), json!(7), json!({"id": "page 7"}), json!({"id": {}}), json!([{"id": "urn:x"}, true])] {
            assert!(!told(bad.clone()), "{bad}");
        }
    }
}
