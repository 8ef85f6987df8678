//! SubjectPublicKeyInfo (RFC 5280, section 4.1.2.7) in DER, as far as keys of badges need it: RSA, P-256 and Ed25519, as a JWK.
//!
//! Read in its one spelling: shortest lengths, nothing left over. What the numbers must be is for the JWK to hold.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

const SEQUENCE: u8 = 0x30;
const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;
/// rsaEncryption and its NULL (RFC 3279, section 2.3.1).
const RSA: &[u8] = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\x00";
/// id-ecPublicKey on secp256r1 (RFC 5480, section 2.1.1).
const P256: &[u8] = b"\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07";
/// id-Ed25519 (RFC 8410, section 3).
const ED25519: &[u8] = b"\x06\x03\x2b\x65\x70";

/// The key as a JWK. `None` when it is of another kind or not in DER.
pub(super) fn jwk(der: &[u8]) -> Option<Value> {
    let whole = only(der, SEQUENCE)?;
    let (algorithm, rest) = next(whole, SEQUENCE)?;
    let key = only(rest, BIT_STRING)?.strip_prefix(&[0])?;
    let text = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    if algorithm == RSA {
        let (n, rest) = next(only(key, SEQUENCE)?, INTEGER)?;
        let e = only(rest, INTEGER)?;
        return Some(json!({"kty": "RSA", "n": text(positive(n)?), "e": text(positive(e)?)}));
    }
    if algorithm == P256 {
        // Uncompressed (SEC 1, section 2.3.3).
        let (x, y) = key.strip_prefix(&[4])?.split_at_checked(32)?;
        return Some(json!({"kty": "EC", "crv": "P-256", "x": text(x), "y": text(y)}));
    }
    (algorithm == ED25519).then(|| json!({"kty": "OKP", "crv": "Ed25519", "x": text(key)}))
}

/// The content of an element that is all there is.
fn only(der: &[u8], tag: u8) -> Option<&[u8]> {
    let (content, rest) = next(der, tag)?;
    rest.is_empty().then_some(content)
}

/// The content of the first element, and what stands behind it.
fn next(der: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let rest = der.strip_prefix(&[tag])?;
    let (length, rest) = match rest {
        [length @ 0..=0x7f, rest @ ..] => (usize::from(*length), rest),
        [0x81, length @ 0x80..=0xff, rest @ ..] => (usize::from(*length), rest),
        [0x82, high @ 1..=0xff, low, rest @ ..] => (usize::from(*high) * 256 + usize::from(*low), rest),
        _ => return None,
    };
    rest.split_at_checked(length)
}

/// A positive INTEGER without the zero that keeps its sign.
fn positive(integer: &[u8]) -> Option<&[u8]> {
    match integer {
        [0, rest @ ..] if rest.first().is_some_and(|byte| *byte >= 0x80) => Some(rest),
        [1..=0x7f, ..] => Some(integer),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn element(tag: u8, content: &[u8]) -> Vec<u8> {
        let length = content.len();
        let mut der = vec![tag];
        match length {
            0..=127 => der.push(length as u8),
            128..=255 => der.extend([0x81, length as u8]),
            _ => der.extend([0x82, (length >> 8) as u8, length as u8]),
        }
        der.extend_from_slice(content);
        der
    }

    fn key(algorithm: &[u8], bits: &[u8]) -> Vec<u8> {
        let bits = [&[0], bits].concat();
        element(SEQUENCE, &[element(SEQUENCE, algorithm), element(BIT_STRING, &bits)].concat())
    }

    #[test]
    fn the_three_kinds_are_read() {
        let n = [vec![0], vec![0xd1; 256]].concat();
        let numbers = [element(INTEGER, &n), element(INTEGER, &[1, 0, 1])].concat();
        let rsa = jwk(&key(RSA, &element(SEQUENCE, &numbers))).unwrap();
        assert_eq!((&rsa["kty"], &rsa["e"]), (&json!("RSA"), &json!("AQAB")));
        assert_eq!(rsa["n"], json!(URL_SAFE_NO_PAD.encode([0xd1; 256])));
        let p256 = jwk(&key(P256, &[&[4][..], &[7; 32], &[9; 32]].concat())).unwrap();
        assert_eq!(p256["y"], json!(URL_SAFE_NO_PAD.encode([9; 32])));
        assert_eq!(jwk(&key(ED25519, &[5; 32])).unwrap()["x"], json!(URL_SAFE_NO_PAD.encode([5; 32])));
    }

    #[test]
    fn every_cut_and_every_other_spelling_is_refused() {
        let numbers = [element(INTEGER, &[0x71; 140]), element(INTEGER, &[3])].concat();
        let der = key(RSA, &element(SEQUENCE, &numbers));
        for end in 0..der.len() {
            assert_eq!(jwk(&der[..end]), None, "{end}");
        }
        assert_eq!(jwk(&[&der[..], &[0]].concat()), None);
        for integer in [&[][..], &[0], &[0, 1], &[0x80, 1]] {
            let numbers = [element(INTEGER, integer), element(INTEGER, &[3])].concat();
            assert_eq!(jwk(&key(RSA, &element(SEQUENCE, &numbers))), None, "{integer:?}");
        }
        let long = [&[0x30, 0x81, 0x80][..], &[7; 128]].concat();
        assert_eq!(next(&long, SEQUENCE), Some((&[7; 128][..], &[][..])));
        assert_eq!(next(&[0x30, 0x81, 0x05, 1, 2, 3, 4, 5], SEQUENCE), None);
        assert_eq!(next(&[0x30, 0x80], SEQUENCE), None);
        assert_eq!(jwk(&key(b"\x06\x03\x2b\x65\x71", &[5; 57])), None);
    }
}
