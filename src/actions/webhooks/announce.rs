//! Writes what endpoints are told, in the transaction of what it tells about. What is rolled back was never told.
//!
//! A message names a person only where everyone sees that badge and they agreed to it. An endpoint for all awards is of the company's own,
//! and gets the holder's id in the directory. E-mail addresses, reasons and what was assessed never go out (decision 0066).

use super::{endpoint, is_on};
use crate::{
    actions::{ActionError, App, import_program::Imported, issuer, require},
    domain::{
        actor::{Actor, Right},
        award::{Award, Visibility},
        chat::{self, Celebration},
        id::random_id,
        webhook::{Audience, Delivery, Endpoint, EndpointKind, Topic, message},
    },
    store::{
        Conn, awards as store_awards, settings,
        shown::{self, ShownAward},
        webhook_deliveries, webhooks,
    },
};
use jiff::Timestamp;
use serde_json::{Value, json};

/// Until when, and until which award, what ended was told.
const ENDED: &str = "webhooks_ended";
/// How many that end are told in one transaction.
const ENDED_AT_ONCE: u32 = 200;

/// Tells of awards. All of one kind, whose rows are written.
pub(in crate::actions) async fn awards(
    app: &App,
    conn: &mut Conn,
    topic: Topic,
    ids: &[String],
    now: Timestamp,
) -> Result<(), ActionError> {
    if ids.is_empty() {
        return Ok(());
    }
    let endpoints = listening(conn, topic).await?;
    if endpoints.is_empty() {
        return Ok(());
    }
    let found = shown::shown_of(conn, ids).await?;
    let news = found.iter().map(|shown| News { shown, was: shown.award.visibility, more: None });
    tell(app, conn, topic, &endpoints, news, now).await
}

/// Its holder shows it to others than before.
pub(in crate::actions) async fn award_shown(
    app: &App,
    conn: &mut Conn,
    award_id: &str,
    was: Visibility,
    now: Timestamp,
) -> Result<(), ActionError> {
    let endpoints = listening(conn, Topic::AwardShown).await?;
    if endpoints.is_empty() {
        return Ok(());
    }
    let found = shown::shown(conn, award_id).await?;
    let news = found.iter().map(|shown| News { shown, was, more: None });
    tell(app, conn, Topic::AwardShown, &endpoints, news, now).await
}

/// A revoked award is given again as another.
pub(in crate::actions) async fn award_restored(
    app: &App,
    conn: &mut Conn,
    award_id: &str,
    new_id: &str,
    now: Timestamp,
) -> Result<(), ActionError> {
    let endpoints = listening(conn, Topic::AwardRestored).await?;
    if endpoints.is_empty() {
        return Ok(());
    }
    let found = shown::shown(conn, award_id).await?;
    let more = ("restored_as", json!({"id": new_id, "badge_url": app.urls().badge(new_id)}));
    let news = found.iter().map(|shown| News { shown, was: shown.award.visibility, more: Some(more.clone()) });
    tell(app, conn, Topic::AwardRestored, &endpoints, news, now).await
}

/// A person is erased: whoever was told of their awards hears that they are to be erased there too, by their ids alone. What else waits or
/// was sent about them goes with them.
pub(in crate::actions) async fn awards_erased(
    app: &App,
    conn: &mut Conn,
    person_id: &str,
    now: Timestamp,
) -> Result<(), ActionError> {
    let endpoints = listening(conn, Topic::AwardErased).await?;
    if endpoints.is_empty() {
        return Ok(());
    }
    let mut told = Vec::new();
    for ShownAward { award, .. } in shown::shown_of_person(conn, person_id).await? {
        let body = message(Topic::AwardErased, now, &json!({"id": award.id}));
        let hears = |to: &&Endpoint| to.awards == Audience::All || award.visibility == Visibility::Public;
        told.extend(
            endpoints.iter().filter(hears).map(|to| written(app, to, (Topic::AwardErased, None), body.clone(), now)),
        );
    }
    Ok(webhook_deliveries::insert(conn, &told).await?)
}

/// New versions of levels were published.
pub(in crate::actions) async fn program(
    app: &App,
    conn: &mut Conn,
    published: &Imported,
    now: Timestamp,
) -> Result<(), ActionError> {
    if published.changed == 0 {
        return Ok(());
    }
    let endpoints = listening(conn, Topic::ProgramPublished).await?;
    let urls = app.urls();
    let levels = published
        .levels
        .iter()
        .map(|(id, version)| json!({"id": id, "version": version, "url": urls.achievement_version(id, *version)}));
    let data = json!({
        "id": published.program.id,
        "name": published.program.name,
        "url": urls.program(&published.program.id),
        "starts_at": published.starts_at.to_string(),
        "levels": levels.collect::<Vec<_>>(),
    });
    let body = message(Topic::ProgramPublished, now, &data);
    let told = endpoints.iter().map(|to| written(app, to, (Topic::ProgramPublished, None), body.clone(), now));
    Ok(webhook_deliveries::insert(conn, &told.collect::<Vec<_>>()).await?)
}

/// Tells of what ended since this was last asked, some at once; whether there may be more.
pub async fn expire(app: &App) -> Result<bool, ActionError> {
    let now = app.clock.now();
    if ended(&mut app.db.read().await?, now).await?.is_some_and(|ended| ended.is_empty()) {
        return Ok(false);
    }
    let mut conn = app.db.write().await?;
    // Another of us may be telling of the same: whoever comes second reads how far the first went.
    settings::hold(&mut conn, ENDED).await?;
    let ended = ended(&mut conn, now).await?;
    let place = match ended.as_ref().map(|ended| ended.last()) {
        Some(None) => return Ok(false),
        Some(Some((at, last))) => format!("{}.{last}", at.as_second()),
        // From now on: what ended before is no news.
        None => format!("{}.~", now.as_second()),
    };
    let ids: Vec<String> = ended.into_iter().flatten().map(|(_, id)| id).collect();
    awards(app, &mut conn, Topic::AwardExpired, &ids, now).await?;
    settings::set(&mut conn, ENDED, &place).await?;
    conn.commit().await?;
    Ok(ids.len() == ENDED_AT_ONCE as usize)
}

/// An award ended while it was suspended, when that was not told of; it is told of now, unless `expire` has yet to come by its end.
pub(in crate::actions) async fn ended_unseen(
    app: &App,
    conn: &mut Conn,
    award: &Award,
    now: Timestamp,
) -> Result<(), ActionError> {
    settings::hold(conn, ENDED).await?;
    let told = told_until(conn, now).await?;
    let passed = told.zip(award.valid_until).is_some_and(|((at, id), end)| (end, &award.id) <= (at, &id));
    match passed {
        true => awards(app, conn, Topic::AwardExpired, std::slice::from_ref(&award.id), now).await,
        false => Ok(()),
    }
}

/// What ended since it was last told of; `None` before it ever was.
async fn ended(conn: &mut Conn, now: Timestamp) -> Result<Option<Vec<(Timestamp, String)>>, ActionError> {
    let Some((after, id)) = told_until(conn, now).await? else { return Ok(None) };
    Ok(Some(store_awards::ended(conn, (after, &id), now, ENDED_AT_ONCE).await?))
}

/// Until when, and until which award, what ended was told.
async fn told_until(conn: &mut Conn, now: Timestamp) -> Result<Option<(Timestamp, String)>, ActionError> {
    let place = settings::get(conn, ENDED).await?;
    let Some((seconds, id)) = place.as_deref().and_then(|place| place.split_once('.')) else { return Ok(None) };
    let at = seconds.parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok()).unwrap_or(now);
    Ok(Some((at, id.to_owned())))
}

/// Sends a message that tells of nothing, to see whether it arrives.
pub async fn try_out(app: &App, actor: &Actor, id: &str) -> Result<Delivery, ActionError> {
    require(actor, Right::Webhooks)?;
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let to = endpoint(&mut conn, id).await?;
    is_on(&to)?;
    let organisation = issuer(&mut conn).await?.name;
    let said = chat::trial(to.kind, &organisation, app.config.language);
    let body = said.unwrap_or_else(|| message(Topic::Trial, now, &json!({"webhook": to.id, "name": to.name})));
    let delivery = written(app, &to, (Topic::Trial, None), body, now);
    webhook_deliveries::insert(&mut conn, std::slice::from_ref(&delivery)).await?;
    conn.commit().await?;
    Ok(delivery)
}

/// An award to tell of, who could see it before, and what is said beyond it.
struct News<'a> {
    shown: &'a ShownAward,
    was: Visibility,
    more: Option<(&'static str, Value)>,
}

async fn listening(conn: &mut Conn, topic: Topic) -> Result<Vec<Endpoint>, ActionError> {
    let mut endpoints = webhooks::all(conn).await?;
    endpoints.retain(|endpoint| endpoint.off.is_none() && endpoint.topics.contains(&topic));
    Ok(endpoints)
}

async fn tell<'a>(
    app: &App,
    conn: &mut Conn,
    topic: Topic,
    endpoints: &[Endpoint],
    news: impl Iterator<Item = News<'a>>,
    now: Timestamp,
) -> Result<(), ActionError> {
    let mut told = Vec::new();
    for one in news {
        for to in endpoints {
            if let Some(body) = body(app, to, topic, &one, now) {
                told.push(written(app, to, (topic, Some(&one.shown.person.id)), body, now));
            }
        }
    }
    Ok(webhook_deliveries::insert(conn, &told).await?)
}

/// `about` is what it tells of, and whose award that is.
fn written(
    app: &App,
    to: &Endpoint,
    (topic, about): (Topic, Option<&String>),
    body: String,
    now: Timestamp,
) -> Delivery {
    Delivery {
        id: app.random.with(random_id),
        webhook_id: to.id.clone(),
        person_id: about.cloned(),
        topic,
        body,
        created_at: now,
        next_at: Some(now),
        attempts: 0,
        delivered_at: None,
        last: None,
    }
}

/// What this endpoint is told of it; none where it is not for it.
fn body(app: &App, to: &Endpoint, topic: Topic, news: &News<'_>, now: Timestamp) -> Option<String> {
    let public = news.shown.award.visibility == Visibility::Public;
    match (to.kind, to.awards) {
        (EndpointKind::Slack | EndpointKind::Teams, _) if public => {
            celebration(app, news.shown, topic).message(to.kind, app.config.language)
        }
        (EndpointKind::Slack | EndpointKind::Teams, _) => None,
        // One that was for everyone is told of once more, so that it can be taken down.
        (EndpointKind::Standard, Audience::Public) if !public && news.was != Visibility::Public => None,
        (EndpointKind::Standard, awards) => Some(message(topic, now, &data(app, awards, news))),
    }
}

fn celebration<'a>(app: &App, shown: &'a ShownAward, topic: Topic) -> Celebration<'a> {
    Celebration {
        name: shown.person.shown_name(),
        level: &shown.level.content.name,
        program: &shown.program.name,
        organisation: &shown.issuer.name,
        renewed: topic == Topic::AwardRenewed,
        page: app.urls().certification(&shown.award.lineage_id),
        picture: app.urls().image(&shown.level.content.image),
    }
}

fn data(app: &App, audience: Audience, news: &News<'_>) -> Value {
    let ShownAward { award, person, level, program, .. } = news.shown;
    let urls = app.urls();
    let mut data = json!({
        "id": award.id,
        "visibility": award.visibility.as_str(),
        "level": {"id": level.id, "name": level.content.name, "version": award.level_version},
        "program": {"id": program.id, "name": program.name},
        "valid_from": award.valid_from.to_string(),
        "valid_until": award.valid_until.map(|at| at.to_string()),
        "issued_at": award.issued_at.to_string(),
        "revoked_at": award.revoked_at.map(|at| at.to_string()),
        "suspended_at": award.suspended_at.map(|at| at.to_string()),
        "resumed_at": award.resumed_at.map(|at| at.to_string()),
        "renews": award.renews,
        "superseded_by": award.superseded_by,
    });
    let Value::Object(fields) = &mut data else { return data };
    // Whoever has the address of one that is not for everyone can open it, so it goes to systems of the company's own alone.
    if award.visibility == Visibility::Public || audience == Audience::All {
        fields.insert("badge_url".into(), json!(urls.badge(&award.id)));
        fields.insert("certification_url".into(), json!(urls.certification(&award.lineage_id)));
    }
    let mut holder = serde_json::Map::new();
    if audience == Audience::All {
        holder.insert("id".into(), json!(person.id));
    }
    if let Some(name) = person.shown_name().filter(|_| award.visibility == Visibility::Public) {
        holder.insert("name".into(), json!(name));
    }
    fields.insert("holder".into(), Value::Object(holder));
    if let Some((name, value)) = &news.more {
        fields.insert((*name).to_owned(), value.clone());
    }
    data
}
