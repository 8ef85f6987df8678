//! The record of awards. A row is never changed but for being superseded, revoked (once, for ever), its visibility, and what a suspension
//! that is lifted changes: then the credential has a new place in a list, and the one before is kept as a former place.
//!
//! Reads that join an award with its person, level, program and issuer are in shown.rs and reached from here too.

use super::{
    Conn, StoreError,
    columns::{self, unreadable},
    db::{row, rows, run},
};
use crate::domain::award::{Award, Visibility};
use jiff::Timestamp;

pub use super::shown::{
    LevelCount, ShownAward, TeamCount, counts_by_level, counts_by_team, counts_of_program, newest_of_program, shown,
    shown_lineage, shown_page, wall,
};

/// Newest first; one that was superseded or revoked comes after what took its place in the same second.
macro_rules! newest_first {
    () => {
        "a.issued_at DESC, a.superseded_by IS NOT NULL, a.revoked_at IS NOT NULL, a.valid_from DESC, a.id DESC"
    };
}

/// Every column of an award, of the table named `a`.
macro_rules! award_columns {
    () => {
        "a.id, a.lineage_id, a.issuer_id, a.person_id, a.level_id, a.level_version, a.valid_from, a.valid_until, a.issued_at,
         a.verification_method, a.subject_id, a.salt, a.narrative, a.evidence_url, a.evidence, a.results, a.visibility, a.status_list_id,
         a.status_index, a.renews, a.superseded_by, a.revoked_at, a.revocation_reason, a.suspended_at, a.suspension_reason, a.resumed_at, a.credential, a.endorsement"
    };
}
pub(super) use award_columns;

/// A place in the record, newest first: just after this award.
#[derive(Clone, Debug, PartialEq)]
pub struct Cursor {
    pub issued_at: Timestamp,
    pub id: String,
}

impl Cursor {
    pub fn of(award: &Award) -> Self {
        Cursor { issued_at: award.issued_at, id: award.id.clone() }
    }

    /// The seconds and the id that come just after the page; without a cursor later than every award: '~' sorts after
    /// every letter and digit.
    pub(super) fn bounds(after: Option<&Cursor>) -> (i64, &str) {
        after.map_or((i64::MAX, "~"), |cursor| (cursor.issued_at.as_second(), cursor.id.as_str()))
    }

    /// As `Display` writes it: `{seconds}.{id}`.
    pub fn parse(text: &str) -> Option<Self> {
        let (seconds, id) = text.split_once('.')?;
        let issued_at = Timestamp::from_second(seconds.parse().ok()?).ok()?;
        let plain = !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric());
        plain.then(|| Cursor { issued_at, id: id.to_owned() })
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.issued_at.as_second(), self.id)
    }
}

/// Adds an award. An index that was given before is `Taken` (`awards_status_list_id_status_index_key`), and so is a second
/// renewal of one award (`awards_renews_key`).
pub async fn insert(conn: &mut Conn, award: &Award) -> Result<(), StoreError> {
    let results = award.results.as_ref().map(serde_json::to_string).transpose();
    let results = results.map_err(|why| unreadable("awards.results", why))?;
    let evidence = Some(&award.evidence).filter(|evidence| !evidence.is_empty()).map(serde_json::to_string).transpose();
    let evidence = evidence.map_err(|why| unreadable("awards.evidence", why))?;
    let endorsement = award.endorsement.as_ref().map(serde_json::Value::to_string);
    run!(
        conn,
        "INSERT INTO awards (id, lineage_id, issuer_id, person_id, level_id, level_version, valid_from, valid_until, issued_at,
             verification_method, subject_id, salt, narrative, evidence_url, results, visibility, status_list_id,
             status_index, renews, superseded_by, revoked_at, revocation_reason, credential, evidence,
             endorsement, suspended_at, suspension_reason, resumed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25,
             $26, $27, $28)",
        &award.id,
        &award.lineage_id,
        &award.issuer_id,
        &award.person_id,
        &award.level_id,
        award.level_version,
        award.valid_from.as_second(),
        award.valid_until.map(Timestamp::as_second),
        award.issued_at.as_second(),
        &award.verification_method,
        &award.subject_id,
        &award.salt,
        &award.narrative,
        &award.evidence_url,
        results,
        award.visibility.as_str(),
        &award.status_list_id,
        i64::from(award.status_index),
        &award.renews,
        &award.superseded_by,
        award.revoked_at.map(Timestamp::as_second),
        &award.revocation_reason,
        &award.credential,
        evidence,
        endorsement,
        award.suspended_at.map(Timestamp::as_second),
        &award.suspension_reason,
        award.resumed_at.map(Timestamp::as_second)
    )?;
    Ok(())
}

pub async fn get(conn: &mut Conn, id: &str) -> Result<Option<Award>, StoreError> {
    columns::one(row!(conn, AwardRow, concat!("SELECT ", award_columns!(), " FROM awards a WHERE a.id = $1"), id)?)
}

/// The levels of which a person has an award that stands at `now`. One that was renewed counts by what took its place.
pub async fn levels_held(conn: &mut Conn, person_id: &str, now: Timestamp) -> Result<Vec<String>, StoreError> {
    let found = rows!(
        conn,
        (String,),
        "SELECT DISTINCT a.level_id FROM awards a WHERE a.person_id = $1 AND a.revoked_at IS NULL AND a.superseded_by IS NULL AND a.suspended_at IS NULL
             AND a.valid_from <= $2 AND (a.valid_until IS NULL OR a.valid_until > $2)",
        person_id,
        now.as_second()
    )?;
    Ok(found.into_iter().map(|(level,)| level).collect())
}

/// The newest award of a level that a person was given, whatever became of it.
pub async fn newest(conn: &mut Conn, person_id: &str, level_id: &str) -> Result<Option<Award>, StoreError> {
    columns::one(row!(
        conn,
        AwardRow,
        concat!(
            "SELECT ",
            award_columns!(),
            " FROM lineages l JOIN awards a ON a.lineage_id = l.id WHERE l.person_id = $1 AND l.level_id = $2 ORDER BY ",
            newest_first!()
        ),
        person_id,
        level_id
    )?)
}

/// The newest award of a lineage: the one that shows how the certification stands.
pub async fn latest_of_lineage(conn: &mut Conn, lineage_id: &str) -> Result<Option<Award>, StoreError> {
    Ok(of_lineage(conn, lineage_id).await?.into_iter().next())
}

/// Every award of a lineage, newest first.
pub async fn of_lineage(conn: &mut Conn, lineage_id: &str) -> Result<Vec<Award>, StoreError> {
    columns::all(rows!(
        conn,
        AwardRow,
        concat!("SELECT ", award_columns!(), " FROM awards a WHERE a.lineage_id = $1 ORDER BY ", newest_first!()),
        lineage_id
    )?)
}

/// Notes that `new` has taken the place of `old`. False when `old` was superseded or revoked before, or is suspended.
pub async fn supersede(conn: &mut Conn, old: &str, new: &str) -> Result<bool, StoreError> {
    let touched = run!(
        conn,
        "UPDATE awards SET superseded_by = $2 WHERE id = $1 AND superseded_by IS NULL AND revoked_at IS NULL
             AND suspended_at IS NULL",
        old,
        new
    )?;
    Ok(touched == 1)
}

/// Revokes for ever; `reason` is for the record. False when it was revoked before (or is not there): nothing is changed then.
pub async fn revoke(conn: &mut Conn, id: &str, at: Timestamp, reason: Option<&str>) -> Result<bool, StoreError> {
    let touched = run!(
        conn,
        "UPDATE awards SET revoked_at = $2, revocation_reason = $3 WHERE id = $1 AND revoked_at IS NULL",
        id,
        at.as_second(),
        reason
    )?;
    Ok(touched == 1)
}

pub async fn set_visibility(conn: &mut Conn, id: &str, visibility: Visibility) -> Result<bool, StoreError> {
    let touched = run!(conn, "UPDATE awards SET visibility = $2 WHERE id = $1", id, visibility.as_str())?;
    Ok(touched == 1)
}

/// The same for a certification with all its renewals.
pub async fn show_lineage(conn: &mut Conn, lineage_id: &str, visibility: Visibility) -> Result<(), StoreError> {
    run!(conn, "UPDATE awards SET visibility = $2 WHERE lineage_id = $1", lineage_id, visibility.as_str())?;
    Ok(())
}

/// What ended after a moment and an id and by `now`, and was neither renewed nor revoked nor is suspended: when, and its id, in this order.
pub async fn ended(
    conn: &mut Conn,
    (after, id): (Timestamp, &str),
    now: Timestamp,
    limit: u32,
) -> Result<Vec<(Timestamp, String)>, StoreError> {
    let found = rows!(
        conn,
        (i64, String),
        "SELECT valid_until, id FROM awards
         WHERE superseded_by IS NULL AND revoked_at IS NULL AND suspended_at IS NULL AND (valid_until, id) > ($1, $2) AND valid_until <= $3
         ORDER BY valid_until, id LIMIT $4",
        after.as_second(),
        id,
        now.as_second(),
        i64::from(limit)
    )?;
    found.into_iter().map(|(at, id)| Ok((columns::time("awards.valid_until", at)?, id))).collect()
}

/// The record, newest first, from just after a place in it.
pub async fn page(conn: &mut Conn, after: Option<&Cursor>, limit: u32) -> Result<Vec<Award>, StoreError> {
    let (before, id) = Cursor::bounds(after);
    columns::all(rows!(
        conn,
        AwardRow,
        concat!(
            "SELECT ",
            award_columns!(),
            " FROM awards a WHERE (a.issued_at, a.id) < ($1, $2) ORDER BY a.issued_at DESC, a.id DESC LIMIT $3"
        ),
        before,
        id,
        i64::from(limit)
    )?)
}

/// The whole record by id, in pages: from just after `id` (empty for the first page).
pub async fn after_id(conn: &mut Conn, id: &str, limit: u32) -> Result<Vec<Award>, StoreError> {
    columns::all(rows!(
        conn,
        AwardRow,
        concat!("SELECT ", award_columns!(), " FROM awards a WHERE a.id > $1 ORDER BY a.id LIMIT $2"),
        id,
        i64::from(limit)
    )?)
}

pub async fn count(conn: &mut Conn) -> Result<i64, StoreError> {
    let found = row!(conn, (i64,), "SELECT COUNT(*) FROM awards")?;
    Ok(found.map_or(0, |(n,)| n))
}

#[derive(sqlx::FromRow)]
pub(super) struct AwardRow {
    id: String,
    lineage_id: String,
    issuer_id: String,
    person_id: String,
    level_id: String,
    level_version: i64,
    valid_from: i64,
    valid_until: Option<i64>,
    issued_at: i64,
    verification_method: String,
    subject_id: String,
    salt: String,
    narrative: Option<String>,
    evidence_url: Option<String>,
    evidence: Option<String>,
    results: Option<String>,
    visibility: String,
    status_list_id: String,
    status_index: i64,
    renews: Option<String>,
    superseded_by: Option<String>,
    revoked_at: Option<i64>,
    revocation_reason: Option<String>,
    suspended_at: Option<i64>,
    suspension_reason: Option<String>,
    resumed_at: Option<i64>,
    credential: String,
    endorsement: Option<String>,
}

impl TryFrom<AwardRow> for Award {
    type Error = StoreError;

    fn try_from(row: AwardRow) -> Result<Self, StoreError> {
        Ok(Award {
            id: row.id,
            lineage_id: row.lineage_id,
            issuer_id: row.issuer_id,
            person_id: row.person_id,
            level_id: row.level_id,
            level_version: row.level_version,
            valid_from: columns::time("awards.valid_from", row.valid_from)?,
            valid_until: columns::maybe_time("awards.valid_until", row.valid_until)?,
            issued_at: columns::time("awards.issued_at", row.issued_at)?,
            verification_method: row.verification_method,
            subject_id: row.subject_id,
            salt: row.salt,
            narrative: row.narrative,
            evidence_url: row.evidence_url,
            evidence: row.evidence.map_or_else(|| Ok(Vec::new()), |told| columns::json("awards.evidence", &told))?,
            results: row.results.map(|results| columns::json("awards.results", &results)).transpose()?,
            endorsement: row.endorsement.map(|signed| columns::json("awards.endorsement", &signed)).transpose()?,
            visibility: Visibility::parse(&row.visibility).map_err(|why| unreadable("awards.visibility", why))?,
            status_list_id: row.status_list_id,
            status_index: columns::index("awards.status_index", row.status_index)?,
            renews: row.renews,
            superseded_by: row.superseded_by,
            revoked_at: columns::maybe_time("awards.revoked_at", row.revoked_at)?,
            revocation_reason: row.revocation_reason,
            suspended_at: columns::maybe_time("awards.suspended_at", row.suspended_at)?,
            suspension_reason: row.suspension_reason,
            resumed_at: columns::maybe_time("awards.resumed_at", row.resumed_at)?,
            credential: row.credential,
        })
    }
}
