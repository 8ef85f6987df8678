//! Reads a request's body: all of it, within a limit and a time. All bodies together have a limit too, so that many large
//! ones at once don't take the machine's memory; small ones are always taken.

use super::{
    error::{Failure, Kind},
    frame,
};
use crate::credential::bake::LARGEST_PICTURE;
use axum::{
    body::{Body, Bytes, HttpBody},
    http::{HeaderMap, header},
};
use std::{
    future::poll_fn,
    pin::Pin,
    sync::{Arc, LazyLock},
    time::Duration,
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

pub const DOCUMENT_LIMIT: usize = 1024 * 1024;
/// A picture with a badge inside.
pub const PICTURE_LIMIT: usize = LARGEST_PICTURE;
/// A picture, and what a form says around it.
pub const FORM_LIMIT: usize = LARGEST_PICTURE + 64 * 1024;
pub const AWARDS_LIMIT: usize = 8 * 1024 * 1024;
/// For calls whose body is a few words.
pub const SMALL_LIMIT: usize = 64 * 1024;

const ARRIVES_WITHIN: Duration = Duration::from_secs(30);
/// What all bodies above the small ones may take together, in KiB.
const TOGETHER_KIB: usize = 256 * 1024;
static ROOM: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(TOGETHER_KIB)));

/// The body's bytes, or why there are none. Their room is given back when the last copy of the answer is dropped.
pub async fn read(body: Body, limit: usize) -> Result<Bytes, Failure> {
    tokio::time::timeout(ARRIVES_WITHIN, collect(body, limit, &ROOM)).await.unwrap_or_else(|_| {
        Err(Failure::new(Kind::TooSlow, "The body did not arrive within 30 seconds; send it again."))
    })
}

/// Whether the body is a form of several parts, which holds its token itself.
pub fn is_multipart(headers: &HeaderMap) -> bool {
    frame::header(headers, header::CONTENT_TYPE).is_some_and(|kind| kind.starts_with("multipart/form-data"))
}

pub fn unreadable() -> Failure {
    Failure::new(Kind::Malformed, "The form can't be read; send it again as multipart/form-data.")
}

/// Refuses fields of a form, or of an address, with a null in them: nothing of ours holds one, and PostgreSQL would not even look for it.
pub fn without_nulls(encoded: &[u8]) -> Result<(), Failure> {
    match url::form_urlencoded::parse(encoded).find(|(name, value)| name.contains('\0') || value.contains('\0')) {
        Some((name, _)) => Err(Failure::field(name.replace('\0', ""), "holds a null character")),
        None => Ok(()),
    }
}

/// A client hears of its mistake only once it has sent what it has; so a body over the limit is read on for a while, and
/// thrown away.
async fn collect(mut body: Body, limit: usize, room: &Arc<Semaphore>) -> Result<Bytes, Failure> {
    let (mut bytes, mut size, mut place) = (Vec::new(), 0usize, None);
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        let frame =
            frame.map_err(|_| Failure::new(Kind::Malformed, "The body broke off before its end; send it again."))?;
        let Ok(data) = frame.into_data() else { continue };
        size = size.saturating_add(data.len());
        if size <= limit {
            if size > SMALL_LIMIT {
                widen(&mut place, size.div_ceil(1024), room)?;
            }
            bytes.extend_from_slice(&data);
        } else if size > limit.saturating_mul(4) {
            break;
        }
    }
    match (size > limit, place) {
        (true, _) => Err(too_large(limit)),
        (false, None) => Ok(bytes.into()),
        (false, Some(place)) => Ok(Bytes::from_owner(Placed { bytes, _place: place })),
    }
}

struct Placed {
    bytes: Vec<u8>,
    _place: OwnedSemaphorePermit,
}

impl AsRef<[u8]> for Placed {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

/// Makes the place as wide as `kib`.
fn widen(place: &mut Option<OwnedSemaphorePermit>, kib: usize, room: &Arc<Semaphore>) -> Result<(), Failure> {
    let wanted = kib.saturating_sub(place.as_ref().map_or(0, OwnedSemaphorePermit::num_permits));
    let more = u32::try_from(wanted).ok().and_then(|wanted| Arc::clone(room).try_acquire_many_owned(wanted).ok());
    let more = more.ok_or_else(|| {
        Failure::new(Kind::Busy, "Many large bodies are being read at this moment; send it again in a while.")
    })?;
    match place {
        Some(place) => place.merge(more),
        None => *place = Some(more),
    }
    Ok(())
}

fn too_large(limit: usize) -> Failure {
    let most =
        if limit >= 1024 * 1024 { format!("{} MiB", limit / 1024 / 1024) } else { format!("{} KiB", limit / 1024) };
    Failure::new(Kind::TooLarge, format!("The body may have at most {most}; send less at once."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_body_is_read_up_to_its_limit_and_not_beyond() {
        assert_eq!(read(Body::from(vec![7; 10]), 10).await.unwrap(), vec![7; 10]);
        assert_eq!(read(Body::from(vec![7; 11]), 10).await.unwrap_err().kind, Kind::TooLarge);
        assert_eq!(read(Body::empty(), 10).await.unwrap(), Bytes::new());
    }

    #[tokio::test]
    async fn all_bodies_together_have_a_limit_and_small_ones_are_always_taken() {
        let room = Arc::new(Semaphore::new(150));
        let large = || collect(Body::from(vec![7; 100 * 1024]), PICTURE_LIMIT, &room);
        let first = large().await.unwrap();
        assert_eq!((first.len(), room.available_permits()), (100 * 1024, 50));
        assert_eq!(large().await.unwrap_err().kind, Kind::Busy);
        assert!(collect(Body::from(vec![7; SMALL_LIMIT]), PICTURE_LIMIT, &room).await.is_ok());
        drop(first);
        assert!(large().await.is_ok());
        assert_eq!(room.available_permits(), 150, "an answer that was dropped gives its room back");
    }
}
