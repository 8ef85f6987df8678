//! Who signs: the company, under one DID and one time zone.

use crate::credential::verify::KnownIssuer;
use jiff::tz::TimeZone;

/// One issuer of this deployment. Its credentials say `issuer.id` = `did`.
#[derive(Clone, Debug, PartialEq)]
pub struct Issuer {
    /// The last part of `/issuers/{id}`; a slug.
    pub id: String,
    pub did: String,
    pub name: String,
    /// The company's own site.
    pub url: String,
    pub email: Option<String>,
    /// LinkedIn's number of the organisation, for Add to Profile.
    pub linkedin_id: Option<String>,
    /// IANA name, such as `Europe/Berlin`; certifications end on its calendar.
    pub time_zone: String,
    /// Whether a revocation's reason is shown to everyone, or kept for the record only.
    pub show_revocation_reason: bool,
}

impl Issuer {
    /// The time zone; UTC when the name is not known to this build's database (checked when the issuer is made).
    pub fn zone(&self) -> TimeZone {
        TimeZone::get(&self.time_zone).unwrap_or(TimeZone::UTC)
    }
}

/// An issuer of this deployment, as one that it vouches for.
impl From<&Issuer> for KnownIssuer {
    fn from(issuer: &Issuer) -> Self {
        KnownIssuer { id: issuer.did.clone(), name: issuer.name.clone(), ..KnownIssuer::default() }
    }
}
