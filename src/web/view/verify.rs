//! Verification: a form that takes a badge in any shape, and an answer that is understood in three seconds.
//!
//! The verdict comes first, in words, colour and icon; then who says what about whom, and every field that is signed; then every check
//! with its reason, by which standard, and what was looked up; then how to check again. On paper the same, without forms.
//! When the format or the proof fails there are no claims, because nothing in the document can be believed.

use std::borrow::Cow;

use askama::Template;
use jiff::Timestamp;

use super::{Site, Tone, endorsement::EndorsementLine};
use crate::actions::lookup::{LookUp, Place};
use crate::actions::refresh::Refreshed;
use crate::credential::verify::{
    Check, CheckName, Claims, CredentialKind, FurtherClaim, FurtherTerm, LevelClaim, Outcome, Report, Verdict,
};
use crate::web::qr::Qr;
use crate::web::text::Text;

#[derive(Template)]
#[template(path = "verify.html")]
pub struct VerifyPage {
    pub site: Site,
    /// What the reader had typed, to show again.
    pub form: VerifyForm,
    pub result: Option<VerifyResult>,
}

/// The form's fields are named `link`, `file`, `text`, `email` and `refresh`.
#[derive(Clone, Debug, Default)]
pub struct VerifyForm {
    /// The pasted JSON.
    pub pasted: String,
    /// The link to a badge.
    pub link: String,
    pub email: String,
    /// Whether a newer version may be asked for.
    pub refresh: bool,
    /// Why nothing was verified, one sentence: nothing given, too large, not our link.
    pub problem: Option<String>,
}

#[derive(Clone, Debug)]
pub struct VerifyResult {
    pub report: Report,
    /// What was asked of others for it.
    pub fetched: Vec<LookUp>,
    /// What came of asking for a newer version.
    pub refreshed: Option<Refreshed>,
    /// Our own page of the badge, when it is one of ours.
    pub page_url: Option<String>,
    /// It is one of ours, was taken back, and stands there in a newer version.
    pub has_newer: bool,
    /// Its picture, when it is one of ours; others would be fetched from elsewhere and are not shown.
    pub image_url: Option<String>,
    /// The person, by consent, when it is one of ours.
    pub person: Option<String>,
    /// How the same check is made again. None when there was no document in what was given.
    pub again: Option<Again>,
}

/// What the same check is made from.
#[derive(Clone, Debug)]
pub struct Again {
    /// The link of a badge of ours that it was asked with.
    pub link: Option<String>,
    /// Any other document, in base64: nothing of it may be read on the page while nobody is known to have said it.
    pub badge: Option<String>,
    pub email: Option<String>,
    pub refresh: bool,
}

impl Again {
    /// The address that makes this check again; only for badges of ours, and not with an e-mail address in it.
    pub(super) fn address(&self) -> Option<String> {
        self.link.as_deref().filter(|_| self.email.is_none()).map(check_address)
    }
}

fn check_address(link: &str) -> String {
    let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("link", link).finish();
    format!("/verify?{query}")
}

impl VerifyResult {
    pub(super) fn document(&self, claims: &Claims) -> String {
        serde_json::to_string_pretty(&claims.document).unwrap_or_default()
    }

    pub(super) fn tone(&self) -> Tone {
        tone_of(self.report.verdict)
    }

    /// The verdict in one line.
    pub(super) fn headline(&self, t: &Text) -> Cow<'static, str> {
        let deciding = self.deciding();
        let code = deciding.map(|check| check.code.as_str()).unwrap_or_default();
        match (self.report.verdict, deciding.map(|check| check.check)) {
            (Verdict::Valid, _) if self.is_endorsement() => t.get("verdict-endorsement"),
            (Verdict::Valid, _) => t.get("verdict-valid"),
            (Verdict::Invalid, Some(CheckName::Status)) if code == "revoked" => t.get("verdict-revoked"),
            (Verdict::Invalid, Some(CheckName::Status)) if code == "suspended" => t.get("verdict-suspended"),
            (Verdict::Invalid, Some(CheckName::Format)) => t.get("verdict-format"),
            (Verdict::Invalid, Some(CheckName::Proof)) => t.get("verdict-altered"),
            (Verdict::Invalid, Some(CheckName::Recipient)) => t.get("verdict-recipient"),
            (Verdict::Invalid, _) => t.get("verdict-invalid"),
            (Verdict::Attention, Some(CheckName::Dates)) if code == "expired" => t.get("verdict-expired"),
            (Verdict::Attention, Some(CheckName::Dates)) => t.get("verdict-dates"),
            (Verdict::Attention, _) => t.get("verdict-issuer"),
            (Verdict::Unknown, _) => t.get("verdict-unknown"),
        }
    }

    /// The reason of the check that decided, or that everything held.
    pub(super) fn reason(&self, t: &Text) -> Cow<'static, str> {
        match self.deciding() {
            Some(check) => Cow::Owned(check.message.clone()),
            None => t.get("verdict-valid-reason"),
        }
    }

    /// The first check that is as bad as the verdict.
    pub(super) fn deciding(&self) -> Option<&Check> {
        let tone = self.tone();
        self.report.checks.iter().find(|check| tone != Tone::Valid && check_tone(check) == tone)
    }

    /// Who says something about whom; what was earned or endorsed follows it.
    pub(super) fn statement(&self, claims: &Claims, t: &Text) -> Cow<'static, str> {
        let issuer = self.report.issuer_shown().unwrap_or_default();
        if claims.kind == CredentialKind::Endorsement {
            return t.with("claims-endorses", "issuer", issuer);
        }
        let person = self.person.clone().map_or_else(|| t.get("the-holder-inline"), Cow::Owned);
        t.with2("claims-statement", "issuer", issuer, "person", person)
    }

    /// The name an unknown issuer gives itself: it stands after the identifier.
    pub(super) fn self_styled<'a>(&self, claims: &'a Claims) -> Option<&'a str> {
        claims.issuer_name.as_deref().filter(|name| self.report.issuer_shown() != Some(*name))
    }

    pub(super) fn is_endorsement(&self) -> bool {
        self.report.claims.as_ref().is_some_and(|claims| claims.kind == CredentialKind::Endorsement)
    }

    /// What was earned, or the id of what is endorsed.
    pub(super) fn subject<'a>(&self, claims: &'a Claims) -> &'a str {
        match claims.kind {
            CredentialKind::Badge => &claims.achievement_name,
            CredentialKind::Endorsement => &claims.achievement_id,
        }
    }

    /// Where the badge of ours can be checked from paper.
    pub(super) fn paper_address(&self, site: &Site) -> Option<String> {
        let page = self.page_url.as_deref()?;
        Some(site.absolute(&check_address(&site.absolute(page))))
    }

    pub(super) fn paper_qr(&self, site: &Site) -> Option<Qr> {
        Qr::of(&self.paper_address(site)?)
    }

    /// The description of what was earned, where the badge's own says something else.
    pub(super) fn achievement_description<'a>(&self, claims: &'a Claims) -> Option<&'a str> {
        let said = claims.achievement_description.as_str();
        let own = claims.kind == CredentialKind::Badge && claims.description.as_deref() != Some(said);
        (own && !said.is_empty()).then_some(said)
    }

    /// The badge's own name, where it is another than that of what was earned.
    pub(super) fn own_name<'a>(&self, claims: &'a Claims) -> Option<&'a str> {
        (claims.name != claims.achievement_name).then_some(claims.name.as_str())
    }

    /// A level of a rubric in one line: “Independent (3, 10 points): works alone”.
    pub(super) fn level_line(&self, level: &LevelClaim, t: &Text) -> String {
        let points = level.points.as_ref().map(|points| t.with("result-points", "points", points).into_owned());
        let marks: Vec<String> = level.level.clone().into_iter().chain(points).collect();
        let marks = if marks.is_empty() { String::new() } else { format!(" ({})", marks.join(", ")) };
        let description = level.description.as_ref().map(|text| format!(": {text}")).unwrap_or_default();
        format!("{}{marks}{description}", level.name)
    }

    /// Label and words of each further field. Dates are written out.
    pub(super) fn further(&self, claims: &Claims, site: &Site) -> Vec<(Cow<'static, str>, String)> {
        let line = |claim: &FurtherClaim| {
            let at: Option<Timestamp> = claim.value.parse().ok();
            (further_label(claim.term, &site.text), at.map_or_else(|| claim.value.clone(), |at| site.date(&at)))
        };
        claims.further.iter().map(line).collect()
    }

    pub(super) fn endorsements(&self) -> impl Iterator<Item = EndorsementLine<'_>> {
        self.report.endorsements.iter().map(EndorsementLine)
    }

    /// The newer version as an answer of its own.
    pub(super) fn newer(&self) -> Option<VerifyResult> {
        let newer = self.refreshed.as_ref()?.newer.as_ref()?;
        Some(VerifyResult {
            report: newer.report.clone(),
            fetched: newer.fetched.clone(),
            refreshed: None,
            page_url: None,
            has_newer: false,
            image_url: None,
            person: None,
            again: None,
        })
    }

    pub(super) fn refresh_tone(&self) -> Tone {
        match self.refreshed.as_ref().map(|refreshed| (refreshed.refresh.outcome, &refreshed.newer)) {
            Some((Outcome::Passed, None)) => Tone::Valid,
            Some((Outcome::Passed, Some(_)) | (Outcome::Failed, _)) => Tone::Attention,
            Some((Outcome::Unchecked, _)) | None => Tone::Unknown,
        }
    }

    /// Everything that was asked of others, for the newer version too.
    pub(super) fn all_fetched(&self) -> impl Iterator<Item = &LookUp> {
        let newer = self.refreshed.as_ref().and_then(|refreshed| refreshed.newer.as_ref());
        self.fetched.iter().chain(newer.into_iter().flat_map(|newer| &newer.fetched))
    }

    pub(super) fn lines(&self) -> impl Iterator<Item = CheckLine<'_>> {
        self.report.checks.iter().map(CheckLine)
    }
}

/// When a document of another was read, or why it was not.
pub fn came_of(look_up: &LookUp, site: &Site) -> Cow<'static, str> {
    let at = site.moment(&look_up.at);
    match (&look_up.problem, look_up.from) {
        (Some(why), _) => site.text.with2("fetched-failed", "date", at, "why", why.clone()),
        (None, Place::Network) => site.text.with("fetched-read", "date", at),
        (None, Place::Cache) => site.text.with("fetched-kept", "date", at),
    }
}

fn further_label(term: FurtherTerm, t: &Text) -> Cow<'static, str> {
    match term {
        FurtherTerm::AwardedDate => t.get("label-awarded"),
        FurtherTerm::Role => t.get("label-role"),
        FurtherTerm::Term => t.get("label-term"),
        FurtherTerm::LicenseNumber => t.get("label-license"),
        FurtherTerm::CreditsEarned => t.get("label-credits-earned"),
        FurtherTerm::ActivityStartDate => t.get("label-activity-start"),
        FurtherTerm::ActivityEndDate => t.get("label-activity-end"),
        FurtherTerm::Source => t.get("label-source"),
        FurtherTerm::FieldOfStudy => t.get("label-field-of-study"),
        FurtherTerm::Specialization => t.get("label-specialization"),
        FurtherTerm::HumanCode => t.get("label-human-code"),
        FurtherTerm::CreditsAvailable => t.get("label-credits-available"),
        FurtherTerm::InLanguage => t.get("label-language"),
        FurtherTerm::OtherIdentifier => t.get("label-other-identifier"),
        FurtherTerm::Related => t.get("label-related"),
        FurtherTerm::Creator => t.get("label-creator"),
        FurtherTerm::IssuerDescription => t.get("label-issuer-description"),
        FurtherTerm::IssuerEmail => t.get("label-issuer-email"),
        FurtherTerm::IssuerPhone => t.get("label-issuer-phone"),
    }
}

/// One check as it is listed.
pub struct CheckLine<'a>(pub &'a Check);

impl CheckLine<'_> {
    pub fn tone(&self) -> Tone {
        check_tone(self.0)
    }

    pub fn message(&self) -> &str {
        &self.0.message
    }

    pub fn name(&self, t: &Text) -> Cow<'static, str> {
        match self.0.check {
            CheckName::Format => t.get("check-format"),
            CheckName::Proof => t.get("check-proof"),
            CheckName::Issuer => t.get("check-issuer"),
            CheckName::Status => t.get("check-status"),
            CheckName::Dates => t.get("check-dates"),
            CheckName::Schema => t.get("check-schema"),
            CheckName::Recipient => t.get("check-recipient"),
            CheckName::Subject => t.get("check-subject"),
            CheckName::Challenge => t.get("check-challenge"),
            CheckName::Holder => t.get("check-holder"),
        }
    }

    pub fn outcome(&self, t: &Text) -> Cow<'static, str> {
        match self.0.outcome {
            Outcome::Passed => t.get("outcome-passed"),
            Outcome::Failed => t.get("outcome-failed"),
            Outcome::Unchecked => t.get("outcome-unchecked"),
        }
    }
}

pub(super) fn tone_of(verdict: Verdict) -> Tone {
    match verdict {
        Verdict::Valid => Tone::Valid,
        Verdict::Attention => Tone::Attention,
        Verdict::Invalid => Tone::Invalid,
        Verdict::Unknown => Tone::Unknown,
    }
}

fn check_tone(check: &Check) -> Tone {
    tone_of(check.weight())
}
