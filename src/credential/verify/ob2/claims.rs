//! What a genuine badge of Open Badges 2 or 1 says, from the documents it was proved by.

use serde_json::Value;

use super::form::{Object, member, optional};
use super::hosted::Settled;
use crate::credential::verify::form::many;
use crate::credential::verify::further::{FurtherClaim, FurtherTerm};
use crate::credential::verify::report::{AlignmentClaim, Claims, CredentialKind, EvidenceClaim};

pub(super) fn of(settled: Settled) -> Claims {
    let Settled { assertion, class, issuer, .. } = settled;
    let criteria = member(&class.terms, "criteria");
    let own = |object: &Object, name: &str| optional(object, name).map(str::to_owned);
    Claims {
        kind: CredentialKind::Badge,
        name: class.name.clone(),
        description: None,
        issuer_url: own(&issuer.terms, "url"),
        issuer_name: Some(issuer.name),
        issuer_id: issuer.id,
        subject_id: None,
        achievement_id: class.id,
        achievement_name: class.name,
        achievement_description: class.description,
        achievement_type: None,
        achievement_version: own(&class.terms, "version"),
        criteria_id: criteria.and_then(address),
        criteria_narrative: criteria.and_then(Value::as_object).and_then(|criteria| own(criteria, "narrative")),
        image: image(&assertion.terms).or_else(|| image(&class.terms)),
        narrative: own(&assertion.terms, "narrative"),
        tags: many(class.terms.get("tags")).iter().filter_map(|tag| tag.as_str().map(str::to_owned)).collect(),
        alignments: many(class.terms.get("alignment")).iter().filter_map(alignment).collect(),
        evidence: many(assertion.terms.get("evidence")).iter().filter_map(evidence).collect(),
        results: Vec::new(),
        further: further(&issuer.terms),
        valid_from: assertion.issued_on,
        valid_until: assertion.expires,
        document: assertion.document,
        credential_id: assertion.id,
    }
}

/// What the profile says of the issuer beside its name.
fn further(profile: &Object) -> Vec<FurtherClaim> {
    let rows = [
        (FurtherTerm::IssuerDescription, "description"),
        (FurtherTerm::IssuerEmail, "email"),
        (FurtherTerm::IssuerPhone, "telephone"),
    ];
    let told = |(term, name)| Some(FurtherClaim { term, value: optional(profile, name)?.to_owned() });
    rows.into_iter().filter_map(told).collect()
}

fn address(value: &Value) -> Option<String> {
    super::parts::id_of(value).map(str::to_owned)
}

/// A picture by its address. One written into the badge itself is left out of the report.
fn image(object: &Object) -> Option<String> {
    member(object, "image").and_then(address).filter(|id| !id.starts_with("data:"))
}

/// 1.x names an alignment plainly.
fn alignment(alignment: &Value) -> Option<AlignmentClaim> {
    let alignment = alignment.as_object()?;
    let text = |new: &str, old: &str| optional(alignment, new).or_else(|| optional(alignment, old)).map(str::to_owned);
    Some(AlignmentClaim {
        name: text("targetName", "name")?,
        url: text("targetUrl", "url")?,
        description: text("targetDescription", "description"),
        target_type: None,
        framework: text("targetFramework", "framework"),
        code: text("targetCode", "code"),
    })
}

fn evidence(evidence: &Value) -> Option<EvidenceClaim> {
    if let Some(id) = evidence.as_str() {
        return Some(EvidenceClaim { id: Some(id.to_owned()), ..EvidenceClaim::default() });
    }
    let evidence = evidence.as_object()?;
    let text = |name: &str| optional(evidence, name).map(str::to_owned);
    Some(EvidenceClaim {
        id: text("id"),
        name: text("name"),
        description: text("description"),
        narrative: text("narrative"),
        genre: text("genre"),
        audience: text("audience"),
        digest: None,
    })
}
