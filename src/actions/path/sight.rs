//! Who sees what was handed in (decision 0041): the learner and their mentor from the first draft on; owners of the program and the assessors
//! who sit on its panel once it was handed in. For anyone else it is not there, auditors and administrators among them: the record they
//! read is of what was done and decided, and this is someone's work.

use super::{ActionError, submission::no_submission};
use crate::{
    domain::{actor::Member, enrolment::Relation, submission::Submission},
    store::{
        Conn,
        enrolments::{self, Enrolled},
        samples, submissions,
    },
};

/// As what someone sees a submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Viewer {
    Learner,
    Mentor,
    Owner,
    /// Sits on its panel.
    Seated,
}

/// A submission as someone may see it; for anyone else there is none.
pub async fn of_submission(
    conn: &mut Conn,
    member: &Member,
    id: &str,
) -> Result<(Submission, Enrolled, Viewer), ActionError> {
    let submission = submissions::get(conn, id).await?.ok_or_else(|| no_submission(id))?;
    let enrolled = enrolments::enrolled(conn, &submission.enrolment_id).await?.ok_or_else(|| no_submission(id))?;
    let handed_in = submission.submitted_at.is_some();
    let viewer = match enrolled.enrolment.relation(member) {
        Some(Relation::Learner) => Some(Viewer::Learner),
        Some(Relation::Mentor) => Some(Viewer::Mentor),
        Some(Relation::Owner) if handed_in => Some(Viewer::Owner),
        _ if handed_in && submissions::is_seated(conn, id, &member.id).await? => Some(Viewer::Seated),
        // Work that was decided and that all assessors score, to see how far they agree.
        _ if handed_in && samples::is_open_to(conn, id, &member.id).await? => Some(Viewer::Seated),
        _ => None,
    };
    match viewer {
        Some(viewer) => Ok((submission, enrolled, viewer)),
        None => Err(no_submission(id)),
    }
}
