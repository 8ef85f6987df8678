//! A certification over its renewals: where it stands today, and every credential it had before.

use askama::Template;
use jiff::Timestamp;

use super::embed::oembed_url;
use super::site::short_level;
use super::{Link, Site, Standing};
use crate::domain::renewal::Stand;
use crate::web::text::Text;

#[derive(Template)]
#[template(path = "certification.html")]
pub struct CertificationPage {
    pub site: Site,
    pub lineage: String,
    pub title: String,
    pub image_url: String,
    pub level: Link,
    pub program: Link,
    pub issuer: Link,
    /// The name, only with the person's consent.
    pub person: Option<String>,
    /// The credential that counts today.
    pub current: EarlierCredential,
    /// Every one before it, newest first.
    pub earlier: Vec<EarlierCredential>,
    /// When the person first reached the level.
    pub held_since: Timestamp,
    /// Since when the revocation of the current one is appealed against.
    pub appealed: Option<Timestamp>,
    pub public: bool,
    /// The card of the current one, at an address that changes with what it says.
    pub card_url: String,
    /// How it stands on its way to being renewed; none where that is no question.
    pub renewal: Option<Stand>,
}

/// One credential of the certification.
#[derive(Clone, Debug)]
pub struct EarlierCredential {
    /// The award's id, the last part of `/badges/{id}`.
    pub id: String,
    pub awarded: Timestamp,
    pub valid_until: Option<Timestamp>,
    pub standing: Standing,
}

impl CertificationPage {
    fn t(&self) -> Text {
        self.site.text
    }

    fn short_level(&self) -> &str {
        short_level(&self.program.name, &self.level.name)
    }

    fn url(&self) -> String {
        self.site.absolute(&format!("/certifications/{}", self.lineage))
    }

    fn oembed_url(&self) -> String {
        oembed_url(&self.site, &self.url())
    }

    fn verify_url(&self) -> String {
        format!("{}/verify?url={}/badges/{}", self.site.base_url, self.site.base_url, self.current.id)
    }

    /// The current one first.
    fn all(&self) -> impl Iterator<Item = &EarlierCredential> {
        std::iter::once(&self.current).chain(&self.earlier)
    }

    fn holder(&self) -> String {
        self.person.clone().unwrap_or_else(|| self.t().get("the-holder").into_owned())
    }

    /// What its holder can do to keep it, in one sentence; nothing where it never ends or only its end is to be waited for.
    fn renewal_words(&self) -> Option<String> {
        let (t, site) = (self.t(), &self.site);
        let words = match self.renewal? {
            Stand::NotYet { opens } if Some(opens) == self.current.valid_until => return None,
            Stand::NotYet { opens } => t.with("renewal-not-yet", "date", site.date(&opens)),
            Stand::Open { end } => t.with("renewal-open", "date", site.date(&end)),
            Stand::Grace { last } => t.with("renewal-grace", "date", site.date(&last)),
            Stand::Lapsed => t.get("renewal-lapsed"),
            Stand::Endless => return None,
        };
        Some(words.into_owned())
    }

    fn summary(&self) -> String {
        format!("{}. {}", self.issuer.name, self.current.standing.headline(&self.site))
    }
}
