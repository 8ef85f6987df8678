//! Sends a message to where an administrator wants it, by the rules of where look-ups may go: an address inside the company's network is
//! reached only if the operator listed its host. No redirect is followed, and of the answer only its beginning is read.

use super::{
    FetchError, Fetcher,
    client::{cause, connected},
    guard,
};
use jiff::Timestamp;
use reqwest::header::{CONTENT_TYPE, RETRY_AFTER};
use std::time::Duration;

/// For the whole exchange.
const PATIENCE: Duration = Duration::from_secs(15);
/// Bytes of an answer that are read.
const READ: usize = 2_048;

/// What was answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Answered {
    pub status: u16,
    /// Seconds, where the server asks for them.
    pub retry_after: Option<u64>,
    /// How the body begins, as text.
    pub body: String,
}

impl Fetcher {
    /// Posts JSON with these headers.
    pub async fn send(
        &self,
        url: &str,
        headers: &[(&'static str, String)],
        body: &str,
        now: Timestamp,
    ) -> Result<Answered, FetchError> {
        let exchange = self.post(url, headers, body, now);
        tokio::time::timeout(PATIENCE, exchange).await.unwrap_or(Err(FetchError::Silent(PATIENCE.as_secs())))
    }

    async fn post(
        &self,
        url: &str,
        headers: &[(&'static str, String)],
        body: &str,
        now: Timestamp,
    ) -> Result<Answered, FetchError> {
        let target = guard::target(url, &self.rules.reach)?;
        let client = connected(&self.rules, &target, false, now).await?;
        let mut request = client.post(target.url.clone()).header(CONTENT_TYPE, "application/json");
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        let sent = request.body(body.to_owned()).send().await;
        let mut response = sent.map_err(|why| FetchError::Unreachable(cause(&why)))?;
        let status = response.status().as_u16();
        let asked = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok());
        let retry_after = asked.and_then(|value| value.trim().parse().ok());
        let mut bytes = Vec::new();
        // A body that breaks off changes nothing: the status is the answer.
        while let Ok(Some(part)) = response.chunk().await {
            bytes.extend_from_slice(&part);
            if bytes.len() >= READ {
                bytes.truncate(READ);
                break;
            }
        }
        Ok(Answered { status, retry_after, body: String::from_utf8_lossy(&bytes).into_owned() })
    }
}
