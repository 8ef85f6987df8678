//! Takes a person out of every table (decision 0063). What is about them alone is removed; what others depend on stays without them; where others
//! wrote of them their name gives way to a dash.
//!
//! A new table with something of a person belongs here: tests/store/erasing.rs goes through all tables, and fails for one that it does not know.

use super::{
    Conn, StoreError, backpack,
    db::{each_engine, rows, run},
    events, evidence, oauth,
};
use crate::domain::erasing::{NOBODY, address};
use jiff::Timestamp;
use serde_json::Value;
use sqlx::QueryBuilder;

/// Where people write what they like, or what they wrote is kept: here a name gives way to a dash. What is signed is not here, nor what says what is
/// signed.
pub const WRITTEN: &[(&str, &str)] = &[
    ("appeals", "outcome"),
    ("appeals", "reason"),
    ("awards", "revocation_reason"),
    ("awards", "suspension_reason"),
    ("certificate_looks", "look"),
    ("check_ins", "text"),
    ("conflicts", "reason"),
    ("decisions", "grades"),
    ("decisions", "missing"),
    ("decisions", "reason"),
    ("decisions", "returned_for"),
    ("endorsement_asks", "name"),
    ("endorsements", "revocation_reason"),
    ("evidence", "file_name"),
    ("evidence", "note"),
    ("evidence", "text"),
    ("evidence", "title"),
    ("evidence", "url"),
    ("fulfilments", "note"),
    ("idempotency_keys", "response"),
    ("jobs", "last_error"),
    ("level_versions", "approved_by"),
    ("level_versions", "summary"),
    ("mails", "calendar"),
    ("mails", "subject"),
    ("mails", "text"),
    ("panels", "short"),
    ("passkeys", "name"),
    ("program_drafts", "file"),
    ("proposal_seats", "comment"),
    ("proposals", "content"),
    ("proposals", "failure"),
    ("proposals", "minutes"),
    ("proposals", "reason"),
    ("proposals", "title"),
    ("sample_scores", "comment"),
    ("samples", "title"),
    ("scores", "comment"),
    ("seats", "reason"),
    ("sessions", "user_agent"),
    ("sign_ins", "expected"),
    ("sign_ins", "next"),
    ("submissions", "statement"),
    ("teams", "external_id"),
    ("tokens", "name"),
    ("trusted_issuers", "name"),
    ("trusted_issuers", "note"),
    ("webhook_deliveries", "last_answer"),
    ("webhooks", "name"),
];

/// What is left to do after the commit, and to tell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Erased {
    /// Objects of the storage that nothing holds any more.
    pub objects: Vec<String>,
    /// Events whose words were taken out, by number.
    pub events: Vec<i64>,
}

macro_rules! enrolments_of {
    () => {
        "(SELECT e.id FROM enrolments e WHERE e.person_id = $1)"
    };
}

macro_rules! submissions_of {
    () => {
        "(SELECT s.id FROM enrolments e JOIN submissions s ON s.enrolment_id = e.id WHERE e.person_id = $1)"
    };
}

macro_rules! panels_of {
    () => {
        "(SELECT n.id FROM enrolments e JOIN submissions s ON s.enrolment_id = e.id JOIN panels n ON n.submission_id = s.id
          WHERE e.person_id = $1)"
    };
}

macro_rules! samples_of {
    () => {
        "(SELECT a.id FROM enrolments e JOIN submissions s ON s.enrolment_id = e.id JOIN samples a ON a.submission_id = s.id
          WHERE e.person_id = $1)"
    };
}

/// `badges` is what the addresses of badges begin with, `traces` what names the person, `email` their address until now.
pub async fn erase(
    conn: &mut Conn,
    (id, email): (&str, &str),
    traces: &[String],
    badges: &str,
    at: Timestamp,
) -> Result<Erased, StoreError> {
    let events = events_about(conn, id, traces, badges).await?;
    events::blank(conn, &events).await?;
    let objects = path(conn, id, at).await?;
    awards(conn, id, badges).await?;
    account(conn, id, email, at).await?;
    for trace in traces {
        written(conn, trace).await?;
    }
    Ok(Erased { objects, events })
}

/// The events that say more of someone than ids, in what was done to what is theirs, or wherever it names them.
async fn events_about(conn: &mut Conn, id: &str, traces: &[String], badges: &str) -> Result<Vec<i64>, StoreError> {
    let own: Vec<(String,)> = rows!(
        conn,
        (String,),
        concat!(
            "SELECT a.id FROM awards a WHERE a.person_id = $1
             UNION ALL SELECT d.id FROM awards a JOIN endorsements d ON d.subject = $2 || a.id WHERE a.person_id = $1
             UNION ALL SELECT d.id FROM awards a JOIN personal_endorsements d ON d.award_id = a.id WHERE a.person_id = $1
             UNION ALL SELECT e.id FROM enrolments e WHERE e.person_id = $1
             UNION ALL SELECT l.id FROM appeals l WHERE l.person_id = $1
             UNION ALL SELECT s.id FROM submissions s WHERE s.id IN ",
            submissions_of!(),
            " UNION ALL SELECT n.id FROM panels n WHERE n.id IN ",
            panels_of!(),
            " UNION ALL SELECT d.id FROM decisions d WHERE d.panel_id IN ",
            panels_of!(),
            " UNION ALL SELECT a.id FROM samples a WHERE a.id IN ",
            samples_of!()
        ),
        id,
        badges
    )?;
    let own: Vec<String> = own.into_iter().map(|(id,)| id).chain([id.to_owned()]).collect();
    let mut found = events::told_of(conn, &own).await?;
    found.retain(|(_, detail)| ["reason", "summary", "minutes", "title"].iter().any(|word| says(detail, word)));
    let mut about: Vec<i64> = found.into_iter().map(|(seq, _)| seq).collect();
    for trace in traces {
        about.extend(events::naming(conn, trace).await?);
    }
    about.sort_unstable();
    about.dedup();
    Ok(about)
}

fn says(detail: &str, word: &str) -> bool {
    serde_json::from_str::<Value>(detail).is_ok_and(|detail| detail.get(word).is_some_and(Value::is_string))
}

/// Everything on the way to a badge, with what was found of it. Answers the objects that held their files.
async fn path(conn: &mut Conn, id: &str, at: Timestamp) -> Result<Vec<String>, StoreError> {
    run!(conn, concat!("DELETE FROM seat_reminders WHERE panel_id IN ", panels_of!()), id)?;
    run!(conn, concat!("DELETE FROM scores WHERE panel_id IN ", panels_of!()), id)?;
    run!(conn, concat!("DELETE FROM sample_scores WHERE sample_id IN ", samples_of!()), id)?;
    run!(conn, concat!("DELETE FROM sample_sheets WHERE sample_id IN ", samples_of!()), id)?;
    run!(conn, concat!("DELETE FROM samples WHERE submission_id IN ", submissions_of!()), id)?;
    run!(conn, "DELETE FROM appeals WHERE person_id = $1", id)?;
    run!(conn, concat!("DELETE FROM decisions WHERE panel_id IN ", panels_of!()), id)?;
    run!(conn, concat!("DELETE FROM seats WHERE panel_id IN ", panels_of!()), id)?;
    run!(conn, concat!("DELETE FROM panels WHERE submission_id IN ", submissions_of!()), id)?;
    let files = rows!(
        conn,
        (String,),
        concat!("SELECT v.id FROM evidence v WHERE v.submission_id IN ", submissions_of!()),
        id
    )?;
    let mut objects = Vec::new();
    for (file,) in files {
        objects.extend(evidence::remove(conn, &file, at).await?);
    }
    run!(conn, concat!("DELETE FROM submissions WHERE enrolment_id IN ", enrolments_of!()), id)?;
    run!(conn, concat!("DELETE FROM fulfilments WHERE enrolment_id IN ", enrolments_of!()), id)?;
    run!(conn, concat!("DELETE FROM check_ins WHERE enrolment_id IN ", enrolments_of!()), id)?;
    run!(conn, "DELETE FROM enrolments WHERE person_id = $1", id)?;
    // What they were to others on theirs.
    run!(conn, "UPDATE enrolments SET mentor_id = NULL WHERE mentor_id = $1", id)?;
    run!(
        conn,
        "DELETE FROM seat_reminders WHERE person_id = $1 AND panel_id IN (SELECT t.panel_id FROM seats t WHERE t.person_id = $1)",
        id
    )?;
    run!(conn, "UPDATE seats SET reason = NULL, named = FALSE WHERE person_id = $1", id)?;
    run!(conn, "DELETE FROM conflicts WHERE person_id = $1", id)?;
    run!(conn, "DELETE FROM conflicts WHERE other_id = $1", id)?;
    Ok(objects)
}

/// Awards stay as rows: that there was one, of which level, when, and its place in a status list. Nothing signed of them stays here.
async fn awards(conn: &mut Conn, id: &str, badges: &str) -> Result<(), StoreError> {
    run!(conn, "DELETE FROM award_jwts WHERE award_id IN (SELECT a.id FROM awards a WHERE a.person_id = $1)", id)?;
    run!(conn, "DELETE FROM reminders WHERE award_id IN (SELECT a.id FROM awards a WHERE a.person_id = $1)", id)?;
    run!(conn, "DELETE FROM wallet_offers WHERE award_id IN (SELECT a.id FROM awards a WHERE a.person_id = $1)", id)?;
    run!(
        conn,
        "DELETE FROM wallet_credentials WHERE award_id IN (SELECT a.id FROM awards a WHERE a.person_id = $1)",
        id
    )?;
    run!(
        conn,
        "UPDATE endorsements SET comment = $3, revocation_reason = NULL, credential = '', jwt = NULL, jwt_key = NULL
         WHERE subject IN (SELECT $2 || a.id FROM awards a WHERE a.person_id = $1)",
        id,
        badges,
        NOBODY
    )?;
    run!(
        conn,
        "UPDATE proposals SET title = $2, reason = $2, minutes = CASE WHEN minutes IS NULL THEN NULL ELSE $2 END,
             failure = CASE WHEN failure IS NULL THEN NULL ELSE $2 END
         WHERE award_id IN (SELECT a.id FROM awards a WHERE a.person_id = $1)",
        id,
        NOBODY
    )?;
    run!(
        conn,
        "UPDATE proposal_seats SET comment = NULL WHERE proposal_id IN (
             SELECT o.id FROM awards a JOIN proposals o ON o.award_id = a.id WHERE a.person_id = $1)",
        id
    )?;
    run!(
        conn,
        "DELETE FROM endorsement_asks WHERE award_id IN (SELECT a.id FROM awards a WHERE a.person_id = $1)",
        id
    )?;
    // What was said of them, and what they said of others: nothing of theirs is signed for any more.
    run!(
        conn,
        "UPDATE personal_endorsements SET comment = $2, credential = '' WHERE award_id IN (SELECT a.id FROM awards a WHERE a.person_id = $1)",
        id,
        NOBODY
    )?;
    run!(
        conn,
        "UPDATE personal_endorsements SET name = $2, comment = $2, credential = ''
         WHERE endorser_id IN (SELECT e.id FROM endorsers e WHERE e.person_id = $1)",
        id,
        NOBODY
    )?;
    run!(conn, "UPDATE endorsers SET list = NULL WHERE person_id = $1", id)?;
    // What was answered to whoever had them given may tell everything about them.
    let given = rows!(conn, (String,), "SELECT a.id FROM awards a WHERE a.person_id = $1", id)?;
    for (award,) in given {
        forget_answers(conn, &award).await?;
    }
    run!(
        conn,
        "UPDATE awards SET credential = '', salt = '', subject_id = '', narrative = NULL, evidence_url = NULL, evidence = NULL,
             results = NULL, endorsement = NULL, revocation_reason = NULL, suspension_reason = NULL, visibility = 'private'
         WHERE person_id = $1",
        id
    )?;
    Ok(())
}

/// What the directory and signing in know, and every mail to them.
async fn account(conn: &mut Conn, id: &str, email: &str, at: Timestamp) -> Result<(), StoreError> {
    run!(conn, "DELETE FROM jobs WHERE id IN (SELECT m.job_id FROM mails m WHERE m.person_id = $1)", id)?;
    run!(conn, "DELETE FROM mails WHERE person_id = $1", id)?;
    run!(conn, "DELETE FROM jobs WHERE id IN (SELECT m.job_id FROM mails m WHERE m.recipient = $1)", email)?;
    run!(conn, "DELETE FROM mails WHERE recipient = $1", email)?;
    forget_answers(conn, email).await?;
    run!(conn, "DELETE FROM endorsement_asks WHERE email = $1", email)?;
    run!(conn, "DELETE FROM declined_letters WHERE person_id = $1", id)?;
    run!(conn, "DELETE FROM letter_links WHERE person_id = $1", id)?;
    run!(conn, "DELETE FROM webhook_deliveries WHERE person_id = $1", id)?;
    run!(conn, "DELETE FROM roles WHERE person_id = $1", id)?;
    run!(conn, "DELETE FROM team_members WHERE person_id = $1", id)?;
    run!(conn, "DELETE FROM sessions WHERE person_id = $1", id)?;
    run!(conn, "DELETE FROM sign_ins WHERE person_id = $1", id)?;
    run!(conn, "DELETE FROM passkeys WHERE person_id = $1", id)?;
    run!(conn, "DELETE FROM passkey_questions WHERE person_id = $1", id)?;
    oauth::end_all(conn, id).await?;
    backpack::remove_all(conn, id).await?;
    run!(conn, "UPDATE people SET manager_id = NULL WHERE manager_id = $1", id)?;
    run!(
        conn,
        "UPDATE people SET email = $2, name = $3, team = NULL, name_public = FALSE, job_function = NULL, manager_id = NULL, active = FALSE,
             external_id = NULL, user_name = NULL, given_name = NULL, family_name = NULL, removed_at = $4, erased_at = $4,
             updated_at = $4
         WHERE id = $1",
        id,
        address(id),
        NOBODY,
        at.as_second()
    )?;
    Ok(())
}

/// Puts a dash in place of `trace` wherever it was written, and takes away what was signed for a program and names it.
async fn written(conn: &mut Conn, trace: &str) -> Result<(), StoreError> {
    // Who signs certificates by name and is no longer named does not sign them either.
    run!(conn, "UPDATE certificate_looks SET signature = NULL WHERE REPLACE(look, $1, '') <> look", trace)?;
    for (table, column) in WRITTEN {
        each_engine!(conn, c => async {
            let mut sql = QueryBuilder::new("UPDATE ");
            sql.push(table).push(" SET ").push(column).push(" = REPLACE(").push(column).push(", ").push_bind(trace);
            sql.push(", ").push_bind(NOBODY).push(") WHERE REPLACE(").push(column).push(", ").push_bind(trace);
            sql.push(", '') <> ").push(column).build().execute(c).await.map(drop)
        })?;
    }
    run!(conn, "UPDATE api_credentials SET credential = '' WHERE REPLACE(credential, $1, '') <> credential", trace)?;
    Ok(())
}

async fn forget_answers(conn: &mut Conn, about: &str) -> Result<(), StoreError> {
    run!(conn, "DELETE FROM idempotency_keys WHERE REPLACE(response, $1, '') <> response", about)?;
    Ok(())
}
