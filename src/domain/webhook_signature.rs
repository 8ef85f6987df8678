//! How a message is signed, as Standard Webhooks has it: HMAC-SHA256 over id, time and body, under a secret that both sides know. A secret
//! is written `whsec_` and base64.

use base64::{Engine, prelude::BASE64_STANDARD};
use jiff::Timestamp;
use ring::hmac;
use zeroize::Zeroizing;

const PREFIX: &str = "whsec_";

/// A secret of 32 bytes.
pub fn new_secret(rng: &mut dyn rand::Rng) -> Zeroizing<String> {
    let mut bytes = Zeroizing::new([0u8; 32]);
    rng.fill_bytes(bytes.as_mut());
    Zeroizing::new(format!("{PREFIX}{}", BASE64_STANDARD.encode(*bytes)))
}

/// The header `webhook-signature`: one for each secret, with spaces between. None when one is no secret.
pub fn sign<'s>(secrets: impl IntoIterator<Item = &'s str>, id: &str, at: Timestamp, body: &str) -> Option<String> {
    let signed = format!("{id}.{}.{body}", at.as_second());
    let one = |secret: &str| {
        let bytes = Zeroizing::new(BASE64_STANDARD.decode(secret.strip_prefix(PREFIX)?).ok()?);
        let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &bytes), signed.as_bytes());
        Some(format!("v1,{}", BASE64_STANDARD.encode(tag)))
    };
    let all: Option<Vec<String>> = secrets.into_iter().map(one).collect();
    all.map(|all| all.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{SeedableRng, rngs::StdRng};

    /// The example of the specification.
    #[test]
    fn a_signature_is_that_of_the_specification() {
        let at = Timestamp::from_second(1_614_265_330).unwrap();
        let signed = sign(
            ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            at,
            r#"{"test": 2432232314}"#,
        );
        assert_eq!(signed.as_deref(), Some("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));
    }

    #[test]
    fn two_secrets_sign_beside_each_other_and_what_is_none_signs_nothing() {
        let (a, b) = (new_secret(&mut StdRng::seed_from_u64(1)), new_secret(&mut StdRng::seed_from_u64(2)));
        let sign = |secrets: &[&str]| sign(secrets.iter().copied(), "m", Timestamp::UNIX_EPOCH, "{}");
        let both = sign(&[a.as_str(), b.as_str()]).unwrap();
        assert_eq!(both, format!("{} {}", sign(&[a.as_str()]).unwrap(), sign(&[b.as_str()]).unwrap()));
        for none in ["", "whsec_!", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"] {
            assert_eq!(sign(&[none]), None, "{none}");
        }
    }
}
