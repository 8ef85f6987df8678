//! What the demo gives to programs: where to look (`/demo.json`), and a sample file of recipients. Anywhere else these
//! addresses are not there.

use super::{Web, caching, error::Failure};
use crate::actions::demo::{self, DemoFacts};
use axum::{
    Json,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use std::sync::Arc;

pub async fn links(State(web): State<Arc<Web>>) -> Result<Json<DemoFacts>, Failure> {
    Ok(Json(facts(&web).await?))
}

pub async fn recipients(State(web): State<Arc<Web>>) -> Result<Response, Failure> {
    facts(&web).await?;
    let mut response = demo::recipients_csv().into_response();
    caching::set(&mut response, header::CONTENT_TYPE, "text/csv; charset=utf-8");
    Ok(response)
}

async fn facts(web: &Web) -> Result<DemoFacts, Failure> {
    let facts = if web.app.config.demo { demo::facts(&web.app).await? } else { None };
    facts.ok_or_else(|| Failure::not_found("Nothing"))
}
