//! Identifiers. What is public is unguessable: 130 random bits; what a person chose is a slug.

use super::digesting::hex;
use rand::{Rng, RngExt};

/// Letters and digits without those that are mistaken for one another (Crockford's base 32, lower case).
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// 26 letters, 130 bits from `rng`: safe in a URL path and in a DID fragment.
pub fn random_id(rng: &mut dyn Rng) -> String {
    (0..26).map(|_| char::from(LETTERS[rng.random_range(0..32)])).collect()
}

/// A random UUID (version 4, RFC 9562 §5.4) as a URN: it says nothing about the person it stands for.
pub fn random_urn(rng: &mut dyn Rng) -> String {
    let mut bytes = [0u8; 16];
    rng.fill_bytes(&mut bytes);
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let hex = hex(&bytes);
    format!("urn:uuid:{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

/// Words that stand for a representation or a page, and so can't name anything.
const RESERVED: [&str; 8] = ["json", "png", "svg", "jwt", "pdf", "new", "edit", "index"];

/// A slug: 1 to 60 of `a-z`, `0-9` and `-`, not at either end.
pub fn slug(text: &str) -> Result<&str, String> {
    let fits = (1..=60).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !text.starts_with('-')
        && !text.ends_with('-');
    if !fits {
        return Err(format!(
            "“{text}” can't be used in a web address; use 1 to 60 lower-case letters, digits and hyphens, such as software-craft"
        ));
    }
    if RESERVED.contains(&text) {
        return Err(format!("“{text}” is reserved; choose another word"));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;

    #[test]
    fn an_id_is_26_letters_and_differs_each_time() {
        let mut rng = rand::rngs::StdRng::seed_from_u64(1);
        let (a, b) = (random_id(&mut rng), random_id(&mut rng));
        assert_eq!(a.len(), 26);
        assert_ne!(a, b);
    }

    #[test]
    fn a_urn_is_a_version_4_uuid() {
        let urn = random_urn(&mut rand::rngs::StdRng::seed_from_u64(2));
        assert_eq!(urn.len(), 45);
        assert_eq!(&urn[23..24], "4");
        assert!(matches!(&urn[28..29], "8" | "9" | "a" | "b"), "{urn}");
    }

    #[test]
    fn a_slug_is_plain_and_not_reserved() {
        assert!(slug("software-craft").is_ok());
        for bad in ["", "Software", "a b", "-a", "a-", "ä", "json", "a/b", "a.b", &"x".repeat(61)] {
            assert!(slug(bad).is_err(), "{bad}");
        }
    }
}
