//! `laurel serve`: refuses what is missing or unsafe, then serves until it is told to stop.

use super::{
    Failure,
    config::{self, Settings},
    conformance, log,
    open::{Unlock, open},
    say,
};
use crate::{
    actions::{App, ready::ready},
    jobs, web,
};
use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};
use tokio::net::{TcpListener, TcpSocket};
use tokio_rustls::TlsAcceptor;

/// Connections that may wait until the server takes them. One more is left unanswered, and its client tries again a second later. The
/// libraries would ask for 128; the system may allow fewer than these.
const QUEUE: u32 = 1024;

#[derive(clap::Args)]
pub(super) struct Serve {
    /// Where to listen, instead of what the configuration says
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<String>,
    /// Serve for the W3C's test suites: from nothing, by https, with an issuer and an open VC-API of its own
    #[arg(long, value_name = "PROFILE")]
    profile: Option<Profile>,
    /// With --profile: keep its data in this folder, to open it again later
    #[arg(long, value_name = "FOLDER", requires = "profile")]
    data: Option<PathBuf>,
}

/// A deployment that is set up by this command alone.
#[derive(Clone, Copy, clap::ValueEnum)]
enum Profile {
    Conformance,
}

impl Serve {
    pub(super) async fn run(self, file: Option<&Path>) -> Result<ExitCode, Failure> {
        if let Some(Profile::Conformance) = self.profile {
            return conformance::run(self.listen.as_deref(), self.data).await;
        }
        let settings = Settings::load(file)?;
        let listen = match &self.listen {
            Some(text) => config::address("--listen", text)?,
            None => settings.listen,
        };
        let app = open(&settings, Unlock::Yes).await?;
        ready(&app).await?;
        let listener = bind(listen)?;
        let address = listener.local_addr().map_err(|why| Failure::Refused(format!("--listen {listen}: {why}")))?;
        say(format!("Laurel serves {} on {address}", settings.base_url));
        log::start("info,sqlx=warn");
        until_stopped(Arc::new(app), listener, None).await
    }
}

pub(super) fn bind(listen: SocketAddr) -> Result<TcpListener, Failure> {
    let bound = || {
        let socket = if listen.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
        // So that a server that was started again does not wait for its last connections to be forgotten.
        socket.set_reuseaddr(true)?;
        socket.bind(listen)?;
        socket.listen(QUEUE)
    };
    bound().map_err(|why| Failure::Refused(format!("--listen {listen}: {why}")))
}

/// Serves, and runs the jobs beside it, until the process is told to stop.
pub(super) async fn until_stopped(
    app: Arc<App>,
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
) -> Result<ExitCode, Failure> {
    let jobs = tokio::spawn(jobs::run(Arc::clone(&app)));
    let served = web::server::serve_over(Arc::clone(&app), listener, tls, stopped()).await;
    jobs.abort();
    app.db.close().await;
    served.map_err(|why| Failure::Refused(format!("the server failed: {why}")))?;
    Ok(ExitCode::SUCCESS)
}

/// Ctrl-C, or the signal that service managers send.
async fn stopped() {
    let interrupted = tokio::signal::ctrl_c();
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut terminated) => {
            tokio::select! {
                _ = interrupted => {}
                _ = terminated.recv() => {}
            }
        }
        Err(_) => {
            let _told = interrupted.await;
        }
    }
}
