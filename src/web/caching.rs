//! Answers that a client may keep: a strong ETag, and 304 when it has the same bytes already (RFC 9110 §8.8, §13.1.2).
//!
//! Two representations of one resource never share an ETag: the media type and the coding are part of it.

use super::{format, frame};
use crate::domain::digesting::hex;
use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use flate2::{Compression, write::GzEncoder};
use sha2::{Digest, Sha256};
use std::io::Write as _;

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

/// Text, compressed for whoever takes that. Not for what holds a secret of its reader beside words that someone else may choose: how well
/// it is compressed would tell of the secret.
pub fn text(request: &HeaderMap, media_type: &str, form: &str, keep: Keep, text: Vec<u8>) -> Response {
    let etag = digest(&text, form);
    let packed = match takes_gzip(request) {
        // Whoever has it already is sent nothing, so nothing is compressed.
        true if has_already(request, &format!("\"{etag}-gzip\"")) => Some(Vec::new()),
        true => gzipped(&text, Compression::fast()),
        false => None,
    };
    chosen(request, media_type, &etag, keep, text, packed)
}

/// The one of two forms of the same that the client takes: as it is, or compressed.
pub fn chosen(
    request: &HeaderMap,
    media_type: &str,
    etag: &str,
    keep: Keep,
    plain: impl Into<Body>,
    packed: Option<impl Into<Body>>,
) -> Response {
    let mut response = match packed.filter(|_| takes_gzip(request)) {
        None => answer(request, media_type, etag, keep, plain),
        Some(packed) => {
            let mut response = answer(request, media_type, &format!("{etag}-gzip"), keep, packed);
            set(&mut response, header::CONTENT_ENCODING, "gzip");
            response
        }
    };
    set(&mut response, header::VARY, "Accept-Encoding");
    response
}

/// None where it would not be smaller.
pub fn gzipped(bytes: &[u8], level: Compression) -> Option<Vec<u8>> {
    let mut gzip = GzEncoder::new(Vec::new(), level);
    let packed = gzip.write_all(bytes).and_then(|()| gzip.finish()).ok()?;
    Some(packed).filter(|packed| packed.len() < bytes.len())
}

fn takes_gzip(request: &HeaderMap) -> bool {
    format::takes_gzip(frame::header(request, header::ACCEPT_ENCODING))
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
    fn text_is_compressed_for_those_who_take_it_under_an_etag_of_its_own() {
        let words = "the same words again ".repeat(50).into_bytes();
        let asked = |coding: &str| {
            let mut request = HeaderMap::new();
            request.insert(header::ACCEPT_ENCODING, coding.parse().unwrap());
            text(&request, "text/plain", "text", Keep::AskAgain, words.clone())
        };
        let (packed, plain) = (asked("gzip, br"), asked("identity"));
        let named = |response: &Response, name: header::HeaderName| {
            response.headers().get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
        };
        assert_eq!(
            (named(&packed, header::CONTENT_ENCODING).as_str(), named(&plain, header::CONTENT_ENCODING).as_str()),
            ("gzip", "")
        );
        assert_ne!(named(&packed, header::ETAG), named(&plain, header::ETAG));
        assert_eq!(named(&packed, header::VARY), "Accept-Encoding");
        let mut again = HeaderMap::from_iter([(header::ACCEPT_ENCODING, "gzip".parse().unwrap())]);
        again.insert(header::IF_NONE_MATCH, packed.headers()[header::ETAG].clone());
        let again = text(&again, "text/plain", "text", Keep::AskAgain, words.clone());
        assert_eq!(
            (again.status(), again.headers()),
            (StatusCode::NOT_MODIFIED, &{
                let mut same = packed.headers().clone();
                same.remove(header::CONTENT_TYPE);
                same
            })
        );
        let mut back = String::new();
        let bytes = gzipped(&words, Compression::fast()).unwrap();
        std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(&bytes[..]), &mut back).unwrap();
        assert!(bytes.len() < words.len() / 5 && back.as_bytes() == words);
        assert_eq!(gzipped(b"x", Compression::fast()), None);
    }

    #[test]
    fn the_same_bytes_in_another_form_have_another_etag() {
        assert_ne!(digest(b"{}", "application/json"), digest(b"{}", "application/vc"));
        assert_eq!(digest(b"{}", "application/vc").len(), 32);
    }
}
