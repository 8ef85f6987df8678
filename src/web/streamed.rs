//! A ZIP that is sent while it is made, so that only a few pieces of it are ever in memory. Where it can't be made to its end the answer breaks
//! off: half an archive must not look like a whole one.

use super::caching::{self, Keep};
use axum::{
    body::{Body, Bytes, HttpBody},
    http::header,
    response::Response,
};
use hyper::body::Frame;
use std::{
    pin::Pin,
    task::{Context, Poll},
};
use tokio::sync::mpsc;

/// Pieces that wait for a reader who is slower.
const AHEAD: usize = 2;

pub type Sender = mpsc::Sender<Result<Bytes, BrokenOff>>;

/// Sent, it closes the connection before the end of the answer.
#[derive(Debug, thiserror::Error)]
#[error("the archive broke off")]
pub struct BrokenOff;

/// The answer, and where its pieces go; it ends when that is dropped.
pub fn zip(file_name: &str) -> (Sender, Response) {
    let (sender, waiting) = mpsc::channel(AHEAD);
    let mut response = Response::new(Body::new(Pieces(waiting)));
    caching::set(&mut response, header::CONTENT_TYPE, "application/zip");
    caching::set(&mut response, header::CACHE_CONTROL, &Keep::Never.directives());
    caching::set(&mut response, header::CONTENT_DISPOSITION, &format!("attachment; filename=\"{file_name}\""));
    (sender, response)
}

struct Pieces(mpsc::Receiver<Result<Bytes, BrokenOff>>);

impl HttpBody for Pieces {
    type Data = Bytes;
    type Error = BrokenOff;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BrokenOff>>> {
        self.0.poll_recv(cx).map(|piece| piece.map(|piece| piece.map(Frame::data)))
    }
}
