//! Passkeys and the questions that wait for an answer. A question is taken once.

use super::{
    Conn, StoreError,
    columns::{self, unreadable},
    db::{row, rows, run},
};
use crate::domain::passkey::{Passkey, Question};
use jiff::Timestamp;

macro_rules! passkey_columns {
    () => {
        "k.id, k.person_id, k.name, k.credential, k.public_key, k.state, k.transports, k.created_at, k.last_used_at"
    };
}

/// Refused where this credential is known.
pub async fn insert(conn: &mut Conn, passkey: &Passkey) -> Result<(), StoreError> {
    run!(
        conn,
        "INSERT INTO passkeys (id, person_id, name, credential, public_key, state, transports, created_at, last_used_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &passkey.id,
        &passkey.person_id,
        &passkey.name,
        &passkey.credential,
        &passkey.key,
        &passkey.state,
        i64::from(passkey.transports),
        passkey.created_at.as_second(),
        passkey.last_used_at.map(Timestamp::as_second)
    )?;
    Ok(())
}

/// Someone's, the oldest first.
pub async fn of_person(conn: &mut Conn, person_id: &str) -> Result<Vec<Passkey>, StoreError> {
    columns::all(rows!(
        conn,
        PasskeyRow,
        concat!("SELECT ", passkey_columns!(), " FROM passkeys k WHERE k.person_id = $1 ORDER BY k.created_at, k.id"),
        person_id
    )?)
}

/// The one with this id on its authenticator, base64url.
pub async fn by_credential(conn: &mut Conn, credential: &str) -> Result<Option<Passkey>, StoreError> {
    columns::one(row!(
        conn,
        PasskeyRow,
        concat!("SELECT ", passkey_columns!(), " FROM passkeys k WHERE k.credential = $1"),
        credential
    )?)
}

/// Whether anyone has one.
pub async fn any(conn: &mut Conn) -> Result<bool, StoreError> {
    let found = row!(conn, (i64,), "SELECT CAST(1 AS BIGINT) FROM passkeys WHERE id > '' LIMIT 1")?;
    Ok(found.is_some())
}

/// Notes that it was used, and its counter and flags from now on.
pub async fn used(conn: &mut Conn, id: &str, state: &str, now: Timestamp) -> Result<(), StoreError> {
    run!(conn, "UPDATE passkeys SET state = $2, last_used_at = $3 WHERE id = $1", id, state, now.as_second())?;
    Ok(())
}

/// One of this person's; false when it is not there.
pub async fn remove(conn: &mut Conn, person_id: &str, id: &str) -> Result<bool, StoreError> {
    Ok(run!(conn, "DELETE FROM passkeys WHERE id = $1 AND person_id = $2", id, person_id)? == 1)
}

pub async fn ask(conn: &mut Conn, question: &Question) -> Result<(), StoreError> {
    run!(
        conn,
        "INSERT INTO passkey_questions (challenge, person_id, state, expires_at) VALUES ($1, $2, $3, $4)",
        &question.challenge,
        &question.person_id,
        &question.state,
        question.expires_at.as_second()
    )?;
    Ok(())
}

/// The question with this challenge, which from now on is gone; none when it was never asked, is answered or too old.
pub async fn take(conn: &mut Conn, challenge: &str, now: Timestamp) -> Result<Option<Question>, StoreError> {
    let found = columns::one(row!(
        conn,
        QuestionRow,
        "DELETE FROM passkey_questions WHERE challenge = $1 RETURNING challenge, person_id, state, expires_at",
        challenge
    )?)?;
    Ok(found.filter(|question: &Question| now < question.expires_at))
}

/// Forgets the questions whose time has run out.
pub async fn sweep(conn: &mut Conn, now: Timestamp) -> Result<(), StoreError> {
    run!(conn, "DELETE FROM passkey_questions WHERE expires_at <= $1", now.as_second())?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct PasskeyRow {
    id: String,
    person_id: String,
    name: String,
    credential: String,
    public_key: String,
    state: String,
    transports: i64,
    created_at: i64,
    last_used_at: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct QuestionRow {
    challenge: String,
    person_id: Option<String>,
    state: String,
    expires_at: i64,
}

impl TryFrom<PasskeyRow> for Passkey {
    type Error = StoreError;

    fn try_from(row: PasskeyRow) -> Result<Self, StoreError> {
        Ok(Passkey {
            id: row.id,
            person_id: row.person_id,
            name: row.name,
            credential: row.credential,
            key: row.public_key,
            state: row.state,
            transports: u8::try_from(row.transports).map_err(|why| unreadable("passkeys.transports", why))?,
            created_at: columns::time("passkeys.created_at", row.created_at)?,
            last_used_at: columns::maybe_time("passkeys.last_used_at", row.last_used_at)?,
        })
    }
}

impl TryFrom<QuestionRow> for Question {
    type Error = StoreError;

    fn try_from(row: QuestionRow) -> Result<Self, StoreError> {
        Ok(Question {
            challenge: row.challenge,
            person_id: row.person_id,
            state: row.state,
            expires_at: columns::time("passkey_questions.expires_at", row.expires_at)?,
        })
    }
}
