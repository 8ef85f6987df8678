//! What every page begins with: a connection to read from, the issuer, the frame around the page, and at its end the
//! page as an answer that a browser may keep.

use super::{
    Web,
    caching::{self, Keep},
    copy::Copied,
    error::Failure,
    format,
    session::Me,
    status::not_acceptable,
    text::Text,
    view::{SignedIn, Site},
};
use crate::{
    actions::ActionError,
    domain::{field::FieldError, issuer::Issuer},
    store::{Conn, issuers},
};
use askama::Template;
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, HeaderName, StatusCode, header, request::Parts},
    response::{Html, IntoResponse, Redirect, Response},
};
use jiff::{Timestamp, tz::TimeZone};
use std::sync::Arc;

/// Reads the store for one request.
pub struct Reader {
    pub conn: Conn,
    pub site: Site,
    /// The deployment's issuer; none before `laurel init`.
    pub issuer: Option<Issuer>,
    pub now: Timestamp,
    pub headers: HeaderMap,
}

impl Reader {
    pub async fn open(web: &Arc<Web>, parts: &Parts) -> Result<Self, Failure> {
        let mut conn = web.app.db.read().await?;
        let issuer = issuers::only(&mut conn).await?;
        let mut site = bare_site(web, parts);
        if let Some(issuer) = &issuer {
            site.organisation = issuer.name.clone();
            site.zone = issuer.zone();
        }
        Ok(Reader { conn, now: site.now, site, issuer, headers: parts.headers.clone() })
    }

    /// The page, kept by browsers as long as it stays the same; search engines may list only what is public. What is made for
    /// someone who is signed in is kept by nobody.
    pub fn page(&self, page: &impl Template, public: bool) -> Result<Response, Failure> {
        let html = page.render().map_err(|why| Failure::internal(&why))?;
        if self.site.signed_in.is_some() {
            return Ok(private(html));
        }
        // There is no secret on it: its reader is not known.
        let media_type = "text/html; charset=utf-8";
        let mut response = caching::text(&self.headers, media_type, "html", Keep::AskAgain, html.into_bytes());
        caching::set(&mut response, header::VARY, "Accept, Accept-Encoding, Accept-Language");
        if !public {
            no_index(&mut response);
        }
        Ok(response)
    }

    /// The page of a form that was not right: the same page again, with what was typed and what to change.
    pub fn again(&self, page: &impl Template) -> Result<Response, Failure> {
        again(page)
    }

    /// A document for programs, in the form it was asked for.
    pub fn json(&self, document: &serde_json::Value, media_type: &str, keep: Keep) -> Result<Response, Failure> {
        let bytes = serde_json::to_vec_pretty(document).map_err(|why| Failure::internal(&why))?;
        let etag = caching::digest(&bytes, media_type);
        let mut response = caching::answer(&self.headers, media_type, &etag, keep, bytes);
        caching::set(&mut response, header::VARY, "Accept");
        Ok(response)
    }

    /// Whether a page is asked for, or which of `documents` (media types): by the suffix, else by `Accept`.
    pub fn form(&self, suffix: Option<&str>, documents: &[&'static str]) -> Result<Form, Failure> {
        let accept = self.header(header::ACCEPT);
        if suffix == Some("json") {
            // The suffix has decided for the document; `Accept` only chooses among its names.
            let named = format::choose(accept, documents).or(documents.first().copied());
            return named.map(Form::Document).ok_or_else(|| not_acceptable(documents));
        }
        let mut offers = vec![format::PAGE];
        offers.extend_from_slice(documents);
        match format::choose(accept, &offers) {
            Some(format::PAGE) => Ok(Form::Page),
            Some(document) => Ok(Form::Document(document)),
            None => Err(not_acceptable(&offers)),
        }
    }

    /// Gives the connection back before something that takes a while; what is left is the request's headers.
    pub fn end(self) -> HeaderMap {
        self.headers
    }

    pub fn header(&self, name: HeaderName) -> Option<&str> {
        header(&self.headers, name)
    }
}

/// What a resource is asked for as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Page,
    /// With its media type.
    Document(&'static str),
}

impl FromRequestParts<Arc<Web>> for Reader {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, web: &Arc<Web>) -> Result<Self, Failure> {
        Reader::open(web, parts).await
    }
}

/// What follows a form: on to `address` when it was done; when something in it was not right, the page that `page` makes of the
/// faults, as [`Reader::again`] gives it.
pub async fn answered<T, P: Template>(
    done: Result<T, ActionError>,
    address: impl FnOnce(T) -> String,
    page: impl AsyncFnOnce(Vec<FieldError>) -> Result<P, Failure>,
) -> Result<Response, Failure> {
    match done {
        Ok(done) => Ok(Redirect::to(&address(done)).into_response()),
        Err(ActionError::Invalid(faults)) => again(&page(faults).await?),
        Err(why) => Err(why.into()),
    }
}

fn again(page: &impl Template) -> Result<Response, Failure> {
    let html = page.render().map_err(|why| Failure::internal(&why))?;
    let mut response = private(html);
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

/// The frame without what only the store knows.
pub fn bare_site(web: &Web, parts: &Parts) -> Site {
    let me = parts.extensions.get::<Me>();
    Site {
        text: Text::accepted(header(&parts.headers, header::ACCEPT_LANGUAGE)),
        organisation: "Laurel".into(),
        base_url: web.app.config.base_url.clone(),
        path: parts.uri.path().to_owned(),
        now: web.app.clock.now(),
        zone: TimeZone::UTC,
        demo: web.app.config.demo,
        signed_in: me.map(|me| SignedIn::of(&me.member)),
        copied: parts.extensions.get::<Copied>().is_some(),
        csrf: me.map(|me| me.csrf().to_owned()).unwrap_or_default(),
    }
}

/// A page for one reader.
fn private(html: String) -> Response {
    let mut response = Html(html).into_response();
    caching::set(&mut response, header::CACHE_CONTROL, &Keep::Never.directives());
    no_index(&mut response);
    response
}

/// Keeps an answer out of search engines, whatever its form.
pub fn no_index(response: &mut Response) {
    caching::set(response, HeaderName::from_static("x-robots-tag"), "noindex");
}

/// A header's text; several fields of one name count as one list (RFC 9110 §5.3), of which the first is enough here.
pub fn header(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}
