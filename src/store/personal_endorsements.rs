//! What people say for badges, who they are to this service, and whom holders asked.

use super::{
    Conn, StoreError,
    columns::{self, unreadable},
    db::{row, rows, run},
};
use crate::domain::personal_endorsement::{PersonalEndorsement, Relation, Standing};
use jiff::Timestamp;

macro_rules! personal_columns {
    () => {
        "d.id, d.endorser_id, d.award_id, d.skill, d.relation, d.name, d.comment, d.language, d.issued_at, d.verification_method,
         d.status_index, d.credential, d.state, d.withdrawn_at"
    };
}

/// Someone who endorses.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Endorser {
    pub id: String,
    /// None of someone outside.
    pub person_id: Option<String>,
    /// Their signed status list; none once they were erased.
    pub list: Option<String>,
}

/// Someone whom a holder asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    pub hash: String,
    pub award_id: String,
    pub skill: Option<u32>,
    pub email: String,
    pub name: String,
    pub asked_at: Timestamp,
    pub expires_at: Timestamp,
}

/// With the list of its endorser.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    pub said: PersonalEndorsement,
    pub list: Option<String>,
}

pub async fn endorser(conn: &mut Conn, id: &str) -> Result<Option<Endorser>, StoreError> {
    row!(conn, Endorser, "SELECT id, person_id, list FROM endorsers WHERE id = $1", id)
}

pub async fn endorser_of_person(conn: &mut Conn, person_id: &str) -> Result<Option<Endorser>, StoreError> {
    row!(conn, Endorser, "SELECT id, person_id, list FROM endorsers WHERE person_id = $1", person_id)
}

/// By id, in pages: from just after `id` (empty for the first page).
pub async fn endorsers_after(conn: &mut Conn, id: &str, limit: u32) -> Result<Vec<Endorser>, StoreError> {
    rows!(
        conn,
        Endorser,
        "SELECT id, person_id, list FROM endorsers WHERE id > $1 ORDER BY id LIMIT $2",
        id,
        i64::from(limit)
    )
}

pub async fn insert_endorser(conn: &mut Conn, endorser: &Endorser, at: Timestamp) -> Result<(), StoreError> {
    run!(
        conn,
        "INSERT INTO endorsers (id, person_id, list, made_at) VALUES ($1, $2, $3, $4)",
        &endorser.id,
        &endorser.person_id,
        &endorser.list,
        at.as_second()
    )?;
    Ok(())
}

pub async fn publish(conn: &mut Conn, endorser_id: &str, list: &str) -> Result<(), StoreError> {
    run!(conn, "UPDATE endorsers SET list = $2 WHERE id = $1", endorser_id, list)?;
    Ok(())
}

/// The places in someone's list of what they withdrew.
pub async fn withdrawn(conn: &mut Conn, endorser_id: &str) -> Result<Vec<u32>, StoreError> {
    let found = rows!(
        conn,
        (i64,),
        "SELECT status_index FROM personal_endorsements WHERE endorser_id = $1 AND withdrawn_at IS NOT NULL",
        endorser_id
    )?;
    found.into_iter().map(|(index,)| columns::index("personal_endorsements.status_index", index)).collect()
}

pub async fn insert(
    conn: &mut Conn,
    said: &PersonalEndorsement,
    withdraw_hash: Option<&str>,
) -> Result<(), StoreError> {
    run!(
        conn,
        "INSERT INTO personal_endorsements (id, endorser_id, award_id, skill, relation, name, comment, language, issued_at,
             verification_method, status_index, credential, state, withdrawn_at, withdraw_hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        &said.id,
        &said.endorser_id,
        &said.award_id,
        said.skill.map(i64::from),
        said.relation.as_str(),
        &said.name,
        &said.comment,
        &said.language,
        said.issued_at.as_second(),
        &said.verification_method,
        i64::from(said.status_index),
        &said.credential,
        said.standing.as_str(),
        said.withdrawn_at.map(Timestamp::as_second),
        withdraw_hash
    )?;
    Ok(())
}

pub async fn get(conn: &mut Conn, id: &str) -> Result<Option<PersonalEndorsement>, StoreError> {
    columns::one(row!(
        conn,
        PersonalRow,
        concat!("SELECT ", personal_columns!(), " FROM personal_endorsements d WHERE d.id = $1"),
        id
    )?)
}

/// What someone outside said, by the secret of their link.
pub async fn by_withdraw_hash(conn: &mut Conn, hash: &str) -> Result<Option<PersonalEndorsement>, StoreError> {
    columns::one(row!(
        conn,
        PersonalRow,
        concat!("SELECT ", personal_columns!(), " FROM personal_endorsements d WHERE d.withdraw_hash = $1"),
        hash
    )?)
}

/// For one badge, oldest first.
pub async fn of_award(conn: &mut Conn, award_id: &str) -> Result<Vec<Listed>, StoreError> {
    let found = rows!(
        conn,
        ListedRow,
        concat!(
            "SELECT ",
            personal_columns!(),
            ", e.list FROM personal_endorsements d JOIN endorsers e ON e.id = d.endorser_id WHERE d.award_id = $1
             ORDER BY d.issued_at, d.id"
        ),
        award_id
    )?;
    columns::all(found)
}

/// What one person said, newest first.
pub async fn of_person(conn: &mut Conn, person_id: &str, limit: u32) -> Result<Vec<PersonalEndorsement>, StoreError> {
    columns::all(rows!(
        conn,
        PersonalRow,
        concat!(
            "SELECT ",
            personal_columns!(),
            " FROM endorsers e JOIN personal_endorsements d ON d.endorser_id = e.id WHERE e.person_id = $1
             ORDER BY d.issued_at DESC, d.id DESC LIMIT $2"
        ),
        person_id,
        i64::from(limit)
    )?)
}

/// Everything by id, in pages: from just after `id` (empty for the first page).
pub async fn after_id(conn: &mut Conn, id: &str, limit: u32) -> Result<Vec<Listed>, StoreError> {
    columns::all(rows!(
        conn,
        ListedRow,
        concat!(
            "SELECT ",
            personal_columns!(),
            ", e.list FROM personal_endorsements d JOIN endorsers e ON e.id = d.endorser_id WHERE d.id > $1 ORDER BY d.id LIMIT $2"
        ),
        id,
        i64::from(limit)
    )?)
}

pub async fn stand(conn: &mut Conn, id: &str, standing: Standing) -> Result<(), StoreError> {
    run!(conn, "UPDATE personal_endorsements SET state = $2 WHERE id = $1", id, standing.as_str())?;
    Ok(())
}

/// Withdraws for ever. False when it was before.
pub async fn withdraw(conn: &mut Conn, id: &str, at: Timestamp) -> Result<bool, StoreError> {
    let touched = run!(
        conn,
        "UPDATE personal_endorsements SET withdrawn_at = $2 WHERE id = $1 AND withdrawn_at IS NULL",
        id,
        at.as_second()
    )?;
    Ok(touched == 1)
}

pub async fn insert_ask(conn: &mut Conn, ask: &Ask) -> Result<(), StoreError> {
    run!(
        conn,
        "INSERT INTO endorsement_asks (hash, award_id, skill, email, name, asked_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &ask.hash,
        &ask.award_id,
        ask.skill.map(i64::from),
        &ask.email,
        &ask.name,
        ask.asked_at.as_second(),
        ask.expires_at.as_second()
    )?;
    Ok(())
}

/// Those of a badge that can still be answered, oldest first.
pub async fn open_asks(conn: &mut Conn, award_id: &str, now: Timestamp) -> Result<Vec<Ask>, StoreError> {
    columns::all(rows!(
        conn,
        AskRow,
        "SELECT hash, award_id, skill, email, name, asked_at, expires_at FROM endorsement_asks
         WHERE award_id = $1 AND used_at IS NULL AND expires_at > $2 ORDER BY asked_at",
        award_id,
        now.as_second()
    )?)
}

pub async fn open_ask(conn: &mut Conn, hash: &str, now: Timestamp) -> Result<Option<Ask>, StoreError> {
    columns::one(row!(
        conn,
        AskRow,
        "SELECT hash, award_id, skill, email, name, asked_at, expires_at FROM endorsement_asks
         WHERE hash = $1 AND used_at IS NULL AND expires_at > $2",
        hash,
        now.as_second()
    )?)
}

/// Uses it up. False when it was before.
pub async fn use_ask(conn: &mut Conn, hash: &str, at: Timestamp) -> Result<bool, StoreError> {
    let touched = run!(
        conn,
        "UPDATE endorsement_asks SET used_at = $2 WHERE hash = $1 AND used_at IS NULL",
        hash,
        at.as_second()
    )?;
    Ok(touched == 1)
}

#[derive(sqlx::FromRow)]
struct PersonalRow {
    id: String,
    endorser_id: String,
    award_id: String,
    skill: Option<i64>,
    relation: String,
    name: String,
    comment: String,
    language: String,
    issued_at: i64,
    verification_method: String,
    status_index: i64,
    credential: String,
    state: String,
    withdrawn_at: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct ListedRow {
    #[sqlx(flatten)]
    said: PersonalRow,
    list: Option<String>,
}

#[derive(sqlx::FromRow)]
struct AskRow {
    hash: String,
    award_id: String,
    skill: Option<i64>,
    email: String,
    name: String,
    asked_at: i64,
    expires_at: i64,
}

impl TryFrom<PersonalRow> for PersonalEndorsement {
    type Error = StoreError;

    fn try_from(row: PersonalRow) -> Result<Self, StoreError> {
        Ok(PersonalEndorsement {
            id: row.id,
            endorser_id: row.endorser_id,
            award_id: row.award_id,
            skill: number("personal_endorsements.skill", row.skill)?,
            relation: Relation::parse(&row.relation)
                .map_err(|why| unreadable("personal_endorsements.relation", why))?,
            name: row.name,
            comment: row.comment,
            language: row.language,
            issued_at: columns::time("personal_endorsements.issued_at", row.issued_at)?,
            verification_method: row.verification_method,
            status_index: columns::index("personal_endorsements.status_index", row.status_index)?,
            credential: row.credential,
            standing: Standing::parse(&row.state).map_err(|why| unreadable("personal_endorsements.state", why))?,
            withdrawn_at: columns::maybe_time("personal_endorsements.withdrawn_at", row.withdrawn_at)?,
        })
    }
}

impl TryFrom<ListedRow> for Listed {
    type Error = StoreError;

    fn try_from(row: ListedRow) -> Result<Self, StoreError> {
        Ok(Listed { said: row.said.try_into()?, list: row.list })
    }
}

impl TryFrom<AskRow> for Ask {
    type Error = StoreError;

    fn try_from(row: AskRow) -> Result<Self, StoreError> {
        Ok(Ask {
            hash: row.hash,
            award_id: row.award_id,
            skill: number("endorsement_asks.skill", row.skill)?,
            email: row.email,
            name: row.name,
            asked_at: columns::time("endorsement_asks.asked_at", row.asked_at)?,
            expires_at: columns::time("endorsement_asks.expires_at", row.expires_at)?,
        })
    }
}

fn number(column: &str, value: Option<i64>) -> Result<Option<u32>, StoreError> {
    value.map(u32::try_from).transpose().map_err(|why| unreadable(column, why))
}
