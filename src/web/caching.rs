//! Answers that a client may keep: a strong ETag, and 304 when it has the same bytes already (RFC 9110 §8.8, §13.1.2).
//!
//! Two representations of one resource never share an ETag: the media type and the coding are part of it.

use crate::domain::digesting::hex;
use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use sha2::{Digest, Sha256};

/// How long an answer may be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// Its address names its bytes.
    Forever,
    /// Anyone may keep it for this many seconds.
    Seconds(u32),
    /// Anyone may keep it but must ask whether it still holds.
    AskAgain,
    /// Nobody may keep it: it is for one reader only.
    Never,
}

/// The bytes with their headers, or 304 when `request` has them by this `etag` (without quotes).
pub fn answer(request: &HeaderMap, media_type: &str, etag: &str, keep: Keep, bytes: impl Into<Body>) -> Response {
    let etag = format!("\"{etag}\"");
    let mut response = if has_already(request, &etag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let mut response = Response::new(bytes.into());
        set(&mut response, header::CONTENT_TYPE, media_type);
        response
    };
    set(&mut response, header::ETAG, &etag);
    set(&mut response, header::CACHE_CONTROL, &keep.directives());
    response
}

/// An ETag (without quotes) made from the bytes and the name of their form.
pub fn digest(bytes: &[u8], form: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(form.as_bytes());
    hash.update([0]);
    hash.update(bytes);
    hex(&hash.finalize()).chars().take(32).collect()
}

/// Sets a header of ours; a value that no header can hold is left out.
pub fn set(response: &mut Response, name: header::HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

impl Keep {
    pub fn directives(self) -> String {
        match self {
            Keep::Forever => "public, max-age=31536000, immutable".into(),
            Keep::Seconds(seconds) => format!("public, max-age={seconds}"),
            Keep::AskAgain => "public, no-cache".into(),
            Keep::Never => "private, no-store".into(),
        }
    }
}

/// `If-None-Match` compares weakly: `W/` is passed over.
fn has_already(request: &HeaderMap, etag: &str) -> bool {
    request.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok()).any(|value| {
        value.split(',').map(str::trim).any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == etag)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(if_none_match: &str) -> StatusCode {
        let mut request = HeaderMap::new();
        request.insert(header::IF_NONE_MATCH, if_none_match.parse().unwrap());
        answer(&request, "text/plain", "abc", Keep::AskAgain, "body").status()
    }

    #[test]
    fn a_client_that_has_the_bytes_is_told_so() {
        for known in ["\"abc\"", "W/\"abc\"", "\"x\", \"abc\"", "*"] {
            assert_eq!(status(known), StatusCode::NOT_MODIFIED, "{known}");
        }
        for other in ["\"abd\"", "abc", ""] {
            assert_eq!(status(other), StatusCode::OK, "{other}");
        }
    }

    #[test]
    fn the_same_bytes_in_another_form_have_another_etag() {
        assert_ne!(digest(b"{}", "application/json"), digest(b"{}", "application/vc"));
        assert_eq!(digest(b"{}", "application/vc").len(), 32);
    }
}
