//! What a person says for someone's badge, or for one skill in it: a manager, a colleague or a client, in their own name. It is seen by others once the
//! badge's holder shows it, and its endorser can withdraw it.

use super::{
    field::{Faults, FieldError},
    spelled::spelled,
};
use jiff::Timestamp;

/// In characters.
pub const LONGEST: usize = 2_000;
const LONGEST_NAME: usize = 120;

spelled! {
    /// What the endorser is to the holder, as this service knows it.
    Relation, none_of, {
        /// Above them in the directory.
        Manager => "manager",
        /// Anyone else of the directory.
        Peer => "peer",
        /// Someone outside, who was reached by mail.
        Client => "client",
    }
}

spelled! {
    /// What the holder decided.
    Standing, none_of, {
        Waiting => "waiting",
        Shown => "shown",
        Hidden => "hidden",
        Declined => "declined",
    }
}

fn none_of(text: &str, known: &[&str]) -> String {
    format!("“{text}” is none of {}", known.join(", "))
}

#[derive(Clone, Debug, PartialEq)]
pub struct PersonalEndorsement {
    pub id: String,
    pub endorser_id: String,
    pub award_id: String,
    /// Which of the skills of the award's level, from 1; none where the whole badge is meant.
    pub skill: Option<u32>,
    pub relation: Relation,
    /// Of the endorser, as it stands in the credential.
    pub name: String,
    pub comment: String,
    /// BCP 47.
    pub language: String,
    pub issued_at: Timestamp,
    pub verification_method: String,
    /// In the list of its endorser.
    pub status_index: u32,
    /// The signed credential, byte for byte as it is given out; empty once its endorser or its badge's holder was erased.
    pub credential: String,
    pub standing: Standing,
    pub withdrawn_at: Option<Timestamp>,
}

impl PersonalEndorsement {
    pub fn is_erased(&self) -> bool {
        self.credential.is_empty()
    }

    /// Whether others see it.
    pub fn is_seen(&self) -> bool {
        self.standing == Standing::Shown && self.withdrawn_at.is_none() && !self.is_erased()
    }
}

/// What is said, as it was typed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Words {
    /// Of someone outside; a colleague's is known.
    pub name: String,
    pub comment: String,
    pub language: String,
    /// Empty where the whole badge is meant.
    pub skill: String,
}

/// Without a fault.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckedWords {
    pub name: String,
    pub comment: String,
    pub language: String,
    pub skill: Option<u32>,
}

impl Words {
    /// `name` is the endorser's where it is known; `skills` how many the level has.
    pub fn check(&self, name: Option<&str>, skills: usize) -> Result<CheckedWords, Vec<FieldError>> {
        let mut faults = Faults::default();
        let name = match name {
            Some(known) => known.to_owned(),
            None => faults.text("name", &self.name, LONGEST_NAME, false),
        };
        let comment = faults.text("comment", &self.comment, LONGEST, true);
        let language = faults.take("language", language(&self.language)).unwrap_or_default();
        let skill = faults.take("skill", skill(&self.skill, skills)).flatten();
        faults.or(CheckedWords { name, comment, language, skill })
    }
}

/// A skill by its number, from 1; none for nothing.
pub fn skill(typed: &str, skills: usize) -> Result<Option<u32>, String> {
    if typed.is_empty() {
        return Ok(None);
    }
    let number = typed.parse::<u32>().ok().filter(|number| (1..=skills).contains(&(*number as usize)));
    number.map(Some).ok_or_else(|| "is none of this badge’s skills".to_owned())
}

/// A language tag that is well-formed by BCP 47, as far as people's languages need it.
fn language(tag: &str) -> Result<String, String> {
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or_default();
    let plain = (2..=3).contains(&first.len()) && first.bytes().all(|byte| byte.is_ascii_lowercase());
    let rest = parts.all(|part| (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    if plain && rest && tag.len() <= 35 { Ok(tag.to_owned()) } else { Err("is not a language tag such as en".into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_is_bounded_and_every_fault_is_named() {
        let words = Words {
            name: " Jo Bloggs ".into(),
            comment: "Did it well.".into(),
            language: "pt-BR".into(),
            skill: "2".into(),
        };
        let checked = words.check(None, 2).unwrap();
        assert_eq!((checked.name.as_str(), checked.skill), ("Jo Bloggs", Some(2)));
        assert_eq!(words.check(Some("Ada Obi"), 2).unwrap().name, "Ada Obi");
        let bad = Words { name: "".into(), comment: "x".repeat(2_001), language: "English".into(), skill: "3".into() };
        let fields: Vec<String> = bad.check(None, 2).unwrap_err().into_iter().map(|fault| fault.field).collect();
        assert_eq!(fields, ["name", "comment", "language", "skill"]);
        assert_eq!(skill("", 0), Ok(None));
        assert!(skill("0", 3).is_err() && skill("-1", 3).is_err());
    }
}
