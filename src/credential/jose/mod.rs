//! JSON Web Signatures as credentials use them (RFC 7515, RFC 7518, VC-JOSE-COSE 1.0): the compact form, public keys as JWK.
//!
//! - Three algorithms: RS256, ES256 and EdDSA over Ed25519. `none` and every algorithm with a shared secret are refused by name.
//! - A header says `alg`, `kid`, `jwk`, `typ` and `cty` and nothing else, so no header can change what a signature means or send us anywhere.
//! - A key is taken by its numbers alone; what it says of itself can only forbid its use.

mod compact;
mod jwk;
mod signer;

pub use compact::{Algorithm, Header, Jws, Payload, is_compact, payload};
pub use jwk::Jwk;
pub use signer::SigningKey;

use super::json::JsonError;
use super::key::KeyError;

/// Why a JWS, its header or its key can't be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JoseError {
    #[error("{0}")]
    Malformed(&'static str),
    #[error("its {0} is not strict JSON: {1}")]
    NotJson(&'static str, JsonError),
    #[error("its header has `{0}`, which a badge may not have")]
    HeaderMember(String),
    #[error("its header is wrong: {0}")]
    Header(&'static str),
    #[error("it is not signed at all (its algorithm is `{0}`)")]
    Unsigned(String),
    #[error("its algorithm is `{0}`, which no badge may use")]
    AlgorithmRefused(String),
    #[error("its algorithm is {0}, and this service checks RS256, ES256 and EdDSA only")]
    AlgorithmUnsupported(String),
    #[error("the key is refused: {0}")]
    Key(&'static str),
    #[error("the key is not for {0}")]
    KeyOfOtherKind(&'static str),
    #[error("the key can't be read: {0}")]
    Ed25519(#[from] KeyError),
    #[error("the signature does not fit the key and the bytes")]
    Mismatch,
}
