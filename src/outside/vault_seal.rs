//! Seals what the database keeps and only this deployment may read: age to an identity of the vault's own, in base64. A copy of the database
//! without the keys folder tells nothing of it.

use super::vault::VaultError;
use age::x25519::Identity;
use base64::{Engine, prelude::BASE64_STANDARD};
use zeroize::Zeroizing;

pub(super) fn seal(text: &str, identity: &Identity) -> Result<String, VaultError> {
    let packed = age::encrypt(&identity.to_public(), text.as_bytes());
    packed.map(|packed| BASE64_STANDARD.encode(packed)).map_err(|_| VaultError::Unsealable("it could not be encrypted"))
}

pub(super) fn unseal(sealed: &str, identity: &Identity) -> Result<Zeroizing<String>, VaultError> {
    let packed = BASE64_STANDARD.decode(sealed).map_err(|_| VaultError::Unsealable("it is not base64"))?;
    let bytes = age::decrypt(identity, &packed)
        .map_err(|_| VaultError::Unsealable("it was sealed with another keys folder; restore that, or add it anew"))?;
    String::from_utf8(bytes).map(Zeroizing::new).map_err(|_| VaultError::Unsealable("it is no text"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_is_read_again_with_the_same_identity_alone() {
        let (ours, other) = (Identity::generate(), Identity::generate());
        let sealed = seal("whsec_abc", &ours).unwrap();
        assert!(!sealed.contains("whsec"));
        assert_ne!(sealed, seal("whsec_abc", &ours).unwrap());
        assert_eq!(unseal(&sealed, &ours).unwrap().as_str(), "whsec_abc");
        assert!(unseal(&sealed, &other).is_err());
        for broken in ["", "§", "AAAA"] {
            assert!(unseal(broken, &ours).is_err(), "{broken}");
        }
    }
}
