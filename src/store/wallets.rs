//! Badges put into wallets: offers by the SHA-256 (hex) of their code or token, nonces by theirs, and what was given.

use super::{
    Conn, StoreError,
    columns::{self, unreadable},
    db::{row, rows, run},
};
use crate::domain::wallet::{Format, WalletCredential, WalletOffer};
use jiff::Timestamp;

/// Opens an offer; the last one of the same badge is gone, with whatever token it had.
pub async fn offer(conn: &mut Conn, code_hash: &str, award_id: &str, expires_at: Timestamp) -> Result<(), StoreError> {
    run!(conn, "DELETE FROM wallet_offers WHERE award_id = $1", award_id)?;
    run!(
        conn,
        "INSERT INTO wallet_offers (code_hash, award_id, expires_at) VALUES ($1, $2, $3)",
        code_hash,
        award_id,
        expires_at.as_second()
    )?;
    Ok(())
}

/// An offer whose code was not used yet.
pub async fn open(conn: &mut Conn, code_hash: &str, now: Timestamp) -> Result<Option<WalletOffer>, StoreError> {
    columns::one(row!(
        conn,
        OfferRow,
        "SELECT code_hash, award_id, expires_at, tx_code_hash FROM wallet_offers
         WHERE code_hash = $1 AND token_hash IS NULL AND expires_at > $2",
        code_hash,
        now.as_second()
    )?)
}

/// Sets the transaction code of an open offer; how often one was tried stays. False when the offer is not open any more.
pub async fn set_tx_code(
    conn: &mut Conn,
    code_hash: &str,
    tx_code_hash: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let touched = run!(
        conn,
        "UPDATE wallet_offers SET tx_code_hash = $2 WHERE code_hash = $1 AND token_hash IS NULL AND expires_at > $3",
        code_hash,
        tx_code_hash,
        now.as_second()
    )?;
    Ok(touched == 1)
}

/// An open offer, of which one try more is counted; none once it was tried `most` times. Those who try at once come one after the other.
pub async fn try_code(
    conn: &mut Conn,
    code_hash: &str,
    most: i64,
    now: Timestamp,
) -> Result<Option<WalletOffer>, StoreError> {
    columns::one(row!(
        conn,
        OfferRow,
        "UPDATE wallet_offers SET tries = tries + 1
         WHERE code_hash = $1 AND token_hash IS NULL AND expires_at > $3 AND tries < $2
         RETURNING code_hash, award_id, expires_at, tx_code_hash",
        code_hash,
        most,
        now.as_second()
    )?)
}

/// Uses the code up for a token. False when it was used before.
pub async fn redeem(
    conn: &mut Conn,
    code_hash: &str,
    token_hash: &str,
    expires_at: Timestamp,
) -> Result<bool, StoreError> {
    let touched = run!(
        conn,
        "UPDATE wallet_offers SET token_hash = $2, expires_at = $3 WHERE code_hash = $1 AND token_hash IS NULL",
        code_hash,
        token_hash,
        expires_at.as_second()
    )?;
    Ok(touched == 1)
}

/// The offer that a token was given for, as long as it is good.
pub async fn by_token(conn: &mut Conn, token_hash: &str, now: Timestamp) -> Result<Option<WalletOffer>, StoreError> {
    columns::one(row!(
        conn,
        OfferRow,
        "SELECT code_hash, award_id, expires_at, tx_code_hash FROM wallet_offers WHERE token_hash = $1 AND expires_at > $2",
        token_hash,
        now.as_second()
    )?)
}

/// Forgets the offers whose time has run out.
pub async fn sweep_offers(conn: &mut Conn, now: Timestamp) -> Result<(), StoreError> {
    run!(conn, "DELETE FROM wallet_offers WHERE expires_at <= $1", now.as_second())?;
    Ok(())
}

pub async fn keep_nonce(conn: &mut Conn, hash: &str, expires_at: Timestamp) -> Result<(), StoreError> {
    run!(conn, "INSERT INTO wallet_nonces (hash, expires_at) VALUES ($1, $2)", hash, expires_at.as_second())?;
    Ok(())
}

/// Uses a nonce up. False when it was never given out, was used, or is too old.
pub async fn take_nonce(conn: &mut Conn, hash: &str, now: Timestamp) -> Result<bool, StoreError> {
    let touched = run!(conn, "DELETE FROM wallet_nonces WHERE hash = $1 AND expires_at > $2", hash, now.as_second())?;
    Ok(touched == 1)
}

/// Forgets the nonces whose time has run out.
pub async fn sweep_nonces(conn: &mut Conn, now: Timestamp) -> Result<(), StoreError> {
    run!(conn, "DELETE FROM wallet_nonces WHERE expires_at <= $1", now.as_second())?;
    Ok(())
}

/// Notes what is given. `Taken` where the offer gave this form before (`wallet_credentials_code_hash_format_key`).
pub async fn insert(conn: &mut Conn, given: &WalletCredential) -> Result<(), StoreError> {
    run!(
        conn,
        "INSERT INTO wallet_credentials (id, award_id, code_hash, format, holder, key_fragment, issued_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &given.id,
        &given.award_id,
        &given.code_hash,
        given.format.as_str(),
        &given.holder,
        &given.key_fragment,
        given.issued_at.as_second()
    )?;
    Ok(())
}

/// Whether the offer gave this form before.
pub async fn was_given(conn: &mut Conn, code_hash: &str, format: Format) -> Result<bool, StoreError> {
    let found = row!(
        conn,
        (i64,),
        "SELECT COUNT(*) FROM wallet_credentials WHERE code_hash = $1 AND format = $2",
        code_hash,
        format.as_str()
    )?;
    Ok(found.is_some_and(|(n,)| n > 0))
}

/// What was given of a badge, newest first.
pub async fn of_award(conn: &mut Conn, award_id: &str, limit: u32) -> Result<Vec<WalletCredential>, StoreError> {
    columns::all(rows!(
        conn,
        CredentialRow,
        "SELECT id, award_id, code_hash, format, holder, key_fragment, issued_at FROM wallet_credentials
         WHERE award_id = $1 ORDER BY issued_at DESC, id DESC LIMIT $2",
        award_id,
        i64::from(limit)
    )?)
}

#[derive(sqlx::FromRow)]
struct OfferRow {
    code_hash: String,
    award_id: String,
    expires_at: i64,
    tx_code_hash: Option<String>,
}

#[derive(sqlx::FromRow)]
struct CredentialRow {
    id: String,
    award_id: String,
    code_hash: String,
    format: String,
    holder: String,
    key_fragment: String,
    issued_at: i64,
}

impl TryFrom<OfferRow> for WalletOffer {
    type Error = StoreError;

    fn try_from(row: OfferRow) -> Result<Self, StoreError> {
        Ok(WalletOffer {
            code_hash: row.code_hash,
            award_id: row.award_id,
            expires_at: columns::time("wallet_offers.expires_at", row.expires_at)?,
            tx_code_hash: row.tx_code_hash,
        })
    }
}

impl TryFrom<CredentialRow> for WalletCredential {
    type Error = StoreError;

    fn try_from(row: CredentialRow) -> Result<Self, StoreError> {
        let unknown = || unreadable("wallet_credentials.format", format!("“{}” is no form", row.format));
        Ok(WalletCredential {
            format: Format::parse(&row.format).ok_or_else(unknown)?,
            id: row.id,
            award_id: row.award_id,
            code_hash: row.code_hash,
            holder: row.holder,
            key_fragment: row.key_fragment,
            issued_at: columns::time("wallet_credentials.issued_at", row.issued_at)?,
        })
    }
}
