//! Evidence of submissions, and the pieces that a file arrives in. The bytes themselves are objects of the storage.

use super::{
    Conn, StoreError,
    columns::{self, unreadable},
    db::{row, rows, run},
    stray_objects,
};
use crate::domain::{
    evidence::{Body, Evidence, StoredFile},
    media::Media,
};
use jiff::Timestamp;

/// Every column of evidence.
macro_rules! evidence_columns {
    () => {
        "id, submission_id, position, kind, title, note, public, url, text, held_on, file_name, media_type, size, received,
         sha256, created_at"
    };
}

/// A piece of a file.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct Part {
    pub start: i64,
    pub size: i64,
    /// Where its bytes are.
    pub object: String,
}

/// How far a file has come.
#[derive(Clone, Debug, PartialEq)]
pub struct Arriving {
    pub received: u64,
    pub size: u64,
    pub media: Option<Media>,
    /// How far its SHA-256 has come; none before its first byte.
    pub digesting: Option<String>,
    pub whole: bool,
}

/// Adds it behind the others of its submission; answers its place. The caller holds the draft.
pub async fn insert(conn: &mut Conn, evidence: &Evidence) -> Result<i64, StoreError> {
    let (mut url, mut text, mut held_on, mut file) = (None, None, None, None);
    match &evidence.body {
        Body::File(stored) => file = Some(stored),
        Body::Link { url: link } => url = Some(link),
        Body::Text { text: words } => text = Some(words),
        Body::Session { held_on: date } => held_on = Some(date.to_string()),
    }
    let found = row!(
        conn,
        (i64,),
        "INSERT INTO evidence (id, submission_id, position, kind, title, note, public, url, text, held_on, file_name, media_type,
             size, received, sha256, created_at)
         SELECT $1, $2, COALESCE(MAX(o.position), 0) + 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15
         FROM evidence o WHERE o.submission_id = $2 RETURNING position",
        &evidence.id,
        &evidence.submission_id,
        evidence.body.kind(),
        &evidence.title,
        &evidence.note,
        evidence.public,
        url,
        text,
        held_on,
        file.map(|file| &file.name),
        file.and_then(|file| file.media).map(Media::as_str),
        file.map(|file| file.size.cast_signed()),
        file.map(|file| file.received.cast_signed()),
        file.and_then(|file| file.sha256.as_ref()),
        evidence.created_at.as_second()
    )?;
    found.map(|(position,)| position).ok_or(StoreError::Dangling)
}

pub async fn get(conn: &mut Conn, id: &str) -> Result<Option<Evidence>, StoreError> {
    columns::one(row!(conn, EvidenceRow, concat!("SELECT ", evidence_columns!(), " FROM evidence WHERE id = $1"), id)?)
}

/// In its order.
pub async fn of_submission(conn: &mut Conn, submission_id: &str) -> Result<Vec<Evidence>, StoreError> {
    columns::all(rows!(
        conn,
        EvidenceRow,
        concat!("SELECT ", evidence_columns!(), " FROM evidence WHERE submission_id = $1 ORDER BY position"),
        submission_id
    )?)
}

/// Changes what is said of it; what it is stays.
pub async fn describe(conn: &mut Conn, id: &str, title: &str, note: &str, public: bool) -> Result<bool, StoreError> {
    let touched =
        run!(conn, "UPDATE evidence SET title = $2, note = $3, public = $4 WHERE id = $1", id, title, note, public)?;
    Ok(touched == 1)
}

/// Removes it and its pieces' rows; answers which of their objects nothing holds any more, which are written down as stray.
pub async fn remove(conn: &mut Conn, id: &str, at: Timestamp) -> Result<Vec<String>, StoreError> {
    let stray = stray_objects::of_evidence(conn, id, at).await?;
    run!(conn, "DELETE FROM evidence_parts WHERE evidence_id = $1", id)?;
    run!(conn, "DELETE FROM evidence WHERE id = $1", id)?;
    Ok(stray)
}

/// The same evidence in another submission, at the same place: a file holds the same objects.
pub async fn copy(conn: &mut Conn, id: &str, to: &str, submission_id: &str, at: Timestamp) -> Result<(), StoreError> {
    run!(
        conn,
        "INSERT INTO evidence (id, submission_id, position, kind, title, note, public, url, text, held_on, file_name, media_type,
             size, received, sha256, created_at)
         SELECT $2, $3, position, kind, title, note, public, url, text, held_on, file_name, media_type, size, received, sha256, $4
         FROM evidence WHERE id = $1",
        id,
        to,
        submission_id,
        at.as_second()
    )?;
    run!(
        conn,
        "INSERT INTO evidence_parts (evidence_id, start, size, object)
         SELECT $2, start, size, object FROM evidence_parts WHERE evidence_id = $1",
        id,
        to
    )?;
    Ok(())
}

/// A file that is on its way, or whole. None when there is no such file.
pub async fn arriving(conn: &mut Conn, id: &str) -> Result<Option<Arriving>, StoreError> {
    columns::one(row!(
        conn,
        ArrivingRow,
        "SELECT received, size, media_type, digesting, sha256 FROM evidence WHERE id = $1 AND kind = 'file'",
        id
    )?)
}

/// Notes a piece that is stored, behind what was received so far. False when another piece came there first, or the file is whole:
/// nothing is noted then.
pub async fn note_part(
    conn: &mut Conn,
    id: &str,
    part: &Part,
    media: Option<Media>,
    digesting: &str,
) -> Result<bool, StoreError> {
    let touched = run!(
        conn,
        "UPDATE evidence SET received = $3, digesting = $4, media_type = COALESCE($5, media_type)
         WHERE id = $1 AND kind = 'file' AND received = $2 AND sha256 IS NULL AND size >= $3",
        id,
        part.start,
        part.start + part.size,
        digesting,
        media.map(Media::as_str)
    )?;
    if touched == 1 {
        run!(
            conn,
            "INSERT INTO evidence_parts (evidence_id, start, size, object) VALUES ($1, $2, $3, $4)",
            id,
            part.start,
            part.size,
            &part.object
        )?;
    }
    Ok(touched == 1)
}

/// All of it is here. False when some is missing, or it was whole before.
pub async fn finish(conn: &mut Conn, id: &str, media: Media, sha256: &str) -> Result<bool, StoreError> {
    let touched = run!(
        conn,
        "UPDATE evidence SET media_type = $2, sha256 = $3, digesting = NULL
         WHERE id = $1 AND kind = 'file' AND sha256 IS NULL AND received = size",
        id,
        media.as_str(),
        sha256
    )?;
    Ok(touched == 1)
}

/// The pieces of a file, in their order.
pub async fn parts(conn: &mut Conn, id: &str) -> Result<Vec<Part>, StoreError> {
    rows!(conn, Part, "SELECT start, size, object FROM evidence_parts WHERE evidence_id = $1 ORDER BY start", id)
}

/// No more will come: what is here is all of it. False when nothing is, or it was whole before.
pub async fn cut_to_received(conn: &mut Conn, id: &str) -> Result<bool, StoreError> {
    let touched = run!(
        conn,
        "UPDATE evidence SET size = received WHERE id = $1 AND kind = 'file' AND sha256 IS NULL AND received > 0",
        id
    )?;
    Ok(touched == 1)
}

/// Files that were begun before `at` and never came whole.
pub async fn unfinished(conn: &mut Conn, at: Timestamp, limit: u32) -> Result<Vec<String>, StoreError> {
    let found = rows!(
        conn,
        (String,),
        "SELECT id FROM evidence WHERE kind = 'file' AND sha256 IS NULL AND created_at < $1 ORDER BY created_at LIMIT $2",
        at.as_second(),
        i64::from(limit)
    )?;
    Ok(found.into_iter().map(|(id,)| id).collect())
}

#[derive(sqlx::FromRow)]
struct EvidenceRow {
    id: String,
    submission_id: String,
    position: i64,
    kind: String,
    title: String,
    note: String,
    public: bool,
    url: Option<String>,
    text: Option<String>,
    held_on: Option<String>,
    file_name: Option<String>,
    media_type: Option<String>,
    size: Option<i64>,
    received: Option<i64>,
    sha256: Option<String>,
    created_at: i64,
}

impl TryFrom<EvidenceRow> for Evidence {
    type Error = StoreError;

    fn try_from(row: EvidenceRow) -> Result<Self, StoreError> {
        let wrong = |why: &str| unreadable("evidence.kind", why);
        let body = match row.kind.as_str() {
            "file" => Body::File(StoredFile {
                name: row.file_name.ok_or_else(|| wrong("a file without a name"))?,
                media: media(row.media_type)?,
                size: count(row.size)?,
                received: count(row.received)?,
                sha256: row.sha256,
            }),
            "link" => Body::Link { url: row.url.ok_or_else(|| wrong("a link without an address"))? },
            "text" => Body::Text { text: row.text.ok_or_else(|| wrong("a text without words"))? },
            "session" => {
                let date = row.held_on.ok_or_else(|| wrong("a session without a date"))?;
                Body::Session { held_on: date.parse().map_err(|why| unreadable("evidence.held_on", why))? }
            }
            other => return Err(wrong(other)),
        };
        Ok(Evidence {
            id: row.id,
            submission_id: row.submission_id,
            position: row.position,
            title: row.title,
            note: row.note,
            public: row.public,
            body,
            created_at: columns::time("evidence.created_at", row.created_at)?,
        })
    }
}

#[derive(sqlx::FromRow)]
struct ArrivingRow {
    received: Option<i64>,
    size: Option<i64>,
    media_type: Option<String>,
    digesting: Option<String>,
    sha256: Option<String>,
}

impl TryFrom<ArrivingRow> for Arriving {
    type Error = StoreError;

    fn try_from(row: ArrivingRow) -> Result<Self, StoreError> {
        Ok(Arriving {
            received: count(row.received)?,
            size: count(row.size)?,
            media: media(row.media_type)?,
            digesting: row.digesting,
            whole: row.sha256.is_some(),
        })
    }
}

fn media(word: Option<String>) -> Result<Option<Media>, StoreError> {
    word.map(|word| Media::parse(&word).map_err(|why| unreadable("evidence.media_type", why))).transpose()
}

fn count(bytes: Option<i64>) -> Result<u64, StoreError> {
    u64::try_from(bytes.unwrap_or(0)).map_err(|why| unreadable("evidence.size", why))
}
