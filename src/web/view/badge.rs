//! One badge: whether it stands comes first, then who, what, by whom and when, then what it took.

use askama::Template;
use jiff::Timestamp;

use super::site::short_level;
use super::{Link, Reached, SaidFor, Site, Standing};
use crate::domain::level::Alignment;
use crate::web::qr::Qr;
use crate::web::text::Text;

#[derive(Template)]
#[template(path = "badge.html")]
pub struct BadgePage {
    pub site: Site,
    /// The award's id, the last part of `/badges/{id}`.
    pub id: String,
    /// The lineage's id, the last part of `/certifications/{lineage}`.
    pub lineage: String,
    pub standing: Standing,
    /// The name of the credential, such as “Data Platform: Professional”.
    pub title: String,
    pub description: String,
    pub image_url: String,
    pub level: Link,
    pub program: Link,
    pub issuer: Link,
    /// The name, only with the person's consent.
    pub person: Option<String>,
    pub team: Option<String>,
    pub awarded: Timestamp,
    pub valid_until: Option<Timestamp>,
    /// Safe HTML made from the criteria's markdown.
    pub criteria_html: String,
    pub skills: Vec<Alignment>,
    /// What was reached of the rubric, as it is signed into the badge.
    pub results: Vec<Reached>,
    /// What the issuer says about this person's work; plain text.
    pub narrative: Option<String>,
    /// A link to the work that was assessed.
    pub evidence_url: Option<String>,
    /// What the panel that gave it says, as it is signed into the badge; plain text.
    pub panel: Option<String>,
    /// Since when its revocation is appealed against.
    pub appealed: Option<Timestamp>,
    /// What the issuer says for this badge beside it.
    pub said: Vec<SaidFor>,
    /// LinkedIn's form, filled in (`domain::share`).
    pub linkedin_url: String,
    /// Only a public badge may be indexed by search engines.
    pub public: bool,
    /// Whether it is to be had as a JWT: only once its issuer has a key for that.
    pub has_jwt: bool,
}

impl BadgePage {
    fn t(&self) -> Text {
        self.site.text
    }

    fn short_level(&self) -> &str {
        short_level(&self.program.name, &self.level.name)
    }

    fn url(&self) -> String {
        self.site.absolute(&format!("/badges/{}", self.id))
    }

    /// What people share: it always shows the current state.
    fn lineage_url(&self) -> String {
        self.site.absolute(&format!("/certifications/{}", self.lineage))
    }

    /// Opens our verification with this badge already in it.
    fn verify_url(&self) -> String {
        format!("{}/verify?url={}", self.site.base_url, self.url())
    }

    fn qr(&self) -> Option<Qr> {
        Qr::of(&self.verify_url())
    }

    fn holder(&self) -> String {
        self.person.clone().unwrap_or_else(|| self.t().get("the-holder").into_owned())
    }

    /// The sentence under a shared link.
    fn summary(&self) -> String {
        let t = self.t();
        let who = match &self.person {
            Some(person) => t.with2("badge-summary-named", "person", person, "issuer", &self.issuer.name),
            None => t.with("badge-summary", "issuer", &self.issuer.name),
        };
        format!("{} {}.", who, self.standing.headline(&self.site))
    }

    /// Whether the picture is stamped: the badge stays up, but it counts no more.
    fn is_over(&self) -> bool {
        matches!(self.standing, Standing::Expired { .. } | Standing::Superseded { .. } | Standing::Revoked { .. })
    }

    /// Sharing is offered only while there is something to be proud of.
    fn can_be_shared(&self) -> bool {
        matches!(self.standing, Standing::Valid { .. } | Standing::Expiring { .. })
    }
}
