//! Renewals as they come: who is reminded of what ends, and the list of it.
//!
//! Once a day, after six in the morning of the issuer's time zone, everyone whose certification ends is written to 90, 30 and 7 days before and on the
//! day, with a calendar file; their manager too where the level says so. What was renewed or revoked reminds no one, nor does whoever has
//! left. A reminder is noted in the transaction that writes it, so it is written once, however often the day's work is begun again.

use super::{
    ActionError, App, issuer, mail,
    morning::{self, AT_ONCE, Desk, day_of},
    require,
};
use crate::{
    domain::{
        actor::{Actor, Right, Role, may},
        calendar,
        letter::Letter,
        level::LevelContent,
        recipient::Person,
        renewal::{Reminder, Stand, stand},
    },
    store::{
        Conn, people, programs,
        renewals::{self, Ending},
    },
};
use jiff::{SignedDuration, Timestamp};

/// The last day on which everyone was reminded.
const DONE: &str = "reminded_on";

/// A certification in the list of those that end.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    pub ending: Ending,
    pub stand: Stand,
}

/// Whether today's reminders are still to be written.
pub async fn wanted(app: &App) -> Result<bool, ActionError> {
    morning::wanted(app, DONE).await
}

/// Writes today's reminders, and notes the day once there are none left; how many.
pub async fn remind(app: &App) -> Result<usize, ActionError> {
    morning::work(app, DONE, batch).await
}

async fn batch(conn: &mut Conn, desk: &Desk<'_>) -> Result<usize, ActionError> {
    for reminder in Reminder::ALL {
        let Some(ends) = reminder.ends(desk.today(), &desk.zone) else { continue };
        let (kind, least) = (reminder.as_str(), reminder.least_seconds());
        let found = renewals::unreminded(conn, kind, ends, least, AT_ONCE).await?;
        for ending in &found {
            if renewals::reminded(conn, &ending.award_id, kind, desk.now).await? {
                write(desk, conn, ending).await?;
            }
        }
        if !found.is_empty() {
            return Ok(found.len());
        }
    }
    Ok(0)
}

async fn write(desk: &Desk<'_>, conn: &mut Conn, ending: &Ending) -> Result<(), ActionError> {
    let missing = || ActionError::not_found("person", &ending.person_id);
    let person = people::get(conn, &ending.person_id).await?.ok_or_else(missing)?;
    let base = &desk.app.config.base_url;
    let next = match &ending.enrolment_id {
        Some(way) => format!("{base}/me/path/{way}"),
        None => format!("{base}/me/enrol/{}", ending.level_id),
    };
    mail::post(desk.app, conn, &person, &letter_of(desk, ending, Letter::new("renewal"), &next)).await?;
    let manager = person.manager_id.as_deref().filter(|_| ending.content.reminds_manager());
    let manager: Option<Person> = match manager {
        Some(id) => people::get(conn, id).await?,
        None => None,
    };
    if let Some(manager) = manager {
        let letter = Letter::new("renewal-of-report").with("person", &person.name);
        mail::post(desk.app, conn, &manager, &letter_of(desk, ending, letter, &format!("{base}/team"))).await?;
    }
    Ok(())
}

/// What is said, where its reader goes from there, and the end as a day of one's calendar.
fn letter_of(desk: &Desk<'_>, ending: &Ending, letter: Letter, url: &str) -> Letter {
    let end = ending.valid_until;
    let (day, today) = (day_of(end, &desk.zone), day_of(desk.now, &desk.zone));
    let title = format!("{}: {}", ending.program, ending.content.name);
    let host = desk.app.config.base_url.split("://").nth(1).unwrap_or_default();
    let file = calendar::file(
        &calendar::Day { uid: &format!("{}@{host}", ending.award_id), day, summary: &title, description: url, url },
        desk.now,
    );
    let (state, turn) = match stand(&ending.content, Some(end), desk.now, &desk.zone) {
        Stand::Open { .. } | Stand::Endless => ("open", day),
        Stand::NotYet { opens } if opens < end => ("later", day_of(opens, &desk.zone)),
        Stand::NotYet { .. } if has_grace(&ending.content) => ("after", day),
        Stand::NotYet { .. } => ("anew", day),
        Stand::Grace { last } => ("grace", day_of(last, &desk.zone)),
        Stand::Lapsed => ("lapsed", day),
    };
    let how = if ending.enrolment_id.is_some() { "under-way" } else { state };
    letter
        .with("level", title)
        .with("days", i64::from((day - today).get_days()))
        .with("past", if end <= desk.now { "yes" } else { "no" })
        .with("how", how)
        .with("link", url)
        .day("day", day)
        .day("turn", turn)
        .calendar(file)
}

/// Where a list was left: the end and the id of the last that was shown.
pub type Cursor = (Timestamp, String);

/// Up to `limit` of a program's certifications that end before `before` or ended within the last year, the first to end first: for whoever owns the
/// program, and for who reads all. Without a program those of all, for the operator.
pub async fn list(
    app: &App,
    actor: &Actor,
    program: Option<&str>,
    (after, before): (Option<Cursor>, Timestamp),
    limit: u32,
) -> Result<Vec<Listed>, ActionError> {
    let mut conn = app.db.read().await?;
    match (actor, program) {
        (Actor::Person(member), Some(program)) => {
            let known = programs::get(&mut conn, program).await?.is_some();
            let seen = member.has_in(Role::Owner, program) || may(actor, Right::ReadRecord);
            if !known || !seen {
                return Err(ActionError::not_found("program", program));
            }
        }
        _ => require(actor, Right::Operate)?,
    }
    let zone = issuer(&mut conn).await?.zone();
    let now = app.clock.now();
    let from = after.unwrap_or((now - SignedDuration::from_hours(365 * 24), String::new()));
    let found = renewals::ending(&mut conn, program.unwrap_or_default(), (from.0, &from.1), before, limit).await?;
    let listed =
        |ending: Ending| Listed { stand: stand(&ending.content, Some(ending.valid_until), now, &zone), ending };
    Ok(found.into_iter().map(listed).collect())
}

fn has_grace(content: &LevelContent) -> bool {
    content.renewal.as_ref().is_some_and(|renewal| renewal.grace.is_some())
}
