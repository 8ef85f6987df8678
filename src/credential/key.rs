//! Ed25519 keys and their Multikey spelling (Controlled Identifiers 1.0, section 2.2.2).
//!
//! A public key is 32 bytes behind the codec `ed 01`, in base58btc behind a `z`. A key that is not a canonical point of full
//! order is refused when it is read, so nothing later meets one. Signatures are only ever checked with `verify_strict`.
//! A secret key wipes itself, and never shows itself in a log.

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use zeroize::Zeroizing;

/// The multicodec of an Ed25519 public key, 0xed as a varint.
const ED25519_PUB: [u8; 2] = [0xed, 0x01];
/// Longer than any Multikey of these curves; base58 costs the square of its length, so longer text is not even decoded.
pub(super) const LONGEST_MULTIKEY: usize = 64;
/// Longer than 64 bytes can be in base58btc.
const LONGEST_SIGNATURE: usize = 96;

/// Why a key or a signature can't be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    #[error("the key is not multibase base58btc (it must start with `z`)")]
    NotMultibase,
    #[error("the key is not an Ed25519 Multikey")]
    NotEd25519,
    #[error("the key is neither an Ed25519 nor a P-256 key")]
    OtherKind,
    #[error("the key was published with its private half: anyone could sign with it")]
    Private,
    #[error("the key is not for checking signatures")]
    OtherUse,
    #[error("the key is of another kind than the proof")]
    OtherThanProof,
    #[error("the key is not a valid point of its curve")]
    NotAPoint,
    #[error("the key is of small order: anyone could sign for it")]
    Weak,
    #[error("the signature is not 64 bytes in multibase base58btc")]
    NotASignature,
    #[error("the signature does not fit the key and the bytes")]
    Mismatch,
}

/// The public half of a signing key.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

impl PublicKey {
    /// Reads `z6Mk…`.
    pub fn from_multibase(text: &str) -> Result<Self, KeyError> {
        let bytes = base58(text, LONGEST_MULTIKEY).ok_or(KeyError::NotMultibase)?;
        let key = bytes.strip_prefix(&ED25519_PUB).ok_or(KeyError::NotEd25519)?;
        Self::from_bytes(key.try_into().map_err(|_| KeyError::NotEd25519)?)
    }

    /// Reads the 32 bytes of RFC 8032.
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self, KeyError> {
        let key = VerifyingKey::from_bytes(bytes).map_err(|_| KeyError::NotAPoint)?;
        if !is_reduced(bytes) {
            return Err(KeyError::NotAPoint);
        }
        if key.is_weak() {
            return Err(KeyError::Weak);
        }
        Ok(PublicKey(key))
    }

    /// Writes `z6Mk…`.
    pub fn to_multibase(&self) -> String {
        let mut bytes = ED25519_PUB.to_vec();
        bytes.extend_from_slice(self.0.as_bytes());
        multibase(&bytes)
    }

    /// The 32 bytes of RFC 8032.
    pub fn to_bytes(&self) -> [u8; 32] {
        self.0.to_bytes()
    }

    /// Checks a signature given as multibase base58btc, strictly: no malleable form passes.
    pub fn verify(&self, message: &[u8], signature: &str) -> Result<(), KeyError> {
        let bytes = self::signature(signature)?;
        self.0.verify_strict(message, &Signature::from_bytes(&bytes)).map_err(|_| KeyError::Mismatch)
    }
}

impl std::fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PublicKey({})", self.to_multibase())
    }
}

/// A signing key. It wipes itself when dropped.
#[derive(Clone)]
pub struct SecretKey(SigningKey);

impl SecretKey {
    pub fn generate(rng: &mut dyn rand::Rng) -> Self {
        let mut seed = Zeroizing::new([0u8; 32]);
        rng.fill_bytes(seed.as_mut());
        Self::from_seed(&seed)
    }

    /// The seed is the 32-byte private key of RFC 8032.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        SecretKey(SigningKey::from_bytes(seed))
    }

    pub fn seed(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.0.to_bytes())
    }

    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.0.sign(message).to_bytes()
    }
}

impl std::fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SecretKey(of {})", self.public().to_multibase())
    }
}

/// Multibase base58btc: `z` and base58.
pub(super) fn multibase(bytes: &[u8]) -> String {
    format!("z{}", bs58::encode(bytes).into_string())
}

/// Whether the y of an encoded point is below the field's prime 2^255 − 19, so that the point has this one spelling. (A point with x = 0
/// has a second spelling of its sign; those points are of small order and refused as such.)
fn is_reduced(bytes: &[u8; 32]) -> bool {
    let [low, middle @ .., high] = bytes;
    *low < 0xed || high & 0x7f != 0x7f || middle.iter().any(|byte| *byte != 0xff)
}

/// The 64 bytes of a signature of either curve.
pub(super) fn signature(text: &str) -> Result<[u8; 64], KeyError> {
    let bytes = base58(text, LONGEST_SIGNATURE).ok_or(KeyError::NotASignature)?;
    bytes.try_into().map_err(|_| KeyError::NotASignature)
}

pub(super) fn base58(text: &str, longest: usize) -> Option<Vec<u8>> {
    if text.len() > longest {
        return None;
    }
    bs58::decode(text.strip_prefix('z')?).into_vec().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    // The key pair published with the W3C test vectors of vc-di-eddsa.
    const PUBLISHED: &str = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2";

    #[test]
    fn a_multikey_comes_back_as_it_was() {
        assert_eq!(PublicKey::from_multibase(PUBLISHED).unwrap().to_multibase(), PUBLISHED);
    }

    #[test]
    fn a_generated_key_signs_what_its_public_half_accepts_and_nothing_else() {
        let key = SecretKey::from_seed(&[7; 32]);
        let signature = multibase(&key.sign(b"a badge"));
        assert_eq!(key.public().verify(b"a badge", &signature), Ok(()));
        assert_eq!(key.public().verify(b"a budge", &signature), Err(KeyError::Mismatch));
        assert_eq!(key.public().verify(b"a badge", &signature[..60]), Err(KeyError::NotASignature));
        assert_eq!(SecretKey::from_seed(&key.seed()).public(), key.public());
    }

    #[test]
    fn other_codecs_bases_and_lengths_are_refused() {
        let p256 = "zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP";
        assert_eq!(PublicKey::from_multibase(p256), Err(KeyError::NotEd25519));
        assert_eq!(PublicKey::from_multibase("u7QE"), Err(KeyError::NotMultibase));
        assert_eq!(PublicKey::from_multibase(""), Err(KeyError::NotMultibase));
        assert_eq!(PublicKey::from_multibase(&format!("z{}", "1".repeat(100_000))), Err(KeyError::NotMultibase));
        assert_eq!(PublicKey::from_multibase(&multibase(&[0xed, 0x01, 1, 2, 3])), Err(KeyError::NotEd25519));
    }

    #[test]
    fn weak_and_non_canonical_points_are_refused() {
        let mut identity = [0u8; 32];
        identity[0] = 1;
        assert_eq!(PublicKey::from_bytes(&identity), Err(KeyError::Weak));
        assert_eq!(PublicKey::from_bytes(&[0u8; 32]), Err(KeyError::Weak));
        // Every y from the prime p upwards is a second spelling of a small y: 2^255 − 19 + n for n below 19.
        for n in 0..19 {
            for sign in [0x7f, 0xff] {
                let mut beyond = [0xff; 32];
                beyond[0] = 0xed + n;
                beyond[31] = sign;
                assert_eq!(PublicKey::from_bytes(&beyond), Err(KeyError::NotAPoint), "{n} {sign}");
            }
        }
    }

    #[test]
    fn every_y_below_the_prime_has_one_spelling() {
        let last = |low: u8, middle: u8, high: u8| {
            let mut bytes = [middle; 32];
            (bytes[0], bytes[31]) = (low, high);
            is_reduced(&bytes)
        };
        for sign in [0, 0x80] {
            assert!(last(0xec, 0xff, 0x7f | sign), "p - 1");
            assert!(!last(0xed, 0xff, 0x7f | sign), "p");
            assert!(last(0xed, 0xff, 0x7e | sign), "large below, and smaller above");
            assert!(last(0xed, 0xfe, 0x7f | sign), "smaller in the middle");
        }
    }

    #[test]
    fn a_text_of_base58_has_its_longest() {
        let text = |length: usize| format!("z{}", "1".repeat(length - 1));
        assert_eq!(base58(&text(20), 20), Some(vec![0; 19]));
        assert_eq!(base58(&text(21), 20), None);
    }

    #[test]
    fn a_signature_with_a_second_spelling_of_s_is_refused() {
        let key = SecretKey::from_seed(&[9; 32]);
        let mut bytes = key.sign(b"m");
        // S + L, where L is the order of the base point: the same signature to a careless verifier.
        const L: [u8; 32] = [
            0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0, 0,
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
        ];
        let mut carry = 0u16;
        for (byte, order) in bytes[32..].iter_mut().zip(L) {
            let sum = u16::from(*byte) + u16::from(order) + carry;
            *byte = sum as u8;
            carry = sum >> 8;
        }
        assert_eq!(key.public().verify(b"m", &multibase(&bytes)), Err(KeyError::Mismatch));
    }

    #[test]
    fn a_secret_key_does_not_show_itself() {
        let key = SecretKey::from_seed(&[7; 32]);
        let shown = format!("{key:?}");
        assert!(shown.starts_with("SecretKey(of z6Mk"));
        assert!(!shown.contains(&bs58::encode([7u8; 32]).into_string()));
        assert!(!shown.contains("7, 7"));
        assert_eq!(format!("{:?}", key.public()), format!("PublicKey({})", key.public().to_multibase()));
    }
}
