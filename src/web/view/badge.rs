//! One badge: whether it stands comes first, then who, what, by whom and when, then what it took.

use askama::Template;
use jiff::Timestamp;

use std::borrow::Cow;

use super::embed::{EMBED_SIZE, embed_html, oembed_url};
use super::site::short_level;
use super::verify::CheckLine;
use super::{Link, PersonalSaid, Reached, SaidFor, Site, Standing, Tone};
use crate::credential::verify::Check;
use crate::domain::level::Alignment;
use crate::domain::share::Place;
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
    /// What the judge found as the page was made.
    pub checks: Vec<Check>,
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
    /// From when it is good again, after a suspension.
    pub resumed: Option<Timestamp>,
    pub valid_until: Option<Timestamp>,
    /// Safe HTML made from the criteria's markdown.
    pub criteria_html: String,
    /// Which version of the criteria it was given by, and where that stands.
    pub version: Link,
    pub skills: Vec<Alignment>,
    /// What was reached of the rubric, as it is signed into the badge.
    pub results: Vec<Reached>,
    /// What the issuer says about this person's work; plain text.
    pub narrative: Option<String>,
    /// A link to the work that was assessed.
    pub evidence_url: Option<String>,
    /// What was handed in and may be told of, as it is signed into the badge.
    pub evidence: Vec<ShownEvidence>,
    /// Of how many pieces more only the digest is told.
    pub evidence_kept: u64,
    /// What the panel that gave it says, as it is signed into the badge; plain text.
    pub panel: Option<String>,
    /// Since when its revocation is appealed against.
    pub appealed: Option<Timestamp>,
    /// What the issuer says for this badge beside it.
    pub said: Vec<SaidFor>,
    /// The levels of its program as they are now, from the first.
    pub ladder: Vec<Rung>,
    /// What people say for it that its holder shows, oldest first.
    pub people: Vec<PersonalSaid>,
    /// Whether any colleague may endorse it.
    pub can_be_endorsed: bool,
    /// LinkedIn's form, filled in (`domain::share`).
    pub linkedin_url: String,
    /// Its card, at an address that changes with what it says.
    pub card_url: String,
    /// Only a public badge may be indexed by search engines.
    pub public: bool,
    /// Whether its holder alone sees it, and looks at it now.
    pub own: bool,
    /// Whether it is to be had as a JWT: only once its issuer has a key for that.
    pub has_jwt: bool,
}

/// One piece of evidence, in its issuer's words where it is a kind and in its holder's where it is told of.
pub struct ShownEvidence {
    /// Where it stands in the badge, as a JSON pointer.
    pub pointer: String,
    pub name: String,
    pub genre: Option<String>,
    pub url: Option<String>,
    pub description: Option<String>,
    /// Safe HTML made from the markdown of a text.
    pub html: Option<String>,
}

/// A level of the program, beside that of the badge.
pub struct Rung {
    pub level: Link,
    pub here: bool,
    /// The one after that of the badge.
    pub next: bool,
}

impl BadgePage {
    fn t(&self) -> Text {
        self.site.text
    }

    fn short_level(&self) -> &str {
        short_level(&self.program.name, &self.level.name)
    }

    fn rung_name<'a>(&self, rung: &'a Rung) -> &'a str {
        short_level(&self.program.name, &rung.level.name)
    }

    fn url(&self) -> String {
        self.site.absolute(&format!("/badges/{}", self.id))
    }

    /// Where its files are, but for their endings.
    fn files_path(&self) -> String {
        format!("{}/badges/{}", if self.own { "/me" } else { "" }, self.id)
    }

    fn files_url(&self) -> String {
        self.site.absolute(&self.files_path())
    }

    /// What people share: it always shows the current state.
    fn lineage_url(&self) -> String {
        self.site.absolute(&format!("/certifications/{}", self.lineage))
    }

    /// Opens our verification with this badge already in it.
    fn verify_url(&self) -> String {
        format!("{}/verify?url={}", self.site.base_url, self.url())
    }

    fn lines(&self) -> impl Iterator<Item = CheckLine<'_>> {
        self.checks.iter().map(CheckLine)
    }

    /// What the browser's own check should come to, in the words of assets/check.js. A badge whose place a newer one took is looked
    /// at by its dates, as that one can't know.
    fn state(&self) -> &'static str {
        let ended = self.valid_until.is_some_and(|until| self.site.now >= until);
        match self.standing {
            Standing::Broken => "untrue",
            // Its list has one mark for both.
            Standing::Suspended { .. } | Standing::Revoked { .. } => "revoked",
            _ if self.site.now < self.awarded => "upcoming",
            _ if ended => "expired",
            _ => "current",
        }
    }

    fn card_name(&self) -> String {
        format!("card-{}.png", self.id)
    }

    fn oembed_url(&self) -> String {
        oembed_url(&self.site, &self.url())
    }

    /// What others may frame: it shows the current state, and so goes by the certification.
    fn embed_url(&self) -> String {
        self.site.absolute(&format!("/embed/{}", self.lineage))
    }

    fn embed_html(&self) -> String {
        embed_html(&self.embed_url(), &self.title, EMBED_SIZE)
    }

    fn share_url(&self, place: &Place) -> String {
        let t = self.t();
        place.link(&t.with2("share-words", "title", &self.title, "issuer", &self.issuer.name), &self.lineage_url())
    }

    fn place(&self, place: &Place) -> Cow<'static, str> {
        match place {
            Place::LinkedIn => "LinkedIn".into(),
            Place::X => "X".into(),
            Place::Bluesky => "Bluesky".into(),
            Place::Mastodon => "Mastodon".into(),
            Place::Email => self.t().get("share-email"),
        }
    }

    /// What the form of a profile asks for, to be copied: an id for the field, its label, its value.
    fn fields(&self) -> Vec<(&'static str, Cow<'static, str>, String)> {
        let t = self.t();
        let end = self.valid_until.map(|until| ("f-until", t.get("label-valid-until"), self.site.date(&until)));
        let mut fields = vec![
            ("f-name", t.get("share-name"), self.title.clone()),
            ("f-issuer", t.get("label-issuer"), self.issuer.name.clone()),
            ("f-awarded", t.get("label-awarded"), self.site.date(&self.awarded)),
        ];
        fields.extend(end);
        fields.push(("f-id", t.get("share-id"), self.id.clone()));
        fields.push(("f-url", t.get("share-url"), self.lineage_url()));
        fields
    }

    fn qr(&self) -> Option<Qr> {
        if self.own {
            return None;
        }
        Qr::of(&if self.site.copied { self.lineage_url() } else { self.verify_url() })
    }

    /// Where the credential says when it was awarded.
    fn awarded_pointer(&self) -> &'static str {
        if self.resumed.is_some() { "/awardedDate" } else { "/validFrom" }
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
        matches!(
            self.standing,
            Standing::Expired { .. }
                | Standing::Superseded { .. }
                | Standing::Suspended { .. }
                | Standing::Revoked { .. }
                | Standing::Broken
        )
    }

    fn has_evidence(&self) -> bool {
        self.evidence_url.is_some() || !self.evidence.is_empty() || self.evidence_kept > 0
    }

    fn has_certificate(&self) -> bool {
        !matches!(self.standing, Standing::Suspended { .. } | Standing::Revoked { .. } | Standing::Broken)
    }

    /// Sharing is offered only while there is something to be proud of, and someone to see it.
    fn can_be_shared(&self) -> bool {
        !self.own && matches!(self.standing, Standing::Valid { .. } | Standing::Expiring { .. })
    }
}

/// One thing that the check in the reader's browser may say. Its template has the name that assets/check.js asks for.
struct OwnAnswer {
    name: &'static str,
    tone: Tone,
    /// The key of the check's name; none for what it all comes to.
    check: Option<&'static str>,
    /// The key of the sentence.
    words: &'static str,
}

impl OwnAnswer {
    const ALL: [OwnAnswer; 15] = [
        OwnAnswer::verdict("agrees", Tone::Valid, "own-agrees"),
        OwnAnswer::verdict("disagrees", Tone::Invalid, "own-disagrees"),
        OwnAnswer::verdict("since", Tone::Attention, "own-since"),
        OwnAnswer::verdict("unknown", Tone::Unknown, "own-unknown"),
        OwnAnswer::of("signature-passed", Tone::Valid, "check-proof", "own-signature-passed"),
        OwnAnswer::of("signature-failed", Tone::Invalid, "check-proof", "own-signature-failed"),
        OwnAnswer::of("signature-unchecked", Tone::Unknown, "check-proof", "own-signature-unchecked"),
        OwnAnswer::of("shown-passed", Tone::Valid, "own-shown", "own-shown-passed"),
        OwnAnswer::of("shown-failed", Tone::Invalid, "own-shown", "own-shown-failed"),
        OwnAnswer::of("status-passed", Tone::Valid, "check-status", "own-status-passed"),
        OwnAnswer::of("status-failed", Tone::Invalid, "check-status", "own-status-failed"),
        OwnAnswer::of("status-unchecked", Tone::Unknown, "check-status", "own-status-unchecked"),
        OwnAnswer::of("dates-passed", Tone::Valid, "check-dates", "own-dates-passed"),
        OwnAnswer::of("dates-failed", Tone::Attention, "check-dates", "own-dates-failed"),
        OwnAnswer::of("dates-upcoming", Tone::Attention, "check-dates", "own-dates-upcoming"),
    ];

    const fn verdict(name: &'static str, tone: Tone, words: &'static str) -> Self {
        OwnAnswer { name, tone, check: None, words }
    }

    const fn of(name: &'static str, tone: Tone, check: &'static str, words: &'static str) -> Self {
        OwnAnswer { name, tone, check: Some(check), words }
    }

    fn title(&self, t: &Text) -> Cow<'static, str> {
        self.check.map(|check| t.get(check)).unwrap_or_default()
    }

    fn outcome(&self, t: &Text) -> Cow<'static, str> {
        match self.tone {
            Tone::Valid => t.get("outcome-passed"),
            Tone::Unknown => t.get("outcome-unchecked"),
            Tone::Invalid | Tone::Attention => t.get("outcome-failed"),
        }
    }
}
