//! How a program's certificates look: a few choices, each of which leaves a certificate that can be read and that says the same.

use super::{
    art::Colour,
    field::{Faults, FieldError},
};
use serde::{Deserialize, Serialize};

/// The paper that certificates are drawn on.
pub const GROUND: Colour = Colour::of(0xfb, 0xfa, 0xf6);
/// Of text against its ground (WCAG 2.2, 1.4.3).
const LEAST_CONTRAST: f64 = 4.5;
const LONGEST_WORDS: usize = 60;
const LONGEST_NAME: usize = 80;

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Look {
    /// Of what is neither words nor state; laurel green when there is none.
    pub accent: Option<Colour>,
    pub paper: Paper,
    /// What stands above the name in place of “awarded to”, in each language of the pages; empty for that.
    pub words_en: String,
    pub words_de: String,
    /// Who signs for the issuer, and as what; empty for nobody.
    pub signatory: String,
    pub signatory_title: String,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Paper {
    #[default]
    A4,
    Letter,
}

/// As it is asked for.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct LookRequest {
    pub accent: String,
    pub paper: String,
    pub words_en: String,
    pub words_de: String,
    pub signatory: String,
    pub signatory_title: String,
}

impl Look {
    /// The look, or all that is wrong with it.
    pub fn checked(asked: &LookRequest) -> Result<Look, Vec<FieldError>> {
        let mut faults = Faults::default();
        let accent = faults.take("accent", accent(&asked.accent)).flatten();
        let paper = faults.take("paper", Paper::parse(&asked.paper)).unwrap_or_default();
        let mut words = |field: &str, text: &str, most| match text.trim() {
            "" => String::new(),
            text => faults.text(field, text, most, false),
        };
        let look = Look {
            accent,
            paper,
            words_en: words("words_en", &asked.words_en, LONGEST_WORDS),
            words_de: words("words_de", &asked.words_de, LONGEST_WORDS),
            signatory: words("signatory", &asked.signatory, LONGEST_NAME),
            signatory_title: words("signatory_title", &asked.signatory_title, LONGEST_NAME),
        };
        if look.signatory.is_empty() && !look.signatory_title.is_empty() {
            faults.add("signatory", "is missing: a title alone signs nothing");
        }
        faults.or(look)
    }

    pub fn accent(&self) -> Colour {
        self.accent.unwrap_or_default()
    }

    /// The words above the name in a language, where they are not the usual ones.
    pub fn words(&self, language: &str) -> Option<&str> {
        let words = if language == "de" { &self.words_de } else { &self.words_en };
        Some(words.as_str()).filter(|words| !words.is_empty())
    }
}

impl Paper {
    pub const ALL: [Paper; 2] = [Paper::A4, Paper::Letter];

    pub fn as_str(self) -> &'static str {
        match self {
            Paper::A4 => "a4",
            Paper::Letter => "letter",
        }
    }

    fn parse(text: &str) -> Result<Self, &'static str> {
        match text {
            "" => Ok(Paper::A4),
            text => Paper::ALL.into_iter().find(|paper| paper.as_str() == text).ok_or("is neither a4 nor letter"),
        }
    }
}

fn accent(text: &str) -> Result<Option<Colour>, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let colour = Colour::read(text).ok_or("is not a colour such as #2f5d3a")?;
    let contrast = colour.contrast(GROUND);
    if contrast < LEAST_CONTRAST {
        return Err(format!(
            "is too pale to be read: its contrast to the paper is {contrast:.1} : 1, and at least {LEAST_CONTRAST} : 1 is needed"
        ));
    }
    Ok(Some(colour))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(change: impl FnOnce(&mut LookRequest)) -> Result<Look, Vec<String>> {
        let mut request = LookRequest::default();
        change(&mut request);
        Look::checked(&request).map_err(|faults| faults.into_iter().map(|fault| fault.field).collect())
    }

    #[test]
    fn nothing_asked_for_is_the_usual_look() {
        let look = asked(|_| {}).unwrap();
        assert_eq!(look, Look::default());
        assert_eq!((look.accent().to_string().as_str(), look.words("de")), ("#2f5d3a", None));
    }

    #[test]
    fn a_colour_must_be_read_on_paper() {
        assert_eq!(asked(|look| look.accent = "#8A3B5C".into()).unwrap().accent().to_string(), "#8a3b5c");
        for wrong in ["#d9ae4f", "#ffffff", "#808080", "red", "#12345", "#1234567", "url(#x)"] {
            assert_eq!(asked(|look| look.accent = wrong.into()), Err(vec!["accent".into()]), "{wrong}");
        }
    }

    #[test]
    fn all_that_is_wrong_is_said_at_once() {
        let faults = asked(|look| {
            look.paper = "a3".into();
            look.words_de = "x".repeat(61);
            look.words_en = "a\u{7}b".into();
            look.signatory_title = "Dean".into();
        });
        assert_eq!(faults.unwrap_err(), ["paper", "words_en", "words_de", "signatory"]);
    }

    #[test]
    fn a_look_comes_back_as_it_was_kept() {
        let look = asked(|look| {
            look.accent = "#2b5c8a".into();
            look.paper = "letter".into();
            look.words_de = "geht an".into();
            look.signatory = "Ada Obi".into();
        });
        let look = look.unwrap();
        let text = serde_json::to_string(&look).unwrap();
        assert_eq!(serde_json::from_str::<Look>(&text).unwrap(), look);
        assert_eq!((look.words("de"), look.words("en")), (Some("geht an"), None));
    }
}
