//! `POST /api/v1/verify`: the report about a badge in any shape. Whatever the verdict, the answer is 200; only a request
//! that can't be read is refused. A body that is no badge at all is a report whose format failed.

use super::input;
use crate::{
    actions::{
        refresh,
        verify_presentation::{Verified, verify_shown},
    },
    domain::{actor::Actor, recipient},
    web::{
        Web, body,
        error::{Failure, Kind},
        finish::Problem,
        given::{Linked, linked},
    },
};
use axum::{Extension, Json, body::Body, extract::State, http::HeaderMap};
use serde::Deserialize;
use serde_json::Value;
use std::sync::Arc;

#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VerifyRequest {
    /// The signed credential or presentation as an object, or as a text: its JSON, its JWT, or the address of a badge of this service.
    #[schema(value_type = Object)]
    pub credential: Value,
    /// Whom the badge should be about. The report then has a recipient check.
    #[serde(default)]
    pub email: Option<String>,
    /// Whether to ask the service that the badge names (`refreshService`) for a newer version of it. The answer then has `refreshed`.
    #[serde(default)]
    pub refresh: bool,
}

/// A picture with a badge inside (Open Badges 3.0 §5.3).
#[derive(utoipa::ToSchema)]
#[schema(value_type = String, format = Binary)]
#[allow(dead_code, reason = "describes the body, which is read as it comes")]
pub struct BakedPicture(Vec<u8>);

const TAKEN: &str = "application/json, application/vc, application/vc+ld+json, application/ld+json, application/vc+jwt, application/jwt, text/plain, image/png or image/svg+xml";

/// Verify a badge, or a presentation of badges. Anyone may; nothing is kept.
///
/// A presentation is judged without a challenge, and the report says that nobody asked for it.
#[utoipa::path(
    post, path = "/api/v1/verify", operation_id = "verifyBadge", tag = "verification",
    request_body(content(
        (VerifyRequest = "application/json"),
        (Object = "application/vc"),
        (Object = "application/ld+json"),
        (String = "application/vc+jwt"),
        (BakedPicture = "image/png"),
        (BakedPicture = "image/svg+xml"),
    ), description = "The credential with an optional e-mail address, or the bare document or picture. A document has at most 1 MiB, a picture 8 MiB."),
    responses(
        (status = 200, description = "The report, whatever the verdict; of a presentation another one.", body = Verified),
        (status = 400, description = "The request can't be read.", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "The body is too large.", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "The body is in a form that isn't taken.", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A field is not right, such as a link that leads elsewhere.", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests came; Retry-After says when to try again.", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Too many badges wait to be verified; Retry-After says when to try again.", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn verify(
    State(web): State<Arc<Web>>,
    Extension(actor): Extension<Actor>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Verified>, Failure> {
    let media_type = input::media_type(&headers);
    let limit = match media_type.as_str() {
        "application/json"
        | "application/vc"
        | "application/vc+ld+json"
        | "application/ld+json"
        | "application/vc+jwt"
        | "application/jwt"
        | "text/plain" => body::DOCUMENT_LIMIT,
        "image/png" | "image/svg+xml" => body::PICTURE_LIMIT,
        other => return Err(input::unsupported(other, TAKEN)),
    };
    let bytes = body::read(body, limit).await?;
    if bytes.is_empty() {
        return Err(Failure::new(Kind::Malformed, "credential: the body is empty; send the badge in it."));
    }
    let Enclosed { badge, email, refresh } = match media_type.as_str() {
        "application/json" => enclosed(&web, &actor, &bytes).await?,
        _ => Enclosed::bare(&bytes),
    };
    let mut verified = verify_shown(&web.app, &badge, email.as_deref()).await?;
    if let Verified::Badge(badge) = &mut verified
        && refresh
    {
        refresh::refresh(&web.app, badge, email.as_deref()).await?;
    }
    Ok(Json(verified))
}

/// What is to be verified, and how.
struct Enclosed {
    badge: Vec<u8>,
    email: Option<String>,
    refresh: bool,
}

impl Enclosed {
    fn bare(bytes: &[u8]) -> Self {
        Enclosed { badge: bytes.to_vec(), email: None, refresh: false }
    }
}

/// The badge and the address in a JSON request. A credential may also come bare under the general name.
async fn enclosed(web: &Web, actor: &Actor, bytes: &[u8]) -> Result<Enclosed, Failure> {
    let document = input::document(bytes, body::DOCUMENT_LIMIT)?;
    if document.get("@context").is_some() {
        return Ok(Enclosed::bare(bytes));
    }
    let request: VerifyRequest = input::typed(document)?;
    // Checked, and passed on as it was written: another issuer may have hashed it with its capitals.
    let email = request.email.map(|email| recipient::email(&email).map(|_| email)).transpose();
    let email = email.map_err(|why| Failure::field("email", why))?;
    let badge = match request.credential {
        Value::Object(document) => serde_json::to_vec(&document).map_err(|why| Failure::internal(&why))?,
        Value::String(text) if text.starts_with("https://") || text.starts_with("http://") => {
            let mut conn = web.app.db.read().await?;
            match linked(&web.app, actor, &mut conn, &text).await? {
                Linked::Badge(badge) => badge.award.credential.into_bytes(),
                Linked::Endorsement(endorsement) => endorsement.credential.into_bytes(),
                Linked::Personal(credential) => credential,
                Linked::NotThere => return Err(Failure::field("credential", "leads to no badge of this service")),
                Linked::NotOurs => {
                    return Err(Failure::field(
                        "credential",
                        format!("is a link elsewhere; links start with {}/badges/", web.app.config.base_url),
                    ));
                }
            }
        }
        Value::String(text) if !text.trim().is_empty() => text.into_bytes(),
        _ => return Err(Failure::field("credential", "is neither a JSON object nor a text")),
    };
    Ok(Enclosed { badge, email, refresh: request.refresh })
}
