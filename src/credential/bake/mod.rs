//! Baked badges: a credential inside a picture (Open Badges 3.0, section 5.3), and those of Open Badges 2 and 1, which are only read.
//!
//! A picture carries exactly one credential: baking replaces, and a picture with two is refused when read. Nothing else of the
//! picture is touched. Reading is bounded: a picture may have 8 MiB, the credential inside it 1 MiB, packed or not.

mod png;
mod svg;

use super::jose;

pub use png::{bake_png, unbake_png};
pub use svg::{bake_svg, unbake_svg};

/// The most bytes of a picture.
pub const LARGEST_PICTURE: usize = 8 * 1024 * 1024;
/// The most bytes of a credential inside a picture.
pub const LARGEST_CREDENTIAL: usize = 1024 * 1024;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BakeError {
    #[error("the file is empty")]
    Empty,
    #[error("the file is larger than {LARGEST_PICTURE} bytes")]
    PictureTooLarge,
    #[error("the credential in the picture is larger than {LARGEST_CREDENTIAL} bytes")]
    CredentialTooLarge,
    #[error("the picture is not a whole PNG file: {0}")]
    Png(&'static str),
    #[error("the picture is not a well-formed SVG file: {0}")]
    Svg(String),
    #[error("the picture carries no credential")]
    NoCredential,
    #[error("the picture carries two credentials, so it says nothing clearly")]
    TwoCredentials,
    #[error("the credential in the picture can't be read: {0}")]
    Unreadable(&'static str),
    #[error("the file is neither a credential in JSON or as a JWT nor a PNG or SVG picture with one inside")]
    OtherFile,
}

/// The credential in a file: JSON or a compact JWS as it is, or from inside a PNG or SVG.
pub fn unbake(bytes: &[u8]) -> Result<Vec<u8>, BakeError> {
    if bytes.len() > LARGEST_PICTURE {
        return Err(BakeError::PictureTooLarge);
    }
    if bytes.starts_with(&png::SIGNATURE) {
        return unbake_png(bytes).map(String::into_bytes);
    }
    let unmarked = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    match unmarked.trim_ascii_start().first() {
        None => Err(BakeError::Empty),
        Some(b'<') => {
            let text = std::str::from_utf8(unmarked).map_err(|_| BakeError::Svg("it is not UTF-8".to_owned()))?;
            unbake_svg(text).map(String::into_bytes)
        }
        Some(b'{') => Ok(bytes.to_vec()),
        Some(_) if jose::is_compact(bytes) => Ok(bytes.to_vec()),
        Some(_) => Err(BakeError::OtherFile),
    }
}
