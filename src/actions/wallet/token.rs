//! Turns the pre-authorised code and the transaction code into an access token (OpenID4VCI 1.0, section 6). Every try is counted before
//! anything is compared, and stays counted.

use super::{Refusal, WalletError, secret, tx_code_hash};
use crate::{
    actions::{App, sessions::hash},
    domain::wallet::{MOST_TRIES, TOKEN_MINUTES},
    store::wallets,
};
use jiff::SignedDuration;

/// An access token, which gives each form of its badge once.
#[derive(Debug)]
pub struct Token {
    pub secret: String,
    pub seconds: i64,
}

pub async fn redeem(app: &App, code: &str, tx_code: &str) -> Result<Token, WalletError> {
    let now = app.clock.now();
    let code_hash = hash(code);
    if wallets::open(&mut app.db.read().await?, &code_hash, now).await?.is_none() {
        // Whoever guesses codes makes us write nothing.
        return Err(Refusal::Grant.into());
    }
    let mut conn = app.db.write().await?;
    let offer = wallets::try_code(&mut conn, &code_hash, MOST_TRIES, now).await?.ok_or(Refusal::Grant)?;
    let right = offer.tx_code_hash.is_some_and(|kept| kept == tx_code_hash(code, tx_code));
    let (token, lasts) = (secret(), SignedDuration::from_mins(TOKEN_MINUTES));
    let redeemed = right && wallets::redeem(&mut conn, &code_hash, &hash(&token), now + lasts).await?;
    conn.commit().await?;
    match redeemed {
        true => Ok(Token { secret: token, seconds: lasts.as_secs() }),
        false => Err(Refusal::Grant.into()),
    }
}
