//! Files of evidence, which arrive in parts (decision 0040): begun with name and size, then part by part from where the last one ended, until
//! the last byte gives the digest. A cut connection loses no part that was answered, and nothing is kept of a file that is refused.
//!
//! A part's object is written down as stray before it is stored, and taken off in the write that notes it: whatever happens between, it is
//! either part of the file or removed later.

use super::{
    ActionError, Conflict, acting,
    evidence::{insert, no_evidence, of_draft, said_of},
    submission::draft,
    sweep::discard,
};
use crate::{
    actions::App,
    domain::{
        actor::{Actor, Right},
        digesting::Digesting,
        evidence::{Body, Evidence, Said, SaidBody, StoredFile, file_name},
        id::random_id,
        media::{HEAD, Media, sniff},
    },
    outside::depot::Depot,
    store::{
        Conn, events,
        evidence::{self, Arriving, Part},
        stray_objects,
    },
};
use hyper::body::Bytes;
use jiff::Timestamp;
use serde_json::json;

/// A file is best sent on in parts of this many bytes.
pub const PART: usize = 4 * 1024 * 1024;
/// A form around a file may count with it.
const FORM: u64 = 64 * 1024;

/// A file that is about to come.
#[derive(Clone, Copy, Debug)]
pub struct NewFile<'a> {
    /// As it is called where it comes from.
    pub name: &'a str,
    /// Bytes: no more than this many will come.
    pub size: u64,
    /// The name again when it is empty.
    pub title: &'a str,
    pub note: &'a str,
    pub public: bool,
}

/// How far a file has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrived {
    pub received: u64,
    pub size: u64,
    /// All of it is here, and its digest is kept.
    pub whole: bool,
}

/// Makes a place for a file in one's draft; nothing of it is here yet.
pub async fn begin(app: &App, actor: &Actor, submission_id: &str, new: NewFile<'_>) -> Result<Evidence, ActionError> {
    let now = app.clock.now();
    let mut conn = app.db.write().await?;
    let (member, _) = acting(&mut conn, actor, Right::SignedIn).await?;
    draft(&mut conn, member, submission_id).await?;
    let name = file_name(new.name);
    let title = if new.title.trim().is_empty() { &name } else { new.title };
    let said = Said { title, note: new.note, public: new.public, body: SaidBody::File };
    let (title, note, _) = said_of(&mut conn, &said, now).await?;
    let limits = &app.config.evidence;
    if new.size == 0 {
        return Err(ActionError::invalid("file", "is empty; choose the file again"));
    }
    if new.size > limits.file.max(limits.video) {
        return Err(ActionError::invalid("file", larger(limits.file.max(limits.video), None)));
    }
    let others = evidence::of_submission(&mut conn, submission_id).await?;
    let taken: u64 = others.iter().filter_map(Evidence::file).map(|file| file.size).sum();
    if taken.saturating_add(new.size) > limits.submission {
        let message =
            format!("makes this submission larger than {}; remove another file first", mib(limits.submission));
        return Err(ActionError::invalid("file", message));
    }
    let evidence = Evidence {
        id: app.random.with(random_id),
        submission_id: submission_id.to_owned(),
        position: 0,
        title,
        note,
        public: new.public,
        body: Body::File(StoredFile { name, size: new.size, ..StoredFile::default() }),
        created_at: now,
    };
    let added = insert(&mut conn, actor, evidence, now).await?;
    conn.commit().await?;
    Ok(added)
}

/// How far it has come, so that its sender goes on from there.
pub async fn arrived(app: &App, actor: &Actor, id: &str) -> Result<Arrived, ActionError> {
    // Writes nothing, but waits for a part that is just being noted.
    let mut conn = app.db.write().await?;
    let (member, _) = acting(&mut conn, actor, Right::SignedIn).await?;
    of_draft(&mut conn, member, id).await?;
    let state = evidence::arriving(&mut conn, id).await?.ok_or_else(|| no_evidence(id))?;
    Ok(state.into())
}

/// The next part of a file, from where the last one ended. What shows itself to be of a kind or size that is not taken is removed.
pub async fn append(app: &App, actor: &Actor, id: &str, offset: u64, bytes: Bytes) -> Result<Arrived, ActionError> {
    let (object, part) = (format!("{id}/{}", app.random.with(random_id)), bytes.len() as u64);
    let mut conn = app.db.write().await?;
    let (member, _) = acting(&mut conn, actor, Right::SignedIn).await?;
    let file = of_draft(&mut conn, member, id).await?;
    let state = evidence::arriving(&mut conn, id).await?.ok_or_else(|| no_evidence(id))?;
    if state.received != offset || (state.whole && part > 0) {
        return Err(elsewhere(&state));
    }
    if part == 0 {
        return Ok(state.into());
    }
    let received = offset + part;
    if received > state.size {
        return refuse(app, conn, actor, &file, "is larger than was said when it was begun; choose it again").await;
    }
    let earlier = match state.media {
        Some(_) => Vec::new(),
        None => evidence::parts(&mut conn, id).await?,
    };
    stray_objects::insert(&mut conn, &object, app.clock.now()).await?;
    conn.commit().await?;

    let media = match state.media {
        Some(media) => Some(media),
        None if received >= (HEAD as u64).min(state.size) => match kind(&app.depot, &earlier, &bytes).await? {
            Ok(media) => Some(media),
            Err(why) => return refused(app, actor, id, &why).await,
        },
        None => None,
    };
    if let Some(media) = media.filter(|media| !media.is_video()) {
        let most = app.config.evidence.file;
        if received > most || state.size > most.saturating_add(FORM) {
            return refused(app, actor, id, &larger(most, Some(media))).await;
        }
    }
    let digesting = digested(state.digesting, bytes.clone()).await?;
    app.depot.put(&object, bytes).await?;

    let mut conn = app.db.write().await?;
    let (member, _) = acting(&mut conn, actor, Right::SignedIn).await?;
    let file = of_draft(&mut conn, member, id).await?;
    let noted = Part { start: offset.cast_signed(), size: part.cast_signed(), object: object.clone() };
    // Another part came there first, or this one took so long that its object was removed as stray.
    let first = evidence::note_part(&mut conn, id, &noted, media, &digesting.kept()).await?;
    if !first || !stray_objects::remove(&mut conn, &object).await? {
        let state = evidence::arriving(&mut conn, id).await?.ok_or_else(|| no_evidence(id))?;
        return Err(elsewhere(&state));
    }
    let whole = received == state.size;
    if whole {
        let media = media.ok_or_else(|| ActionError::internal(anyhow::anyhow!("a whole file of no kind")))?;
        finish(&mut conn, actor, &file, media, digesting, app.clock.now()).await?;
    }
    conn.commit().await?;
    Ok(Arrived { received, size: state.size, whole })
}

/// What is here is all of it: for a sender who could not tell the size before.
pub async fn end(app: &App, actor: &Actor, id: &str) -> Result<Arrived, ActionError> {
    let mut conn = app.db.write().await?;
    let (member, _) = acting(&mut conn, actor, Right::SignedIn).await?;
    let file = of_draft(&mut conn, member, id).await?;
    let state = evidence::arriving(&mut conn, id).await?.ok_or_else(|| no_evidence(id))?;
    if state.whole {
        return Ok(state.into());
    }
    let media = match state.media {
        Some(media) => media,
        None => {
            let parts = evidence::parts(&mut conn, id).await?;
            match kind(&app.depot, &parts, &[]).await? {
                Ok(media) => media,
                Err(why) => return refuse(app, conn, actor, &file, &why).await,
            }
        }
    };
    let digesting = state.digesting.as_deref().and_then(Digesting::resume);
    let digesting = digesting.ok_or_else(|| ActionError::internal(anyhow::anyhow!("the digest was not kept")))?;
    if !evidence::cut_to_received(&mut conn, id).await? {
        return Err(elsewhere(&state));
    }
    finish(&mut conn, actor, &file, media, digesting, app.clock.now()).await?;
    conn.commit().await?;
    Ok(Arrived { received: state.received, size: state.received, whole: true })
}

async fn finish(
    conn: &mut Conn,
    actor: &Actor,
    file: &Evidence,
    media: Media,
    digesting: Digesting,
    now: Timestamp,
) -> Result<(), ActionError> {
    let sha256 = digesting.finish();
    if !evidence::finish(conn, &file.id, media, &sha256).await? {
        return Err(ActionError::Busy);
    }
    let detail = json!({"evidence": file.id, "media_type": media.as_str(), "sha256": sha256});
    Ok(events::append(conn, now, &actor.label(), "evidence.received", &file.submission_id, &detail).await?)
}

/// What the file is by its first bytes, which lie in the parts before and in this one; or why it is not taken.
async fn kind(depot: &Depot, earlier: &[Part], bytes: &[u8]) -> Result<Result<Media, String>, ActionError> {
    let mut head = Vec::new();
    for part in earlier {
        head.extend_from_slice(&depot.get(&part.object).await?);
    }
    head.extend_from_slice(bytes);
    Ok(sniff(head.get(..HEAD).unwrap_or(&head)).map_err(|why| why.to_string()))
}

/// Off the async threads: a part takes some milliseconds.
async fn digested(kept: Option<String>, bytes: Bytes) -> Result<Digesting, ActionError> {
    let work = move || {
        let mut digesting = kept.map_or_else(|| Some(Digesting::default()), |kept| Digesting::resume(&kept))?;
        digesting.take(&bytes);
        Some(digesting)
    };
    let done = tokio::task::spawn_blocking(work).await.map_err(ActionError::internal)?;
    done.ok_or_else(|| ActionError::internal(anyhow::anyhow!("the digest of a file can't be gone on from")))
}

/// The same as [`refuse`] from outside a transaction.
async fn refused(app: &App, actor: &Actor, id: &str, why: &str) -> Result<Arrived, ActionError> {
    let mut conn = app.db.write().await?;
    let (member, _) = acting(&mut conn, actor, Right::SignedIn).await?;
    let file = of_draft(&mut conn, member, id).await?;
    refuse(app, conn, actor, &file, why).await
}

/// Removes what can't be taken, and says why.
async fn refuse(app: &App, conn: Conn, actor: &Actor, file: &Evidence, why: &str) -> Result<Arrived, ActionError> {
    discard(app, conn, &actor.label(), file).await?;
    Err(ActionError::invalid("file", why))
}

fn elsewhere(state: &Arriving) -> ActionError {
    let message = format!("{} of {} bytes are here; go on from there", state.received, state.size);
    ActionError::conflict(Conflict::Offset, message)
}

fn larger(most: u64, media: Option<Media>) -> String {
    let what = if media.is_some() { "a file that is no video" } else { "a file" };
    format!("is too large: {what} may have {}; send a smaller version, or a link to it", mib(most))
}

fn mib(bytes: u64) -> String {
    format!("{} MiB", bytes / (1024 * 1024))
}

impl From<Arriving> for Arrived {
    fn from(state: Arriving) -> Self {
        Arrived { received: state.received, size: state.size, whole: state.whole }
    }
}
