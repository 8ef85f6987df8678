//! A connection whose answers must be taken: who reads nothing, or next to nothing, is left, and the memory of the answer
//! with it.
//!
//! When the system takes no more of an answer, the client has 20 seconds, and more for every piece it takes after that, at
//! 4 KiB a second. Once all of an answer is handed to the system, the next begins anew.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::{Sleep, sleep},
};

const GRACE: Duration = Duration::from_secs(20);
const BYTES_A_MILLISECOND: u64 = 4;

pub struct Paced<S> {
    stream: S,
    grace: Duration,
    /// When the answer that waits must have been taken.
    until: Option<Pin<Box<Sleep>>>,
}

impl<S> Paced<S> {
    pub fn new(stream: S) -> Self {
        Paced { stream, grace: GRACE, until: None }
    }

    /// The time that the client still has, or the end of it.
    fn waiting<T>(&mut self, context: &mut Context<'_>) -> Poll<io::Result<T>> {
        let until = self.until.get_or_insert_with(|| Box::pin(sleep(self.grace)));
        until.as_mut().poll(context).map(|()| Err(io::ErrorKind::TimedOut.into()))
    }

    fn taken(&mut self, bytes: usize) {
        if let Some(until) = &mut self.until {
            let earned = Duration::from_millis(bytes as u64 / BYTES_A_MILLISECOND);
            let later = until.deadline() + earned;
            until.as_mut().reset(later);
        }
    }

    fn written(&mut self, wrote: Poll<io::Result<usize>>, context: &mut Context<'_>) -> Poll<io::Result<usize>> {
        match wrote {
            Poll::Ready(Ok(bytes)) => self.taken(bytes),
            Poll::Ready(Err(_)) => {}
            Poll::Pending => return self.waiting(context),
        }
        wrote
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Paced<S> {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, into)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Paced<S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let wrote = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.written(wrote, context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let wrote = Pin::new(&mut self.stream).poll_write_vectored(context, pieces);
        self.written(wrote, context)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match Pin::new(&mut self.stream).poll_flush(context) {
            Poll::Pending => self.waiting(context),
            done => {
                self.until = None;
                done
            }
        }
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match Pin::new(&mut self.stream).poll_shutdown(context) {
            Poll::Pending => self.waiting(context),
            done => done,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex},
        time::timeout,
    };

    static ANSWER: [u8; 20_000] = [7; 20_000];
    const SHORT: Duration = Duration::from_millis(400);

    fn short(stream: DuplexStream) -> Paced<DuplexStream> {
        Paced { stream, grace: SHORT, until: None }
    }

    /// Why the answer was not sent; that it is known in time.
    async fn left(server: DuplexStream) -> io::ErrorKind {
        let sent = timeout(Duration::from_secs(30), async move { short(server).write_all(&ANSWER).await });
        sent.await.expect("it is left in time").unwrap_err().kind()
    }

    #[tokio::test]
    async fn who_reads_nothing_of_an_answer_or_a_byte_now_and_then_is_left() {
        let (_silent, server) = duplex(1_000);
        assert_eq!(left(server).await, io::ErrorKind::TimedOut);
        let (mut client, server) = duplex(1_000);
        tokio::spawn(async move {
            while client.read_u8().await.is_ok() {
                sleep(Duration::from_millis(50)).await;
            }
        });
        assert_eq!(left(server).await, io::ErrorKind::TimedOut);
    }

    #[tokio::test]
    async fn who_reads_slowly_gets_an_answer_whole_though_it_takes_longer() {
        let (mut client, server) = duplex(1_000);
        let reading = tokio::spawn(async move {
            let mut some = [0; 1_000];
            for _ in 0..ANSWER.len() / some.len() {
                client.read_exact(&mut some).await.unwrap();
                sleep(SHORT / 10).await;
            }
        });
        let mut server = short(server);
        server.write_all(&ANSWER).await.unwrap();
        server.flush().await.unwrap();
        reading.await.unwrap();
        assert!(server.until.is_none(), "the next answer begins anew");
    }
}
