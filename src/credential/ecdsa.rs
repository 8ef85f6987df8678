//! P-256 public keys and their ECDSA signatures (vc-di-ecdsa; Controlled Identifiers 1.0, section 2.2.2).
//!
//! A Multikey is a compressed point behind the codec `80 24`. A key is refused when it is read unless it is a point on the curve. A signature is
//! r and s of 32 bytes each, over SHA-256; ASN.1 is not accepted. Keys of this kind are only checked here, never made.

use p256::elliptic_curve::sec1::ToEncodedPoint;

use super::key::{KeyError, LONGEST_MULTIKEY, base58, multibase};

/// The multicodec of a P-256 public key, 0x1200 as a varint.
pub(super) const P256_PUB: [u8; 2] = [0x80, 0x24];
const COMPRESSED: usize = 33;

#[derive(Clone, PartialEq, Eq)]
pub struct P256Key(p256::PublicKey);

impl P256Key {
    /// Reads `zDna…`.
    pub fn from_multibase(text: &str) -> Result<Self, KeyError> {
        let bytes = base58(text, LONGEST_MULTIKEY).ok_or(KeyError::NotMultibase)?;
        let point = bytes.strip_prefix(&P256_PUB).ok_or(KeyError::OtherKind)?;
        if point.len() != COMPRESSED {
            return Err(KeyError::NotAPoint);
        }
        p256::PublicKey::from_sec1_bytes(point).map(P256Key).map_err(|_| KeyError::NotAPoint)
    }

    /// Reads the two coordinates.
    pub fn from_coordinates(x: &[u8; 32], y: &[u8; 32]) -> Result<Self, KeyError> {
        let point = [&[0x04], x.as_slice(), y].concat();
        p256::PublicKey::from_sec1_bytes(&point).map(P256Key).map_err(|_| KeyError::NotAPoint)
    }

    /// x and y.
    pub fn coordinates(&self) -> ([u8; 32], [u8; 32]) {
        let point = self.0.to_encoded_point(false);
        // An uncompressed point of a valid key always has both.
        let of = |number: Option<&p256::FieldBytes>| number.map_or([0; 32], |bytes| (*bytes).into());
        (of(point.x()), of(point.y()))
    }

    /// Writes `zDna…`.
    pub fn to_multibase(&self) -> String {
        multibase(&[&P256_PUB, self.0.to_encoded_point(true).as_bytes()].concat())
    }

    pub(super) fn verify(&self, message: &[u8], signature: &[u8; 64]) -> Result<(), KeyError> {
        let point = self.0.to_encoded_point(false);
        ring::signature::UnparsedPublicKey::new(&ring::signature::ECDSA_P256_SHA256_FIXED, point.as_bytes())
            .verify(message, signature)
            .map_err(|_| KeyError::Mismatch)
    }
}

impl std::fmt::Debug for P256Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "P256Key({})", self.to_multibase())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // The public key published with the W3C test vectors of vc-di-ecdsa.
    const PUBLISHED: &str = "zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP";

    #[test]
    fn a_multikey_comes_back_as_it_was() {
        let key = P256Key::from_multibase(PUBLISHED).unwrap();
        assert_eq!(key.to_multibase(), PUBLISHED);
        assert_eq!(format!("{key:?}"), format!("P256Key({PUBLISHED})"));
    }

    #[test]
    fn other_codecs_lengths_and_points_off_the_curve_are_refused() {
        let ed25519 = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2";
        assert_eq!(P256Key::from_multibase(ed25519), Err(KeyError::OtherKind));
        assert_eq!(P256Key::from_multibase("uxyz"), Err(KeyError::NotMultibase));
        let multikey = |point: &[u8]| P256Key::from_multibase(&multibase(&[&P256_PUB, point].concat()));
        assert_eq!(multikey(&[0]), Err(KeyError::NotAPoint));
        assert_eq!(multikey(&[2; 32]), Err(KeyError::NotAPoint));
        assert_eq!(multikey(&[[4u8].as_slice(), &[2; 32]].concat()), Err(KeyError::NotAPoint));
        assert_eq!(multikey(&[[2u8].as_slice(), &[0xff; 32]].concat()), Err(KeyError::NotAPoint));
        assert_eq!(P256Key::from_coordinates(&[1; 32], &[1; 32]), Err(KeyError::NotAPoint));
        assert_eq!(P256Key::from_coordinates(&[0; 32], &[0; 32]), Err(KeyError::NotAPoint));
    }

    #[test]
    fn a_signature_of_zeros_fits_nothing() {
        let key = P256Key::from_multibase(PUBLISHED).unwrap();
        assert_eq!(key.verify(b"a badge", &[0; 64]), Err(KeyError::Mismatch));
        let mut zero_s = [1; 64];
        zero_s[32..].fill(0);
        assert_eq!(key.verify(b"a badge", &zero_s), Err(KeyError::Mismatch));
    }
}
