//! What becomes of an endorsement: its holder shows, hides or declines it, and its endorser withdraws it, for ever.

use super::{sign, title};
use crate::{
    actions::{ActionError, App, Conflict, mail, member, sessions::hash},
    domain::{
        actor::{Actor, Right},
        field::Faults,
        letter::Letter,
        personal_endorsement::{PersonalEndorsement, Standing},
    },
    store::{
        Conn, events, people,
        personal_endorsements::{self as rows},
        shown::{self, ShownAward},
    },
};
use serde_json::json;

/// Those of one person that are told.
const MOST: u32 = 100;

/// One's own words for others, with what they are about.
#[derive(Clone, Debug)]
pub struct Given {
    pub said: PersonalEndorsement,
    pub badge: ShownAward,
}

/// Newest first.
pub async fn given(app: &App, actor: &Actor) -> Result<Vec<Given>, ActionError> {
    let member = member(actor, Right::SignedIn)?;
    let mut conn = app.db.read().await?;
    let said = rows::of_person(&mut conn, &member.id, MOST).await?;
    let ids: Vec<String> = said.iter().map(|said| said.award_id.clone()).collect();
    let badges = shown::shown_of(&mut conn, &ids).await?;
    let with = |said: PersonalEndorsement| {
        let badge = badges.iter().find(|badge| badge.award.id == said.award_id)?.clone();
        Some(Given { said, badge })
    };
    Ok(said.into_iter().filter_map(with).collect())
}

/// The holder's decision: `shown`, `hidden` or `declined`. Answers whose badge it is about.
pub async fn answer(app: &App, actor: &Actor, id: &str, standing: &str) -> Result<String, ActionError> {
    let member = member(actor, Right::SignedIn)?;
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let none = || ActionError::not_found("endorsement", id);
    let said = rows::get(&mut conn, id).await?.filter(|said| !said.is_erased()).ok_or_else(none)?;
    let badge = shown::shown(&mut conn, &said.award_id).await?;
    let badge = badge.filter(|badge| badge.award.person_id == member.id).ok_or_else(none)?;
    let mut faults = Faults::default();
    let standing = faults.take("standing", Standing::parse(standing)).filter(|standing| *standing != Standing::Waiting);
    if standing.is_none() && faults.is_empty() {
        faults.add("standing", "must be shown, hidden or declined");
    }
    let standing = faults.or(standing).map_err(ActionError::Invalid)?.unwrap_or(Standing::Hidden);
    if said.withdrawn_at.is_some() {
        return Err(withdrawn_before());
    }
    if said.standing == standing {
        return Ok(said.award_id);
    }
    rows::stand(&mut conn, id, standing).await?;
    let verb = format!("endorsement.{}", standing.as_str());
    events::append(&mut conn, now, &actor.label(), &verb, id, &json!({"award": said.award_id})).await?;
    // Told once: that it is there for all to read. That it was declined or hidden is the holder's own affair.
    if standing == Standing::Shown && said.standing == Standing::Waiting {
        tell_endorser(app, &mut conn, &said, &badge).await?;
    }
    conn.commit().await?;
    Ok(said.award_id)
}

/// By the endorser, who is signed in.
pub async fn withdraw(app: &App, actor: &Actor, id: &str) -> Result<(), ActionError> {
    let member = member(actor, Right::SignedIn)?;
    let mut conn = app.db.write().await?;
    let none = || ActionError::not_found("endorsement", id);
    let said = rows::get(&mut conn, id).await?.ok_or_else(none)?;
    let endorser = rows::endorser(&mut conn, &said.endorser_id).await?;
    if endorser.and_then(|endorser| endorser.person_id).as_deref() != Some(member.id.as_str()) {
        return Err(none());
    }
    withdrawn(app, conn, &actor.label(), &said).await
}

/// By someone outside: what they said, by the secret of their link.
pub async fn look_outside(app: &App, secret: &str) -> Result<Option<Given>, ActionError> {
    let mut conn = app.db.read().await?;
    let Some(said) = rows::by_withdraw_hash(&mut conn, &hash(secret)).await? else { return Ok(None) };
    let badge = shown::shown(&mut conn, &said.award_id).await?.filter(|badge| !badge.award.is_erased());
    Ok(badge.filter(|_| !said.is_erased()).map(|badge| Given { said, badge }))
}

pub async fn withdraw_outside(app: &App, secret: &str) -> Result<bool, ActionError> {
    let mut conn = app.db.write().await?;
    let found = rows::by_withdraw_hash(&mut conn, &hash(secret)).await?;
    let Some(said) = found.filter(|said| !said.is_erased()) else { return Ok(false) };
    withdrawn(app, conn, "endorser", &said).await?;
    Ok(true)
}

async fn withdrawn(app: &App, mut conn: Conn, by: &str, said: &PersonalEndorsement) -> Result<(), ActionError> {
    let now = app.clock.now();
    if !rows::withdraw(&mut conn, &said.id, now).await? {
        return Err(withdrawn_before());
    }
    sign::publish(app, &mut conn, &said.endorser_id).await?;
    events::append(&mut conn, now, by, "endorsement.withdrawn", &said.id, &json!({"award": said.award_id})).await?;
    if said.standing == Standing::Shown
        && let Some(badge) = shown::shown(&mut conn, &said.award_id).await?
    {
        let letter = Letter::new("endorsement-withdrawn")
            .with("endorser", &said.name)
            .with("badge", title(&badge, said.skill))
            .with("page", format!("{}/me/badges/{}/endorsements", app.config.base_url, said.award_id));
        mail::post(app, &mut conn, &badge.person, &letter).await?;
    }
    Ok(conn.commit().await?)
}

async fn tell_endorser(
    app: &App,
    conn: &mut Conn,
    said: &PersonalEndorsement,
    badge: &ShownAward,
) -> Result<(), ActionError> {
    let person = match rows::endorser(conn, &said.endorser_id).await?.and_then(|endorser| endorser.person_id) {
        Some(id) => people::get(conn, &id).await?,
        // Someone outside was told how to withdraw it when they gave it, and is written to no more.
        None => None,
    };
    let Some(person) = person else { return Ok(()) };
    let letter = Letter::new("endorsement-shown")
        .with("holder", &badge.person.name)
        .with("badge", title(badge, said.skill))
        .with("page", format!("{}/me/endorsements", app.config.base_url));
    mail::post(app, conn, &person, &letter).await
}

fn withdrawn_before() -> ActionError {
    ActionError::conflict(Conflict::Withdrawn, "the endorsement was withdrawn")
}
