//! The bare JWK of a key that signs JWT: where the `kid` in their headers leads (Open Badges 3.0, section 8.2).

use super::{Web, caching::Keep, error::Failure, format, frame::Reader, status::not_acceptable};
use crate::actions::documents;
use axum::{
    extract::{Path, State},
    http::header,
    response::Response,
};
use std::sync::Arc;

pub async fn show(
    State(web): State<Arc<Web>>,
    mut reader: Reader,
    Path(fragment): Path<String>,
) -> Result<Response, Failure> {
    let accept = reader.header(header::ACCEPT);
    let media_type = format::choose(accept, &format::JWK)
        // Someone who looks at it in a browser sees it as well.
        .or_else(|| format::choose(accept, &[format::PAGE]).map(|_| "application/json"))
        .ok_or_else(|| not_acceptable(&format::JWK))?;
    let nothing = || Failure::not_found("No key");
    let issuer = reader.issuer.take().ok_or_else(nothing)?;
    let jwk = documents::jwk(web.app.urls(), &mut reader.conn, &issuer, &fragment).await?.ok_or_else(nothing)?;
    reader.json(&jwk, media_type, Keep::Seconds(60))
}
