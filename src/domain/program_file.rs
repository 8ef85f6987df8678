//! A program as a file: TOML or JSON, read and checked whole before anything is written.
//!
//! Unknown keys are refused, and every fault is named by its place (`levels[2].validity`).

use super::{
    field::{Faults, FieldError},
    id::slug,
    level::{Alignment, Level, Program},
    period::Period,
    rubric::{Competency, Rubric},
};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// The file as it is written.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ProgramFile {
    /// The slug of the program's address.
    pub id: String,
    pub name: String,
    pub description: String,
    /// `#rrggbb`; laurel green when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accent: Option<String>,
    /// From the first rung up.
    pub levels: Vec<LevelFile>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct LevelFile {
    pub id: String,
    pub name: String,
    pub description: String,
    /// Markdown.
    pub criteria: String,
    /// An SVG or PNG file beside the program file; the built-in laurel of the level's rung when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    /// ISO 8601, such as `P2Y`; for ever when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub validity: Option<String>,
    /// ISO 8601, such as `P90D`: how long before the end a renewal may be made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub renewal_window: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alignments: Vec<Alignment>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub competencies: Vec<Competency>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rubric: Option<Rubric>,
}

/// A program whose every field holds.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckedProgram {
    pub id: String,
    pub name: String,
    pub description: String,
    pub accent: String,
    /// What is new, in a sentence, for the versions that publishing this makes. Not in the file, which outlives the change.
    pub summary: Option<String>,
    pub levels: Vec<CheckedLevel>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct CheckedLevel {
    /// `{program}.{slug}`.
    pub id: String,
    pub name: String,
    pub description: String,
    pub criteria: String,
    pub image: Option<String>,
    pub validity: Option<Period>,
    pub renewal_window: Option<Period>,
    pub tags: Vec<String>,
    pub alignments: Vec<Alignment>,
    pub competencies: Vec<Competency>,
    pub rubric: Option<Rubric>,
}

/// The accent of a program that names none.
const LAUREL_GREEN: &str = "#2F5D3A";

/// Reads `text` as JSON when `json`, else as TOML.
pub fn read(text: &str, json: bool) -> Result<CheckedProgram, Vec<FieldError>> {
    let unreadable = |why: String| vec![FieldError::new("file", why)];
    let file: ProgramFile = if json {
        serde_json::from_str(text).map_err(|why| unreadable(format!("can't be read as JSON: {why}")))?
    } else {
        toml::from_str(text).map_err(|why| unreadable(format!("can't be read as TOML: {}", why.to_string().trim())))?
    };
    check(&file)
}

/// A published program as a file that publishes the same when it is read again. `images` names the picture file of each level
/// that has one of its own, by the level's id.
pub fn write(
    program: &Program,
    levels: &[Level],
    images: &HashMap<String, String>,
) -> Result<String, toml::ser::Error> {
    let prefix = format!("{}.", program.id);
    let level = |level: &Level| {
        let content = &level.content;
        LevelFile {
            id: level.id.strip_prefix(&prefix).unwrap_or(&level.id).to_owned(),
            name: content.name.clone(),
            description: content.description.clone(),
            criteria: content.criteria.clone(),
            image: images.get(&level.id).cloned(),
            validity: content.validity.map(|period| period.to_string()),
            renewal_window: content.renewal_window.map(|period| period.to_string()),
            tags: content.tags.clone(),
            alignments: content.alignments.clone(),
            competencies: content.competencies.clone(),
            rubric: content.rubric.clone(),
        }
    };
    toml::to_string_pretty(&ProgramFile {
        id: program.id.clone(),
        name: program.name.clone(),
        description: program.description.clone(),
        accent: Some(program.accent.clone()),
        levels: levels.iter().map(level).collect(),
    })
}

fn check(file: &ProgramFile) -> Result<CheckedProgram, Vec<FieldError>> {
    let mut faults = Faults::default();
    let id = faults.take("id", slug(&file.id)).unwrap_or_default().to_owned();
    let name = faults.text("name", &file.name, 100, false);
    let description = faults.text("description", &file.description, 2_000, true);
    let accent = file.accent.clone().unwrap_or_else(|| LAUREL_GREEN.to_owned());
    if !is_colour(&accent) {
        faults.add("accent", format!("“{accent}” is not a colour such as #2F5D3A"));
    }
    if !(1..=12).contains(&file.levels.len()) {
        faults.add("levels", format!("has {} levels; a program has 1 to 12", file.levels.len()));
    }
    let mut levels: Vec<CheckedLevel> = Vec::new();
    for (place, level) in file.levels.iter().enumerate() {
        let level = check_level(&id, place, level, &mut faults);
        if levels.iter().any(|earlier| earlier.id == level.id) {
            faults.add(format!("levels[{place}].id"), "is used by an earlier level; give each its own");
        }
        levels.push(level);
    }
    faults.or(CheckedProgram { id, name, description, accent, summary: None, levels })
}

fn check_level(program: &str, place: usize, level: &LevelFile, faults: &mut Faults) -> CheckedLevel {
    let at = |name: &str| format!("levels[{place}].{name}");
    let slug = faults.take(&at("id"), slug(&level.id)).unwrap_or_default();
    let mut period =
        |name: &str, text: &Option<String>| text.as_ref().and_then(|text| faults.take(&at(name), Period::parse(text)));
    let (validity, renewal_window) =
        (period("validity", &level.validity), period("renewal_window", &level.renewal_window));
    if level.renewal_window.is_some() && level.validity.is_none() {
        faults.add(at("renewal_window"), "needs a validity: a level that never ends is never renewed");
    }
    if level.tags.len() > 30 || level.alignments.len() > 30 {
        faults.add(at("tags"), "more than 30 tags or alignments are too many to show");
    }
    for (n, alignment) in level.alignments.iter().enumerate() {
        faults.text(&at(&format!("alignments[{n}].name")), &alignment.name, 200, false);
        faults.url(&at(&format!("alignments[{n}].url")), &alignment.url);
        for (name, text) in [("framework", &alignment.framework), ("code", &alignment.code)] {
            text.as_ref().map(|text| faults.text(&at(&format!("alignments[{n}].{name}")), text, 200, false));
        }
    }
    let tags =
        level.tags.iter().enumerate().map(|(n, tag)| faults.text(&at(&format!("tags[{n}]")), tag, 60, false)).collect();
    check_competencies(&level.competencies, &at("competencies"), faults);
    if let Some(rubric) = &level.rubric {
        rubric.check(&at("rubric"), faults);
    }
    CheckedLevel {
        id: format!("{program}.{slug}"),
        name: faults.text(&at("name"), &level.name, 100, false),
        description: faults.text(&at("description"), &level.description, 2_000, true),
        criteria: faults.text(&at("criteria"), &level.criteria, 20_000, true),
        image: level.image.clone(),
        validity,
        renewal_window,
        tags,
        alignments: level.alignments.clone(),
        competencies: level.competencies.clone(),
        rubric: level.rubric.clone(),
    }
}

fn check_competencies(competencies: &[Competency], at: &str, faults: &mut Faults) {
    if competencies.len() > 30 {
        faults.add(at, format!("has {} competencies; at most 30 can be shown", competencies.len()));
    }
    for (n, competency) in competencies.iter().enumerate() {
        faults.text(&format!("{at}[{n}].name"), &competency.name, 200, false);
        if competency.indicators.len() > 20 {
            faults.add(format!("{at}[{n}].indicators"), "more than 20 indicators are too many to show");
        }
        for (m, indicator) in competency.indicators.iter().enumerate() {
            faults.text(&format!("{at}[{n}].indicators[{m}]"), indicator, 500, false);
        }
    }
}

fn is_colour(text: &str) -> bool {
    text.len() == 7 && text.starts_with('#') && text.bytes().skip(1).all(|b| b.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::level::LevelContent;

    const GOOD: &str = r#"
id = "craft"
name = "Software craft"
description = "How we build."
[[levels]]
id = "practitioner"
name = "Practitioner"
description = "Builds well with help."
criteria = "* ships"
validity = "P2Y"
renewal_window = "P90D"
"#;

    #[test]
    fn a_program_reads_from_toml_and_its_levels_have_full_ids() {
        let program = read(GOOD, false).unwrap();
        assert_eq!(program.levels[0].id, "craft.practitioner");
        assert_eq!(program.levels[0].validity.unwrap().to_string(), "P2Y");
        assert_eq!(program.accent, "#2F5D3A");
    }

    #[test]
    fn each_fault_names_its_place() {
        let bad =
            GOOD.replace("P2Y", "two years").replace("\"craft\"", "\"Craft!\"").replace("\"Practitioner\"", "\"\"");
        let fields: Vec<_> = read(&bad, false).unwrap_err().into_iter().map(|fault| fault.field).collect();
        assert_eq!(fields, ["id", "levels[0].validity", "levels[0].name"]);
    }

    #[test]
    fn what_a_badge_could_not_carry_is_refused_with_its_place() {
        let bad = format!(
            "{GOOD}[[levels.alignments]]\nname = \"Building\"\nurl = \"https://skills.example/{{1}}\"\ncode = \"\\uFFFF\"\n"
        );
        let fields: Vec<_> = read(&bad, false).unwrap_err().into_iter().map(|fault| fault.field).collect();
        assert_eq!(fields, ["levels[0].alignments[0].url", "levels[0].alignments[0].code"]);
    }

    const RUBRIC: &str = r#"
[[levels.competencies]]
name = "Delivers"
indicators = ["Ships small changes."]
[levels.rubric]
grades = ["Not yet", "Solid"]
threshold = 50
[[levels.rubric.criteria]]
id = "testing"
name = "Knows that it works"
weight = 3
required = "Solid"
described = ["Hopes.", "Has tests."]
"#;

    #[test]
    fn what_is_written_is_read_again_as_it_was() {
        let text = format!("{GOOD}{RUBRIC}[[levels.alignments]]\nname = \"Building\"\nurl = \"https://a.example/1\"\n");
        let program = read(&text, false).unwrap();
        let published = Program {
            id: program.id.clone(),
            issuer_id: "i".into(),
            name: program.name.clone(),
            description: program.description.clone(),
            accent: program.accent.clone(),
        };
        let levels: Vec<Level> = program
            .levels
            .iter()
            .map(|level| Level {
                id: level.id.clone(),
                program_id: "craft".into(),
                position: 1,
                version: 7,
                content: LevelContent {
                    name: level.name.clone(),
                    description: level.description.clone(),
                    criteria: level.criteria.clone(),
                    image: "0".into(),
                    tags: level.tags.clone(),
                    alignments: level.alignments.clone(),
                    competencies: level.competencies.clone(),
                    rubric: level.rubric.clone(),
                    validity: level.validity,
                    renewal_window: level.renewal_window,
                },
            })
            .collect();
        let written = write(&published, &levels, &HashMap::new()).unwrap();
        assert_eq!(read(&written, false).unwrap(), program, "{written}");
    }

    #[test]
    fn a_rubric_is_read_with_its_level_and_its_faults_named_by_their_place() {
        let good = format!("{GOOD}{RUBRIC}");
        let level = read(&good, false).unwrap().levels.remove(0);
        assert_eq!(level.rubric.unwrap().criteria[0].weight, 3);
        assert_eq!(level.competencies[0].indicators, ["Ships small changes."]);
        let bad = good.replace("required = \"Solid\"", "required = \"Great\"").replace("\"Delivers\"", "\"\"");
        let fields: Vec<_> = read(&bad, false).unwrap_err().into_iter().map(|fault| fault.field).collect();
        assert_eq!(fields, ["levels[0].competencies[0].name", "levels[0].rubric.criteria[0].required"]);
    }

    #[test]
    fn an_unknown_key_and_a_double_level_are_refused() {
        assert!(read(&GOOD.replace("criteria =", "criterion ="), false).is_err());
        let twice = format!("{GOOD}{}", &GOOD[GOOD.find("[[").unwrap()..]);
        assert_eq!(read(&twice, false).unwrap_err()[0].field, "levels[1].id");
        assert!(read("{\"id\":1}", true).is_err());
    }
}
