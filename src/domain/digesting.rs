//! SHA-256 in hex, also of a file that arrives in pieces: how far it has come is kept between them, so nothing is read twice.

use sha2::{
    Digest, Sha256,
    digest::common::hazmat::{SerializableState, SerializedState},
};

#[derive(Clone, Debug, Default)]
pub struct Digesting(Sha256);

impl Digesting {
    /// Goes on from what [`Digesting::kept`] gave; none when that is nothing we wrote.
    pub fn resume(kept: &str) -> Option<Self> {
        let state = SerializedState::<Sha256>::try_from(from_hex(kept)?.as_slice()).ok()?;
        Sha256::deserialize(&state).ok().map(Digesting)
    }

    pub fn take(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// How far it has come, in hex.
    pub fn kept(&self) -> String {
        hex(&self.0.serialize())
    }

    /// The digest of all that was taken, in hex.
    pub fn finish(self) -> String {
        hex(&self.0.finalize())
    }
}

/// The SHA-256 of `bytes`, in hex.
pub fn sha256(bytes: impl AsRef<[u8]>) -> String {
    hex(&Sha256::digest(bytes))
}

/// In small letters, two a byte.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let even = text.is_ascii() && text.len().is_multiple_of(2);
    let byte = |at: usize| u8::from_str_radix(text.get(at..at + 2)?, 16).ok();
    even.then(|| (0..text.len()).step_by(2).map(byte).collect::<Option<Vec<u8>>>()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_give_the_digest_of_the_whole_wherever_they_are_cut() {
        let whole: Vec<u8> = (0..1_000u32).map(|n| n.to_le_bytes()[0]).collect();
        let at_once = sha256(&whole);
        for cut in [0, 1, 63, 64, 65, 500, 1_000] {
            let mut first = Digesting::default();
            first.take(&whole[..cut]);
            let mut second = Digesting::resume(&first.kept()).unwrap();
            second.take(&whole[cut..]);
            assert_eq!(second.finish(), at_once, "cut at {cut}");
        }
    }

    #[test]
    fn what_we_did_not_write_is_not_gone_on_from() {
        for bad in ["", "0", "zz", "é", &"0".repeat(10)] {
            assert!(Digesting::resume(bad).is_none(), "{bad}");
        }
    }
}
