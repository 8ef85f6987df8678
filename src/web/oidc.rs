//! `/sign-in/oidc`: to the company's OpenID provider, and back. A link and not a form, because no form of ours may lead to
//! another site.

use super::{
    Web,
    error::Failure,
    frame::Reader,
    session::{self, Cookie},
    sign_in::{self, Next},
    view::SignInPage,
};
use crate::{
    actions::oidc::{self, Answer, Refusal, SignInError},
    outside::provider::Provider,
};
use axum::{
    extract::{Query, Request, State},
    http::{StatusCode, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use std::sync::Arc;

/// `GET /sign-in/oidc`.
pub async fn begin(
    State(web): State<Arc<Web>>,
    Query(next): Query<Next>,
    request: Request,
) -> Result<Response, Failure> {
    let provider = provider(&web)?;
    match oidc::begin(&web.app, provider, next.path()).await {
        Ok(sent) => {
            let mut response = Redirect::to(&sent.address).into_response();
            Cookie::Begun.set(&web, &mut response, &sent.secret, sent.seconds);
            Ok(response)
        }
        Err(why) => refused(&web, &request.into_parts().0, why).await,
    }
}

/// `GET /sign-in/oidc/back`.
pub async fn back(
    State(web): State<Arc<Web>>,
    Query(answer): Query<Answer>,
    request: Request,
) -> Result<Response, Failure> {
    let provider = provider(&web)?;
    let (parts, _) = request.into_parts();
    let secret = Cookie::Begun.secret(&web, &parts.headers);
    let browser = session::browser(&web, &parts.headers);
    let mut response = match oidc::finish(&web.app, provider, &answer, secret, browser).await {
        Ok((opened, next)) => sign_in::signed_in(&web, &opened, &next),
        Err(why) => refused(&web, &parts, why).await?,
    };
    Cookie::Begun.set(&web, &mut response, "", 0);
    Ok(response)
}

fn provider(web: &Web) -> Result<&Provider, Failure> {
    web.app.config.provider.as_ref().ok_or_else(|| Failure::not_found("No provider"))
}

/// The page to sign in again, with what was in the way.
async fn refused(web: &Arc<Web>, parts: &Parts, why: SignInError) -> Result<Response, Failure> {
    let why = match why {
        SignInError::Refused(why) => why,
        SignInError::Failed(why) => return Err(why.into()),
    };
    let mut reader = Reader::open(web, parts).await?;
    let page = SignInPage { problem: Some(why), ..sign_in::page(web, &mut reader, "/me").await? };
    let mut response = reader.page(&page, false)?;
    *response.status_mut() = match why {
        Refusal::Provider => StatusCode::BAD_GATEWAY,
        _ => StatusCode::FORBIDDEN,
    };
    Ok(response)
}
