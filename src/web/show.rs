//! Our records in the words of the pages: links, pictures, how an award stands. Privacy is applied here: a name only by
//! consent, a reason only where the issuer shows reasons.

use super::caching;
use super::card::{CardFacts, CardPicture};
use super::error::Failure;
use super::view::{Asks, Coming, Link, ProgramLevel, Site, Standing, WallBadge};
use crate::{
    domain::{
        actor::{Actor, Right, may},
        award::{AwardState, Visibility},
        level::{Level, Program},
    },
    store::{levels::Ahead, shown::ShownAward},
};
use jiff::Timestamp;

/// A private award is there only for whoever may read the record; for everyone else it does not exist.
pub fn visible(shown: Option<ShownAward>, actor: &Actor) -> Result<ShownAward, Failure> {
    if shown.as_ref().is_some_and(|shown| shown.award.is_erased()) {
        return Err(Failure::gone());
    }
    shown
        .filter(|shown| shown.award.visibility != Visibility::Private || may(actor, Right::ReadAwards))
        .ok_or_else(|| Failure::not_found("No badge"))
}

pub fn state(shown: &ShownAward, now: Timestamp) -> AwardState {
    shown.award.state(now, shown.level.content.renewal_window, &shown.issuer.zone())
}

/// How the award stands, for a page at `now`.
pub fn standing(shown: &ShownAward, now: Timestamp) -> Standing {
    let award = &shown.award;
    match (state(shown, now), award.valid_until) {
        (AwardState::Upcoming, _) => Standing::NotYet { from: award.valid_from },
        (AwardState::Expiring, Some(until)) => Standing::Expiring { until },
        (AwardState::Expired, Some(on)) => Standing::Expired { on },
        // Not the newer award itself: it may be private, and then nobody should learn its address here.
        (AwardState::Superseded, _) => Standing::Superseded { by: format!("/certifications/{}", award.lineage_id) },
        (AwardState::Suspended, _) => Standing::Suspended {
            on: award.suspended_at.unwrap_or(award.issued_at),
            reason: award.suspension_reason.clone().filter(|_| shown.issuer.show_revocation_reason),
        },
        (AwardState::Revoked, _) => Standing::Revoked {
            on: award.revoked_at.unwrap_or(award.issued_at),
            reason: award.revocation_reason.clone().filter(|_| shown.issuer.show_revocation_reason),
        },
        (AwardState::Current | AwardState::Expiring | AwardState::Expired, until) => Standing::Valid { until },
    }
}

/// “Data Platform: Professional”; a level that bears its program's name already is called by its own.
pub fn title(shown: &ShownAward) -> String {
    let (program, level) = (&shown.program.name, &shown.level.content.name);
    if level.contains(program.as_str()) { level.clone() } else { format!("{program}: {level}") }
}

/// What the card of a shared badge says, without its picture.
pub fn card(shown: &ShownAward, site: &Site) -> CardFacts {
    let standing = standing(shown, site.now);
    CardFacts {
        title: title(shown),
        person: shown.person.shown_name().map(str::to_owned),
        issuer: shown.issuer.name.clone(),
        standing: standing.headline(site),
        tone: standing.tone(),
        picture: CardPicture::Svg(String::new()),
    }
}

/// Of everything that the card says and shows.
pub fn card_digest(shown: &ShownAward, facts: &CardFacts) -> String {
    let said = (&facts.title, &facts.person, &facts.issuer, &facts.standing, &shown.level.content.image);
    caching::digest(format!("{said:?}").as_bytes(), "card")
}

/// Where the card is. What it says is in its address: whoever keeps pictures by their address takes a new one when the badge has ended.
pub fn card_url(shown: &ShownAward, site: &Site) -> String {
    let digest = card_digest(shown, &card(shown, site));
    let short = digest.get(..10).unwrap_or_default();
    site.absolute(&format!("/badges/{}/card.png?{short}", shown.award.id))
}

pub fn image_url(sha256: &str) -> String {
    format!("/images/{sha256}.svg")
}

pub fn level_link(level: &Level) -> Link {
    Link::new(&level.content.name, format!("/achievements/{}", level.id))
}

pub fn program_link(program: &Program) -> Link {
    Link::new(&program.name, format!("/programs/{}", program.id))
}

pub fn issuer_link(issuer: &crate::domain::issuer::Issuer) -> Link {
    Link::new(&issuer.name, format!("/issuers/{}", issuer.id))
}

pub fn wall_badge(shown: ShownAward) -> WallBadge {
    WallBadge {
        url: format!("/badges/{}", shown.award.id),
        image_url: image_url(&shown.level.content.image),
        person: shown.person.shown_name().map(str::to_owned),
        level: shown.level.content.name,
        program: shown.program.name,
        team: shown.person.team.filter(|_| shown.person.name_public),
        awarded: shown.award.valid_from,
    }
}

pub fn program_level(level: &Level, holders: u64) -> ProgramLevel {
    let content = &level.content;
    ProgramLevel {
        url: format!("/achievements/{}", level.id),
        name: content.name.clone(),
        description: content.description.clone(),
        image_url: image_url(&content.image),
        coming: Vec::new(),
        asks: Asks::of(content.clone()),
        validity: content.validity,
        renewal_window: content.renewal_window,
        holders,
    }
}

/// What is coming of a level, out of what is coming of its program.
pub fn coming(ahead: &[Ahead], level_id: &str) -> Vec<Coming> {
    let of_level = ahead.iter().filter(|ahead| ahead.level_id == level_id);
    let coming = |Ahead { version, .. }: &Ahead| Coming {
        version: version.version,
        url: format!("/achievements/{level_id}/versions/{}", version.version),
        starts: version.starts_at,
        summary: version.summary.clone(),
        transition_until: version.transition_until,
    };
    of_level.map(coming).collect()
}

/// How many public awards of a level stand.
pub fn holders(counts: &[crate::store::shown::LevelCount], level_id: &str) -> u64 {
    counts.iter().find(|count| count.level_id == level_id).map_or(0, |count| count.count.unsigned_abs())
}
