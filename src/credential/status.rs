//! Bitstring Status List v1.0: one bit a badge, the list published whole, so that asking tells nobody which badge was meant.
//!
//! Bit 0 is the most significant bit of byte 0. A list is written as `u`, base64url without padding, gzip. Our gzip carries no time, so the
//! same bits are the same text. A foreign list may unpack to 4 MiB (33 million badges) and must hold at least 131,072 bits;
//! it is one gzip member with nothing behind it.

use std::io::{Read, Write};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::date;

/// Bits in a list of ours, and the fewest a list may have (section 6.1: herd privacy).
pub const LENGTH: u32 = 131_072;
/// The most bytes a foreign list may unpack to.
pub const LARGEST: usize = 4 * 1024 * 1024;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StatusError {
    #[error("the index {0} is outside the list")]
    OutOfRange(u32),
    #[error("the list is not multibase base64url (it must start with `u`)")]
    NotMultibase,
    #[error("the list is not one whole gzip member")]
    NotGzip,
    #[error("the list unpacks to more than {LARGEST} bytes")]
    TooLarge,
    #[error("the list has fewer than {LENGTH} bits")]
    TooShort,
}

/// The bits of a list.
#[derive(Clone, PartialEq, Eq)]
pub struct Bitstring(Vec<u8>);

impl Bitstring {
    /// A list of ours with nothing revoked.
    pub fn new() -> Self {
        Bitstring(vec![0; LENGTH as usize / 8])
    }

    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, StatusError> {
        if bytes.len() < LENGTH as usize / 8 {
            return Err(StatusError::TooShort);
        }
        if bytes.len() > LARGEST {
            return Err(StatusError::TooLarge);
        }
        Ok(Bitstring(bytes))
    }

    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The bit at an index; none outside the list.
    pub fn get(&self, index: u32) -> Option<bool> {
        self.0.get(index as usize / 8).map(|byte| byte & mask(index) != 0)
    }

    /// The number in a place of `size` bits (section 2.1, `statusSize`), the most significant bit first; none outside the list.
    pub fn value(&self, index: u32, size: u32) -> Option<u64> {
        let first = index.checked_mul(size)?;
        let bits = first..first.checked_add(size)?;
        bits.into_iter().try_fold(0, |value, index| Some(2 * value + u64::from(self.get(index)?)))
    }

    /// Whether the list has enough places of `size` bits to hide one among them (section 3.2, step 11).
    pub fn is_long_enough(&self, size: u32) -> bool {
        self.0.len() as u64 * 8 / u64::from(size.max(1)) >= u64::from(LENGTH)
    }

    /// Sets a bit. There is no way to clear one: what was revoked stays revoked.
    pub fn set(&mut self, index: u32) -> Result<(), StatusError> {
        let byte = self.0.get_mut(index as usize / 8).ok_or(StatusError::OutOfRange(index))?;
        *byte |= mask(index);
        Ok(())
    }

    /// The list as `encodedList` carries it.
    pub fn encode(&self) -> String {
        let mut gzip =
            flate2::GzBuilder::new().mtime(0).operating_system(255).write(Vec::new(), flate2::Compression::best());
        // Writing into memory can't fail, and an empty answer would not decode, so nothing wrong could be published.
        let packed = gzip.write_all(&self.0).and_then(|()| gzip.finish()).unwrap_or_default();
        format!("u{}", URL_SAFE_NO_PAD.encode(packed))
    }

    pub fn decode(text: &str) -> Result<Self, StatusError> {
        Self::unpack(text.strip_prefix('u').ok_or(StatusError::NotMultibase)?)
    }

    /// Reads a list of StatusList2021, which has no `u` before it and may be padded.
    pub fn decode_2021(text: &str) -> Result<Self, StatusError> {
        Self::unpack(text.trim_end_matches('='))
    }

    fn unpack(text: &str) -> Result<Self, StatusError> {
        let packed = URL_SAFE_NO_PAD.decode(text).map_err(|_| StatusError::NotMultibase)?;
        let mut gzip = flate2::bufread::GzDecoder::new(packed.as_slice());
        let mut bytes = Vec::new();
        gzip.by_ref().take(LARGEST as u64 + 1).read_to_end(&mut bytes).map_err(|_| StatusError::NotGzip)?;
        let list = Self::from_bytes(bytes)?;
        if gzip.into_inner().is_empty() { Ok(list) } else { Err(StatusError::NotGzip) }
    }
}

impl Default for Bitstring {
    fn default() -> Self {
        Self::new()
    }
}

impl std::fmt::Debug for Bitstring {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let set: u32 = self.0.iter().map(|byte| byte.count_ones()).sum();
        write!(f, "Bitstring({set} of {} set)", self.0.len() * 8)
    }
}

/// What a status list credential is made from.
#[derive(Debug, Clone)]
pub struct StatusListFacts<'a> {
    /// The URL the list is published at.
    pub id: &'a str,
    /// The issuer's DID; the same as of the badges it speaks about.
    pub issuer: &'a str,
    pub valid_from: Timestamp,
    pub bits: &'a Bitstring,
}

/// The unsigned status list credential (section 2.2), for revocation.
pub fn status_list_credential(facts: &StatusListFacts) -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": facts.id,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": facts.issuer,
        "validFrom": date::written(facts.valid_from),
        "credentialSubject": {
            "id": format!("{}#list", facts.id),
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": facts.bits.encode(),
        },
    })
}

fn mask(index: u32) -> u8 {
    0x80 >> (index % 8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bit_0_is_the_most_significant_of_byte_0() {
        let mut bits = Bitstring::new();
        bits.set(0).unwrap();
        bits.set(9).unwrap();
        assert_eq!(bits.as_bytes()[..2], [0x80, 0x40]);
        assert_eq!(
            (bits.get(0), bits.get(1), bits.get(9), bits.get(LENGTH)),
            (Some(true), Some(false), Some(true), None)
        );
        assert_eq!(bits.set(LENGTH), Err(StatusError::OutOfRange(LENGTH)));
    }

    #[test]
    fn places_of_several_bits_are_read_with_the_most_significant_first() {
        let mut bits = Bitstring::new();
        for index in [1, 4, 5, LENGTH - 1] {
            bits.set(index).unwrap();
        }
        assert_eq!([0, 1, 2, 3].map(|index| bits.value(index, 2)), [Some(1), Some(0), Some(3), Some(0)]);
        assert_eq!((bits.value(0, 8), bits.value(LENGTH - 1, 1)), (Some(0b0100_1100), Some(1)));
        assert_eq!((bits.value(LENGTH / 2, 2), bits.value(u32::MAX, 2), bits.value(u32::MAX, 1)), (None, None, None));
        assert_eq!(bits.value(LENGTH / 32 - 1, 32), Some(1));
        assert!(bits.is_long_enough(1) && !bits.is_long_enough(2));
        assert!(Bitstring::from_bytes(vec![0; LENGTH as usize / 4]).unwrap().is_long_enough(2));
    }

    #[test]
    fn a_list_of_2021_is_read_with_and_without_padding() {
        let text = Bitstring::new().encode();
        let bare = text.strip_prefix('u').unwrap();
        assert_eq!(Bitstring::decode_2021(bare), Ok(Bitstring::new()));
        assert_eq!(Bitstring::decode_2021(&format!("{bare}==")), Ok(Bitstring::new()));
        assert_eq!(Bitstring::decode_2021("***"), Err(StatusError::NotMultibase));
        assert_eq!(Bitstring::decode_2021("AAAA"), Err(StatusError::NotGzip));
    }

    #[test]
    fn a_list_comes_back_as_it_was_and_is_always_the_same_text() {
        let mut bits = Bitstring::new();
        for index in [0, 7, 8, 94_567, LENGTH - 1] {
            bits.set(index).unwrap();
        }
        let text = bits.encode();
        assert_eq!(text, bits.encode());
        assert!(text.starts_with("uH4sIAAAAAAA"), "{text}");
        assert_eq!(format!("{bits:?}"), "Bitstring(5 of 131072 set)");
        assert_eq!(Bitstring::decode(&text), Ok(bits));
    }

    #[test]
    fn a_list_has_its_smallest_and_its_largest() {
        let of = |bytes: usize| Bitstring::from_bytes(vec![0; bytes]).err();
        let smallest = LENGTH as usize / 8;
        assert_eq!((of(smallest - 1), of(smallest)), (Some(StatusError::TooShort), None));
        assert_eq!((of(LARGEST), of(LARGEST + 1)), (None, Some(StatusError::TooLarge)));
    }

    #[test]
    fn the_published_empty_list_is_read() {
        // The example of the W3C specification, section 2.2.
        let published = "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA";
        assert_eq!(Bitstring::decode(published), Ok(Bitstring::new()));
    }

    #[test]
    fn hostile_lists_are_refused() {
        let pack = |bytes: &[u8]| {
            let mut gzip = flate2::GzBuilder::new().write(Vec::new(), flate2::Compression::best());
            gzip.write_all(bytes).unwrap();
            gzip.finish().unwrap()
        };
        let text = |packed: &[u8]| format!("u{}", URL_SAFE_NO_PAD.encode(packed));
        let good = pack(&[0; 16_384]);
        assert!(Bitstring::decode(&text(&good)).is_ok());
        assert_eq!(Bitstring::decode(&text(&pack(&[0; 16_383]))), Err(StatusError::TooShort));
        assert_eq!(Bitstring::decode(&text(&pack(&vec![1; LARGEST]))), Bitstring::from_bytes(vec![1; LARGEST]));
        assert_eq!(Bitstring::decode(&text(&pack(&vec![0; LARGEST + 1]))), Err(StatusError::TooLarge));
        assert_eq!(Bitstring::decode(&text(&pack(&vec![0; 64 * LARGEST]))), Err(StatusError::TooLarge));
        let twice = [good.clone(), good.clone()].concat();
        assert_eq!(Bitstring::decode(&text(&twice)), Err(StatusError::NotGzip));
        assert_eq!(Bitstring::decode(&text(&[good.as_slice(), &[0]].concat())), Err(StatusError::NotGzip));
        assert_eq!(Bitstring::decode(&text(&good[..good.len() - 1])), Err(StatusError::NotGzip));
        let mut crc = good.clone();
        let end = crc.len() - 6;
        crc[end] ^= 1;
        assert_eq!(Bitstring::decode(&text(&crc)), Err(StatusError::NotGzip));
        assert_eq!(Bitstring::decode("zabc"), Err(StatusError::NotMultibase));
        assert_eq!(Bitstring::decode("u="), Err(StatusError::NotMultibase));
        assert_eq!(Bitstring::decode("uAAAA"), Err(StatusError::NotGzip));
    }
}
