//! A holder asks someone to endorse a badge, or a skill in it: a colleague by a letter that leads to the form, someone outside by a link that is good once.

use super::{standing, title};
use crate::{
    actions::{ActionError, App, Conflict, mail, member, own_badges, sessions::hash},
    domain::{
        actor::{Actor, Right},
        field::Faults,
        letter::Letter,
        personal_endorsement::{PersonalEndorsement, skill},
        recipient::email,
        words::Language,
    },
    outside::random,
    store::{
        awards, events, people,
        personal_endorsements::{self, Ask},
        shown::ShownAward,
    },
};
use jiff::SignedDuration;
use serde_json::json;

/// How long a link is good.
pub(super) const LASTS: SignedDuration = SignedDuration::from_hours(24 * 30);
/// Open at once for one badge, so that nobody has letters sent without end.
const MOST: usize = 10;

/// What the holder typed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Asking {
    pub name: String,
    pub email: String,
    pub skill: String,
    /// In which the letter is written.
    pub language: Language,
}

/// A badge of one's own with what was said for it and who was asked.
#[derive(Clone, Debug)]
pub struct Desk {
    pub badge: ShownAward,
    pub said: Vec<PersonalEndorsement>,
    pub asked: Vec<Ask>,
}

pub async fn desk(app: &App, actor: &Actor, award_id: &str) -> Result<Desk, ActionError> {
    let mut conn = app.db.read().await?;
    let badge = own_badges::one(&mut conn, actor, award_id).await?;
    let said = personal_endorsements::of_award(&mut conn, award_id).await?;
    let said = said.into_iter().map(|one| one.said).filter(|said| !said.is_erased()).collect();
    let asked = personal_endorsements::open_asks(&mut conn, award_id, app.clock.now()).await?;
    Ok(Desk { badge, said, asked })
}

pub async fn ask(app: &App, actor: &Actor, award_id: &str, asking: &Asking) -> Result<(), ActionError> {
    let member = member(actor, Right::SignedIn)?;
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let none = || ActionError::not_found("badge", award_id);
    awards::get(&mut conn, award_id).await?.filter(|award| award.person_id == member.id).ok_or_else(none)?;
    let badge = standing(app, &mut conn, award_id).await?;
    let mut faults = Faults::default();
    let name = faults.text("name", &asking.name, 120, false);
    let address = faults.take("email", email(&asking.email)).unwrap_or_default();
    if address == badge.person.email {
        faults.add("email", "is your own; nobody endorses themselves");
    }
    let skill = faults.take("skill", skill(&asking.skill, badge.level.content.alignments.len())).flatten();
    faults.or(()).map_err(ActionError::Invalid)?;
    if personal_endorsements::open_asks(&mut conn, award_id, now).await?.len() >= MOST {
        let message = format!("{MOST} people were asked and have not answered yet");
        return Err(ActionError::conflict(Conflict::TooManyAsked, message));
    }
    // A secret is never drawn from a seeded generator, whatever else is.
    let secret = random::secret();
    let expires_at = now + LASTS;
    let colleague = people::by_email(&mut conn, &address).await?.filter(|person| person.active);
    let filled = |letter: Letter| {
        letter
            .with("holder", &badge.person.name)
            .with("badge", title(&badge, skill))
            .language(asking.language)
            .until(expires_at)
    };
    match &colleague {
        Some(person) => {
            let query = skill.map(|skill| format!("?skill={skill}")).unwrap_or_default();
            let page = format!("{}/me/endorse/{award_id}{query}", app.config.base_url);
            mail::post(app, &mut conn, person, &filled(Letter::new("endorse-asked")).with("page", page)).await?;
        }
        None => {
            let link = format!("{}/endorse/{secret}", app.config.base_url);
            let letter = filled(Letter::new("endorse-asked-outside")).with("link", link);
            mail::post_outside(app, &mut conn, (&name, &address), &badge.person.id, &letter).await?;
        }
    }
    let ask =
        Ask { hash: hash(&secret), award_id: award_id.into(), skill, email: address, name, asked_at: now, expires_at };
    personal_endorsements::insert_ask(&mut conn, &ask).await?;
    let detail = json!({"skill": skill, "outside": colleague.is_none()});
    events::append(&mut conn, now, &actor.label(), "endorsement.asked", award_id, &detail).await?;
    Ok(conn.commit().await?)
}
