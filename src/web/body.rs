//! Reads a request's body: all of it, within a limit and a time.

use super::error::{Failure, Kind};
use crate::credential::bake::LARGEST_PICTURE;
use axum::body::{Body, Bytes, HttpBody};
use std::{future::poll_fn, pin::Pin, time::Duration};

pub const DOCUMENT_LIMIT: usize = 1024 * 1024;
/// A picture with a badge inside.
pub const PICTURE_LIMIT: usize = LARGEST_PICTURE;
/// A picture, and what a form says around it.
pub const FORM_LIMIT: usize = LARGEST_PICTURE + 64 * 1024;
pub const AWARDS_LIMIT: usize = 8 * 1024 * 1024;
/// For calls whose body is a few words.
pub const SMALL_LIMIT: usize = 64 * 1024;

const ARRIVES_WITHIN: Duration = Duration::from_secs(30);

/// The body's bytes, or why there are none.
pub async fn read(body: Body, limit: usize) -> Result<Bytes, Failure> {
    tokio::time::timeout(ARRIVES_WITHIN, collect(body, limit)).await.unwrap_or_else(|_| {
        Err(Failure::new(Kind::TooSlow, "The body did not arrive within 30 seconds; send it again."))
    })
}

/// A client hears of its mistake only once it has sent what it has; so a body over the limit is read on for a while, and
/// thrown away.
async fn collect(mut body: Body, limit: usize) -> Result<Bytes, Failure> {
    let (mut bytes, mut size) = (Vec::new(), 0usize);
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        let frame =
            frame.map_err(|_| Failure::new(Kind::Malformed, "The body broke off before its end; send it again."))?;
        let Ok(data) = frame.into_data() else { continue };
        size = size.saturating_add(data.len());
        if size <= limit {
            bytes.extend_from_slice(&data);
        } else if size > limit.saturating_mul(4) {
            break;
        }
    }
    if size > limit { Err(too_large(limit)) } else { Ok(bytes.into()) }
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
}
