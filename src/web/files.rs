//! Small things that every site has: its styles and scripts, robots.txt, and whether it is well.

use super::{
    Web, assets,
    caching::{self, Keep},
    error::{Failure, Kind},
};
use crate::store::settings;
use axum::{
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use std::sync::Arc;

pub async fn asset(Path(file): Path<String>, headers: HeaderMap) -> Result<Response, Failure> {
    let asset = assets::find(&file).ok_or_else(|| Failure::not_found("No file"))?;
    let (plain, packed) = (Bytes::from_static(&asset.bytes), asset.gzip.as_deref().map(Bytes::from_static));
    let etag = caching::digest(&asset.bytes, "asset");
    Ok(caching::chosen(&headers, &asset.mime, &etag, Keep::Forever, plain, packed))
}

/// What is not public says so itself (`X-Robots-Tag`), which a search engine sees only where it may read.
pub async fn robots(headers: HeaderMap) -> Response {
    const RULES: &str = "User-agent: *\nDisallow: /api/\nDisallow: /verify?\n";
    caching::answer(
        &headers,
        "text/plain; charset=utf-8",
        &caching::digest(RULES.as_bytes(), "text"),
        Keep::Seconds(3600),
        RULES,
    )
}

/// For whoever watches the service: 200 when it can read its records.
pub async fn health(State(web): State<Arc<Web>>) -> Result<Response, Failure> {
    let unwell = |_| Failure::new(Kind::Busy, "The records can't be read.");
    let mut conn = web.app.db.read().await.map_err(unwell)?;
    settings::get(&mut conn, "health").await.map_err(unwell)?;
    Ok(([(header::CONTENT_TYPE, "application/json")], "{\"status\":\"ok\"}").into_response())
}
