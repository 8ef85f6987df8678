//! Someone endorses: a colleague who is signed in, asked or not, or someone outside by the link they were sent. Signed at once, and shown to others only
//! once the holder shows it.

use super::{ask, sign, standing, title};
use crate::{
    actions::{ActionError, App, Conflict, mail, member, sessions::hash},
    domain::{
        actor::{Actor, Right},
        award::Visibility,
        id::random_id,
        letter::Letter,
        personal_endorsement::{CheckedWords, Relation, Words},
        words::Language,
    },
    outside::random::{self, SECRET_LENGTH},
    store::{
        Conn, StoreError, events, people,
        personal_endorsements::{self, Ask, Endorser},
        shown::ShownAward,
    },
};
use serde_json::json;

/// What someone is about to endorse, and as whom.
#[derive(Clone, Debug)]
pub struct Writing {
    pub badge: ShownAward,
    /// As they are known, or as the holder called them.
    pub name: String,
    pub relation: Relation,
    pub skill: Option<u32>,
}

/// Of a badge that one sees or was asked for; one's own is none of these.
pub async fn look(app: &App, actor: &Actor, award_id: &str) -> Result<Writing, ActionError> {
    writing(app, &mut app.db.read().await?, actor, award_id).await
}

/// By the link of a letter, while it is good. Looking changes nothing, since mail programs open links before their readers do.
pub async fn look_outside(app: &App, secret: &str) -> Result<Option<Writing>, ActionError> {
    Ok(outside(app, &mut app.db.read().await?, secret).await?.map(|(writing, _)| writing))
}

pub async fn give(app: &App, actor: &Actor, award_id: &str, words: &Words) -> Result<(), ActionError> {
    let member = member(actor, Right::SignedIn)?;
    let mut conn = app.db.write().await?;
    let writing = writing(app, &mut conn, actor, award_id).await?;
    let words = words.check(Some(&member.name), writing.badge.level.content.alignments.len());
    let words = words.map_err(ActionError::Invalid)?;
    let known = personal_endorsements::endorser_of_person(&mut conn, &member.id).await?;
    let endorser = known.unwrap_or_else(|| Endorser {
        id: app.random.with(random_id),
        person_id: Some(member.id.clone()),
        list: None,
    });
    if let Some(person) = people::get(&mut conn, &member.id).await? {
        for ask in personal_endorsements::open_asks(&mut conn, award_id, app.clock.now()).await? {
            if ask.email == person.email {
                personal_endorsements::use_ask(&mut conn, &ask.hash, app.clock.now()).await?;
            }
        }
    }
    given(app, conn, &actor.label(), &writing, words, (endorser, None)).await?;
    Ok(())
}

/// Uses the link up. False where it is not good any more.
pub async fn give_outside(app: &App, secret: &str, words: &Words, language: Language) -> Result<bool, ActionError> {
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let Some((writing, ask)) = outside(app, &mut conn, secret).await? else { return Ok(false) };
    let words = words.check(None, writing.badge.level.content.alignments.len()).map_err(ActionError::Invalid)?;
    if !personal_endorsements::use_ask(&mut conn, &ask.hash, now).await? {
        return Ok(false);
    }
    let withdrawing = random::secret();
    let letter = Letter::new("endorsement-thanks")
        .with("holder", &writing.badge.person.name)
        .with("badge", title(&writing.badge, words.skill))
        .with("link", format!("{}/endorse/said/{withdrawing}", app.config.base_url))
        // Whoever has the link can withdraw what was said: once sent, its words are not kept.
        .until(now + ask::LASTS)
        .language(language);
    let to = (words.name.clone(), ask.email);
    mail::post_outside(app, &mut conn, (&to.0, &to.1), &writing.badge.person.id, &letter).await?;
    let endorser = Endorser { id: app.random.with(random_id), person_id: None, list: None };
    given(app, conn, "endorser", &writing, words, (endorser, Some(hash(&withdrawing)))).await?;
    Ok(true)
}

async fn writing(app: &App, conn: &mut Conn, actor: &Actor, award_id: &str) -> Result<Writing, ActionError> {
    let member = member(actor, Right::SignedIn)?;
    let person = people::get(conn, &member.id).await?.ok_or(ActionError::Unauthenticated)?;
    let badge = standing(app, conn, award_id).await;
    // Whether it stands is told only to whoever may see it.
    let award = crate::store::awards::get(conn, award_id).await?;
    let award = award.ok_or_else(|| ActionError::not_found("badge", award_id))?;
    if award.person_id == member.id {
        return Err(ActionError::conflict(Conflict::OwnBadge, "nobody endorses their own badge"));
    }
    let above = people::above(conn, &award.person_id).await?.iter().any(|above| above.id == member.id);
    let asks = personal_endorsements::open_asks(conn, award_id, app.clock.now()).await?;
    let asked = asks.iter().find(|ask| ask.email == person.email);
    // Nobody learns by the form whose badge it is, if its holder is not named on it.
    let named = people::get(conn, &award.person_id).await?.is_some_and(|holder| holder.name_public);
    if !above && asked.is_none() && (award.visibility == Visibility::Private || !named) {
        return Err(ActionError::not_found("badge", award_id));
    }
    let relation = if above { Relation::Manager } else { Relation::Peer };
    Ok(Writing { badge: badge?, name: person.name, relation, skill: asked.and_then(|ask| ask.skill) })
}

async fn outside(app: &App, conn: &mut Conn, secret: &str) -> Result<Option<(Writing, Ask)>, ActionError> {
    if secret.len() != SECRET_LENGTH {
        return Ok(None);
    }
    let Some(ask) = personal_endorsements::open_ask(conn, &hash(secret), app.clock.now()).await? else {
        return Ok(None);
    };
    let badge = standing(app, conn, &ask.award_id).await?;
    Ok(Some((Writing { badge, name: ask.name.clone(), relation: Relation::Client, skill: ask.skill }, ask)))
}

/// Signs it, tells the holder, and commits.
async fn given(
    app: &App,
    mut conn: Conn,
    by: &str,
    writing: &Writing,
    words: CheckedWords,
    (endorser, withdraw_hash): (Endorser, Option<String>),
) -> Result<(), ActionError> {
    let now = app.clock.now();
    let badge = &writing.badge;
    let skill = words.skill;
    let said = sign::signed(app, &mut conn, &endorser, badge, writing.relation, words).await?;
    let inserted = personal_endorsements::insert(&mut conn, &said, withdraw_hash.as_deref()).await;
    inserted.map_err(|why| match why {
        StoreError::Taken { constraint } if constraint.contains("award_id") || constraint.contains("skill") => {
            ActionError::conflict(Conflict::EndorsedBefore, "you have endorsed this before")
        }
        other => other.into(),
    })?;
    let letter = Letter::new("endorsement-waits")
        .with("endorser", &said.name)
        .with("badge", title(badge, skill))
        .with("page", format!("{}/me/badges/{}/endorsements", app.config.base_url, badge.award.id));
    mail::post(app, &mut conn, &badge.person, &letter).await?;
    let detail = json!({"award": said.award_id, "skill": skill, "relation": said.relation.as_str()});
    events::append(&mut conn, now, by, "endorsement.given", &said.id, &detail).await?;
    Ok(conn.commit().await?)
}
