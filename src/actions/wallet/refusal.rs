//! Why a wallet is refused, by the standards' words for it (OpenID4VCI 1.0, sections 6.3 and 8.3.1; RFC 6749, section 5.2; RFC 6750, section 3.1).

use crate::{actions::ActionError, credential::key_proof::KeyProofError, store::StoreError};

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("{0}")]
    Request(&'static str),
    #[error("only the grant urn:ietf:params:oauth:grant-type:pre-authorized_code is taken here")]
    GrantType,
    /// One sentence for a wrong code of either kind, a used and a late one: who guesses learns nothing.
    #[error("the code is not known, was used, has ended, or came with a wrong transaction code; make a new offer")]
    Grant,
    #[error("the access token is not known or has ended")]
    Token,
    #[error("{0}")]
    CredentialRequest(&'static str),
    #[error("there is no such credential configuration; the metadata names those there are")]
    Configuration,
    #[error("the key proof does not hold: {0}")]
    Proof(KeyProofError),
    #[error("{0}")]
    Proofs(&'static str),
    #[error("the nonce of the key proof was not given out here, was used or has ended; ask for a new one")]
    Nonce,
    #[error("answers are not encrypted here; leave credential_response_encryption out")]
    Encryption,
    #[error("the badge was given in this form already; make a new offer for another wallet")]
    Given,
    #[error("the badge is not valid any more, so it can't be put into a wallet")]
    Ended,
}

impl Refusal {
    /// The `error` of the answer.
    pub fn code(&self) -> &'static str {
        match self {
            Refusal::Request(_) => "invalid_request",
            Refusal::GrantType => "unsupported_grant_type",
            Refusal::Grant => "invalid_grant",
            Refusal::Token => "invalid_token",
            Refusal::CredentialRequest(_) => "invalid_credential_request",
            Refusal::Configuration => "unknown_credential_configuration",
            Refusal::Proof(_) | Refusal::Proofs(_) => "invalid_proof",
            Refusal::Nonce => "invalid_nonce",
            Refusal::Encryption => "invalid_encryption_parameters",
            Refusal::Given | Refusal::Ended => "credential_request_denied",
        }
    }
}

/// Refused for what came, or failed for what is here.
#[derive(Debug, thiserror::Error)]
pub enum WalletError {
    #[error("{0}")]
    Refused(#[from] Refusal),
    #[error("{0}")]
    Failed(#[from] ActionError),
}

impl From<StoreError> for WalletError {
    fn from(why: StoreError) -> Self {
        WalletError::Failed(why.into())
    }
}
