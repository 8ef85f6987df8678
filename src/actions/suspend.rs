//! Takes an award back until that is lifted (decision 0069), by whoever may revoke or by an owner of its program.
//!
//! Open Badges 3.0 allows a credential one status, which is for revocation and never cleared. So suspending marks the credential that is about as
//! revoked, and lifting it signs a newer version of the same credential, with a place of its own: `validFrom` is that day, `awardedDate` the first.
//! Of a certification all goes with its newest award that has time left. Since a place changes with it, the issuer's key is held before an award is read.

use super::{
    ActionError, App, Conflict,
    drafts::owner,
    keys::{Hand, hold},
    mail,
    path::complete::follow,
    prepare::{Draft, sealed_anew},
    require,
    revoke::{LONGEST_REASON, Place, mark},
    status, webhooks,
};
use crate::{
    domain::{
        actor::{Actor, Member, Right},
        award::{Award, Visibility},
        field::Faults,
        letter::Letter,
        webhook::Topic,
    },
    store::{Conn, awards, events, shown, shown::ShownAward, suspensions},
};
use jiff::Timestamp;
use serde_json::json;
use std::{collections::BTreeMap, sync::Arc};

/// How many that are suspended are shown of a program.
pub const SHOWN: u32 = 200;

/// `reason` is for the record and the holder; everyone sees it only where the issuer says so.
pub async fn suspend(app: &App, actor: &Actor, award_id: &str, reason: &str) -> Result<Award, ActionError> {
    require(actor, Right::Revoke)?;
    let reason = said(reason, None)?;
    let mut conn = app.db.write().await?;
    let hand = hold(app, &mut conn).await?;
    let shown = found(&mut conn, award_id).await?;
    let award = take_back(app, &mut conn, &actor.label(), (hand, shown), &reason).await?;
    conn.commit().await?;
    Ok(award)
}

/// Makes it good again.
pub async fn resume(app: &App, actor: &Actor, award_id: &str) -> Result<Award, ActionError> {
    require(actor, Right::Revoke)?;
    let mut conn = app.db.write().await?;
    let hand = hold(app, &mut conn).await?;
    let shown = found(&mut conn, award_id).await?;
    let award = give_back(app, &mut conn, &actor.label(), (hand, shown)).await?;
    conn.commit().await?;
    Ok(award)
}

/// What is suspended of a program, for its owners: the last first, and one more than are shown where there are more.
pub async fn of_program(conn: &mut Conn, actor: &Actor, program_id: &str) -> Result<Vec<ShownAward>, ActionError> {
    owner(actor, program_id)?;
    Ok(shown::suspended(conn, program_id, SHOWN + 1).await?)
}

/// The same by an owner: `badge` is its id, its address or that of its certification.
pub async fn suspend_of_program(
    app: &App,
    actor: &Actor,
    program_id: &str,
    badge: &str,
    reason: &str,
) -> Result<Award, ActionError> {
    let member = owner(actor, program_id)?;
    let mut conn = app.db.write().await?;
    let hand = hold(app, &mut conn).await?;
    let shown = of(named(app, &mut conn, badge).await?, program_id);
    let reason = said(reason, Some(shown.is_some()))?;
    let shown = shown.ok_or_else(|| ActionError::not_found("badge", badge))?;
    not_own(member, &shown.award)?;
    let award = take_back(app, &mut conn, &actor.label(), (hand, shown), &reason).await?;
    conn.commit().await?;
    Ok(award)
}

pub async fn resume_of_program(
    app: &App,
    actor: &Actor,
    program_id: &str,
    award_id: &str,
) -> Result<Award, ActionError> {
    let member = owner(actor, program_id)?;
    let mut conn = app.db.write().await?;
    let hand = hold(app, &mut conn).await?;
    let shown = of(shown::shown(&mut conn, award_id).await?, program_id);
    let shown = shown.ok_or_else(|| ActionError::not_found("badge", award_id))?;
    not_own(member, &shown.award)?;
    let award = give_back(app, &mut conn, &actor.label(), (hand, shown)).await?;
    conn.commit().await?;
    Ok(award)
}

async fn found(conn: &mut Conn, award_id: &str) -> Result<ShownAward, ActionError> {
    let shown = shown::shown(conn, award_id).await?.filter(|shown| !shown.award.is_erased());
    shown.ok_or_else(|| ActionError::not_found("award", award_id))
}

/// The badge that is meant; of a certification its newest.
async fn named(app: &App, conn: &mut Conn, badge: &str) -> Result<Option<ShownAward>, ActionError> {
    let (urls, badge) = (app.urls(), badge.trim());
    if let Some(lineage) = urls.id_in(badge, "certifications") {
        let Some(newest) = awards::latest_of_lineage(conn, lineage).await? else { return Ok(None) };
        return Ok(shown::shown(conn, &newest.id).await?);
    }
    Ok(shown::shown(conn, urls.id_in(badge, "badges").unwrap_or(badge)).await?)
}

/// What is of another program is not there.
fn of(shown: Option<ShownAward>, program_id: &str) -> Option<ShownAward> {
    shown.filter(|shown| shown.program.id == program_id && !shown.award.is_erased())
}

fn not_own(member: &Member, award: &Award) -> Result<(), ActionError> {
    match award.person_id == member.id {
        true => Err(ActionError::conflict(Conflict::OwnSuspension, "nobody decides on their own badge")),
        false => Ok(()),
    }
}

/// The reason; `known` is whether the badge that was named is one, where it was named in the same form.
fn said(reason: &str, known: Option<bool>) -> Result<String, ActionError> {
    let mut faults = Faults::default();
    if known == Some(false) {
        faults.add("badge", "is no badge of this program");
    }
    let reason = faults.text("reason", reason, LONGEST_REASON, true);
    faults.or(reason).map_err(ActionError::Invalid)
}

/// With what it renewed and has time left: nobody is to show that instead.
async fn take_back(
    app: &App,
    conn: &mut Conn,
    by: &str,
    (hand, shown): (Hand, ShownAward),
    reason: &str,
) -> Result<Award, ActionError> {
    let now = app.clock.now();
    can_be_suspended(&shown.award, now)?;
    let mut awards = awards::of_lineage(conn, &shown.award.lineage_id).await?;
    let lasts = |award: &Award| award.valid_until.is_none_or(|end| now < end);
    awards.retain(|award| award.id == shown.award.id || !award.is_taken_back() && lasts(award));
    let mut lists = BTreeMap::new();
    for award in &awards {
        let place = Place::of_award(award, reason);
        lists.insert(place.list, mark(conn, &place).await?);
        if !suspensions::suspend(conn, &award.id, now, reason).await? {
            return Err(ActionError::Busy);
        }
        let detail = json!({"list": place.list, "index": place.index, "reason": reason});
        events::append(conn, now, by, "award.suspended", &award.id, &detail).await?;
    }
    for list in lists.values() {
        status::publish(app, conn, &hand.issuer, &hand.signer, list, now).await?;
    }
    tell(app, conn, &shown, Letter::new("badge-suspended")).await?;
    let ids: Vec<String> = awards.iter().map(|award| award.id.clone()).collect();
    webhooks::awards(app, conn, Topic::AwardSuspended, &ids, now).await?;
    Ok(Award { suspended_at: Some(now), suspension_reason: Some(reason.to_owned()), ..shown.award })
}

fn can_be_suspended(award: &Award, now: Timestamp) -> Result<(), ActionError> {
    let (why, what) = if award.revoked_at.is_some() {
        (Conflict::AlreadyRevoked, "it was revoked, and a revocation is final")
    } else if award.superseded_by.is_some() {
        (
            Conflict::Superseded,
            "it was renewed; suspend the newest award of its certification, and this one goes with it",
        )
    } else if award.suspended_at.is_some() {
        (Conflict::AlreadySuspended, "it is suspended already")
    } else if award.valid_until.is_some_and(|end| end <= now) {
        (Conflict::BadgeOver, "it has ended")
    } else {
        return Ok(());
    };
    Err(ActionError::conflict(why, format!("the award {} can't be suspended: {what}", award.id)))
}

/// With what was taken back beside it.
async fn give_back(
    app: &App,
    conn: &mut Conn,
    by: &str,
    (hand, shown): (Hand, ShownAward),
) -> Result<Award, ActionError> {
    let now = app.clock.now();
    if !shown.award.is_suspended() {
        let message = format!("the award {} is not suspended", shown.award.id);
        return Err(ActionError::conflict(Conflict::NotSuspended, message));
    }
    let beside = shown::shown_lineage(conn, &shown.award.lineage_id).await?;
    let anew = |ShownAward { award, person, level, .. }: ShownAward| {
        let (suspended_at, suspension_reason) = (None, None);
        let resumed = Award { suspended_at, suspension_reason, resumed_at: Some(now), issued_at: now, ..award.clone() };
        (award, Draft { award: resumed, person, content: Arc::new(level.content) })
    };
    let drafts = beside.into_iter().filter(|shown| shown.award.is_suspended()).map(anew).collect();
    let awards = sealed_anew(app, conn, hand, drafts, now).await?;
    for award in &awards {
        let detail = json!({"list": award.status_list_id, "index": award.status_index});
        events::append(conn, now, by, "award.resumed", &award.id, &detail).await?;
    }
    let ids: Vec<String> = awards.iter().map(|award| award.id.clone()).collect();
    webhooks::awards(app, conn, Topic::AwardResumed, &ids, now).await?;
    let ended = shown.award.valid_until.is_some_and(|end| end <= now);
    if ended {
        webhooks::ended_unseen(app, conn, &shown.award, now).await?;
    }
    let letter = if ended { Letter::new("suspension-lifted") } else { Letter::new("badge-resumed") };
    tell(app, conn, &shown, letter).await?;
    // What waited for this badge need not wait for anyone's press.
    follow(app, conn, &shown.award.person_id, now).await?;
    let none = || ActionError::internal(anyhow::anyhow!("the award {} was not signed", shown.award.id));
    awards.into_iter().find(|award| award.id == shown.award.id).ok_or_else(none)
}

/// Its holder learns of it: what is about of the badge counts no more, now or for good.
async fn tell(app: &App, conn: &mut Conn, shown: &ShownAward, letter: Letter) -> Result<(), ActionError> {
    let letter = letter
        .with("level", &shown.level.content.name)
        .with("shown", if shown.award.visibility == Visibility::Private { "no" } else { "yes" })
        .with("badge", app.urls().certification(&shown.award.lineage_id))
        .with("page", format!("{}/me/badges", app.config.base_url));
    mail::post(app, conn, &shown.person, &letter).await
}
