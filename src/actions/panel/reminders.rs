//! Reminders of scores that are due: some days before, on the day, and once after it, to whoever sits and has not handed in. Written in the
//! morning of the issuer's calendar, each once for a due day, however often the day's work is begun again.

use crate::{
    actions::{
        ActionError, App, mail,
        morning::{self, AT_ONCE, Desk, day_of},
    },
    domain::{due_scores::DueReminder, letter::Letter},
    store::{
        Conn,
        due_scores::{self, Due},
    },
};

/// The last day on which everyone was reminded.
const DONE: &str = "reviewers_reminded_on";

/// Whether today's reminders are still to be written.
pub async fn wanted(app: &App) -> Result<bool, ActionError> {
    morning::wanted(app, DONE).await
}

/// Writes today's reminders, and notes the day once there are none left; how many.
pub async fn remind(app: &App) -> Result<usize, ActionError> {
    morning::work(app, DONE, batch).await
}

async fn batch(conn: &mut Conn, desk: &Desk<'_>) -> Result<usize, ActionError> {
    for reminder in DueReminder::ALL {
        let Some(dues) = reminder.dues(desk.today(), &desk.zone) else { continue };
        let (kind, least) = (reminder.as_str(), reminder.least_seconds());
        let found = due_scores::unreminded(conn, kind, dues, least, AT_ONCE).await?;
        for due in &found {
            if due_scores::reminded(conn, due, kind, desk.now).await? {
                mail::post(desk.app, conn, &due.person, &letter(desk, due, kind)).await?;
            }
        }
        if !found.is_empty() {
            return Ok(found.len());
        }
    }
    Ok(0)
}

fn letter(desk: &Desk<'_>, due: &Due, kind: &'static str) -> Letter {
    Letter::new("scores-due")
        .with("level", format!("{}: {}", due.program, due.level))
        .with("when", kind)
        .day("due", day_of(due.due_at, &desk.zone))
        .with("page", format!("{}/assess/{}", desk.app.config.base_url, due.panel_id))
}
