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

const SVG: &str = "image/svg+xml";
const PNG: &str = "image/png";

pub async fn show(
    State(web): State<Arc<Web>>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let nothing = || Failure::not_found("No picture");
    let mut conn = web.app.db.read().await?;
    match format::suffix(&file, &["svg", "png"]) {
        (sha256, Some("svg")) => {
            let svg = images::svg(&mut conn, sha256).await?.ok_or_else(nothing)?.into_bytes();
            Ok(caching::text(&headers, SVG, SVG, Keep::Forever, svg))
        }
        (sha256, Some(_)) => {
            let png = images::png(&mut conn, sha256).await?.ok_or_else(nothing)?;
            Ok(caching::answer(&headers, PNG, &caching::digest(&png, PNG), Keep::Forever, png))
        }
        (_, None) => Err(nothing()),
    }
}
