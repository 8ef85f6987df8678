//! A status list as its finished bytes: nothing is made or signed when it is read.
//!
//! Pollers get 304 while nothing has changed. The compressed form and each media type have an ETag of their own, since a
//! strong ETag stands for exactly one sequence of bytes (RFC 9110 §8.8.3.3).

use super::{
    Web,
    caching::{self, Keep},
    error::{Failure, Kind},
    format, frame,
};
use crate::store::status_lists;
use axum::{
    extract::{Path, State},
    http::{HeaderMap, header},
    response::Response,
};
use std::sync::Arc;

/// How long anyone may keep a list: a revocation is seen by everyone within this time.
const KEPT_FOR: Keep = Keep::Seconds(15);

pub async fn show(
    State(web): State<Arc<Web>>,
    Path(list): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let (list, _) = format::suffix(&list, &["json"]);
    let media_type = format::choose(frame::header(&headers, header::ACCEPT), &format::CREDENTIAL)
        .ok_or_else(|| not_acceptable(&format::CREDENTIAL))?;
    let mut conn = web.app.db.read().await?;
    let published =
        status_lists::published(&mut conn, list).await?.ok_or_else(|| Failure::not_found("No status list"))?;
    drop(conn);
    let gzip = format::takes_gzip(frame::header(&headers, header::ACCEPT_ENCODING));
    let form = media_type.rsplit('/').next().unwrap_or_default().replace('+', "-");
    let etag = format!("{}-{form}{}", published.etag.trim_matches('"'), if gzip { "-gzip" } else { "" });
    let bytes = if gzip { published.gzip } else { published.json };
    let mut response = caching::answer(&headers, media_type, &etag, KEPT_FOR, bytes);
    caching::set(&mut response, header::VARY, "Accept, Accept-Encoding");
    if gzip {
        caching::set(&mut response, header::CONTENT_ENCODING, "gzip");
    }
    Ok(response)
}

/// The client takes none of the forms there are.
pub fn not_acceptable(offers: &[&str]) -> Failure {
    Failure::new(Kind::NotAcceptable, format!("This is available as {}.", offers.join(", ")))
}
