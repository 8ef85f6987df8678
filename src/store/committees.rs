//! Committees and the terms of their members. A term that was given is never changed, but for its end when someone leaves early.

use super::{
    Conn, StoreError, columns,
    db::{row, rows, run},
};
use crate::domain::committee::{Committee, Term};
use jiff::Timestamp;

/// Every column of a term, of the table named `t`.
macro_rules! term_columns {
    () => {
        "t.id, t.program_id, t.person_id, t.starts_at, t.ends_at, t.follows"
    };
}

/// A term with who it is about.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    pub term: Term,
    pub name: String,
    pub email: String,
    /// Whether another term takes its place.
    pub followed: bool,
    /// Has not left the company.
    pub active: bool,
}

/// Sets one up, or gives it another quorum and time to vote.
pub async fn put(conn: &mut Conn, committee: &Committee, at: Timestamp, by: &str) -> Result<(), StoreError> {
    run!(
        conn,
        "INSERT INTO committees (program_id, quorum, days, set_up_at, set_up_by) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (program_id) DO UPDATE SET quorum = excluded.quorum, days = excluded.days",
        &committee.program_id,
        i64::from(committee.quorum),
        i64::from(committee.days),
        at.as_second(),
        by
    )?;
    Ok(())
}

pub async fn get(conn: &mut Conn, program_id: &str) -> Result<Option<Committee>, StoreError> {
    let found = row!(
        conn,
        (String, i64, i64),
        "SELECT program_id, quorum, days FROM committees WHERE program_id = $1",
        program_id
    )?;
    let committee = |(program_id, quorum, days)| {
        let quorum = columns::index("committees.quorum", quorum)?;
        Ok(Committee { program_id, quorum, days: columns::index("committees.days", days)? })
    };
    found.map(committee).transpose()
}

/// The programs that have one: at most every program.
pub async fn all(conn: &mut Conn) -> Result<Vec<String>, StoreError> {
    let found = rows!(conn, (String,), "SELECT program_id FROM committees ORDER BY program_id")?;
    Ok(found.into_iter().map(|(program,)| program).collect())
}

/// Adds a term; one that follows a term that has its follower already is `Taken` (`committee_terms_follows_key`).
pub async fn add_term(conn: &mut Conn, term: &Term) -> Result<(), StoreError> {
    run!(
        conn,
        "INSERT INTO committee_terms (id, program_id, person_id, starts_at, ends_at, follows)
         VALUES ($1, $2, $3, $4, $5, $6)",
        &term.id,
        &term.program_id,
        &term.person_id,
        term.starts_at.as_second(),
        term.ends_at.as_second(),
        &term.follows
    )?;
    Ok(())
}

pub async fn term(conn: &mut Conn, id: &str) -> Result<Option<Term>, StoreError> {
    columns::one(row!(
        conn,
        TermRow,
        concat!("SELECT ", term_columns!(), " FROM committee_terms t WHERE t.id = $1"),
        id
    )?)
}

/// Ends a term before its time. False when it was over.
pub async fn end_term(conn: &mut Conn, id: &str, at: Timestamp) -> Result<bool, StoreError> {
    let touched = run!(
        conn,
        "UPDATE committee_terms SET ends_at = $2 WHERE id = $1 AND starts_at < $2 AND ends_at > $2",
        id,
        at.as_second()
    )?;
    Ok(touched == 1)
}

/// Every term of a committee, the latest to end first.
pub async fn members(conn: &mut Conn, program_id: &str) -> Result<Vec<Member>, StoreError> {
    columns::all(rows!(
        conn,
        MemberRow,
        concat!(
            "SELECT ",
            term_columns!(),
            ", p.name, p.email, p.active,
               EXISTS (SELECT 1 FROM committee_terms n WHERE n.follows = t.id) AS followed
             FROM committee_terms t JOIN people p ON p.id = t.person_id
             WHERE t.program_id = $1 ORDER BY t.ends_at DESC, t.id"
        ),
        program_id
    )?)
}

/// Who is in term at `now` and has not left the company, each once.
pub async fn in_term(conn: &mut Conn, program_id: &str, now: Timestamp) -> Result<Vec<String>, StoreError> {
    let found = rows!(
        conn,
        (String,),
        "SELECT DISTINCT t.person_id FROM committee_terms t JOIN people p ON p.id = t.person_id
         WHERE t.program_id = $1 AND t.starts_at <= $2 AND t.ends_at > $2 AND p.active ORDER BY t.person_id",
        program_id,
        now.as_second()
    )?;
    Ok(found.into_iter().map(|(person,)| person).collect())
}

/// The programs in whose committee someone is in term at `now`.
pub async fn of_person(conn: &mut Conn, person_id: &str, now: Timestamp) -> Result<Vec<String>, StoreError> {
    let found = rows!(
        conn,
        (String,),
        "SELECT DISTINCT program_id FROM committee_terms
         WHERE person_id = $1 AND starts_at <= $2 AND ends_at > $2 ORDER BY program_id",
        person_id,
        now.as_second()
    )?;
    Ok(found.into_iter().map(|(program,)| program).collect())
}

/// Terms that end before `before` and of which that was not announced.
pub async fn unannounced(conn: &mut Conn, before: Timestamp) -> Result<Vec<Term>, StoreError> {
    columns::all(rows!(
        conn,
        TermRow,
        concat!(
            "SELECT ",
            term_columns!(),
            " FROM committee_terms t WHERE t.announced_at IS NULL AND t.ends_at < $1 ORDER BY t.ends_at"
        ),
        before.as_second()
    )?)
}

/// Notes that the end was announced. False when it had been.
pub async fn announced(conn: &mut Conn, id: &str, at: Timestamp) -> Result<bool, StoreError> {
    let touched = run!(
        conn,
        "UPDATE committee_terms SET announced_at = $2 WHERE id = $1 AND announced_at IS NULL",
        id,
        at.as_second()
    )?;
    Ok(touched == 1)
}

#[derive(sqlx::FromRow)]
struct TermRow {
    id: String,
    program_id: String,
    person_id: String,
    starts_at: i64,
    ends_at: i64,
    follows: Option<String>,
}

#[derive(sqlx::FromRow)]
struct MemberRow {
    #[sqlx(flatten)]
    term: TermRow,
    name: String,
    email: String,
    active: bool,
    followed: bool,
}

impl TryFrom<TermRow> for Term {
    type Error = StoreError;

    fn try_from(row: TermRow) -> Result<Self, StoreError> {
        Ok(Term {
            id: row.id,
            program_id: row.program_id,
            person_id: row.person_id,
            starts_at: columns::time("committee_terms.starts_at", row.starts_at)?,
            ends_at: columns::time("committee_terms.ends_at", row.ends_at)?,
            follows: row.follows,
        })
    }
}

impl TryFrom<MemberRow> for Member {
    type Error = StoreError;

    fn try_from(row: MemberRow) -> Result<Self, StoreError> {
        let MemberRow { term, name, email, active, followed } = row;
        Ok(Member { term: term.try_into()?, name, email, followed, active })
    }
}
