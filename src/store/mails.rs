//! Mail: written with what causes it, sent later by a job that the runner puts down for it.

use super::{
    Conn, StoreError, columns,
    db::{row, rows, run},
};
use crate::domain::letter::Mail;
use jiff::Timestamp;

/// Every column of a mail, of the table named `m`.
macro_rules! mail_columns {
    () => {
        "m.id, m.recipient, m.subject, m.text, m.calendar, m.useful_until, m.stop_url, m.created_at, m.sent_at"
    };
}

/// A mail that is not sent yet, with what became of it so far.
#[derive(Clone, Debug, PartialEq)]
pub struct Unsent {
    pub mail: Mail,
    pub attempts: i64,
    /// Why the last attempt failed.
    pub why: Option<String>,
    pub given_up: bool,
}

/// A mail to someone of the directory, or to someone outside on behalf of one.
pub async fn insert(conn: &mut Conn, mail: &Mail, person_id: &str) -> Result<(), StoreError> {
    run!(
        conn,
        "INSERT INTO mails (id, recipient, subject, text, calendar, useful_until, stop_url, created_at, sent_at, person_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        &mail.id,
        &mail.recipient,
        &mail.subject,
        &mail.text,
        &mail.calendar,
        mail.until.map(Timestamp::as_second),
        &mail.stop_url,
        mail.created_at.as_second(),
        mail.sent_at.map(Timestamp::as_second),
        person_id
    )?;
    Ok(())
}

pub async fn get(conn: &mut Conn, id: &str) -> Result<Option<Mail>, StoreError> {
    columns::one(row!(conn, MailRow, concat!("SELECT ", mail_columns!(), " FROM mails m WHERE m.id = $1"), id)?)
}

/// The ids of up to `limit` that have no job yet and are still of use at `now`, the oldest first.
pub async fn waiting(conn: &mut Conn, now: Timestamp, limit: u32) -> Result<Vec<String>, StoreError> {
    let found = rows!(
        conn,
        (String,),
        "SELECT id FROM mails WHERE sent_at IS NULL AND job_id IS NULL AND created_at <= $1 AND (useful_until IS NULL OR useful_until > $1)
         ORDER BY created_at, id LIMIT $2",
        now.as_second(),
        i64::from(limit)
    )?;
    Ok(found.into_iter().map(|(id,)| id).collect())
}

/// Notes the job that sends it. False when it has one.
pub async fn give_to(conn: &mut Conn, id: &str, job: i64) -> Result<bool, StoreError> {
    Ok(run!(conn, "UPDATE mails SET job_id = $2 WHERE id = $1 AND job_id IS NULL", id, job)? == 1)
}

/// Notes that it was sent. What was good for a while only, such as a link, is not kept after it, nor is the link that stops letters.
pub async fn sent(conn: &mut Conn, id: &str, at: Timestamp) -> Result<(), StoreError> {
    run!(
        conn,
        "UPDATE mails SET sent_at = $2, stop_url = NULL, text = CASE WHEN useful_until IS NULL THEN text ELSE '' END
         WHERE id = $1 AND sent_at IS NULL",
        id,
        at.as_second()
    )?;
    Ok(())
}

/// Up to `limit` that are not sent and still of use at `now`, the oldest first.
pub async fn unsent(conn: &mut Conn, now: Timestamp, limit: u32) -> Result<Vec<Unsent>, StoreError> {
    columns::all(rows!(
        conn,
        UnsentRow,
        concat!(
            "SELECT ",
            mail_columns!(),
            ", j.attempts, j.last_error, j.state AS job_state FROM mails m LEFT JOIN jobs j ON j.id = m.job_id
             WHERE m.sent_at IS NULL AND m.created_at <= $1 AND (m.useful_until IS NULL OR m.useful_until > $1)
             ORDER BY m.created_at, m.id LIMIT $2"
        ),
        now.as_second(),
        i64::from(limit)
    )?)
}

/// How many are not sent and still of use at `now`, and how many of these were given up.
pub async fn count_unsent(conn: &mut Conn, now: Timestamp) -> Result<(i64, i64), StoreError> {
    let found = row!(
        conn,
        (i64, i64),
        "SELECT COUNT(*), COUNT(CASE WHEN j.state = 'dead' THEN 1 END) FROM mails m LEFT JOIN jobs j ON j.id = m.job_id
         WHERE m.sent_at IS NULL AND m.created_at <= $1 AND (m.useful_until IS NULL OR m.useful_until > $1)",
        now.as_second()
    )?;
    Ok(found.unwrap_or_default())
}

/// Lets the jobs of what was given up, or waits for its next attempt, begin anew at `now`; how many.
pub async fn revive(conn: &mut Conn, now: Timestamp) -> Result<u64, StoreError> {
    run!(
        conn,
        "UPDATE jobs SET state = 'waiting', attempts = 0, run_at = $1
         WHERE (state = 'dead' OR state = 'waiting' AND run_at > $1)
             AND id IN (SELECT job_id FROM mails WHERE sent_at IS NULL AND created_at <= $1 AND job_id IS NOT NULL)",
        now.as_second()
    )
}

#[derive(sqlx::FromRow)]
struct MailRow {
    id: String,
    recipient: String,
    subject: String,
    text: String,
    calendar: Option<String>,
    useful_until: Option<i64>,
    stop_url: Option<String>,
    created_at: i64,
    sent_at: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct UnsentRow {
    #[sqlx(flatten)]
    mail: MailRow,
    attempts: Option<i64>,
    last_error: Option<String>,
    job_state: Option<String>,
}

impl TryFrom<MailRow> for Mail {
    type Error = StoreError;

    fn try_from(row: MailRow) -> Result<Self, StoreError> {
        Ok(Mail {
            id: row.id,
            recipient: row.recipient,
            subject: row.subject,
            text: row.text,
            calendar: row.calendar,
            until: columns::maybe_time("mails.useful_until", row.useful_until)?,
            stop_url: row.stop_url,
            created_at: columns::time("mails.created_at", row.created_at)?,
            sent_at: columns::maybe_time("mails.sent_at", row.sent_at)?,
        })
    }
}

impl TryFrom<UnsentRow> for Unsent {
    type Error = StoreError;

    fn try_from(row: UnsentRow) -> Result<Self, StoreError> {
        Ok(Unsent {
            mail: row.mail.try_into()?,
            attempts: row.attempts.unwrap_or(0),
            why: row.last_error,
            given_up: row.job_state.as_deref() == Some("dead"),
        })
    }
}
