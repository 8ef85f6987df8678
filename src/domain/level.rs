//! Programs and their ordered levels. A level's published content is a *version* that never changes: an award points
//! at the version it was given under, so its credential can always be made again to the same bytes.

use super::{
    assessment::Assessment,
    period::Period,
    renewal::Renewal,
    requirement::{ElectiveGroup, Requirement},
    rubric::{Competency, Rubric},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq)]
pub struct Program {
    /// The slug of `/programs/{id}`.
    pub id: String,
    pub issuer_id: String,
    pub name: String,
    pub description: String,
    /// The one accent colour of its pictures, `#rrggbb`.
    pub accent: String,
}

/// A level in its current version.
#[derive(Clone, Debug, PartialEq)]
pub struct Level {
    /// `{program}.{slug}`, the last part of `/achievements/{id}`.
    pub id: String,
    pub program_id: String,
    /// 1 is the first rung of the ladder.
    pub position: i64,
    /// 1 for the first published content, then 2 …
    pub version: i64,
    pub content: LevelContent,
}

/// What is published of a level. Serialised as JSON for the store: two contents are the same when their JSON is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LevelContent {
    pub name: String,
    pub description: String,
    /// Markdown.
    pub criteria: String,
    /// SHA-256 (hex) of the picture's clean SVG: `/images/{image}.svg` and `.png`.
    pub image: String,
    #[serde(default)]
    pub tags: Vec<String>,
    #[serde(default)]
    pub alignments: Vec<Alignment>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub competencies: Vec<Competency>,
    /// What an assessment looks at; a level without one is given by its criteria alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rubric: Option<Rubric>,
    /// What must be done before an assessment, in the order it is shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requirements: Vec<Requirement>,
    /// The groups of which only some requirements are needed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub electives: Vec<ElectiveGroup>,
    /// See [`LevelContent::assessment_rule`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assessment: Option<Assessment>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renewal: Option<Renewal>,
    /// The day by which its criteria are to be looked at again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review_by: Option<Date>,
    /// How long an award lasts; none is for ever.
    pub validity: Option<Period>,
    /// How long before its end an award may be renewed with the new one extending from the old end.
    pub renewal_window: Option<Period>,
}

impl LevelContent {
    /// Whether the managers of those who hold it are reminded of its end.
    pub fn reminds_manager(&self) -> bool {
        self.renewal.as_ref().is_some_and(|renewal| renewal.remind_manager)
    }

    /// How it is assessed; a level with a rubric that says nothing is assessed as usual.
    pub fn assessment_rule(&self) -> Option<Assessment> {
        self.rubric.as_ref().map(|_| self.assessment.clone().unwrap_or_default())
    }
}

/// A skill of an outside framework that the level shows (OB 3.0 §B.4 Alignment).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Alignment {
    pub name: String,
    pub url: String,
    pub framework: Option<String>,
    pub code: Option<String>,
}

impl Serialize for Period {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        Period::parse(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_that_asks_for_nothing_new_is_kept_in_the_same_bytes_as_ever() {
        let content = LevelContent { name: "Practitioner".into(), ..LevelContent::default() };
        let kept = r#"{"name":"Practitioner","description":"","criteria":"","image":"","tags":[],"alignments":[],"validity":null,"renewal_window":null}"#;
        assert_eq!(serde_json::to_string(&content).unwrap(), kept);
        assert_eq!(serde_json::from_str::<LevelContent>(kept).unwrap(), content);
    }
}
