//! Offers a badge to its holder's wallet. The code is in the offer; the transaction code is drawn when its holder asks to see it, and
//! never stands where the offer does.

use super::{formats, secret, tx_code_hash};
use crate::{
    actions::{ActionError, App, Conflict, member, own_badges, sessions::hash},
    domain::{
        actor::{Actor, Right},
        wallet::{Format, OFFER_MINUTES, WalletCredential, may_be_taken, transaction_code as drawn},
    },
    outside::random::Random,
    store::{awards, events, shown::ShownAward, wallets},
};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

/// How many of the copies that were given are shown.
const MOST_SHOWN: u32 = 20;

/// One's own badge, and what was given of it to wallets.
#[derive(Debug)]
pub struct Shown {
    pub badge: ShownAward,
    /// Newest first.
    pub given: Vec<WalletCredential>,
    /// Whether it may be given now.
    pub may: bool,
}

pub async fn show(app: &App, actor: &Actor, award_id: &str) -> Result<Shown, ActionError> {
    let mut conn = app.db.read().await?;
    let badge = own_badges::one(&mut conn, actor, award_id).await?;
    let mut given = wallets::of_award(&mut conn, award_id, MOST_SHOWN).await?;
    // What was given of a version before a suspension is of no use any more.
    given.retain(|copy| badge.award.resumed_at.is_none_or(|resumed| copy.issued_at >= resumed));
    Ok(Shown { may: may_be_taken(&badge.award, app.clock.now()), badge, given })
}

/// An offer that was just opened.
#[derive(Debug)]
pub struct Offered {
    pub badge: ShownAward,
    /// The pre-authorised code.
    pub code: String,
    pub formats: Vec<Format>,
    pub expires_at: Timestamp,
}

/// Opens an offer; one that was open for the same badge ends.
pub async fn offer(app: &App, actor: &Actor, award_id: &str) -> Result<Offered, ActionError> {
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let badge = own_badges::one(&mut conn, actor, award_id).await?;
    if !may_be_taken(&badge.award, now) {
        let message = format!("the award {award_id} is not valid now, so it can't be put into a wallet");
        return Err(ActionError::conflict(Conflict::NotForWallet, message));
    }
    let formats = formats(&mut conn, &badge.issuer).await?;
    let (code, expires_at) = (secret(), now + SignedDuration::from_mins(OFFER_MINUTES));
    wallets::sweep_offers(&mut conn, now).await?;
    wallets::offer(&mut conn, &hash(&code), award_id, expires_at).await?;
    events::append(&mut conn, now, &actor.label(), "wallet.offered", award_id, &json!({})).await?;
    conn.commit().await?;
    Ok(Offered { badge, code, formats, expires_at })
}

/// The transaction code of an open offer.
#[derive(Debug)]
pub struct Told {
    pub award_id: String,
    pub tx_code: String,
    pub expires_at: Timestamp,
}

/// Draws the transaction code of one's own open offer; the one that was drawn before is good no more. None when the offer is not open.
pub async fn transaction_code(app: &App, actor: &Actor, code: &str) -> Result<Option<Told>, ActionError> {
    let member = member(actor, Right::SignedIn)?;
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let Some(offer) = wallets::open(&mut conn, &hash(code), now).await? else { return Ok(None) };
    let award = awards::get(&mut conn, &offer.award_id).await?;
    if award.is_none_or(|award| award.person_id != member.id) {
        return Ok(None);
    }
    let tx_code = Random::System.with(drawn);
    if !wallets::set_tx_code(&mut conn, &offer.code_hash, &tx_code_hash(code, &tx_code), now).await? {
        return Ok(None);
    }
    conn.commit().await?;
    Ok(Some(Told { award_id: offer.award_id, tx_code, expires_at: offer.expires_at }))
}
