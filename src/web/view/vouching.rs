//! Endorsements by people: what a holder decides, what someone writes, and what they said.

use askama::Template;
use std::borrow::Cow;

use super::Site;
use crate::credential::verify::Check;
use crate::domain::field::FieldError;
use crate::domain::level::Alignment;
use crate::domain::personal_endorsement::{LONGEST, PersonalEndorsement, Relation, Standing};
use crate::store::personal_endorsements::Ask;
use crate::web::text::Text;

/// Languages to choose from, each in its own words; any other tag can be had by a program.
const LANGUAGES: [(&str, &str); 14] = [
    ("en", "English"),
    ("de", "Deutsch"),
    ("fr", "Français"),
    ("es", "Español"),
    ("it", "Italiano"),
    ("pt", "Português"),
    ("nl", "Nederlands"),
    ("pl", "Polski"),
    ("cs", "Čeština"),
    ("tr", "Türkçe"),
    ("uk", "Українська"),
    ("ar", "العربية"),
    ("zh", "中文"),
    ("ja", "日本語"),
];

/// One that others see, on the badge's page.
pub struct PersonalSaid {
    pub said: PersonalEndorsement,
    pub skill: Option<String>,
    /// The first check that it does not pass.
    pub fault: Option<Check>,
}

impl PersonalSaid {
    pub fn who(&self, t: &Text) -> Cow<'static, str> {
        relation(self.said.relation, t)
    }

    pub fn paragraphs(&self) -> Vec<&str> {
        paragraphs(&self.said.comment)
    }
}

/// A holder's page of one badge.
#[derive(Template)]
#[template(path = "endorsed.html")]
pub struct EndorsedPage {
    pub site: Site,
    pub id: String,
    pub title: String,
    pub skills: Vec<Alignment>,
    pub said: Vec<SaidRow>,
    /// Who has not answered yet.
    pub asked: Vec<Ask>,
    pub form: AskForm,
    pub faults: Vec<FieldError>,
}

pub struct SaidRow {
    pub said: PersonalEndorsement,
}

#[derive(Default)]
pub struct AskForm {
    pub name: String,
    pub email: String,
    pub skill: String,
}

impl EndorsedPage {
    fn at(&self, field: &str) -> Option<Cow<'static, str>> {
        fault(&self.faults, field, &self.site.text)
    }

    fn skill(&self, skill: &Option<u32>) -> Option<&str> {
        skill_name(&self.skills, *skill)
    }

    fn is_asked_for(&self, number: &usize) -> bool {
        self.form.skill == number.to_string()
    }
}

impl SaidRow {
    fn who(&self, t: &Text) -> Cow<'static, str> {
        relation(self.said.relation, t)
    }

    fn state(&self, t: &Text) -> Cow<'static, str> {
        state(&self.said, t)
    }

    /// What the holder can decide now, each with the key of its words.
    fn choices(&self) -> &'static [(Standing, &'static str)] {
        if self.said.withdrawn_at.is_some() {
            return &[];
        }
        match self.said.standing {
            Standing::Waiting => &[(Standing::Shown, "endorsed-show"), (Standing::Declined, "endorsed-decline")],
            Standing::Shown => &[(Standing::Hidden, "endorsed-hide")],
            Standing::Hidden | Standing::Declined => &[(Standing::Shown, "endorsed-show")],
        }
    }

    fn paragraphs(&self) -> Vec<&str> {
        paragraphs(&self.said.comment)
    }
}

/// The form in which someone endorses.
#[derive(Template)]
#[template(path = "endorse.html")]
pub struct EndorsePage {
    pub site: Site,
    /// Where the form goes.
    pub url: String,
    pub title: String,
    pub image_url: String,
    pub holder: String,
    pub relation: Relation,
    pub name: String,
    pub skills: Vec<Alignment>,
    pub form: EndorseForm,
    pub faults: Vec<FieldError>,
}

#[derive(Default)]
pub struct EndorseForm {
    pub name: String,
    pub comment: String,
    pub language: String,
    pub skill: String,
}

impl EndorsePage {
    fn at(&self, field: &str) -> Option<Cow<'static, str>> {
        fault(&self.faults, field, &self.site.text)
    }

    fn is_outside(&self) -> bool {
        self.relation == Relation::Client
    }

    fn who(&self) -> Cow<'static, str> {
        relation(self.relation, &self.site.text)
    }

    fn languages(&self) -> [(&'static str, &'static str); 14] {
        LANGUAGES
    }

    fn speaks(&self, tag: &str) -> bool {
        self.form.language == tag
    }

    fn is_chosen(&self, number: &usize) -> bool {
        self.form.skill == number.to_string()
    }

    fn longest(&self) -> usize {
        LONGEST
    }
}

/// What someone said for others.
#[derive(Template)]
#[template(path = "endorsements_given.html")]
pub struct GivenPage {
    pub site: Site,
    pub given: Vec<GivenRow>,
    /// The newest was given a moment ago.
    pub just_given: bool,
}

pub struct GivenRow {
    pub title: String,
    pub holder: String,
    pub skills: Vec<Alignment>,
    pub said: PersonalEndorsement,
}

impl GivenRow {
    fn skill(&self) -> Option<&str> {
        skill_name(&self.skills, self.said.skill)
    }

    /// Whether it was declined or hidden is the holder's affair; here it waits.
    fn state(&self, t: &Text) -> Cow<'static, str> {
        match (self.said.withdrawn_at, self.said.standing) {
            (Some(_), _) => t.get("endorsed-withdrawn"),
            (None, Standing::Shown) => t.get("endorsed-shown"),
            (None, _) => t.get("endorsed-not-shown"),
        }
    }

    fn paragraphs(&self) -> Vec<&str> {
        paragraphs(&self.said.comment)
    }
}

/// What someone outside said, by their link; thanks right after it; or that the link is not good any more.
#[derive(Template)]
#[template(path = "endorse_said.html")]
pub struct WithdrawPage {
    pub site: Site,
    pub given: Option<GivenRow>,
    pub secret: Option<String>,
    /// It was given a moment ago.
    pub done: bool,
}

pub fn relation(relation: Relation, t: &Text) -> Cow<'static, str> {
    match relation {
        Relation::Manager => t.get("endorser-manager"),
        Relation::Peer => t.get("endorser-peer"),
        Relation::Client => t.get("endorser-client"),
    }
}

fn state(said: &PersonalEndorsement, t: &Text) -> Cow<'static, str> {
    match (said.withdrawn_at, said.standing) {
        (Some(_), _) => t.get("endorsed-withdrawn"),
        (None, Standing::Waiting) => t.get("endorsed-waiting"),
        (None, Standing::Shown) => t.get("endorsed-shown"),
        (None, Standing::Hidden) => t.get("endorsed-hidden"),
        (None, Standing::Declined) => t.get("endorsed-declined"),
    }
}

fn skill_name(skills: &[Alignment], skill: Option<u32>) -> Option<&str> {
    skills.get(skill?.checked_sub(1)? as usize).map(|skill| skill.name.as_str())
}

fn paragraphs(text: &str) -> Vec<&str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect()
}

/// What a person can mend, in their language.
fn fault(faults: &[FieldError], field: &str, t: &Text) -> Option<Cow<'static, str>> {
    let found = faults.iter().find(|fault| fault.field == field)?;
    Some(match field {
        "name" => t.get("endorse-problem-name"),
        "email" if found.message.starts_with("is your own") => t.get("endorse-problem-own"),
        "email" => t.get("endorse-problem-email"),
        "comment" => t.with("endorse-problem-comment", "most", LONGEST as i64),
        "language" => t.get("endorse-problem-language"),
        _ => t.get("endorse-problem-skill"),
    })
}
