//! `/oauth/authorize`: an app asks, and whoever is signed in says yes or no (RFC 6749, section 4.1; RFC 9207).
//!
//! The form carries the request itself, which is read again when it comes back: nothing waits here. The page may lead to the app's own
//! address besides ours, since a browser holds `form-action` against where a form's answer leads.

use crate::{
    actions::oauth::{self, Asked, AskedFault},
    web::{
        Web, caching,
        error::Failure,
        frame::Reader,
        headers::form_leads_to,
        session::{Me, Sent},
        view::{ConsentPage, NoConsentPage},
    },
};
use axum::{
    extract::State,
    http::{StatusCode, Uri, header},
    response::{IntoResponse, Redirect, Response},
};
use std::sync::Arc;

pub async fn show(State(web): State<Arc<Web>>, me: Me, reader: Reader, uri: Uri) -> Result<Response, Failure> {
    let query = uri.query().unwrap_or_default();
    let parameters: Vec<_> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let asked = match oauth::asked(&web.app, &parameters).await {
        Ok(asked) => asked,
        Err(fault) => return refused(&web, &reader, fault),
    };
    let leads_to = asked.redirect_uri.clone();
    let page = ConsentPage::of(reader.site.clone(), me.member.name, asked, parameters);
    let mut response = reader.page(&page, false)?;
    if let Some(policy) = form_leads_to(&leads_to) {
        caching::set(&mut response, header::CONTENT_SECURITY_POLICY, &policy);
    }
    Ok(response)
}

pub async fn decide(
    State(web): State<Arc<Web>>,
    reader: Reader,
    Sent { me, form }: Sent<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let asked = match oauth::asked(&web.app, &form).await {
        Ok(asked) => asked,
        Err(fault) => return refused(&web, &reader, fault),
    };
    drop(reader);
    let Asked { redirect_uri, state, .. } = &asked;
    if !form.iter().any(|(name, value)| name == "decision" && value == "allow") {
        let answer = [("error", "access_denied"), ("error_description", "the person did not allow it")];
        return Ok(back(&web, redirect_uri, state.as_deref(), &answer));
    }
    let code = oauth::allow(&web.app, &me.actor(), &asked).await?;
    Ok(back(&web, redirect_uri, state.as_deref(), &[("code", &code)]))
}

fn refused(web: &Web, reader: &Reader, fault: AskedFault) -> Result<Response, Failure> {
    let unknown_app = match fault {
        AskedFault::UnknownApp => true,
        AskedFault::OtherAddress => false,
        AskedFault::Back { redirect_uri, state, error, description } => {
            let answer = [("error", error), ("error_description", description)];
            return Ok(back(web, &redirect_uri, state.as_deref(), &answer));
        }
        AskedFault::Failed(why) => return Err(why.into()),
    };
    let mut response = reader.page(&NoConsentPage { site: reader.site.clone(), unknown_app }, false)?;
    *response.status_mut() = StatusCode::BAD_REQUEST;
    Ok(response)
}

/// On to the app, with its state and who answers.
fn back(web: &Web, redirect_uri: &str, state: Option<&str>, answer: &[(&str, &str)]) -> Response {
    // Only an address that was registered comes here, and each of those was read as one before.
    let Ok(mut url) = url::Url::parse(redirect_uri) else {
        return Failure::internal(&"an address that was registered can't be read").into_response();
    };
    url.query_pairs_mut()
        .extend_pairs(answer)
        .extend_pairs(state.map(|state| ("state", state)))
        .append_pair("iss", &web.app.config.base_url);
    Redirect::to(url.as_str()).into_response()
}
