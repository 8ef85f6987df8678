//! The pure judge of a badge: what it needs to know, and its report.

mod evidence;
mod report;

pub use evidence::{Evidence, Found, Need};
pub use report::{AlignmentClaim, Check, CheckName, Claims, EvidenceClaim, Outcome, Report, Verdict};

/// What the asker knows and wants to know beyond the badge itself.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asked<'a> {
    /// The e-mail address of the person who shows the badge; when given, the report has a recipient check.
    pub email: Option<&'a str>,
    /// The issuers this service vouches for.
    pub known_issuers: &'a [KnownIssuer],
}

/// An issuer this service vouches for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownIssuer {
    /// Its DID, as in `issuer.id`.
    pub id: String,
    pub name: String,
}
