//! `laurel serve --profile conformance`: everything the W3C's test suites call, from nothing. The issuer is a did:key, https has a certificate
//! made at this start, and the VC-API signs for anyone, so this is never a deployment for others.

use super::{
    Failure, config,
    demo::passing_folder,
    log,
    open::database,
    say,
    serve::{bind, until_stopped},
};
use crate::{
    actions::{App, Config, config::Limits, conformance},
    domain::{actor::Actor, issuer::Issuer},
    outside::{
        clock::Clock,
        depot::Depot,
        fetch::{Fetcher, Network, Reach},
        mailer::Mailer,
        random::Random,
        vault::{Protection, Vault},
    },
};
use base64::{Engine, engine::general_purpose::STANDARD};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use sha2::{Digest, Sha256};
use std::{
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

const LISTEN: &str = "127.0.0.1:8443";

/// Serves until it is told to stop; without a folder nothing is left behind.
pub(super) async fn run(listen: Option<&str>, data: Option<PathBuf>) -> Result<ExitCode, Failure> {
    let listener = bind(config::address("--listen", listen.unwrap_or(LISTEN))?)?;
    let address = listener.local_addr().map_err(|why| Failure::Refused(format!("--listen: {why}")))?;
    let base_url = format!("https://localhost:{}", address.port());
    let passing = data.is_none();
    let folder = match data {
        Some(folder) => folder,
        None => passing_folder("conformance")?,
    };
    let outcome = serve(&folder, base_url, listener).await;
    if passing {
        let _nothing_to_clear = std::fs::remove_dir_all(&folder);
    }
    outcome
}

async fn serve(folder: &Path, base_url: String, listener: TcpListener) -> Result<ExitCode, Failure> {
    let failed = |why: &dyn std::fmt::Display| Failure::Refused(format!("--data {}: {why}", folder.display()));
    if !folder.exists() {
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(|why| failed(&why))?;
    }
    let key_file = folder.join("conformance.key");
    let protection = match key_file.exists() {
        true => Protection::key_file(&key_file),
        false => Protection::new_key_file(&key_file),
    };
    let vault = Vault::folder(&folder.join("keys"), Some(protection.map_err(|why| failed(&why))?), false);
    let app = App {
        db: database(&folder.join("conformance.db").display().to_string()).await?,
        vault,
        depot: Depot::folder(folder.join("evidence")),
        clock: Clock::System,
        random: Random::System,
        fetcher: Fetcher::new(Reach::default(), Network::System),
        mailer: Mailer::None,
        config: Config { base_url, open_vc_api: true, limits: Limits::lifted(), ..Config::default() },
    };
    let issuer = conformance::begin(&app, &Actor::Operator).await?;
    let (certificate, tls) =
        certified().map_err(|why| Failure::Refused(format!("no certificate can be made: {why}")))?;
    let file = folder.join("certificate.pem");
    std::fs::write(&file, pem(&certificate)).map_err(|why| failed(&why))?;
    print(&app.config.base_url, &issuer, &certificate, &file);
    log::start("warn");
    until_stopped(Arc::new(app), listener, Some(tls)).await
}

/// A certificate for this machine, signed by itself, and what accepts TLS with it.
fn certified() -> Result<(CertificateDer<'static>, TlsAcceptor), Box<dyn std::error::Error>> {
    let names = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
    let made = rcgen::generate_simple_self_signed(names)?;
    let certificate = made.cert.der().clone();
    let key = PrivateKeyDer::Pkcs8(made.signing_key.serialize_der().into());
    let mut tls = rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![certificate.clone()], key)?;
    tls.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok((certificate, TlsAcceptor::from(Arc::new(tls))))
}

fn pem(certificate: &CertificateDer) -> String {
    let mut text = "-----BEGIN CERTIFICATE-----\n".to_owned();
    let mut line = 0;
    for letter in STANDARD.encode(certificate).chars() {
        text.push(letter);
        line += 1;
        if line == 64 {
            text.push('\n');
            line = 0;
        }
    }
    text.truncate(text.trim_end().len());
    text + "\n-----END CERTIFICATE-----\n"
}

fn print(base_url: &str, issuer: &Issuer, certificate: &CertificateDer, file: &Path) {
    let fingerprint: Vec<String> = Sha256::digest(certificate).iter().map(|byte| format!("{byte:02X}")).collect();
    say(format!("Laurel serves for the W3C's test suites at {base_url}"));
    for (what, value) in [
        ("the issuer", issuer.did.clone()),
        ("issue", format!("{base_url}/credentials/issue")),
        ("verify", format!("{base_url}/credentials/verify")),
        ("presentations", format!("{base_url}/presentations/verify")),
        ("status", format!("{base_url}/credentials/status")),
        ("the certificate", file.display().to_string()),
        ("its SHA-256", fingerprint.join(":")),
    ] {
        say(format!("  {what:<16} {value}"));
    }
    say("Anyone who reaches it can have anything signed; keep it to yourself. Stop it with Ctrl-C.");
}
