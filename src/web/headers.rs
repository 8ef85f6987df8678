//! What every answer carries to keep its reader safe: a strict content policy, no sniffing, no referrer beyond the site.

use axum::{
    http::{HeaderName, HeaderValue, header},
    response::Response,
};

const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; script-src 'self'; \
     connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// A picture is a document when it is opened by itself: it may be styled and hold pixels, and do nothing else.
const PICTURE_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox";

/// The policy of a page whose form may lead on to this address.
pub fn form_leads_to(address: &str) -> Option<String> {
    let origin = url::Url::parse(address).ok()?.origin().ascii_serialization();
    Some(POLICY.replace("form-action 'self'", &format!("form-action 'self' {origin}")))
}

/// Adds the headers; one that the handler set stays.
pub fn protect(response: &mut Response) {
    let picture = response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == "image/svg+xml");
    let policy = if picture { PICTURE_POLICY } else { POLICY };
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (header::CACHE_CONTROL, "no-store"),
    ] {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
}
