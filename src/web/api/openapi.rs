//! The description of the API, made from the code that serves it (OpenAPI 3.1), and a page to read it.

use super::{awards, endorsements, trust, verify, webhooks};
use crate::web::vc_api;
use crate::web::{caching::Keep, error::Failure, frame::Reader, view::ApiPage};
use axum::response::Response;
use serde_json::Value;
use utoipa::{
    Modify, OpenApi,
    openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Laurel",
        description = "Give, renew, suspend, revoke and verify Open Badges 3.0. Tokens are made with `laurel token create`. Every error is problem+json (RFC 9457): `type` ends in a stable word, `detail` is one sentence, `errors` names each field. Who asks too often is answered with 429, and `Retry-After` says when to try again.",
        license(name = "MIT OR Apache-2.0"),
    ),
    paths(
        awards::create, awards::list, awards::show, awards::revoke, awards::suspend, awards::resume, awards::renew, endorsements::create, endorsements::revoke, trust::list, trust::show, trust::put, trust::remove, webhooks::list, webhooks::add, webhooks::show, webhooks::remove, webhooks::deliveries, webhooks::replay, verify::verify,
        vc_api::issue::issue, vc_api::status::change, vc_api::verify::verify, vc_api::presentation::verify,
    ),
    modifiers(&Tokens),
    tags((name = "awards", description = "The record of awards"), (name = "endorsements", description = "What this issuer says for a badge, or for others"), (name = "trust", description = "Issuers elsewhere whom this service trusts"), (name = "webhooks", description = "Who is told of what happens"), (name = "verification", description = "Whether a badge is genuine and stands"), (name = "vc-api", description = "Any verifiable credential, by the W3C's VC-API")),
)]
struct Description;

struct Tokens;

impl Modify for Tokens {
    fn modify(&self, api: &mut utoipa::openapi::OpenApi) {
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some("An API token")).build();
        api.components.get_or_insert_default().add_security_scheme("token", SecurityScheme::Http(bearer));
    }
}

pub async fn document(reader: Reader) -> Result<Response, Failure> {
    reader.json(&described(&reader)?, "application/json", Keep::Seconds(300))
}

pub async fn page(reader: Reader) -> Result<Response, Failure> {
    let page = ApiPage::from_document(reader.site.clone(), &described(&reader)?);
    reader.page(&page, true)
}

fn described(reader: &Reader) -> Result<Value, Failure> {
    let mut document = serde_json::to_value(Description::openapi()).map_err(|why| Failure::internal(&why))?;
    if let Some(fields) = document.as_object_mut() {
        fields.insert("servers".into(), serde_json::json!([{"url": reader.site.base_url}]));
    }
    Ok(document)
}
