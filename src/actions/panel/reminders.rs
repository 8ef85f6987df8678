//! Reminders of scores that are due: some days before, on the day, and once after it, to whoever sits and has not handed in. Written in the
//! morning of the issuer's calendar, each once for a due day, however often the day's work is begun again.

use crate::{
    actions::{
        ActionError, App, issuer, mail,
        renewals::{day_of, today},
    },
    domain::{due_scores::DueReminder, letter::Letter},
    store::{
        Conn,
        due_scores::{self, Due},
        issuers, settings,
    },
};
use jiff::{Timestamp, tz::TimeZone};

/// The last day on which everyone was reminded.
const DONE: &str = "reviewers_reminded_on";
/// How many are written to in one transaction.
const AT_ONCE: u32 = 50;
/// How many transactions one run makes; the rest follows at once.
const MOST_BATCHES: usize = 20;

/// Whether today's reminders are still to be written.
pub async fn wanted(app: &App) -> Result<bool, ActionError> {
    let mut conn = app.db.read().await?;
    // Before `laurel init` there is nobody to remind.
    let Some(issuer) = issuers::only(&mut conn).await? else { return Ok(false) };
    let today = today(app.clock.now(), &issuer.zone()).to_string();
    Ok(settings::get(&mut conn, DONE).await? != Some(today))
}

/// Writes today's reminders, and notes the day once there are none left; how many.
pub async fn remind(app: &App) -> Result<usize, ActionError> {
    let mut written = 0;
    for _ in 0..MOST_BATCHES {
        let now = app.clock.now();
        let mut conn = app.db.write().await?;
        let zone = issuer(&mut conn).await?.zone();
        let batch = batch(app, &mut conn, (now, &zone)).await?;
        if batch == 0 {
            settings::set(&mut conn, DONE, &today(now, &zone).to_string()).await?;
        }
        conn.commit().await?;
        written += batch;
        if batch == 0 {
            break;
        }
    }
    Ok(written)
}

async fn batch(app: &App, conn: &mut Conn, (now, zone): (Timestamp, &TimeZone)) -> Result<usize, ActionError> {
    for reminder in DueReminder::ALL {
        let Some(dues) = reminder.dues(today(now, zone), zone) else { continue };
        let (kind, least) = (reminder.as_str(), reminder.least_seconds());
        let found = due_scores::unreminded(conn, kind, dues, least, AT_ONCE).await?;
        for due in &found {
            if due_scores::reminded(conn, due, kind, now).await? {
                mail::post(app, conn, &due.person, &letter(app, due, (kind, zone))).await?;
            }
        }
        if !found.is_empty() {
            return Ok(found.len());
        }
    }
    Ok(0)
}

fn letter(app: &App, due: &Due, (kind, zone): (&'static str, &TimeZone)) -> Letter {
    Letter::new("scores-due")
        .with("level", format!("{}: {}", due.program, due.level))
        .with("when", kind)
        .day("due", day_of(due.due_at, zone))
        .with("page", format!("{}/assess/{}", app.config.base_url, due.panel_id))
}
