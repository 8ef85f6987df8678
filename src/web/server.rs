//! The accept loop: what keeps slow or many clients from holding the server.
//!
//! A request's head must arrive within ten seconds; no more than [`MOST_CONNECTIONS`] are open at once, others wait in
//! the queue of the system. On shutdown no new one is taken, and open requests have ten seconds to end.

use super::{Web, client::Peer, router};
use crate::actions::App;
use hyper::{
    Request,
    body::Incoming,
    server::conn::http1,
    service::{Service, service_fn},
};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use std::{future::Future, io, net::SocketAddr, sync::Arc, time::Duration};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

const MOST_CONNECTIONS: usize = 1024;
const HEAD_WITHIN: Duration = Duration::from_secs(10);
const LAST_REQUESTS_WITHIN: Duration = Duration::from_secs(10);

/// Serves until `shutdown` completes.
pub async fn serve(app: Arc<App>, listener: TcpListener, shutdown: impl Future<Output = ()> + Send) -> io::Result<()> {
    let router = TowerToHyperService::new(router::router(Arc::new(Web::new(app))));
    let open = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    let graceful = GracefulShutdown::new();
    let mut server = http1::Builder::new();
    server.timer(TokioTimer::new()).header_read_timeout(HEAD_WITHIN);
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        let (stream, peer, place) = tokio::select! {
            taken = take(&listener, &open) => taken?,
            () = &mut shutdown => break,
        };
        // Small answers leave at once instead of waiting for more to send.
        let _ = stream.set_nodelay(true);
        let router = router.clone();
        let service = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(Peer(peer.ip()));
            router.call(request)
        });
        let connection = server.serve_connection(TokioIo::new(stream), service);
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            // A client that breaks off is no fault of ours.
            if let Err(why) = connection.await {
                tracing::debug!(%why, "connection ended early");
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

/// The next connection, once there is a place for it. A connection that broke before it was taken is passed over; when
/// the machine has no more file handles the loop waits for some to close.
async fn take(
    listener: &TcpListener,
    open: &Arc<Semaphore>,
) -> io::Result<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let place = Arc::clone(open).acquire_owned().await.map_err(io::Error::other)?;
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => return Ok((stream, peer, place)),
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
