//! Badges in wallets (OpenID4VCI 1.0): an offer, what a wallet shows to take it up, and what was given.

use super::award::{Award, AwardState};
use jiff::{Timestamp, tz::TimeZone};
use rand::{Rng, RngExt};

/// How long an offer can be taken up, in minutes.
pub const OFFER_MINUTES: i64 = 10;
/// How long an access token is good, in minutes.
pub const TOKEN_MINUTES: i64 = 5;
/// How long a nonce is good, in minutes.
pub const NONCE_MINUTES: i64 = 5;
/// How often a transaction code may be tried, right or wrong.
pub const MOST_TRIES: i64 = 5;
/// Digits of a transaction code.
pub const CODE_DIGITS: usize = 6;

/// The form of a credential, by its Credential Format Identifier (OpenID4VCI 1.0, appendix A.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// JSON-LD with a Data Integrity proof.
    Ldp,
    /// A JWT.
    Jwt,
}

impl Format {
    pub const ALL: [Format; 2] = [Format::Ldp, Format::Jwt];

    pub fn as_str(self) -> &'static str {
        match self {
            Format::Ldp => "ldp_vc",
            Format::Jwt => "jwt_vc_json",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Format::ALL.into_iter().find(|format| format.as_str() == text)
    }

    /// The name of its Credential Configuration. It stands in every offer, and so in a QR code: it is short.
    pub fn configuration(self) -> &'static str {
        match self {
            Format::Ldp => "badge_ldp_vc",
            Format::Jwt => "badge_jwt_vc_json",
        }
    }

    pub fn of_configuration(name: &str) -> Option<Self> {
        Format::ALL.into_iter().find(|format| format.configuration() == name)
    }
}

/// An offer, from its making until its credentials were taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WalletOffer {
    /// SHA-256 (hex) of the pre-authorised code.
    pub code_hash: String,
    pub award_id: String,
    /// Of the code; once it was used, of the access token.
    pub expires_at: Timestamp,
    /// The HMAC of the transaction code; none until its holder asked for one.
    pub tx_code_hash: Option<String>,
}

/// What was given to a wallet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WalletCredential {
    pub id: String,
    pub award_id: String,
    /// Of the offer it came of.
    pub code_hash: String,
    pub format: Format,
    /// The DID of the key it is made out to.
    pub holder: String,
    /// The key that signed it.
    pub key_fragment: String,
    pub issued_at: Timestamp,
}

/// Whether a badge may go into a wallet: what has ended, was renewed or taken back stays where it is.
pub fn may_be_taken(award: &Award, now: Timestamp) -> bool {
    // How long a renewal is open has no say in it, nor has the zone it is counted in.
    award.state(now, None, &TimeZone::UTC) == AwardState::Current
}

/// A transaction code: digits, the first of them perhaps zero.
pub fn transaction_code(rng: &mut dyn Rng) -> String {
    (0..CODE_DIGITS).map(|_| char::from(b'0' + rng.random_range(0..10u8))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;

    #[test]
    fn a_transaction_code_is_six_digits_and_differs_each_time() {
        let mut rng = rand::rngs::StdRng::seed_from_u64(1);
        let codes: std::collections::HashSet<String> = (0..20).map(|_| transaction_code(&mut rng)).collect();
        assert_eq!(codes.len(), 20);
        assert!(codes.iter().all(|code| code.len() == 6 && code.bytes().all(|digit| digit.is_ascii_digit())));
    }

    #[test]
    fn every_form_is_found_by_its_names() {
        for format in Format::ALL {
            assert_eq!(Format::parse(format.as_str()), Some(format));
            assert_eq!(Format::of_configuration(format.configuration()), Some(format));
        }
        assert_eq!(Format::of_configuration("ldp_vc"), None);
    }
}
