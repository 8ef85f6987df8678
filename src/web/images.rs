//! The pictures of levels, by the SHA-256 of their SVG: an address names its bytes for ever.

use super::{
    Web,
    caching::{self, Keep},
    error::Failure,
    format,
};
use crate::store::images;
use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};
use std::sync::Arc;

pub async fn show(
    State(web): State<Arc<Web>>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let nothing = || Failure::not_found("No picture");
    let mut conn = web.app.db.read().await?;
    let (media_type, bytes) = match format::suffix(&file, &["svg", "png"]) {
        (sha256, Some("svg")) => {
            ("image/svg+xml", images::svg(&mut conn, sha256).await?.ok_or_else(nothing)?.into_bytes())
        }
        (sha256, Some(_)) => ("image/png", images::png(&mut conn, sha256).await?.ok_or_else(nothing)?),
        (_, None) => return Err(nothing()),
    };
    Ok(caching::answer(&headers, media_type, &caching::digest(&bytes, media_type), Keep::Forever, bytes))
}
