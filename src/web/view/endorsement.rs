//! What is said for a badge: the endorsements it carries, each with its own verdict, beside the badge that they don't change; those of
//! this issuer that stand; and the page of one.
//!
//! Whoever endorses is named by the identifier first, since anyone can take a name; the words stand there only when the proof holds.

use std::borrow::Cow;

use askama::Template;
use jiff::Timestamp;

use super::{Link, Site, Standing, Tone, verify::tone_of};
use crate::credential::verify::{EndorsedPart, EndorsementReport, Verdict};
use crate::web::text::Text;

pub struct EndorsementLine<'a>(pub &'a EndorsementReport);

impl EndorsementLine<'_> {
    pub fn tone(&self) -> Tone {
        tone_of(self.0.verdict)
    }

    /// What it stands by.
    pub fn of(&self, t: &Text) -> Cow<'static, str> {
        match self.0.attached_to {
            EndorsedPart::Credential => t.get("endorsement-of-credential"),
            EndorsedPart::Achievement => t.get("endorsement-of-achievement"),
            EndorsedPart::Issuer => t.get("endorsement-of-issuer"),
        }
    }

    pub fn outcome(&self, t: &Text) -> Cow<'static, str> {
        match self.0.verdict {
            Verdict::Valid => t.get("endorsement-valid"),
            Verdict::Attention => t.get("endorsement-attention"),
            Verdict::Invalid => t.get("endorsement-invalid"),
            Verdict::Unknown => t.get("endorsement-unknown"),
        }
    }

    pub fn endorser(&self) -> Option<&str> {
        self.0.endorser_shown()
    }

    /// The identifier, where the name stands first.
    pub fn identifier(&self) -> Option<&str> {
        self.0.endorser_id.as_deref().filter(|id| self.endorser() != Some(id))
    }

    /// The name an unknown endorser gives itself.
    pub fn self_styled(&self) -> Option<&str> {
        self.0.endorser_name.as_deref().filter(|name| self.endorser() != Some(name))
    }

    pub fn comment(&self) -> Option<&str> {
        self.0.comment.as_deref()
    }

    /// Why it is not simply good.
    pub fn reason(&self) -> Option<&str> {
        self.0.deciding().map(|check| check.message.as_str())
    }
}

/// One that stands, on the page of what it is about.
#[derive(Clone, Debug)]
pub struct SaidFor {
    pub url: String,
    /// Safe HTML made from the comment's markdown.
    pub comment_html: String,
    pub from: Timestamp,
}

/// An endorsement of this issuer.
#[derive(Template)]
#[template(path = "endorsement.html")]
pub struct EndorsementPage {
    pub site: Site,
    pub id: String,
    pub standing: Standing,
    pub issuer: Link,
    /// What the endorser is to the holder, where it is a person; then the link leads to the badge.
    pub who: Option<String>,
    /// Of the comment, where it is known.
    pub language: Option<String>,
    /// The identifier of what is endorsed.
    pub subject: String,
    /// Safe HTML made from the comment's markdown.
    pub comment_html: String,
    pub from: Timestamp,
    pub valid_until: Option<Timestamp>,
    pub has_jwt: bool,
}

impl EndorsementPage {
    fn url(&self) -> String {
        self.site.absolute(&format!("/endorsements/{}", self.id))
    }

    fn verify_url(&self) -> String {
        let link = self.url();
        let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("link", &link).finish();
        format!("/verify?{query}")
    }
}
