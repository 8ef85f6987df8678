//! Mail: written in the transaction of what it tells about, sent afterwards by a job.
//!
//! What is rolled back was never written to anyone, and what is committed is sent, if need be after the server was down. A mail that is
//! tried again keeps its Message-ID; one that is given up after the last attempt is listed by `laurel mail list`, and `laurel doctor`
//! says so. Without a mail server under `[mail]` letters wait.

use super::{ActionError, App, issuer, letter_choices::stop_url, people::named, require};
use crate::{
    domain::{
        actor::{Actor, Right},
        id::random_id,
        letter::{Envelope, Letter, Mail},
        recipient::Person,
    },
    store::{
        Conn, letter_choices,
        mails::{self, Unsent},
    },
};

/// Writes a letter to someone, in the caller's transaction. Whoever has left is written to no more, and nobody is sent what they stopped.
pub async fn post(app: &App, conn: &mut Conn, to: &Person, letter: &Letter) -> Result<(), ActionError> {
    if !to.active {
        return Ok(());
    }
    if let Some(kind) = letter.kind()
        && letter_choices::declined(conn, &to.id).await?.contains(&kind)
    {
        return Ok(());
    }
    write(app, conn, to, letter).await?;
    Ok(())
}

/// To someone outside, by name and address, on behalf of someone of the directory: it goes with that person should they be erased.
pub(super) async fn post_outside(
    app: &App,
    conn: &mut Conn,
    to: (&str, &str),
    on_behalf_of: &str,
    letter: &Letter,
) -> Result<(), ActionError> {
    put_down(app, conn, to, on_behalf_of, letter).await.map(drop)
}

async fn write(app: &App, conn: &mut Conn, to: &Person, letter: &Letter) -> Result<Mail, ActionError> {
    put_down(app, conn, (&to.name, &to.email), &to.id, letter).await
}

async fn put_down(
    app: &App,
    conn: &mut Conn,
    (name, address): (&str, &str),
    person_id: &str,
    letter: &Letter,
) -> Result<Mail, ActionError> {
    let issuer = issuer(conn).await?;
    let envelope = Envelope { name, organisation: &issuer.name, url: &app.config.base_url };
    let (subject, text) = letter.write(letter.language.unwrap_or(app.config.language), &envelope);
    let mail = Mail {
        id: app.random.with(random_id),
        recipient: address.to_owned(),
        subject,
        text,
        calendar: letter.calendar.clone(),
        until: letter.until,
        stop_url: match letter.kind() {
            Some(kind) => Some(stop_url(app, conn, person_id, kind).await?),
            None => None,
        },
        created_at: app.clock.now(),
        sent_at: None,
    };
    mails::insert(conn, &mail, person_id).await?;
    Ok(mail)
}

/// What waits for a job to send it, by id; nothing while there is no server to send it by.
pub async fn waiting(app: &App, limit: u32) -> Result<Vec<String>, ActionError> {
    if !app.mailer.is_set_up() {
        return Ok(Vec::new());
    }
    Ok(mails::waiting(&mut app.db.read().await?, app.clock.now(), limit).await?)
}

/// Sends one mail, unless it was sent before or is of no use any more.
pub async fn send(app: &App, id: &str) -> Result<(), ActionError> {
    let now = app.clock.now();
    let found = mails::get(&mut app.db.read().await?, id).await?;
    let mail = found.ok_or_else(|| ActionError::not_found("mail", id))?;
    if mail.sent_at.is_some() || mail.until.is_some_and(|until| now >= until) {
        return Ok(());
    }
    app.mailer.send(&mail).await.map_err(|why| ActionError::refused(why.to_string()))?;
    let mut conn = app.db.write().await?;
    mails::sent(&mut conn, id, now).await?;
    Ok(conn.commit().await?)
}

/// Writes a trial letter to someone of the directory (by address or id) and sends it at once. What fails waits like any other mail.
pub async fn try_out(app: &App, actor: &Actor, who: &str) -> Result<Mail, ActionError> {
    require(actor, Right::Operate)?;
    let mut conn = app.db.write().await?;
    let person = named(&mut conn, who).await?;
    let mail = write(app, &mut conn, &person, &Letter::new("trial")).await?;
    conn.commit().await?;
    send(app, &mail.id).await?;
    Ok(mail)
}

/// Up to `limit` letters that wait, or were given up; the oldest first.
pub async fn list(app: &App, actor: &Actor, limit: u32) -> Result<Vec<Unsent>, ActionError> {
    require(actor, Right::Operate)?;
    Ok(mails::unsent(&mut app.db.read().await?, app.clock.now(), limit).await?)
}

/// Has everything that was given up, or waits for its next attempt, tried again at once; how many that is. For when the mail server is there again,
/// or a process died that was sending: what it held would wait for the end of its lease.
pub async fn retry(app: &App, actor: &Actor) -> Result<u64, ActionError> {
    require(actor, Right::Operate)?;
    let mut conn = app.db.write().await?;
    let revived = mails::revive(&mut conn, app.clock.now()).await?;
    conn.commit().await?;
    Ok(revived)
}
