//! What learner and mentor note for each other: for the two alone. A later mentor does not read it, nor does an owner or an auditor.

use super::{ActionError, Conflict, acting, letters, seen, still_active};
use crate::{
    actions::App,
    domain::{
        actor::{Actor, Member, Right},
        enrolment::Relation,
        field::Faults,
        id::random_id,
        submission::plain_lines,
    },
    store::{
        Conn,
        check_ins::{self, CheckIn},
        enrolments::Enrolled,
        events,
    },
};
use serde_json::json;

/// The longest note, in characters.
pub const LONGEST: usize = 4_000;

/// Adds a note, by either of the two.
pub async fn note(app: &App, actor: &Actor, enrolment_id: &str, text: &str) -> Result<CheckIn, ActionError> {
    let mut faults = Faults::default();
    let text = faults.text("text", &plain_lines(text), LONGEST, true);
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let (member, author) = acting(&mut conn, actor, Right::SignedIn).await?;
    let (enrolled, _) = between(&mut conn, member, enrolment_id).await?;
    faults.or(()).map_err(ActionError::Invalid)?;
    still_active(&enrolled.enrolment)?;
    let Some(mentor_id) = enrolled.enrolment.mentor_id.clone() else {
        return Err(ActionError::conflict(
            Conflict::NoMentorToRead,
            "there is no mentor to read it; ask for one first",
        ));
    };
    let note = CheckIn {
        id: app.random.with(random_id),
        enrolment_id: enrolled.enrolment.id.clone(),
        mentor_id,
        author_id: member.id.clone(),
        text,
        at: now,
    };
    check_ins::insert(&mut conn, &note).await?;
    events::append(&mut conn, now, &actor.label(), "check_in.noted", &note.enrolment_id, &json!({})).await?;
    letters::note_written(app, &mut conn, &enrolled, &author, &note.mentor_id).await?;
    conn.commit().await?;
    Ok(note)
}

/// Newest first: the learner reads what they noted with every mentor they had, a mentor what was noted with them.
pub async fn read(app: &App, actor: &Actor, enrolment_id: &str) -> Result<Vec<CheckIn>, ActionError> {
    let mut conn = app.db.read().await?;
    let (member, _) = acting(&mut conn, actor, Right::SignedIn).await?;
    let (_, relation) = between(&mut conn, member, enrolment_id).await?;
    Ok(match relation {
        Relation::Learner => check_ins::of_learner(&mut conn, enrolment_id).await?,
        _ => check_ins::between(&mut conn, enrolment_id, &member.id).await?,
    })
}

/// The enrolment for learner and mentor; for anyone else there is none.
async fn between(conn: &mut Conn, member: &Member, id: &str) -> Result<(Enrolled, Relation), ActionError> {
    let (enrolled, relation) = seen(conn, member, id).await?;
    match relation {
        Relation::Learner | Relation::Mentor => Ok((enrolled, relation)),
        Relation::Owner | Relation::Assessor => Err(ActionError::not_found("enrolment", id)),
    }
}
