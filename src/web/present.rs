//! `/present`: a badge shown from a wallet, here and now (OpenID4VP 1.0). The page asks, the wallet reads the request and sends its
//! answer, and the page says what came of it: by itself with JavaScript, by a link without.

use super::{
    Web,
    body::{self, DOCUMENT_LIMIT},
    caching::{self, Keep},
    error::Failure,
    frame::{Reader, header as header_text, no_index},
    qr::Qr,
    view::{PresentPage, PresentStep, PresentationPage},
};
use crate::actions::present::{self, Answer, AnswerError, Sent};
use axum::{
    Json,
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use serde_json::{Value, json};
use std::sync::Arc;

/// `GET /present`: what it is, and the button that asks.
pub async fn form(State(web): State<Arc<Web>>, reader: Reader) -> Result<Response, Failure> {
    let step = PresentStep::Start { possible: present::is_possible(&web.app).await? };
    reader.page(&PresentPage { site: reader.site.clone(), step }, false)
}

/// `POST /present`: opens a request, and leads to its page.
pub async fn begin(State(web): State<Arc<Web>>) -> Result<Response, Failure> {
    let secret = present::begin(&web.app).await?;
    Ok(Redirect::to(&format!("/present/{secret}")).into_response())
}

/// `GET /present/{secret}`: the request for a wallet, or what came of it.
pub async fn show(
    State(web): State<Arc<Web>>,
    Path(secret): Path<String>,
    reader: Reader,
) -> Result<Response, Failure> {
    let asked = present::look(&web.app, &secret).await?;
    let step = match asked {
        None => PresentStep::Ended,
        Some(asked) => match asked.answer {
            Some(Answer::Shown(shown)) => {
                let page = PresentationPage { site: reader.site.clone(), shown: *shown };
                return reader.page(&page, false).map(for_one_reader);
            }
            Some(Answer::Declined) => PresentStep::Declined,
            None => PresentStep::Waiting {
                qr: Qr::of(&asked.link),
                link: asked.link,
                again: format!("/present/{secret}"),
                until: asked.expires_at,
            },
        },
    };
    reader.page(&PresentPage { site: reader.site.clone(), step }, false).map(for_one_reader)
}

/// `GET /present/requests/{id}`: the signed request.
pub async fn request(State(web): State<Arc<Web>>, Path(id): Path<String>) -> Result<Response, Failure> {
    let request = present::request(&web.app, &id).await?.ok_or_else(|| Failure::not_found("No open request"))?;
    let mut response = request.into_response();
    caching::set(&mut response, header::CONTENT_TYPE, "application/oauth-authz-req+jwt");
    Ok(for_one_reader(response))
}

/// `POST /present/answers/{id}`: what the wallet sends (OpenID4VP 1.0, section 8.2).
pub async fn answer(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Failure> {
    let bytes = body::read(body, DOCUMENT_LIMIT).await?;
    let done = match sent(&headers, &bytes) {
        Ok(sent) => present::answer(&web.app, &id, sent).await,
        Err(why) => Err(AnswerError::Malformed(why)),
    };
    let (status, body) = match done {
        Ok(()) => (StatusCode::OK, json!({})),
        Err(AnswerError::Failed(why)) => return Err(why.into()),
        Err(why) => {
            (StatusCode::BAD_REQUEST, json!({"error": "invalid_request", "error_description": why.to_string()}))
        }
    };
    Ok(for_one_reader((status, Json::<Value>(body)).into_response()))
}

fn sent(headers: &HeaderMap, bytes: &[u8]) -> Result<Sent, &'static str> {
    let kind = header_text(headers, header::CONTENT_TYPE).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        return Err("send the answer as application/x-www-form-urlencoded");
    }
    let one = |wanted: &str| {
        let mut found = url::form_urlencoded::parse(bytes).filter(|(name, _)| name == wanted);
        let first = found.next().map(|(_, value)| value.into_owned());
        if found.next().is_some() { Err("a parameter came more than once") } else { Ok(first) }
    };
    match (one("vp_token")?, one("error")?) {
        (Some(token), None) => Ok(Sent::Token(token)),
        (None, Some(_)) => Ok(Sent::Error),
        _ => Err("send either vp_token or error"),
    }
}

/// What stands under an address that only one reader has.
fn for_one_reader(mut response: Response) -> Response {
    caching::set(&mut response, header::CACHE_CONTROL, &Keep::Never.directives());
    no_index(&mut response);
    response
}
