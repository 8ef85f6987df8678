//! The endorsements that a badge carries: what others say for it, for its achievement or for its issuer (Open Badges 3.0, section B.1.9).
//!
//! Each is judged like a credential of its own, one level deep: an endorsement within one is not followed. It must be about the very
//! thing it is attached to. None of it is looked at before the badge's own proof holds, and what comes of it never changes the verdict about
//! the badge (docs/decisions/0023). What an endorsement says is repeated only when its proof holds.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::Asked;
use super::evidence::{Evidence, Need};
use super::form::{many, one};
use super::format::{self, Badge};
use super::judge::{self, Endorsements};
use super::report::{Check, CheckName, CredentialKind, Report, Verdict, verdict};
use super::secured::Refusal;
use crate::credential::jose;

/// How many are judged and named; more would cost their readers and us more than they tell.
const MOST: usize = 8;

/// What came of one endorsement in a badge.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, ToSchema)]
pub struct EndorsementReport {
    pub attached_to: EndorsedPart,
    /// About the endorsement. It does not change the verdict about the badge.
    pub verdict: Verdict,
    /// Whom it names as its issuer. That is so only when its proof holds.
    pub endorser_id: Option<String>,
    /// The name its issuer has for itself. Absent unless the proof holds.
    pub endorser_name: Option<String>,
    /// Its words, Markdown. Absent unless the proof holds and it is about what it is attached to.
    pub comment: Option<String>,
    /// As of a badge, and at their end whether it is about what it is attached to; no more than the first when it can't be read.
    pub checks: Vec<Check>,
}

/// The part of a badge that an endorsement is attached to.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq, Hash, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EndorsedPart {
    Credential,
    Achievement,
    Issuer,
}

impl EndorsementReport {
    /// The endorser as it may stand first: by the name it gives itself when this service knows it, else by its identifier.
    pub fn endorser_shown(&self) -> Option<&str> {
        let known = self.checks.iter().any(|check| check.check == CheckName::Issuer && check.code == "issuer_known");
        self.endorser_name.as_deref().filter(|_| known).or(self.endorser_id.as_deref())
    }

    /// The check that decides the verdict; none when all is well.
    pub fn deciding(&self) -> Option<&Check> {
        self.checks.iter().find(|check| self.verdict != Verdict::Valid && check.weight() == self.verdict)
    }
}

/// The endorsements of a badge whose proof holds, and how many more there are than are judged.
pub(super) fn check(
    badge: &Badge,
    evidence: &Evidence,
    now: Timestamp,
    asked: &Asked,
) -> (Vec<EndorsementReport>, usize) {
    let (carried, left_aside) = carried(badge);
    let asked = Asked { email: None, ..*asked };
    (carried.iter().map(|carried| carried.report(evidence, now, &asked)).collect(), left_aside)
}

/// What they still want looked up: nothing of one that is about something else.
pub(super) fn needs(badge: &Badge, evidence: &Evidence, asked: &Asked) -> Vec<Need> {
    let (carried, _) = carried(badge);
    let read = carried.iter().filter_map(|carried| carried.read().ok().filter(|read| carried.is_about(read)));
    read.flat_map(|endorsement| judge::own_needs(&endorsement, evidence, asked).unwrap_or_else(|key| key)).collect()
}

/// One endorsement as it stands in a badge.
struct Carried<'a> {
    attached_to: EndorsedPart,
    /// The id of what it is attached to.
    id: Option<&'a str>,
    form: Form<'a>,
}

enum Form<'a> {
    Object(&'a Value),
    Jwt(&'a Value),
}

/// Those that are judged, in the order credential, achievement, issuer, and how many there are beyond them.
fn carried(badge: &Badge) -> (Vec<Carried<'_>>, usize) {
    let content = badge.content();
    let achievement = badge.subject().and_then(|subject| one(subject.get("achievement")));
    let parts = [
        (EndorsedPart::Credential, Some(content)),
        (EndorsedPart::Achievement, achievement),
        (EndorsedPart::Issuer, one(content.get("issuer"))),
    ];
    let all = parts.into_iter().filter_map(|(part, holder)| Some((part, holder?))).flat_map(|(part, holder)| {
        let id = one(holder.get("id")).and_then(Value::as_str);
        let objects = many(holder.get("endorsement")).iter().map(Form::Object);
        let jwts = many(holder.get("endorsementJwt")).iter().map(Form::Jwt);
        objects.chain(jwts).map(move |form| Carried { attached_to: part, id, form })
    });
    let mut carried: Vec<Carried> = all.collect();
    let left_aside = carried.len().saturating_sub(MOST);
    carried.truncate(MOST);
    (carried, left_aside)
}

impl Carried<'_> {
    fn read(&self) -> Result<Badge, Refusal> {
        let read = match self.form {
            Form::Object(Value::Object(document)) => format::read_document(document.clone(), None),
            Form::Jwt(Value::String(text)) if jose::is_compact(text.as_bytes()) => format::read(text.as_bytes()),
            Form::Object(_) => Err(not_one("it is not an object")),
            Form::Jwt(_) => Err(not_one("it is not a compact JWT")),
        }?;
        match read.kind {
            Some(CredentialKind::Endorsement) => Ok(read),
            _ => Err(not_one("it is a badge")),
        }
    }

    fn is_about(&self, endorsement: &Badge) -> bool {
        let about = endorsement.subject().and_then(|subject| one(subject.get("id"))).and_then(Value::as_str);
        about.is_some() && about == self.id
    }

    fn report(&self, evidence: &Evidence, now: Timestamp, asked: &Asked) -> EndorsementReport {
        let read = self.read();
        let endorser_id = read.as_ref().ok().map(|endorsement| endorsement.secured.issuer.clone());
        let about = read.as_ref().is_ok_and(|endorsement| self.is_about(endorsement));
        let readable = read.is_ok();
        let Report { checks, claims, .. } = judge::judge_read(read, Endorsements::Passed, evidence, now, asked);
        let checks: Vec<Check> = match (readable, about) {
            (false, _) => checks.into_iter().take(1).collect(),
            (true, false) => checks.into_iter().take(1).chain([about_another()]).collect(),
            (true, true) => checks.into_iter().chain([about_this()]).collect(),
        };
        let genuine = claims.filter(|_| about);
        EndorsementReport {
            attached_to: self.attached_to,
            verdict: verdict(&checks),
            endorser_id,
            endorser_name: genuine.as_ref().and_then(|claims| claims.issuer_name.clone()),
            comment: genuine.and_then(|claims| claims.narrative),
            checks,
        }
    }
}

fn about_this() -> Check {
    Check::passed(CheckName::Subject, "about_this", "It is about what it is attached to.")
}

fn about_another() -> Check {
    let message = "It is not about this badge: it endorses something else than what it is attached to.";
    Check::failed(CheckName::Subject, "about_another", message)
}

fn not_one(what: &str) -> Refusal {
    Refusal::wrong("not_an_endorsement", format!("This is no endorsement of Open Badges 3.0: {what}."))
}
