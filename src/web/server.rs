//! The accept loop: what keeps slow or many clients from holding the server.
//!
//! - The head of a request is here ten seconds after its connection was made or the answer before it was sent, or the
//!   connection is closed; an idle one too. A head over 32 KiB or with more than 100 fields is answered with 431.
//! - A body has half a minute (body.rs), and who does not take its answer is left (pace.rs).
//! - Only so many connections are open at once, and of one address fewer (connections.rs).
//! - On shutdown no new connection is taken, and open requests have ten seconds to end.

use super::{
    Web,
    client::Peer,
    connections::{Connections, Place},
    pace::Paced,
    router,
};
use crate::actions::App;
use axum::Router;
use hyper::{
    Request,
    body::Incoming,
    server::conn::http1,
    service::{Service, service_fn},
};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::{GracefulShutdown, Watcher},
    service::TowerToHyperService,
};
use std::{future::Future, io, net::IpAddr, sync::Arc, time::Duration};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    time::timeout,
};
use tokio_rustls::TlsAcceptor;

const HEAD_WITHIN: Duration = Duration::from_secs(10);
const LARGEST_HEAD: usize = 32 * 1024;
const MOST_FIELDS: usize = 100;
/// What a connection may have read and not yet handed on, or made and not yet sent.
const BUFFERED: usize = 64 * 1024;
const LAST_REQUESTS_WITHIN: Duration = Duration::from_secs(10);

/// Serves until `shutdown` completes.
pub async fn serve(app: Arc<App>, listener: TcpListener, shutdown: impl Future<Output = ()> + Send) -> io::Result<()> {
    serve_over(app, listener, None, shutdown).await
}

/// The same by https, when there is something that accepts TLS; a client has as long for its handshake as for a head.
pub async fn serve_over(
    app: Arc<App>,
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    shutdown: impl Future<Output = ()> + Send,
) -> io::Result<()> {
    let connections = Connections::new(&app.config);
    let router = TowerToHyperService::new(router::router(Arc::new(Web::new(app))));
    let graceful = GracefulShutdown::new();
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        let (stream, peer, place) = tokio::select! {
            taken = take(&listener, &connections) => taken?,
            () = &mut shutdown => break,
        };
        // Small answers leave at once instead of waiting for more to send.
        let _ = stream.set_nodelay(true);
        let (router, watcher, tls) = (router.clone(), graceful.watcher(), tls.clone());
        tokio::spawn(async move {
            match tls {
                None => converse(stream, peer, router, watcher).await,
                Some(tls) => match timeout(HEAD_WITHIN, tls.accept(stream)).await {
                    Ok(Ok(stream)) => converse(stream, peer, router, watcher).await,
                    Ok(Err(why)) => tracing::debug!(%why, "a handshake failed"),
                    Err(_) => tracing::debug!("a handshake took too long"),
                },
            }
            drop(place);
        });
    }
    drop(listener);
    if timeout(LAST_REQUESTS_WITHIN, graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests did not end in time and were cut off");
    }
    Ok(())
}

/// The next connection that there is a place for. One that broke before it was taken is passed over, and one too many of
/// its address is closed; when the machine has no more file handles the loop waits for some to close.
async fn take(listener: &TcpListener, connections: &Connections) -> io::Result<(TcpStream, IpAddr, Place)> {
    let mut free = connections.free().await?;
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => match connections.place(free, peer.ip()) {
                Ok(place) => return Ok((stream, peer.ip(), place)),
                Err(still_free) => free = still_free,
            },
            Err(why) if is_of_one_connection(&why) => {}
            Err(why) => {
                tracing::error!(%why, "could not take a connection");
                tokio::time::sleep(Duration::from_millis(200)).await;
            }
        }
    }
}

fn is_of_one_connection(why: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(why.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

/// One connection to its end, whatever carries it.
async fn converse<S>(stream: S, peer: IpAddr, router: TowerToHyperService<Router>, watcher: Watcher)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(Peer(peer));
        router.call(request)
    });
    let mut server = http1::Builder::new();
    server.timer(TokioTimer::new()).header_read_timeout(HEAD_WITHIN);
    server.max_header_size(LARGEST_HEAD).max_headers(MOST_FIELDS).max_buf_size(BUFFERED);
    let connection = server.serve_connection(TokioIo::new(Paced::new(stream)), service);
    // A client that breaks off is no fault of ours.
    if let Err(why) = watcher.watch(connection).await {
        tracing::debug!(%why, "connection ended early");
    }
}
