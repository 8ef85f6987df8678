//! How this deployment is set up, as far as actions and pages need it. Where it is read from is the command line's matter.

use crate::{
    credential::verify::Registry,
    domain::{trust::TrustedIssuer, words::Language},
    outside::provider::Provider,
};
use std::{net::IpAddr, num::NonZeroU32, sync::Arc};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Config {
    /// Where the world reaches this service, without a slash at its end.
    pub base_url: String,
    /// Shows made-up people, and allows a development key.
    pub demo: bool,
    /// Whose X-Forwarded-For counts.
    pub trusted_proxies: Vec<IpAddr>,
    /// Issuers elsewhere whose badges count as issued by someone known (decisions 0017 and 0029).
    pub trusted_issuers: Vec<TrustedIssuer>,
    /// Whether anyone may have credentials signed over the VC-API: for the W3C's test suites only.
    pub open_vc_api: bool,
    /// What is asked about other issuers (decision 0031).
    pub registries: Arc<[Registry]>,
    pub limits: Limits,
    /// What letters are written in where nothing else is known of their reader.
    pub language: Language,
    pub evidence: EvidenceLimits,
    /// Where the company's people sign in.
    pub provider: Option<Provider>,
    pub fonts: Fonts,
}

/// Files of fonts that cards and certificates may be set in beside the bundled ones.
#[derive(Clone, Default, PartialEq)]
pub struct Fonts(pub Arc<[Vec<u8>]>);

impl std::fmt::Debug for Fonts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} fonts", self.0.len())
    }
}

/// How large files of evidence may be, in bytes.
#[derive(Clone, Debug, PartialEq)]
pub struct EvidenceLimits {
    /// Of a file that is no video.
    pub file: u64,
    /// Of a video.
    pub video: u64,
    /// All files of one submission together.
    pub submission: u64,
}

impl Default for EvidenceLimits {
    fn default() -> Self {
        const MIB: u64 = 1024 * 1024;
        EvidenceLimits { file: 50 * MIB, video: 1024 * MIB, submission: 2048 * MIB }
    }
}

/// How much one client may ask of this service (docs/OPERATING.md has what each is for).
#[derive(Clone, Debug, PartialEq)]
pub struct Limits {
    /// Requests a minute of one address for pages and documents; no limit when there is none, here and below.
    pub reading: Option<NonZeroU32>,
    /// Of one address for status lists.
    pub status: Option<NonZeroU32>,
    /// Of one address to verify.
    pub verifying: Option<NonZeroU32>,
    /// With one API token.
    pub tokens: Option<NonZeroU32>,
    /// Of one address that need a token and have none that is known.
    pub wrong_tokens: Option<NonZeroU32>,
    /// Of one address to be sent a link to sign in.
    pub letters: Option<NonZeroU32>,
    /// Of one address that register an app.
    pub registrations: Option<NonZeroU32>,
    /// Clients that each of these remembers.
    pub clients: u64,
    /// Open at once, of all clients together.
    pub connections: usize,
    pub connections_per_client: usize,
}

impl Limits {
    /// Any number of requests, where nobody comes but whoever started the service.
    pub fn lifted() -> Self {
        let usual = Limits::default();
        Limits {
            reading: None,
            status: None,
            verifying: None,
            tokens: None,
            wrong_tokens: None,
            letters: None,
            registrations: None,
            ..usual
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            reading: NonZeroU32::new(3_000),
            status: NonZeroU32::new(6_000),
            verifying: NonZeroU32::new(300),
            tokens: NonZeroU32::new(1_200),
            wrong_tokens: NonZeroU32::new(20),
            letters: NonZeroU32::new(30),
            registrations: NonZeroU32::new(10),
            clients: 20_000,
            connections: 1024,
            connections_per_client: 512,
        }
    }
}

/// A base URL as it is used everywhere: https (http for localhost only), a host name, no query, no slash at its end.
pub fn checked_base_url(text: &str) -> Result<String, String> {
    let plain = text.trim().trim_end_matches('/');
    let url = url::Url::parse(plain)
        .map_err(|_| format!("“{text}” is not a web address such as https://badges.example.com"))?;
    let localhost = url.host_str() == Some("localhost");
    match url.scheme() {
        "https" => {}
        "http" if localhost => {}
        "http" => return Err(format!("“{text}” must start with https://; http:// is allowed for localhost only")),
        _ => return Err(format!("“{text}” must start with https://")),
    }
    if url.path() != "/" {
        return Err(format!("“{text}” has a path; Laurel needs a host of its own, such as badges.example.com"));
    }
    crate::credential::did::did_web(plain).map_err(|why| why.to_string())?;
    // As browsers write it: small letters, no port that goes without saying. Every link that comes back to us looks so.
    Ok(url.origin().ascii_serialization())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_url_is_https_or_localhost_and_has_no_path() {
        assert_eq!(checked_base_url("https://badges.example.com/"), Ok("https://badges.example.com".into()));
        for written in ["HTTPS://Badges.Example.COM", "https://badges.example.com:443", "https:\\\\badges.example.com"]
        {
            assert_eq!(checked_base_url(written), Ok("https://badges.example.com".into()));
        }
        assert_eq!(checked_base_url("http://localhost:8080"), Ok("http://localhost:8080".into()));
        for bad in [
            "",
            "badges.example.com",
            "http://badges.example.com",
            "https://a.example/x",
            "https://1.2.3.4",
            "ftp://a.example",
            "https://a.example?x=1",
        ] {
            assert!(checked_base_url(bad).is_err(), "{bad}");
        }
    }
}
