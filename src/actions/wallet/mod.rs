//! Badges into wallets (OpenID4VCI 1.0) by a pre-authorised code, in the order it goes (docs/decisions/0057):
//!
//! 1. The holder, signed in, opens an offer (`offer.rs`), and has the transaction code shown apart from it.
//! 2. Their wallet turns both into an access token (`token.rs`), once, in time, and with few tries.
//! 3. It asks for a nonce, proves that it holds a key, and is given the badge made out to that key (`credential.rs`).
//!
//! Codes, tokens and nonces are kept as hashes only. What was given to wallets is noted, and revoked with the award.

mod credential;
mod offer;
mod refusal;
mod token;

pub use credential::{Request, give, nonce};
pub use offer::{Offered, Shown, Told, offer, show, transaction_code};
pub use refusal::{Refusal, WalletError};
pub use token::{Token, redeem};

use super::ActionError;
use crate::{
    domain::{issuer::Issuer, wallet::Format},
    outside::{random::Random, vault::Purpose},
    store::{Conn, keys},
};
use ring::hmac;

/// The forms that badges can be given in now: as JWT only where there is a key for it.
pub async fn formats(conn: &mut Conn, issuer: &Issuer) -> Result<Vec<Format>, ActionError> {
    let jwt = keys::active(conn, &issuer.id, Purpose::Jwt.as_str()).await?.is_some();
    Ok(Format::ALL.into_iter().filter(|format| *format == Format::Ldp || jwt).collect())
}

/// What nobody can guess. Never drawn from a seeded generator, whatever else is.
fn secret() -> String {
    Random::System.with(crate::domain::id::random_id)
}

/// What is kept of a transaction code. Its few digits could be found out from a plain hash; the pre-authorised code, which is kept
/// nowhere, keys this one.
fn tx_code_hash(code: &str, tx_code: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, code.as_bytes());
    crate::domain::digesting::hex(hmac::sign(&key, tx_code.as_bytes()).as_ref())
}
