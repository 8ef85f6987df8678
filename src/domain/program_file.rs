//! A program as a file: TOML or JSON, read and checked whole before anything is written.
//!
//! Unknown keys are refused, and every fault is named by its place (`levels[2].validity`).

use super::{
    assessment::Assessment,
    field::{Faults, FieldError},
    framework,
    id::slug,
    level::{Alignment, Level, LevelContent, Program},
    period::Period,
    release::ReleaseFile,
    renewal::RenewalFile,
    requirement::{self, ElectiveGroup, Requirement, RequirementFile},
    rubric::{Competency, Rubric},
};
use jiff::civil::Date;
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
    /// How the versions come in that publishing this makes. It is about the change: a program that is written as a file has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub release: Option<ReleaseFile>,
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
    /// An SVG or PNG file beside the program file, or the picture itself ([`is_inline`]); the built-in laurel of the level's rung when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    /// ISO 8601, such as `P2Y`; for ever when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub validity: Option<String>,
    /// ISO 8601, such as `P90D`: how long before the end a renewal may be made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub renewal_window: Option<String>,
    /// A date such as `2027-06-30`, by which the criteria are to be looked at again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review_by: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alignments: Vec<AlignmentFile>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub competencies: Vec<Competency>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rubric: Option<Rubric>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requirements: Vec<RequirementFile>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub electives: Vec<ElectiveGroup>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assessment: Option<Assessment>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub renewal: Option<RenewalFile>,
}

/// A skill as it is written: in so many words, or as an item of a framework that was imported.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct AlignmentFile {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub framework: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// `framework:item`, and then nothing else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
}

/// A program whose every field holds.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckedProgram {
    pub id: String,
    pub name: String,
    pub description: String,
    pub accent: String,
    /// As it is written: what it means depends on the day it is published.
    pub release: ReleaseFile,
    pub levels: Vec<CheckedLevel>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct CheckedLevel {
    /// `{program}.{slug}`.
    pub id: String,
    /// The file of its picture; none for the built-in laurel.
    pub image: Option<String>,
    /// All but the picture, which is drawn when it is published, and the skills of `items`.
    pub content: LevelContent,
    /// Skills that are named as `framework:item`, with their place among the alignments; what they are is looked up when it is published.
    pub items: Vec<(usize, String)>,
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

/// Whether `image` is the picture itself, an SVG's text or a PNG as a data URL, and not the name of its file.
pub fn is_inline(image: &str) -> bool {
    image.trim_start().starts_with('<') || image.trim_start().starts_with("data:image/png;")
}

/// A published program as a file that publishes the same when it is read again. `images` has the `image` of each level that has
/// one of its own, by the level's id: its file, or the picture itself.
pub fn write(
    program: &Program,
    levels: &[Level],
    images: &HashMap<String, String>,
) -> Result<String, toml::ser::Error> {
    let prefix = format!("{}.", program.id);
    let level = |level: &Level| {
        let slug = level.id.strip_prefix(&prefix).unwrap_or(&level.id);
        LevelFile::of(slug, &level.content, images.get(&level.id).cloned())
    };
    toml::to_string_pretty(&ProgramFile {
        id: program.id.clone(),
        name: program.name.clone(),
        description: program.description.clone(),
        accent: Some(program.accent.clone()),
        release: None,
        levels: levels.iter().map(level).collect(),
    })
}

impl LevelFile {
    /// A level's content as it is written; `image` is the file of its picture.
    pub fn of(slug: &str, content: &LevelContent, image: Option<String>) -> Self {
        let content = content.clone();
        LevelFile {
            id: slug.to_owned(),
            name: content.name,
            description: content.description,
            criteria: content.criteria,
            image,
            validity: content.validity.map(|period| period.to_string()),
            renewal_window: content.renewal_window.map(|period| period.to_string()),
            review_by: content.review_by.map(|day| day.to_string()),
            tags: content.tags,
            alignments: content.alignments.into_iter().map(AlignmentFile::from).collect(),
            competencies: content.competencies,
            rubric: content.rubric,
            requirements: content.requirements.into_iter().map(RequirementFile::from).collect(),
            electives: content.electives,
            assessment: content.assessment,
            renewal: content.renewal.map(RenewalFile::from),
        }
    }
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
    check_prerequisites(&id, &levels, None, &mut faults);
    faults.or(CheckedProgram {
        id,
        name,
        description,
        accent,
        release: file.release.clone().unwrap_or_default(),
        levels,
    })
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
    let mut items = Vec::new();
    let mut alignments = Vec::new();
    for (n, written) in level.alignments.iter().enumerate() {
        alignments.push(check_alignment(written, &at(&format!("alignments[{n}]")), faults));
        items.extend(written.item.clone().map(|item| (n, item)));
    }
    let tags =
        level.tags.iter().enumerate().map(|(n, tag)| faults.text(&at(&format!("tags[{n}]")), tag, 60, false)).collect();
    check_competencies(&level.competencies, &at("competencies"), faults);
    let rubric = level.rubric.as_ref();
    if let Some(rubric) = rubric {
        rubric.check(&at("rubric"), faults);
    }
    let requirements =
        requirement::check((&level.requirements, &at("requirements")), (&level.electives, &at("electives")), faults);
    for (n, _) in level.requirements.iter().enumerate().filter(|(_, part)| part.submission && rubric.is_none()) {
        let field = at(&format!("requirements[{n}].submission"));
        faults.add(field, "asks for assessed work, and the level has no rubric to assess it by; add one");
    }
    if let Some(assessment) = &level.assessment {
        assessment.check(rubric, &at("assessment"), faults);
    }
    let endless = level.validity.is_none();
    let renewal = level.renewal.as_ref().map(|renewal| renewal.check(rubric, endless, &at("renewal"), faults));
    let review_by = level.review_by.as_ref().and_then(|text| {
        let day = text.parse::<Date>().map_err(|_| format!("“{text}” is not a date such as 2027-06-30"));
        faults.take(&at("review_by"), day)
    });
    let content = LevelContent {
        name: faults.text(&at("name"), &level.name, 100, false),
        description: faults.text(&at("description"), &level.description, 2_000, true),
        criteria: faults.text(&at("criteria"), &level.criteria, 20_000, true),
        image: String::new(),
        tags,
        alignments,
        competencies: level.competencies.clone(),
        rubric: level.rubric.clone(),
        requirements,
        electives: level.electives.clone(),
        assessment: level.assessment.clone(),
        renewal,
        review_by,
        validity,
        renewal_window,
    };
    CheckedLevel { id: format!("{program}.{slug}"), image: level.image.clone(), content, items }
}

/// What is to be looked up stays empty.
fn check_alignment(written: &AlignmentFile, at: &str, faults: &mut Faults) -> Alignment {
    let AlignmentFile { name, url, framework, code, item } = written;
    if let Some(item) = item {
        if framework::named(item).is_none() {
            faults.add(format!("{at}.item"), format!("“{item}” is not an item such as sfia:PROG"));
        }
        if name.is_some() || url.is_some() || framework.is_some() || code.is_some() {
            faults.add(format!("{at}.item"), "says it all; leave out name, url, framework and code");
        }
        return Alignment { name: String::new(), url: String::new(), framework: None, code: None };
    }
    let skill = Alignment {
        name: name.clone().unwrap_or_default(),
        url: url.clone().unwrap_or_default(),
        framework: framework.clone(),
        code: code.clone(),
    };
    faults.text(&format!("{at}.name"), &skill.name, 200, false);
    faults.url(&format!("{at}.url"), &skill.url);
    for (name, text) in [("framework", framework), ("code", code)] {
        text.as_ref().map(|text| faults.text(&format!("{at}.{name}"), text, 200, false));
    }
    skill
}

impl From<Alignment> for AlignmentFile {
    fn from(alignment: Alignment) -> Self {
        AlignmentFile {
            name: Some(alignment.name),
            url: Some(alignment.url),
            framework: alignment.framework,
            code: alignment.code,
            item: None,
        }
    }
}

/// Every prerequisite is a level that exists and that doesn't, by way of others, ask for this one. Those of other programs are looked
/// at when `published` says what there is.
pub fn check_prerequisites(program: &str, levels: &[CheckedLevel], published: Option<&[Level]>, faults: &mut Faults) {
    let others = || published.into_iter().flatten().filter(|level| level.program_id != program);
    let own = format!("{program}.");
    let exists = |id: &str| levels.iter().any(|level| level.id == id) || others().any(|level| level.id == id);
    let written = levels.iter().map(|level| (level.id.as_str(), &level.content));
    let known = others().map(|level| (level.id.as_str(), &level.content));
    let asks: HashMap<&str, Vec<&str>> =
        written.chain(known).map(|(id, content)| (id, prerequisites(content))).collect();
    for (n, level) in levels.iter().enumerate() {
        let content = &level.content;
        let renewal = content.renewal.iter().flat_map(|renewal| renewal.requirements.iter().enumerate());
        let first = content.requirements.iter().enumerate();
        let first = first.map(|(m, part)| (format!("levels[{n}].requirements[{m}].level"), part, true));
        let again = renewal.map(|(m, part)| (format!("levels[{n}].renewal.requirements[{m}].level"), part, false));
        for (field, part, first) in first.chain(again) {
            let Some(wanted) = part.prerequisite() else { continue };
            if !exists(wanted) {
                if published.is_some() || wanted.starts_with(&own) {
                    faults.add(field, format!("“{wanted}” is no level of this file and none that is published"));
                }
            } else if wanted == level.id {
                faults.add(field, "is the level itself, which nobody could hold before");
            } else if first && let Some(way) = requirement::way(&asks, wanted, &level.id) {
                faults.add(field, format!("asks for a level that asks for this one: {}", way.join(" → ")));
            }
        }
    }
}

fn prerequisites(content: &LevelContent) -> Vec<&str> {
    content.requirements.iter().filter_map(Requirement::prerequisite).collect()
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
        assert_eq!(program.levels[0].content.validity.unwrap().to_string(), "P2Y");
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

    const PATH: &str = r#"
[levels.assessment]
panel = 5
second_look = true
[levels.renewal]
assessed = false
grace = "P30D"
[[levels.renewal.requirements]]
id = "talk"
name = "Gives a talk"
routes = [{ id = "talk", name = "At the guild", kind = "demonstration", confirmed_by = "assessor" }]
[[levels.electives]]
id = "beyond"
name = "Beyond the code"
choose = 1
[[levels.requirements]]
id = "first"
name = "Another ladder first"
level = "data.analyst"
[[levels.requirements]]
id = "teaching"
name = "Teaches"
description = "Two hours or more."
group = "beyond"
[[levels.requirements.routes]]
id = "badge"
name = "A badge of the guild"
kind = "outside-badge"
issuer = "did:web:guild.example"
achievement = "https://guild.example/teacher"
"#;

    #[test]
    fn what_must_be_done_and_how_it_is_assessed_is_read_with_its_level() {
        let text = format!("{GOOD}review_by = \"2027-06-30\"\n{RUBRIC}{PATH}");
        let content = read(&text, false).unwrap().levels.remove(0).content;
        assert_eq!(content.requirements.len(), 2);
        assert_eq!(content.electives[0].choose, 1);
        assert_eq!(content.assessment_rule().map(|rule| (rule.panel, rule.days)), Some((5, 14)));
        assert_eq!(content.renewal.unwrap().requirements[0].id, "talk");
        assert_eq!(content.review_by.unwrap().to_string(), "2027-06-30");
        let faults = |from: &str, to: &str| {
            let refused = read(&text.replace(from, to), false).unwrap_err();
            refused.into_iter().map(|fault| fault.field).collect::<Vec<_>>()
        };
        assert_eq!(faults("2027-06-30", "June"), ["levels[0].review_by"]);
        assert_eq!(faults("panel = 5", "panel = 50"), ["levels[0].assessment.panel"]);
        assert_eq!(faults("P30D", "long"), ["levels[0].renewal.grace"]);
        assert_eq!(
            faults("\"demonstration\"", "\"outside-badge\""),
            ["levels[0].renewal.requirements[0].routes[0].issuer"]
        );
        assert_eq!(faults("data.analyst", "data"), ["levels[0].requirements[0].level"]);
        assert_eq!(faults("data.analyst", "craft.nobody"), ["levels[0].requirements[0].level"]);
        assert_eq!(faults("data.analyst", "craft.practitioner"), ["levels[0].requirements[0].level"]);
        let work = "[[levels.requirements]]\nid = \"work\"\nname = \"Work\"\nsubmission = true\n";
        let refused = read(&format!("{GOOD}{work}"), false).unwrap_err();
        assert_eq!(refused[0].field, "levels[0].requirements[0].submission");
    }

    #[test]
    fn levels_that_ask_for_one_another_are_refused_over_programs_too() {
        let asks = |level: &str| format!("[[levels.requirements]]\nid = \"a\"\nname = \"A\"\nlevel = \"{level}\"\n");
        let level =
            |id: &str| format!("[[levels]]\nid = \"{id}\"\nname = \"A\"\ndescription = \"A.\"\ncriteria = \"a\"\n");
        let ring = format!("{GOOD}{}{}{}", asks("craft.master"), level("master"), asks("craft.practitioner"));
        let refused = read(&ring, false).unwrap_err();
        let fields: Vec<_> = refused.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, ["levels[0].requirements[0].level", "levels[1].requirements[0].level"]);
        assert!(refused[0].message.ends_with("craft.master → craft.practitioner"), "{refused:?}");

        let program = read(&format!("{GOOD}{}", asks("data.analyst")), false).unwrap();
        let analyst = read(
            &format!(
                "{}{}",
                GOOD.replace("craft", "data").replace("practitioner", "analyst"),
                asks("craft.practitioner")
            ),
            false,
        );
        let published = |level: &CheckedLevel, program: &str| Level {
            id: level.id.clone(),
            program_id: program.into(),
            position: 1,
            version: 1,
            content: level.content.clone(),
        };
        let analyst = published(&analyst.unwrap().levels[0], "data");
        let told = |published: &[Level]| {
            let mut faults = Faults::default();
            check_prerequisites("craft", &program.levels, Some(published), &mut faults);
            faults.into_vec().into_iter().map(|fault| fault.message).collect::<Vec<_>>()
        };
        assert_eq!(told(&[]).len(), 1);
        assert!(told(std::slice::from_ref(&analyst))[0].ends_with("data.analyst → craft.practitioner"));
        let alone = Level { content: LevelContent::default(), ..analyst };
        assert!(told(&[alone]).is_empty());
    }

    #[test]
    fn what_is_written_is_read_again_as_it_was() {
        let text =
            format!("{GOOD}{RUBRIC}{PATH}[[levels.alignments]]\nname = \"Building\"\nurl = \"https://a.example/1\"\n");
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
                content: level.content.clone(),
            })
            .collect();
        let written = write(&published, &levels, &HashMap::new()).unwrap();
        assert_eq!(read(&written, false).unwrap(), program, "{written}");
    }

    #[test]
    fn a_rubric_is_read_with_its_level_and_its_faults_named_by_their_place() {
        let good = format!("{GOOD}{RUBRIC}");
        let level = read(&good, false).unwrap().levels.remove(0).content;
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
