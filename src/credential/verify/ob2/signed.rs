//! Signed badges: the way from a signature over its key to the issuer who lists that key.

use super::assertion::{Assertion, Verification};
use super::hosted::{Proof, Settled};
use super::jws::Jws;
use super::key;
use super::lookup::Stop;
use super::parts::{Class, Profile};
use crate::credential::verify::evidence::Evidence;
use crate::credential::verify::secured::Refusal;

/// Settles a signed badge. When it names its key, nothing but that key is read before the signature holds; else the key can only be found
/// over the class and the issuer.
pub(super) fn settle(assertion: Assertion, jws: &Jws, evidence: &Evidence) -> Result<Settled, Stop> {
    let algorithm = jws.algorithm()?;
    let named = match &assertion.verification {
        Verification::Signed(Some(address)) => {
            let key = key::at(address, evidence)?;
            jws.check(algorithm, &key.public)?;
            Some(key)
        }
        _ => None,
    };
    let class = Class::find(&assertion.badge, assertion.version, evidence)?;
    let issuer = Profile::find(&class.issuer, evidence)?;
    match named {
        Some(key) => key::check_owner(&key, &issuer, assertion.version)?,
        None => {
            let keys = key::of(&issuer, evidence)?;
            let mut refusal = None;
            let fits = keys.iter().any(|key| {
                let fits =
                    jws.check(algorithm, &key.public).and_then(|()| key::check_owner(key, &issuer, assertion.version));
                refusal = fits.clone().err();
                fits.is_ok()
            });
            if !fits {
                return Err(refusal.unwrap_or_else(|| Refusal::wrong("altered", "No key of its issuer fits.")).into());
            }
        }
    }
    Ok(Settled { assertion, class, issuer, proof: Proof::Signed })
}
