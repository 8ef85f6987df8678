//! Reads a public document over the network: for `laurel doctor`, which looks at this service from outside.
//!
//! https only, but for localhost; no redirects, five seconds, one MiB.

use reqwest::{Client, Url, redirect::Policy};
use std::{sync::Arc, time::Duration};

const PATIENCE: Duration = Duration::from_secs(5);
const LARGEST: usize = 1024 * 1024;

#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    #[error("{0} is not an https address")]
    NotHttps(String),
    #[error("{0} can't be reached: {1}")]
    Unreachable(String, String),
    #[error("{0} answers with status {1}")]
    Status(String, u16),
    #[error("{0} is larger than one MiB")]
    TooLarge(String),
}

pub async fn fetch(address: &str) -> Result<Vec<u8>, FetchError> {
    let not_https = || FetchError::NotHttps(address.to_owned());
    let unreachable = |why: String| FetchError::Unreachable(address.to_owned(), why);
    let url = Url::parse(address).map_err(|_| not_https())?;
    if url.scheme() != "https" && !(url.scheme() == "http" && url.host_str() == Some("localhost")) {
        return Err(not_https());
    }
    let mut answer = client()
        .map_err(unreachable)?
        .get(url)
        .header("accept", "application/json")
        .send()
        .await
        .map_err(|why| unreachable(cause(&why)))?;
    if !answer.status().is_success() {
        return Err(FetchError::Status(address.to_owned(), answer.status().as_u16()));
    }
    let mut body = Vec::new();
    while let Some(part) = answer.chunk().await.map_err(|why| unreachable(cause(&why)))? {
        if body.len() + part.len() > LARGEST {
            return Err(FetchError::TooLarge(address.to_owned()));
        }
        body.extend_from_slice(&part);
    }
    Ok(body)
}

fn client() -> Result<Client, String> {
    // Another part of the process may have set it before; which one does not matter, they are the same.
    let provider = rustls::crypto::ring::default_provider();
    let _already_set: Result<(), Arc<_>> = provider.install_default();
    Client::builder()
        .redirect(Policy::none())
        .timeout(PATIENCE)
        .user_agent(concat!("laurel/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(|why| cause(&why))
}

/// The innermost reason: the outer ones only say that a request failed.
fn cause(error: &reqwest::Error) -> String {
    let mut why: &dyn std::error::Error = error;
    while let Some(inner) = why.source() {
        why = inner;
    }
    why.to_string()
}
