//! People's badges from elsewhere, with their bytes; and all that someone holds, from here and elsewhere, as other platforms get it.

use super::{
    Conn, StoreError,
    columns::{self, unreadable},
    db::{row, rows, run},
};
use crate::{
    credential::summary::Form,
    domain::backpack::{CameBy, Kept},
};
use jiff::Timestamp;

/// A place in a backpack, newest first: just after this badge.
#[derive(Clone, Debug, PartialEq)]
pub struct After {
    pub added_at: Timestamp,
    pub id: String,
}

/// Something that someone holds, in the order it came.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    pub form: Form,
    pub document: String,
}

macro_rules! kept_columns {
    () => {
        "b.id, b.person_id, b.file_name, b.media_type, b.size, b.form, b.same, b.title, b.issuer, b.issued_at, b.ends_at, b.came_by,
         b.came_from, b.added_at"
    };
}

/// Refused where a copy of it is there.
pub async fn insert(conn: &mut Conn, kept: &Kept, file: &[u8], document: &str) -> Result<(), StoreError> {
    run!(
        conn,
        "INSERT INTO backpack_badges (id, person_id, file, file_name, media_type, size, document, form, same, title, issuer,
             issued_at, ends_at, came_by, came_from, added_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
        &kept.id,
        &kept.person_id,
        file,
        &kept.file_name,
        &kept.media_type,
        kept.size,
        document,
        kept.form.as_str(),
        &kept.same,
        &kept.title,
        &kept.issuer,
        kept.issued_at.as_second(),
        kept.ends_at.map(Timestamp::as_second),
        kept.by.as_str(),
        &kept.from,
        kept.added_at.as_second()
    )?;
    Ok(())
}

/// Puts another copy in the place of the one with this id; when that came stays.
pub async fn replace(conn: &mut Conn, kept: &Kept, file: &[u8], document: &str) -> Result<(), StoreError> {
    let touched = run!(
        conn,
        "UPDATE backpack_badges SET file = $3, file_name = $4, media_type = $5, size = $6, document = $7, form = $8, title = $9,
             issuer = $10, issued_at = $11, ends_at = $12, came_by = $13, came_from = $14
         WHERE id = $1 AND person_id = $2",
        &kept.id,
        &kept.person_id,
        file,
        &kept.file_name,
        &kept.media_type,
        kept.size,
        document,
        kept.form.as_str(),
        &kept.title,
        &kept.issuer,
        kept.issued_at.as_second(),
        kept.ends_at.map(Timestamp::as_second),
        kept.by.as_str(),
        &kept.from
    )?;
    if touched == 1 { Ok(()) } else { Err(StoreError::Dangling) }
}

/// The copy that someone has of a badge.
pub async fn by_sameness(conn: &mut Conn, person_id: &str, same: &str) -> Result<Option<Kept>, StoreError> {
    columns::one(row!(
        conn,
        KeptRow,
        concat!("SELECT ", kept_columns!(), " FROM backpack_badges b WHERE b.person_id = $1 AND b.same = $2"),
        person_id,
        same
    )?)
}

/// One of this person's.
pub async fn get(conn: &mut Conn, person_id: &str, id: &str) -> Result<Option<Kept>, StoreError> {
    columns::one(row!(
        conn,
        KeptRow,
        concat!("SELECT ", kept_columns!(), " FROM backpack_badges b WHERE b.id = $1 AND b.person_id = $2"),
        id,
        person_id
    )?)
}

/// Id and file name of each, the oldest first.
pub async fn file_names(conn: &mut Conn, person_id: &str) -> Result<Vec<(String, String)>, StoreError> {
    rows!(
        conn,
        (String, String),
        "SELECT id, file_name FROM backpack_badges WHERE person_id = $1 ORDER BY added_at, id",
        person_id
    )
}

/// The bytes of one of this person's, as they came.
pub async fn file(conn: &mut Conn, person_id: &str, id: &str) -> Result<Option<Vec<u8>>, StoreError> {
    let found =
        row!(conn, (Vec<u8>,), "SELECT file FROM backpack_badges WHERE id = $1 AND person_id = $2", id, person_id)?;
    Ok(found.map(|(file,)| file))
}

/// Someone's, newest first, from just after a place on.
pub async fn page(
    conn: &mut Conn,
    person_id: &str,
    after: Option<&After>,
    limit: u32,
) -> Result<Vec<Kept>, StoreError> {
    // '~' sorts after every letter and digit.
    let (before, id) = after.map_or((i64::MAX, "~"), |after| (after.added_at.as_second(), after.id.as_str()));
    columns::all(rows!(
        conn,
        KeptRow,
        concat!(
            "SELECT ",
            kept_columns!(),
            " FROM backpack_badges b WHERE b.person_id = $1 AND (b.added_at, b.id) < ($2, $3)
              ORDER BY b.added_at DESC, b.id DESC LIMIT $4"
        ),
        person_id,
        before,
        id,
        i64::from(limit)
    )?)
}

/// How many someone has, and their bytes together.
pub async fn totals(conn: &mut Conn, person_id: &str) -> Result<(i64, i64), StoreError> {
    let found = row!(
        conn,
        (i64, i64),
        "SELECT COUNT(*), CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM backpack_badges WHERE person_id = $1",
        person_id
    )?;
    Ok(found.unwrap_or_default())
}

/// One of this person's; false when it is not there.
pub async fn remove(conn: &mut Conn, person_id: &str, id: &str) -> Result<bool, StoreError> {
    Ok(run!(conn, "DELETE FROM backpack_badges WHERE id = $1 AND person_id = $2", id, person_id)? == 1)
}

/// All of this person's, and what they added to their profile.
pub async fn remove_all(conn: &mut Conn, person_id: &str) -> Result<u64, StoreError> {
    run!(conn, "DELETE FROM profile_additions WHERE person_id = $1", person_id)?;
    run!(conn, "DELETE FROM backpack_badges WHERE person_id = $1", person_id)
}

/// What someone holds of Open Badges 3.0 and was issued after `since`, from here and elsewhere, in the order it came: what was neither
/// revoked nor renewed nor is suspended of ours, and the backpack.
pub async fn held(
    conn: &mut Conn,
    person_id: &str,
    since: Timestamp,
    limit: u32,
    offset: u32,
) -> Result<Vec<Held>, StoreError> {
    columns::all(rows!(
        conn,
        HeldRow,
        "SELECT a.issued_at AS came, a.id AS id, 'credential' AS form, a.credential AS document FROM awards a
         WHERE a.person_id = $1 AND a.revoked_at IS NULL AND a.superseded_by IS NULL AND a.suspended_at IS NULL AND a.issued_at > $2
         UNION ALL
         SELECT b.added_at AS came, b.id AS id, b.form AS form, b.document AS document FROM backpack_badges b
         WHERE b.person_id = $1 AND b.form <> 'older' AND b.issued_at > $2
         ORDER BY came, id LIMIT $3 OFFSET $4",
        person_id,
        since.as_second(),
        i64::from(limit),
        i64::from(offset)
    )?)
}

/// How many `held` finds without a limit.
pub async fn count_held(conn: &mut Conn, person_id: &str, since: Timestamp) -> Result<i64, StoreError> {
    let own = row!(
        conn,
        (i64,),
        "SELECT COUNT(a.id) FROM awards a
         WHERE a.person_id = $1 AND a.revoked_at IS NULL AND a.superseded_by IS NULL AND a.suspended_at IS NULL AND a.issued_at > $2",
        person_id,
        since.as_second()
    )?;
    let others = row!(
        conn,
        (i64,),
        "SELECT COUNT(*) FROM backpack_badges WHERE person_id = $1 AND form <> 'older' AND issued_at > $2",
        person_id,
        since.as_second()
    )?;
    Ok([own, others].into_iter().flatten().map(|(count,)| count).sum())
}

#[derive(sqlx::FromRow)]
struct KeptRow {
    id: String,
    person_id: String,
    file_name: String,
    media_type: String,
    size: i64,
    form: String,
    same: String,
    title: Option<String>,
    issuer: Option<String>,
    issued_at: i64,
    ends_at: Option<i64>,
    came_by: String,
    came_from: Option<String>,
    added_at: i64,
}

#[derive(sqlx::FromRow)]
struct HeldRow {
    form: String,
    document: String,
}

fn form(text: &str) -> Result<Form, StoreError> {
    let known = [Form::Credential, Form::Jwt, Form::Older].into_iter().find(|form| form.as_str() == text);
    known.ok_or_else(|| unreadable("backpack_badges.form", format!("“{text}” is no form of a badge")))
}

impl TryFrom<KeptRow> for Kept {
    type Error = StoreError;

    fn try_from(row: KeptRow) -> Result<Self, StoreError> {
        Ok(Kept {
            id: row.id,
            person_id: row.person_id,
            file_name: row.file_name,
            media_type: row.media_type,
            size: row.size,
            form: form(&row.form)?,
            same: row.same,
            title: row.title,
            issuer: row.issuer,
            issued_at: columns::time("backpack_badges.issued_at", row.issued_at)?,
            ends_at: columns::maybe_time("backpack_badges.ends_at", row.ends_at)?,
            by: CameBy::parse(&row.came_by).map_err(|why| unreadable("backpack_badges.came_by", why))?,
            from: row.came_from,
            added_at: columns::time("backpack_badges.added_at", row.added_at)?,
        })
    }
}

impl TryFrom<HeldRow> for Held {
    type Error = StoreError;

    fn try_from(row: HeldRow) -> Result<Self, StoreError> {
        Ok(Held { form: form(&row.form)?, document: row.document })
    }
}
