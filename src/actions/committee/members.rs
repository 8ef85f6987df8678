//! Sets up a committee and appoints to it. Appointing gives the role that lets someone propose and vote; it counts while a term runs.
//! Terms rotate: a new one may follow one that ends, and an end that nobody follows is overdue.

use super::committee;
use crate::{
    actions::{ActionError, App, Conflict, people::named, require},
    domain::{
        actor::{Actor, Grant, Right, Role},
        committee::{ANNOUNCED_DAYS, Committee, Term},
        field::Faults,
        id::random_id,
    },
    store::{
        committees::{self, Member},
        events, programs,
        roles::{self, Granted},
    },
};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

/// Gives a program a committee, or another quorum and time to vote. From then on only the committee publishes it.
pub async fn set_up(app: &App, actor: &Actor, committee: &Committee) -> Result<(), ActionError> {
    require(actor, Right::Administer)?;
    let mut faults = Faults::default();
    if !(1..=50).contains(&committee.quorum) {
        faults.add("quorum", format!("is {}; give 1 to 50 votes", committee.quorum));
    }
    if !(1..=90).contains(&committee.days) {
        faults.add("days", format!("is {}; give 1 to 90 days to vote", committee.days));
    }
    faults.or(()).map_err(ActionError::Invalid)?;
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    if programs::get(&mut conn, &committee.program_id).await?.is_none() {
        return Err(ActionError::not_found("program", &committee.program_id));
    }
    committees::put(&mut conn, committee, now, &actor.label()).await?;
    let detail = json!({"quorum": committee.quorum, "days": committee.days});
    events::append(&mut conn, now, &actor.label(), "committee.set_up", &committee.program_id, &detail).await?;
    Ok(conn.commit().await?)
}

/// For whom, and for how long.
#[derive(Clone, Debug)]
pub struct Appointment {
    pub program: String,
    /// Address or id.
    pub who: String,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    /// The term whose place it takes.
    pub follows: Option<String>,
}

pub async fn appoint(app: &App, actor: &Actor, appointment: &Appointment) -> Result<Term, ActionError> {
    require(actor, Right::Administer)?;
    let Appointment { program, who, starts_at, ends_at, follows } = appointment;
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    committee(&mut conn, program).await?;
    let person = named(&mut conn, who).await?;
    if !person.active {
        let message = format!("{} has left, and can't sit on a committee", person.email);
        return Err(ActionError::conflict(Conflict::LeftNoSeat, message));
    }
    let mut faults = Faults::default();
    if *ends_at <= *starts_at || *ends_at <= now {
        faults.add("until", "is over, or before the beginning; give a later day");
    }
    let members = committees::members(&mut conn, program).await?;
    if let Some(follows) = follows {
        match members.iter().find(|member| member.term.id == *follows) {
            None => faults.add("follows", "is no term of this committee; `laurel committee show` lists them"),
            Some(member) if member.followed => faults.add("follows", "is a term whose place is taken already"),
            Some(_) => {}
        }
    }
    let overlaps = |member: &&Member| {
        let term = &member.term;
        term.person_id == person.id && term.starts_at < *ends_at && *starts_at < term.ends_at
    };
    if members.iter().any(|member| overlaps(&member)) {
        faults.add("from", format!("{} is in term then already", person.email));
    }
    faults.or(()).map_err(ActionError::Invalid)?;
    let term = Term {
        id: app.random.with(random_id),
        program_id: program.clone(),
        person_id: person.id.clone(),
        starts_at: *starts_at,
        ends_at: *ends_at,
        follows: follows.clone(),
    };
    committees::add_term(&mut conn, &term).await?;
    let grant = Grant { role: Role::Committee, program: Some(program.clone()) };
    let granted = Granted { person_id: person.id.clone(), grant, at: now, by: actor.label() };
    let new = roles::grant(&mut conn, &granted).await?;
    let detail = json!({
        "program": program, "term": term.id, "from": starts_at.to_string(), "until": ends_at.to_string(),
        "follows": follows, "role_given": new,
    });
    events::append(&mut conn, now, &actor.label(), "committee.appointed", &person.id, &detail).await?;
    conn.commit().await?;
    Ok(term)
}

/// Ends a running term before its time.
pub async fn leave(app: &App, actor: &Actor, term_id: &str, reason: &str) -> Result<(), ActionError> {
    require(actor, Right::Administer)?;
    let mut faults = Faults::default();
    let reason = faults.text("reason", reason, 500, false);
    faults.or(()).map_err(ActionError::Invalid)?;
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let term = committees::term(&mut conn, term_id).await?.ok_or_else(|| ActionError::not_found("term", term_id))?;
    if !committees::end_term(&mut conn, term_id, now).await? {
        return Err(ActionError::conflict(Conflict::TermNotRunning, "this term does not run now"));
    }
    let detail = json!({"program": term.program_id, "term": term.id, "reason": reason});
    events::append(&mut conn, now, &actor.label(), "committee.left", &term.person_id, &detail).await?;
    Ok(conn.commit().await?)
}

/// Everyone who sits, sat or will sit, the latest to end first.
pub async fn list(app: &App, actor: &Actor, program_id: &str) -> Result<(Committee, Vec<Member>), ActionError> {
    require(actor, Right::Administer)?;
    let mut conn = app.db.read().await?;
    let committee = committee(&mut conn, program_id).await?;
    Ok((committee, committees::members(&mut conn, program_id).await?))
}

/// Whether a term is to be announced as ending.
pub(super) fn horizon(now: Timestamp) -> Timestamp {
    now.checked_add(SignedDuration::from_hours(24 * ANNOUNCED_DAYS)).unwrap_or(Timestamp::MAX)
}
