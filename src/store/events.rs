//! The record: who did what, when, why, and on which version. Rows are only ever added: there is no function here that changes or
//! removes one, and the database refuses it (decision 0045); what an event says of someone who is erased is taken out of it (decision 0063).
//!
//! Each row carries a hash of the one before and of itself; `record_head` holds the last. Events are written with the commit, the
//! head first: those who write at once come one after the other, and what is not committed leaves no gap. Why something was done stands in the detail as
//! `reason`, the version of the criteria it was done under as `version`.

use super::{
    Conn, StoreError, columns,
    db::{each_engine, push_list, row, rows, run},
};
use crate::domain::digesting::sha256;
use jiff::Timestamp;
use serde_json::Value;
use sqlx::QueryBuilder;

/// What the first event follows.
pub const BEGINNING: &str = "0000000000000000000000000000000000000000000000000000000000000000";
/// What stands in an event whose words were taken out with a person (decision 0063). The database lets nothing else be written over one.
pub const BLANK: &str = r#"{"erased":true}"#;
/// Events that are put into the chain together when it begins.
const PAGE: u32 = 1_000;
/// Rows of one statement, well below what either engine binds.
const AT_ONCE: usize = 500;

#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Grows by one with each event.
    pub seq: i64,
    pub at: Timestamp,
    /// As `domain::actor::Actor::label` says it.
    pub actor: String,
    /// Such as `award.issued`.
    pub verb: String,
    /// The id of what it was done to.
    pub subject: String,
    pub detail: Value,
    /// SHA-256, hex, of the event before and of this one.
    pub hash: String,
}

impl Event {
    pub fn why(&self) -> Option<&str> {
        ["reason", "summary"].into_iter().find_map(|name| self.detail.get(name)?.as_str())
    }

    /// Of the criteria that it was done under.
    pub fn version(&self) -> Option<i64> {
        self.detail.get("version")?.as_i64()
    }
}

/// The end of the record: whoever notes it elsewhere finds out later whether anything up to it was changed or removed.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Head {
    pub seq: i64,
    pub hash: String,
}

/// Which events are looked for; all of them where nothing is said.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wanted {
    pub subject: Option<String>,
    /// A verb, or the first part of several: `award` is `award.issued`, `award.revoked` …
    pub kind: Option<String>,
    /// Who did it or to whom it was done, by id.
    pub person: Option<String>,
}

/// Comes into the record when the transaction is committed, and not at all when it is not.
pub async fn append(
    conn: &mut Conn,
    at: Timestamp,
    actor: &str,
    verb: &str,
    subject: &str,
    detail: &Value,
) -> Result<(), StoreError> {
    conn.waiting.push(Link {
        seq: 0,
        at: at.as_second(),
        actor: actor.to_owned(),
        verb: verb.to_owned(),
        subject: subject.to_owned(),
        detail: detail.to_string(),
        hash: None,
    });
    // Nothing will be committed, so it is said at once what is wrong.
    if conn.is_transaction() { Ok(()) } else { record(conn).await }
}

/// Puts what waits at the end of the chain. Called at the commit, so that writers wait for each other no longer than that.
pub(super) async fn record(conn: &mut Conn) -> Result<(), StoreError> {
    let mut links = std::mem::take(&mut conn.waiting);
    if links.is_empty() {
        return Ok(());
    }
    let count = links.len() as i64;
    // Writing the head locks it: on PostgreSQL whoever comes second waits here, and then reads what the first left.
    let locked =
        row!(conn, Head, "UPDATE record_head SET seq = seq + $1 WHERE id = 1 RETURNING seq - $1 AS seq, hash", count)?;
    let mut head = locked.ok_or(StoreError::Dangling)?;
    for link in &mut links {
        link.seq = head.seq + 1;
        head = Head { seq: link.seq, hash: link.hash_after(&head.hash) };
        link.hash = Some(head.hash.clone());
    }
    for some in links.chunks(AT_ONCE) {
        each_engine!(conn, c => async {
            let mut sql = QueryBuilder::new("INSERT INTO events (seq, at, actor, verb, subject, detail, hash) ");
            sql.push_values(some, |mut row, link| {
                row.push_bind(link.seq).push_bind(link.at).push_bind(&link.actor).push_bind(&link.verb);
                row.push_bind(&link.subject).push_bind(&link.detail).push_bind(&link.hash);
            });
            sql.build().execute(c).await.map(drop)
        })?;
    }
    run!(conn, "UPDATE record_head SET hash = $1 WHERE id = 1", &head.hash)?;
    Ok(())
}

/// From just after `seq` (0 for the first page), oldest first. A transaction sees its own events here, and below.
pub async fn page(conn: &mut Conn, seq: i64, limit: u32) -> Result<Vec<Event>, StoreError> {
    record(conn).await?;
    columns::all(rows!(
        conn,
        EventRow,
        "SELECT seq, at, actor, verb, subject, detail, hash FROM events WHERE seq > $1 ORDER BY seq LIMIT $2",
        seq,
        i64::from(limit)
    )?)
}

/// From just before `seq` (none for the newest), newest first.
pub async fn newest(
    conn: &mut Conn,
    wanted: &Wanted,
    before: Option<i64>,
    limit: u32,
) -> Result<Vec<Event>, StoreError> {
    record(conn).await?;
    let verbs: Vec<Option<String>> = match &wanted.kind {
        None => vec![None],
        Some(kind) => verbs_of(conn, kind).await?.into_iter().map(Some).collect(),
    };
    if verbs.is_empty() {
        return Ok(Vec::new());
    }
    columns::all(each_engine!(conn, c => async {
        let mut sql = QueryBuilder::new("SELECT seq, at, actor, verb, subject, detail, hash FROM (");
        for (place, verb) in verbs.iter().enumerate() {
            if place > 0 {
                sql.push(" UNION ALL ");
            }
            // The newest of each verb come out of its index, however many there are.
            sql.push("SELECT * FROM (SELECT seq, at, actor, verb, subject, detail, hash FROM events WHERE seq < ");
            sql.push_bind(before.unwrap_or(i64::MAX));
            if let Some(verb) = verb {
                sql.push(" AND verb = ").push_bind(verb);
            }
            if let Some(subject) = &wanted.subject {
                sql.push(" AND subject = ").push_bind(subject);
            }
            if let Some(person) = &wanted.person {
                sql.push(" AND (subject = ").push_bind(person);
                sql.push(" OR actor = ").push_bind(format!("person:{person}")).push(")");
            }
            sql.push(" ORDER BY seq DESC LIMIT ").push_bind(i64::from(limit)).push(") AS of_verb");
        }
        sql.push(") AS found ORDER BY seq DESC LIMIT ").push_bind(i64::from(limit));
        sql.build_query_as::<EventRow>().fetch_all(c).await
    })?)
}

/// The verbs of a kind that there are: the kind itself, and what follows a point. Each is one step along the index.
async fn verbs_of(conn: &mut Conn, kind: &str) -> Result<Vec<String>, StoreError> {
    // A point is followed by a slash in the order of letters.
    let end = format!("{kind}/");
    let found = rows!(
        conn,
        (String,),
        "WITH RECURSIVE verbs (verb) AS (
             SELECT MIN(verb) FROM events WHERE verb >= $1 AND verb < $2
             UNION ALL SELECT (SELECT MIN(e.verb) FROM events e WHERE e.verb > verbs.verb AND e.verb < $2)
             FROM verbs WHERE verbs.verb IS NOT NULL)
         SELECT verb FROM verbs WHERE verb IS NOT NULL",
        kind,
        &end
    )?;
    let of_kind = |verb: &String| verb.strip_prefix(kind).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    Ok(found.into_iter().map(|(verb,)| verb).filter(of_kind).collect())
}

/// All that was done to one thing, oldest first.
pub async fn of_subject(conn: &mut Conn, subject: &str) -> Result<Vec<Event>, StoreError> {
    record(conn).await?;
    columns::all(rows!(
        conn,
        EventRow,
        "SELECT seq, at, actor, verb, subject, detail, hash FROM events WHERE subject = $1 ORDER BY seq",
        subject
    )?)
}

/// What was said of these, by the number of the event.
pub async fn told_of(conn: &mut Conn, subjects: &[String]) -> Result<Vec<(i64, String)>, StoreError> {
    let mut told = Vec::new();
    for some in subjects.chunks(AT_ONCE) {
        let found: Vec<(i64, String)> = each_engine!(conn, c => async {
            let mut sql = QueryBuilder::new("SELECT seq, detail FROM events WHERE subject IN (");
            push_list!(sql, some);
            sql.push(")").build_query_as().fetch_all(c).await
        })?;
        told.extend(found);
    }
    Ok(told)
}

/// The events in which this text stands, by number.
pub async fn naming(conn: &mut Conn, text: &str) -> Result<Vec<i64>, StoreError> {
    let found =
        rows!(conn, (i64,), "SELECT seq FROM events WHERE REPLACE(detail, $1, '') <> detail ORDER BY seq", text)?;
    Ok(found.into_iter().map(|(seq,)| seq).collect())
}

/// Takes out for good what these events say beside who, what and when.
pub async fn blank(conn: &mut Conn, seqs: &[i64]) -> Result<(), StoreError> {
    for some in seqs.chunks(AT_ONCE) {
        each_engine!(conn, c => async {
            let mut sql = QueryBuilder::new("UPDATE events SET detail = ");
            sql.push_bind(BLANK).push(" WHERE seq IN (");
            push_list!(sql, some);
            sql.push(")").build().execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

pub async fn head(conn: &mut Conn) -> Result<Head, StoreError> {
    row!(conn, Head, "SELECT seq, hash FROM record_head WHERE id = 1")?.ok_or(StoreError::Dangling)
}

/// Rows as the chain has them, from just after `seq`.
pub async fn links(conn: &mut Conn, seq: i64, limit: u32) -> Result<Vec<Link>, StoreError> {
    rows!(
        conn,
        Link,
        "SELECT seq, at, actor, verb, subject, detail, hash FROM events WHERE seq > $1 ORDER BY seq LIMIT $2",
        seq,
        i64::from(limit)
    )
}

/// Puts the events from before there was a chain into it, once. Whoever is second finds it done.
pub(super) async fn begin_chain(conn: &mut Conn) -> Result<(), StoreError> {
    let locked = row!(conn, Head, "UPDATE record_head SET hash = hash WHERE id = 1 RETURNING seq, hash")?;
    let mut head = locked.ok_or(StoreError::Dangling)?;
    if head.seq != 0 {
        return Ok(());
    }
    loop {
        let page = links(conn, head.seq, PAGE).await?;
        if page.is_empty() {
            break;
        }
        for link in page {
            head = Head { seq: link.seq, hash: link.hash_after(&head.hash) };
            run!(conn, "UPDATE events SET hash = $2 WHERE seq = $1", head.seq, &head.hash)?;
        }
    }
    run!(conn, "UPDATE record_head SET seq = $1, hash = $2 WHERE id = 1", head.seq, &head.hash)?;
    Ok(())
}

/// Whether there are events that are in no chain yet.
pub(super) async fn chain_waits(conn: &mut Conn) -> Result<bool, StoreError> {
    Ok(head(conn).await?.seq == 0 && !links(conn, 0, 1).await?.is_empty())
}

/// One row as the chain has it: as it is stored, to the letter.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct Link {
    pub seq: i64,
    pub at: i64,
    pub actor: String,
    pub verb: String,
    pub subject: String,
    pub detail: String,
    pub hash: Option<String>,
}

impl Link {
    /// SHA-256 (hex) of the JSON array of the hash before and of what the row holds, without spaces.
    pub fn hash_after(&self, before: &str) -> String {
        let Link { seq, at, actor, verb, subject, detail, .. } = self;
        let content = serde_json::json!([before, seq, at, actor, verb, subject, detail]).to_string();
        sha256(content)
    }
}

#[derive(sqlx::FromRow)]
struct EventRow {
    seq: i64,
    at: i64,
    actor: String,
    verb: String,
    subject: String,
    detail: String,
    hash: Option<String>,
}

impl TryFrom<EventRow> for Event {
    type Error = StoreError;

    fn try_from(row: EventRow) -> Result<Self, StoreError> {
        Ok(Event {
            seq: row.seq,
            at: columns::time("events.at", row.at)?,
            actor: row.actor,
            verb: row.verb,
            subject: row.subject,
            detail: columns::json("events.detail", &row.detail)?,
            hash: row.hash.unwrap_or_default(),
        })
    }
}
