//! Signing in by a one-time link in a letter, which proves that one reads mail at the address.
//!
//! - Whoever asks learns nothing of who is known here: the caller answers before any of this is done, and always the same.
//! - A link is good for [`MINUTES`], and once; whichever is used first ends the others. Only the SHA-256 of its secret is kept.
//! - At most [`MOST`] letters go to one person in that time, however often anyone asks.

use super::{
    ActionError, App,
    mail::post,
    sessions::{self, Browser, Opened, hash},
};
use crate::{
    domain::{letter::Letter, session::Method, words::Language},
    outside::random::{self, SECRET_LENGTH},
    store::{
        people,
        sign_in_links::{self, Link},
    },
};
use jiff::SignedDuration;

pub const MINUTES: i64 = 15;
pub const MOST: i64 = 3;

/// Writes to whoever has this address, if it is anyone who has not left. `next` is the path of the page they asked for.
pub async fn write(app: &App, email: &str, next: &str, language: Language) -> Result<(), ActionError> {
    let now = app.clock.now();
    let minutes = SignedDuration::from_mins(MINUTES);
    let (expires_at, since) = (now + minutes, now - minutes);
    let found = people::by_email(&mut app.db.read().await?, email).await?;
    let Some(person) = found.filter(|person| person.active) else { return Ok(()) };
    let mut conn = app.db.write().await?;
    if sign_in_links::made_since(&mut conn, &person.id, since).await? >= MOST {
        return Ok(());
    }
    sign_in_links::sweep(&mut conn, since).await?;
    let secret = random::secret();
    sign_in_links::insert(&mut conn, &hash(&secret), &person, next, (now, expires_at)).await?;
    let letter = Letter::new("sign-in")
        .with("link", format!("{}/sign-in/link/{secret}", app.config.base_url))
        .with("minutes", MINUTES)
        .language(language)
        .until(expires_at);
    post(app, &mut conn, &person, &letter).await?;
    Ok(conn.commit().await?)
}

/// Whom a link is for, while it can be used; looking changes nothing, since mail programs open links before their readers do.
pub async fn look(app: &App, secret: &str) -> Result<Option<Link>, ActionError> {
    if secret.len() != SECRET_LENGTH {
        return Ok(None);
    }
    Ok(sign_in_links::open(&mut app.db.read().await?, &hash(secret), app.clock.now()).await?)
}

/// Uses a link up and signs its person in; none when it can't be used any more.
pub async fn redeem(app: &App, secret: &str, browser: Browser<'_>) -> Result<Option<(Opened, String)>, ActionError> {
    if look(app, secret).await?.is_none() {
        return Ok(None);
    }
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let Some(link) = sign_in_links::open(&mut conn, &hash(secret), now).await? else { return Ok(None) };
    if !sign_in_links::use_up(&mut conn, &hash(secret), &link.person_id, now).await? {
        return Ok(None);
    }
    let opened = sessions::open_in(app, &mut conn, &link.person_id, Method::Link, browser).await?;
    conn.commit().await?;
    Ok(Some((opened, link.next)))
}
