//! Status lists: opened, given from and published as finished, signed bytes, so that whoever polls never makes us sign.
//!
//! A list is published with nothing revoked before its first index is given. Lists are signed anew when a revocation changes
//! them, when the key changes, and every day, so that a reader can tell that they are kept.

use super::{ActionError, App, issuer, keys::Signer, urls::Urls};
use crate::{
    credential::{
        proof::{self, ProofOptions},
        status::{Bitstring, StatusListFacts, status_list_credential},
    },
    domain::{digesting::sha256, id::random_id, issuer::Issuer},
    store::{
        Conn, issuers,
        status_lists::{self, Publication, Revoked},
    },
};
use jiff::{SignedDuration, Timestamp};
use std::io::Write;

/// What every list of this version is for.
pub const PURPOSE: &str = "revocation";
/// How old a publication may get before it is signed anew.
pub const FRESH: SignedDuration = SignedDuration::from_hours(24);

/// A place in a list: given once, for ever.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub list_id: String,
    pub index: u32,
}

/// `n` places, over as many lists as it takes.
pub(super) async fn allot(
    app: &App,
    conn: &mut Conn,
    issuer: &Issuer,
    signer: &Signer,
    n: usize,
    now: Timestamp,
) -> Result<Vec<Place>, ActionError> {
    let mut places = Vec::with_capacity(n);
    while places.len() < n {
        let list_id = match status_lists::open(conn, &issuer.id, PURPOSE).await? {
            Some(list) => list.id,
            None => open_list(app, conn, issuer, signer, now).await?,
        };
        let wanted = u32::try_from(n - places.len()).map_err(ActionError::internal)?;
        // A generator is not held over an await: its seed is drawn first.
        let mut rng = app.random.with(|rng| <rand::rngs::StdRng as rand::SeedableRng>::from_rng(rng));
        let indexes = status_lists::allot(conn, &list_id, wanted, &mut rng).await?;
        places.extend(indexes.into_iter().map(|index| Place { list_id: list_id.clone(), index }));
    }
    Ok(places)
}

/// Opens a list, published with nothing revoked; answers its id.
pub(super) async fn open_list(
    app: &App,
    conn: &mut Conn,
    issuer: &Issuer,
    signer: &Signer,
    now: Timestamp,
) -> Result<String, ActionError> {
    let id = app.random.with(random_id);
    let publication = sign(app.urls(), issuer, signer, &id, &Bitstring::new(), now)?;
    status_lists::insert(conn, &id, &issuer.id, PURPOSE, &publication).await?;
    Ok(id)
}

/// Publishes all that is revoked in a list, signed now.
pub(super) async fn publish(
    app: &App,
    conn: &mut Conn,
    issuer: &Issuer,
    signer: &Signer,
    revoked: &Revoked,
    now: Timestamp,
) -> Result<(), ActionError> {
    let publication = sign(app.urls(), issuer, signer, &revoked.list_id, &revoked.bits, now)?;
    status_lists::publish(conn, &revoked.list_id, &revoked.bits, revoked.version + 1, &publication).await?;
    Ok(())
}

/// Signs every list anew: after the key has changed.
pub(super) async fn publish_all(
    app: &App,
    conn: &mut Conn,
    issuer: &Issuer,
    signer: &Signer,
    now: Timestamp,
) -> Result<usize, ActionError> {
    let lists = status_lists::all(conn, &issuer.id).await?;
    for list in &lists {
        if let Some(revoked) = status_lists::hold(conn, &list.id).await? {
            publish(app, conn, issuer, signer, &revoked, now).await?;
        }
    }
    Ok(lists.len())
}

/// The lists that were signed more than a day ago.
pub async fn stale(app: &App) -> Result<Vec<String>, ActionError> {
    let mut conn = app.db.read().await?;
    let Some(issuer) = issuers::only(&mut conn).await? else { return Ok(Vec::new()) };
    let (lists, now) = (status_lists::all(&mut conn, &issuer.id).await?, app.clock.now());
    let old = lists.into_iter().filter(|list| now.duration_since(list.published_at) >= FRESH);
    Ok(old.map(|list| list.id).collect())
}

/// Signs one list anew.
pub async fn refresh_one(app: &App, list_id: &str) -> Result<(), ActionError> {
    let mut conn = app.db.write().await?;
    let issuer = issuer(&mut conn).await?;
    let signer = super::keys::signer(app, &mut conn, &issuer).await?;
    let Some(revoked) = status_lists::hold(&mut conn, list_id).await? else {
        return Err(ActionError::not_found("status list", list_id));
    };
    publish(app, &mut conn, &issuer, &signer, &revoked, app.clock.now()).await?;
    Ok(conn.commit().await?)
}

fn sign(
    urls: Urls,
    issuer: &Issuer,
    signer: &Signer,
    list_id: &str,
    bits: &Bitstring,
    at: Timestamp,
) -> Result<Publication, ActionError> {
    let facts = StatusListFacts { id: &urls.status(list_id), issuer: &issuer.did, valid_from: at, bits };
    let options = ProofOptions { created: at, verification_method: signer.method.clone() };
    let signed = proof::sign(&status_list_credential(&facts), &options, &signer.key).map_err(ActionError::internal)?;
    let json = serde_json::to_vec(&signed).map_err(ActionError::internal)?;
    let mut gzip = flate2::GzBuilder::new().mtime(0).write(Vec::new(), flate2::Compression::best());
    let gzip = gzip.write_all(&json).and_then(|()| gzip.finish()).map_err(ActionError::internal)?;
    let digest: String = sha256(&json).chars().take(32).collect();
    Ok(Publication { json, gzip, etag: format!("\"{digest}\""), at })
}
