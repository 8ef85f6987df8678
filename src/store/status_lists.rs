//! Bitstring status lists: which index is whose, what is revoked, and the finished bytes that are served.
//!
//! - An index is random, given once and never again; a list closes at half full, and the caller opens the next.
//! - An all-zero list is published before its first index is given: `insert` wants its bytes.
//! - Nothing goes backward: a bit is never cleared, and a publication is of a newer version that shows every revocation.
//! - Whoever gives indexes or sets bits holds the list's row until the commit, so that two writers never give the same.

use super::{
    Conn, StoreError,
    columns::{self, unreadable},
    db::{row, rows, run},
};
use crate::credential::status::{Bitstring, LENGTH};
use jiff::Timestamp;
use rand::{Rng, RngExt};

/// How many indexes of a list are given out before it closes: random places stay quick to find, and a list is never nearly all used.
pub const HALF_FULL: u32 = LENGTH / 2;

/// A list without its bytes.
#[derive(Clone, Debug, PartialEq)]
pub struct StatusList {
    pub id: String,
    pub issuer_id: String,
    /// `revocation`.
    pub purpose: String,
    /// How many indexes were given.
    pub used: u32,
    pub closed: bool,
    /// What is revoked is ahead of what is published.
    pub pending: bool,
    /// Of the publication; 1 is the all-zero one.
    pub version: i64,
    pub published_at: Timestamp,
}

/// What is revoked, and the version that shows less than that or the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Revoked {
    pub list_id: String,
    pub issuer_id: String,
    pub bits: Bitstring,
    /// Of the last publication; the next is one more.
    pub version: i64,
}

/// The finished bytes of one version.
#[derive(Clone, Debug, PartialEq)]
pub struct Publication {
    pub json: Vec<u8>,
    /// The same bytes, compressed.
    pub gzip: Vec<u8>,
    /// Strong, with its quotes.
    pub etag: String,
    pub at: Timestamp,
}

/// The list that indexes are given from now.
pub async fn open(conn: &mut Conn, issuer_id: &str, purpose: &str) -> Result<Option<StatusList>, StoreError> {
    columns::one(row!(
        conn,
        ListRow,
        "SELECT id, issuer_id, purpose, used, closed, pending, version, published_at FROM status_lists
         WHERE issuer_id = $1 AND purpose = $2 AND NOT closed",
        issuer_id,
        purpose
    )?)
}

/// Opens a list with nothing given and nothing revoked, published as version 1. False when another writer has opened one since: use that.
pub async fn insert(
    conn: &mut Conn,
    id: &str,
    issuer_id: &str,
    purpose: &str,
    all_zero: &Publication,
) -> Result<bool, StoreError> {
    let empty = Bitstring::new();
    let touched = run!(
        conn,
        "INSERT INTO status_lists (id, issuer_id, purpose, allotted, used, closed, bits, pending, version,
             published_json, published_gzip, etag, published_at, created_at)
         VALUES ($1, $2, $3, $4, 0, FALSE, $4, FALSE, 1, $5, $6, $7, $8, $8)
         ON CONFLICT (issuer_id, purpose) WHERE NOT closed DO NOTHING",
        id,
        issuer_id,
        purpose,
        empty.as_bytes(),
        &all_zero.json,
        &all_zero.gzip,
        &all_zero.etag,
        all_zero.at.as_second()
    )?;
    Ok(touched == 1)
}

/// Gives up to `n` random indexes of a list, each for ever: fewer when it closes at half full, none when it is closed or not there.
/// Two statements, however many.
pub async fn allot(conn: &mut Conn, list_id: &str, n: u32, rng: &mut (dyn Rng + Send)) -> Result<Vec<u32>, StoreError> {
    // An update that changes nothing holds the row until the commit, on both engines.
    let held = row!(
        conn,
        (Vec<u8>,),
        "UPDATE status_lists SET used = used WHERE id = $1 AND NOT closed RETURNING allotted",
        list_id
    )?;
    let Some((bytes,)) = held else { return Ok(Vec::new()) };
    let mut allotted = Bitstring::from_bytes(bytes).map_err(|why| unreadable("status_lists.allotted", why))?;
    let used: u32 = allotted.as_bytes().iter().map(|byte| byte.count_ones()).sum();
    let wanted = n.min(HALF_FULL.saturating_sub(used));
    let mut indexes = Vec::new();
    // At least half of all places are free, so a place is found in two draws on average.
    while indexes.len() < wanted as usize {
        let index = rng.random_range(0..LENGTH);
        if allotted.get(index) == Some(false) {
            allotted.set(index).map_err(|why| unreadable("status_lists.allotted", why))?;
            indexes.push(index);
        }
    }
    run!(
        conn,
        "UPDATE status_lists SET allotted = $2, used = $3, closed = $4 WHERE id = $1",
        list_id,
        allotted.as_bytes(),
        i64::from(used + wanted),
        used + wanted >= HALF_FULL
    )?;
    Ok(indexes)
}

/// Marks an index revoked, for ever, and answers all that is revoked, for the publication that shows it. None when the list is not there.
pub async fn set_bit(conn: &mut Conn, list_id: &str, index: u32) -> Result<Option<Revoked>, StoreError> {
    let Some(mut revoked) = hold(conn, list_id).await? else { return Ok(None) };
    revoked.bits.set(index).map_err(|why| unreadable("awards.status_index", why))?;
    run!(conn, "UPDATE status_lists SET bits = $2, pending = TRUE WHERE id = $1", list_id, revoked.bits.as_bytes())?;
    Ok(Some(revoked))
}

/// What is revoked, with the list's row held until the commit.
pub async fn hold(conn: &mut Conn, list_id: &str) -> Result<Option<Revoked>, StoreError> {
    columns::one(row!(
        conn,
        RevokedRow,
        "UPDATE status_lists SET used = used WHERE id = $1 RETURNING id, issuer_id, bits, version",
        list_id
    )?)
}

/// What is revoked, to look at.
pub async fn revoked(conn: &mut Conn, list_id: &str) -> Result<Option<Revoked>, StoreError> {
    columns::one(row!(
        conn,
        RevokedRow,
        "SELECT id, issuer_id, bits, version FROM status_lists WHERE id = $1",
        list_id
    )?)
}

/// Publishes `bits` as `version`. `Backward` when the version is not newer, or a revocation would be missing.
pub async fn publish(
    conn: &mut Conn,
    list_id: &str,
    bits: &Bitstring,
    version: i64,
    publication: &Publication,
) -> Result<(), StoreError> {
    let backward = |why| StoreError::Backward { list: list_id.to_owned(), why };
    let known = hold(conn, list_id).await?.ok_or_else(|| backward("it is not there"))?;
    if version <= known.version {
        return Err(backward("its version is not newer"));
    }
    let same_length = bits.as_bytes().len() == known.bits.as_bytes().len();
    let shows_all = known.bits.as_bytes().iter().zip(bits.as_bytes()).all(|(known, new)| known & !new == 0);
    if !(same_length && shows_all) {
        return Err(backward("a revocation would be missing"));
    }
    run!(
        conn,
        "UPDATE status_lists SET bits = $2, pending = FALSE, version = $3, published_json = $4, published_gzip = $5,
             etag = $6, published_at = $7 WHERE id = $1",
        list_id,
        bits.as_bytes(),
        version,
        &publication.json,
        &publication.gzip,
        &publication.etag,
        publication.at.as_second()
    )?;
    Ok(())
}

/// The bytes to serve.
pub async fn published(conn: &mut Conn, list_id: &str) -> Result<Option<Publication>, StoreError> {
    columns::one(row!(
        conn,
        PublicationRow,
        "SELECT published_json, published_gzip, etag, published_at FROM status_lists WHERE id = $1",
        list_id
    )?)
}

/// Every list of an issuer, oldest first.
pub async fn all(conn: &mut Conn, issuer_id: &str) -> Result<Vec<StatusList>, StoreError> {
    columns::all(rows!(
        conn,
        ListRow,
        "SELECT id, issuer_id, purpose, used, closed, pending, version, published_at FROM status_lists
         WHERE issuer_id = $1 ORDER BY created_at, id",
        issuer_id
    )?)
}

#[derive(sqlx::FromRow)]
struct ListRow {
    id: String,
    issuer_id: String,
    purpose: String,
    used: i64,
    closed: bool,
    pending: bool,
    version: i64,
    published_at: i64,
}

impl TryFrom<ListRow> for StatusList {
    type Error = StoreError;

    fn try_from(row: ListRow) -> Result<Self, StoreError> {
        Ok(StatusList {
            id: row.id,
            issuer_id: row.issuer_id,
            purpose: row.purpose,
            used: columns::index("status_lists.used", row.used)?,
            closed: row.closed,
            pending: row.pending,
            version: row.version,
            published_at: columns::time("status_lists.published_at", row.published_at)?,
        })
    }
}

#[derive(sqlx::FromRow)]
struct RevokedRow {
    id: String,
    issuer_id: String,
    bits: Vec<u8>,
    version: i64,
}

impl TryFrom<RevokedRow> for Revoked {
    type Error = StoreError;

    fn try_from(row: RevokedRow) -> Result<Self, StoreError> {
        Ok(Revoked {
            list_id: row.id,
            issuer_id: row.issuer_id,
            bits: Bitstring::from_bytes(row.bits).map_err(|why| unreadable("status_lists.bits", why))?,
            version: row.version,
        })
    }
}

#[derive(sqlx::FromRow)]
struct PublicationRow {
    published_json: Vec<u8>,
    published_gzip: Vec<u8>,
    etag: String,
    published_at: i64,
}

impl TryFrom<PublicationRow> for Publication {
    type Error = StoreError;

    fn try_from(row: PublicationRow) -> Result<Self, StoreError> {
        Ok(Publication {
            json: row.published_json,
            gzip: row.published_gzip,
            etag: row.etag,
            at: columns::time("status_lists.published_at", row.published_at)?,
        })
    }
}
