//! Hosted badges: the way from the address of a badge over its class to the issuer who lets it stand there.

use jiff::Timestamp;
use serde_json::Value;

use super::assertion::{Assertion, Verification, revoked};
use super::copy;
use super::form::member;
use super::lookup::{self, Stop};
use super::parts::{Class, Profile};
use super::scope;
use crate::credential::verify::evidence::Evidence;
use crate::credential::verify::secured::Refusal;

/// A badge that is known to be its issuer's word.
pub(super) struct Settled {
    pub assertion: Assertion,
    pub class: Class,
    pub issuer: Profile,
    pub proof: Proof,
}

pub(super) enum Proof {
    /// Read at its own address at this time.
    Hosted(Timestamp),
    Signed,
}

/// Settles the badge at an address, and that a copy of it says nothing else.
pub(super) fn settle(address: &str, shown: Option<&Assertion>, evidence: &Evidence) -> Result<Settled, Stop> {
    let (document, read_at) = lookup::object(evidence, address, "this badge")?;
    let gone = revoked(&document);
    let assertion = match Assertion::read(document, Some(address)) {
        Ok(assertion) => assertion,
        // Whatever else is missing there, it speaks against the badge.
        Err(_) if gone.is_some() => return Err(Stop::Revoked(gone.flatten())),
        Err(refusal) => {
            let message = format!("At {address}, where this badge should stand, stands none. {}", refusal.message);
            return Err(Stop::Refused(Refusal { code: "hosted_differs", message, ..refusal }));
        }
    };
    if assertion.id != address || assertion.verification != Verification::Hosted {
        return Err(Refusal::wrong(
            "hosted_differs",
            format!("At {address}, where this badge should stand, stands another: {}.", assertion.id),
        )
        .into());
    }
    if let Some(path) = shown.and_then(|shown| copy::differs(&shown.terms, &assertion.terms, None)) {
        return Err(altered(&path));
    }
    let class = Class::find(&assertion.badge, assertion.version, evidence)?;
    let issuer = Profile::find(&class.issuer, evidence)?;
    scope::check(&issuer.terms, &issuer.id, address)?;
    let parts = [(class.id.as_str(), &class.terms), (issuer.id.as_str(), &issuer.terms)];
    if let Some(path) = shown.and_then(|shown| copy::differs(&shown.terms, &assertion.terms, Some(&parts))) {
        return Err(altered(&path));
    }
    Ok(Settled { assertion, class, issuer, proof: Proof::Hosted(read_at) })
}

impl Settled {
    /// What the badge's own address says about it standing: `Some` with the reason when it is revoked.
    pub(super) fn revoked(&self) -> Option<Option<String>> {
        revoked(&self.assertion.terms)
    }

    /// Where the issuer says it lists what it revoked.
    pub(super) fn revocation_list(&self) -> Option<&Value> {
        member(&self.issuer.terms, "revocationList")
    }
}

fn altered(path: &str) -> Stop {
    Stop::Refused(Refusal::wrong(
        "altered",
        format!("This copy is not what its issuer keeps at the badge's own address: `{path}` says something else."),
    ))
}
