//! A presentation: who shows which badges, and what is to be said about each.

use std::borrow::Cow;

use askama::Template;

use super::verify::{CheckLine, tone_of};
use super::{Site, Tone};
use crate::actions::verify_presentation::PresentationVerification;
use crate::credential::verify::{Report, Verdict};
use crate::web::text::Text;

#[derive(Template)]
#[template(path = "presentation.html")]
pub struct PresentationPage {
    pub site: Site,
    pub shown: PresentationVerification,
}

impl PresentationPage {
    fn tone(&self) -> Tone {
        tone_of(self.shown.report.verdict)
    }

    fn headline(&self, t: &Text) -> Cow<'static, str> {
        match self.shown.report.verdict {
            Verdict::Valid => t.get("presentation-valid"),
            Verdict::Attention => t.get("presentation-attention"),
            Verdict::Invalid => t.get("presentation-invalid"),
            Verdict::Unknown => t.get("presentation-unknown"),
        }
    }

    fn lines(&self) -> impl Iterator<Item = CheckLine<'_>> {
        self.shown.report.checks.iter().map(CheckLine)
    }

    fn badges(&self) -> impl Iterator<Item = ShownLine<'_>> {
        self.shown.report.credentials.iter().map(ShownLine)
    }
}

/// One badge of it.
struct ShownLine<'a>(&'a Report);

impl ShownLine<'_> {
    fn tone(&self) -> Tone {
        tone_of(self.0.verdict)
    }

    fn name(&self, t: &Text) -> Cow<'static, str> {
        match &self.0.claims {
            Some(claims) => Cow::Owned(claims.name.clone()),
            None => t.get("presentation-unreadable"),
        }
    }

    fn issuer(&self) -> Option<&str> {
        self.0.issuer_shown()
    }

    /// The first check that is as bad as the verdict.
    fn reason(&self, t: &Text) -> Cow<'static, str> {
        let decisive = self.0.checks.iter().find(|check| check.weight() == self.0.verdict);
        match decisive.filter(|_| self.0.verdict != Verdict::Valid) {
            Some(check) => Cow::Owned(check.message.clone()),
            None => t.get("verdict-valid-reason"),
        }
    }
}
