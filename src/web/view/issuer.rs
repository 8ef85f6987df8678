//! Who issues: the facts someone needs to decide whether to trust a badge.

use askama::Template;
use jiff::Timestamp;

use super::{Link, Site};

#[derive(Template)]
#[template(path = "issuer.html")]
pub struct IssuerPage {
    pub site: Site,
    pub name: String,
    /// The organisation's own site.
    pub url: String,
    pub email: Option<String>,
    pub image_url: Option<String>,
    /// `did:web:…`
    pub did: String,
    pub did_document_url: String,
    /// The same facts for programs.
    pub json_url: String,
    /// Newest first.
    pub keys: Vec<IssuerKey>,
    pub programs: Vec<Link>,
}

/// A public key of the issuer.
#[derive(Clone, Debug)]
pub struct IssuerKey {
    /// `did:web:…#key-…`
    pub id: String,
    /// Multikey, `z6Mk…`
    pub public: String,
    pub since: Timestamp,
    /// When it stopped signing; badges it signed still verify.
    pub retired: Option<Timestamp>,
}
