//! The pure judge of a badge: what it needs to know, and its report.
//!
//! `needs` names what must be looked up, the caller gathers it as evidence, `judge` reports. A bad badge is an answer, not an error.
//! The checks stand in the order format, proof, issuer, status, dates, schema, recipient; when the format or the proof fails, the later ones are not
//! looked at and the badge's claims are not repeated.

mod claims;
mod endorsements;
mod entry;
mod evidence;
mod federation;
mod form;
mod format;
mod further;
mod issuer;
mod judge;
mod jwt;
mod jwt_key;
mod list;
mod lookalike;
mod model;
mod ob2;
mod presentation;
mod recipient;
mod refresh;
mod registry;
mod report;
mod result_claims;
mod results;
mod revocations;
mod schema;
mod secured;

pub use endorsements::{EndorsedPart, EndorsementReport};
pub use evidence::{Evidence, Found, Need};
pub use further::{FurtherClaim, FurtherTerm};
pub use judge::{judge, judge_any, needs, needs_for, needs_of_any};
pub use presentation::{
    AskedOfPresentation, PresentationReport, is_presentation, judge_presentation, presentation_needs,
};
pub use refresh::{Offer, Refresh, not_refreshed, refresh_offer, refreshed};
pub use registry::{Registry, RegistryKind};
pub use report::{AlignmentClaim, Check, CheckName, Claims, CredentialKind, EvidenceClaim, Outcome, Report, Verdict};
pub use result_claims::{LevelClaim, ResultClaim};

/// What the asker knows and wants to know beyond the badge itself.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asked<'a> {
    /// The e-mail address of the person who shows the badge; when given, the report has a recipient check.
    pub email: Option<&'a str>,
    /// The issuers this service vouches for.
    pub known_issuers: &'a [KnownIssuer],
    /// The registries that are asked about other issuers.
    pub registries: &'a [Registry],
}

/// An issuer this service vouches for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KnownIssuer {
    /// Its DID, as in `issuer.id`; of Open Badges 2 and 1 the address of its profile.
    pub id: String,
    pub name: String,
    /// The ids of the issuers whose status lists it may sign in their place.
    pub signs_status_for: Vec<String>,
}
