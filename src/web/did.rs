//! The issuer's DID document: its public keys, for anyone who checks a badge.

use super::{Web, caching::Keep, error::Failure, format, frame::Reader, status::not_acceptable};
use crate::actions::documents;
use axum::{extract::State, http::header, response::Response};
use std::sync::Arc;

pub async fn document(State(web): State<Arc<Web>>, mut reader: Reader) -> Result<Response, Failure> {
    let accept = reader.header(header::ACCEPT);
    let media_type = format::choose(accept, &format::DID)
        // Someone who looks at it in a browser sees it as well.
        .or_else(|| format::choose(accept, &[format::PAGE]).map(|_| "application/json"))
        .ok_or_else(|| not_acceptable(&format::DID))?;
    let issuer = reader.issuer.take().ok_or_else(|| Failure::not_found("No issuer"))?;
    let document = documents::did_document(web.app.urls(), &mut reader.conn, &issuer).await?;
    reader.json(&document, media_type, Keep::Seconds(60))
}
